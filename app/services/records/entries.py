"""What a person did: first the journal, on the disk; then the cache. A new cache is filled from the journal
again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.notices import Notice, Severity
from app.models.cards import Card, StoredCard
from app.models.entries import Entry, State
from app.models.findings import Finding
from app.models.records import AttachedFile, Record, Version
from app.models.store import cards as card_store
from app.models.store import central, records
from app.models.store import findings as finding_store
from app.models.wells import Well
from app.services.workspace import Workspace

Floats = NDArray[np.float64]

REASON_LIMIT = 2_000


def add_note(
    workspace: Workspace, well_id: int, at: datetime, text: str, sensor: str | None = None
) -> Record:
    """Raises KnownError when the text is empty."""
    if not text.strip():
        raise KnownError("note_empty")
    values = {"text": text.strip()[:REASON_LIMIT], "author": workspace.settings["author"]}
    if sensor:
        values["sensor"] = sensor
    return save_record(workspace, Record(new_id(), "note", well_id, at, None, values))


def save_record(
    workspace: Workspace, record: Record, files: tuple[tuple[str, bytes | Path], ...] = ()
) -> Record:
    """A new record, or a new version of one that is there. On the disk when this returns; the same again
    changes nothing.
    """
    _save_version(workspace, record, "saved", files)
    return record


def remove_record(workspace: Workspace, record: Record) -> None:
    """A last version says so; what the record was stays in its history."""
    _save_version(workspace, record, "removed", ())


def _save_version(
    workspace: Workspace, record: Record, action: str, files: tuple[tuple[str, bytes | Path], ...]
) -> None:
    """Only the journal is asked what was before: a cache that is full or damaged keeps nobody from saving."""
    payload = {
        "record": record.id,
        "kind": record.kind,
        "well": record.well_id,
        "at": iso(record.at),
        "until": iso(record.until) if record.until else None,
        "values": record.values,
        "action": action,
        "author": workspace.settings["author"],
        "well_key": well_key(workspace, record.well_id),
    }
    before = workspace.journal.last_of_record(record.id)
    if before is not None and before.payload == payload and not files:
        return
    # A form's draft and its record have one id: the record takes the draft's place. Another laptop's record
    # is another entry.
    draft = workspace.journal.get(record.id)
    entry_id = record.id if draft is not None and draft.state is State.DRAFT else new_id()
    seen = _seen_version(workspace, record.id, before)
    entry = workspace.journal.add(
        "record",
        payload,
        files,
        entry_id=entry_id,
        supersedes=before.id if before else None if seen else _import_behind(workspace, record.id),
        base=seen,
    )
    apply(workspace, entry)


def well_key(workspace: Workspace, well_id: int) -> dict[str, str] | None:
    """What the well is called outside this cache; None when the cache cannot say, which keeps nobody from
    saving.
    """
    try:
        well = next((well for well in records.wells(workspace.store) if well.id == well_id), None)
    except KnownError:
        return None
    return well.key if well is not None else None


def _seen_version(workspace: Workspace, record_id: str, before: Entry | None) -> str | None:
    """The centre's version that the person saw, where it is newer than what was last sent from here."""
    if before is not None and before.state not in (State.ACKED, State.CONFIRMED):
        return None
    try:
        seen = central.version_of(workspace.store, record_id)
    except KnownError:
        return None
    return str(seen) if seen else None


def _import_behind(workspace: Workspace, record_id: str) -> str | None:
    """The unsent import that brought the record: the change goes after it and was made to its row."""
    from app.models.store import versions as version_store  # the kinds are loaded by the first record

    try:
        import_id = version_store.import_behind(workspace.store, record_id)
    except KnownError:
        return None
    entry = workspace.journal.get(import_id) if import_id else None
    return entry.id if entry is not None and entry.state is not State.DISCARDED else None


def undo_change(workspace: Workspace, record_id: str) -> int:
    """Take the last change of a record back: a new version that is the one before it. Returns the well."""
    versions = _versions_of(workspace, record_id)
    last = record_of(versions[-1].body)
    if len(versions) < 2:
        remove_record(workspace, last)
        return last.well_id
    earlier = versions[-2]
    if earlier.action == "removed":
        remove_record(workspace, last)
    else:
        save_record(workspace, record_of(earlier.body))
    return last.well_id


def _versions_of(workspace: Workspace, record_id: str) -> list[Version]:
    """Raises KnownError when nothing was ever changed here."""
    from app.models.store import versions as version_store  # the kinds are loaded by the first record

    found = version_store.versions(workspace.store, record_id)
    if not found:
        raise KnownError("record_unknown", id=record_id)
    return found


def record_of(payload: dict[str, Any]) -> Record:
    until = payload.get("until")
    return Record(
        payload["record"],
        payload["kind"],
        payload["well"],
        parse_time(payload["at"]),
        parse_time(until) if until else None,
        payload["values"],
    )


# ---- drafts of forms ---------------------------------------------------------------------------------------


def keep_draft(workspace: Workspace, draft_id: str, kind: str, well_id: int, texts: dict[str, Any]) -> None:
    """What is typed so far, as it is typed: a crash loses what came after the last call only."""
    workspace.journal.add(
        "record",
        {"draft": True, "kind": kind, "well": well_id, "texts": texts},
        entry_id=draft_id,
        draft=True,
    )


def draft_of(workspace: Workspace, kind: str, well_id: int) -> Entry | None:
    """The newest draft of such a form on this well."""
    mine = [
        e
        for e in workspace.journal.entries(State.DRAFT)
        if e.kind == "record" and e.payload.get("kind") == kind and e.payload.get("well") == well_id
    ]
    return mine[-1] if mine else None


