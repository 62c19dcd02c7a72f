"""What natural gas is at pressure and temperature, SI.

Standing's pseudo-criticals (1977); z by Dranchuk and Abou-Kassem, JCPT 1975; viscosity: Lee, Gonzalez and
Eakin, JPT 1966. As printed in Ahmed, *Reservoir Engineering Handbook* (4th ed., 2010), ch. 2. `gas_density`
is relative to air: 0.6–1.2.
"""

from __future__ import annotations

import math
from functools import lru_cache

PSI_PA = 6_894.757293
CP = 1e-3
AIR_MOLAR_MASS = 0.0289647
GAS_CONSTANT = 8.314462618
STANDARD_PA, STANDARD_K = 101_325.0, 288.706


def pseudo_critical(gas_density: float) -> tuple[float, float]:
    """Pseudo-critical temperature and pressure of an associated gas from its density.

    T_pc = 168 + 325·γ − 12.5·γ² °R, p_pc = 677 + 15·γ − 37.5·γ² psia

    Args:
        gas_density: [-] γ, to air
    Returns:
        ([K], [Pa])
    Valid: 0.55–1.2, little CO₂, H₂S and N₂; outside, the answer is the formula's.
    Source: Standing 1977, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010), eq. 2-18, 2-19.

    >>> kelvin, pascal = pseudo_critical(0.75)
    >>> round(kelvin * 1.8, 2), round(pascal / PSI_PA, 2)  # 168 + 243.75 − 7.03; 677 + 11.25 − 21.09
    (404.72, 667.16)
    """
    kelvin = (168 + 325 * gas_density - 12.5 * gas_density**2) * 5 / 9
    return kelvin, (677 + 15.0 * gas_density - 37.5 * gas_density**2) * PSI_PA


DENSEST = 3.0
"""ρ_r that no gas of the chart reaches."""

_DAK = (0.3265, -1.0700, -0.5339, 0.01569, -0.05165, 0.5475, -0.7361, 0.1844, 0.1056, 0.6134, 0.7210)


@lru_cache(maxsize=256)  # volume, density and viscosity of one place ask for the same
def z_dak(reduced_temperature: float, reduced_pressure: float) -> float:
    """Gas deviation factor by Dranchuk and Abou-Kassem.

    z(ρ_r, T_r) of eleven constants with ρ_r = 0.27·p_r/(z·T_r), found by Newton within a bracket of ρ_r.

    Args:
        reduced_temperature: [-] T/T_pc
        reduced_pressure: [-] p/p_pc
    Returns:
        [-] z
    Valid: 1 ≤ T_r ≤ 3, 0.2 ≤ p_r ≤ 30; outside, the answer is the formula's, bounded by ρ_r ≤ 3.
    Source: Dranchuk and Abou-Kassem, JCPT 1975, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010),
        ch. 2.

    >>> [round(z_dak(t, p), 4) for t, p in ((1.5, 2), (1.5, 3), (2, 5), (1.3, 1.5), (1.2, 3))]
    [0.8215, 0.7761, 0.9595, 0.7544, 0.5302]
    """
    t = reduced_temperature
    a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11 = _DAK
    c1 = a1 + a2 / t + a3 / t**3 + a4 / t**4 + a5 / t**5
    c2, c3 = a6 + a7 / t + a8 / t**2, a9 * (a7 / t + a8 / t**2)

    c4 = a10 / t**3
    wanted = 0.27 * reduced_pressure / t

    def z_and_slope(density: float) -> tuple[float, float]:
        square = density**2
        fades = math.exp(-a11 * square)
        z = 1 + c1 * density + c2 * square - c3 * density**5 + c4 * (1 + a11 * square) * square * fades
        slope = c1 + 2 * c2 * density - 5 * c3 * density**4
        return z, slope + 2 * c4 * density * (1 + a11 * square - a11**2 * square**2) * fades

    # ρ_r·z = 0.27·p_r/T_r: the left side grows with density. Newton, halved where he leaves the bracket.
    low, high = 0.0, DENSEST
    density = min(wanted, DENSEST)
    for _ in range(60):
        z, slope = z_and_slope(density)
        off = density * z - wanted
        low, high = (density, high) if off < 0 else (low, density)
        steep = z + density * slope
        step = density - off / steep if steep > 0 else math.inf
        step = step if low <= step <= high else (low + high) / 2
        if abs(step - density) <= 1e-13 * density:
            break
        density = step
    return z_and_slope(density)[0]


def gas_deviation(pressure_pa: float, temperature_k: float, gas_density: float) -> float:
    """Deviation factor z of a natural gas: `z_dak` at its `pseudo_critical` point.

    Args:
        pressure_pa: [Pa] absolute
        temperature_k: [K]
        gas_density: [-] γ, to air
    Returns:
        [-] z
    Valid: as those two.
    Source: Standing 1977 and Dranchuk and Abou-Kassem, JCPT 1975.

    >>> abs(gas_deviation(800 * PSI_PA, 355.372, 0.75) - 0.9056) < 1e-3  # 800 psia, 180 °F
    True
    """
    critical_k, critical_pa = pseudo_critical(gas_density)
    return z_dak(temperature_k / critical_k, pressure_pa / critical_pa)


