"""Least squares from several starts at once: Levenberg and Marquardt, every gradient in one call of the
model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Residuals = Callable[[Floats], Floats]
STEP = 1e-4
"""Of the numerical gradient: Stehfest carries six digits, a finer step would differentiate its rounding."""

ENOUGH, LITTLE_OFTEN, REFUSED_OFTEN = 1e-4, 2, 8
"""A share of the cost that is not worth another step; how often running that, or a step for the worse, ends
it.
"""


@dataclass(frozen=True)
class Descent:
    """Where the starts have come to, the best first.

    Attributes:
        vectors: [as searched] (m, p)
        residuals: [-] (m, n)
        gradients: [-] (m, n, p)
    """

    vectors: Floats
    residuals: Floats
    gradients: Floats

    @property
    def costs(self) -> Floats:
        """Half the sum of squares [-] (m,)."""
        return np.asarray(0.5 * (self.residuals**2).sum(axis=1))


def soft(off: Floats) -> Floats:
    """Residuals of which large ones count by their size, not by its square.

    r → ±√(2·(√(1 + r²) − 1)), the soft L1 loss as a least square

    Args:
        off: [-] (...,)
    Returns:
        [-] (...,)
    Valid: any.
    Source: Triggs et al., Bundle Adjustment (2000), sect. 3.3; the loss as in SciPy's least_squares.

    >>> np.round(soft(np.array([0.01, -100.0])), 3).tolist()
    [0.01, -14.072]
    """
    squared = off**2
    # √(1+r²) − 1 loses its digits for small r
    return np.asarray(np.sign(off) * np.sqrt(2 * squared / (1 + np.sqrt(1 + squared))))


def descend(
    residuals: Residuals, starts: Floats, limits: tuple[Floats, Floats], iterations: int = 40
) -> Descent:
    """Down from every start.

    (JᵀJ + μ·diag JᵀJ)·δ = −Jᵀr; μ falls by 9 after a better step and grows by 4 after a worse one

    Args:
        residuals: (b, p) [as searched] → (b, n) [-]
        starts: [as searched] (m, p)
        limits: [as searched] (p,), (p,) low and high: steps end there
        iterations: [-] at most
    Returns:
        the best first
    Valid: smooth residuals; a least place near a start, not the least of all.
    Source: Marquardt, SIAM J. 11 (1963) 431; Nocedal and Wright, Numerical Optimization (2006), ch. 10.

    >>> def off(x):
    ...     return np.stack([x[:, 0] - 1.0, 10 * (x[:, 1] - x[:, 0] ** 2)], axis=1)  # Rosenbrock
    >>> found = descend(off, np.array([[-1.2, 1.0], [2.0, 2.0]]), (np.full(2, -5.0), np.full(2, 5.0)))
    >>> np.round(found.vectors[0], 4).tolist()
    [1.0, 1.0]
    """
    low, high = limits
    x = np.clip(starts, low, high)
    m = len(x)
    damping = np.full(m, 1e-2)
    off, slope = _with_gradient(residuals, x, low, high)
    cost = (off**2).sum(axis=1)
    little_gained, refused = np.zeros(m, dtype=int), np.zeros(m, dtype=int)
    for _ in range(iterations):
        on = np.flatnonzero((little_gained < LITTLE_OFTEN) & (refused < REFUSED_OFTEN))
        if not len(on):
            break
        tried = np.clip(x[on] + steps(off[on], slope[on], damping[on]), low, high)
        new_off, new_slope = _with_gradient(residuals, tried, low, high)
        new_cost = (new_off**2).sum(axis=1)
        better = np.isfinite(new_cost) & (new_cost < cost[on])
        little = better & (new_cost > cost[on] * (1 - ENOUGH))
        little_gained[on] = np.where(better, np.where(little, little_gained[on] + 1, 0), little_gained[on])
        refused[on] = np.where(better, 0, refused[on] + 1)
        damping[on] = np.clip(np.where(better, damping[on] / 9, damping[on] * 4), 1e-9, 1e9)
        gone = on[better]
        x[gone], off[gone], slope[gone] = tried[better], new_off[better], new_slope[better]
        cost[gone] = new_cost[better]
    order = np.argsort(cost)
    return Descent(x[order], off[order], slope[order])


def steps(off: Floats, slope: Floats, damping: Floats) -> Floats:
    """The damped step of every start.

    (JᵀJ + μ·diag JᵀJ)·δ = −Jᵀr

    Args:
        off: [-] (m, n) residuals
        slope: [-] (m, n, p) their gradients
        damping: [-] (m,) μ
    Returns:
        [as searched] (m, p)
    Valid: any.
    Source: as `descend`.

    >>> steps(np.array([[2.0]]), np.array([[[1.0]]]), np.array([0.0])).tolist()
    [[-2.0]]
    """
    square = np.einsum("mni,mnj->mij", slope, slope)
    down = -np.einsum("mni,mn->mi", slope, off)
    scale = np.einsum("mii->mi", square)
    scale = np.maximum(scale, 1e-12 * scale.max(axis=1, keepdims=True) + 1e-300)
    system = square + (damping[:, None] * scale)[:, :, None] * np.eye(slope.shape[2])
    return np.asarray(np.linalg.solve(system, down[..., None])[..., 0])


def _with_gradient(residuals: Residuals, x: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Residuals (m, n) and their gradient (m, n, p), stepping away from the nearer limit."""
    m, p = x.shape
    step = np.where(x + STEP > high, -STEP, STEP)
    moved = x[:, None, :] + step[:, :, None] * np.eye(p)
    asked = np.concatenate([x[:, None, :], moved], axis=1).reshape(m * (p + 1), p)
    values = residuals(asked).reshape(m, p + 1, -1)
    values = np.where(np.isfinite(values), values, 1e6)
    gradient = (values[:, 1:] - values[:, :1]) / step[:, :, None]
    return values[:, 0], np.swapaxes(gradient, 1, 2)
