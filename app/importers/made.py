"""Rows of a sheet → what the store takes: readings by well, tables of records, cards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa

from app.analysis.quality.marks import quality_of
from app.core.clock import from_us
from app.importers import kinematic
from app.importers.card_breaks import begins_again
from app.importers.gathered import gathered
from app.importers.joint_marks import marked_together
from app.importers.kind_hints import AMONG_IONS, OF_WATER
from app.importers.long_series import Part, long_parts, problem_of, unit_unknown
from app.importers.nothing_said import fillers, not_good
from app.importers.quality_columns import QUALITY
from app.importers.remarks import ppm_remark, remark
from app.importers.repairs import Measured, repaired
from app.importers.rows import Rows
from app.importers.scoring import SURE, nearness
from app.importers.targets import LAB, TABLE_KINDS
from app.importers.twins import Series, without_twins
from app.importers.vocabulary import Vocabulary, folded, split_unit
from app.models import limits
from app.models.cards import Card
from app.models.kinds import KINDS
from app.models.kinds.lab import PARAMETERS
from app.models.kinds.packing import pack
from app.models.kinds.spec import Kind
from app.models.readings import Quality, Readings
from app.models.sensors import SENSORS

NO_TIME = np.iinfo(np.int64).min


# ---- readings ----------------------------------------------------------------------------------------------


def within_float32(values: np.ndarray) -> np.ndarray:
    """A recorder's 1e36 in pascals is beyond what is stored: it is marked, and as large as can be."""
    largest = float(np.finfo(np.float32).max)
    return np.clip(values, -largest, largest).astype(np.float32)


def readings_by_well(
    rows: Rows, words: Vocabulary, answers: Mapping[str, str] | None = None
) -> dict[str, Readings]:
    """`readings.well` is 0 until the well is found. What names no sensor is a problem of `rows`. `answers`:
    what was said of which of two values of one instant is taken, and of units.
    """
    answers = answers or {}
    twins = answers.get("twin_values", "")
    parts = long_parts(rows, words, answers) if "sensor" in rows.values else _wide(rows)
    doubted = _doubted(rows)
    found: dict[str, Readings] = {}
    numbers: dict[str, int] = {}
    of_row = np.array([numbers.setdefault(name, len(numbers)) for name in rows.well.tolist()], np.int64)
    for name, number in numbers.items():
        series: list[Measured] = []
        for sensor, index, value, shown in parts:
            mine = of_row[index] == number
            if rows.asks and mine.any():
                taken = without_twins(rows, Series(sensor.key, index[mine], value[mine]), twins)
                mine[np.flatnonzero(mine)[~taken]] = False
            order = np.argsort(rows.time_us[index][mine], kind="stable")
            bad = doubted.get(sensor.key, doubted[QUALITY])
            at, values, shows, doubts, lines = (
                one[mine][order] for one in (rows.time_us[index], value, shown, bad[index], rows.line[index])
            )
            series.append(Measured(sensor, at, within_float32(values), shows, doubts, lines))
        series, done = repaired(series, answers, name)
        rows.remarks += done
        of_well = [_marked(rows, name, one) for one in series]
        joined = marked_together(Readings.join(of_well), rows.units)
        if len(joined):
            found[name] = joined
    return found


def _doubted(rows: Rows) -> dict[str, np.ndarray]:
    """Sensor → the rows of which its own column of quality, or one of whole rows, says that they are not
    good; QUALITY for sensors without one of their own.
    """
    told = {key: not_good(said) for key, said in rows.quality.items()} if rows.asks else {}
    every = told.pop(QUALITY, np.zeros(len(rows.line), bool))
    return {QUALITY: every, **{key: mine | every for key, mine in told.items()}}


def _marked(rows: Rows, well: str, one: Measured) -> Readings:
    marks = quality_of(one.sensor, one.time_us, one.value, one.shown)
    marks |= np.where(one.doubted, np.uint8(Quality.MANUAL), np.uint8(0))
    _say_marks(rows, well, one, marks)
    return Readings.of_one(0, one.sensor.number, one.time_us, one.value, marks & ~np.uint8(Quality.MISSING))


