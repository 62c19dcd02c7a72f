"""How far the demo field is, kept beside its rows in the cache: light, for the window asks at each start."""

from __future__ import annotations

import json

from app.core.errors import KnownError
from app.models.store import central, leaving_wells, records
from app.models.store.database import Database
from app.services.workspace import Workspace

FIELD = "Полярное"
RECENT, WHOLE = "recent", "whole"
SOURCE, _ORDERED, _REPLAYED = "demo", "ordered", "replayed"


def unfinished(store: Database) -> bool:
    """Whether a build was begun here and has not come to its end."""
    marks = central.marks(store, SOURCE)
    return bool(marks) and not _done(marks)


def lacking(store: Database) -> bool:
    """Whether there is something to build: nothing is here yet, or not all of the demo field."""
    return unfinished(store) or not central.marks(store, SOURCE) and not _of_others(store)


def _of_others(store: Database) -> bool:
    return any(well.field_name != FIELD for well in records.wells(store))


def begin(workspace: Workspace, wells: int, days: int, seed: int) -> None:
    """Or go on. Raises KnownError when other wells are here, a whole demo field, or one begun otherwise."""
    ordered = json.dumps([wells, days, seed])
    marks = central.marks(workspace.store, SOURCE)
    in_use = marks.get(_ORDERED) != ordered or _done(marks) if marks else _of_others(workspace.store)
    if in_use:
        raise KnownError("demo_store_in_use", file=str(workspace.paths.store))
    if not marks:
        worked_on = bool(workspace.journal.entries())
        with workspace.store.writing() as cursor:
            # Wells that a lost cache has from the journal; they come back with what was done on them.
            imports = [one.id for one in records.imports(workspace.store)]
            wells_here = [int(well.id) for well in records.every_well(workspace.store)]
            leaving_wells.remove(cursor, wells_here, imports)
            central.set_mark(cursor, SOURCE, _ORDERED, ordered)
            central.set_mark(cursor, SOURCE, _REPLAYED, "no" if worked_on else "yes")


def of_wells(store: Database) -> dict[str, str]:
    """Well → RECENT or WHOLE; wells that are not here yet are missing."""
    marks = central.marks(store, SOURCE)
    return {name: mark for name, mark in marks.items() if name not in (_ORDERED, _REPLAYED)}


def to_replay(store: Database) -> bool:
    """Whether the journal holds what a person did on a demo field whose cache was lost."""
    return central.mark(store, SOURCE, _REPLAYED) == "no"


def replayed(cursor: records.Cursor) -> None:
    central.set_mark(cursor, SOURCE, _REPLAYED, "yes")


def set_well(cursor: records.Cursor, name: str, mark: str) -> None:
    """In the transaction of the rows it speaks of."""
    central.set_mark(cursor, SOURCE, name, mark)


def _done(marks: dict[str, str]) -> bool:
    wells = json.loads(marks[_ORDERED])[0]
    return list(marks.values()).count(WHOLE) == wells
