"""What is to come of one well: run life of its kind, chance to fail, slow drifts to a limit, decline of the
rate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.analysis.decline.arps import Decline
from app.analysis.decline.watering import oil_ahead, steady, watering
from app.analysis.forecast.failure import FailureForecast
from app.analysis.forecast.survival import Runs, SurvivalCurve, WeibullLife
from app.core.errors import KnownError
from app.core.units import DAY_S
from app.models.overview import MadeAtCentre
from app.models.wells import Installation

Floats = NDArray[np.float64]
HORIZONS = (7, 30, 90)
AHEAD_DAYS, LEAST_AHEAD_DAYS = 180, 30
"""How far a decline is drawn, and what of it is worth the name of a forecast: the next month."""

SAYS_NOTHING = 4.0
"""Upper over lower end of an 80 % interval that decides nothing: from half of the curve to twice it. Those
of 18 months and more have 1.3 … 1.6 a year ahead (docs/DECLINE.md).
"""

# sensor → the limit that a slow drift runs to [SI], and which way
LIMITS = {
    "insulation_resistance": (1e6, -1),
    "motor_temperature": (273.15 + 150, 1),
    "vibration_x": (49.0, 1),
}


@dataclass(frozen=True)
class RunLife:
    """Of pumps of the same type in the same field.

    Attributes:
        group: their name
        curve: Kaplan–Meier
        life: Weibull, None where `refused` tells why
        days_per_failure: [d]
        age_days: [d] of this well's pump
        by_age: [d] horizon → ([-] chance, [-] low, [-] high)
        refused: why there is no Weibull
    """

    group: str
    curve: SurvivalCurve | None
    life: WeibullLife | None
    days_per_failure: float | None
    age_days: float | None
    by_age: dict[int, tuple[float, float, float]]
    refused: KnownError | None


@dataclass(frozen=True)
class Drift:
    """Time until a sensor reaches its limit at its present pace; low and high hold four fifths.

    Attributes:
        sensor: its code
        now: [SI] last daily value
        limit: [SI]
        days: [d]
        low: [d]
        high: [d]
    """

    sensor: str
    now: float
    limit: float
    days: float
    low: float
    high: float


@dataclass(frozen=True)
class DeclineView:
    """Monthly rates of a well with the decline laid through them.

    Attributes:
        time_us: [µs] (n,)
        rate: [m³/s] (n,)
        decline: the best kind
        scores: [-] kind → AIC
        jumped: [-] times, where rates jumped just before the first of these; None where all are here
    """

    time_us: NDArray[np.int64]
    rate: Floats
    decline: Decline
    scores: dict[str, float]
    jumped: float | None = None

    @property
    def measured_s(self) -> float:
        """How long rates are known [s]."""
        return float(self.time_us[-1] - self.time_us[0]) / 1e6

    @cached_property
    def foretold_days(self) -> int:
        """How far beyond its last rate the decline says anything [d], AHEAD_DAYS at most."""
        days = np.arange(1.0, AHEAD_DAYS + 1)
        low, high = self.decline.interval(self.measured_s + days * DAY_S)
        says = high <= SAYS_NOTHING * low
        return int(AHEAD_DAYS if says.all() else np.argmin(says))

    @property
    def foretells(self) -> bool:
        """Whether that is worth the name of a forecast."""
        return self.foretold_days >= LEAST_AHEAD_DAYS

    def shown_s(self, points: int = 160) -> Floats:
        """Times of the curve to draw, from the first rate as far as it says something.

        Args:
            points: [-] how many
        Returns:
            [s] (points,) from the first rate
        Valid: any.
        Ours: beyond it a curve would be read as a forecast.

        >>> time_us = np.array([0, 10 * 86_400_000_000])
        >>> view = DeclineView(time_us, np.ones(2), Decline(1e-3, 1e-9, 0.0, None, 2.0), {})
        >>> float(view.shown_s()[-1]) == view.measured_s  # rough by a factor of seven: nothing is foretold
        True
        """
        ahead = self.foretold_days * DAY_S if self.foretells else 0.0
        return np.linspace(0.0, self.measured_s + ahead, points)


@dataclass(frozen=True)
class OilView:
    """What oil a well will give, by its liquid and the water cuts of its tests.

    Attributes:
        count: [-] water cuts
        days: [d] ahead
        cut: [-] water cut at the last test
        cut_then: [-] the likeliest in so many days
        low: [-] of the oil at the last test, lower end of 80 %
        high: [-] the upper end
    """

    count: int
    days: int
    cut: float
    cut_then: float
    low: float
    high: float

    @property
    def says(self) -> bool:
        """Whether the interval decides anything."""
        return self.high <= SAYS_NOTHING * self.low


@dataclass(frozen=True)
class Forecast:
    """What is to come of one well.

    Attributes:
        run_life: of its kind of pump
        failure: of this pump, None where `failure_refused` tells why
        failure_refused: why
        drifts: slow walks to a limit
        decline: of the rate, None where `decline_refused` tells why
        decline_refused: why
        at: the moment it was made for
        oil: of its liquid and water cuts, None where `oil_refused` tells why
        oil_refused: why
    """

    run_life: RunLife
    failure: FailureForecast | None
    failure_refused: KnownError | None
    drifts: tuple[Drift, ...]
    decline: DeclineView | None
    decline_refused: KnownError | None
    at: datetime
    oil: OilView | None = None
    oil_refused: KnownError | None = None


@dataclass(frozen=True)
class CentreForecast:
    """What the centre foretold of a well, beside what this program foretells.

    Attributes:
        made: when, by which model, of readings until when
        forecast: None where it could make none
        refused: why
    """

    made: MadeAtCentre
    forecast: Forecast | None
    refused: KnownError | None


def oil_of(weeks_s: Floats, rate: Floats, cut_s: Floats, cut: Floats, liquid: Decline | None) -> OilView:
    """Oil of the next half-year beside that of the last test.

    as `watering.oil_ahead`; liquid that does not fall is taken to stay

    Args:
        weeks_s: [s] (n,) rising
        rate: [m³/s] (n,) of liquid
        cut_s: [s] (m,) of the same clock, rising
        cut: [-] (m,) water cuts by volume
        liquid: its decline; None: it does not fall
    Returns:
        with the interval
    Raises:
        KnownError: water_cut_few
    Valid: six rates and six water cuts.
    Ours: a breakthrough of water shows in the cut months before the oil shows it.

    >>> month = np.arange(24.0) * 30.4 * DAY_S
    >>> cut = 1 / (1 + np.exp(-(month - month[20]) / (4 * 30.4 * DAY_S)))
    >>> told = oil_of(month, np.full(24, 1e-3), month, cut, None)
    >>> told.low < 0.5, told.high < 1, told.cut_then > told.cut + 0.15
    (True, True, True)
    """
    water = watering(cut_s, cut)
    decline = steady(weeks_s, rate) if liquid is None else liquid
    now, then = water.last_s, water.last_s + AHEAD_DAYS * DAY_S
    cut_now = water.cut(now)
    at_last = decline.rate(np.array([max(now - weeks_s[0], 0.0)]))[0] * (1 - cut_now)
    low, _, high = oil_ahead(decline, float(weeks_s[0]), water, np.array([then]))
    return OilView(
        len(cut),
        AHEAD_DAYS,
        cut_now,
        water.cut(then),
        float(low[0] / max(at_last, 1e-30)),
        float(high[0] / max(at_last, 1e-30)),
    )


def runs_of(installations: list[Installation], at: datetime) -> Runs:
    """Installations as rows of run life.

    Args:
        installations: of one kind of pump
        at: now: what runs still is censored then
    Returns:
        one row a pump; those that never ran are left out
    Valid: `equipment["failed"]` says whether a pulled pump had failed; not told: it had.
    Ours: censoring as `survival` has it.

    >>> len(runs_of([], datetime(2026, 1, 1)))
    0
    """
    days = np.array([((i.pulled_at or at) - i.run_at).total_seconds() / DAY_S for i in installations])
    failed = np.array(
        [i.pulled_at is not None and bool(i.equipment.get("failed", True)) for i in installations], bool
    )
    ran = days > 0
    return Runs(days[ran], failed[ran], np.zeros(int(ran.sum())))


def drift_of(code: str, days: Floats, daily: Floats) -> Drift | None:
    """When a slow drift will reach its limit.

    Theil–Sen slope of the last three weeks (of lg for insulation), its interval by 200 resamplings of the
    days

    Args:
        code: a sensor of LIMITS
        days: [d] (n,) rising
        daily: [SI] (n,)
    Returns:
        None when it does not move towards its limit, or would take over a year
    Valid: seven days in the last three weeks; the pace stays as it is.
    Source: esp.md: t_limit = (x_lim − x̂)/slope with bootstrap interval; Sen 1968.

    >>> day = np.arange(21.0)
    >>> walk = drift_of("insulation_resistance", day, 5e6 * 10 ** (-0.02 * day))
    >>> round(walk.days + 20, 1)  # to 1 MΩ: lg 5/0.02
    34.9
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
