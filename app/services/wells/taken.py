"""What is taken of a well's liquid and of where it flows, where no record tells it."""

from __future__ import annotations

from app.analysis.cards.column import K_PER_M, SURFACE_K
from app.analysis.wells.pvt import BlackOil
from app.core.api_gravity import WATER_KG_PER_M3
from app.models.records import FlowTest
from app.models.values import Read, number_of

OIL_DENSITY, WATER_DENSITY = 860.0, 1050.0
LINE_OVER_PA = 0.3e6
"""What a choke usually holds back, where nobody measured the pressure before it."""
_CUT, _GAS = 0.5, 0.75


def cut_of(test: FlowTest | None) -> float:
    """Water cut that a test is computed with [-]."""
    return _CUT if test is None or test.water_cut is None else test.water_cut


def lift_gas(test: FlowTest, gas_oil_ratio: float) -> float | None:
    """Of the gas that a test measured, what did not come with its oil [m³/s]; None where it measured none."""
    if test.gas_m3_per_s is None:
        return None
    return test.gas_m3_per_s - gas_oil_ratio * test.liquid_m3_per_s * (1 - cut_of(test))


def liquid_density(water_cut: float, fluid: Read) -> float:
    """Of the well's own oil and water, as far as a record or a laboratory tells them [kg/m³]."""
    return water_cut * water_density(fluid) + (1 - water_cut) * oil_density(fluid)


def oil_and_water(fluid: Read, gas_oil_ratio: float) -> tuple[BlackOil, float]:
    """The oil, and the density of the water [kg/m³], of a fluid record; any of it may be untold."""
    oil = oil_density(fluid) / WATER_KG_PER_M3
    gas = number_of(fluid, "gas_relative_density") or _GAS
    return BlackOil(oil, gas, gas_oil_ratio), water_density(fluid)


def oil_density(fluid: Read) -> float:
    """Of the well's own oil where a record or a laboratory tells it [kg/m³]."""
    return _density(fluid, "oil_relative_density", OIL_DENSITY)


def water_density(fluid: Read) -> float:
    """The same of its water [kg/m³]."""
    return _density(fluid, "water_relative_density", WATER_DENSITY)


def _density(fluid: Read, key: str, usual: float) -> float:
    relative = number_of(fluid, key)
    return WATER_KG_PER_M3 * relative if relative else usual


def deep_k(reservoir: Read, depth_m: float) -> float:
    """Temperature at a depth [K]."""
    return number_of(reservoir, "reservoir_temperature_k") or SURFACE_K + K_PER_M * depth_m
