"""Cells as people write moments: ISO, day first, Excel's days, months in words. Vectorised; Python sees only
what is odd.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.importers.numbers import NOTHING, numbers_of, texts_of
from app.models.limits import EARLIEST_US, LATEST_US

MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
MONTHS_EN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDED = re.compile(r"^(?:(\d{1,2})[\s.\-]+)?([a-zа-я]+)\.?[\s.\-]+(\d{4}|\d{2})\s*(?:г\.?|года?)?$")
_LOOSE = re.compile(
    r"^(\d{1,2})[./\-](\d{1,2})[./\-](\d{4}|\d{2})\s*(?:г\.?)?(?:[ "
    r",T]+(\d{1,2})[:.\-](\d{2})(?:[:.](\d{2}))?)?$"
)
FIRST_SERIAL, LAST_SERIAL = 18_264.0, 73_050.0  # 1950-01-01 and 2099-12-31 as Excel counts days
_EPOCH_SERIAL = 25_569.0
DAY_US = 86_400_000_000


@dataclass(frozen=True)
class Moments:
    """time_us (n,) int64 since 1970 UTC, 0 where there is none; bad and empty (n,) bool."""

    time_us: np.ndarray
    bad: np.ndarray
    empty: np.ndarray


@dataclass(frozen=True)
class _Form:
    pattern: str
    parse: Callable[[pa.ChunkedArray], pa.ChunkedArray]


def _iso(plain: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(pc.replace_substring(plain, ",", "."), pa.timestamp("us"))


def _iso_zoned(plain: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(
        pc.cast(pc.replace_substring(plain, ",", "."), pa.timestamp("us", "UTC")), pa.timestamp("us")
    )


def _dated(form: str) -> Callable[[pa.ChunkedArray], pa.ChunkedArray]:
    day_at = 0 if form.startswith("%d") else 3

    def parse(plain: pa.ChunkedArray) -> pa.ChunkedArray:
        whole = pc.replace_substring_regex(plain, r"(:\d\d)[.,]\d+$", r"\1")
        parsed = pc.strptime(whole, format=form, unit="us", error_is_null=True)
        day = pc.cast(pc.utf8_slice_codeunits(plain, day_at, day_at + 2), pa.int64())
        # To strptime the 30th of February is the 2nd of March.
        return pc.if_else(pc.equal(pc.day(parsed), day), parsed, pa.scalar(None, pa.timestamp("us")))

    return parse


_ISO = r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?)?"
_ISO_FORMS = (_Form(_ISO + "$", _iso), _Form(_ISO + r"(Z|[+-]\d\d:?\d\d)$", _iso_zoned))
_TIMES = ((r" \d?\d:\d\d:[0-5]\d([.,]\d+)?$", " %H:%M:%S"), (r" \d?\d:\d\d$", " %H:%M"), (r"$", ""))


def _day_forms(mark: str, month_first: bool) -> list[_Form]:
    order = "%m{0}%d{0}" if month_first else "%d{0}%m{0}"
    escaped = re.escape(mark)
    return [
        _Form(
            rf"^\d\d{escaped}\d\d{escaped}\d{{{digits}}}" + pattern, _dated(order.format(mark) + year + clock)
        )
        for digits, year in ((4, "%Y"), (2, "%y"))
        for pattern, clock in _TIMES
    ]


def moments_of(column: pa.ChunkedArray, *, month_first: bool = False) -> Moments:
    """ISO, Excel's days, Unix seconds, and one kind of written date: 03.04 and 04/03 cannot both be guessed
    right, so of two marks in one column the rarer one is bad. Two-digit years are of 2000–2068.
    """
    n = len(column)
    null = np.asarray(pc.is_null(column).to_numpy(zero_copy_only=False), bool)
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        plain = pc.cast(
            column,
            pa.timestamp("us", column.type.tz) if pa.types.is_timestamp(column.type) else pa.timestamp("us"),
        )
        return _checked(
            np.asarray(pc.fill_null(pc.cast(plain, pa.int64()), 0).to_numpy()), np.zeros(n, bool), null
        )
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        return _counted(np.asarray(pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False), float), null)
    try:
        whole = pc.cast(column, pa.timestamp("us"))
        return _checked(
            np.asarray(pc.fill_null(pc.cast(whole, pa.int64()), 0).to_numpy()), np.zeros(n, bool), null
        )
    except pa.ArrowInvalid:
        return _moments_closer(
            pc.fill_null(pc.utf8_trim_whitespace(pc.cast(column, pa.string())), ""), month_first
        )


def _moments_closer(text: pa.ChunkedArray, month_first: bool) -> Moments:
    time_us = np.zeros(len(text), np.int64)
    empty = np.asarray(pc.is_in(pc.utf8_lower(text), pa.array(NOTHING)).to_numpy(zero_copy_only=False), bool)
    open_ = ~empty
    for form in _ISO_FORMS:
        open_ = _take(text, form, open_, time_us)
    if open_.any():
        marks = {
            mark: int(_fits(text, rf"^\d?\d{re.escape(mark)}\d?\d{re.escape(mark)}\d\d", open_).sum())
            for mark in "./-"
        }
        mark = max("./-", key=lambda m: (marks[m], m == "."))
        if marks[mark]:
            for form in _day_forms(mark, month_first):
                open_ = _take(text, form, open_, time_us)
                if not open_.any():
                    break
        if open_.any():
            for pattern, unit in ((r"^\d{9,10}$", 1_000_000), (r"^\d{12,13}$", 1_000)):
                fits = _fits(text, pattern, open_)
                if fits.all() or (fits | ~open_).all():
                    time_us[fits] = (
                        np.asarray(pc.cast(pc.filter(text, pa.array(fits)), pa.int64()).to_numpy()) * unit
                    )
                    open_ &= ~fits
        known: dict[str, int | None] = {}
        for row in np.flatnonzero(open_).tolist():
            cell = text[row].as_py()
            if cell not in known:
                known[cell] = _odd_moment(cell, mark, month_first)
            found = known[cell]
            if found is not None:
                time_us[row], open_[row] = found, False
    return _checked(time_us, open_, empty)


def _fits(text: pa.ChunkedArray, pattern: str, open_: np.ndarray) -> np.ndarray:
    return np.asarray(pc.match_substring_regex(text, pattern).to_numpy(zero_copy_only=False), bool) & open_


def _take(text: pa.ChunkedArray, form: _Form, open_: np.ndarray, time_us: np.ndarray) -> np.ndarray:
    """Fill what is of this form; returns what is still open. A 45th of the 13th month stays open."""
    fits = _fits(text, form.pattern, open_)
    if not fits.any():
        return open_
    mine = pc.filter(text, pa.array(fits))
    try:
        parsed = form.parse(mine)
    except pa.ArrowInvalid:
        parsed = pa.chunked_array(
            [pa.concat_arrays([_one_by_one(form, value) for value in mine.to_pylist()])]
        )
    right = ~np.asarray(pc.is_null(parsed).to_numpy(zero_copy_only=False), bool)
    rows = np.flatnonzero(fits)[right]
    time_us[rows] = np.asarray(pc.fill_null(pc.cast(parsed, pa.int64()), 0).to_numpy())[right]
    still = open_.copy()
    still[rows] = False
    return still


def _one_by_one(form: _Form, value: str) -> pa.Array:
    try:
        return form.parse(pa.array([value]))
    except pa.ArrowInvalid:
        return pa.array([None], pa.timestamp("us"))


def _odd_moment(cell: str, mark: str, month_first: bool) -> int | None:
    """`1.3.26`, `12 марта 2026`, `март 2024 г.`, an Excel day written as text."""
    text = " ".join(cell.lower().replace("ё", "е").split())
    loose = _LOOSE.match(text)
    if loose and mark in text:
        day, month, year, hour, minute, second = (int(part) if part else 0 for part in loose.groups())
        return _us(year, *((day, month) if month_first else (month, day)), hour, minute, second)
    worded = _WORDED.match(text)
    if worded:
        named = _month(worded.group(2))
        return None if named is None else _us(int(worded.group(3)), named, int(worded.group(1) or 1))
    try:
        serial = float(text.replace(",", "."))
    except ValueError:
        return None
    return round((serial - _EPOCH_SERIAL) * DAY_US) if FIRST_SERIAL <= serial <= LAST_SERIAL else None


def _month(word: str) -> int | None:
    for names in (MONTHS, MONTHS_EN):
        for number, name in enumerate(names, 1):
            if word.startswith(name) and not (name == "ма" and word.startswith("мар")):
                return number
    return None


def month_number(cell: str) -> int | None:
    """1–12 of a number or a month's name in either language."""
    text = cell.strip().lower().rstrip(".")
    number = int(float(text)) if re.match(r"^\d{1,2}(\.0)?$", text) else _month(text)
    return number if number is not None and 1 <= number <= 12 else None


