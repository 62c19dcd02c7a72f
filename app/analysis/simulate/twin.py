"""The twin of a measured well: change speed, stroke, plunger, fillage or damping, and see what the well would
do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards import gearbox, harmonic, stress, strings
from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.gearbox import Torque
from app.analysis.cards.lines import LoadLines, load_lines
from app.analysis.cards.loads import tubing_stretch
from app.analysis.cards.one_stroke import work_of
from app.analysis.cards.unit import linkage_of, rotation_of, turns_with_the_clock
from app.analysis.cards.usual_unit import USUAL, sized, with_dimensions
from app.analysis.simulate import rp11l
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import RodWell, run_cards
from app.analysis.simulate.rp11l import QuickCheck
from app.core.plain import JsonObject
from app.models.cards import PumpCard
from app.models.values import needed_number, number_of

Floats = NDArray[np.float64]
USUAL_DAMPING_PER_S = 0.12
QUICK_STEPS, QUICK_STROKES = 768, 3


@dataclass(frozen=True)
class Knobs:
    """What can be changed.

    Attributes:
        strokes_per_minute: [1/min]
        stroke_m: [m] of the polished rod
        plunger_diameter_m: [m]
        fillage: [-]
        damping_per_s: [1/s]
    """

    strokes_per_minute: float
    stroke_m: float
    plunger_diameter_m: float
    fillage: float
    damping_per_s: float


@dataclass(frozen=True)
class Twin:
    """The well as it was matched.

    Attributes:
        well: its mechanics
        knobs: where they stood
        unit: dimensions and ratings
        intake_pressure_pa: [Pa]
        friction_n: [N] of the plunger
    """

    well: RodWell
    knobs: Knobs
    unit: JsonObject
    intake_pressure_pa: float
    friction_n: float


@dataclass(frozen=True)
class Answer:
    """Cards and the figures that decide.

    Attributes:
        surface_position_m: [m] (n,)
        surface_load_n: [N] (n,)
        pump: its card
        lines: of that card
        torque: None without the unit
        peak_load_n: [N]
        minimum_load_n: [N]
        polished_rod_power_w: [W]
        liquid_m3_per_s: [m³/s] net stroke, around the clock
        goodman: [-] of each section, None without its tensile strength
        gearbox_fraction: [-] of the rating
    """

    surface_position_m: Floats
    surface_load_n: Floats
    pump: PumpCard
    lines: LoadLines
    torque: Torque | None
    peak_load_n: float
    minimum_load_n: float
    polished_rod_power_w: float
    liquid_m3_per_s: float
    goodman: tuple[float | None, ...]
    gearbox_fraction: float | None


def match(analysis: CardAnalysis) -> Twin | None:
    """The twin of a measured well, its knobs as the card says they stand.

    intake = p_d − (F₀ − 2·friction)/A: the twin must meet both load lines

    Args:
        analysis: of a card
    Returns:
        None without rods, pump and pressures
    Valid: an unknown unit is a common conventional one of this stroke.
    Ours: what friction holds is not the liquid's, whatever the pressures say.

    >>> from app.analysis import examples
    >>> twin = match(examples.card())
    >>> round(twin.intake_pressure_pa / 1e6, 1), round(twin.knobs.stroke_m, 2)
    (3.0, 2.56)
    """
    bore, lines, rest = analysis.card.bore, analysis.lines, analysis.rest
    discharge = number_of(analysis.measures, "pump_discharge_pressure_pa")
    if lines is None or rest is None or bore.plunger_diameter_m is None or discharge is None:
        return None
    friction = max(100.0, -lines.lower_n)
    # The twin must meet both load lines: what friction holds is not the liquid's, whatever the pressures say.
    liquid_n = max(lines.fluid_load_n - 2 * friction, 0.05 * lines.fluid_load_n)
    intake = discharge - liquid_n / (math.pi / 4 * bore.plunger_diameter_m**2)
    stroke = needed_number(analysis.measures, "surface_stroke_m")
    knobs = Knobs(
        analysis.card.strokes_per_minute,
        stroke,
        bore.plunger_diameter_m,
        _liquid_share(analysis),
        USUAL_DAMPING_PER_S,
    )
    well = RodWell(
        bore.rods,
        sized(linkage_of(bore.unit) or USUAL, stroke),
        knobs.strokes_per_minute,
        knobs.plunger_diameter_m,
        discharge,
        rest.density,
        clockwise=turns_with_the_clock(rotation_of(bore.unit)),
    )
    return Twin(well, knobs, bore.unit, max(intake, 0.1e6), friction)


def quick_check(analysis: CardAnalysis) -> QuickCheck | None:
    """API RP 11L for the well as it stands.

    Args:
        analysis: of a card
    Returns:
        None where the practice does not speak: no pump, or another kind of unit
    Valid: net lift from the card's own intake pressure.
    Source: API RP 11L, 4th ed. 1988 (`rp11l.quick_check`).

    >>> from app.analysis import examples
    >>> check = quick_check(examples.card())
    >>> bool(abs(check.peak_load_n / examples.card().clean.load_n.max() - 1) < 0.15), check.within_charts
    (True, True)
    """
    bore, rest = analysis.card.bore, analysis.rest
    if rest is None or bore.plunger_diameter_m is None or bore.pump_depth_m is None:
        return None
    if bore.unit.get("geometry", "conventional") != "conventional":
        return None
    lifted_m = bore.pump_depth_m - (number_of(analysis.measures, "fluid_above_pump_m") or 0.0)
    stroke = needed_number(analysis.measures, "surface_stroke_m")
    compliance = (
        0.0
        if bore.tubing_anchored
        else tubing_stretch(analysis) * stroke / max(number_of(analysis.measures, "fluid_load_n") or 0.0, 1.0)
    )
    return rp11l.quick_check(
        rp11l.Design(
            bore.rods,
            analysis.card.strokes_per_minute,
            stroke,
            bore.plunger_diameter_m,
            lifted_m,
            rest.density,
            compliance,
        )
    )


def _liquid_share(analysis: CardAnalysis) -> float:
    assert analysis.lines is not None
    return float(np.clip(analysis.lines.fillage, 0.05, 1.0))


def ask(twin: Twin, knobs: Knobs) -> Answer:
    """One stroke of the well with these knobs, run from rest; about 20 ms.

    Args:
        twin: a matched well
        knobs: as they are to stand
    Returns:
        the last of three strokes
    Valid: as `run_cards`; another stroke moves the crank pin, or scales the unit.
    Ours: 768 steps a stroke: within 1 % of the finer run.

    >>> from app.analysis import examples
    >>> twin = match(examples.card())
    >>> now = ask(twin, twin.knobs)
    >>> round(float(now.peak_load_n / examples.card().clean.load_n.max()), 1)
    1.0
    """
    linkage = twin.well.linkage
    if abs(knobs.stroke_m / linkage.stroke_m - 1) > 0.005:
        linkage = sized(linkage, knobs.stroke_m)
    well = replace(
        twin.well,
        linkage=linkage,
        strokes_per_minute=knobs.strokes_per_minute,
        plunger_diameter_m=knobs.plunger_diameter_m,
        damping_per_s=knobs.damping_per_s,
    )
    run = PumpRun.of(
        1, fillage=knobs.fillage, intake_pressure_pa=twin.intake_pressure_pa, friction_n=twin.friction_n
    )
    cards = run_cards(well, run, steps=QUICK_STEPS, strokes=QUICK_STROKES, points=192)
    position, load = cards.surface_position_m[0], cards.surface_load_n[0]
    pump = PumpCard(cards.pump_position_m[0], cards.pump_load_n[0])
    start = int(np.argmin(pump.position_m))
    pump = PumpCard(np.roll(pump.position_m, -start), np.roll(pump.load_n, -start))
    lines = load_lines(pump)
    torque = gearbox.torque_over_turn(position, load, with_dimensions(twin.unit, linkage))
    rating = number_of(twin.unit, "gearbox_rating_n_m")
    peak = None if torque is None else torque.peak_n_m or torque.balanced_peak_n_m
    per_second = knobs.strokes_per_minute / 60
    return Answer(
        position,
        load,
        pump,
        lines,
        torque,
        float(load.max()),
        float(load.min()),
        work_of(position, load) * per_second,
        math.pi / 4 * knobs.plunger_diameter_m**2 * lines.net_stroke_m * per_second,
        tuple(row["goodman_fraction"] for row in _stresses(well, position, load)),
        None if peak is None or not rating else peak / rating,
    )


def _stresses(well: RodWell, position: Floats, load: Floats) -> list[dict[str, float | None]]:
    below = strings.weights_below_tops(well.rods, well.fluid_density)
    motion = harmonic.pump_motion(
        position,
        load,
        well.rods,
        strokes_per_minute=well.strokes_per_minute,
        damping_per_s=well.damping_per_s,
        buoyant_weight_n=float(below[0]),
        with_sections=True,
    )
    return stress.section_stresses(well.rods, motion.section_loads_n, below)
