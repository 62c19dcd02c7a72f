"""Readings of one well on one grid of equal cells, so that sensors with clocks of their own can be compared.

The cell is as short as the window allows: a minute for a week, ten minutes for a quarter. Only good samples
count; what was marked stays beside as bits.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.models.readings import Hourly
from app.models.sensors import SENSORS

Floats = NDArray[np.float64]
MINUTE_US = 60_000_000
STEPS_MIN = (1, 2, 5, 10, 15, 30, 60)
MOST_CELLS = 13_200
PHASES = ("motor_current_a", "motor_current_b", "motor_current_c")


@dataclass(frozen=True)
class Grid:
    """Readings of one well on equal cells.

    Attributes:
        time_us: [µs] (n,) starts of cells
        step_us: [µs] length of a cell
        mean: sensor code → [SI] (n,), NaN where nothing good is
        low: sensor code → [SI] (n,)
        high: sensor code → [SI] (n,)
        marks: sensor code → [bits of Quality] (n,) all of the cell
        events: (code, [µs] from, [µs] to) that somebody wrote down
    """

    time_us: NDArray[np.int64]
    step_us: int
    mean: dict[str, Floats]
    low: dict[str, Floats]
    high: dict[str, Floats]
    marks: dict[str, NDArray[np.uint8]]
    events: tuple[tuple[str, int, int], ...] = field(default=())

    def __len__(self) -> int:
        return len(self.time_us)

    def cells(self, hours: float) -> int:
        """How many cells a stretch of time is.

        Args:
            hours: [h]
        Returns:
            [-] at least one
        Valid: rounded to whole cells.
        Ours: hours, because episodes are told in them.

        >>> from app.analysis import examples
        >>> examples.esp().grid.cells(24.0), examples.esp().grid.cells(0.0)
        (48, 1)
        """
        return max(1, round(hours * 3600e6 / self.step_us))

    def hours(self, cells: float) -> float:
        """How long some cells are.

        Args:
            cells: [-]
        Returns:
            [h]
        Valid: any.
        Ours: hours, because episodes are told in them.

        >>> from app.analysis import examples
        >>> examples.esp().grid.hours(48)
        24.0
        """
        return cells * self.step_us / 3600e6


@dataclass(frozen=True)
class Samples:
    """Of one sensor in time order.

    Attributes:
        time_us: [µs] (n,)
        value: [SI] (n,)
        quality: [bits of Quality] (n,)
    """

    time_us: NDArray[np.int64]
    value: Floats
    quality: NDArray[np.uint8]


def step_for(span_us: int, sample_us: float = MINUTE_US) -> int:
    """Length of a cell for a window.

    the shortest of 1, 2, 5, 10, 15, 30, 60 min that gives at most 13,200 cells and is no shorter than the
    usual step

    Args:
        span_us: [µs] of the window
        sample_us: [µs] usual step between samples
    Returns:
        [µs]
    Valid: over 13,200 hours cells grow beyond an hour.
    Ours: so many cells are judged within a second.

    >>> week = 7 * 86_400_000_000
    >>> step_for(week) // MINUTE_US, step_for(13 * week) // MINUTE_US
    (1, 10)
    """
    for minutes in STEPS_MIN:
        if span_us / (minutes * MINUTE_US) <= MOST_CELLS and minutes * MINUTE_US >= 0.99 * sample_us:
            return minutes * MINUTE_US
    return max(STEPS_MIN[-1] * MINUTE_US, int(span_us / MOST_CELLS))


def grid_of(samples: dict[str, Samples], events: tuple[tuple[str, int, int], ...] = ()) -> Grid | None:
    """Readings on one grid.

    mean, lowest and highest of the good samples of a cell; a sensor slower than the cell holds until its next
    reading, no longer than its gap allows; a mark holds until then too

    Args:
        samples: sensor code → its samples
        events: (code, [µs] from, [µs] to)
    Returns:
        None without any sample
    Valid: samples in time order; marked ones only leave their bits.
    Ours: cells instead of interpolation: nothing is invented over a gap.

    >>> time_us = np.arange(10, dtype=np.int64) * MINUTE_US
    >>> one = Samples(time_us, np.arange(10.0), np.zeros(10, np.uint8))
    >>> grid_of({"intake_pressure": one}).mean["intake_pressure"].tolist()[:3]
    [0.0, 1.0, 2.0]
    """
    known = {code: part for code, part in samples.items() if len(part.time_us)}
    if not known:
        return None
    first = min(int(part.time_us[0]) for part in known.values())
    last = max(int(part.time_us[-1]) for part in known.values())
    usual = np.median(
        [np.median(np.diff(part.time_us)) for part in known.values() if len(part.time_us) > 2] or [MINUTE_US]
    )
    step = step_for(last - first, float(usual))
    first -= first % step
    n = int((last - first) // step) + 1
    time_us = first + np.arange(n, dtype=np.int64) * step
    mean, low, high, marks = {}, {}, {}, {}
    for code, part in known.items():
        mean[code], low[code], high[code], marks[code] = _binned(part, first, step, n)
        _carry_marks(mean[code], marks[code])
        _carry(code, step, mean[code], low[code], high[code])
    _current_of_phases(mean, low, high, marks)
    return Grid(time_us, step, mean, low, high, marks, events)


def grid_of_cells(
    cells: dict[str, Hourly], step_us: int, events: tuple[tuple[str, int, int], ...] = ()
) -> Grid | None:
    """A grid from cells that the store has made already.

    Args:
        cells: sensor code → its cells
        step_us: [µs] of all of them
        events: (code, [µs] from, [µs] to)
    Returns:
        None without any cell
    Valid: as `grid_of`.
    Ours: new readings cost only their own cells.

    >>> grid_of_cells({}, MINUTE_US) is None
    True
    """
    known = {code: part for code, part in cells.items() if len(part)}
    if not known:
        return None
    first = min(int(part.time_us[0]) for part in known.values())
    last = max(int(part.time_us[-1]) for part in known.values())
    n = (last - first) // step_us + 1
    mean: dict[str, Floats] = {}
    low: dict[str, Floats] = {}
    high: dict[str, Floats] = {}
    marks: dict[str, NDArray[np.uint8]] = {}
    for code, part in known.items():
        place = (part.time_us - first) // step_us
        for target, column in ((mean, part.mean), (low, part.low), (high, part.high)):
            target[code] = np.full(n, np.nan)
            target[code][place] = column
        marks[code] = np.zeros(n, np.uint8)
        marks[code][place] = part.marks
        _carry_marks(mean[code], marks[code])
        _carry(code, step_us, mean[code], low[code], high[code])
    _current_of_phases(mean, low, high, marks)
    return Grid(first + np.arange(n, dtype=np.int64) * step_us, step_us, mean, low, high, marks, events)


def _current_of_phases(
    mean: dict[str, Floats],
    low: dict[str, Floats],
    high: dict[str, Floats],
    marks: dict[str, NDArray[np.uint8]],
) -> None:
    """Where nobody tells the motor's current, that of its phases is its current: of one, or their mean."""
    told = [code for code in PHASES if code in mean and np.isfinite(mean[code]).any()]
    if "motor_current" in mean or not told:
        return
    for columns in (mean, low, high):
        stacked = np.stack([columns[code] for code in told])
        known = np.isfinite(stacked)
        total = np.where(known, stacked, 0.0).sum(axis=0)
        with np.errstate(invalid="ignore"):
            columns["motor_current"] = np.where(known.any(axis=0), total / known.sum(axis=0), np.nan)
    marks["motor_current"] = np.bitwise_and.reduce([marks[code] for code in told])


