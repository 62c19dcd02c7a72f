"""Values of one server on their way to ClickHouse, and how far each variable was read: that is kept after the
store has it, so that after a crash a little is read twice and nothing is left out.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from datetime import timedelta
from typing import Any

from app.core.clock import to_us
from app.core.errors import KnownError
from central.centre import Centre
from central.logs import log, reason_of
from central.opcua.meaning import Followed
from central.opcua.overlap import Overlap
from central.opcua.values import Told, message, told
from central.stores import places
from central.stores.engine import reading
from central.streams.buffer import NOT_TAKEN, Batcher, Message
from central.worker import told_bug

SAVE_S, QUIET_S = 5.0, 0.3
AHEAD = timedelta(minutes=10)
"""A server's clock may be so much before ours; no place lies further on, or a wrong clock would hide all gaps
to come.
"""
LONGEST_KEY = 200


class Taking:
    def __init__(self, centre: Centre, source: str, stop: threading.Event) -> None:
        self._centre, self._source, self._stop = centre, source, stop
        self._batch = Batcher(centre, source, placed=False)
        self.overlap = Overlap()
        self._places: dict[str, int] = {}
        self._unwritten: dict[str, int] = {}
        """Places of what is in the batch."""
        self._last: dict[str, object] = {}
        """What each variable had: what a status without a value is told of."""
        self._taken_at = self._saved_at = time.monotonic()
        self._unsaved = False

    async def begin(self) -> None:
        """By what is kept: another centre may have read meanwhile."""
        self._places = await asyncio.to_thread(self._kept)
        self._saved_at = float("-inf")  # what is followed first is known at once
        self.overlap.begin(to_us(self._centre.clock()))

    def place(self, one: Followed) -> int | None:
        return self._places.get(key_of(one))

    def understood(self, one: Followed, data: Any) -> Told | None:
        """A value that breaks what reads it is set aside, and the others go on."""
        try:
            return told(data, self._centre.clock())
        except Exception as error:  # noqa: BLE001 - this value, and none of the others
            told_bug(self._source, error)
            where = f"{type(data).__name__} of {one.variable.name}"
            self._batch.set_aside(Message(where.encode(), one.variable.path, where), NOT_TAKEN)
            return None

    def take(self, one: Followed, said: Told) -> None:
        key, now = key_of(one), self._centre.clock()
        made = message(one, said, self._last.get(key), now)
        if said.value is not None:
            self._last[key] = said.value
        at = min(said.at_us, to_us(now + AHEAD))
        self._unwritten[key] = max(at, self._unwritten.get(key, at))
        self._taken_at = time.monotonic()
        if made is not None:
            self._batch.add(made)

    async def write_when_due(self) -> None:
        self._centre.metrics.buffered.labels(self._source).set(len(self._batch))
        quiet = time.monotonic() - self._taken_at > QUIET_S
        if self._batch.due or (quiet and not self._batch.empty):
            await self.write()
        elif self._batch.empty:
            await asyncio.to_thread(self._batch.idle)

    async def write(self) -> None:
        """Held until the store has it, or the centre stops."""
        if not self._batch.empty and not await asyncio.to_thread(self._batch.flush, self._stop, self._waits):
            return
        for key, at in self._unwritten.items():
            self._places[key] = max(at, self._places.get(key, at))
        self._unsaved = self._unsaved or bool(self._unwritten)
        self._unwritten = {}
        if time.monotonic() - self._saved_at > SAVE_S:
            await self.keep()

    async def keep(self) -> None:
        if self._unsaved:
            await asyncio.to_thread(self._put)
            self._saved_at, self._unsaved = time.monotonic(), False

    def _kept(self) -> dict[str, int]:
        with reading(self._centre.engine) as connection:
            return places.read(connection, self._source)

    def _put(self) -> None:
        with self._centre.engine.begin() as connection:
            places.put(connection, self._source, self._places, self._centre.clock())

    def _waits(self, error: KnownError) -> None:
        log("opcua", state="store", source=self._source, reason=reason_of(error))


def key_of(one: Followed) -> str:
    name = one.variable.name
    return name if len(name) <= LONGEST_KEY else hashlib.blake2b(name.encode(), digest_size=16).hexdigest()
