"""Days or months in the header: `Скважина | 01.10.2026 | 02.10.2026` under the title `Дебит жидкости, м3/сут`
is read as `Скважина | Дата | Дебит жидкости, м3/сут`. A column of what is measured becomes columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.importers.across import measure_said
from app.importers.layout import WELL
from app.importers.long_form import NAMED_BY
from app.importers.moments import looks_like, moments_of
from app.importers.numbers import texts_of
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.titles import lines_above, month_said, year_said
from app.importers.vocabulary import Vocabulary, like_the_others
from app.importers.written_moments import month_in
from app.importers.yearless import YEARLESS

LEAST = 2
LEAST_NUMBERS = 3
"""Columns `1`, `2` alone are no days of a month."""
MOST_PARAMETERS = 40
DATE = ("Дата", "Date")
CLOCK = ("Время", "Time of day")
_CLOCK = re.compile(r"^([01]?\d|2[0-4])[:-]([0-5]\d)$")
_DATE = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?(?:\s*г\.?)?$")
_YEARLESS = re.compile(YEARLESS)
_MONTH = re.compile(r"^(?P<word>[^\W\d_]{3,9})\.?(?:[ .,'’/_-]*(?P<year>\d{2}|(?:19|20)\d{2}))?(?:\s*г\.?)?$")
_NUMBERED = re.compile(r"^(?P<month>0?[1-9]|1[0-2])[./-](?P<year>(?:19|20)\d{2})$")
_YEAR_FIRST = re.compile(r"^(?P<year>(?:19|20)\d{2})[./-](?P<month>0?[1-9]|1[0-2])$")
_DAY = re.compile(r"^(?:0?[1-9]|[12]\d|3[01])$")
_YEAR = re.compile(r"^(?:19|20)\d{2}(?:\s*г(?:\.|од)?)?$")
_OF_PARAMETERS = frozenset({"показатель", "показатели", "параметр", "параметры", "measure", "indicator"})


@dataclass(frozen=True)
class _Place:
    """A column of the header that is a moment: as it is written in a column of dates, and what it measures
    where a group's title says so.
    """

    at: str
    measure: str = ""


def undated(sheet: Sheet, words: Vocabulary, named: str = "") -> Sheet:
    """The same where no dates stand in the header, or where nothing says what is measured. What is settled in
    the layout is not found out again. `named`: the sheet's own name.
    """
    if sheet.layout.transposed:
        return _dated(sheet, words)
    if sheet.layout.dates is False:
        return sheet
    turned = _turned(sheet, words, named)
    if turned is None:
        return replace(sheet, layout=replace(sheet.layout, dates=False))
    return replace(turned, layout=replace(sheet.layout, dates=True))


def _turned(sheet: Sheet, words: Vocabulary, named: str) -> Sheet | None:
    by_rows = _by_years(sheet, words, named) or _by_hours(sheet, words, named)
    if by_rows is not None:
        return by_rows
    monthly, places = _places(sheet, named)
    shared = [i for i, place in enumerate(places) if place is None]
    headers = [sheet.headers[i] for i in shared]
    if len(places) - len(shared) < LEAST or not any("well" in words.means(header) for header in headers):
        return None
    if any(words.means(header) & {"time", "year"} for header in headers):
        return None
    at = like_the_others(headers, *(("Месяц", "Month") if monthly else DATE))
    names = [i for i in shared if _names_parameters(sheet.headers[i], words)]
    if len(names) == 1:
        return _by_parameter(sheet, places, shared, names[0], at, words)
    said = measure_said(sheet, words, named)
    if names or not all(place is None or place.measure or said for place in places):
        return None
    measures = list(dict.fromkeys(place.measure or said for place in places if place is not None))
    if len(measures) * len({p.at for p in places if p is not None}) != len(places) - len(shared):
        return None

    def turn(table: pa.Table) -> pa.Table:
        return _stacked(table, places, shared, measures, said)

    units = (*(sheet.units[i] for i in shared), "", *("" for _ in measures))
    return sheet.turned(turn, (*headers, at, *measures), units)


def _by_years(sheet: Sheet, words: Vocabulary, named: str) -> Sheet | None:
    """`Скважина | Год | Янв | Фев` under what is measured: the months of the year in each row."""
    year = [i for i, header in enumerate(sheet.headers) if "year" in words.means(header)]
    months = {i: month_in(header.strip(" .")) for i, header in enumerate(sheet.headers) if i not in year}
    places = {i: f"{month:02d}-01" for i, month in months.items() if month is not None}
    timed = any("time" in words.means(header) for header in sheet.headers)
    return None if len(year) != 1 or timed else _one_a_row(sheet, words, places, year[0], named)


def _by_hours(sheet: Sheet, words: Vocabulary, named: str) -> Sheet | None:
    """`Скважина | Дата | 0:00 | 4:00` under what is measured: the hours of the day in each row."""
    found = ((i, _CLOCK.match(header.strip())) for i, header in enumerate(sheet.headers))
    places = {i: f"{int(clock[1]):02d}:{clock[2]}" for i, clock in found if clock is not None}
    clocks = any("clock" in words.means(h) and "time" not in words.means(h) for h in sheet.headers)
    timed = any("time" in words.means(header) for header in sheet.headers)
    return None if clocks or not timed else _one_a_row(sheet, words, places, None, named)


def _one_a_row(
    sheet: Sheet, words: Vocabulary, of_columns: dict[int, str], year: int | None, named: str
) -> Sheet | None:
    """A row for each place: its clock in a column of its own, or the month behind the `year` of its row."""
    if len(of_columns) < LEAST_NUMBERS or len({*of_columns.values()}) < len(of_columns):
        return None
    shared = [i for i in range(len(sheet.headers)) if i not in of_columns and i != year]
    headers = [sheet.headers[i] for i in shared]
    said = measure_said(sheet, words, named)
    if not said or not any("well" in words.means(header) for header in headers):
        return None
    places = [_Place(of_columns[i]) if i in of_columns else None for i in range(len(sheet.headers))]

    def turn(table: pa.Table) -> pa.Table:
        return _stacked(table, places, shared, [said], said, year)

    at = like_the_others(headers, *(CLOCK if year is None else ("Месяц", "Month")))
    return sheet.turned(turn, (*headers, at, said), (*(sheet.units[i] for i in shared), "", ""))


def _dated(sheet: Sheet, words: Vocabulary) -> Sheet:
    """Of a table on its side: `Показатель` over names is, over the moments beside them, their column."""
    if not sheet.headers or not _names_parameters(sheet.headers[0].partition(" / ")[0], words):
        return sheet
    if _are_wells(sheet, words):
        return replace(
            sheet, headers=(like_the_others(sheet.headers[:1], "Скважина", "Well"), *sheet.headers[1:])
        )
    if looks_like(sheet.table.column(column_name(0)))[0] != "time":
        return sheet
    return replace(sheet, headers=(like_the_others(sheet.headers[:1], *DATE), *sheet.headers[1:]))


def _are_wells(sheet: Sheet, words: Vocabulary) -> bool:
    """Over what is measured stand names of wells, `101 | 102 | Итого`, and no years."""
    if any("well" in words.means(header) for header in sheet.headers):
        return False
    cells = [cell for cell in texts_of(sheet.table.column(column_name(0))).to_pylist() if cell]
    named = [found[1] for cell in cells if (found := WELL.match(cell)) is not None]
    return len(set(named)) > 1 and len(named) >= len(cells) - 1 and not all(map(_YEAR.match, named))


# ---- which columns are moments -----------------------------------------------------------------------------


def _places(sheet: Sheet, named: str) -> tuple[bool, list[_Place | None]]:
    """(whether they are months, of each column its moment); nothing where they do not go up."""
    said = lines_above((*sheet.above, (named,)))
    for monthly, read in ((False, _as_dates), (True, _as_months), (False, _as_days)):
        places = [_parted(header, read, said) for header in sheet.headers]
        found = [place for place in places if place is not None]
        if len(found) < (LEAST_NUMBERS if read is _as_days else LEAST):
            continue
        each = [place.at for place in found if place.measure == found[0].measure]
        if _go_up(each) and (read is not _as_days or each[0].endswith("-01")):
            return monthly, places
    return False, [None] * len(sheet.headers)


def _parted(header: str, read: Any, said: str) -> _Place | None:
    """`Qж, м3/сут / 01.10.2026`, `2026 / январь`: a group's title, and the moment under it."""
    upper, mark, last = header.rpartition(" / ")
    of_year = _YEAR.match(upper.strip()) is not None
    at = read(last.strip(), f"за {upper} год" if of_year else said)
    return _Place(at, "" if of_year else upper.strip() if mark else "") if at else None


