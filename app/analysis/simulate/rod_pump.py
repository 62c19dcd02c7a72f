"""A rod pump run forward: the unit moves the rods, the wave travels down, the pump answers.

The damped wave equation is solved by characteristics: U = F + z·v runs up and D = F − z·v runs down the string at
the speed of sound, z = EA/a the impedance of a section, v the velocity (down positive), F the tension less the
buoyant weight. Junctions and ends couple the two exactly; damping acts on v = (U − D) / 2z in every cell. The pump
chamber holds liquid and gas (isentropic); its valves are checks, leaks are quasi-steady. Many cards of one well are
run at once: arrays are (cells, batch) or (batch,).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.strings import buoyant_weight
from app.analysis.cards.unit import Linkage
from app.models.cards import RodSection

Floats = NDArray[np.float64]
CELLS = 48
GAS_EXPONENT = 1.2
DEAD_SPACE_M = 0.15


@dataclass(frozen=True)
class PumpRun:
    """Conditions of each card, (batch,) each. fillage: liquid share of what enters; leaks at the full difference [m³/s]."""

    fillage: Floats
    intake_pressure_pa: Floats
    traveling_leak_m3_per_s: Floats
    standing_leak_m3_per_s: Floats
    friction_n: float = 300.0

    @classmethod
    def of(cls, batch: int, *, fillage: float = 1.0, intake_pressure_pa: float = 3e6, traveling_leak: float = 0.0,
           standing_leak: float = 0.0) -> PumpRun:  # fmt: skip
        return cls(
            np.full(batch, fillage), np.full(batch, intake_pressure_pa),
            np.full(batch, traveling_leak), np.full(batch, standing_leak),
        )  # fmt: skip


@dataclass(frozen=True)
class RodWell:
    """What stays the same while a well is run. discharge pressure [Pa] above the plunger."""

    rods: tuple[RodSection, ...]
    linkage: Linkage
    strokes_per_minute: float
    plunger_diameter_m: float
    discharge_pressure_pa: float
    fluid_density: float
    damping_per_s: float = 0.15
    parted_at_m: float | None = None

    @property
    def plunger_area_m2(self) -> float:
        return math.pi / 4 * self.plunger_diameter_m**2

    def hanging_rods(self) -> tuple[RodSection, ...]:
        """The sections above the break, the last one cut at it."""
        if self.parted_at_m is None:
            return self.rods
        kept: list[RodSection] = []
        left = self.parted_at_m
        for rod in self.rods:
            if left <= 0:
                break
            kept.append(
                RodSection(
                    min(rod.length_m, left),
                    rod.diameter_m,
                    rod.mass_kg_per_m,
                    rod.modulus_pa,
                    rod.wave_speed_m_per_s,
                    rod.minimum_tensile_pa,
                    rod.service_factor,
                )
            )
            left -= rod.length_m
        return tuple(kept)


@dataclass(frozen=True)
class SimulatedCards:
    """One stroke in `points` equal time steps from the bottom of the upstroke; all (batch, points), up positive."""

    surface_position_m: Floats
    surface_load_n: Floats
    pump_position_m: Floats
    pump_load_n: Floats


class _Chamber:
    """Liquid and gas below the plunger. Content of gas is p^(1/n)·V: constant while it is only squeezed."""

    def __init__(self, well: RodWell, run: PumpRun) -> None:
        self.area = well.plunger_area_m2
        self.high = well.discharge_pressure_pa
        self.low = run.intake_pressure_pa
        self.run = run
        self.root = 1 / GAS_EXPONENT
        batch = len(run.fillage)
        self.least_gas = 2e-4 * self.area * self.high**self.root
        self.gas = np.full(batch, self.least_gas)
        self.pressure = self.low.copy()
        self.volume = np.full(batch, DEAD_SPACE_M * self.area)
        self.liquid = self.volume - self.gas / self.pressure**self.root

    def pressure_after(self, velocity_up: Floats, dt: float, leak: Floats) -> Floats:
        room = self.volume + self.area * velocity_up * dt - self.liquid - leak * dt
        content = self.gas / np.maximum(room, 1e-12)
        return np.clip(content**GAS_EXPONENT, self.low, self.high)

    def leak_in(self) -> Floats:
        """Liquid entering past the plunger less leaving past the standing valve [m³/s], at the last pressure."""
        across = (self.pressure - self.low) / (self.high - self.low)
        return self.run.traveling_leak_m3_per_s * (1 - across) - self.run.standing_leak_m3_per_s * across

    def step(self, velocity_up: Floats, dt: float, leak: Floats) -> None:
        self.pressure = self.pressure_after(velocity_up, dt, leak)
        self.volume = np.maximum(self.volume + self.area * velocity_up * dt, 1e-3 * self.area)
        self.liquid = self.liquid + leak * dt
        gas_volume = self.gas / self.pressure**self.root
        lacking = self.volume - self.liquid - gas_volume
        entering = np.where(self.pressure <= self.low, np.maximum(lacking, 0), 0)
        self.liquid += self.run.fillage * entering
        self.gas += (1 - self.run.fillage) * entering * self.pressure**self.root
        leaving = np.where(self.pressure >= self.high, np.maximum(-lacking, 0), 0)
        spare_gas = np.maximum(self.gas - self.least_gas, 0) / self.pressure**self.root
        gas_out = np.minimum(leaving, spare_gas)
        self.gas -= gas_out * self.pressure**self.root
        self.liquid -= leaving - gas_out


def run_cards(well: RodWell, run: PumpRun, *, points: int = 200, strokes: int = 4) -> SimulatedCards:
    """Run `strokes` from rest and return the last: by then the start has died away."""
    rods = well.hanging_rods()
    period = 60 / well.strokes_per_minute
    travel = sum(rod.length_m / rod.wave_speed_m_per_s for rod in rods)
    steps = max(points, math.ceil(period * CELLS / travel))
    dt = period / steps
    counts = [max(1, round(rod.length_m / rod.wave_speed_m_per_s / dt)) for rod in rods]
    edges = np.cumsum([0, *counts])
    impedance = [rod.stiffness_n / rod.wave_speed_m_per_s for rod in rods]
    batch = len(run.fillage)

    surface_up = well.linkage.position(np.arange(steps) * 2 * math.pi / steps)
    surface_up = np.roll(surface_up, -int(np.argmin(surface_up)))
    velocity_down = -(np.roll(surface_up, -1) - surface_up) / dt

    up, down = np.zeros((edges[-1], batch)), np.zeros((edges[-1], batch))
    chamber = _Chamber(well, run)
    plunger_up, plunger_velocity = np.zeros(batch), np.zeros(batch)
    top_load, pump_position, pump_load = (np.zeros((steps, batch)) for _ in range(3))
    half_damping = well.damping_per_s * dt / 2

    for step in range(strokes * steps):
        index = step % steps
        arriving_up, arriving_down = up[edges[:-1]].copy(), down[edges[1:] - 1].copy()
        up[:-1] = up[1:]
        down[1:] = down[:-1]
        down[0] = arriving_up[0] - 2 * impedance[0] * velocity_down[index]
        for j in range(1, len(rods)):
            z_above, z_below = impedance[j - 1], impedance[j]
            velocity = (arriving_up[j] - arriving_down[j - 1]) / (z_above + z_below)
            force = arriving_down[j - 1] + z_above * velocity
            up[edges[j] - 1] = force + z_above * velocity
            down[edges[j]] = force - z_below * velocity
        if well.parted_at_m is None:
            friction = run.friction_n * np.tanh(plunger_velocity / 0.02)
            plunger_velocity = _plunger_velocity(chamber, arriving_down[-1] - friction, impedance[-1], dt)
        else:
            plunger_velocity = arriving_down[-1] / impedance[-1]
        bottom_force = arriving_down[-1] - impedance[-1] * plunger_velocity
        up[-1] = arriving_down[-1] - 2 * impedance[-1] * plunger_velocity
        scattered = half_damping * (up - down)
        up -= scattered
        down += scattered
        plunger_up = plunger_up + plunger_velocity * dt
        top_load[index] = arriving_up[0] - impedance[0] * velocity_down[index]
        pump_position[index], pump_load[index] = plunger_up, bottom_force

    weight = buoyant_weight(rods, well.fluid_density)
    pick = np.linspace(0, steps, points, endpoint=False)
    return SimulatedCards(
        _resample(np.repeat(surface_up[:, None], batch, 1), pick),
        _resample(top_load, pick) + weight,
        _resample(pump_position - pump_position.min(axis=0), pick),
        _resample(pump_load, pick),
    )


def _plunger_velocity(chamber: _Chamber, wave: Floats, impedance: float, dt: float) -> Floats:
    """Solve wave − z·v = A·(p_d − p_chamber(v)) for v (up positive): one root, bracketed by the two open valves."""
    leak = chamber.leak_in()
    span = chamber.area * (chamber.high - chamber.low)
    low, high = (wave - span) / impedance, wave / impedance
    for _ in range(14):
        middle = (low + high) / 2
        pull = chamber.area * (chamber.high - chamber.pressure_after(middle, dt, leak))
        too_slow = wave - impedance * middle > pull
        low, high = np.where(too_slow, middle, low), np.where(too_slow, high, middle)
    velocity: Floats = (low + high) / 2
    chamber.step(velocity, dt, leak)
    return velocity


def _resample(rows: Floats, pick: Floats) -> Floats:
    """(steps, batch) → (batch, len(pick)), periodic, linear between steps."""
    below = np.floor(pick).astype(int)
    share = (pick - below)[:, None]
    steps = len(rows)
    return ((1 - share) * rows[below % steps] + share * rows[(below + 1) % steps]).T
