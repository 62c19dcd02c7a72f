"""What is found by words: entries as lists show them, under the wells that people see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.core.clock import from_us
from app.models.findings import Finding
from app.models.kinds import KINDS
from app.models.records import AttachedFile, FiledRecord
from app.models.search import asking
from app.models.search.found import Hit
from app.models.store import findings, kinds, looked_up, records, versions
from app.models.wells import Well
from app.services.search.items import FINDING
from app.services.workspace import Workspace


@dataclass(frozen=True)
class Found:
    """A hit and the well under which people see it."""

    hit: Hit
    well: Well

    @property
    def at(self) -> datetime:
        return from_us(self.hit.at_us)


def ask(
    workspace: Workspace,
    text: str,
    language: str,
    wells: Iterable[Well] | None = None,
    most: int = asking.SHOWN,
) -> list[Found]:
    """By groups, in each the newest first; of the index as it is. Raises KnownError (disk_full, folder_*)."""
    into = looked_up.seen_as(workspace.store)
    seen = {int(well.id): well for well in records.wells(workspace.store)}
    among: set[int] = set()
    if wells is not None:
        asked = {int(well.id) for well in wells}
        among = asked | {part for part, whole in into.items() if whole in asked}
    hits = asking.ask(workspace.search, text, language, among, most)
    found = ((hit, seen.get(into.get(hit.well, hit.well))) for hit in hits)
    return [Found(hit, well) for hit, well in found if well is not None]


def entry_of(workspace: Workspace, hit: Hit) -> FiledRecord | Finding | None:
    """What a hit stands for, as it is now; None when it is gone since."""
    if hit.kind == FINDING:
        found = findings.of_well(workspace.store, hit.well)
        return next((one for one in found if one.id == hit.id), None)
    record = kinds.find(workspace.store, KINDS[hit.kind], hit.id)
    if record is None:
        return None
    files = versions.attached(workspace.store, record.well_id).get(record.id, [])
    return FiledRecord(record, _that_first(files, hit))


def _that_first(files: list[AttachedFile], hit: Hit) -> tuple[AttachedFile, ...]:
    wanted = hit.file.sha256 if hit.file is not None else ""
    return tuple(sorted(files, key=lambda file: file.sha256 != wanted))
