"""Decline of production by Arps (Trans. AIME 160, 1945): exponential, hyperbolic, harmonic, with intervals.

q(t) = q_i/(1 + b·D_i·t)^(1/b); b = 0 exponential, b = 1 harmonic. D_i is the nominal initial decline [1/s].
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.errors import KnownError

Floats = NDArray[np.float64]
LEAST_POINTS = 6


@dataclass(frozen=True)
class Decline:
    """initial_rate [m³/s], initial_decline [1/s], b; covariance of (ln q_i, ln D_i, b), spread of ln q."""

    initial_rate: float
    initial_decline: float
    b: float
    covariance: Floats | None = None
    spread: float = 0.0

    @property
    def kind(self) -> str:
        return "exponential" if self.b < 0.02 else "harmonic" if self.b > 0.98 else "hyperbolic"

    def rate(self, time_s: Floats) -> Floats:
        return _rate(
            np.asarray(time_s, float), math.log(self.initial_rate), math.log(self.initial_decline), self.b
        )

    def cumulative(self, time_s: float) -> float:
        """Produced from 0 to `time_s` [m³]."""
        q, d, b = self.initial_rate, self.initial_decline, self.b
        if b < 1e-9:
            return q / d * -math.expm1(-d * time_s)
        if abs(b - 1) < 1e-9:
            return q / d * math.log1p(d * time_s)
        return q / ((1 - b) * d) * (1 - (1 + b * d * time_s) ** ((b - 1) / b))

    def interval(self, time_s: Floats, level: float = 0.8) -> tuple[Floats, Floats]:
        """Low and high of the rate (n,), of the curve's own uncertainty and of single months around it."""
        from scipy.stats import norm

        time_s = np.asarray(time_s, float)
        middle = np.log(self.rate(time_s))
        variance = np.full(len(time_s), self.spread**2)
        if self.covariance is not None:
            jacobian = _jacobian(time_s, math.log(self.initial_rate), math.log(self.initial_decline), self.b)
            variance = variance + np.einsum("ni,ij,nj->n", jacobian, self.covariance, jacobian)
        wide = float(norm.ppf(0.5 + level / 2)) * np.sqrt(variance)
        return np.exp(middle - wide), np.exp(middle + wide)


def _rate(time_s: Floats, log_rate: float, log_decline: float, b: float) -> Floats:
    turned = math.exp(log_decline) * time_s
    if b < 1e-6:
        return np.exp(log_rate - turned)
    return np.exp(log_rate - np.log1p(b * turned) / b)


def _jacobian(time_s: Floats, log_rate: float, log_decline: float, b: float) -> Floats:
    steps = np.eye(3) * (1e-6, 1e-6, 1e-5)
    first = np.array([log_rate, log_decline, max(b, 1e-4)])
    columns = []
    for step in steps:
        up, down = _rate(time_s, *(first + step)), _rate(time_s, *(first - step))
        columns.append((np.log(up) - np.log(down)) / (2 * step.sum()))
    return np.stack(columns, axis=1)


def fit(time_s: Floats, rate: Floats, *, b: float | None = None) -> Decline:
    """Laid through rates (n,) in logarithms, bad months damped. `b` fixes the kind; free it lies in 0 … 1.

    Raises KnownError (decline_few_points, decline_not_falling) when there is no decline to speak of.
    """
    from scipy.optimize import least_squares

    good = np.isfinite(rate) & (rate > 0)
    if good.sum() < LEAST_POINTS:
        raise KnownError("decline_few_points", count=int(good.sum()), least=LEAST_POINTS)
    t, log_q = np.asarray(time_s, float)[good], np.log(np.asarray(rate, float)[good])
    t = t - t[0]
    steep = -float(np.polyfit(t, log_q, 1)[0])
    if steep <= 0:
        raise KnownError("decline_not_falling")
    first = [float(log_q[:3].max()), math.log(steep), 0.5 if b is None else b]
    free = 3 if b is None else 2

    def off(vector: Floats) -> Floats:
        curve = _rate(t, vector[0], vector[1], float(vector[2]) if free == 3 else float(first[2]))
        return np.log(np.maximum(curve, 1e-300)) - log_q

    low, high = [-80.0, -60.0, 0.0][:free], [80.0, 0.0, 1.0][:free]
    start = np.clip(first[:free], np.array(low) + 1e-9, np.array(high) - 1e-9)
    found = least_squares(off, start, bounds=(low, high), loss="soft_l1", f_scale=0.1, x_scale="jac")
    shape = float(found.x[2]) if free == 3 else float(first[2])
    residual = off(found.x)
    spread = max(1.4826 * float(np.median(np.abs(residual))), 1e-6)
    covariance = np.zeros((3, 3))
    covariance[:free, :free] = np.linalg.pinv(found.jac.T @ found.jac) * spread**2
    return Decline(math.exp(found.x[0]), math.exp(found.x[1]), shape, covariance, spread)


def best_fit(time_s: Floats, rate: Floats) -> tuple[Decline, dict[str, float]]:
    """The kind with the least AIC among exponential, hyperbolic, harmonic; and the AIC of each."""
    known = {
        "exponential": fit(time_s, rate, b=0.0),
        "hyperbolic": fit(time_s, rate),
        "harmonic": fit(time_s, rate, b=1.0),
    }
    good = np.isfinite(rate) & (rate > 0)
    t, log_q = (
        np.asarray(time_s, float)[good] - np.asarray(time_s, float)[good][0],
        np.log(np.asarray(rate, float)[good]),
    )
    scores = {}
    for name, decline in known.items():
        off = np.log(decline.rate(t)) - log_q
        scores[name] = float(
            len(t) * math.log(max(float(np.mean(off**2)), 1e-300)) + 2 * (3 if name == "hyperbolic" else 2)
        )
    return known[min(scores, key=lambda name: scores[name])], scores
