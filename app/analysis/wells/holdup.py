"""Gradients of a vertical two-phase stream by Hagedorn and Brown (JPT 1965) and by Gray (API 14B, 1974).

Both take what flows as velocities; the library `fluids` has neither. Charts of Hagedorn and Brown by the
polynomials of Guo, Lyons and Ghalambor, Petroleum Production Engineering (2007), ch. 4, with the two usual
changes: no less liquid than without slip, Griffith where bubbles rise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.analysis.wells.gas_properties import STANDARD_PA
from app.core.units import STANDARD_GRAVITY

FOOT, BUBBLE_RISE_M_PER_S = 0.3048, 0.8 * 0.3048
GRAY_REYNOLDS = 1e7
"""Gray's wells flow fully rough."""

GRAY_LEAST_ROUGHNESS_M = 2.77e-5 * FOOT


@dataclass(frozen=True)
class Flow:
    """A stream at one place of a pipe.

    Attributes:
        liquid_m_per_s: [m/s] superficial, of the liquid
        gas_m_per_s: [m/s] superficial, of the gas
        liquid_density: [kg/m³]
        gas_density: [kg/m³]
        liquid_viscosity: [Pa·s]
        gas_viscosity: [Pa·s]
        surface_tension: [N/m]
        diameter_m: [m] inside
        roughness_m: [m]
        pressure_pa: [Pa] absolute
    """

    liquid_m_per_s: float
    gas_m_per_s: float
    liquid_density: float
    gas_density: float
    liquid_viscosity: float
    gas_viscosity: float
    surface_tension: float
    diameter_m: float
    roughness_m: float
    pressure_pa: float

    @property
    def speed(self) -> float:
        """Of both together [m/s]."""
        return self.liquid_m_per_s + self.gas_m_per_s

    @property
    def liquid_share(self) -> float:
        """Of the volume, without slip [-]."""
        return self.liquid_m_per_s / self.speed


def _density(flow: Flow, holdup: float) -> float:
    """Of the mixture with so much liquid in the pipe [kg/m³]."""
    return holdup * flow.liquid_density + (1 - holdup) * flow.gas_density


def _friction(flow: Flow, reynolds: float, roughness_m: float | None = None) -> float:
    """Darcy's factor [-]."""
    from fluids.friction import friction_factor

    rough = flow.roughness_m if roughness_m is None else roughness_m
    return float(friction_factor(max(reynolds, 1.0), min(rough / flow.diameter_m, 0.05)))


def hagedorn_brown(flow: Flow) -> tuple[float, float]:
    """Pressure gradient of a vertical pipe by Hagedorn and Brown, with Griffith's bubbles.

    ρ_s·g + f·ρ_n²·v²/(2·d·ρ_s), Re = ρ_n·v·d/(μ_l^H·μ_g^(1−H)); H by three charts of N_vl, N_vg, N_d, N_l, at
    least the share without slip; bubbles where λ_g is under 1.071 − 0.7277·v²/d (at least 0.13), v_rise 0.244

    Args:
        flow: gas and liquid
    Returns:
        ([Pa/m] of the weight, [Pa/m] of the friction)
    Valid: vertical oil wells, tubing 25 … 100 mm, up to 900 m³ of gas to one of liquid; made in 25 … 38 mm.
    Source: Hagedorn and Brown, JPT 1965; charts: Guo, Lyons and Ghalambor (2007), eq. 4.30–4.34.

    >>> oil = Flow(1.423, 2.658, 799.6, 41.7, 2e-3, 1.31e-5, 0.03, 0.05738, 3.44e-5, 5.516e6)
    >>> round(sum(hagedorn_brown(oil)) / 22_620.6, 2)  # psi/ft
    0.2
    """
    from_griffith = max(0.13, 1.071 - 0.2218 / FOOT * flow.speed**2 / flow.diameter_m)
    if 1 - flow.liquid_share < from_griffith:
        return _bubbles(flow)
    holdup = max(hagedorn_brown_holdup(flow), flow.liquid_share)
    without_slip, mixed = _density(flow, flow.liquid_share), _density(flow, holdup)
    thick = flow.liquid_viscosity**holdup * flow.gas_viscosity ** (1 - holdup)
    factor = _friction(flow, without_slip * flow.speed * flow.diameter_m / thick)
    lost = factor * without_slip**2 * flow.speed**2 / (2 * flow.diameter_m * mixed)
    return mixed * STANDARD_GRAVITY, lost


