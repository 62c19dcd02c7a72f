"""Wells, installations, tests, events, analyses, notes and imports of the cache."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import duckdb

from app.core.clock import from_us
from app.models.limits import clean_name
from app.models.records import Event, FlowTest, ImportRecord, LabResult, Note
from app.models.store import rows
from app.models.store.database import Database
from app.models.wells import Installation, Well, WellId, well_uid

Cursor = duckdb.DuckDBPyConnection


def naive(moment: datetime | None) -> datetime | None:
    """DuckDB's TIMESTAMP has no zone: UTC by agreement."""
    return None if moment is None else moment.replace(tzinfo=None)


def _utc(moment_us: int | None) -> datetime | None:
    return None if moment_us is None else from_us(moment_us)


def put_wells(cursor: duckdb.DuckDBPyConnection, wells: list[Well]) -> None:
    rows.put(
        cursor,
        "wells",
        ("id", "field", "pad", "name", "lift", "state", "aliases", "depth_m", "uid"),
        [
            [
                w.id,
                clean_name(w.field_name),
                clean_name(w.pad),
                clean_name(w.name),
                w.lift,
                w.state,
                "\n".join(w.aliases),
                w.depth_m,
                w.key["uid"],
            ]
            for w in wells
        ],
    )


def wells(database: Database) -> list[Well]:
    with database.reading() as cursor:
        return wells_in(cursor)


def wells_in(cursor: duckdb.DuckDBPyConnection) -> list[Well]:
    found = cursor.execute(
        "SELECT id, name, field, pad, lift, state, aliases, depth_m, uid FROM wells ORDER BY field, pad, name"
    ).fetchall()
    return [
        Well(
            WellId(r[0]),
            r[1],
            r[2],
            r[3],
            r[4],
            r[5],
            tuple(filter(None, r[6].split("\n"))),
            r[7],
            r[8] or well_uid(r[2], r[3], r[1]),
        )
        for r in found
    ]


def put_installations(cursor: duckdb.DuckDBPyConnection, installations: list[Installation]) -> None:
    rows.put(
        cursor,
        "installations",
        ("id", "well", "run_at", "pulled_at", "equipment"),
        [[i.id, i.well, naive(i.run_at), naive(i.pulled_at), json.dumps(i.equipment)] for i in installations],
    )


def installation_at(database: Database, well: int, moment: datetime) -> Installation | None:
    with database.reading() as cursor:
        row = cursor.execute(
            """SELECT id, well, epoch_us(run_at), epoch_us(pulled_at), equipment FROM installations
               WHERE well = ? AND run_at <= ? AND (pulled_at IS NULL OR pulled_at > ?) ORDER BY run_at DESC
               LIMIT 1""",
            [well, naive(moment), naive(moment)],
        ).fetchone()
    if row is None:
        return None
    return Installation(row[0], WellId(row[1]), from_us(row[2]), _utc(row[3]), json.loads(row[4]))


def installations_of(database: Database, well: int) -> list[Installation]:
    """Of one well, oldest first."""
    with database.reading() as cursor:
        found = cursor.execute(
            "SELECT id, well, epoch_us(run_at), epoch_us(pulled_at), equipment FROM installations "
            "WHERE well = ? ORDER BY run_at, id",
            [well],
        ).fetchall()
    return [Installation(r[0], WellId(r[1]), from_us(r[2]), _utc(r[3]), json.loads(r[4])) for r in found]


def installations(database: Database) -> list[Installation]:
    """Of every well, oldest first."""
    with database.reading() as cursor:
        found = cursor.execute(
            "SELECT id, well, epoch_us(run_at), epoch_us(pulled_at), equipment FROM installations ORDER BY "
            "run_at"
        ).fetchall()
    return [Installation(r[0], WellId(r[1]), from_us(r[2]), _utc(r[3]), json.loads(r[4])) for r in found]


def put_flow_tests(cursor: duckdb.DuckDBPyConnection, tests: list[FlowTest]) -> None:
    rows.put(
        cursor,
        "flow_tests",
        (
            "id",
            "well",
            "taken_at",
            "duration_s",
            "liquid_m3_per_s",
            "oil_kg_per_s",
            "water_cut",
            "gas_m3_per_s",
            "line_pressure_pa",
            "valid",
        ),
        [
            [
                t.id,
                t.well_id,
                naive(t.taken_at),
                t.duration_s,
                t.liquid_m3_per_s,
                t.oil_kg_per_s,
                t.water_cut,
                t.gas_m3_per_s,
                t.line_pressure_pa,
                t.valid,
            ]
            for t in tests
        ],
    )


