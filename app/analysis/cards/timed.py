"""Whether the points of a record are equal times of a machine, or lie along a curve that somebody drew."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from app.analysis import few

Floats = NDArray[np.float64]
EVEN_WITHIN, EVEN_SHARE = 0.03, 0.8
"""A unit of even speed: so many steps of a stroke this near to their middle one."""

COARSE_WITHIN = 0.06
"""The same at most where the record's last digit is a larger part of a step."""

EASY, SHARPEST, BETWEEN_STEPS, TURNS_TOO = 52.0, 130.0, 1.7, 0.05
"""n·max|Δ²s|/max|Δs|: over the first only even speed is in time, and over no more of it than such a turn
leaves, less the last; the second is of a belt that turns in a twentieth of the time, the third times n under
equal steps of position, whatever the machine: 2·n.
"""


def is_timed(position: Floats) -> bool:
    """Whether a position runs in time: a machine turns over several samples, a curve sampled along its line
    or by position turns from one to the next.

    n·max|Δ²s|/max|Δs| under 0.28·n + 8, from 18 to 52: a crank has 2π … 17, a belt unit that turns in a share
    w of the time 2π/w, 25 … 125, and goes evenly for the rest: over 52 with 1 − 2π/that of the steps alike,
    less 0.05, under 130 and 1.7·n (equal steps of position: 2·n)

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
    even = _even_share(position)
    if even >= EVEN_SHARE and turning >= EASY:
        turns = 2 * math.pi / turning  # share of the time of a sprocket that bends the way so
        return even >= 1 - turns - TURNS_TOO and turning < min(SHARPEST, BETWEEN_STEPS * n / width)
    return turning < (EASY if even >= EVEN_SHARE else min(max(0.28 * n + 8, 18.0), EASY))


def _even_share(position: Floats) -> float:
    """How many steps are alike in each direction, as of a belt or a cylinder; the fewer of both. What lies
    along a curve has shorter ones wherever the load rises or falls.
    """
    steps = few.turned(position, -1) - position
    digit = _last_digit(position)

    def alike(way: Floats) -> float:
        middle = few.median(way)
        within = min(EVEN_WITHIN * middle + digit, COARSE_WITHIN * middle)
        return float(np.mean(np.abs(way - middle) < within))

    ways = [np.abs(way) for way in (steps[steps > 0], steps[steps < 0])]
    return min(alike(way) if len(way) else 0.0 for way in ways)


def _last_digit(position: Floats) -> float:
    """What all places are whole multiples of apart [m]; 0 where nothing is."""
    gaps = np.diff(np.unique(position))
    if len(gaps) == 0:
        return 0.0
    parts = gaps / gaps.min()
    return float(gaps.min()) if bool((np.abs(parts - np.round(parts)) < 0.02).all()) else 0.0
