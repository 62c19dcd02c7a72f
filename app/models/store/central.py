"""What the centre says, in the cache: its wells under its numbers, its records as they stand there, how far
it was read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime

from app.core.clock import from_us, parse_time
from app.core.errors import KnownError
from app.core.plain import JsonObject, object_in
from app.models.limits import MOST_WELLS
from app.models.records import AttachedFile, Record
from app.models.store import merging, rows
from app.models.store.database import Database
from app.models.store.records import Cursor, naive, put_wells, well_in, wells_in
from app.models.values import Read, needed_text, number_of, part_of, text_of, texts_of
from app.models.wells import Well, WellId, well_uid

# ---- how far each source was read --------------------------------------------------------------------------


JOURNAL, APPLIED = "journal", "applied"
WELLS = "wells"
"""Source of the marks that keep what was told last of each well."""


def mark(database: Database, source: str, part: str) -> str | None:
    with database.reading() as cursor:
        row = cursor.execute(
            "SELECT mark FROM watermarks WHERE source = ? AND part = ?", [source, part]
        ).fetchone()
    return str(row[0]) if row else None


def marks(database: Database, source: str) -> dict[str, str]:
    with database.reading() as cursor:
        return dict(cursor.execute("SELECT part, mark FROM watermarks WHERE source = ?", [source]).fetchall())


def set_mark(cursor: Cursor, source: str, part: str, value: str) -> None:
    """In the transaction of the rows it speaks of."""
    cursor.execute("INSERT OR REPLACE INTO watermarks VALUES (?, ?, ?)", [source, part, value])


def note_applied(cursor: Cursor, entry_id: str) -> None:
    """The newest entry of the journal that stands here, in the transaction that brings it in: what a killed
    program had saved after it is brought in at the next start.
    """
    set_mark(cursor, JOURNAL, APPLIED, entry_id)


def drop_marks(cursor: Cursor, source: str, beginning: str = "") -> None:
    cursor.execute("DELETE FROM watermarks WHERE source = ? AND starts_with(part, ?)", [source, beginning])


# ---- wells -------------------------------------------------------------------------------------------------


def local_well_in(cursor: Cursor, key: Read) -> int:
    """The number here of the well that is called `key`; made when it is new. Raises KnownError
    (too_many_wells).
    """
    uid, field, pad, name = (needed_text(key, part) for part in ("uid", "field", "pad", "name"))
    row = cursor.execute("SELECT id FROM wells WHERE uid = ?", [uid]).fetchone()
    if row is not None:
        return int(row[0])
    known = cursor.execute("SELECT id, uid, field, pad, name FROM wells").fetchall()
    # A well of before there were names, or one whose name was kept as its cell had it: wrapped, in two lines.
    meant = {uid, well_uid(field, pad, name)}
    same = {well for well, own, *called in known if meant & {own, well_uid(*called)}}
    if same:
        return next(int(well.id) for well in wells_in(cursor) if well.id in same)
    number = max((int(row[0]) for row in known), default=0) + 1
    if number > MOST_WELLS:
        raise KnownError("too_many_wells", limit=MOST_WELLS)
    put_wells(cursor, [Well(WellId(number), name, field, pad, "other", uid=uid)])
    merging.settle(cursor)
    return number


def apply_well(cursor: Cursor, key: Read, about: Read) -> int:
    """The well as the centre has it. What is known only here (aliases) stays."""
    number = local_well_in(cursor, key)
    uid = needed_text(key, "uid")
    before = told_of_wells(cursor, [uid]).get(uid, {})
    taken_back = set(texts_of(before, "aliases")) if about else set()
    said = said_of_well(before, key, about)
    if object_in(said) != before:
        set_mark(cursor, WELLS, uid, said)
    mine = well_in(cursor, number)
    lift, depth_m = text_of(about, "lift"), number_of(about, "depth_m")
    put_wells(
        cursor,
        [
            replace(
                mine,
                name=needed_text(key, "name"),
                field_name=needed_text(key, "field"),
                pad=needed_text(key, "pad"),
                uid=uid,
                lift=mine.lift if lift in ("", "other") else lift,
                state=text_of(about, "state") or mine.state,
                aliases=tuple(
                    dict.fromkeys(
                        [*(a for a in mine.aliases if a not in taken_back), *texts_of(about, "aliases")]
                    )
                ),
                depth_m=mine.depth_m if depth_m is None else depth_m,
            )
        ],
    )
    if key.get("number") is not None:
        # A centre that was set back may have given it another one.
        cursor.execute("DELETE FROM central_wells WHERE well = ? AND number <> ?", [number, key["number"]])
        cursor.execute("INSERT OR REPLACE INTO central_wells VALUES (?, ?)", [key["number"], number])
    return number


def said_of_well(before: Read, key: Read, about: Read) -> str:
    """What is told of a well, in one body of JSON: a change of something else in it tells its key alone."""
    told = {**(about or before), **key}
    return json.dumps(told, ensure_ascii=False)


def told_of_wells(cursor: Cursor, uids: list[str]) -> dict[str, JsonObject]:
    found = cursor.execute(
        "SELECT part, mark FROM watermarks WHERE source = ? AND list_contains(?, part)", [WELLS, uids]
    )
    return {str(uid): object_in(mark) for uid, mark in found.fetchall()}


def central_wells(database: Database) -> dict[int, int]:
    """The centre's number → the number here."""
    with database.reading() as cursor:
        return dict(cursor.execute("SELECT number, well FROM central_wells").fetchall())


# ---- records -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CentralRecord:
    """One version of a record at the centre. `body` as in a journal's payload, `well` the number here."""

    id: str
    kind: str
    well: int
    version: int
    change_no: int
    entry_id: str
    author: str
    saved_at: datetime
    body: JsonObject
    files: tuple[tuple[str, str, int], ...] = ()
    digest: int = 0
    """Of the body as it was told."""

    @property
    def deleted(self) -> bool:
        return bool(self.body.get("action") == "removed")


