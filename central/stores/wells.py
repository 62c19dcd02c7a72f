"""Wells of the centre, by what laptops call them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.models.well_names import Registry
from app.models.wells import NO_FIELD, Well, WellId, well_uid
from app.sync.wire import WellKey
from central.refusals import Refused
from central.stores import changes
from central.stores.engine import alone, in_parts, known_in_turn
from central.stores.engine import put as put_row
from central.stores.tables import COUNTER, HEADS, ITEMS, WELLS

_NUMBERS_OF_WELLS = 3
"""In the table of counters, where a restore has set it."""


def all_wells(connection: Connection, fields: tuple[str, ...] | None = None) -> list[Well]:
    """Those of `fields`, or of every field."""
    query = sa.select(WELLS).order_by(WELLS.c.id)
    if fields is not None:
        query = query.where(WELLS.c.field_name.in_(fields))
    return [_well(row) for row in connection.execute(query).mappings()]


def numbers(connection: Connection, fields: tuple[str, ...]) -> frozenset[int]:
    """Of the wells of `fields`: all that a device of those may ever see."""
    query = sa.select(WELLS.c.id).where(WELLS.c.field_name.in_(fields))
    return frozenset(connection.execute(query).scalars())


def _well(row: Any) -> Well:
    return Well(
        WellId(row["id"]),
        row["name"],
        row["field_name"],
        row["pad"],
        row["lift"],
        row["state"],
        tuple(row["aliases"]),
        row["depth_m"],
        row["well_uid"],
    )


def find(connection: Connection, key: WellKey, fields: tuple[str, ...]) -> Well | None:
    """Among the wells of `fields`, whatever the key claims: its uid is made of names that anybody knows. By
    its uid, or as the uid that its field, pad and name make: another spelling of capitals is the same well.
    """
    uids = _uids(key)
    rows = {
        row["well_uid"]: row
        for row in connection.execute(sa.select(WELLS).where(WELLS.c.well_uid.in_(uids))).mappings()
        if row["field_name"] in fields
    }
    return next((_well(rows[uid]) for uid in uids if uid in rows), None)


def _uids(key: WellKey) -> list[str]:
    return [
        key.uid,
        well_uid(key.field, key.pad, key.name),
        well_uid(key.field or NO_FIELD, key.pad, key.name),
    ]


def _of_before(connection: Connection, uid: str, fields: tuple[str, ...]) -> Well | None:
    """A well whose name was kept before names were cleaned: its uid is of the name as it was written."""
    return next(
        (
            well
            for well in all_wells(connection, fields)
            if well_uid(well.field_name, well.pad, well.name) == uid != well.uid
        ),
        None,
    )


def find_or_make(connection: Connection, key: WellKey, fields: tuple[str, ...], lift: str = "other") -> Well:
    """The one way from a key to a well that a device of `fields` may write to. Only inside changing(). Raises
    Refused (field_not_yours).
    """
    if (key.field or NO_FIELD) not in fields:
        raise Refused("field_not_yours", field=key.field)
    known = known_in_turn(connection)
    name = _asked(key, fields)
    found: Well | None = known.get(name) or find(connection, key, fields)
    if found is None:
        uid = well_uid(key.field or NO_FIELD, key.pad, key.name)
        found = _of_before(connection, uid, fields)
    if found is not None:
        known[name] = found
        return found
    if connection.execute(sa.select(WELLS.c.id).where(WELLS.c.well_uid == uid)).first() is not None:
        raise Refused("field_not_yours", field=key.field)  # it was of this field once, and is of another now
    return put(connection, Well(WellId(0), key.name, key.field or NO_FIELD, key.pad, lift, uid=uid))


def look_up(connection: Connection, keys: list[WellKey], fields: tuple[str, ...]) -> None:
    """What these keys mean to a device of `fields`, asked together: find_or_make() knows it then. Only inside
    changing().
    """
    asked = {_asked(key, fields): key for key in keys}
    rows: dict[str, object] = {}
    for part in in_parts(uid for key in asked.values() for uid in _uids(key)):
        found = connection.execute(sa.select(WELLS).where(WELLS.c.well_uid.in_(part))).mappings()
        rows |= {row["well_uid"]: row for row in found if row["field_name"] in fields}
    known = known_in_turn(connection)
    for name, key in asked.items():
        row = next((rows[uid] for uid in _uids(key) if uid in rows), None)
        if row is not None:
            known[name] = _well(row)


def _asked(key: WellKey, fields: tuple[str, ...]) -> tuple[object, ...]:
    """Who asks is part of it: the same key may mean another well to another device, or for another right."""
    return "well", key.uid, key.field, key.pad, key.name, fields


def put(connection: Connection, well: Well) -> Well:
    """Make a well (id 0) or change one; every laptop of its field hears of it. Only as the only writer."""
    alone(connection)
    looked_up = known_in_turn(connection)
    for name in [name for name in looked_up if name[0] == "well"]:
        del looked_up[name]
    number = int(well.id)
    uid = well.key["uid"]
    row = {
        "well_uid": uid,
        "field_name": well.field_name,
        "pad": well.pad,
        "name": well.name,
        "lift": well.lift,
        "state": well.state,
        "aliases": list(well.aliases),
        "depth_m": well.depth_m,
    }
    if number == 0:
        number = _last_number(connection) + 1
        version = 1
        connection.execute(sa.insert(WELLS).values(id=number, version=1, **row))
        before = well.field_name
    else:
        known = sa.select(WELLS.c.version, WELLS.c.field_name).where(WELLS.c.id == number)
        last, before = connection.execute(known).one()
        version = int(last) + 1
        connection.execute(sa.update(WELLS).where(WELLS.c.id == number).values(version=version, **row))
    if before != well.field_name:
        changes.add(connection, "well_left", uid, version, None, before)
    changes.add(connection, "well", uid, version, number, well.field_name)
    if before != well.field_name:
        _told_there(connection, number, well.field_name)
    return Well(
        WellId(number),
        well.name,
        well.field_name,
        well.pad,
        well.lift,
        well.state,
        well.aliases,
        well.depth_m,
        uid,
    )


def number_above(connection: Connection, last: int) -> None:
    """No well is numbered so or lower from now on: something stands under those numbers elsewhere."""
    if last > _last_number(connection):
        put_row(connection, COUNTER, {"id": _NUMBERS_OF_WELLS}, {"last_no": last})


def _last_number(connection: Connection) -> int:
    given = connection.execute(sa.select(sa.func.max(WELLS.c.id))).scalar()
    kept = connection.execute(sa.select(COUNTER.c.last_no).where(COUNTER.c.id == _NUMBERS_OF_WELLS)).scalar()
    return max(int(given or 0), int(kept or 0))


def _told_there(connection: Connection, well: int, field: str) -> None:
    """What is known of a well that came from another field is news to those of this one."""
    heads = sa.select(HEADS.c.record_id, HEADS.c.version).where(HEADS.c.well_id == well)
    for record, version in connection.execute(heads.order_by(HEADS.c.change_no)).all():
        number = changes.add(connection, "record", record, version, well, field)
        moved = sa.update(HEADS).where(HEADS.c.record_id == record)
        connection.execute(moved.values(change_no=number))
    items = sa.select(ITEMS.c.topic, ITEMS.c.item_key, ITEMS.c.version).where(ITEMS.c.well_id == well)
    for topic, key, version in connection.execute(items).all():
        changes.add(connection, topic, key, version, well, field)


def registry(connection: Connection, fields: tuple[str, ...]) -> Registry:
    return Registry(all_wells(connection, fields))


def key_of(well: Well) -> WellKey:
    return WellKey(**well.key, number=int(well.id))


def field_of(connection: Connection, number: int) -> str:
    return str(connection.execute(sa.select(WELLS.c.field_name).where(WELLS.c.id == number)).scalar_one())


def by_number(connection: Connection, number: int) -> Well:
    return _well(connection.execute(sa.select(WELLS).where(WELLS.c.id == number)).mappings().one())
