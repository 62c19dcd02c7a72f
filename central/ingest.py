"""Cleaned readings into ClickHouse, what was set aside into the dead letters: the same for REST, MQTT, Kafka
and files.
"""

from __future__ import annotations

import threading
import time

import pyarrow as pa
import sqlalchemy as sa

from app.core.ids import new_id
from central.centre import Centre
from central.stores import wells
from central.stores.engine import reading
from central.stores.tables import DEAD_LETTERS
from central.streams.clean import Cleaned, WellFinder, clean

MOST_DEAD_KEPT = 1_000
REFRESH_S = 5.0


class Wells:
    """The registry of wells, looked up again every few seconds."""

    def __init__(self, centre: Centre, fields: tuple[str, ...] | None = None) -> None:
        self._centre, self._fields = centre, fields
        self._lock = threading.Lock()
        self._at = float("-inf")
        self._finder = WellFinder([])

    def finder(self) -> WellFinder:
        with self._lock:
            if time.monotonic() - self._at > REFRESH_S:
                with reading(self._centre.engine) as connection:
                    self._finder = WellFinder(wells.all_wells(connection, self._fields))
                self._at = time.monotonic()
            return self._finder


def ingest(centre: Centre, table: pa.Table, finder: WellFinder, token: str, source: str) -> Cleaned:
    """`table`: INCOMING. The same token again writes nothing twice. Raises KnownError (clickhouse_down) with
    nothing written.
    """
    cleaned = clean(table, finder)
    if len(cleaned.readings):
        centre.clickhouse.insert_readings(cleaned.readings, token, source)
        centre.metrics.readings.labels(source).inc(len(cleaned.readings))
    set_aside(centre, source, cleaned.dead)
    return cleaned


def set_aside(centre: Centre, source: str, dead: list[tuple[str, dict[str, object]]]) -> None:
    """Counted all, kept MOST_DEAD_KEPT of a batch: enough to see what is wrong, never enough to fill the
    store.
    """
    if not dead:
        return
    for reason in {reason for reason, _ in dead}:
        centre.metrics.dead_letters.labels(source, reason).inc(sum(one == reason for one, _ in dead))
    rows = [
        {
            "id": new_id(),
            "source": source,
            "received_at": centre.clock(),
            "reason": reason,
            "content": content,
        }
        for reason, content in dead[:MOST_DEAD_KEPT]
    ]
    with centre.engine.begin() as connection:
        connection.execute(sa.insert(DEAD_LETTERS), rows)
