"""What was asked without the right to it, into the audit trail: the first time at once, the rest as a count,
so that nobody fills the trail by asking. And the trail's end, now and then, into the log.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.engine import Engine

from app.core.clock import Clock
from central.logs import log
from central.stores import audit
from central.stores.engine import changing, reading

WRITTEN_EVERY_S, TOLD_EVERY_S, MOST_REMEMBERED = 600.0, 600.0, 1_000


@dataclass
class _Told:
    at: float
    since: int = 0


@dataclass
class Refusals:
    """`monotonic` moves by itself except in tests."""

    engine: Engine
    clock: Clock
    monotonic: Callable[[], float] = time.monotonic
    _told: dict[tuple[str, str, str], _Told] = field(default_factory=dict)
    _end_told: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def tell_end(self) -> None:
        """Whoever makes the whole chain anew would have to change the log's copies too."""
        now = self.monotonic()
        with self._lock:
            if now - self._end_told < TOLD_EVERY_S:
                return
            self._end_told = now
        with reading(self.engine) as connection:
            last = audit.end(connection)
        if last is not None:
            log("audit", no=last.no, hash=last.own)

    def note(self, actor: str, what: str, code: str) -> None:
        """Of whom, which question, why not."""
        now = self.monotonic()
        with self._lock:
            if len(self._told) >= MOST_REMEMBERED:
                self._told = {k: t for k, t in self._told.items() if now - t.at < WRITTEN_EVERY_S}
            if len(self._told) >= MOST_REMEMBERED:
                actor, what = "others", ""
            told = self._told.setdefault((actor, what, code), _Told(float("-inf")))
            told.since += 1
            if now - told.at < WRITTEN_EVERY_S:
                return
            times, told.at, told.since = told.since, now, 0
        with changing(self.engine) as connection:
            audit.add(
                connection, actor, "refused", {"what": what, "code": code, "times": times}, self.clock()
            )
