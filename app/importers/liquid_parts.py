"""Tests that tell oil and water by volume and no liquid: `Oil (BOPD)`, `Water (BWPD)`."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from app.core.unit_spellings import find_unit
from app.importers.by_duration import DURATION
from app.importers.plan import ColumnPlan
from app.importers.remarks import remark
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading

OIL, WATER, LIQUID, CUT = "oil_part", "water_part", "liquid_m3_per_s", "water_cut"
PARTS = frozenset({OIL, WATER})
OF_AMOUNT = {OIL: "oil_volume", WATER: "water_volume"}
"""With a unit of rate such an amount is one."""
OF_RATE = {OIL: "oil_rate", WATER: WATER}


def make_liquid(field: str, taken: Collection[str]) -> bool:
    """Whether a required field is made of two others that are there."""
    return field == LIQUID and set(taken) >= PARTS


def where_needed(columns: list[ColumnPlan]) -> list[ColumnPlan]:
    """A liquid of its own needs no parts, one part alone makes none, and volumes make none without the time
    in which they were measured: the column stays unused, and is said.
    """
    taken = {column.field for column in columns}
    volumes = any(c.field in PARTS and find_unit(c.unit, "rate") is None for c in columns)
    if taken >= PARTS and LIQUID not in taken and (not volumes or DURATION in taken):
        return columns
    return [ColumnPlan(column.header) if column.field in PARTS else column for column in columns]


def joined(reading: SheetReading, found: Rows) -> None:
    """Liquid and water cut into `found`; a row that lacks one of the two has neither."""
    oil, water = found.values.pop(OIL, None), found.values.pop(WATER, None)
    if oil is None or water is None or LIQUID in found.values:
        return
    liquid = oil + water
    one = np.isfinite(oil) != np.isfinite(water)
    names = []
    for key, value in ((OIL, oil), (WATER, water)):
        index = reading.plan.column_of(key)
        if index is not None:
            names.append(reading.plan.columns[index].header)
            reading.mark(one & ~np.isfinite(value), index, names[-1], "part_missing", "warning")
    reading.keep &= ~one
    found.values[LIQUID] = liquid
    found.values.setdefault(CUT, np.where(liquid > 0, water / np.where(liquid > 0, liquid, 1.0), np.nan))
    found.remarks.append(remark("by_parts", reading.sheet.name, column=names[0], other=names[-1]))
