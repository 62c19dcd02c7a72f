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

LARGEST_FRICTION_SHARE = 0.1
"""Of the discharge pressure: beyond it a low line speaks of wrong weights rather than of friction."""


def discharge_pressure_pa(tubing_pressure_pa: float, density: float, vertical_depth_m: float) -> float:
    """Above the plunger [Pa]: wellhead pressure and the column of liquid of `density` [kg/m³] in the
    tubing.
    """
    return tubing_pressure_pa + density * STANDARD_GRAVITY * vertical_depth_m


def intake_pressure_pa(discharge_pa: float, upper_n: float, lower_n: float, plunger_area_m2: float) -> float:
    """Below the plunger, p_d − F₀/A, from the load lines of the pump card less friction [Pa].

    With the travelling valve open only friction pulls the lower line below the rods' buoyant weight; as much
    again sits in the upper line. What is taken off for it is at most a tenth of p_d.
    """
    friction = min(2 * max(0.0, -lower_n), LARGEST_FRICTION_SHARE * discharge_pa * plunger_area_m2)
    return discharge_pa - (upper_n - lower_n - friction) / plunger_area_m2


def patterson_leakage_m3_per_s(
    *,
    plunger_diameter_m: float,
    pressure_difference_pa: float,
    strokes_per_minute: float,
    clearance_m: float = USUAL_CLEARANCE_M,
    plunger_length_m: float = USUAL_PLUNGER_LENGTH_M,
    viscosity_pa_s: float = USUAL_VISCOSITY_PA_S,
) -> float:
    """Slippage past the plunger [m³/s]: q = 453·(1 + 0.14·N)·D·Δp·C^1.52/(L·μ), bbl/d in, psi, cP.

    J. Patterson et al., "Progress Report #4 on Fluid Slippage in Downhole Rod-Drawn Oil Well Pumps", SWPSC
    2007; fitted from 0.003 to 0.012 in. total clearance C. Not below zero.
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
    """Slippage at rest by ARCO-HF [m³/s]: q = 870·D·Δp·C^1.52/(L·μ), bbl/d in, psi, cP (Gibson, Patterson,
    SWPSC 2000).
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
    """Intake pressure from a level shot [Pa]: casing head, the gas column above the level, the oil below it.

    `level_m` and `depth_m` are vertical depths. The annulus of a pumping well stands in oil: water falls to
    the intake. Gas column: p·exp(M·g·h/(z·R·T)) with z = 1, good to a few per cent below 5 MPa.
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
    """Oil over the pump in the annulus that explains an intake pressure [m], between 0 and `depth_m`."""

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
