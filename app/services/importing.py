"""Files into the store: parse, find the wells, journal the file, write in one transaction; and the way back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.core.clock import iso, parse_time, to_us
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.jobs import Job
from app.importers import IMPORTERS
from app.importers.base import Importer, ImportOptions, ParseResult, content_of, head_of
from app.models.cards import StoredCard
from app.models.journal import Entry, State
from app.models.readings import Readings
from app.models.records import ImportRecord
from app.models.store import cards as card_store
from app.models.store import readings as reading_store
from app.models.store import records
from app.models.store import well_tests as well_test_store
from app.models.well_tests import StoredTest
from app.services import cards as card_service
from app.services.wells import find_well
from app.services.workspace import Workspace


@dataclass(frozen=True)
class ImportReport:
    """What one file brought. `id` is empty for a dry run and for a file whose content is already here."""

    id: str
    file: str
    kind: str
    wells: tuple[str, ...]
    added: int
    changed: int
    same: int
    remarks: tuple[tuple[str, dict[str, Any]], ...] = ()
    already: bool = False


@dataclass(frozen=True)
class _Ready:
    """Parsed and checked: what will be written."""

    parsed: ParseResult
    wells: tuple[str, ...]
    well_ids: tuple[int, ...]
    readings: Readings | None
    cards: tuple[StoredCard, ...]
    well_tests: tuple[StoredTest, ...]


def import_file(workspace: Workspace, path: Path, options: ImportOptions | None = None, *, kind: str | None = None,
                dry_run: bool = False, job: Job | None = None) -> ImportReport:  # fmt: skip
    """One file, one transaction. Raises KnownError with file, line, column and value; nothing is written then."""
    options = options or ImportOptions()
    importer = choose(path, kind)
    content = content_of(path)
    ready = _prepare(workspace, path, content, importer, options)
    sha256 = hashlib.sha256(content).hexdigest()
    for record in records.imports(workspace.store):
        if record.sha256 == sha256 and not record.undone:
            return ImportReport("", path.name, ready.parsed.kind, ready.wells, 0, 0, ready.parsed.rows, ready.parsed.remarks, already=True)  # fmt: skip
    if dry_run:
        return ImportReport("", path.name, ready.parsed.kind, ready.wells, ready.parsed.rows, 0, 0, ready.parsed.remarks)  # fmt: skip
    if job is not None:
        job.check()
    payload = {
        "importer": importer.key, "file": path.name, "sha256": sha256, "well": options.well, "mapping": options.mapping,
        "well_ids": list(ready.well_ids), "at": iso(workspace.clock()),
    }  # fmt: skip
    entry = workspace.journal.add("import", payload, ((path.name, content),), entry_id=new_id(), draft=True)
    try:
        record = _write(workspace, entry.id, path.name, payload, ready, job)
    except BaseException:
        workspace.journal.discard(entry.id, "not written")
        raise
    workspace.journal.move(entry.id, State.QUEUED)
    return ImportReport(entry.id, path.name, ready.parsed.kind, ready.wells, record.rows_added, record.rows_changed, record.rows_same, ready.parsed.remarks)  # fmt: skip


def choose(path: Path, kind: str | None) -> Importer:
    """By name when given, else the first that recognises the file. Raises KnownError."""
    head = head_of(path)
    if kind is not None:
        if kind not in IMPORTERS:
            raise KnownError("import_kind", kind=kind, known=", ".join(item.key for item in IMPORTERS))
        return IMPORTERS[kind]
    for importer in IMPORTERS:
        if importer.recognises(path, head):
            return importer
    known = dict.fromkeys(suffix for importer in IMPORTERS for suffix in importer.suffixes)
    raise KnownError("file_unknown_kind", file=str(path), known=", ".join(known))


def _prepare(workspace: Workspace, path: Path, content: bytes, importer: Importer, options: ImportOptions) -> _Ready:  # fmt: skip
    parsed = importer.parse(path, content, options)
    parsed = replace(parsed, remarks=(*parsed.remarks, *_from_the_future(workspace, parsed)))
    names: dict[str, int] = {}

    def well_id(name: str | None) -> int:
        wanted = options.well or name
        if not wanted:
            raise KnownError("import_needs_well", file=str(path))
        well = find_well(workspace, wanted)
        names[well.name] = well.id
        return well.id

    parts = [
        replace(part.readings, well=np.full(len(part.readings), well_id(part.well_name), np.uint16))
        for part in parsed.readings
    ]
    readings = reading_store.in_order(Readings.join(parts)) if parts else None
    cards = tuple(card_service.to_store(workspace, card, well_id(card.well)) for card in parsed.cards)
    tests = tuple(
        StoredTest(new_id(), well_id(test.well or None), test.taken_at, test.kind, test.body)
        for test in parsed.well_tests if test.taken_at is not None
    )  # fmt: skip
    return _Ready(parsed, tuple(names), tuple(names.values()), readings, cards, tests)


def _from_the_future(workspace: Workspace, parsed: ParseResult) -> list[tuple[str, dict[str, Any]]]:
    """A recorder's clock may be wrong: that is said, and the readings are kept."""
    limit = to_us(workspace.clock()) + 86_400_000_000
    ahead = sum(int((part.readings.time_us > limit).sum()) for part in parsed.readings)
    ahead += sum(to_us(card.taken_at) > limit for card in parsed.cards)
    return [("import.future", {"count": ahead})] if ahead else []


