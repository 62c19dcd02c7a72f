"""Readings from outside made ours: wells and sensors found, units turned into SI, marks set; what cannot be
used is set aside with why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.analysis.quality.marks import SENTINELS
from app.core.unit_spellings import find_unit
from app.models.limits import EARLIEST_US, LATEST_US
from app.models.readings import Quality
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor
from app.models.well_names import Registry
from app.models.wells import Well

INCOMING = pa.schema(
    [
        ("well", pa.string()),
        ("sensor", pa.string()),
        ("timestamp", pa.timestamp("us", tz="UTC")),
        ("value", pa.float64()),
        ("unit", pa.string()),
    ]
)

WELL_UNKNOWN = "well_unknown"


@dataclass(frozen=True)
class Cleaned:
    """`readings` has the columns of the store; `dead` is (reason, row as it came)."""

    readings: pa.Table
    dead: list[tuple[str, dict[str, Any]]]


class WellFinder:
    """Wells by the names that messages use: uid, `field/pad/name`, or name."""

    def __init__(self, wells: list[Well]) -> None:
        self._exact = {well.uid: int(well.id) for well in wells}
        self._exact |= {f"{well.field_name}/{well.pad}/{well.name}": int(well.id) for well in wells}
        self._registry = Registry(wells)

    def number(self, name: str | None) -> int | None:
        if not name:
            return None
        if name in self._exact:
            return self._exact[name]
        well = self._registry.find(name)
        return int(well.id) if well is not None else None


def incoming(table: pa.Table) -> pa.Table:
    """Any table with our columns into INCOMING. Raises ValueError that says what is missing or of the wrong
    type.
    """
    missing = [name for name in ("well", "sensor", "timestamp", "value") if name not in table.column_names]
    if missing:
        raise ValueError(f"columns missing: {', '.join(missing)}")
    columns: dict[str, Any] = {}
    for field in INCOMING:
        if field.name not in table.column_names:
            columns[field.name] = pa.nulls(len(table), field.type)
            continue
        column = table.column(field.name)
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        try:
            if field.name == "timestamp" and pa.types.is_timestamp(column.type) and column.type.tz is None:
                column = column.cast(pa.timestamp("us")).cast(pa.timestamp("us", tz="UTC"), safe=False)
            columns[field.name] = column.cast(field.type, safe=field.name != "timestamp")
        except pa.ArrowInvalid as error:
            raise ValueError(f"column {field.name}: {error}") from error
        except pa.ArrowNotImplementedError as error:
            raise ValueError(f"column {field.name}: {error}") from error
    return pa.table(columns)


def clean(table: pa.Table, wells: WellFinder) -> Cleaned:
    """`table`: INCOMING. No loop over rows: over the distinct names in them."""
    number, bad_well = _codes(table.column("well"), wells.number)
    sensor, bad_sensor = _codes(table.column("sensor"), _sensor_number)
    time_us = table.column("timestamp").cast(pa.int64()).to_numpy(zero_copy_only=False).astype(np.float64)
    value = table.column("value").to_numpy(zero_copy_only=False).astype(np.float64)
    bad_time = ~np.isfinite(time_us) | (time_us < EARLIEST_US) | (time_us >= LATEST_US)
    bad_value = ~np.isfinite(value)
    quality, bad_unit = _to_si(value, sensor, table.column("unit"))
    with np.errstate(over="ignore"):
        bad_value |= ~np.isfinite(value.astype(np.float32))
    reasons = (
        (WELL_UNKNOWN, bad_well),
        ("sensor_unknown", bad_sensor),
        ("time", bad_time),
        ("value", bad_value),
        ("unit_unknown", bad_unit),
    )
    bad = np.zeros(len(value), bool)
    dead: list[tuple[str, dict[str, Any]]] = []
    for reason, mask in reasons:
        new = mask & ~bad
        if new.any():
            dead += [(reason, _as_json(row)) for row in table.filter(pa.array(new)).to_pylist()]
        bad |= mask
    good = ~bad
    readings = pa.table(
        {
            "well_id": number[good].astype(np.uint32),
            "sensor_type": sensor[good].astype(np.uint8),
            "timestamp": pa.array(time_us[good].astype(np.int64), pa.timestamp("us", tz="UTC")),
            "value": value[good].astype(np.float32),
            "quality": quality[good],
        }
    )
    return Cleaned(readings, dead)


def _codes(column: pa.ChunkedArray, find: Any) -> tuple[np.ndarray, np.ndarray]:
    """(number, nobody knows it) a row."""
    encoded = pc.dictionary_encode(column.combine_chunks(), null_encoding="encode")
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    found = [find(name) for name in encoded.dictionary.to_pylist()]
    numbers = np.array([-1 if number is None else number for number in found] or [-1], np.int64)
    rows = numbers[encoded.indices.to_numpy(zero_copy_only=False)] if len(column) else np.zeros(0, np.int64)
    return rows, rows < 0


def _sensor_number(name: str | None) -> int | None:
    return SENSORS[name].number if name and name in SENSORS else None


def _to_si(value: np.ndarray, sensor: np.ndarray, units: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """Changes `value` in place. Without a unit it is SI. Returns marks and where the unit is not one of the
    sensor's.
    """
    quality = np.zeros(len(value), np.uint8)
    quality[np.isin(value.astype(np.float32), SENTINELS)] |= np.uint8(Quality.SENTINEL)
    unknown = np.zeros(len(value), bool)
    spelled = np.array([text or "" for text in pc.unique(units).to_pylist()], object)
    texts = np.array([text or "" for text in units.to_pylist()], object) if any(spelled) else None
    for number in np.unique(sensor[sensor >= 0]):
        known = _BY_NUMBER[int(number)]
        mine = sensor == number
        for text in set(spelled.tolist()) if texts is not None else ():
            of_unit = mine & (texts == text)
            if text and of_unit.any():
                unit = find_unit(text, known.quantity)
                if unit is None:
                    unknown |= of_unit
                else:
                    value[of_unit] = unit.to_si(value[of_unit])
        outside = (
            mine & ((value < known.minimum) | (value > known.maximum)) & ~(known.zero_is_valid & (value == 0))
        )
        quality[outside] |= np.uint8(Quality.RANGE)
    return quality, unknown


_BY_NUMBER: dict[int, Sensor] = {sensor.number: sensor for sensor in SENSORS}


def _as_json(row: dict[str, Any]) -> dict[str, Any]:
    value = row.get("value")
    moment = row.get("timestamp")
    return {
        **row,
        "timestamp": moment.isoformat() if moment is not None else None,
        "value": value if value is not None and np.isfinite(value) else str(value),
    }
