"""Motion of belt and hydraulic units: an even speed up and down, and two turns.

A belt unit (Rotaflex and its like) hangs the rods on a belt that a chain over two sprockets moves: even
speed along the chain's straight parts, a half sine while its carriage goes round a sprocket. A hydraulic
unit's valve turns it round as softly.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def motion_over_time(stroke_m: float, n: int, *, turn_share: float) -> Floats:
    """Position in equal time steps of one stroke, from its bottom.

    v even on the straight parts; v·cos φ, φ from −π/2 to π/2, while a sprocket is gone round

    Args:
        stroke_m: [m]
        n: [-] steps
        turn_share: [-] of the time that both turns take, 0 … 1; a sprocket of diameter d of a stroke S: the
            turns' way is π·d of 2·(S − d) + π·d
    Returns:
        [m] (n,)
    Valid: even chain speed; 1 is a sine of the whole time.
    Source: geometry of a carriage on a chain over two equal sprockets; Takacs, Sucker-Rod Pumping Handbook
        (2015), ch. 3.9, long-stroke units.

    >>> motion_over_time(7.0, 8, turn_share=0.25).round(2).tolist()
    [0.0, 1.58, 3.5, 5.42, 7.0, 5.42, 3.5, 1.58]
    >>> bool(np.allclose(motion_over_time(2.0, 8, turn_share=1.0), 1 - np.cos(2 * np.pi * np.arange(8) / 8)))
    True
    """
    turn = np.arange(n) / n
    half = min(max(turn_share, 1e-6), 1.0) / 4  # of the time, from a turn's middle to its end
    since = np.minimum(turn, 1.0 - turn)  # of the time, from the bottom
    near, far = np.minimum(since, half), np.minimum(0.5 - since, half)
    radius = half * 2 / math.pi  # way of half a turn at a speed of one stroke's time
    straight = np.clip(since, half, 0.5 - half) - half
    way = (1 - np.cos(near / half * math.pi / 2)) * radius + straight
    way = way + radius - (1 - np.cos(far / half * math.pi / 2)) * radius
    return stroke_m * way / (2 * radius + 0.5 - 2 * half)
