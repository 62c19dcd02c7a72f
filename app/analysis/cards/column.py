"""The column in the tubing above a rod pump: oil, water, and the gas that goes through the pump."""

from __future__ import annotations

from app.analysis.cards import pressures, strings
from app.analysis.wells.pvt import BlackOil
from app.core.units import STANDARD_GRAVITY
from app.models.cards import Fluid

SURFACE_K, K_PER_M = 288.0, 0.025
"""Usual mean ground: 15 °C at the surface and 2.5 K in 100 m; gas volumes follow the absolute temperature,
so 20 K of error are 6 % of the gas.
"""

ATMOSPHERE_PA, STANDARD_K, GAS_DEVIATION = 101_325.0, 288.7, 0.9
STEPS = 25


def discharge_pressure_pa(
    tubing_pressure_pa: float,
    fluid: Fluid,
    *,
    density: float,
    vertical_depth_m: float,
    intake_pa: float,
    gas_filled: float = 0.0,
) -> float:
    """Pressure above the plunger under a column whose gas comes out on its way up.

    p_d = p_t + ∫ρ_m·g dh, ρ_m = ρ_l/(1 + V_g/V_l) without slip. Through the pump goes what is dissolved at
    the intake (Standing) and what fills the pump beside the liquid, together at most the well's gas; the
    rest of it leaves by the annulus.

    Args:
        tubing_pressure_pa: [Pa] p_t, absolute, at the wellhead
        fluid: its gas, oil and water
        density: [kg/m³] ρ_l of the dead liquid
        vertical_depth_m: [m]
        intake_pa: [Pa] below the plunger, about
        gas_filled: [-] share of the pump that gas fills at the intake pressure
    Returns:
        [Pa] that of the dead liquid where the gas-oil ratio or the oil is not known
    Valid: gas that rises no faster than the liquid, z 0.9; slip makes the true column heavier: the dead one
        is its bound.
    Source: hydrostatics; R_s by Standing 1947 (`wells.pvt`); Takacs, Sucker-Rod Pumping Handbook (2015).

    >>> water = Fluid(water_cut=1.0)
    >>> round(discharge_pressure_pa(1e6, water, density=1000.0, vertical_depth_m=1000.0, intake_pa=3e6))
    10806650
    >>> oil = Fluid(water_cut=0.2, oil_relative_density=0.85, gas_oil_ratio=60.0)
    >>> live = discharge_pressure_pa(1e6, oil, density=880.0, vertical_depth_m=1500.0, intake_pa=4e6)
    >>> dead = 1e6 + 880 * 9.80665 * 1500
    >>> 0.85 * dead < live < dead
    True
    """
    dead = tubing_pressure_pa + density * STANDARD_GRAVITY * vertical_depth_m
    ratio, relative, cut = fluid.gas_oil_ratio, fluid.oil_relative_density, fluid.water_cut
    if not ratio or relative is None or cut is None or cut >= 1:
        return dead
    oil = BlackOil(relative, fluid.gas_relative_density, ratio)
    at_pump = SURFACE_K + K_PER_M * vertical_depth_m
    intake = min(max(intake_pa, ATMOSPHERE_PA), dead)
    entering = oil.dissolved_gor(intake, at_pump)
    beside = gas_filled / max(1 - gas_filled, 0.05) / (1 - cut)
    entering = min(entering + beside * intake / ATMOSPHERE_PA * STANDARD_K / at_pump / GAS_DEVIATION, ratio)
    step = vertical_depth_m / STEPS
    pressure = max(tubing_pressure_pa, ATMOSPHERE_PA)
    for number in range(STEPS):
        kelvin = SURFACE_K + K_PER_M * (number + 0.5) * step
        middle = pressure + 0.4 * density * STANDARD_GRAVITY * step
        free = max(entering - oil.dissolved_gor(middle, kelvin), 0.0) * (1 - cut)
        volume = free * ATMOSPHERE_PA / middle * kelvin / STANDARD_K * GAS_DEVIATION
        pressure += density / (1 + volume) * STANDARD_GRAVITY * step
    return min(pressure, dead)


def least_intake_pa(casing_pressure_pa: float | None, vertical_depth_m: float, gas_density: float) -> float:
    """The least pressure that can stand at the pump: the annulus' gas down to it, no liquid at all.

    p_c·exp(M·g·H/(R·T)), 0 where nobody told p_c

    Args:
        casing_pressure_pa: [Pa] p_c, or None
        vertical_depth_m: [m] H
        gas_density: [-] of the gas to air
    Returns:
        [Pa]
    Valid: an annulus open to the pump, gas with z = 1.
    Source: as `pressures.pressure_under_level_pa`.

    >>> round(least_intake_pa(0.3e6, 1500.0, 0.8) / 1e6, 2), least_intake_pa(None, 1500.0, 0.8)
    (0.34, 0.0)
    """
    if casing_pressure_pa is None or casing_pressure_pa <= 0:
        return 0.0
    return pressures.pressure_under_level_pa(
        casing_pressure_pa=casing_pressure_pa,
        level_m=vertical_depth_m,
        depth_m=vertical_depth_m,
        oil_density=strings.oil_density(Fluid()),
        gas_relative_density=gas_density,
    )