def _as_dates(text: str, said: str) -> str:
    if _DATE.match(text):
        return text
    year = year_said(said) if _YEARLESS.match(text) else ""
    return f"{text.strip('.')}.{year}" if year else ""


def _as_months(text: str, said: str) -> str:
    numbered = _NUMBERED.match(text) or _YEAR_FIRST.match(text)
    if numbered is not None:
        return f"{numbered['year']}-{int(numbered['month']):02d}-01"
    worded = _MONTH.match(text)
    month = month_in(worded["word"]) if worded is not None else None
    if worded is None or month is None:
        return ""
    year = worded["year"] or year_said(said)
    if not year:
        return ""
    return f"{year if len(year) == 4 else f'20{year}'}-{month:02d}-01"


def _as_days(text: str, said: str) -> str:
    month = month_said(said)
    return f"{month[0]}-{month[1]:02d}-{int(text):02d}" if month is not None and _DAY.match(text) else ""


def _go_up(cells: list[str]) -> bool:
    """One after another, with the day first or with the month first."""
    column = pa.chunked_array([pa.array(cells, pa.string())])
    for month_first in (False, True):
        read = moments_of(column, month_first=month_first)
        if not read.bad.any() and not read.empty.any() and bool((np.diff(read.time_us) > 0).all()):
            return True
    return False


