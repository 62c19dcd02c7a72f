"""What only several sensors of one well show together: a column that is a copy of another, a record that
stood still whole, a gauge on another clock, a value that the others contradict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.quality.running import least_running
from app.models.sensors import SENSORS

Floats = NDArray[np.floating]
Times = NDArray[np.int64]
Series = Mapping[str, tuple[Times, Floats]]
"""Sensor → ([µs] (n,) rising, [SI] (n,))."""

COPIED_KINDS = frozenset(
    {"pressure", "surface_pressure", "temperature", "current", "voltage", "acceleration"}
)
"""Two gauges of one kind never agree to the last digit; rates may: all the liquid is oil."""
LEAST_VALUES, LEAST_DIFFERENT, ALL_ALIKE = 100, 20, 0.999
LEAST_STILL, LEAST_SENSORS, USUALLY_STILL = 6, 3, 0.3
DOWNHOLE = ("intake_pressure", "discharge_pressure", "intake_temperature", "motor_temperature")
"""By one gauge, on one clock."""
TURNS = {"intake_pressure": 1.0, "motor_temperature": -1.0}
"""Which way each bends when the pump stops."""
FARTHEST_H, NEAREST_H, ALIKE_H = 12.0, 0.9, 0.25
"""A shift under an hour is a gauge's own slowness; zones and summer time are off by whole hours."""
SLOWEST_STEPS = 2.5
"""Bends are taken over two readings either way: a shift of two is none."""
LEAST_EDGES, LEAST_SIGMAS = 4, 3.0
RIVAL = 0.5
"""Of the bends at the best shift, what those at any other may reach: starts in a row are alike at several."""
HOUR_US = 3_600_000_000


@dataclass(frozen=True)
class Copied:
    """Two columns of one content.

    Attributes:
        one: sensor
        other: sensor
        count: [-] moments
        between_us: [µs] the first and the last of them, where the columns are alike for a part of the record
    """

    one: str
    other: str
    count: int
    between_us: tuple[int, int] | None = None


@dataclass(frozen=True)
class Lag:
    """A gauge on another clock than the station.

    Attributes:
        shift_us: [µs] by that it is late
        edges: [-] starts and stops that show it
        sensors: of the gauge that show it
    """

    shift_us: int
    edges: int
    sensors: tuple[str, ...]


def copied(series: Series) -> list[Copied]:
    """Columns that are the same to the last digit.

    99.9 % of a hundred common values alike that are not zero, with twenty changes; or for a part of the
    record a hundred in a row, with twenty different ones

    Args:
        series: of one well
    Returns:
        the first of each pair as the sensors' list has it
    Valid: gauges of one kind; of phases in whole amperes that agree it takes all of them too.
    Ours: what two gauges make of one thing differs in the last digit.

    >>> at, wave = np.arange(200, dtype=np.int64), 30 + np.sin(np.arange(200.0))
    >>> [(pair.one, pair.other) for pair in copied({"motor_current_a": (at, wave),
    ...  "motor_current_b": (at, wave), "motor_current_c": (at, wave + 0.1)})]
    [('motor_current_a', 'motor_current_b')]
    """
    found = []
    names = sorted((key for key in series if key in SENSORS), key=lambda key: SENSORS[key].number)
    for one, other in combinations(names, 2):
        kind = SENSORS[one].quantity
        if kind != SENSORS[other].quantity or kind not in COPIED_KINDS:
            continue
        at, left, right = _at_one_time(series[one], series[other])
        told = np.isfinite(left) & np.isfinite(right) & (left != 0) & (right != 0)
        at, left, right = at[told], left[told], right[told]
        if len(left) < LEAST_VALUES or int((np.diff(left) != 0).sum()) < LEAST_DIFFERENT:
            continue
        if float(np.mean(left == right)) >= ALL_ALIKE:
            found.append(Copied(one, other, len(left)))
            continue
        part = few.longest(left == right)
        # Whole amperes of two phases agree for days by chance: they are a few values over and over.
        if part.stop - part.start >= LEAST_VALUES and len(np.unique(left[part])) >= LEAST_DIFFERENT:
            between = (int(at[part.start]), int(at[part.stop - 1]))
            found.append(Copied(one, other, part.stop - part.start, between))
    return found


