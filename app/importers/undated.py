"""Rows that hold as long as there is the well, in a sheet that has a column of dates which nothing knows: it
is asked whether that is since when they hold.
"""

from __future__ import annotations

from dataclasses import replace

from app.importers.moments import looks_like
from app.importers.numbers import texts_of
from app.importers.plan import UNDATED, ColumnPlan, SheetPlan
from app.importers.remarks import answer_to, question
from app.importers.rows import Problem
from app.importers.sheets import LINE, Sheet, column_name

CODE, TAKE, LEAVE = "since_when", "take", "leave"
_SAMPLE = 400


def since_when(sheet: Sheet, plan: SheetPlan) -> tuple[SheetPlan, Problem | None]:
    """The plan as it was answered, or the question."""
    index = _column_of_dates(sheet, plan)
    if index is None:
        return plan, None
    column = plan.columns[index]
    said = answer_to(plan.answers, CODE, column.header)
    if said == LEAVE:
        return plan, None
    if said == TAKE:
        columns = list(plan.columns)
        columns[index] = ColumnPlan(column.header, "time", score=1.0, why="chosen")
        return replace(plan, columns=tuple(columns), time=""), None
    cells = texts_of(sheet.table.column(column_name(index)).slice(0, _SAMPLE)).to_pylist()
    row, cell = next((row, cell) for row, cell in enumerate(cells) if cell)
    line = int(sheet.table.column(LINE)[row].as_py())
    readings = {TAKE: cell[:40], LEAVE: UNDATED}
    return plan, question(CODE, sheet.name, line, index, column.header, cell, readings)


def _column_of_dates(sheet: Sheet, plan: SheetPlan) -> int | None:
    if plan.time != UNDATED:
        return None
    for index, column in enumerate(plan.columns):
        if column.field or column.why == "chosen":
            continue
        kind, _, _, filled = looks_like(sheet.table.column(column_name(index)).slice(0, _SAMPLE))
        if kind == "time" and filled:
            return index
    return None