# ---- rows of their own -------------------------------------------------------------------------------------


def _stacked(
    table: pa.Table,
    places: list[_Place | None],
    shared: list[int],
    measures: list[str],
    said: str,
    year: int | None = None,
) -> pa.Table:
    """A part for each moment, in the order of the header; a row without a value is left out. `year`: the
    column of the years in which the moments are.
    """
    parts = []
    for at in dict.fromkeys(place.at for place in places if place is not None):
        columns = [table.column(column_name(i)) for i in shared]
        moments = pa.chunked_array([pa.array([at] * table.num_rows, pa.string())])
        if year is not None:
            whole = pc.replace_substring_regex(texts_of(table.column(column_name(year))), r"\.0+$", "")
            moments = pc.binary_join_element_wise(whole, moments, "-")
        columns.append(moments)
        there = None
        for measure in measures:
            mine = next(i for i, p in enumerate(places) if p and (p.at, p.measure or said) == (at, measure))
            column = table.column(column_name(mine))
            there = pc.is_valid(column) if there is None else pc.or_(there, pc.is_valid(column))
            columns.append(column)
        names = [*(column_name(i) for i in range(len(columns))), LINE]
        parts.append(pa.table(dict(zip(names, [*columns, table.column(LINE)], strict=True))).filter(there))
    return _in_rows(pa.concat_tables(_of_one_type(parts)))


def _of_one_type(parts: list[pa.Table]) -> list[pa.Table]:
    """What is text on one day is text on all; a day of which nothing is known may be of any type."""
    for i, name in enumerate(parts[0].column_names):
        types = {part.column(name).type for part in parts}
        if len(types) > 1:
            parts = [part.set_column(i, name, texts_of(part.column(name))) for part in parts]
    return parts


