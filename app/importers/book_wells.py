"""Sheets of a book about one well: a tally, a survey, valves beside a passport that names the well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.importers.numbers import texts_of
from app.importers.plan import OF_BOOK, SheetPlan
from app.importers.sheets import Sheet, column_name
from app.importers.targets import TABLE_KINDS
from app.models.limits import clean_name


def of_one_well(sheets: Sequence[Sheet], plans: Sequence[SheetPlan]) -> list[SheetPlan]:
    """What stands in a well and names none is of the only well that the other sheets name."""
    if not any(map(_lacks_well, plans)):
        return list(plans)
    named = {name for sheet, plan in zip(sheets, plans, strict=True) for name in _named(sheet, plan)}
    if len(named) != 1:
        return list(plans)
    well = named.pop()
    return [
        replace(plan, well=well, answers=plan.answers | {OF_BOOK: well}) if _lacks_well(plan) else plan
        for plan in plans
    ]


def _named(sheet: Sheet, plan: SheetPlan) -> set[str]:
    if plan.skip:
        return set()
    index = plan.column_of("well")
    if index is None:
        return {plan.well} - {""}
    cells = texts_of(sheet.table.column(column_name(index))).unique().to_pylist()
    return {clean_name(str(cell)) for cell in cells} - {""}


def _lacks_well(plan: SheetPlan) -> bool:
    kind = TABLE_KINDS[plan.kind]
    return not plan.skip and bool(kind.gathers) and not plan.well and plan.column_of("well") is None
