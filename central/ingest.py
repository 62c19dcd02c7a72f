"""Cleaned readings into ClickHouse, what was set aside into the dead letters: the same for REST, MQTT, Kafka
and files.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pyarrow as pa
from sqlalchemy.engine import Connection, Engine

from app.models.wells import Well
from central.centre import Centre
from central.logs import log
from central.names.finding import WellFinder
from central.names.tags import TagMap
from central.stores import bindings, changes, dead_letters, recent, tags
from central.stores import wells as registry
from central.stores.bindings import Binding
from central.stores.devices import Device
from central.stores.engine import changing, reading
from central.stores.letters import letters_of
from central.stores.tags import Tag
from central.streams.bound import TOPIC_UNBOUND, Bound, Fields, cleaned
from central.streams.clean import OF_NAMES, Cleaned, Known

REFRESH_S = 5.0
REMEMBER_S = 2.0
FORGET_S = 3_600.0


def source_of(device: Device) -> str:
    """What a device of REST is called among the sources."""
    return f"rest/{device.id}"


class Names:
    """Registry and tags for one source, looked after every few seconds, and when a name comes that is in
    neither: by the number of the last change, so that names which nobody gives cost no reading of all.
    """

    def __init__(self, engine: Engine, source: str, fields: tuple[str, ...] | None = None) -> None:
        self._engine, self._source, self._fields = engine, source, fields
        self._lock = threading.Lock()
        self._at = float("-inf")
        self._meaning = _Meaning([], (), (), source)
        self._newest = -1
        self._read: tuple[object, ...] | None = None
        self._last: list[pa.Table] = []
        self._remembered = float("-inf")

    def cleaned(self, table: pa.Table, now: datetime) -> Cleaned:
        """A name is unknown only to a registry read after its rows came: it may have been given since."""
        came = time.monotonic()
        found = self._since(came - REFRESH_S).cleaned(table, now)
        if any(reason in (*OF_NAMES, TOPIC_UNBOUND) for reason, _ in found.dead) and self._at < came:
            found = self._since(came).cleaned(table, now)
        return found

    def remember(self, table: pa.Table, now: datetime) -> None:
        """The last readings, for trying tags on. Every few seconds is enough, so none of a stream that falls
        silent is missed when it is called with nothing.
        """
        with self._lock:
            if not len(table) and not self._last:
                return
            # Copied: a slice would hold all of what it is of.
            self._last.append(
                table.take(pa.array(range(max(0, len(table) - recent.MOST), len(table)), pa.int64()))
            )
            self._last = self._last[-recent.MOST_PARTS :]
            if time.monotonic() - self._remembered < REMEMBER_S:
                return
            self._remembered = time.monotonic()
            last = pa.concat_tables(self._last)
            self._last.clear()
        with self._engine.begin() as connection:
            recent.put(connection, self._source, last, now)

    def _since(self, moment: float) -> _Meaning:
        with self._lock:
            if self._at < moment:
                read_at = time.monotonic()
                with reading(self._engine) as connection:
                    newest = changes.newest(connection)
                    if newest != self._newest:
                        self._learn(connection)
                        self._newest = newest
                self._at = read_at
            return self._meaning

    def _learn(self, connection: Connection) -> None:
        """What was found once is found again where only other things have changed."""
        wells, rows = registry.all_wells(connection, self._fields), tags.all_tags(connection)
        bound = bindings.every(connection)
        if self._read != (wells, rows, bound):
            self._meaning = _Meaning(wells, rows, bound, self._source)
            self._read = wells, rows, bound


class _Meaning:
    """What the names of a source mean, to each of the fields that its topics speak for."""

    def __init__(
        self, wells: list[Well], rows: tuple[Tag, ...], bound: tuple[Binding, ...], source: str
    ) -> None:
        self._wells, self._tags = wells, TagMap(rows, source)
        self._bound = Bound(bound, source)
        self._known: dict[Fields, Known] = {}

    def cleaned(self, table: pa.Table, now: datetime) -> Cleaned:
        return cleaned(table, self._bound, self._of, now)

    def _of(self, fields: Fields) -> Known:
        if fields not in self._known:
            mine = [well for well in self._wells if fields is None or well.field_name in fields]
            self._known[fields] = Known(WellFinder(mine), self._tags)
        return self._known[fields]


Dead = list[tuple[str, pa.Table]]
"""(why, letters)."""
Aside = Callable[[Dead, str], None]
"""Keeps what was set aside of a batch, by its token."""


def ingest(
    centre: Centre, table: pa.Table, names: Names, token: str, source: str, aside: Aside | None = None
) -> Cleaned:
    """`table`: INCOMING. The same token again writes nothing twice. `aside`: who keeps the dead letters; at
    once without it. Raises KnownError (clickhouse_down) with nothing written.
    """
    now = centre.clock()
    cleaned = names.cleaned(table, now)
    if len(cleaned.readings):
        centre.clickhouse.insert_readings(cleaned.readings, token, source)
        centre.metrics.readings.labels(source).inc(len(cleaned.readings))
    dead = [(reason, letters_of(rows, now)) for reason, rows in cleaned.dead]
    (aside or partial(set_aside, centre, source))(dead, token)
    names.remember(table, now)
    return cleaned


def set_aside(centre: Centre, source: str, dead: Dead, token: str) -> None:
    """All of it is kept, until it is replayed or its time is over; past the limit of size it is only counted,
    and that is told.
    """
    if dead:
        with changing(centre.engine) as connection:
            set_aside_in(connection, centre, source, dead, token)


def set_aside_in(connection: Connection, centre: Centre, source: str, dead: Dead, token: str) -> None:
    """Only inside changing()."""
    limit, lost = centre.config.dead_megabytes << 20, 0
    _forget(centre, connection)
    size = dead_letters.held(connection).size
    for reason, letters in dead:
        name = dead_letters.name_of(token, reason)
        if size >= limit:
            lost += len(letters)
            centre.metrics.dead_lost.labels(source, reason).inc(len(letters))
            continue
        size += dead_letters.add(connection, name, source, reason, letters)
        dead_letters.join_small(connection, source, reason)
    for reason, letters in dead:
        centre.metrics.dead_letters.labels(source, reason).inc(len(letters))
    centre.metrics.dead_bytes.set(size)
    if lost:
        log("dead letters", state="full", source=source, lost=lost, limit_mb=centre.config.dead_megabytes)


def _forget(centre: Centre, connection: Connection) -> None:
    """Once an hour: what nobody has asked for within its time."""
    now = centre.clock()
    if (now - centre.forgot_at).total_seconds() >= FORGET_S:
        centre.forgot_at = now
        gone = dead_letters.forget_before(connection, now - timedelta(days=centre.config.dead_days))
        if gone:
            log("dead letters", state="too old", letters=gone)
