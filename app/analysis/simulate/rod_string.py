"""The rod string run forward: waves that travel up and down between points where they meet resistance.

U = F + z·v runs up and D = F − z·v runs down a segment at the speed of sound, z = EA/a its impedance, v the
velocity (down positive), F the tension less the buoyant weight. Between two segments force and velocity are
one; viscous damping c·m and Coulomb friction of half of each act there, so rods can stick. The way to the
next point takes a time that need not be whole steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.simulate.arithmetic import Number
from app.models.cards import RodSection

FloatArray = NDArray[np.float64]
SEGMENTS = 8


@dataclass(frozen=True)
class Segment:
    """A part of the string between two points where waves meet resistance.

    Attributes:
        travel_s: [s] of sound through it
        impedance: [N·s/m] EA/a
        mass_kg: [kg]
    """

    travel_s: float
    impedance: float
    mass_kg: float


def segments_of(rods: tuple[RodSection, ...], count: int) -> list[Segment]:
    """The string in parts, top to bottom.

    each section cut into equal parts, those with the longest ways first; z = EA/a

    Args:
        rods: top to bottom
        count: [-] of parts
    Returns:
        at least one a section
    Valid: count from the number of sections.
    Ours: equal ways of sound make the damping lie evenly.

    >>> from app.analysis import examples
    >>> [round(part.travel_s, 4) for part in segments_of(examples.rod_well().rods, 4)]
    [0.0554, 0.0554, 0.0756, 0.0756]
    """
    parts = [1] * len(rods)
    travel = [rod.length_m / rod.wave_speed_m_per_s for rod in rods]
    while sum(parts) < count:
        longest = max(range(len(rods)), key=lambda i: travel[i] / parts[i])
        parts[longest] += 1
    return [
        Segment(time_s / n, rod.stiffness_n / rod.wave_speed_m_per_s, rod.mass_kg_per_m * rod.length_m / n)
        for rod, time_s, n in zip(rods, travel, parts, strict=True)
        for _ in range(n)
    ]


class RodString:
    """Of one card or a batch; `step` moves all by one time step."""

    def __init__(
        self,
        ops: Number,
        strings: list[tuple[RodSection, ...]],
        dt_s: FloatArray,
        damping_per_s: FloatArray,
        friction_n: FloatArray,
    ) -> None:
        """dt_s, damping_per_s, friction_n (of the whole string) (batch,) each, one string for each card."""
        count = max(SEGMENTS, *(len(rods) for rods in strings))
        wells = [segments_of(rods, count) for rods in strings]

        def column(name: str) -> FloatArray:
            return np.array([[getattr(segment, name) for segment in well] for well in wells]).T

        z, mass = column("impedance"), column("mass_kg")
        steps = np.maximum(column("travel_s") / dt_s, 1.0)
        drag = damping_per_s * mass / 2
        self._ops = ops
        self._up = ops.waves(steps)
        self._down = ops.waves(steps)
        self._meet = ops.rows(1 / (z[:-1] + z[1:] + drag[:-1] + drag[1:]))
        self._above, self._below = ops.rows(2 * z[:-1]), ops.rows(2 * z[1:])
        self._grip = ops.each(friction_n / (count - 1))
        self._top = ops.each(2 * z[0])
        self._bottom = ops.each(2 * z[-1])
        self._top_resists = ops.each(z[0] + drag[0])
        self.bottom_impedance = ops.each(z[-1] + drag[-1])

    def arrive(self) -> Number:
        """The wave that reaches the pump now.

        Returns:
            [N] (batch,)
        Valid: before `step` of the same time.
        Ours: lines of delay, linear between steps.

        >>> from app.analysis import examples
        >>> from app.analysis.simulate.arithmetic import Floats
        >>> zero = np.zeros(1)
        >>> string = RodString(Floats(), [examples.rod_well().rods], zero + 0.01, zero, zero)
        >>> string.arrive()  # at rest
        0.0
        """
        self._arriving_down, self._arriving_up = self._down.read(), self._up.read()
        return self._arriving_down[-1]

    def step(self, top_velocity: Number, plunger_velocity_up: Number) -> Number:
        """One step of time along the string.

        U = F + z·v up, D = F − z·v down; where segments meet, force and velocity are one, damping and
        friction act

        Args:
            top_velocity: [m/s] (batch,) down positive
            plunger_velocity_up: [m/s] (batch,)
        Returns:
            [N] (batch,) tension at the top, less the buoyant weight
        Valid: after `arrive` of the same time.
        Source: d'Alembert's waves of the equation in Gibbs, SPE 588 (1963).

        >>> from app.analysis import examples
        >>> from app.analysis.simulate.arithmetic import Floats
        >>> zero, rods = np.zeros(1), examples.rod_well().rods
        >>> string = RodString(Floats(), [rods], zero + 0.01, zero, zero)
        >>> _ = string.arrive()
        >>> pull = string.step(-1.0, 0.0)  # pulled up by 1 m/s the string resists with its impedance
        >>> round(float(pull) / (rods[0].stiffness_n / rods[0].wave_speed_m_per_s), 6)
        1.0
        """
        up, down = self._arriving_up, self._arriving_down
        ups, downs = self._ops.along(self._pass_on, up[1:], down[:-1], self._meet, self._above, self._below)
        self._down.write([up[0] - self._top * top_velocity], downs)
        self._up.write(ups, [down[-1] - self._bottom * plunger_velocity_up])
        return up[0] - self._top_resists * top_velocity

    def _pass_on(
        self, up: Number, down: Number, share: Number, above: Number, below: Number
    ) -> tuple[Number, Number]:
        """What goes on up and down from a point where two segments meet."""
        pull, grip = up - down, self._grip
        velocity = (pull - self._ops.clip(pull, -grip, grip)) * share
        return down + above * velocity, up - below * velocity
