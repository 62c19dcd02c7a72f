"""A rod pump run forward: the unit moves the rods, the waves travel down, the pump answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards import long_stroke
from app.analysis.cards.strings import buoyant_weight
from app.analysis.cards.strings import length as string_length
from app.analysis.cards.unit import Linkage, motion_over_time
from app.analysis.simulate.arithmetic import Arrays, Floats
from app.analysis.simulate.pump import Pump, PumpRun
from app.analysis.simulate.rod_string import RodString
from app.models.cards import RodSection

FloatArray = NDArray[np.float64]
STEPS = 1_024
POINTS = 200


@dataclass(frozen=True)
class RodWell:
    """What stays the same while a well is run.

    Attributes:
        rods: top to bottom
        linkage: of the unit
        strokes_per_minute: [1/min]
        plunger_diameter_m: [m]
        discharge_pressure_pa: [Pa] above the plunger
        fluid_density: [kg/m³]
        damping_per_s: [1/s] viscous, along the rods
        parted_at_m: [m] depth of a break, None: whole
        clockwise: the well to the right
        speed_variation: [-] of the crank's mean speed that the motor slows under load and runs ahead without
        tubing_inner_diameter_m: [m]
        turn_share: [-] of the stroke's time that both turns of a belt or hydraulic unit take; 0: a crank
    """

    rods: tuple[RodSection, ...]
    linkage: Linkage
    strokes_per_minute: float
    plunger_diameter_m: float
    discharge_pressure_pa: float
    fluid_density: float
    damping_per_s: float = 0.15
    parted_at_m: float | None = None
    clockwise: bool = True
    speed_variation: float = 0.0
    tubing_inner_diameter_m: float = 0.062
    turn_share: float = 0.0

    @property
    def plunger_area_m2(self) -> float:
        """Area of the plunger [m²]."""
        return math.pi / 4 * self.plunger_diameter_m**2

    def hanging_rods(self) -> tuple[RodSection, ...]:
        """The sections above the break, the last one cut at it.

        Returns:
            all of them for a whole string
        Valid: any depth of the break.
        Ours: what still hangs.

        >>> from app.analysis import examples
        >>> parted = replace(examples.rod_well(), parted_at_m=800.0)
        >>> [rod.length_m for rod in parted.hanging_rods()]
        [550.0, 250.0]
        """
        if self.parted_at_m is None:
            return self.rods
        kept: list[RodSection] = []
        left = self.parted_at_m
        for rod in self.rods:
            if left <= 0:
                break
            kept.append(replace(rod, length_m=min(rod.length_m, left)))
            left -= rod.length_m
        return tuple(kept)


@dataclass(frozen=True)
class SimulatedCards:
    """One stroke in equal time steps from the bottom of the upstroke, up positive.

    Attributes:
        surface_position_m: [m] (batch, points)
        surface_load_n: [N] (batch, points)
        pump_position_m: [m] (batch, points)
        pump_load_n: [N] (batch, points) the pump's pull on the rods
    """

    surface_position_m: FloatArray
    surface_load_n: FloatArray
    pump_position_m: FloatArray
    pump_load_n: FloatArray

    def take(self, index: Any) -> SimulatedCards:
        """Some of the cards.

        Args:
            index: [-] what NumPy takes
        Returns:
            of them alone
        Valid: any batch.
        Ours: several wells are run as one batch and parted afterwards.

        >>> from app.analysis import examples
        >>> made = run_cards(examples.rod_well(), PumpRun.of(3), strokes=2, steps=256)
        >>> made.take(slice(0, 2)).surface_load_n.shape
        (2, 200)
        """
        return SimulatedCards(*(getattr(self, f.name)[index] for f in fields(self)))


def run_cards(
    wells: RodWell | Sequence[RodWell],
    run: PumpRun,
    *,
    points: int = POINTS,
    strokes: int = 4,
    steps: int = STEPS,
    rng: np.random.Generator | None = None,
    each_stroke: Callable[[], None] = lambda: None,
) -> SimulatedCards:
    """Rod pumps run forward from rest: the unit moves the rods, the waves travel down, the pump answers.

    Args:
        wells: one for the whole batch of conditions, or one for each
        run: conditions, (batch,) each
        points: [-] of a card
        strokes: [-] run; the last is returned: by then the start has died away
        steps: [-] of a stroke
        rng: for sand: no two strokes are alike
        each_stroke: called before each: a long run is left through it
    Returns:
        the last stroke
    Valid: speeds under a third of the string's natural one: above, more strokes are needed.
    Source: wave equation: Gibbs, SPE 588 (1963), as travelling waves (`rod_string`); the pump is ours.

    >>> from app.analysis import examples
    >>> made = run_cards(examples.rod_well(), PumpRun.of(1), strokes=2, steps=256)
    >>> made.surface_load_n.shape, bool(made.surface_load_n.max() > 45e3)
    ((1, 200), True)
    """
    batch = len(run.fillage)
    each = [wells] * batch if isinstance(wells, RodWell) else list(wells)
    ops = Floats() if batch == 1 else Arrays(batch)
    dt = np.array([60 / well.strokes_per_minute / steps for well in each])
    string = RodString(
        ops,
        [well.hanging_rods() for well in each],
        dt,
        np.array([well.damping_per_s for well in each]),
        run.string_friction_n,
    )
    whole = np.array([well.parted_at_m is None for well in each])
    pump = Pump(
        ops,
        run,
        area=np.array([well.plunger_area_m2 for well in each]) * np.where(whole, 1.0, 1e-6),
        discharge_pa=np.array([well.discharge_pressure_pa for well in each]),
        dt_s=dt,
        steps=steps,
        column_length_m=np.array([string_length(well.rods) for well in each]),
        tubing_area=np.array([math.pi / 4 * well.tubing_inner_diameter_m**2 for well in each]),
        density=np.array([well.fluid_density for well in each]),
    )
    pump.c["friction_n"] = ops.each(np.where(whole, run.friction_n, 0.0))
    surface = np.array([_surface_motion(well, steps) for well in each])
    velocity_down = -(np.roll(surface, -1, axis=1) - np.roll(surface, 1, axis=1)) / 2 / dt[:, None]
    top = velocity_down[0].tolist() if batch == 1 else list(np.ascontiguousarray(velocity_down.T))
    rough = _roughness(run, batch, steps * strokes, rng)

    impedance = string.bottom_impedance
    tension, position, pull = [], [], []
    for step in range(strokes * steps):
        last = step >= (strokes - 1) * steps
        if step and step % steps == 0 and step <= (strokes - 2) * steps:
            pump.stroke_done(settled=step == (strokes - 2) * steps)
        if step % steps == 0:
            each_stroke()
        if rough is not None:
            pump.roughness = rough[step]
        wave = string.arrive()
        velocity = pump.step(wave, impedance)
        at_top = string.step(top[step % steps], velocity)
        if last:
            tension.append(at_top)
            position.append(pump.position)
            pull.append(wave - impedance * velocity)

    weight = np.array([buoyant_weight(well.hanging_rods(), well.fluid_density) for well in each])
    box = np.broadcast_to(run.stuffing_box_n, (batch,))[:, None] * np.tanh(velocity_down / 0.02)
    load = np.array(tension).reshape(steps, batch).T + weight[:, None] - box
    plunger = np.array(position).reshape(steps, batch).T
    pick = np.linspace(0, steps, points, endpoint=False)
    return SimulatedCards(
        _resample(surface, pick),
        _resample(load, pick),
        _resample(plunger - plunger.min(axis=1, keepdims=True), pick),
        _resample(np.array(pull).reshape(steps, batch).T, pick),
    )


def _surface_motion(well: RodWell, steps: int) -> FloatArray:
    """Polished rod position over one turn, (steps,): the motor lags twice a turn, when each stroke carries
    most.
    """
    if well.turn_share > 0:
        return long_stroke.motion_over_time(well.linkage.stroke_m, steps, turn_share=well.turn_share)
    even = motion_over_time(well.linkage, steps, clockwise=well.clockwise)
    if not well.speed_variation:
        return even
    turn = np.arange(steps) / steps
    lag = turn + well.speed_variation / (4 * math.pi) * np.sin(4 * math.pi * turn)
    return np.interp(lag % 1.0, np.r_[turn, 1.0], np.r_[even, even[0]])


def _roughness(
    run: PumpRun, batch: int, count: int, rng: np.random.Generator | None
) -> list[float] | list[FloatArray] | None:
    """Grains between plunger and barrel: friction that comes and goes within a few hundredths of a stroke."""
    if not np.any(run.sand_n):
        return None
    noise = (rng or np.random.default_rng(0)).normal(size=(count, batch))
    width = 12
    smooth = np.cumsum(noise, axis=0)
    smooth = np.abs(np.r_[np.zeros((width, batch)), smooth[width:] - smooth[:-width]]) / math.sqrt(width)
    return [float(row[0]) for row in smooth] if batch == 1 else list(smooth)


def _resample(rows: FloatArray, pick: FloatArray) -> FloatArray:
    """(batch, steps) → (batch, len(pick)), periodic: each point the mean over its share of the stroke."""
    steps = rows.shape[1]
    width = max(1, steps // len(pick) // 2 * 2 + 1)
    total = np.cumsum(np.concatenate([rows[:, -width:], rows, rows[:, :width]], axis=1), axis=1)
    first = width // 2 + width
    rows = (total[:, first : first + steps] - total[:, first - width : first - width + steps]) / width
    below = np.floor(pick).astype(int)
    share = pick - below
    return (1 - share) * rows[:, below % steps] + share * rows[:, (below + 1) % steps]
