"""Wells, installations, tests, events, analyses, notes and imports of the cache."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import duckdb

from app.core.clock import from_us
from app.core.ids import is_of_a_file
from app.core.order import natural
from app.models.limits import clean_name
from app.models.records import PLANNED, Event, FlowTest, ImportRecord, LabResult, Note
from app.models.store import merged, rows
from app.models.store.database import Database
from app.models.well_names import normal_name
from app.models.wells import Installation, Well, WellId, well_uid

Cursor = duckdb.DuckDBPyConnection
_RUN = "epoch_us(run_at), epoch_us(pulled_at), equipment"


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
    """As people know them: one that was merged is a name of the other one."""
    with database.reading() as cursor:
        found = wells_in(cursor)
        into = merged.relation(cursor)
    if not into:
        return found
    return [
        replace(
            well, absorbed=tuple(name for one in found if into.get(one.id) == well.id for name in one.names)
        )
        for well in found
        if well.id not in into
    ]


def every_well(database: Database) -> list[Well]:
    """As the centre and files know them: one that was merged keeps what is its own."""
    with database.reading() as cursor:
        return wells_in(cursor)


def named_in_files(database: Database) -> list[Well]:
    with database.reading() as cursor:
        return named_in_files_in(cursor)


def named_in_files_in(cursor: duckdb.DuckDBPyConnection) -> list[Well]:
    """Whose rows a file holds that names them, for a Registry: those of a merged well are its own still, so
    that a laptop that has not heard of the merge, and the centre, file them alike. A name that another well
    has now means that one.
    """
    found = wells_in(cursor)
    into = merged.relation(cursor)
    if not into:
        return found
    seen = [well for well in found if well.id not in into]
    taken = {normal_name(name) for well in seen for name in well.names}
    return [*seen, *(well for well in found if well.id in into and normal_name(well.name) not in taken)]


_WELL = "SELECT id, name, field, pad, lift, state, aliases, depth_m, uid FROM wells"


def wells_in(cursor: duckdb.DuckDBPyConnection) -> list[Well]:
    """By field, pad and name, as people count."""
    found = cursor.execute(f"{_WELL} ORDER BY id").fetchall()
    # Names that count alike stand as they are written: by its numbers each laptop would have its own order.
    found.sort(key=lambda r: (natural(r[2]), natural(r[3]), natural(r[1]), r[1:4]))
    return [_well(row) for row in found]


def well_in(cursor: duckdb.DuckDBPyConnection, number: int) -> Well:
    """One that is there."""
    [row] = cursor.execute(f"{_WELL} WHERE id = ?", [number]).fetchall()
    return _well(row)


def _well(r: tuple[Any, ...]) -> Well:
    return Well(
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


def put_installations(cursor: duckdb.DuckDBPyConnection, installations: list[Installation]) -> None:
    rows.put(
        cursor,
        "installations",
        ("id", "well", "run_at", "pulled_at", "equipment"),
        [[i.id, i.well, naive(i.run_at), naive(i.pulled_at), json.dumps(i.equipment)] for i in installations],
    )


def installation_at(database: Database, well: int, moment: datetime) -> Installation | None:
    with database.reading() as cursor:
        wells = merged.parts(cursor, well)
        places = merged.places(wells)
        row = cursor.execute(
            f"""SELECT id, epoch_us(run_at), epoch_us(pulled_at), equipment FROM installations
               WHERE well IN ({places}) AND run_at <= ? AND (pulled_at IS NULL OR pulled_at > ?)
               ORDER BY run_at DESC LIMIT 1""",
            [*wells, naive(moment), naive(moment)],
        ).fetchone()
    if row is None:
        return None
    return Installation(row[0], WellId(well), from_us(row[1]), _utc(row[2]), json.loads(row[3]))


def installations_of(database: Database, well: int) -> list[Installation]:
    """Of one well, oldest first; of those of one moment its own comes last and goes over what a well that was
    merged into it says, and what a person entered over what a file says.
    """
    return _installed(well, _rows(database, "installations", _RUN, well, "true ORDER BY run_at, id", []))


def installations(database: Database) -> list[Installation]:
    """Of every well, oldest first; those of each as `installations_of` has them."""
    with database.reading() as cursor:
        into = merged.relation(cursor)
        told = cursor.execute(f"SELECT id, well, {_RUN} FROM installations ORDER BY run_at, id").fetchall()
    of_each: dict[int, list[tuple[Any, ...]]] = {}
    for row in told:
        of_each.setdefault(into.get(row[1], row[1]), []).append(row)
    several = set(into.values())
    found = [
        one
        for well, mine in of_each.items()
        for one in _installed(well, _own_once(well, mine) if well in several else mine)
    ]
    return sorted(found, key=lambda one: one.run_at)


def _installed(well: int, found: list[tuple[Any, ...]]) -> list[Installation]:
    ordered = sorted(found, key=lambda row: (row[2], row[1] == well, not is_of_a_file(row[0])))
    return [Installation(r[0], WellId(well), from_us(r[2]), _utc(r[3]), json.loads(r[4])) for r in ordered]


def _rows(
    database: Database, table: str, columns: str, well: int, where: str, bound: list[Any]
) -> list[tuple[Any, ...]]:
    """(id, well, when, what else) of a well; those of wells that were merged into it among them, and what
    several of them have once.
    """
    with database.reading() as cursor:
        wells = merged.parts(cursor, well)
        places = merged.places(wells)
        found = cursor.execute(
            f"SELECT id, well, {columns} FROM {table} WHERE well IN ({places}) AND {where}", [*wells, *bound]
        ).fetchall()
    return found if len(wells) == 1 else _own_once(well, found)


def _own_once(well: int, found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    own_first = sorted(found, key=lambda row: row[1] != well)
    return sorted(merged.once(own_first, lambda row: row[2:]), key=lambda row: (row[2], str(row[3])))


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
    columns = """epoch_us(taken_at), duration_s, liquid_m3_per_s, oil_kg_per_s, water_cut, gas_m3_per_s,
        line_pressure_pa, valid"""
    where = "taken_at BETWEEN ? AND ? ORDER BY taken_at"
    found = _rows(database, "flow_tests", columns, well, where, [naive(since), naive(until)])
    return [FlowTest(r[0], well, from_us(r[2]), *r[3:]) for r in found]


def put_events(cursor: duckdb.DuckDBPyConnection, events: list[Event]) -> None:
    rows.put(
        cursor,
        "events",
        ("id", "well", "happened_at", "until", "kind", "note"),
        [[e.id, e.well_id, naive(e.at), naive(e.until), e.kind, e.note] for e in events],
    )


def events(database: Database, well: int, since: datetime, until: datetime) -> list[Event]:
    """What has happened, oldest first; a workover is an event of kind `workover` whose note is its kind."""
    table = """(SELECT id, well, happened_at AS began, until, kind, note, state FROM events
                UNION ALL SELECT id, well, started_at, ended_at, 'workover', kind, state FROM workovers)"""
    columns = "epoch_us(began), epoch_us(until), kind, note"
    where = (
        f"coalesce(state, '') <> '{PLANNED}' AND began <= ? AND coalesce(until, began) >= ? ORDER BY began"
    )
    found = _rows(database, table, columns, well, where, [naive(until), naive(since)])
    return [Event(r[0], well, from_us(r[2]), _utc(r[3]), r[4], r[5]) for r in found]


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
    columns = "epoch_us(sampled_at), parameter, value, unit, qualifier, method"
    where = "sampled_at BETWEEN ? AND ? ORDER BY sampled_at, parameter"
    found = _rows(database, "lab_results", columns, well, where, [naive(since), naive(until)])
    return [LabResult(r[0], well, from_us(r[2]), *r[3:]) for r in found]


def notes(database: Database, well: int, since: datetime, until: datetime) -> list[Note]:
    columns, where = "epoch_us(noted_at), sensor, text, author", "noted_at BETWEEN ? AND ? ORDER BY noted_at"
    found = _rows(database, "notes", columns, well, where, [naive(since), naive(until)])
    return [Note(r[0], well, from_us(r[2]), r[3] or None, r[4], r[5] or "") for r in found]


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