def _us(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> int | None:
    year += 2000 if year < 69 else 1900 if year < 100 else 0
    try:
        return int(
            np.datetime64(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}", "us").astype(
                np.int64
            )
        )
    except ValueError:
        return None


def _counted(value: np.ndarray, null: np.ndarray) -> Moments:
    """Numbers in a column of times: Excel's days since 1899-12-30, or Unix seconds or milliseconds."""
    empty = null | ~np.isfinite(value)
    safe = np.where(empty, 0.0, value)
    serial = (safe >= FIRST_SERIAL) & (safe <= LAST_SERIAL)
    seconds, milliseconds = (safe >= 1e8) & (safe < 1e10), (safe >= 1e11) & (safe < 1e13)
    time_us = np.where(
        serial,
        np.round((safe - _EPOCH_SERIAL) * 86_400) * 1e6,
        np.where(seconds, safe * 1e6, np.where(milliseconds, safe * 1e3, 0)),
    )
    return _checked(time_us.astype(np.int64), ~(serial | seconds | milliseconds) & ~empty, empty)


def _checked(time_us: np.ndarray, bad: np.ndarray, empty: np.ndarray) -> Moments:
    time_us = time_us.astype(np.int64)
    outside = ((time_us < EARLIEST_US) | (time_us >= LATEST_US)) & ~empty
    return Moments(np.where(bad | empty | outside, 0, time_us), bad | outside, empty)


