"""What the last diagnosis of a well could look at, and the reason where none could be made: not looked is not
nothing found.
"""

from __future__ import annotations

import json

from app.core.errors import KnownError
from app.models.overview import Sight
from app.models.store.database import Database


def keep(database: Database, well: int, reason: KnownError | None, sight: Sight | None = None) -> None:
    """Without a reason the well was assessed, by as many rules as `sight` says."""
    with database.writing() as cursor:
        cursor.execute("DELETE FROM not_assessed WHERE well = ?", [well])
        cursor.execute("DELETE FROM sights WHERE well = ?", [well])
        if sight is not None:
            row = [well, sight.looked, sight.of, json.dumps(sight.missing)]
            cursor.execute("INSERT INTO sights VALUES (?, ?, ?, ?)", row)
        if reason is not None:
            details = json.dumps(reason.details, ensure_ascii=False, default=str)
            cursor.execute("INSERT INTO not_assessed VALUES (?, ?, ?)", [well, reason.code, details])


def sights(database: Database) -> dict[int, Sight]:
    """By well, of all that were assessed."""
    with database.reading() as cursor:
        rows = cursor.execute("SELECT well, looked, rules, missing FROM sights").fetchall()
    return {well: Sight(looked, rules, tuple(json.loads(missing))) for well, looked, rules, missing in rows}


def reason(database: Database, well: int) -> KnownError | None:
    return reasons(database).get(well)


def reasons(database: Database) -> dict[int, KnownError]:
    """By well, of all that could not be assessed."""
    with database.reading() as cursor:
        rows = cursor.execute("SELECT well, code, details FROM not_assessed").fetchall()
    return {well: KnownError(code, **json.loads(details)) for well, code, details in rows}