def _binned(part: Samples, first: int, step: int, n: int) -> tuple[Floats, Floats, Floats, NDArray[np.uint8]]:
    cell = (part.time_us - first) // step
    marks = np.zeros(n, np.uint8)
    np.bitwise_or.at(marks, cell, part.quality)
    good = np.flatnonzero((part.quality == 0) & np.isfinite(part.value))
    mean, low, high = (np.full(n, np.nan) for _ in range(3))
    if len(good):
        place, value = cell[good], part.value[good]
        starts = np.flatnonzero(np.r_[True, place[1:] != place[:-1]])
        at = place[starts]
        mean[at] = np.add.reduceat(value, starts) / np.diff(np.r_[starts, len(value)])
        low[at], high[at] = np.minimum.reduceat(value, starts), np.maximum.reduceat(value, starts)
    return mean, low, high, marks


def _carry_marks(mean: Floats, marks: NDArray[np.uint8]) -> None:
    """What is wrong with a reading is so until the next one, where readings come slower than cells."""
    told = np.isfinite(mean) | (marks != 0)
    steps = np.diff(np.flatnonzero(told))
    usual = int(np.median(steps)) if len(steps) else 1
    if usual <= 1 or not marks.any():
        return
    cell = np.arange(len(mean))
    last = np.maximum.accumulate(np.where(told, cell, -1))
    held = (last >= 0) & (cell - last < usual)
    marks[held] = marks[last[held]]


