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
    """A load worth a line. `code` is a code of the texts; `left` puts its name there; `serious` is a
    limit.
    """

    code: str
    load_n: float
    left: bool = False
    serious: bool = False


@dataclass(frozen=True)
class Place:
    """Points of a card that evidence of a finding names: position_m [m], load_n [N] (n,)."""

    position_m: Floats
    load_n: Floats
    severity: str


def load_levels(analysis: CardAnalysis) -> list[LoadLevel]:
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
    """Where the plunger meets the liquid [m]; None for a full pump."""
    lines = analysis.lines
    return None if lines is None or lines.fillage > FULL else lines.net_stroke_m


def evidence_places(analysis: CardAnalysis, findings: Iterable[Finding]) -> list[Place]:
    """Where the evidence says that it shows: the points of the card that it names."""
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