def drop_draft(workspace: Workspace, draft_id: str) -> None:
    entry = workspace.journal.get(draft_id)
    if entry is not None and entry.state is State.DRAFT:
        workspace.journal.discard(draft_id, "dropped by the person who typed it")


def add_card(
    workspace: Workspace,
    well: Well,
    taken_at: datetime,
    strokes_per_minute: float,
    position_m: Floats,
    load_n: Floats,
) -> StoredCard:
    """A dynamogram typed or pasted here. Raises KnownError (card_*) for a record that is no card, before it
    is kept.
    """
    from app.services.diagnosis import cards  # the physics is loaded by the first card

    card = Card(well.name, taken_at, strokes_per_minute, position_m, load_n)
    cards.to_store(workspace, card, well.id)
    payload = {
        "well": well.id,
        "at": iso(taken_at),
        "strokes_per_minute": strokes_per_minute,
        "position_m": position_m.tolist(),
        "load_n": load_n.tolist(),
        "author": workspace.settings["author"],
        "well_key": well.key,
    }
    entry_id = new_id()
    _save(workspace, "card", payload, entry_id)
    return cards.get(workspace, entry_id)


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
        "well_key": well_key(workspace, finding.well_id),
    }
    _save(workspace, "finding_decision", payload, new_id())


def _save(
    workspace: Workspace, kind: str, payload: dict[str, Any], entry_id: str, supersedes: str | None = None
) -> None:
    entry = workspace.journal.add(kind, payload, entry_id=entry_id, supersedes=supersedes)
    apply(workspace, entry)


def apply(workspace: Workspace, entry: Entry) -> None:
    """Bring one entry into the cache. Applying it twice changes nothing."""
    if entry.kind in ("import", "import_undone"):
        _apply_import(workspace, entry)
        return
    with workspace.store.writing() as cursor:
        entry = _with_local_well(cursor, entry)
        payload = entry.payload
        if entry.kind == "record":
            _apply_version(cursor, entry)
        elif entry.kind == "card":
            card_store.add_in(cursor, [_card_of(workspace, entry)])
        elif entry.kind == "finding_decision":
            finding = finding_store.from_json(payload["finding"])
            finding_store.decide_in(
                cursor, finding, payload["decision"], payload["reason"], payload["author"]
            )


def _with_local_well(cursor: records.Cursor, entry: Entry) -> Entry:
    """A cache made anew numbers its wells anew: the entry's well is found by what it is called, or made."""
    key = entry.payload.get("well_key")
    if not key:
        return entry
    number = central.local_well_in(cursor, key)
    payload = entry.payload | ({"well": number} if "well" in entry.payload else {})
    if entry.kind == "finding_decision":
        payload = payload | {"finding": payload["finding"] | {"well_id": number}}
    return replace(entry, payload=payload)


def _apply_version(cursor: records.Cursor, entry: Entry) -> None:
    """The record as this entry says, and the entry as its newest version."""
    from app.models.kinds import KINDS  # the kinds are loaded by the first record
    from app.models.store import kinds as kind_store
    from app.models.store import versions as version_store

    record, kind = record_of(entry.payload), KINDS[entry.payload["kind"]]
    known = version_store.versions_in(cursor, record.id)
    if any(version.entry == entry.id for version in known):
        return
    if not known:
        original = kind_store.find_in(cursor, kind, record.id)
        if original is not None and original != record:
            body = {
                "record": record.id,
                "kind": record.kind,
                "well": original.well_id,
                "at": iso(original.at),
                "until": iso(original.until) if original.until else None,
                "values": original.values,
            }
            known = [Version(record.id, 1, "", original.at, "", "imported", body)]
            version_store.add_version(cursor, known[0])
    if entry.payload["action"] == "removed":
        kind_store.remove_one(cursor, kind, record.id)
    else:
        kind_store.put_one(cursor, record)
    version_store.add_version(
        cursor,
        Version(
            record.id,
            len(known) + 1,
            entry.id,
            entry.created_at,
            entry.payload["author"],
            entry.payload["action"],
            entry.payload,
        ),
    )
    version_store.attach(
        cursor, [AttachedFile(record.id, file.sha256, file.name, file.size) for file in entry.attachments]
    )


def _card_of(workspace: Workspace, entry: Entry) -> StoredCard:
    from app.services.diagnosis import cards  # the physics is loaded by the first card

    payload = entry.payload
    card = Card(
        str(payload["well"]),
        parse_time(payload["at"]),
        payload["strokes_per_minute"],
        np.array(payload["position_m"], float),
        np.array(payload["load_n"], float),
    )
    return replace(cards.to_store(workspace, card, payload["well"]), id=entry.id)


def _apply_import(workspace: Workspace, entry: Entry) -> None:
    from app.services.imports import importing  # the parsers are loaded by the first file

    if entry.kind == "import":
        importing.apply_entry(workspace, entry)
    else:
        importing.apply_undo(workspace, entry.payload["import"])


def replay(workspace: Workspace) -> None:
    """Fill a new cache from the journal. An entry that cannot be applied is told of and does not stop the
    others.
    """
    for entry in workspace.journal.entries():
        if entry.state in (State.DRAFT, State.DISCARDED):
            continue
        try:
            apply(workspace, entry)
        except KnownError as error:
            workspace.notices.publish(
                Notice(
                    Severity.WARNING, "notice.entry_not_replayed", {"kind": entry.kind, "reason": error.code}
                )
            )


def settle_drafts(workspace: Workspace) -> None:
    """An import that a crash cut short: its rows are in the cache or they are not, and the journal
    follows.
    """
    for entry in workspace.journal.entries(State.DRAFT):
        if entry.kind != "import":
            continue
        if records.import_by_id(workspace.store, entry.id) is not None:
            workspace.journal.move(entry.id, State.QUEUED)
        else:
            workspace.journal.discard(entry.id, "interrupted")
