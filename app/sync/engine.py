"""One sync, as the protocol has it: greet, push, pull records, pull readings, compare. One channel down stops
no other.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from app.core.clock import Clock, parse_time
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.entries import State
from app.models.journal import Journal
from app.models.readings import Readings
from app.models.store import central_sums
from app.models.store.database import Database
from app.models.store.records import wells
from app.models.store.versions import as_imported
from app.models.values import Read, text_of
from app.sync import epochs, rights
from app.sync.carried import Subscription
from app.sync.compared import RecordDifference, compare_records, wells_differ
from app.sync.eviction import evict
from app.sync.made import pull_made
from app.sync.pull import MakeCard, Pulled, ReadingPull, pull_records
from app.sync.push import Push, Pushed
from app.sync.rights import Rights
from app.sync.sanity import Difference, compare
from app.sync.transports.base import PushCentre, ReadingSource, RecordSource
from app.sync.wire import PROTOCOL, Hello

CHANNELS = ("push", "records", "readings")


@dataclass
class Parts:
    """What a sync works with. A channel that is not set up is None."""

    store: Database
    journal: Journal
    clock: Clock
    rng: random.Random
    well_key_of: Callable[[int], Read | None]
    make_card: MakeCard
    subscription: Subscription
    centre: PushCentre | None = None
    records: RecordSource | None = None
    readings: ReadingSource | None = None
    written: Callable[[Readings], None] = lambda _: None
    compare_sums: bool = True

    @property
    def one_channel(self) -> bool:
        """Records come the way that entries go."""
        return self.centre is not None and self.records is self.centre  # type: ignore[comparison-overlap]


@dataclass
class SyncReport:
    """`problems`: channel → what stopped it. `skew_s`: how far this clock is ahead of the centre's."""

    hello: Hello | None = None
    pushed: Pushed = field(default_factory=Pushed)
    pulled: Pulled = field(default_factory=Pulled)
    differences: list[Difference] = field(default_factory=list)
    record_differences: list[RecordDifference] = field(default_factory=list)
    problems: dict[str, KnownError] = field(default_factory=dict)
    skew_s: float = 0.0
    rights: Rights = Rights()
    set_back: int = 0
    evicted: int = 0


def sync(job: Job, parts: Parts) -> SyncReport:
    """Never raises for a channel's trouble: that is in the report. Cancelled goes through."""
    report = SyncReport()
    if parts.centre is not None and _guarded(report, "push", lambda: _greet(parts, report)):
        _guarded(report, "push", lambda: _push(job, parts, report))
    if parts.records is not None and (report.hello is not None or not parts.one_channel):
        _guarded(report, "records", lambda: _pull_records(job, parts, report))
    # A centre that did not answer a moment ago is not waited for a second time.
    if parts.readings is not None and (report.hello is not None or not parts.readings.of_the_centre):
        _guarded(report, "readings", lambda: _pull_readings(job, parts, report))
    return report


def _guarded(report: SyncReport, channel: str, work: Callable[[], None]) -> bool:
    try:
        work()
    except KnownError as error:
        report.problems.setdefault(channel, error)
        return False
    return channel not in report.problems


def _greet(parts: Parts, report: SyncReport) -> None:
    assert parts.centre is not None
    before = parts.clock()
    hello = parts.centre.hello()
    if hello.protocol > PROTOCOL and hello.least_payload_version > 1:
        raise KnownError("centre_newer", protocol=hello.protocol)
    middle = before + (parts.clock() - before) / 2
    report.skew_s = (middle - parse_time(hello.server_time)).total_seconds()
    report.rights = rights.changed(parts.store, hello)
    report.set_back = epochs.noticed(parts.store, parts.journal, parts.centre, hello)
    report.hello = hello  # only now: what was not noticed to be set back is read as if it were as before


def _push(job: Job, parts: Parts, report: SyncReport) -> None:
    assert parts.centre is not None
    report.pushed = Push(
        parts.journal,
        parts.centre,
        parts.clock,
        parts.rng,
        parts.well_key_of,
        lambda record: as_imported(parts.store, record),
    ).run(job)
    if report.pushed.stopped is not None:
        raise report.pushed.stopped


def _pull_records(job: Job, parts: Parts, report: SyncReport) -> None:
    assert parts.records is not None
    pull_records(job, parts.store, parts.journal, parts.records, report.pulled)
    knows_itself = report.hello is not None and bool(report.hello.epoch)
    if parts.centre is not None and knows_itself and parts.one_channel:
        report.pulled.confirmed += epochs.settle_unshown(parts.journal, parts.centre)
    left = central_sums.leave_untold(parts.store, parts.journal.pending_records())
    if parts.centre is not None and knows_itself and parts.compare_sums:
        compared = compare_records(job, parts.store, parts.journal, parts.centre)
        report.record_differences = list(compared.differences)
        read_on = partial(pull_records, job, parts.store, parts.journal, parts.records, report.pulled)
        apart = wells_differ(parts.store, parts.centre, read_on)
        report.record_differences += apart
        if compared.misread or apart:
            left += _read_anew(parts, read_on)
    report.pulled.changed |= bool(left or report.record_differences or report.rights.wells_left)


def _read_anew(parts: Parts, read_on: Callable[[], object]) -> int:
    """One thing of the stream was not what the centre has: of what nobody counts (tests of wells, histories)
    nothing is sure either. Returns how many records and wells left.
    """
    with parts.store.writing() as cursor:
        epochs.read_anew(cursor)
        central_sums.forget_histories(cursor, parts.journal.pending_records())
    read_on()
    left = central_sums.leave_untold(parts.store, parts.journal.pending_records())
    with parts.store.writing() as cursor:
        return left + central_sums.leave_untold_wells(cursor)


def _pull_readings(job: Job, parts: Parts, report: SyncReport) -> None:
    assert parts.readings is not None
    pull = ReadingPull(
        parts.store, parts.readings, parts.subscription, parts.make_card, report.pulled, parts.written
    )
    pull.run(job)
    if parts.compare_sums and not parts.subscription.coarse:
        busy, since = _busy(parts), parts.subscription.since
        report.differences = compare(job, parts.store, parts.readings, pull, since, busy)
        report.evicted = evict(parts.store, parts.readings, pull.numbers, since, busy)
    pull_made(job, parts.store, parts.readings, pull.numbers, report.pulled)


def _busy(parts: Parts) -> frozenset[int]:
    """Wells of imports that the centre has not shown yet."""
    settled = (State.CONFIRMED, State.DISCARDED, State.DRAFT)
    unsettled = parts.journal.of_other_kinds(
        ("import", "import_undone"), tuple(state for state in State if state not in settled)
    )
    if not unsettled:
        return frozenset()
    uids = {text_of(key, "uid") for entry in unsettled for key in entry.well_keys}
    return frozenset(
        int(well.id)
        for well in wells(parts.store)
        if well.uid in uids or any(e.kind == "import_undone" for e in unsettled)
    )
