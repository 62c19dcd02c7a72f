"""Readings that came from the centre: written like any others, those taken back there taken out here, and
sums to compare.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from app.core.clock import from_us
from app.models.readings import TIED, Readings
from app.models.store import readings, rollups
from app.models.store.database import Database
from app.models.store.merged_readings import OWN, apart
from app.models.store.records import Cursor, naive

if TYPE_CHECKING:
    import pyarrow as pa


def rows_of(table: pa.Table, numbers: dict[int, int]) -> tuple[Readings, Readings]:
    """(to be written, to be taken out) of a table well_id, sensor_type, timestamp, value, quality, deleted.
    Wells nobody knows are left.
    """
    import pyarrow as pa

    well = table.column("well_id").to_numpy()
    lookup = np.zeros(max(numbers, default=0) + 2, np.uint16)  # the last is nobody's
    for number, here in numbers.items():
        lookup[number] = here
    local = lookup[np.minimum(well, len(lookup) - 1)]
    time_us = table.column("timestamp").cast(pa.int64()).to_numpy()
    deleted = table.column("deleted").to_numpy()
    columns = (
        local,
        table.column("sensor_type").to_numpy(),
        time_us,
        table.column("value").to_numpy(),
        table.column("quality").to_numpy(),
    )
    known = local > 0
    if known.all() and not deleted.any():
        return Readings(*columns), Readings.join([])
    there, gone = known & (deleted == 0), known & (deleted != 0)
    return Readings(*(c[there] for c in columns)), Readings(*(c[gone] for c in columns))


def apply(cursor: Cursor, written: Readings, gone: Readings) -> int:
    """In the caller's transaction. Returns how many rows changed."""
    changed = 0
    if len(written):
        result = readings.write_in(cursor, readings.in_order(written))
        changed = result.added + result.changed
    if len(gone):
        changed += _take_out(cursor, gone)
    return changed


def _take_out(cursor: Cursor, gone: Readings) -> int:
    import pyarrow as pa

    cursor.register(
        "gone",
        pa.table({"well": gone.well, "sensor": gone.sensor, "ts": gone.time_us.view("datetime64[us]")}),
    )
    try:
        cursor.execute(
            """CREATE TEMP TABLE touched AS SELECT g.well, g.sensor, min(g.ts) AS from_ts,
                max(g.ts) AS to_ts, any_value(s.dense) AS dense
               FROM gone g JOIN series s USING (well, sensor) GROUP BY g.well, g.sensor"""
        )
        with apart(cursor, "touched"):
            row = cursor.execute(
                "SELECT count(*) FROM readings r SEMI JOIN gone g ON r.well = g.well AND r.sensor = g.sensor "
                "AND r.ts = g.ts"
            ).fetchone()
            cursor.execute(
                "DELETE FROM readings r USING gone g WHERE r.well = g.well AND r.sensor = g.sensor AND r.ts "
                "= g.ts"
            )
            rollups.renew_after_removal(cursor)
    finally:
        cursor.unregister("gone")
        cursor.execute("DROP TABLE IF EXISTS temp.touched")
    return int(row[0]) if row else 0


def older(database: Database, wells: list[int], before: datetime) -> dict[int, datetime]:
    """Well → its first reading, of those that have any before a moment."""
    with database.reading() as cursor:
        found = cursor.execute(
            "SELECT well, epoch_us(min(first_ts)) FROM series WHERE well IN (SELECT unnest(?)) GROUP BY "
            "well HAVING min(first_ts) < ?",
            [wells, naive(before)],
        ).fetchall()
    return {int(row[0]): from_us(row[1]) for row in found}


