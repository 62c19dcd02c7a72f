"""The rod string as mechanics sees it: weights, buoyancy, travel times."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from app.core.units import STANDARD_GRAVITY
from app.models.cards import Fluid, RodSection

STEEL_DENSITY = 7_850.0
WATER_DENSITY = 999.0
DEFAULT_MODULUS_PA = 2.1e11

# API Spec 11B, couplings included: rod diameter [m] → mass per metre [kg/m] (1.114, 1.634, 2.224, 2.904,
# 3.676 lb/ft).
CATALOGUE_MASS = {0.015875: 1.658, 0.01905: 2.432, 0.022225: 3.310, 0.0254: 4.322, 0.028575: 5.470}


def catalogue_mass(diameter_m: float) -> float:
    """Mass per metre with couplings of the nearest API size; beyond 1 mm from any, bare steel plus 14 %."""
    nearest = min(CATALOGUE_MASS, key=lambda size: abs(size - diameter_m))
    if abs(nearest - diameter_m) < 1e-3:
        return CATALOGUE_MASS[nearest] * (diameter_m / nearest) ** 2
    return 1.14 * STEEL_DENSITY * math.pi / 4 * diameter_m**2


def section(
    length_m: float,
    diameter_m: float,
    *,
    mass_kg_per_m: float | None = None,
    modulus_pa: float | None = None,
    wave_speed_m_per_s: float | None = None,
    minimum_tensile_pa: float | None = None,
    service_factor: float = 1.0,
) -> RodSection:
    """Fill what was not given: mass from the catalogue; modulus from the wave speed (E = m·a²/A) or of
    steel.
    """
    mass = mass_kg_per_m if mass_kg_per_m is not None else catalogue_mass(diameter_m)
    area = math.pi / 4 * diameter_m**2
    if modulus_pa is None:
        modulus_pa = mass * wave_speed_m_per_s**2 / area if wave_speed_m_per_s else DEFAULT_MODULUS_PA
    speed = math.sqrt(modulus_pa * area / mass)
    return RodSection(length_m, diameter_m, mass, modulus_pa, speed, minimum_tensile_pa, service_factor)


def fluid_density(fluid: Fluid) -> float | None:
    """Dead liquid in the tubing [kg/m³], mixed by volume; None when neither the water cut nor the oil is
    known.
    """
    oil = fluid.oil_relative_density
    if fluid.water_cut is None and oil is None:
        return None
    water_cut = 0.0 if fluid.water_cut is None else fluid.water_cut
    oil = 0.86 if oil is None else oil
    return WATER_DENSITY * (water_cut * fluid.water_relative_density + (1 - water_cut) * oil)


def oil_density(fluid: Fluid) -> float:
    return WATER_DENSITY * (fluid.oil_relative_density or 0.86)


def weight_in_air(rods: tuple[RodSection, ...]) -> float:
    """[N]"""
    return sum(rod.mass_kg_per_m * rod.length_m for rod in rods) * STANDARD_GRAVITY


def buoyant_weight(rods: tuple[RodSection, ...], density: float) -> float:
    """[N] in liquid of `density` [kg/m³]; the steel's volume is its mass over 7,850 kg/m³, couplings
    included.
    """
    return weight_in_air(rods) * (1 - density / STEEL_DENSITY)


def length(rods: tuple[RodSection, ...]) -> float:
    return sum(rod.length_m for rod in rods)


def weights_below_tops(rods: tuple[RodSection, ...], density: float) -> NDArray[np.float64]:
    """Buoyant weight [N] hanging at the top of each section, (sections,)."""
    each = np.array([rod.mass_kg_per_m * rod.length_m for rod in rods])
    return np.cumsum(each[::-1])[::-1] * STANDARD_GRAVITY * (1 - density / STEEL_DENSITY)


def viscous_rate(rods: tuple[RodSection, ...], dimensionless: float) -> float:
    """c [1/s] of the wave equation from the dimensionless factor: c = π·a·ν / (2·L) (Takacs 2015, eq.
    4.58).
    """
    travel_s = sum(rod.length_m / rod.wave_speed_m_per_s for rod in rods)
    return math.pi * dimensionless / (2 * travel_s)
