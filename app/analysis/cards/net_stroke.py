"""How much of the stroke the pump fills: where on the way down the liquid takes the load off the rods.

The falling load ends where the travelling valve opens. Recorders, filters and the harmonics round every fall
evenly to both sides in time; gas squeezed along p·Vⁿ begins slowly and ends at once. So an even fall is a
rounded step and the valve opened in its middle, and the more the fall leans, the nearer to its end it opened.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVELS = np.linspace(0.95, 0.05, 19)
LEANS = np.array([0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1.05, 1.4, 2.2])
ENDS = np.array([0.0, 1.1, 1.4, 1.4, 1.33, 1.29, 1.24, 1.18, 1.05, 0.9])
"""End of a fall after its mean time, in standard deviations, by its skewness: upper quartiles over 1,400
falls of 300 simulated wells with fluid pound and gas, rounded by Gaussians of 0 … 8 samples of 200 (the upper
quartile, because real falls have a tail of viscous friction that simulated ones lack). Under 0.03 a lean is
no more than noise.
"""

LEAN_ERROR, END_ERROR = 0.15, 0.25
"""What noise of 1 % of the load does to a skewness; half the spread (10 … 90 %) of those wells about ENDS."""

TURN, LEAST_PLATEAU = np.linspace(0.99, 0.89, 11), 0.25
"""Places where a turn of friction is over and the fall need not have begun; of the span, what friction leaves
there at the least: a turn that takes more has taken the liquid's load.
"""

APART = 0.92
"""Share of the stroke: above it the fall is not apart from the turn at the top."""


@dataclass(frozen=True)
class NetStroke:
    """Where the load leaves the rods, as the shape of the fall supports it.

    Attributes:
        share: [-] of the gross stroke
        low: [-] if the fall leaned more
        high: [-] if it leaned less
        lost_at_turn: [-] of the span, taken off the rods by the turn at the top alone: twice the friction of
            one way; NaN where the fall is not apart from the turn
        half_step: [-] what half a point of the record is where the load leaves the rods
    """

    share: float
    low: float
    high: float
    lost_at_turn: float
    half_step: float = 0.0


def net_stroke(position: Floats, load: Floats, top: int) -> NetStroke:
    """Where on the way down the liquid takes over the load.

    times t at which the load passes 90 … 10 % on its way off: mean + sd·g(skewness), g = 0 for an even fall,
    1.2 for gas; no valve opens later than the load is gone. What dry friction takes off at the turn is no
    part of the fall: 2·(1 − q_top), and what is gone where the load is flattest after the turn; each is too
    much (rods that let go lift the top, a fall begins), so the less of both

    Args:
        position: [-] (n,) share of the gross stroke, from the bottom
        load: [-] (n,) 0 on the lower line, 1 on the upper one
        top: [-] index of the top
    Returns:
        with the range of a skewness 0.15 and an end 0.25 deviations either way
    Valid: one stroke in equal time steps, the load above its line on the way up.
    Ours: replaces three criteria that differed by up to 27 points of the stroke on rounded cards.

    >>> share = np.linspace(0.0, 1.0, 101)
    >>> fall = np.where(share > 0.8, 1.0, 0.0)[::-1]
    >>> card = net_stroke(np.r_[share, share[::-1]], np.r_[np.ones(101), fall], 100)
    >>> round(card.share, 2)  # the middle of the step
    0.81
    """
    down = position[top:]
    lost = min(2 * (1 - float(np.clip(load[top], 0, 1))), _lost_at_turn(down, load[top:]))
    half = int(np.argmax(load[top:] < (1 - lost) / 2))
    apart = 0.1 < down[half] < APART and 1 - lost >= LEAST_PLATEAU
    level = 1 - lost if apart else 1.0
    times = _times(load / level, top)
    mean, width = float(times.mean()), float(times.std())
    lean = float(np.mean((times.mean() - times) ** 3)) / max(width, 1e-9) ** 3

    gone = 2 * float(times[-1]) - float(times[-2])  # the last twentieth goes as fast as the one before

    def opened_at(*leans: float, more: float = 0.0) -> float:
        late = [width * max(0.0, float(end) + more) for end in np.interp(leans, LEANS, ENDS)]
        return min(mean + (max(late) if more > 0 else min(late)), gone)

    def place(time: float) -> float:
        return float(np.interp(time, np.arange(len(down)), down))

    at = opened_at(lean)
    around = (lean - LEAN_ERROR, lean, lean + LEAN_ERROR)
    return NetStroke(
        place(at),
        place(opened_at(*around, more=END_ERROR)),
        place(opened_at(*around, more=-END_ERROR)),
        lost if apart else math.nan,
        (place(at - 0.5) - place(at + 0.5)) / 2,
    )


def _lost_at_turn(down: Floats, load: Floats) -> float:
    """What is gone where the load is flattest after the top; all of it where nothing is left to be flat."""
    held = np.interp(TURN, down[::-1], load[::-1])
    slope = np.where(held[2:] >= LEAST_PLATEAU, held[:-2] - held[2:], np.inf)
    flat = int(np.argmin(slope))
    return 1 - float(np.clip(held[flat + 1], 0, 1)) if np.isfinite(slope[flat]) else 1.0


def _times(load: Floats, top: int) -> Floats:
    """Samples after the top at which the falling load passes each level; before it below 0. What it lost and
    took back earlier is no part of the fall.
    """
    half = top + int(np.argmax(load[top:] < 0.5))
    high = np.flatnonzero(load[: half + 1] >= LEVELS[0])
    start = int(high[-1]) if len(high) else top
    fall = np.minimum.accumulate(load[start:])
    after = np.minimum(np.searchsorted(-fall, -LEVELS, side="right"), len(fall) - 1)
    before = np.maximum(after - 1, 0)
    part = (fall[before] - LEVELS) / np.maximum(fall[before] - fall[after], 1e-12)
    passed: Floats = start - top + before + np.clip(part, 0, 1)
    return passed
