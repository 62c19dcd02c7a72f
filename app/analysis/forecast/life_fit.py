"""The Weibull line through runs that ended, still go on, or were under way when the records began: the
greatest likelihood by Newton's steps. lifelines gives the same and is the test of it; it brings pandas,
Matplotlib and autograd (150 MB, three seconds), which a forecast need not wait for.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.core.errors import KnownError

Floats = NDArray[np.float64]
LEAST_DAYS = 1e-3
MOST_STEPS = 200
STEEPEST = 200.0
"""A shape beyond it is no wear but one day on which all failed: no line goes through that."""


def weibull_line(days: Floats, failed: NDArray[np.bool_], entry_days: Floats) -> tuple[float, float, Floats]:
    """Weibull's η and β of runs by the greatest likelihood.

    ln L = Σ_failed (ln u + (u − 1)·ln t + v) − Σ e^(u·ln t + v) + Σ_late e^(u·ln t₀ + v); u = β, v = −β·ln η

    Args:
        days: [d] (n,) run
        failed: [-] (n,) or still running
        entry_days: [d] (n,) run already when the records begin, under `days`
    Returns:
        ([d] η, [-] β, covariance of (η, β) (2, 2))
    Raises:
        KnownError: survival_no_spread where it has no greatest value
    Valid: some failures at different ages.
    Source: Meeker, Escobar, Statistical Methods for Reliability Data, 1998, 8.2 and 11.6 (left truncation).

    >>> days = np.array([100.0, 200.0, 300.0])
    >>> eta, beta, _ = weibull_line(days, np.ones(3, bool), np.zeros(3))
    >>> round(eta, 2), round(beta, 3)
    (225.86, 2.739)
    """
    scale = float(np.mean(days))
    run = np.log(np.maximum(days, LEAST_DAYS) / scale)
    late = np.log(entry_days[entry_days > 0] / scale)
    ended = run[failed]

    def likelihood(at: Floats) -> float:
        u, v = at
        if u <= 0:
            return -np.inf
        with np.errstate(over="ignore"):
            lost = float(np.exp(u * run + v).sum() - np.exp(u * late + v).sum())
        return float(len(ended) * (np.log(u) + v) + (u - 1) * ended.sum()) - lost

    at = np.array([1.0, np.log(len(ended) / max(float((np.exp(run)).sum() - np.exp(late).sum()), 1e-12))])
    for _ in range(MOST_STEPS):
        slope, bend = _derivatives(at, ended, run, late)
        step = _uphill(slope, bend)
        if float(slope @ step) < 1e-14 * max(1.0, abs(likelihood(at))):
            break
        at = _no_farther_than_it_rises(likelihood, at, step)
        if at[0] > STEEPEST:
            raise KnownError("survival_no_spread", failures=len(ended))
    else:
        raise KnownError("survival_no_spread", failures=len(ended))
    return _in_days(at, _derivatives(at, ended, run, late)[1], scale)


def _derivatives(at: Floats, ended: Floats, run: Floats, late: Floats) -> tuple[Floats, Floats]:
    """Gradient (2,) and Hessian (2, 2) of the log-likelihood by (u, v)."""
    u, v = at
    times, weights = np.r_[run, late], np.r_[np.exp(u * run + v), -np.exp(u * late + v)]
    none, one, two = weights.sum(), (weights * times).sum(), (weights * times**2).sum()
    slope = np.array([len(ended) / u + ended.sum() - one, len(ended) - none])
    return slope, -np.array([[len(ended) / u**2 + two, one], [one, none]])


def _uphill(slope: Floats, bend: Floats) -> Floats:
    """Newton's step where the hill is round; with late entries it need not be, there a step that rises."""
    values, axes = np.linalg.eigh(-bend)
    return axes @ ((axes.T @ slope) / np.maximum(np.abs(values), 1e-9))


def _no_farther_than_it_rises(likelihood: Callable[[Floats], float], at: Floats, step: Floats) -> Floats:
    here, length = likelihood(at), 1.0
    while likelihood(at + length * step) < here and length > 1e-12:
        length /= 2
    return at + length * step


def _in_days(at: Floats, bend: Floats, scale: float) -> tuple[float, float, Floats]:
    u, v = at
    eta = scale * float(np.exp(-v / u))
    turned = np.array([[eta * v / u**2, -eta / u], [1.0, 0.0]])
    return eta, float(u), turned @ np.linalg.inv(-bend) @ turned.T
