"""Kinematics of a beam pumping unit: a four-bar linkage (API Spec 11E, annexes B to D).

A beam centre to polished rod, C beam centre to equaliser bearing, P pitman, R crank, K = √(I² + (H−G)²)
crankshaft to beam centre, I their horizontal distance; all [m]. Angles in radians. A conventional unit has
the beam's centre between crank and horsehead; Mark II and air-balanced units have it at the rear end: the
beam rises with the crank pin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
REAR_MOUNTED = ("mark2", "air_balanced")
TURN = np.linspace(0, 2 * math.pi, 1441)


@dataclass(frozen=True)
class Linkage:
    a_m: float
    c_m: float
    k_m: float
    p_m: float
    r_m: float
    mark2: bool = False

    def beam_angle(self, crank: Floats) -> Floats:
        """Angle ψ at the beam's centre between K and C [rad] for crank angles measured from the line K
        [rad].
        """
        j = np.sqrt(self.k_m**2 + self.r_m**2 - 2 * self.k_m * self.r_m * np.cos(crank))
        chi = np.arctan2(self.r_m * np.sin(crank), self.k_m - self.r_m * np.cos(crank))
        cosine = (self.c_m**2 + j**2 - self.p_m**2) / (2 * self.c_m * j)
        return np.arccos(np.clip(cosine, -1, 1)) - chi

    def turns(self) -> bool:
        """Whether the crank can turn right round with these lengths."""
        longest, shortest = self.k_m + self.r_m, self.k_m - self.r_m
        return (
            shortest > 0
            and longest < self.c_m + self.p_m
            and shortest > abs(self.c_m - self.p_m)
            and min(self.a_m, self.c_m, self.p_m, self.r_m) > 0
        )

    @cached_property
    def _arc(self) -> Floats:
        return self.a_m * self.beam_angle(TURN)

    def position(self, crank: Floats) -> Floats:
        """Polished rod position [m] above the bottom of the stroke, for crank angles [rad]."""
        arc = self.a_m * self.beam_angle(crank)
        return arc - self._arc.min() if self.mark2 else self._arc.max() - arc

    @property
    def stroke_m(self) -> float:
        fine = self.a_m * self.beam_angle(np.linspace(0, 2 * math.pi, 3601))
        return float(fine.max() - fine.min())


def linkage_of(unit: dict[str, Any]) -> Linkage | None:
    """The linkage a unit's API dimensions describe; None when one is missing or the crank could not turn."""
    named = [unit.get(f"api_{letter}_m") for letter in "ACKPR"]
    if any(value is None for value in named):
        return None
    a, c, k, p, r = (float(value) for value in named if value is not None)
    linkage = Linkage(a, c, k, p, r, mark2=unit.get("geometry") in REAR_MOUNTED)
    return linkage if linkage.turns() else None


def turns_with_the_clock(rotation: str | None) -> bool:
    """The well to the right, as API Spec 11E looks at a unit. Not told: clockwise."""
    return (rotation or "clockwise").replace("-", "_").lower() not in (
        "counter_clockwise",
        "counterclockwise",
        "ccw",
    )


def motion(linkage: Linkage, *, clockwise: bool = True) -> tuple[Floats, Floats]:
    """One turn in the direction it goes, from the bottom of the stroke: crank angle from K [rad], position
    [m].
    """
    angle = TURN[:-1] if clockwise != linkage.mark2 else -TURN[:-1]
    position = linkage.position(angle)
    start = int(np.argmin(position))
    return np.roll(angle, -start), np.roll(position, -start)


def phase_of(position_m: Floats, linkage: Linkage | None, rotation: str | None = None) -> Floats:
    """Share of the turn (n,), 0 at the bottom, at which the unit has each position of one stroke that starts
    there.

    Without a linkage the crank of a long pitman is taken: a cosine.
    """
    share = (position_m - position_m.min()) / np.ptp(position_m)
    top = int(np.argmax(share))
    if linkage is None:
        rise = np.arccos(1 - 2 * share) / (2 * math.pi)
        return np.r_[rise[: top + 1], 1 - rise[top + 1 :]]
    _, whole = motion(linkage, clockwise=turns_with_the_clock(rotation))
    whole = (whole - whole.min()) / np.ptp(whole)
    at_top = int(np.argmax(whole))
    turn = np.arange(len(whole)) / len(whole)
    up = np.interp(share, whole[: at_top + 1], turn[: at_top + 1])
    down = np.interp(-share, -np.r_[whole[at_top:], 0.0], np.r_[turn[at_top:], 1.0])
    return np.r_[up[: top + 1], down[top + 1 :]]


def motion_over_time(linkage: Linkage, n: int, *, clockwise: bool = True) -> Floats:
    """Position [m] in n equal time steps of one turn at constant crank speed, from the bottom of the stroke,
    (n,).
    """
    _, whole = motion(linkage, clockwise=clockwise)
    return np.interp(np.arange(n) / n, np.arange(len(whole) + 1) / len(whole), np.r_[whole, whole[0]])
