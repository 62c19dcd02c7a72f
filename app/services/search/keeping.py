"""The index kept like the cache is: what differs from it well by well is put in or taken out; then the words
of documents are read, one by one, in the process that reads foreign files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.zones import FieldZone
from app.importers import IMPORTERS
from app.importers.formats.document_words import LARGEST
from app.importers.opening import Asked, read_pieces
from app.models.changes import FINDINGS, WELLS, Changed
from app.models.findings import Finding
from app.models.kinds.spec import Kind
from app.models.records import PHOTOS
from app.models.search.found import ELSEWHERE, WAITS, File, Item, Piece, Told
from app.models.store import findings as finding_store
from app.models.store import kinds, looked_up, records
from app.models.values import count_of, rows_of, text_of
from app.models.wells import Well
from app.services.search import items
from app.services.workspace import Workspace

SCAN = "scan"
"""Of a document whose pages are pictures."""
IN_PASSING = ("file_too_heavy", "file_locked", "file_unreadable")
"""Why a document was not read that says nothing of the document: the next time it may be."""
SCANNED = (".pdf", ".docx", ".odt", ".pptx")
Kept = tuple[str, dict[int, str], Callable[[int], Iterable[Item]]]
"""A kind, well → a mark of its entries as they are now, and what makes the entries of a well."""


def bring_up(workspace: Workspace, job: Job, change: Changed | None = None) -> int:
    """How many entries differ now. `change`: what may differ; anything may without. Raises KnownError
    (disk_full, folder_not_writable).
    """
    there, wells, zone = workspace.search.marks(), _wells(workspace), workspace.settings.zone()
    named = {number: items.well_mark(well, zone) for number, well in wells.items()}
    count = 0
    for kind, now, made in _now(workspace, wells, zone, change):
        known = {well: mark for (of_kind, well), mark in there.items() if of_kind == kind}
        # A well of another name has other words.
        marks = {well: f"{mark}:{named[well]}" for well, mark in now.items() if well in named}
        for well in sorted(known.keys() | marks.keys()):
            mark = marks.get(well, "")
            if mark != known.get(well, ""):
                job.check()
                count += workspace.search.renew(kind, well, mark, made(well) if mark else ())
    return count


def _now(
    workspace: Workspace, wells: dict[int, Well], zone: FieldZone, change: Changed | None
) -> Iterator[Kept]:
    for kind in items.looked_up():
        if _concerns(change, kind.key):
            marks = looked_up.marks(workspace.store, kind, items.where(kind))
            yield kind.key, marks, partial(_records, workspace, kind, wells, zone)
    if _concerns(change, FINDINGS, finding_store.DECISION):
        found = finding_store.open_findings(workspace.store, argued=False)
        marks = {
            well: items.mark([[one.id, one.code, one.from_at.isoformat(), one.reason] for one in of_well])
            for well, of_well in found.items()
        }
        yield items.FINDING, marks, partial(_findings, found, wells, zone)


def _concerns(change: Changed | None, *kinds: str) -> bool:
    return change is None or change.concerns(None, (*kinds, WELLS, "well_passport", "well_merge"))


def _wells(workspace: Workspace) -> dict[int, Well]:
    """As they are kept, each with every name that it is known by."""
    every = {int(well.id): well for well in records.every_well(workspace.store)}
    into = looked_up.seen_as(workspace.store)
    return {
        number: replace(well, absorbed=every[into[number]].names) if into.get(number) in every else well
        for number, well in every.items()
    }


def _records(
    workspace: Workspace, kind: Kind, wells: dict[int, Well], zone: FieldZone, number: int
) -> list[Item]:
    """The oldest first."""
    files = looked_up.files(workspace.store, kind, number) if kind.attaches else {}
    found = kinds.as_kept(workspace.store, kind, f"well = ? AND {items.where(kind)}", [number])
    return [items.of_record(one, wells[number], files.get(one.id, []), zone) for one in reversed(found)]


def _findings(
    found: dict[int, list[Finding]], wells: dict[int, Well], zone: FieldZone, number: int
) -> Iterable[Item]:
    """Each once."""
    of_well = found[number]
    return {one.id: items.of_finding(one, wells[number], zone) for one in of_well if one.id}.values()


# ---- documents ---------------------------------------------------------------------------------------------


def read_documents(workspace: Workspace, job: Job, most: int | None = None) -> int:
    """Those whose words are not known yet, the newest first; how many were read. Whatever is wrong with one
    is kept with it and told where it is found, and the next one is read.
    """
    for file in workspace.search.waiting(ELSEWHERE):
        if workspace.journal.blobs.has(file.sha256):
            workspace.search.note_file(file.sha256, WAITS)
    waiting = workspace.search.waiting()[:most]
    for done, file in enumerate(waiting):
        job.report(done, len(waiting), "search.reading")
        told, pieces = words_of(workspace, job, file)
        workspace.search.put_file(file.sha256, told, pieces)
    return len(waiting)


def try_again(workspace: Workspace) -> int:
    """Documents that something in passing kept from being read (a busy machine, a lock, a disk) wait to be
    read again; how many. What is wrong with a document itself stays told.
    """
    again = [file for code in IN_PASSING for file in workspace.search.waiting(code)]
    for file in again:
        workspace.search.note_file(file.sha256, WAITS)
    return len(again)


def words_of(workspace: Workspace, job: Job, file: File) -> tuple[Told, list[Piece]]:
    """What stands in a file, or why nobody knows."""
    blobs = workspace.journal.blobs
    if not blobs.has(file.sha256):
        return Told(ELSEWHERE), []
    if file.name.lower().endswith(PHOTOS):
        return Told(), []
    try:
        if file.size > LARGEST:
            size, limit = file.size // 2**20, LARGEST // 2**20
            raise KnownError("file_too_large", file=file.name, size=size, limit=limit)
        asked = Asked(begun=job.interrupt_with)
        contents = read_pieces(Path(file.name), blobs.pieces(file.sha256), IMPORTERS["words"], asked)
    except KnownError as error:
        job.check()  # a child that was told to end has died of it
        return Told(error.code, {key: str(value) for key, value in error.details.items()}), []
    finally:
        job.interrupt_with(None)
    data = contents.things[0].data if contents.things else {}
    pieces = [
        Piece(text_of(one, "text"), count_of(one, "place"), text_of(one, "sheet"))
        for one in rows_of(data, "parts")
    ]
    left = text_of(data, "left")
    if not pieces and not left and file.name.lower().endswith(SCANNED):
        left = SCAN
    return Told(left=left, parts=len(pieces)), pieces
