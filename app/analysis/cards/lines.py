"""What the outline of a pump card says of load and stroke: load lines, gross and net stroke, fillage."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.cards.net_stroke import net_stroke
from app.models.cards import PumpCard

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LoadLines:
    """Robust plateaus of a pump card.

    Attributes:
        upper_n: [N]
        lower_n: [N]
        gross_stroke_m: [m]
        net_stroke_m: [m] by the criterion that the shape supports
        spread_m: [m] range of the criteria in question
        net_from_m: [m] the least of them; None where there is no range
        turn_friction_n: [N] half of what the turn at the top takes off the rods alone: friction of one way,
            seen where the fall is apart from the turn; None elsewhere
        half_step_m: [m] what half a point of the record is where the load leaves the rods
    """

    upper_n: float
    lower_n: float
    gross_stroke_m: float
    net_stroke_m: float
    spread_m: float = 0.0
    net_from_m: float | None = None
    turn_friction_n: float | None = None
    half_step_m: float = 0.0

    @property
    def fluid_load_n(self) -> float:
        """F₀, upper less lower line [N]."""
        return self.upper_n - self.lower_n

    @property
    def fillage(self) -> float:
        """Net over gross stroke [-], 0 … 1."""
        return min(max(self.net_stroke_m / self.gross_stroke_m, 0.0), 1.0)

    @property
    def fillage_spread(self) -> float:
        """Range of the criteria in question [-]."""
        return self.spread_m / self.gross_stroke_m

    @property
    def net_range_m(self) -> tuple[float, float]:
        """The least and the largest net stroke [m] of the criteria in question and the record's points."""
        least = self.net_stroke_m if self.net_from_m is None else self.net_from_m
        low, high = min(least, self.net_stroke_m), max(least + self.spread_m, self.net_stroke_m)
        return max(0.0, low - self.half_step_m), min(high + self.half_step_m, max(high, self.gross_stroke_m))


def load_lines(pump: PumpCard) -> LoadLines:
    """Load lines and strokes of a pump card.

    Upper line: median of the middle half of the upstroke. Lower line: of the middle half of the downstroke
    below the point where the travelling valve opened. Net stroke: `net_stroke.net_stroke`.

    Args:
        pump: from the bottom of the upstroke
    Returns:
        lines the wrong way round: the net stroke is the gross one
    Valid: one stroke with a top; leaks and friction round it, the spread tells.
    Ours: robust plateaus as domain/rod-pump.md asks.

    >>> share = np.linspace(0.0, 1.0, 101)
    >>> up, down = np.full(101, 10e3), np.where(share[::-1] > 0.8, 10e3, 0.0)
    >>> lines = load_lines(PumpCard(3 * np.r_[share, share[::-1]], np.r_[up, down]))
    >>> round(lines.fluid_load_n), round(lines.fillage, 1)  # liquid up to 0.8 of the stroke
    (10000, 0.8)
    """
    x, f = pump.position_m, pump.load_n
    gross = float(np.ptp(x))
    top = int(np.argmax(x))
    share = (x - x.min()) / gross
    upper = _middle(f[: top + 1], share[: top + 1], 0.25, 0.75)
    position, falling = share[top:], f[top:]
    lower = _middle(falling, position, 0.08, 0.35)
    if upper <= lower:
        return LoadLines(upper, lower, gross, gross)
    low = np.flatnonzero((falling - lower) / (upper - lower) < 0.1)
    open_from = float(position[low[0]]) if len(low) else 0.0
    lower = _middle(falling, position, 0.25 * open_from, max(0.75 * open_from, 0.2))
    if upper <= lower:
        return LoadLines(upper, lower, gross, gross)
    net = net_stroke(share, (f - lower) / (upper - lower), top)
    lost = net.lost_at_turn
    return LoadLines(
        upper,
        lower,
        gross,
        net.share * gross,
        (net.high - net.low) * gross,
        net.low * gross,
        None if math.isnan(lost) else lost / 2 * (upper - lower),
        net.half_step * gross,
    )


def _middle(load: Floats, share: Floats, low: float, high: float) -> float:
    within = (share > low) & (share < high)
    return few.median(load[within] if within.any() else load)
