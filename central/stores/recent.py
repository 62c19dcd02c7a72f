"""The last readings of each source as they came, known or not: what a table of tags is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central.stores.letters import packed, unpacked
from central.stores.tables import RECENT

MOST = 2_000
"""Readings of a source that are remembered."""
MOST_PARTS = 200
"""Batches of them that are held until they are saved."""


def put(connection: Connection, source: str, last: pa.Table, now: datetime) -> None:
    """Those that came after the ones that are there; the newest are kept."""
    where = RECENT.c.source == source
    before = connection.execute(sa.select(RECENT.c.content).where(where)).scalar()
    if before is not None:
        last = pa.concat_tables([unpacked(bytes(before)).select(last.column_names), last])
    content = packed(last.slice(max(0, len(last) - MOST)))
    row = {"saved_at": now, "content": content}
    if before is None:
        connection.execute(sa.insert(RECENT).values(source=source, **row))
    else:
        connection.execute(sa.update(RECENT).where(where).values(**row))


def every(connection: Connection) -> Iterator[tuple[str, pa.Table]]:
    """(source, its last readings)."""
    query = sa.select(RECENT.c.source, RECENT.c.content).order_by(RECENT.c.source)
    for source, content in connection.execute(query):
        yield source, unpacked(bytes(content))
