"""Pressures and temperatures that a file has in each other's column, put back when somebody says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.quality.columns import PAIRS, Pair, wrong_way_round
from app.models.sensors.spec import Sensor

ANSWER, PUT_BACK = "columns_swapped", "put_back"


@dataclass(frozen=True)
class Measured:
    """One sensor of one well as the file has it: [µs], [SI], the same as the file shows it, whether the file
    itself doubts it, and its line; (n,) each, in the order of time.
    """

    sensor: Sensor
    time_us: np.ndarray
    value: np.ndarray
    shown: np.ndarray
    doubted: np.ndarray
    line: np.ndarray


def put_back(series: list[Measured]) -> tuple[list[Measured], int]:
    """(the series of a well with both of each pair where they belong, moments at which they were not)."""
    count = 0
    for pair in PAIRS:
        series, moved = _of_pair(series, pair)
        count += moved
    return series, count


def _of_pair(series: list[Measured], pair: Pair) -> tuple[list[Measured], int]:
    places = {one.sensor.key: place for place, one in enumerate(series)}
    low, high = places.get(pair.lower), places.get(pair.higher)
    if low is None or high is None:
        return series, 0
    lower, higher = series[low], series[high]
    mine, other = wrong_way_round(lower.time_us, lower.value, higher.time_us, higher.value, pair)
    if not len(mine):
        return series, 0
    found = list(series)
    found[low] = _with(lower, mine, higher, other)
    found[high] = _with(higher, other, lower, mine)
    return found, len(mine)


def _with(one: Measured, at: np.ndarray, other: Measured, there: np.ndarray) -> Measured:
    value, shown, doubted = one.value.copy(), one.shown.copy(), one.doubted.copy()
    value[at], shown[at], doubted[at] = other.value[there], other.shown[there], other.doubted[there]
    return replace(one, value=value, shown=shown, doubted=doubted)
