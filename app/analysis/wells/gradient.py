"""Pressure along a tubing with oil, water and gas, by Beggs and Brill (JPT 1973), through the library
`fluids`.

Marched from the known end in steps of at most 50 m; PVT of the step's mean. Under 5 % of gas the stream is
taken as one phase of the mean density (Darcy, Weisbach): there the correlation's holdup goes past 1 by up to
a tenth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.wells import gas_properties
from app.analysis.wells.pvt import BlackOil

Floats = NDArray[np.float64]
STEP_M = 50.0
ROUGHNESS_M = 2.0e-5
SURFACE_TENSION = 0.025
WATER_VISCOSITY = 5e-4
NEARLY_LIQUID = 0.05


@dataclass(frozen=True)
class Stream:
    """What flows, at standard conditions: liquid [m³/s], water cut [share], producing gas-oil ratio
    [m³/m³].
    """

    liquid_m3_per_s: float
    water_cut: float
    gas_oil_ratio: float
    oil: BlackOil
    water_density: float = 1050.0


@dataclass(frozen=True)
class InPlace:
    """The stream at one pressure and temperature: volumes [m³/s], densities [kg/m³], viscosities [Pa·s]."""

    oil_m3_per_s: float
    water_m3_per_s: float
    gas_m3_per_s: float
    liquid_density: float
    gas_density: float
    liquid_viscosity: float
    gas_viscosity: float

    @property
    def gas_fraction(self) -> float:
        """Free gas of all volume, without slip."""
        whole = self.oil_m3_per_s + self.water_m3_per_s + self.gas_m3_per_s
        return self.gas_m3_per_s / whole if whole > 0 else 0.0


def in_place(stream: Stream, pressure_pa: float, temperature_k: float) -> InPlace:
    oil = stream.liquid_m3_per_s * (1 - stream.water_cut)
    water = stream.liquid_m3_per_s * stream.water_cut
    dissolved = stream.oil.dissolved_gor(pressure_pa, temperature_k)
    free = oil * max(stream.gas_oil_ratio - dissolved, 0.0)
    factor = stream.oil.oil_volume_factor(pressure_pa, temperature_k)
    gas = free * gas_properties.gas_volume_factor(pressure_pa, temperature_k, stream.oil.gas_relative_density)
    liquid = oil * factor + water
    share = water / liquid if liquid > 0 else 0.0
    oil_density = stream.oil.oil_density(pressure_pa, temperature_k)
    return InPlace(
        oil * factor,
        water,
        gas,
        share * stream.water_density + (1 - share) * oil_density,
        gas_properties.gas_density_kg_m3(pressure_pa, temperature_k, stream.oil.gas_relative_density),
        share * WATER_VISCOSITY + (1 - share) * stream.oil.oil_viscosity_pa_s(pressure_pa, temperature_k),
        gas_properties.gas_viscosity_pa_s(pressure_pa, temperature_k, stream.oil.gas_relative_density),
    )


def gradient_pa_per_m(
    stream: Stream, pressure_pa: float, temperature_k: float, diameter_m: float, inclination_rad: float = 0.0
) -> float:
    """Pressure rise per metre downwards [Pa/m] while the stream flows up; inclination from the vertical."""
    place = in_place(stream, pressure_pa, temperature_k)
    if place.gas_fraction < NEARLY_LIQUID:
        return _one_phase(place, diameter_m, inclination_rad)
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
) -> tuple[Floats, Floats]:
    """Depth (n,) [m] along the tubing and pressure (n,) [Pa] from the wellhead down to `depth_m`."""
    steps = max(1, math.ceil(depth_m / STEP_M))
    depth = np.linspace(0.0, depth_m, steps + 1)
    pressure = np.empty(steps + 1)
    pressure[0] = top_pressure_pa
    for i in range(steps):
        middle_share = (i + 0.5) / steps
        temperature = top_temperature_k + (bottom_temperature_k - top_temperature_k) * middle_share
        step = depth[i + 1] - depth[i]
        first = gradient_pa_per_m(stream, pressure[i], temperature, diameter_m, inclination_rad)
        second = gradient_pa_per_m(
            stream, pressure[i] + first * step / 2, temperature, diameter_m, inclination_rad
        )
        pressure[i + 1] = pressure[i] + second * step
    return depth, pressure
