"""A column that somebody gives its field by hand: it stays in the unit that the file names for it."""

from __future__ import annotations

from app.importers import odd_units
from app.importers.gauge_words import by_words
from app.importers.plan import SheetPlan
from app.importers.sheets import Sheet
from app.importers.targets import TABLE_KINDS
from app.importers.titles import units_said
from app.importers.unit_said import said_around
from app.importers.vocabulary import split_unit, unit_written, vocabulary


def assigned(sheet: Sheet, plan: SheetPlan, column: int, key: str) -> SheetPlan:
    """The plan with the column as `key`. A unit that nobody knows is an error there, as in a proposal."""
    target = TABLE_KINDS[plan.kind].target(key) if key else None
    if target is None or target.type != "number" or plan.columns[column].unit:
        return plan.assign(column, key)
    around = said_around(sheet)
    named = _named_unit(sheet, column) or units_said(around).get(target.quantity, "")
    unit = by_words(named, target.quantity, sheet.headers[column], around)
    return plan.assign(column, key, unit) if unit else plan.assign(column, key)


def _named_unit(sheet: Sheet, column: int) -> str:
    """As the header or the row of units spells it; empty where neither does."""
    header, multiplied = odd_units.with_factor(sheet.headers[column])
    in_row, spelled = sheet.unit_in_row(column), split_unit(header)[2]
    if in_row and spelled and odd_units.differ(in_row, spelled):
        return f"{spelled} / {in_row}"
    return multiplied or in_row or spelled or unit_written(header, vocabulary().means)
