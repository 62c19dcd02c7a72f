"""The demo field leaves the profile again, with what was tried out on it and has not been sent."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.jobs import Job
from app.models.entries import UNSENT, Entry, State
from app.models.store import central, leaving_wells, records
from app.services.demo import marks
from app.services.workspace import Workspace

_REASON = "the demo field was removed"
_HERE_STILL = (State.DRAFT, *(state for state in UNSENT if state is not State.SENDING))


@dataclass(frozen=True)
class Leaving:
    """What goes: wells by their names, and the entries of one's own that were made on them."""

    wells: tuple[str, ...]
    entries: int


def look(workspace: Workspace) -> Leaving:
    """No wells: there is no demo field in this profile."""
    wells = _wells(workspace)
    return Leaving(tuple(wells.values()), len(_tried_out(workspace, set(wells))))


def remove(workspace: Workspace, job: Job | None = None) -> Leaving:
    """The journal keeps what was tried out, as discarded: it stays readable and goes nowhere."""
    wells = _wells(workspace)
    tried = _tried_out(workspace, set(wells))
    for entry in tried:
        if entry.state is State.WAIT_AUTH:
            workspace.journal.move(entry.id, State.QUEUED)
        workspace.journal.discard(entry.id, _REASON)
    with workspace.store.writing(job) as cursor:
        leaving_wells.remove(cursor, [number for number, _ in wells], [entry.id for entry in tried])
        central.drop_marks(cursor, marks.SOURCE)
    workspace.grids.forget()
    workspace.store.checkpoint()
    return Leaving(tuple(wells.values()), len(tried))


def _wells(workspace: Workspace) -> dict[tuple[int, str], str]:
    """(number, uid) → name, of those that the build has put here."""
    built = marks.of_wells(workspace.store)
    every = records.every_well(workspace.store)
    mine = [one for one in every if one.name in built and one.field_name == marks.FIELD]
    return {(int(one.id), one.key["uid"]): one.name for one in mine}


def _tried_out(workspace: Workspace, wells: set[tuple[int, str]]) -> list[Entry]:
    numbers, uids = {number for number, _ in wells}, {uid for _, uid in wells}
    return [one for one in workspace.journal.entries(*_HERE_STILL) if _is_of(one, numbers, uids)]


def _is_of(entry: Entry, numbers: set[int], uids: set[str]) -> bool:
    """An import is the demo field's when all its wells are."""
    keys = entry.well_keys
    keys += [key] if (key := entry.well_key) else []
    if keys:
        return {key.get("uid") for key in keys} <= uids
    return entry.payload.get("well") in numbers
