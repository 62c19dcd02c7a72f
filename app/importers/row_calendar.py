"""Moments whose parts stand in columns of their own: a year, a month, a day, whole hours."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from app.core.unit_spellings import find_unit
from app.importers.moments import Moments, month_number
from app.importers.numbers import numbers_of, texts_of
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import SAMPLE, Sheet, column_name
from app.importers.vocabulary import Vocabulary, folded, split_unit
from app.models.limits import EARLIEST, LATEST

_COMPACT = re.compile(r"(?<![^\W_])h{1,2}mmss(?![^\W_])", re.IGNORECASE)
_SPELLED_COMPACT = {6: re.compile(r"[0-2]\d[0-5]\d[0-5]\d"), 4: re.compile(r"[0-2]\d[0-5]\d")}
HOUR_US = 3_600_000_000
_OR_HOW_LONG = frozenset(map(folded, ("hours", "hrs", "hr", "time", "часы", "часов", "время", "ч")))
_TELLS_APART = frozenset(("time", "year", "month", "day", "well", "pad", "field", "sensor", "parameter"))


def from_calendar(reading: SheetReading) -> np.ndarray:
    """[µs] of the day, or of the first of the month where no column says the day; what is none is marked."""
    year, month, day = (reading.plan.column_of(key) for key in ("year", "month", "day"))
    assert year is not None
    assert month is not None
    years = numbers_of(reading.table.column(column_name(year)))
    wrong = (
        years.bad | ~np.isfinite(years.value) | (years.value < EARLIEST.year) | (years.value >= LATEST.year)
    )
    reading.mark(wrong, year, reading.plan.columns[year].header, "value_not_time")
    names = reading.texts(month)
    known = {name: month_number(str(name)) for name in set(names.tolist())}
    months = np.array([known[name] or 0 for name in names.tolist()], np.int64)
    reading.mark(months == 0, month, reading.plan.columns[month].header, "value_not_time")
    count = (
        (np.where(wrong, 1970, np.nan_to_num(years.value)).astype(np.int64) - 1970) * 12
        + np.maximum(months, 1)
        - 1
    )
    first = count.astype("datetime64[M]")
    start = first.astype("datetime64[D]")
    if day is not None:
        days = numbers_of(reading.table.column(column_name(day))).value
        longest = (first + 1).astype("datetime64[D]") - start
        there = (days >= 1) & (days <= longest.astype(int)) & (days == np.floor(days))
        reading.mark(~there, day, reading.plan.columns[day].header, "value_not_time")
        start = start + np.where(there, days, 1).astype(np.int64) - 1
    return start.astype("datetime64[us]").astype(np.int64)


def whole_hours(column: pa.ChunkedArray) -> Moments | None:
    """Of a column of hours, `0 … 23` or `1 … 24`; None for one of clocks or shares of a day."""
    if pa.types.is_temporal(column.type) or numbers_of(column.slice(0, SAMPLE)).bad.any():
        return None  # clocks are known by the first of them
    numbers = numbers_of(column)
    there = np.isfinite(numbers.value)
    hours = numbers.value[there]
    if numbers.bad.any() or not len(hours) or hours.max() <= 1 or not are_hours(hours):
        return None
    time_us = np.where(there, np.nan_to_num(numbers.value), 0).astype(np.int64) * HOUR_US
    nothing = np.zeros(len(time_us), bool)
    return Moments(time_us, nothing, ~there, nothing)


def is_compact_clock(sheet: Sheet, index: int) -> bool:
    """Whether `HHMMSS` stands where others have their unit."""
    told = (sheet.unit_in_row(index), sheet.headers[index])
    return any(_COMPACT.search(text) for text in told)


def spelled_compact(column: pa.ChunkedArray) -> bool:
    """Whether each cell is written as `083000`, or each as `0830`: no number begins with a nought."""
    return figures_of_clocks(column) > 0 and any(cell[0] == "0" for cell in _sample(column))


def figures_of_clocks(column: pa.ChunkedArray) -> int:
    """6 where each cell may be `103000`, 4 where each may be `1030`, else 0. It tells how a column of clocks
    is written, not that it is one: a piece of a long file may have no hour before ten.
    """
    cells = [] if pa.types.is_temporal(column.type) else _sample(column)
    forms = (count for count, form in _SPELLED_COMPACT.items() if all(map(form.fullmatch, cells)))
    return next(forms, 0) if cells else 0


def _sample(column: pa.ChunkedArray) -> list[str]:
    return [cell for cell in texts_of(column.slice(0, SAMPLE)).unique().to_pylist() if cell]


def compact_clocks(column: pa.ChunkedArray, figures: int) -> Moments | None:
    """Of a column of `HHMMSS`, `000100`, or of four `figures`, `0001`; None where a cell is none."""
    if pa.types.is_temporal(column.type):
        return None
    numbers = numbers_of(column)
    there = np.isfinite(numbers.value)
    value = np.where(there, np.nan_to_num(numbers.value), 0)
    if figures == 4:
        value = value * 100
    whole = value.astype(np.int64)
    seconds, minutes, hours = whole % 100, whole // 100 % 100, whole // 10_000
    fits = (seconds < 60) & (minutes < 60) & (hours <= 24) & (value >= 0)
    if numbers.bad.any() or not there.any() or not fits.all():
        return None
    parts = np.round((value - whole) * 1e6).astype(np.int64)
    nothing = np.zeros(len(value), bool)
    return Moments((hours * 3600 + minutes * 60 + seconds) * 1_000_000 + parts, nothing, ~there, nothing)


def are_hours(values: np.ndarray) -> bool:
    return bool(np.all((values >= 0) & (values <= 24) & (values == np.floor(values))))


def is_hour_of_day(sheet: Sheet, index: int, values: np.ndarray, words: Vocabulary) -> bool:
    """Whole hours under a word of clocks. `Hours` and `Время` are as often how long something ran: those are
    of the day only where nothing else tells the rows of one day apart.
    """
    name, _, spelled = split_unit(sheet.headers[index])
    unit = find_unit(sheet.unit_in_row(index) or spelled, "hours")
    if not are_hours(values) or (unit is not None and unit.en != "h"):
        return False  # `Time, s` over 0, 1, 2
    if folded(name) not in _OR_HOW_LONG:
        return True
    cells = texts_of(sheet.table.column(column_name(index)).slice(0, SAMPLE)).to_pylist()
    told = [row for row, cell in enumerate(cells) if cell]  # a line drawn under the header tells nothing
    beside = [
        [texts[row] for row in told]
        for n, header in enumerate(sheet.headers)
        if n != index and words.means(header) & _TELLS_APART
        for texts in [texts_of(sheet.table.column(column_name(n)).slice(0, SAMPLE)).to_pylist()]
    ]
    return bool(beside) and len(set(zip(*beside, strict=True))) < len(told)
