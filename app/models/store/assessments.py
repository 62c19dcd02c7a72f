"""What the last diagnosis of a well could look at, and the reason where none could be made: not looked is not
nothing found.
"""

from __future__ import annotations

import json

from app.core.errors import KnownError
from app.models.sights import Sight
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


_SIGHTS = "SELECT well, looked, rules, missing FROM sights"
_REASONS = "SELECT well, code, details FROM not_assessed"
_OF_ONE = " WHERE well = ?"


def sight(database: Database, well: int) -> Sight | None:
    return _sights(database, _SIGHTS + _OF_ONE, well).get(well)


def sights(database: Database) -> dict[int, Sight]:
    """By well, of all that were assessed."""
    return _sights(database, _SIGHTS)


def reason(database: Database, well: int) -> KnownError | None:
    return _reasons(database, _REASONS + _OF_ONE, well).get(well)


def reasons(database: Database) -> dict[int, KnownError]:
    """By well, of all that could not be assessed."""
    return _reasons(database, _REASONS)


def _sights(database: Database, query: str, *bound: int) -> dict[int, Sight]:
    with database.reading() as cursor:
        rows = cursor.execute(query, bound).fetchall()
    # Thousands of wells lack the same few things.
    lacking = {told: tuple(json.loads(told)) for told in {row[3] for row in rows}}
    return {well: Sight(looked, rules, lacking[missing]) for well, looked, rules, missing in rows}


def _reasons(database: Database, query: str, *bound: int) -> dict[int, KnownError]:
    with database.reading() as cursor:
        rows = cursor.execute(query, bound).fetchall()
    return {well: KnownError.of(code, json.loads(details)) for well, code, details in rows}
