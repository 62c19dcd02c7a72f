"""Whether the file itself tells the unit of a column."""

from __future__ import annotations

from app.importers.plan import ColumnPlan
from app.importers.sheets import Sheet
from app.importers.targets import Target
from app.importers.titles import units_said
from app.importers.vocabulary import split_unit


def is_named(sheet: Sheet, index: int, column: ColumnPlan, target: Target) -> bool:
    """In a row of units, in the header, in the lines above it, or by somebody who was asked. One that is not
    known is an error of its own.
    """
    if column.why in ("chosen", "remembered") or (column.unit and not column.guessed):
        return True
    in_row = sheet.units[index] if index < len(sheet.units) else ""
    return bool(in_row or split_unit(column.header)[2] or units_above(sheet).get(target.quantity))


def units_above(sheet: Sheet) -> dict[str, str]:
    """Quantity → the unit that the lines above the table name for it."""
    return units_said(said_above(sheet))


def said_above(sheet: Sheet) -> str:
    return " ; ".join(cell for row in sheet.above for cell in row)
