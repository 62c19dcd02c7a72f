"""From the surface card to the pump card by finite differences: the second, independent solution.

EA·u_xx = m·(u_tt + c·u_t) + f·sign(u_t), marched down the string from the surface (T. A. Everitt and J. W.
Jennings, "An Improved Finite-Difference Calculation of Downhole Dynamometer Cards for Sucker-Rod Pumps", SPE
18189, 1992). The first cell is a half cell, so the start is of second order like the rest. Where the harmonic
solution needs a periodic record and one viscous damping, this one carries a record whose ends do not quite
meet, damping that differs between the strokes, and the Coulomb friction f [N/m] of deviated wells.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.harmonic import StringMotion, taper
from app.models.cards import RodSection

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Drag:
    """Viscous damping [1/s] by the direction the rods move, and Coulomb friction [N/m] at measured depths
    [m].
    """

    up_per_s: float = 0.0
    down_per_s: float = 0.0
    depth_m: Floats | None = None
    friction_n_per_m: Floats | None = None

    def friction_at(self, depth_m: float) -> float:
        if self.depth_m is None or self.friction_n_per_m is None:
            return 0.0
        return float(np.interp(depth_m, self.depth_m, self.friction_n_per_m))


def pump_motion(
    position_m: Floats,
    load_n: Floats,
    rods: tuple[RodSection, ...],
    *,
    strokes_per_minute: float,
    buoyant_weight_n: float,
    drag: Drag = Drag(),
    closes_twice: bool = False,
    harmonics: int | None = None,
    cells: int = 2,
) -> StringMotion:
    """One stroke (n,) in equal steps down to the pump.

    Marching down is stable while a cell is no longer than the way of sound in one time step, and has least
    dispersion at that length: each section gets the fewest cells the limit allows, times `cells`.
    `closes_twice`: the record begins and ends in the dead centre; its last point is the first of the next
    stroke, and before the first the motion mirrors what comes after. `harmonics` smooths the answer, as in
    the harmonic solution.
    """
    n = len(position_m)
    dt = 60 / strokes_per_minute / (n - 1 if closes_twice else n)
    u = -np.asarray(position_m, float)
    flux = np.asarray(load_n, float) - buoyant_weight_n
    half_mass, depth = 0.0, 0.0
    section_loads = []
    for rod in rods:
        section_loads.append(_smooth(flux + half_mass * _acceleration(u, dt, closes_twice), harmonics))
        count = cells * max(1, math.ceil(rod.length_m / (rod.wave_speed_m_per_s * dt)))
        dx = rod.length_m / count
        for _ in range(count):
            mass = half_mass + rod.mass_kg_per_m * dx / 2
            flux = flux + _resistance(u, dt, mass, dx, depth, drag, closes_twice)
            u = u + flux * dx / rod.stiffness_n
            half_mass = rod.mass_kg_per_m * dx / 2
            depth += dx
    load = flux + _resistance(u, dt, half_mass, dx / 2, depth, drag, closes_twice)
    return StringMotion(-_smooth(u, harmonics), _smooth(load, harmonics), tuple(section_loads))


def _resistance(
    u: Floats, dt: float, mass: float, dx: float, depth: float, drag: Drag, closes_twice: bool
) -> Floats:
    """What inertia, damping and friction of one cell add to the tension below it [N]."""
    before, after = _neighbours(u, closes_twice)
    force = mass * (after - 2 * u + before) / dt**2
    velocity = (after - before) / (2 * dt)
    if drag.up_per_s or drag.down_per_s:
        force = force + mass * np.where(velocity < 0, drag.up_per_s, drag.down_per_s) * velocity
    friction = drag.friction_at(depth) * dx
    if friction:
        # Smooth through standstill: a jump there would ring in every cell below.
        force = force + friction * np.tanh(velocity / (0.02 * np.abs(velocity).max()))
    return force


def _acceleration(u: Floats, dt: float, closes_twice: bool) -> Floats:
    before, after = _neighbours(u, closes_twice)
    return (after - 2 * u + before) / dt**2


def _neighbours(u: Floats, closes_twice: bool) -> tuple[Floats, Floats]:
    before, after = np.roll(u, 1), np.roll(u, -1)
    if closes_twice:
        before[0] = after[-1] = u[1]
    return before, after


def _smooth(values: Floats, harmonics: int | None) -> Floats:
    if harmonics is None:
        return values
    spectrum = np.fft.rfft(values)
    return np.fft.irfft(spectrum * taper(len(spectrum), harmonics), len(values))


def damping_from_power(
    position_m: Floats,
    load_n: Floats,
    rods: tuple[RodSection, ...],
    *,
    strokes_per_minute: float,
    buoyant_weight_n: float,
    fluid_load_n: float,
    harmonics: int = 30,
    rounds: int = 12,
) -> Drag:
    """Damping at which the pump does just the work of lifting the liquid: F₀·stroke up, nothing down.

    `fluid_load_n` must come from pressures or a level, not from this card. Each stroke's coefficient is moved
    by the work that is too much, over the work one unit of damping takes: W ≈ ½·c·M·∫v² (Everitt and
    Jennings, eq. 18). Not below zero: a pump that does too little work is no reason for the rods to push
    themselves.
    """
    up, down = 0.0, 0.0
    mass = sum(rod.mass_kg_per_m * rod.length_m for rod in rods)
    velocity = (np.roll(position_m, -1) - np.roll(position_m, 1)) / 2
    dt = 60 / strokes_per_minute / len(position_m)
    for _ in range(rounds):
        marched = pump_motion(
            position_m,
            load_n,
            rods,
            strokes_per_minute=strokes_per_minute,
            buoyant_weight_n=buoyant_weight_n,
            drag=Drag(up, down),
            harmonics=harmonics,
        )
        step = (np.roll(marched.position_m, -1) - np.roll(marched.position_m, 1)) / 2
        rising = step > 0
        travel = float(step[rising].sum())
        too_much_up = float((marched.load_n * step)[rising].sum()) - fluid_load_n * travel
        too_much_down = float((marched.load_n * step)[~rising].sum())
        going_up = velocity > 0
        up = max(0.0, up + too_much_up / (mass * float((velocity[going_up] ** 2).sum()) / dt))
        down = max(0.0, down + too_much_down / (mass * float((velocity[~going_up] ** 2).sum()) / dt))
        if max(abs(too_much_up), abs(too_much_down)) < 1e-3 * abs(fluid_load_n) * travel:
            break
    return Drag(up, down)
