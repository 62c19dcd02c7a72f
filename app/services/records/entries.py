"""What a person did: first the journal, on the disk; then the cache."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.clock import iso
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.plain import JsonObject
from app.models.cards import StoredCard
from app.models.entries import Entry, State
from app.models.findings import DECISIONS, Finding, finding_id
from app.models.records import Record, Version
from app.models.store import cards as card_store
from app.models.store import central, merged, records
from app.models.store import findings as finding_store
from app.models.values import Values, count_of, part_of
from app.models.wells import Well
from app.services.centre.people import author_of
from app.services.records.applying import bring_in
from app.services.records.payloads import record_of
from app.services.workspace import Workspace

Floats = NDArray[np.float64]

FEWEST_POINTS = 3


def add_note(
    workspace: Workspace, well_id: int, at: datetime, text: str, sensor: str | None = None
) -> Record:
    """Raises KnownError when the text is empty."""
    if not text.strip():
        raise KnownError("note_empty")
    values: Values = {"text": text, "author": author_of(workspace)}
    if sensor:
        values["sensor"] = sensor
    return save_record(workspace, Record(new_id(), "note", well_id, at, None, values))


def save_record(
    workspace: Workspace,
    record: Record,
    files: tuple[tuple[str, bytes | Path], ...] = (),
    key: dict[str, str] | None = None,
) -> Record:
    """A new record, or a new version of one that is there. On the disk when this returns; the same again
    changes nothing. `key`: of a well that is made by this. Raises KnownError (value_*, field_*,
    text_too_long) for what nobody else would take.
    """
    from app.models.holding import checked  # the kinds are loaded by the first record
    from app.models.kinds import KINDS

    record = checked(KINDS[record.kind], record)
    _save_version(workspace, record, "saved", files, key)
    if may_do_a_task(record.kind):
        if record.kind != finding_store.DECISION:
            open_tasks_again(workspace, record.id)
        close_tasks(workspace, record.kind, record.well_id)
    return record


def remove_record(workspace: Workspace, record: Record) -> None:
    """A last version says so; what the record was stays in its history."""
    _save_version(workspace, record, "removed", ())
    if may_do_a_task(record.kind):
        open_tasks_again(workspace, record.id)


def may_do_a_task(kind: str) -> bool:
    from app.services.records.fulfilling import DOES  # the kinds are loaded by the first record

    return kind in DOES


def close_tasks(workspace: Workspace, kind: str = "", well: int | None = None) -> int:
    """Those that an entry has done, whoever wrote it; how many. Doing it twice changes nothing. `kind`,
    `well`: of the entry that was saved; all are looked at without.
    """
    from app.services.records import fulfilling

    closed = fulfilling.closed(workspace, kind, well)
    for task, entry in closed:
        _save_version(workspace, task, "saved", (), follows=entry)
    return len(closed)


def open_tasks_again(workspace: Workspace, entry: str) -> None:
    """What an entry that is gone, or was changed, does no more; another one may have done it as well."""
    from app.services.records import fulfilling

    opened = fulfilling.opened_again(workspace, entry)
    for task in opened:
        _save_version(workspace, task, "saved", (), follows=entry)
    if opened:
        close_tasks(workspace)


def _save_version(
    workspace: Workspace,
    record: Record,
    action: str,
    files: tuple[tuple[str, bytes | Path], ...],
    key: dict[str, str] | None = None,
    follows: str = "",
) -> None:
    """Only the journal is asked what was before: a cache that is full or damaged keeps nobody from saving."""
    before = workspace.journal.last_of_record(record.id)
    record = _of_its_own_well(workspace, record)
    payload: JsonObject = {
        "record": record.id,
        "kind": record.kind,
        "well": record.well_id,
        "at": iso(record.at),
        "until": iso(record.until) if record.until else None,
        "values": {**_not_ours(workspace, record, before), **record.values},
        "action": action,
        "author": author_of(workspace),
        "well_key": key or well_key(workspace, record.well_id),
        **({"follows": follows} if follows else {}),
    }
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
    bring_in(workspace, entry)


def _of_its_own_well(workspace: Workspace, record: Record) -> Record:
    """A record of a well that was merged stays that well's, on whatever page it is changed: taken apart
    again, each has its own.
    """
    from app.models.kinds import KINDS
    from app.models.store import kinds as kind_store

    try:
        own = kind_store.own_well(workspace.store, KINDS[record.kind], record)
    except KnownError:
        return record
    return replace(record, well_id=own)


def well_key(workspace: Workspace, well_id: int) -> dict[str, str] | None:
    """What the well is called outside this cache; None when the cache cannot say, which keeps nobody from
    saving.
    """
    try:
        well = next((well for well in records.every_well(workspace.store) if well.id == well_id), None)
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

    from app.models.store import versions as version_store

    try:
        import_id = version_store.import_behind(workspace.store, record_id)
    except KnownError:
        return None
    entry = workspace.journal.get(import_id) if import_id else None
    return entry.id if entry is not None and entry.state is not State.DISCARDED else None


def _not_ours(workspace: Workspace, record: Record, before: Entry | None) -> Values:
    """Values of fields that only a newer version of the program knows: an edit here carries them on."""
    from app.models.readable import not_ours  # the kinds are loaded by the first record

    if before is not None and before.state not in (State.ACKED, State.CONFIRMED):
        return not_ours(record.kind, part_of(before.payload, "values"))
    try:
        there = central.of_record(workspace.store, record.id)
    except KnownError:
        there = None
    if there is not None:
        return not_ours(record.kind, part_of(there.body, "values"))
    return not_ours(record.kind, part_of(before.payload, "values")) if before is not None else {}


def undo_change(workspace: Workspace, record_id: str) -> int:
    """Take the last change of a record back: a new version that is the one before it. Returns the well."""
    versions = versions_of(workspace, record_id)
    stand_as(workspace, versions, versions[-2] if len(versions) > 1 else None, versions[-1].entry)
    return count_of(versions[-1].body, "well")


def stand_as(workspace: Workspace, versions: list[Version], wanted: Version | None, undone: str) -> None:
    """The record is again what it was as `wanted`, or gone without it; the entry `undone` is taken back by
    that. `versions` are all of the record.
    """
    last = record_of(versions[-1].body)
    before = workspace.journal.last_of_record(last.id)
    if wanted is None or wanted.action == "removed":
        remove_record(workspace, last)
    else:
        save_record(workspace, record_of(wanted.body))
    by = workspace.journal.last_of_record(last.id)
    is_new = by is not None and (before is None or by.id != before.id)
    workspace.journal.note_taken_back(undone, by.id if by is not None and is_new else new_id())


def versions_of(workspace: Workspace, record_id: str) -> list[Version]:
    """Oldest first. Raises KnownError (record_unknown) when nothing was ever changed here."""

    from app.models.store import versions as version_store

    found = version_store.versions(workspace.store, record_id)
    if not found:
        raise KnownError("record_unknown", id=record_id)
    return found


# ---- drafts of forms ---------------------------------------------------------------------------------------


def keep_draft(workspace: Workspace, draft_id: str, kind: str, well_id: int, texts: JsonObject) -> None:
    """What is typed so far, as it is typed: a crash loses what came after the last call only."""
    workspace.journal.add(
        "record",
        {"draft": True, "kind": kind, "well": well_id, "texts": texts},
        entry_id=draft_id,
        draft=True,
    )


def draft_of(workspace: Workspace, kind: str, well_id: int) -> Entry | None:
    """The newest draft of such a form on this well, or on one that was merged into it."""
    with workspace.store.reading() as cursor:
        wells = merged.parts(cursor, well_id)
    mine = [e for e in drafts(workspace) if e.payload.get("kind") == kind and e.payload.get("well") in wells]
    return mine[-1] if mine else None


def drop_draft(workspace: Workspace, draft_id: str) -> None:
    entry = workspace.journal.get(draft_id)
    if entry is not None and entry.state is State.DRAFT:
        workspace.journal.discard(draft_id, "dropped by the person who typed it")


def drafts(workspace: Workspace) -> list[Entry]:
    """Forms that were begun and not saved, oldest first."""
    return [e for e in workspace.journal.entries(State.DRAFT) if e.kind == "record"]


def add_card(
    workspace: Workspace,
    well: Well,
    taken_at: datetime,
    strokes_per_minute: float,
    position_m: Floats,
    load_n: Floats,
) -> StoredCard:
    """A dynamogram typed or pasted here: on the disk before anything is computed of it. One that the physics
    can make nothing of is kept too, and its page says why. Raises KnownError (card_too_short,
    card_not_numbers) for what is no list of points.
    """
    _refuse_no_points(well, position_m, load_n)
    payload = {
        "well": well.id,
        "at": iso(taken_at),
        "strokes_per_minute": strokes_per_minute,
        "position_m": position_m.tolist(),
        "load_n": load_n.tolist(),
        "author": author_of(workspace),
        "well_key": well.key,
    }
    entry = workspace.journal.add("card", payload, entry_id=new_id())
    bring_in(workspace, entry)
    close_tasks(workspace, "card", int(well.id))
    return StoredCard(entry.id, well.id, taken_at, strokes_per_minute, position_m, load_n)


def give_up_card(workspace: Workspace, entry_id: str, reason: str) -> None:
    """A dynamogram that the centre has not: it leaves the cache, and stays readable in the journal."""
    workspace.journal.note_not_shown(entry_id, reason)  # killed before it is given up, it comes back
    with workspace.store.writing() as cursor:
        card_store.remove(cursor, [entry_id])
    workspace.journal.discard(entry_id, reason)
    open_tasks_again(workspace, entry_id)


def _refuse_no_points(well: Well, position_m: Floats, load_n: Floats) -> None:
    """What a journal cannot keep as numbers, and the centre would not take."""
    count = min(len(position_m), len(load_n))
    if count < FEWEST_POINTS or len(position_m) != len(load_n):
        raise KnownError("card_too_short", well=well.name, count=count, fewest=FEWEST_POINTS)
    wrong = np.flatnonzero(~(np.isfinite(position_m) & np.isfinite(load_n)))
    if len(wrong):
        raise KnownError("card_not_numbers", well=well.name, index=int(wrong[0]))


def decide(
    workspace: Workspace, finding: Finding, decision: str, reason: str, seen: Values | None = None
) -> Record:
    """Accept or reject a finding: a record like any other, so that it reaches the other laptops and the
    centre. A rejection needs a reason: it is what the next model learns from, with the card as the models saw
    it (`diagnosis/taught.seen_of`).
    """
    if decision not in DECISIONS:
        raise ValueError(f"no decision {decision!r}")
    if decision == "rejected" and not reason.strip():
        raise KnownError("reason_missing")
    if not finding.id:  # of an older card, which nobody has stored
        key = well_key(workspace, finding.well_id)
        name = finding_id(key["uid"], finding.code, finding.from_at) if key else new_id()
        finding = replace(finding, id=name)
    return save_record(workspace, finding_store.decision_of(finding, decision, reason.strip(), seen))


def reopen(workspace: Workspace, finding: Finding) -> None:
    """As if nobody had decided yet; what was decided stays in the history."""
    remove_record(workspace, finding_store.decision_of(finding, finding.decision, finding.reason))
