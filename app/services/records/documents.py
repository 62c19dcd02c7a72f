"""Files kept with a well as they are: passports, acts, photos. Their content lies with the journal, by its
hash.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from app.core.errors import KnownError
from app.core.ids import new_id
from app.importers.base import LARGEST_WHOLE, head_of
from app.models import limits
from app.models.records import PHOTOS, AttachedFile, Record
from app.models.store import versions as version_store
from app.services.centre import connections
from app.services.imports.importing import ImportReport
from app.services.imports.opening import sha256_of
from app.services.records import entries
from app.services.records.photo_time import taken_at
from app.services.wells.finding import find_well
from app.services.workspace import Workspace

_KINDS = {
    "passport": ("паспорт", "passport"),
    "act": ("акт", "act"),
    "scheme": ("схема", "scheme", "scheme"),
    "protocol": ("протокол", "protocol"),
    "report": ("отчет", "отчёт", "report"),
}


def kind_of(path: Path) -> str:
    if path.suffix.lower() in PHOTOS:
        return "photo"
    name = path.stem.lower()
    return next((kind for kind, words in _KINDS.items() if any(word in name for word in words)), "other")


def attach_file(
    workspace: Workspace, path: Path, well: str | None, *, kind: str | None = None, dry_run: bool = False
) -> ImportReport:
    """One file as one document of a well. Raises KnownError (file_*, import_needs_well)."""
    head_of(path)
    if path.stat().st_size > LARGEST_WHOLE:
        raise KnownError(
            "file_too_large", file=str(path), size=path.stat().st_size // 2**20, limit=LARGEST_WHOLE // 2**20
        )
    if not well:
        raise KnownError("import_needs_well", file=str(path))
    found = find_well(workspace, well)
    sha256 = sha256_of(path)
    there = any(
        file.sha256 == sha256
        for files in version_store.attached(workspace.store, found.id).values()
        for file in files
    )
    if there or dry_run:
        return ImportReport(
            "", path.name, "document", (found.name,), int(not there), 0, int(there), already=there
        )
    name = limits.file_name(path.name)
    at = taken_at(path, workspace.settings.zone()) or datetime.fromtimestamp(path.stat().st_mtime, UTC)
    record = Record(
        new_id(), "document", found.id, at, None, {"kind": kind or kind_of(path), "title": Path(name).stem}
    )
    entries.save_record(workspace, record, ((name, path),))
    return ImportReport(record.id, path.name, "document", (found.name,), 1, 0, 0)


def save_as(workspace: Workspace, file: AttachedFile, target: Path) -> None:
    """The attachment out of the store, checked against its hash. Raises KnownError."""
    fetch(workspace, file)
    beside = target.with_name(f".{target.name}.part")
    try:
        with beside.open("wb") as out:
            for piece in workspace.journal.blobs.pieces(file.sha256):
                out.write(piece)
        beside.replace(target)
    except OSError as error:
        raise KnownError("file_not_written", file=str(target), reason=str(error)) from error
    finally:
        beside.unlink(missing_ok=True)


def content_of(workspace: Workspace, file: AttachedFile) -> bytes:
    """Raises KnownError: damaged, or on another laptop and the centre cannot be reached."""
    fetch(workspace, file)
    return workspace.journal.blobs.read(file.sha256)


def fetch(workspace: Workspace, file: AttachedFile) -> None:
    """A file that another laptop sent: out of the centre when it is first wanted, and kept."""
    if workspace.journal.blobs.has(file.sha256):
        return
    made = connections.connect(workspace)
    try:
        if made.centre is None:
            raise made.problems.get(connections.CENTRE) or KnownError("attachment_elsewhere", name=file.name)
        content = made.centre.file(file.sha256)
    finally:
        made.close()
    workspace.journal.blobs.put(file.name, content)
