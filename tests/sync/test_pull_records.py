"""Records from the centre: in order, once, rows and watermark together; nothing unsent here is touched."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.jobs import Cancelled, Job
from app.models.entries import State
from app.models.kinds import KINDS
from app.models.store import central, kinds, unread, versions
from app.models.store import records as record_store
from app.models.store.database import Database
from app.models.wells import Well, WellId
from app.sync.pull import RECORDS, Pulled, pull_records
from tests.sync.conftest import AT, FLOW, WELL, Laptop
from tests.sync.memory_centre import MemoryCentre, unreachable

KEY = {**WELL.key, "number": 70}
OTHER_KEY = {**Well(WellId(2), "77", "Северное", "6", "srp").key, "number": 8}


def body(record: str = "", **more: Any) -> dict[str, Any]:
    given = {"record": record, "kind": "flow_test", "at": AT, "until": None, "action": "saved"}
    return {**given, "values": FLOW, **more}


class Reader:
    """Pulls into the cache."""

    def __init__(self, cache: Database, laptop: Laptop) -> None:
        self.cache, self.laptop, self.centre = cache, laptop, laptop.centre

    def pulls(self, job: Job | None = None) -> Pulled:
        done = Pulled()
        pull_records(job or Job(), self.cache, self.laptop.journal, self.centre, done)
        return done

    def values(self, record: str, kind: str = "flow_test") -> dict[str, Any] | None:
        found = kinds.find(self.cache, KINDS[kind], record)
        return found.values if found else None

    def mark(self) -> str | None:
        return central.mark(self.cache, RECORDS, "change_no")

    def wells(self) -> dict[str, Well]:
        return {well.name: well for well in record_store.wells(self.cache)}


@pytest.fixture
def reader(cache: Database, laptop: Laptop) -> Reader:
    return Reader(cache, laptop)


@pytest.fixture
def there(reader: Reader) -> MemoryCentre:
    return reader.centre


def test_a_record_of_another_laptop_is_here_with_its_well(reader: Reader, there: MemoryCentre) -> None:
    there.says("record", "r1", KEY, body("r1", values={**FLOW, "water_cut": 0.5}))
    done = reader.pulls()
    assert reader.values("r1") == {**FLOW, "water_cut": 0.5}
    assert (done.changes, done.changed, done.confirmed) == (1, True, 0)
    assert reader.mark() == "1"
    assert reader.wells()["123Г"].key == WELL.key
    assert central.central_wells(reader.cache) == {70: 1}


def test_the_next_pull_asks_from_where_the_last_one_ended(reader: Reader, there: MemoryCentre) -> None:
    there.says("record", "r1", KEY, body("r1"))
    reader.pulls()
    assert (reader.pulls().changes, reader.pulls().changed) == (0, False)
    there.says("record", "r2", KEY, body("r2"))
    assert reader.pulls().changes == 1
    assert there.asked_after == [0, 1, 1, 1]


def test_changes_in_parts_are_asked_for_until_there_is_nothing_newer(
    reader: Reader, there: MemoryCentre
) -> None:
    for n in range(7):
        there.says("record", f"r{n}", KEY, body(f"r{n}"))
    there.trouble.changes_at_once = 3
    assert reader.pulls().changes == 7
    assert there.asked_after == [0, 3, 6]
    assert all(reader.values(f"r{n}") for n in range(7))


def test_a_pull_that_broke_off_goes_on_after_the_last_whole_part(reader: Reader, there: MemoryCentre) -> None:
    for n in range(6):
        there.says("record", f"r{n}", KEY, body(f"r{n}"))
    there.trouble.changes_at_once = 2
    changes = there.changes
    there.changes = lambda after: changes(after) if after < 4 else _raise(unreachable())
    with pytest.raises(KnownError):
        reader.pulls()
    assert reader.mark() == "4"
    there.changes = changes
    assert reader.pulls().changes == 2


def _raise(error: Exception) -> Any:
    raise error


def test_rows_that_could_not_be_written_leave_the_watermark_where_it_was(
    reader: Reader, there: MemoryCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.says("record", "r1", KEY, body("r1"))
    with monkeypatch.context() as patch:
        patch.setattr(central, "apply_records", lambda *_: _raise(KnownError("disk_full")))
        with pytest.raises(KnownError, match="disk_full"):
            reader.pulls()
    assert reader.mark() is None
    assert reader.wells() == {}, "nothing of the part"
    assert reader.pulls().changes == 1
    assert reader.values("r1")


def test_a_watermark_that_could_not_be_written_takes_its_rows_with_it(
    reader: Reader, there: MemoryCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.says("record", "r1", KEY, body("r1"))
    with monkeypatch.context() as patch:
        patch.setattr(central, "set_mark", lambda *_: _raise(KnownError("disk_full")))
        with pytest.raises(KnownError, match="disk_full"):
            reader.pulls()
    assert reader.values("r1") is None


def test_an_entry_is_confirmed_only_after_its_rows_are_on_the_disk(
    reader: Reader, there: MemoryCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = reader.laptop.saves()
    reader.laptop.pushes()
    with monkeypatch.context() as patch:
        patch.setattr(central, "set_mark", lambda *_: _raise(KnownError("disk_full")))
        with pytest.raises(KnownError, match="disk_full"):
            reader.pulls()
    assert reader.laptop.state(entry) is State.ACKED
    assert reader.pulls().confirmed == 1
    assert reader.laptop.state(entry) is State.CONFIRMED


def test_the_same_changes_again_change_nothing(reader: Reader, there: MemoryCentre) -> None:
    """The watermark was lost with a cache of before."""
    there.says("record", "r1", KEY, body("r1"), entry_id=new_id(), author="B")
    reader.pulls()
    before = reader.values("r1"), versions.versions(reader.cache, "r1")
    with reader.cache.writing() as cursor:
        central.drop_marks(cursor, RECORDS)
    assert reader.pulls().changes == 1
    assert (reader.values("r1"), versions.versions(reader.cache, "r1")) == before


def test_the_newest_of_several_versions_stands_and_all_are_remembered(
    reader: Reader, there: MemoryCentre
) -> None:
    for version, cut in enumerate((0.1, 0.2, 0.3), 1):
        there.says(
            "record",
            "r1",
            KEY,
            body("r1", values={**FLOW, "water_cut": cut}),
            version=version,
            entry_id=new_id(),
            author=f"author {version}",
        )
    reader.pulls()
    assert reader.values("r1") == {**FLOW, "water_cut": 0.3}
    kept = versions.versions(reader.cache, "r1")
    assert [(v.number, v.author, v.body["values"]["water_cut"]) for v in kept] == [
        (1, "author 1", 0.1),
        (2, "author 2", 0.2),
        (3, "author 3", 0.3),
    ]
    assert central.version_of(reader.cache, "r1") == 3


def test_a_removal_takes_the_record_out_and_its_history_stays(reader: Reader, there: MemoryCentre) -> None:
    there.says("record", "r1", KEY, body("r1"), entry_id=new_id())
    reader.pulls()
    there.says("record", "r1", KEY, body("r1", action="removed"), version=2, entry_id=new_id(), deleted=True)
    reader.pulls()
    assert reader.values("r1") is None
    assert [v.action for v in versions.versions(reader.cache, "r1")] == ["saved", "removed"]
    assert central.of_record(reader.cache, "r1").deleted


def test_a_record_with_something_unsent_here_stays_as_it_is_here(reader: Reader, there: MemoryCentre) -> None:
    there.says("record", "r1", KEY, body("r1", values={**FLOW, "water_cut": 0.1}))
    reader.pulls()
    reader.laptop.saves({**FLOW, "water_cut": 0.9}, record="r1")
    there.says("record", "r1", KEY, body("r1", values={**FLOW, "water_cut": 0.2}), version=2)
    there.says("record", "r2", KEY, body("r2", values={**FLOW, "water_cut": 0.7}))
    reader.pulls()
    assert reader.values("r1") == {**FLOW, "water_cut": 0.1}, "what is shown is changed by nobody else"
    assert reader.values("r2") == {**FLOW, "water_cut": 0.7}
    remembered = central.of_record(reader.cache, "r1")
    assert remembered is not None
    assert (remembered.version, remembered.body["values"]) == (2, {**FLOW, "water_cut": 0.2})
    assert reader.laptop.journal.unsent_count() == 1


@pytest.mark.parametrize("state", [State.RETRY, State.QUARANTINED, State.CONFLICT])
def test_also_when_the_unsent_one_waits_for_somebody(
    reader: Reader, there: MemoryCentre, state: State
) -> None:
    entry = reader.laptop.saves({**FLOW, "water_cut": 0.9}, record="r1")
    reader.laptop.journal.move(entry.id, State.SENDING)
    reader.laptop.journal.move(entry.id, state)
    there.says("record", "r1", KEY, body("r1", values={**FLOW, "water_cut": 0.2}))
    reader.pulls()
    assert reader.values("r1") is None
    assert reader.laptop.state(entry) is state


def test_a_record_of_a_kind_that_nobody_knows_here_keeps_no_other_back(
    reader: Reader, there: MemoryCentre
) -> None:
    there.says("record", "r1", KEY, body("r1", kind="kind_of_next_year"))
    there.says("record", "r2", KEY, body("r2"))
    assert reader.pulls().changes == 2
    assert reader.values("r2")


def test_a_topic_that_nobody_knows_here_keeps_no_other_back(reader: Reader, there: MemoryCentre) -> None:
    there.says("topic_of_next_year", "x", KEY, {"anything": 1})
    there.says("record", "r1", KEY, body("r1"))
    reader.pulls()
    assert reader.values("r1")


@pytest.mark.parametrize(
    ("well", "told"),
    [(None, {}), (KEY, {"values": [1]}), (KEY, {"at": "yesterday"}), (KEY, {"until": "soon"})],
)
def test_a_record_of_no_well_or_without_sense_keeps_no_other_back(
    reader: Reader, there: MemoryCentre, well: dict[str, Any] | None, told: dict[str, Any]
) -> None:
    there.says("record", "r1", well, body("r1", **told))
    there.says("record", "r2", KEY, body("r2"))
    assert reader.pulls().changes == 2
    assert (reader.values("r1"), reader.values("r2")) == (None, FLOW)


def test_a_centre_whose_changes_go_backwards_is_not_believed(reader: Reader, there: MemoryCentre) -> None:
    there.says("record", "r1", KEY, body("r1"))
    reader.pulls()
    changes = there.changes
    there.changes = lambda after: changes(after).model_copy(update={"next": after - 1})
    with pytest.raises(KnownError, match="centre_not_itself"):
        reader.pulls()
    assert reader.mark() == "1"


def test_a_cancelled_pull_keeps_what_was_whole(reader: Reader, there: MemoryCentre) -> None:
    for n in range(4):
        there.says("record", f"r{n}", KEY, body(f"r{n}"))
    there.trouble.changes_at_once = 2
    job = Job(lambda _: job.cancel(), min_gap_s=0)
    with pytest.raises(Cancelled):
        reader.pulls(job)
    assert reader.mark() == "2"
    assert reader.pulls().changes == 2


# ---- what of ours is there ---------------------------------------------------------------------------------


def test_an_entry_of_ours_that_the_stream_shows_is_confirmed(reader: Reader) -> None:
    entry = reader.laptop.saves({**FLOW, "water_cut": 0.5})
    reader.laptop.pushes()
    assert reader.laptop.state(entry) is State.ACKED
    assert reader.pulls().confirmed == 1
    assert reader.laptop.state(entry) is State.CONFIRMED
    assert reader.values(entry.payload["record"]) == {**FLOW, "water_cut": 0.5}


def test_an_entry_whose_reply_was_lost_is_not_confirmed_before_the_centre_says_so_itself(
    reader: Reader,
) -> None:
    entry = reader.laptop.saves()
    reader.laptop.centre.trouble.replies_lost = 1
    reader.laptop.pushes()
    assert reader.pulls().confirmed == 0
    assert reader.laptop.state(entry) is State.RETRY
    reader.laptop.pushes()
    assert reader.pulls().confirmed == 1, "its change was read before"


def test_what_the_stream_said_while_an_entry_was_unsent_is_shown_when_it_is_taken(
    reader: Reader, there: MemoryCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says it once. Found by the simulation, seed 432: a merge whose reply was lost was never shown."""
    entry = reader.laptop.saves()
    record = entry.payload["record"]
    reader.laptop.centre.trouble.replies_lost = 1
    reader.laptop.pushes()
    theirs = {**FLOW, "water_cut": 0.9}
    there.says("record", record, KEY, body(record, values=theirs), version=2)
    reader.pulls()
    assert reader.values(record) is None, "it is as this laptop has it"
    reader.laptop.pushes()
    with monkeypatch.context() as patch:
        full = KnownError("disk_full")
        patch.setattr(reader.laptop.journal.sending, "confirm", lambda ids: _raise(full) if ids else 0)
        with pytest.raises(KnownError, match="disk_full"):
            reader.pulls()
    assert reader.values(record) == theirs, "before it is confirmed: nobody asks for it afterwards"
    assert reader.pulls().confirmed == 1


