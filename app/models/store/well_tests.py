"""Well tests of the cache: what was recorded, newest first."""

from __future__ import annotations

import json

import duckdb

from app.core.clock import from_us
from app.models.store import merged, rows
from app.models.store.database import Database
from app.models.store.records import naive
from app.models.well_tests import StoredTest


def add_in(cursor: duckdb.DuckDBPyConnection, tests: list[StoredTest], import_id: str | None = None) -> None:
    rows.put(
        cursor,
        "well_tests",
        ("id", "well", "taken_at", "kind", "body", "import_id"),
        [[t.id, t.well_id, naive(t.taken_at), t.kind, json.dumps(t.body), import_id] for t in tests],
    )


def apply_central(cursor: duckdb.DuckDBPyConnection, test: StoredTest) -> None:
    """A test that the centre tells of: the same test (well, moment, kind) that is here already stays under
    its own name.
    """
    row = cursor.execute(
        "SELECT count(*) FROM well_tests WHERE well = ? AND taken_at = ? AND kind = ?",
        [test.well_id, naive(test.taken_at), test.kind],
    ).fetchone()
    if row and row[0] == 0:
        add_in(cursor, [test])


def remove(cursor: duckdb.DuckDBPyConnection, test_id: str) -> None:
    cursor.execute("DELETE FROM well_tests WHERE id = ?", [test_id])


def of_well(database: Database, well: int) -> list[StoredTest]:
    with database.reading() as cursor:
        wells = merged.parts(cursor, well)
        places = merged.places(wells)
        found = cursor.execute(
            f"SELECT id, epoch_us(taken_at), kind, body FROM well_tests WHERE well IN ({places}) "
            "ORDER BY taken_at DESC, well <> ?",
            [*wells, well],
        ).fetchall()
    once = merged.once(found, lambda row: row[1:] if len(wells) > 1 else row[0])
    return [StoredTest(r[0], well, from_us(r[1]), r[2], json.loads(r[3])) for r in once]


def remove_import(cursor: duckdb.DuckDBPyConnection, import_id: str) -> None:
    cursor.execute("DELETE FROM well_tests WHERE import_id = ?", [import_id])
