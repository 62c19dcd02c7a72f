"""What is wrong with whole columns of readings, said with the import: a unit that cannot be, a gauge that
stood still or was silent from beginning to end, columns in each other's place, what several show together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from app.analysis.quality.against import Contradicted, lifting
from app.analysis.quality.columns import PAIRS, ColumnFault, column_fault, exchanged, within
from app.analysis.quality.together import clock_lag
from app.core.clock import from_us
from app.core.errors import Details, Remark
from app.core.plain import JsonObject
from app.core.unit_spellings import scaled_units, usual_units
from app.core.units import Unit
from app.importers.joint_marks import DOUBTFUL, columns_of, contradictions, copies, oddities, still, suspects
from app.importers.plan import Plan
from app.importers.repairs import CLOCK, COPIED, ROLLED, SWAPPED, of_register
from app.importers.rows import Rows
from app.importers.trial import Batch
from app.models.readings import Quality, Readings
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor
from app.models.values import count_of

BY_NUMBER = {sensor.number: sensor for sensor in SENSORS}
Units = dict[str, Unit | None]
RARE = {
    "liquid_rate": "column_unit_work",
    "vibration_x": "column_unit_shaken",
    "vibration_y": "column_unit_shaken",
}
"""Sensor → what is said of one that is rare; of the others that it is."""


def column_remarks(batches: Sequence[Batch], taken: dict[str, Rows], plan: Plan) -> tuple[Remark, ...]:
    """(code, details) for each well's columns that something is wrong with as a whole. `sheet` is where a
    click puts it right: columns of a sheet, not names of a long list.
    """
    units = {key: unit for rows in taken.values() for key, unit in rows.units.items()}
    found: list[Remark] = []
    for batch in batches:
        sheet = plan.sheet(batch.sheet)
        for well, readings in batch.by_name.items():
            for code, details in _of_well(well, readings, units):
                of_unit = code.startswith("column_") and code not in (ROLLED, COPIED)
                column = sheet is not None and sheet.column_of(str(details.get("sensor", ""))) is not None
                place = batch.sheet if column or not of_unit else ""
                found.append((f"import.{code}", {**details, "well": well, "sheet": place}))
    return tuple(found)


def _of_well(well: str, readings: Readings, units: Units) -> Iterator[Remark]:
    faults = _narrowed(list(_faults(readings, units)), readings, units)
    yield from ((fault.code, _details(sensor, fault, units.get(sensor.key))) for sensor, fault in faults)
    yield from _beside(faults, readings, units)
    yield from ((SWAPPED, swapped) for swapped in _swapped(readings))
    against = contradictions(readings, units)
    yield from (("column_unit_against", _beside_another(one, units)) for one in against)
    settled = {one.sensor for one in against} | {sensor.key for sensor, _ in faults}
    for one in oddities(readings, units):
        if one.sensor not in settled:
            yield RARE.get(one.sensor, "column_unit_rare"), _beside_another(one, units)
    for pair in copies(readings):
        for key in suspects(pair):
            other = pair.one if key == pair.other else pair.other
            told: Details = {"sensor": key, "other": other, "count": pair.count}
            if pair.between_us is None:
                yield COPIED, {**told, "answer": f"{COPIED}:{key}"}
            else:
                since, until = map(from_us, pair.between_us)
                yield "copied_for_a_time", {**told, "since": since, "until": until}
    for first_us, last_us in still(readings):
        yield "record_frozen", {"since": from_us(first_us), "until": from_us(last_us)}
    for sensor, mine in _of_sensors(readings):
        places, less = of_register(sensor, readings.value[mine])
        if len(places):
            answer = f"{ROLLED}:{sensor.key}"
            yield ROLLED, {"sensor": sensor.key, "count": len(places), "step": less, "answer": answer}
    lag = clock_lag(columns_of(readings, but=DOUBTFUL | Quality.FROZEN))
    if lag is not None:
        yield CLOCK, {"count": lag.edges, "shift": lag.shift_us / 1e6, "other": lag.sensors[0]}


def with_doubts(sheets: tuple[JsonObject, ...], remarks: Sequence[Remark]) -> tuple[JsonObject, ...]:
    """The sheets with what is said of them beside their rows counted: no sheet is without doubt of which
    something is said. What names none is said of the first that is taken.
    """
    taken = [sheet["name"] for sheet in sheets if not sheet.get("skipped")]
    named = [details.get("sheet") or "" for _, details in remarks]
    places = [name if name in taken else taken[0] for name in named] if taken else []
    return tuple(
        {**sheet, "warnings": count_of(sheet, "warnings") + places.count(sheet["name"])}
        if sheet["name"] in taken
        else sheet
        for sheet in sheets
    )


def _swapped(readings: Readings) -> Iterator[Details]:
    """Where two of a well's columns stand in each other's place; one in another unit is not out of place."""
    columns = columns_of(readings, but=Quality.UNIT_SUSPECT | Quality.SENTINEL)
    for pair in PAIRS:
        if pair.lower not in columns or pair.higher not in columns:
            continue
        found = exchanged(*columns[pair.lower], *columns[pair.higher], pair)
        if found is not None:
            yield {
                "sensor": pair.lower,
                "other": pair.higher,
                "count": found.count,
                "since": from_us(found.from_us),
                "until": from_us(found.to_us),
            }


def _of_sensors(readings: Readings) -> Iterator[tuple[Sensor, np.ndarray]]:
    for number in np.unique(readings.sensor).tolist():
        if number in BY_NUMBER:
            yield BY_NUMBER[number], readings.sensor == number


def _faults(readings: Readings, units: Units) -> Iterator[tuple[Sensor, ColumnFault]]:
    for sensor, mine in _of_sensors(readings):
        fault = column_fault(
            sensor,
            readings.value[mine],
            readings.quality[mine],
            units.get(sensor.key),
            usual_units(sensor.quantity),
            scaled_units(sensor.quantity),
        )
        if fault is not None:
            yield sensor, fault


def _narrowed(
    faults: list[tuple[Sensor, ColumnFault]], readings: Readings, units: Units
) -> list[tuple[Sensor, ColumnFault]]:
    """Units that the wellhead leaves for a discharge, and that one gauge leaves for its intake."""
    told = {sensor.key: fault for sensor, fault in faults}
    discharge = told.get("discharge_pressure")
    if discharge is None or discharge.code != "column_unit":
        return faults
    left = lifting(columns_of(readings), units, discharge.fits)
    narrowed = {"discharge_pressure": left}
    if units.get("intake_pressure") == units.get("discharge_pressure") and "intake_pressure" in told:
        narrowed["intake_pressure"] = tuple(one for one in told["intake_pressure"].fits if one in left)
    return [(sensor, replace(fault, fits=narrowed.get(sensor.key) or fault.fits)) for sensor, fault in faults]


def _beside(
    faults: Sequence[tuple[Sensor, ColumnFault]], readings: Readings, units: Units
) -> Iterator[Remark]:
    """The other one of a pair, told by the same gauge in the same unit, when the unit of one cannot be."""
    wrong = {sensor.key: fault for sensor, fault in faults if fault.code == "column_unit"}
    columns = columns_of(readings)
    for pair in PAIRS:
        for key, other in ((pair.lower, pair.higher), (pair.higher, pair.lower)):
            if key not in wrong or other in wrong or other not in columns:
                continue
            if units.get(key) is None or units.get(key) != units.get(other):
                continue
            count, median = len(columns[other][1]), float(np.median(columns[other][1]))
            fits = within(SENSORS[other], columns[other][1], units.get(other), wrong[key].fits)
            if not fits:
                continue
            fault = ColumnFault("column_unit_beside", count, median, fits)
            yield fault.code, {**_details(SENSORS[other], fault, units.get(other)), "other": key}


def _beside_another(one: Contradicted, units: Units) -> Details:
    given = units.get(one.sensor)
    return {
        "sensor": one.sensor,
        "other": one.other,
        "count": one.count,
        "unit": given.en if given is not None else "—",
        "fits": ", ".join(one.fits),
        "median": one.median,
        "against": one.against,
    }


def _details(sensor: Sensor, fault: ColumnFault, given: Unit | None) -> Details:
    return {
        "sensor": sensor.key,
        "count": fault.count,
        "unit": given.en if given is not None else "—",
        "fits": ", ".join(fault.fits),
        "median": fault.median,
        "quantity": sensor.quantity,
    }
