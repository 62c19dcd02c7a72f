"""Records in versions: what each change made of one, and the table of its kind as it is now."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.clock import parse_time
from app.core.plain import JsonObject
from app.models.kinds import KINDS
from app.models.kinds.spec import Kind
from app.models.values import needed_text, part_of, text_of
from app.sync.wire import FileRef
from central.stores import changes, heads, wells
from central.stores.engine import add_soon, in_parts, is_alone, known_in_turn, not_overtaken
from central.stores.tables import RECEIPTS, RECORDS, VERSIONS, WELLS, column_of
from central.stores.types import Flag


@dataclass(frozen=True)
class Stored:
    version: int
    entry_id: str
    kind: str
    well_id: int
    body: JsonObject
    change_no: int = 0


@dataclass(frozen=True)
class NewVersion:
    """`body`: record, kind, at, until, values, action, as a journal's payload has them."""

    record_id: str
    kind: str
    well_id: int
    field_name: str
    entry_id: str
    author: str
    saved_at: datetime
    body: JsonObject
    files: tuple[FileRef, ...] = ()


# Made once: to build and to look up a statement takes longer than SQLite does with it.
_CURRENT = (
    sa.select(VERSIONS)
    .where(VERSIONS.c.record_id == sa.bindparam("record"))
    .order_by(VERSIONS.c.version.desc())
    .limit(1)
)


def look_up(connection: Connection, record_ids: list[str]) -> None:
    """How these stand, asked together: what the turn asks of one of them later it knows. Only inside
    changing().
    """
    known = known_in_turn(connection)
    known |= {_name(record): None for record in record_ids}
    for part in in_parts(record_ids):
        newest = (
            sa.select(VERSIONS.c.record_id, sa.func.max(VERSIONS.c.version).label("version"))
            .where(VERSIONS.c.record_id.in_(part))
            .group_by(VERSIONS.c.record_id)
            .subquery()
        )
        same = sa.and_(VERSIONS.c.record_id == newest.c.record_id, VERSIONS.c.version == newest.c.version)
        for row in connection.execute(sa.select(VERSIONS).join(newest, same)).mappings():
            known[_name(row["record_id"])] = _stored(row)


def _name(record_id: str) -> tuple[str, str]:
    return "record", record_id


def current(connection: Connection, record_id: str) -> Stored | None:
    known = known_in_turn(connection)
    if (name := _name(record_id)) in known:
        found: Stored | None = known[name]
        return found
    query = _CURRENT  # by this name a read to tests/faults/points: no write that may break off
    return _stored(connection.execute(query, {"record": record_id}).mappings().first())


def kept_as(
    connection: Connection, record_id: str, field: str, fields: tuple[str, ...]
) -> tuple[str, Stored | None]:
    """Under what the record of that name is kept for those of `fields`, and how it stands: its own name, or,
    where a field that they do not see has one of that name already, one made of their field and it. Names
    are made by laptops: nobody learns by one what others have, and nobody takes a name away from others.
    """
    before = current(connection, record_id)
    if before is None or wells.field_of(connection, before.well_id) in fields:
        return record_id, before
    own = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{field}/{record_id}"))
    return own, current(connection, own)


def was_seen(connection: Connection, record_id: str, device: str, fields: tuple[str, ...]) -> bool:
    """Whether those of `fields` have seen a version of it, or the device itself has sent one: it may have
    had other fields then.
    """
    mine = VERSIONS.c.record_id == record_id
    stood = sa.and_(mine, WELLS.c.id == VERSIONS.c.well_id, WELLS.c.field_name.in_(fields))
    sent = sa.and_(mine, RECEIPTS.c.entry_id == VERSIONS.c.entry_id, RECEIPTS.c.device_id == device)
    return any(
        connection.execute(sa.select(VERSIONS.c.version).where(seen).limit(1)).first() is not None
        for seen in (stood, sent)
    )


def stored_as(connection: Connection, kind: Kind, asked: list[tuple[str, int]]) -> set[tuple[str, int]]:
    """Of (id, well): those that stand here."""
    table, there = RECORDS[kind.key], set()
    for part in in_parts(name for name, _ in asked):
        meant = table.c.id.in_(part)
        standing = table.c.deleted == sa.literal(False, Flag())
        rows = connection.execute(sa.select(table.c.id, table.c.well_id).where(meant, standing))
        there |= {(str(row[0]), int(row[1])) for row in rows}
    return there.intersection(asked)


