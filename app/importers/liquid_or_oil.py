"""`Liquid` beside `Water` in an American table of production: there oil and condensate, elsewhere all."""

from __future__ import annotations

import re

import numpy as np

from app.importers.remarks import answer_to, question, remark
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading

CODE, OIL, TOTAL = "liquid_or_oil", "oil", "total"
_LIQUID, _OIL, _WATER = "liquid_m3", "oil_m3", "water_m3"
_SAYS_LIQUID = re.compile(r"\bliq(?:uids?)?\b", re.IGNORECASE)
_SAYS_ALL = re.compile(r"total|gross|fluid", re.IGNORECASE)
MORE = 1.001
"""Rounding: so much more water than liquid is none."""


def decided(reading: SheetReading, found: Rows) -> None:
    """What a column called liquid is: as it was answered, as the water says, or asked."""
    index, liquid, water = (
        reading.plan.column_of(_LIQUID),
        found.values.get(_LIQUID),
        found.values.get(_WATER),
    )
    if index is None or liquid is None or water is None or reading.plan.column_of(_OIL) is not None:
        return
    header = reading.plan.columns[index].header
    if not reading.asks or not _SAYS_LIQUID.search(header) or _SAYS_ALL.search(header):
        return
    said = answer_to(reading.plan.answers, CODE)
    wetter = bool((water > MORE * liquid).any())
    if said == OIL or (not said and wetter):
        found.values[_OIL] = found.values.pop(_LIQUID)
        if not said:
            found.remarks.append(remark("liquid_is_oil", reading.sheet.name, column=header))
    elif not said:
        _ask(reading, index, header, liquid)


def _ask(reading: SheetReading, index: int, header: str, liquid: np.ndarray) -> None:
    rows = np.flatnonzero(np.isfinite(liquid) & reading.keep)
    if len(rows):
        line, shown = int(reading.line[rows[0]]), str(reading.texts(index)[rows[0]])
        options = {OIL: shown, TOTAL: shown}
        reading.problems.append(question(CODE, reading.sheet.name, line, index, header, shown, options))
