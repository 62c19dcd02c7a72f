"""Whether rates jump: a workover, another pump or another unit makes two histories of one, and a curve laid
through both is of neither.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.decline.months import rough

Floats = NDArray[np.float64]
BESIDE = 4
"""Months on either side, at least: fewer are bad months."""

CERTAIN, LEAST = 5.0, math.log(1.25)
"""Of its error, and of ln q: of 960 simulated histories without a jump none came to 6, of 640 a fortieth to
4.5, months shut in, half-worked and spoilt among them.
"""


@dataclass(frozen=True)
class Jump:
    """Where rates jump.

    Attributes:
        first: [-] number of the first month after it
        times: [-] what the rate was multiplied by
    """

    first: int
    times: float


def largest_jump(time_s: Floats, log_rate: Floats) -> Jump | None:
    """The largest jump of a history, if there is a sure one.

    at each month with four on either side: least squares of ln q = a + b·x + c·x² + s·[after]; s over its
    error, months that are alike counting less; over 5 and over ln 1.25

    Args:
        time_s: [s] (n,) rising
        log_rate: [-] (n,) ln of rates [m³/s]
    Returns:
        None where there is none
    Valid: twelve months and more; a curve that bends once.
    Ours: regression with a step (Chow, Econometrica 28, 1960, with the place of the break free).

    >>> month = np.arange(36.0)
    >>> uneven = 0.05 * np.sin(month * 1.9)
    >>> largest_jump(month, 4 - 0.03 * month + uneven) is None
    True
    >>> found = largest_jump(month, 4 - 0.03 * month + 0.5 * (month >= 20) + uneven)
    >>> found.first, 1.5 < found.times < 1.8  # e^0.5, and what the waves add
    (20, True)
    """
    n = len(time_s)
    if n < 3 * BESIDE:
        return None
    x = (time_s - time_s.mean()) / max(float(np.ptp(time_s)), 1e-300)
    smooth = np.stack([np.ones(n), x, x * x], axis=1)
    best: tuple[float, int, float] = (0.0, 0, 0.0)
    for first in range(BESIDE, n - BESIDE + 1):
        columns = np.column_stack([smooth, np.arange(n) >= first])
        told = np.linalg.lstsq(columns, log_rate, rcond=None)[0]
        seen = rough(log_rate - columns @ told)
        error = math.sqrt(float(np.linalg.pinv(columns.T @ columns)[3, 3]) * seen.variance / seen.share)
        sure = abs(float(told[3])) / max(error, 1e-12)
        if sure > best[0]:
            best = sure, first, float(told[3])
    sure, first, size = best
    return Jump(first, math.exp(size)) if sure >= CERTAIN and abs(size) >= LEAST else None
