"""Wells whose last diagnosis could not be made, with the reason: not looked is not nothing found."""

from __future__ import annotations

import json

from app.core.errors import KnownError
from app.models.store.database import Database


def keep(database: Database, well: int, reason: KnownError | None) -> None:
    """None: the well was assessed."""
    with database.writing() as cursor:
        cursor.execute("DELETE FROM not_assessed WHERE well = ?", [well])
        if reason is not None:
            details = json.dumps(reason.details, ensure_ascii=False, default=str)
            cursor.execute("INSERT INTO not_assessed VALUES (?, ?, ?)", [well, reason.code, details])


def reason(database: Database, well: int) -> KnownError | None:
    return reasons(database).get(well)


def reasons(database: Database) -> dict[int, KnownError]:
    """By well, of all that could not be assessed."""
    with database.reading() as cursor:
        rows = cursor.execute("SELECT well, code, details FROM not_assessed").fetchall()
    return {well: KnownError(code, **json.loads(details)) for well, code, details in rows}
