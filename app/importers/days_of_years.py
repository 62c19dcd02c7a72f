"""Days that are counted within their year: `2026145` in a column of dates, `26145` under `YYDDD` or where it
is asked, a year and its day in columns of their own.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.core.clock import from_us
from app.importers.date_order import YEAR_FIRST, with_centuries
from app.importers.moments import moments_of
from app.importers.months import writes_months
from app.importers.numbers import texts_of
from app.importers.plan import SheetPlan
from app.importers.remarks import answer_to, question
from app.importers.rows import Problem
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.vocabulary import Vocabulary, folded, like_the_others
from app.importers.year_days import DAYS_OF_YEARS

CODE = "day_count"
SERIAL = "serial"
_OF_YEAR = frozenset(
    map(
        folded,
        (
            "doy",
            "day of year",
            "dayofyear",
            "julian day",
            "julian",
            "jday",
            "yday",
            "jd",
            "день года",
            "д.года",
            "ddd",
            "julian date",
            "day of the year",
            "day number",
            "yearday",
            "день в году",
            "номер дня",
            "номер дня года",
            "юлианский день",
            "сутки года",
        ),
    )
)
_SHORT = r"^[0-3]\d(?:[0-2]\d\d|3[0-6]\d)$"
_MODERN_US = 946_684_800_000_000
"""From 2000 on a spreadsheet's count is a day that can have been meant, and the other one is to come."""
FORM = re.compile(r"(?<![^\W_])(?:yy){1,2}(?:ddd|jjj)(?![^\W_])", re.IGNORECASE)


def counts_dates(column: pa.ChunkedArray) -> bool:
    """Whether the numbers under a header of dates are months, `10.2026`, or days of years."""
    cells = texts_of(column)
    told = pc.filter(cells, pc.not_equal(cells, ""))
    days = pc.match_substring_regex(told, DAYS_OF_YEARS)
    return writes_months(column) or (len(told) > 0 and bool(pc.all(days).as_py()))


def with_year(sheet: Sheet, words: Vocabulary) -> Sheet:
    """`Year | DOY` as one column of days."""
    year = next((i for i, header in enumerate(sheet.headers) if "year" in words.means(header)), None)
    day = next((i for i, header in enumerate(sheet.headers) if folded(header) in _OF_YEAR), None)
    if year is None or day is None:
        return sheet

    def turn(table: pa.Table) -> pa.Table:
        parts = [texts_of(table.column(column_name(i))) for i in (year, day)]
        padded = pc.utf8_lpad(parts[1], 3, "0")
        dates = pc.if_else(pc.equal(parts[1], ""), "", pc.binary_join_element_wise(parts[0], padded, "-"))
        nothing = pa.chunked_array([pa.nulls(table.num_rows, pa.string())])
        dated = table.set_column(table.column_names.index(column_name(day)), column_name(day), dates)
        return dated.set_column(dated.column_names.index(column_name(year)), column_name(year), nothing)

    headers = list(sheet.headers)
    headers[day], headers[year] = like_the_others(sheet.headers, "Дата", "Date"), ""
    return sheet.turned(turn, headers, sheet.units)


def days_of_years(sheet: Sheet, plan: SheetPlan) -> tuple[SheetPlan, Problem | None]:
    """`26145` is a day of 2026, or a day of 1971 as a spreadsheet counts them."""
    index = plan.column_of("time")
    if index is None or plan.answers.get("date_order") == YEAR_FIRST:
        return plan, None
    column = sheet.table.column(column_name(index))
    if pa.types.is_temporal(column.type):
        return plan, None
    cells = texts_of(column)
    told = pc.filter(cells, pc.not_equal(cells, ""))
    if not len(told) or not pc.all(pc.match_substring_regex(told, _SHORT)).as_py():
        return plan, None
    by_year, by_count = moments_of(with_centuries(cells)), moments_of(column, from_1904=sheet.from_1904)
    if by_year.bad.any() or by_count.bad.any() or by_count.time_us.max() >= _MODERN_US:
        return plan, None
    said = answer_to(plan.answers, CODE)
    if said == YEAR_FIRST or FORM.search(plan.columns[index].header):
        return replace(plan, answers={**plan.answers, "date_order": YEAR_FIRST}), None
    row = int(np.flatnonzero(by_year.there)[0])
    shown = [from_us(int(found.time_us[row])).strftime("%Y-%m-%d") for found in (by_year, by_count)]
    line = int(sheet.table.column(LINE)[row].as_py())
    cell, header = str(cells[row].as_py()), plan.columns[index].header
    readings = {YEAR_FIRST: shown[0], SERIAL: shown[1]}
    return plan, None if said else question(CODE, sheet.name, line, index, header, cell, readings)
