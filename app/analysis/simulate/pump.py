"""The pump at the end of the rods: a chamber of liquid and gas between two checks, and what goes wrong with
it.

The chamber's pressure p lies between intake and discharge; there a valve opens. Its gas is squeezed along
p·Vⁿ = const. A leak passes (Q² ∝ Δp): below the speed v_leak = Q/A the load is (v/v_leak)². On the downstroke
gas leaves first. Everything is implicit in p within a step: leaks of an incompressible pump are too stiff
otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.simulate.arithmetic import Number

FloatArray = NDArray[np.float64]
GAS_EXPONENT = 1.15
CONTACT_N_PER_M = 4e5
TURNING_M_PER_S = 0.01
WATER_HAMMER_M_PER_S = 1_250.0
NEVER = 9.0
"""A share of the stroke that no plunger reaches: the fault is not there."""


@dataclass(frozen=True)
class PumpRun:
    """Conditions of each card, (batch,) each or one for all; places along the barrel are shares of the
    stroke.

    Attributes:
        fillage: [-] liquid share of what enters
        intake_pressure_pa: [Pa]
        traveling_leak_m3_per_s: [m³/s] at the full difference
        standing_leak_m3_per_s: [m³/s] at the full difference
        friction_n: [N] of the plunger
        dead_space_m: [m] of the barrel below the stroke
        worn_at: [-] middle of local wear
        worn_leak_m3_per_s: [m³/s] there
        hole_from: [-] place of a hole
        hole_leak_m3_per_s: [m³/s] above it
        out_above: [-] where the plunger leaves the barrel
        tight_from: [-] of a bend
        tight_to: [-] of a bend
        tight_n: [N] there
        tags_down_m: [m] how deep it hits
        tags_up_m: [m] how high it hits
        tubing_compliance_m_per_n: [m/N] 0: anchored
        valve_delay_s: [s] after each turn
        column_inertia: [-] 1: the column's whole
        sand_n: [N] of friction that comes and goes
        string_friction_n: [N] along the string
        stuffing_box_n: [N] at the polished rod
    """

    fillage: Any = 1.0
    intake_pressure_pa: Any = 3e6
    traveling_leak_m3_per_s: Any = 0.0
    standing_leak_m3_per_s: Any = 0.0
    friction_n: Any = 300.0
    dead_space_m: Any = 0.15
    worn_at: Any = NEVER
    worn_leak_m3_per_s: Any = 0.0
    hole_from: Any = NEVER
    hole_leak_m3_per_s: Any = 0.0
    out_above: Any = NEVER
    tight_from: Any = NEVER
    tight_to: Any = NEVER
    tight_n: Any = 0.0
    tags_down_m: Any = 0.0
    tags_up_m: Any = 0.0
    tubing_compliance_m_per_n: Any = 0.0
    valve_delay_s: Any = 0.0
    column_inertia: Any = 0.0
    sand_n: Any = 0.0
    string_friction_n: Any = 0.0
    stuffing_box_n: Any = 0.0

    @classmethod
    def of(
        cls,
        batch: int,
        *,
        fillage: float = 1.0,
        intake_pressure_pa: float = 3e6,
        traveling_leak: float = 0.0,
        standing_leak: float = 0.0,
        **others: float,
    ) -> PumpRun:
        """The same conditions for a batch.

        Args:
            batch: [-] how many cards
            fillage: [-]
            intake_pressure_pa: [Pa]
            traveling_leak: [m³/s]
            standing_leak: [m³/s]
            others: [SI] fields by name
        Returns:
            arrays (batch,) of its own
        Valid: any.
        Ours: for tests and single cards.

        >>> PumpRun.of(2, fillage=0.5).fillage.tolist()
        [0.5, 0.5]
        """
        run = cls(fillage, intake_pressure_pa, traveling_leak, standing_leak, **others)
        return run.spread(batch)

    def spread(self, batch: int) -> PumpRun:
        """Every condition as an array of its own.

        Args:
            batch: [-] how many cards
        Returns:
            (batch,) each
        Valid: conditions that are numbers or (batch,).
        Ours: a change of one card is none of another.

        >>> PumpRun(fillage=0.5).spread(3).fillage.tolist()
        [0.5, 0.5, 0.5]
        """
        return replace(
            self,
            **{
                f.name: np.broadcast_to(np.asarray(getattr(self, f.name), float), (batch,)).copy()
                for f in fields(self)
            },
        )

    @classmethod
    def joined(cls, runs: Sequence[PumpRun]) -> PumpRun:
        """Several batches as one.

        Args:
            runs: conditions that were spread
        Returns:
            of all cards, in their order
        Valid: any batches.
        Ours: a batch costs little more than a card.

        >>> PumpRun.joined([PumpRun.of(2), PumpRun.of(3)]).fillage.shape
        (5,)
        """
        return cls(**{f.name: np.concatenate([getattr(run, f.name) for run in runs]) for f in fields(cls)})


class Pump:
    """Chamber, plunger and barrel of one card or a batch."""

    def __init__(
        self,
        ops: Number,
        run: PumpRun,
        *,
        area: FloatArray,
        discharge_pa: FloatArray,
        dt_s: FloatArray,
        steps: int,
        column_length_m: FloatArray,
        tubing_area: FloatArray,
        density: FloatArray,
    ) -> None:
        self.ops = ops
        self.area, self.high, self.dt = ops.each(area), ops.each(discharge_pa), ops.each(dt_s)
        self._faults = {f.name for f in fields(run) if not np.isin(getattr(run, f.name), (0.0, NEVER)).all()}
        self.c = {f.name: ops.each(getattr(run, f.name)) for f in fields(run)}
        self.low = ops.minimum(self.c["intake_pressure_pa"], 0.995 * self.high)
        self.span = self.high - self.low
        self.root = 1 / GAS_EXPONENT
        self.least_gas = 1e-4 * self.area * self.high**self.root
        self.pressure = self.low + 0.0
        self.volume = self.c["dead_space_m"] * self.area
        full = ops.clip(self.c["fillage"] * 10, 0.0, 1.0)  # a pump that gets no liquid starts with gas in it
        self.liquid = full * (self.volume - self.least_gas / self.pressure**self.root)
        self.gas = (self.volume - self.liquid) * self.pressure**self.root
        self.position = ops.each(0.0)
        self.velocity = ops.each(0.0)
        self.bottom, self.top = ops.each(0.0), ops.each(1.0)
        self._lowest, self._highest = ops.each(np.inf), ops.each(-np.inf)
        self._settled = False
        self._going = ops.each(1.0)
        self._shortest_stroke = 0.25 * steps * self.dt
        self._since_turn = ops.each(1e3)
        self._column = ops.delay(np.maximum(2 * column_length_m / WATER_HAMMER_M_PER_S / dt_s, 1.0))
        self._column_gain = ops.each(density * WATER_HAMMER_M_PER_S * area / tubing_area)
        self._hammer = ops.each(0.0)
        self.roughness: Number = 0.0

    def stroke_done(self, *, settled: bool) -> None:
        """Tells the pump that a stroke is over.

        Args:
            settled: whether the start has died away: nothing is hit before
        Valid: between strokes.
        Ours: what lies at a share of the stroke knows where the stroke was.

        >>> from app.analysis.simulate.arithmetic import Floats
        >>> one = np.ones(1)
        >>> pump = Pump(
        ...     Floats(), PumpRun.of(1), area=1.5e-3 * one, discharge_pa=13e6 * one, dt_s=0.01 * one,
        ...     steps=1000, column_length_m=1300.0 * one, tubing_area=3e-3 * one, density=940.0 * one,
        ... )
        >>> _ = pump.step(20e3, 1e4)
        >>> pump.stroke_done(settled=True)
        >>> pump.bottom == pump.top  # one step: the stroke was a point
        True
        """
        self._settled = settled
        self.bottom, self.top = self._lowest, self._highest
        self._lowest, self._highest = self.ops.each(np.inf), self.ops.each(-np.inf)

    def step(self, wave: Number, impedance: Number) -> Number:
        """One step of time: what arrives along the rods moves the plunger.

        wave − z·v = A·(p_d − p) ± grip; p·Vⁿ = const of the chamber's gas, leaks Q² ∝ Δp; all implicit in p

        Args:
            wave: [N] (batch,) that arrives
            impedance: [N·s/m] (batch,) z, what the rods' end resists motion with
        Returns:
            [m/s] (batch,) velocity of the plunger, up
        Valid: small steps: a thousandth of a stroke.
        Ours: leaks of an incompressible pump are too stiff to be stepped openly (domain/rod-pump.md).

        >>> from app.analysis.simulate.arithmetic import Floats
        >>> one = np.ones(1)
        >>> pump = Pump(
        ...     Floats(), PumpRun.of(1), area=1.5e-3 * one, discharge_pa=13e6 * one, dt_s=0.01 * one,
        ...     steps=1000, column_length_m=1300.0 * one, tubing_area=3e-3 * one, density=940.0 * one,
        ... )
        >>> pump.step(0.0, 1e4) < 0 < pump.step(40e3, 1e4)  # nothing holds it: it falls; a pull lifts it
        True
        """
        ops, c = self.ops, self.c
        share = (self.position - self.bottom) / ops.maximum(self.top - self.bottom, 1e-3)
        grip = self._grip(share)
        hit, stiffness = self._contact()
        wave, impedance = wave - hit, impedance + stiffness
        tv_leak, sv_leak = self._leaks(share)
        low, high = self._open_late()
        column = self._column_pressure()
        # Rods: wave − z·v = A·(p_d + hammer − p) ± grip; the velocity is linear in p where the plunger
        # slides.
        at_rest = wave - self.area * (self.high + column)
        slip = at_rest + self.area * self.pressure
        held = ops.clip(slip, -grip, grip)
        sliding = ops.where(abs(slip) > grip, 1.0, 0.0)
        v0 = sliding * (at_rest - held) / impedance
        v1 = sliding * self.area / impedance
        # Room for gas is r0 + r1·p: motion, stretch of the tubing, and leaks, all within this step.
        stretch = c["tubing_compliance_m_per_n"] * self.area * self.area
        r0 = (
            self.volume
            - self.liquid
            + self.dt * (self.area * v0 - tv_leak * self.high - sv_leak * self.low)
            - stretch * (self.pressure - 0.0)
        )
        r1 = self.dt * (self.area * v1 + tv_leak + sv_leak) + stretch
        pressure = self._squeezed(r0, r1, low, high)
        velocity = v0 + v1 * pressure
        self._move(pressure, velocity, tv_leak, sv_leak, stretch)
        return velocity

    def _squeezed(self, r0: Number, r1: Number, low: Number, high: Number) -> Number:
        """p with p^(1/n)·(r0 + r1·p) = gas, between the two valves: it grows with p, so three steps of Newton
        from the last pressure, each kept between them, are enough within one small time step.
        """
        ops, root = self.ops, self.root
        pressure = ops.clip(self.pressure, low, high)
        for _ in range(4):
            power = pressure**root
            room = r0 + r1 * pressure
            miss = power * room - self.gas
            slope = power * (root * ops.maximum(room, 1e-9) / pressure + r1) + 1e-30
            pressure = ops.clip(pressure - miss / slope, low, high)
        return pressure

    def _move(
        self, pressure: Number, velocity: Number, tv_leak: Number, sv_leak: Number, stretch: Number
    ) -> None:
        ops = self.ops
        # Rods bounce when a valve shuts; the stroke has turned only after a good part of it.
        turned = (velocity * self._going < -TURNING_M_PER_S) & (self._since_turn > self._shortest_stroke)
        self._going = ops.where(turned, -self._going, self._going)
        self._since_turn = ops.where(turned, 0.0, self._since_turn + self.dt)
        self.volume = ops.maximum(
            self.volume + self.area * velocity * self.dt + stretch * (pressure - self.pressure),
            1e-3 * self.area,
        )
        self.pressure, self.velocity = pressure, velocity
        self.position = self.position + velocity * self.dt
        self._lowest = ops.minimum(self._lowest, self.position)
        self._highest = ops.maximum(self._highest, self.position)
        self.liquid = self.liquid + self.dt * (
            tv_leak * (self.high - pressure) - sv_leak * (pressure - self.low)
        )
        power = pressure**self.root
        lacking = self.volume - self.liquid - self.gas / power
        sucks = pressure <= self.low * (1 + 1e-9)
        entering = ops.where(sucks, ops.maximum(lacking, 0.0), 0.0)
        back = ops.where(pressure >= self.high * (1 - 1e-9), lacking, 0.0)
        self.liquid = self.liquid + self.c["fillage"] * entering + ops.maximum(back, 0.0)
        self.gas = self.gas + (1 - self.c["fillage"]) * entering * power
        leaving = ops.maximum(-back, 0.0) + ops.where(sucks, ops.maximum(-lacking, 0.0), 0.0)
        gas_out = ops.minimum(leaving, ops.maximum(self.gas - self.least_gas, 0.0) / power)
        self.gas = self.gas - gas_out * power
        self.liquid = self.liquid - (leaving - gas_out)

    def _leaks(self, share: Number) -> tuple[Number, Number]:
        """Conductances [m³/(s·Pa)] past the plunger and past the standing valve at the last pressures."""
        ops, c, faults = self.ops, self.c, self._faults
        into = c["traveling_leak_m3_per_s"]
        if "worn_leak_m3_per_s" in faults:
            into = into + c["worn_leak_m3_per_s"] * ops.exp(-(((share - c["worn_at"]) / 0.07) ** 2))
        if "hole_leak_m3_per_s" in faults:
            into = into + c["hole_leak_m3_per_s"] * ops.clip((share - c["hole_from"]) / 0.1, 0.0, 1.0)
        if "out_above" in faults:
            into = into + ops.where(share > c["out_above"], 0.05, 0.0)
        across = ops.maximum((self.high - self.pressure) / self.span, 1e-3)
        below = ops.maximum((self.pressure - self.low) / self.span, 1e-3)
        return into / (self.span * ops.sqrt(across)), c["standing_leak_m3_per_s"] / (
            self.span * ops.sqrt(below)
        )

    def _open_late(self) -> tuple[Number, Number]:
        """Bounds of the pressure: a valve that closes late holds it where it was."""
        if "valve_delay_s" not in self._faults:
            return self.low, self.high
        ops = self.ops
        late = self._since_turn < self.c["valve_delay_s"]
        up = self._going > 0
        return (
            ops.where(late, ops.where(up, self.high, self.low), self.low),
            ops.where(late, ops.where(up, self.high, self.low), self.high),
        )

    def _grip(self, share: Number) -> Number:
        grip = self.c["friction_n"] + self.c["sand_n"] * self.roughness
        if "tight_n" not in self._faults:
            return grip
        inside = (share > self.c["tight_from"]) & (share < self.c["tight_to"])
        return grip + self.ops.where(inside, self.c["tight_n"], 0.0)

    def _contact(self) -> tuple[Number, Number]:
        """Force on the rods' end where the pump hits, down positive [N], and its stiffness over this step
        [N·s/m]: from the stroke as it was without hitting.
        """
        if not self._settled or not self._faults & {"tags_down_m", "tags_up_m"}:
            return 0.0, 0.0
        ops, c = self.ops, self.c
        low = ops.where(
            c["tags_down_m"] > 0, ops.maximum(self.bottom + c["tags_down_m"] - self.position, 0.0), 0.0
        )
        high = ops.where(c["tags_up_m"] > 0, ops.maximum(self.position - self.top + c["tags_up_m"], 0.0), 0.0)
        touches = ops.where(low + high > 0, 1.0, 0.0)
        return CONTACT_N_PER_M * (high - low), CONTACT_N_PER_M * self.dt * touches

    def _column_pressure(self) -> Number:
        """The liquid column in the tubing is pushed like a rod: ρ·c·v, and its echo from the open top,
        inverted.
        """
        if "column_inertia" not in self._faults:
            return 0.0
        ops = self.ops
        lifted = ops.where(self.pressure < self.high * (1 - 1e-9), ops.maximum(self.velocity, 0.0), 0.0)
        echo = -0.8 * self._column.read()
        outgoing = self._column_gain * lifted + echo
        self._column.write(outgoing)
        self._hammer = 0.7 * self._hammer + 0.3 * (outgoing + echo)
        return self.c["column_inertia"] * self._hammer
