"""Records of every kind (models/kinds) in their tables: put, take out, take an import back, versions,
attachments.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import duckdb

from app.core.clock import from_us, iso
from app.core.plain import object_in
from app.models.kinds import KINDS
from app.models.kinds.packing import pack, unpack
from app.models.kinds.spec import Kind
from app.models.records import Record
from app.models.store import merged
from app.models.store.database import Database
from app.models.store.readings import Written
from app.models.store.records import naive
from app.models.values import Values

if TYPE_CHECKING:
    import pyarrow as pa

Cursor = duckdb.DuckDBPyConnection
_TYPES = {"number": "DOUBLE", "text": "VARCHAR", "choice": "VARCHAR", "flag": "BOOLEAN", "time": "TIMESTAMP"}


def columns(kind: Kind) -> dict[str, str]:
    """Column → type, in the order in which records are compared and kept for undoing."""
    found = {"id": "VARCHAR", "well": "USMALLINT", kind.at: "TIMESTAMP"}
    if kind.until:
        found[kind.until] = "TIMESTAMP"
    if kind.packed:
        found[kind.packed] = "VARCHAR"
    return found | {field.key: _TYPES[field.type] for field in kind.columns}


def _staged(kind: Kind, given: set[str]) -> str:
    """SELECT list that brings `incoming` into the table's columns: defaults for what is not there."""
    parts = []
    for name, type_ in columns(kind).items():
        if name == "id":
            continue
        default = _default(kind, name)
        parts.append(
            f"coalesce(TRY_CAST({name} AS {type_}), {default}) AS {name}"
            if name in given
            else f"CAST({default} AS {type_}) AS {name}"
        )
    return ", ".join(parts)


def _default(kind: Kind, name: str) -> str:
    field = next((field for field in kind.columns if field.key == name), None)
    if field is None:
        return "NULL"
    if field.default is not None:
        return (
            {True: "true", False: "false"}[field.default]
            if isinstance(field.default, bool)
            else f"'{field.default}'"
        )
    return "''" if field.type in ("text", "choice") else "NULL"


def put_in(cursor: Cursor, kind: Kind, incoming: pa.Table, import_id: str | None = None) -> Written:
    """`incoming`: id, well, the moment, fields; each id once. With `import_id` what undoing takes is kept."""
    given = set(incoming.column_names)
    names, inner = list(columns(kind)), _staged(kind, given)
    cursor.register("incoming", incoming)
    try:
        cursor.execute(
            f"CREATE TEMP TABLE staged_records AS SELECT {', '.join(names)} FROM "
            f"(SELECT id, {inner} FROM incoming)"
        )
        cursor.execute(
            f"""CREATE TEMP TABLE merged_records AS SELECT s.id, CAST(to_json(r) AS VARCHAR) AS old,
                r.id IS NOT NULL AS was_there,
                coalesce(to_json(r) = to_json(s), false) AS same
                FROM staged_records s LEFT JOIN (SELECT {", ".join(names)} FROM {kind.table}) r
                ON r.id = s.id"""
        )
        row = cursor.execute(
            """SELECT count(*) FILTER (NOT was_there), count(*) FILTER (was_there AND NOT same),
                count(*) FILTER (same)
               FROM merged_records"""
        ).fetchone()
        assert row is not None
        cursor.execute(
            f"""INSERT OR REPLACE INTO {kind.table} BY NAME SELECT * FROM staged_records
                WHERE id IN (SELECT id FROM merged_records WHERE NOT same)"""
        )
        if import_id is not None:
            cursor.execute(
                "INSERT INTO import_records SELECT ?, ?, id, CASE WHEN was_there THEN old END FROM "
                "merged_records WHERE NOT same",
                [import_id, kind.key],
            )
        return Written(*row)
    finally:
        cursor.unregister("incoming")
        cursor.execute("DROP TABLE IF EXISTS temp.staged_records")
        cursor.execute("DROP TABLE IF EXISTS temp.merged_records")


def packed_of(cursor: Cursor, kind: Kind, ids: list[str]) -> dict[str, tuple[Values, datetime | None]]:
    """What is packed of those that are here, and their end."""
    until = kind.until or "NULL"
    rows = cursor.execute(
        f"SELECT id, {kind.packed}, {until} FROM {kind.table} WHERE id IN (SELECT unnest(?))", [ids]
    ).fetchall()
    return {row[0]: (json.loads(row[1] or "{}"), row[2]) for row in rows}


