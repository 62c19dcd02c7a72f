"""A column that somebody gives its field by hand: it stays in the unit that the file names for it."""

from __future__ import annotations

from app.importers import odd_units
from app.importers.gauge_words import by_words
from app.importers.plan import SheetPlan
from app.importers.sheets import Sheet
from app.importers.targets import TABLE_KINDS
from app.importers.titles import units_said
from app.importers.unit_said import said_around
from app.importers.vocabulary import unit_written, vocabulary


def assigned(sheet: Sheet, plan: SheetPlan, column: int, key: str) -> SheetPlan:
    """The plan with the column as `key`. A unit that nobody knows is an error there, as in a proposal."""
    target = TABLE_KINDS[plan.kind].target(key) if key else None
    if target is None or target.type != "number" or plan.columns[column].unit:
        return plan.assign(column, key)
    around = said_around(sheet)
    header, in_row = sheet.headers[column], sheet.unit_in_row(column)
    if plan.kind == "pump_curve":
        header, in_row = odd_units.of_a_stage(header), odd_units.of_a_stage(in_row)
    bare, spelled, _ = odd_units.told(header, in_row)
    named = spelled or unit_written(bare, vocabulary().means) or units_said(around).get(target.quantity, "")
    unit = by_words(named, target.quantity, sheet.headers[column], around)
    return plan.assign(column, key, unit) if unit else plan.assign(column, key)
