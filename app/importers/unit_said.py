"""Whether the file itself tells the unit of a column."""

from __future__ import annotations

from app.importers.numbers import texts_of
from app.importers.plan import ColumnPlan
from app.importers.sheets import Sheet, column_name
from app.importers.targets import Target
from app.importers.titles import units_said
from app.importers.vocabulary import split_unit

NOTES_MOST = 6
"""So many of the last rows may be notes."""


def is_named(sheet: Sheet, index: int, column: ColumnPlan, target: Target) -> bool:
    """In a row of units, in the header, in the lines above it, or by somebody who was asked. One that is not
    known is an error of its own.
    """
    if column.why in ("chosen", "remembered") or (column.unit and not column.guessed):
        return True
    in_row = sheet.unit_in_row(index)
    return bool(in_row or split_unit(column.header)[2] or units_above(sheet).get(target.quantity))


def units_above(sheet: Sheet) -> dict[str, str]:
    """Quantity → the unit that the lines above the table name for it, or a note under it."""
    return units_said(said_around(sheet))


def said_around(sheet: Sheet) -> str:
    """What stands above the table, then the notes under it: `Примечание: давления в кгс/см²`."""
    return " ; ".join(text for text in (said_above(sheet), *_notes_under(sheet)) if text)


def _notes_under(sheet: Sheet) -> list[str]:
    last = sheet.table.slice(max(sheet.table.num_rows - NOTES_MOST, 0))
    columns = [texts_of(last.column(column_name(i))).to_pylist() for i in range(len(sheet.headers))]
    rows = [[cell for cell in row if cell] for row in zip(*columns, strict=True)]
    return [row[0] for row in rows if len(row) == 1 and " " in row[0].strip()]


def said_above(sheet: Sheet) -> str:
    return " ; ".join(cell for row in sheet.above for cell in row)
