"""The index kept like the cache is: what differs from it well by well is put in or taken out; then the words
of documents are read, one by one, in the process that reads foreign files.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.core.errors import KnownError
from app.core.jobs import Job
from app.importers import IMPORTERS
from app.importers.formats.document_words import LARGEST
from app.importers.opening import Asked, read_pieces
from app.models.changes import FINDINGS, WELLS, Changed
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
SCANNED = (".pdf", ".docx", ".odt", ".pptx")


Marks = dict[tuple[str, int], str]
"""(kind, well) → what its entries were like when they were put into the index."""


def bring_up(workspace: Workspace, job: Job, change: Changed | None = None) -> int:
    """How many entries differ now. `change`: what may differ; anything may without. Raises KnownError
    (disk_full, folder_not_writable).
    """
    there, wells = workspace.search.marks(), _wells(workspace)
    count = 0
    for kind in items.looked_up():
        if _concerns(change, kind.key):
            count += _renew_kind(workspace, job, kind, wells, there)
    if _concerns(change, FINDINGS, finding_store.DECISION):
        count += _renew_findings(workspace, job, wells, there)
    return count


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


def _renew_kind(workspace: Workspace, job: Job, kind: Kind, wells: dict[int, Well], there: Marks) -> int:
    zone, count = workspace.settings.zone(), 0
    now = looked_up.marks(workspace.store, kind, items.where(kind))
    for number in _differing(kind.key, now, wells, there, workspace):
        job.check()
        told: list[Item] = []
        if number in now and number in wells:
            files = looked_up.files(workspace.store, kind, number) if kind.attaches else {}
            found = kinds.as_kept(workspace.store, kind, f"well = ? AND {items.where(kind)}", [number])
            told = [items.of_record(one, wells[number], files.get(one.id, []), zone) for one in found]
        mark = _whole_mark(now, number, wells, workspace)
        count += workspace.search.renew(kind.key, number, mark, reversed(told))
    return count


def _renew_findings(workspace: Workspace, job: Job, wells: dict[int, Well], there: Marks) -> int:
    zone, count = workspace.settings.zone(), 0
    found = finding_store.open_findings(workspace.store, argued=False)
    now = {
        number: items.mark([[one.id, one.code, one.from_at.isoformat(), one.reason] for one in of_well])
        for number, of_well in found.items()
    }
    for number in _differing(items.FINDING, now, wells, there, workspace):
        job.check()
        told = [
            items.of_finding(one, wells[number], zone) for one in found.get(number, ()) if number in wells
        ]
        once = {one.id: one for one in told if one.id}
        mark = _whole_mark(now, number, wells, workspace)
        count += workspace.search.renew(items.FINDING, number, mark, once.values())
    return count


def _differing(
    kind: str, now: dict[int, str], wells: dict[int, Well], there: Marks, workspace: Workspace
) -> list[int]:
    """Wells whose entries of a kind are not as the index has them."""
    known = {well for of_kind, well in there if of_kind == kind}
    return [
        well
        for well in sorted(known | set(now))
        if there.get((kind, well), "") != _whole_mark(now, well, wells, workspace)
    ]


def _whole_mark(now: dict[int, str], number: int, wells: dict[int, Well], workspace: Workspace) -> str:
    """Empty where there is nothing: a well of another name has other words."""
    if number not in now or number not in wells:
        return ""
    return f"{now[number]}:{items.well_mark(wells[number], workspace.settings.zone())}"


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
