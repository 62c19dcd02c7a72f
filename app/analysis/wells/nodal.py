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
    """rate (n,) [m³/s]; intake pressures (n,) [Pa] by inflow and as needed by pump and tubing; where they
    meet, or None.
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
    """`curve` at the running frequency; `head_factor`: what is left of the catalogue's head."""
    most = min(float(curve.rate[-1]), inflow.most * 0.999)
    rate = np.linspace(max(most * 0.02, 1e-9), most, 160)
    by_inflow = inflow.pressure(rate) - density * STANDARD_GRAVITY * below_pump_m
    lift = head_factor * curve.head_at(rate) * stages * density * STANDARD_GRAVITY
    above = discharge_pa * (1 - FRICTION_SHARE + FRICTION_SHARE * (rate / measured_rate) ** 2)
    needed = above - lift
    gap = by_inflow - needed
    crossing = np.flatnonzero((gap[:-1] > 0) & (gap[1:] <= 0))
    if len(crossing) == 0:
        return Nodal(rate, by_inflow, needed, None, None)
    i = int(crossing[0])
    share = gap[i] / (gap[i] - gap[i + 1])
    meets = float(rate[i] + share * (rate[i + 1] - rate[i]))
    return Nodal(rate, by_inflow, needed, meets, float(np.interp(meets, rate, by_inflow)))
