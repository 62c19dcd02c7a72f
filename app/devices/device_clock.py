"""How far a device's clock is from ours, measured at the moment when its second changes."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from app.core.clock import Clock as OurClock
from app.core.clock import to_us, utc_now
from app.core.errors import KnownError
from app.core.jobs import Job
from app.devices.decoding import times_of
from app.devices.master import Master
from app.devices.profile import Clock

LONGEST_S = 2.5
"""A second must have changed by then: else the clock stands."""
SECOND_US = 1_000_000


@dataclass(frozen=True)
class Offset:
    """The device's clock minus ours [µs], and how sure that is."""

    us: int
    sure_us: int


def offset_of(master: Master, clock: Clock, job: Job, ours: OurClock = utc_now) -> Offset:
    """Raises LineError, KnownError (device_clock_stands, device_clock_unset)."""
    began = time.monotonic()
    first, before_us = _read(master, clock, job, ours)
    while True:
        told, after_us = _read(master, clock, job, ours)
        if told != first:
            # It changed between the two questions: by the middle of them, give or take half.
            return Offset(told - (before_us + after_us) // 2, max((after_us - before_us) // 2, 1))
        before_us = after_us
        if time.monotonic() - began > LONGEST_S + 2 * master.timeout_s:
            raise KnownError("device_clock_stands")
        job.pause(0.01)


def _read(master: Master, clock: Clock, job: Job, ours: OurClock) -> tuple[int, int]:
    before_us = to_us(ours())
    words = master.read(clock.table, clock.address, clock.count, job)
    told = int(np.ravel(times_of(clock, words))[0])
    if told <= 0:
        raise KnownError("device_clock_unset")
    return told, (before_us + to_us(ours())) // 2
