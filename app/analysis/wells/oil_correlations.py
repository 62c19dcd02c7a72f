"""Correlations of crude oils as they were published: in US field units, for `pvt` to turn into SI.

Standing 1947 (Rs, p_b, B_o); Vasquez and Beggs, JPT 1980; dead and live viscosity: Beggs and Robinson, JPT
1975. As printed in Ahmed, *Reservoir Engineering Handbook* (4th ed., 2010), ch. 2.
"""

from __future__ import annotations

import math


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
