"""A recorded well test: pressure after a change of rate, and the rates before. SI; shut-in is at time 0."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Formation:
    """What turns slopes into permeability.

    Attributes:
        formation_volume_factor: [m³/m³] B
        viscosity_pa_s: [Pa·s] μ
        porosity: [-] φ
        thickness_m: [m] h
        total_compressibility_per_pa: [1/Pa] c_t
        wellbore_radius_m: [m] r_w
    """

    formation_volume_factor: float
    viscosity_pa_s: float
    porosity: float
    thickness_m: float
    total_compressibility_per_pa: float
    wellbore_radius_m: float

    def permeability(self, rate_m3_per_s: float, slope_pa: float) -> float:
        """Permeability from the straight line of radial flow.

        k = q·B·μ/(4π·h·m′)

        Args:
            rate_m3_per_s: [m³/s] q at the surface
            slope_pa: [Pa] m′ per natural logarithm of time
        Returns:
            [m²] k
        Valid: radial flow of one phase; m′ above 0.
        Source: Lee, Well Testing (SPE Textbook 1, 1982), ch. 2: 162.6·q·B·μ/(m·h) in US units.

        >>> md, psi, bpd = 9.869233e-16, 6_894.757293, 0.158987294928 / 86_400
        >>> lee = Formation(1.136, 0.8e-3, 0.039, 69 * 0.3048, 17e-6 / psi, 0.198 * 0.3048)
        >>> round(lee.permeability(250 * bpd, 70 * psi / math.log(10)) / md, 2)  # Lee: 7.65 md
        7.65
        """
        return (
            rate_m3_per_s
            * self.formation_volume_factor
            * self.viscosity_pa_s
            / (4 * math.pi * self.thickness_m * slope_pa)
        )

    def slope_pa(self, rate_m3_per_s: float, permeability_m2: float) -> float:
        """Pressure per natural logarithm of time in radial flow: the plateau of the derivative.

        m′ = q·B·μ/(4π·h·k)

        Args:
            rate_m3_per_s: [m³/s] q at the surface
            permeability_m2: [m²] k
        Returns:
            [Pa]
        Valid: as `permeability`, which it is turned round.
        Source: Lee, Well Testing (SPE Textbook 1, 1982), ch. 2.

        >>> md, psi, bpd = 9.869233e-16, 6_894.757293, 0.158987294928 / 86_400
        >>> lee = Formation(1.136, 0.8e-3, 0.039, 69 * 0.3048, 17e-6 / psi, 0.198 * 0.3048)
        >>> round(lee.slope_pa(250 * bpd, 7.65 * md) * math.log(10) / psi)  # Lee: 70 psi a cycle
        70
        """
        return self.permeability(rate_m3_per_s, permeability_m2)  # the formula turns round

    def diffusion_per_s(self, permeability_m2: float) -> float:
        """Dimensionless time that passes in a second.

        t_D/t = k/(φ·μ·c_t·r_w²)

        Args:
            permeability_m2: [m²] k
        Returns:
            [1/s]
        Valid: all figures above 0.
        Source: Lee, Well Testing (SPE Textbook 1, 1982).

        >>> round(Formation(1.0, 1e-3, 0.1, 10.0, 1e-9, 0.1).diffusion_per_s(1e-13), 6)
        100.0
        """
        return permeability_m2 / (
            self.porosity
            * self.viscosity_pa_s
            * self.total_compressibility_per_pa
            * self.wellbore_radius_m**2
        )

    def storage_number(self, storage_m3_per_pa: float) -> float:
        """Dimensionless wellbore storage.

        C_D = C/(2π·φ·c_t·h·r_w²)

        Args:
            storage_m3_per_pa: [m³/Pa] C
        Returns:
            [-]
        Valid: all figures above 0.
        Source: Agarwal, Al-Hussainy and Ramey, SPEJ 1970.

        >>> round(Formation(1.0, 1e-3, 0.1, 10.0, 1e-9, 0.1).storage_number(2 * math.pi * 1e-9), 6)
        100.0
        """
        return storage_m3_per_pa / (
            2
            * math.pi
            * self.porosity
            * self.total_compressibility_per_pa
            * self.thickness_m
            * self.wellbore_radius_m**2
        )

    def investigated_m(self, permeability_m2: float, time_s: float) -> float:
        """Radius of investigation after a time.

        r = 2·√(k·t/(φ·μ·c_t))

        Args:
            permeability_m2: [m²] k
            time_s: [s] t
        Returns:
            [m]
        Valid: an endless formation; a closed one is felt where its boundary lies at r.
        Source: Lee, Well Testing (SPE Textbook 1, 1982), eq. 1.23.

        >>> round(Formation(1.0, 1e-3, 0.1, 10.0, 1e-9, 0.1).investigated_m(1e-13, 3600.0), 6)  # 2·√3600
        120.0
        """
        return 2 * self.wellbore_radius_m * math.sqrt(self.diffusion_per_s(permeability_m2) * time_s)


@dataclass(frozen=True)
class Response:
    """The part of a well test to analyse, and the rates before it.

    Attributes:
        time_s: [s] (n,) since the last change of rate, above 0 and rising
        pressure_pa: [Pa] (n,)
        start_pa: [Pa] at the change
        rate_m3_per_s: [m³/s] by how much the change lowered the rate: what flowed before a shut-in; minus
            what flows in a drawdown
        steps: ([s] before the change, [m³/s] change of rate) of all earlier changes, the first one the well's
            start
        falling: a drawdown
        formation: the rock
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
        """|p − p(0)| [Pa] (n,)."""
        return (self.start_pa - self.pressure_pa) if self.falling else (self.pressure_pa - self.start_pa)

    @cached_property
    def superposition(self) -> Floats:
        """X(Δt) [-] (n,) = ln Δt − Σ Δq_i/q·ln(t_i + Δt): pressure against it is a straight line in radial
        flow.

        With one rate before a shut-in it is −ln of the Horner ratio (t_p + Δt)/Δt.
        """
        total = np.log(self.time_s)
        for before_s, change in self.steps:
            total = total - change / self.rate_m3_per_s * np.log(before_s + self.time_s)
        return total

    @property
    def superposition_at_change(self) -> float:
        """Σ Δq_i/q·ln t_i [-] of the rates before: what the flowing pressure had come to."""
        return sum(change / self.rate_m3_per_s * math.log(before_s) for before_s, change in self.steps)

    @property
    def sign(self) -> float:
        """1 where pressure rises, −1 where it falls [-]."""
        return -1.0 if self.falling else 1.0