def _write(workspace: Workspace, import_id: str, name: str, payload: dict[str, Any], ready: _Ready, job: Job | None) -> ImportRecord:  # fmt: skip
    added = changed = same = 0
    with workspace.store.writing(job) as cursor:
        if ready.readings is not None and len(ready.readings):
            written = reading_store.write_in(cursor, ready.readings, import_id)
            workspace.grids.written(ready.readings)
            added, changed, same = written.added, written.changed, written.same
        if ready.cards:
            new, known = card_store.add_in(cursor, list(ready.cards), import_id)
            added, same = added + new, same + known
        if ready.well_tests:
            well_test_store.add_in(cursor, list(ready.well_tests), import_id)
            added += len(ready.well_tests)
        record = ImportRecord(import_id, parse_time(payload["at"]), name, payload["sha256"], ready.parsed.kind, added, changed, same)  # fmt: skip
        records.put_import(cursor, record)
    return record


def undo(workspace: Workspace, import_id: str) -> ImportRecord:
    """Take one import back, in one transaction. Raises KnownError when a later import stands on its rows."""
    record = records.import_by_id(workspace.store, import_id)
    if record is None or record.undone:
        raise KnownError("import_unknown", id=import_id)
    with workspace.store.reading() as cursor:
        later = reading_store.later_import_over(cursor, import_id)
    if later is not None:
        raise KnownError("import_undo_order", later=later)
    workspace.journal.add("import_undone", {"import": import_id}, supersedes=import_id)
    apply_undo(workspace, import_id)
    return record


def apply_undo(workspace: Workspace, import_id: str) -> None:
    record = records.import_by_id(workspace.store, import_id)
    if record is None or record.undone:
        return
    workspace.grids.forget()
    with workspace.store.writing() as cursor:
        reading_store.undo_import(cursor, import_id)
        card_store.remove_import(cursor, import_id)
        well_test_store.remove_import(cursor, import_id)
        records.put_import(cursor, replace(record, undone=True))


def apply_entry(workspace: Workspace, entry: Entry) -> None:
    """Do a journalled import again, from the file kept with it, into a cache that lost it."""
    if records.import_by_id(workspace.store, entry.id) is not None:
        return
    payload = entry.payload
    attachment = entry.attachments[0]
    path = Path(payload["file"])
    content = workspace.journal.read_blob(attachment.sha256)
    options = ImportOptions(payload["well"], payload["mapping"])
    ready = _prepare(workspace, path, content, IMPORTERS[payload["importer"]], options)
    _write(workspace, entry.id, path.name, payload, ready, None)