def _at_one_time(one: tuple[Times, Floats], other: tuple[Times, Floats]) -> tuple[Times, Floats, Floats]:
    if np.array_equal(one[0], other[0]):
        return one[0], one[1], other[1]
    at, mine, there = np.intersect1d(one[0], other[0], return_indices=True)
    return at, one[1][mine], other[1][there]


def stood_still_together(series: Series, steady: frozenset[str]) -> list[tuple[int, int]]:
    """When every gauge of a well held its last value at once.

    six samples in a row, three gauges that hold a value in three of ten samples at most otherwise

    Args:
        series: of one well
        steady: sensors that stand still by nature
    Returns:
        ([µs] the first repeated sample, [µs] the last)
    Valid: rows of one table: samples of one clock. A stopped well's gauges go on breathing in the last digit.
    Ours: what writes the last value while the link is down.

    >>> at = np.arange(90, dtype=np.int64)
    >>> rough = [np.sin(np.arange(90.0) * k) for k in (1, 2, 3)]
    >>> for one in rough:
    ...     one[20:40] = one[19]
    >>> keys = ("intake_pressure", "motor_temperature", "wellhead_pressure")
    >>> stood_still_together({key: (at, one) for key, one in zip(keys, rough)}, frozenset())
    [(20, 39)]
    """
    fine = {key: one for key, one in series.items() if key not in steady and len(one[0]) > LEAST_STILL}
    if len(fine) < LEAST_SENSORS:
        return []
    longest = max(fine.values(), key=lambda one: len(one[0]))[0]
    still = np.zeros(len(longest), np.int64)
    there = np.zeros(len(longest), np.int64)
    for time_us, value in fine.values():
        same = np.r_[False, (value[1:] == value[:-1]) & (value[1:] != 0)]
        if float(np.mean(same)) > USUALLY_STILL:
            continue
        place = np.searchsorted(longest, time_us)
        place = np.minimum(place, len(longest) - 1)
        on_it = longest[place] == time_us
        there[place[on_it]] += 1
        still[place[on_it & same]] += 1
    all_still = (there >= LEAST_SENSORS) & (still == there)
    edges = np.flatnonzero(np.diff(np.r_[0, all_still.astype(np.int8), 0]))
    return [
        (int(longest[start]), int(longest[stop - 1]))
        for start, stop in zip(edges[::2], edges[1::2], strict=True)
        if stop - start >= LEAST_STILL
    ]


def clock_lag(series: Series) -> Lag | None:
    """By how much the gauge below tells starts and stops late.

    the shift at which intake pressure and motor temperature bend as they do when a pump stops or starts, the
    bends of an hour before and after summed over all edges; an hour at least, twelve at most

    Args:
        series: of one well, with its frequency or a current
    Returns:
        None where the clocks agree or nothing tells
    Valid: four starts and stops at least, stops apart by twice the shift; regular ones by twelve hours more.
    Ours: a pump that stops lets the level rise and the motor cool at once.

    >>> clock_lag({"frequency": (np.arange(9), np.full(9, 50.0))}) is None
    True
    """
    edges = _edges(series)
    if len(edges) < LEAST_EDGES:
        return None
    told = {
        key: lag
        for key, way in TURNS.items()
        if key in series and (lag := _lag_of(*series[key], edges, way)) is not None
    }
    if not told or max(told.values()) - min(told.values()) > ALIKE_H * HOUR_US:
        return None
    shift = int(np.median(list(told.values())))
    step = max(_usual_step(*series[key]) for key in told)
    least = max(NEAREST_H * HOUR_US, SLOWEST_STEPS * step)
    return None if abs(shift) < least else Lag(shift, len(edges), tuple(told))


