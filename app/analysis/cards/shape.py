"""The outline of a pump card in numbers that rules can argue with.

Loads are shares of the fluid load between the load lines, 0 to 1; places are shares of the gross stroke from
its bottom.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.figures import CardAnalysis
from app.core.units import STANDARD_GRAVITY

Floats = NDArray[np.float64]
GRID = np.linspace(0.02, 0.98, 97)


@dataclass(frozen=True)
class Shape:
    """Corners: how late the load is taken up, how early it is lost, how wide it falls; what the plateaus
    do.
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


@dataclass(frozen=True)
class Loads:
    """Absolute loads, each over the largest fluid load p_d·A there can be, or NaN where pressures are not
    known.

    `weight_ratio`: mean polished rod load over the rods' buoyant weight. `level_ratio`: fluid load over the
    one that the level tells. `rate_ratio`: measured liquid over what the card displaces. `tubing_stretch`:
    what free tubing would stretch under the fluid load, share of the stroke.
    """

    fluid: float
    upper: float
    lower: float
    weight_ratio: float
    surface_span: float
    level_ratio: float
    rate_ratio: float
    tubing_stretch: float
    intake_share: float

    @property
    def fluid_without_friction(self) -> float:
        """What pulls the lower line below the rods' weight pulls the upper line up as much: both are no
        liquid's.
        """
        return self.fluid - 2 * max(0.0, -self.lower)


def shape_of(analysis: CardAnalysis) -> Shape | None:
    """None without a pump card, or when its lines do not lie the right way round."""
    pump, lines = analysis.pump, analysis.lines
    if pump is None or lines is None or lines.fluid_load_n <= 0 or lines.gross_stroke_m <= 0:
        return None
    x = (pump.position_m - pump.position_m.min()) / lines.gross_stroke_m
    q = (pump.load_n - lines.lower_n) / lines.fluid_load_n
    top = int(np.argmax(x))
    up_x, up_q, down_x, down_q = x[: top + 1], q[: top + 1], x[top:], q[top:]
    up, down = _on_grid(up_x, up_q), _on_grid(down_x[::-1], down_q[::-1])
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
        spike_top=max(
            0.0, float(q[x > 0.9].max(initial=1.0) - 1 - max(0.0, float(np.percentile(up, 95)) - 1))
        ),
        rough_up=_rough(up),
        rough_down=_rough(down[: max(20, int(lines.fillage * 90))]),
        hump=float(up[6:34].max() - np.median(up[50:85])),
        area=float(np.mean(up - down)),
        curvature=_curvature(down_x, down_q),
        load_turn_s=second * int(np.argmax(up_q > 0.5)),
        unload_turn_s=second * int(np.argmax(down_q < 0.5)),
    )


def loads_of(analysis: CardAnalysis) -> Loads | None:
    """None without rods."""
    lines, rest, bore = analysis.lines, analysis.rest, analysis.card.bore
    if lines is None or rest is None:
        return None
    measures, nan = analysis.measures, math.nan
    largest = nan
    discharge = measures["pump_discharge_pressure_pa"]
    if bore.plunger_diameter_m is not None:
        area = math.pi / 4 * bore.plunger_diameter_m**2
        if discharge is None and bore.pump_depth_m is not None:
            discharge = 1e6 + rest.density * STANDARD_GRAVITY * bore.pump_depth_m
        largest = area * discharge if discharge else nan
    from_level = fluid_load_from_level_n(analysis)
    tested = _tested_liquid(analysis)
    displaced = measures["inferred_liquid_m3_per_d"]
    load = analysis.clean.load_n
    return Loads(
        fluid=lines.fluid_load_n / largest,
        upper=lines.upper_n / largest,
        lower=lines.lower_n / largest,
        weight_ratio=float(load.mean()) / rest.weight_n,
        surface_span=float(np.ptp(load)) / rest.weight_n,
        level_ratio=nan if not from_level else lines.fluid_load_n / from_level,
        rate_ratio=nan if tested is None or not displaced else tested / displaced,
        tubing_stretch=tubing_stretch(analysis),
        intake_share=nan
        if measures["pump_intake_pressure_pa"] is None or not discharge
        else measures["pump_intake_pressure_pa"] / discharge,
    )


