"""The radial-flow window: where pressure is a straight line over superposition time after wellbore storage.

Every window of a third of a log cycle or more is tried. It must be straight: no bend beyond what the gauge's
roughness explains (boundaries and storage bend it), small scatter. Long windows count most, and like ones are
heard together: rounded records of few points have no single best line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.derivative import derivative_pa
from app.analysis.transient.record import Response

Floats = NDArray[np.float64]
LEAST_CYCLES = 0.33
LEAST_POINTS = 5
MOST_SCATTER, MOST_BEND = 0.10, 0.40
"""Of the slope per natural logarithm: RMS of the line; change of slope over the window."""

BEND_SEEN = 3.5
"""A bend this many times its own uncertainty is real."""

STORED = 0.5
ENDS = 40


@dataclass(frozen=True)
class Window:
    """A stretch of straight pressure.

    Attributes:
        points: of the best one
        from_s: [s]
        to_s: [s]
        slope_pa: [Pa] per natural logarithm, heard from all windows
        slope_spread_pa: [Pa] their spread
        worth: [-] log cycles, less what is lost by scatter and bend
    """

    points: slice
    from_s: float
    to_s: float
    slope_pa: float
    slope_spread_pa: float
    worth: float

    @property
    def cycles(self) -> float:
        """Length [log cycles]."""
        return math.log10(self.to_s / self.from_s)


def storage_end_s(response: Response) -> float:
    """When wellbore storage no longer rules.

    After the last point at which the derivative is over half of the pressure change: on the unit slope both
    are one.

    Args:
        response: pressures and rates
    Returns:
        [s] the first time where storage never ruled
    Valid: needs points before its end.
    Ours: half of the pressure change; Bourdet's picture of the hump (SPE 12777, 1989) is behind it.

    >>> from app.analysis import examples
    >>> round(storage_end_s(examples.buildup()) / 3600, 2)
    1.0
    """
    slope, change = derivative_pa(response), np.maximum(response.change_pa, 1e-9)
    top = int(np.argmax(np.where(slope > STORED * change, slope, 0)))
    if slope[top] <= STORED * change[top]:
        return float(response.time_s[0])
    stored = np.flatnonzero(slope > STORED * change)
    last = int(stored[-1])
    return float(response.time_s[min(last + 1, len(slope) - 1)])


def find(response: Response, not_before_s: float = 0.0) -> Window | None:
    """The best straight window after storage.

    Every window of a third of a log cycle and five points is tried; straight is a scatter under 10 % and a
    bend under 40 % of the slope that the gauge's roughness does not explain. Like ones are heard together.

    Args:
        response: pressures and rates
        not_before_s: [s] it may not begin earlier
    Returns:
        None where nothing is straight
    Valid: storage over by then; a boundary at the end is left out by its bend.
    Ours: the limits; straightness over superposition time as in Horner's plot (Earlougher, SPE Monograph 5,
        1977, ch. 5).

    >>> from app.analysis import examples
    >>> window = find(examples.buildup())
    >>> round(window.slope_pa * math.log(10) / examples.PSI, 1)  # Lee's line: 70 psi a cycle
    73.2
    """
    first = int(np.searchsorted(response.time_s, max(not_before_s, storage_end_s(response))))
    tried = list(_tries(response, first))
    if not tried:
        return None
    worth = np.array([window.worth for window in tried])
    best = tried[int(np.argmax(worth))]
    heard = np.exp(8 * worth)
    heard /= heard.sum()
    slopes = np.array([window.slope_pa for window in tried])
    mean = float(1 / (heard / slopes).sum())  # permeabilities are averaged
    spread = float(np.sqrt((heard * (slopes - mean) ** 2).sum()))
    return Window(best.points, best.from_s, best.to_s, mean, spread, best.worth)


def between(response: Response, from_s: float, to_s: float) -> Window | None:
    """A window that the engineer drags.

    Args:
        response: pressures and rates
        from_s: [s]
        to_s: [s]
    Returns:
        None with fewer than three points in it or no rise
    Valid: as it is dragged: its straightness is not asked for.
    Ours: least squares over superposition time, each point by its step of log time.

    >>> from app.analysis import examples
    >>> window = between(examples.buildup(), 6 * 3600, 50 * 3600)
    >>> round(window.slope_pa * math.log(10) / examples.PSI, 1)  # unweighted least squares: 69.9
    69.2
    """
    inside = np.flatnonzero((response.time_s >= from_s) & (response.time_s <= to_s))
    if len(inside) < 3:
        return None
    return _window(response, int(inside[0]), int(inside[-1]) + 1)


def _tries(response: Response, first: int) -> list[Window]:
    log_time = np.log10(response.time_s)
    ends = _spread(log_time, first)
    found = []
    for a, i in enumerate(ends):
        for j in ends[a + 1 :]:
            if j + 1 - i < LEAST_POINTS or log_time[j] - log_time[i] < LEAST_CYCLES:
                continue
            window = _window(response, i, j + 1)
            if window is not None and window.worth > -math.inf:
                found.append(window)
    return found


def _window(response: Response, i: int, j: int) -> Window | None:
    """Straightness of one window. Its samples count by their step of log time, not by their number."""
    x, y = response.superposition[i:j], response.sign * response.pressure_pa[i:j]
    if np.ptp(x) <= 0 or np.ptp(y) <= 0:
        return None
    weight = np.clip(np.gradient(np.log(response.time_s[i:j])), 1e-9, None)
    weight = weight / weight.sum()
    centred = x - float((weight * x).sum())
    square = float((weight * centred**2).sum())
    slope = float((weight * centred * y).sum()) / square
    if slope <= 0:
        return None
    off = y - float((weight * y).sum()) - slope * centred
    scatter = math.sqrt(float((weight * off**2).sum())) / slope
    bowl = centred**2 - square - centred * float((weight * centred**3).sum()) / square
    curved = float((weight * bowl * off).sum()) / max(float((weight * bowl**2).sum()), 1e-12)
    rest = off - curved * bowl
    n = j - i
    spread = math.sqrt(
        float((weight * rest**2).sum()) / max(n - 3, 1) / max(float((weight * bowl**2).sum()), 1e-12)
    )
    bend = abs(2 * curved) * float(np.ptp(x)) / slope
    seen = abs(curved) / max(spread, 1e-12)
    cycles = math.log10(response.time_s[j - 1] / response.time_s[i])
    straight = scatter < MOST_SCATTER and bend < MOST_BEND and (seen < BEND_SEEN or bend < 0.08)
    worth = cycles - 3.0 * scatter - bend if straight else -math.inf
    return Window(slice(i, j), float(response.time_s[i]), float(response.time_s[j - 1]), slope, 0.0, worth)


def _spread(log_time: Floats, first: int) -> list[int]:
    """Indices from `first` at about equal steps of log time, at most `ENDS`."""
    rest = np.arange(first, len(log_time))
    if len(rest) <= ENDS:
        return [int(i) for i in rest]
    wanted = np.linspace(log_time[first], log_time[-1], ENDS)
    return sorted({int(i) for i in np.clip(np.searchsorted(log_time, wanted), first, len(log_time) - 1)})
