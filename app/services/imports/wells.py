"""Wells that a file names: found, decided once, made when they are new, and taken back with the import."""

from __future__ import annotations

from dataclasses import replace

from app.core.errors import KnownError
from app.importers.plan import Plan
from app.models.limits import MOST_WELLS
from app.models.store import records, wells_made
from app.models.store.readings import Written
from app.models.well_names import Registry
from app.models.wells import Well, WellId


def settle(
    cursor: records.Cursor,
    import_id: str,
    plan: Plan,
    new: tuple[Well, ...],
    placed: dict[str, dict[str, str]],
) -> None:
    """Before the rows: new wells are made, and names that were decided become aliases, so that they are
    decided once. `placed`: what the file says of wells whose field or pad nobody had said.
    """
    add(cursor, import_id, list(new))
    registry = Registry(records.named_in_files_in(cursor))
    for name, place in placed.items():
        known = registry.find(name)
        if known is not None:
            wells_made.placed(cursor, import_id, known, place)
    registry = Registry(records.named_in_files_in(cursor))
    for name, decided in plan.wells.items():
        well = registry.find(decided) if decided else None
        if well is None or registry.find(name) is not None:
            continue
        wells_made.named(cursor, import_id, well, name)
        registry = Registry(records.named_in_files_in(cursor))


def add(cursor: records.Cursor, import_id: str, wells: list[Well], changed: tuple[str, ...] = ()) -> Written:
    """A well that is there already stays as it is. `changed` are those whose lift a record changes: they are
    counted there.
    """
    registry = Registry(records.named_in_files_in(cursor))
    number = max((well.id for well in records.wells_in(cursor)), default=0)
    added = same = 0
    for well in wells:
        if registry.find(well.name) is not None:
            same += well.name not in changed
            continue
        number += 1
        if number > MOST_WELLS:
            raise KnownError("too_many_wells", limit=MOST_WELLS)
        numbered = replace(well, id=WellId(number))
        wells_made.made(cursor, import_id, numbered)
        registry = Registry([*registry.wells, numbered])
        added += 1
    return Written(added, 0, same)
