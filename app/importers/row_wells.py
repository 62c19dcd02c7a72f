"""Whose each row is, and which rows are none: totals and signatures under the table."""

from __future__ import annotations

import numpy as np

from app.importers.rows import Problem
from app.importers.sheet_reading import MOST_PROBLEMS, SheetReading
from app.models.limits import LONGEST_NAME, clean_name

_TOTALS = (
    "итог",
    "всего",
    "среднее",
    "сумма",
    "total",
    "average",
    "mean",
    "sum",
    "min",
    "max",
    "мин",
    "макс",
    "по цех",
    "по куст",
    "по месторожд",
)


def wells_of(reading: SheetReading) -> np.ndarray:
    """From the column, blanks filled from above; else what the lines above, the sheet or the person
    says.
    """
    index = reading.plan.column_of("well")
    if index is None:
        return np.full(reading.table.num_rows, clean_name(reading.plan.well), object)
    well = reading.cleaned(reading.texts(index), index, lines=False, longest=LONGEST_NAME)
    pad = reading.plan.column_of("pad")
    filled = well != ""
    if not filled.all() and filled.any():
        others = np.zeros(len(well), bool)
        for i, column in enumerate(reading.plan.columns):
            if column.field and i not in (index, pad):
                others |= reading.texts(i) != ""
        place = np.maximum.accumulate(np.where(filled, np.arange(len(well)), -1))
        well = np.where(~filled & others & (place >= 0), well[np.maximum(place, 0)], well)
    if reading.plan.well:
        well = np.where(well == "", clean_name(reading.plan.well), well)
    return well


def leave_out_totals(reading: SheetReading, well: np.ndarray) -> None:
    """Totals and signatures under the table are no rows; they are told of, not lost."""
    timeless = (
        np.ones(len(well), bool) if reading.moments is None else reading.moments.bad | reading.moments.empty
    )
    rows = np.flatnonzero((timeless | (well == "")) & reading.keep)
    if len(rows) > MOST_PROBLEMS:
        rows = np.r_[rows[: MOST_PROBLEMS // 2], rows[-MOST_PROBLEMS // 2 :]]
    for row in rows.tolist():
        cells = reading.cells(row)
        total = any(cell.lower().lstrip().startswith(_TOTALS) for cell in cells[:3])
        signature = (
            reading.moments is not None and bool(timeless[row]) and len(cells) <= 3 and _is_words(cells)
        )
        if total or signature:
            reading.keep[row] = False
            code = "row_total" if total else "row_words"
            reading.left_out.append(
                Problem(
                    reading.sheet.name, int(reading.line[row]), -1, "", "; ".join(cells)[:80], code, "warning"
                )
            )


def _is_words(cells: list[str]) -> bool:
    return (
        bool(cells)
        and sum(ch.isalpha() for cell in cells for ch in cell) > 6
        and not any(cell.replace(",", ".").replace(".", "", 1).isdigit() for cell in cells)
    )
