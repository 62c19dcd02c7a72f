"""Round numbers and round moments for axes."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta


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


def day_ticks(low_s: float, high_s: float, wanted: int = 7) -> list[float]:
    """Midnights (UTC), or round hours in a short window, as seconds since 1970."""
    span = high_s - low_s
    steps = (
        3600,
        2 * 3600,
        6 * 3600,
        12 * 3600,
        86400,
        2 * 86400,
        7 * 86400,
        14 * 86400,
        30 * 86400,
        91 * 86400,
        365 * 86400,
        730 * 86400,
        1826 * 86400,
    )
    step = next((s for s in steps if span / s <= wanted), steps[-1])
    start = datetime.fromtimestamp(low_s, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    first = math.ceil((low_s - start.timestamp()) / step)
    return [
        (start + timedelta(seconds=i * step)).timestamp()
        for i in range(first, first + int(span / step) + 2)
        if low_s <= (start + timedelta(seconds=i * step)).timestamp() <= high_s
    ]
