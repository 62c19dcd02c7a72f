"""What the outline of a pump card says of load and stroke: load lines, gross and net stroke, fillage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.models.cards import PumpCard

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LoadLines:
    """Robust plateaus of a pump card.

    Attributes:
        upper_n: [N]
        lower_n: [N]
        gross_stroke_m: [m]
        net_stroke_m: [m] mean of three criteria
        spread_m: [m] their range
    """

    upper_n: float
    lower_n: float
    gross_stroke_m: float
    net_stroke_m: float
    spread_m: float = 0.0

    @property
    def fluid_load_n(self) -> float:
        """F₀, upper less lower line [N]."""
        return self.upper_n - self.lower_n

    @property
    def fillage(self) -> float:
        """Net over gross stroke [-], 0 … 1."""
        return float(np.clip(self.net_stroke_m / self.gross_stroke_m, 0, 1))

    @property
    def fillage_spread(self) -> float:
        """Range of the three criteria [-]."""
        return self.spread_m / self.gross_stroke_m


def load_lines(pump: PumpCard) -> LoadLines:
    """Load lines and strokes of a pump card.

    Upper line: median of the middle half of the upstroke. Lower line: of the middle half of the downstroke
    below the point where the travelling valve opened. Net stroke, where the falling load has come down to the
    lower line: its crossing of 10 % of the span; the line through 50 % and 15 % carried on to 0; the knee,
    farthest from the chord.

    Args:
        pump: from the bottom of the upstroke
    Returns:
        lines the wrong way round: the net stroke is the gross one
    Valid: one stroke with a top; leaks and friction round it, the spread tells.
    Ours: three criteria instead of one, as domain/rod-pump.md asks.

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
    up, down = slice(0, top + 1), slice(top, len(x))
    upper = _middle(f[up], share[up], 0.25, 0.75)
    position, falling = x[down] - x.min(), f[down]
    lower = _middle(falling, share[down], 0.08, 0.35)
    if upper <= lower:
        return LoadLines(upper, lower, gross, gross)
    open_from = _first_below(position, (falling - lower) / (upper - lower), 0.1) / gross
    lower = _middle(falling, share[down], 0.25 * open_from, max(0.75 * open_from, 0.2))
    fall = (falling - lower) / (upper - lower)
    half, near = _first_below(position, fall, 0.5), _first_below(position, fall, 0.15)
    criteria = (
        _first_below(position, fall, 0.1),
        near - (half - near) * 0.15 / 0.35,
        _knee(position / gross, fall, half / gross) * gross,
    )
    met = np.clip(criteria, 0, gross)
    return LoadLines(upper, lower, gross, float(met.mean()), float(np.ptp(met)))


def _middle(load: Floats, share: Floats, low: float, high: float) -> float:
    within = (share > low) & (share < high)
    return few.median(load[within] if within.any() else load)


def _first_below(position: Floats, fall: Floats, level: float) -> float:
    """Where the load first comes below `level`, between the samples [m]; 0 when it never does."""
    below = np.flatnonzero(fall < level)
    if len(below) == 0:
        return 0.0
    i = int(below[0])
    if i == 0:
        return float(position[0])
    part = (fall[i - 1] - level) / (fall[i - 1] - fall[i])
    return float(position[i - 1] + part * (position[i] - position[i - 1]))


def _knee(share: Floats, fall: Floats, half: float) -> float:
    """Share of the stroke where the outline turns from falling to lying: farthest below the chord that runs
    from the half-way point of the fall to the lower line a quarter of the stroke before the bottom.
    """
    after = (share <= half) & (share > 0.25 * half)
    if after.sum() < 3:
        return half
    x, y = share[after], fall[after]
    chord = np.interp(-x, [-half, -0.25 * half], [0.5, 0.0])
    return float(x[int(np.argmax(chord - y))])
