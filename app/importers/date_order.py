"""Whether a sheet's written dates have the day first or the month first: told by all of its date columns, or
left open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.importers.moments import DAY_US, Moments, moments_of
from app.importers.sheets import SAMPLE
from app.importers.written_moments import weekday_in

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day", "month", "year"
_WRITTEN = r"^(?:\d{1,2}:\d\d(?::\d\d)?\s+)?(?P<a>\d{1,2})(?P<mark>[./\-])(?P<b>\d{1,2})[./\-]\d{2,4}\b"
_FORMS = (
    (re.compile(r"(?<![^\W_])(?:d{1,2}|д{1,2})[./\-](?:m{1,3}|м{1,3})(?![^\W_])", re.IGNORECASE), DAY_FIRST),
    (
        re.compile(r"(?<![^\W_])(?:m{1,2}|м{1,2})[./\-](?:d{1,2}|д{1,2})[./\-](?:y|г)", re.IGNORECASE),
        MONTH_FIRST,
    ),
)
CONSECUTIVE_LEAST = 6
"""So many days in a row are no days of as many months."""


@dataclass(frozen=True)
class DateOrder:
    """`order` is empty where both readings stand; `proved`: a number over twelve, or nothing to decide.
    `row` is the first cell that the readings differ in; `year_us` what it is where its first number may be
    the year.
    """

    order: str = DAY_FIRST
    proved: bool = True
    row: int = 0
    cell: str = ""
    day_us: int = 0
    month_us: int = 0
    year_us: int | None = None


def order_of(column: pa.ChunkedArray, others: list[pa.ChunkedArray], wells: np.ndarray) -> DateOrder:
    """`column` is when the rows were; `others` all further columns of the sheet: one pen wrote them."""
    if not pa.types.is_string(column.type):
        return DateOrder()
    named = _by_weekdays(column)
    if named is not None:
        return named
    first, second, points = _numbers_in(column)
    if not len(first):
        return DateOrder()
    begun = _year_first(column, wells)
    if begun is not None:
        return begun
    firsts, seconds = [first], [second]
    for other in others:
        if pa.types.is_string(other.type):
            a, b, _ = _numbers_in(other)
            firsts.append(a)
            seconds.append(b)
    over_first, over_second = (bool((np.concatenate(part) > 12).any()) for part in (firsts, seconds))
    if over_first or over_second:
        return DateOrder(MONTH_FIRST if over_second and not over_first else DAY_FIRST)
    if points or (first == second).all():  # nobody parts a month that stands first by points
        return DateOrder()
    by_day, by_month = moments_of(column), moments_of(column, month_first=True)
    differing = np.flatnonzero(by_day.time_us != by_month.time_us)
    if not len(differing):  # what differs is written with another mark than the column's: no moment at all
        return DateOrder()
    row = int(differing[0])
    told = _by_the_rows(by_day, by_month, wells)
    cell = str(column[row].as_py()).strip()
    return DateOrder(told, False, row, cell, int(by_day.time_us[row]), int(by_month.time_us[row]))


def _by_weekdays(column: pa.ChunkedArray) -> DateOrder | None:
    """`Mon 03/02/2026`: the reading whose days are those that the dates are called; where both are, or
    neither, it is open. None for a column that calls none.
    """
    named = [weekday_in(str(cell)) if cell else None for cell in column.slice(0, SAMPLE).to_pylist()]
    rows = np.flatnonzero([day is not None for day in named])
    if not len(rows):
        return None
    called = np.array([named[row] for row in rows.tolist()])
    by_day, by_month = moments_of(column), moments_of(column, month_first=True)
    fits = {
        order: int((~found.bad[rows] & ((found.time_us[rows] // DAY_US + 3) % 7 == called)).sum())
        for order, found in ((DAY_FIRST, by_day), (MONTH_FIRST, by_month))
    }
    differing = np.flatnonzero((by_day.time_us != by_month.time_us) & ~by_day.bad & ~by_month.bad)
    if not len(differing) and not (by_day.bad ^ by_month.bad).any():
        return DateOrder()
    better = max(fits, key=lambda order: fits[order])
    if fits[DAY_FIRST] != fits[MONTH_FIRST] and fits[better] == len(rows):
        return DateOrder(better)
    if not len(differing):
        return DateOrder(MONTH_FIRST if by_day.bad.sum() > by_month.bad.sum() else DAY_FIRST)
    row = int(differing[0])
    cell = str(column[row].as_py()).strip()
    return DateOrder("", False, row, cell, int(by_day.time_us[row]), int(by_month.time_us[row]))


_SHORT = r"^(?P<a>\d\d)(?P<mark>[./\-])(?P<b>\d\d)[./\-](?P<c>\d\d)(?:\D|$)"


def with_centuries(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """`26-10-13 06:00` → `2026-10-13 06:00`, `26145` → `2026-145`."""
    text = pc.utf8_trim_whitespace(pc.cast(column, pa.string()))
    text = pc.replace_substring_regex(text, r"^(\d\d)(\d{3})$", r"20\1-\2")
    return pc.replace_substring_regex(text, r"^(\d\d)[./\-](\d\d)[./\-](\d\d)(\D|$)", r"20\1-\2-\3\4")


def _year_first(column: pa.ChunkedArray, wells: np.ndarray) -> DateOrder | None:
    """`26-10-13`: of two figures three times the first may be the year; None where it is not, or nothing
    speaks for it. The days of a file lie close together, the same day of many years does not.
    """
    text = pc.utf8_trim_whitespace(pc.drop_null(column))
    parts = pc.drop_null(pc.extract_regex(text, _SHORT))
    if not len(parts) or len(parts) < len(pc.drop_null(pc.extract_regex(text, _WRITTEN))):
        return None
    a, b, c = (np.asarray(pc.cast(pc.struct_field(parts, key), pa.int64())) for key in "abc")
    if (b > 12).any() or (b < 1).any() or (c < 1).any() or (c > 31).any():
        return None
    by_day, by_year = moments_of(column), moments_of(with_centuries(column))
    if by_year.bad.sum() > by_day.bad.sum() or 2 * by_year.bad.sum() > len(parts):
        return None
    row = int(np.argmax(by_day.time_us != by_year.time_us))
    cell = str(column[row].as_py()).strip()
    found = DateOrder(
        YEAR_FIRST, False, row, cell, int(by_day.time_us[row]), year_us=int(by_year.time_us[row])
    )
    # One 32.10.26 among days is a slip of the pen, and no year 2032.
    if by_year.bad.sum() < by_day.bad.sum() and 2 * by_day.bad.sum() > len(parts):
        return found
    day, year = _Rows(by_day, wells), _Rows(by_year, wells)
    if len(set(a.tolist())) < len(set(c.tolist())) and (day.span > year.span or day.falls_back):
        return found
    hyphens = pc.all(pc.equal(pc.struct_field(parts, "mark"), "-")).as_py()
    alone = len(set(a.tolist())) == len(set(c.tolist())) == 1 and (a != c).any()
    if not (hyphens and alone):
        return None
    by_month = moments_of(column, month_first=True)
    month_us = 0 if by_month.bad.sum() > by_day.bad.sum() else int(by_month.time_us[row])
    return replace(found, order="", month_us=month_us)


def order_said(header: str) -> str:
    """`Date (dd/mm/yyyy)`, `DATE.MM/DD/YYYY`: the form stands over the column; empty where none does."""
    said = {order for pattern, order in _FORMS if pattern.search(header)}
    return said.pop() if len(said) == 1 else ""


def _numbers_in(column: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray, bool]:
    """(first numbers, second numbers, whether points part them)."""
    text = pc.utf8_trim_whitespace(pc.drop_null(column))
    parts = pc.drop_null(pc.extract_regex(text, _WRITTEN))
    if not len(parts):
        return np.empty(0, np.int64), np.empty(0, np.int64), False
    a, b, marks = (pc.struct_field(parts, key) for key in ("a", "b", "mark"))
    points = int(pc.sum(pc.cast(pc.equal(marks, "."), pa.int64())).as_py())
    return (
        np.asarray(pc.cast(a, pa.int64()).to_numpy(), np.int64),
        np.asarray(pc.cast(b, pa.int64()).to_numpy(), np.int64),
        2 * points >= len(parts),
    )


def _by_the_rows(by_day: Moments, by_month: Moments, wells: np.ndarray) -> str:
    """What the order and the distance of the rows say; empty when they say nothing."""
    judged = [_Rows(found, wells) for found in (by_day, by_month)]
    for better in ("falls_back", "tears", "implausible"):
        day, month = (getattr(rows, better) for rows in judged)
        if day != month:
            return MONTH_FIRST if day else DAY_FIRST
    return ""


class _Rows:
    """One reading of the dates, row by row."""

    def __init__(self, found: Moments, wells: np.ndarray) -> None:
        there = found.there
        order = np.argsort(wells[there], kind="stable")
        self._at, of_well = found.time_us[there][order], wells[there][order]
        self._step = np.diff(self._at)[of_well[1:] == of_well[:-1]]
        self._days = np.unique(self._at // DAY_US)

    @property
    def span(self) -> int:
        """[days] from the first to the last."""
        return int(self._days[-1] - self._days[0]) if len(self._days) else 0

    @property
    def falls_back(self) -> bool:
        """In no order: neither from the oldest on nor from the newest."""
        return bool((self._step < 0).any() and (self._step > 0).any())

    @property
    def tears(self) -> bool:
        """Readings within days, and weeks of nothing between them."""
        moving = np.abs(self._step[self._step != 0])
        within = moving[moving < DAY_US]
        return bool(len(within) > len(moving) / 2 and moving.max() > 20 * DAY_US)

    @property
    def implausible(self) -> bool:
        """As many days of one month as the year has months, or one and the same day of many months that is
        not their first.
        """
        months = self._days.astype("datetime64[D]").astype("datetime64[M]")
        of_month = self._days - months.astype("datetime64[D]").astype(np.int64)
        if len(self._days) >= 12 and set(of_month.tolist()) == set(range(12)):
            return True
        distinct = len(np.unique(months))
        return distinct >= CONSECUTIVE_LEAST and len(set(of_month.tolist())) == 1 and bool(of_month[0] != 0)
