"""The outline of a pump card in numbers that rules can argue with.

Loads are shares of the fluid load between the load lines, 0 to 1; places are shares of the gross stroke from
its bottom.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.cards.figures import CardAnalysis

Floats = NDArray[np.float64]
GRID = np.linspace(0.02, 0.98, 97)


@dataclass(frozen=True)
class Shape:
    """The outline of a pump card: loads are shares of F₀ between the lines, places shares of the gross
    stroke.

    Attributes:
        loading: [-] how late the load is taken up
        early_unloading: [-] how early it is lost before the top
        unloading_width: [-] how wide it falls
        early_loading: [-] taken up before the bottom
        slow_unloading: [-] how long it takes to be off
        fillage: [-]
        fillage_spread: [-]
        loading_straight: [-] r² of the rise
        unloading_straight: [-] r² of the fall
        dip: [-] depth of a loss on the upstroke that comes back
        dip_at: [-] its place
        dip_width: [-] its width
        bump_up: [-] load above its line on the upstroke
        bump_down: [-] below its line on the downstroke
        bump_at: [-] their place
        lost_from: [-] where the load is lost for good, 0.98: nowhere
        lost_width: [-] over what width
        spike_bottom: [-] hit at the bottom
        spike_top: [-] hit at the top
        rough_up: [-] raggedness of the upstroke
        rough_down: [-] of the downstroke
        hump: [-] early on the upstroke above its later part
        area: [-] of the card over its frame
        curvature: [-] how far the fall bows out of its chord
        load_turn_s: [s] from the bottom until half the load is on
        unload_turn_s: [s] from the top until half of it is off
        plateaus: [-] of the middle of both strokes, how much lies within a quarter of F₀ of its line
    """

    loading: float
    early_unloading: float
    unloading_width: float
    early_loading: float
    slow_unloading: float
    fillage: float
    fillage_spread: float
    loading_straight: float
    unloading_straight: float
    dip: float
    dip_at: float
    dip_width: float
    bump_up: float
    bump_down: float
    bump_at: float
    lost_from: float
    lost_width: float
    spike_bottom: float
    spike_top: float
    rough_up: float
    rough_down: float
    hump: float
    area: float
    curvature: float
    load_turn_s: float
    unload_turn_s: float
    plateaus: float = 1.0

    @property
    def of_a_pump(self) -> float:
        """How much an outline has two lines to argue from [-]: 0.5 where 0.55 of both lies on them."""
        return 1 / (1 + math.exp(-math.log(9) * (self.plateaus - 0.55) / 0.2))


def shape_of(analysis: CardAnalysis) -> Shape | None:
    """The outline of a pump card in numbers that rules can argue with.

    x = s/S_gross, q = (F − F_low)/F₀ on 97 places of each stroke

    Args:
        analysis: of a card
    Returns:
        None without a pump card, or when its lines do not lie the right way round
    Valid: one stroke.
    Ours: features of the conditions in domain/rod-pump.md.

    >>> from app.analysis import examples
    >>> full, half = shape_of(examples.card()), shape_of(examples.card(0.5))
    >>> round(full.fillage, 2), half.fillage < 0.7, full.area > half.area
    (1.0, True, True)
    """
    pump, lines = analysis.pump, analysis.lines
    if pump is None or lines is None or lines.fluid_load_n <= 0 or lines.gross_stroke_m <= 0:
        return None
    x = (pump.position_m - pump.position_m.min()) / lines.gross_stroke_m
    q = (pump.load_n - lines.lower_n) / lines.fluid_load_n
    top = int(np.argmax(x))
    up_x, up_q, down_x, down_q = x[: top + 1], q[: top + 1], x[top:], q[top:]
    up, down = on_grid(up_x, up_q), on_grid(down_x[::-1], down_q[::-1])
    late = up_x > 0.6
    high_until = up_x[late][up_q[late] >= 0.8]
    last_high = float(high_until[-1]) if len(high_until) else 0.6
    dip, dip_at, dip_width = _dip(up)
    lost_from, lost_width = _loss(up)
    second = 60 / analysis.card.strokes_per_minute / len(x)
    return Shape(
        loading=_reach(up_x, up_q, 0.8),
        early_unloading=max(0.0, 1 - last_high),
        unloading_width=max(0.0, _reach(down_x, 1 - down_q, 0.8) - _reach(down_x, 1 - down_q, 0.2)),
        early_loading=_reach(down_x[::-1], 1 - down_q[::-1], 0.8),
        slow_unloading=_reach(down_x, 1 - down_q, 0.9),
        fillage=lines.fillage,
        fillage_spread=lines.fillage_spread,
        loading_straight=_straight(up_x, up_q, 0.15, 0.8),
        unloading_straight=_straight(down_x, 1 - down_q, 0.15, 0.8),
        dip=dip,
        dip_at=dip_at,
        dip_width=dip_width,
        bump_up=_rise(up),
        bump_down=_rise(1 - down),
        bump_at=float(GRID[14:83][int(np.argmax((up - down)[14:83]))]),
        lost_from=lost_from,
        lost_width=lost_width,
        spike_bottom=max(0.0, float(-np.minimum(q[x < 0.1].min(initial=0.0), 0.0) - _below(down))),
        spike_top=max(0.0, float(q[x > 0.9].max(initial=1.0) - 1 - max(0.0, few.percentile(up, 95) - 1))),
        rough_up=roughness(up),
        rough_down=roughness(down[: max(20, int(lines.fillage * 90))]),
        hump=float(up[6:34].max() - few.median(up[50:85])),
        area=float(np.mean(up - down)),
        curvature=_curvature(down_x, down_q),
        load_turn_s=second * int(np.argmax(up_q > 0.5)),
        unload_turn_s=second * int(np.argmax(down_q < 0.5)),
        plateaus=_plateaus(up, down, lines.fillage),
    )


def on_grid(position: Floats, load: Floats) -> Floats:
    """Load of one stroke at the places of GRID.

    Args:
        position: [-] (n,) share of the stroke, rising but for a real plunger's wobble
        load: [any] (n,)
    Returns:
        [as load] (97,)
    Valid: beyond the ends the end's own.
    Ours: linear interpolation.

    >>> round(float(on_grid(np.array([0.0, 1.0]), np.array([0.0, 10.0]))[48]), 6)  # the middle
    5.0
    """
    return np.interp(GRID, np.maximum.accumulate(position) + np.arange(len(position)) * 1e-9, load)


def _plateaus(up: Floats, down: Floats, fillage: float) -> float:
    """Share of the middle of the upstroke near the upper line, and of the downstroke below the liquid near
    the lower one; the worse of both.
    """
    above = np.abs(up[24:73] - 1) < 0.25
    below = np.abs(down[8 : max(20, int(72 * fillage))]) < 0.25
    return float(min(above.mean(), below.mean()))


def _reach(position: Floats, load: Floats, level: float) -> float:
    """How far the plunger has gone from its first position when `load` first passes `level` upwards, a share
    of 1.
    """
    passed = np.flatnonzero(load >= level)
    return abs(float(position[passed[0]] - position[0])) if len(passed) else 1.0


def _straight(position: Floats, rising: Floats, low: float, high: float) -> float:
    """How straight the load rises between two levels: r² of load over position; 0 where it has no width."""
    start = np.flatnonzero(rising >= low)
    end = np.flatnonzero(rising >= high)
    if len(start) == 0 or len(end) == 0 or end[0] - start[0] < 4:
        return 0.0
    part = slice(int(start[0]), int(end[0]) + 1)
    if np.ptp(position[part]) < 0.015:
        return 0.0
    return float(np.corrcoef(position[part], rising[part])[0, 1] ** 2)


def _dip(up: Floats) -> tuple[float, float, float]:
    """Depth, place and width of a loss in the middle of the upstroke that comes back."""
    middle = up[12:84]
    left, right = np.maximum.accumulate(middle), np.maximum.accumulate(middle[::-1])[::-1]
    depth = np.minimum(left, right) - middle
    at = int(np.argmax(depth))
    deep = float(depth[at])
    return deep, float(GRID[12 + at]), float((depth > deep / 2).mean()) if deep > 0.02 else 0.0


def _rise(plateau: Floats) -> float:
    """How far the load stands out of its line over a middle stretch of the stroke, beyond what surrounds
    it.
    """
    middle = plateau[12:84]
    wide = np.convolve(middle, np.ones(7) / 7, "valid")
    return max(0.0, float(wide.max() - few.percentile(middle, 30) - 0.02))


def _below(down: Floats) -> float:
    """How far the lower plateau wanders below its line anyway, away from the bottom."""
    return max(0.0, -few.percentile(down[12:60], 3))


def _loss(up: Floats) -> tuple[float, float]:
    """Where the load of the upstroke is lost for good (share of the stroke, 1: nowhere), and over what
    width.
    """
    high = np.flatnonzero(up > 0.75)
    if len(high) == 0:
        return 0.0, 1.0
    last = int(high[-1])
    low = np.flatnonzero(up[last:] < 0.35)
    if len(low) == 0:
        return float(GRID[last]), float(1 - GRID[last])
    return float(GRID[last]), float(GRID[last + int(low[0])] - GRID[last])


def roughness(plateau: Floats) -> float:
    """Raggedness of a plateau.

    spread of its second difference over the middle of a stroke

    Args:
        plateau: [-] (n,)
    Returns:
        [-] 0 with under 27 points
    Valid: any.
    Ours: grains make another way of it on every stroke; the second difference leaves slopes and bows out.

    >>> roughness(np.linspace(0.0, 1.0, 97)) < 1e-12  # a slope is not rough
    True
    """
    middle = plateau[10:-8]
    return float(np.std(np.diff(middle, 2))) if len(middle) > 8 else 0.0


def _curvature(position: Floats, load: Floats) -> float:
    """How far the fall bows out of its chord: a squeezed gas falls in a curve, a hit on liquid in a step."""
    falling = (load < 0.97) & (load > 0.05)
    if falling.sum() < 5:
        return 0.0
    x, y = position[falling], load[falling]
    if np.ptp(x) < 0.03:
        return 0.0
    chord = np.interp(x, [x.min(), x.max()], [y.min(), y.max()])
    return float(np.mean(y - chord))
