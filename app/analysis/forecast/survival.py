"""Run life (наработка, МРП): Kaplan–Meier and Weibull by group, with pumps that still run and late entry
counted right.

A pump pulled for another reason, or still running, is censored, not failed. МРП is given in two honest ways:
the sliding days of work per failure, and the median of Kaplan–Meier; the mean of the failed alone is too low
and is not given.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from app.analysis.forecast.life_fit import weibull_line
from app.core.errors import KnownError

Floats = NDArray[np.float64]
LEAST_FAILURES = 10
"""Below it a Weibull line through them would be a guess: refused."""


@dataclass(frozen=True)
class Runs:
    """One row a pump.

    Attributes:
        days: [d] (n,) run
        failed: (n,) whether it failed; else it was pulled or runs still
        entry_days: [d] (n,) it had run when the records begin
    """

    days: Floats
    failed: NDArray[np.bool_]
    entry_days: Floats

    def __len__(self) -> int:
        return len(self.days)


@dataclass(frozen=True)
class SurvivalCurve:
    """Kaplan–Meier's steps with a 95 % band.

    Attributes:
        days: [d] (n,)
        survival: [-] (n,)
        low: [-] (n,)
        high: [-] (n,)
        median_days: [d] None while more than half survive
        failures: [-] how many
        count: [-] of how many pumps
    """

    days: Floats
    survival: Floats
    low: Floats
    high: Floats
    median_days: float | None
    failures: int
    count: int


@dataclass(frozen=True)
class WeibullLife:
    """S(t) = exp(−(t/η)^β); β over 1: wear, under 1: early failures.

    Attributes:
        scale_days: [d] η
        shape: [-] β
        covariance: [d², d, -] (2, 2) of (η, β)
        failures: [-] it was fitted on
    """

    scale_days: float
    shape: float
    covariance: Floats
    failures: int

    def survival(self, days: Floats) -> Floats:
        """Share of pumps that run so long.

        S(t) = exp(−(t/η)^β)

        Args:
            days: [d] (n,)
        Returns:
            [-] (n,)
        Valid: t ≥ 0.
        Source: Weibull's law, as in `lifelines.WeibullFitter`.

        >>> ball_bearings = WeibullLife(81.875, 2.1018, np.zeros((2, 2)), 23)
        >>> round(float(ball_bearings.survival(np.array(81.875))), 4)  # e^−1 at η
        0.3679
        """
        return np.exp(-((np.asarray(days, float) / self.scale_days) ** self.shape))

    def fails_within(self, age_days: float, horizon_days: float) -> float:
        """Chance that a pump of this age fails within the horizon.

        P = 1 − S(t + d)/S(t)

        Args:
            age_days: [d] t
            horizon_days: [d] d
        Returns:
            [-]
        Valid: t, d ≥ 0; nothing but the age is known.
        Source: conditional probability, as esp.md has it (remaining life).

        >>> life = WeibullLife(900.0, 1.0, np.zeros((2, 2)), 30)
        >>> round(life.fails_within(0.0, 90.0), 6), round(life.fails_within(700.0, 90.0), 6)  # β = 1: no age
        (0.095163, 0.095163)
        """
        now, then = (
            (age_days / self.scale_days) ** self.shape,
            ((age_days + horizon_days) / self.scale_days) ** self.shape,
        )
        return -math.expm1(now - then)

    def interval(self, age_days: float, horizon_days: float, level: float = 0.8) -> tuple[float, float]:
        """Interval of `fails_within`.

        quantiles over 400 draws of (η, β) from their covariance, always the same ones

        Args:
            age_days: [d]
            horizon_days: [d]
            level: [-] of the interval
        Returns:
            ([-] low, [-] high)
        Valid: a normal law of (η, β); draws that are no life are left out.
        Ours: draws, because the law of the chance is skew.

        >>> life = WeibullLife(900.0, 1.4, np.diag([60.0**2, 0.15**2]), 30)
        >>> low, high = life.interval(300.0, 90.0)
        >>> low < life.fails_within(300.0, 90.0) < high
        True
        """
        rng = np.random.default_rng(1)
        drawn = rng.multivariate_normal([self.scale_days, self.shape], self.covariance, 400)
        drawn = drawn[(drawn > 1e-3).all(axis=1)]
        chances = [
            WeibullLife(s, b, self.covariance, 0).fails_within(age_days, horizon_days) for s, b in drawn
        ]
        low, high = np.quantile(chances, [0.5 - level / 2, 0.5 + level / 2])
        return float(low), float(high)


def kaplan_meier(runs: Runs) -> SurvivalCurve:
    """Survival curve of pumps, those that still run counted as such.

    S(t) = Π (1 − d_i/n_i)

    Args:
        runs: one row a pump
    Returns:
        with a 95 % band
    Raises:
        KnownError: survival_few_failures without a failure, survival_days for a row that is no run,
            survival_thin where late entries leave one pump under watch and it fails: S would stay 0
    Valid: pulling for another reason says nothing of failing.
    Source: Kalbfleisch, Prentice, The Statistical Analysis of Failure Time Data, 2nd ed., 2002, 1.4, the band
        by Greenwood in the log-log; late entry included. The tests compare it with lifelines.

    >>> weeks = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35.0])
    >>> ended = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], bool)
    >>> curve = kaplan_meier(Runs(weeks, ended, np.zeros(21)))  # Freireich's remissions under 6-MP
    >>> [round(float(np.interp(t, curve.days, curve.survival)), 4) for t in (6, 7, 10, 13, 16, 22, 23)]
    [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    >>> curve.median_days
    23.0
    """
    _check(runs, 1)
    days: Floats = np.unique(np.r_[0.0, runs.days, runs.entry_days])
    begun = np.searchsorted(np.sort(runs.entry_days), days, side="right")
    over = np.searchsorted(np.sort(runs.days), days, side="left")
    at_risk = (begun - over).astype(float)
    fell = np.array([float((runs.days[runs.failed] == day).sum()) for day in days])
    alone = np.flatnonzero((fell > 0) & (fell == at_risk) & (days < runs.days.max()))
    if len(alone):
        raise KnownError("survival_thin", days=float(days[alone[0]]), count=len(runs))
    with np.errstate(divide="ignore", invalid="ignore"):
        stay: Floats = np.asarray(np.where(fell > 0, 1 - fell / at_risk, 1.0), np.float64)
        survival: Floats = stay.cumprod()
        spread = np.sqrt(np.cumsum(np.where(fell > 0, fell / (at_risk * (at_risk - fell)), 0.0)))
        wide = NormalDist().inv_cdf(0.975) * spread / np.log(survival)
        bounds = survival ** np.exp(-wide), survival ** np.exp(wide)
    low, high = (np.where(survival > 0, bound, 0.0) for bound in bounds)
    below = np.flatnonzero(survival <= 0.5 + 1e-9)  # a product that is a half comes out a hair beside it
    return SurvivalCurve(
        days,
        survival,
        low,
        high,
        float(days[below[0]]) if len(below) else None,
        int(runs.failed.sum()),
        len(runs),
    )


def weibull(runs: Runs) -> WeibullLife:
    """Weibull's law of pumps by maximum likelihood.

    Args:
        runs: one row a pump
    Returns:
        fitted once for all pumps of a kind
    Raises:
        KnownError: survival_few_failures under ten failures, survival_days for a row that is no run,
            survival_no_spread where all fail at one age
    Valid: one kind of pump in one field; ten failures at least.
    Source: `life_fit.weibull_line`; the ball bearings of Lieblein and Zelen, 1956.

    >>> early = [17.88, 28.92, 33, 41.52, 42.12, 45.6, 48.4, 51.84, 51.96, 54.12, 55.56, 67.8, 68.64, 68.64]
    >>> late = [68.88, 84.12, 93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.4]
    >>> life = weibull(Runs(np.array(early + late), np.ones(23, bool), np.zeros(23)))
    >>> round(life.shape, 2), round(life.scale_days, 1)
    (2.1, 81.9)
    """
    _check(runs, LEAST_FAILURES)
    columns = (
        np.asarray(runs.days, float),
        np.asarray(runs.failed, bool),
        np.asarray(runs.entry_days, float),
    )
    return _fitted(*(column.tobytes() for column in columns))


@lru_cache(maxsize=16)
def _fitted(days: bytes, failed: bytes, entry_days: bytes) -> WeibullLife:
    """All pumps of a kind share one life: a report of fifty wells does not fit it fifty times."""
    runs = Runs(np.frombuffer(days), np.frombuffer(failed, bool), np.frombuffer(entry_days))
    scale, shape, covariance = weibull_line(runs.days, runs.failed, runs.entry_days)
    return WeibullLife(scale, shape, covariance, int(runs.failed.sum()))


def days_per_failure(runs: Runs) -> float | None:
    """Days of work for one failure: the sliding МРП when the runs are of 365 days.

    Σ (days − entry)/failures

    Args:
        runs: one row a pump
    Returns:
        [d] None without a failure
    Valid: any; few failures make it jump.
    Source: esp.md, "МРП definitions differ", (b).

    >>> weeks = np.array([359.0])
    >>> round(days_per_failure(Runs(np.full(9, 359 / 9), np.ones(9, bool), np.zeros(9))), 2)  # 359/9
    39.89
    """
    failures = int(runs.failed.sum())
    return float((runs.days - runs.entry_days).sum() / failures) if failures else None


def _check(runs: Runs, least: int) -> None:
    failures = int(runs.failed.sum())
    if len(runs) == 0 or failures < least:
        raise KnownError("survival_few_failures", failures=failures, least=least, count=len(runs))
    if (runs.days <= runs.entry_days).any() or (runs.days < 0).any():
        row = int(np.argmax((runs.days <= runs.entry_days) | (runs.days < 0)))
        raise KnownError("survival_days", row=row + 1, value=float(runs.days[row]))
