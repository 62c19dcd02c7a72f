"""When equipment changes, the cards taken with it are computed anew, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.analysis.cards.figures import CardAnalysis
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.cards import StoredCard, WellBore
from app.models.records import Source
from app.models.store import cards as card_store
from app.models.values import Values
from app.services.diagnosis import cards
from app.services.wells.equipment import EquipmentHistory, Equipped, Held
from app.services.workspace import Workspace

BATCH = 200
"""Cards that are diagnosed, and written, together."""


def refigure(workspace: Workspace, well_id: int, job: Job | None = None) -> int:
    """Computes again what is kept of every card whose equipment is another now than when it was computed.
    Returns how many.
    """
    stale = _stale(workspace, well_id)
    names = list(stale)
    for start in range(0, len(names), BATCH):
        if job is not None:
            job.check()
        part = card_store.by_ids(workspace.store, names[start : start + BATCH])
        card_store.put_figures(workspace.store, _renewed([(card, stale[card.id]) for card in part]))
    return len(names)


def as_equipped(workspace: Held, well_id: int, kept: Sequence[StoredCard]) -> list[StoredCard]:
    """The same cards; where the equipment is another now than the kept figures were computed with, with those
    of today. Nothing is written.
    """
    stale = _stale(workspace, well_id)
    renewed = dict(_renewed([(card, stale[card.id]) for card in kept if card.id in stale]))
    return [replace(card, figures=renewed.get(card.id, card.figures)) for card in kept]


def _stale(workspace: Held, well_id: int) -> dict[str, WellBore]:
    """Card → the equipment that it was taken with."""
    history = EquipmentHistory(workspace, well_id)
    known: dict[tuple[Source, ...], tuple[WellBore, str] | None] = {}
    found: dict[str, WellBore] = {}
    for name, taken_at, computed_with in card_store.equipment_of(workspace.store, well_id):
        equipped = history.at(taken_at)
        if equipped.sources not in known:
            known[equipped.sources] = _named(equipped)
        now = known[equipped.sources]
        if now is not None and computed_with != now[1]:
            found[name] = now[0]
    return found


def _named(equipped: Equipped) -> tuple[WellBore, str] | None:
    """None for equipment that no card can be computed with: what the card said before stays, and whoever
    asks for its diagnosis is told what is wrong.
    """
    try:
        bore = equipped.bore
    except KnownError:
        return None
    return bore, bore.fingerprint


def _renewed(part: Sequence[tuple[StoredCard, WellBore]]) -> list[tuple[str, Values]]:
    """(card, its figures). Nothing but the name of the equipment where the physics can make nothing of a
    card: its page says why.
    """
    unread: list[tuple[str, Values]] = []
    read: list[tuple[str, CardAnalysis]] = []
    for card, bore in part:
        try:
            read.append((card.id, cards.analysed_with(card, bore)))
        except KnownError:
            unread.append((card.id, {"equipment": bore.fingerprint}))
    figures = cards.kept_figures([analysis for _, analysis in read])
    return [*unread, *((name, kept) for (name, _), kept in zip(read, figures, strict=True))]