def clocks_of(column: pa.ChunkedArray) -> Moments:
    """A column of times of day: µs since midnight."""
    if pa.types.is_time(column.type):
        column = pc.cast(column, pa.string())
    if pa.types.is_floating(column.type):
        value = np.asarray(column.to_numpy(zero_copy_only=False), float)
        empty = ~np.isfinite(value)
        bad = ~empty & ((value < 0) | (value >= 1.0000001))
        return Moments(
            np.where(bad | empty, 0, np.round(np.nan_to_num(value) * 86_400) * 1e6).astype(np.int64),
            bad,
            empty,
        )
    text = texts_of(column).to_pylist()
    time_us, bad, empty = np.zeros(len(text), np.int64), np.zeros(len(text), bool), np.zeros(len(text), bool)
    known: dict[str, int | None] = {}
    for row, cell in enumerate(text):
        if cell not in known:
            match = re.match(
                r"^(?:\d{4}-\d\d-\d\d[ T])?(\d{1,2})[:.\-](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?$", cell
            )
            hour, minute, second = (int(part or 0) for part in match.groups()) if match else (99, 0, 0)
            known[cell] = (
                (hour * 3600 + minute * 60 + second) * 1_000_000
                if hour < 24 and minute < 60 and second < 60
                else None
            )
        found = known[cell]
        empty[row] = cell in ("", "-")
        bad[row] = found is None and not empty[row]
        time_us[row] = found or 0
    return Moments(time_us, bad, empty)


def looks_like(column: pa.ChunkedArray) -> tuple[str, np.ndarray, int, int]:
    """(kind, numbers, texts, filled) of a column's first cells; kind is number, time, clock, serial, year,
    text or empty.
    """
    filled = int(len(column) - pc.sum(pc.cast(pc.is_null(column), pa.int64())).as_py()) if len(column) else 0
    if pa.types.is_time(column.type):
        return "clock", np.empty(0), 0, filled
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        return ("time" if filled else "empty"), np.empty(0), 0, filled
    text = texts_of(column)
    filled = int(pc.sum(pc.cast(pc.not_equal(text, ""), pa.int64())).as_py() or 0)
    if not filled:
        return "empty", np.empty(0), 0, 0
    numbers = numbers_of(column)
    value = numbers.value[np.isfinite(numbers.value)]
    bad = int(numbers.bad.sum())
    if bad <= 0.5 * filled:
        if len(value) and np.all((value >= FIRST_SERIAL) & (value <= LAST_SERIAL)):
            return "serial", value, bad, filled
        if len(value) and np.all((value >= 1950) & (value <= 2100) & (value == np.floor(value))):
            return "year", value, bad, filled
        return "number", value, bad, filled
    moments = moments_of(text)
    if int((~moments.bad & ~moments.empty).sum()) >= 0.5 * filled:
        return "time", value, bad, filled
    clocks = clocks_of(text)
    if int((~clocks.bad & ~clocks.empty).sum()) >= 0.7 * filled:
        return "clock", value, bad, filled
    return "text", value, bad, filled
