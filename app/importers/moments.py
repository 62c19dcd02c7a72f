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
from app.importers.written_moments import clock_in, moment_in, month_in
from app.importers.year_days import DAYS_OF_YEARS, are_of_years, of_years
from app.models.limits import EARLIEST_US, LATEST_US

_SINCE_1970 = ((r"^\d{9,10}$", 1_000_000), (r"^(?:[6-9]\d{11}|\d{13})$", 1_000), (r"^\d{15,16}$", 1))
_SECONDS = r"^(?P<s>\d{9,10})(?:[.,](?P<f>\d{1,9}))?$"
_LONG = re.compile(r"^\d{18,19}$")
TICKS_US, FILETIME_US = 62_135_596_800_000_000, 11_644_473_600_000_000
"""What counts of 100 ns begin before 1970: those from the year 1, and those from 1601."""
_MONTH_OF_YEAR = r"^(?:0[1-9]|1[0-2])\.(?:19|20)\d\d$"
_MONTHS = (
    r"^(?P<m>0?[1-9]|1[0-2])[./-](?P<y>(?:19|20)\d\d)$",
    r"^(?P<y>(?:19|20)\d\d)[./-](?P<m>0[1-9]|1[0-2])$",
)
"""Only of a column that is all months: among days it is a day that somebody forgot."""
_PLAIN_DAYS = re.compile(r"^\d{4,5}(?:[.,]\d+)?$")
FIRST_SERIAL, LAST_SERIAL = 18_264.0, 73_050.0  # 1950-01-01 and 2099-12-31 as Excel counts days
_DAY_OF_YEAR = r"^(?:\d{4}[/-]\d{3}|\d{3}[/-]\d{4})$"
"""`2026-145`, `145/2026`: a day where the header says so, else as often a well or a number of a paper."""
_EPOCH_SERIAL = 25_569.0
FROM_1904 = 1_462.0
"""What a workbook that counts days from 1904 is behind one that counts from 1900."""
DAY_US = 86_400_000_000
_TICKS, _FILETIME = (6.3e17, 6.6e17), (1.2e17, 1.5e17)
"""Of the years 1997 to 2092, and 1981 to 2076; in nanoseconds those would be of 1990, and of 1974."""


@dataclass(frozen=True)
class Moments:
    """time_us (n,) int64 since 1970 UTC, 0 where there is none; bad and empty (n,) bool; zoned (n,) bool:
    the cell says its own zone, or counts seconds since 1970.
    """

    time_us: np.ndarray
    bad: np.ndarray
    empty: np.ndarray
    zoned: np.ndarray

    @property
    def there(self) -> np.ndarray:
        """(n,) bool: the rows that tell a moment."""
        return ~self.empty & ~self.bad

    def told_us(self) -> np.ndarray:
        """The moments that are there."""
        return self.time_us[self.there]

    def are_days(self) -> bool:
        """Whether there are any, and none with an hour."""
        told = self.told_us()
        return len(told) > 0 and not (told % DAY_US).any()


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
        if whole is not plain and form.endswith("%S"):
            part = pc.replace_substring_regex(plain, r"^.*:\d\d(?:[.,](\d+))?$", r"\1")
            part = pc.cast(pc.utf8_slice_codeunits(pc.utf8_rpad(part, 6, "0"), 0, 6), pa.int64())
            parsed = pc.add(parsed, pc.cast(part, pa.duration("us")))
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


def moments_of(column: pa.ChunkedArray, *, month_first: bool = False, from_1904: bool = False) -> Moments:
    """ISO, Excel's days, Unix seconds, and one kind of written date: 03.04 and 04/03 cannot both be guessed
    right, so of two marks in one column the rarer one is bad. Two-digit years are of 2000–2068.
    """
    n = len(column)
    aware = pa.types.is_timestamp(column.type) and column.type.tz is not None
    null = np.asarray(pc.is_null(column).to_numpy(zero_copy_only=False), bool)
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        plain = pc.cast(
            column,
            pa.timestamp("us", column.type.tz) if pa.types.is_timestamp(column.type) else pa.timestamp("us"),
        )
        return _checked(
            np.asarray(pc.fill_null(pc.cast(plain, pa.int64()), 0).to_numpy()),
            np.zeros(n, bool),
            null,
            np.full(n, aware),
        )
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        value = np.asarray(pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False), float)
        return _counted(value, null, FROM_1904 if from_1904 else 0.0)
    try:
        whole = pc.cast(column, pa.timestamp("us"))
        return _checked(
            np.asarray(pc.fill_null(pc.cast(whole, pa.int64()), 0).to_numpy()),
            np.zeros(n, bool),
            null,
            np.zeros(n, bool),
        )
    except pa.ArrowInvalid:
        return _moments_closer(
            pc.fill_null(pc.utf8_trim_whitespace(pc.cast(column, pa.string())), ""),
            month_first,
            FROM_1904 if from_1904 else 0.0,
        )


