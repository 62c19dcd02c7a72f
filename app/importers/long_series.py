"""Rows that name what they measure: which sensor and which unit each series is of. Two names that would be
one series of one well, and a unit that nothing tells, are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.core.unit_spellings import find_unit, is_gauge, nearest, usual_units
from app.core.units import Unit
from app.importers import pressure_units
from app.importers.field_names import names_of
from app.importers.odd_units import differ
from app.importers.remarks import first_of, gauge_remark, names_of_units, question, with_unit
from app.importers.row_wells import tags_in
from app.importers.rows import Problem, Rows
from app.importers.tag_paths import is_equipment
from app.importers.tag_units import unit_behind
from app.importers.targets import READINGS, Target
from app.importers.unit_guess import guess_unit
from app.importers.vocabulary import Vocabulary, folded, split_unit, tail_of
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor

# One sensor's part: sensor, row numbers, SI values, values as the file has them.
Part = tuple[Sensor, np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class _Series:
    """Rows of one name and one unit; `unit` is empty where nothing tells it."""

    name: str
    sensor: Sensor
    rows: np.ndarray
    unit: str


def long_parts(rows: Rows, words: Vocabulary, answers: Mapping[str, str]) -> list[Part]:
    """Each series in SI. What names no sensor, or no known unit, is a problem of `rows`."""
    shown = rows.values["value"]
    series = _once(rows, _series(rows, words))
    without = [one for one in series if not one.unit]
    taken = _taken_units(rows, without, answers) if rows.asks else {}
    parts: list[Part] = []
    above: dict[str, tuple[Unit, list[str]]] = {}
    for one in series:
        quantity = one.sensor.quantity
        if one.unit:
            unit = find_unit(one.unit, quantity)
            if unit is None:
                rows.problems.append(unit_unknown(rows, int(one.rows[0]), one.unit, quantity))
                continue
        else:
            unit = taken.get(one.name) or usual_units(quantity)[0]
            rows.assumed[one.sensor.key] = unit
        if is_gauge(unit):
            above.setdefault(unit.en, (unit, []))[1].append(one.name)
        parts.append((one.sensor, one.rows, unit.to_si(shown[one.rows]), shown[one.rows]))
    if rows.asks:
        rows.remarks += [gauge_remark("", first_of(names), unit) for unit, names in above.values()]
    return _joined(parts)


def _joined(parts: list[Part]) -> list[Part]:
    """One part a sensor, in the order of the file, whatever units its rows are in."""
    found: list[Part] = []
    for sensor in dict.fromkeys(part[0] for part in parts):
        mine = [part for part in parts if part[0] is sensor]
        index, value, shown = (np.concatenate([part[n] for part in mine]) for n in (1, 2, 3))
        order = np.argsort(index, kind="stable")
        found.append((sensor, index[order], value[order], shown[order]))
    return found


def _series(rows: Rows, words: Vocabulary) -> list[_Series]:
    names, shown, units = rows.values["sensor"], rows.values["value"], rows.values.get("unit")
    distinct, codes = np.unique(names.astype(str), return_inverse=True)
    tags = tags_in(distinct.tolist(), words) if rows.asks else {}
    found: list[_Series] = []
    unknown: list[tuple[str, int]] = []
    for code, name in enumerate(distinct.tolist()):
        mine = np.flatnonzero((codes == code) & np.isfinite(shown))
        if not len(mine):
            continue
        sensor, spelled = sensor_named(tags[name].parameter if name in tags else name, words)
        if sensor is None:
            unknown.append((name, int(mine[0])))
            continue
        texts = units[mine].astype(str) if units is not None else np.array([spelled] * len(mine))
        texts = np.array(
            [f"{spelled} / {text}" if differ(spelled, text) else text for text in texts.tolist()]
        )
        found += [_Series(name, sensor, mine[texts == text], text) for text in np.unique(texts).tolist()]
    # Beside series that are known, those that are not are left out by name.
    severity = "warning" if found and rows.asks else "error"
    rows.problems += [problem_of(rows, row, name, "sensor_unknown", severity) for name, row in unknown]
    return found


def sensor_named(name: str, words: Vocabulary) -> tuple[Sensor | None, str]:
    """(sensor, unit in its name): by code, name or synonym; of a path such as `поле. куст. скв. Параметр` its
    last part.
    """
    bare, tail = tail_of(name)
    if not bare:
        bare, tail = unit_behind(name)
    for part in (name, name.rpartition(".")[2], name.rpartition("/")[2], bare):
        means = (
            {"load" if one == "motor_load" else one for one in words.means(part)} if part.strip() else set()
        )
        key = next(
            (sensor.key for sensor in SENSORS if sensor.key in means or sensor.key == part.strip()), None
        )
        if key is not None and (part != bare or find_unit(tail, SENSORS[key].quantity) is not None):
            return SENSORS[key], tail if part == bare else split_unit(part)[2]  # `PIP.MIN` is the least
    within = re.match(r"[^\W_]+[._](?=.)", name)  # `esp.pip_psi`: what it is a part of
    if within is not None and is_equipment(within[0][:-1]):
        return sensor_named(name[within.end() :], words)
    return None, ""


def _once(rows: Rows, series: list[_Series]) -> list[_Series]:
    """Two names that would be one series of one well cannot both be it."""
    if not rows.asks:
        return series
    owners: dict[tuple[str, str], str] = {}
    found: list[_Series] = []
    for one in series:
        wells = dict.fromkeys(rows.well[one.rows].tolist())
        keys = [(str(well), one.sensor.key) for well in wells]
        other = next(
            (owners[key] for key in keys if key in owners and folded(owners[key]) != folded(one.name)), ""
        )
        if other:
            problem = problem_of(rows, int(one.rows[0]), one.name, "sensor_twice")
            names = names_of("readings", one.sensor.key)
            rows.problems.append(replace(problem, details={"sensor": names, "other": other}))
            continue
        owners |= dict.fromkeys(keys, one.name)
        found.append(one)
    return found


# ---- units that nothing tells ------------------------------------------------------------------------------


def _taken_units(rows: Rows, series: list[_Series], answers: Mapping[str, str]) -> dict[str, Unit]:
    """Of each name the unit that its values or the answers tell; what stays open is asked."""
    found: dict[str, Unit] = {}
    for one in series:
        value = rows.values["value"][one.rows]
        guessed = guess_unit(value, _target(one.sensor))
        unit = find_unit(guessed, one.sensor.quantity) if guessed else None
        found[one.name] = unit or usual_units(one.sensor.quantity)[0]
    _ask_of_pressures(rows, series, found, answers)
    _ask_of_shares(rows, series, found, answers)
    return found


def _ask_of_pressures(
    rows: Rows, series: list[_Series], found: dict[str, Unit], answers: Mapping[str, str]
) -> None:
    pressures = [one for one in series if one.sensor.quantity in ("pressure", "surface_pressure")]
    answered = pressure_units.said(answers.get("pressure_unit", ""))
    if answered is not None:
        found |= dict.fromkeys((one.name for one in pressures), answered)
        return
    shown = rows.values["value"]
    left = pressure_units.open_units(
        pressure_units.Unlabelled(-1, _target(one.sensor), found[one.name], shown[one.rows])
        for one in pressures
    )
    if left:
        first, row = next((one, row) for one in pressures for row in one.rows.tolist() if shown[row])
        number = f"{shown[row]:.6g}"
        readings = {unit.en: with_unit(number, unit) for unit in left[:2]}
        line = int(rows.line[row])
        rows.problems.append(question("pressure_unit", "", line, -1, first.name, number, readings))


def _ask_of_shares(
    rows: Rows, series: list[_Series], found: dict[str, Unit], answers: Mapping[str, str]
) -> None:
    said = answers.get("share_unit", "")
    for one in series:
        value = rows.values["value"][one.rows]
        known = value[value != 0]
        if one.sensor.quantity != "ratio" or not len(known) or np.abs(known).max() > 1:
            continue
        if said:
            found[one.name] = find_unit(said, "ratio") or found[one.name]
            continue
        number = f"{known[0]:.6g}"
        readings = {"fraction": f"{100 * known[0]:.6g} %", "%": f"{number} %"}
        line = int(rows.line[one.rows[value != 0][0]])
        asked = question("share_unit", "", line, -1, one.name, number, readings)
        rows.problems.append(replace(asked, details={**asked.details, "key": "share_unit"}))


def _target(sensor: Sensor) -> Target:
    found = READINGS.target(sensor.key)
    assert found is not None
    return found


def unit_unknown(rows: Rows, row: int, unit: str, quantity: str) -> Problem:
    """With the known ones that are spelled alike."""
    near = names_of_units(nearest(unit, quantity) or usual_units(quantity)[:6])
    return replace(problem_of(rows, row, unit, "unit_unknown"), details={"unit": unit, "near": near})


def problem_of(rows: Rows, row: int, value: str, code: str, severity: str = "error") -> Problem:
    """Of a row as a whole."""
    return Problem("", int(rows.line[row]), -1, "", value[:80], code, severity)
