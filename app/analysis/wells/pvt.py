"""What oil is at pressure and temperature. SI outside; the correlations are in US field units inside.

Rs, p_b, B_o by Standing 1947, viscosity by Beggs and Robinson, JPT 1975 (`oil_correlations`); its gas in
`gas_properties`. Good for 15–50 °API and 0.55–1.2 gas; outside, the answer is the formula's and `in_range`
says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.analysis.wells.gas_properties import CP, PSI_PA
from app.analysis.wells.oil_correlations import (
    beggs_robinson_dead_cp,
    beggs_robinson_live_cp,
    standing_bo,
    standing_bubble_psia,
    standing_rs,
    vasquez_beggs_shrinkage,
    vasquez_beggs_thickening,
)
from app.core.api_gravity import WATER_KG_PER_M3, degrees

SCF_PER_STB = 0.178107606679  # m³/m³


def fahrenheit(temperature_k: float) -> float:
    """A temperature in the degrees of the correlations.

    t = 9/5·T − 459.67

    Args:
        temperature_k: [K] absolute
    Returns:
        [°F]
    Valid: any temperature; nothing is checked.
    Source: definition of the scale (NIST SP 811, appendix B).

    >>> round(fahrenheit(373.15), 6)
    212.0
    """
    return temperature_k * 9 / 5 - 459.67


def api_gravity(oil_relative_density: float) -> float:
    """Density of stock-tank oil on the API scale.

    °API = 141.5/γ_o − 131.5

    Args:
        oil_relative_density: [-] γ_o, to water
    Returns:
        [°API]
    Valid: above 0; the correlations here speak for 15–50 °API (`BlackOil.in_range`).
    Source: definition of the scale; Ahmed, Reservoir Engineering Handbook (4th ed., 2010), ch. 2.

    >>> round(api_gravity(1.0), 6)
    10.0
    >>> round(api_gravity(0.85), 2)
    34.97
    """
    return float(degrees(oil_relative_density))


class OilInPlace(NamedTuple):
    """Oil at one pressure and temperature.

    Attributes:
        dissolved_gor: [m³/m³] R_s
        volume_factor: [m³/m³] B_o
        density: [kg/m³] its gas in solution included
        viscosity_pa_s: [Pa·s]
    """

    dissolved_gor: float
    volume_factor: float
    density: float
    viscosity_pa_s: float


@dataclass(frozen=True)
class BlackOil:
    """Oil with the gas it holds, by black-oil correlations.

    Attributes:
        oil_relative_density: [-] γ_o, to water
        gas_relative_density: [-] γ_g, to air
        solution_gor: [m³/m³] gas in solution at the bubble point, both at standard conditions
    """

    oil_relative_density: float
    gas_relative_density: float
    solution_gor: float

    @cached_property
    def api(self) -> float:
        """Density [°API]."""
        return api_gravity(self.oil_relative_density)

    @property
    def in_range(self) -> bool:
        """Whether the correlations were made for such an oil [-]: 15–50 °API, gas 0.55–1.2."""
        return 15 <= self.api <= 50 and 0.55 <= self.gas_relative_density <= 1.2

    def bubble_pressure_pa(self, temperature_k: float) -> float:
        """Pressure at which the first gas comes out of solution.

        Standing's p_b at the oil's own `solution_gor` (`standing_bubble_psia`).

        Args:
            temperature_k: [K]
        Returns:
            [Pa] absolute; below 0 for an oil with next to no gas
        Valid: `in_range`, 310–400 K; outside, the answer is the formula's.
        Source: Standing 1947, as in Ahmed (4th ed., 2010), eq. 2-78.

        >>> oil = BlackOil(141.5 / (30 + 131.5), 0.75, 350 * SCF_PER_STB)
        >>> round(oil.bubble_pressure_pa(366.483) / PSI_PA)  # 350 scf/STB at 200 °F: 1890 psia
        1890
        """
        return PSI_PA * standing_bubble_psia(
            self.solution_gor / SCF_PER_STB, self.gas_relative_density, fahrenheit(temperature_k), self.api
        )

    def dissolved_gor(self, pressure_pa: float, temperature_k: float) -> float:
        """Gas in solution at a pressure, at most all there is.

        R_s by Standing (`standing_rs`) below the bubble point, `solution_gor` above it.

        Args:
            pressure_pa: [Pa] absolute
            temperature_k: [K]
        Returns:
            [m³/m³] at standard conditions
        Valid: `in_range`; pressures below 0 count as 0.
        Source: Standing 1947, as in Ahmed (4th ed., 2010), eq. 2-70.

        >>> oil = BlackOil(141.5 / (35 + 131.5), 0.75, 500 * SCF_PER_STB)
        >>> round(oil.dissolved_gor(800 * PSI_PA, 355.372) / SCF_PER_STB, 1)  # worked by hand: 158.8
        158.8
        """
        free = standing_rs(
            pressure_pa / PSI_PA, self.gas_relative_density, fahrenheit(temperature_k), self.api
        )
        return min(free * SCF_PER_STB, self.solution_gor)

    def oil_volume_factor(self, pressure_pa: float, temperature_k: float) -> float:
        """Volume of the oil in place, with its gas in solution, for one of stock-tank oil.

        B_o by Standing (`standing_bo`) at R_s(p, T), above the bubble point times `vasquez_beggs_shrinkage`

        Args:
            pressure_pa: [Pa] absolute
            temperature_k: [K]
        Returns:
            [m³/m³]
        Valid: `in_range`.
        Source: Standing 1947, as in Ahmed (4th ed., 2010), eq. 2-85; Vasquez and Beggs, JPT 1980.

        >>> oil = BlackOil(141.5 / (35 + 131.5), 0.75, 500 * SCF_PER_STB)
        >>> round(oil.oil_volume_factor(800 * PSI_PA, 355.372), 4)  # worked by hand: 1.1227
        1.1227
        """
        return self.at(pressure_pa, temperature_k).volume_factor

    def oil_viscosity_pa_s(self, pressure_pa: float, temperature_k: float) -> float:
        """Viscosity of the oil with its gas in solution.

        Dead oil by `beggs_robinson_dead_cp`, then `beggs_robinson_live_cp` at R_s(p, T), above the bubble
        point times `vasquez_beggs_thickening`.

        Args:
            pressure_pa: [Pa] absolute
            temperature_k: [K]
        Returns:
            [Pa·s]
        Valid: 16–58 °API, 294–419 K, up to 2070 scf/STB; outside, the answer is the formula's.
        Source: Beggs and Robinson, JPT 1975; Vasquez and Beggs, JPT 1980; as in Ahmed (4th ed., 2010), ch. 2.

        >>> dead = BlackOil(141.5 / (30 + 131.5), 0.75, 0.0)
        >>> round(dead.oil_viscosity_pa_s(1e6, 366.483) * 1e3, 2)  # 30 °API, 200 °F, no gas: live is dead
        2.64
        """
        return self.at(pressure_pa, temperature_k).viscosity_pa_s

    def oil_density(self, pressure_pa: float, temperature_k: float) -> float:
        """Density of the oil in place, the gas in solution included.

        ρ = (1000·γ_o + 1.225·γ_g·R_s)/B_o

        Args:
            pressure_pa: [Pa] absolute
            temperature_k: [K]
        Returns:
            [kg/m³]
        Valid: as `oil_volume_factor`.
        Ours: mass over volume, from R_s and B_o of Standing.

        >>> oil = BlackOil(0.85, 0.8, 0.0)
        >>> round(oil.oil_density(1e6, 288.706) * oil.oil_volume_factor(1e6, 288.706), 2)
        850.0
        """
        return self.at(pressure_pa, temperature_k).density

    def at(self, pressure_pa: float, temperature_k: float) -> OilInPlace:
        """All of it at one place: what several figures need is worked out once.

        R_s, p_b and t first, then B_o, ρ and μ as `oil_volume_factor`, `oil_density` and
        `oil_viscosity_pa_s` tell

        Args:
            pressure_pa: [Pa] absolute
            temperature_k: [K]
        Returns:
            the oil in place
        Valid: as the three.
        Source: as the three.

        >>> oil = BlackOil(141.5 / (35 + 131.5), 0.75, 500 * SCF_PER_STB)
        >>> round(oil.at(800 * PSI_PA, 355.372).volume_factor, 4)
        1.1227
        """
        dissolved = self.dissolved_gor(pressure_pa, temperature_k)
        ratio, t, psia = dissolved / SCF_PER_STB, fahrenheit(temperature_k), pressure_pa / PSI_PA
        bubble = self.bubble_pressure_pa(temperature_k) / PSI_PA
        gas = self.gas_relative_density
        factor = standing_bo(ratio, gas, self.oil_relative_density, t) * vasquez_beggs_shrinkage(
            psia, bubble, self.solution_gor / SCF_PER_STB, gas, t, self.api
        )
        mass = WATER_KG_PER_M3 * self.oil_relative_density + 1.2250 * gas * dissolved
        thin = beggs_robinson_live_cp(beggs_robinson_dead_cp(self.api, t), ratio)
        viscosity = CP * thin * vasquez_beggs_thickening(psia, bubble)
        return OilInPlace(dissolved, factor, mass / factor, viscosity)
