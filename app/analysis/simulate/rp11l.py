"""API RP 11L, "Design Calculations for Sucker Rod Pumping Systems (Conventional Units)", 4th ed. 1988: a
quick check.

The practice reads five numbers from charts that were drawn from runs of the wave equation. Here the wave
equation is run itself at the same two dimensionless numbers, on a long pitman with a motor that slips and
light damping; against the printed example the five numbers come out within 9 %.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.cards import strings
from app.analysis.cards.unit import Linkage
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import RodWell, run_cards
from app.core.units import STANDARD_GRAVITY
from app.models.cards import RodSection

_LONG_PITMAN = Linkage(3.0, 3.0, 6.0, 5.8, 0.65)
_DAMPING, _SLIP = 0.1, 0.1
SPEED_LIMIT, LOAD_LIMIT = 0.6, 0.6


@dataclass(frozen=True)
class Design:
    """A rod pump on paper.

    Attributes:
        rods: top to bottom
        strokes_per_minute: [1/min]
        stroke_m: [m] of the polished rod
        plunger_diameter_m: [m]
        level_m: [m] H, net lift
        density: [kg/m³]
        tubing_compliance_m_per_n: [m/N] 0: anchored
    """

    rods: tuple[RodSection, ...]
    strokes_per_minute: float
    stroke_m: float
    plunger_diameter_m: float
    level_m: float
    density: float
    tubing_compliance_m_per_n: float = 0.0


@dataclass(frozen=True)
class ChartNumbers:
    """What is read from the practice's charts.

    Attributes:
        stroke: [-] Sp/S without the tubing's stretch
        peak: [-] F1/Skr
        minimum: [-] F2/Skr
        torque: [-] 2T/S²kr
        power: [-] F3/Skr
        adjustment: [-] Ta
    """

    stroke: float
    peak: float
    minimum: float
    torque: float
    power: float
    adjustment: float = 1.0


@dataclass(frozen=True)
class QuickCheck:
    """What follows from them.

    Attributes:
        load_ratio: [-] Fo/Skr
        speed_ratio: [-] N/No
        tapered_speed_ratio: [-] N/No′
        plunger_stroke_m: [m] Sp
        displacement_m3_per_s: [m³/s] PD
        peak_load_n: [N] PPRL
        minimum_load_n: [N] MPRL
        peak_torque_n_m: [N·m] PT
        power_w: [W] PRHP
        counterbalance_effect_n: [N] CBE
        within_charts: both ratios up to 0.6
    """

    load_ratio: float
    speed_ratio: float
    tapered_speed_ratio: float
    plunger_stroke_m: float
    displacement_m3_per_s: float
    peak_load_n: float
    minimum_load_n: float
    peak_torque_n_m: float
    power_w: float
    counterbalance_effect_n: float
    within_charts: bool


def chart_numbers(speed_ratio: float, load_ratio: float) -> ChartNumbers:
    """The five numbers of the charts, by the wave equation itself.

    a uniform string on a long pitman, ν = 0.1, a motor that slips by a tenth

    Args:
        speed_ratio: [-] N/No
        load_ratio: [-] Fo/Skr
    Returns:
        Ta is 1: the torque is taken at Wrf/Skr = 0.3
    Valid: 0 … 0.6 both, the charts' range; within 9 % of the printed example.
    Source: API RP 11L, 4th ed. 1988: its charts were drawn from such runs.

    >>> read = chart_numbers(0.326, 0.256)  # the printed example reads 0.465, 0.213, 0.37, 0.29
    >>> [round(value, 2) for value in (read.peak, read.minimum, read.torque, read.power)]
    [0.48, 0.23, 0.36, 0.28]
    """
    rod = strings.section(1_500.0, 0.01905)
    stiffness, stroke = rod.stiffness_n / rod.length_m, _LONG_PITMAN.stroke_m
    full = stroke * stiffness
    area = math.pi / 4 * 0.044**2
    well = RodWell(
        (rod,),
        _LONG_PITMAN,
        speed_ratio * 15 * rod.wave_speed_m_per_s / rod.length_m,
        0.044,
        load_ratio * full / area + 1e3,
        0.0,
        damping_per_s=math.pi * rod.wave_speed_m_per_s * _DAMPING / (2 * rod.length_m),
        speed_variation=_SLIP,
    )
    run = run_cards(well, PumpRun.of(1, intake_pressure_pa=1e3, friction_n=0.0), strokes=5)
    position, load = run.surface_position_m[0], run.surface_load_n[0]
    dynamic = load - strings.weight_in_air((rod,))
    step = np.roll(position, -1) - np.roll(position, 1)
    n = len(position)
    # The charts' torque is at Wrf/Skr = 0.3, best balanced.
    torque = step * n / (4 * math.pi) * (dynamic + 0.3 * full)
    lever = np.sin(2 * math.pi * np.arange(n) / n)
    moments = np.linspace(0, 1.2 * full * stroke / 2, 600)
    peak = float(np.abs(torque - moments[:, None] * lever).max(axis=1).min())
    return ChartNumbers(
        float(np.ptp(run.pump_position_m)) / stroke,
        float(dynamic.max()) / full,
        -float(dynamic.min()) / full,
        2 * peak / (stroke * full),
        float(np.sum(load * step)) / 2 / (stroke * full),
    )


def frequency_factor(rods: tuple[RodSection, ...]) -> float:
    """Natural frequency of a tapered string over that of a uniform one.

    F_c = ω₁/(π·a/(2·L)), ω₁ the first root of F(ω) = 0 at the free lower end

    Args:
        rods: top to bottom
    Returns:
        [-] 1 for a uniform string
    Valid: 0.5 … 1.6.
    Source: API RP 11L, 4th ed. 1988, F_c; computed from the wave equation.

    >>> round(frequency_factor((strings.section(1000.0, 0.01905),)), 2)
    1.0
    >>> taper = (strings.section(338.0, 0.022225), strings.section(662.0, 0.01905))  # No. 76: 1.082
    >>> abs(frequency_factor(taper) - 1.082) < 0.01
    True
    """
    travel = sum(rod.length_m / rod.wave_speed_m_per_s for rod in rods)
    uniform = math.pi / 2 / travel
    omega = np.linspace(0.5, 1.6, 1_101) * uniform
    motion, force = np.zeros_like(omega), np.ones_like(omega)
    for rod in rods:
        wave = omega / rod.wave_speed_m_per_s
        cos, sin = np.cos(wave * rod.length_m), np.sin(wave * rod.length_m)
        motion, force = (
            motion * cos + force * sin / (rod.stiffness_n * wave),
            force * cos - motion * rod.stiffness_n * wave * sin,
        )
    crossed = np.flatnonzero(np.diff(np.sign(force)))
    return float(omega[crossed[0]] / uniform) if len(crossed) else 1.0


def quick_check(design: Design, numbers: ChartNumbers | None = None) -> QuickCheck:
    """Every line of the practice's data sheet.

    Fo = 0.34·G·D²·H in its units, i.e. A·ρ·g·H; PPRL = Wrf + F1, MPRL = Wrf − F2, PT = T·S/2·Ta, CBE =
    1.06·(Wrf + Fo/2)

    Args:
        design: SI
        numbers: as read from the charts; computed without
    Returns:
        SI
    Valid: conventional units; `within_charts` tells the rest.
    Source: API RP 11L, 4th ed. 1988, data sheet and its example.

    >>> inch, foot, pound = 0.0254, 0.3048, 4.4482216152605
    >>> taper = (
    ...     strings.section(0.338 * 5000 * foot, 0.875 * inch),
    ...     strings.section(0.662 * 5000 * foot, 0.75 * inch),
    ... )
    >>> stretch = 3.07e-7 * inch / pound * 5000
    >>> design = Design(taper, 16.0, 54 * inch, 1.5 * inch, 5000 * foot, 0.9 * 999.0, stretch)
    >>> check = quick_check(design, ChartNumbers(0.86, 0.465, 0.213, 0.37, 0.29, 0.997))
    >>> abs(check.peak_load_n / pound / 14_355 - 1) < 0.01, abs(check.plunger_stroke_m / inch - 41.2) < 0.5
    (True, True)
    """
    rods = design.rods
    area = math.pi / 4 * design.plunger_diameter_m**2
    fluid_load = area * design.density * STANDARD_GRAVITY * design.level_m
    compliance = strings.compliance(rods)
    full = design.stroke_m / compliance
    natural = 15 / sum(rod.length_m / rod.wave_speed_m_per_s for rod in rods)
    load_ratio, speed_ratio = fluid_load / full, design.strokes_per_minute / natural
    tapered = speed_ratio / frequency_factor(rods)
    if numbers is None:
        numbers = chart_numbers(speed_ratio, load_ratio)
        if tapered < 0.99 * speed_ratio:
            numbers = replace(numbers, stroke=chart_numbers(tapered, load_ratio).stroke)
    weight = strings.buoyant_weight(rods, design.density)
    plunger_stroke = numbers.stroke * design.stroke_m - fluid_load * design.tubing_compliance_m_per_n
    return QuickCheck(
        load_ratio=load_ratio,
        speed_ratio=speed_ratio,
        tapered_speed_ratio=tapered,
        plunger_stroke_m=plunger_stroke,
        displacement_m3_per_s=area * plunger_stroke * design.strokes_per_minute / 60,
        peak_load_n=weight + numbers.peak * full,
        minimum_load_n=weight - numbers.minimum * full,
        peak_torque_n_m=numbers.torque * full * design.stroke_m / 2 * numbers.adjustment,
        power_w=numbers.power * full * design.stroke_m * design.strokes_per_minute / 60,
        counterbalance_effect_n=1.06 * (weight + fluid_load / 2),
        within_charts=speed_ratio <= SPEED_LIMIT and load_ratio <= LOAD_LIMIT,
    )
