"""The outline of a pump card in numbers that rules can argue with.

Loads are shares of the fluid load between the load lines, 0 to 1; places are shares of the gross stroke from
its bottom.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.one_stroke import ringing, roughness, slip

Floats = NDArray[np.float64]
GRID = np.linspace(0.02, 0.98, 97)
CALM = (0.03, 0.06)
"""Of F₀ lost and regained: a stroke is nine tenths, half quiet."""

LATE, WIDE_FALL = 0.75, 0.3
"""Of the stroke: leaks of up to 0.6 of the liquid unload over 0.05 … 0.15 of it, what fills in part over
more.
"""

LAG_TAKEN = 0.8
"""Of what both turns lose alike: the rest is left to a leak of one valve beside it."""


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
        plateaus: [-] of the middle of both strokes, how much lies within a quarter of F₀ of its line;
            none of an oval, whose load goes with the speed
        wander_up: [-] rms of F₀ that the upstroke loses and regains: its noise
        wander_down: [-] of the downstroke
        dip_down: [-] the deepest such loss on the downstroke
        ringing: [-] how much of the raggedness repeats itself along the stroke: grains do not
        grain: [-] of the stroke, what lies between two points of the record at a turn
        leak_up: [-] liquid that slips past the travelling valve or the plunger, of what the plunger lifts: it
            bears its load only where it outruns the leak
        leak_down: [-] past the standing valve
        turn_speed: [-] of the mean, how fast the rods go one point from a turn: no slower leak shows; no
            model was taught it
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
    plateaus: float
    wander_up: float
    wander_down: float
    dip_down: float
    ringing: float
    grain: float
    leak_up: float
    leak_down: float
    turn_speed: float = field(metadata={"taught": False})

    @property
    def of_a_pump(self) -> float:
        """How much an outline has two lines to argue from [-]: 0.5 where 0.55 of both lies on them; less
        where they wander.
        """
        return self.calm / (1 + math.exp(-math.log(9) * (self.plateaus - 0.55) / 0.2))

    @property
    def calm(self) -> float:
        """How far the noise of both strokes lies under what a corner is told by [-]."""
        return calm(max(self.wander_up, self.wander_down))

    @property
    def of_a_pump_worn(self) -> float:
        """As `of_a_pump` [-], where an upstroke loses load at one place: the other stroke tells the noise."""
        return self.of_a_pump / self.calm * calm(self.wander_down)

    @property
    def taken_up(self) -> float:
        """How far the load is on within a tenth of the stroke [-]: 0.5 at a fifth; a lens has no lines for a
        hit or a bump to stand out of.
        """
        return 1 / (1 + math.exp(math.log(9) * (self.loading - 0.2) / 0.1))

    @property
    def slips_up(self) -> float:
        """What the travelling valve alone may let back [-]: what both valves seem to is the recorder's or
        friction's, a point of the record is no leak, and what is lost for good before the last quarter is the
        barrel's.
        """
        if self.lost_from < LATE:
            return 0.0
        return max(0.0, self.leak_up - LAG_TAKEN * self.leak_down - self.turn_speed)

    @property
    def slips_down(self) -> float:
        """The same of the standing valve [-]; what falls over a third of the stroke fills in part."""
        filled = min(1.0, max(0.0, (WIDE_FALL - self.slow_unloading) / (WIDE_FALL / 2)))
        slip = max(0.0, self.leak_down - LAG_TAKEN * self.leak_up - self.turn_speed)
        return slip * filled

    @property
    def lag(self) -> float:
        """What both turns lose alike before they come [-]: friction that turns, a load that leads its place
        or a curve that somebody drew, but not one valve.
        """
        return min(self.early_unloading, self.early_loading)


def calm(wander: float) -> float:
    """How quiet a stroke of this noise is.

    1/(1 + exp(ln 9·(wander − 0.06)/0.03)): 0.9 at 0.03 of F₀, 0.5 at 0.06

    Args:
        wander: [-] rms of F₀ lost and regained
    Returns:
        [-] 0 … 1
    Valid: any.
    Ours: nine in ten of simulated pumps stay under 0.03, whatever their fault; curves of chance lie over
        0.15.

    >>> [round(calm(x), 2) for x in (0.0, 0.03, 0.06, 0.2)]
    [0.99, 0.9, 0.5, 0.0]
    """
    sure, half = CALM
    return 1 / (1 + math.exp(min(50.0, math.log(9) * (wander - half) / (half - sure))))


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
    regained_up, regained_down = _regained(up), _regained(-down)
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
        spike_bottom=_spike(-q[x < 0.1].min(initial=0.0), -down),
        spike_top=_spike(q[x > 0.9].max(initial=1.0) - 1, up[::-1] - 1),
        rough_up=roughness(up),
        rough_down=roughness(down[: int(lines.fillage * 90)]),
        hump=float(up[6:34].max() - few.median(up[50:85])),
        area=float(np.mean(up - down)),
        curvature=_curvature(down_x, down_q),
        load_turn_s=second * int(np.argmax(up_q > 0.5)),
        unload_turn_s=second * int(np.argmax(down_q < 0.5)),
        plateaus=_plateaus(up, down, lines.fillage) * (1 - _follows_speed(x, q)),
        wander_up=_rms(regained_up),
        wander_down=_rms(regained_down),
        dip_down=_dip(-down)[0],
        ringing=max(ringing(up), ringing(down[: int(lines.fillage * 90)])),
        grain=math.sin(math.pi / len(analysis.clean.load_n)) ** 2,
        leak_up=slip(up_x, up_q >= 0.8),
        leak_down=slip(down_x, down_q <= 0.2),
        turn_speed=_turn_speed(analysis.clean.position_m),
    )


def _turn_speed(position: Floats) -> float:
    """How fast the rods go one point from a turn, of their mean speed: from the parabolas through the five
    points about both turns; π²/n of a sine.
    """
    ends = [int(position.argmax()), int(position.argmin())]
    about = np.array([few.turned(position, n)[ends] for n in range(-2, 3)])
    bend = np.array([2.0, -1.0, -2.0, -1.0, 2.0]) @ about / 7
    return float(np.abs(bend).mean()) / 2 / float(np.ptp(position)) * len(position)


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


def _follows_speed(x: Floats, q: Floats) -> float:
    """How far the load goes with the speed of the plunger: what drags on rods that lift nothing draws an
    oval, and an oval has no lines. 0.5 where speed and place explain 0.955 of the load, 0.9 from 0.98 (a
    square card of a crank 0.81, one that drags twice its load 0.97); nothing where speed is itself as
    square as direction is.
    """
    speed = few.turned(x, -1) - few.turned(x, 1)
    explained, square = _explained(q, speed, x), 1 - _explained(speed, np.sign(speed))
    if explained < 0.93:
        return 0.0
    return _over(explained, half=0.955, sure=0.98) * _over(square, half=0.1, sure=0.15)


def _over(value: float, *, half: float, sure: float) -> float:
    """0.5 at `half`, 0.9 at `sure` [-]."""
    return 1 / (1 + math.exp(-math.log(9) * (value - half) / (sure - half)))


def _explained(load: Floats, *by: Floats) -> float:
    """Share of the load's variance that a straight sum of these explains."""
    columns = np.stack([np.ones_like(load), *by], axis=1)
    left = load - columns @ np.linalg.lstsq(columns, load, rcond=None)[0]
    return 1 - float(left @ left) / max(float(np.sum((load - load.mean()) ** 2)), 1e-12)


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
    x, y = position[part] - position[part].mean(), rising[part] - rising[part].mean()
    spread = float(x @ x) * float(y @ y)
    return float(x @ y) ** 2 / spread if spread > 0 else 0.0


