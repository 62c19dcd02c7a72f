"""Changes of the centre that this program cannot read, or not all of: kept as they came for one that can."""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.core.plain import JsonObject
from app.models.store import rows
from app.models.store.database import Database
from app.models.store.records import Cursor


@dataclass(frozen=True)
class Unread:
    """`reason` is topic, kind, version or content (nothing of it was read), or fields (all but some)."""

    topic: str
    key: str
    change_no: int
    reason: str
    raw: JsonObject


def keep(cursor: Cursor, found: list[Unread], reader: str) -> None:
    """In the transaction that moves the watermark over them."""
    rows.put(
        cursor,
        "unread",
        ("topic", "key", "change_no", "reason", "reader", "raw"),
        [
            [one.topic, one.key, one.change_no, one.reason, reader, json.dumps(one.raw, ensure_ascii=False)]
            for one in found
        ],
    )


def drop(cursor: Cursor, read: list[int]) -> None:
    """By their numbers: they were read after all."""
    cursor.execute("DELETE FROM unread WHERE change_no IN (SELECT unnest(?))", [read])


def leave_records(cursor: Cursor, keys: list[str]) -> None:
    """All that was told of these."""
    cursor.execute("DELETE FROM unread WHERE list_contains(?, key)", [keys])


def leave_wells(cursor: Cursor, wells: list[int]) -> None:
    """All that was told of what is in these wells (their numbers here) until it came there: of what went on
    from there the rest stays. Before the records of the wells leave.
    """
    there = cursor.execute("SELECT uid FROM wells WHERE list_contains(?, id)", [wells]).fetchall()
    cursor.execute(
        """DELETE FROM unread u USING (
               SELECT id AS key, change_no FROM central_records WHERE list_contains(?, well)
               UNION ALL SELECT key, change_no FROM unread WHERE list_contains(?, raw ->> '$.well.uid')) gone
           WHERE gone.key = u.key AND u.change_no <= gone.change_no""",
        [wells, [uid for (uid,) in there]],
    )


def of_other_readers(database: Database, reader: str) -> list[Unread]:
    """In the order in which they were told."""
    with database.reading() as cursor:
        found = cursor.execute(
            "SELECT topic, key, change_no, reason, raw FROM unread WHERE reader <> ? ORDER BY change_no",
            [reader],
        ).fetchall()
    return [Unread(topic, key, number, reason, json.loads(raw)) for topic, key, number, reason, raw in found]


def counts(database: Database) -> dict[str, int]:
    """Reason → how many."""
    with database.reading() as cursor:
        return dict(cursor.execute("SELECT reason, count(*) FROM unread GROUP BY reason").fetchall())


def any_at_all(database: Database) -> bool:
    with database.reading() as cursor:
        return cursor.execute("SELECT 1 FROM unread LIMIT 1").fetchone() is not None
