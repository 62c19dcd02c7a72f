"""Readings of merged wells, seen under the well that they went into: wherever that one has no reading of its
own at the same moment. `merged_rows` says which of its rows are others'. They are never what the centre, an
import or its undoing count: whoever writes readings does it `apart` from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from app.core.clock import from_us
from app.models.merged_wells import Overlap
from app.models.store import rollups
from app.models.store.database import Database

_THEIRS = "r.well = m.well AND r.sensor = m.sensor AND r.ts = m.ts"
OWN = f"NOT EXISTS (SELECT 1 FROM merged_rows m WHERE {_THEIRS})"
"""Of `readings r`: those that are the well's own."""


def overlap(database: Database, well: int, other: int) -> Overlap:
    with database.reading() as cursor:
        count, first, last = _one(
            cursor,
            "SELECT coalesce(sum(n), 0), epoch_us(min(first_ts)), epoch_us(max(last_ts)) FROM series "
            "WHERE well = ?",
            [well],
        )
        same, differ = _one(
            cursor,
            """SELECT count(*) FILTER (a.value = b.value), count(*) FILTER (a.value <> b.value)
               FROM readings a JOIN readings b ON a.sensor = b.sensor AND a.ts = b.ts
               WHERE a.well = ? AND b.well = ?""",
            [well, other],
        )
    first_at, last_at = (None if at is None else from_us(at) for at in (first, last))
    return Overlap(int(count), first_at, last_at, same, differ)


def _one(cursor: duckdb.DuckDBPyConnection, query: str, bound: list[int]) -> tuple[Any, ...]:
    row = cursor.execute(query, bound).fetchone()
    assert row is not None
    return row


@contextmanager
def apart(cursor: duckdb.DuckDBPyConnection, spans: str) -> Iterator[None]:
    """While this lasts the wells have none but their own readings within `spans`: a table (well, sensor,
    from_ts, to_ts) of what is about to be written, of wells that went into another one or the other one.
    """
    row = cursor.execute("SELECT count(*) FROM merged_wells").fetchone()
    if row is None or row[0] == 0:
        yield
        return
    cursor.execute(
        f"""CREATE OR REPLACE TEMP TABLE merged_spans AS
            SELECT coalesce(m.into_well, p.well) AS well, p.sensor, min(p.from_ts) AS from_ts,
                   max(p.to_ts) AS to_ts
            FROM {spans} p LEFT JOIN merged_wells m USING (well)
            WHERE coalesce(m.into_well, p.well) IN (SELECT into_well FROM merged_wells)
            GROUP BY 1, 2"""
    )
    try:
        _take_out(cursor)
        yield
        _put_back(cursor)
    finally:
        cursor.execute("DROP TABLE IF EXISTS temp.merged_spans")


def take_out(cursor: duckdb.DuckDBPyConnection, wells: list[int]) -> None:
    """All that these wells show of others."""
    with _whole(cursor, wells):
        _take_out(cursor)
        _renew(cursor)


def put_back(cursor: duckdb.DuckDBPyConnection, wells: list[int]) -> None:
    """All that these wells show of others, after it was taken out."""
    with _whole(cursor, wells):
        _put_back(cursor)


@contextmanager
def _whole(cursor: duckdb.DuckDBPyConnection, wells: list[int]) -> Iterator[None]:
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE merged_spans AS
           SELECT coalesce(m.into_well, s.well) AS well, s.sensor, min(s.first_ts) AS from_ts,
                  max(s.last_ts) AS to_ts
           FROM series s LEFT JOIN merged_wells m USING (well)
           WHERE list_contains(?, coalesce(m.into_well, s.well)) GROUP BY 1, 2""",
        [wells],
    )
    try:
        yield
    finally:
        cursor.execute("DROP TABLE IF EXISTS temp.merged_spans")


def _take_out(cursor: duckdb.DuckDBPyConnection) -> None:
    """Within merged_spans; roll-ups are left to who renews them."""
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE merged_gone AS SELECT m.* FROM merged_rows m JOIN merged_spans p
           ON m.well = p.well AND m.sensor = p.sensor WHERE m.ts BETWEEN p.from_ts AND p.to_ts"""
    )
    cursor.execute(f"DELETE FROM readings r USING merged_gone m WHERE {_THEIRS}")
    cursor.execute(f"DELETE FROM merged_rows r USING merged_gone m WHERE {_THEIRS}")
    cursor.execute("DROP TABLE temp.merged_gone")


def _put_back(cursor: duckdb.DuckDBPyConnection) -> None:
    """Of two merged wells that both have a reading it is the same one everywhere that speaks."""
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE merged_come AS
           SELECT p.well, r.sensor, r.ts, arg_min(r.value, coalesce(u.uid, u.name)) AS value,
                  arg_min(r.quality, coalesce(u.uid, u.name)) AS quality
           FROM merged_spans p JOIN merged_wells w ON w.into_well = p.well JOIN wells u ON u.id = w.well
           JOIN readings r ON r.well = w.well AND r.sensor = p.sensor
           WHERE r.ts BETWEEN p.from_ts AND p.to_ts AND NOT EXISTS (
               SELECT 1 FROM readings o WHERE o.well = p.well AND o.sensor = r.sensor AND o.ts = r.ts)
           GROUP BY ALL"""
    )
    cursor.execute("INSERT INTO readings SELECT * FROM merged_come ORDER BY well, sensor, ts")
    cursor.execute("INSERT INTO merged_rows SELECT well, sensor, ts FROM merged_come ORDER BY ALL")
    cursor.execute("DROP TABLE temp.merged_come")
    _renew(cursor)


def _renew(cursor: duckdb.DuckDBPyConnection) -> None:
    """Roll-ups and spans of merged_spans anew. A series that turns dense by another well's readings gets its
    minutes from its beginning.
    """
    cursor.execute(
        """CREATE OR REPLACE TEMP TABLE touched AS
           WITH known AS (
               SELECT coalesce(m.into_well, s.well) AS well, s.sensor, bool_or(s.dense) AS dense,
                      coalesce(bool_or(s.dense) FILTER (m.well IS NULL), false) AS was_dense
               FROM series s LEFT JOIN merged_wells m USING (well) GROUP BY 1, 2)
           SELECT p.well, p.sensor, k.dense,
                  if(k.dense AND NOT k.was_dense, TIMESTAMP '1970-01-01', p.from_ts) AS from_ts,
                  if(k.dense AND NOT k.was_dense, TIMESTAMP '2200-01-01', p.to_ts) AS to_ts
           FROM merged_spans p JOIN known k USING (well, sensor)"""
    )
    rollups.renew_after_removal(cursor)
    cursor.execute("DROP TABLE temp.touched")
