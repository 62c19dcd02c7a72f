"""Times of day that are counted in a column of their own beside a date: seconds or minutes since midnight,
`103000`, a share of the day. What its name and figures do not tell is asked: left out, every row of a day
would stand at its midnight.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from app.core.clock import from_us
from app.core.unit_spellings import find_unit
from app.core.zones import HOUR_US
from app.importers.clock_parts import MINUTE_US, SECOND_US, part_called
from app.importers.moments import DAY_US, Moments, moments_of
from app.importers.numbers import numbers_of, texts_of
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.remarks import LEAVE, answer_to, question
from app.importers.rows import Problem
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.targets import TABLE_KINDS
from app.importers.vocabulary import split_unit, vocabulary

CODE = "clock_count"
SHARE, COMPACT, SHORT, POINTED = "share", "hhmmss", "hhmm", "pointed"
_SIZES = {"s": SECOND_US, "min": MINUTE_US, "h": HOUR_US, SHARE: DAY_US}
"""Form → µs of one; the others are written as a clock's figures."""
FORMS = frozenset((*_SIZES, COMPACT, SHORT, POINTED))
_COUNTED = "day:"
"""Before the form, where the plan has a column's unit."""
_MOST_HOURS, _LEAST_COMPACT, _LEAST_COUNT = 24, 10_000, 60
"""Seconds that never come to 60 may be those of a minute that is told nowhere."""


def counted_clock(sheet: Sheet, plan: SheetPlan) -> tuple[SheetPlan, Problem | None]:
    """The plan with the column as the clock, in its form; or the question."""
    day = plan.column_of("time")
    if day is None or plan.column_of("clock") is not None or TABLE_KINDS[plan.kind].target("clock") is None:
        return plan, None
    days = moments_of(sheet.table.column(column_name(day)), month_first=plan.month_first)
    if not days.are_days():
        return plan, None
    for index, column in enumerate(plan.columns):
        forms = [] if column.field or column.why == "chosen" else _forms(sheet, index, days)
        if not forms:
            continue
        said = forms[0] if len(forms) == 1 else answer_to(plan.answers, CODE)
        if said in FORMS:
            columns = list(plan.columns)
            columns[index] = replace(column, field="clock", unit=_COUNTED + said, guessed=False)
            return replace(plan, columns=tuple(columns)), None
        return plan, None if said else _question(sheet, index, column, forms, days)
    return plan, None


def form_of(column: ColumnPlan) -> str:
    """In which form the column counts its clock; empty where it is written as one."""
    return column.unit.removeprefix(_COUNTED) if column.unit.startswith(_COUNTED) else ""


def clocks(column: pa.ChunkedArray, form: str) -> Moments:
    """µs since midnight of each cell; what is no time of day in this form is bad."""
    numbers = numbers_of(column)
    there = np.isfinite(numbers.value)
    value = np.where(there, np.nan_to_num(numbers.value), 0.0)
    time_us, fits = _of_day(value, form)
    nothing = np.zeros(len(value), bool)
    return Moments(np.where(there & fits, time_us, 0), numbers.bad | (there & ~fits), ~there, nothing)


def _of_day(value: np.ndarray, form: str) -> tuple[np.ndarray, np.ndarray]:
    """(µs since midnight, which of them may be a time of day)."""
    if form in _SIZES:
        count = value * _SIZES[form]
        if form == SHARE:  # which is cut somewhere: whole seconds, as of Excel's days
            count = np.round(count / SECOND_US) * SECOND_US
        time_us = np.round(count).astype(np.int64)
        return time_us, (value >= 0) & (time_us <= DAY_US)
    figures = value * {COMPACT: 1, SHORT: 100, POINTED: 10_000}[form]
    whole = np.round(figures).astype(np.int64)
    hours, minutes, seconds = whole // 10_000, whole // 100 % 100, whole % 100
    fits = (np.abs(figures - whole) < 1e-6) & (value >= 0) & (minutes < 60) & (seconds < 60) & (hours < 24)
    if form == POINTED:
        fits &= seconds == 0
    return ((hours * 60 + minutes) * 60 + seconds) * SECOND_US, fits


def _forms(sheet: Sheet, index: int, days: Moments) -> list[str]:
    """What the column may count, with LEAVE where it may be no clock either; nothing where it is none."""
    name, _, spelled = split_unit(sheet.headers[index])
    said, size = find_unit(sheet.unit_in_row(index) or spelled, "hours"), part_called(name)
    means = vocabulary().means(sheet.headers[index])
    numbers = numbers_of(sheet.table.column(column_name(index)))
    value = numbers.value[np.isfinite(numbers.value)]
    if not (size or means & {"clock", "elapsed"}) or numbers.bad.any() or not value.any():
        return []
    told = size or (said.en if said is not None else "")
    if told in _SIZES:
        since_midnight = value.max() >= _LEAST_COUNT if size else "clock" in means
        forms = [told] if since_midnight else [told, LEAVE]
    elif "clock" not in means:
        return []
    elif np.any(value != np.floor(value)):
        share = [SHARE, LEAVE] if _one_a_day(days) else [SHARE]
        forms = share if value.max() < 1 else [POINTED, "h"]
    else:
        forms = [COMPACT, "s"] if value.max() >= _LEAST_COMPACT else [SHORT, "s", "min"]
    if value.max() <= _MOST_HOURS and forms[0] != SHARE and _one_a_day(days):
        return []
    return forms if forms[0] == SHARE else [form for form in forms if form == LEAVE or _fit(value, form)]


def _fit(value: np.ndarray, form: str) -> bool:
    return bool(_of_day(value, form)[1].all())


def _one_a_day(days: Moments) -> bool:
    """`Время | 24` beside each day's figures says how long that was."""
    return len(np.unique(days.told_us())) == len(days.told_us())


def _question(sheet: Sheet, index: int, column: ColumnPlan, forms: list[str], days: Moments) -> Problem:
    cells = sheet.table.column(column_name(index))
    value = numbers_of(cells).value
    told = np.isfinite(value) & (value != 0)
    parted = told & (value != np.floor(value))  # 8.00 is eight hours either way
    row = int(np.flatnonzero(parted if parted.any() else told)[0])
    day = int(days.told_us()[min(row, len(days.told_us()) - 1)])
    readings = {
        form: _shown(day + (0 if form == LEAVE else int(_of_day(value[row : row + 1], form)[0][0])))
        for form in forms
    }
    line = int(sheet.table.column(LINE)[row].as_py())
    cell = str(texts_of(cells)[row].as_py())
    return question(CODE, sheet.name, line, index, column.header, cell, readings)


def _shown(us: int) -> str:
    return from_us(us).strftime("%Y-%m-%d %H:%M:%S")