def _usual_step(time_us: Times, value: Floats) -> float:
    """From one reading to the next [µs]: a grid finer than the readings holds each until the next."""
    known = np.isfinite(value)
    time_us, value = time_us[known], value[known]
    new = time_us[np.r_[True, np.diff(value) != 0]]
    return float(np.quantile(np.diff(new), 0.25)) if len(new) > LEAST_EDGES else 0.0


def _edges(series: Series) -> list[tuple[int, float]]:
    """([µs] when, +1 it stops, −1 it starts), as the station tells it."""
    for key in ("motor_current", "motor_current_a", "frequency"):
        if key in series and int(np.isfinite(series[key][1]).sum()) > LEAST_EDGES:
            known = np.isfinite(series[key][1])
            time_us, value = series[key][0][known], series[key][1][known]
            on = value > least_running(value)
            turn = np.flatnonzero(on[1:] != on[:-1]) + 1
            if len(turn):
                return [(int(time_us[i]), -1.0 if on[i] else 1.0) for i in turn.tolist()]
    return []


def _lag_of(time_us: Times, value: Floats, edges: list[tuple[int, float]], way: float) -> int | None:
    """[µs] of one sensor; None where its bends do not stand out."""
    good = np.isfinite(value)
    if int(good.sum()) < LEAST_VALUES:
        return None
    time_us, value = time_us[good], value[good]
    step = max(int(np.median(np.diff(time_us))), HOUR_US // 12)
    grid = np.arange(time_us[0], time_us[-1], step)
    level = np.interp(grid, time_us, value)
    hour = max(2, round(HOUR_US / step))
    if len(level) < 4 * hour:
        return None
    bend = np.full(len(level), np.nan)
    bend[hour:-hour] = level[2 * hour :] - 2 * level[hour:-hour] + level[: -2 * hour]
    spread = 1.4826 * float(np.nanmedian(np.abs(bend - np.nanmedian(bend)))) + 1e-12
    turns = np.array([when for when, _ in edges])
    between = turns[2:] - turns[:-2]  # from one stop to the next: a start bends the other way
    apart = float(np.median(between))
    if apart < FARTHEST_H * HOUR_US:
        apart = float(np.median(np.diff(turns)))  # many starts in a row: some bend fits any shift
    reach = round(min(FARTHEST_H * HOUR_US, apart / 2) / step) + 1
    shifts = np.arange(-reach, reach + 1)
    at = np.array([round((when - time_us[0]) / step) - 1 for when, _ in edges])  # bent a sample before
    signs = np.array([way * sign for _, sign in edges])
    places = at[:, None] + shifts[None, :]
    # What lies outside is not known, and so are the first and the last bend.
    bends = bend[np.clip(places, 0, len(bend) - 1)] * signs[:, None] / spread
    shown = np.isfinite(bends)
    mean = np.nanmean(np.where(shown, bends, 0.0), axis=0)
    best = int(np.argmax(mean))
    if best in (0, 2 * reach):  # no bend is greatest there: it lies beyond, and how far nobody can tell
        return None
    of_edges = bends[:, best][shown[:, best]]
    enough = len(of_edges) >= LEAST_EDGES and float(np.mean(of_edges > LEAST_SIGMAS)) >= 0.8
    elsewhere = np.abs(shifts - shifts[best]) > hour
    alone = float(np.max(mean[elsewhere], initial=0.0)) < RIVAL * mean[best]
    shift = int(shifts[best]) * step
    # Of stops by the clock one that is late by a period more or less is as good.
    by_clock = float(np.ptp(between)) < 2 * HOUR_US and abs(shift) > apart - FARTHEST_H * HOUR_US
    return shift if enough and alone and not by_clock else None
