"""Curves laid through points within bounds, by Levenberg and Marquardt, without waiting for SciPy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ENOUGH = 1e-8
"""A share of cost, of step and of slope under which nothing is gained any more."""

FARTHEST = 0.1
"""Of the way between the bounds, in one step: far out a curve may lie flat, and is not left again."""

FIRST_HOLD, LEAST_HOLD = 1.0, 1e-12
LEAST_GAINED = 1e-3
"""Of what the parabola foretold: a step that gains less is not taken."""

USUAL_STEP, LEAST_WAY = 1.5e-8, 1e-6


@dataclass(frozen=True)
class Found:
    """Where the search ended.

    Attributes:
        x: [as the unknowns] (k,)
        cost: [as residuals²] half the sum of what the misses count
        misses: [as residuals] (n,) themselves, not weighed
        jacobian: [as residuals per unknown] (n, k) weighed: JᵀJ is the curvature of the cost
    """

    x: Floats
    cost: float
    misses: Floats
    jacobian: Floats


def least_squares(
    misses: Callable[[Floats], Floats],
    start: Sequence[float] | Floats,
    bounds: tuple[Sequence[float] | Floats, Sequence[float] | Floats],
    *,
    soft_beyond: float | None = None,
    step: float = USUAL_STEP,
    most_trials: int = 150,
) -> Found:
    """The unknowns with the least cost.

    ½·Σ r², with soft L1 f²·Σ (√(1 + (r/f)²) − 1); (JᵀJ + λ·diag JᵀJ)·δ = −Jᵀr within the bounds and within a
    reach; λ and the reach follow how much of the foretold gain came

    Args:
        misses: of the unknowns (k,): [any] (n,) residuals
        start: [as the unknowns] (k,) between the bounds
        bounds: ([as the unknowns] (k,) lowest, [as the unknowns] (k,) highest)
        soft_beyond: [as residuals] f, beyond which a miss counts by its size; None: all count by squares
        step: [-] share of an unknown for the numerical slope
        most_trials: [-] of δ
    Returns:
        the best found
    Valid: smooth misses; the nearest minimum, which need not be the least of all.
    Source: Marquardt, SIAM J. 11 (1963) 431; λ: Nielsen, IMM-REP-1999-05; robust: Triggs et al. (2000), 4.3.

    >>> line = np.array([1.0, 3.0, 5.1, 7.0, 8.9, 30.0])
    >>> def off(x):
    ...     return x[0] + x[1] * np.arange(6) - line
    >>> bounds = [-9, -9], [9, 9]
    >>> every, most = least_squares(off, [0, 0], bounds), least_squares(off, [0, 0], bounds, soft_beyond=0.1)
    >>> round(float(every.x[1]), 1), round(float(most.x[1]), 1)  # one point lies far off
    (4.7, 2.0)
    """
    low, high = (np.asarray(bound, float) for bound in bounds)
    x = np.clip(np.asarray(start, float), low, high)
    off = misses(x)
    cost, hold, harder, reach = _cost(off, soft_beyond), FIRST_HOLD, 2.0, FARTHEST
    weighed, jacobian = _weighed(off, _slopes(misses, x, off, step, low, high), soft_beyond)
    steepest = np.zeros(len(x))
    for _ in range(most_trials):
        curvature, gradient = jacobian.T @ jacobian, jacobian.T @ weighed
        steepest = np.maximum(steepest, np.diag(curvature))
        held = curvature + np.diag(hold * np.maximum(steepest, 1e-12 * float(steepest.max())))
        farthest = reach * (high - low)
        move = _move(held, gradient, np.maximum(low - x, -farthest), np.minimum(high - x, farthest))
        foretold = -float(gradient @ move + 0.5 * move @ curvature @ move)
        if 0 <= foretold <= ENOUGH * cost or np.linalg.norm(move) < ENOUGH * (ENOUGH + np.linalg.norm(x)):
            break
        tried = np.clip(x + move, low, high)
        off_there = misses(tried)
        there = _cost(off_there, soft_beyond)
        gained = (cost - there) / foretold if foretold > 0 else -1.0
        reach = _reach(reach, gained)
        if gained > LEAST_GAINED:
            x, off, cost = tried, off_there, there
            hold, harder = max(hold * max(1 / 3, 1 - (2 * gained - 1) ** 3), LEAST_HOLD), 2.0
            weighed, jacobian = _weighed(off, _slopes(misses, x, off, step, low, high), soft_beyond)
        else:
            hold, harder = hold * harder, 2 * harder
    return Found(x, cost, off, jacobian)


def _reach(reach: float, gained: float) -> float:
    if gained < 0.25:
        return reach / 2
    return min(2 * reach, FARTHEST) if gained > 0.75 else reach


def _move(held: Floats, gradient: Floats, down: Floats, up: Floats) -> Floats:
    """Where the held parabola is least; what would leave the bounds stays at them, and the others make up for
    it.
    """
    move = np.zeros(len(gradient))
    free = np.ones(len(gradient), bool)
    while free.any():
        slope = gradient[free] + held[np.ix_(free, ~free)] @ move[~free]
        move[free] = -np.linalg.lstsq(held[np.ix_(free, free)], slope, rcond=None)[0]
        out = free & ((move < down) | (move > up))
        if not out.any():
            break
        move[out] = np.clip(move[out], down[out], up[out])
        free &= ~out
    return move


def _slopes(
    misses: Callable[[Floats], Floats], x: Floats, off: Floats, step: float, low: Floats, high: Floats
) -> Floats:
    """By differences, away from the upper bound; at nought by a share of the way between the bounds."""
    columns = []
    for i, size in enumerate(np.maximum(step * np.abs(x), LEAST_WAY * (high - low))):
        moved = x.copy()
        moved[i] += size if x[i] + size <= high[i] else -size
        columns.append((misses(moved) - off) / (moved[i] - x[i]))
    return np.stack(columns, axis=1)


def _cost(off: Floats, soft_beyond: float | None) -> float:
    if soft_beyond is None:
        return 0.5 * float(off @ off)
    return soft_beyond**2 * float((np.sqrt(1 + (off / soft_beyond) ** 2) - 1).sum())


def _weighed(off: Floats, slopes: Floats, soft_beyond: float | None) -> tuple[Floats, Floats]:
    """Residuals and slopes whose squares have the slope and the curvature of the cost."""
    if soft_beyond is None:
        return off, slopes
    grown = 1 + (off / soft_beyond) ** 2
    first = 1 / np.sqrt(grown)
    # ρ′ + 2·ρ″·z of soft L1 is (1 + z)^−3⁄2, above nought always.
    curved = np.sqrt(first / grown)
    return off * first / curved, slopes * curved[:, None]