def _moments_closer(text: pa.ChunkedArray, month_first: bool, behind_days: float) -> Moments:
    time_us, zoned = np.zeros(len(text), np.int64), np.zeros(len(text), bool)
    empty = np.asarray(pc.is_in(pc.utf8_lower(text), pa.array(NOTHING)).to_numpy(zero_copy_only=False), bool)
    open_ = ~empty
    for form in _ISO_FORMS:
        before = open_
        open_ = _take(text, form, open_, time_us)
        if form.parse is _iso_zoned:
            zoned |= before & ~open_
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
            for pattern, unit in _SINCE_1970:
                fits = _fits(text, pattern, open_)
                if fits.all() or (fits | ~open_).all():
                    time_us[fits] = (
                        np.asarray(pc.cast(pc.filter(text, pa.array(fits)), pa.int64()).to_numpy()) * unit
                    )
                    open_, zoned = open_ & ~fits, zoned | fits
        if open_.any() and (open_ == ~empty).all():
            open_ = _all_alike(text, open_, time_us, zoned)
        known: dict[str, tuple[int, bool] | None] = {}
        rows = np.flatnonzero(open_)
        for row, cell in zip(rows.tolist(), pc.take(text, pa.array(rows)).to_pylist(), strict=True):
            if cell not in known:
                known[cell] = _odd_moment(cell, mark if marks[mark] else "", month_first, behind_days)
            found = known[cell]
            if found is not None:
                (time_us[row], zoned[row]), open_[row] = found, False
    return _checked(time_us, open_, empty, zoned)


def _all_alike(
    text: pa.ChunkedArray, open_: np.ndarray, time_us: np.ndarray, zoned: np.ndarray
) -> np.ndarray:
    """`01.2025`, `2025-01`, `1790834400.5`, where all that is filled is so written."""
    if (_fits(text, _SECONDS, open_) == open_).all():
        parts = pc.extract_regex(pc.filter(text, pa.array(open_)), _SECONDS)
        part = pc.utf8_slice_codeunits(pc.utf8_rpad(pc.struct_field(parts, "f"), 6, "0"), 0, 6)
        seconds = np.asarray(pc.cast(pc.struct_field(parts, "s"), pa.int64()))
        time_us[open_] = seconds * 1_000_000 + np.asarray(pc.cast(part, pa.int64()))
        zoned |= open_
        return np.zeros(len(open_), bool)
    if (_fits(text, DAYS_OF_YEARS, open_) == open_).all():
        days = np.asarray(pc.cast(pc.filter(text, pa.array(open_)), pa.int64()))
        time_us[open_], fits = of_years(days)
        left = open_.copy()
        left[open_] = ~fits
        return left
    for pattern in _MONTHS:
        if (_fits(text, pattern, open_) == open_).all():
            parts = pc.extract_regex(pc.filter(text, pa.array(open_)), pattern)
            year, month = (np.asarray(pc.cast(pc.struct_field(parts, key), pa.int64())) for key in "ym")
            months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
            time_us[open_] = months.astype("datetime64[us]").astype(np.int64)
            return np.zeros(len(open_), bool)
    return open_


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


def _odd_moment(cell: str, mark: str, month_first: bool, behind_days: float) -> tuple[int, bool] | None:
    """(µs, whether the cell says its zone) of `1.3.26`, `12 марта 2026`, an Excel day written as text."""
    written = moment_in(cell, month_first=month_first, mark=mark)
    if written is not None:
        return written.utc_us, written.offset_us is not None
    if _LONG.match(cell):
        return _long_count(int(cell))
    if _PLAIN_DAYS.match(cell) is None:
        return None
    serial = float(cell.replace(",", ".")) + behind_days
    if not FIRST_SERIAL <= serial <= LAST_SERIAL:
        return None
    return round((serial - _EPOCH_SERIAL) * 86_400) * 1_000_000, False


