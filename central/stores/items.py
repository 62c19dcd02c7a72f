"""Things with one body and no fields of their own: forecasts, interpreted tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.models.wells import Well
from central.stores import changes, wells
from central.stores.engine import put
from central.stores.tables import ITEMS, WELLS


def add(
    connection: Connection, topic: str, key: str, well: Well, entry_id: str, now: datetime, body: Any
) -> int:
    """Only inside changing(). A body of None says that it is gone. Returns the change's number."""
    where = sa.and_(ITEMS.c.topic == topic, ITEMS.c.item_key == key)
    before = connection.execute(sa.select(ITEMS.c.version).where(where)).scalar()
    version = int(before) + 1 if before is not None else 1
    put(
        connection,
        ITEMS,
        {"topic": topic, "item_key": key},
        {"well_id": int(well.id), "version": version, "entry_id": entry_id, "saved_at": now, "body": body},
    )
    return changes.add(connection, topic, key, version, int(well.id), well.field_name)


def field_of(connection: Connection, topic: str, key: str) -> str | None:
    """The field of the well that it belongs to; None when there is no such thing."""
    where = sa.and_(ITEMS.c.topic == topic, ITEMS.c.item_key == key, WELLS.c.id == ITEMS.c.well_id)
    row = connection.execute(sa.select(WELLS.c.field_name).where(where)).first()
    return str(row[0]) if row else None


def well_of(connection: Connection, topic: str, key: str) -> Well:
    where = sa.and_(ITEMS.c.topic == topic, ITEMS.c.item_key == key)
    return wells.by_number(
        connection, int(connection.execute(sa.select(ITEMS.c.well_id).where(where)).scalar_one())
    )
