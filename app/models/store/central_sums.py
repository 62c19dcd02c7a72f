"""The centre's records in the cache, counted: by well and kind, how many and what they say together. What the
centre has no more leaves, unless something unsent stands on it.
"""

from __future__ import annotations

from app.core.plain import JsonObject
from app.models.store import central, leaving_wells
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


def wells(database: Database) -> list[JsonObject]:
    """What the centre told last of each of its wells that are here."""
    with database.reading() as cursor:
        known = cursor.execute("SELECT w.uid FROM wells w JOIN central_wells c ON c.well = w.id").fetchall()
        return list(central.told_of_wells(cursor, [str(row[0]) for row in known]).values())


def leave_untold_wells(cursor: Cursor) -> int:
    """After all was read anew: wells of which the centre told once and knows nothing, and at which nothing
    stands. Returns how many left.
    """
    known = cursor.execute(
        "SELECT w.id, w.uid FROM wells w JOIN watermarks m ON m.source = ? AND m.part = w.uid "
        "WHERE w.id NOT IN (SELECT well FROM central_wells)",
        [central.WELLS],
    ).fetchall()
    gone = [(well, str(uid)) for well, uid in known if leaving_wells.is_bare(cursor, well)]
    leaving_wells.take_out(cursor, [well for well, _ in gone])
    for _, uid in gone:
        central.drop_marks(cursor, central.WELLS, uid)
    return len(gone)


def keep_only(cursor: Cursor, well: int, kind: str, ids: list[str], pending: frozenset[str]) -> int:
    """Of one well (its number here) and kind. Returns how many left."""
    left = cursor.execute(
        "SELECT id FROM central_records WHERE well = ? AND kind = ? AND NOT list_contains(?, id)",
        [well, kind, ids],
    ).fetchall()
    return central.take_out(cursor, kind, [str(row[0]) for row in left], pending)


def begin_part(cursor: Cursor, well: int, kind: str) -> dict[str, int]:
    """What is told next of one well (its number here) and kind holds, whatever version stood here. Returns
    what its records said, by their ids.
    """
    cursor.execute("UPDATE central_records SET version = 0 WHERE well = ? AND kind = ?", [well, kind])
    said = cursor.execute(
        "SELECT id, coalesce(digest, 0) FROM central_records LEFT JOIN record_digests USING (id) "
        "WHERE well = ? AND kind = ?",
        [well, kind],
    )
    return {str(record): int(digest) for record, digest in said.fetchall()}


def begin_anew(cursor: Cursor) -> None:
    """The centre was set back: none of its records is known to be there until it is told again, nor is what
    could not be read.
    """
    cursor.execute("DELETE FROM unread")
    cursor.execute("UPDATE central_records SET version = 0")


def forget_histories(cursor: Cursor, pending: frozenset[str]) -> None:
    """What the stream told of records' versions and files, before all of it is told again."""
    for statement in (
        "DELETE FROM attachments WHERE record IN (SELECT id FROM central_records) "
        "AND NOT list_contains(?, record)",
        "DELETE FROM record_versions WHERE record IN (SELECT id FROM central_records) "
        "AND NOT list_contains(?, record) AND action <> 'imported'",
    ):
        cursor.execute(statement, [sorted(pending)])


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
