"""What the line above a pump curve says of it: of how many stages and at which frequency it was measured."""

from __future__ import annotations

import re

import numpy as np

from app.importers.odd_units import of_a_stage
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.importers.titles import lines_above

_ONE = re.compile(
    r"(?:на|для|одн\w+)\s+(?:одн\w+\s+)?ступен[ьи](?!\w)|(?:per|single|one)[\s-]+stage(?!s)", re.IGNORECASE
)
_STAGES = re.compile(
    r"(?<![\d.,])(\d{1,4})[\s-]*(?:ступен\w*|ст\.|stages?(?!\w)|stg\.?(?!\w))", re.IGNORECASE
)
_OF_STAGES = re.compile(
    r"(?:(?:число|кол-во|количество)\s+ступен\w*|ступеней|(?:number|no\.?)\s+of\s+stages|stages)\s*[:=\t]\s*(\d{1,4})(?![\d.,])",
    re.IGNORECASE,
)
_OF_HERTZ = re.compile(
    r"(?:частота|frequency|freq\.?)[^\t:=\n]{0,12}[:=\t]\s*(\d{2}(?:[.,]\d+)?)(?![\d.,])", re.IGNORECASE
)
"""`Stages | 1`, `Частота, Гц: 50`: a line of the form over the curve."""
_HERTZ = re.compile(r"(?<![\d.,])(\d{2}(?:[.,]\d+)?)\s*(?:гц|hz)(?!\w)", re.IGNORECASE)


def told(reading: SheetReading, found: Rows) -> None:
    """Where no column of its own has it."""
    if reading.plan.kind != "pump_curve" or not reading.asks:
        return
    title = lines_above(reading.sheet.above)
    columns = zip(reading.plan.columns, reading.sheet.units, strict=False)
    headed = " ; ".join(f"{column.header} {unit}" for column, unit in columns if column.field)
    one = 1.0 if _ONE.search(headed) or of_a_stage(headed) != headed else None
    for key, value in (
        ("curve_stages", one or stages_said(title)),
        ("curve_frequency_hz", hertz_said(title) or hertz_said(headed)),
    ):
        if value is not None and key not in found.values:
            found.values[key] = np.full(len(found.line), value)


def stages_said(title: str) -> float | None:
    """`(100 ступеней)`, `1 stage`, `на одну ступень`."""
    counted = _OF_STAGES.search(title) or _STAGES.search(title)
    if counted is not None and 1 <= int(counted[1]) <= 1000:
        return float(counted[1])
    return 1.0 if _ONE.search(title) else None


def hertz_said(title: str) -> float | None:
    """`50 Гц`, `at 60 Hz`."""
    said = _OF_HERTZ.search(title) or _HERTZ.search(title)
    value = float(said[1].replace(",", ".")) if said is not None else 0.0
    return value if 20 <= value <= 90 else None
