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
from app.models.findings import Finding

Floats = NDArray[np.float64]
# Evidence of the upstroke; the rest of what names a part of the card is of the downstroke.
UPSTROKE = {
    "unloads_early",
    "loads_late",
    "dip_at_place",
    "load_lost_above",
    "load_gone_at",
    "hump_early",
    "above_largest_load",
    "spike_at_top",
    "parallelogram",
    "late_after_turn",
}
BOTH_STROKES = {"drags_both_ways", "ragged_loads", "lens_between_lines"}
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
    """A stretch of the pump card that evidence of a finding names: position_m, load_n (n,)."""

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


def evidence_places(pump: PumpCard | None, findings: Iterable[Finding]) -> list[Place]:
    """Where the evidence shows on the pump card: the stretch of the stroke it names."""
    if pump is None:
        return []
    share = pump.position_m / max(float(pump.position_m.max()), 1e-9)
    up = np.arange(len(share)) <= int(np.argmax(share))
    found = []
    for finding in findings:
        if finding.severity == "info" or finding.decision == "rejected":
            continue
        for evidence in finding.evidence:
            if evidence.card_part is None:
                continue
            low, high = evidence.card_part
            where = (share >= low) & (share <= high)
            if evidence.code not in BOTH_STROKES:
                where &= up if evidence.code in UPSTROKE else ~up
            found.append(Place(pump.position_m[where], pump.load_n[where], finding.severity))
    return found
