"""Oil of a well whose water cut rises: what the rates alone show too late.

Water takes a quarter of the oil before the bend of ln q stands out of months that are rough by a tenth; in
the water cut the same quarter is seen at once. Liquid is foretold by its decline, the cut by ln(water/oil).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from app.analysis.decline.arps import LEAST_POINTS, Decline, honest
from app.analysis.decline.months import quantile, rough
from app.analysis.special import below_normal
from app.core.errors import KnownError
from app.core.units import DAY_S

Floats = NDArray[np.float64]
LEAST_ERROR = 0.01
"""Of a water cut: what a sample of a stream that slugs is off by at the least."""
FLAT = 0.3
"""Chance, before anything is seen, that a water cut stays."""
QUICK_S, SLOW_S = 60 * DAY_S, 10 * 365.25 * DAY_S
"""In which water over oil grows e times: a fracture that leads water, an even flood. Ours."""
LEVELS, PACES = np.linspace(-7.0, 5.0, 121), np.geomspace(QUICK_S, SLOW_S, 24)
"""ln(water/oil) at the last test and its pace: a water cut of 0.1 … 99.3 %."""
SEEN_S = 366 * DAY_S
"""How far back a water cut tells its pace: before a front nothing tells of what comes after it. Ours."""
NEGLIGIBLE, NEWTON = 1e-4, 6


@dataclass(frozen=True)
class Watering:
    """What a well's water cuts say of y = ln(water/oil).

    Attributes:
        level: [-] (n,) of y at the last test
        pace: [1/s] (n,) of it then
        slows: (n,) whether the pace goes with the oil that is left, or stays
        chance: [-] (n,) of each of them, together 1
        last_s: [s]
        error: [-] of single water cuts
    """

    level: Floats
    pace: Floats
    slows: NDArray[np.bool_]
    chance: Floats
    last_s: float
    error: float

    @property
    def rises(self) -> float:
        """Chance that it rises at all [-]."""
        return float(self.chance[self.pace > 0].sum())

    def log_share(self, time_s: Floats) -> Floats:
        """ln of what of the liquid is oil, by each of them.

        ln(1 − f) = −ln(1 + e^y); y = level + pace·τ, or y + e^y = level + e^level + pace·(1 + e^level)·τ
        where the pace goes with the oil

        Args:
            time_s: [s] (m,) of the clock of the tests
        Returns:
            [-] (m, n)
        Valid: any time; far ahead they part.
        Source: definition of the water cut.

        >>> told = Watering(np.zeros(1), np.zeros(1), np.zeros(1, bool), np.ones(1), 0.0, 0.01)
        >>> round(float(np.exp(told.log_share(np.array([5.0])))[0, 0]), 3)
        0.5
        """
        return -np.logaddexp(0.0, _ahead(self.level, self.pace, self.slows, time_s[:, None] - self.last_s))

    def cut(self, time_s: float) -> float:
        """The likeliest water cut at a time.

        1 − Σ chance·(1 − f)

        Args:
            time_s: [s] of the clock of the tests
        Returns:
            [-]
        Valid: as `log_share`.
        Ours: mean of all.

        >>> told = Watering(np.zeros(1), np.zeros(1), np.zeros(1, bool), np.ones(1), 0.0, 0.01)
        >>> round(told.cut(5.0), 3)
        0.5
        """
        return 1 - float(np.exp(self.log_share(np.array([time_s])))[0] @ self.chance)


def watering(time_s: Floats, cut: Floats) -> Watering:
    """How a water cut goes on, of the last third of its tests, of the last year at most.

    p(level, pace) ∝ prior·exp(−½·(1 − ρ)/(1 + ρ)·Σ(f − f̂)²/σ²); pace 0 with 0.3, else even in ln of 60 days
    … 10 years, half of it slowing with the oil; σ and ρ of the residuals of the likeliest one

    Args:
        time_s: [s] (n,) rising
        cut: [-] (n,) water cuts by volume, 0 … 1
    Returns:
        all that may be
    Raises:
        KnownError: water_cut_few, under six
    Valid: one way of working the well; a water cut that falls is taken as one that stays.
    Source: ln(water/oil) along with the oil produced (Ershaghi and Omoregie, JPT, Feb. 1978), or with time;
        the search is ours.

    >>> month = np.arange(24.0) * 30.4 * DAY_S
    >>> rising = 1 / (1 + np.exp(-(month - month[16]) / (4 * 30.4 * DAY_S)))
    >>> told = watering(month, rising)
    >>> told.rises > 0.99, round(told.cut(month[-1]), 1)  # 0.85
    (True, 0.8)
    """
    good = np.isfinite(cut) & (cut >= 0) & (cut <= 1)
    if int(good.sum()) < LEAST_POINTS:
        raise KnownError("water_cut_few", count=int(good.sum()), least=LEAST_POINTS)
    t, f = np.asarray(time_s, float)[good], np.asarray(cut, float)[good]
    last = min(math.ceil(len(t) / 3), int((t >= t[-1] - SEEN_S).sum()))
    t, f = t[-max(LEAST_POINTS, last) :], f[-max(LEAST_POINTS, last) :]
    paces = np.r_[0.0, 1 / PACES]
    level, pace, slowing = (
        one.ravel() for one in np.meshgrid(LEVELS, paces, np.array([0.0, 1.0]), indexing="ij")
    )
    slows = slowing > 0
    before = np.where(pace > 0, (1 - FLAT) / len(PACES), FLAT)
    off = f - (1 + np.tanh(_ahead(level[:, None], pace[:, None], slows[:, None], t - t[-1]) / 2)) / 2
    squares = np.sum(off**2, axis=1)
    seen = rough(off[int(np.argmin(squares))])
    error = max(math.sqrt(seen.variance), LEAST_ERROR)
    told = np.log(before) - 0.5 * seen.share * (squares - squares.min()) / error**2
    chance = np.exp(told - told.max())
    chance /= chance.sum()
    kept = chance > NEGLIGIBLE * chance.max()
    return Watering(
        level[kept], pace[kept], slows[kept], chance[kept] / chance[kept].sum(), float(t[-1]), error
    )


def _ahead(level: Floats, pace: Floats, slows: NDArray[np.bool_], since_s: Floats) -> Floats:
    """y so long after the last test (before it: under zero)."""
    straight = level + pace * since_s
    produced = level + np.exp(level) + pace * (1 + np.exp(level)) * since_s
    y = np.where(produced > 1, np.log(np.maximum(produced, 1.0)), produced)
    for _ in range(NEWTON):
        y = y - (y + np.exp(y) - produced) / (1 + np.exp(y))
    return np.where(slows, y, straight)


def steady(time_s: Floats, rate: Floats) -> Decline:
    """Liquid that does not fall, as a decline of nothing, with how rough its months are.

    ln q_i = median of ln q

    Args:
        time_s: [s] (n,) rising
        rate: [m³/s] (n,) over zero
    Returns:
        as sure as its months
    Valid: six months that do not fall.
    Ours: what does not fall is taken to stay.

    >>> round(steady(np.arange(8.0), np.full(8, 3.0)).initial_rate, 6)
    3.0
    """
    level = Decline(
        float(np.exp(np.median(np.log(rate)))), 1e-6 / max(float(time_s[-1] - time_s[0]), 1e-9), 0.0
    )
    return honest(level, time_s - time_s[0], np.log(rate))


def oil_ahead(
    liquid: Decline, begun_s: float, water: Watering, time_s: Floats, level: float = 0.8
) -> tuple[Floats, Floats, Floats]:
    """Oil that a well will give: its liquid less its water.

    ln q_o = ln q_l + ln(1 − f): the quantiles of Σ chance·N(ln q_l + ln(1 − f), σ_l²)

    Args:
        liquid: its decline
        begun_s: [s] of the clock of the tests, at the decline's beginning
        water: of its water cut
        time_s: [s] (n,) of the clock of the tests
        level: [-] chance to lie within, 0 … 1
    Returns:
        ([m³/s] (n,) low, middle, high)
    Valid: a year or so; one way of working the well.
    Ours: coverage is in docs/DECLINE.md.

    >>> water = Watering(np.zeros(1), np.zeros(1), np.zeros(1, bool), np.ones(1), 0.0, 0.01)
    >>> low, middle, high = oil_ahead(Decline(10.0, 1e-9, 0.0, None, 0.1), 0.0, water, np.array([5.0]))
    >>> round(float(middle[0]), 3), round(float(np.log(high / low)[0]), 3)  # half of it; 2·1.28155·0.1
    (5.0, 0.256)
    """
    low, high = liquid.interval(time_s - begun_s, level)
    wide = NormalDist().inv_cdf(0.5 + level / 2)
    middle = np.log(liquid.rate(time_s - begun_s))
    above, below = (np.log(high) - middle) / wide, (middle - np.log(low)) / wide
    of_each = middle[:, None] + water.log_share(time_s)

    def told(share: float, error: Floats) -> Floats:
        def under(log_oil: Floats) -> Floats:
            return below_normal((log_oil[:, None] - of_each) / error[:, None]) @ water.chance

        least, most = of_each.min(axis=1) - 5 * error, of_each.max(axis=1) + 5 * error
        return np.exp(quantile(under, share, least, most))

    return told(0.5 - level / 2, below), told(0.5, below), told(0.5 + level / 2, above)
