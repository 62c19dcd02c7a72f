"""A smooth curve through points that makes no bumps of its own (PCHIP), without waiting for SciPy."""

from __future__ import annotations

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
    slope = _slopes(x, y)
    left = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    step = x[left + 1] - x[left]
    t = (at - x[left]) / step
    rise = y[left + 1] - y[left]
    bend = step * (slope[left] + slope[left + 1]) - 2 * rise
    return y[left] + t * (step * slope[left] + t * (rise - step * slope[left] - bend + t * bend))


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
