"""Wells that turned out to be one: which one it is. The same answer on every laptop, in whatever order it
heard of the merges.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.core.errors import Remark
from app.models.values import Read
from app.models.wells import Well


def winners(into: Mapping[str, str]) -> dict[str, str]:
    """Well → the well that it ends up in, of those that do; by uid. `into` has what was said of each: A went
    into B. A into B and B into C make C of both. Of a circle, which two laptops may make, the smallest uid
    stays.
    """
    ends = {well: _end(well, into) for well in into}
    return {well: end for well, end in ends.items() if end != well}


def _end(well: str, into: Mapping[str, str]) -> str:
    way = [well]
    while (following := into.get(way[-1])) is not None:
        if following in way:
            return min(way[way.index(following) :])
        way.append(following)
    return way[-1]


def said_of(key: Mapping[str, str]) -> dict[str, str]:
    """The values of a merge that say into which well (`models/wells.Well.key`)."""
    return {f"into_{part}": key[part] for part in ("uid", "name", "field", "pad") if key[part]}


def key_of(values: Read) -> dict[str, str] | None:
    """The well that a merge goes into, as `Well.key` calls it; None for what is no well."""
    try:
        uid = str(uuid.UUID(str(values.get("into_uid"))))
    except ValueError:
        return None
    field, pad, name = (str(values.get(f"into_{part}") or "") for part in ("field", "pad", "name"))
    return {"uid": uid, "field": field, "pad": pad, "name": name}


@dataclass(frozen=True)
class Overlap:
    """Readings of a well, from when to when, and how many of them another well has at the same moment: with
    the same value and with another one.
    """

    count: int
    first: datetime | None
    last: datetime | None
    same: int
    other: int


@dataclass(frozen=True)
class Prospect:
    """What a merge would bring the other well. `cards_same` and `records_same` it has too: they are shown
    once. Of `records_other` it has another one of the same kind and moment: both are shown. `doubts` are
    sentences (code, details) that a person must say yes to.
    """

    well: Well
    into: Well
    readings: Overlap
    cards: int
    cards_same: int
    tests: int
    records: dict[str, int]
    records_same: int
    records_other: int
    doubts: tuple[Remark, ...]