def _in_rows(table: pa.Table) -> pa.Table:
    """In the order of the file's lines: each well's days together."""
    order = np.argsort(np.asarray(table.column(LINE), np.int64), kind="stable")
    return table.take(pa.array(order)).combine_chunks()


# ---- a column says what is measured ------------------------------------------------------------------------


def _names_parameters(header: str, words: Vocabulary) -> bool:
    return bool(words.means(header) & NAMED_BY) or header.strip().lower().rstrip(":") in _OF_PARAMETERS


def _by_parameter(
    sheet: Sheet, places: list[_Place | None], shared: list[int], name_at: int, at: str, words: Vocabulary
) -> Sheet | None:
    """`101 | Qж, м3/сут | 80 | 81` and `101 | Обв., % | 45 | 46`: a row a well and a day. None where a well
    has one of them twice, or where the groups say what is measured as well.
    """
    if sheet.more is not None or any(place is not None and place.measure for place in places):
        return None
    texts = [[str(cell) for cell in texts_of(column).to_pylist()] for column in sheet.table.columns]
    unit_at = next((i for i in shared if "unit" in words.means(sheet.headers[i])), None)
    of_row = _filled_down(texts, shared, name_at, sheet, words)
    units = texts[unit_at] if unit_at is not None else [""] * sheet.table.num_rows
    names = [
        f"{name}, {unit}" if name and unit else name for name, unit in zip(texts[name_at], units, strict=True)
    ]
    measures = list(dict.fromkeys(name for name in names if name))
    if not 0 < len(measures) <= MOST_PARAMETERS or not any(words.means(name) for name in measures):
        return None
    kept = [i for i in shared if i not in (name_at, unit_at)]
    rows: dict[tuple[str, ...], dict[tuple[str, str], str]] = {}
    lines: dict[tuple[str, ...], int] = {}
    whose = [not _is_sum(sheet, i, words) for i in kept]
    beside: dict[tuple[str, ...], tuple[str, ...]] = {}
    line = sheet.table.column(LINE).to_pylist()
    for row, name in enumerate(names):
        said = tuple(of_row[i][row] for i in kept)
        key = tuple(cell for cell, mine in zip(said, whose, strict=True) if mine)
        beside.setdefault(key, said)
        mine = rows.setdefault(key, {})
        lines.setdefault(key, line[row])
        for i, place in enumerate(places):
            if place is None or not texts[i][row]:
                continue
            if (place.at, name) in mine or not name:
                return None
            mine[place.at, name] = texts[i][row]
    moments = [place.at for place in places if place is not None]
    made = [
        (*beside[key], moment, *(said.get((moment, name), "") for name in measures), lines[key])
        for key, said in rows.items()
        for moment in moments
        if any((moment, name) in said for name in measures)
    ]
    if not made:
        return None
    *columns, numbers = zip(*made, strict=True)
    arrays = [pa.array([cell or None for cell in column], pa.string()) for column in columns]
    table = pa.table({column_name(i): array for i, array in enumerate(arrays)})
    return replace(
        sheet,
        headers=(*(sheet.headers[i] for i in kept), at, *measures),
        units=(*(sheet.units[i] for i in kept), "", *("" for _ in measures)),
        table=table.append_column(LINE, pa.array(numbers, pa.int64())),
    )


def _is_sum(sheet: Sheet, index: int, words: Vocabulary) -> bool:
    """`Итого` beside the days: numbers under a name that says nothing of the well."""
    kind = looks_like(sheet.table.column(column_name(index)))[0]
    return kind == "number" and not words.means(sheet.headers[index])


def _filled_down(
    texts: list[list[str]], shared: list[int], name_at: int, sheet: Sheet, words: Vocabulary
) -> dict[int, list[str]]:
    """A well stands once for all of its rows: the cells below it are empty, or were merged."""
    found = {i: list(texts[i]) for i in shared}
    for i in shared:
        if i == name_at or "well" not in words.means(sheet.headers[i]):
            continue
        for row in range(1, len(found[i])):
            if not found[i][row] and texts[name_at][row]:
                found[i][row] = found[i][row - 1]
    return found
