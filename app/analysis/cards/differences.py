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
    """What resists the rods' motion.

    Attributes:
        up_per_s: [1/s] viscous damping while the rods rise
        down_per_s: [1/s] while they fall
        depth_m: [m] (k,) measured depths
        friction_n_per_m: [N/m] (k,) Coulomb friction there
    """

    up_per_s: float = 0.0
    down_per_s: float = 0.0
    depth_m: Floats | None = None
    friction_n_per_m: Floats | None = None

    def friction_at(self, depth_m: float) -> float:
        """Coulomb friction at a depth, straight between the known ones.

        Args:
            depth_m: [m] measured
        Returns:
            [N/m] 0 where none is known
        Valid: beyond the ends the end's own.
        Ours: linear interpolation.

        >>> Drag(0.0, 0.0, np.array([0.0, 1000.0]), np.array([0.0, 2.0])).friction_at(250.0)
        0.5
        """
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
    """One stroke marched down the rods to the pump by finite differences.

    EA·u_xx = m·(u_tt + c·u_t) + f·sign(u_t), from the surface down; each section gets the fewest cells that
    let sound through in one time step, times `cells`

    Args:
        position_m: [m] (n,) polished rod, up positive, equal steps over one stroke
        load_n: [N] (n,) polished rod
        rods: top to bottom
        strokes_per_minute: [1/min]
        buoyant_weight_n: [N] of the whole string
        drag: damping by direction and friction of a deviated hole
        closes_twice: the last point is the first of the next stroke: before the first the motion mirrors what
            comes after
        harmonics: [-] smooths the answer, as in the harmonic solution; None: not at all
        cells: [-] times the fewest
    Returns:
        position and pull at the pump, loads at the tops of sections
    Valid: marching down is stable while a cell is no longer than the way of sound in a step; noise grows with
        depth: smooth it.
    Source: Everitt and Jennings, SPE 18189 (1992); the half cell at the start is ours.

    >>> from app.analysis import examples
    >>> still = pump_motion(
    ...     np.zeros(40), np.full(40, 31e3), examples.rod_well().rods, strokes_per_minute=6.0,
    ...     buoyant_weight_n=30e3,
    ... )
    >>> round(float(still.load_n[0]))  # at rest the pull is the load less the weight
    1000
    """
    n = len(position_m)
    dt = 60 / strokes_per_minute / (n - 1 if closes_twice else n)
    u = -np.asarray(position_m, float)
    flux = np.asarray(load_n, float) - buoyant_weight_n
    half_mass, half_m, depth = 0.0, 0.0, 0.0
    section_loads = []
    for rod in rods:
        at_top = flux + _resistance(u, dt, half_mass, half_m, depth, drag, closes_twice)
        section_loads.append(at_top)
        count = cells * math.ceil(rod.length_m / (rod.wave_speed_m_per_s * dt))
        dx = rod.length_m / count
        for _ in range(count):
            mass = half_mass + rod.mass_kg_per_m * dx / 2
            flux = flux + _resistance(u, dt, mass, half_m + dx / 2, depth, drag, closes_twice)
            u = u + flux * dx / rod.stiffness_n
            half_mass, half_m = rod.mass_kg_per_m * dx / 2, dx / 2
            depth += dx
    load = flux + _resistance(u, dt, half_mass, half_m, depth, drag, closes_twice)
    below, load, *tops = _smooth(np.array([u, load, *section_loads]), harmonics)
    return StringMotion(-below, load, tuple(tops))


def _resistance(
    u: Floats, dt: float, mass: float, length_m: float, depth: float, drag: Drag, closes_twice: bool
) -> Floats:
    """What inertia, damping and friction of `length_m` of rod around a node add to the tension below [N]."""
    before, after = _neighbours(u, closes_twice)
    force: Floats = (after - 2 * u + before) * (mass / dt**2)
    damped, friction = bool(drag.up_per_s or drag.down_per_s), drag.friction_at(depth) * length_m
    if not damped and not friction:
        return force
    velocity = (after - before) / (2 * dt)
    if damped:
        force = force + mass * np.where(velocity < 0, drag.up_per_s, drag.down_per_s) * velocity
    if friction:
        # Smooth through standstill: a jump there would ring in every cell below.
        force = force + friction * np.tanh(velocity / (0.02 * np.abs(velocity).max()))
    return force


def _neighbours(u: Floats, closes_twice: bool) -> tuple[Floats, Floats]:
    first, last = (u[1:2], u[1:2]) if closes_twice else (u[-1:], u[:1])
    around = np.concatenate((first, u, last))
    return around[:-2], around[2:]


def _smooth(values: Floats, harmonics: int | None) -> Floats:
    if harmonics is None:
        return values
    spectrum = np.fft.rfft(values)
    return np.fft.irfft(spectrum * taper(spectrum.shape[-1], harmonics), values.shape[-1])


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
    """Damping at which the pump does just the work of lifting the liquid.

    W_up = F₀·stroke, W_down = 0; each coefficient moves by ΔW/(½·M·∫v²), not below zero

    Args:
        position_m: [m] (n,) polished rod
        load_n: [N] (n,) polished rod
        rods: top to bottom
        strokes_per_minute: [1/min]
        buoyant_weight_n: [N] of the whole string
        fluid_load_n: [N] F₀ from pressures or a level, not from this card
        harmonics: [-] of the smoothing
        rounds: [-] at most
    Returns:
        damping up and down
    Valid: friction that is not viscous is hidden in it: real wells run near none.
    Source: Everitt and Jennings, SPE 18189 (1992), eq. 18.

    >>> from app.analysis import examples
    >>> well, clean = examples.rod_well(), examples.card().clean
    >>> found = damping_from_power(
    ...     clean.position_m, clean.load_n, well.rods, strokes_per_minute=6.0,
    ...     buoyant_weight_n=examples.card().buoyant_weight_n, fluid_load_n=15.3e3, rounds=2,
    ... )
    >>> 0.0 <= found.up_per_s < 1.0, 0.0 <= found.down_per_s < 1.0
    (True, True)
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
