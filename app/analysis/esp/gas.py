"""Gas at the pump's intake: how much there is, how much goes up the annulus by itself, and how much a pump
bears.

Natural separation: Alhanati's simplified form, E = v_b/(v_b + v_sl) (SPE 26551, 1993). Limits: Turpin, Lea
and Bearden (SWPSC 1986), Φ = 666·(q_g/q_l)/p; stable under 1. Dunbar (1989): p_min = 935·(q_g/q_l)^1.724 psi.
Pressures [Pa].
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.analysis.wells.gas_properties import PSI_PA

BUBBLE_RISE_M_PER_S = 0.1524
"""0.5 ft/s under half of water; 1.0 ft/s above."""


@dataclass(frozen=True)
class GasAtIntake:
    """Shares of volume before and after separation; Turpin's Φ and Dunbar's least pressure [Pa] of what
    enters.
    """

    before: float
    entering: float
    separated: float
    turpin: float
    dunbar_pa: float

    @property
    def stable(self) -> bool:
        return self.turpin < 1


def natural_separation(liquid_m3_per_s: float, annulus_m2: float, water_cut: float) -> float:
    """Share of the free gas that rises past the intake, 0 … 1."""
    rise = BUBBLE_RISE_M_PER_S * (2 if water_cut > 0.5 else 1)
    return rise / (rise + liquid_m3_per_s / annulus_m2)


def turpin(gas_to_liquid: float, pressure_pa: float) -> float:
    return 666 * gas_to_liquid / (pressure_pa / PSI_PA)


def dunbar_pa(gas_to_liquid: float) -> float:
    return 935 * max(gas_to_liquid, 0.0) ** 1.724 * PSI_PA


def cirilo_limit(pressure_pa: float) -> float:
    """Largest share of gas a usual mixed-flow pump bears (Cirilo 1998): 1.87·p^0.4342 % (psi)."""
    return 0.0187 * (pressure_pa / PSI_PA) ** 0.4342


def at_intake(
    gas_m3_per_s: float, liquid_m3_per_s: float, pressure_pa: float, *, separated: float
) -> GasAtIntake:
    """`separated`: share of the free gas that does not enter the pump."""
    entering = gas_m3_per_s * (1 - separated)
    ratio = entering / liquid_m3_per_s if liquid_m3_per_s > 0 else math.inf
    whole = gas_m3_per_s + liquid_m3_per_s
    return GasAtIntake(
        gas_m3_per_s / whole if whole > 0 else 0.0,
        entering / (entering + liquid_m3_per_s) if liquid_m3_per_s > 0 else 1.0,
        separated,
        turpin(ratio, pressure_pa),
        dunbar_pa(ratio),
    )
