"""What was seen last of what works by the clock (models, nights): in figures, for Prometheus and for whoever
asks the database. Nothing of it is told to laptops: no change names it.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.plain import JsonObject
from central.stores.engine import put
from central.stores.tables import ITEMS

TOPIC = "observed"
NIGHTLY = "nightly"


def keep(connection: Connection, name: str, now: datetime, figures: JsonObject) -> None:
    """In place of what was seen before."""
    values = {"well_id": None, "version": 1, "entry_id": "", "saved_at": now, "body": figures}
    put(connection, ITEMS, {"topic": TOPIC, "item_key": name}, values)


def every(connection: Connection) -> dict[str, tuple[datetime, JsonObject]]:
    """Name → (when it was seen, its figures)."""
    rows = connection.execute(
        sa.select(ITEMS.c.item_key, ITEMS.c.saved_at, ITEMS.c.body).where(ITEMS.c.topic == TOPIC)
    )
    return {str(name): (at, body) for name, at, body in rows}
