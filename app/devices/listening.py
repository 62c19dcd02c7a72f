"""An instrument that speaks by itself is listened to, and nothing is sent; one door to it and to those that
are asked.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.clock import Clock, to_us, utc_now
from app.core.jobs import Job
from app.devices import faults
from app.devices.faults import LineError
from app.devices.lines import Lines, shown, values_of
from app.devices.live import Live, blocks_of, read_blocks
from app.devices.master import Health, Master, asking
from app.devices.polling import LONGEST_PAUSE_S, Heard, rounds
from app.devices.profile import POLLS, Profile
from app.devices.wires import Wire, wire_to

FIRST_PAUSE_S = 0.5


class Listener:
    """Belongs to one thread. `close` when done, whatever happens."""

    def __init__(self, wire: Wire, profile: Profile) -> None:
        assert profile.framing is not None
        self.wire, self._profile, self._framing = wire, profile, profile.framing
        self.health = Health()

    def close(self) -> None:
        self.wire.close()

    def heard(self, job: Job, clock: Clock = utc_now) -> Iterator[Heard]:
        """Until the job is cancelled, a few times a second at least: what was wrong last stays until a line
        is whole. A line that cannot be opened, or is lost, is opened again.
        """
        lines, pause_s, spoke_s = Lines(self._framing), FIRST_PAUSE_S, time.monotonic()
        while True:
            job.check()
            try:
                self.wire.open(job, self._profile.timeout_s)
                data = self.wire.receive()
            except LineError as fault:
                self.wire.close()
                lines = Lines(self._framing)
                yield self._wrong(fault)
                job.pause(pause_s)
                pause_s, spoke_s = min(2 * pause_s, LONGEST_PAUSE_S), time.monotonic()
                continue
            pause_s = FIRST_PAUSE_S
            at_us, told = to_us(clock()), lines.fed(data)
            for one in told:
                if isinstance(one, LineError):
                    yield self._wrong(one)
                else:
                    self.health.answered += 1
                    self.health.last = None
                    yield Heard(values_of(self._profile, one, at_us))
            now = time.monotonic()
            if data:
                spoke_s = now
            elif now - spoke_s > self._framing.silence_s:
                spoke_s = now
                self._wrong(self._silence(lines))
            if not told:
                yield Heard(fault=self.health.last)

    def _silence(self, lines: Lines) -> LineError:
        """Nothing came, or the beginning of a line that goes on no more."""
        framing = self._framing
        if not lines.begun:
            return LineError(faults.TEXT_SILENT, where=self.wire.where, seconds=framing.silence_s)
        count = lines.begun.count(framing.delimiter.encode()) + 1
        return LineError(faults.TEXT_HALF, shown=shown(lines.begun), count=count, fields=framing.fields)

    def _wrong(self, fault: LineError) -> Heard:
        self.health.faults[fault.code] += 1
        self.health.last = fault
        return Heard(fault=fault)


@contextmanager
def connected(where: str, profile: Profile) -> Iterator[Master | Listener]:
    """Opened by the first question, or by the first ear. Raises LineError (device_where)."""
    if profile.framing is None:
        with asking(where, profile) as master:
            yield master
        return
    listener = Listener(wire_to(where, profile), profile)
    try:
        yield listener
    finally:
        listener.close()


def rounds_of(
    source: Master | Listener,
    profile: Profile,
    job: Job,
    clock: Clock = utc_now,
    fast_s: float = POLLS["fast"],
) -> Iterator[Heard]:
    """What comes, asked for or not, until the job is cancelled."""
    if isinstance(source, Listener):
        return source.heard(job, clock)
    return rounds(source, profile, job, clock, fast_s)


def read_now(where: str, profile: Profile, job: Job) -> tuple[Live, ...]:
    """Once: the answers, or the next whole line. Raises LineError."""
    with connected(where, profile) as source:
        if isinstance(source, Master):
            return tuple(read_blocks(source, blocks_of(profile), job))
        for heard in source.heard(job):
            if heard.live:
                return heard.live
            if heard.fault is not None:
                raise heard.fault
    return ()
