"""How fast sound goes in a gas of hydrocarbons."""

from __future__ import annotations

from math import sqrt

import numpy as np

from app.analysis.wells.gas_properties import AIR_MOLAR_MASS, GAS_CONSTANT, gas_deviation

MOLAR_MASS = np.array([0.016043, 0.030070, 0.044097])
AT_K = np.array([300.0, 400.0])
HEAT = np.array([[35.76, 40.63], [52.71, 65.46], [73.93, 94.01]])
"""[J/(mol·K)] of methane, ethane, propane at constant pressure and no pressure: NIST Chemistry WebBook."""
LEAST_DENSITY, MOST_DENSITY = 0.55, 1.5
LEAST_K, MOST_K = 250.0, 420.0
SHARE = 0.03
"""How far it may be off: what of the gas is no hydrocarbon is not told by its density."""


def heat_ratio(gas_density: float, temperature_k: float) -> float:
    """The ratio of heats of a gas of hydrocarbons.

    k = c_p/(c_p − R), c_p between those of the two paraffins whose molar masses are next to the gas's

    Args:
        gas_density: [-] to air
        temperature_k: [K]
    Returns:
        [-]
    Valid: 0.55 to 1.5, 250 to 420 K, without much carbon dioxide or nitrogen.
    Source: heats of NIST Chemistry WebBook (SRD 69); between them Ours: a mixture has the mean of both.

    >>> round(heat_ratio(0.5539, 300.0), 3)  # methane
    1.303
    """
    low, high = (np.interp(gas_density * AIR_MOLAR_MASS, MOLAR_MASS, HEAT[:, one]) for one in (0, 1))
    share = (temperature_k - AT_K[0]) / (AT_K[1] - AT_K[0])
    heat = float(low + share * (high - low))
    return heat / (heat - GAS_CONSTANT)


def sound_speed(gas_density: float, temperature_k: float, pressure_pa: float) -> float | None:
    """The speed of sound in a gas of hydrocarbons.

    c = √(k·z·R·T/M)

    Args:
        gas_density: [-] to air
        temperature_k: [K] the mean of the column
        pressure_pa: [Pa] absolute
    Returns:
        [m/s]; None outside the range. To within `SHARE` where the gas is of hydrocarbons.
    Valid: as `heat_ratio`; up to 7 MPa.
    Source: McCoy, Podio, Huddleston, SPE 14254 (1988), with z of Dranchuk and Abou-Kassem.

    >>> round(sound_speed(0.5539, 300.0, 101_325.0))  # methane: NIST (REFPROP) has 449.7
    450
    """
    there = LEAST_DENSITY <= gas_density <= MOST_DENSITY and LEAST_K <= temperature_k <= MOST_K
    if not there or not 0 < pressure_pa <= 7e6:
        return None
    k, z = heat_ratio(gas_density, temperature_k), gas_deviation(pressure_pa, temperature_k, gas_density)
    return sqrt(k * z * GAS_CONSTANT * temperature_k / (gas_density * AIR_MOLAR_MASS))
