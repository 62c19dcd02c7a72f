"""What is to come of one well: run life of its kind, chance to fail, slow drifts to a limit, decline of the
rate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from app.analysis.decline.arps import Decline
from app.analysis.forecast.failure import FailureForecast
from app.analysis.forecast.survival import Runs, SurvivalCurve, WeibullLife
from app.core.errors import KnownError
from app.core.units import DAY_S
from app.models.wells import Installation

Floats = NDArray[np.float64]
HORIZONS = (7, 30, 90)
# sensor → the limit that a slow drift runs to [SI], and which way
LIMITS = {
    "insulation_resistance": (1e6, -1),
    "motor_temperature": (273.15 + 150, 1),
    "vibration_x": (49.0, 1),
}


@dataclass(frozen=True)
class RunLife:
    """Of pumps of the same type in the same field; `refused` tells why there is no Weibull."""

    group: str
    curve: SurvivalCurve | None
    life: WeibullLife | None
    days_per_failure: float | None
    age_days: float | None
    by_age: dict[int, tuple[float, float, float]]
    refused: KnownError | None


@dataclass(frozen=True)
class Drift:
    """Days until a sensor reaches its limit at its present pace: middle, low, high (80 %)."""

    sensor: str
    now: float
    limit: float
    days: float
    low: float
    high: float


@dataclass(frozen=True)
class DeclineView:
    time_us: NDArray[np.int64]
    rate: Floats
    decline: Decline
    scores: dict[str, float]


@dataclass(frozen=True)
class Forecast:
    run_life: RunLife
    failure: FailureForecast | None
    failure_refused: KnownError | None
    drifts: tuple[Drift, ...]
    decline: DeclineView | None
    decline_refused: KnownError | None
    at: datetime


def runs_of(installations: list[Installation], at: datetime) -> Runs:
    """Pulled pumps that failed are failures; pulled for another reason, or running still, are censored."""
    days = np.array([((i.pulled_at or at) - i.run_at).total_seconds() / DAY_S for i in installations])
    failed = np.array(
        [i.pulled_at is not None and bool(i.equipment.get("failed", True)) for i in installations], bool
    )
    ran = days > 0
    return Runs(days[ran], failed[ran], np.zeros(int(ran.sum())))


def drift_of(code: str, days: Floats, daily: Floats) -> Drift | None:
    """By the Theil–Sen slope of the last three weeks (logarithmic for insulation), its interval by resampling
    days.

    None when it does not move towards its limit, or would take over a year.
    """
    limit, way = LIMITS[code]
    recent = days >= days[-1] - 21
    x, y = days[recent], daily[recent]
    if code == "insulation_resistance":
        if (y <= 0).any():
            return None
        y, limit_y = np.log10(y), math.log10(limit)
    else:
        limit_y = limit
    if len(x) < 7 or way * (limit_y - y[-1]) <= 0:
        return None
    ahead = _days_ahead(x, y, limit_y)
    if len(ahead) == 0 or (ahead <= 0).mean() > 0.1 or float(np.median(ahead)) > 365:
        return None
    middle, low, high = (float(q) for q in np.quantile(ahead, [0.5, 0.1, 0.9]))
    return Drift(code, float(daily[-1]), limit, middle, low, high)


def _days_ahead(x: Floats, y: Floats, limit: float) -> Floats:
    """When the line reaches the limit, days after the last one, for 200 resamplings of the days; below 0: it
    goes away.
    """
    rng = np.random.default_rng(1)
    result = []
    for _ in range(200):
        chosen = np.unique(rng.integers(0, len(x), len(x)))
        if len(chosen) < 4:
            continue
        i, j = np.triu_indices(len(chosen), 1)
        a, b = x[chosen], y[chosen]
        slope = float(np.median((b[j] - b[i]) / (a[j] - a[i])))
        now = float(np.median(b - slope * (a - x[-1])))
        result.append((limit - now) / slope if slope != 0 else -1.0)
    return np.array(result)
