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
    """The hole between its survey stations.

    Attributes:
        measured_m: [m] (k,) measured depth
        vertical_m: [m] (k,) true vertical depth
        inclination: [rad] (k,)
        azimuth: [rad] (k,)
    """

    measured_m: Floats
    vertical_m: Floats
    inclination: Floats
    azimuth: Floats

    def vertical_at(self, measured_m: Floats | float) -> Floats:
        """True vertical depth.

        straight between the stations; below the last the hole goes on as it was there

        Args:
            measured_m: [m] (n,) measured depth
        Returns:
            [m] (n,)
        Valid: 0 and deeper.
        Source: Taylor and Mason, SPE 3362 (1972), for the stations.

        >>> stations = ({"measured_depth_m": 1000.0, "inclination_rad": 0.5, "azimuth_rad": 0.0},)
        >>> course = course_of(stations)
        >>> round(float(course.vertical_at(1100.0) - course.vertical_at(1000.0)), 3)  # 100·cos 0.5
        87.758
        """
        measured = np.asarray(measured_m, float)
        beyond = np.maximum(measured - self.measured_m[-1], 0) * np.cos(self.inclination[-1])
        return np.interp(measured, self.measured_m, self.vertical_m) + beyond

    def dogleg(self) -> Floats:
        """Change of direction over each interval.

        cos δ = cos(i₂ − i₁) − sin i₁·sin i₂·(1 − cos(a₂ − a₁))

        Returns:
            [rad] (k−1,)
        Valid: any.
        Source: minimum curvature, Taylor and Mason, SPE 3362 (1972).

        >>> stations = ({"measured_depth_m": 1000.0, "inclination_rad": 0.5, "azimuth_rad": 1.0},)
        >>> course_of(stations).dogleg().round(6).tolist()
        [0.5]
        """
        i1, i2 = self.inclination[:-1], self.inclination[1:]
        turn = np.diff(self.azimuth)
        cosine = np.cos(i2 - i1) - np.sin(i1) * np.sin(i2) * (1 - np.cos(turn))
        return np.arccos(np.clip(cosine, -1, 1))


def course_of(stations: tuple[dict[str, float], ...]) -> Course | None:
    """The course of a hole from its survey by minimum curvature.

    ΔTVD = ΔMD/2·(cos i₁ + cos i₂)·(2/δ)·tan(δ/2)

    Args:
        stations: measured_depth_m [m], inclination_rad, azimuth_rad [rad] each, in any order
    Returns:
        None for a vertical well (under 0.01 rad) or fewer than two stations
    Valid: a vertical start is added at the surface.
    Source: Taylor and Mason, SPE 3362 (1972).

    >>> course = course_of(({"measured_depth_m": 1000.0, "inclination_rad": 0.5, "azimuth_rad": 0.0},))
    >>> round(float(course.vertical_m[-1]), 2)  # an arc of radius 2000 m: 2000·sin 0.5
    958.85
    """
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
    """What the rods press on the tubing.

    N² = (T·Δφ·sin θ)² + (T·Δθ + W·sin θ)² per metre; T the buoyant weight that hangs below, plus the pump's
    pull

    Args:
        course: of the hole
        rods: top to bottom
        buoyant_share: [-] 1 − ρ/7850
        bottom_load_n: [N] the pump's mean pull
    Returns:
        ([m] (k−1,) middles of the intervals, [N/m] (k−1,))
    Valid: rods in tension; 0 below the string.
    Source: Johancsik, Friesen and Dawson, SPE 11380 (1984), eq. 1.

    >>> from app.analysis.cards.strings import section
    >>> course = course_of(tuple(
    ...     {"measured_depth_m": d, "inclination_rad": 0.5, "azimuth_rad": 0.0} for d in (0.0, 500.0, 1000.0)
    ... ))
    >>> depth, force = side_force(course, (section(1000.0, 0.01905),), buoyant_share=1.0, bottom_load_n=0.0)
    >>> round(float(force[1]), 3)  # a straight slant: m·g·sin 0.5
    11.434
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
