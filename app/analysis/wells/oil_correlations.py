"""Correlations of crude oils as they were published: in US field units, for `pvt` to turn into SI.

Standing 1947 (Rs, p_b, B_o); Vasquez and Beggs, JPT 1980; dead and live viscosity: Beggs and Robinson, JPT
1975. As printed in Ahmed, *Reservoir Engineering Handbook* (4th ed., 2010), ch. 2.
"""

from __future__ import annotations

import math


def standing_rs(pressure_psia: float, gas_density: float, temperature_f: float, api: float) -> float:
    """Gas in solution by Standing.

    R_s = γ_g·[(p/18.2 + 1.4)·10^(0.0125·API − 0.00091·t)]^1.2048

    Args:
        pressure_psia: [psia] at or below the bubble point
        gas_density: [-] γ_g, to air
        temperature_f: [°F]
        api: [°API]
    Returns:
        [scf/STB]
    Valid: 16.5–63.8 °API, 100–258 °F, 130–7000 psia (Standing's Californian crudes); outside, the answer is
        the formula's, a pressure below 0 counts as 0.
    Source: Standing 1947, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010), eq. 2-70.

    >>> round(standing_rs(2377 + 14.7, 0.851, 250, 47.1))  # Ahmed's crude 1: 838
    838
    """
    x = 0.0125 * api - 0.00091 * temperature_f
    return gas_density * ((max(pressure_psia, 0.0) / 18.2 + 1.4) * 10**x) ** 1.2048


def standing_bubble_psia(rs: float, gas_density: float, temperature_f: float, api: float) -> float:
    """Bubble-point pressure by Standing.

    p_b = 18.2·[(R_s/γ_g)^0.83·10^(0.00091·t − 0.0125·API) − 1.4]

    Args:
        rs: [scf/STB] all the gas in solution
        gas_density: [-] γ_g, to air
        temperature_f: [°F]
        api: [°API]
    Returns:
        [psia]; below 0 for next to no gas
    Valid: 16.5–63.8 °API, 100–258 °F, 20–1425 scf/STB; outside, the answer is the formula's.
    Source: Standing 1947, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010), eq. 2-78.

    >>> round(standing_bubble_psia(751, 0.851, 250, 47.1))  # Ahmed's crude 1: 2181
    2181
    """
    x = 0.00091 * temperature_f - 0.0125 * api
    return 18.2 * ((rs / gas_density) ** 0.83 * 10**x - 1.4)


def standing_bo(rs: float, gas_density: float, oil_density: float, temperature_f: float) -> float:
    """Formation volume factor of oil at or below its bubble point, by Standing.

    B_o = 0.9759 + 0.00012·[R_s·√(γ_g/γ_o) + 1.25·t]^1.2

    Args:
        rs: [scf/STB] gas in solution
        gas_density: [-] γ_g, to air
        oil_density: [-] γ_o, to water
        temperature_f: [°F]
    Returns:
        [bbl/STB]
    Valid: as `standing_rs`; compression above the bubble point is not in it.
    Source: Standing 1947, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010), eq. 2-85.

    >>> round(standing_bo(751, 0.851, 141.5 / (47.1 + 131.5), 250), 3)  # Ahmed's crude 1: 1.506
    1.506
    """
    return 0.9759 + 0.000120 * (rs * math.sqrt(gas_density / oil_density) + 1.25 * temperature_f) ** 1.2


_VB_RS = {True: (0.0362, 1.0937, 25.7240), False: (0.0178, 1.1870, 23.931)}
_VB_BO = {True: (4.677e-4, 1.751e-5, -1.811e-8), False: (4.670e-4, 1.100e-5, 1.337e-9)}


