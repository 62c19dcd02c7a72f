"""Wells that the examples in docstrings look at: small, fixed, quick; a test of docstrings runs all of them.

Nothing of the program itself uses them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np

from app.analysis.advice.gas_lift import GasLiftKnobs, GasLiftNow
from app.analysis.advice.inflows import through
from app.analysis.cards import strings
from app.analysis.cards.figures import CardAnalysis, analyse
from app.analysis.cards.loads import loads_of
from app.analysis.cards.outline import surface_shape_of
from app.analysis.cards.shape import shape_of
from app.analysis.cards.unit import Linkage
from app.analysis.esp.grid import Grid
from app.analysis.rules.base import CardCase, EspCase, esp_case
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import RodWell, run_cards
from app.analysis.transient.contest import Contest, contest
from app.analysis.transient.fitting import fitter
from app.analysis.transient.record import Formation, Response
from app.analysis.wells.gradient import Stream
from app.analysis.wells.modelled import Modelled, ModelResults, misfit
from app.analysis.wells.pvt import BlackOil
from app.models.cards import Card, Fluid, WellBore

FOOT, PSI, MILLIDARCY, BARREL_A_DAY = 0.3048, 6_894.757293, 9.869233e-16, 0.158987294928 / 86_400
CONVENTIONAL = Linkage(3.277, 2.821, 4.459, 3.353, 1.067)
# What an ESP well shows when all is well [SI].
HEALTHY = {
    "frequency": 50.0,
    "intake_pressure": 6.0e6,
    "discharge_pressure": 16.0e6,
    "intake_temperature": 350.0,
    "motor_temperature": 375.0,
    "motor_current": 30.0,
    "motor_current_a": 30.0,
    "motor_current_b": 30.0,
    "motor_current_c": 30.0,
    "voltage": 1_150.0,
    "active_power": 40e3,
    "insulation_resistance": 5e6,
    "vibration_x": 1.5,
    "wellhead_pressure": 1.2e6,
    "line_pressure": 1.1e6,
    "annulus_pressure": 1.0e6,
    "liquid_rate": 1.2e-3,
}
DAYS, FAULT_DAY, CELLS_A_DAY = 21, 14, 48


def rod_well() -> RodWell:
    """A pump at 1,300 m on a string of two sections.

    Returns:
        made anew each time, always the same
    Valid: an example of a middling well.
    Ours: middling figures of the demo field.

    >>> rod_well().strokes_per_minute
    6.0
    """
    rods = (
        strings.section(550.0, 0.022225, minimum_tensile_pa=793e6),
        strings.section(750.0, 0.01905, minimum_tensile_pa=793e6),
    )
    return RodWell(rods, CONVENTIONAL, 6.0, 0.044, 13e6, 940.0, damping_per_s=0.12)


@lru_cache(maxsize=4)
def card(fillage: float = 1.0) -> CardAnalysis:
    """The analysed card of `rod_well`, simulated once for each fillage.

    Args:
        fillage: [-] liquid share of what enters the pump, 0 … 1
    Returns:
        one for all examples: not to be changed
    Valid: as `run_cards`.
    Ours: the simulator's, without a recorder's noise.

    >>> card().lines is not None
    True
    """
    well = rod_well()
    run = run_cards(well, PumpRun.of(1, fillage=fillage, intake_pressure_pa=3e6), strokes=3, steps=512)
    unit = {f"api_{letter}_m": getattr(CONVENTIONAL, f"{letter.lower()}_m") for letter in "ACKPR"}
    bore = WellBore(
        rods=well.rods,
        pump_depth_m=1_300.0,
        plunger_diameter_m=well.plunger_diameter_m,
        tubing_pressure_pa=13e6 - 940 * 9.80665 * 1_300,
        casing_pressure_pa=0.3e6,
        fluid_level_m=980.0,
        fluid=Fluid(water_cut=0.6, oil_relative_density=0.86, water_relative_density=0.995),
        unit={**unit, "counterbalance_moment_n_m": 30e3, "gearbox_rating_n_m": 36e3},
        well_test={"liquid_m3_per_s": 3e-4},
    )
    taken = datetime(2026, 3, 1, tzinfo=UTC)
    return analyse(
        Card("201", taken, 6.0, run.surface_position_m[0], run.surface_load_n[0], bore=bore),
    )


def card_case(
    shape: dict[str, float] | None = None,
    loads: dict[str, float] | None = None,
    surface: dict[str, float] | None = None,
    *,
    pump_card: bool = True,
) -> CardCase:
    """The case of `card`, with what an example wants to be otherwise.

    Args:
        shape: field of `Shape` → its value [-]
        loads: field of `Loads` → its value [-]
        surface: field of `SurfaceShape` → its value [-]
        pump_card: without it only the surface card speaks
    Returns:
        a case that any card rule can be asked with
    Valid: names of fields; a mark without the others it goes with is nobody's card.
    Ours: a mark set by hand shows what a rule makes of it alone.

    >>> card_case({"dip": 0.2}).shape.dip
    0.2
    """
    analysis = card()
    own, absolute = shape_of(analysis), loads_of(analysis)
    assert own is not None
    assert absolute is not None
    return CardCase(
        analysis,
        replace(own, **(shape or {})) if pump_card else None,
        replace(surface_shape_of(analysis), **(surface or {})),
        replace(absolute, **(loads or {})) if pump_card else None,
    )


def esp(
    factors: dict[str, float] | None = None,
    *,
    grows_days: float = 0.0,
    swing: float = 1.0,
    marks: dict[str, int] | None = None,
    off_days: tuple[tuple[float, float], ...] = (),
) -> EspCase:
    """Three weeks of an ESP well by the half hour; from the fifteenth day on something is wrong.

    Args:
        factors: sensor code → [-] what its healthy value has come to by then, times
        grows_days: [d] how long that takes
        swing: [-] of the current within half an hour by then, times
        marks: sensor code → [bits of Quality] on the two days from then on
        off_days: [d] (from, to) when the pump stands
    Returns:
        a case that any ESP rule can be asked with
    Valid: codes of HEALTHY.
    Ours: `HEALTHY` with a day's breath of 0.2 %, no other noise.

    >>> len(esp().grid), bool(esp().modes.on.all())
    (1008, True)
    """
    n = DAYS * CELLS_A_DAY
    day = np.arange(n) / CELLS_A_DAY
    grown = np.clip((day - FAULT_DAY) / max(grows_days, 1e-9), 0, 1)
    running = np.ones(n, bool)
    for start, stop in off_days:
        running &= ~((day >= start) & (day < stop))
    breath = 1 + 0.002 * np.sin(2 * np.pi * day)
    mean: dict[str, np.ndarray] = {}
    for order, (code, value) in enumerate(HEALTHY.items()):
        factor = 1 + ((factors or {}).get(code, 1.0) - 1) * grown
        level = value * factor * (1 + (np.roll(breath, 7 * order) - 1) * (code != "frequency"))
        stands = code in ("frequency", "voltage", "active_power", "vibration_x", "liquid_rate")
        mean[code] = np.where(running, level, 0.0 if stands or "current" in code else level)
    half = {code: 0.003 * values for code, values in mean.items()}
    half["frequency"] = 0.0 * mean["frequency"]
    half["motor_current"] = half["motor_current"] * (1 + (swing - 1) * grown)
    bits = {code: np.zeros(n, np.uint8) for code in mean}
    for code, mark in (marks or {}).items():
        bits[code][FAULT_DAY * CELLS_A_DAY : (FAULT_DAY + 2) * CELLS_A_DAY] = mark
    step_us = 86_400_000_000 // CELLS_A_DAY
    made = esp_case(
        Grid(
            np.arange(n, dtype=np.int64) * step_us,
            step_us,
            mean,
            {code: values - half[code] for code, values in mean.items()},
            {code: values + half[code] for code, values in mean.items()},
            bits,
        )
    )
    assert made is not None
    return made


def buildup() -> Response:
    """A published build-up: Lee's of 1982, whose line gives k 7.65 md and a skin of 6.37.

    Returns:
        20 points from 0.15 to 72 h after the shut-in
    Valid: the last two points feel a boundary.
    Source: Lee, Well Testing (SPE Textbook 1, 1982), ch. 2, in SI.

    >>> response = buildup()
    >>> len(response.time_s), round(response.start_pa / PSI)
    (20, 3534)
    """
    hours = (0.15, 0.2, 0.3, 0.4, 0.5, 1, 2, 4, 6, 7, 8, 12, 16, 20, 24, 30, 40, 50, 60, 72)
    psi: tuple[int, ...] = (3680, 3723, 3800, 3866, 3920, 4103, 4250, 4320, 4340, 4344)
    psi += (4350, 4364, 4373, 4379, 4384, 4393, 4398, 4402, 4405, 4407)
    rate = 250 * BARREL_A_DAY
    formation = Formation(1.136, 0.8e-3, 0.039, 69 * FOOT, 17e-6 / PSI, 0.198 * FOOT)
    return Response(
        np.array(hours) * 3600.0,
        np.array(psi) * PSI,
        3534 * PSI,
        rate,
        ((13_630 * 3600.0, rate),),
        False,
        formation,
    )


@lru_cache(maxsize=1)
def contested() -> Contest:
    """What may lie behind `buildup`, fitted once for all examples.

    Returns:
        one for all examples: not to be changed
    Valid: as `contest`.
    Ours: no window of a regime is named to it.

    >>> contested().best.model.edges != "infinite"  # Lee's last two points feel a boundary
    True
    """
    return contest(fitter(buildup()), ())


def gas_lifted() -> GasLiftNow:
    """A well of 1,500 m on gas lift: 86 m³/d of 40 % water, 17,000 m³/d of gas.

    Returns:
        as its test found it
    Valid: the gas enters at one depth.
    Ours: round figures of an ordinary well.

    >>> gas_lifted().inflows.likeliest.most > 1e-3
    True
    """
    stream = Stream(1e-3, 0.4, 60.0, BlackOil(0.86, 0.75, 60.0))
    inflows = through(rate=1e-3, intake_pa=7e6, reservoir_pa=16e6, bubble_pa=9e6, water_cut=0.4)
    return GasLiftNow(GasLiftKnobs(0.2, 1e6), stream, inflows, 1_500.0, 0.062, 305.0, 335.0, 936.0, 516.0)


def modelled(model: float = 1.0, of: str = "liquid_rate", n: int = 5) -> ModelResults:
    """A case that says `model` times what was measured, a moment a day.

    Args:
        model: [-] of what was measured
        of: key of the sensor that measures the quantity
        n: [-] moments
    Returns:
        one series
    Valid: a quantity with a natural zero.
    Ours: what was measured grows by 4 % from the first moment to the last.

    >>> modelled(1.3).series[0].misfit.n
    5
    """
    measured = np.linspace(1.0, 1.04, n) * (0.3 if of == "water_cut" else 2e-3)
    time_us = np.arange(n, dtype=np.int64) * 86_400_000_000
    off = misfit(time_us, model * measured, measured, shares=True)
    return ModelResults((Modelled("PIPESIM", "1", "base", of, time_us, model * measured, measured, off),))
