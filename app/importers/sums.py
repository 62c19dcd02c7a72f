"""Rows that are the sum of the rows over them: a total that names no well."""

from __future__ import annotations

import numpy as np

from app.importers.numbers import numbers_of
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import column_name

CLOSE = 1e-6
LEAST = 2
"""Of so many rows at least: one row alone is the sum of one like it."""


def sums_of(reading: SheetReading, well: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Which of `rows` hold in each of their numbers the sum of the rows over them, back to the last such
    row. A number that is no amount, such as a share, may be anything.
    """
    found = np.zeros(len(well), bool)
    if not len(rows):
        return found
    amounts = [
        numbers_of(reading.table.column(column_name(i)), column.decimal).value
        for i, column in enumerate(reading.plan.columns)
        if (target := reading.kind.target(column.field)) is not None
        and target.type == "number"
        and target.quantity in ("volume", "mass", "rate", "mass_rate", "energy")
    ]
    start = 0
    for row in rows.tolist():
        above = np.arange(start, row)[reading.keep[start:row]]
        of_row = [value for value in amounts if np.isfinite(value[row]) and value[row] != 0]
        if len(above) >= LEAST and of_row and all(_is_sum(value, row, above) for value in of_row):
            found[row] = True
            start = row + 1
    return found


def _is_sum(value: np.ndarray, row: int, above: np.ndarray) -> bool:
    total = float(np.nansum(value[above]))
    return bool(abs(total - value[row]) <= CLOSE * abs(total))