def _say_marks(rows: Rows, well: str, one: Measured, marks: np.ndarray) -> None:
    """What is stored under a mark is said: told by the source, in another unit for a while, a filler, a jump,
    a gauge that stands still.
    """
    if not rows.asks:
        return
    sensor, long = one.sensor, "sensor" in rows.values
    said = [("not_good", Quality.MANUAL), ("unit_suspect", Quality.UNIT_SUSPECT)]
    if long:  # of a wide table each such cell is named
        said.append(("out_of_range", Quality.RANGE))
    for code, mark in said:
        count = int(np.count_nonzero(marks & np.uint8(mark)))
        if count:
            answer = f"{code}:{sensor.key}"
            rows.remarks.append(remark(code, "", sensor=sensor.key, well=well, count=count, answer=answer))
    impossible = ~limits.within(one.value, sensor.minimum, sensor.maximum) & (not long)
    told = fillers(one.shown, impossible) | (impossible & (one.value == 0))  # with their lines already
    for code, mark in (
        ("marked_filler", Quality.SENTINEL),
        ("marked_jump", Quality.SPIKE),
        ("marked_still", Quality.FROZEN),
    ):
        mine = (marks & np.uint8(mark)).astype(bool) & (~told | (mark is not Quality.SENTINEL))
        if mine.any():
            lines = one.line[mine].tolist()
            rows.remarks.append(remark(code, "", lines=lines, sensor=sensor.key, well=well))


def _wide(rows: Rows) -> list[Part]:
    parts: list[Part] = []
    for key, value in rows.values.items():
        if key in SENSORS and value.dtype.kind == "f":
            there = np.flatnonzero(np.isfinite(value))
            parts.append((SENSORS[key], there, value[there], rows.shown[key][there]))
    return parts


# ---- records -----------------------------------------------------------------------------------------------


def records_table(rows: Rows, words: Vocabulary, *, lab: str = "", period: str = "") -> tuple[Kind, pa.Table]:
    """Columns of the kind's table, with `well_name` in place of the well. Problems found on the way go to
    `rows`. `period` is what was decided of production.
    """
    if rows.kind in TABLE_KINDS and TABLE_KINDS[rows.kind].gathers not in ("", *rows.values):
        rows = gathered(rows, TABLE_KINDS[rows.kind])
    kind = KINDS[rows.kind]
    if rows.kind == "lab_result":
        return kind, _lab_table(rows, kind, words, lab)
    columns: dict[str, pa.Array] = {
        "well_name": pa.array(rows.well.tolist(), pa.string()),
        kind.at: _moments(rows.time_us),
    }
    if kind.until:
        columns[kind.until] = _moments(
            rows.until_us if rows.until_us is not None else np.full(len(rows.line), NO_TIME)
        )
    packed: dict[str, np.ndarray] = {}
    for field in kind.fields:
        value = rows.values.get(field.key)
        if value is None:
            continue
        if field.path:
            packed[field.key] = value
        elif value.dtype.kind == "f":
            columns[field.key] = pa.array(value, pa.float64(), from_pandas=True)
        else:
            columns[field.key] = pa.array([None if cell == "" else cell for cell in value.tolist()])
    if kind.packed:
        each = [
            {
                key: value[i]
                for key, value in packed.items()
                if value[i] is not None and value[i] == value[i] and value[i] != ""
            }
            for i in range(len(rows.line))
        ]
        columns[kind.packed] = pa.array(
            [json.dumps(pack(kind, one, {}), ensure_ascii=False) for one in each], pa.string()
        )
    if kind.key == "production":
        columns.setdefault("period", pa.array([period or _period(rows)] * len(rows.line), pa.string()))
        columns.setdefault("purpose", pa.array(_purpose(rows), pa.string()))
    if kind.key == "energy" and period:
        columns.setdefault("energy_period", pa.array([period] * len(rows.line), pa.string()))
    return kind, pa.table(columns)


