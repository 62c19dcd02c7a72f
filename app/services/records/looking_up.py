"""Documents found by words: of their title, their note, their file's name, and of what stands in a PDF."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.kinds import KINDS
from app.models.records import AttachedFile, Record
from app.models.store import document_texts, kinds, records
from app.models.store import versions as version_store
from app.models.wells import Well
from app.services.records.pdf_text import text_of
from app.services.workspace import Workspace

AROUND = 40
LARGEST = 64 * 2**20


@dataclass(frozen=True)
class Hit:
    """`words` is what stands around the first of the words that were asked for."""

    well: Well
    record: Record
    file: str
    words: str


def find(workspace: Workspace, asked: str, wells: list[Well] | None = None) -> list[Hit]:
    """All of the words must be there, in any order and in any case; newest first."""
    wanted = asked.lower().split()
    if not wanted:
        return []
    hits: list[Hit] = []
    for well in records.wells(workspace.store) if wells is None else wells:
        files = version_store.attached(workspace.store, int(well.id))
        for kind in KINDS:
            if kind.attaches:
                for record in kinds.of_well(workspace.store, kind, int(well.id)):
                    hits += _hits(workspace, well, record, files.get(record.id, []), wanted)
    return sorted(hits, key=lambda hit: hit.record.at, reverse=True)


def _hits(
    workspace: Workspace, well: Well, record: Record, files: list[AttachedFile], wanted: list[str]
) -> list[Hit]:
    said = " ".join(str(value) for value in record.values.values() if isinstance(value, str))
    told = [(file.name, f"{said} {file.name} {_text(workspace, file)}") for file in files] or [("", said)]
    for name, text in told:
        small = text.lower()
        if all(word in small for word in wanted):
            place = small.index(wanted[0])
            shown = text[max(0, place - AROUND) : place + AROUND + len(wanted[0])].strip()
            return [Hit(well, record, name, shown)]
    return []


def _text(workspace: Workspace, file: AttachedFile) -> str:
    """Read once for each content, and kept in the cache; nothing of a file that another laptop has."""
    known = document_texts.known(workspace.store, file.sha256)
    if known is not None:
        return known
    if not workspace.journal.blobs.has(file.sha256) or file.size > LARGEST:
        return ""
    text = text_of(workspace.journal.blobs.read(file.sha256))
    document_texts.put(workspace.store, file.sha256, text)
    return text
