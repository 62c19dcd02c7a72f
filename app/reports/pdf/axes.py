"""From what is shown to points on the paper: straight and logarithmic axes, either way round, with their
ticks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from app.core.texts import number
from app.core.zones import FieldZone
from app.reports.ticks import calendar_ticks, digits_for, round_ticks

Floats = NDArray[np.float64]
FAR = 50.0


@dataclass(frozen=True)
class Axis:
    """`low`, `high` as shown; `start`, `length` on paper [pt]; `backwards` lets values grow towards
    `start`. With `clock` the values are seconds since 1970 UTC, told by it.
    """

    low: float
    high: float
    start: float
    length: float
    log: bool = False
    backwards: bool = False
    clock: FieldZone | None = None

    def at(self, values: Floats | float) -> Floats:
        """Places on paper [pt]; NaN where a logarithm has none."""
        shown = np.asarray(values, float)
        shown = np.where(np.isfinite(shown), shown, np.nan)
        low, high = self.low, self.high
        if self.log:
            with np.errstate(invalid="ignore", divide="ignore"):
                shown = np.where(shown > 0, np.log10(np.where(shown > 0, shown, 1.0)), np.nan)
            low, high = math.log10(low), math.log10(high)
        share = (shown - low) / (high - low)
        # What lies far outside is clipped anyway; a number of forty digits is no place in a file.
        return self.start + np.clip(1 - share if self.backwards else share, -FAR, FAR) * self.length

    def within(self, value: float) -> float:
        """The place of `value`, or of the end that it lies beyond [pt]."""
        return float(self.at(min(max(value, self.low), self.high)))

    def shows(self, value: float) -> bool:
        return self.low <= value <= self.high

    def ticks(self, wanted: int) -> list[float]:
        if self.clock is not None:
            return calendar_ticks(self.low, self.high, self.clock, wanted)
        if not self.log:
            return round_ticks(self.low, self.high, wanted)
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        parts = (1,) if last - first > 2 else (1, 2, 5)
        return [
            part * 10.0**power
            for power in range(first, last + 1)
            for part in parts
            if self.low <= part * 10.0**power <= self.high
        ]

    def label(self, tick: float, ticks: list[float], language: str) -> str:
        if self.clock is not None:
            return _moment(self.clock, tick, ticks, language)
        if self.log:
            if 1e-4 < tick < 1e5:
                return number(tick, max(0, -math.floor(math.log10(tick) + 1e-9)), language)
            return f"{tick:.0e}".replace(".", "," if language == "ru" else ".")
        return number(tick, digits_for(ticks), language)


def _moment(clock: FieldZone, tick: float, ticks: list[float], language: str) -> str:
    moment = clock.local(datetime.fromtimestamp(tick, UTC))
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 86_400
    if step < 86_400:
        return moment.strftime("%d.%m %H:%M" if language == "ru" else "%m-%d %H:%M")
    if ticks[-1] - ticks[0] > 300 * 86_400:
        return moment.strftime("%m.%Y" if language == "ru" else "%Y-%m")
    return moment.strftime("%d.%m" if language == "ru" else "%m-%d")


def limits(columns: list[Floats], margin: float, *, log: bool) -> tuple[float, float]:
    """(low, high) of everything that can be drawn, with a margin as a share of the span; never empty."""
    known = [column[np.isfinite(column) & ((column > 0) | (not log))] for column in columns]
    known = [column for column in known if len(column)]
    if not known:
        return (1.0, 10.0) if log else (0.0, 1.0)
    low, high = min(float(c.min()) for c in known), max(float(c.max()) for c in known)
    if log:
        return low / 1.3, high * 1.3
    if high - low <= 1e-9 * max(abs(high), 1.0):
        low, high = low - max(abs(low) * 0.05, 0.5), high + max(abs(high) * 0.05, 0.5)
    return low - margin * (high - low), high + margin * (high - low)
