"""Two sheets that give one instant of one well two values: none of them takes the other's place unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.importers.field_names import names_of
from app.importers.remarks import question
from app.importers.rows import Problem
from app.importers.twins import FIRST, LAST
from app.models.readings import Readings
from app.models.sensors import BY_NUMBER

Named = dict[str, Readings]
ALIKE = 1e-6
"""Of a value: as readings are kept."""


@dataclass(frozen=True)
class _Met:
    """Where a later sheet meets an earlier one: row numbers of each."""

    well: str
    earlier: np.ndarray
    later: np.ndarray


def apart(
    sheets: Sequence[tuple[str, Named]], answers: Mapping[str, str]
) -> tuple[list[Named], list[Problem]]:
    """(each sheet's readings, what is asked). `answers`: `twin_values` is first or last, in the order of the
    sheets.
    """
    left = [dict(named) for _, named in sheets]
    asked: list[Problem] = []
    said = answers.get("twin_values", "")
    for n, (name, _) in enumerate(sheets):
        for before in range(n):
            for met in _meetings(left[before], left[n]):
                first, second = left[before][met.well], left[n][met.well]
                differ = _differ(first.value[met.earlier], second.value[met.later])
                if not differ.any():
                    continue
                if said == FIRST:
                    left[n][met.well] = _without(second, met.later[differ])
                elif said == LAST:
                    left[before][met.well] = _without(first, met.earlier[differ])
                elif not asked:
                    asked.append(_question(sheets[before][0], name, met, first, second, differ))
    return left, asked


def _meetings(earlier: Named, later: Named) -> list[_Met]:
    found = []
    for well in earlier.keys() & later.keys():
        keys = [_keys(one[well]) for one in (earlier, later)]
        _, mine, its = np.intersect1d(keys[0], keys[1], return_indices=True)
        if len(mine):
            found.append(_Met(well, mine, its))
    return sorted(found, key=lambda met: met.well)


def _keys(readings: Readings) -> np.ndarray:
    return readings.time_us * 256 + readings.sensor.astype(np.int64)


def _differ(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.abs(first - second) > ALIKE * np.maximum(np.abs(first), np.abs(second))


def _without(readings: Readings, rows: np.ndarray) -> Readings:
    keep = np.ones(len(readings), bool)
    keep[rows] = False
    columns = ("well", "sensor", "time_us", "value", "quality")
    return replace(readings, **{name: getattr(readings, name)[keep] for name in columns})


def _question(
    first_sheet: str, sheet: str, met: _Met, first: Readings, second: Readings, differ: np.ndarray
) -> Problem:
    at = int(np.flatnonzero(differ)[0])
    row, other = int(met.earlier[at]), int(met.later[at])
    values = [f"{float(one):.6g}" for one in (first.value[row], second.value[other])]
    sensor = BY_NUMBER[int(first.sensor[row])].key
    moment = str(np.datetime64(int(first.time_us[row]), "us").astype("datetime64[s]")).replace("T", " ")
    asked = question("twin_sheets", sheet, 0, -1, sensor, values[1], {FIRST: values[0], LAST: values[1]})
    about: dict[str, object] = {"key": "twin_values", "other": first_sheet, "well": met.well, "at": moment}
    about["sensor"] = names_of("readings", sensor)
    return replace(asked, details={**asked.details, **about, "count": int(differ.sum())})