def evict(cursor: Cursor, well: int, first: datetime, last: datetime) -> int:
    """The readings of a well between two moments. Returns how many."""
    cursor.execute(
        """CREATE TEMP TABLE touched AS SELECT well, sensor, greatest(first_ts, ?) AS from_ts, least(last_ts,
            ?) AS to_ts, dense FROM series
           WHERE well = ? AND first_ts <= ? AND last_ts >= ?""",
        [naive(first), naive(last), well, naive(last), naive(first)],
    )
    try:
        with apart(cursor, "touched"):
            row = cursor.execute(
                "SELECT count(*) FROM readings WHERE well = ? AND ts BETWEEN ? AND ?",
                [well, naive(first), naive(last)],
            ).fetchone()
            cursor.execute(
                "DELETE FROM readings WHERE well = ? AND ts BETWEEN ? AND ?",
                [well, naive(first), naive(last)],
            )
            rollups.renew_after_removal(cursor)
    finally:
        cursor.execute("DROP TABLE IF EXISTS temp.touched")
    return int(row[0]) if row else 0


def sums(database: Database, wells: list[int], since: datetime) -> dict[tuple[int, str], str]:
    """(well, month) → count/times/values/quality/ties, as the centre counts them (`sync/queries`): of its own
    readings, not of wells that were merged into it.
    """
    with database.reading() as cursor:
        found = cursor.execute(
            f"""SELECT well, strftime(month, '%Y-%m'), count(*), CAST(sum(us) AS VARCHAR),
                CAST(CAST(sum(high) AS HUGEINT) * 4294967296 + sum(low) AS VARCHAR), sum(quality),
                CAST(sum((tied * tied + placed + quality) % {TIED}) AS VARCHAR)
            FROM (SELECT *, (placed * placed + high % {TIED} * 2 + low) % {TIED} AS tied
            FROM (SELECT *, CAST(upper AS BIGINT) AS high, CAST(level - upper * 4294967296.0 AS BIGINT) AS low
            FROM (SELECT *, floor(level / 4294967296.0) AS upper
            FROM (SELECT well, quality, date_trunc('month', ts) AS month, epoch_us(ts) AS us,
                floor(least(greatest(CAST(value AS DOUBLE), -1e15), 1e15) * 1099511627776.0) AS level,
                (epoch_us(ts) % {TIED} * 251 + sensor) % {TIED} AS placed
                FROM readings r WHERE well IN (SELECT unnest(?)) AND ts >= ? AND {OWN}))))
            GROUP BY well, month""",
            [wells, naive(since)],
        ).fetchall()
    return {(int(r[0]), str(r[1])): f"{r[2]}/{r[3]}/{r[4]}/{int(r[5])}/{r[6]}" for r in found}


def card_sums(database: Database, wells: list[int], since: datetime) -> dict[tuple[int, str], str]:
    """(well, month) → count/hashes/speeds of its cards, likewise."""
    with database.reading() as cursor:
        found = cursor.execute(
            """SELECT well, strftime(taken_at, '%Y-%m') AS month, count(*),
                CAST(sum(CAST('0x' || substr(sha256, 1, 8) AS BIGINT)) AS VARCHAR),
                CAST(sum(CAST(floor(strokes_per_minute * 1048576.0) AS BIGINT)) AS VARCHAR)
            FROM cards WHERE well IN (SELECT unnest(?)) AND taken_at >= ? GROUP BY well, month""",
            [wells, naive(since)],
        ).fetchall()
    return {(int(r[0]), str(r[1])): f"{r[2]}/{r[3]}/{r[4]}" for r in found}


def compared(database: Database) -> dict[tuple[int, str], tuple[str, str]]:
    """(well, month) → the sums (there, here) of the last comparison that did not agree."""
    with database.reading() as cursor:
        return {
            (int(r[0]), r[1]): (r[2], r[3])
            for r in cursor.execute("SELECT well, month, there, here FROM central_sums").fetchall()
        }


def remember_difference(cursor: Cursor, well: int, month: str, there: str, here: str) -> None:
    cursor.execute("INSERT OR REPLACE INTO central_sums VALUES (?, ?, ?, ?)", [well, month, there, here])
