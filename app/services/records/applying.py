"""Entries of the journal into the cache: one as it is saved, all of them into a cache that is new."""

from __future__ import annotations

import logging
from dataclasses import replace

import numpy as np

from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.core.jobs import Cancelled
from app.core.notices import Notice, Severity
from app.core.plain import JsonObject
from app.core.registry import Registry
from app.models import merged_wells
from app.models.cards import Card, StoredCard
from app.models.entries import Entry, State
from app.models.kinds.spec import Kind
from app.models.records import AttachedFile, Version
from app.models.store import cards as card_store
from app.models.store import central, records
from app.models.upcasting import PAYLOAD_VERSION
from app.models.values import count_of, needed_number, needed_text
from app.services.records.payloads import record_of
from app.services.workspace import Workspace

_log = logging.getLogger(__name__)
_PAYLOAD, MERGE = "payload", "well_merge"
_STAYING = tuple(state for state in State if state not in (State.DRAFT, State.DISCARDED))


def bring_in(workspace: Workspace, entry: Entry) -> bool:
    """An entry that is saved already, into the cache. Where that cannot be done now, it is told, and done at
    the next opening: what a person did is neither lost nor called unsaved because of the cache.
    """
    try:
        _applied(workspace, entry)
    except KnownError as error:
        workspace.journal.note_not_shown(entry.id, error.code)
        workspace.notices.publish(Notice(Severity.WARNING, "notice.saved_not_shown"))
        workspace.notices.error(error)
        return False
    return True


def bring_in_what_waits(workspace: Workspace) -> None:
    """At opening: what was saved while the cache was full or damaged."""
    taken_back = workspace.journal.taken_back()
    for entry in workspace.journal.not_shown():
        if bring_in(workspace, entry):
            if entry.kind == "import" and entry.id in taken_back:  # before it could be shown
                _take_out(workspace, entry.id, taken_back[entry.id][0])
            workspace.journal.note_shown(entry.id)


def bring_in_what_was_cut_off(workspace: Workspace) -> None:
    """At opening: what was saved, or taken back, in the moment in which the program was killed. Applying it
    twice changes nothing.
    """
    last = central.mark(workspace.store, central.JOURNAL, central.APPLIED)
    for entry in workspace.journal.sending.unsent_after(last) if last else ():
        bring_in(workspace, entry)
    newest = workspace.journal.newest(_STAYING, 1)
    if newest and newest[0].id != last:
        with workspace.store.writing() as cursor:
            central.note_applied(cursor, newest[0].id)


def apply(workspace: Workspace, entry: Entry) -> None:
    """Bring one entry into the cache. Applying it twice changes nothing. Raises KnownError (entry_newer) for
    one that a newer version of the program has written: it stays in the journal until that one runs again.
    """
    if not entry.readable or entry.kind == "record" and entry.payload["kind"] not in known_kinds():
        raise KnownError("entry_newer", kind=entry.kind, version=entry.schema_version)
    if entry.kind in ("import", "import_undone"):
        _apply_import(workspace, entry)
        return
    with workspace.store.writing() as cursor:
        entry = _with_local_well(cursor, entry)
        if entry.kind == "record":
            _apply_version(cursor, entry)
        elif entry.kind == "card":
            card_store.add_in(cursor, [card_of(workspace, entry)])
        central.note_applied(cursor, entry.id)
    if entry.kind == "record" and entry.payload["kind"] == MERGE:
        workspace.grids.forget()


def _applied(workspace: Workspace, entry: Entry) -> None:
    """One border for all entries: what no program of ours has written keeps no profile from opening, and none
    of the others from being shown. Raises KnownError.
    """
    try:
        apply(workspace, entry)
    except (KnownError, Cancelled):
        raise
    except Exception as error:
        _log.exception("entry %s cannot be applied", entry.id)
        reason = f"{type(error).__name__} {error}"[:200]
        raise KnownError("entry_unreadable", kind=entry.kind, reason=reason) from error


def known_kinds() -> Registry[Kind]:
    from app.models.kinds import KINDS  # the kinds are loaded by the first record

    return KINDS


