"""Fields that this laptop may see no more: their wells leave the cache with all that is known of them. The
journal keeps what was entered here.
"""

from __future__ import annotations

from app.models.store import central, leaving_wells, unread
from app.models.store.records import Cursor


def leave_fields(cursor: Cursor, fields: list[str]) -> int:
    """Wells of the centre only: those that it was never told of are this laptop's own. Returns how many."""
    return _leave(
        cursor,
        "SELECT w.id FROM wells w JOIN central_wells c ON c.well = w.id WHERE list_contains(?, w.field)",
        fields,
    )


def leave_wells(cursor: Cursor, uids: list[str]) -> int:
    """Of these uids. Returns how many left."""
    return _leave(cursor, "SELECT id FROM wells WHERE list_contains(?, uid)", uids)


def leave_record(cursor: Cursor, record: str, pending: frozenset[str]) -> None:
    """With its history and what could not be read of it; one with something unsent is shown still."""
    row = cursor.execute("SELECT kind FROM central_records WHERE id = ?", [record]).fetchone()
    central.take_out(cursor, str(row[0]) if row else "", [record], pending)
    unread.leave_records(cursor, [record])
    if record not in pending:
        for statement in _OF_RECORDS:
            cursor.execute(statement, [[record]])


def _leave(cursor: Cursor, chosen: str, names: list[str]) -> int:
    wells = [row[0] for row in cursor.execute(chosen, [names]).fetchall()]
    if not wells:
        return 0
    mine = cursor.execute(
        "SELECT id FROM central_records WHERE well IN (SELECT unnest(?))", [wells]
    ).fetchall()
    records = [row[0] for row in mine]
    for statement in _OF_RECORDS:
        cursor.execute(statement, [records])
    unread.leave_wells(cursor, wells)
    leaving_wells.take_out(cursor, wells)
    return len(wells)


_OF_RECORDS = (
    "DELETE FROM record_digests WHERE id IN (SELECT unnest(?))",
    "DELETE FROM record_versions WHERE record IN (SELECT unnest(?))",
    "DELETE FROM attachments WHERE record IN (SELECT unnest(?))",
)
