"""The outline of a pump card in numbers that rules can argue with. Loads are shares of the fluid load, 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.figures import CardAnalysis

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """Shares of the gross stroke: how late the load is taken up, how early it is lost, how wide it falls."""

    loading: float
    early_unloading: float
    unloading_width: float
    early_loading: float
    slow_unloading: float
    fillage: float


def _reach(position: Floats, load: Floats, level: float) -> float:
    """How far the plunger has gone from its first position when `load` first passes `level` upwards, a share of 1."""
    passed = np.flatnonzero(load >= level)
    return abs(float(position[passed[0]] - position[0])) if len(passed) else 1.0


def shape_of(analysis: CardAnalysis) -> Shape | None:
    """None without a pump card, or when it is too thin to have a shape."""
    pump, lines = analysis.pump, analysis.lines
    if pump is None or lines is None or lines.fluid_load_n <= 0:
        return None
    x = pump.position_m / lines.gross_stroke_m
    q = (pump.load_n - lines.lower_n) / lines.fluid_load_n
    top = int(np.argmax(x))
    up_x, up_q = x[: top + 1], q[: top + 1]
    down_x, down_q = x[top:], q[top:]
    late = up_x > 0.6
    high_until = up_x[late][up_q[late] >= 0.8]
    last_high = float(high_until[-1]) if len(high_until) else 0.6
    return Shape(
        loading=_reach(up_x, up_q, 0.8),
        early_unloading=max(0.0, 1 - last_high),
        unloading_width=max(0.0, _reach(down_x, 1 - down_q, 0.8) - _reach(down_x, 1 - down_q, 0.2)),
        early_loading=_reach(down_x[::-1], 1 - down_q[::-1], 0.8),
        slow_unloading=_reach(down_x, 1 - down_q, 0.9),
        fillage=lines.fillage,
    )


@dataclass(frozen=True)
class SurfaceShape:
    """Without rods only the outline of the surface card speaks: how much of each corner of its frame is empty (0 to 1)."""

    area: float
    lower_right: float
    upper_left: float
    lower_left: float


def surface_shape_of(analysis: CardAnalysis) -> SurfaceShape:
    """Corners are quarters of the stroke by halves of the load span; a rectangle has area 1 and empty corners 0."""
    clean = analysis.clean
    x = clean.position_m / np.ptp(clean.position_m)
    low, high = np.percentile(clean.load_n, [3, 97])
    y = np.clip((clean.load_n - low) / (high - low), 0, 1)
    top = int(np.argmax(x))
    grid = np.linspace(0.03, 0.97, 64)
    upper = np.interp(grid, x[: top + 1], y[: top + 1])
    lower = np.interp(grid, x[top:][::-1], y[top:][::-1])
    left, right = grid < 0.25, grid > 0.75
    return SurfaceShape(
        area=float(np.clip(upper - lower, 0, 1).mean()),
        lower_right=float(lower[right].mean()),
        upper_left=float(1 - upper[left].mean()),
        lower_left=float(lower[left].mean()),
    )
