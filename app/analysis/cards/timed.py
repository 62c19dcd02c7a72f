"""Whether the points of a record are equal times of a machine, or lie along a curve that somebody drew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.analysis import few

Floats = NDArray[np.float64]
EVEN_WITHIN, EVEN_SHARE = 0.03, 0.8
"""A unit of even speed: so many steps of a stroke this near to their middle one."""


def is_timed(position: Floats) -> bool:
    """Whether a position runs in time: a machine turns over several samples, a curve sampled along its line
    or by position turns from one to the next.

    n·max|Δ²s|/max|Δs| under 0.28·n + 8, from 18 to 52: a crank has 2π … 17, a belt unit that turns in a share
    w of the time 2π/w, 25 … 45; up to 52 with any n where the speed is even besides

    Args:
        position: [m] (n,) one closed stroke in equal steps of something
    Returns:
        whether that something is time
    Valid: one stroke; noise of over a thousandth of the stroke hides it. Of crank, belt and hydraulic units.
    Ours: means of n/80 samples; points along the curve have 20 … 25 with 40 of them, 41 … 59 with 100, over
        70 with 200 (simulated cards), points by position 2·n. Of points along the curve at most 76 % are
        steps alike, however flat the picture is; of belts that turn sharply 85 … 88 %.

    >>> turn = 2 * np.pi * np.arange(200) / 200
    >>> is_timed(1 - np.cos(turn)), is_timed(np.abs(turn - np.pi))  # a crank; equal steps of position
    (True, False)
    """
    n = len(position)
    width = max(1, n // 80)
    padded = np.concatenate((position[n - width :], position, position[:width]))
    smooth = np.convolve(padded, np.ones(width) / width, "same")[width : width + n]
    speed = few.turned(smooth, -1) - smooth
    turning = n * float(np.abs(few.turned(speed, -1) - speed).max()) / float(np.abs(speed).max())
    most = 52.0 if _even_speed(position) else min(max(0.28 * n + 8, 18.0), 52.0)
    return turning < most


def _even_speed(position: Floats) -> bool:
    """Steps alike in each direction, as of a belt or a cylinder: what lies along a curve has shorter ones
    wherever the load rises or falls.
    """
    steps = few.turned(position, -1) - position
    ways = [np.abs(way) for way in (steps[steps > 0], steps[steps < 0])]
    return all(
        len(way) > 0 and float(np.mean(np.abs(way / few.median(way) - 1) < EVEN_WITHIN)) >= EVEN_SHARE
        for way in ways
    )
