"""Kinematics of a beam pumping unit: a four-bar linkage (API Spec 11E).

A beam centre to polished rod, C beam centre to equaliser bearing, P pitman, R crank, K = √(I² + (H−G)²) crankshaft to
beam centre; all [m]. Angles in radians.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Linkage:
    a_m: float
    c_m: float
    k_m: float
    p_m: float
    r_m: float
    mark2: bool = False

    def beam_angle(self, crank: Floats) -> Floats:
        """Angle ψ at the beam's centre between K and C [rad] for crank angles measured from the line K [rad]."""
        j = np.sqrt(self.k_m**2 + self.r_m**2 - 2 * self.k_m * self.r_m * np.cos(crank))
        chi = np.arctan2(self.r_m * np.sin(crank), self.k_m - self.r_m * np.cos(crank))
        cosine = (self.c_m**2 + j**2 - self.p_m**2) / (2 * self.c_m * j)
        return np.arccos(np.clip(cosine, -1, 1)) - chi

    def position(self, crank: Floats) -> Floats:
        """Polished rod position [m] above the bottom of the stroke, for crank angles [rad]."""
        arc = self.a_m * self.beam_angle(crank)
        extremes = self.a_m * self.beam_angle(np.linspace(0, 2 * math.pi, 3601))
        return arc - extremes.min() if self.mark2 else extremes.max() - arc

    @property
    def stroke_m(self) -> float:
        arc = self.a_m * self.beam_angle(np.linspace(0, 2 * math.pi, 3601))
        return float(arc.max() - arc.min())


def motion_over_time(linkage: Linkage, n: int) -> Floats:
    """Position [m] in n equal time steps of one turn at constant crank speed, from the bottom of the stroke, (n,)."""
    position = linkage.position(np.arange(n) * 2 * math.pi / n)
    return np.roll(position, -int(np.argmin(position)))
