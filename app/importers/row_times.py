"""When each row was: from a column, a date and a clock, a year and a month, or what the person said."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from app.importers.moments import clocks_of, moments_of, month_number
from app.importers.numbers import numbers_of
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import column_name
from app.models.limits import EARLIEST, LATEST


def times_of(reading: SheetReading, wells: np.ndarray) -> np.ndarray:
    """When each row was [µs]; what cannot be read is marked."""
    if (
        reading.kind.timeless
        and reading.plan.column_of("time") is None
        and reading.plan.column_of("year") is None
    ):
        return _said_time(
            reading, np.zeros(len(reading.line), np.int64), np.ones(len(reading.line), bool), needed=False
        )
    index, found = reading.plan.column_of("time"), reading.moments
    if index is None or found is None:
        return _from_year_and_month(reading)
    column = reading.plan.columns[index]
    time_us = found.time_us.copy()
    reading.mark(found.bad, index, column.header, "value_not_time")
    blank = found.empty & reading.keep
    if blank.any() and not reading.plan.time:
        place = np.maximum.accumulate(np.where(~found.empty & ~found.bad, np.arange(len(blank)), -1))
        # A date merged over several rows of one sample; never across wells.
        fill = blank & (place >= 0) & (wells == wells[np.maximum(place, 0)])
        time_us = np.where(fill, time_us[np.maximum(place, 0)], time_us)
        reading.mark(blank & ~fill, index, column.header, "value_missing")
    elif blank.any():
        time_us = _said_time(reading, time_us, blank, needed=True)
    clock = reading.plan.column_of("clock")
    if clock is not None:
        of_day = clocks_of(reading.table.column(column_name(clock)))
        reading.mark(of_day.bad, clock, reading.plan.columns[clock].header, "value_not_time")
        time_us = time_us + of_day.time_us
    return time_us


def _said_time(reading: SheetReading, time_us: np.ndarray, blank: np.ndarray, *, needed: bool) -> np.ndarray:
    if not reading.plan.time:
        if needed:
            reading.mark(blank, -1, "", "value_missing")
        return time_us
    found = moments_of(
        pa.chunked_array([pa.array([reading.plan.time])]), month_first=reading.plan.month_first
    )
    if found.bad[0]:
        reading.mark(blank, -1, reading.plan.time, "value_not_time")
        return time_us
    return np.where(blank, found.time_us[0], time_us)


def _from_year_and_month(reading: SheetReading) -> np.ndarray:
    year, month = reading.plan.column_of("year"), reading.plan.column_of("month")
    n = len(reading.line)
    if year is None or month is None:
        return _said_time(reading, np.zeros(n, np.int64), np.ones(n, bool), needed=True)
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
    return count.astype("datetime64[M]").astype("datetime64[us]").astype(np.int64)


def until_of(reading: SheetReading) -> np.ndarray | None:
    """When each row ended; the least number where nothing says so; None without such a column."""
    index = reading.plan.column_of("until")
    if index is None:
        return None
    found = moments_of(reading.table.column(column_name(index)), month_first=reading.plan.month_first)
    reading.mark(found.bad, index, reading.plan.columns[index].header, "value_not_time")
    return np.where(found.bad | found.empty, np.iinfo(np.int64).min, found.time_us)
