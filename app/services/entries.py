"""What a person did: first the journal, on the disk; then the cache. A new cache is filled from the journal again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.notices import Notice, Severity
from app.models.cards import Card, StoredCard
from app.models.findings import Finding
from app.models.journal import Entry, State
from app.models.records import Note
from app.models.store import cards as card_store
from app.models.store import findings as finding_store
from app.models.store import records
from app.models.wells import Well
from app.services.workspace import Workspace

Floats = NDArray[np.float64]

REASON_LIMIT = 2_000


def add_note(workspace: Workspace, well_id: int, at: datetime, text: str, sensor: str | None = None) -> Note:
    """Raises KnownError when the text is empty."""
    if not text.strip():
        raise KnownError("note_empty")
    note = Note(new_id(), well_id, at, sensor, text.strip()[:REASON_LIMIT], workspace.settings["author"])
    payload = {"well": well_id, "at": iso(at), "sensor": sensor, "text": note.text, "author": note.author}
    _save(workspace, "note", payload, note.id)
    return note


def add_card(workspace: Workspace, well: Well, taken_at: datetime, strokes_per_minute: float, position_m: Floats, load_n: Floats) -> StoredCard:  # fmt: skip
    """A dynamogram typed or pasted here. Raises KnownError (card_*) for a record that is no card, before it is kept."""
    from app.services import cards  # the physics is loaded by the first card

    card = Card(well.name, taken_at, strokes_per_minute, position_m, load_n)
    cards.to_store(workspace, card, well.id)
    payload = {
        "well": well.id, "at": iso(taken_at), "strokes_per_minute": strokes_per_minute,
        "position_m": position_m.tolist(), "load_n": load_n.tolist(), "author": workspace.settings["author"],
    }  # fmt: skip
    entry_id = new_id()
    _save(workspace, "card", payload, entry_id)
    return cards.get(workspace, entry_id)


def remove_note(workspace: Workspace, note_id: str) -> None:
    """A new entry says so; the note itself stays in the journal."""
    _save(workspace, "note_removed", {"note": note_id}, new_id(), supersedes=note_id)


def decide(workspace: Workspace, finding: Finding, decision: str, reason: str) -> None:
    """Accept or reject a finding. A rejection needs a reason: it is what the next model learns from."""
    if decision not in ("accepted", "rejected"):
        raise ValueError(f"no decision {decision!r}")
    if decision == "rejected" and not reason.strip():
        raise KnownError("reason_missing")
    payload = {
        "finding": finding_store.to_json(finding),
        "decision": decision,
        "reason": reason.strip()[:REASON_LIMIT],
        "author": workspace.settings["author"],
    }
    _save(workspace, "finding_decision", payload, new_id())


def _save(
    workspace: Workspace, kind: str, payload: dict[str, Any], entry_id: str, supersedes: str | None = None
) -> None:
    entry = workspace.journal.add(kind, payload, entry_id=entry_id, supersedes=supersedes)
    _apply(workspace, entry)


def _apply(workspace: Workspace, entry: Entry) -> None:
    """Bring one entry into the cache. Applying it twice changes nothing."""
    payload = entry.payload
    if entry.kind in ("import", "import_undone"):
        _apply_import(workspace, entry)
        return
    with workspace.store.writing() as cursor:
        if entry.kind == "note":
            note = Note(
                entry.id, payload["well"], parse_time(payload["at"]), payload["sensor"], payload["text"], payload["author"]
            )  # fmt: skip
            records.put_note(cursor, note)
        elif entry.kind == "card":
            card_store.add_in(cursor, [_card_of(workspace, entry)])
        elif entry.kind == "note_removed":
            records.remove_note(cursor, payload["note"])
        elif entry.kind == "finding_decision":
            finding = finding_store.from_json(payload["finding"])
            finding_store.decide_in(
                cursor, finding, payload["decision"], payload["reason"], payload["author"]
            )


def _card_of(workspace: Workspace, entry: Entry) -> StoredCard:
    from app.services import cards  # the physics is loaded by the first card

    payload = entry.payload
    card = Card(
        str(payload["well"]), parse_time(payload["at"]), payload["strokes_per_minute"],
        np.array(payload["position_m"], float), np.array(payload["load_n"], float),
    )  # fmt: skip
    return replace(cards.to_store(workspace, card, payload["well"]), id=entry.id)


def _apply_import(workspace: Workspace, entry: Entry) -> None:
    from app.services import importing  # the parsers are loaded by the first file

    if entry.kind == "import":
        importing.apply_entry(workspace, entry)
    else:
        importing.apply_undo(workspace, entry.payload["import"])


def replay(workspace: Workspace) -> None:
    """Fill a new cache from the journal. An entry that cannot be applied is told of and does not stop the others."""
    for entry in workspace.journal.entries():
        if entry.state in (State.DRAFT, State.DISCARDED):
            continue
        try:
            _apply(workspace, entry)
        except KnownError as error:
            workspace.notices.publish(
                Notice(
                    Severity.WARNING, "notice.entry_not_replayed", {"kind": entry.kind, "reason": error.code}
                )
            )


def settle_drafts(workspace: Workspace) -> None:
    """An import that a crash cut short: its rows are in the cache or they are not, and the journal follows."""
    for entry in workspace.journal.entries(State.DRAFT):
        if entry.kind != "import":
            continue
        if records.import_by_id(workspace.store, entry.id) is not None:
            workspace.journal.move(entry.id, State.QUEUED)
        else:
            workspace.journal.discard(entry.id, "interrupted")
