"""What the pump was doing: stopped, starting, running at a frequency; and whether it runs periodically by
plan.

Periodic operation (АПВ/ПКВ) is a mode, not a fault: like times on and off, many times over, and a pump that
works while it is on. Trips also come at like times (the restart delay is a timer): a pump at idle current is
not working.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.esp.grid import Grid
from app.analysis.quality.running import least_running

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
ON_HZ = 5.0
LEVEL_HZ = 1.0
LEAST_CYCLES = 6
LIKE = 0.25
STARTING_H = 0.5
NAMES = ("stopped", "starting", "running", "periodic", "unknown")


@dataclass(frozen=True)
class Modes:
    """What the pump was doing, by cell.

    Attributes:
        on: (n,) the whole cell
        off: (n,) the whole cell; neither: it starts or stops in it, or nobody knows
        known: (n,)
        since_start_h: [h] (n,) since the start
        level: [Hz, whole] (n,) frequency level, −1: none
        frequency: [Hz] (n,) NaN where it stands
        periodic: (n,) runs periodically by plan
        starts: [cell] (k,) in which it starts
        stops: [cell] (k,) in which it stops
    """

    on: Flags
    off: Flags
    known: Flags
    since_start_h: Floats
    level: NDArray[np.int64]
    frequency: Floats
    periodic: Flags
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]


def modes_of(grid: Grid) -> Modes | None:
    """What the pump was doing, from frequency or current.

    on over 5 Hz, or over 15 % of the largest current; six or more like cycles in a row with the pump at work
    are periodic operation (АПВ/ПКВ)

    Args:
        grid: readings on cells
    Returns:
        None when neither frequency nor current tells
    Valid: a cell in which it starts or stops is neither on nor off.
    Ours: periodic operation is a mode, not a fault (esp.md).

    >>> from app.analysis import examples
    >>> modes = modes_of(examples.esp(off_days=((5.0, 6.0),)).grid)
    >>> int(modes.off.sum()), modes.starts.tolist(), modes.stops.tolist()
    (48, [288], [240])
    """
    source = next((code for code in ("frequency", "motor_current") if code in grid.mean), None)
    if source is None:
        return None
    limit = ON_HZ if source == "frequency" else least_running(grid.high[source])
    mean, low, high = grid.mean[source], grid.low[source], grid.high[source]
    known = np.isfinite(mean)
    on, off = known & (low > limit), known & (high <= limit)
    if source == "frequency" and "motor_current" in grid.mean:
        # A drive that is dead without saying so: no current is no running.
        current = grid.mean["motor_current"]
        dead = np.isfinite(current) & (current < 0.02 * np.nanmax(np.r_[current, 1e-9]))
        on, off = on & ~dead, off | (dead & known)
    state = _last_known(on, off)
    starts = np.flatnonzero(~state[:-1] & state[1:]) + 1
    stops = np.flatnonzero(state[:-1] & ~state[1:]) + 1
    frequency = np.where(on, mean, np.nan) if source == "frequency" else np.where(on, 50.0, np.nan)
    return Modes(
        on,
        off,
        known,
        _since(starts, on, grid),
        _levels(frequency),
        frequency,
        _periodic(grid, state, starts, stops),
        starts,
        stops,
    )


def stretches(grid: Grid, modes: Modes) -> list[tuple[str, int, int, float | None]]:
    """What the pump was doing, in a row.

    Args:
        grid: readings on cells
        modes: of it
    Returns:
        (mode, [µs] from, [µs] to, [Hz] frequency or None): stopped, starting, running, periodic, unknown
    Valid: a pump is starting for half an hour.
    Ours: for the strip under the charts.

    >>> from app.analysis import examples
    >>> case = examples.esp(off_days=((5.0, 6.0),))
    >>> [name for name, *_ in stretches(case.grid, case.modes)]
    ['running', 'stopped', 'starting', 'running']
    """
    state = np.where(modes.on, 2, np.where(modes.off, 0, 4))
    state = np.where(modes.on & (modes.since_start_h < STARTING_H) & (modes.since_start_h >= 0), 1, state)
    state = np.where(modes.periodic, 3, state)
    level = np.where(state == 2, modes.level, -1)
    edges = np.flatnonzero((np.diff(state) != 0) | (np.diff(level) != 0)) + 1
    found = []
    for start, stop in zip(np.r_[0, edges], np.r_[edges, len(state)], strict=True):
        inside = modes.frequency[start:stop]
        known = inside[np.isfinite(inside)]
        hertz = float(np.median(known)) if len(known) and state[start] in (2, 3) else None
        found.append(
            (
                NAMES[int(state[start])],
                int(grid.time_us[start]),
                int(grid.time_us[stop - 1]) + grid.step_us,
                hertz,
            )
        )
    return found


def _last_known(on: Flags, off: Flags) -> Flags:
    """On or off in every cell: a mixed or unknown one keeps the state before it."""
    index = np.where(on | off, np.arange(len(on)), -1)
    last = np.maximum.accumulate(index)
    first_known = int(np.argmax(on | off)) if (on | off).any() else 0
    return on[np.where(last < 0, first_known, last)]


def _since(starts: NDArray[np.int64], on: Flags, grid: Grid) -> Floats:
    """Hours since the start; before the first start the pump counts as settled."""
    place = np.searchsorted(starts, np.arange(len(on)), side="right") - 1
    since = np.where(
        place >= 0, np.arange(len(on)) - starts[np.maximum(place, 0)] if len(starts) else 0, 10**6
    )
    return grid.hours(1) * since.astype(float)


def _levels(frequency: Floats) -> NDArray[np.int64]:
    """Frequencies within a hertz of each other are one level; rare ones (ramps) are none."""
    known = np.isfinite(frequency)
    level = np.full(len(frequency), -1, np.int64)
    rounded = np.round(frequency[known] / LEVEL_HZ).astype(np.int64)
    values, counts = np.unique(rounded, return_counts=True)
    common = values[counts >= 3]
    # Neighbouring hertz are one level: 49.6 and 50.4 are the same setting under load.
    groups: dict[int, int] = {}
    for value in common[np.argsort(-counts[counts >= 3])]:
        groups[int(value)] = next(
            (groups[n] for n in (int(value) - 1, int(value) + 1) if groups.get(n) == n), int(value)
        )
    level[known] = [groups.get(int(value), -1) for value in rounded] if len(rounded) else []
    return level


def _periodic(grid: Grid, state: Flags, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> Flags:
    """Cells within six or more like cycles in a row during which the pump works when it is on."""
    result = np.zeros(len(state), bool)
    if len(starts) < LEAST_CYCLES or len(stops) < LEAST_CYCLES:
        return result
    after = stops[stops > starts[0]]
    count = min(len(after), len(starts) - 1)
    if count < LEAST_CYCLES - 1:
        return result
    on_cells, off_cells = after[:count] - starts[:count], starts[1 : count + 1] - after[:count]
    working = _works(grid, starts[:count], after[:count])
    like = np.zeros(count, bool)
    for first in range(count - LEAST_CYCLES + 2):
        part = slice(first, first + LEAST_CYCLES - 1)
        if (
            working[part].all()
            and _alike(on_cells[part])
            and _alike(off_cells[part])
            and grid.hours(float(on_cells[part].mean() + off_cells[part].mean())) < 48
        ):
            like[part] = True
    for i in np.flatnonzero(like):
        result[starts[i] : starts[i + 1] + 1] = True
    return result


def _alike(lengths: NDArray[np.int64]) -> bool:
    return bool(np.ptp(lengths) <= max(2.0, LIKE * float(np.median(lengths))))


def _works(grid: Grid, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> Flags:
    """Whether the last current before each stop is near the best current of the record: idling pumps draw
    half of it.
    """
    current = grid.mean.get("motor_current")
    if current is None:
        return np.ones(len(starts), bool)
    usual = float(np.nanpercentile(current[current > 0], 75)) if (current > 0).any() else 0.0
    last = np.array([_last_known_value(current[a:b]) for a, b in zip(starts, stops, strict=True)])
    return ~(last < 0.78 * usual)


def _last_known_value(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known[-3:])) if len(known) else float("nan")