def flow_tests(database: Database, well: int, since: datetime, until: datetime) -> list[FlowTest]:
    """Oldest first."""
    with database.reading() as cursor:
        found = cursor.execute(
            """SELECT id, well, epoch_us(taken_at), duration_s, liquid_m3_per_s, oil_kg_per_s, water_cut,
                gas_m3_per_s,
                      line_pressure_pa, valid FROM flow_tests WHERE well = ? AND taken_at BETWEEN ? AND ?
                      ORDER BY taken_at""",
            [well, naive(since), naive(until)],
        ).fetchall()
    return [FlowTest(r[0], r[1], from_us(r[2]), *r[3:]) for r in found]


def put_events(cursor: duckdb.DuckDBPyConnection, events: list[Event]) -> None:
    rows.put(
        cursor,
        "events",
        ("id", "well", "happened_at", "until", "kind", "note"),
        [[e.id, e.well_id, naive(e.at), naive(e.until), e.kind, e.note] for e in events],
    )


def events(database: Database, well: int, since: datetime, until: datetime) -> list[Event]:
    """Oldest first; a workover is an event of kind `workover` whose note is its kind."""
    with database.reading() as cursor:
        found = cursor.execute(
            """SELECT id, well, epoch_us(began), epoch_us(until), kind, note FROM (
                   SELECT id, well, happened_at AS began, until, kind, note FROM events
                   UNION ALL SELECT id, well, started_at, ended_at, 'workover', kind FROM workovers)
               WHERE well = ? AND began <= ? AND coalesce(until, began) >= ? ORDER BY began""",
            [well, naive(until), naive(since)],
        ).fetchall()
    return [Event(r[0], r[1], from_us(r[2]), _utc(r[3]), r[4], r[5]) for r in found]


def put_lab_results(cursor: duckdb.DuckDBPyConnection, results: list[LabResult]) -> None:
    rows.put(
        cursor,
        "lab_results",
        ("id", "well", "sampled_at", "parameter", "value", "unit", "qualifier", "method"),
        [
            [r.id, r.well_id, naive(r.sampled_at), r.parameter, r.value, r.unit, r.qualifier, r.method]
            for r in results
        ],
    )


def lab_results(database: Database, well: int, since: datetime, until: datetime) -> list[LabResult]:
    with database.reading() as cursor:
        found = cursor.execute(
            """SELECT id, well, epoch_us(sampled_at), parameter, value, unit, qualifier, method
                FROM lab_results
               WHERE well = ? AND sampled_at BETWEEN ? AND ? ORDER BY sampled_at, parameter""",
            [well, naive(since), naive(until)],
        ).fetchall()
    return [LabResult(r[0], r[1], from_us(r[2]), *r[3:]) for r in found]


def notes(database: Database, well: int, since: datetime, until: datetime) -> list[Note]:
    with database.reading() as cursor:
        found = cursor.execute(
            """SELECT id, well, epoch_us(noted_at), sensor, text, author FROM notes
               WHERE well = ? AND noted_at BETWEEN ? AND ? ORDER BY noted_at""",
            [well, naive(since), naive(until)],
        ).fetchall()
    return [Note(r[0], r[1], from_us(r[2]), r[3] or None, r[4], r[5] or "") for r in found]


def put_import(cursor: duckdb.DuckDBPyConnection, record: ImportRecord) -> None:
    cursor.execute(
        "INSERT OR REPLACE INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            record.id,
            naive(record.at),
            record.file_name,
            record.sha256,
            record.kind,
            record.rows_added,
            record.rows_changed,
            record.rows_same,
            record.undone,
        ],
    )


def _import(row: tuple[Any, ...]) -> ImportRecord:
    return ImportRecord(row[0], from_us(row[1]), *row[2:])


_IMPORT = "id, epoch_us(imported_at), file_name, sha256, kind, rows_added, rows_changed, rows_same, undone"


def import_by_id(database: Database, import_id: str) -> ImportRecord | None:
    with database.reading() as cursor:
        row = cursor.execute(f"SELECT {_IMPORT} FROM imports WHERE id = ?", [import_id]).fetchone()
    return _import(row) if row else None


def imports(database: Database) -> list[ImportRecord]:
    """Newest first."""
    with database.reading() as cursor:
        found = cursor.execute(f"SELECT {_IMPORT} FROM imports ORDER BY id DESC").fetchall()
    return [_import(row) for row in found]
