"""Figures that each have their own date behind them, `Скв | Qж | Дата замера | Нд | Дата отбивки`: a row for
each date. One date is not that of all.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from app.importers.moments import looks_like
from app.importers.numbers import texts_of
from app.importers.run_dates import dates_a_run
from app.importers.sheets import LINE, SAMPLE, Sheet, column_name
from app.importers.vocabulary import Vocabulary, like_the_others
from app.models.sensors import SENSORS

LEAST_DATES = 2
_MEASURED = frozenset(sensor.key for sensor in SENSORS) | {"motor_load"}
_DATE = re.compile(r"^\s*(?:дата|date)(?![^\W_])", re.IGNORECASE)
_WHOSE = frozenset({"well", "pad", "field"})


def apart(sheet: Sheet, words: Vocabulary) -> Sheet:
    """The same where a date stands before what it is of, or where anything else stands between."""
    groups = _groups(sheet, words) if sheet.more is None else None
    if groups is None:
        return sheet
    moved = {i for values, date in groups for i in (*values, date)}
    shared = [i for i in range(len(sheet.headers)) if i not in moved]
    measured = [i for values, _ in groups for i in values]

    def turn(table: pa.Table) -> pa.Table:
        parts = [_of_date(table, values, date, shared, measured) for values, date in groups]
        return pa.concat_tables(parts)

    headers = [sheet.headers[i] for i in shared]
    at = like_the_others(headers, "Дата", "Date")
    units = [sheet.unit_in_row(i) for i in shared]
    return sheet.turned(
        turn,
        (*headers, at, *(sheet.headers[i] for i in measured)),
        (*units, "", *(sheet.unit_in_row(i) for i in measured)),
    )


def _groups(sheet: Sheet, words: Vocabulary) -> list[tuple[list[int], int]] | None:
    """(what is measured, its date) from the left to the right."""
    means = [words.means(header) if header else frozenset() for header in sheet.headers]
    if not any("well" in meant for meant in means):
        return None
    groups: list[tuple[list[int], int]] = []
    values: list[int] = []
    for i, meant in enumerate(means):
        cells = sheet.table.column(column_name(i)).slice(0, SAMPLE)
        dated = "time" in meant or _DATE.match(sheet.headers[i]) is not None
        if dated and looks_like(cells)[0] in ("time", "serial", "empty"):
            if not values or dates_a_run(sheet.headers[i]):
                return None
            groups.append((values, i))
            values = []
        elif meant & _MEASURED and not meant & _WHOSE:
            values.append(i)
        elif values or (groups and looks_like(cells)[0] != "text"):
            return None
    return groups if len(groups) >= LEAST_DATES and not values else None


def _of_date(
    table: pa.Table, values: list[int], date: int, shared: list[int], measured: list[int]
) -> pa.Table:
    columns = [table.column(column_name(i)) for i in (*shared, date)]
    columns += [
        table.column(column_name(i))
        if i in values
        else pa.chunked_array([pa.nulls(table.num_rows, table.column(column_name(i)).type)])
        for i in measured
    ]
    names = [*(column_name(i) for i in range(len(columns))), LINE]
    there = [pc.not_equal(texts_of(table.column(column_name(i))), "") for i in values]
    told = there[0]
    for other in there[1:]:
        told = pc.or_(told, other)
    made = pa.table(dict(zip(names, [*columns, table.column(LINE)], strict=True)))
    at = column_name(len(shared))
    return made.set_column(len(shared), at, texts_of(made.column(at))).filter(told)
