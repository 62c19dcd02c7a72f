"""The keys under which requests may be sent again: one key is one content."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central.stores.tables import KEYS

KEPT = timedelta(days=400)
"""A laptop may be a winter at a pad before it tries again."""


def is_of(connection: Connection, device_id: str, key: str, sha256: str, now: datetime) -> bool:
    """Whether the key is of this content: new, or met with it before."""
    mine = sa.and_(KEYS.c.device_id == device_id, KEYS.c.request_key == key)
    met = connection.execute(sa.select(KEYS.c.sha256).where(mine)).scalar()
    if met is None:
        connection.execute(sa.delete(KEYS).where(KEYS.c.device_id == device_id, KEYS.c.came_at < now - KEPT))
        connection.execute(
            sa.insert(KEYS).values(device_id=device_id, request_key=key, sha256=sha256, came_at=now)
        )
    return met in (None, sha256)