def version_of(database: Database, record_id: str) -> int:
    """0 when the centre has not told of it."""
    with database.reading() as cursor:
        row = cursor.execute("SELECT version FROM central_records WHERE id = ?", [record_id]).fetchone()
    return int(row[0]) if row else 0


def apply_records(cursor: Cursor, told: list[CentralRecord], pending: frozenset[str]) -> None:
    """In the order of changes. A record with something unsent here stays as it is; only what the centre has
    is remembered.
    """
    from app.models.store import versions

    if not told:
        return
    newest = {record.id: record for record in told}
    _remember_versions(cursor, told)
    known = dict(
        cursor.execute(
            "SELECT id, version FROM central_records WHERE id IN (SELECT unnest(?))", [list(newest)]
        ).fetchall()
    )
    # One that is read late, after an upgrade, does not take the place of what came after it.
    newest = {name: record for name, record in newest.items() if record.version >= known.get(name, 0)}
    rows.put(
        cursor,
        "central_records",
        ("id", "kind", "well", "version", "change_no", "deleted", "body"),
        [
            [r.id, r.kind, r.well, r.version, r.change_no, r.deleted, json.dumps(r.body, ensure_ascii=False)]
            for r in newest.values()
        ],
    )
    rows.put(cursor, "record_digests", ("id", "digest"), [[r.id, r.digest] for r in newest.values()])
    show(cursor, [record for record in newest.values() if record.id not in pending])
    for record in newest.values():
        versions.attach(
            cursor, [AttachedFile(record.id, sha256, name, size) for sha256, name, size in record.files]
        )


def show(cursor: Cursor, told: list[CentralRecord]) -> None:
    """Into the tables that pages read."""
    from app.models.kinds import KINDS  # the kinds are loaded by the first record
    from app.models.store import kinds

    for key in dict.fromkeys(record.kind for record in told):
        mine = [record for record in told if record.kind == key]
        gone = [record.id for record in mine if record.deleted]
        if gone:
            cursor.execute(f"DELETE FROM {KINDS[key].table} WHERE id IN (SELECT unnest(?))", [gone])
        there = [
            Record(
                r.id,
                key,
                r.well,
                parse_time(needed_text(r.body, "at")),
                parse_time(until) if (until := text_of(r.body, "until")) else None,
                part_of(r.body, "values"),
            )
            for r in mine
            if not r.deleted
        ]
        kinds.put_many(cursor, KINDS[key], there)
    _follow(cursor, {record.kind for record in told})


def _follow(cursor: Cursor, kinds: set[str]) -> None:
    """What records of these kinds change beside their own tables."""
    if merging.KIND in kinds:
        merging.settle(cursor)


def take_out(cursor: Cursor, kind: str, ids: list[str], pending: frozenset[str]) -> int:
    """Records that the centre has no more; one with something unsent is shown still. Returns how many."""
    from app.models.kinds import KINDS

    if not ids:
        return 0
    shown = [record for record in ids if record not in pending]
    if kind in KINDS and shown:
        cursor.execute(f"DELETE FROM {KINDS[kind].table} WHERE id IN (SELECT unnest(?))", [shown])
    for table in ("central_records", "record_digests"):
        cursor.execute(f"DELETE FROM {table} WHERE id IN (SELECT unnest(?))", [ids])
    _follow(cursor, {kind})
    return len(ids)


def of_record(database: Database, record_id: str) -> CentralRecord | None:
    with database.reading() as cursor:
        found = _of_records(cursor, [record_id])
    return found[0] if found else None


def show_again(cursor: Cursor, ids: list[str]) -> None:
    """As the centre says, what was not shown because something unsent stood on it."""
    show(cursor, _of_records(cursor, ids))


def _of_records(cursor: Cursor, ids: list[str]) -> list[CentralRecord]:
    rows = cursor.execute(
        "SELECT id, kind, well, version, change_no, body FROM central_records WHERE list_contains(?, id)",
        [ids],
    ).fetchall()
    return [
        CentralRecord(row[0], row[1], row[2], row[3], row[4], "", "", from_us(0), json.loads(row[5]))
        for row in rows
    ]


def _remember_versions(cursor: Cursor, told: list[CentralRecord]) -> None:
    """Each version once, by the entry that made it, after those that are known here."""
    ids = list(dict.fromkeys(record.id for record in told))
    known = cursor.execute(
        "SELECT record, entry, version FROM record_versions WHERE record IN (SELECT unnest(?))", [ids]
    ).fetchall()
    entries = {(record, entry) for record, entry, _ in known}
    last: dict[str, int] = {}
    for record, _, number in known:
        last[record] = max(last.get(record, 0), number)
    new = []
    for record in told:
        if (record.id, record.entry_id) in entries:
            continue
        entries.add((record.id, record.entry_id))
        last[record.id] = last.get(record.id, 0) + 1
        body = {**record.body, "well": record.well}
        new.append(
            [
                record.id,
                last[record.id],
                record.entry_id,
                naive(record.saved_at),
                record.author,
                str(body.get("action")),
                json.dumps(body, ensure_ascii=False),
            ]
        )
    rows.put(
        cursor, "record_versions", ("record", "version", "entry", "saved_at", "author", "action", "body"), new
    )


def forget(cursor: Cursor, kind: str, record_id: str) -> None:
    """A record that only an entry of ours spoke of, and that was given up."""
    from app.models.kinds import KINDS

    cursor.execute(f"DELETE FROM {KINDS[kind].table} WHERE id = ?", [record_id])
    _follow(cursor, {kind})
