"""How much viscous damping the load lines of a pump card ask for.

A pump that lifts its load holds it, however fast the plunger goes: what still follows the speed on both lines
is drag of the rods that was not taken off on the way down. It stretches the rods above the pump and rounds
the fall; left on, it moves the place where the valve opens.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.cards import harmonic, solve, strings
from app.analysis.cards.harmonic import StringMotion
from app.analysis.cards.lines import LoadLines
from app.analysis.cards.repair import CleanCard
from app.analysis.cards.solve import Hanging
from app.models.cards import Card, PumpCard

Floats = NDArray[np.float64]
TRIED = 0.1
"""Dimensionless: the load at the pump is nearly straight in what is taken off, so one trial is enough."""

MOST, LEAST = 0.3, 0.01
"""Dimensionless: twice the most that Gibbs' method usually takes (0.05 … 0.15); less moves nothing."""

CLEARLY = 0.5
"""Of the variance that both lines have about themselves: damping that leaves more than this of it is not what
bends them, and none is taken off.
"""

FEWEST = 5
"""Points of each line."""


def pump_card_of(motion: StringMotion) -> PumpCard:
    """A motion at the pump as a card.

    Args:
        motion: of the rods, one closed stroke
    Returns:
        from the bottom of the upstroke, position from 0 up
    Valid: one closed stroke.
    Ours: a card begins at its bottom.

    >>> motion = StringMotion(np.array([3.0, 1.0, 2.0]), np.array([5.0, 6.0, 7.0]), ())
    >>> pump_card_of(motion).load_n.tolist()
    [6.0, 7.0, 5.0]
    """
    start = int(np.argmin(motion.position_m))
    position = few.turned(motion.position_m - motion.position_m.min(), -start)
    return PumpCard(position, few.turned(motion.load_n, -start))


def damped(card: Card, clean: CleanCard, rest: Hanging, damping: float) -> StringMotion:
    """Down the rods once more, this damping taken off.

    Args:
        card: rods, speed
        clean: its repaired record
        rest: the string at rest
        damping: [-] both ways
    Returns:
        motion of the rods
    Valid: as `solve.motion_at_pump`.
    Source: Gibbs, SPE 588 (1963).

    >>> from app.analysis import examples
    >>> told = examples.card()
    >>> less = damped(told.card, told.clean, told.rest, 0.1)
    >>> bool(np.ptp(less.position_m) < np.ptp(told.motion.position_m))
    True
    """
    bore = replace(card.bore, damping_up=damping, damping_down=damping)
    return solve.motion_at_pump(replace(card, bore=bore), clean, rest, [])


def told_by_lines(card: Card, clean: CleanCard, motion: StringMotion, lines: LoadLines) -> float:
    """Damping that makes both load lines level.

    least squares of F₀(t) + ν·∂F/∂ν about its mean on each line, ∂F/∂ν by one trial

    Args:
        card: rods, speed
        clean: its repaired record
        motion: of the rods, no damping taken off
        lines: of its pump card
    Returns:
        [-] 0 where a file gives it, and where it does not take half of what bends the lines
    Valid: speed that changes along the stroke: a belt of even speed tells nothing; fluid friction at the
        plunger counts as the rods'.
    Source: level load lines as the measure of damping: Ehimeakhe, US 2013/0115104 (2013); damping iterated
        on the work at the pump: Everitt and Jennings, SPE 18189 (1992).

    >>> from app.analysis import examples
    >>> told = examples.card()
    >>> told_by_lines(told.card, told.clean, told.motion, told.lines) < 0.2
    True
    """
    if lines.fluid_load_n <= 0 or card.bore.damping_up is not None or card.bore.damping_down is not None:
        return 0.0
    parts = _plateaus(motion.position_m, lines)
    if min(int(part.sum()) for part in parts) < FEWEST:
        return 0.0
    change = _by_damping(card, clean, TRIED) - _by_damping(card, clean, 0.0)
    bent, by = (
        np.concatenate([load[part] - load[part].mean() for part in parts]) for load in (motion.load_n, change)
    )
    times = -float(bent @ by) / max(float(by @ by), 1e-12)
    left = bent + times * by
    if not LEAST < times * TRIED <= MOST or float(left @ left) > CLEARLY * float(bent @ bent):
        return 0.0
    return times * TRIED


def _by_damping(card: Card, clean: CleanCard, damping: float) -> Floats:
    """Load at the pump [N] by the quicker solution: of two of these only the difference counts."""
    rods = card.bore.rods
    return harmonic.pump_motion(
        clean.position_m,
        clean.load_n,
        rods,
        strokes_per_minute=card.strokes_per_minute,
        damping_per_s=strings.viscous_rate(rods, damping),
        buoyant_weight_n=0.0,
    ).load_n


def _plateaus(position: Floats, lines: LoadLines) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Points of the upstroke whose load is on, and of the downstroke whose load is off."""
    bottom, top, n = int(np.argmin(position)), int(np.argmax(position)), len(position)
    share = (position - position.min()) / lines.gross_stroke_m
    rising = (np.arange(n) - bottom) % n < (top - bottom) % n
    off = min(0.75, max(0.25, lines.fillage - 0.15))
    return rising & (share > 0.25) & (share < 0.9), ~rising & (share > 0.08) & (share < off)
