"""Outlines of cards as the models see them: rows of numbers, and the corners of the surface card."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.loads import Loads
from app.analysis.cards.one_stroke import roughness
from app.analysis.cards.shape import Shape, on_grid

Floats = NDArray[np.float64]
SURFACE_SIZE, ALONG = 132, 24
"""Of `surface_vector`; places along its outline and over its time."""

CURVES, STEPS = 4, 64
"""Of `surface_curves`."""

OUTLINE_SIZE = SURFACE_SIZE + CURVES * STEPS
"""Of both, one after the other (`outline_row`)."""


@dataclass(frozen=True)
class SurfaceShape:
    """How much of each corner of its frame a surface card leaves empty, 0 … 1.

    Attributes:
        area: [-] of the card over its frame
        lower_right: [-]
        upper_left: [-]
        lower_left: [-]
        upper_right: [-]
    """

    area: float
    lower_right: float
    upper_left: float
    lower_left: float
    upper_right: float


def surface_shape_of(analysis: CardAnalysis) -> SurfaceShape:
    """The corners of a surface card: without rods only they speak.

    quarters of the stroke by the load span between its 3rd and 97th percentile; a rectangle has area 1 and
    empty corners 0

    Args:
        analysis: of a card
    Returns:
        of its clean record
    Valid: any card.
    Ours: groups are likely from it, never certain.

    >>> from app.analysis import examples
    >>> full, half = surface_shape_of(examples.card()), surface_shape_of(examples.card(0.5))
    >>> half.area < full.area
    True
    """
    clean = analysis.clean
    x = clean.position_m / np.ptp(clean.position_m)
    low, high = few.between(clean.load_n, 3, 97)
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
    """The outline of the surface card alone, as the ranker sees it.

    loads of both strokes at 24 places in the card's own frame, corners, roughness, thinness; place and load
    at 24 steps along the outline, load at 24 steps of time; how far both ends stand out

    Args:
        analysis: of a card
    Returns:
        [-] (132,)
    Valid: any card.
    Ours: goes with the model file.

    >>> from app.analysis import examples
    >>> surface_vector(examples.card()).shape
    (132,)
    """
    clean = analysis.clean
    x, y, low, high = _framed(analysis)
    top = int(np.argmax(x))
    up, down = on_grid(x[: top + 1], y[: top + 1]), on_grid(x[top:][::-1], y[top:][::-1])
    shape = surface_shape_of(analysis)
    thin = (high - low) / max(float(clean.load_n.mean()), 1.0)
    figures = [*vars(shape).values(), roughness(up), roughness(down), min(thin, 2.0)]
    ends = _ends(x, (clean.load_n - low) / (high - low))
    _, by_time, place, load = _along(x, y, ALONG)
    along = np.concatenate((place, load, by_time))
    return np.concatenate((up[::4][:24], down[::4][:24], figures, along, ends))


def surface_curves(analysis: CardAnalysis) -> Floats:
    """The surface card as a network over curves sees it.

    place and load at 64 equal steps of time, place and load at 64 equal steps along the outline, in the
    card's own frame, from the bottom of the stroke on

    Args:
        analysis: of a card
    Returns:
        [-] (256,) four curves, one after the other
    Valid: any card.
    Ours: 24 places, as `surface_vector` has them, hide what tells late valves and hits (docs/DIAGNOSIS.md).

    >>> from app.analysis import examples
    >>> surface_curves(examples.card()).shape == (CURVES * STEPS,)
    True
    """
    x, y, _, _ = _framed(analysis)
    return np.concatenate(_along(x, y, STEPS))


def outline_row(analysis: CardAnalysis) -> Floats:
    """All that models may see of a surface card.

    `surface_vector`, then `surface_curves`: each network takes so many of the first as it knows

    Args:
        analysis: of a card
    Returns:
        [-] (388,)
    Valid: any card.
    Ours: one row for both kinds of networks, so that they are judged on the same.

    >>> from app.analysis import examples
    >>> row = outline_row(examples.card())
    >>> row.shape == (OUTLINE_SIZE,), bool((row[:SURFACE_SIZE] == surface_vector(examples.card())).all())
    (True, True)
    """
    return np.concatenate((surface_vector(analysis), surface_curves(analysis)))


def _framed(analysis: CardAnalysis) -> tuple[Floats, Floats, float, float]:
    """Place and load in the card's own frame [-], and the loads that are its 0 and 1 [N]."""
    clean = analysis.clean
    low, high = few.between(clean.load_n, 2, 98)
    x = clean.position_m / np.ptp(clean.position_m)
    return x, np.clip((clean.load_n - low) / (high - low), -0.3, 1.3), low, high


