"""`Время замера` over `08:15` beside a date alone: when it was measured, or for how long. Asked; nothing in
the file tells.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.core.clock import from_us
from app.core.zones import HOUR_US
from app.importers.clock_durations import QUANTITIES, hours_in
from app.importers.moments import Moments, moments_of
from app.importers.numbers import texts_of
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.remarks import answer_to, question
from app.importers.rows import Problem, Said
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.targets import TABLE_KINDS
from app.importers.vocabulary import split_unit, vocabulary

CODE = "clock_or_length"
CLOCK, LENGTH = "clock", "length"
A_DAY_H = 24.0


def clock_or_length(sheet: Sheet, plan: SheetPlan) -> tuple[SheetPlan, Problem | None]:
    """The plan as it was answered, or the question."""
    index, day = _open(plan), plan.column_of("time")
    if index is None or day is None or TABLE_KINDS[plan.kind].target("clock") is None:
        return plan, None
    column = plan.columns[index]
    cells = texts_of(sheet.table.column(column_name(index))).to_pylist()
    row = _first_clock(cells)
    days = moments_of(sheet.table.column(column_name(day)), month_first=plan.month_first)
    if row is None or not days.are_days():
        return plan, None
    said = answer_to(plan.answers, CODE, column.header)
    if said == CLOCK:
        columns = list(plan.columns)
        columns[index] = replace(column, field="clock", unit="", why="chosen", guessed=False)
        return replace(plan, columns=tuple(columns)), None
    if said:
        return plan, None
    hours = hours_in(cells[row])
    assert hours is not None
    moment = from_us(_day_over(days, row) + round(hours * HOUR_US)).strftime("%Y-%m-%d %H:%M")
    readings: dict[str, Said] = {CLOCK: moment, LENGTH: {"ru": f"{hours:.6g} ч", "en": f"{hours:.6g} h"}}
    line = int(sheet.table.column(LINE)[row].as_py())
    return plan, question(CODE, sheet.name, line, index, column.header, cells[row], readings)


def _open(plan: SheetPlan) -> int | None:
    """The column of how long it was whose name says when as well, and no unit."""
    if {"clock", "until"} & {column.field for column in plan.columns}:
        return None
    return next((i for i, column in enumerate(plan.columns) if _may_be_both(plan, column)), None)


def _may_be_both(plan: SheetPlan, column: ColumnPlan) -> bool:
    target = TABLE_KINDS[plan.kind].target(column.field) if column.field else None
    if target is None or target.quantity not in QUANTITIES or column.why in ("chosen", "remembered"):
        return False
    told = split_unit(column.header)[2]
    return not told and bool(vocabulary().means(column.header) & {"time", "clock"})


def _day_over(days: Moments, row: int) -> int:
    """The day of a row; of one without, that which is written over it."""
    told = np.flatnonzero(days.there)
    return int(days.time_us[told[max(int(np.searchsorted(told, row, side="right")) - 1, 0)]])


def _first_clock(cells: list[str]) -> int | None:
    """The first row that is filled, where all that is filled may be a time of day."""
    there = [(row, cell) for row, cell in enumerate(cells) if cell]
    fits = all(":" in cell and (h := hours_in(cell)) is not None and h <= A_DAY_H for _, cell in there)
    return there[0][0] if there and fits else None