def _with_local_well(cursor: records.Cursor, entry: Entry) -> Entry:
    """A cache made anew numbers its wells anew: the entry's well is found by what it is called, or made."""
    key = entry.well_key
    if not key:
        return entry
    number = central.local_well_in(cursor, key)
    return replace(entry, payload=entry.payload | ({"well": number} if "well" in entry.payload else {}))


def _apply_version(cursor: records.Cursor, entry: Entry) -> None:
    """The record as this entry says, and the entry as its newest version."""
    from app.models.store import kinds as kind_store
    from app.models.store import merging, passports
    from app.models.store import versions as version_store

    record, kind = record_of(entry.payload), known_kinds()[needed_text(entry.payload, "kind")]
    known = version_store.versions_in(cursor, record.id)
    if any(version.entry == entry.id for version in known):
        return
    if not known:
        original = kind_store.find_in(cursor, kind, record.id)
        if original is not None and original != record:
            body: JsonObject = {
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
        if record.kind == passports.KIND:
            passports.taken_back(cursor, record)
    else:
        kind_store.put_one(cursor, record)
        if record.kind == passports.KIND:
            passports.apply(cursor, record)
        into = merged_wells.key_of(record.values) if record.kind == MERGE else None
        if into is not None:
            central.local_well_in(cursor, into)
    if record.kind == MERGE:
        merging.settle(cursor)
    version_store.add_version(
        cursor,
        Version(
            record.id,
            len(known) + 1,
            entry.id,
            entry.created_at,
            needed_text(entry.payload, "author"),
            needed_text(entry.payload, "action"),
            entry.payload,
        ),
    )
    version_store.attach(
        cursor, [AttachedFile(record.id, file.sha256, file.name, file.size) for file in entry.attachments]
    )


def card_of(workspace: Workspace, entry: Entry) -> StoredCard:
    from app.services.diagnosis import cards  # the physics is loaded by the first card

    payload = entry.payload
    card = Card(
        str(payload["well"]),
        parse_time(needed_text(payload, "at")),
        needed_number(payload, "strokes_per_minute"),
        np.array(payload["position_m"], float),
        np.array(payload["load_n"], float),
    )
    return cards.kept_form(workspace, card, count_of(payload, "well"), entry.id)


def _apply_import(workspace: Workspace, entry: Entry) -> None:
    from app.services.imports import writing  # the parsers are loaded by the first file

    if entry.kind == "import":
        writing.apply_entry(workspace, entry)
    else:
        _take_out(workspace, needed_text(entry.payload, "import"), entry.id)


def _take_out(workspace: Workspace, import_id: str, undone_by: str) -> None:
    from app.services.imports import writing  # the parsers are loaded by the first file

    writing.apply_undo(workspace, import_id, undone_by)


def is_filled(workspace: Workspace) -> bool:
    """False for a cache that was lost, and for one whose filling was broken off: the mark is put when an
    opening has come to its end.
    """
    return central.mark(workspace.store, central.JOURNAL, _PAYLOAD) is not None


def replay(workspace: Workspace) -> None:
    """Fill a new cache from the journal. An entry that cannot be applied is told of and does not stop the
    others.
    """
    for entry in workspace.journal.entries():
        if entry.state in (State.DRAFT, State.DISCARDED):
            continue
        try:
            _applied(workspace, entry)
        except KnownError as error:
            workspace.journal.note_not_shown(entry.id, error.code)
            workspace.notices.publish(
                Notice(
                    Severity.WARNING, "notice.entry_not_replayed", {"kind": entry.kind, "reason": error.code}
                )
            )


def read_as_now(workspace: Workspace) -> None:
    """Once after a change of what entries hold: those that this version reads in another form than the one
    that applied them are applied again.
    """
    done = int(central.mark(workspace.store, central.JOURNAL, _PAYLOAD) or 1)
    if done == PAYLOAD_VERSION:
        return
    for entry in workspace.journal.entries():
        if entry.state in (State.DRAFT, State.DISCARDED) or not entry.readable:
            continue
        if entry.as_written.kind != entry.kind or entry.as_written.payload != entry.payload:
            bring_in(workspace, entry)
    with workspace.store.writing() as cursor:
        central.set_mark(cursor, central.JOURNAL, _PAYLOAD, str(PAYLOAD_VERSION))


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
