"""Two gauges of one test laid over each other: how far apart they stand, drift and are set in time, what each
shows of itself; and a drift taken out before the test is interpreted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.few import scatter, theil_sen

Floats = NDArray[np.float64]
LEAST, MOST = 10, 120
"""Moments that both gauges know, to say anything; that many are enough."""

STANDARD_ERRORS, FAR, CLOSER = 4.0, 5.0, 3
"""Of a drift, to be one: of 300 pairs of gauges that only hiss, none had it. Scatters beyond which a moment
is left out. Steps of the least squares.
"""

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
        drifts: whether the drift is more than four of its standard errors, and than a pascal over the record
    """

    offset_pa: float
    drift_pa_per_s: float
    scatter_pa: float
    clock_s: float
    count: int
    drifts: bool


def compared(time_s: Floats, pressure_pa: Floats, other_s: Floats, other_pa: Floats) -> Compared | None:
    """How one gauge stands against another.

    p₁(t) − p₂(t − τ) = offset + drift·t: τ first where that scatters least, drift by Theil and Sen; then all
    three by least squares over dp₂/dt, what lies far off left out, so that what is left of τ is no drift

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

    def off(clock_s: float) -> Floats:
        return here - np.interp(at - clock_s, other_s, other_pa)

    def left(clock_s: float) -> Floats:
        rest = off(clock_s) - theil_sen(at, off(clock_s))[0] * (at - at[0])
        return rest - float(np.median(rest))

    longest = float(high - low) / 50
    shifts = (float(share) * longest for share in CLOCKS)
    clock = min(shifts, key=lambda shift: (round(scatter(left(shift)), 3), abs(shift)))
    rest = left(clock)
    for _ in range(CLOSER):
        columns = np.stack(
            [np.ones(len(at)), at - at[0], -_rises(at - clock, other_s, other_pa, longest / 2)]
        )
        sizes = np.maximum(np.linalg.norm(columns, axis=1), 1e-300)
        near = np.abs(rest) <= FAR * max(scatter(rest), 1.0)
        inverse = np.linalg.pinv((columns / sizes[:, None])[:, near].T) / sizes[:, None]
        level, drift, ahead = (inverse @ off(clock)[near]).tolist()
        clock = float(np.clip(clock + ahead, -longest, longest))
        rest = off(clock) - level - drift * (at - at[0])
    spread = scatter(rest)
    sure = max(STANDARD_ERRORS * spread * float(np.linalg.norm(inverse[1])), 1.0 / float(at[-1] - at[0]))
    return Compared(level, drift, spread, clock, len(at), abs(drift) > sure)


def _rises(at: Floats, time_s: Floats, pressure_pa: Floats, half_s: float) -> Floats:
    """dp/dt [Pa/s] over twice `half_s`, less at the ends."""
    before, after = np.clip(at - half_s, time_s[0], None), np.clip(at + half_s, None, time_s[-1])
    higher, lower = (np.interp(one, time_s, pressure_pa) for one in (after, before))
    return (higher - lower) / np.maximum(after - before, half_s)


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
