"""Nodal picture at the pump intake: what the reservoir leaves there, and what pump and tubing need, over the
rate.

Where the two meet the well runs. Inflow: the composite curve less the column below the pump. Outflow: the
pressure above the pump as it was measured, its friction part with the square of the rate, less what the pump
adds (Takacs, *ESP Manual*, ch. 5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.esp.pump import Curve
from app.analysis.wells.inflow import Inflow
from app.core.units import STANDARD_GRAVITY

Floats = NDArray[np.float64]
FRICTION_SHARE = 0.03
"""Of the pressure above the pump, at the rate it was measured at."""


@dataclass(frozen=True)
class Nodal:
    """What the reservoir leaves at the intake and what pump and tubing need there, over the rate.

    Attributes:
        rate: [m³/s] (n,)
        inflow_pa: [Pa] (n,) at the intake, by inflow
        outflow_pa: [Pa] (n,) at the intake, needed by pump and tubing
        meets_rate: [m³/s] where the two meet, None where they do not
        meets_pa: [Pa] there
    """

    rate: Floats
    inflow_pa: Floats
    outflow_pa: Floats
    meets_rate: float | None
    meets_pa: float | None


def nodal(
    inflow: Inflow,
    curve: Curve,
    *,
    stages: float,
    density: float,
    discharge_pa: float,
    measured_rate: float,
    below_pump_m: float,
    head_factor: float = 1.0,
) -> Nodal:
    """Where a well with this inflow and this pump runs.

    p_in = p_wf(q) − ρ·g·h_below; p_need = p_d·(0.97 + 0.03·(q/q₀)²) − k·H(q)·z·ρ·g

    Args:
        inflow: at the bottom of the hole
        curve: of one stage, at the running frequency
        stages: [-] z
        density: [kg/m³] of what is pumped
        discharge_pa: [Pa] above the pump, as measured
        measured_rate: [m³/s] q₀ it was measured at
        below_pump_m: [m] vertical, from the pump down to the perforations
        head_factor: [-] k, what is left of the catalogue's head
    Returns:
        160 rates up to the curve's end or the inflow's
    Valid: one density for all; friction is 3 % of p_d at q₀. No crossing: `meets_rate` None.
    Source: nodal analysis as in Takacs, ESP Manual, ch. 5; the share of friction is ours.

    >>> curve = Curve(np.array([0.0, 1e-3, 2e-3, 3e-3]), np.array([8.0, 7.0, 5.0, 2.0]), None, None)
    >>> found = nodal(
    ...     Inflow(18e6, 2e-10), curve, stages=250, density=950.0, discharge_pa=16e6,
    ...     measured_rate=1.5e-3, below_pump_m=300.0,
    ... )
    >>> round(found.meets_rate * 86_400, 1), round(found.meets_pa / 1e6, 2)
    (176.4, 5.0)
    >>> gap = np.interp(found.meets_rate, found.rate, found.inflow_pa - found.outflow_pa)
    >>> bool(abs(gap) < 1e3)
    True
    """
    most = min(float(curve.rate[-1]), inflow.most * 0.999)
    rate = np.linspace(max(most * 0.02, 1e-9), most, 160)
    by_inflow = inflow.pressure(rate) - density * STANDARD_GRAVITY * below_pump_m
    lift = head_factor * curve.head_at(rate) * stages * density * STANDARD_GRAVITY
    above = discharge_pa * (1 - FRICTION_SHARE + FRICTION_SHARE * (rate / measured_rate) ** 2)
    needed = above - lift
    met = meetings(rate, by_inflow - needed)
    if len(met) == 0:
        return Nodal(rate, by_inflow, needed, None, None)
    meets = float(met[0])
    return Nodal(rate, by_inflow, needed, meets, float(np.interp(meets, rate, by_inflow)))


def meetings(rate: Floats, gap: Floats) -> Floats:
    """Rates at which what the inflow leaves falls under what is needed.

    straight between the points where the gap changes from over 0 to 0 or under

    Args:
        rate: [m³/s] (n,) rising
        gap: [Pa] (n,) what is there less what is needed
    Returns:
        [m³/s] (k,) rising; none where they do not meet
    Valid: any.
    Ours: linear interpolation.

    >>> meetings(np.array([0.0, 1.0, 2.0, 3.0]), np.array([1.0, -1.0, 3.0, 0.0]))
    array([0.5, 3. ])
    """
    at = np.flatnonzero((gap[:-1] > 0) & (gap[1:] <= 0))
    share = gap[at] / (gap[at] - gap[at + 1])
    return rate[at] + share * (rate[at + 1] - rate[at])
