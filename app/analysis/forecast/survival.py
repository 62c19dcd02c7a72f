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

import numpy as np
from numpy.typing import NDArray

from app.core.errors import KnownError

Floats = NDArray[np.float64]
LEAST_FAILURES = 10
"""Below it a Weibull line through them would be a guess: refused."""


@dataclass(frozen=True)
class Runs:
    """One row a pump, (n,) each: days run, whether it failed, days it had run when the records begin."""

    days: Floats
    failed: NDArray[np.bool_]
    entry_days: Floats

    def __len__(self) -> int:
        return len(self.days)


@dataclass(frozen=True)
class SurvivalCurve:
    """Kaplan–Meier, steps at `days` (n,), with a 95 % band (n,) each; median is None while more than half
    survive.
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
    """S(t) = exp(−(t/η)^β); covariance of (η, β). β over 1: wear; under 1: early failures."""

    scale_days: float
    shape: float
    covariance: Floats
    failures: int

    def survival(self, days: Floats) -> Floats:
        return np.exp(-((np.asarray(days, float) / self.scale_days) ** self.shape))

    def fails_within(self, age_days: float, horizon_days: float) -> float:
        """P(fails in the next `horizon_days` | has run `age_days`) = 1 − S(t + d)/S(t)."""
        now, then = (
            (age_days / self.scale_days) ** self.shape,
            ((age_days + horizon_days) / self.scale_days) ** self.shape,
        )
        return -math.expm1(now - then)

    def interval(self, age_days: float, horizon_days: float, level: float = 0.8) -> tuple[float, float]:
        """Of `fails_within`: by draws of (η, β) from their covariance."""
        rng = np.random.default_rng(1)
        drawn = rng.multivariate_normal([self.scale_days, self.shape], self.covariance, 400)
        drawn = drawn[(drawn > 1e-3).all(axis=1)]
        chances = [
            WeibullLife(s, b, self.covariance, 0).fails_within(age_days, horizon_days) for s, b in drawn
        ]
        low, high = np.quantile(chances, [0.5 - level / 2, 0.5 + level / 2])
        return float(low), float(high)


def kaplan_meier(runs: Runs) -> SurvivalCurve:
    from lifelines import KaplanMeierFitter

    _check(runs, 1)
    fitter = KaplanMeierFitter().fit(runs.days, runs.failed, entry=_entry(runs))
    band = fitter.confidence_interval_survival_function_
    median = float(fitter.median_survival_time_)
    return SurvivalCurve(
        fitter.survival_function_.index.to_numpy(float),
        fitter.survival_function_.iloc[:, 0].to_numpy(float),
        band.iloc[:, 0].to_numpy(float),
        band.iloc[:, 1].to_numpy(float),
        median if math.isfinite(median) else None,
        int(runs.failed.sum()),
        len(runs),
    )


def weibull(runs: Runs) -> WeibullLife:
    """Raises KnownError (survival_few_failures) with fewer than ten failures."""
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
    from lifelines import WeibullFitter

    runs = Runs(np.frombuffer(days), np.frombuffer(failed, bool), np.frombuffer(entry_days))
    fitter = WeibullFitter().fit(np.maximum(runs.days, 1e-3), runs.failed, entry=_entry(runs))
    return WeibullLife(
        float(fitter.lambda_),
        float(fitter.rho_),
        fitter.variance_matrix_.to_numpy(float),
        int(runs.failed.sum()),
    )


def days_per_failure(runs: Runs) -> float | None:
    """Σ days of work by number of failures (the sliding МРП when the runs are of 365 days); None without a
    failure.
    """
    failures = int(runs.failed.sum())
    return float((runs.days - runs.entry_days).sum() / failures) if failures else None


def _entry(runs: Runs) -> Floats | None:
    return runs.entry_days if bool((runs.entry_days > 0).any()) else None


def _check(runs: Runs, least: int) -> None:
    failures = int(runs.failed.sum())
    if len(runs) == 0 or failures < least:
        raise KnownError("survival_few_failures", failures=failures, least=least, count=len(runs))
    if (runs.days <= runs.entry_days).any() or (runs.days < 0).any():
        row = int(np.argmax((runs.days <= runs.entry_days) | (runs.days < 0)))
        raise KnownError("survival_days", row=row + 1, value=float(runs.days[row]))
