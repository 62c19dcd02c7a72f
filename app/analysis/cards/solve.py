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
    """The string at rest: buoyant weight [N] in all and below the top of each section, and the hole it hangs
    in.
    """

    weight_n: float
    below_tops_n: Floats
    density: float
    course: survey.Course | None


def hanging(card: Card, density: float) -> Hanging:
    """In a deviated hole only the vertical part of each section hangs; the rest lies on the tubing."""
    rods = card.bore.rods
    course = survey.course_of(card.bore.survey)
    below = strings.weights_below_tops(rods, density)
    if course is not None:
        edges = course.vertical_at(np.cumsum([0.0, *(rod.length_m for rod in rods)]))
        each = -np.diff(np.r_[below, 0.0]) * np.diff(edges) / np.array([rod.length_m for rod in rods])
        below = np.cumsum(each[::-1])[::-1]
    return Hanging(float(below[0]), below, density, course)


def motion_at_pump(card: Card, clean: CleanCard, rest: Hanging, remarks: list[Remark]) -> StringMotion:
    """The harmonic solution; finite differences where the record does not close or friction is not viscous.

    Real wells run near zero viscous damping; what the file gives (dimensionless) wins.
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
