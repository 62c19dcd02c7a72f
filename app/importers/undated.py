"""Rows that hold as long as there is the well, in a sheet that has a column of dates which nothing knows: it
is asked whether that is since when they hold.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.importers.moments import looks_like
from app.importers.numbers import texts_of
from app.importers.plan import UNDATED, ColumnPlan, SheetPlan
from app.importers.remarks import LEAVE, TAKE, answer_to, question
from app.importers.rows import Problem
from app.importers.sheets import LINE, SAMPLE, Sheet, column_name
from app.importers.titles import is_of_the_paper

CODE = "since_when"
_DATE = re.compile(
    r"(?<![\d./-])(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?![\d./-])"
)


def since_when(sheet: Sheet, plan: SheetPlan) -> tuple[SheetPlan, Problem | None]:
    """The plan as it was answered, or the question."""
    if plan.time != UNDATED:
        return plan, None
    index = _column_of_dates(sheet, plan)
    if index is None:
        return _of_the_title(sheet, plan)
    column = plan.columns[index]
    said = answer_to(plan.answers, CODE, column.header)
    if said == LEAVE:
        return plan, None
    if said == TAKE:
        columns = list(plan.columns)
        columns[index] = ColumnPlan(column.header, "time", score=1.0, why="chosen")
        return replace(plan, columns=tuple(columns), time=""), None
    cells = texts_of(sheet.table.column(column_name(index)).slice(0, SAMPLE)).to_pylist()
    row, cell = next((row, cell) for row, cell in enumerate(cells) if cell)
    line = int(sheet.table.column(LINE)[row].as_py())
    readings = {TAKE: cell[:40], LEAVE: UNDATED}
    return plan, question(CODE, sheet.name, line, index, column.header, cell, readings)


def _of_the_title(sheet: Sheet, plan: SheetPlan) -> tuple[SheetPlan, Problem | None]:
    """`Мера штанг скв. 15, 10.05.2026`: a date of which nothing says what it is of."""
    line = next((line for row in sheet.above for line in row if _DATE.search(line)), "")
    found = _DATE.search(line)
    said = answer_to(plan.answers, CODE)
    if found is None or is_of_the_paper(line) or said == LEAVE:
        return plan, None
    if said == TAKE:
        return replace(plan, time=found[0]), None
    readings = {TAKE: found[0], LEAVE: UNDATED}
    return plan, question(CODE, sheet.name, max(sheet.layout.header, 1), -1, "", line, readings)


def _column_of_dates(sheet: Sheet, plan: SheetPlan) -> int | None:
    for index, column in enumerate(plan.columns):
        if column.field or column.why == "chosen":
            continue
        kind, _, _, filled = looks_like(sheet.table.column(column_name(index)).slice(0, SAMPLE))
        if kind == "time" and filled:
            return index
    return None
