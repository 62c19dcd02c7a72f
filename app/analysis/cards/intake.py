"""Intake pressure from both load lines of the pump card, with what friction may hide and an interval.

The lines lie at F_up = F₀ + f + o and F_low = −f + o: friction f pulls them apart, an offset o (the cell's
zero, catalogue weights, buoyancy, the tubing pressure on the polished rod) moves both. Two lines do not tell
f from o. What tells: the turn at the top of a pump that fills in part takes 2·f off the rods at once, while
the liquid's load stays. Elsewhere a little friction is credited, the rest of a low line is left to the
interval: no friction at all, or all of the low line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.analysis.cards.lines import LoadLines

USUAL_FRICTION = 0.05
"""Of p_d·A, each way: taken off unseen. A tight new plunger, some rods on tubing; simulated healthy pumps rub
with 0 … 0.09 (rod_faults.simulate). What a line lies lower may be friction as well as weights or the cell.
"""

LARGEST_FRICTION = 0.2
"""Of p_d·A, each way: above it the well has a fault of friction, not a pressure to be read."""

MOST_FRICTION = 0.4
"""Of p_d·A, each way, that the interval allows for: what real lower lines lie low by, −0.16 … −0.57, less
what a cell's offset takes of it.
"""

LINE_ERROR = 0.03
"""Of p_d·A: how far a line may be moved by weights of 1 % and a cell of 1 % (IEC class 1) of 20 … 80 kN."""

DENSITY_ERROR, LOAD_ERROR = 0.03, 0.02
"""Of the column's mean density (water cut to 10 points of 30 % lighter oil), of the cell's scale."""


@dataclass(frozen=True)
class Intake:
    """Pressure below the plunger.

    Attributes:
        pressure_pa: [Pa] may lie where no pressure can: ask `possible`
        low_pa: [Pa] with no more friction than the card shows, errors of density and cell included
        high_pa: [Pa] with all of the low line as friction, errors included
        friction_n: [N] credited, one way
        least_pa: [Pa] the least there can be: gas pressure of the annulus at the pump
        most_pa: [Pa] the discharge pressure
        column_pa: [Pa] of it, weight of the column in the tubing
    """

    pressure_pa: float
    low_pa: float
    high_pa: float
    friction_n: float
    least_pa: float
    most_pa: float
    column_pa: float

    @property
    def possible(self) -> bool:
        """Whether the pressure is one that a well can have."""
        return self.least_pa <= self.pressure_pa <= self.most_pa

    @property
    def missing_pa(self) -> float:
        """How far the pressure lies under the least there can be [Pa]; below 0: it does not."""
        return self.least_pa - self.pressure_pa

    @property
    def possible_range_pa(self) -> tuple[float, float]:
        """The interval as far as a well can have it [Pa]."""
        return (
            max(self.least_pa, min(self.low_pa, self.most_pa)),
            min(self.most_pa, max(self.high_pa, self.least_pa)),
        )

    def lift(self, depth_m: float) -> dict[str, float]:
        """How deep the pump would have to stand for this fluid load, beside where it stands.

        H·(column + missing)/column

        Args:
            depth_m: [m] H of the pump
        Returns:
            lift [m], depth [m], pressure [Pa] that came out
        Valid: any.
        Ours: an engineer compares metres.

        >>> lines = LoadLines(18e3, 0.0, 3.0, 3.0)
        >>> found = intake_of(lines, discharge_pa=10e6, column_pa=10e6, area_m2=1.5e-3)
        >>> round(found.lift(1000.0)["lift"])  # 12 MPa of load under 10 MPa of column
        1200
        """
        share = (self.column_pa + self.missing_pa) / self.column_pa
        return {"lift": depth_m * share, "depth": depth_m, "pressure": self.pressure_pa}


@dataclass(frozen=True)
class Friction:
    """Dry friction between cell and plunger, one way.

    Attributes:
        credited_n: [N] what is taken for it
        least_n: [N]
        most_n: [N]
    """

    credited_n: float
    least_n: float
    most_n: float


def friction_of(lines: LoadLines, largest_n: float) -> Friction:
    """Dry friction that both load lines and the turn at the top allow.

    f seen at the turn, at most as far as the low line lies under 0; else the low line's up to 0.05·p_d·A.
    Interval: none … all of the low line (0.4·p_d·A at most); where it was seen half … one and a half of it

    Args:
        lines: of the pump card
        largest_n: [N] p_d·A
    Returns:
        with its interval
    Valid: what lies low may be the cell's zero or weights as well: `intake_of` says how far.
    Ours: two lines do not tell friction from an offset; the turn does.

    >>> friction_of(LoadLines(15.5e3, -0.5e3, 3.0, 3.0), 20e3)
    Friction(credited_n=500.0, least_n=0.0, most_n=1100.0)
    """
    below = max(0.0, -lines.lower_n)
    allowed = min(below + LINE_ERROR * largest_n, MOST_FRICTION * largest_n)
    seen = lines.turn_friction_n
    if seen is None:
        return Friction(min(below, USUAL_FRICTION * largest_n), 0.0, allowed)
    friction = min(seen, below)
    return Friction(friction, 0.5 * friction, min(allowed, 1.5 * friction + LINE_ERROR * largest_n))


def intake_of(
    lines: LoadLines,
    *,
    discharge_pa: float,
    column_pa: float,
    area_m2: float,
    least_pa: float = 0.0,
    lighter_pa: float = 0.0,
    drag_n: float = 0.0,
) -> Intake:
    """Intake pressure from both load lines.

    p_i = p_d − (F_up − F_low − 2·f)/A; f and its interval of `friction_of`, and in quadrature 3 % of the
    column and 2 % of the load; on the upper end the drag on rods whose damping nobody knows, which the turn
    at the top does not show.

    Args:
        lines: of the pump card
        discharge_pa: [Pa] p_d
        column_pa: [Pa] of it, weight of the column in the tubing
        area_m2: [m²] A of the plunger
        least_pa: [Pa] that the annulus asks for
        lighter_pa: [Pa] what gas is taken to lighten the column by: without it p_d and p_i are higher by it
        drag_n: [N] that may lie on the upper line unseen
    Returns:
        with its interval
    Valid: a pump that holds its load; leaks make p_i too high.
    Source: p_d − F₀/A: Takacs, Sucker-Rod Pumping Handbook (2015); friction from both lines is ours.

    >>> lines = LoadLines(15.5e3, -0.5e3, 3.0, 3.0)  # half a kN each way
    >>> round(intake_of(lines, discharge_pa=13e6, column_pa=12e6, area_m2=1.5e-3).pressure_pa)
    3000000
    """
    friction = friction_of(lines, discharge_pa * area_m2)

    def pressure(one_way: float) -> float:
        return discharge_pa - (lines.fluid_load_n - 2 * one_way) / area_m2

    error = math.hypot(DENSITY_ERROR * column_pa, LOAD_ERROR * lines.fluid_load_n / area_m2)
    return Intake(
        pressure(friction.credited_n),
        pressure(friction.least_n) - error,
        pressure(friction.most_n) + error + lighter_pa + drag_n / area_m2,
        friction.credited_n,
        least_pa,
        discharge_pa,
        column_pa,
    )
