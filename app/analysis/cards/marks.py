"""What is marked on a card, for screen and paper alike: reference loads, fillage, the places that evidence
speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.limits import permissible_load_n
from app.analysis.cards.loads import fluid_load_from_level_n
from app.models.cards import PumpCard
from app.models.findings import BOTH, PUMP, SURFACE, UP, CardPlace, Finding

Floats = NDArray[np.float64]
FULL = 0.985
"""A pump as full as this has no mark of its fillage."""


@dataclass(frozen=True)
class LoadLevel:
    """A load worth a line on the card.

    Attributes:
        code: of the texts
        load_n: [N]
        left: its name stands there
        serious: a limit
    """

    code: str
    load_n: float
    left: bool = False
    serious: bool = False


@dataclass(frozen=True)
class Place:
    """Points of a card that evidence of a finding names.

    Attributes:
        position_m: [m] (n,)
        load_n: [N] (n,)
        severity: of the finding
    """

    position_m: Floats
    load_n: Floats
    severity: str


def load_levels(analysis: CardAnalysis) -> list[LoadLevel]:
    """The reference loads of a card: lines, F₀ from the level, rods' weight, permissible load.

    Args:
        analysis: of a card
    Returns:
        those that are known; the permissible load where it is under twice the peak
    Valid: any.
    Ours: the marks of domain/rod-pump.md.

    >>> from app.analysis import examples
    >>> [level.code for level in load_levels(examples.card())][:2]
    ['card.upper_line', 'card.lower_line']
    """
    levels = []
    if analysis.lines is not None:
        levels += [
            LoadLevel("card.upper_line", analysis.lines.upper_n),
            LoadLevel("card.lower_line", analysis.lines.lower_n),
        ]
        asked = fluid_load_from_level_n(analysis)
        if asked is not None:
            levels.append(LoadLevel("card.level_line", asked, left=True))
    if analysis.buoyant_weight_n is not None:
        levels.append(LoadLevel("measure.buoyant_rod_weight_n", analysis.buoyant_weight_n, left=True))
    if analysis.card.bore.rods:
        limit = permissible_load_n(analysis.card.bore.rods[0], float(analysis.clean.load_n.min()))
        if limit is not None and limit < 2 * analysis.clean.load_n.max():
            levels.append(LoadLevel("card.permissible", limit, left=True, serious=True))
    return levels


def part_filled_m(analysis: CardAnalysis) -> float | None:
    """Where the plunger meets the liquid.

    Args:
        analysis: of a card
    Returns:
        [m] above the bottom; None for a full pump
    Valid: full is a fillage over 0.985.
    Ours: the net stroke of `load_lines`.

    >>> from app.analysis import examples
    >>> part_filled_m(examples.card()) is None
    True
    """
    lines = analysis.lines
    return None if lines is None or lines.fillage > FULL else lines.net_stroke_m


def evidence_places(analysis: CardAnalysis, findings: Iterable[Finding]) -> list[Place]:
    """Where the evidence of findings shows on a card.

    Args:
        analysis: of the card
        findings: in any order
    Returns:
        the points of each piece of evidence that names a place
    Valid: findings of severity info and rejected ones are not drawn; without a pump card only places on the
        surface card are.
    Ours: each evidence tells its own place (`CardPlace`).

    >>> from app.analysis import examples
    >>> evidence_places(examples.card(), [])
    []
    """
    cards = {SURFACE: PumpCard(analysis.clean.position_m, analysis.clean.load_n)}
    if analysis.pump is not None:
        cards[PUMP] = analysis.pump
    found = []
    for finding in findings:
        if finding.severity == "info" or finding.decision == "rejected":
            continue
        for evidence in finding.evidence:
            if evidence.place is not None and evidence.place.card in cards:
                card = cards[evidence.place.card]
                where = _points_of(evidence.place, card)
                found.append(Place(card.position_m[where], card.load_n[where], finding.severity))
    return found


def _points_of(place: CardPlace, card: PumpCard) -> NDArray[np.bool_]:
    lowest = float(card.position_m.min())
    share = (card.position_m - lowest) / max(float(card.position_m.max()) - lowest, 1e-9)
    where = (share >= place.part[0]) & (share <= place.part[1])
    if place.stroke != BOTH:
        rising = np.arange(len(share)) <= int(np.argmax(share))
        where &= rising if place.stroke == UP else ~rising
    if place.load_n is not None:
        where &= (card.load_n >= place.load_n[0]) & (card.load_n <= place.load_n[1])
    return where
