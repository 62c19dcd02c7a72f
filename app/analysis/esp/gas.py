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
    """Gas at the pump's intake.

    Attributes:
        before: [-] share of volume before separation
        entering: [-] share of volume that enters the pump
        separated: [-] share of the gas that does not
        turpin: [-] Φ of what enters
        dunbar_pa: [Pa] least pressure for what enters
    """

    before: float
    entering: float
    separated: float
    turpin: float
    dunbar_pa: float

    @property
    def stable(self) -> bool:
        """Whether Turpin's Φ is under 1."""
        return self.turpin < 1


def natural_separation(liquid_m3_per_s: float, annulus_m2: float, water_cut: float) -> float:
    """Share of the free gas that rises past the intake.

    E = v_b/(v_b + v_sl), v_b 0.5 ft/s up to half of water, 1 ft/s above

    Args:
        liquid_m3_per_s: [m³/s] past the intake
        annulus_m2: [m²] between casing and motor
        water_cut: [-]
    Returns:
        [-] 0 … 1
    Valid: no packer, no separator.
    Source: Alhanati, SPE 26551 (1993), simplified.

    >>> round(natural_separation(0.605 * 0.3048 * 0.01, 0.01, 0.4), 2)  # v_sl 0.605 ft/s: 45 %
    0.45
    """
    rise = BUBBLE_RISE_M_PER_S * (2 if water_cut > 0.5 else 1)
    return rise / (rise + liquid_m3_per_s / annulus_m2)


def turpin(gas_to_liquid: float, pressure_pa: float) -> float:
    """Turpin's stability of a pump with gas.

    Φ = 666·(q_g/q_l)/p, p in psia; stable under 1

    Args:
        gas_to_liquid: [-] q_g/q_l in place
        pressure_pa: [Pa] absolute, at the intake
    Returns:
        [-] Φ
    Valid: the pumps it was fitted on; a limit to be careful with, not a law.
    Source: Turpin, Lea and Bearden, SWPSC 1986 (some print 2000/3).

    >>> [round(turpin(vlr, p * PSI_PA), 4) for vlr, p in ((0.1, 300), (0.2, 200), (0.35, 180), (0.5, 400))]
    [0.222, 0.666, 1.295, 0.8325]
    """
    return 666 * gas_to_liquid / (pressure_pa / PSI_PA)


def dunbar_pa(gas_to_liquid: float) -> float:
    """Least intake pressure for a ratio of gas to liquid, by Dunbar.

    p = 935·(q_g/q_l)^1.724 psi

    Args:
        gas_to_liquid: [-] q_g/q_l in place; below 0 counts as 0
    Returns:
        [Pa]
    Valid: up to about 1; beyond, the answer is the formula's.
    Source: Dunbar 1989.

    >>> [round(dunbar_pa(vlr) / PSI_PA, 1) for vlr in (0.1, 0.2, 0.35, 0.5)]
    [17.7, 58.3, 153.0, 283.0]
    """
    return 935 * max(gas_to_liquid, 0.0) ** 1.724 * PSI_PA


def cirilo_limit(pressure_pa: float) -> float:
    """Largest share of gas that a usual mixed-flow pump bears.

    1.87·p^0.4342 %, p in psi

    Args:
        pressure_pa: [Pa] at the intake
    Returns:
        [-]
    Valid: mixed-flow stages; radial ones bear less.
    Source: Cirilo 1998.

    >>> [round(100 * cirilo_limit(p * PSI_PA), 1) for p in (200, 300, 400)]
    [18.7, 22.3, 25.2]
    """
    return 0.0187 * (pressure_pa / PSI_PA) ** 0.4342


def at_intake(
    gas_m3_per_s: float, liquid_m3_per_s: float, pressure_pa: float, *, separated: float
) -> GasAtIntake:
    """Gas before and after separation, against both limits.

    Args:
        gas_m3_per_s: [m³/s] free, in place
        liquid_m3_per_s: [m³/s] in place
        pressure_pa: [Pa] absolute, at the intake
        separated: [-] share of the free gas that does not enter the pump
    Returns:
        shares and limits
    Valid: no liquid: all of it is gas, Φ is infinite.
    Source: `turpin`, `dunbar_pa`.

    >>> bpd = 0.158987294928 / 86_400
    >>> found = at_intake(747.6 * bpd, 1073.6 * bpd, 800 * PSI_PA, separated=0.0)
    >>> round(found.entering, 3), round(found.turpin, 2)  # 41.0 %, Φ 0.58
    (0.41, 0.58)
    """
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
