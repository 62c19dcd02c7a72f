"""Outlines of cards as the models see them: rows of numbers, and the corners of the surface card."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.loads import Loads
from app.analysis.cards.shape import Shape, on_grid, roughness

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SurfaceShape:
    """Without rods only the outline of the surface card speaks: how much of each corner of its frame is empty
    (0 to 1).
    """

    area: float
    lower_right: float
    upper_left: float
    lower_left: float
    upper_right: float


def surface_shape_of(analysis: CardAnalysis) -> SurfaceShape:
    """Corners are quarters of the stroke by halves of the load span; a rectangle has area 1 and empty corners
    0.
    """
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
        upper_right=float(1 - upper[right].mean()),
    )


def surface_vector(analysis: CardAnalysis) -> Floats:
    """The outline of the surface card alone, in its own frame, (features,): loads of both strokes at 24
    places.
    """
    clean = analysis.clean
    x = clean.position_m / np.ptp(clean.position_m)
    low, high = np.percentile(clean.load_n, [2, 98])
    y = np.clip((clean.load_n - low) / (high - low), -0.3, 1.3)
    top = int(np.argmax(x))
    up, down = on_grid(x[: top + 1], y[: top + 1]), on_grid(x[top:][::-1], y[top:][::-1])
    shape = surface_shape_of(analysis)
    thin = (high - low) / max(float(clean.load_n.mean()), 1.0)
    return np.r_[up[::4][:24], down[::4][:24], astuple(shape), roughness(up), roughness(down), min(thin, 2.0)]


def vector(shape: Shape, loads: Loads, analysis: CardAnalysis) -> Floats:
    """What the ranker sees, (features,): shape, loads with −1 for unknown, and the outline itself in 2 × 16
    points.
    """
    assert analysis.pump is not None
    assert analysis.lines is not None
    pump, lines = analysis.pump, analysis.lines
    known = np.array([value if math.isfinite(value) else -1.0 for value in astuple(loads)])
    x = (pump.position_m - pump.position_m.min()) / lines.gross_stroke_m
    q = (pump.load_n - lines.lower_n) / lines.fluid_load_n
    top = int(np.argmax(x))
    outline = np.r_[on_grid(x[: top + 1], q[: top + 1])[3::6], on_grid(x[top:][::-1], q[top:][::-1])[3::6]]
    speed = (
        analysis.card.strokes_per_minute
        * sum(r.length_m / r.wave_speed_m_per_s for r in analysis.card.bore.rods)
        / 15
    )
    return np.r_[np.clip(astuple(shape), -3, 5), np.clip(known, -3, 5), np.clip(outline, -2, 3), speed]


VECTOR_NAMES = (
    *(f.name for f in fields(Shape)),
    *(f.name for f in fields(Loads)),
    *(f"up_{i}" for i in range(16)),
    *(f"down_{i}" for i in range(16)),
    "speed",
)
