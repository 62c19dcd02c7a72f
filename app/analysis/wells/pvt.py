"""What oil, gas and water are at pressure and temperature. SI outside; the correlations are in US field units
inside.

Oil: Standing 1947 (Rs, p_b, B_o), Vasquez and Beggs, JPT 1980; dead and live viscosity: Beggs and Robinson,
JPT 1975. Gas: Standing's pseudo-criticals (1977); z by Dranchuk and Abou-Kassem, JCPT 1975; viscosity: Lee,
Gonzalez and Eakin, JPT 1966. As printed in Ahmed, *Reservoir Engineering Handbook* (4th ed., 2010), ch. 2.
Good for 15–50 °API and 0.6–1.2 gas; outside, the answer is the formula's and `in_range` says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

PSI_PA = 6_894.757293
SCF_PER_STB = 0.178107606679  # m³/m³
CP = 1e-3
AIR_MOLAR_MASS = 0.0289647
GAS_CONSTANT = 8.314462618
STANDARD_PA, STANDARD_K = 101_325.0, 288.706


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


def standing_rs(pressure_psia: float, gas_density: float, temperature_f: float, api: float) -> float:
    """Gas in solution [scf/STB] (Ahmed eq. 2-70)."""
    x = 0.0125 * api - 0.00091 * temperature_f
    return gas_density * ((max(pressure_psia, 0.0) / 18.2 + 1.4) * 10**x) ** 1.2048


def standing_bubble_psia(rs: float, gas_density: float, temperature_f: float, api: float) -> float:
    """Bubble point [psia] (Ahmed eq. 2-78)."""
    x = 0.00091 * temperature_f - 0.0125 * api
    return 18.2 * ((rs / gas_density) ** 0.83 * 10**x - 1.4)


def standing_bo(rs: float, gas_density: float, oil_density: float, temperature_f: float) -> float:
    """[bbl/STB] (Ahmed eq. 2-85)."""
    return 0.9759 + 0.000120 * (rs * math.sqrt(gas_density / oil_density) + 1.25 * temperature_f) ** 1.2


_VB_RS = {True: (0.0362, 1.0937, 25.7240), False: (0.0178, 1.1870, 23.931)}
_VB_BO = {True: (4.677e-4, 1.751e-5, -1.811e-8), False: (4.670e-4, 1.100e-5, 1.337e-9)}


def vasquez_beggs_gas(gas_density: float, api: float, separator_psia: float, separator_f: float) -> float:
    """Gas density brought to the 100 psig separator of the correlation (Ahmed eq. 2-72)."""
    return gas_density * (1 + 5.912e-5 * api * separator_f * math.log10(separator_psia / 114.7))


def vasquez_beggs_rs(pressure_psia: float, gas_density: float, temperature_f: float, api: float) -> float:
    c1, c2, c3 = _VB_RS[api <= 30]
    return c1 * gas_density * pressure_psia**c2 * math.exp(c3 * api / (temperature_f + 460))


def vasquez_beggs_bubble_psia(rs: float, gas_density: float, temperature_f: float, api: float) -> float:
    c1, c2, c3 = _VB_RS[api <= 30]
    return float((rs / (c1 * gas_density * math.exp(c3 * api / (temperature_f + 460)))) ** (1 / c2))


def vasquez_beggs_bo(rs: float, gas_density: float, temperature_f: float, api: float) -> float:
    c1, c2, c3 = _VB_BO[api <= 30]
    return 1 + c1 * rs + (temperature_f - 60) * (api / gas_density) * (c2 + c3 * rs)


def beggs_robinson_dead_cp(api: float, temperature_f: float) -> float:
    x = 10 ** (3.0324 - 0.02023 * api) * temperature_f**-1.163
    return float(10**x - 1)


def beggs_robinson_live_cp(dead_cp: float, rs: float) -> float:
    a, b = 10.715 * (rs + 100) ** -0.515, 5.44 * (rs + 150) ** -0.338
    return float(a * dead_cp**b)


def pseudo_critical(gas_density: float) -> tuple[float, float]:
    """(T_pc [K], p_pc [Pa]) of an associated gas (Standing 1977; Ahmed eq. 2-18, 2-19)."""
    kelvin = (168 + 325 * gas_density - 12.5 * gas_density**2) * 5 / 9
    return kelvin, (677 + 15.0 * gas_density - 37.5 * gas_density**2) * PSI_PA


_DAK = (0.3265, -1.0700, -0.5339, 0.01569, -0.05165, 0.5475, -0.7361, 0.1844, 0.1056, 0.6134, 0.7210)


def z_dak(reduced_temperature: float, reduced_pressure: float) -> float:
    """Gas deviation factor by Dranchuk and Abou-Kassem, solved by Newton steps in density with halving as a
    guard.
    """
    t = reduced_temperature
    a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11 = _DAK
    c1 = a1 + a2 / t + a3 / t**3 + a4 / t**4 + a5 / t**5
    c2, c3 = a6 + a7 / t + a8 / t**2, a9 * (a7 / t + a8 / t**2)

    def z_of(density: float) -> float:
        square = density**2
        return (
            1
            + c1 * density
            + c2 * square
            - c3 * density**5
            + a10 * (1 + a11 * square) * square / t**3 * math.exp(-a11 * square)
        )

    low, high = 0.0, 3.0
    for _ in range(60):
        density = (low + high) / 2
        # ρ_r = 0.27·p_r/(z·T_r): the left side grows with density.
        if density * z_of(density) * t < 0.27 * reduced_pressure:
            low = density
        else:
            high = density
    return z_of((low + high) / 2)


def gas_deviation(pressure_pa: float, temperature_k: float, gas_density: float) -> float:
    critical_k, critical_pa = pseudo_critical(gas_density)
    return z_dak(temperature_k / critical_k, pressure_pa / critical_pa)


def gas_volume_factor(pressure_pa: float, temperature_k: float, gas_density: float) -> float:
    """B_g [m³ in place per standard m³]."""
    z = gas_deviation(pressure_pa, temperature_k, gas_density)
    return z * temperature_k / STANDARD_K * STANDARD_PA / pressure_pa


def gas_density_kg_m3(pressure_pa: float, temperature_k: float, gas_density: float) -> float:
    z = gas_deviation(pressure_pa, temperature_k, gas_density)
    return pressure_pa * AIR_MOLAR_MASS * gas_density / (z * GAS_CONSTANT * temperature_k)


def gas_viscosity_pa_s(pressure_pa: float, temperature_k: float, gas_density: float) -> float:
    """Lee, Gonzalez, Eakin: ρ in g/cm³, T in °R, M in g/mol."""
    rankine, molar = temperature_k * 1.8, 28.9647 * gas_density
    rho = gas_density_kg_m3(pressure_pa, temperature_k, gas_density) / 1000
    k = (9.4 + 0.02 * molar) * rankine**1.5 / (209 + 19 * molar + rankine)
    x = 3.5 + 986 / rankine + 0.01 * molar
    return CP * 1e-4 * k * math.exp(x * rho ** (2.4 - 0.2 * x))


def column_factor(height_m: float, temperature_k: float, gas_density: float, z: float = 1.0) -> float:
    """By how much a column of gas is heavier at its foot: exp(M·g·h/(z·R·T))."""
    return math.exp(AIR_MOLAR_MASS * gas_density * 9.80665 * height_m / (z * GAS_CONSTANT * temperature_k))
