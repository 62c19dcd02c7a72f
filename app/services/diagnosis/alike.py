"""Cards like this one: the nearest of the whole history of all wells, with what they turned out to be; and
one decision for a group of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.analysis.cards.alike import nearest, outline_of
from app.core.ids import new_id
from app.core.jobs import Job
from app.models.cards import StoredCard
from app.models.findings import Finding
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import cards as card_store
from app.models.store import findings as finding_store
from app.models.store import kinds as kind_store
from app.models.store import records
from app.models.values import text_of
from app.services.diagnosis import taught
from app.services.records import entries
from app.services.workspace import Workspace

MOST = 40
REPAIRED_WITHIN = timedelta(days=60)


@dataclass(frozen=True)
class Alike:
    """A card, how far it is, and what it turned out to be: the rules' word when it was taken, what people
    decided ("accepted", "rejected"), and what the next repair was for.
    """

    card: StoredCard
    well: str
    apart: float
    said: tuple[str, ...]
    decided: tuple[tuple[str, str], ...]
    repaired: str


def alike(job: Job, workspace: Workspace, card: StoredCard) -> list[Alike]:
    """Nearest first, without the card itself; empty for a card that is no stroke."""
    own = outline_of(card.position_m, card.load_n)
    if own is None:
        return []
    names, rows = workspace.outlines.rows(workspace.store, job)
    numbers, apart = nearest(rows, own, MOST + 1)
    far = {names[n]: float(d) for n, d in zip(numbers.tolist(), apart.tolist(), strict=True)}
    far.pop(card.id, None)
    found = {one.id: one for one in card_store.by_ids(workspace.store, list(far))}
    in_wells = sorted({one.well_id for one in found.values()})
    decided, repaired = _decided(workspace, in_wells), _repairs(workspace, in_wells)
    wells = {int(well.id): well.name for well in records.every_well(workspace.store)}
    return [
        Alike(
            one,
            wells.get(one.well_id, str(one.well_id)),
            far[one.id],
            tuple(one.codes),
            tuple(decided.get((one.well_id, one.taken_at), ())),
            next(
                (
                    why
                    for at, why in repaired.get(one.well_id, ())
                    if one.taken_at <= at <= one.taken_at + REPAIRED_WITHIN
                ),
                "",
            ),
        )
        for name in far
        if (one := found.get(name)) is not None
    ][:MOST]


def _of(workspace: Workspace, kind: str, wells: list[int]) -> list[Record]:
    return kind_store.found(workspace.store, KINDS[kind], "list_contains(?, well)", [wells])


def _decided(workspace: Workspace, wells: list[int]) -> dict[tuple[int, datetime], list[tuple[str, str]]]:
    found: dict[tuple[int, datetime], list[tuple[str, str]]] = {}
    for one in _of(workspace, finding_store.DECISION, wells):
        told = (text_of(one.values, "code"), text_of(one.values, "decision"))
        found.setdefault((one.well_id, one.at), []).append(told)
    return found


def _repairs(workspace: Workspace, wells: list[int]) -> dict[int, list[tuple[datetime, str]]]:
    found: dict[int, list[tuple[datetime, str]]] = {}
    for one in _of(workspace, "workover", wells):
        if text_of(one.values, "state") != "planned":
            why = text_of(one.values, "reason") or text_of(one.values, "result")
            found.setdefault(one.well_id, []).append((one.at, why))
    return {well: sorted(of) for well, of in found.items()}


def decide_together(
    job: Job, workspace: Workspace, cards: Iterable[StoredCard], code: str, decision: str, reason: str
) -> tuple[str, int]:
    """One decision for a group of cards: a record for each well and day, as a finding is of a day; one deed
    that is taken back as a whole. Returns the last one, by whose
    name all are taken back, and how many. Raises KnownError (reason_missing, as an entry).
    """
    group, last, count = new_id(), "", 0
    of_days = {(card.well_id, card.taken_at.date()): card for card in cards}
    for card in of_days.values():
        job.check()
        finding = Finding(card.well_id, code, "watch", 0.0, card.taken_at, card.taken_at)
        seen = {**taught.seen_of(workspace, finding), "group": group}
        last = entries.decide(workspace, finding, decision, reason, seen).id
        count += 1
    return last, count
