"""What oil is at pressure and temperature. SI outside; the correlations are in US field units inside.

Rs, p_b, B_o by Standing 1947, viscosity by Beggs and Robinson, JPT 1975 (`oil_correlations`); its gas in
`gas_properties`. Good for 15–50 °API and 0.55–1.2 gas; outside, the answer is the formula's and `in_range`
says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.wells.gas_properties import CP, PSI_PA
from app.analysis.wells.oil_correlations import (
    beggs_robinson_dead_cp,
    beggs_robinson_live_cp,
    standing_bo,
    standing_bubble_psia,
    standing_rs,
)

SCF_PER_STB = 0.178107606679  # m³/m³


def fahrenheit(temperature_k: float) -> float:
    return temperature_k * 9 / 5 - 459.67


def api_gravity(oil_relative_density: float) -> float:
    return 141.5 / oil_relative_density - 131.5


@dataclass(frozen=True)
class BlackOil:
    """γ_o, γ_g relative to water and air; `solution_gor` at the bubble point [m³/m³ at standard
    conditions].
    """

    oil_relative_density: float
    gas_relative_density: float
    solution_gor: float

    @property
    def api(self) -> float:
        return api_gravity(self.oil_relative_density)

    @property
    def in_range(self) -> bool:
        return 15 <= self.api <= 50 and 0.55 <= self.gas_relative_density <= 1.2

    def bubble_pressure_pa(self, temperature_k: float) -> float:
        return PSI_PA * standing_bubble_psia(
            self.solution_gor / SCF_PER_STB, self.gas_relative_density, fahrenheit(temperature_k), self.api
        )

    def dissolved_gor(self, pressure_pa: float, temperature_k: float) -> float:
        """Gas in solution [m³/m³]: Standing, at most what there is."""
        free = standing_rs(
            pressure_pa / PSI_PA, self.gas_relative_density, fahrenheit(temperature_k), self.api
        )
        return min(free * SCF_PER_STB, self.solution_gor)

    def oil_volume_factor(self, pressure_pa: float, temperature_k: float) -> float:
        """B_o [m³/m³] with the gas in solution; the little compression above the bubble point is left out."""
        dissolved = self.dissolved_gor(pressure_pa, temperature_k) / SCF_PER_STB
        return standing_bo(
            dissolved, self.gas_relative_density, self.oil_relative_density, fahrenheit(temperature_k)
        )

    def oil_viscosity_pa_s(self, pressure_pa: float, temperature_k: float) -> float:
        dead = beggs_robinson_dead_cp(self.api, fahrenheit(temperature_k))
        dissolved = self.dissolved_gor(pressure_pa, temperature_k) / SCF_PER_STB
        return CP * beggs_robinson_live_cp(dead, dissolved)

    def oil_density(self, pressure_pa: float, temperature_k: float) -> float:
        """At pressure and temperature [kg/m³], the gas in solution included."""
        dissolved = self.dissolved_gor(pressure_pa, temperature_k)
        mass = 999.0 * self.oil_relative_density + 1.2250 * self.gas_relative_density * dissolved
        return mass / self.oil_volume_factor(pressure_pa, temperature_k)
