"""Perforations as passports write them in one cell: `1402-1410`, `1402-1410; 1415-1420`, `4602-4630 ft`."""

from __future__ import annotations

import re

import numpy as np

from app.core.unit_spellings import find_unit
from app.core.units import METRE
from app.importers.remarks import remark
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.models import limits
from app.models.kinds import KINDS

FIELD, TOP, BOTTOM = "perforations", "perforation_top_m", "perforation_bottom_m"
_DEPTH = r"(\d{2,5}(?:[.,]\d{1,3})?)\s*(?:м|m|ft|фут\w*|['′])?\.?"
_BETWEEN = r"\s*(?:-|–|—|−|÷|\.{2,3}|…|до|to|/)\s*"
_INTERVAL = re.compile(rf"(?<![\d.,]){_DEPTH}{_BETWEEN}{_DEPTH}(?!\d)", re.IGNORECASE)
_FEET = re.compile(r"(?<![^\W\d_])(?:ft|фут\w*)|['′]", re.IGNORECASE)


def intervals_of(cell: str) -> list[tuple[float, float]]:
    """(top, bottom) as they are written; empty for what is no list of intervals. What stands in brackets is
    the name of a layer.
    """
    cell = re.sub(r"\([^()]*\)", " ", cell)
    found = [(_number(top), _number(bottom)) for top, bottom in _INTERVAL.findall(cell)]
    return [] if re.search(r"\d", _INTERVAL.sub(" ", cell)) else found


def opened(reading: SheetReading, found: Rows) -> None:
    """The cell's top and bottom, where no columns of their own have them."""
    told, index = found.values.pop(FIELD, None), reading.plan.column_of(FIELD)
    if told is None or index is None:
        return
    column = reading.plan.columns[index]
    top, bottom = np.full((2, len(told)), np.nan)
    wrong = np.zeros(len(told), bool)
    for row, cell in enumerate(map(str, told.tolist())):
        every = sorted(intervals_of(cell))
        wrong[row] = bool(cell) and not every
        if not every:
            continue
        unit = find_unit("ft" if _FEET.search(cell) else column.unit, "length") or METRE
        top[row], bottom[row] = unit.to_si(every[0][0]), unit.to_si(every[-1][1])
        if len(every) > 1:
            line, sheet = [int(reading.line[row])], reading.sheet.name
            joined = remark("perforations_joined", sheet, column=column.header, lines=line, value=cell[:80])
            found.remarks.append(joined)
    reading.mark(wrong, index, column.header, "value_odd", "warning")
    for key, value in ((TOP, top), (BOTTOM, bottom)):
        if key in found.values:
            continue
        field = KINDS["installation"].field(key)
        outside = np.isfinite(value) & ~limits.within(value, field.minimum, field.maximum)
        reading.mark(outside, index, column.header, "value_out_of_range")
        found.values[key] = np.where(outside, np.nan, value)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