def of_files(
    cursor: Cursor, kind: Kind, wells: set[int], without: set[str]
) -> dict[tuple[int, datetime], list[tuple[str, Values, datetime | None]]]:
    """(well, moment) → id, what is packed and end of each record of a file: see `ids.is_of_a_file`."""
    until = kind.until or "NULL"
    rows = cursor.execute(
        f"SELECT id, well, {kind.at}, {kind.packed}, {until} FROM {kind.table} "
        f"WHERE well IN (SELECT unnest(?)) AND NOT contains(id, '-') ORDER BY id",
        [list(wells)],
    ).fetchall()
    found: dict[tuple[int, datetime], list[tuple[str, Values, datetime | None]]] = {}
    for name, well, at, body, end in rows:
        if name not in without:
            found.setdefault((well, at), []).append((name, json.loads(body or "{}"), end))
    return found


def stored_as(cursor: Cursor, kind: Kind, asked: list[tuple[str, int]]) -> set[tuple[str, int]]:
    """Of (id, well): those that are here."""
    names = list({name for name, _ in asked})
    rows = cursor.execute(f"SELECT id, well FROM {kind.table} WHERE id IN (SELECT unnest(?))", [names])
    return set(asked).intersection(rows.fetchall())


def undo_import(cursor: Cursor, import_id: str) -> None:
    """What the import added goes, what it replaced comes back as it was."""
    kinds = cursor.execute("SELECT DISTINCT kind FROM import_records WHERE import_id = ?", [import_id])
    for (key,) in kinds.fetchall():
        kind = KINDS[key]
        cursor.execute(
            f"DELETE FROM {kind.table} WHERE id IN (SELECT id FROM import_records WHERE import_id = ? AND "
            f"kind = ?)",
            [import_id, key],
        )
        cursor.execute(
            f"""INSERT INTO {kind.table} BY NAME SELECT unnest(json_transform(old, ?)) FROM import_records
                WHERE import_id = ? AND kind = ? AND old IS NOT NULL""",
            [json.dumps(columns(kind)), import_id, key],
        )
    cursor.execute(
        "DELETE FROM attachments WHERE record IN (SELECT id FROM import_records WHERE import_id = ? AND "
        "old IS NULL)",
        [import_id],
    )
    cursor.execute("DELETE FROM import_records WHERE import_id = ?", [import_id])


def changed_since(cursor: Cursor, import_id: str) -> tuple[str | None, int]:
    """A later import that wrote over records of this one, and how many of them a person has changed by hand
    since.
    """
    later = cursor.execute(
        """SELECT o.file_name FROM imports o WHERE NOT o.undone AND o.id > ? AND EXISTS (
               SELECT 1 FROM import_records a JOIN import_records b ON a.kind = b.kind AND a.id = b.id
               WHERE a.import_id = ? AND b.import_id = o.id) LIMIT 1""",
        [import_id, import_id],
    ).fetchone()
    edited = cursor.execute(
        """SELECT count(DISTINCT v.record) FROM record_versions v JOIN import_records i ON i.id = v.record
           WHERE i.import_id = ? AND v.entry > ?""",
        [import_id, import_id],
    ).fetchone()
    return (later[0] if later else None), (int(edited[0]) if edited else 0)


# ---- one record --------------------------------------------------------------------------------------------


def put_one(cursor: Cursor, record: Record) -> None:
    put_many(cursor, KINDS[record.kind], [record])


def put_many(cursor: Cursor, kind: Kind, records: list[Record]) -> None:
    """Of one kind, each id once."""
    if not records:
        return
    import pyarrow as pa

    kept = packed_of(cursor, kind, [record.id for record in records]) if kind.packed else {}
    incoming = pa.Table.from_pylist(
        [_row(kind, record, kept.get(record.id, ({}, None))[0]) for record in records]
    )
    cursor.register("incoming", incoming)
    try:
        inner = _staged(kind, set(incoming.column_names))
        cursor.execute(f"INSERT OR REPLACE INTO {kind.table} BY NAME SELECT id, {inner} FROM incoming")
    finally:
        cursor.unregister("incoming")


def _row(kind: Kind, record: Record, kept: Values) -> dict[str, object]:
    row: dict[str, object] = {"id": record.id, "well": record.well_id, kind.at: naive(record.at)}
    if kind.until:
        row[kind.until] = naive(record.until)
    if kind.packed:
        row[kind.packed] = json.dumps(pack(kind, record.values, kept), ensure_ascii=False)
    return row | {field.key: record.values.get(field.key) for field in kind.columns}


def remove_one(cursor: Cursor, kind: Kind, record_id: str) -> None:
    cursor.execute(f"DELETE FROM {kind.table} WHERE id = ?", [record_id])


def find(database: Database, kind: Kind, record_id: str) -> Record | None:
    """As people see it: that of a merged well under the well that it went into."""
    with database.reading() as cursor:
        found = find_in(cursor, kind, record_id)
        if found is None or kind.key in merged.OF_ITS_OWN:
            return found
        return replace(found, well_id=merged.relation(cursor).get(found.well_id, found.well_id))


def find_in(cursor: Cursor, kind: Kind, record_id: str) -> Record | None:
    """As it is kept: a record of a merged well is of that well."""
    found = _select(cursor, kind, "id = ?", [record_id])
    return found[0] if found else None


