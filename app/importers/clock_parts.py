"""Columns that make a clock finer: `Hour | Minute | Second`, `08:00 | PM`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.importers.moments import DAY_US, Moments
from app.importers.numbers import numbers_of
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import column_name
from app.importers.vocabulary import folded

MINUTE_US, SECOND_US = 60_000_000, 1_000_000
_MINUTES = "minute minutes min mins mi mm мин мин. минута минуты минут minuto minutos"
_SECONDS = "second seconds sec secs ss s сек сек. секунда секунды секунд segundo segundos"
_PARTS = {
    size: frozenset(map(folded, names.split()))
    for size, names in ((MINUTE_US, _MINUTES), (SECOND_US, _SECONDS))
}
_THOUSANDTHS = frozenset(
    map(folded, ("millitm", "millisecond", "milliseconds", "millisec", "msec", "миллисекунды"))
)
_HALVES = frozenset(map(folded, ("am/pm", "ampm", "am pm", "a/p", "meridiem")))
_LEAST = frozenset(map(folded, ("min", "мин")))
_BESIDE_LEAST = frozenset(
    map(folded, ("max", "maximum", "макс", "максимум", "máximo", "avg", "ср", "среднее"))
)
"""`Hour | Min | Max`: the least of an hour, no minutes of it."""


def part_called(name: str) -> str:
    """s or min of a column that is called by its unit; `Min` is the least as often."""
    called = folded(name)
    size = next((size for size, names in _PARTS.items() if called in names - _LEAST), 0)
    return {SECOND_US: "s", MINUTE_US: "min"}.get(size, "")


def with_finer(reading: SheetReading, clock: int, of_day: Moments, *, whole_hours: bool) -> Moments:
    """The clock with what stands beside it; `whole_hours`: it says no minutes itself."""
    if not reading.asks:
        return of_day
    mine = _of_clock(reading, clock)
    rows = reading.keep & of_day.there
    time_us = of_day.time_us
    headers = {folded(column.header) for column in reading.plan.columns}
    others = _LEAST if headers & _BESIDE_LEAST else frozenset()
    for size, names in _PARTS.items() if whole_hours else ():
        named = (index for index, name in mine.items() if name in names - others)
        found = next((part for index in named if (part := _part(reading, index, rows)) is not None), None)
        if found is None:
            break  # seconds say nothing without their minutes
        time_us = time_us + np.round(found * size).astype(np.int64)
    for index, name in mine.items():
        if name in _HALVES:
            time_us = _in_its_half(reading, index, rows, time_us)
        if name in _THOUSANDTHS and not (time_us[rows] % SECOND_US).any():
            found = _part(reading, index, rows, most=1000)
            time_us = time_us if found is None else time_us + np.round(found * 1000).astype(np.int64)
    return replace(of_day, time_us=time_us)


def _of_clock(reading: SheetReading, clock: int) -> dict[int, str]:
    """The columns of no field that belong to this clock, by their names: those behind it and before the next
    one; those before them all belong to the first.
    """
    columns = reading.plan.columns
    clocks = [i for i, column in enumerate(columns) if column.field in ("clock", "until_clock")]
    owners = {i: max((k for k in clocks if k < i), default=min(clocks)) for i in range(len(columns))}
    return {i: folded(c.header) for i, c in enumerate(columns) if not c.field and owners[i] == clock}


def _part(reading: SheetReading, index: int, rows: np.ndarray, most: int = 60) -> np.ndarray | None:
    """Minutes or seconds up to `most`, none where a row has none: of a row that counts that is told. None for
    a column of something else.
    """
    numbers = numbers_of(reading.table.column(column_name(index)))
    value, there = numbers.value, np.isfinite(numbers.value)
    if not (there & rows).any() or (rows & (numbers.bad | (there & ~((value >= 0) & (value < most))))).any():
        return None
    reading.mark(rows & ~there, index, reading.plan.columns[index].header, "value_missing")
    reading.beside.add(index)
    return np.where(there & rows, value, 0.0)


def _in_its_half(reading: SheetReading, index: int, rows: np.ndarray, time_us: np.ndarray) -> np.ndarray:
    halves = np.array([str(cell).strip().lower()[:1] for cell in reading.texts(index)], object)
    if not set(halves[rows].tolist()) <= {"a", "p"} or not (time_us[rows] < 13 * 60 * MINUTE_US).all():
        return time_us
    reading.beside.add(index)
    in_half = time_us % (DAY_US // 2) + np.where(halves == "p", DAY_US // 2, 0)
    return np.where(rows, in_half, time_us)
