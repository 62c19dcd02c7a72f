"""Gross and net stroke as the figures tell them, with how far each may be off.

Down the rods nothing is taken to rub above the pump. Dry friction along them stretches only what hangs above
it; taken for the pump's it lengthens the stroke at both ends, by C/2 a newton where it lies evenly along the
string. The card shows it: it goes on at a turn while its friction turns, where a plunger that rubs alone
stands. A cell that answers late lets the load come on after the plunger has left the bottom; what is taken
off on the way down then comes later too, by the rods' way in the same time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.cards import strings
from app.analysis.cards.intake import friction_of
from app.analysis.cards.lines import LoadLines
from app.models.cards import PumpCard, RodSection

Floats = NDArray[np.float64]
EVEN = 0.5
"""Of C·f: friction that lies evenly along the string; 0 at the plunger, 1 in the stuffing box."""

SOME, SOME_OF_WAY = 0.3, 0.5
"""Of what a turn takes off by friction, and the part of its stretch that is left when so much has turned."""

ROUNDED = 3.0
"""What a slow recorder rounds goes as far after a turn as before it, and a fall that follows adds to it."""

MOST_STRETCH = 0.15
"""Of the stroke: more was never friction alone."""

PLACE_ERROR = 0.005
"""Of the stroke: weights, modulus and the record's place."""

ON, LATE_FROM, LATEST = 0.8, 0.003, 0.1
"""Of F₀ and of the stroke: the load is on; nine in ten simulated pumps under cells without delay have it on
by the second; later than the third it is no cell's doing.
"""


@dataclass(frozen=True)
class Strokes:
    """What the plunger goes, and what of it the pump fills.

    Attributes:
        gross_m: [m]
        net_m: [m]
        gross_range_m: [m] the least and the largest
        net_range_m: [m]
        fillage_range: [-]
    """

    gross_m: float
    net_m: float
    gross_range_m: tuple[float, float]
    net_range_m: tuple[float, float]
    fillage_range: tuple[float, float]

    @property
    def fillage(self) -> float:
        """Net over gross stroke [-], 0 … 1."""
        return min(max(self.net_m / self.gross_m, 0.0), 1.0)

    def reaching(self, gross_m: float, *nets_m: float) -> Strokes:
        """The same strokes, with ranges that hold others too.

        Args:
            gross_m: [m]
            nets_m: [m] each
        Returns:
            with wider ranges, the figures untouched
        Valid: net strokes of no more than the gross one.
        Ours: what a record may be wrong by belongs to the range, not to the figure.

        >>> told = Strokes(3.0, 2.0, (2.9, 3.1), (1.9, 2.1), (0.65, 0.68))
        >>> told.reaching(3.0, 2.1, 2.25).fillage_range
        (0.65, 0.75)
        """
        return replace(
            self,
            gross_range_m=_holding(self.gross_range_m, gross_m),
            net_range_m=_holding(self.net_range_m, *nets_m),
            fillage_range=_holding(self.fillage_range, *(min(net / gross_m, 1.0) for net in nets_m)),
        )


def _holding(ends: tuple[float, float], *values: float) -> tuple[float, float]:
    return min(ends[0], *values), max(ends[1], *values)


def strokes_of(
    lines: LoadLines, pump: PumpCard, polished: Floats, rods: tuple[RodSection, ...], largest_n: float
) -> Strokes:
    """Strokes without what friction stretches, and their ranges.

    S − 2·C·f/2, C = Σ L/EA, f of `friction_of`, at most what the card leans out by at a turn; ranges: none …
    all of f in the stuffing box, 0.5 % of place; net stroke besides by the range of its fall, half a point,
    and upwards by what a late cell hides

    Args:
        lines: of the pump card
        pump: the card, from its bottom
        polished: [m] (n,) place of the polished rod at its points
        rods: top to bottom
        largest_n: [N] p_d·A
    Returns:
        lines the wrong way round: the whole stroke
    Valid: rods of known stiffness.
    Ours: friction above the pump is taken for its load by every solution of the wave equation without it.

    >>> from app.analysis import examples
    >>> card = examples.card(0.5)
    >>> found = strokes_of(card.lines, card.pump, card.clean.position_m, card.card.bore.rods, 20e3)
    >>> found.net_range_m[0] < found.net_m < found.net_range_m[1]
    True
    """
    gross = lines.gross_stroke_m
    if lines.fluid_load_n <= 0:
        return Strokes(gross, lines.net_stroke_m, (gross, gross), lines.net_range_m, (1.0, 1.0))
    friction = friction_of(lines, largest_n)
    per_n = 2 * strings.compliance(rods)
    most = min(per_n * friction.most_n, MOST_STRETCH * gross)
    stretch = min(EVEN * per_n * friction.credited_n, _leaned_out(lines, pump, friction.credited_n), most)
    low, high = lines.net_range_m
    error = PLACE_ERROR * gross
    high = min(gross, high + error + _hidden_by_a_late_cell(lines, pump, polished))
    low = max(0.0, low - error)

    def without(net: float, stretched: float) -> float:
        return max(0.0, net - stretched)

    net = without(lines.net_stroke_m, stretch)
    return Strokes(
        gross - stretch,
        net,
        (gross - most - error, gross + error),
        (without(low, most), high),
        (without(low, most) / (gross - most), high / gross),
    )


def _leaned_out(lines: LoadLines, pump: PumpCard, friction_n: float) -> float:
    """How far the card goes on at a turn after its friction has begun to turn: nothing where only the plunger
    rubs, which stands until its rods have let go.
    """
    lost = 2 * (lines.turn_friction_n or friction_n)
    if lines.turn_friction_n is not None:
        turn, sign, line, whole = int(np.argmax(pump.position_m)), -1.0, lines.upper_n, lost
    else:
        turn, sign, line, whole = 0, 1.0, lines.lower_n, lines.fluid_load_n
    place, off = few.turned(pump.position_m, -turn), sign * (few.turned(pump.load_n, -turn) - line)
    before, earlier = few.turned(place, -1)[::-1], few.turned(off, -1)[::-1]
    way = _way(before, earlier <= SOME * lost) - ROUNDED * _way(place, off >= whole - SOME * lost)
    return max(0.0, way) / SOME_OF_WAY


def _way(place: Floats, there: NDArray[np.bool_]) -> float:
    return abs(float(place[int(np.argmax(there))] - place[0]))


def _hidden_by_a_late_cell(lines: LoadLines, pump: PumpCard, polished: Floats) -> float:
    """How much higher the valve may have opened than the load says, if what comes on late is the cell's."""
    share = (pump.position_m - pump.position_m.min()) / lines.gross_stroke_m
    load = (pump.load_n - lines.lower_n) / lines.fluid_load_n
    top = int(np.argmax(share))
    on = int(np.argmax(load[: top + 1] >= ON))
    if on == 0:
        return 0.0
    part = (ON - load[on - 1]) / max(float(load[on] - load[on - 1]), 1e-9)
    gone = float(share[on - 1] + part * (share[on] - share[on - 1])) - LATE_FROM
    opened = top + int(np.argmax(share[top:] <= lines.fillage))
    speed = np.abs(few.turned(polished, -1) - few.turned(polished, 1))
    coming, leaving = float(speed[on - 1 : on + 1].mean()), float(speed[opened])
    if gone <= 0 or coming <= 0:
        return 0.0
    return min(gone * max(1.0, leaving / coming), LATEST) * lines.gross_stroke_m