def _carry(code: str, step_us: int, *columns: Floats) -> None:
    """A sensor slower than the cell holds until its next reading, no longer than its gap allows."""
    if code not in SENSORS:
        return
    most = int(SENSORS[code].gap_s * 1e6 // step_us)
    known = np.flatnonzero(np.isfinite(columns[0]))
    if most < 1 or len(known) < 2 or np.median(np.diff(known)) <= 1:
        return
    age = np.arange(len(columns[0])) - np.maximum.accumulate(
        np.where(np.isfinite(columns[0]), np.arange(len(columns[0])), -(10**9))
    )
    held = (age > 0) & (age <= most)
    source = np.arange(len(columns[0])) - age
    for column in columns:
        column[held] = column[source[held]]


def rolling_mean(values: Floats, cells: int) -> Floats:
    """Mean of the last known values.

    Args:
        values: [any] (n,)
        cells: [-] how many to look back at
    Returns:
        [as values] (n,), NaN where fewer than a third of them are known
    Valid: cells of one or less: the values themselves.
    Ours: cumulated sums.

    >>> rolling_mean(np.array([1.0, 3.0, np.nan, 5.0]), 2).tolist()
    [1.0, 2.0, 3.0, 5.0]
    """
    if cells <= 1:
        return values.copy()
    known = np.isfinite(values)
    total = np.cumsum(np.where(known, values, 0.0))
    count = np.cumsum(known)
    back = (
        np.r_[np.zeros(cells), total[:-cells]][: len(values)]
        if len(values) >= cells
        else np.zeros(len(values))
    )
    back_count = (
        np.r_[np.zeros(cells, int), count[:-cells]][: len(values)]
        if len(values) >= cells
        else np.zeros(len(values), int)
    )
    inside = count - back_count
    with np.errstate(invalid="ignore", divide="ignore"):
        result = (total - back) / inside
    result[inside * 3 < cells] = np.nan
    return result


def rolling_extreme(values: Floats, cells: int, *, highest: bool) -> Floats:
    """Highest or lowest of the last values.

    Args:
        values: [any] (n,)
        cells: [-] how many to look back at
        highest: or the lowest
    Returns:
        [as values] (n,), NaN where none is known
    Valid: unknown values do not count.
    Source: van Herk, Pattern Recognition Letters 13, 1992: a window ends in one block and begins in the one
        before, so it is the better of what is best since that start and what is best until that end.

    >>> rolling_extreme(np.array([1.0, 3.0, np.nan, 2.0]), 2, highest=True).tolist()
    [1.0, 3.0, 3.0, 2.0]
    """
    best, nothing = (np.fmax, -np.inf) if highest else (np.fmin, np.inf)
    blocks = -(-(len(values) + cells - 1) // cells)
    filled = np.full(blocks * cells, nothing)
    filled[cells - 1 : cells - 1 + len(values)] = np.where(np.isfinite(values), values, nothing)
    table = filled.reshape(blocks, cells)
    until = best.accumulate(table, axis=1).ravel()
    since = best.accumulate(table[:, ::-1], axis=1)[:, ::-1].ravel()
    found = best(since[: len(values)], until[cells - 1 : cells - 1 + len(values)])
    return np.where(np.isfinite(found), found, np.nan)
