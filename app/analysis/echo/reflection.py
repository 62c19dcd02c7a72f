"""The echo of the level among all that comes back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BLAST_S = 0.25
"""So long a blast rings: nothing is looked for in it."""
AROUND_S = 1.0
ITSELF_S = 0.12
LOUD = 0.9
STANDS_OUT = 4.0
"""Times what nine tenths of all around it stay below: 6.6 sigmas of a noise, whose highest of ten seconds
comes to four.
"""
TALLER = 2.5
"""So many times the same of the trace itself must it be, before anything is smoothed: collars that do not add
up to nothing are no higher than their neighbours.
"""
RIVAL = 0.7
MOST = 8
FEWEST = 50
AGAIN = 0.02
RISES_TO = 0.3
LEAST_OFF_S = 0.005


@dataclass(frozen=True)
class Reflection:
    """Something that answered.

    Attributes:
        time_s: [s] after the shot
        off_s: [s] how far that may be off, to either side
        strength: [-] times what is usual around it
        size: [-] as the recorder counts
        inverted: whether it went the other way than the shot
    """

    time_s: float
    off_s: float
    strength: float
    size: float
    inverted: bool


def reflections_in(samples: Floats, rate_hz: float, shot_s: float, smooth_s: float) -> list[Reflection]:
    """What answered, the loudest first.

    What is usual is what nine tenths stay below within a second around; smoothed over one collar's period,
    so that collars add up to nothing.

    Args:
        samples: [-] (n,) of the recorder, without their mean
        rate_hz: [Hz]
        shot_s: [s] of the record
        smooth_s: [s] a collar's period
    Returns:
        Those that stand out by `STANDS_OUT`, each once; the echo of an echo is among them.
    Valid: the level deeper than the blast rings, about 45 m.
    Source: Ours: such a share of all around does not move with the one echo that is held against it.

    >>> heard = 0.01 * np.sin(np.arange(8000.0) / 7)
    >>> heard[0:30], heard[5000:5030] = 1.0, 0.4
    >>> [round(one.time_s, 2) for one in reflections_in(heard, 1000.0, 0.0, 0.05)]
    [5.0]
    """
    width = max(int(smooth_s * rate_hz), 1)
    begins = min(int((shot_s + BLAST_S) * rate_hz) + width, len(samples))
    smooth = np.convolve(samples, np.ones(width) / width, mode="same")[begins:]
    size, raw = np.abs(smooth), np.abs(samples[begins:])
    if len(size) < FEWEST:
        return []
    around, itself = int(AROUND_S * rate_hz), int(ITSELF_S * rate_hz)
    # Of a digital silence nothing stands out by any number: a thousandth of the loudest is no echo either.
    usual = np.maximum(_usual(size, around, itself), 1e-3 * float(size.max()) / STANDS_OUT)
    strength = size / np.maximum(usual, 1e-300)
    taller = _highest(raw, width) >= TALLER * _usual(raw, around, itself)
    peaks: list[int] = []
    left, apart = np.where(taller & (strength >= STANDS_OUT), size, 0.0), 2 * itself
    while len(peaks) < MOST and left.max() > 0:
        peak = int(np.argmax(left))
        peaks.append(peak)
        left[max(peak - apart, 0) : peak + apart] = 0.0
    peaks += _before(peaks[0], size, begins - int(shot_s * rate_hz)) if peaks else []
    shot_up = _is_up(samples, int(shot_s * rate_hz), 2 * width)
    found = []
    for peak in dict.fromkeys(peaks):
        at_s, off_s = _rise(samples, rate_hz, begins + peak, width)
        up = _is_up(samples, int((at_s - off_s) * rate_hz), 2 * width)
        strong, loud = float(strength[peak]), float(size[peak])
        found.append(Reflection(at_s - shot_s, off_s, strong, loud, up != shot_up))
    return found


def _before(peak: int, size: Floats, begins: int) -> list[int]:
    """What went the way twice was there after half of the time, and no fainter: a shallow level is hidden by
    its own repeats, which are all that is around it.
    """
    earlier = []
    for times in (2, 3):
        place = (peak + begins) / times - begins
        reach = AGAIN * (peak + begins) / times
        low, high = int(place - reach), int(place + reach) + 1
        if low < 1:
            continue
        first = low + int(np.argmax(size[low:high]))
        if low < first < high - 1 and size[first] >= RIVAL * size[peak]:
            earlier.append(first)
    return earlier


def level_among(found: list[Reflection]) -> tuple[Reflection | None, list[Reflection]]:
    """Which of them the level sent, and which others it may be instead.

    The loudest; where another answered in half of its time, and in a third, those were the level's, and the
    loud one what went the way twice.

    Args:
        found: as `reflections_in` gives them
    Returns:
        (the level's echo, rivals of seven tenths of it and more that are no echo of it again)
    Valid: at least one of them is the level's.
    Source: McCoy, Podio, Huddleston, SPE 14254 (1988): the level reflects all, nothing below it answers.

    >>> one, two = (Reflection(t, 0.01, 20.0, s, False) for t, s in ((3.0, 1.0), (6.0, 0.7)))
    >>> level_among([one, two]) == (one, [])
    True
    """
    if not found:
        return None, []
    level = found[0]
    for one in found[1:]:
        times = level.time_s / one.time_s
        if round(times) in (2, 3) and _is_again(times) and one.size > level.size / 2:
            level = one
    rivals = [
        one
        for one in found
        if one is not level and one.size >= RIVAL * level.size and not _is_again(one.time_s / level.time_s)
    ]
    return level, rivals


def _is_again(times: float) -> bool:
    return round(times) >= 2 and abs(times - round(times)) < AGAIN * times


def _rise(samples: Floats, rate_hz: float, peak: int, width: int) -> tuple[float, float]:
    """When the raw trace first comes to three tenths of the echo, as the shot is timed."""
    before, after = max(peak - 2 * width, 0), peak + width
    piece = np.abs(samples[before:after])
    short = max(int(0.004 * rate_hz), 1)
    piece = np.convolve(piece, np.ones(short) / short, mode="same")
    top = int(np.argmax(piece))
    below = np.flatnonzero(piece[: top + 1] < RISES_TO * piece[top])
    start = int(below[-1]) + 1 if len(below) else 0
    off_s = max((top - start) / rate_hz / 2, LEAST_OFF_S)
    return (before + start) / rate_hz, off_s


def _is_up(samples: Floats, start: int, width: int) -> bool:
    """Which way a pulse goes first: the sign of the first place that comes near its most."""
    piece = samples[max(start, 0) : start + width]
    size = np.abs(piece)
    return bool(piece[np.argmax(size >= 0.5 * size.max(initial=0.0))] >= 0)


def _usual(size: Floats, around: int, itself: int) -> Floats:
    """What most stays below of what is around each sample, without itself; told every tenth of a second."""
    step = max(itself, 1)
    coarse = size[: len(size) // step * step].reshape(-1, step)
    if len(coarse) < 3:
        return np.full(len(size), float(np.quantile(size, LOUD)))
    half = max(around // step, 2)
    padded = np.pad(coarse, ((half, half), (0, 0)), mode="reflect" if len(coarse) > half else "edge")
    windows = sliding_window_view(padded, 2 * half + 1, axis=0)
    keep = np.abs(np.arange(2 * half + 1) - half) > 1
    usual = np.quantile(windows[:, :, keep].reshape(len(coarse), -1), LOUD, axis=1)
    return np.repeat(usual, step).take(np.arange(len(size)), mode="clip")


def _highest(size: Floats, width: int) -> Floats:
    """The most within a width to either side of each sample."""
    padded = np.pad(size, width, mode="edge")
    return np.asarray(sliding_window_view(padded, 2 * width + 1).max(axis=1))
