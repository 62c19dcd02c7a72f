"""Pressures around the pump, what leaks past the plunger, and what a level shot tells."""

from __future__ import annotations

import math

from app.core.units import DAY_S, STANDARD_GRAVITY

INCH_M, PSI_PA, CENTIPOISE, BARREL_M3 = 0.0254, 6_894.757, 1e-3, 0.158_987_3
GAS_CONSTANT = 8.314_46
AIR_MOLAR_MASS = 0.028_96

# A usual new pump, taken where nobody told: 48 in plunger, 0.003 in total clearance, water.
USUAL_PLUNGER_LENGTH_M = 48 * INCH_M
USUAL_CLEARANCE_M = 0.003 * INCH_M
USUAL_VISCOSITY_PA_S = 1e-3


def patterson_leakage_m3_per_s(
    *,
    plunger_diameter_m: float,
    pressure_difference_pa: float,
    strokes_per_minute: float,
    clearance_m: float = USUAL_CLEARANCE_M,
    plunger_length_m: float = USUAL_PLUNGER_LENGTH_M,
    viscosity_pa_s: float = USUAL_VISCOSITY_PA_S,
) -> float:
    """Slippage past a moving plunger.

    q = 453·(1 + 0.14·N)·D·Δp·C^1.52/(L·μ) bbl/d; D, C, L in, Δp psi, μ cP

    Args:
        plunger_diameter_m: [m] D
        pressure_difference_pa: [Pa] Δp; below 0 counts as 0
        strokes_per_minute: [1/min] N
        clearance_m: [m] C, total on the diameter
        plunger_length_m: [m] L
        viscosity_pa_s: [Pa·s] μ
    Returns:
        [m³/s]
    Valid: fitted from 0.003 to 0.012 in clearance; outside, the answer is the formula's.
    Source: Patterson et al., "Progress Report #4 on Fluid Slippage", SWPSC 2007.

    >>> slip = patterson_leakage_m3_per_s(
    ...     plunger_diameter_m=2.0 * INCH_M, pressure_difference_pa=2351 * PSI_PA, strokes_per_minute=10,
    ...     clearance_m=0.008 * INCH_M,
    ... )
    >>> round(slip * DAY_S / BARREL_M3, 1)  # worked by hand: 69.19 bbl/d
    69.2
    """
    return _slippage(
        453 * (1 + 0.14 * strokes_per_minute),
        plunger_diameter_m,
        pressure_difference_pa,
        clearance_m,
        plunger_length_m,
        viscosity_pa_s,
    )


def arco_slippage_m3_per_s(
    *,
    plunger_diameter_m: float,
    pressure_difference_pa: float,
    clearance_m: float,
    plunger_length_m: float,
    viscosity_pa_s: float,
) -> float:
    """Slippage past a plunger at rest by ARCO-HF.

    q = 870·D·Δp·C^1.52/(L·μ) bbl/d; D, C, L in, Δp psi, μ cP

    Args:
        plunger_diameter_m: [m] D
        pressure_difference_pa: [Pa] Δp; below 0 counts as 0
        clearance_m: [m] C, total on the diameter
        plunger_length_m: [m] L
        viscosity_pa_s: [Pa·s] μ
    Returns:
        [m³/s]
    Valid: the published table: 1.25 … 2.75 in, 0.003 … 0.012 in; outside, the answer is the formula's.
    Source: Gibson and Patterson, SWPSC 2000.

    >>> slip = arco_slippage_m3_per_s(
    ...     plunger_diameter_m=2.0 * INCH_M, pressure_difference_pa=2351 * PSI_PA,
    ...     clearance_m=0.008 * INCH_M, plunger_length_m=48 * INCH_M, viscosity_pa_s=CENTIPOISE,
    ... )
    >>> round(slip * DAY_S / BARREL_M3, 1)  # printed: 55.4 bbl/d
    55.4
    """
    return _slippage(
        870, plunger_diameter_m, pressure_difference_pa, clearance_m, plunger_length_m, viscosity_pa_s
    )


def _slippage(
    factor: float,
    diameter_m: float,
    difference_pa: float,
    clearance_m: float,
    length_m: float,
    viscosity_pa_s: float,
) -> float:
    barrels = (
        factor
        * (diameter_m / INCH_M)
        * max(difference_pa, 0.0)
        / PSI_PA
        * (clearance_m / INCH_M) ** 1.52
        / (length_m / INCH_M * viscosity_pa_s / CENTIPOISE)
    )
    return barrels * BARREL_M3 / DAY_S


def pressure_under_level_pa(
    *,
    casing_pressure_pa: float,
    level_m: float,
    depth_m: float,
    oil_density: float,
    gas_relative_density: float = 0.8,
    mean_temperature_k: float = 310.0,
) -> float:
    """Intake pressure from a level shot.

    p = p_c·exp(M·g·h/(R·T)) + ρ_o·g·(H − h): the annulus of a pumping well stands in oil, water falls to the
    intake

    Args:
        casing_pressure_pa: [Pa] p_c
        level_m: [m] h, vertical depth of the liquid
        depth_m: [m] H, vertical depth of the intake
        oil_density: [kg/m³]
        gas_relative_density: [-] to air
        mean_temperature_k: [K] T of the gas column
    Returns:
        [Pa]
    Valid: gas with z = 1: good to a few per cent below 5 MPa; foam above the level makes it too high.
    Source: worked number of domain/wells.md (КВУ), with z there.

    >>> alone = pressure_under_level_pa(
    ...     casing_pressure_pa=1.5e6, level_m=1200.0, depth_m=1200.0, oil_density=820.0
    ... )
    >>> round(alone / 1e6, 3)  # with z = 0.93 it is 1.681 MPa
    1.667
    """
    molar = gas_relative_density * AIR_MOLAR_MASS
    at_level = casing_pressure_pa * math.exp(
        molar * STANDARD_GRAVITY * level_m / (GAS_CONSTANT * mean_temperature_k)
    )
    return at_level + oil_density * STANDARD_GRAVITY * max(depth_m - level_m, 0.0)


def height_above_pump_m(
    intake_pa: float,
    casing_pressure_pa: float,
    depth_m: float,
    oil_density: float,
    gas_relative_density: float = 0.8,
) -> float:
    """Oil over the pump in the annulus that explains an intake pressure.

    `pressure_under_level_pa` turned round by halving

    Args:
        intake_pa: [Pa]
        casing_pressure_pa: [Pa]
        depth_m: [m] vertical
        oil_density: [kg/m³]
        gas_relative_density: [-] to air
    Returns:
        [m] 0 … depth
    Valid: a pressure under the gas column's alone gives 0, one over a full annulus the depth.
    Source: `pressure_under_level_pa`.

    >>> known = pressure_under_level_pa(
    ...     casing_pressure_pa=0.5e6, level_m=900.0, depth_m=1300.0, oil_density=860.0
    ... )
    >>> round(height_above_pump_m(known, 0.5e6, 1300.0, 860.0), 3)
    400.0
    """

    def pressure(height: float) -> float:
        return pressure_under_level_pa(
            casing_pressure_pa=casing_pressure_pa,
            level_m=depth_m - height,
            depth_m=depth_m,
            oil_density=oil_density,
            gas_relative_density=gas_relative_density,
        )

    low, high = 0.0, depth_m
    if pressure(low) >= intake_pa:
        return low
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if pressure(middle) < intake_pa else (low, middle)
    return (low + high) / 2
