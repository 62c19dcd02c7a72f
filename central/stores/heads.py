"""What each record says now, in figures: laptops count and compare at the end of a sync, as they do with
readings; of what differs they ask for the records themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.plain import Json
from app.models.canonical import digest
from app.sync.wire import RecordSum
from central.stores.engine import add_soon
from central.stores.tables import HEADS, OPEN_TURNS, WELLS


def keep(
    connection: Connection,
    record_id: str,
    *,
    kind: str,
    well: int,
    version: int,
    change_no: int,
    body: Mapping[str, Json],
    first: bool = False,
) -> None:
    """In the transaction of the version; `first`: the record is new. Only inside changing()."""
    row = {
        "record_id": record_id,
        "kind": kind,
        "well_id": well,
        "version": version,
        "change_no": change_no,
        "digest": digest(body),
    }
    add_soon(connection, HEADS, record_id, row, first=first)


def number_of(connection: Connection, record_id: str) -> int:
    """Of the change that made the record what it is; 0 for one that is not there."""
    query = sa.select(HEADS.c.change_no).where(HEADS.c.record_id == record_id)
    return int(connection.execute(query).scalar() or 0)


def settled(connection: Connection, fields: tuple[str, ...]) -> bool:
    """Whether all that the sums say has been told by the changes too."""
    first = sa.select(sa.func.min(OPEN_TURNS.c.first_no)).scalar_subquery()
    query = sa.select(HEADS.c.record_id).where(HEADS.c.change_no > first, HEADS.c.well_id.in_(_wells(fields)))
    return connection.execute(query.limit(1)).first() is None


def sums(connection: Connection, fields: tuple[str, ...]) -> tuple[RecordSum, ...]:
    """By well and kind, of the wells of `fields`."""
    query = (
        sa.select(HEADS.c.well_id, HEADS.c.kind, sa.func.count(), sa.func.sum(HEADS.c.digest))
        .where(HEADS.c.well_id.in_(_wells(fields)))
        .group_by(HEADS.c.well_id, HEADS.c.kind)
    )
    return tuple(
        RecordSum(well=int(well), kind=kind, count=int(count), digest=int(digests))
        for well, kind, count, digests in connection.execute(query)
    )


def told_of(connection: Connection, well: int, kind: str, fields: tuple[str, ...]) -> list[int]:
    """The numbers of the changes that made the records of one well and kind what they are."""
    meant = sa.and_(HEADS.c.well_id == well, HEADS.c.kind == kind, HEADS.c.well_id.in_(_wells(fields)))
    query = sa.select(HEADS.c.change_no).where(meant).order_by(HEADS.c.change_no)
    return [int(number) for number in connection.execute(query).scalars()]


def _wells(fields: tuple[str, ...]) -> sa.Select[tuple[int]]:
    return sa.select(WELLS.c.id).where(WELLS.c.field_name.in_(fields))
