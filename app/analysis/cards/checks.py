"""Valve checks: the unit is stopped, the load on the polished rod is watched.

Stopped on the upstroke the travelling valve should hold the liquid: the load stays at the rods' buoyant
weight and F₀. Stopped on the downstroke the standing valve should: the load stays at the buoyant weight.
(Takacs, *Sucker-Rod Pumping Handbook*, 2015, ch. 6.2; О. Г. Гиматудинов, динамометрирование.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ValveCheck:
    """A valve check and what it says.

    Attributes:
        valve: traveling or standing
        start_n: [N] when the watching began, by the straight line through it
        rate_n_per_s: [N/s] of the load
        expected_n: [N] what a tight valve shows
        leak_m3_per_s: [m³/s]
        verdict: tight, worn or leaks
    """

    valve: str
    start_n: float
    rate_n_per_s: float
    expected_n: float
    leak_m3_per_s: float
    verdict: str


def judge(
    valve: str,
    time_s: Floats,
    load_n: Floats,
    *,
    buoyant_weight_n: float,
    fluid_load_n: float,
    plunger_area_m2: float,
    rod_compliance_m_per_n: float,
) -> ValveCheck:
    """What the watched load says of a valve.

    q = −dF/dt·Σ(L/EA)·A: as the load falls the rods shorten, and the plunger rises by the volume that passed;
    a leaking standing valve lets the load rise in the same way. Leaks: over a quarter of F₀ lost in ten
    seconds, or 0.4·F₀ short at once; worn: a twentieth, a fifth.

    Args:
        valve: "traveling" (stopped on the upstroke) or "standing" (on the downstroke)
        time_s: [s] (n,) rising, five seconds at least
        load_n: [N] (n,) on the polished rod
        buoyant_weight_n: [N] of the rods
        fluid_load_n: [N] F₀
        plunger_area_m2: [m²] A
        rod_compliance_m_per_n: [m/N] Σ(L/EA)
    Returns:
        with the leak at this pressure
    Valid: the unit stands; anchored tubing. Friction holds load up: what it hides is not seen.
    Source: Takacs, Sucker-Rod Pumping Handbook (2015), ch. 6.2; the limits are ours.

    >>> time_s = np.linspace(0.0, 10.0, 21)
    >>> found = judge(
    ...     "traveling", time_s, 45e3 - 500 * time_s, buoyant_weight_n=30e3, fluid_load_n=15e3,
    ...     plunger_area_m2=1.5e-3, rod_compliance_m_per_n=2e-5,
    ... )
    >>> found.verdict, round(found.leak_m3_per_s * 86_400, 3)  # 500·2e-5·1.5e-3 m³/s
    ('leaks', 1.296)
    """
    slope, start = (float(value) for value in np.polyfit(time_s - time_s[0], load_n, 1))
    expected = buoyant_weight_n + (fluid_load_n if valve == "traveling" else 0.0)
    losing = -slope if valve == "traveling" else slope
    leak = max(0.0, losing) * rod_compliance_m_per_n * plunger_area_m2
    share = max(0.0, losing) * 10 / max(fluid_load_n, 1.0)  # of the fluid load in ten seconds
    off = (start - expected) / max(fluid_load_n, 1.0)
    short = -off if valve == "traveling" else off
    verdict = "leaks" if share > 0.25 or short > 0.4 else "worn" if share > 0.05 or short > 0.2 else "tight"
    return ValveCheck(valve, start, slope, expected, leak, verdict)