def test_an_import_that_makes_no_change_of_its_own_is_confirmed_when_the_stream_has_passed_it(
    reader: Reader, there: MemoryCentre
) -> None:
    entry = reader.laptop.journal.add("import", {"file": "x"})
    reader.laptop.pushes()
    there.log[-1] = there.log[-1].model_copy(update={"entry_id": ""})
    assert reader.pulls().confirmed == 1
    assert reader.laptop.state(entry) is State.CONFIRMED


def test_what_the_stream_has_not_reached_yet_is_not_confirmed(reader: Reader, there: MemoryCentre) -> None:
    entry = reader.laptop.saves()
    reader.laptop.pushes()
    there.log.clear()
    assert reader.pulls().confirmed == 0
    assert reader.laptop.state(entry) is State.ACKED


@pytest.mark.parametrize(
    "wrong", [{"liquid_m3_per_s": "x"}, {"liquid_m3_per_s": -(10**30)}, {"valid": 10**30}]
)
def test_a_record_whose_values_are_none_of_its_kind_is_kept_aside_and_others_come(
    reader: Reader, there: MemoryCentre, wrong: dict[str, Any]
) -> None:
    """It ended every sync after it as a fault of the program's."""
    there.says("record", "r1", KEY, body("r1", values={**FLOW, **wrong}))
    there.says("record", "r2", KEY, body("r2"))
    reader.pulls()
    assert (reader.values("r1"), reader.values("r2")) == (None, FLOW)
    assert unread.counts(reader.cache) == {"content": 1}
    assert reader.mark() == "2"
