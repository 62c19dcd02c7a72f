"""What one stroke of a card shows by itself: its work, how ragged it is, how much may slip past its valve."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.analysis import few

Floats = NDArray[np.float64]
ALIKE = 3.0
"""How many times faster one end of a leak may look than the other: compression, friction move one of them."""


def work_of(position_m: Floats, load_n: Floats) -> float:
    """Work of one stroke: the area of the card.

    W = ∮F·ds

    Args:
        position_m: [m] (n,) one closed stroke
        load_n: [N] (n,)
    Returns:
        [J] above 0 where the upstroke carries more
    Valid: any number of points; the curve closes by itself.
    Source: definition of work; Takacs, Sucker-Rod Pumping Handbook (2015).

    >>> round(work_of(np.array([0.0, 2.0, 2.0, 0.0]), np.array([5e3, 5e3, 1e3, 1e3])), 6)  # 2 m of 4 kN
    8000.0
    """
    return float(np.sum(load_n * (few.turned(position_m, -1) - few.turned(position_m, 1))) / 2)


def slip(position: Floats, borne: NDArray[np.bool_]) -> float:
    """How much of a stroke's liquid may slip past the valve that should hold it.

    the slower of the plunger's speeds where the load comes and where it goes, over the stroke's mean; where
    the faster is over three times as fast, less by as much: a leak has one speed

    Args:
        position: [m] (n,) of the plunger over one stroke, at equal time steps
        borne: (n,) whether the load is on its line
    Returns:
        [-] of what the stroke displaces; 0 where the load is there from the turn on, or up to the turn
    Valid: one stroke; a plunger slower than the leak bears no load, whatever its place is.
    Source: leaks matter most where the plunger is slow (domain/rod-pump.md); the speed there is the leak.

    >>> turn = np.linspace(0.0, np.pi, 201)
    >>> faster = np.sin(turn) * np.pi / 2 > 0.4  # a crank, and a valve that lets 0.4 of the liquid back
    >>> round(slip(1 - np.cos(turn), faster), 1), slip(1 - np.cos(turn), faster | (turn < 1))
    (0.4, 0.0)
    """
    at = np.flatnonzero(borne)
    last = len(position) - 1
    if len(at) == 0 or at[0] == 0 or at[-1] == last:
        return 0.0
    mean = abs(float(position[last] - position[0])) / last
    slower, faster = sorted(
        abs(float(position[n + 1] - position[n - 1])) / 2 for n in (int(at[0]), int(at[-1]))
    )
    return slower * min(1.0, ALIKE * slower / max(faster, 1e-12)) / max(mean, 1e-12)


def roughness(plateau: Floats) -> float:
    """Raggedness of a plateau.

    spread of its second difference over the middle of a stroke

    Args:
        plateau: [-] (n,)
    Returns:
        [-] 0 with under 27 points
    Valid: any.
    Ours: grains make another way of it on every stroke; the second difference leaves slopes and bows out.

    >>> roughness(np.linspace(0.0, 1.0, 97)) < 1e-12  # a slope is not rough
    True
    """
    middle = plateau[10:-8]
    return float(np.std(np.diff(middle, 2))) if len(middle) > 8 else 0.0


def ringing(plateau: Floats) -> float:
    """How much of a stroke's raggedness comes again.

    the largest correlation of its second difference with itself 4 to 24 places on

    Args:
        plateau: [-] (n,)
    Returns:
        [-] 0 … 1; 0 with under 48 points
    Valid: any.
    Ours: a string that rings, a filter or a drawn wave repeats itself; grains make each place another.

    >>> wave = np.sin(np.linspace(0.0, 40.0, 97))
    >>> noise = np.random.default_rng(1).normal(0, 1, 97)
    >>> ringing(wave) > 0.7, ringing(noise) < 0.5
    (True, True)
    """
    ragged = np.diff(plateau[10:-8], 2)
    if len(ragged) < 28:
        return 0.0
    ragged = ragged - ragged.mean()
    products = np.correlate(ragged, ragged, "full")[len(ragged) - 1 :]
    return float(np.abs(products[4:25]).max() / products[0]) if products[0] > 0 else 0.0
