"""Pressure along a tubing with oil, water and gas, by Beggs and Brill (JPT 1973, through the library
`fluids`), Hagedorn and Brown or Gray (`holdup`): `method_for` chooses.

Marched from the known end in steps of at most 50 m; PVT of the step's mean. Under 5 % of gas the stream is
taken as one phase of the mean density (Darcy, Weisbach): there the holdup of Beggs and Brill goes past 1 by
up to a tenth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.wells import gas_properties, holdup
from app.analysis.wells.pvt import BlackOil

Floats = NDArray[np.float64]
STEP_M = 50.0
ROUGHNESS_M = 2.0e-5
SURFACE_TENSION = 0.025
WATER_VISCOSITY = 5e-4
NEARLY_LIQUID = 0.05
BEGGS_BRILL, HAGEDORN_BROWN, GRAY = "beggs_brill", "hagedorn_brown", "gray"
STEEP_RAD = math.radians(30)
"""From the vertical: beyond it only Beggs and Brill measured."""

OIL_WELL, GAS_WELL = 900.0, 3_560.0
"""Gas to liquid at standard conditions [m³/m³]: Hagedorn and Brown up to the first (5,000 scf/bbl), Gray from
the second on (50 bbl of liquid to a million cubic feet).
"""


@dataclass(frozen=True)
class Stream:
    """What flows, at standard conditions.

    Attributes:
        liquid_m3_per_s: [m³/s] oil and water
        water_cut: [-] share of the liquid, 0 … 1
        gas_oil_ratio: [m³/m³] all gas, free and dissolved, to oil
        oil: its PVT
        water_density: [kg/m³]
    """

    liquid_m3_per_s: float
    water_cut: float
    gas_oil_ratio: float
    oil: BlackOil
    water_density: float = 1050.0


@dataclass(frozen=True)
class InPlace:
    """The stream at one pressure and temperature.

    Attributes:
        oil_m3_per_s: [m³/s] with its gas in solution
        water_m3_per_s: [m³/s]
        gas_m3_per_s: [m³/s] free
        liquid_density: [kg/m³]
        gas_density: [kg/m³]
        liquid_viscosity: [Pa·s] mixed by volume
        gas_viscosity: [Pa·s]
    """

    oil_m3_per_s: float
    water_m3_per_s: float
    gas_m3_per_s: float
    liquid_density: float
    gas_density: float
    liquid_viscosity: float
    gas_viscosity: float

    @property
    def gas_fraction(self) -> float:
        """Free gas of all volume, without slip [-]."""
        whole = self.oil_m3_per_s + self.water_m3_per_s + self.gas_m3_per_s
        return self.gas_m3_per_s / whole if whole > 0 else 0.0


def in_place(stream: Stream, pressure_pa: float, temperature_k: float) -> InPlace:
    """Volumes, densities and viscosities of a stream at pressure and temperature.

    q_g = q_o·(GOR − R_s)·B_g, q_l = q_o·B_o + q_w; water does not swell.

    Args:
        stream: at standard conditions
        pressure_pa: [Pa] absolute, above 0
        temperature_k: [K]
    Returns:
        at these conditions
    Valid: as `BlackOil`; a stream without liquid has no gas either.
    Source: black-oil balance, Ahmed, Reservoir Engineering Handbook (4th ed., 2010), ch. 2; oil and gas as in
        `pvt`.

    >>> scf, psi, bpd = 0.178107606679, 6_894.757293, 0.158987294928 / 86_400
    >>> oil = BlackOil(141.5 / (35 + 131.5), 0.75, 500 * scf)
    >>> place = in_place(Stream(1000 * bpd, 0.4, 500 * scf, oil), 800 * psi, 355.372)
    >>> round(place.gas_fraction, 3)  # 747.6 of gas, 1073.6 bbl/d of liquid: 41.0 %
    0.41
    """
    oil = stream.liquid_m3_per_s * (1 - stream.water_cut)
    water = stream.liquid_m3_per_s * stream.water_cut
    there = stream.oil.at(pressure_pa, temperature_k)
    free, factor = oil * max(stream.gas_oil_ratio - there.dissolved_gor, 0.0), there.volume_factor
    gas = free * gas_properties.gas_volume_factor(pressure_pa, temperature_k, stream.oil.gas_relative_density)
    liquid = oil * factor + water
    share = water / liquid if liquid > 0 else 0.0
    return InPlace(
        oil * factor,
        water,
        gas,
        share * stream.water_density + (1 - share) * there.density,
        gas_properties.gas_density_kg_m3(pressure_pa, temperature_k, stream.oil.gas_relative_density),
        share * WATER_VISCOSITY + (1 - share) * there.viscosity_pa_s,
        gas_properties.gas_viscosity_pa_s(pressure_pa, temperature_k, stream.oil.gas_relative_density),
    )


def method_for(stream: Stream, inclination_rad: float = 0.0) -> str:
    """Which correlation was made for such a well.

    beyond 30° from the vertical Beggs and Brill; up to 900 m³ of gas to one of liquid Hagedorn and Brown,
    from 3,560 on Gray, between them Beggs and Brill

    Args:
        stream: at standard conditions
        inclination_rad: [rad] from the vertical
    Returns:
        beggs_brill, hagedorn_brown or gray
    Valid: any stream.
    Source: ranges of the papers, as in `holdup`.

    >>> oil = BlackOil(0.85, 0.8, 60.0)
    >>> [method_for(Stream(1e-3, 0.5, ratio, oil)) for ratio in (100.0, 4000.0, 9000.0)]
    ['hagedorn_brown', 'beggs_brill', 'gray']
    """
    to_liquid = stream.gas_oil_ratio * (1 - stream.water_cut)
    if inclination_rad > STEEP_RAD or OIL_WELL < to_liquid < GAS_WELL:
        return BEGGS_BRILL
    return HAGEDORN_BROWN if to_liquid <= OIL_WELL else GRAY


def gradient_pa_per_m(
    stream: Stream,
    pressure_pa: float,
    temperature_k: float,
    diameter_m: float,
    inclination_rad: float = 0.0,
    method: str = BEGGS_BRILL,
) -> float:
    """Pressure rise per metre downwards while the stream flows up the tubing.

    Weight and friction with the holdup of the method; under 5 % of gas ρ·g·cos θ + λ·ρ·v²/(2·d). Hagedorn,
    Brown and Gray are of vertical pipes: their weight is taken by cos θ.

    Args:
        stream: at standard conditions
        pressure_pa: [Pa] absolute
        temperature_k: [K]
        diameter_m: [m] inside
        inclination_rad: [rad] from the vertical
        method: beggs_brill, hagedorn_brown or gray
    Returns:
        [Pa/m]
    Valid: `method_for` knows which. Beggs and Brill was measured in 25 and 38 mm pipes; the published 152 mm
        case of Brill and Mukherjee comes out among its published answers. Surface tension 0.025 N/m and
        roughness 0.02 mm are taken.
    Source: Beggs and Brill, JPT 1973, by `fluids.two_phase.Beggs_Brill`; the others: `holdup`; one
        phase: Darcy and Weisbach.

    >>> water = Stream(1e-9, 1.0, 0.0, BlackOil(0.85, 0.8, 0.0), water_density=1000.0)
    >>> round(gradient_pa_per_m(water, 1e6, 300.0, 0.062), 1)  # standing water: ρ·g
    9806.7
    """
    place = in_place(stream, pressure_pa, temperature_k)
    if place.gas_fraction < NEARLY_LIQUID:
        return _one_phase(place, diameter_m, inclination_rad)
    if method != BEGGS_BRILL:
        return _vertical(place, pressure_pa, diameter_m, inclination_rad, method)
    from fluids.two_phase import Beggs_Brill

    liquid_mass = (place.oil_m3_per_s + place.water_m3_per_s) * place.liquid_density
    gas_mass = place.gas_m3_per_s * place.gas_density
    mass = liquid_mass + gas_mass
    quality = min(max(gas_mass / mass, 1e-9), 1 - 1e-9)
    return float(
        Beggs_Brill(
            m=mass,
            x=quality,
            rhol=place.liquid_density,
            rhog=place.gas_density,
            mul=place.liquid_viscosity,
            mug=place.gas_viscosity,
            sigma=SURFACE_TENSION,
            P=pressure_pa,
            D=diameter_m,
            angle=90 - math.degrees(inclination_rad),
            roughness=ROUGHNESS_M,
            L=1.0,
        )
    )


def _vertical(
    place: InPlace, pressure_pa: float, diameter_m: float, inclination_rad: float, method: str
) -> float:
    area = math.pi / 4 * diameter_m**2
    flow = holdup.Flow(
        (place.oil_m3_per_s + place.water_m3_per_s) / area,
        place.gas_m3_per_s / area,
        place.liquid_density,
        place.gas_density,
        place.liquid_viscosity,
        place.gas_viscosity,
        SURFACE_TENSION,
        diameter_m,
        ROUGHNESS_M,
        pressure_pa,
    )
    weight, friction = holdup.hagedorn_brown(flow) if method == HAGEDORN_BROWN else holdup.gray(flow)
    return weight * math.cos(inclination_rad) + friction


def _one_phase(place: InPlace, diameter_m: float, inclination_rad: float) -> float:
    from fluids.friction import friction_factor

    gas = place.gas_fraction
    density = (1 - gas) * place.liquid_density + gas * place.gas_density
    volume = place.oil_m3_per_s + place.water_m3_per_s + place.gas_m3_per_s
    weight = density * 9.80665 * math.cos(inclination_rad)
    if volume <= 0:
        return weight
    speed = volume / (math.pi / 4 * diameter_m**2)
    reynolds = density * speed * diameter_m / place.liquid_viscosity
    return weight + float(friction_factor(reynolds, ROUGHNESS_M / diameter_m)) * density * speed**2 / (
        2 * diameter_m
    )


def traverse(
    stream: Stream,
    *,
    top_pressure_pa: float,
    depth_m: float,
    diameter_m: float,
    top_temperature_k: float,
    bottom_temperature_k: float,
    inclination_rad: float = 0.0,
    method: str = BEGGS_BRILL,
    step_m: float = STEP_M,
) -> tuple[Floats, Floats]:
    """Pressure along the tubing from the wellhead down.

    p_{i+1} = p_i + g(p_i + g(p_i)·Δ/2)·Δ (midpoint rule, steps of at most 50 m if not said), temperature
    straight between both ends

    Args:
        stream: at standard conditions
        top_pressure_pa: [Pa] absolute, at the wellhead
        depth_m: [m] along the tubing
        diameter_m: [m] inside
        top_temperature_k: [K]
        bottom_temperature_k: [K]
        inclination_rad: [rad] from the vertical, one for the whole way
        method: of `gradient_pa_per_m`
        step_m: [m] at most; 150 m are within a hundredth of the pressure
    Returns:
        ([m] (n,), [Pa] (n,)): depth along the tubing and pressure there
    Valid: as `gradient_pa_per_m`.
    Source: as `gradient_pa_per_m`; the march is ours.

    >>> water = Stream(1e-9, 1.0, 0.0, BlackOil(0.85, 0.8, 0.0), water_density=1000.0)
    >>> depth, pressure = traverse(
    ...     water, top_pressure_pa=1e6, depth_m=100, diameter_m=0.062,
    ...     top_temperature_k=300, bottom_temperature_k=300,
    ... )
    >>> depth.tolist(), round(float(pressure[-1]))  # 1 MPa and 100 m of water
    ([0.0, 50.0, 100.0], 1980665)
    """
    steps = max(1, math.ceil(depth_m / step_m))
    depth = np.linspace(0.0, depth_m, steps + 1)
    pressure = np.empty(steps + 1)
    pressure[0] = top_pressure_pa
    for i in range(steps):
        middle_share = (i + 0.5) / steps
        temperature = top_temperature_k + (bottom_temperature_k - top_temperature_k) * middle_share
        step = depth[i + 1] - depth[i]
        first = gradient_pa_per_m(stream, pressure[i], temperature, diameter_m, inclination_rad, method)
        second = gradient_pa_per_m(
            stream, pressure[i] + first * step / 2, temperature, diameter_m, inclination_rad, method
        )
        pressure[i + 1] = pressure[i] + second * step
    return depth, pressure
