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
END_LABEL_PX, MONTH_LABEL_PX = 46, 66
"""What one label at an end of an axis takes: a day or an hour, a month."""
A_YEAR_S = 330.0 * DAY_S
"""Over so much a day without its year says nothing."""
ENDS_S = ((30 * DAY_S, 6), (DAY_S, 2), (3600, 6), (60, 6), (1, 6))
"""What moments at the ends of an axis are round to, and how many of it must lie between the ends."""


class TimeAxis(Axis):
    """`origin_us` is the moment of x = 0: small numbers keep their precision at every zoom."""

    def __init__(self, language: str, zone: FieldZone, **options: Any) -> None:
        super().__init__(orientation="bottom", **options)
        self.origin_us = 0
        self._language, self._zone = language, zone
        self.enableAutoSIPrefix(False)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        spacing, ticks = self._round(minVal, maxVal, size)
        if size > 0 and self._told(ticks, spacing, minVal, maxVal, size) < 2:
            # A moment alone is no scale: how long it lasted could not be read.
            spacing, ticks = self._ends(minVal, maxVal, size) or (spacing, ticks)
        return [(spacing, ticks)]

    def _round(self, low: float, high: float, size: float) -> tuple[float, list[float]]:
        wanted = max(2, int(size / LABEL_PX))
        step = next((step for step in STEPS_S if (high - low) / step <= wanted), None)
        if step is not None:
            return float(step), self._hours(low, high, step)
        found = self._days(low, high, wanted)
        if found is None:
            months = self._months(low, high, wanted)
            # In a narrow chart of a few weeks one month says nothing: days, closer to each other.
            found = None if len(months) > 1 else self._days(low, high, int(size / DAY_LABEL_PX))
        return found or (30.0 * DAY_S, months)

    def _told(self, ticks: list[float], spacing: float, low: float, high: float, size: float) -> int:
        """How many have their label: what would stand out over an end of the axis is left away."""
        half = _label_px(spacing) / 2 * (high - low) / size
        return sum(low + half <= tick <= high - half for tick in ticks)

    def _ends(self, low: float, high: float, size: float) -> tuple[float, list[float]] | None:
        """The first and the last round moment that have room for their labels; none where two have none. Two
        hours bear no day: they are less than one from each other.
        """
        span = high - low
        for spacing, least in ENDS_S:
            half = _label_px(spacing) / 2 * span / size
            first, last = low + half, high - half
            if span < least * spacing or last - first < 2 * half:
                continue
            if spacing < DAY_S <= last - first or (spacing < 30 * DAY_S and span > A_YEAR_S):
                continue
            if spacing == 30 * DAY_S:
                found = self._months(first, last, 10_000)
            elif spacing == DAY_S:
                days = self._zone.days(self._moment(first), self._moment(last))
                found = [self._seconds(day) for day in days]
            else:
                found = self._hours(first, last, int(spacing))
            if found and found[-1] - found[0] >= 2 * half:
                return float(spacing), [found[0], found[-1]]
        return None

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


def _label_px(spacing: float) -> int:
    return MONTH_LABEL_PX if spacing >= 30 * DAY_S else END_LABEL_PX
