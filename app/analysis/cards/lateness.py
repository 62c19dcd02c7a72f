"""How late the load comes behind the place in a record.

A plunger stands while its rods take up the load or let it go; a load that another channel brings late
changes while it moves, and what the waves along the rods make of it does not cancel: both lines ring. So the
delay that leaves the least of that is the record's, as far as it leaves much less than none does. A leak,
gas, loose tubing or friction moves one corner or leans both; no delay makes their cards square.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.damping import pump_card_of
from app.analysis.cards.harmonic import Complex, StringMotion, taper, transfer, useful_harmonics
from app.analysis.cards.lines import load_lines
from app.analysis.cards.repair import CleanCard
from app.models.cards import Card

Floats = NDArray[np.float64]
TRIED, FINER = np.arange(-4, 9) / 80, np.arange(-4, 5) / 400
"""Delays [-] of the period: 5 % ahead … 10 % behind, and those about the best of them."""

STANDS_BELOW, UPPER, LOWER = 0.35, (0.4, 0.8), (0.08, 0.3)
"""Of the stroke: above the first a pump that fills in part lets its load go on the move; the lines are read
between the others.
"""

LATE, EXPLAINED, SQUARE = (0.0125, 0.0175), (0.25, 0.5), (0.07, 0.05)
"""Half and nine tenths sure. Of the period: nine in ten simulated pumps under cells without delay keep within
0.0075. Of what is not square without a delay, the part that goes with it: full pumps under recorders that
round lose 0.06, nine in ten under 0.24. What is left: of 174 simulated full pumps and fluid pounds under a
cell that is late by 1.5 … 6 % none keeps more than 0.05; gas locks under a good one keep 0.08 and more."""

WIDENS_FROM, WIDENS_BY = 0.0075, 0.15
"""Of the period, and of what is not square: from here both figures are possible, as recorded and without the
delay."""

STEP_ERROR = 0.015
"""Of the stroke: a crank goes 0.8 % of it in 0.0025 of its period at mid-stroke, rods that take up load twice
that."""


@dataclass(frozen=True)
class Lateness:
    """What a delay of the load would make of a card.

    Attributes:
        share: [-] of the period, ahead below 0
        before: [-] what changes on the move, of F₀ and the stroke, as recorded
        after: [-] the same with the delay taken back
        gross_m: [m] stroke with it taken back
        net_m: [m]
    """

    share: float
    before: float
    after: float
    gross_m: float
    net_m: float

    @property
    def fillage(self) -> float:
        """Net over gross stroke [-], 0 … 1, with the delay taken back."""
        return min(max(self.net_m / self.gross_m, 0.0), 1.0)

    @property
    def net_range_m(self) -> tuple[float, float]:
        """The least and the largest net stroke [m], were the delay a step of FINER longer or shorter."""
        error = STEP_ERROR * self.gross_m
        return max(0.0, self.net_m - error), min(self.gross_m, self.net_m + error)

    @property
    def explained(self) -> float:
        """Of what changes on the move, how much goes with the delay [-]."""
        return 1 - self.after / self.before

    @property
    def widens(self) -> bool:
        """Whether the figures without the delay are as possible as those with it."""
        return abs(self.share) >= WIDENS_FROM and self.explained >= WIDENS_BY


def lateness_of(card: Card, clean: CleanCard) -> Lateness | None:
    """The delay of the load that leaves a pump card squarest.

    least Σ min(|F − F_line|, F₀)·|Δs| / (F₀·S) over the upstroke and the lowest 0.35 of the way down, of the
    card whose load is taken back by each delay; F_p is linear in F, so one walk down the rods serves all

    Args:
        card: rods, speed
        clean: its repaired record, in time
    Returns:
        None where the card has no lines at any delay, none makes it squarer, or its time is the unit's and
        not the record's
    Valid: one stroke in equal steps of time; a filter of the load counts as its delay; friction of the
        stuffing box looks like a load that is ahead.
    Ours: of 30 cards by lumped masses with delays and filters of 1 … 8 % of the period 24 are told within
        half a percent of it (docs/DIAGNOSIS.md).

    >>> from app.analysis import examples
    >>> from dataclasses import replace
    >>> told = examples.card()
    >>> late = replace(told.clean, load_n=np.roll(told.clean.load_n, 8))  # 4 % of 200 points
    >>> round(lateness_of(told.card, late).share, 2)
    0.04
    """
    if any(remark.code == "time_from_unit" for remark in clean.remarks):
        return None
    position, load = clean.position_m, clean.load_n
    if clean.closes_twice:
        position, load = position[:-1], load[:-1]
    walked = _Walked.of(card, position, load)
    rough = _changes_on_the_move(*walked.with_load_taken_back(TRIED))
    before = float(rough[TRIED == 0][0])
    if not math.isfinite(before) or TRIED[int(rough.argmin())] == 0:
        return None
    near = TRIED[int(rough.argmin())] + FINER
    places, pulls = walked.with_load_taken_back(near)
    fine = _changes_on_the_move(places, pulls)
    best = int(fine.argmin())
    if not fine[best] < before:
        return None
    lines = load_lines(pump_card_of(StringMotion(places[best], pulls[best], ())))
    return Lateness(float(near[best]), before, float(fine[best]), lines.gross_stroke_m, lines.net_stroke_m)


@dataclass(frozen=True)
class _Walked:
    """Harmonics at the pump (2, k): what the place makes of place and pull, and what the load makes of it."""

    points: int
    place: Complex
    pull: Complex

    @classmethod
    def of(cls, card: Card, position: Floats, load: Floats) -> _Walked:
        place, pull = -np.fft.rfft(position), np.fft.rfft(load)
        kept = taper(len(pull), min(useful_harmonics(load), len(pull) - 1))
        none, omega = np.zeros_like(pull), 2 * math.pi * card.strokes_per_minute / 60
        alone = np.stack([place * kept, none]), np.stack([none, pull * kept])
        return cls(len(load), *transfer(*alone, card.bore.rods, omega, 0.0))

    def with_load_taken_back(self, delays: Floats) -> tuple[Floats, Floats]:
        """Place [m] and pull [N] at the pump (len(delays), n)."""
        back = np.exp(2j * np.pi * delays[:, None] * np.arange(self.pull.shape[1]))
        place, pull = self.place[0] + self.place[1] * back, self.pull[0] + self.pull[1] * back
        return -np.fft.irfft(place, self.points), np.fft.irfft(pull, self.points)


def _changes_on_the_move(places: Floats, pulls: Floats) -> Floats:
    """How much load changes while the plunger moves [-] of each row; infinite without two lines."""
    n = places.shape[1]
    bottom, top = places.argmin(1)[:, None], places.argmax(1)[:, None]
    up = (np.arange(n) - bottom) % n < (top - bottom) % n
    stroke = np.ptp(places, axis=1)[:, None]
    share = (places - places.min(1)[:, None]) / stroke

    def line(those: NDArray[np.bool_]) -> Floats:
        return (np.where(those, pulls, 0.0).sum(1) / np.maximum(those.sum(1), 1))[:, None]

    upper = line(up & (share > UPPER[0]) & (share < UPPER[1]))
    lower = line(~up & (share > LOWER[0]) & (share < LOWER[1]))
    span = np.maximum(upper - lower, 1e-9)
    off = np.minimum(np.abs(pulls - upper), np.abs(pulls - lower)) / span
    step = np.abs(np.roll(places, -1, 1) - np.roll(places, 1, 1)) / 2 / stroke
    moved = np.where(up | (share < STANDS_BELOW), np.minimum(off, 1.0) * step, 0.0).sum(1)
    return np.where((upper > lower)[:, 0], moved, np.inf)
