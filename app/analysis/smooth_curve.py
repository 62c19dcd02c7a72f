"""Smooth curves through points without waiting for SciPy: PCHIP, which makes no bumps, and splines."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def between(at: Floats, x: Floats, y: Floats) -> Floats:
    """Between points by cubic pieces that rise and fall only where the points do.

    Args:
        at: [as x] (n,) or of any shape
        x: [any] (n,) rising, two points at least
        y: [any] (n,)
    Returns:
        [as y] (n,), of the shape of `at`
    Valid: `at` within x.
    Source: Fritsch, Butland, A method for constructing local monotone piecewise cubic interpolants, SIAM J.
        Sci. Stat. Comput. 5, 1984; ends by three points: Moler, Numerical Computing, 2004, 3.6.

    >>> between(np.array([0.5, 1.5]), np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 1.0])).tolist()
    [0.6875, 1.0]
    """
    return along(at, x, y, _slopes(x, y))


def along(at: Floats, x: Floats, y: Floats, slope: Floats) -> Floats:
    """Between points by cubic pieces with given slopes at the points (Hermite).

    Args:
        at: [as x] (n,) or of any shape
        x: [any] (n,) rising, two points at least
        y: [any] (n,) or (n, k): several curves at once
        slope: [as y per x] (n,) or (n, k), as y
    Returns:
        [as y] (n,), of the shape of `at`, and of k where there are several curves
    Valid: `at` within x; beyond it the last piece goes on.
    Source: Moler, Numerical Computing with MATLAB (2004), 3.3.

    >>> float(along(np.array(0.5), np.array([0.0, 1.0]), np.array([0.0, 1.0]), np.array([1.0, 1.0])))
    0.5
    """
    left = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    step, t = x[left + 1] - x[left], at - x[left]
    t = t / step
    if y.ndim > 1:
        step, t = step[..., None], t[..., None]
    rise = y[left + 1] - y[left]
    bend = step * (slope[left] + slope[left + 1]) - 2 * rise
    return y[left] + t * (step * slope[left] + t * (rise - step * slope[left] - bend + t * bend))


def table(first: float, step: float, y: Floats, slope: Floats) -> Callable[[Floats], Floats]:
    """The same for many questions of many points in equal steps: the pieces are worked out once.

    Args:
        first: [any] place of the first point
        step: [as first] between points
        y: [any] (n,)
        slope: [as y per place] (n,)
    Returns:
        [as y] of places (m,) or of any shape
    Valid: places between the first and the last point.
    Source: as `along`.

    >>> square = table(0.0, 1.0, np.array([0.0, 1.0, 4.0]), np.array([0.0, 2.0, 4.0]))
    >>> square(np.array([0.5, 1.5])).tolist()
    [0.25, 2.25]
    """
    rise = np.diff(y)
    begins, ends = step * slope[:-1], step * slope[1:]
    parts = np.stack([y[:-1], begins, 3 * rise - 2 * begins - ends, begins + ends - 2 * rise])

    def at(places: Floats) -> Floats:
        t = (places - first) / step
        left = np.clip(t.astype(np.intp), 0, len(rise) - 1)
        t = t - left
        y0, y1, y2, y3 = (part.take(left) for part in parts)
        return np.asarray(y0 + t * (y1 + t * (y2 + t * y3)))

    return at


def spline_slopes(x: Floats, y: Floats) -> Floats:
    """Slopes with which the pieces meet without a break in curvature: the cubic spline, its first and last
    knots being none.

    Args:
        x: [any] (n,) rising, four points at least
        y: [any] (n,) or (n, k): several curves at once
    Returns:
        [as y per x] (n,) or (n, k)
    Valid: some hundred points: the equations are solved whole.
    Source: de Boor, A Practical Guide to Splines (1978), ch. IV, "not-a-knot".

    >>> x = np.array([0.0, 1.0, 3.0, 4.0, 6.0])
    >>> np.round(spline_slopes(x, x**3), 9).tolist()  # a cubic is its own spline
    [0.0, 3.0, 27.0, 48.0, 108.0]
    """
    step = np.diff(x)
    wide = step.reshape(-1, *(1,) * (y.ndim - 1))
    chord = np.diff(y, axis=0) / wide
    system, right = np.zeros((len(x), len(x))), np.zeros_like(y, dtype=float)
    inner = np.arange(1, len(x) - 1)
    system[inner, inner - 1], system[inner, inner + 1] = step[1:], step[:-1]
    system[inner, inner] = 2 * (step[:-1] + step[1:])
    right[1:-1] = 3 * (wide[1:] * chord[:-1] + wide[:-1] * chord[1:])
    first, last = x[2] - x[0], x[-1] - x[-3]
    system[0, :2], system[-1, -2:] = (step[1], first), (last, step[-2])
    right[0] = ((step[0] + 2 * first) * step[1] * chord[0] + step[0] ** 2 * chord[1]) / first
    right[-1] = (step[-1] ** 2 * chord[-2] + (2 * last + step[-1]) * step[-2] * chord[-1]) / last
    return np.linalg.solve(system, right)


def _slopes(x: Floats, y: Floats) -> Floats:
    """At each point (n,): the weighted harmonic mean of its neighbours' chords, none at a turn."""
    step, chord = np.diff(x), np.diff(y) / np.diff(x)
    if len(x) == 2:
        return np.repeat(chord, 2)
    before, after = 2 * step[1:] + step[:-1], step[1:] + 2 * step[:-1]
    same_way = chord[:-1] * chord[1:] > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (before + after) / (before / chord[:-1] + after / chord[1:])
    first = _end(step[0], step[1], chord[0], chord[1])
    last = _end(step[-1], step[-2], chord[-1], chord[-2])
    return np.r_[first, np.where(same_way, mean, 0.0), last]


def _end(step: float, next_step: float, chord: float, next_chord: float) -> float:
    slope = ((2 * step + next_step) * chord - step * next_chord) / (step + next_step)
    if slope * chord <= 0:
        return 0.0
    if chord * next_chord <= 0 and abs(slope) > 3 * abs(chord):
        return 3 * chord
    return slope
