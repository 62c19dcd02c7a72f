"""How far each partition of Kafka was read: kept in the transaction with what was set aside of it, after
ClickHouse has the rest. Whoever writes holds the row, so that of two readers of a partition only one goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central.stores.leases import OvertakenError
from central.stores.tables import KAFKA_OFFSETS as OFFSETS


def begin(connection: Connection, cluster: str, topic: str, partition: int, at: int, now: datetime) -> int:
    """The next offset to read; `at` where the partition is read for the first time."""
    mine = _mine(cluster, topic, [partition])
    found = connection.execute(sa.select(OFFSETS.c.next_offset).where(mine)).scalar()
    if found is not None:
        return int(found)
    key = {"cluster_id": cluster, "topic": topic, "partition_no": partition}
    connection.execute(sa.insert(OFFSETS).values(**key, next_offset=at, saved_at=now))
    return at


def check(connection: Connection, cluster: str, topic: str, first: Mapping[int, int]) -> None:
    """`first`: partition → the first offset that is to be written. The rows are held until the transaction
    ends. Raises OvertakenError.
    """
    wanted = sa.select(OFFSETS.c.partition_no, OFFSETS.c.next_offset).where(_mine(cluster, topic, first))
    rows = connection.execute(wanted.order_by(OFFSETS.c.partition_no).with_for_update())
    kept = {int(partition): int(at) for partition, at in rows}
    if any(kept.get(partition, offset + 1) > offset for partition, offset in first.items()):
        raise OvertakenError


def put(connection: Connection, cluster: str, topic: str, after: Mapping[int, int], now: datetime) -> None:
    """`after`: partition → the offset to be read next."""
    for partition, at in sorted(after.items()):
        mine = _mine(cluster, topic, [partition])
        connection.execute(sa.update(OFFSETS).where(mine).values(next_offset=at, saved_at=now))


def _mine(cluster: str, topic: str, partitions: Iterable[int]) -> sa.ColumnElement[bool]:
    return sa.and_(
        OFFSETS.c.cluster_id == cluster,
        OFFSETS.c.topic == topic,
        OFFSETS.c.partition_no.in_(list(partitions)),
    )
