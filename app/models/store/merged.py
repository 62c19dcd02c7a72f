"""Wells that are one, as they are read: what is kept of a merged well is shown under the well that it went
into. `merging` keeps the table.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import duckdb

OF_ITS_OWN = ("well_passport",)
"""Kinds of records that never speak of another well: what a merged one was called is not the other's name."""
Item = TypeVar("Item")


def relation(cursor: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """Merged well → the well that people see, by their numbers here."""
    return dict(cursor.execute("SELECT well, into_well FROM merged_wells").fetchall())


def parts(cursor: duckdb.DuckDBPyConnection, well: int) -> list[int]:
    """The well and those that went into it: all that is read as its own."""
    found = cursor.execute("SELECT well FROM merged_wells WHERE into_well = ? ORDER BY well", [well])
    return [well, *(number for (number,) in found.fetchall())]


def places(wells: Sequence[int]) -> str:
    """A question mark for each."""
    return ", ".join("?" for _ in wells)


def once(items: Iterable[Item], same: Callable[[Item], Hashable]) -> list[Item]:
    """What two merged wells both have is shown once, as the first of them has it."""
    found: dict[Hashable, Item] = {}
    for item in items:
        found.setdefault(same(item), item)
    return list(found.values())
