"""How often collars of the tubing send something back: their rate, window by window down the annulus."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SLOWEST_M_S, FASTEST_M_S = 220.0, 480.0
"""What sound does in an annulus [m/s]; with the joint's length the band in which collars are looked for."""
SHORTEST_M, LONGEST_M = 8.0, 12.5
"""Of a joint, where nobody says how long they are."""
PERIODS = 24
"""Of collars in a window: a rate is told to a hundredth by so many."""
FEWEST_PERIODS = 8
AGREE = 0.04
CLEAR = 0.35
"""So like itself one collar later must what is heard be: noise of the band comes to half of that."""
LINE = 0.1
"""Of the greatest in the spectrum, overtones among them."""
FEWEST_WINDOWS = 3
UNHEARD = 0.04
"""How much faster or slower sound may be further down: 25 K more make it so."""


@dataclass(frozen=True)
class Collars:
    """Windows in which collars were heard, and what they come to.

    Attributes:
        at_s: (n,) [s] after the shot, the middles of windows
        rate_hz: (n,) [Hz] collars a second there
        slope: [Hz/s] of the line through them
        intercept: [Hz] where that begins, at the shot
        spread_hz: [Hz] how far windows lie off the line
        heard_s: [s] how much of the way to `until_s` had windows with collars
        until_s: [s] the way that was looked at
    """

    at_s: Floats
    rate_hz: Floats
    slope: float
    intercept: float
    spread_hz: float
    heard_s: float
    until_s: float

    def count(self, time_s: float) -> float:
        """Collars between the wellhead and what answers after a time.

        N = ∫ f·dt

        Args:
            time_s: [s] after the shot
        Returns:
            [-]
        Valid: to `until_s`; beyond it the line is drawn on.
        Source: McCoy, Podio, Huddleston, SPE 14254 (1988): the count is the rate times the time.

        >>> Collars(np.r_[1.0, 2.0], np.r_[18.0, 18.0], 0.0, 18.0, 0.0, 2.0, 3.0).count(5.0)
        90.0
        """
        return self.intercept * time_s + self.slope * time_s**2 / 2

    def count_off(self, time_s: float) -> float:
        """How far the count may be off.

        What the mean of the windows leaves open, twice over, with one collar at least; where none were heard
        the rate may be another by `UNHEARD`.

        Args:
            time_s: [s] after the shot
        Returns:
            [-] collars, to either side
        Valid: as `count`.
        Source: Ours: windows overlap by half, so that every second one counts.

        >>> Collars(np.r_[1.0, 2.0], np.r_[18.0, 18.0], 0.0, 18.0, 0.0, 2.0, 2.0).count_off(2.0)
        1.0
        """
        mean_off = 2 * self.spread_hz / np.sqrt(max(len(self.at_s) / 2, 1.0)) * time_s
        unheard_s = max(time_s - self.heard_s, 0.0)
        return float(max(np.hypot(mean_off, UNHEARD * self.intercept * unheard_s), 1.0))


