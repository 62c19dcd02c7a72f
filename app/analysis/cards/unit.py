"""Kinematics of a beam pumping unit: a four-bar linkage (API Spec 11E, annexes B to D).

A beam centre to polished rod, C beam centre to equaliser bearing, P pitman, R crank, K = √(I² + (H−G)²)
crankshaft to beam centre, I their horizontal distance; all [m]. Angles in radians. A conventional unit has
the beam's centre between crank and horsehead; Mark II and air-balanced units have it at the rear end: the
beam rises with the crank pin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from app.models.values import Read, number_of, text_of

Floats = NDArray[np.float64]
REAR_MOUNTED = ("mark2", "air_balanced")
LONG_STROKE = ("belt", "hydraulic")
"""No crank over the well: the speed of the stroke is even, its turns are short."""

TURN = np.linspace(0, 2 * math.pi, 1441)


@dataclass(frozen=True)
class Linkage:
    """A beam pumping unit as a four-bar linkage.

    Attributes:
        a_m: [m] beam centre to polished rod
        c_m: [m] beam centre to equaliser bearing
        k_m: [m] crankshaft to beam centre
        p_m: [m] pitman
        r_m: [m] crank
        mark2: the beam's centre at its rear end (Mark II, air balanced)
    """

    a_m: float
    c_m: float
    k_m: float
    p_m: float
    r_m: float
    mark2: bool = False

    def beam_angle(self, crank: Floats) -> Floats:
        """Angle at the beam's centre between K and C.

        ψ = arccos((C² + J² − P²)/(2·C·J)) − χ, J² = K² + R² − 2·K·R·cos θ

        Args:
            crank: [rad] (n,) θ from the line K
        Returns:
            [rad] (n,) ψ
        Valid: a crank that `turns`.
        Source: API Spec 11E, annexes B to D.

        >>> linkage = Linkage(3.0, 3.0, 5.0, 4.0, 1.0)
        >>> at = linkage.beam_angle(np.array([0.0]))[0]  # crank on K: J = 4, (9 + 16 − 16)/24
        >>> round(float(math.cos(at)), 6)
        0.375
        """
        j = np.sqrt(self.k_m**2 + self.r_m**2 - 2 * self.k_m * self.r_m * np.cos(crank))
        chi = np.arctan2(self.r_m * np.sin(crank), self.k_m - self.r_m * np.cos(crank))
        cosine = (self.c_m**2 + j**2 - self.p_m**2) / (2 * self.c_m * j)
        return np.arccos(np.clip(cosine, -1, 1)) - chi

    def turns(self) -> bool:
        """Whether the crank can turn right round with these lengths.

        K − R > |C − P|, K + R < C + P

        Returns:
            True where it can
        Valid: any lengths.
        Ours: triangle inequality at both dead centres.

        >>> Linkage(3.0, 3.0, 5.0, 4.0, 1.0).turns(), Linkage(3.0, 3.0, 5.0, 4.0, 3.0).turns()
        (True, False)
        """
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
        """Polished rod above the bottom of the stroke.

        s = A·(ψ_max − ψ), on rear-mounted units A·(ψ − ψ_min)

        Args:
            crank: [rad] (n,) from the line K
        Returns:
            [m] (n,)
        Valid: a crank that `turns`.
        Source: API Spec 11E, annexes B to D.

        >>> linkage = Linkage(3.277, 2.821, 4.459, 3.353, 1.067)
        >>> whole = linkage.position(TURN)
        >>> bool(np.isclose(np.ptp(whole), linkage.stroke_m, rtol=1e-4)), round(float(whole.min()), 9)
        (True, 0.0)
        """
        arc = self.a_m * self.beam_angle(crank)
        return arc - self._arc.min() if self.mark2 else self._arc.max() - arc

    @cached_property
    def stroke_m(self) -> float:
        """Stroke of the polished rod [m]."""
        fine = self.a_m * self.beam_angle(np.linspace(0, 2 * math.pi, 3601))
        return float(fine.max() - fine.min())


def linkage_of(unit: Read) -> Linkage | None:
    """The linkage that a unit's API dimensions describe.

    Args:
        unit: api_A_m, api_C_m, api_K_m, api_P_m, api_R_m [m], geometry
    Returns:
        None when one is missing or the crank could not turn
    Valid: conventional, reverse mark; mark2 and air_balanced are rear-mounted.
    Source: API Spec 11E; the stroke of reference/rod-pump.json.

    >>> inches = {"A": 129, "C": 111.0721, "K": 175.55, "P": 132, "R": 42}  # C320-298-100
    >>> unit = {f"api_{letter}_m": value * 0.0254 for letter, value in inches.items()}
    >>> round(linkage_of(unit).stroke_m / 0.0254, 2)
    100.71
    """
    named = [number_of(unit, f"api_{letter}_m") for letter in "ACKPR"]
    if any(value is None for value in named):
        return None
    a, c, k, p, r = (float(value) for value in named if value is not None)
    linkage = _linkage(a, c, k, p, r, unit.get("geometry") in REAR_MOUNTED)
    return linkage if linkage.turns() else None


@lru_cache(maxsize=64)
def _linkage(a: float, c: float, k: float, p: float, r: float, mark2: bool) -> Linkage:
    """One object a unit: what its thousand cards ask of it is worked out once."""
    return Linkage(a, c, k, p, r, mark2)


def rotation_of(unit: Read) -> str | None:
    """What a unit says of which way its crank turns.

    Args:
        unit: as a card has it
    Returns:
        None where it says nothing
    Valid: any unit.
    Ours: the key of the card format.

    >>> rotation_of({"rotation": "clockwise"}), rotation_of({})
    ('clockwise', None)
    """
    return text_of(unit, "rotation") or None


def turns_with_the_clock(rotation: str | None) -> bool:
    """Whether the crank turns with the clock, the well to the right.

    Args:
        rotation: clockwise, counter_clockwise, or None
    Returns:
        True where nobody told
    Valid: any spelling of the two.
    Source: API Spec 11E looks at a unit so.

    >>> turns_with_the_clock(None), turns_with_the_clock("counter-clockwise")
    (True, False)
    """
    return (rotation or "clockwise").replace("-", "_").lower() not in (
        "counter_clockwise",
        "counterclockwise",
        "ccw",
    )


@lru_cache(maxsize=64)
def motion(linkage: Linkage, *, clockwise: bool = True) -> tuple[Floats, Floats]:
    """One turn in the direction it goes, from the bottom of the stroke.

    Args:
        linkage: of the unit
        clockwise: the well to the right
    Returns:
        ([rad] (1440,) crank angle from K, [m] (1440,) position), read-only: the same for all who ask
    Valid: a crank that `turns`.
    Source: API Spec 11E, annexes B to D.

    >>> angle, position = motion(Linkage(3.277, 2.821, 4.459, 3.353, 1.067))
    >>> float(position[0]), bool(position.max() > 2.5)
    (0.0, True)
    """
    angle = TURN[:-1] if clockwise != linkage.mark2 else -TURN[:-1]
    position = linkage.position(angle)
    start = int(np.argmin(position))
    angle, position = np.roll(angle, -start), np.roll(position, -start)
    angle.flags.writeable = position.flags.writeable = False
    return angle, position


def phase_of(position_m: Floats, linkage: Linkage | None, rotation: str | None = None) -> Floats:
    """Share of the turn at which the unit has each position of one stroke.

    the unit's own motion turned round; without a linkage the crank of a long pitman, arccos(1 − 2·s/S)/2π

    Args:
        position_m: [m] (n,) one stroke from the bottom
        linkage: of the unit, or None
        rotation: as told
    Returns:
        [-] (n,) 0 at the bottom
    Valid: constant crank speed.
    Source: API Spec 11E, annexes B to D.

    >>> turn = np.arange(100) / 100
    >>> bool(np.allclose(phase_of(1 - np.cos(2 * np.pi * turn), None), turn))
    True
    """
    share = (position_m - position_m.min()) / np.ptp(position_m)
    top = int(np.argmax(share))
    if linkage is None:
        rise = np.arccos(1 - 2 * share) / (2 * math.pi)
        return np.concatenate((rise[: top + 1], 1 - rise[top + 1 :]))
    rising, falling = _strokes(linkage, turns_with_the_clock(rotation))
    up, down = np.interp(share[: top + 1], *rising), np.interp(-share[top + 1 :], *falling)
    return np.concatenate((up, down))


@lru_cache(maxsize=64)
def _strokes(linkage: Linkage, clockwise: bool) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """(share of the stroke, share of the turn) of the upstroke and, its sign turned, of the downstroke."""
    _, whole = motion(linkage, clockwise=clockwise)
    whole = (whole - whole.min()) / np.ptp(whole)
    top = int(np.argmax(whole))
    turn = np.arange(len(whole)) / len(whole)
    rising = whole[: top + 1], turn[: top + 1]
    return rising, (-np.append(whole[top:], 0.0), np.append(turn[top:], 1.0))


def motion_over_time(linkage: Linkage, n: int, *, clockwise: bool = True) -> Floats:
    """Position in equal time steps of one turn at constant crank speed, from the bottom of the stroke.

    Args:
        linkage: of the unit
        n: [-] steps
        clockwise: the well to the right
    Returns:
        [m] (n,)
    Valid: a crank that `turns`; a slipping motor is not in it.
    Source: API Spec 11E, annexes B to D.

    >>> motion_over_time(Linkage(3.277, 2.821, 4.459, 3.353, 1.067), 4).round(2).tolist()
    [0.0, 1.5, 2.56, 1.42]
    """
    _, whole = motion(linkage, clockwise=clockwise)
    return np.interp(np.arange(n) / n, np.arange(len(whole) + 1) / len(whole), np.r_[whole, whole[0]])
