"""Columns that make a clock finer: `Hour | Minute | Second`, `08:00 | PM`."""

from __future__ import annotations

import numpy as np

from app.importers.moments import DAY_US
from app.importers.numbers import numbers_of
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import column_name
from app.importers.vocabulary import folded

MINUTE_US = 60_000_000
_PARTS = {
    MINUTE_US: "minute minutes min mins mi mm мин мин. минута минуты минут minuto minutos",
    1_000_000: "second seconds sec secs ss s сек сек. секунда секунды секунд segundo segundos",
}
_NAMED = {folded(name): size for size, names in _PARTS.items() for name in names.split()}
_HALVES = frozenset(map(folded, ("am/pm", "ampm", "am pm", "a/p", "meridiem")))


def with_finer(reading: SheetReading, of_day: np.ndarray, *, whole_hours: bool) -> np.ndarray:
    """[µs] since midnight with what stands beside; `whole_hours`: the clock says no minutes itself."""
    for index, column in enumerate(reading.plan.columns):
        if column.field or not reading.asks:
            continue
        name, there = folded(column.header), np.zeros(len(of_day), np.int64)
        if name in _HALVES:
            halves = np.array([str(cell).strip().lower()[:1] for cell in reading.texts(index)], object)
            if not set(halves.tolist()) <= {"a", "p"} or not (of_day < 13 * 60 * MINUTE_US).all():
                continue
            there = of_day % (DAY_US // 2) - of_day + np.where(halves == "p", DAY_US // 2, 0)
        elif whole_hours and name in _NAMED:
            value = numbers_of(reading.table.column(column_name(index))).value
            if not (np.isfinite(value) & (value >= 0) & (value < 60)).all():
                continue
            there = np.round(value * _NAMED[name]).astype(np.int64)
        else:
            continue
        of_day = of_day + there
        reading.beside.add(index)
    return of_day
