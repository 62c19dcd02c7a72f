"""What the centre made of the wells, in the cache: pages show it without a network."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from app.core.clock import from_us
from app.core.plain import JsonObject, loads, object_in
from app.models.made import HEAD, read_made
from app.models.overview import MadeAtCentre
from app.models.store import rows
from app.models.store.database import Database
from app.models.store.records import Cursor, naive


def moments(database: Database) -> dict[int, datetime]:
    """Well → when what is here was made."""
    with database.reading() as cursor:
        found = cursor.execute("SELECT well, epoch_us(made_at) FROM made_at_centre").fetchall()
    return {well: from_us(us) for well, us in found}


def keep(cursor: Cursor, told: Iterable[tuple[int, datetime, str]]) -> None:
    """(well, when it was made, body as it came), each in place of the one before."""
    kept = [[well, naive(at), body] for well, at, body in told]
    rows.put(cursor, "made_at_centre", ("well", "made_at", "body"), kept)


def drop(cursor: Cursor, wells: Iterable[int]) -> None:
    """The centre says nothing of them any more."""
    cursor.execute("DELETE FROM made_at_centre WHERE list_contains(?, well)", [list(wells)])


def body_of(database: Database, well: int) -> JsonObject | None:
    """Raises ValueError for one that is none."""
    with database.reading() as cursor:
        row = cursor.execute("SELECT body FROM made_at_centre WHERE well = ?", [well]).fetchone()
    return object_in(row[0]) if row else None


def every(database: Database) -> dict[int, MadeAtCentre]:
    """By well, of all that this version can read."""
    with database.reading() as cursor:
        found = cursor.execute(
            "SELECT well, json_extract(body, ?) FROM made_at_centre WHERE json_valid(body)",
            [[f"$.{key}" for key in HEAD]],
        ).fetchall()
    made: dict[int, MadeAtCentre] = {}
    for well, told in found:
        with suppress(ValueError):
            made[well] = read_made(
                {key: loads(one) for key, one in zip(HEAD, told, strict=True) if one is not None}
            )
    return made
