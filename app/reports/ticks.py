"""Round numbers and round moments for axes."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from app.core.units import DAY_S
from app.core.zones import FieldZone

HOUR_S = 3600
HOURS = (1, 2, 6, 12)
DAYS = (1, 2, 7, 14, 30, 91, 365, 730, 1826)


def round_ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten within [low, high]."""
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return [low]
    raw = (high - low) / max(wanted, 1)
    power = 10 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [i * step for i in range(first, math.floor(high / step + 1e-9) + 1)]


def digits_for(ticks: list[float]) -> int:
    """Decimals that tell neighbouring ticks apart."""
    if len(ticks) < 2:
        return 1
    step = abs(ticks[1] - ticks[0])
    return max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 1


def calendar_ticks(low_s: float, high_s: float, zone: FieldZone, wanted: int = 7) -> list[float]:
    """Midnights of the field, or round hours in a short window, as seconds since 1970."""
    span, low, high = high_s - low_s, datetime.fromtimestamp(low_s, UTC), datetime.fromtimestamp(high_s, UTC)
    hours = next((step for step in HOURS if span / (step * HOUR_S) <= wanted), None)
    if hours is not None:
        step = hours * HOUR_S
        first = zone.midnight(low).timestamp()
        first += math.ceil((low_s - first) / step) * step
        return [first + i * step for i in range(int(span / step) + 2) if first + i * step <= high_s]
    days = next((step for step in DAYS if span / (step * DAY_S) <= wanted), DAYS[-1])
    return [day.timestamp() for day in zone.days(low, high, days)]
