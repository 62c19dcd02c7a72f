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
    travel_s: float
    impedance: float
    mass_kg: float


def segments_of(rods: tuple[RodSection, ...], count: int) -> list[Segment]:
    """Top to bottom; each section cut into equal parts, the parts with the longest ways cut first."""
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
        """The wave that reaches the pump now."""
        self._arriving_down, self._arriving_up = self._down.read(), self._up.read()
        return self._arriving_down[-1]

    def step(self, top_velocity: Number, plunger_velocity_up: Number) -> Number:
        """Velocity at the top down positive, of the plunger up positive [m/s]; returns the tension at the top
        [N].
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