def _along(x: Floats, y: Floats, count: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Place and load at equal steps of time from the bottom of the stroke, then at equal steps of the outline
    [-]: a hit is long on the outline, a late valve in time.
    """
    bottom = int(np.argmin(x))
    x, y = few.turned(x, -bottom), few.turned(y, -bottom)
    x, y = np.append(x, x[0]), np.append(y, y[0])
    way = np.append(0.0, np.cumsum(np.hypot(np.diff(x), np.diff(y))))
    steps, taken = np.arange(count) / count, np.arange(len(y))
    of_time, of_way = steps * (len(y) - 1), steps * way[-1]
    return (
        np.interp(of_time, taken, x),
        np.interp(of_time, taken, y),
        np.interp(of_way, way, x),
        np.interp(of_way, way, y),
    )


def _ends(x: Floats, y: Floats) -> Floats:
    """The least and the largest load, and those within 0.08 of the bottom and of the top [-]."""
    y = np.clip(y, -1.0, 2.0)
    rising = x - x.min()
    return np.array([y.min(), y.max(), y[rising < 0.08].min(), y[rising > 0.92].max()])


def vector(shape: Shape, loads: Loads, analysis: CardAnalysis) -> Floats:
    """What the ranker sees of a pump card.

    shape, loads with −1 for unknown, the outline at 2 × 16 places, speed over the string's natural one

    Args:
        shape: of the card
        loads: of the card
        analysis: of the card, with a pump card
    Returns:
        [-] (len(VECTOR_NAMES),)
    Valid: figures are clipped to −3 … 5.
    Ours: goes with the model file: VECTOR_NAMES must be the same.

    >>> from app.analysis import examples
    >>> case = examples.card_case()
    >>> vector(case.shape, case.loads, case.analysis).shape == (len(VECTOR_NAMES),)
    True
    """
    assert analysis.pump is not None
    assert analysis.lines is not None
    pump, lines = analysis.pump, analysis.lines
    known = np.array([value if math.isfinite(value) else -1.0 for value in vars(loads).values()])
    x = (pump.position_m - pump.position_m.min()) / lines.gross_stroke_m
    q = (pump.load_n - lines.lower_n) / lines.fluid_load_n
    top = int(np.argmax(x))
    up, down = on_grid(x[: top + 1], q[: top + 1]), on_grid(x[top:][::-1], q[top:][::-1])
    outline = np.concatenate((up[3::6], down[3::6]))
    speed = (
        analysis.card.strokes_per_minute
        * sum(r.length_m / r.wave_speed_m_per_s for r in analysis.card.bore.rods)
        / 15
    )
    figures = np.array([getattr(shape, name) for name in TAUGHT])
    return np.concatenate((figures.clip(-3, 5), known.clip(-3, 5), outline.clip(-2, 3), [speed]))


TAUGHT = tuple(f.name for f in fields(Shape) if f.metadata.get("taught", True))
VECTOR_NAMES = (
    *TAUGHT,
    *(f.name for f in fields(Loads)),
    *(f"up_{i}" for i in range(16)),
    *(f"down_{i}" for i in range(16)),
    "speed",
)

VECTOR_VERSION = hashlib.sha256(",".join(VECTOR_NAMES).encode()).hexdigest()[:12]
"""What travels with a row of `vector`: rows of other names are not learnt from, nor asked about."""
