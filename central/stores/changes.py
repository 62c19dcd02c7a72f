"""What changed, in the order in which it was committed: the stream that laptops follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.clock import iso
from app.core.plain import JsonObject
from app.models.values import text_of
from app.sync.wire import Change, Changes, FileRef, WellKey
from central.stores.engine import add_later, in_parts, next_numbers
from central.stores.tables import CHANGES, COUNTER, HEADS, ITEMS, OPEN_TURNS, VERSIONS, WELLS

MOST_CHANGES = 1_000
LEFT = ("well_left", "record_left")
"""It went to another field: told to those who do not see that one."""


_FIRST_OPEN = sa.select(sa.func.min(OPEN_TURNS.c.first_no)).scalar_subquery()
SETTLED = CHANGES.c.change_no < sa.func.coalesce(_FIRST_OPEN, (1 << 53))
"""In one statement with the changes: a number that is open was given before any larger one was committed."""


class _Common(TypedDict):
    change_no: int
    topic: str
    key: str
    version: int
    well: WellKey | None


class _Said(TypedDict):
    entry_id: str
    saved_at: str
    body: JsonObject
    deleted: bool


class _OfRecord(_Said):
    author: str
    action: str
    attachments: tuple[FileRef, ...]


def add(connection: Connection, topic: str, key: str, version: int, well: int | None, field: str) -> int:
    """Only inside changing(). Returns the number."""
    number = next_numbers(connection, 1)
    add_later(
        connection,
        CHANGES,
        {
            "change_no": number,
            "topic": topic,
            "item_key": key,
            "version": version,
            "well_id": well,
            "field_name": field,
        },
    )
    return number


def newest_of(connection: Connection, fields: tuple[str, ...]) -> int:
    """The last change of these fields: what others do is not told by it."""
    query = sa.select(sa.func.max(CHANGES.c.change_no)).where(CHANGES.c.field_name.in_(fields), SETTLED)
    return int(connection.execute(query).scalar() or 0)


def newest(connection: Connection) -> int:
    return int(connection.execute(sa.select(COUNTER.c.last_no).where(COUNTER.c.id == 1)).scalar_one())


def number_above(connection: Connection, last: int) -> None:
    """Whatever is accepted from now on has a higher number. Not inside changing(), which counts by itself."""
    mine = sa.and_(COUNTER.c.id == 1, COUNTER.c.last_no < last)
    connection.execute(sa.update(COUNTER).where(mine).values(last_no=last))


def since(
    connection: Connection, after: int, every: tuple[str, ...], limit: int = MOST_CHANGES, only: str = ""
) -> Changes:
    """Changes of these fields, or of `only` one of them, with a number over `after`, in order. `next` is the
    last of them: that others have changed something is not told.
    """
    fields = tuple(field for field in every if not only or field == only)
    rows, more = _page(connection, after, fields, min(limit, MOST_CHANGES))
    told = _told(connection, _without_seen(connection, rows, every), every)
    return Changes(changes=told, next=int(rows[-1]["change_no"]) if rows else after, more=more)


def _page(
    connection: Connection, after: int, fields: tuple[str, ...], limit: int
) -> tuple[Sequence[sa.RowMapping], bool]:
    """(what comes after, whether there is more). That something left and where it is now are told together: a
    laptop that lost the second field between the two would know it for ever as it was.
    """
    meant = sa.select(CHANGES).where(CHANGES.c.change_no > after, CHANGES.c.field_name.in_(fields), SETTLED)
    while True:
        rows = connection.execute(meant.order_by(CHANGES.c.change_no).limit(limit + 1)).mappings().all()
        if len(rows) <= limit or rows[limit - 1]["topic"] not in LEFT:
            return rows[:limit], len(rows) > limit
        limit += 1


def _without_seen(
    connection: Connection, rows: Sequence[sa.RowMapping], fields: tuple[str, ...]
) -> list[sa.RowMapping]:
    """Without what left a field for one that they see too."""
    if not any(row["topic"] in LEFT for row in rows):
        return list(rows)
    seen = sa.select(WELLS.c.id).where(WELLS.c.field_name.in_(fields))
    wells = set(connection.execute(sa.select(WELLS.c.well_uid).where(WELLS.c.id.in_(seen))).scalars())
    gone = [row["item_key"] for row in rows if row["topic"] == "record_left"]
    known = {"well_left": wells, "record_left": _standing(connection, gone, fields)}
    return [row for row in rows if row["item_key"] not in known.get(row["topic"], set())]


def of_numbers(connection: Connection, numbers: list[int], fields: tuple[str, ...]) -> tuple[Change, ...]:
    """These changes, whenever they were."""
    rows: list[sa.RowMapping] = []
    for part in in_parts(numbers):
        meant = CHANGES.c.change_no.in_(part)
        query = (
            sa.select(CHANGES).where(meant, CHANGES.c.field_name.in_(fields)).order_by(CHANGES.c.change_no)
        )
        rows += connection.execute(query).mappings().all()
    return _told(connection, rows, fields)


def _told(
    connection: Connection, rows: Sequence[sa.RowMapping], fields: tuple[str, ...]
) -> tuple[Change, ...]:
    """As laptops of these fields are told of them."""
    records = _versions(connection, [row["item_key"] for row in rows if row["topic"] == "record"])
    items = _items(connection, [row["item_key"] for row in rows if row["topic"] not in ("record", "well")])
    wells = _wells(connection, sorted({row["well_id"] for row in rows if row["well_id"] is not None}))
    theirs = _names_of_others(connection, records, fields)
    elsewhere = {number for number, (well, _) in wells.items() if well.field not in fields}
    left = [row["item_key"] for row in rows if row["well_id"] in elsewhere]
    standing = _standing(connection, left, fields)
    told: list[Change] = []
    for row in rows:
        well, about = wells.get(row["well_id"], (None, {}))
        if row["well_id"] in elsewhere:
            told += _of_a_well_that_left(row, records, standing)
            continue
        common: _Common = {
            "change_no": row["change_no"],
            "topic": row["topic"],
            "key": row["item_key"],
            "version": row["version"],
            "well": well,
        }
        if row["topic"] in LEFT:
            told.append(Change(**common, deleted=True))
        elif row["topic"] == "well":
            told.append(Change(**common, body=about))
        elif row["topic"] == "record":
            about_record = records[row["item_key"], row["version"]]
            name = _name(about_record, row["item_key"])
            common["key"] = row["item_key"] if name in theirs else name
            told.append(Change(**common, **about_record))
        elif row["topic"] == "card":  # the card itself is in ClickHouse; that it is there is told here
            told.append(Change(**common, entry_id=row["item_key"]))
        elif (item := items.get((row["topic"], row["item_key"]))) is not None:
            told.append(Change(**common, **item))
    return tuple(told)


def _name(said: _OfRecord, key: str) -> str:
    """What its laptop calls the record."""
    return text_of(said["body"], "record") or key


def _of_a_well_that_left(
    row: sa.RowMapping, records: dict[tuple[str, int], _OfRecord], standing: set[str]
) -> list[Change]:
    """It is another field's by now, and of it nothing is told but that it left, later on. A record that had
    come to it from a well that stays is to leave that one.
    """
    if row["topic"] != "record" or row["item_key"] in standing:
        return []
    name = _name(records[row["item_key"], row["version"]], row["item_key"])
    return [
        Change(
            change_no=row["change_no"], topic="record_left", key=name, version=row["version"], deleted=True
        )
    ]


def _standing(connection: Connection, records: Sequence[str], fields: tuple[str, ...]) -> set[str]:
    """Of records, those that stand at a well of these fields."""
    there = sa.select(WELLS.c.id).where(WELLS.c.field_name.in_(fields))
    found: set[str] = set()
    for part in in_parts(records):
        meant = sa.and_(HEADS.c.record_id.in_(part), HEADS.c.well_id.in_(there))
        found |= set(connection.execute(sa.select(HEADS.c.record_id).where(meant)).scalars())
    return found


def _names_of_others(
    connection: Connection, records: dict[tuple[str, int], _OfRecord], fields: tuple[str, ...]
) -> set[str]:
    """Names that a record was given by its laptop and that another one has already, which these see too: two
    of one name would be one to them.
    """
    named = {name for (key, _), said in records.items() if (name := _name(said, key)) != key}
    return _standing(connection, sorted(named), fields)


def _versions(connection: Connection, keys: list[str]) -> dict[tuple[str, int], _OfRecord]:
    found: dict[tuple[str, int], _OfRecord] = {}
    for part in in_parts(keys):
        for row in connection.execute(sa.select(VERSIONS).where(VERSIONS.c.record_id.in_(part))).mappings():
            found[row["record_id"], row["version"]] = {
                "entry_id": row["entry_id"],
                "author": row["author"],
                "saved_at": iso(row["saved_at"]),
                "action": row["action"],
                "deleted": row["action"] == "removed",
                "body": row["body"],
                "attachments": tuple(FileRef(**file) for file in row["files"]),
            }
    return found


def _items(connection: Connection, keys: list[str]) -> dict[tuple[str, str], _Said]:
    found: dict[tuple[str, str], _Said] = {}
    for part in in_parts(keys):
        for row in connection.execute(sa.select(ITEMS).where(ITEMS.c.item_key.in_(part))).mappings():
            found[row["topic"], row["item_key"]] = {
                "entry_id": row["entry_id"],
                "saved_at": iso(row["saved_at"]),
                "body": row["body"] or {},
                "deleted": row["body"] is None,
            }
    return found


def wells_said(connection: Connection, fields: tuple[str, ...]) -> list[JsonObject]:
    """What laptops of these fields are told of each of their wells, in one body each."""
    numbers = connection.execute(sa.select(WELLS.c.id).where(WELLS.c.field_name.in_(fields))).scalars()
    told = _wells(connection, [int(number) for number in numbers]).values()
    return [{**key.model_dump(), **about} for key, about in told]


def _wells(connection: Connection, numbers: list[int]) -> dict[int, tuple[WellKey, JsonObject]]:
    found: dict[int, tuple[WellKey, JsonObject]] = {}
    for part in in_parts(numbers):
        for row in connection.execute(sa.select(WELLS).where(WELLS.c.id.in_(part))).mappings():
            key = WellKey(
                uid=row["well_uid"],
                field=row["field_name"],
                pad=row["pad"],
                name=row["name"],
                number=row["id"],
            )
            found[row["id"]] = (
                key,
                {
                    "lift": row["lift"],
                    "state": row["state"],
                    "aliases": row["aliases"],
                    "depth_m": row["depth_m"],
                },
            )
    return found
