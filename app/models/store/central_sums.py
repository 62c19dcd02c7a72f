"""The centre's records in the cache, counted: by well and kind, how many and what they say together. What the
centre has no more leaves, unless something unsent stands on it.
"""

from __future__ import annotations

from app.models.store import central
from app.models.store.database import Database
from app.models.store.records import Cursor


def sums(database: Database) -> dict[tuple[int, str], tuple[int, int]]:
    """(the centre's number of the well, kind) → (records, sum of their digests)."""
    with database.reading() as cursor:
        rows = cursor.execute(
            """SELECT w.number, r.kind, count(*), sum(coalesce(d.digest, 0))::BIGINT FROM central_records r
               JOIN central_wells w USING (well) LEFT JOIN record_digests d USING (id) GROUP BY ALL"""
        ).fetchall()
    return {(int(well), str(kind)): (int(count), int(digests)) for well, kind, count, digests in rows}


def keep_only(cursor: Cursor, well: int, kind: str, ids: list[str], pending: frozenset[str]) -> int:
    """Of one well (its number here) and kind. Returns how many left."""
    left = cursor.execute(
        "SELECT id FROM central_records WHERE well = ? AND kind = ? AND NOT list_contains(?, id)",
        [well, kind, ids],
    ).fetchall()
    return central.take_out(cursor, kind, [str(row[0]) for row in left], pending)


def begin_anew(cursor: Cursor) -> None:
    """The centre was set back: none of its records is known to be there until it is told again, nor is what
    could not be read.
    """
    cursor.execute("DELETE FROM unread")
    cursor.execute("UPDATE central_records SET version = 0")


def leave_untold(database: Database, pending: frozenset[str]) -> int:
    """After all was read anew: what was not told again. Returns how many left."""
    with database.reading() as cursor:
        rows = cursor.execute("SELECT kind, id FROM central_records WHERE version = 0").fetchall()
    if not rows:
        return 0
    kinds: dict[str, list[str]] = {}
    for kind, record in rows:
        kinds.setdefault(str(kind), []).append(str(record))
    with database.writing() as cursor:
        return sum(central.take_out(cursor, kind, ids, pending) for kind, ids in kinds.items())
