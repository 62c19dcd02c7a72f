"""What is wrong with whole columns of readings, said with the import: a unit that cannot be, a gauge that
stood still or was silent from beginning to end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from app.analysis.quality.columns import ColumnFault, column_fault
from app.core.unit_spellings import usual_units
from app.core.units import Unit
from app.importers.rows import Rows
from app.importers.trial import Batch
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor

BY_NUMBER = {sensor.number: sensor for sensor in SENSORS}


def column_remarks(
    batches: Iterable[Batch], taken: dict[str, Rows]
) -> tuple[tuple[str, dict[str, Any]], ...]:
    """(code, details) for each well's columns that something is wrong with as a whole."""
    units = {key: unit for rows in taken.values() for key, unit in rows.units.items()}
    return tuple(
        (f"import.{fault.code}", _details(sensor, well, fault, units.get(sensor.key)))
        for batch in batches
        for well, readings in batch.by_name.items()
        for sensor, fault in _faults(readings, units)
    )


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


def _details(sensor: Sensor, well: str, fault: ColumnFault, given: Unit | None) -> dict[str, Any]:
    return {
        "sensor": sensor.key,
        "well": well,
        "count": fault.count,
        "unit": given.en if given is not None else "—",
        "fits": ", ".join(fault.fits),
        "median": fault.median,
        "quantity": sensor.quantity,
    }
