"""What a file has wrong in its readings, put right when somebody says so: columns in each other's place, a
stretch in another unit, registers without a sign, a copy of another column, a gauge on another clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.quality.columns import PAIRS, Pair, wrong_way_round
from app.analysis.quality.counters import rolled_over
from app.analysis.quality.marks import turned
from app.analysis.quality.together import DOWNHOLE, clock_lag
from app.core.errors import Remark
from app.core.unit_spellings import usual_units
from app.importers.remarks import remark
from app.models.sensors.spec import Sensor

SWAPPED, TURNED, ROLLED, COPIED, CLOCK = (
    "columns_swapped",
    "unit_suspect",
    "column_rollover",
    "column_copied",
    "clock_differs",
)
PUT_BACK, CONVERT, OUT = "put_back", "convert", "leave_out"
DONE = {
    SWAPPED: "columns_put_back",
    TURNED: "stretch_converted",
    ROLLED: "rollover_put_back",
    COPIED: "copy_left_out",
    CLOCK: "clock_put_back",
}
"""The question → what is said when it was answered so."""


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


def repaired(
    series: list[Measured], answers: Mapping[str, str], well: str
) -> tuple[list[Measured], list[Remark]]:
    """(the series of a well with what was said of them done, what was done)."""
    if not any(key.partition(":")[0] in DONE for key in answers):
        return series, []
    said: list[Remark] = []
    found = [one for each in series for one in _of_one(each, answers, well, said)]
    if answers.get(CLOCK) == PUT_BACK:
        found = _on_one_clock(found, well, said)
    if answers.get(SWAPPED) == PUT_BACK:
        found, count = put_back(found)
        if count:
            said.append(remark(DONE[SWAPPED], "", well=well, count=count))
    return found, said


def _of_one(one: Measured, answers: Mapping[str, str], well: str, said: list[Remark]) -> Iterator[Measured]:
    key = one.sensor.key

    def tell(code: str, count: int) -> None:
        said.append(remark(DONE[code], "", sensor=key, well=well, count=count))

    if answers.get(f"{COPIED}:{key}") == OUT:
        tell(COPIED, len(one.value))
        return
    if answers.get(f"{TURNED}:{key}") == CONVERT:
        for stretch in turned(one.sensor, one.value):
            at, value, shown = stretch.places, one.value.copy(), one.shown.copy()
            value[at] = stretch.right(one.value[at])
            shown[at] = np.nan
            one = replace(one, value=value, shown=shown)
            tell(TURNED, len(at))
    if answers.get(f"{ROLLED}:{key}") == PUT_BACK:
        at, less = of_register(one.sensor, one.value)
        if len(at):
            value, shown = one.value.copy(), one.shown.copy()
            value[at] -= less
            shown[at] = np.nan
            one = replace(one, value=value, shown=shown)
            tell(ROLLED, len(at))
    yield one


def of_register(sensor: Sensor, value: np.ndarray) -> tuple[np.ndarray, float]:
    """(places of values that a register without a sign made too large, [SI] by how much), in whichever unit
    of its quantity the file has them.
    """
    for unit in usual_units(sensor.quantity):
        lowest, highest = (float(unit.from_si(limit)) for limit in (sensor.minimum, sensor.maximum))
        found = rolled_over(unit.from_si(value.astype(np.float64)), lowest, highest)
        if found is not None and len(found.places):
            return found.places, found.step * unit.factor
    return np.zeros(0, np.int64), 0.0


def _on_one_clock(series: list[Measured], well: str, said: list[Remark]) -> list[Measured]:
    lag = clock_lag({one.sensor.key: (one.time_us, one.value) for one in series})
    if lag is None:
        return series
    said.append(remark(DONE[CLOCK], "", well=well, count=lag.edges, shift=lag.shift_us / 1e6))
    return [
        replace(one, time_us=one.time_us - lag.shift_us) if one.sensor.key in DOWNHOLE else one
        for one in series
    ]


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
