"""From a table of columns to readings: wide (a column a sensor) or long (sensor and value columns)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.analysis.quality.marks import quality_of
from app.core.errors import KnownError
from app.core.units import Unit, find_unit
from app.importers.base import ImportOptions, ParseResult, WellReadings
from app.importers.columns import Column, assign, find_sensor, unit_for
from app.importers.numbers import numbers_of, times_of
from app.models.readings import Quality, Readings
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor

Remarks = list[tuple[str, dict[str, Any]]]


def readings_from(path: Path, table: pa.Table, options: ImportOptions, first_line: int) -> ParseResult:
    """`table` may hold text or typed columns. Raises KnownError: no time column, no sensor, a cell that does not fit."""
    columns = {column.field: column for column in assign(path, table.column_names, options.mapping)}
    if "time" not in columns:
        raise KnownError("column_missing", file=str(path), field="time", known=", ".join(table.column_names))
    if table.num_rows == 0:
        raise KnownError("file_no_rows", file=str(path))
    time_us = _times(path, table, columns["time"], first_line)
    well_names = _texts(table, columns["well"]) if "well" in columns else None
    remarks: Remarks = []
    if "value" in columns:
        parts = _long(path, table, columns, time_us, first_line, remarks)
    else:
        parts = _wide(path, table, columns, time_us, first_line, remarks)
    if not any(len(index) for _, index, _, _ in parts):
        raise KnownError("file_no_values", file=str(path))
    return ParseResult(
        "readings", readings=tuple(_by_well(parts, time_us, well_names)), remarks=tuple(remarks)
    )


# One sensor's part: sensor, row numbers, SI values, values as the file has them.
Part = tuple[Sensor, np.ndarray, np.ndarray, np.ndarray]


def _wide(path: Path, table: pa.Table, columns: dict[str, Column], time_us: np.ndarray, first_line: int,
          remarks: Remarks) -> list[Part]:  # fmt: skip
    parts: list[Part] = []
    for field, column in columns.items():
        if field not in SENSORS:
            continue
        sensor = SENSORS[field]
        shown = _numbers(path, table, column, first_line)
        unit = _unit(column, sensor, remarks)
        present = np.flatnonzero(np.isfinite(shown))
        parts.append((sensor, present, unit.to_si(shown[present]), shown[present]))
    if not parts:
        raise KnownError("no_sensor_column", file=str(path), known=", ".join(table.column_names))
    return parts


def _long(path: Path, table: pa.Table, columns: dict[str, Column], time_us: np.ndarray, first_line: int,
          remarks: Remarks) -> list[Part]:  # fmt: skip
    if "sensor" not in columns:
        raise KnownError(
            "column_missing", file=str(path), field="sensor", known=", ".join(table.column_names)
        )
    names = _texts(table, columns["sensor"])
    units = _texts(table, columns["unit"]) if "unit" in columns else None
    shown = _numbers(path, table, columns["value"], first_line)
    distinct, codes = np.unique(names, return_inverse=True)
    parts: list[Part] = []
    for code, name in enumerate(distinct):
        rows = np.flatnonzero((codes == code) & np.isfinite(shown))
        sensor = find_sensor(name)
        if sensor is None:
            line = first_line + int(np.flatnonzero(codes == code)[0])
            raise KnownError(
                "sensor_unknown", file=str(path), line=line, column=columns["sensor"].header, value=name
            )
        for unit_text in np.unique(units[rows]) if units is not None else [None]:
            of_unit = rows if units is None else rows[units[rows] == unit_text]
            column = columns["value"]
            if unit_text:
                unit = find_unit(str(unit_text))
                if unit is None:
                    raise KnownError("unit_unknown", file=str(path), line=first_line + int(of_unit[0]), column=columns["unit"].header, value=unit_text)  # fmt: skip
                column = Column(column.header, column.index, column.field, unit)
            unit = _unit(column, sensor, remarks)
            parts.append((sensor, of_unit, unit.to_si(shown[of_unit]), shown[of_unit]))
    return parts


def _unit(column: Column, sensor: Sensor, remarks: Remarks) -> Unit:
    unit = unit_for(column.unit, sensor)
    if column.unit is None:
        remarks.append(("import.unit_assumed", {"sensor": sensor.key, "unit": unit.ru}))
    return unit


def _by_well(parts: list[Part], time_us: np.ndarray, well_names: np.ndarray | None) -> list[WellReadings]:
    result = []
    for name in [None] if well_names is None else np.unique(well_names):
        of_well: list[Readings] = []
        for sensor, index, value, shown in parts:
            mine = slice(None) if well_names is None else well_names[index] == name
            rows, values, shows = index[mine], value[mine], shown[mine]
            order = np.argsort(time_us[rows], kind="stable")
            times, values = time_us[rows][order], values[order].astype(np.float32)
            marks = quality_of(sensor, times, values, shows[order])
            of_well.append(
                Readings.of_one(0, sensor.number, times, values, marks & ~np.uint8(Quality.MISSING))
            )
        result.append(WellReadings(None if name is None else str(name), Readings.join(of_well)))
    return [part for part in result if len(part.readings)]


def _times(path: Path, table: pa.Table, column: Column, first_line: int) -> np.ndarray:
    data = table.column(column.index)
    if pa.types.is_timestamp(data.type) or pa.types.is_date(data.type):
        if data.null_count:
            row = int(np.flatnonzero(np.asarray(pc.is_null(data).to_numpy(zero_copy_only=False)))[0])
            raise KnownError("value_not_time", file=str(path), line=first_line + row, column=column.header, value="", count=data.null_count)  # fmt: skip
        return np.asarray(pc.cast(pc.cast(data, pa.timestamp("us")), pa.int64()).to_numpy())
    return times_of(path, column.header, pc.cast(data, pa.string()), first_line)


def _numbers(path: Path, table: pa.Table, column: Column, first_line: int) -> np.ndarray:
    data = table.column(column.index)
    if pa.types.is_floating(data.type) or pa.types.is_integer(data.type):
        return np.asarray(pc.cast(data, pa.float64()).to_numpy(), float)
    return numbers_of(path, column.header, pc.fill_null(pc.cast(data, pa.string()), ""), first_line)


def _texts(table: pa.Table, column: Column) -> np.ndarray:
    data = pc.fill_null(pc.cast(table.column(column.index), pa.string()), "")
    return np.asarray(pc.utf8_trim_whitespace(data).to_numpy(zero_copy_only=False), dtype=str)
