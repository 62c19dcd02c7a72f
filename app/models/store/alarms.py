"""What was found of each limit by the readings: alarms, how it stands, what new readings go on from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from app.core.clock import from_us, to_us
from app.models.store.database import Database
from app.models.store.records import naive
from app.models.store.rows import put

_WATCH = (
    *("well", "pen", "level", "pen_name", "priority", "origin", "record", "quantity", "threshold"),
    *("last_value", "known_until", "gap_s", "suppressed", "trouble", "carried"),
)
_EPISODE = (
    *("well", "pen", "level", "began_at", "raised_at", "ended_at", "ended_by", "furthest"),
    *("threshold", "unknown_s"),
)
_MARK = "epoch_us(goes_on_from), looked_at, epoch_us(looked_until)"
_NAME = """count(*), sum(good), sum(bad), bit_xor(hash(sensor, ts, low, high, mean, good, bad, marks))"""
_OF_ALL = """FROM rollup_1h WHERE well = ? AND sensor IN (SELECT unnest(?))
    AND ts >= date_trunc('hour', make_timestamp(?)) AND ts < make_timestamp(?)"""


@dataclass(frozen=True)
class Watch:
    """How a limit stands. `threshold` is None where it holds no longer, `trouble` says why it cannot be
    watched; `carried` is the looking's own.
    """

    well: int
    pen: str
    level: str
    pen_name: str
    priority: str
    origin: str
    record: str
    quantity: str
    threshold: float | None
    last_value: float | None
    known_until: datetime | None
    gap_s: float
    suppressed: bool
    trouble: str
    carried: str


@dataclass(frozen=True)
class StoredEpisode:
    """One alarm, as `analysis.alarms.watching.Episode` tells it."""

    well: int
    pen: str
    level: str
    began_us: int
    raised_us: int | None
    ended_us: int | None
    ended_by: str
    furthest: float
    threshold: float
    unknown_s: float


@dataclass(frozen=True)
class Mark:
    """By what a well's alarms were found: the next readings go on from `from_us`."""

    from_us: int
    looked_at: str
    until_us: int


def mark(database: Database, well: int) -> Mark | None:
    with database.reading() as cursor:
        row = cursor.execute(
            f"SELECT {_MARK} FROM alarm_marks WHERE well = ?",
            [well],
        ).fetchone()
    return None if row is None else Mark(*row)


def marks(database: Database) -> dict[int, Mark]:
    with database.reading() as cursor:
        rows = cursor.execute(f"SELECT well, {_MARK} FROM alarm_marks").fetchall()
    return {well: Mark(*row) for well, *row in rows}


def name_of_rows(database: Database, well: int, sensors: list[int], from_us: int, to_us: int) -> str:
    """Another one when a reading of this window was added, corrected, marked or taken away."""
    with database.reading() as cursor:
        row = cursor.execute(f"SELECT {_NAME} {_OF_ALL}", [well, sensors, from_us, to_us]).fetchone()
    return repr(row)


def names_of_all_rows(database: Database, well: int | None = None) -> dict[int, str]:
    """By well, of one or of all: of all its readings."""
    with database.reading() as cursor:
        rows = cursor.execute(
            f"SELECT well, {_NAME} FROM rollup_1h WHERE coalesce(well = ?, true) GROUP BY well", [well]
        ).fetchall()
    return {well: repr(row) for well, *row in rows}


def watches_of(database: Database, well: int) -> dict[tuple[str, str], Watch]:
    with database.reading() as cursor:
        rows = cursor.execute(
            f"SELECT {', '.join(_WATCH)} FROM alarm_watches WHERE well = ?".replace(
                "known_until", "epoch_us(known_until)"
            ),
            [well],
        ).fetchall()
    return {(row[1], row[2]): _watch(row) for row in rows}


def _watch(row: tuple[Any, ...]) -> Watch:
    told = dict(zip(_WATCH, row, strict=True))
    until = told.pop("known_until")
    return Watch(known_until=None if until is None else from_us(until), **told)


def renew(
    database: Database,
    well: int,
    found: Iterable[StoredEpisode],
    watches: Iterable[Watch],
    told: Mark,
    *,
    again_from_us: int | None,
) -> None:
    """What was found of a well from `again_from_us` on, or of all of it without: what ended before stays."""
    with database.writing() as cursor:
        _forget(cursor, well, again_from_us)
        put(cursor, "alarm_episodes", _EPISODE, [_row(one) for one in found], keyed=False)
        cursor.execute("DELETE FROM alarm_watches WHERE well = ?", [well])
        put(cursor, "alarm_watches", _WATCH, [_watch_row(one) for one in watches])
        cursor.execute("DELETE FROM alarm_marks WHERE well = ?", [well])
        cursor.execute(
            "INSERT INTO alarm_marks VALUES (?, make_timestamp(?), ?, make_timestamp(?))",
            [well, told.from_us, told.looked_at, told.until_us],
        )


def _forget(cursor: duckdb.DuckDBPyConnection, well: int, from_us_: int | None) -> None:
    if from_us_ is None:
        cursor.execute("DELETE FROM alarm_episodes WHERE well = ?", [well])
    else:
        cursor.execute(
            "DELETE FROM alarm_episodes WHERE well = ? AND coalesce(ended_at >= make_timestamp(?), true)",
            [well, from_us_],
        )


def _row(one: StoredEpisode) -> list[Any]:
    moments = (
        None if us is None else naive(from_us(us)) for us in (one.began_us, one.raised_us, one.ended_us)
    )
    return [one.well, one.pen, one.level, *moments, one.ended_by, one.furthest, one.threshold, one.unknown_s]


def _watch_row(one: Watch) -> list[Any]:
    row = [getattr(one, name) for name in _WATCH]
    row[_WATCH.index("known_until")] = naive(one.known_until)
    return row


@dataclass(frozen=True)
class Raised:
    """When alarms of one limit of one well were raised [µs], in order."""

    well: int
    pen: str
    pen_name: str
    level: str
    raised_us: NDArray[np.int64]


def raised(database: Database, since: datetime, wells: list[int]) -> list[Raised]:
    """Of these wells, or of all without."""
    with database.reading() as cursor:
        rows = cursor.execute(
            """SELECT e.well, e.pen, coalesce(any_value(w.pen_name), ''), e.level,
                list(epoch_us(e.raised_at) ORDER BY e.raised_at)
                FROM alarm_episodes e LEFT JOIN alarm_watches w USING (well, pen, level)
                WHERE e.raised_at >= make_timestamp(?)
                    AND (len(?::INTEGER[]) = 0 OR list_contains(?, e.well))
                GROUP BY e.well, e.pen, e.level ORDER BY e.well, e.pen, e.level""",
            [to_us(since), wells, wells],
        ).fetchall()
    return [Raised(well, pen, name, level, np.array(us, np.int64)) for well, pen, name, level, us in rows]


def lasting(database: Database) -> list[tuple[int, str, str, str, int, int]]:
    """(well, pen, name, level, raised [µs], known until [µs]) of what was raised and has not ended."""
    with database.reading() as cursor:
        return cursor.execute(
            """SELECT e.well, e.pen, w.pen_name, e.level, epoch_us(e.raised_at), epoch_us(w.known_until)
                FROM alarm_episodes e JOIN alarm_watches w USING (well, pen, level)
                WHERE e.ended_at IS NULL AND e.raised_at IS NOT NULL ORDER BY ALL"""
        ).fetchall()
