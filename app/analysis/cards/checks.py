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
    """`start_n` and `rate_n_per_s` from the watched load, `expected_n` what a tight valve shows, `leak`
    [m³/s].
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
    """`valve`: "traveling" or "standing"; loads watched over at least five seconds, (n,) each.

    A travelling valve that leaks lets liquid past the plunger: the load falls, the rods shorten, and the
    plunger rises by the volume that passed: q = −dF/dt·(ΣL/EA)·A. A leaking standing valve lets the load rise
    in the same way.
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
