"""A time axis over seconds from the chart's origin: round hours, days, months of the field's
clock, in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.core.units import DAY_S
from app.core.zones import FieldZone
from app.views.plots.look import MONTHS, Axis

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
)
STEPS_DAYS = (1, 2, 7, 14)
LABEL_PX = 95
DAY_LABEL_PX = 60


class TimeAxis(Axis):
    """`origin_us` is the moment of x = 0: small numbers keep their precision at every zoom."""

    def __init__(self, language: str, zone: FieldZone, **options: Any) -> None:
        super().__init__(orientation="bottom", **options)
        self.origin_us = 0
        self._language, self._zone = language, zone
        self.enableAutoSIPrefix(False)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        wanted = max(2, int(size / LABEL_PX))
        span = maxVal - minVal
        step = next((step for step in STEPS_S if span / step <= wanted), None)
        if step is not None:
            return [(float(step), self._hours(minVal, maxVal, step))]
        found = self._days(minVal, maxVal, wanted)
        if found is None:
            months = self._months(minVal, maxVal, wanted)
            # In a narrow chart of a few weeks one month says nothing: days, closer to each other.
            found = None if len(months) > 1 else self._days(minVal, maxVal, int(size / DAY_LABEL_PX))
        return [found or (30.0 * DAY_S, months)]

    def _days(self, low: float, high: float, most: int) -> tuple[float, list[float]] | None:
        for every in STEPS_DAYS:
            if (high - low) / (every * DAY_S) > most + 1:
                continue
            days = self._zone.days(self._moment(low), self._moment(high), every)
            if len(days) <= most:  # counted, for one of a fortnight's days may be all that falls within
                return float(every * DAY_S), [self._seconds(day) for day in days]
        return None

    def _moment(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(self.origin_us / 1e6 + seconds, UTC)

    def _seconds(self, moment: datetime) -> float:
        return moment.timestamp() - self.origin_us / 1e6

    def _hours(self, low: float, high: float, step: int) -> list[float]:
        ahead = self._zone.offset(self._moment(low)).total_seconds()
        first = low - (low + self.origin_us / 1e6 + ahead) % step
        return [
            first + i * step for i in range(int((high - low) / step) + 3) if low <= first + i * step <= high
        ]

    def _months(self, low: float, high: float, wanted: int) -> list[float]:
        start, end = self._moment(low), self._moment(high)
        every = next(
            (m for m in (1, 2, 3, 6, 12, 24, 60) if (high - low) / (m * 30.4 * DAY_S) <= wanted), 120
        )
        ticks = []
        year, month = start.year, 1
        while (moment := self._zone.utc(datetime(year, month, 1))) <= end:
            if moment >= start:
                ticks.append(self._seconds(moment))
            year, month = year + (month + every - 1) // 12, (month + every - 1) % 12 + 1
        return ticks

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self._label(self.origin_us / 1e6 + value, spacing) for value in values]

    def _label(self, moment_s: float, spacing: float) -> str:
        moment = self._zone.local(datetime.fromtimestamp(round(moment_s), UTC))
        month = MONTHS[self._language][moment.month - 1]
        if spacing >= 30 * DAY_S:
            alone = {"мая": "май"}.get(month, month)  # with a day it stands in another case
            return f"{alone} {moment.year}"
        if spacing >= DAY_S or (moment.hour == 0 and moment.minute == 0 and moment.second == 0):
            return f"{moment.day} {month}"
        return moment.strftime("%H:%M" if spacing >= 60 else "%H:%M:%S")