def collars_in(
    samples: Floats, rate_hz: float, shot_s: float, until_s: float, joint_m: float | None
) -> Collars | None:
    """The rate of collars between a shot and what is taken for the level.

    In each window the spectrum and the likeness of the window to itself a while later are asked on their own;
    only where both name the same rate it counts. A straight line goes through what counts.

    Args:
        samples: [-] (n,) of the recorder, without their mean
        rate_hz: [Hz] of the samples
        shot_s: [s] of the record
        until_s: [s] of the record: the level's echo, or the end
        joint_m: [m] the mean length of a joint; None where nobody knows it
    Returns:
        None where fewer than three windows have collars: there is nothing to count.
    Valid: joints of one length, to a tenth or so; not coiled tubing, not flush joints.
    Source: Ours, after McCoy, Podio, Huddleston, SPE 14254 (1988), who count by a narrow filter.

    >>> at = np.arange(0, 10, 1e-3)
    >>> found = collars_in(np.where((at * 18) % 1 < 0.2, 1.0, -0.25), 1000.0, 0.0, 10.0, 9.5)
    >>> round(found.count(10.0))
    180
    """
    long_m, short_m = (LONGEST_M, SHORTEST_M) if joint_m is None else (joint_m, joint_m)
    low, high = SLOWEST_M_S / (2 * long_m), FASTEST_M_S / (2 * short_m)
    begins = shot_s + FEWEST_PERIODS / 2 / high
    way_s = until_s - begins
    window_s = min(PERIODS / low, way_s / 2)
    if window_s < FEWEST_PERIODS / low:
        return None
    size = int(window_s * rate_hz)
    starts = np.arange(int(begins * rate_hz), int(until_s * rate_hz) - size + 1, max(size // 2, 1))
    at, rates = [], []
    for start in starts.tolist():
        found = _rate_of(samples[start : start + size], rate_hz, low, high)
        if found is not None:
            at.append((start + size / 2) / rate_hz - shot_s)
            rates.append(found)
    return _lined(np.array(at), np.array(rates), window_s, until_s - shot_s)


def _lined(at_s: Floats, rate: Floats, window_s: float, until_s: float) -> Collars | None:
    if len(at_s) < FEWEST_WINDOWS:
        return None
    slope, intercept = 0.0, float(np.median(rate))
    near = np.abs(rate - intercept) <= 0.15 * intercept  # sound is no other by more along an annulus
    at_s, rate = at_s[near], rate[near]
    if len(at_s) < FEWEST_WINDOWS:
        return None
    intercept = float(rate.mean())
    if len(at_s) > 2 * FEWEST_WINDOWS and np.ptp(at_s) > until_s / 2:
        slope, intercept = (float(one) for one in np.polyfit(at_s, rate, 1))
    off = rate - (intercept + slope * at_s)
    heard_s = min(len(at_s) * window_s / 2 + window_s / 2, until_s)
    return Collars(at_s, rate, slope, intercept, float(np.sqrt(np.mean(off**2))), heard_s, until_s)


def _rate_of(piece: Floats, rate_hz: float, low: float, high: float) -> float | None:
    """[Hz], where both ways of asking agree."""
    trend = np.convolve(piece, np.ones(k := max(int(rate_hz / low), 3)) / k, mode="same")
    fast = piece - trend
    fast = fast / (np.sqrt(np.convolve(fast**2, np.ones(k) / k, mode="same")) + 1e-12)
    n = 1 << (4 * len(fast) - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(fast * np.hanning(len(fast)), n)) ** 2
    hertz = np.fft.rfftfreq(n, 1 / rate_hz)
    by_lag = _by_likeness(np.fft.irfft(np.abs(np.fft.rfft(fast, n)) ** 2)[: len(fast)], rate_hz, low, high)
    if by_lag is None:
        return None
    # Whatever overtones there are: of the line at this rate, and of its neighbourhood.
    band = (hertz >= by_lag * (1 - 2 * AGREE)) & (hertz <= by_lag * (1 + 2 * AGREE))
    by_spectrum = float(hertz[band][np.argmax(spectrum[band])])
    in_band, anywhere = (hertz >= low) & (hertz <= high), hertz >= low
    # A hum of 50 Hz is like itself two and three periods later as well, and has no line there.
    line = spectrum[band].max()
    is_line = line >= 0.5 * spectrum[in_band].max() and line >= LINE * spectrum[anywhere].max()
    return by_lag if is_line and abs(by_spectrum - by_lag) <= AGREE * by_lag else None


def _by_likeness(like: Floats, rate_hz: float, low: float, high: float) -> float | None:
    """The shortest lag in the band after which what is heard is like itself, made exact by its multiples."""
    like = like / like[0]
    like = like / (1 - np.arange(len(like)) / len(like)).clip(0.1)
    first, last = int(rate_hz / high), int(np.ceil(rate_hz / low))
    peaks = _peaks(like, max(first, 1), min(last, len(like) - 2))
    if not len(peaks):
        return None
    best = float(like[peaks].max())
    if best < CLEAR:
        return None
    lag = _summit(like, int(peaks[np.argmax(like[peaks] >= 0.85 * best)]))
    for times in (2, 4, 8):
        around = int(round(times * lag)), max(int(lag / 4), 1)
        window = _peaks(like, around[0] - around[1], min(around[0] + around[1], len(like) - 2))
        if not len(window) or like[window].max() < CLEAR:
            break
        lag = _summit(like, int(window[np.argmax(like[window])])) / times
    return rate_hz / lag


def _peaks(values: Floats, first: int, last: int) -> NDArray[np.intp]:
    here = np.arange(first, last + 1)
    return here[(values[here] >= values[here - 1]) & (values[here] >= values[here + 1])]


def _summit(values: Floats, at: int) -> float:
    """Of the parabola through a sample and its neighbours."""
    left, middle, right = values[at - 1], values[at], values[at + 1]
    bend = left - 2 * middle + right
    return at if bend >= 0 else at + 0.5 * (left - right) / bend
