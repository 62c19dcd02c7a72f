"""Dynamograms: analysed with the equipment that was in the well when they were taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from app.analysis.cards import solve, strings
from app.analysis.cards.figures import USUAL_DENSITY, CardAnalysis, analyse
from app.analysis.cards.meaning import meaningful
from app.analysis.cards.repair import repair
from app.analysis.diagnosis import diagnose_card, diagnose_cards
from app.analysis.rules.base import Verdict
from app.core.clock import iso
from app.core.errors import KnownError, is_of_the_machine
from app.core.ids import new_id
from app.core.plain import as_json
from app.core.units import DAY_S
from app.models.cards import Card, PumpCard, StoredCard, WellBore
from app.models.findings import Finding, rank
from app.models.records import Source
from app.models.store import cards as card_store
from app.models.store import findings as finding_store
from app.models.store import records
from app.models.values import Values, number_of
from app.models.wells import Well
from app.services.wells.equipment import EquipmentHistory, equipment_at
from app.services.workspace import Workspace

# What strips, tables and trends show of a card without analysing it again.
KEPT = (
    "surface_stroke_m",
    "peak_polished_rod_load_n",
    "minimum_polished_rod_load_n",
    "polished_rod_power_w",
    "fillage",
    "fluid_load_n",
    "net_stroke_m",
    "gross_stroke_m",
    "pump_intake_pressure_pa",
    "pump_displacement_m3_per_s",
)


def bore_at(workspace: Workspace, well_id: int, moment: datetime) -> WellBore:
    """Equipment of the well at `moment` and what was measured near it; an empty one when nothing is known."""
    return equipment_at(workspace, well_id, moment).bore


def computed_with(workspace: Workspace, card: StoredCard) -> tuple[Source, ...]:
    """The records that its figures come from, each with its date."""
    return equipment_at(workspace, card.well_id, card.taken_at).sources


def computed_with_now(workspace: Workspace, well_id: int) -> tuple[Source, ...]:
    """Of the newest card, which the well is judged by; nothing without one."""
    newest = card_store.last(workspace.store, well_id)
    return computed_with(workspace, newest) if newest is not None else ()


def analyse_stored(workspace: Workspace, card: StoredCard) -> CardAnalysis:
    """Raises KnownError (card_*)."""
    return analysed_with(card, bore_at(workspace, card.well_id, card.taken_at))


def analysed_with(card: StoredCard, bore: WellBore) -> CardAnalysis:
    """Raises KnownError (card_*)."""
    return analyse(
        Card(
            str(card.well_id), card.taken_at, card.strokes_per_minute, card.position_m, card.load_n, bore=bore
        )
    )


def to_store(workspace: Workspace, card: Card, well_id: int) -> StoredCard:
    """With its figures; rods and pump come from the card itself, else from the well. Raises KnownError
    (card_*).
    """
    return all_to_store(workspace, [(card, well_id)])[0]


def kept_form(workspace: Workspace, card: Card, well_id: int, card_id: str) -> StoredCard:
    """As it was measured, with its figures where the physics can make them: a card that it cannot read, or a
    well whose equipment it cannot, is no reason to lose the measurement. Its page says what is wrong.
    """
    try:
        return replace(to_store(workspace, card, well_id), id=card_id)
    except KnownError as error:
        if error.retry or is_of_the_machine(error):
            raise
        return StoredCard(
            card_id, well_id, card.taken_at, card.strokes_per_minute, card.position_m, card.load_n
        )


def all_to_store(workspace: Workspace, taken: Sequence[tuple[Card, int]]) -> list[StoredCard]:
    """(card, well) each, diagnosed together. Raises KnownError (card_*) of the first that is no card."""
    known = {well: EquipmentHistory(workspace, well) for well in {well for _, well in taken}}
    full = [
        (card if card.bore.rods else replace(card, bore=known[well].at(card.taken_at).bore), well)
        for card, well in taken
    ]
    return stored_forms([(card, well, analyse(card)) for card, well in full])


def stored_forms(analysed: Sequence[tuple[Card, int, CardAnalysis]]) -> list[StoredCard]:
    """(card, well, its analysis) each, with figures and what was found on them."""
    kept = kept_figures([analysis for *_, analysis in analysed])
    return [
        StoredCard(
            new_id(), well, card.taken_at, card.strokes_per_minute, card.position_m, card.load_n, figures
        )
        for (card, well, _), figures in zip(analysed, kept, strict=True)
    ]


def kept_figures(analyses: Sequence[CardAnalysis]) -> list[Values]:
    """What is kept of each card: its figures, what was found on it, and with which equipment."""
    return [
        _kept(analysis, found) for analysis, found in zip(analyses, diagnose_cards(analyses), strict=True)
    ]


def _kept(analysis: CardAnalysis, found: Sequence[tuple[str, Verdict]]) -> Values:
    told = _told(analysis, found).measures
    gravest = sorted(found, key=lambda one: rank(one[1].severity, one[1].confidence))
    return {key: told[key] for key in KEPT} | {
        "codes": [[code, round(verdict.confidence, 3)] for code, verdict in gravest],
        "equipment": analysis.card.bore.fingerprint,
    }


def _told(analysis: CardAnalysis, found: Sequence[tuple[str, Verdict]]) -> CardAnalysis:
    """With the figures that these findings leave a meaning."""
    return meaningful(
        analysis, ((code, v.confidence, [item.code for item in v.evidence]) for code, v in found)
    )


def told_beside(analysis: CardAnalysis, findings: Iterable[Finding]) -> CardAnalysis:
    """With the figures that kept findings leave a meaning; rejected ones take nothing."""
    return meaningful(
        analysis,
        (
            (f.code, f.confidence, [item.code for item in f.evidence])
            for f in findings
            if f.decision != "rejected"
        ),
    )


def findings_of_card(workspace: Workspace, card: StoredCard, analysis: CardAnalysis) -> tuple[Finding, ...]:
    """The kept ones, with their decisions; of a card that was not the newest what the rules say now."""
    kept = finding_store.of_well(workspace.store, card.well_id)
    of_card = tuple(f for f in kept if any(e.card_id == card.id for e in f.evidence))
    return of_card or findings_now(card, analysis)


def diagnosed(analysis: CardAnalysis) -> tuple[CardAnalysis, list[tuple[str, Verdict]]]:
    """A card with the figures that its findings leave a meaning, and the findings."""
    found = diagnose_card(analysis)
    return _told(analysis, found), found


def answer(analysis: CardAnalysis) -> Values:
    """The stable JSON of `wellside card` (domain/card-format.md)."""
    analysis, found = diagnosed(analysis)
    pump = analysis.pump
    return {
        "well": analysis.card.well,
        "taken_at": iso(analysis.card.taken_at),
        "pump_card": None
        if pump is None
        else {"position_m": pump.position_m.tolist(), "load_n": pump.load_n.tolist()},
        "measures": _per_day(analysis.measures),
        "ranges": {name: list(ends) for name, ends in analysis.ranges.items()},
        "findings": [_finding(code, verdict) for code, verdict in found],
        "quality": [{"code": remark.code, "detail": as_json(remark.details)} for remark in analysis.remarks],
    }


def _per_day(measures: Values) -> Values:
    """The measures as the stable JSON has them: rates by the day, each in its place."""
    turned: Values = {}
    for key, value in measures.items():
        if key.endswith("_m3_per_s"):
            rate = number_of(measures, key)
            turned[f"{key.removesuffix('_s')}_d"] = None if rate is None else rate * DAY_S
        else:
            turned[key] = value
    return turned


def _finding(code: str, verdict: Verdict) -> Values:
    return {
        "code": code,
        "confidence": round(verdict.confidence, 4),
        "severity": verdict.severity,
        "evidence": {item.code: as_json(item.details) for item in verdict.evidence},
        "against": {item.code: as_json(item.details) for item in verdict.against},
        "settled_by": list(verdict.settled_by),
        "advice": f"advice.{code}",
    }


@dataclass(frozen=True)
class Outline:
    """An older card as it is drawn behind the newest: no figures, no findings. `pump` None without rods."""

    card: StoredCard
    surface: PumpCard
    pump: PumpCard | None


def outline(workspace: Workspace, card: StoredCard, bore: WellBore) -> Outline:
    """Repaired and taken down the rods, nothing more. Raises KnownError (card_*)."""
    full = Card(
        str(card.well_id), card.taken_at, card.strokes_per_minute, card.position_m, card.load_n, bore=bore
    )
    clean = repair(full)
    surface = PumpCard(clean.position_m, clean.load_n)
    if not bore.rods:
        return Outline(card, surface, None)
    density = strings.fluid_density(bore.fluid) or USUAL_DENSITY
    motion = solve.motion_at_pump(full, clean, solve.hanging(full, density), [])
    start = int(np.argmin(motion.position_m))
    pump = PumpCard(
        np.roll(motion.position_m - motion.position_m.min(), -start), np.roll(motion.load_n, -start)
    )
    return Outline(card, surface, pump)


def history(
    workspace: Workspace, well_id: int, since: datetime | None = None, until: datetime | None = None
) -> list[StoredCard]:
    return card_store.of_well(workspace.store, well_id, since, until)


def nearest(workspace: Workspace, well_id: int, moment: datetime) -> Outline | None:
    """Another well's card, as it is laid over; None for a well without cards. Raises KnownError (card_*)."""
    card = card_store.nearest(workspace.store, well_id, moment)
    if card is None:
        return None
    return outline(workspace, card, bore_at(workspace, well_id, card.taken_at))


def wells_with_cards(workspace: Workspace) -> list[Well]:
    have = card_store.newest(workspace.store)
    return [well for well in records.wells(workspace.store) if well.id in have]


def findings_now(card: StoredCard, analysis: CardAnalysis) -> tuple[Finding, ...]:
    """What the rules say of a card today, not kept: for cards that were not the newest when the well was
    judged.
    """
    return tuple(
        Finding(
            card.well_id,
            code,
            v.severity,
            v.confidence,
            card.taken_at,
            card.taken_at,
            v.evidence,
            v.against,
            v.settled_by,
        )
        for code, v in diagnose_card(analysis)
    )


def get(workspace: Workspace, card_id: str) -> StoredCard:
    card = card_store.by_id(workspace.store, card_id)
    if card is None:
        raise KnownError("card_unknown", id=card_id)
    return card
