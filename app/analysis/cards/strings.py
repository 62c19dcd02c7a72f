"""The rod string as mechanics sees it: weights, buoyancy, travel times."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from app.analysis.catalogue.library import built_in
from app.analysis.catalogue.rods import RODS, RodSize
from app.core.api_gravity import WATER_KG_PER_M3
from app.core.units import STANDARD_GRAVITY
from app.models.cards import Fluid, RodSection

STEEL_DENSITY = 7_850.0
DEFAULT_MODULUS_PA = 2.1e11
FREE_SWING = 1_790
"""Rods that hang free swing by their own inertia, S·N²/1790 of their weight each way, S in metres and N in
strokes a minute (Mills).
"""


def catalogue_mass(diameter_m: float) -> float:
    """Mass per metre of rods, couplings included.

    the nearest API size within 1 mm by its square; else 1.14·7850·π/4·d²

    Args:
        diameter_m: [m]
    Returns:
        [kg/m]
    Valid: steel rods; bare steel alone would be 14 % too light.
    Source: API Spec 11B (resources/catalogue/rods.json).

    >>> round(catalogue_mass(0.01905) / 0.45359237 * 0.3048, 3)  # 3/4 in: 1.634 lb/ft
    1.634
    """
    nearest = min(_api_rods(), key=lambda size: abs(size.diameter_m - diameter_m))
    if abs(nearest.diameter_m - diameter_m) < 1e-3:
        return nearest.mass_kg_per_m * (diameter_m / nearest.diameter_m) ** 2
    return 1.14 * STEEL_DENSITY * math.pi / 4 * diameter_m**2


@cache
def _api_rods() -> tuple[RodSize, ...]:
    return tuple(found.item for found in built_in(RODS) if found.item.role == "rod")


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
    """A section of the string, what was not given filled in.

    mass from the catalogue; E = m·a²/A from the wave speed, or 2.1e11 Pa; a = √(E·A/m)

    Args:
        length_m: [m]
        diameter_m: [m]
        mass_kg_per_m: [kg/m] couplings included
        modulus_pa: [Pa]
        wave_speed_m_per_s: [m/s] a
        minimum_tensile_pa: [Pa]
        service_factor: [-]
    Returns:
        with everything filled in but the tensile strength
    Valid: the wave speed wins over the steel's modulus, not over one that was given.
    Source: API Spec 11B; a = √(EA/m): Gibbs, SPE 588 (1963).

    >>> round(section(500.0, 0.01905).wave_speed_m_per_s)
    4961
    """
    mass = mass_kg_per_m if mass_kg_per_m is not None else catalogue_mass(diameter_m)
    area = math.pi / 4 * diameter_m**2
    if modulus_pa is None:
        modulus_pa = mass * wave_speed_m_per_s**2 / area if wave_speed_m_per_s else DEFAULT_MODULUS_PA
    speed = math.sqrt(modulus_pa * area / mass)
    return RodSection(length_m, diameter_m, mass, modulus_pa, speed, minimum_tensile_pa, service_factor)


def fluid_density(fluid: Fluid) -> float | None:
    """Dead liquid in the tubing, mixed by volume.

    1000·(f_w·γ_w + (1 − f_w)·γ_o)

    Args:
        fluid: as told
    Returns:
        [kg/m³] None when neither the water cut nor the oil is known
    Valid: no free gas; oil not told: 0.86.
    Ours: relative to water as everywhere (core/api_gravity).

    >>> round(fluid_density(Fluid(water_cut=0.5, oil_relative_density=0.86)), 2)
    930.0
    """
    oil = fluid.oil_relative_density
    if fluid.water_cut is None and oil is None:
        return None
    water_cut = 0.0 if fluid.water_cut is None else fluid.water_cut
    oil = 0.86 if oil is None else oil
    return WATER_KG_PER_M3 * (water_cut * fluid.water_relative_density + (1 - water_cut) * oil)


def oil_density(fluid: Fluid) -> float:
    """Stock-tank oil.

    1000·γ_o

    Args:
        fluid: as told
    Returns:
        [kg/m³]
    Valid: oil not told: 0.86.
    Ours: relative to water as everywhere (core/api_gravity).

    >>> round(oil_density(Fluid()), 2)
    860.0
    """
    return WATER_KG_PER_M3 * (fluid.oil_relative_density or 0.86)


def weight_in_air(rods: tuple[RodSection, ...]) -> float:
    """Weight of the string in air.

    Σ m·L·g

    Args:
        rods: top to bottom
    Returns:
        [N]
    Valid: any.
    Source: Takacs, Sucker-Rod Pumping Handbook (2015).

    >>> round(weight_in_air((section(1000.0, 0.01905),)), 1)  # 2.432 kg/m
    23849.8
    """
    return sum(rod.mass_kg_per_m * rod.length_m for rod in rods) * STANDARD_GRAVITY


def buoyant_weight(rods: tuple[RodSection, ...], density: float) -> float:
    """Weight of the string in liquid.

    W·(1 − ρ/7850), the steel's volume being its mass over 7850 kg/m³, couplings included

    Args:
        rods: top to bottom
        density: [kg/m³] ρ of the liquid
    Returns:
        [N]
    Valid: as `weight_in_air`.
    Source: Takacs, Sucker-Rod Pumping Handbook (2015); API RP 11L takes 0.128·SG.

    >>> rods = (section(1000.0, 0.01905),)
    >>> round(buoyant_weight(rods, 785.0) / weight_in_air(rods), 6)
    0.9
    """
    return weight_in_air(rods) * (1 - density / STEEL_DENSITY)


def length(rods: tuple[RodSection, ...]) -> float:
    """Length of the string.

    Args:
        rods: top to bottom
    Returns:
        [m]
    Valid: any.
    Ours: sum of the sections.

    >>> length((section(300.0, 0.0222), section(700.0, 0.01905)))
    1000.0
    """
    return sum(rod.length_m for rod in rods)


def compliance(rods: tuple[RodSection, ...]) -> float:
    """What a string stretches under its load.

    C = Σ L/EA

    Args:
        rods: top to bottom
    Returns:
        [m/N]
    Valid: any.
    Source: Hooke's law.

    >>> rod = RodSection(1000.0, 0.0191, 2.4, 2.1e11, 5000.0)
    >>> round(compliance((rod,)) * 10e3, 3)  # 10 kN
    0.166
    """
    return sum(rod.length_m / rod.stiffness_n for rod in rods)


def weights_below_tops(rods: tuple[RodSection, ...], density: float) -> NDArray[np.float64]:
    """Buoyant weight hanging at the top of each section.

    Args:
        rods: top to bottom
        density: [kg/m³] of the liquid
    Returns:
        [N] (sections,)
    Valid: a vertical hole.
    Source: Takacs, Sucker-Rod Pumping Handbook (2015).

    >>> rods = (section(300.0, 0.0222), section(700.0, 0.01905))
    >>> bool(np.isclose(weights_below_tops(rods, 900.0)[0], buoyant_weight(rods, 900.0)))
    True
    """
    each = np.array([rod.mass_kg_per_m * rod.length_m for rod in rods])
    return np.cumsum(each[::-1])[::-1] * STANDARD_GRAVITY * (1 - density / STEEL_DENSITY)


def viscous_rate(rods: tuple[RodSection, ...], dimensionless: float) -> float:
    """Damping of the wave equation from the dimensionless factor.

    c = π·a·ν/(2·L)

    Args:
        rods: top to bottom
        dimensionless: [-] ν
    Returns:
        [1/s] c
    Valid: any ν ≥ 0; vendors run at about 0.
    Source: Takacs, Sucker-Rod Pumping Handbook (2015), eq. 4.58.

    >>> rod = section(1000.0, 0.01905)
    >>> bool(math.isclose(viscous_rate((rod,), 0.1), math.pi * rod.wave_speed_m_per_s * 0.1 / 2000))
    True
    """
    travel_s = sum(rod.length_m / rod.wave_speed_m_per_s for rod in rods)
    return math.pi * dimensionless / (2 * travel_s)
