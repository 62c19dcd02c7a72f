"""Whether rates fall faster and faster, which no decline of Arps does: water that breaks through, a pump or a
well that gives out.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CERTAIN = 2.7
"""Standard errors under zero from which the bend is one: of three years that decline by Arps at most one in
two hundred is called so (docs/DECLINE.md).
"""
PASSES, FAR, MOST_ALIKE = 3, 2.0, 0.9


def bend(time_s: Floats, log_rate: Floats) -> float:
    """How the fall of the rate changes, in standard errors of itself: under zero it quickens.

    c/s_c of ln q = a + b·x + c·x², bad months damped; s_c wider by √((1 + ρ)/(1 − ρ)), ρ the correlation of
    neighbouring months

    Args:
        time_s: [s] (n,) rising
        log_rate: [-] (n,) ln of rates [m³/s]
    Returns:
        [-] 0 for fewer than six
    Valid: one way of working the well.
    Ours: Arps has b ≥ 0, so ln q never bends down.

    >>> month = np.arange(30.0)
    >>> rough = 0.02 * np.sin(month * 1.3)
    >>> steady, late = 4 - 0.03 * month, 4 - np.log1p(np.exp((month - 20) / 4))
    >>> abs(bend(month, steady + rough)) < 1, bend(month, late + rough) < -4
    (True, True)
    """
    n = len(time_s)
    if n < 6:
        return 0.0
    x = (time_s - float(np.mean(time_s))) / max(float(time_s[-1] - time_s[0]), 1e-300)
    columns = np.stack([np.ones(n), x, x * x], axis=1)
    weight: Floats = np.ones(n)
    slopes: Floats = np.zeros(3)
    off, scale = log_rate, 1.0
    for _ in range(PASSES):
        told = np.linalg.lstsq(columns * weight[:, None], log_rate * weight, rcond=None)[0]
        slopes = np.asarray(told, float)
        off = log_rate - columns @ slopes
        scale = max(1.4826 * float(np.median(np.abs(off))), 1e-6)
        weight = np.sqrt(1 / np.maximum(1.0, np.abs(off) / (FAR * scale)))
    off = np.clip(off, -3 * scale, 3 * scale)
    alike = float((off[1:] * off[:-1]).sum()) / max(float((off**2).sum()), 1e-300)
    alike = min(max(alike + (1 + 3 * alike) / n, 0.0), MOST_ALIKE)
    variance = max(float(np.mean(off**2)), scale**2) * n / max(n - 3, 1) * (1 + alike) / (1 - alike)
    weighted = columns * weight[:, None]
    error = math.sqrt(float(np.linalg.pinv(weighted.T @ weighted)[2, 2]) * variance)
    return float(slopes[2]) / max(error, 1e-12)