def fluid_load_from_level_n(analysis: CardAnalysis) -> float | None:
    """F₀ that a measured level asks for, A·(p_d − p_level) [N]; None without a level shot and pressures."""
    from app.analysis.cards import pressures, strings

    bore, discharge = analysis.card.bore, analysis.measures["pump_discharge_pressure_pa"]
    if (
        bore.fluid_level_m is None
        or bore.pump_depth_m is None
        or bore.plunger_diameter_m is None
        or not discharge
    ):
        return None
    intake = pressures.pressure_under_level_pa(
        casing_pressure_pa=bore.casing_pressure_pa or 0.1e6,
        level_m=bore.fluid_level_m,
        depth_m=bore.pump_depth_m,
        oil_density=strings.oil_density(bore.fluid),
        gas_relative_density=bore.fluid.gas_relative_density,
    )
    return math.pi / 4 * bore.plunger_diameter_m**2 * max(discharge - intake, 0.0)


def _tested_liquid(analysis: CardAnalysis) -> float | None:
    test = analysis.card.bore.well_test
    if "liquid_m3_per_d" in test:
        return float(test["liquid_m3_per_d"])
    parts = [test.get("oil_m3_per_d"), test.get("water_m3_per_d")]
    return (
        sum(float(part) for part in parts if part is not None)
        if any(part is not None for part in parts)
        else None
    )


def tubing_stretch(analysis: CardAnalysis) -> float:
    """What free tubing would stretch under this card's fluid load, a share of the gross stroke."""
    bore, lines = analysis.card.bore, analysis.lines
    if (
        bore.tubing_inner_diameter_m is None
        or bore.tubing_outer_diameter_m is None
        or bore.pump_depth_m is None
        or lines is None
    ):
        inner, outer = 0.062, 0.073  # 2 7/8 in tubing, the commonest under rod pumps
    else:
        inner, outer = bore.tubing_inner_diameter_m, bore.tubing_outer_diameter_m
    depth = bore.pump_depth_m or sum(rod.length_m for rod in bore.rods)
    assert lines is not None
    stretch = lines.fluid_load_n * depth / (2.1e11 * math.pi / 4 * (outer**2 - inner**2))
    return stretch / lines.gross_stroke_m


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
    outline = np.r_[_on_grid(x[: top + 1], q[: top + 1])[3::6], _on_grid(x[top:][::-1], q[top:][::-1])[3::6]]
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


def _on_grid(position: Floats, load: Floats) -> Floats:
    """Load of one stroke at the places of GRID; the position of a real plunger is not quite monotone."""
    return np.interp(GRID, np.maximum.accumulate(position) + np.arange(len(position)) * 1e-9, load)


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
    return max(0.0, float(wide.max() - np.percentile(middle, 30) - 0.02))


def _below(down: Floats) -> float:
    """How far the lower plateau wanders below its line anyway, away from the bottom."""
    return max(0.0, -float(np.percentile(down[12:60], 3)))


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


def _rough(plateau: Floats) -> float:
    """Raggedness: spread of the second difference over the middle of a stroke."""
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


def surface_vector(analysis: CardAnalysis) -> Floats:
    """The outline of the surface card alone, in its own frame, (features,): loads of both strokes at 24
    places.
    """
    clean = analysis.clean
    x = clean.position_m / np.ptp(clean.position_m)
    low, high = np.percentile(clean.load_n, [2, 98])
    y = np.clip((clean.load_n - low) / (high - low), -0.3, 1.3)
    top = int(np.argmax(x))
    up, down = _on_grid(x[: top + 1], y[: top + 1]), _on_grid(x[top:][::-1], y[top:][::-1])
    shape = surface_shape_of(analysis)
    thin = (high - low) / max(float(clean.load_n.mean()), 1.0)
    return np.r_[up[::4][:24], down[::4][:24], astuple(shape), _rough(up), _rough(down), min(thin, 2.0)]


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
