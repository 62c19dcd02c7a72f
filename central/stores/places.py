"""How far each source was read, where the source itself does not remember it: kept after what was read is in
ClickHouse, never before. After a crash a little is read twice, and is known by its keys.
"""

from __future__ import annotations

import json
import zlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central.stores import engine
from central.stores.tables import PLACES


def read(connection: Connection, source: str) -> dict[str, int]:
    """Series → microseconds since 1970 of the last value that is written."""
    found = connection.execute(sa.select(PLACES.c.content).where(PLACES.c.source == source)).scalar()
    if found is None:
        return {}
    return {str(name): int(at) for name, at in json.loads(zlib.decompress(bytes(found))).items()}


def put(connection: Connection, source: str, places: dict[str, int], now: datetime) -> None:
    """In the place of what was there: one reads a source at a time."""
    content = zlib.compress(json.dumps(places, ensure_ascii=False).encode(), 1)
    engine.put(connection, PLACES, {"source": source}, {"saved_at": now, "content": content})