def vasquez_beggs_gas(gas_density: float, api: float, separator_psia: float, separator_f: float) -> float:
    """Gas density brought to the 100 psig separator of the correlation.

    γ_gs = γ_g·[1 + 5.912e-5·API·t_sep·lg(p_sep/114.7)]

    Args:
        gas_density: [-] γ_g, to air, at the separator it was measured at
        api: [°API]
        separator_psia: [psia]
        separator_f: [°F]
    Returns:
        [-] γ_gs
    Valid: separators of 76–150 °F, 60–565 psia; outside, the answer is the formula's.
    Source: Vasquez and Beggs, JPT 1980, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010), eq.
        2-72.

    >>> vasquez_beggs_gas(0.85, 40, 114.7, 60)  # nothing to correct at 100 psig
    0.85
    >>> round(vasquez_beggs_gas(0.851, 47.1, 150 + 14.7, 60), 3)
    0.873
    """
    return gas_density * (1 + 5.912e-5 * api * separator_f * math.log10(separator_psia / 114.7))


def vasquez_beggs_rs(pressure_psia: float, gas_density: float, temperature_f: float, api: float) -> float:
    """Gas in solution by Vasquez and Beggs.

    R_s = C₁·γ_gs·p^C₂·exp(C₃·API/(t + 460)), one set of constants up to 30 °API, one above

    Args:
        pressure_psia: [psia] at or below the bubble point
        gas_density: [-] γ_gs of `vasquez_beggs_gas`
        temperature_f: [°F]
        api: [°API]
    Returns:
        [scf/STB]
    Valid: about 15–59 °API; outside, the answer is the formula's; it has a step at 30 °API.
    Source: Vasquez and Beggs, JPT 1980, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010), ch. 2.

    >>> gas = vasquez_beggs_gas(0.851, 47.1, 150 + 14.7, 60)
    >>> round(vasquez_beggs_rs(2377 + 14.7, gas, 250, 47.1))  # Ahmed's crude 1: 779
    779
    """
    c1, c2, c3 = _VB_RS[api <= 30]
    return c1 * gas_density * pressure_psia**c2 * math.exp(c3 * api / (temperature_f + 460))


def vasquez_beggs_bubble_psia(rs: float, gas_density: float, temperature_f: float, api: float) -> float:
    """Bubble-point pressure by Vasquez and Beggs: `vasquez_beggs_rs` turned round.

    p_b = [R_s/(C₁·γ_gs·exp(C₃·API/(t + 460)))]^(1/C₂)

    Args:
        rs: [scf/STB] all the gas in solution
        gas_density: [-] γ_gs of `vasquez_beggs_gas`
        temperature_f: [°F]
        api: [°API]
    Returns:
        [psia]
    Valid: as `vasquez_beggs_rs`.
    Source: Vasquez and Beggs, JPT 1980, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010), ch. 2.

    >>> gas = vasquez_beggs_gas(0.851, 47.1, 150 + 14.7, 60)
    >>> round(vasquez_beggs_bubble_psia(751, gas, 250, 47.1))  # Ahmed's crude 1: 2319
    2319
    """
    c1, c2, c3 = _VB_RS[api <= 30]
    return float((rs / (c1 * gas_density * math.exp(c3 * api / (temperature_f + 460)))) ** (1 / c2))


def vasquez_beggs_bo(rs: float, gas_density: float, temperature_f: float, api: float) -> float:
    """Formation volume factor of oil at or below its bubble point, by Vasquez and Beggs.

    B_o = 1 + C₁·R_s + (t − 60)·(API/γ_gs)·(C₂ + C₃·R_s)

    Args:
        rs: [scf/STB] gas in solution
        gas_density: [-] γ_gs of `vasquez_beggs_gas`
        temperature_f: [°F]
        api: [°API]
    Returns:
        [bbl/STB]
    Valid: as `vasquez_beggs_rs`.
    Source: Vasquez and Beggs, JPT 1980, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010), ch. 2.

    >>> gas = vasquez_beggs_gas(0.851, 47.1, 150 + 14.7, 60)
    >>> round(vasquez_beggs_bo(751, gas, 250, 47.1), 3)  # Ahmed's crude 1: 1.474
    1.474
    """
    c1, c2, c3 = _VB_BO[api <= 30]
    return 1 + c1 * rs + (temperature_f - 60) * (api / gas_density) * (c2 + c3 * rs)