def found(database: Database, kind: Kind, where: str, bound: list[Any] | None = None) -> list[Record]:
    """Of all wells, as people see them: newest first."""
    with database.reading() as cursor:
        into = merged.relation(cursor)
        told = _select(cursor, kind, where, bound or [])
    return [replace(one, well_id=into.get(one.well_id, one.well_id)) for one in told]


def as_kept(database: Database, kind: Kind, where: str, bound: list[Any]) -> list[Record]:
    """Newest first, those of a merged well under that one."""
    with database.reading() as cursor:
        return _select(cursor, kind, where, bound)


def own_well(database: Database, kind: Kind, record: Record) -> int:
    """Whose a record is that people see under a well: that of the merged well which has it, else what it
    says.
    """
    with database.reading() as cursor:
        into = merged.relation(cursor)
        if record.well_id not in into.values():
            return record.well_id
        row = cursor.execute(f"SELECT well FROM {kind.table} WHERE id = ?", [record.id]).fetchone()
    return int(row[0]) if row and into.get(row[0]) == record.well_id else record.well_id


def of_well(
    database: Database,
    kind: Kind,
    well: int,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    most: int | None = None,
) -> list[Record]:
    """Newest first, those of wells that were merged into it among them; of all times without `since` and
    `until`. Of a well by itself no more than `most` are read.
    """
    where: list[str] = []
    bound: list[Any] = []
    if since is not None:
        where.append(f"coalesce({kind.until}, {kind.at}) >= ?" if kind.until else f"{kind.at} >= ?")
        bound.append(naive(since))
    if until is not None:
        where.append(f"{kind.at} <= ?")
        bound.append(naive(until))
    with database.reading() as cursor:
        wells = [well] if kind.key in merged.OF_ITS_OWN else merged.parts(cursor, well)
        where.append(f"well IN ({merged.places(wells)})")
        bound += wells
        if most is not None and len(wells) == 1:
            where[-1] += f" ORDER BY {kind.at} DESC, id LIMIT ?"
            bound.append(most)
        found = _select(cursor, kind, " AND ".join(where), bound)
    return found if len(wells) == 1 else _of_one(found, well)


def _of_one(found: list[Record], well: int) -> list[Record]:
    """Of merged wells: all as the well's own, and its own first where both have the same."""
    own_first = sorted(found, key=lambda record: record.well_id != well)
    once = merged.once(
        (replace(record, well_id=well) for record in own_first),
        lambda record: json.dumps([str(record.at), str(record.until), record.values], sort_keys=True),
    )
    return sorted(once, key=lambda record: record.at, reverse=True)


def spans(database: Database, kinds: tuple[str, ...], well: int) -> dict[str, tuple[datetime, datetime]]:
    """Kind → when the first and the last record of a well are; without those it has none of."""
    asked = [KINDS[key] for key in kinds]
    with database.reading() as cursor:
        wells = merged.parts(cursor, well)
        places = merged.places(wells)
        query = " UNION ALL ".join(
            f"SELECT ?, epoch_us(min({kind.at})), epoch_us(max({kind.at})) FROM {kind.table} "
            f"WHERE well IN ({places})"
            for kind in asked
        )
        bound = [value for kind in asked for value in (kind.key, *wells)]
        rows = cursor.execute(query, bound).fetchall()
    return {key: (from_us(first), from_us(last)) for key, first, last in rows if first is not None}


def _select(cursor: Cursor, kind: Kind, where: str, bound: list[Any]) -> list[Record]:
    names = [name for name in columns(kind) if name not in ("id", "well", kind.at, kind.until)]
    until = f"epoch_us({kind.until})" if kind.until else "NULL"
    moments = {field.key for field in kind.columns if field.type == "time"}
    others = "".join(f", epoch_us({name})" if name in moments else f", {name}" for name in names)
    rows = cursor.execute(
        f"SELECT id, well, epoch_us({kind.at}), {until}{others} FROM {kind.table} WHERE {where}", bound
    ).fetchall()
    rows.sort(key=lambda r: (-r[2], r[0]))  # to have it sorted takes the cache as long as all the rest
    return [
        Record(
            r[0],
            kind.key,
            r[1],
            from_us(r[2]),
            None if r[3] is None else from_us(r[3]),
            _values(kind, dict(zip(names, r[4:], strict=True))),
        )
        for r in rows
    ]


def _values(kind: Kind, row: Values) -> Values:
    packed = object_in(str(row.pop(kind.packed))) if kind.packed else {}
    for field in kind.columns:
        moment = row.get(field.key) if field.type == "time" else None
        if isinstance(moment, int):
            row[field.key] = iso(from_us(moment))
    return {
        key: value for key, value in (row | unpack(kind, packed)).items() if value is not None and value != ""
    }
