"""Deviated wells: the hole's course between survey stations, what of the rods' weight hangs, and what rubs.

Between stations the course is a circular arc (minimum curvature; H. L. Taylor and C. M. Mason, SPE 3362,
1972). The side force follows Johancsik, Friesen and Dawson, "Torque and Drag in Directional Wells", SPE 11380
(1984), eq. 1: N² = (T·Δφ·sin θ)² + (T·Δθ + W·sin θ)².
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.models.cards import RodSection

Floats = NDArray[np.float64]
FRICTION_COEFFICIENT = 0.15
"""Steel rods on wet steel tubing; 0.1 to 0.2 in rod design practice (Takacs 2015, ch. 4)."""


@dataclass(frozen=True)
class Course:
    """Measured depth, true vertical depth [m], inclination and azimuth [rad] at the stations, (k,) each."""

    measured_m: Floats
    vertical_m: Floats
    inclination: Floats
    azimuth: Floats

    def vertical_at(self, measured_m: Floats | float) -> Floats:
        """True vertical depth [m]; below the last station the hole goes on as it was there."""
        measured = np.asarray(measured_m, float)
        beyond = np.maximum(measured - self.measured_m[-1], 0) * np.cos(self.inclination[-1])
        return np.interp(measured, self.measured_m, self.vertical_m) + beyond

    def dogleg(self) -> Floats:
        """Change of direction over each interval [rad], (k−1,)."""
        i1, i2 = self.inclination[:-1], self.inclination[1:]
        turn = np.diff(self.azimuth)
        cosine = np.cos(i2 - i1) - np.sin(i1) * np.sin(i2) * (1 - np.cos(turn))
        return np.arccos(np.clip(cosine, -1, 1))


def course_of(stations: tuple[dict[str, float], ...]) -> Course | None:
    """None for a vertical well or fewer than two stations; stations are put in the order of their depth."""
    rows = sorted((row["measured_depth_m"], row["inclination_rad"], row["azimuth_rad"]) for row in stations)
    if rows and rows[0][0] > 0:
        rows.insert(0, (0.0, 0.0, rows[0][2]))
    measured, inclination, azimuth = (
        (np.array(column, float) for column in zip(*rows, strict=True)) if rows else (np.zeros(0),) * 3
    )
    if len(measured) < 2 or float(inclination.max()) < 0.01:
        return None
    flat = Course(measured, np.zeros(len(measured)), inclination, azimuth)
    bend = flat.dogleg()
    ratio = np.where(bend > 1e-6, 2 / np.maximum(bend, 1e-12) * np.tan(bend / 2), 1.0)
    fall = np.diff(measured) / 2 * (np.cos(inclination[:-1]) + np.cos(inclination[1:])) * ratio
    return Course(measured, np.r_[0.0, np.cumsum(fall)], inclination, azimuth)


def side_force(
    course: Course, rods: tuple[RodSection, ...], *, buoyant_share: float, bottom_load_n: float
) -> tuple[Floats, Floats]:
    """Depths of the middles of the intervals [m] and side force there [N/m], (k−1,) each.

    Tension: the buoyant weight that hangs below, plus `bottom_load_n`, the pump's mean pull.
    """
    length = sum(rod.length_m for rod in rods)
    edges = np.minimum(course.measured_m, length)
    middles = (edges[:-1] + edges[1:]) / 2
    tops = np.cumsum([0.0, *(rod.length_m for rod in rods)])
    weights = np.array([rod.mass_kg_per_m * 9.80665 * buoyant_share for rod in rods])
    place = np.clip(np.searchsorted(tops, middles, side="right") - 1, 0, len(rods) - 1)
    fine = np.linspace(0, length, 801)
    hanging = np.interp((fine[:-1] + fine[1:]) / 2, middles, weights[place]) * np.diff(
        course.vertical_at(fine)
    )
    below = np.r_[np.cumsum(hanging[::-1])[::-1], 0.0] + bottom_load_n
    tension = np.interp(middles, fine, below)
    span = np.maximum(np.diff(course.measured_m), 1e-9)
    mean = (course.inclination[:-1] + course.inclination[1:]) / 2
    in_turn = tension * np.diff(course.azimuth) / span * np.sin(mean)
    in_drop = tension * np.diff(course.inclination) / span + weights[place] * np.sin(mean)
    return middles, np.where(middles < length, np.hypot(in_turn, in_drop), 0.0)
