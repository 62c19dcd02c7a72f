"""Two gauges of one test laid over each other: how far apart they stand, drift and are set in time, what each
shows of itself; and a drift taken out before the test is interpreted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.few import scatter, theil_sen

Floats = NDArray[np.float64]
LEAST, MOST = 10, 120
"""Moments that both gauges know, to say anything; that many are enough."""

CLOCKS = np.linspace(-1.0, 1.0, 41)
"""Shares of the longest shift that is tried: a fiftieth of the record."""


@dataclass(frozen=True)
class Compared:
    """One gauge against another; what is told is the first less the second.

    Attributes:
        offset_pa: [Pa] at the beginning of what both know
        drift_pa_per_s: [Pa/s]
        scatter_pa: [Pa] what is left of the difference: standard deviation by the median
        clock_s: [s] by which the first one's clock is ahead
        count: [-] moments compared
        drifts: whether the drift over the record is more than twice the scatter of its ends
    """

    offset_pa: float
    drift_pa_per_s: float
    scatter_pa: float
    clock_s: float
    count: int
    drifts: bool


def compared(time_s: Floats, pressure_pa: Floats, other_s: Floats, other_pa: Floats) -> Compared | None:
    """How one gauge stands against another.

    δ = p₁(t) − p₂(t + τ) = offset + drift·t, τ where its scatter is least, drift by Theil and Sen

    Args:
        time_s: [s] (n,) rising
        pressure_pa: [Pa] (n,)
        other_s: [s] (m,) rising
        other_pa: [Pa] (m,)
    Returns:
        None where they share fewer than ten moments
    Valid: both at one depth, or apart by a column that stays the same.
    Ours: a drift is a straight line: what gauges' makers promise by the year, and see in calibration.

    >>> at = np.arange(0.0, 36_000.0, 60.0)
    >>> true = 2e7 + 1e6 * (1 - np.exp(-at / 3000))
    >>> found = compared(at, true + 5e3 + 0.5 * at, at, true)
    >>> round(found.offset_pa), round(found.drift_pa_per_s, 3), found.drifts
    (5000, 0.5, True)
    """
    low, high = max(time_s[0], other_s[0]), min(time_s[-1], other_s[-1])
    mine = np.flatnonzero((time_s >= low) & (time_s <= high))
    if len(mine) < LEAST:
        return None
    mine = mine[np.unique(np.linspace(0, len(mine) - 1, MOST).astype(int))]
    at, here = time_s[mine], pressure_pa[mine]

    def left(clock_s: float) -> tuple[Floats, float, float, float]:
        off = here - np.interp(at - clock_s, other_s, other_pa)
        drift = theil_sen(at, off)[0]
        level = float(np.median(off - drift * (at - at[0])))
        rest = off - level - drift * (at - at[0])
        return rest, level, drift, scatter(rest)

    longest = float(high - low) / 50
    clock = min(
        (float(share) * longest for share in CLOCKS), key=lambda shift: (round(left(shift)[3], 3), abs(shift))
    )
    _, level, drift, spread = left(clock)
    moved = abs(drift) * float(at[-1] - at[0])
    return Compared(level, drift, spread, clock, len(at), moved > max(4 * spread / math.sqrt(len(at)), 1.0))


def without_drift(time_s: Floats, pressure_pa: Floats, found: Compared) -> Floats:
    """The first gauge's pressures with its drift against the second taken out.

    p − drift·(t − t₀): the level stays the first gauge's own

    Args:
        time_s: [s] (n,)
        pressure_pa: [Pa] (n,)
        found: of `compared`
    Returns:
        [Pa] (n,)
    Valid: the second gauge is the one that is trusted.
    Ours: what a straight line is.

    >>> at = np.array([0.0, 100.0])
    >>> without_drift(at, np.array([1e6, 1.1e6]), Compared(0.0, 1e3, 0.0, 0.0, 10, True)).tolist()
    [1000000.0, 1000000.0]
    """
    return pressure_pa - found.drift_pa_per_s * (time_s - time_s[0])