def of_files(connection: Connection, kind: Kind, well: int, at: datetime) -> list[str]:
    """Ids of the records of a moment that files brought (`ids.is_of_a_file`)."""
    table = RECORDS[kind.key]
    standing = (table.c.deleted == sa.literal(False, Flag()), table.c.id.not_like("%-%"))
    of_moment = (table.c.well_id == well, table.c[kind.at] == at)
    return list(connection.execute(sa.select(table.c.id).where(*of_moment, *standing)).scalars().all())


def version(connection: Connection, record_id: str, number: int) -> Stored | None:
    return _one(connection, sa.and_(VERSIONS.c.record_id == record_id, VERSIONS.c.version == number))


def made_by(connection: Connection, record_id: str, entry_id: str) -> Stored | None:
    return _one(connection, sa.and_(VERSIONS.c.record_id == record_id, VERSIONS.c.entry_id == entry_id))


def all_made_by(connection: Connection, entry_id: str) -> list[tuple[str, int]]:
    """(record, version) of everything that one entry changed."""
    rows = connection.execute(
        sa.select(VERSIONS.c.record_id, VERSIONS.c.version).where(VERSIONS.c.entry_id == entry_id)
    )
    return [(row[0], int(row[1])) for row in rows]


def _one(connection: Connection, where: sa.ColumnElement[bool]) -> Stored | None:
    return _stored(connection.execute(sa.select(VERSIONS).where(where)).mappings().first())


def _stored(row: sa.RowMapping | None) -> Stored | None:
    if row is None:
        return None
    return Stored(int(row["version"]), row["entry_id"], row["kind"], int(row["well_id"]), row["body"])


def add_version(connection: Connection, new: NewVersion, before: Stored | None) -> Stored:
    """`before`: what current() says. Only inside a writer's turn."""
    number = before.version + 1 if before else 1
    if before is not None and not is_alone(connection):
        not_overtaken(connection, heads.number_of(connection, new.record_id))
    stored = {
        "record_id": new.record_id,
        "version": number,
        "kind": new.kind,
        "well_id": new.well_id,
        "entry_id": new.entry_id,
        "author": new.author,
        "saved_at": new.saved_at,
        "action": new.body["action"],
        "body": new.body,
        "files": [file.model_dump() for file in new.files],
    }
    add_soon(connection, VERSIONS, (new.record_id, number), stored)
    if before is not None and before.well_id != new.well_id:
        _left(connection, new, number, wells.field_of(connection, before.well_id))
    row = {"id": new.record_id, **_row(new, number)}
    add_soon(connection, RECORDS[new.kind], new.record_id, row, first=before is None)
    change_no = changes.add(connection, "record", new.record_id, number, new.well_id, new.field_name)
    heads.keep(
        connection,
        new.record_id,
        kind=new.kind,
        well=new.well_id,
        version=number,
        change_no=change_no,
        body=new.body,
        first=before is None,
    )
    now = Stored(number, new.entry_id, new.kind, new.well_id, new.body, change_no)
    known = known_in_turn(connection)
    if (name := _name(new.record_id)) in known:
        known[name] = now
    return now


def _left(connection: Connection, new: NewVersion, number: int, field: str) -> None:
    """Those who see only the field where it was hear that it is there no more, before they hear more."""
    if field != new.field_name:
        changes.add(connection, "record_left", new.record_id, number, None, field)


def _row(new: NewVersion, number: int) -> dict[str, object]:
    kind, body, values = KINDS[new.kind], new.body, part_of(new.body, "values")
    row: dict[str, object] = {
        "well_id": new.well_id,
        "version": number,
        "deleted": body["action"] == "removed",
        kind.at: parse_time(needed_text(body, "at")),
    }
    if kind.until:
        row[kind.until] = parse_time(until) if (until := text_of(body, "until")) else None
    for key, column, type_ in _columns(new.kind):
        value = values.get(key)
        row[column] = _AS_KEPT[type_](value) if value is not None and type_ in _AS_KEPT else value
    return row


@cache
def _columns(kind: str) -> tuple[tuple[str, str, str], ...]:
    """(field, its column, its type)."""
    return tuple((one.key, column_of(one.key), one.type) for one in KINDS[kind].fields)


def _text(rows: Any) -> str:
    """A table inside a record, for those who read it by SQL (JSON_TABLE)."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


_AS_KEPT: dict[str, Callable[[Any], object]] = {"rows": _text, "time": parse_time}
