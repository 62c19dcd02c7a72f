"""Whether rates fall faster and faster, which no decline of Arps does: water that breaks through, a pump or a
well that gives out. Where it is sure no decline is told; where it may be so, an interval reaches down to it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.decline.months import rough, scale_of

Floats = NDArray[np.float64]
CERTAIN = 2.7
"""Standard errors under zero from which the bend is one: of three years that decline by Arps at most one in
two hundred is called so (docs/DECLINE.md).
"""
ODDS = 0.4
"""That a well's fall quickens, before its months are seen: ours; 0.1 … 0.4 widen what declines by Arps by
1 … 5 % at most, and 0.4 holds most of what quickens (docs/DECLINE.md).
"""
PASSES, FAR = 3, 2.0


@dataclass(frozen=True)
class Bent:
    """A parabola through ln q: a + b·x + c·x², x = (t − middle)/length.

    Attributes:
        slopes: [-] (3,) a, b, c
        covariance: [-] (3, 3)
        variance: [-] of single months
        middle_s: [s]
        length_s: [s]
    """

    slopes: Floats
    covariance: Floats
    variance: float
    middle_s: float
    length_s: float

    @property
    def sigmas(self) -> float:
        """c in standard errors of itself [-]: under zero the fall quickens."""
        return float(self.slopes[2]) / max(math.sqrt(float(self.covariance[2, 2])), 1e-12)

    @property
    def chance(self) -> float:
        """That the fall quickens [-]: odds·e^(σ²/2), 0 where the months bend the other way."""
        if self.sigmas >= 0:
            return 0.0
        odds = ODDS * math.exp(min(self.sigmas**2 / 2, 50.0))
        return odds / (1 + odds)

    def ahead(self, time_s: Floats) -> tuple[Floats, Floats]:
        """Where months will lie, if the bend goes on.

        jᵀ·(a, b, c) and √(jᵀ·C·j + σ²), j = (1, x, x²)

        Args:
            time_s: [s] (n,) of the clock that the parabola was laid with
        Returns:
            ([-] (n,) ln q, [-] (n,) standard error)
        Valid: as far as the bend holds: by then the interval is wide.
        Ours: propagation of a straight fit.

        >>> month = np.arange(30.0)
        >>> level, error = bent(month, 4 - 0.001 * month**2).ahead(np.array([40.0]))
        >>> round(float(level[0]), 3), bool(error[0] < 1e-3)
        (2.4, True)
        """
        x = (time_s - self.middle_s) / self.length_s
        j = np.stack([np.ones(len(x)), x, x * x], axis=1)
        return j @ self.slopes, np.sqrt(np.einsum("ni,ij,nj->n", j, self.covariance, j) + self.variance)


def bent(time_s: Floats, log_rate: Floats) -> Bent:
    """A parabola through months, bad ones damped.

    least squares of ln q = a + b·x + c·x², weights 1/max(1, |r|/(2·s)); its errors wider by √((1 + ρ)/(1 −
    ρ)), ρ the correlation of neighbouring months

    Args:
        time_s: [s] (n,) rising
        log_rate: [-] (n,) ln of rates [m³/s]
    Returns:
        with its errors
    Valid: six months; one way of working the well.
    Ours: Arps has b ≥ 0, so ln q never bends down.

    >>> month = np.arange(30.0)
    >>> uneven = 0.02 * np.sin(month * 1.3)
    >>> steady, late = 4 - 0.03 * month + uneven, 4 - np.log1p(np.exp((month - 20) / 4)) + uneven
    >>> bool(bent(month, steady).chance < 0.4), abs(bent(month, steady).sigmas) < 1
    (True, True)
    >>> bent(month, late).sigmas < -4
    True
    """
    n = len(time_s)
    middle, length = float(np.mean(time_s)), max(float(time_s[-1] - time_s[0]), 1e-300)
    x = (time_s - middle) / length
    columns = np.stack([np.ones(n), x, x * x], axis=1)
    weight: Floats = np.ones(n)
    slopes: Floats = np.zeros(3)
    off = log_rate
    for _ in range(PASSES):
        told = np.linalg.lstsq(columns * weight[:, None], log_rate * weight, rcond=None)[0]
        slopes = np.asarray(told, float)
        off = log_rate - columns @ slopes
        weight = np.sqrt(1 / np.maximum(1.0, np.abs(off) / (FAR * scale_of(off))))
    seen = rough(off)
    weighted = columns * weight[:, None]
    covariance = np.asarray(np.linalg.pinv(weighted.T @ weighted), float) * seen.variance / seen.share
    return Bent(slopes, covariance, seen.variance, middle, length)
