"""A recorded well test: pressure after a change of rate, and the rates before. SI; shut-in is at time 0."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
EULER = 0.5772156649015329
KINDS = ("buildup", "drawdown", "fluid_level_rise", "inflow")


@dataclass(frozen=True)
class Formation:
    """What turns slopes into permeability: B [-], μ [Pa·s], φ [-], h [m], c_t [1/Pa], r_w [m]."""

    formation_volume_factor: float
    viscosity_pa_s: float
    porosity: float
    thickness_m: float
    total_compressibility_per_pa: float
    wellbore_radius_m: float

    def permeability(self, rate_m3_per_s: float, slope_pa: float) -> float:
        """k [m²] from the slope of pressure per natural logarithm of time [Pa]: k = qBμ/(4π·h·m′)."""
        return (
            rate_m3_per_s
            * self.formation_volume_factor
            * self.viscosity_pa_s
            / (4 * math.pi * self.thickness_m * slope_pa)
        )

    def slope_pa(self, rate_m3_per_s: float, permeability_m2: float) -> float:
        """Pressure per natural logarithm of time in radial flow [Pa]: the plateau of the derivative."""
        return self.permeability(rate_m3_per_s, permeability_m2)  # the formula turns round

    def diffusion_per_s(self, permeability_m2: float) -> float:
        """k/(φ·μ·c_t·r_w²) [1/s]: dimensionless time per second."""
        return permeability_m2 / (
            self.porosity
            * self.viscosity_pa_s
            * self.total_compressibility_per_pa
            * self.wellbore_radius_m**2
        )

    def storage_number(self, storage_m3_per_pa: float) -> float:
        """C_D = C/(2π·φ·c_t·h·r_w²)."""
        return storage_m3_per_pa / (
            2
            * math.pi
            * self.porosity
            * self.total_compressibility_per_pa
            * self.thickness_m
            * self.wellbore_radius_m**2
        )

    def investigated_m(self, permeability_m2: float, time_s: float) -> float:
        """Radius of investigation [m]: r = 2·√(k·t/(φ·μ·c_t)) (Lee, SPE Textbook 1, eq. 1.23)."""
        return 2 * self.wellbore_radius_m * math.sqrt(self.diffusion_per_s(permeability_m2) * time_s)


@dataclass(frozen=True)
class Response:
    """The part to analyse: time since the last change of rate (n,) [s], all > 0 and rising; pressure (n,)
    [Pa].

    `steps` are (time before the change [s], change of rate [m³/s]) of all earlier changes, the first one the
    well's start; `rate_m3_per_s` is by how much the last change lowered the rate: what flowed before a
    shut-in, above 0; minus what flows in a drawdown. `start_pa` is the pressure at the change.
    """

    time_s: Floats
    pressure_pa: Floats
    start_pa: float
    rate_m3_per_s: float
    steps: tuple[tuple[float, float], ...]
    falling: bool
    formation: Formation

    @property
    def change_pa(self) -> Floats:
        """|p − p(0)| (n,) [Pa]."""
        return (self.start_pa - self.pressure_pa) if self.falling else (self.pressure_pa - self.start_pa)

    @cached_property
    def superposition(self) -> Floats:
        """X(Δt) (n,) = ln Δt − Σ Δq_i/q·ln(t_i + Δt): pressure against it is a straight line in radial flow.

        With one rate before a shut-in it is −ln of the Horner ratio (t_p + Δt)/Δt.
        """
        total = np.log(self.time_s)
        for before_s, change in self.steps:
            total = total - change / self.rate_m3_per_s * np.log(before_s + self.time_s)
        return total

    @property
    def superposition_at_change(self) -> float:
        """Σ Δq_i/q·ln t_i of the rates before: what the flowing pressure had come to."""
        return sum(change / self.rate_m3_per_s * math.log(before_s) for before_s, change in self.steps)

    @property
    def sign(self) -> float:
        return -1.0 if self.falling else 1.0