def gas_volume_factor(pressure_pa: float, temperature_k: float, gas_density: float) -> float:
    """Volume of gas in place for one at standard conditions (101,325 Pa, 60 °F).

    B_g = z·(T/T_s)·(p_s/p)

    Args:
        pressure_pa: [Pa] absolute, above 0
        temperature_k: [K]
        gas_density: [-] γ, to air
    Returns:
        [m³/m³]
    Valid: as `gas_deviation`.
    Source: real gas law; Ahmed, Reservoir Engineering Handbook (4th ed., 2010), ch. 2.

    >>> bbl_per_mscf = 1000 / 5.614583
    >>> round(gas_volume_factor(800 * PSI_PA, 355.372, 0.75) * bbl_per_mscf, 2)  # worked by hand: 3.651
    3.65
    """
    z = gas_deviation(pressure_pa, temperature_k, gas_density)
    return z * temperature_k / STANDARD_K * STANDARD_PA / pressure_pa


def gas_density_kg_m3(pressure_pa: float, temperature_k: float, gas_density: float) -> float:
    """Density of gas in place.

    ρ = p·M_air·γ/(z·R·T)

    Args:
        pressure_pa: [Pa] absolute
        temperature_k: [K]
        gas_density: [-] γ, to air
    Returns:
        [kg/m³]
    Valid: as `gas_deviation`.
    Source: real gas law; Ahmed, Reservoir Engineering Handbook (4th ed., 2010), ch. 2.

    >>> round(gas_density_kg_m3(101_325, 288.706, 0.75) / 0.75, 2)  # air at standard conditions
    1.23
    """
    z = gas_deviation(pressure_pa, temperature_k, gas_density)
    return pressure_pa * AIR_MOLAR_MASS * gas_density / (z * GAS_CONSTANT * temperature_k)


def gas_viscosity_pa_s(pressure_pa: float, temperature_k: float, gas_density: float) -> float:
    """Viscosity of natural gas by Lee, Gonzalez and Eakin.

    μ = 1e-4·K·exp(X·ρ^Y) cP, ρ in g/cm³, T in °R, M in g/mol

    Args:
        pressure_pa: [Pa] absolute
        temperature_k: [K]
        gas_density: [-] γ, to air
    Returns:
        [Pa·s]
    Valid: 100–8000 psia, 100–340 °F, no sour gas; outside, the answer is the formula's.
    Source: Lee, Gonzalez and Eakin, JPT 1966, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010),
        ch. 2.

    >>> round(gas_viscosity_pa_s(1700 * PSI_PA, 355.372, 0.7) / CP, 3)  # Brill and Mukherjee's case: 0.016 cP
    0.016
    """
    return lee_viscosity_pa_s(
        temperature_k, gas_density, gas_density_kg_m3(pressure_pa, temperature_k, gas_density)
    )


def lee_viscosity_pa_s(temperature_k: float, gas_density: float, density_kg_m3: float) -> float:
    """The same of a gas whose density in place is known: z by another way, impurities.

    Args:
        temperature_k: [K]
        gas_density: [-] γ, to air
        density_kg_m3: [kg/m³] in place
    Returns:
        [Pa·s]
    Valid: as `gas_viscosity_pa_s`.
    Source: Lee, Gonzalez and Eakin, JPT 1966.

    >>> round(lee_viscosity_pa_s(355.372, 0.7, 94.2) / CP, 4)  # 5.88 lb/ft³ at 180 °F
    0.0159
    """
    rankine, molar = temperature_k * 1.8, 28.9647 * gas_density
    rho = density_kg_m3 / 1000
    k = (9.4 + 0.02 * molar) * rankine**1.5 / (209 + 19 * molar + rankine)
    x = 3.5 + 986 / rankine + 0.01 * molar
    return CP * 1e-4 * k * math.exp(x * rho ** (2.4 - 0.2 * x))


def column_factor(height_m: float, temperature_k: float, gas_density: float, z: float = 1.0) -> float:
    """By how much a column of gas presses more at its foot than at its top.

    p_foot/p_top = exp(M·g·h/(z·R·T))

    Args:
        height_m: [m] vertical
        temperature_k: [K] mean of the column
        gas_density: [-] γ, to air
        z: [-] mean deviation factor
    Returns:
        [-]
    Valid: one temperature and one z for the whole column.
    Source: hydrostatics of a real gas; worked numbers of domain/wells.md (КВУ).

    >>> round(1.5 * column_factor(1200, 310, 0.8, 0.93), 3)  # 1.5 MPa over 1200 m: 1.6806 MPa
    1.681
    """
    return math.exp(AIR_MOLAR_MASS * gas_density * 9.80665 * height_m / (z * GAS_CONSTANT * temperature_k))
