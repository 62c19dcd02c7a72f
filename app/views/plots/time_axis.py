"""A time axis over seconds from the chart's origin: round hours, days, months in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyqtgraph as pg

from app.views.plots.look import MONTHS

STEPS_S = (
    1,
    2,
    5,
    10,
    30,
    60,
    120,
    300,
    600,
    1800,
    3600,
    2 * 3600,
    3 * 3600,
    6 * 3600,
    12 * 3600,
    86400,
    2 * 86400,
    7 * 86400,
    14 * 86400,
)
LABEL_PX = 95


class TimeAxis(pg.AxisItem):
    """`origin_us` is the moment of x = 0: small numbers keep their precision at every zoom."""

    def __init__(self, language: str, **options: Any) -> None:
        super().__init__(orientation="bottom", **options)
        self.origin_us = 0
        self._language = language
        self.enableAutoSIPrefix(False)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        wanted = max(2, int(size / LABEL_PX))
        span = maxVal - minVal
        step = next((step for step in STEPS_S if span / step <= wanted), None)
        origin_s = self.origin_us / 1e6
        if step is None:
            return [(30 * 86400.0, self._months(minVal, maxVal, wanted))]
        phase = origin_s % step if step < 7 * 86400 else (origin_s + 3 * 86400) % step
        first = minVal - (minVal + phase) % step
        count = int(span / step) + 3
        return [
            (float(step), [first + i * step for i in range(count) if minVal <= first + i * step <= maxVal])
        ]

    def _months(self, low: float, high: float, wanted: int) -> list[float]:
        origin = datetime.fromtimestamp(self.origin_us / 1e6, UTC)
        start, end = origin + timedelta(seconds=low), origin + timedelta(seconds=high)
        every = next(
            (m for m in (1, 2, 3, 6, 12, 24, 60) if (high - low) / (m * 30.4 * 86400) <= wanted), 120
        )
        ticks = []
        year, month = start.year, 1
        while (moment := datetime(year, month, 1, tzinfo=UTC)) <= end:
            if moment >= start:
                ticks.append((moment - origin).total_seconds())
            year, month = year + (month + every - 1) // 12, (month + every - 1) % 12 + 1
        return ticks

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self._label(self.origin_us / 1e6 + value, spacing) for value in values]

    def _label(self, moment_s: float, spacing: float) -> str:
        moment = datetime.fromtimestamp(round(moment_s), UTC)
        month = MONTHS[self._language][moment.month - 1]
        if spacing >= 30 * 86400:
            return f"{month} {moment.year}"
        if spacing >= 86400 or (moment.hour == 0 and moment.minute == 0 and moment.second == 0):
            return f"{moment.day} {month}"
        return moment.strftime("%H:%M" if spacing >= 60 else "%H:%M:%S")