def _long_count(count: int) -> tuple[int, bool]:
    """Nanoseconds since 1970; ticks since the year 1, of a clock of no zone; ticks since 1601, UTC."""
    if _TICKS[0] <= count < _TICKS[1]:
        return count // 10 - TICKS_US, False
    return (count // 10 - FILETIME_US if _FILETIME[0] <= count < _FILETIME[1] else count // 1000), True


def month_number(cell: str) -> int | None:
    """1–12 of a number or a month's name in either language."""
    text = cell.strip().lower().rstrip(".")
    number = int(float(text)) if re.match(r"^\d{1,2}(\.0)?$", text) else month_in(text)
    return number if number is not None and 1 <= number <= 12 else None


def _counted(value: np.ndarray, null: np.ndarray, behind_days: float) -> Moments:
    """Numbers in a column of times: Excel's days, seconds, milli- or microseconds since 1970, or
    `20261001`.
    """
    empty = null | ~np.isfinite(value)
    safe = np.where(empty, 0.0, value)
    told = safe[~empty]
    if are_of_years(told):
        time_us, fits = of_years(np.where(empty, 1_970_001, safe).astype(np.int64))
        return _checked(time_us, ~fits & ~empty, empty, np.zeros(len(value), bool))
    days = safe + behind_days
    serial = (days >= FIRST_SERIAL) & (days <= LAST_SERIAL)
    compact = _is_compact(safe)
    time_us = np.where(serial, np.round((days - _EPOCH_SERIAL) * 86_400) * 1e6, 0.0).astype(np.int64)
    since = np.zeros(len(value), bool)
    for low, unit in ((1e8, 1_000_000.0), (1e11, 1_000.0), (1e14, 1.0), (1e17, 1e-3)):
        mine = (safe >= low) & (safe < 100 * low) & ~compact
        time_us[mine] = np.round(safe[mine] * unit).astype(np.int64)
        since |= mine
    ticks = np.zeros(len(value), bool)
    for (low, high), before in ((_TICKS, TICKS_US), (_FILETIME, FILETIME_US)):
        mine = (safe >= low) & (safe < high)
        time_us[mine] = np.round(safe[mine] / 10).astype(np.int64) - before
        ticks |= mine & (low == _TICKS[0])
    for row in np.flatnonzero(compact).tolist():
        written = moment_in(str(int(safe[row])))
        compact[row] = written is not None
        time_us[row] = 0 if written is None else written.us
    return _checked(time_us, ~(serial | since | compact) & ~empty, empty, since & ~ticks)


def _checked(time_us: np.ndarray, bad: np.ndarray, empty: np.ndarray, zoned: np.ndarray) -> Moments:
    time_us = time_us.astype(np.int64)
    outside = ((time_us < EARLIEST_US) | (time_us >= LATEST_US)) & ~empty
    return Moments(np.where(bad | empty | outside, 0, time_us), bad | outside, empty, zoned)


def clocks_of(column: pa.ChunkedArray) -> Moments:
    """A column of times of day: µs since midnight; 24:00 is the day's end."""
    if pa.types.is_time(column.type):
        column = pc.cast(column, pa.string())
    no_zone = np.zeros(len(column), bool)
    if pa.types.is_floating(column.type):
        value = np.asarray(column.to_numpy(zero_copy_only=False), float)
        empty = ~np.isfinite(value)
        bad = ~empty & ((value < 0) | (value >= 1.0000001))
        time_us = np.where(bad | empty, 0, np.round(np.nan_to_num(value) * 86_400) * 1e6)
        return Moments(time_us.astype(np.int64), bad, empty, no_zone)
    text = texts_of(column).to_pylist()
    known = {cell: clock_in(cell) for cell in set(text)}
    empty = np.array([cell in ("", "-") for cell in text], bool)
    bad = np.array([known[cell] is None for cell in text], bool) & ~empty
    return Moments(np.array([known[cell] or 0 for cell in text], np.int64), bad, empty, no_zone)


def looks_like(column: pa.ChunkedArray) -> tuple[str, np.ndarray, int, int]:
    """(kind, numbers, texts, filled) of a column's first cells; kind is number, time, clock, serial, epoch,
    compact (20261001), year, text or empty.
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
        if len(value) and _is_compact(value).all():
            return "compact", value, bad, filled
        if len(value) and _since_1970(value):
            return "epoch", value, bad, filled
        if len(value) and _names_months(text):
            return "time", value, bad, filled
        if len(value) and np.all((value >= FIRST_SERIAL) & (value <= LAST_SERIAL)):
            return "serial", value, bad, filled
        if len(value) and np.all((value >= 1950) & (value <= 2100) & (value == np.floor(value))):
            return "year", value, bad, filled
        return "number", value, bad, filled
    numbered = int(pc.sum(pc.cast(pc.match_substring_regex(text, _DAY_OF_YEAR), pa.int64())).as_py() or 0)
    for month_first in (False, True) if numbered < 0.5 * filled else ():
        moments = moments_of(text, month_first=month_first)
        if int(moments.there.sum()) >= 0.5 * filled:
            return "time", value, bad, filled
    clocks = clocks_of(text)
    if int(clocks.there.sum()) >= 0.7 * filled:
        return "clock", value, bad, filled
    return "text", value, bad, filled


def _since_1970(value: np.ndarray) -> bool:
    """Seconds, milli-, micro- or nanoseconds of the years 1990 to 2040, or longer counts."""
    spans = [(6.3e8 * unit, 2.21e9 * unit) for unit in (1, 1e3, 1e6, 1e9)]
    return any(bool(np.all((value >= low) & (value < high))) for low, high in (*spans, _FILETIME))


def _names_months(text: pa.ChunkedArray) -> bool:
    """`01.2025`: no number has a zero there."""
    filled = text.filter(pc.not_equal(text, ""))
    return bool(
        pc.all(pc.match_substring_regex(filled, _MONTH_OF_YEAR)).as_py()
        and pc.any(pc.starts_with(filled, "0")).as_py()
    )


def _is_compact(value: np.ndarray) -> np.ndarray:
    """`20261001`, with a clock `202610010800` or `20261001080000`."""
    day = np.where(value < 1e9, value, np.floor(value / np.where(value < 1e12, 1e4, 1e6)))
    month = np.floor(day / 100) % 100
    inside = (day >= 19_500_101) & (day < 22_000_101) & (value == np.floor(value))
    return np.asarray(inside & (month >= 1) & (month <= 12) & (day % 100 >= 1) & (day % 100 <= 31))