def vasquez_beggs_shrinkage(
    pressure_psia: float, bubble_psia: float, rs: float, gas_density: float, temperature_f: float, api: float
) -> float:
    """How much oil above its bubble point is pressed together.

    B_o/B_ob = (p/p_b)^(−A), A = (−1433 + 5·R_s + 17.2·t − 1180·γ_g + 12.61·°API)/10⁵, which is c_o·p: the
    integral of c_o = A/p

    Args:
        pressure_psia: [psia]
        bubble_psia: [psia] above 0
        rs: [scf/STB] all gas in solution
        gas_density: [-] γ_g, to air
        temperature_f: [°F]
        api: [°API]
    Returns:
        [-] 1 at and below the bubble point
    Valid: 126–9,500 psia, 9–2,199 scf/STB, 0.51–1.35 gas, 15–60 °API; A below 0 counts as 0.
    Source: Vasquez and Beggs, JPT 1980, as in Ahmed (4th ed., 2010), eq. 2-121.

    >>> round(vasquez_beggs_shrinkage(4000.0, 2392.0, 751.0, 0.851, 250.0, 47.1), 4)  # A = 0.06212
    0.9686
    """
    if pressure_psia <= bubble_psia or bubble_psia <= 0:
        return 1.0
    compressed = max(-1433 + 5 * rs + 17.2 * temperature_f - 1180 * gas_density + 12.61 * api, 0.0) / 1e5
    return float((pressure_psia / bubble_psia) ** -compressed)


def vasquez_beggs_thickening(pressure_psia: float, bubble_psia: float) -> float:
    """How much more viscous oil is above its bubble point than at it.

    μ_o/μ_ob = (p/p_b)^m, m = 2.6·p^1.187·exp(−11.513 − 8.98e-5·p)

    Args:
        pressure_psia: [psia]
        bubble_psia: [psia] above 0
    Returns:
        [-] 1 at and below the bubble point
    Valid: 126–9,500 psia, 0.117–148 cP.
    Source: Vasquez and Beggs, JPT 1980, as in Ahmed (4th ed., 2010), eq. 2-143.

    >>> round(vasquez_beggs_thickening(5000.0, 2500.0), 3)
    1.327
    """
    if pressure_psia <= bubble_psia or bubble_psia <= 0:
        return 1.0
    power = 2.6 * pressure_psia**1.187 * math.exp(-11.513 - 8.98e-5 * pressure_psia)
    return float((pressure_psia / bubble_psia) ** power)


def beggs_robinson_dead_cp(api: float, temperature_f: float) -> float:
    """Viscosity of oil without gas, by Beggs and Robinson.

    μ = 10^x − 1, x = 10^(3.0324 − 0.02023·API)·t^−1.163

    Args:
        api: [°API]
        temperature_f: [°F] above 0
    Returns:
        [cP]
    Valid: 16–58 °API, 70–295 °F; outside, the answer is the formula's: far too thick in the cold.
    Source: Beggs and Robinson, JPT 1975, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010), ch. 2.

    >>> round(beggs_robinson_dead_cp(30, 200), 3)  # worked by hand: 2.644
    2.644
    """
    x = 10 ** (3.0324 - 0.02023 * api) * temperature_f**-1.163
    return float(10**x - 1)


def beggs_robinson_live_cp(dead_cp: float, rs: float) -> float:
    """Viscosity of oil with its gas in solution, by Beggs and Robinson.

    μ = a·μ_dead^b, a = 10.715·(R_s + 100)^−0.515, b = 5.44·(R_s + 150)^−0.338

    Args:
        dead_cp: [cP] of `beggs_robinson_dead_cp`
        rs: [scf/STB] gas in solution
    Returns:
        [cP]
    Valid: 20–2070 scf/STB; outside, the answer is the formula's.
    Source: Beggs and Robinson, JPT 1975, as in Ahmed, Reservoir Engineering Handbook (4th ed., 2010), ch. 2.

    >>> round(beggs_robinson_live_cp(beggs_robinson_dead_cp(47.1, 250), 751), 3)  # Ahmed's crude 1: 0.244
    0.244
    """
    a, b = 10.715 * (rs + 100) ** -0.515, 5.44 * (rs + 150) ** -0.338
    return float(a * dead_cp**b)
