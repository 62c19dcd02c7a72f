"""When a parameter went from one level to another: change points of the departures, explained by the event
log where it can.

Least squares of segments with a penalty for each, on two-hour means; the penalty grows with the parameter's
own scatter, and a change must be larger than what the signatures call half.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.esp.baseline import Departures
from app.analysis.esp.grid import Grid

Floats = NDArray[np.float64]
# parameter → the least change that is one
WATCHED = {
    "current": 0.02,
    "intake": 0.05,
    "discharge": 0.01,
    "lift": 0.02,
    "motor_rise": 3.0,
    "vibration": 0.15,
    "rate": 0.05,
    "wellhead": 0.15e6,
}
STEP_H = 2.0
LEAST_STEPS = 4
PENALTY = 12.0
NEAR_EVENT_H = 6.0


@dataclass(frozen=True)
class ChangePoint:
    """Where a parameter went from one level to another.

    Attributes:
        parameter: of `Departures`
        time_us: [µs]
        before: [as its departure]
        after: [as its departure]
        event: what the log says happened there, or ""
    """

    parameter: str
    time_us: int
    before: float
    after: float
    event: str


def change_points(grid: Grid, departures: Departures) -> list[ChangePoint]:
    """When parameters went from one level to another.

    PELT with a linear kernel on two-hour means, penalty 12·ln n of the scatter; a change is at least what
    WATCHED says

    Args:
        grid: readings on cells, and the log
        departures: of it
    Returns:
        in time order
    Valid: settled running, 24 hours of it at least; changes nearer than eight hours are one.
    Source: `segment_ends`; penalty and least changes are ours.

    >>> from app.analysis import examples
    >>> case = examples.esp({"motor_current": 1.1})
    >>> (found,) = [one for one in change_points(case.grid, case.departures) if one.parameter == "current"]
    >>> round(found.time_us / 86_400e6, 1), round(found.after - found.before, 2)
    (14.0, 0.1)
    """
    found: list[ChangePoint] = []
    width = grid.cells(STEP_H)
    count = len(grid) // width
    if count < 3 * LEAST_STEPS:
        return []
    times = grid.time_us[: count * width : width]
    for name, least in WATCHED.items():
        if departures.has(name):
            settled = np.where(departures.settled, departures.value[name], np.nan)[: count * width].reshape(
                count, width
            )
            found += _of_one(name, least, settled, times, departures.spread[name], grid)
    return sorted(found, key=lambda change: change.time_us)


def _of_one(
    name: str, least: float, cells: Floats, times: NDArray[np.int64], spread: float, grid: Grid
) -> list[ChangePoint]:
    known = np.isfinite(cells).any(axis=1)
    if known.sum() < 3 * LEAST_STEPS:
        return []
    means = np.nanmean(cells[known], axis=1)
    scatter = max(spread if math.isfinite(spread) else 0.0, 0.25 * least)
    edges = [0, *segment_ends(means / scatter, LEAST_STEPS, PENALTY * math.log(len(means)))]
    at = times[known]
    found = []
    for first, cut, last in zip(edges, edges[1:], edges[2:], strict=False):
        before, after = float(np.median(means[first:cut])), float(np.median(means[cut:last]))
        if abs(after - before) >= least:
            moment = int(at[cut])
            found.append(ChangePoint(name, moment, before, after, _event(grid, moment)))
    return found


def segment_ends(values: Floats, least: int, penalty: float) -> list[int]:
    """Where the segments of a series end, so that it is told best by a mean of each.

    min over segmentations of Σ (x − mean of its segment)² + penalty·(number of segments)

    Args:
        values: [-] (n,) in units of their scatter
        least: [-] values that a segment has at least
        penalty: [-] what one more segment has to win
    Returns:
        [-] index after the last value of each segment, rising, n the last
    Valid: exact; n of a few hundred (time grows with n²).
    Source: Jackson et al., An algorithm for optimal partitioning of data on an interval, IEEE Signal Process.
        Lett. 12, 2005. The tests compare it with ruptures.

    >>> segment_ends(np.array([0.0, 0.1, 0.0, 0.1, 5.0, 5.1, 5.0, 5.1]), 2, 1.0)
    [4, 8]
    """
    count = len(values)
    sums, squares = np.r_[0.0, np.cumsum(values)], np.r_[0.0, np.cumsum(values**2)]
    cost = np.full(count + 1, np.inf)
    cost[0] = -penalty
    begins = np.zeros(count + 1, int)
    for end in range(least, count + 1):
        start = np.arange(end - least + 1)
        own = squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / (end - start)
        total = cost[start] + own + penalty
        begins[end] = int(np.argmin(total))
        cost[end] = total[begins[end]]
    ends = [count]
    while begins[ends[-1]] > 0:
        ends.append(int(begins[ends[-1]]))
    return ends[::-1]


def _event(grid: Grid, time_us: int) -> str:
    reach = int(NEAR_EVENT_H * 3600e6)
    return next((code for code, start, stop in grid.events if start - reach <= time_us <= stop + reach), "")