def _period(rows: Rows) -> str:
    """As it was decided in files taken before the header and the hours were heard: a table with one row a
    well and month is monthly.
    """
    days = (rows.time_us // 86_400_000_000).astype("datetime64[D]")
    first_days = (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(int) == 0
    return (
        "month"
        if len(days)
        and first_days.all()
        and len(set(zip(rows.well.tolist(), days.tolist(), strict=True))) > 1
        else "day"
    )


def _purpose(rows: Rows) -> list[str | None]:
    """Where no column says it: what a well gave or took that day."""
    nothing = np.full(len(rows.line), np.nan)
    gave = sum(
        np.nan_to_num(rows.values.get(key, nothing)) for key in ("oil_m3", "oil_kg", "gas_m3", "liquid_m3")
    )
    took = sum(
        np.nan_to_num(rows.values.get(key, nothing)) for key in ("water_injected_m3", "gas_injected_m3")
    )
    return np.where(gave > 0, "producer", np.where(took > 0, "injector", "")).tolist()


def _moments(time_us: np.ndarray) -> pa.Array:
    return pa.array(time_us, pa.int64(), mask=time_us == NO_TIME).cast(pa.timestamp("us"))


_PLAIN_ROLES = ("sample", "point", "lab", "method", "note")


def _lab_table(rows: Rows, kind: Kind, words: Vocabulary, lab: str) -> pa.Table:
    """One row a result: of a wide table each filled cell, of a long one each row."""
    n = len(rows.line)
    roles = {key: rows.values.get(key, np.full(n, "", object)) for key in _PLAIN_ROLES}
    if lab:
        roles["lab"] = np.where(roles["lab"] == "", lab, roles["lab"])
    wells, times, values, marks, names, units, picked = [], [], [], [], [], [], []
    for key, index, value, qualifier, unit in _lab_parts(rows, words):
        wells.append(rows.well[index])
        times.append(rows.time_us[index])
        values.append(value)
        marks.append(qualifier)
        names += [key] * len(index)
        units += [unit] * len(index)
        picked.append(index)
    index = np.concatenate(picked) if picked else np.empty(0, int)
    joined = lambda parts, type_: np.concatenate(parts) if parts else np.empty(0, type_)  # noqa: E731
    columns: dict[str, pa.Array] = {
        "well_name": pa.array(joined(wells, object).tolist(), pa.string()),
        kind.at: _moments(joined(times, np.int64)),
        "parameter": pa.array(names, pa.string()),
        "value": pa.array(joined(values, float), pa.float64(), from_pandas=True),
        "unit": pa.array(units, pa.string()),
        "qualifier": pa.array(joined(marks, object).tolist(), pa.string()),
    }
    for key, texts in roles.items():
        columns[key] = pa.array(texts[index].tolist(), pa.string())
    return pa.table(columns)


def _lab_parts(rows: Rows, words: Vocabulary) -> list[tuple[str, np.ndarray, np.ndarray, np.ndarray, str]]:
    """(parameter, row numbers, values, qualifiers, unit)."""
    blank = np.full(len(rows.line), "", object)
    if "parameter" in rows.values:
        return _lab_long(rows, words, blank)
    parts = []
    for key, value in rows.values.items():
        if key in PARAMETERS:
            qualifier = rows.qualifiers.get(key, blank)
            there = np.flatnonzero(np.isfinite(value) | (qualifier != ""))
            parts.append((key, there, value[there], qualifier[there], PARAMETERS[key].unit))
    return parts


def _lab_long(
    rows: Rows, words: Vocabulary, blank: np.ndarray
) -> list[tuple[str, np.ndarray, np.ndarray, np.ndarray, str]]:
    value, qualifier = rows.values["value"], rows.qualifiers.get("value", blank)
    said = rows.values.get("qualifier")
    if said is not None:
        qualifier = np.where(qualifier == "", said, qualifier)
    units = rows.values.get("unit", blank)
    names = rows.values["parameter"].astype(str)
    named = {name: parameter_named(name, words) for name in dict.fromkeys(names.tolist())}
    densities = kinematic.densities_of(rows, names, {name: key for name, (key, _) in named.items()})
    parts = []
    told_at = np.isfinite(value) | (qualifier != "")
    of_water = _of_water(rows, names, {name for name, (key, _) in named.items() if key in OF_WATER})
    each = [(name, own, spelled, (names == name) & told_at) for name, (own, spelled) in named.items()]
    each = [
        (name, key, spelled, mine & side)
        for name, own, spelled, mine in each
        for key, side in _by_fluid(name, own, of_water)
    ]
    for name, own, spelled, mine in each:
        there = np.flatnonzero(mine)
        if not len(there):
            continue
        if own is None:
            rows.problems.append(problem_of(rows, int(there[0]), name, "parameter_unknown"))
            continue
        for text in dict.fromkeys(units[there].tolist()):
            of_unit = there[units[there] == text]
            key = own if own in _OF_WATER_ALONE else parameter_named(name, words, str(text))[0] or own
            written = str(text) or spelled
            given = PARAMETERS[key].unit_of(written) if written else None
            rows.remarks += ppm_remark("", name, written) if rows.asks else []
            kinematic_unit = None if given else kinematic.unit_of(key, name, written)
            if kinematic_unit is not None and rows.asks:
                kept = kinematic.dynamic(rows, of_unit, kinematic_unit, densities, name)
                told = np.isfinite(kept)
                parts.append((key, of_unit[told], kept[told], qualifier[of_unit[told]], PARAMETERS[key].unit))
                continue
            if written and given is None and not PARAMETERS[key].understands(written) and rows.asks:
                quantity = PARAMETERS[key].quantity.replace("number", "equivalents")
                rows.problems.append(unit_unknown(rows, int(of_unit[0]), written, quantity))
                continue
            kept = np.array([PARAMETERS[key].kept(x, given) for x in value[of_unit].tolist()])
            outside = np.isfinite(kept) & ~limits.within(
                kept, PARAMETERS[key].minimum, PARAMETERS[key].maximum
            )
            for row in of_unit[outside].tolist():
                told = problem_of(rows, row, str(value[row]), "value_out_of_range")
                rows.problems.append(told if rows.strict else replace(told, severity="warning"))
            if rows.strict:
                kept = np.where(outside, np.nan, kept)
            parts.append((key, of_unit, kept, qualifier[of_unit], PARAMETERS[key].unit))
    return parts


def _of_water(rows: Rows, names: np.ndarray, ions: set[str]) -> np.ndarray:
    """Which rows are of a sample in which ions of water were found."""
    sample = rows.values.get("sample", np.full(len(names), "", object))
    keys = list(zip(rows.well.tolist(), rows.time_us.tolist(), sample.tolist(), strict=True))
    found = {key for key, name in zip(keys, names.tolist(), strict=True) if name in ions}
    return np.array([key in found for key in keys], bool)


def _by_fluid(name: str, own: str | None, of_water: np.ndarray) -> list[tuple[str | None, np.ndarray]]:
    """`Плотность` among ions is the water's, whoever it is of elsewhere."""
    meant, unless = AMONG_IONS.get(own or "", ("", None))
    if not meant or unless is None or unless.search(name):
        return [(own, np.ones(len(of_water), bool))]
    return [(meant, of_water), (own, ~of_water)]


_OF_WATER_ALONE = frozenset(meant for meant, _ in AMONG_IONS.values())
_OTHERWISE = {"mechanical_impurities": "solids"}
"""One name of two parameters: a share by mass, and milligrams a litre."""


def parameter_named(name: str, words: Vocabulary, unit: str = "") -> tuple[str | None, str]:
    """(the parameter, the unit in its name). Of two of one name — impurities by volume and by mass — it is
    the one that is told in `unit`.
    """
    means, spelled = words.means(name), split_unit(name)[2]
    named = [t.key for t in LAB.targets if t.named.startswith("lab.") and (t.named in means or t.key == name)]
    named += [_OTHERWISE[key] for key in named if key in _OTHERWISE]
    if named:
        told = [key for key in named if PARAMETERS[key].unit_of(unit or spelled) is not None]
        return (told or named)[0], spelled
    near = max(
        (
            (nearness(folded(split_unit(name)[0]), t.named, words), t.key)
            for t in LAB.targets
            if t.named.startswith("lab.")
        ),
        default=(0.0, ""),
    )
    return (near[1], split_unit(name)[2]) if near[0] >= SURE else (None, "")


# ---- cards -------------------------------------------------------------------------------------------------


def cards_of(rows: Rows, strokes_per_minute: float | None) -> list[Card]:
    """A card each well and moment, the points as they follow; without a speed it cannot be a card: a problem
    of `rows`.
    """
    found = []
    said = rows.values.get("strokes_per_minute")
    for well, at_us in dict.fromkeys(zip(rows.well.tolist(), rows.time_us.tolist(), strict=True)):
        mine = np.flatnonzero((rows.well == well) & (rows.time_us == at_us))
        position, load = rows.values["position"][mine], rows.values["load"][mine]
        there = np.isfinite(position) & np.isfinite(load)
        per_minute = (
            60 * float(said[mine[0]])
            if said is not None and np.isfinite(said[mine[0]])
            else strokes_per_minute
        )
        speeds = np.unique(said[mine][np.isfinite(said[mine])]) if said is not None else np.empty(0)
        begins = begins_again(rows.line[mine][there], position[there])
        if begins:
            first = int(mine[there][begins])
            rows.problems.append(problem_of(rows, first, f"{position[there][begins]:.6g}", "card_several"))
        elif at_us == 0:
            rows.problems.append(problem_of(rows, int(mine[0]), "", "card_no_time"))
        elif len(speeds) > 1:
            told = ", ".join(f"{60 * speed:.4g}" for speed in speeds[:3].tolist())
            rows.problems.append(problem_of(rows, int(mine[0]), told, "card_two_speeds"))
        elif per_minute is None:
            rows.problems.append(problem_of(rows, int(mine[0]), "", "card_no_speed"))
        elif there.sum() >= 2:
            found.append(Card(well, from_us(at_us), per_minute, position[there], load[there]))
    return found
