"""In which order the wells of a day are gone round: as somebody put them, else by the nearest next one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.core import versioned
from app.core.errors import KnownError
from app.core.order import natural
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds
from app.models.values import number_of, texts_of
from app.models.wells import Well
from app.services.workspace import Workspace

FORM = versioned.Form(version=1)
EARTH_M = 6_371_000.0
MOST_WELLS = 5000

Place = tuple[float, float]
Name = TypeVar("Name")


def places(workspace: Workspace) -> dict[int, Place]:
    """Well → where it stands [m] on one plane: of all wells by the kind of coordinates that most have;
    one that has only the other kind has none.
    """
    newest: dict[int, Record] = {}
    for record in kinds.found(workspace.store, KINDS["location"], "true"):
        newest.setdefault(record.well_id, record)
    by_degrees, by_metres = {}, {}
    for well, record in newest.items():
        degrees = _pair(record, "longitude_deg", "latitude_deg")
        metres = _pair(record, "x_m", "y_m")
        if degrees is not None:
            by_degrees[well] = degrees
        if metres is not None:
            by_metres[well] = metres
    return _on_a_plane(by_degrees) if len(by_degrees) >= len(by_metres) else by_metres


def _pair(record: Record, first: str, second: str) -> Place | None:
    x, y = number_of(record.values, first), number_of(record.values, second)
    return None if x is None or y is None else (x, y)


def _on_a_plane(degrees: dict[int, Place]) -> dict[int, Place]:
    """Good for a field: its parallels are one."""
    if not degrees:
        return {}
    middle = math.radians(sum(latitude for _, latitude in degrees.values()) / len(degrees))
    metre = EARTH_M * math.pi / 180
    return {well: (metre * math.cos(middle) * x, metre * y) for well, (x, y) in degrees.items()}


def ordered(wells: Iterable[Well], known: Mapping[int, Place], put: list[str]) -> list[Well]:
    """`put`: uids in the order that somebody chose; those that it does not name come after, pad by pad."""
    by_uid = {well.key["uid"]: well for well in wells}
    chosen = [by_uid[uid] for uid in put if uid in by_uid]
    left = [well for uid, well in by_uid.items() if uid not in set(put)]
    pads: dict[tuple[str, str], list[Well]] = {}
    for well in sorted(left, key=lambda one: natural(one.name)):
        pads.setdefault((well.field_name, well.pad), []).append(well)
    names = sorted(pads, key=lambda pad: (natural(pad[0]), natural(pad[1])))
    middles = {
        pad: _middle([known[int(well.id)] for well in pads[pad] if int(well.id) in known]) for pad in names
    }
    start = known.get(int(chosen[-1].id)) if chosen else None
    for pad in _nearest_next(names, middles, start):
        spots = {well.key["uid"]: known.get(int(well.id)) for well in pads[pad]}
        inside = _nearest_next([well.key["uid"] for well in pads[pad]], spots, start)
        chosen += [by_uid[uid] for uid in inside]
        start = known.get(int(chosen[-1].id), start)
    return chosen


def _nearest_next(names: list[Name], spots: Mapping[Name, Place | None], start: Place | None) -> list[Name]:
    """Those without a place last, in their own order; without a start from the first one."""
    there = {name: spot for name in names if (spot := spots.get(name)) is not None}
    left, found, here = list(there), [], start
    while left:
        here = there[left[0]] if here is None else here
        following = min(left, key=partial(_distance, there, here))
        left.remove(following)
        found.append(following)
        here = there[following]
    return [*found, *(name for name in names if name not in there)]


def _distance(there: Mapping[Name, Place], here: Place, name: Name) -> float:
    return math.dist(here, there[name])


def _middle(spots: list[Place]) -> Place | None:
    if not spots:
        return None
    return sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)


def put(workspace: Workspace) -> list[str]:
    """Uids; none where nobody has put them, or the file is damaged."""
    try:
        return texts_of(versioned.read(_file(workspace)), "wells")
    except (OSError, ValueError):
        return []


def remember(workspace: Workspace, uids: list[str]) -> None:
    """In this order from now on, wells that are not of today behind them; of none: back to the nearest next
    one. Raises KnownError (file_not_written).
    """
    behind = [uid for uid in put(workspace) if uid not in set(uids)] if uids else []
    path = _file(workspace)
    try:
        versioned.write(path, FORM.stamped({"wells": [*uids, *behind][:MOST_WELLS]}))
    except OSError as error:
        raise KnownError("file_not_written", file=str(path), reason=str(error)) from error


def _file(workspace: Workspace) -> Path:
    return workspace.paths.folder / "route.json"
