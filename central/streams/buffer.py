"""Messages gathered into batches: by rows or by time, never more than fits; a full buffer holds its reader
back.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from app.core.errors import KnownError
from central.centre import Centre
from central.ingest import Names, ingest, set_aside
from central.stores import letters
from central.streams.payloads import Row, rows_of

ROWS_A_BATCH, SECONDS_A_BATCH = 50_000, 0.5


@dataclass(frozen=True)
class Message:
    """`place` says where it stood in its source, so that a second delivery has the same token; `came` when
    its source has had it, where it says so.
    """

    body: bytes
    topic: str
    place: str
    came: datetime | None = None


class Batcher:
    """What one source brought and ClickHouse has not taken yet. `flush` when it is time; then, and only then,
    the source is told.
    """

    def __init__(self, centre: Centre, source: str) -> None:
        self._centre, self._source = centre, source
        self._names = Names(centre.engine, source)
        self._rows: list[Row] = []
        self._poison: dict[str, list[dict[str, Any]]] = {}
        self._places: list[str] = []
        self._since = time.monotonic()

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def empty(self) -> bool:
        return not self._places

    @property
    def due(self) -> bool:
        full = len(self._rows) >= ROWS_A_BATCH
        return not self.empty and (full or time.monotonic() - self._since >= SECONDS_A_BATCH)

    def add(self, message: Message) -> None:
        """A message that is none is set aside with the batch: it must not stop the others, nor be lost."""
        if self.empty:
            self._since = time.monotonic()
        self._places.append(message.place)
        now = message.came or self._centre.clock()
        try:
            self._rows += rows_of(message.topic, message.body, now)
        except ValueError as error:
            letter = letters.message(message.topic, message.place, message.body, now)
            self._poison.setdefault(str(error), []).append(letter)

    def idle(self) -> None:
        """Nothing came: what came last is remembered by now."""
        self._names.remember(NOTHING, self._centre.clock())

    def flush(self, stop: threading.Event, told: Callable[[KnownError], None]) -> bool:
        """Until the store has taken it, or `stop`; False then. The token is made of the places and moments:
        the same batch again is known; an equal number that came later is another reading.
        """
        table, wait_s = _table(self._rows), 0.5
        moments = table.column("timestamp").cast(pa.int64()).to_numpy().tobytes()
        places = f"{self._places[0]}-{self._places[-1]}-{len(self._places)}"
        token = f"{self._source}/{places}/{hashlib.blake2b(moments, digest_size=8).hexdigest()}"
        while True:
            try:
                if self._rows:
                    ingest(self._centre, table, self._names, token, self._source)
                poison = [(reason, letters.of_messages(rows)) for reason, rows in self._poison.items()]
                set_aside(self._centre, self._source, poison, token)
                break
            except (KnownError, sa.exc.DBAPIError) as error:
                told(_known(error))
                if stop.wait(wait_s):
                    return False
                wait_s = min(wait_s * 2, 30.0)
        self._rows, self._poison, self._places = [], {}, []
        self._centre.metrics.buffered.labels(self._source).set(0)
        return True


def _known(error: KnownError | sa.exc.DBAPIError) -> KnownError:
    """The relational store is away: what came waits for it as it waits for ClickHouse."""
    if isinstance(error, KnownError):
        return error
    return KnownError("database_down", reason=str(error.orig)[:200], retry=True)


def _table(rows: list[Row]) -> pa.Table:
    columns = {
        field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in letters.INCOMING
    }
    return pa.table(columns, schema=letters.INCOMING)


NOTHING = _table([])
