"""From when to when each well has readings: lists of wells ask it before any trend is drawn."""

from __future__ import annotations

from app.models.store.database import Database


def read_spans(database: Database) -> dict[int, tuple[int, int]]:
    """Well → first and last reading [µs], of every well in one query."""
    with database.reading() as cursor:
        rows = cursor.execute(
            "SELECT well, epoch_us(min(first_ts)), epoch_us(max(last_ts)) FROM series GROUP BY well"
        ).fetchall()
    return {well: (first, last) for well, first, last in rows}
