"""Rates that a flow test tells as a volume and how long it was measured: `3.1 м3` in 240 minutes."""

from __future__ import annotations

import numpy as np

from app.core.unit_spellings import find_unit, usual_units
from app.core.units import Unit
from app.importers.numbers import numbers_of
from app.importers.odd_numbers import put_right
from app.importers.remarks import remark
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import column_name
from app.importers.targets import LASTED, Target

_OF_TEST = frozenset({"liquid_m3_per_s", "gas_m3_per_s", "oil_part", "water_part"})
DURATION = "duration_s"


def unit_of(text: str, target: Target) -> Unit | None:
    """The unit of volume that `text` is, where `target` is the rate of a test."""
    if target.key not in _OF_TEST or not text or find_unit(text, target.quantity) is not None:
        return None
    return find_unit(text, "volume")


def rate_of(
    reading: SheetReading, found: Rows, index: int, target: Target, value: np.ndarray
) -> np.ndarray | None:
    """[m³/s]; None where no column says how long. A row that does not say it is a problem of `reading`."""
    column, timed = reading.plan.columns[index], reading.plan.column_of(DURATION)
    unit = unit_of(column.unit, target)
    if unit is None or timed is None:
        return None
    duration_s = _seconds(reading, timed)
    rate: np.ndarray = unit.to_si(value) / np.where(duration_s > 0, duration_s, np.nan)
    reading.mark(np.isfinite(value) & ~np.isfinite(rate), index, column.header, "duration_missing")
    if np.isfinite(rate).any():
        header = reading.plan.columns[timed].header
        found.remarks.append(
            remark("by_duration", reading.sheet.name, column=column.header, unit=column.unit, other=header)
        )
    return rate


def _seconds(reading: SheetReading, index: int) -> np.ndarray:
    column = reading.plan.columns[index]
    unit = find_unit(column.unit, "hours") if column.unit else None
    numbers = numbers_of(reading.table.column(column_name(index)), column.decimal)
    value = put_right(reading, index, LASTED, numbers)[0].value
    seconds: np.ndarray = (unit or usual_units("hours")[0]).to_si(value)
    return seconds
