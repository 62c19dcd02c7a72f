"""What is wrong with whole columns of readings, said with the import: a unit that cannot be, a gauge that
stood still or was silent from beginning to end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from app.analysis.quality.columns import PAIRS, ColumnFault, column_fault, exchanged
from app.core.clock import from_us
from app.core.errors import Details, Remark
from app.core.plain import JsonObject
from app.core.unit_spellings import usual_units
from app.core.units import Unit
from app.importers.plan import Plan
from app.importers.rows import Rows
from app.importers.trial import Batch
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor
from app.models.values import count_of

BY_NUMBER = {sensor.number: sensor for sensor in SENSORS}


def column_remarks(batches: Sequence[Batch], taken: dict[str, Rows], plan: Plan) -> tuple[Remark, ...]:
    """(code, details) for each well's columns that something is wrong with as a whole. `sheet` is where a
    click puts it right: columns of a sheet, not names of a long list.
    """
    units = {key: unit for rows in taken.values() for key, unit in rows.units.items()}
    found: list[Remark] = []
    for batch in batches:
        for well, readings in batch.by_name.items():
            for sensor, fault in _faults(readings, units):
                sheet = plan.sheet(batch.sheet)
                column = sheet is not None and sheet.column_of(sensor.key) is not None
                details = _details(sensor, well, fault, units.get(sensor.key))
                found.append((f"import.{fault.code}", {**details, "sheet": batch.sheet if column else ""}))
            found += [
                ("import.columns_swapped", {**swapped, "sheet": batch.sheet})
                for swapped in _swapped(well, readings)
            ]
    return tuple(found)


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


def _swapped(well: str, readings: Readings) -> Iterator[Details]:
    """Where two of a well's columns stand in each other's place."""
    for pair in PAIRS:
        low, high = (readings.sensor == SENSORS[key].number for key in (pair.lower, pair.higher))
        found = exchanged(
            readings.time_us[low], readings.value[low], readings.time_us[high], readings.value[high], pair
        )
        if found is not None:
            yield {
                "well": well,
                "sensor": pair.lower,
                "other": pair.higher,
                "count": found.count,
                "since": from_us(found.from_us),
                "until": from_us(found.to_us),
            }


def _faults(readings: Readings, units: dict[str, Unit | None]) -> Iterator[tuple[Sensor, ColumnFault]]:
    for number in np.unique(readings.sensor).tolist():
        sensor = BY_NUMBER.get(int(number))
        if sensor is None:
            continue
        mine = readings.sensor == number
        fault = column_fault(
            sensor,
            readings.value[mine],
            readings.quality[mine],
            units.get(sensor.key),
            usual_units(sensor.quantity),
        )
        if fault is not None:
            yield sensor, fault


def _details(sensor: Sensor, well: str, fault: ColumnFault, given: Unit | None) -> dict[str, object]:
    return {
        "sensor": sensor.key,
        "well": well,
        "count": fault.count,
        "unit": given.en if given is not None else "—",
        "fits": ", ".join(fault.fits),
        "median": fault.median,
        "quantity": sensor.quantity,
    }
