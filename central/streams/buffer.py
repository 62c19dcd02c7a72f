"""Messages gathered into batches: by rows or by time, never more than fits; a full buffer holds its reader
back.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import pyarrow as pa
import sqlalchemy as sa

from app.core.errors import KnownError
from app.core.ids import new_id
from central.centre import Centre
from central.ingest import Aside, Names, ingest, set_aside
from central.stores import letters
from central.stores.engine import database_down
from central.streams.payloads import Row, rows_of
from central.streams.schemas import schemas_of
from central.worker import told_bug

ROWS_A_BATCH, SECONDS_A_BATCH = 50_000, 0.5
NOT_TAKEN = "not_taken"
Keeping = Callable[[], AbstractContextManager[Aside]]


@dataclass(frozen=True)
class Message:
    """`place` says where it stood in its source, so that a second delivery has the same token; `came` when
    its source has had it, where it says so; `schema` the form that is named beside it.
    """

    body: bytes
    topic: str
    place: str
    came: datetime | None = None
    schema: str = ""


class Batcher:
    """What one source brought and ClickHouse has not taken yet. `flush` when it is time; then, and only then,
    the source is told.
    """

    def __init__(
        self, centre: Centre, source: str, *, placed: bool = True, keeping: Keeping | None = None
    ) -> None:
        """`placed`: the source's places are positions, so that a batch read again is known by them. Else each
        batch is one of its own: a value that is set back to what it was is the newest one. `keeping`: around
        each try to write it, with who keeps what is set aside; at once without it.
        """
        self._keeping = keeping or (lambda: nullcontext(partial(set_aside, centre, source)))
        self._centre, self._source, self._placed = centre, source, placed
        self._schemas = schemas_of(centre.config.schemas)
        self._turn = ""
        self._names = Names(centre.engine, source)
        self._held: list[tuple[Message, list[Row]]] = []
        self._rows = 0
        self._poison: dict[str, list[dict[str, object]]] = {}
        self._places: list[str] = []
        self._since = time.monotonic()

    def __len__(self) -> int:
        return self._rows

    @property
    def empty(self) -> bool:
        return not self._places

    @property
    def due(self) -> bool:
        full = len(self) >= ROWS_A_BATCH
        return not self.empty and (full or time.monotonic() - self._since >= SECONDS_A_BATCH)

    def add(self, message: Message, read: Callable[[datetime], list[Row]] | None = None) -> None:
        """A message that is none is set aside with the batch: it must not stop the others, nor be lost.
        `read`: what it gives, by when it came, where whoever follows reads it himself.
        """
        came = message.came or self._centre.clock()
        try:
            if read is not None:
                rows = read(came)
            else:
                rows = rows_of(message.topic, message.body, came, self._schemas, message.schema)
        except ValueError as error:
            self.set_aside(message, str(error))
        except Exception as error:  # noqa: BLE001 - a bug of ours that this message met
            told_bug(self._source, error)
            self.set_aside(message, NOT_TAKEN)
        else:
            self._comes(message)
            self._held.append((message, rows))
            self._rows += len(rows)

    def set_aside(self, message: Message, reason: str) -> None:
        """A message that gives no readings, whole, with the batch that it came in."""
        self._comes(message)
        self._poison_of(message, reason)

    def _comes(self, message: Message) -> None:
        if self.empty:
            self._since = time.monotonic()
            self._turn = "" if self._placed else f"{new_id()}/"
        self._places.append(message.place)

    def _poison_of(self, message: Message, reason: str) -> None:
        came = message.came or self._centre.clock()
        letter = letters.message(message.topic, message.place, message.body, came, message.schema)
        self._poison.setdefault(reason, []).append(letter)

    def idle(self) -> None:
        """Nothing came: what came last is remembered by now."""
        self._names.remember(NOTHING, self._centre.clock())

    def flush(self, stop: threading.Event, told: Callable[[KnownError], None]) -> bool:
        """Until the store has taken it, or `stop`; False then. The token is made of the places and moments:
        the same batch again is known; an equal number that came later is another reading.
        """
        places, wait_s = f"{self._places[0]}-{self._places[-1]}-{len(self._places)}", 0.5
        while True:
            try:
                with self._keeping() as aside:
                    self._take(places, aside)
                    poison = [(reason, letters.of_messages(rows)) for reason, rows in self._poison.items()]
                    aside(poison, f"{self._source}/{places}")
                break
            except (KnownError, sa.exc.DBAPIError) as error:
                told(database_down(error))
                if stop.wait(wait_s):
                    return False
                wait_s = min(wait_s * 2, 30.0)
        self.drop()
        return True

    def drop(self) -> None:
        """What is held is written, or is somebody else's."""
        self._held, self._rows, self._poison, self._places = [], 0, {}, []
        self._centre.metrics.buffered.labels(self._source).set(0)

    def _take(self, places: str, aside: Aside) -> None:
        """All together; where something in it cannot be taken at all, each message by itself."""
        try:
            self._ingest([row for _, rows in self._held for row in rows], places, aside)
        except (KnownError, sa.exc.DBAPIError):
            raise
        except Exception as error:  # noqa: BLE001 - a bug of ours, or what no store holds
            told_bug(self._source, error)
            while self._held:
                message, rows = self._held[0]
                try:
                    self._ingest(rows, message.place, aside)
                except (KnownError, sa.exc.DBAPIError):
                    raise
                except Exception:  # noqa: BLE001 - this one
                    self._poison_of(message, NOT_TAKEN)
                del self._held[0]
        self._held = []

    def _ingest(self, rows: list[Row], places: str, aside: Aside) -> None:
        if not rows:
            return
        table = _table(rows)
        moments = table.column("timestamp").cast(pa.int64()).to_numpy().tobytes()
        token = f"{self._source}/{self._turn}{places}/{hashlib.blake2b(moments, digest_size=8).hexdigest()}"
        ingest(self._centre, table, self._names, token, self._source, aside)


def _table(rows: list[Row]) -> pa.Table:
    columns = {
        field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in letters.INCOMING
    }
    return pa.table(columns, schema=letters.INCOMING)


NOTHING = _table([])
