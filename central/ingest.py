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
from central.stores import wells as registry
from central.stores.engine import reading
from central.stores.tables import DEAD_LETTERS
from central.streams.clean import WELL_UNKNOWN, Cleaned, WellFinder, clean

MOST_DEAD_KEPT = 1_000
REFRESH_S = 5.0


class Wells:
    """The registry of wells, read again every few seconds, and when a well is named that is not in it."""

    def __init__(self, centre: Centre, fields: tuple[str, ...] | None = None) -> None:
        self._centre, self._fields = centre, fields
        self._lock = threading.Lock()
        self._at = float("-inf")
        self._finder = WellFinder([])

    def cleaned(self, table: pa.Table) -> Cleaned:
        """A well is unknown only to a registry read after its rows came: it may have been made since."""
        came = time.monotonic()
        found = clean(table, self._finder_since(came - REFRESH_S))
        if any(reason == WELL_UNKNOWN for reason, _ in found.dead) and self._at < came:
            found = clean(table, self._finder_since(came))
        return found

    def _finder_since(self, moment: float) -> WellFinder:
        with self._lock:
            if self._at < moment:
                read_at = time.monotonic()
                with reading(self._centre.engine) as connection:
                    self._finder = WellFinder(registry.all_wells(connection, self._fields))
                self._at = read_at
            return self._finder


def ingest(centre: Centre, table: pa.Table, wells: Wells, token: str, source: str) -> Cleaned:
    """`table`: INCOMING. The same token again writes nothing twice. Raises KnownError (clickhouse_down) with
    nothing written.
    """
    cleaned = wells.cleaned(table)
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
