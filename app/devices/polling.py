"""A device asked again and again, by the classes of its registers; a fault of the line is a state between two
answers, and asking goes on.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.clock import Clock, utc_now
from app.core.jobs import Job
from app.devices.faults import LineError
from app.devices.live import Live, blocks_of, read_blocks
from app.devices.master import Master
from app.devices.profile import POLLS, Profile

LONGEST_PAUSE_S = 5.0


@dataclass(frozen=True)
class Heard:
    """What one round brought: values, or what kept them away."""

    live: tuple[Live, ...] = ()
    fault: LineError | None = None


def rounds(
    master: Master, profile: Profile, job: Job, clock: Clock = utc_now, fast_s: float = POLLS["fast"]
) -> Iterator[Heard]:
    """Until the job is cancelled; whoever listens may take its time. `fast_s`: how often the fast ones are
    asked; a round comes as often where nothing is due: who listens may have other work for the line.
    """
    by_class = {poll: [one for one in profile.registers if one.poll == poll] for poll in POLLS}
    asked = {poll: blocks_of(profile, registers) for poll, registers in by_class.items()}
    every = {**POLLS, "fast": fast_s}
    due = {poll: time.monotonic() for poll in POLLS if asked[poll]}
    pause_s = fast_s
    while True:
        job.check()
        now = time.monotonic()
        waiting = [poll for poll in due if due[poll] <= now]
        try:
            found = read_blocks(master, [block for poll in waiting for block in asked[poll]], job, clock)
        except LineError as fault:
            yield Heard(fault=fault)
            job.pause(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            continue
        pause_s = fast_s
        for poll in waiting:
            # A round that took longer than its time is not made up for.
            due[poll] = max(due[poll] + every[poll], now)
            if poll == "once":
                del due[poll]
        yield Heard(tuple(found))
        next_s = min((*due.values(), now + fast_s))
        job.pause(max(0.0, next_s - time.monotonic()))
