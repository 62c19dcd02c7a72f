"""Down the rods by the solution that the record and the hole allow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards import differences, harmonic, strings, survey
from app.analysis.cards.differences import Drag
from app.analysis.cards.harmonic import StringMotion
from app.analysis.cards.record import Remark
from app.analysis.cards.repair import CleanCard
from app.models.cards import Card

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Hanging:
    """The string at rest.

    Attributes:
        weight_n: [N] buoyant, of the whole string
        below_tops_n: [N] (sections,) hanging at the top of each section
        density: [kg/m³] of the liquid
        course: of the hole, None for a vertical one
    """

    weight_n: float
    below_tops_n: Floats
    density: float
    course: survey.Course | None


def hanging(card: Card, density: float) -> Hanging:
    """The string at rest in its hole.

    Σ m·L·g·(1 − ρ/7850)·ΔTVD/ΔMD: the rest of a deviated string lies on the tubing

    Args:
        card: rods and survey
        density: [kg/m³] of the liquid
    Returns:
        weights in all and below each top
    Valid: buoyancy of liquid; gas in the tubing makes the rods heavier.
    Source: Takacs, Sucker-Rod Pumping Handbook (2015).

    >>> from app.analysis import examples
    >>> rest = hanging(examples.card().card, 940.0)
    >>> round(rest.weight_n / 1e3, 2)
    31.46
    """
    rods = card.bore.rods
    course = survey.course_of(card.bore.survey)
    below = strings.weights_below_tops(rods, density)
    if course is not None:
        edges = course.vertical_at(np.cumsum([0.0, *(rod.length_m for rod in rods)]))
        each = -np.diff(np.r_[below, 0.0]) * np.diff(edges) / np.array([rod.length_m for rod in rods])
        below = np.cumsum(each[::-1])[::-1]
    return Hanging(float(below[0]), below, density, course)


def motion_at_pump(card: Card, clean: CleanCard, rest: Hanging, remarks: list[Remark]) -> StringMotion:
    """Down the rods by the solution that the record and the hole allow.

    harmonic; finite differences where the record does not close, damping differs between the strokes, or the
    hole is deviated (friction 0.15 of the side force)

    Args:
        card: rods, speed, damping
        clean: its repaired record
        rest: the string at rest
        remarks: gets what was taken for a deviated hole
    Returns:
        motion of the rods
    Valid: no damping unless the file gives it: real wells run near none.
    Source: Gibbs, SPE 588 (1963); Everitt and Jennings, SPE 18189 (1992).

    >>> from app.analysis import examples
    >>> card = examples.card()
    >>> motion = motion_at_pump(card.card, card.clean, card.rest, [])
    >>> round(float(np.ptp(motion.position_m)), 2)  # the plunger's stroke, of 2.56 m at the surface
    2.34
    """
    bore, rods = card.bore, card.bore.rods
    keep = harmonic.useful_harmonics(clean.load_n)
    given = [value for value in (bore.damping_up, bore.damping_down) if value is not None]
    rates = [strings.viscous_rate(rods, value) for value in given] or [0.0]
    different = len(set(rates)) > 1
    if not (clean.closes_twice or different or rest.course is not None):
        return harmonic.pump_motion(
            clean.position_m,
            clean.load_n,
            rods,
            strokes_per_minute=card.strokes_per_minute,
            damping_per_s=rates[0],
            buoyant_weight_n=rest.weight_n,
            harmonics=keep,
            with_sections=True,
        )
    drag = Drag(rates[0], rates[-1])
    if rest.course is not None:
        share = 1 - rest.density / strings.STEEL_DENSITY
        mean_pull = max(0.0, float(clean.load_n.mean()) - rest.weight_n)
        depth, force = survey.side_force(rest.course, rods, buoyant_share=share, bottom_load_n=mean_pull)
        drag = Drag(rates[0], rates[-1], depth, survey.FRICTION_COEFFICIENT * force)
        remarks.append(
            Remark("deviated", {"coefficient": survey.FRICTION_COEFFICIENT, "force": float(force.max())})
        )
    return differences.pump_motion(
        clean.position_m,
        clean.load_n,
        rods,
        strokes_per_minute=card.strokes_per_minute,
        buoyant_weight_n=rest.weight_n,
        drag=drag,
        closes_twice=clean.closes_twice,
        harmonics=keep,
        cells=4,
    )
