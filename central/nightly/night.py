"""A night's work: every well of the centre, one after the other, each kept as soon as it is made. What was
broken off goes on where it stood; a well that cannot be made is set aside with why, and stops no other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import Connection, Engine

from app.core.clock import Clock, iso
from app.core.errors import KnownError, is_of_the_machine
from app.core.ids import new_id
from app.core.jobs import Job
from app.core.plain import JsonObject
from app.models.store import central, records
from app.services.workspace import Workspace
from app.sync.wire import as_json
from central import outbox
from central.logs import log
from central.nightly.carrying import carried, pull
from central.nightly.making import MadeOfWell, Maker, maker, models_in_force
from central.stores import nights, observed
from central.stores.clickhouse import ClickHouse
from central.stores.engine import changing, reading
from central.stores.leases import Lease
from central.stores.nights import Night
from central.worker import told_bug

PATIENCE_S = 60.0
"""Longer than one well takes; so long a night that was killed keeps the next one waiting."""
KEPT = timedelta(days=100)
"""Bodies of nights; figures stay in ClickHouse."""


@dataclass
class Outcome:
    """`made`, `before` (of the same night already), `set_aside`: well → why."""

    night: Night
    wells: int = 0
    before: int = 0
    made: int = 0
    set_aside: dict[str, str] = field(default_factory=dict)
    forgotten: int = 0

    def told(self) -> JsonObject:
        return {
            "night": iso(self.night.at),
            "models": self.night.models,
            "wells": self.wells,
            "made": self.made,
            "before": self.before,
            "set_aside": len(self.set_aside),
            "forgotten": self.forgotten,
        }


def run(
    folder: Path,
    engine: Engine,
    store: ClickHouse,
    clock: Clock,
    days: int,
    making: Callable[[Workspace], Maker] = maker,
    pause: Callable[[float], None] = time.sleep,
) -> Outcome:
    """Raises KnownError (nightly_busy where another one is at it; a store's trouble)."""
    lease = Lease(engine, "nightly", new_id(), patience_s=PATIENCE_S)
    _wait(lease, pause)
    try:
        job = _Kept(lease)
        with carried(folder, engine, clock) as workspace:
            outcome = Outcome(Night(clock(), models_in_force()))
            pull(job, workspace, engine, store, days)
            _every_well(job, workspace, engine, outcome, making(workspace))
        with job.writing(engine) as connection:
            outcome.forgotten = nights.forget(connection, clock() - KEPT)
            observed.keep(connection, observed.NIGHTLY, clock(), outcome.told())
        return outcome
    finally:
        lease.give_back()


class _Kept(Job):
    """Whoever works asks it again and again; it keeps the lease meanwhile."""

    def __init__(self, lease: Lease) -> None:
        super().__init__()
        self._lease = lease

    def check(self) -> None:
        """Raises KnownError (nightly_busy): another run took over while this one stood still."""
        super().check()
        if not self._lease.held():
            raise KnownError("nightly_busy")

    @contextmanager
    def writing(self, engine: Engine) -> Iterator[Connection]:
        """What an older night made must not come to stand over that of a newer one. Raises KnownError
        (nightly_busy).
        """
        with changing(engine) as connection:
            if not self._lease.still(connection):
                raise KnownError("nightly_busy")
            yield connection


def _wait(lease: Lease, pause: Callable[[float], None]) -> None:
    """Until whoever was killed has not counted for a while."""
    tries, step_s = 35, 2.0
    for _ in range(tries):
        if lease.held():
            return
        pause(step_s)
    raise KnownError("nightly_busy")


def _every_well(job: _Kept, workspace: Workspace, engine: Engine, outcome: Outcome, make: Maker) -> None:
    numbers = {here: number for number, here in central.central_wells(workspace.store).items()}
    wells = [well for well in records.wells(workspace.store) if int(well.id) in numbers]
    with reading(engine) as connection:
        done = nights.done(connection, outcome.night, [numbers[int(well.id)] for well in wells])
    outcome.wells, outcome.before = len(wells), len(done)
    # In a thread of its own: whatever a well does to it is an answer there, and no end of the night.
    with ThreadPoolExecutor(1, "nightly") as worker:
        for well in wells:
            number = numbers[int(well.id)]
            if number in done:
                continue
            job.check()
            asked = worker.submit(make, job, workspace, well, number, outcome.night.at)
            error = asked.exception()
            if error is None:
                _keep(job, engine, outcome.night, number, asked.result())
                outcome.made += 1
            else:
                outcome.set_aside[f"{well.field_name}/{well.name}"] = _aside(
                    job, engine, outcome.night, number, error
                )


def _keep(job: _Kept, engine: Engine, night: Night, number: int, made: MadeOfWell) -> None:
    """Both stores in one transaction: the relay brings the rows of ClickHouse over."""
    newest = {
        "well_id": number,
        "made_at": iso(night.at),
        "model": made.model,
        "body": as_json(made.body).decode(),
    }
    with job.writing(engine) as connection:
        nights.keep(connection, night, number, made.model, made.body)
        outbox.night(connection, night.name(number, "rows"), newest, made.series)


def _aside(job: _Kept, engine: Engine, night: Night, number: int, error: BaseException) -> str:
    """What is wrong with the stores or the machine ends the night; what is wrong with the well is its own."""
    known = error if isinstance(error, KnownError) else None
    if known is not None and (known.retry or known.code == "nightly_busy" or is_of_the_machine(known)):
        raise known
    if not isinstance(error, Exception):
        raise error
    code = known.code if known is not None else type(error).__name__
    if known is None:
        told_bug("nightly", error)
    log("nightly", well=number, set_aside=code)
    with job.writing(engine) as connection:
        nights.set_aside(connection, night, number, code, str(error)[:200])
    return code
