"""One sync: greet, push, pull records, pull readings, compare. One channel down stops no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job
from app.models.entries import State
from app.models.store import central, made
from app.models.store.database import Database
from app.sync import engine
from app.sync.engine import Parts, SyncReport
from app.sync.pull import RECORDS
from app.sync.wire import PROTOCOL
from tests.sync.conftest import FLOW, WELL, Laptop, LongestPauses
from tests.sync.memory_centre import MemoryCentre, not_itself, signed_out, unreachable
from tests.sync.memory_readings import MemoryReadings, cut
from tests.sync.test_made_at_the_centre import BODY, NIGHT
from tests.sync.test_pull_readings import OCTOBER, OTHER, SEPTEMBER, THERE, Carrier, make_card
from tests.sync.test_pull_records import KEY, body


class Syncs:
    """A laptop with all channels set up."""

    def __init__(self, cache: Database, laptop: Laptop, source: MemoryReadings) -> None:
        self.cache, self.laptop, self.centre, self.source = cache, laptop, laptop.centre, source
        self.carrier = Carrier(cache, source)
        self.parts = Parts(
            cache,
            laptop.journal,
            laptop.clock,
            LongestPauses(),
            {1: dict(WELL.key)}.get,
            make_card,
            self.carrier.subscription,
            self.centre,
            self.centre,
            source,
        )

    def __call__(self, job: Job | None = None, **other: Any) -> SyncReport:
        return engine.sync(job or Job(), replace(self.parts, **other))


@pytest.fixture
def syncs(cache: Database, laptop: Laptop, memory_readings: MemoryReadings) -> Syncs:
    return Syncs(cache, laptop, memory_readings)


@pytest.fixture
def there(syncs: Syncs) -> MemoryCentre:
    return syncs.centre


@pytest.fixture
def source(syncs: Syncs) -> MemoryReadings:
    return syncs.source


def problems(report: SyncReport) -> dict[str, str]:
    return {channel: error.code for channel, error in report.problems.items()}


def test_one_sync_sends_confirms_and_fetches(
    syncs: Syncs, there: MemoryCentre, source: MemoryReadings
) -> None:
    entry = syncs.laptop.saves()
    there.says("record", "r1", KEY, body("r1"))
    source.has(THERE, 1, OCTOBER, [1.0, 2.0])
    report = syncs()
    assert problems(report) == {}
    assert (report.pushed.sent, report.pulled.confirmed, report.pulled.changes) == (1, 1, 2)
    assert (report.pulled.readings, report.differences) == (2, [])
    assert syncs.laptop.state(entry) is State.CONFIRMED


def test_a_centre_that_is_not_reached_is_asked_once_and_readings_come_all_the_same(
    syncs: Syncs, there: MemoryCentre, source: MemoryReadings
) -> None:
    entry = syncs.laptop.saves()
    there.trouble.always["hello"] = unreachable()
    source.has(THERE, 1, OCTOBER, [1.0])
    report = syncs()
    assert problems(report) == {"push": "centre_unreachable"}
    assert (there.batches, there.asked_after) == ([], [])
    assert report.pulled.readings == 1
    assert syncs.laptop.state(entry) is State.QUEUED


def test_records_that_come_another_way_come_although_the_centre_does_not_answer(
    syncs: Syncs, there: MemoryCentre
) -> None:
    """Oracle."""
    there.trouble.always["hello"] = unreachable()
    oracle = MemoryCentre(syncs.laptop.clock)
    oracle.says("record", "r1", KEY, body("r1"))
    report = syncs(records=oracle)
    assert (report.pulled.changes, problems(report)) == (1, {"push": "centre_unreachable"})


def test_a_push_that_stops_does_not_keep_the_pull_from_going_on(syncs: Syncs, there: MemoryCentre) -> None:
    syncs.laptop.saves()
    there.says("record", "r1", KEY, body("r1"))
    there.trouble.always["send"] = unreachable()
    report = syncs()
    assert problems(report) == {"push": "centre_unreachable"}
    assert report.pulled.changes == 1


@pytest.mark.parametrize("trouble", [unreachable(), signed_out(), not_itself()])
def test_each_channel_tells_of_its_own_trouble(
    syncs: Syncs, there: MemoryCentre, source: MemoryReadings, trouble: KnownError
) -> None:
    syncs.laptop.saves()
    there.trouble.always |= {"changes": trouble}
    source.trouble.always["newest"] = cut()
    report = syncs()
    assert problems(report) == {"records": trouble.code, "readings": "clickhouse_unreachable"}
    assert report.pushed.sent == 1


def test_channels_that_are_not_set_up_are_not_asked(syncs: Syncs, there: MemoryCentre) -> None:
    syncs.laptop.saves()
    report = syncs(centre=None, records=None, readings=None)
    assert (problems(report), report.hello, report.pushed.sent) == ({}, None, 0)
    assert there.batches == []
    assert syncs(records=None, readings=None).pushed.sent == 1
    assert there.asked_after == []


def test_a_bug_of_ours_is_no_trouble_of_a_channel(syncs: Syncs, there: MemoryCentre) -> None:
    def broken(after: int) -> Any:
        raise ZeroDivisionError

    there.changes = broken
    with pytest.raises(ZeroDivisionError):
        syncs()


def test_cancelling_goes_through_and_leaves_nothing_on_its_way(syncs: Syncs) -> None:
    entry = syncs.laptop.saves()
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        syncs(job)
    assert syncs.laptop.state(entry) is State.QUEUED


# ---- greeting ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ahead_s", [0.0, 400.0, -400.0])
def test_how_far_this_clock_is_ahead_of_the_centres_is_said_and_changes_nothing(
    syncs: Syncs, there: MemoryCentre, ahead_s: float
) -> None:
    there.ahead_s = -ahead_s
    syncs.laptop.saves()
    report = syncs()
    assert report.skew_s == pytest.approx(ahead_s, abs=0.001)
    assert report.pushed.sent == 1


def test_the_way_there_and_back_is_not_counted_as_skew(syncs: Syncs, there: MemoryCentre) -> None:
    hello = there.hello

    def slowly() -> Any:
        syncs.laptop.clock.forward(10)
        said = hello()
        syncs.laptop.clock.forward(10)
        return said

    there.hello = slowly
    assert syncs().skew_s == pytest.approx(0.0, abs=0.001)


def test_a_newer_centre_that_still_takes_our_entries_gets_them(syncs: Syncs, there: MemoryCentre) -> None:
    there.protocol = PROTOCOL + 1
    syncs.laptop.saves()
    assert syncs().pushed.sent == 1


def test_a_newer_centre_that_does_not_take_our_entries_any_more_gets_none_and_it_is_said(
    syncs: Syncs, there: MemoryCentre
) -> None:
    there.protocol, there.least_payload_version = PROTOCOL + 1, 2
    entry = syncs.laptop.saves()
    report = syncs()
    assert problems(report) == {"push": "centre_newer"}
    assert syncs.laptop.state(entry) is State.QUEUED


def test_what_a_centre_lost_by_a_restore_is_sent_again_and_its_stream_read_anew(
    syncs: Syncs, there: MemoryCentre
) -> None:
    kept, lost = syncs.laptop.saves(), None
    syncs()
    lost = syncs.laptop.saves({**FLOW, "water_cut": 0.5})
    syncs()
    assert syncs.laptop.state(lost) is State.CONFIRMED
    there.set_back_to(1)
    report = syncs()
    assert (report.set_back, report.pushed.sent) == (1, 1)
    assert lost.id in there.taken
    assert [syncs.laptop.state(e) for e in (kept, lost)] == [State.CONFIRMED, State.CONFIRMED]
    assert central.mark(syncs.cache, RECORDS, "change_no") == str(there.newest)
    assert 0 in there.asked_after[2:], "from the beginning"


def test_a_centre_that_only_stands_still_is_not_taken_for_one_that_was_set_back(
    syncs: Syncs, there: MemoryCentre
) -> None:
    syncs.laptop.saves()
    syncs()
    asked = len(there.asked_after)
    assert syncs().set_back == 0
    assert there.asked_after[asked:] == [1]


# ---- sums and eviction -------------------------------------------------------------------------------------


def test_a_difference_is_found_and_mended_at_the_end_of_the_sync(
    syncs: Syncs, source: MemoryReadings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.pull.OVERLAP", timedelta(0))
    source.has(THERE, 1, OCTOBER, [1.0, 2.0])
    syncs()
    with syncs.cache.writing() as cursor:
        cursor.execute("DELETE FROM readings WHERE value = 1")
    assert syncs(compare_sums=False).differences == []
    assert [one.mended for one in syncs().differences] == [True]


def test_a_coarse_history_is_not_compared_and_nothing_of_it_goes(
    syncs: Syncs, source: MemoryReadings
) -> None:
    source.has(THERE, 1, SEPTEMBER, [1.0, 2.0, 3.0])
    coarse = replace(syncs.carrier.subscription, coarse=True)
    report = syncs(subscription=coarse)
    assert (report.pulled.readings, report.differences, report.evicted) == (2, [], 0)
    assert source.counted == []


def test_months_before_the_history_go_at_the_end(syncs: Syncs, source: MemoryReadings) -> None:
    source.has(THERE, 1, SEPTEMBER, [1.0, 2.0])
    source.has(THERE, 1, OCTOBER, [3.0])
    syncs()
    shorter = replace(syncs.carrier.subscription, since=OCTOBER)
    assert syncs(subscription=shorter).evicted == 2
    assert list(syncs.carrier.rows().values()) == [3.0]


def test_what_the_centre_made_of_the_wells_comes_with_their_readings(
    syncs: Syncs, source: MemoryReadings
) -> None:
    source.has(THERE, 1, OCTOBER, [1.0])
    source.nights[THERE] = NIGHT, BODY
    assert syncs().pulled.changed
    assert [one.health for one in made.every(syncs.cache).values()] == [0.5]
    assert not syncs().pulled.changed


@pytest.mark.parametrize(("kind", "busy"), [("import", {1}), ("import_undone", {1, 2}), ("record", set())])
def test_wells_of_an_import_on_its_way_are_left_out_of_the_comparison(
    syncs: Syncs, kind: str, busy: set[int]
) -> None:
    syncs.laptop.journal.add(kind, {"well_keys": {"1": WELL.key}})
    assert engine._busy(syncs.parts) == busy
    assert OTHER.key["uid"] != WELL.key["uid"]


@pytest.mark.parametrize("state", [State.CONFIRMED, State.DISCARDED])
def test_an_import_that_is_settled_keeps_nothing_from_being_compared(syncs: Syncs, state: State) -> None:
    entry = syncs.laptop.journal.add("import", {"well_keys": {"1": WELL.key}})
    if state is State.CONFIRMED:
        for step in (State.SENDING, State.ACKED):
            syncs.laptop.journal.move(entry.id, step)
            assert engine._busy(syncs.parts) == {1}
        syncs.laptop.journal.move(entry.id, state)
    else:
        syncs.laptop.journal.discard(entry.id, "mistyped")
    assert engine._busy(syncs.parts) == frozenset()


def test_a_draft_of_an_import_is_not_on_its_way(syncs: Syncs) -> None:
    syncs.laptop.journal.add("import", {"well_keys": {"1": WELL.key}}, draft=True)
    assert engine._busy(syncs.parts) == frozenset()