def _regained(stroke: Floats) -> Floats:
    """What a stroke loses and takes up again: under the lower of the highest loads before and after."""
    before, after = np.maximum.accumulate(stroke), np.maximum.accumulate(stroke[::-1])[::-1]
    return np.minimum(before, after) - stroke


def _rms(values: Floats) -> float:
    return float(np.sqrt((values**2).mean()))


def _dip(up: Floats) -> tuple[float, float, float]:
    """Depth, place and width of a loss in the middle of the upstroke that comes back."""
    depth = _regained(up[12:84])
    at = int(np.argmax(depth))
    deep = float(depth[at])
    return deep, float(GRID[12 + at]), float((depth > deep / 2).mean()) if deep > 0.02 else 0.0


def _rise(plateau: Floats) -> float:
    """How far the load stands out of its line over a middle stretch of the stroke: above what lies on either
    side of it, for a load that keeps rising has no bump.
    """
    wide = np.convolve(plateau[5:92], np.ones(7) / 7, "valid")
    at = int(np.argmax(wide[6:75])) + 6
    sides = max(few.percentile(wide[: at + 1], 30), few.percentile(wide[at:], 30))
    return max(0.0, float(wide[at] - sides - 0.02))


def _spike(hit: float, from_the_end: Floats) -> float:
    """How far a hit at the end of the stroke stands out [-]: beyond what the load wanders by away from it,
    and beyond the load it comes from.

    `from_the_end`: how far the stroke lies out of its line, from the end that is hit
    """
    elsewhere = few.percentile(from_the_end[12:60], 97)
    beside = few.median(from_the_end[9:16])
    return max(0.0, float(hit) - max(elsewhere, beside, 0.0))


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
