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
        self._z = [ops.each(row) for row in z]
        self._up = [ops.delay(row) for row in steps]
        self._down = [ops.delay(row) for row in steps]
        self._meet = [ops.each(1 / (z[j - 1] + z[j] + drag[j - 1] + drag[j])) for j in range(1, count)]
        self._grip = ops.each(friction_n / (count - 1))
        self._top_drag = ops.each(drag[0])
        self.bottom_impedance = ops.each(z[-1] + drag[-1])
        self._bottom_drag = ops.each(drag[-1])

    def arrive(self) -> Number:
        """The wave that reaches the pump now."""
        self._arriving_down = [line.read() for line in self._down]
        self._arriving_up = [line.read() for line in self._up]
        return self._arriving_down[-1]

    def step(self, top_velocity: Number, plunger_velocity_up: Number) -> Number:
        """Velocity at the top down positive, of the plunger up positive [m/s]; returns the tension at the top
        [N].
        """
        ops, z, up, down = self._ops, self._z, self._arriving_up, self._arriving_down
        grip = self._grip
        self._down[0].write(up[0] - 2 * z[0] * top_velocity)
        for j, share in enumerate(self._meet, 1):
            pull = up[j] - down[j - 1]
            velocity = (pull - ops.clip(pull, -grip, grip)) * share
            self._up[j - 1].write(down[j - 1] + 2 * z[j - 1] * velocity)
            self._down[j].write(up[j] - 2 * z[j] * velocity)
        self._up[-1].write(down[-1] - 2 * z[-1] * plunger_velocity_up)
        return up[0] - (z[0] + self._top_drag) * top_velocity