def hagedorn_brown_holdup(flow: Flow) -> float:
    """Liquid in a vertical pipe by the three charts of Hagedorn and Brown.

    H = ψ·(H/ψ); H/ψ of N_vl·(p/p_a)^0.1·CN_l/(N_vg^0.575·N_d), ψ of N_vg·N_l^0.38/N_d^2.14

    Args:
        flow: gas and liquid
    Returns:
        [-] 0 … 1
    Valid: as `hagedorn_brown`.
    Source: as `hagedorn_brown`.

    >>> oil = Flow(1.423, 2.658, 799.6, 41.7, 2e-3, 1.31e-5, 0.03, 0.05738, 3.44e-5, 5.516e6)
    >>> round(hagedorn_brown_holdup(oil), 2)
    0.45
    """
    weight = flow.liquid_density / (STANDARD_GRAVITY * flow.surface_tension)
    of_liquid, of_gas = flow.liquid_m_per_s * weight**0.25, flow.gas_m_per_s * weight**0.25
    of_pipe = flow.diameter_m * math.sqrt(flow.liquid_density * STANDARD_GRAVITY / flow.surface_tension)
    of_thickness = (
        flow.liquid_viscosity * (STANDARD_GRAVITY / (flow.liquid_density * flow.surface_tension**3)) ** 0.25
    )
    x1 = math.log10(min(max(of_thickness, 2e-3), 0.4)) + 3
    corrected = 10 ** _polynomial(x1, -2.69851, 0.15841, -0.55100, 0.54785, -0.12195)
    pressed = (flow.pressure_pa / STANDARD_PA) ** 0.1
    x2 = of_liquid * pressed * corrected / (max(of_gas, 1e-9) ** 0.575 * of_pipe)
    x2 = math.log10(min(max(x2, 2e-7), 4e-3)) + 6
    over_psi = _polynomial(x2, -0.10307, 0.61777, -0.63295, 0.29598, -0.0401)
    x3 = min(of_gas * of_thickness**0.38 / of_pipe**2.14, 0.09)
    psi = 1.0 if x3 <= 0.01 else _polynomial(x3, 0.91163, -4.82176, 1232.25, -22253.6, 116174.3)
    return min(max(over_psi * max(psi, 1.0), 0.0), 1.0)


def _polynomial(x: float, *coefficients: float) -> float:
    return sum(coefficient * x**power for power, coefficient in enumerate(coefficients))


def _bubbles(flow: Flow) -> tuple[float, float]:
    """Griffith and Wallis: bubbles rise by 0.8 ft/s through the liquid, which alone rubs on the wall."""
    share = 1 + flow.speed / BUBBLE_RISE_M_PER_S
    holdup = 1 - 0.5 * (share - math.sqrt(share**2 - 4 * flow.gas_m_per_s / BUBBLE_RISE_M_PER_S))
    holdup = max(holdup, 1e-3)
    speed = flow.liquid_m_per_s / holdup
    factor = _friction(flow, flow.liquid_density * speed * flow.diameter_m / flow.liquid_viscosity)
    lost = factor * flow.liquid_density * speed**2 / (2 * flow.diameter_m)
    return _density(flow, holdup) * STANDARD_GRAVITY, lost


def gray(flow: Flow) -> tuple[float, float]:
    """Pressure gradient of a vertical gas well that brings some liquid, by Gray.

    H = 1 − (1 − λ)·(1 − exp(−2.314·[N_v·(1 + 205/N_d)]^B)), N_v = ρ_n²·v⁴/(g·σ·Δρ), N_d = g·Δρ·d²/σ, B =
    0.0814·(1 − 0.0554·ln(1 + 730·R/(R + 1))), R = v_l/v_g; ρ_s·g + f·ρ_n·v²/(2·d), rough by 28.5·σ/(ρ_n·v²)
    from R 0.007 up, the pipe's own where it is dry

    Args:
        flow: gas and liquid
    Returns:
        ([Pa/m] of the weight, [Pa/m] of the friction)
    Valid: vertical, under 15 m/s and 90 mm, condensate under 50 and water under 5 bbl/MMscf (280, 28 cm³/m³).
    Source: Gray, API User's Manual 14B (1974); Economides, Hill, Ehlig-Economides (1994), ch. 7.

    >>> gas = Flow(0.0, 5.0, 1000.0, 80.0, 1e-3, 1.5e-5, 0.03, 0.062, 2e-5, 1e7)
    >>> [round(part) for part in gray(gas)]  # dry: its weight, and the friction of a rough pipe
    [785, 246]
    """
    ratio = flow.liquid_m_per_s / max(flow.gas_m_per_s, 1e-12)
    lighter = flow.liquid_density - flow.gas_density
    without_slip = _density(flow, flow.liquid_share)
    quick = without_slip**2 * flow.speed**4 / (STANDARD_GRAVITY * flow.surface_tension * lighter)
    wide = STANDARD_GRAVITY * lighter * flow.diameter_m**2 / flow.surface_tension
    power = 0.0814 * (1 - 0.0554 * math.log(1 + 730 * ratio / (ratio + 1)))
    gas = (1 - flow.liquid_share) * (1 - math.exp(-2.314 * (quick * (1 + 205 / wide)) ** power))
    wet = 28.5 * flow.surface_tension / (without_slip * flow.speed**2)
    own = flow.roughness_m
    rough = wet if ratio >= 0.007 else own + ratio * (wet - own) / 0.007
    holdup = 1 - gas if ratio > 0 else 0.0
    factor = _friction(flow, GRAY_REYNOLDS, max(rough, GRAY_LEAST_ROUGHNESS_M) if ratio > 0 else own)
    lost = factor * without_slip * flow.speed**2 / (2 * flow.diameter_m)
    return _density(flow, holdup) * STANDARD_GRAVITY, lost
