"""Questions to one device over one wire, one at a time: asked again where that can help, counted, and never
waited for longer than was said.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.core.jobs import Job
from app.devices import faults
from app.devices.decoding import Words
from app.devices.faults import LineError
from app.devices.frames import Ask, answer_in, foreign, frame_of, gave_up
from app.devices.gate import RTU, TCP
from app.devices.profile import FUNCTION, Profile
from app.devices.wires import Wire, wire_to

TRIES = 3
BUSY_S = 0.2
LEAST_QUIET_S = 0.02


@dataclass
class Health:
    """Of a line since it was opened."""

    asked: int = 0
    answered: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    last: LineError | None = None
    """None while the last question was answered."""


class Master:
    """Belongs to one thread. `close` when done, whatever happens."""

    def __init__(self, wire: Wire, unit: int = 1, timeout_s: float = 1.0, tries: int = TRIES) -> None:
        self.wire, self.unit, self.timeout_s, self._tries = wire, unit, timeout_s, tries
        self.health = Health()
        self._number = 0
        self._unsettled = False

    def close(self) -> None:
        self.wire.close()

    def read(self, table: str, address: int, count: int, job: Job, unit: int | None = None) -> Words:
        """Registers or bits as they are. Raises LineError, Cancelled."""
        for tried in range(1, self._tries + 1):
            try:
                return self._once(table, address, count, job, self.unit if unit is None else unit)
            except LineError as fault:
                self._note(fault)
                if not fault.retry or tried == self._tries:
                    raise
                if fault.code == faults.BUSY:
                    job.pause(BUSY_S * tried)
        raise AssertionError("a line is tried once at least")

    def _once(self, table: str, address: int, count: int, job: Job, unit: int) -> Words:
        self.wire.open(job, self.timeout_s)
        self._settle(job)
        self._number = self._number % 65_535 + 1
        ask = Ask(unit, FUNCTION[table], address, count, self._number)
        self.health.asked += 1
        self.wire.send(frame_of(ask, self.wire.form))
        data, until = b"", time.monotonic() + self.timeout_s
        while True:
            job.check()
            piece = self.wire.receive()
            data += piece
            if piece and (words := answer_in(ask, self.wire.form, data)) is not None:
                self.health.answered += 1
                self.health.last = None
                return words
            if time.monotonic() > until:
                raise gave_up(ask, self.wire.form, data)

    def _settle(self, job: Job) -> None:
        """On a serial line an answer has no number: one that comes late would pass for that to the next
        question. After a fault nothing is asked before the line has been quiet as long as an answer may take.
        """
        if not self._unsettled:
            return
        data = self.wire.drained(job, max(self.timeout_s, LEAST_QUIET_S), 5 * self.timeout_s)
        self._unsettled = False
        if foreign(self.wire.form, data):
            raise LineError(faults.OTHER_MASTER, unit=self.unit, bytes=len(data))

    def _note(self, fault: LineError) -> None:
        self.health.faults[fault.code] += 1
        self.health.last = fault
        if fault.code in (faults.EXCEPTION, faults.BUSY):
            return
        if self.wire.form == TCP or fault.code in (faults.LOST, faults.PORT):
            self.wire.close()
        self._unsettled = self.wire.form == RTU


@contextmanager
def asking(where: str, profile: Profile) -> Iterator[Master]:
    """Opened by the first question. Raises LineError (device_where)."""
    master = Master(wire_to(where, profile), profile.unit_id, profile.timeout_s)
    try:
        yield master
    finally:
        master.close()
