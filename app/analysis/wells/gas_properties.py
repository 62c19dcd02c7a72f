"""What natural gas is at pressure and temperature, SI.

Standing's pseudo-criticals (1977); z by Dranchuk and Abou-Kassem, JCPT 1975; viscosity: Lee, Gonzalez and
Eakin, JPT 1966. As printed in Ahmed, *Reservoir Engineering Handbook* (4th ed., 2010), ch. 2. `gas_density`
is relative to air: 0.6–1.2.
"""

from __future__ import annotations

import math

PSI_PA = 6_894.757293
CP = 1e-3
AIR_MOLAR_MASS = 0.0289647
GAS_CONSTANT = 8.314462618
STANDARD_PA, STANDARD_K = 101_325.0, 288.706


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
