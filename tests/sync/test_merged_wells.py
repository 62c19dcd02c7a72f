"""Wells merged on one laptop are one on every laptop, and two for the centre: sums agree throughout."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.clock import utc_now
from app.core.jobs import Job
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import central, kinds, records
from app.models.store.database import Database
from app.models.wells import SRP, Well, WellId, merge_id, well_uid
from app.services.records import entries
from app.services.wells import merging
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from app.sync.carried import Subscription
from app.sync.pull import Pulled, ReadingPull, pull_records, wells_carried
from app.sync.sanity import compare
from app.sync.wire import WellKey
from central.accept import accept
from central.stores import wells as central_wells
from central.stores.engine import changing
from tests.sync.memory_readings import MemoryReadings
from tests.sync.test_limits_travel import Stream, second  # noqa: F401 - a fixture
from tests.sync.test_names_of_wells import AT, made
from tests.sync.test_one_name_at_both_ends import Ends, contents_of, ends, envelope  # noqa: F401 - a fixture

CHANGED = "changed under 77"
START = datetime(2026, 3, 1, tzinfo=UTC)


def passed_on(of: Ends, before: int) -> list[str]:
    """Everything that the laptop did since, each by itself: what the centre says of it."""
    new = of.laptop.journal.entries()[before:]
    return [accept(of.engine, of.device, (envelope(entry),), utc_now)[0].status for entry in new]


def pulled(of: Ends, laptop: Workspace) -> None:
    pull_records(Job(), laptop.store, laptop.journal, Stream(of), Pulled())


def test_a_merge_reaches_the_other_laptop_and_so_does_its_undoing(
    ends: Ends,  # noqa: F811
    second: Workspace,  # noqa: F811
) -> None:
    well, into = made(ends.laptop, "901"), find_well(ends.laptop, "77")
    note = entries.add_note(ends.laptop, int(well.id), AT, "of 901")
    entries.add_note(ends.laptop, int(into.id), AT, "of 77")
    merging.merge(ends.laptop, well, into)
    assert passed_on(ends, 0) == ["accepted"] * 4
    pulled(ends, second)
    seen = find_well(second, "901")
    assert (seen.name, seen.uid) == ("77", into.uid)
    assert len(kinds.of_well(second.store, KINDS["note"], int(seen.id))) == 2

    (theirs,) = [one for one in kinds.of_well(second.store, KINDS["note"], int(seen.id)) if one.id == note.id]
    entries.save_record(second, replace(theirs, values={**theirs.values, "text": CHANGED}))
    (entry,) = second.journal.entries()
    (receipt,) = accept(
        ends.engine, ends.device, (envelope(entry).model_copy(update={"base_version": 1}),), utc_now
    )
    assert receipt.status == "accepted", receipt
    assert entry.payload["well_key"] == well.key, "it stays a record of the well that it is of"

    before = len(ends.laptop.journal.entries())
    merging.part(ends.laptop, well)
    assert passed_on(ends, before) == ["accepted"]
    pulled(ends, second)
    pulled(ends, ends.laptop)
    for laptop in (second, ends.laptop):
        apart = find_well(laptop, "901")
        (kept,) = kinds.of_well(laptop.store, KINDS["note"], int(apart.id))
        assert (apart.uid, kept.id) == (well.uid, note.id)
    assert kinds.of_well(second.store, KINDS["note"], int(find_well(second, "901").id)) == [
        replace(theirs, well_id=int(find_well(second, "901").id), values={**theirs.values, "text": CHANGED})
    ]


def test_two_laptops_that_merge_each_into_the_other_see_the_same_well(
    ends: Ends,  # noqa: F811
    second: Workspace,  # noqa: F811
) -> None:
    well, into = made(ends.laptop, "901"), find_well(ends.laptop, "77")
    entries.add_note(ends.laptop, int(into.id), AT, "of 77")
    passed_on(ends, 0)
    pulled(ends, second)
    before = len(ends.laptop.journal.entries())
    merging.merge(ends.laptop, well, into)
    merging.merge(second, find_well(second, "77"), find_well(second, "901"))
    assert passed_on(ends, before) == ["accepted"]
    (entry,) = second.journal.entries()
    assert accept(ends.engine, ends.device, (envelope(entry),), utc_now)[0].status == "accepted"
    for laptop in (second, ends.laptop):
        pulled(ends, laptop)
        assert find_well(laptop, "901").uid == find_well(laptop, "77").uid == min(well.uid, into.uid)


def test_a_file_that_names_a_merged_well_makes_the_same_records_at_both_ends(ends: Ends) -> None:  # noqa: F811
    """Whoever has heard of the merge, and whoever has not."""
    day = datetime(2020, 1, 1, tzinfo=UTC)
    rows = [[("77", 0, 80, "one"), ("123Г", 0, 90, "other")]]
    ends.bring(contents_of("flow_test", rows, day), "flow_test")
    first = ends.there("flow_test", day)
    before = len(ends.laptop.journal.entries())
    well, into = find_well(ends.laptop, "77"), find_well(ends.laptop, "123Г")
    merging.merge(ends.laptop, well, into, sure=True)
    assert passed_on(ends, before) == ["accepted"]
    ends.bring(contents_of("flow_test", rows, day), "flow_test")
    assert ends.there("flow_test", day) == first
    shown = kinds.of_well(ends.laptop.store, KINDS["flow_test"], int(into.id))
    assert {record.id for record in shown} == set(first)


def test_the_centre_takes_no_merge_into_a_well_of_a_field_that_is_not_the_devices(ends: Ends) -> None:  # noqa: F811
    with changing(ends.engine) as connection:
        key = WellKey(uid=well_uid("Южное", "", "5"), field="Южное", pad="", name="5")
        foreign = central_wells.find_or_make(connection, key, ("Южное",))
    well = find_well(ends.laptop, "77")
    values = {"well_name": "77", "into_name": "5", "into_field": "Южное", "into_uid": foreign.uid}
    entries.save_record(ends.laptop, Record(merge_id(well.uid), "well_merge", int(well.id), AT, None, values))
    (receipt,) = accept(ends.engine, ends.device, (envelope(ends.laptop.journal.entries()[-1]),), utc_now)
    assert (receipt.status, receipt.code) == ("rejected", "field_not_yours")


# ---- readings ----------------------------------------------------------------------------------------------


def pull_of(store: Database, source: MemoryReadings, *chosen: str) -> ReadingPull:
    carried = Subscription(frozenset(chosen), START - timedelta(days=60), False)
    return ReadingPull(store, source, carried, lambda card, well: pytest.fail("no cards"), Pulled())


def test_readings_of_merged_wells_come_by_the_sync_and_the_sums_agree_throughout(
    cache: Database, memory_readings: MemoryReadings
) -> None:
    wells = [Well(WellId(n), name, "Северное", "5", SRP) for n, name in ((1, "77G"), (2, "77"))]
    with cache.writing() as cursor:
        records.put_wells(cursor, wells)
        cursor.execute("INSERT INTO central_wells VALUES (71, 1), (72, 2)")
    memory_readings.has(71, 1, START, [1.0, 2.0, 3.0])
    memory_readings.has(72, 1, START, [9.0])

    def seen() -> list[float]:
        with cache.reading() as cursor:
            rows = cursor.execute("SELECT value FROM readings WHERE well = 2 ORDER BY ts").fetchall()
        return [value for (value,) in rows]

    def round_of(*expected: float) -> None:
        pull = pull_of(cache, memory_readings, wells[1].uid or wells[1].key["uid"])
        pull.run(Job())
        assert compare(Job(), cache, memory_readings, pull, START - timedelta(days=60), frozenset()) == []
        assert seen() == list(expected)

    with cache.writing() as cursor:
        values = {"into_uid": wells[1].key["uid"], "into_name": "77", "well_name": "77G"}
        merge = central.CentralRecord(
            merge_id(wells[0].key["uid"]),
            "well_merge",
            1,
            1,
            1,
            "e",
            "A",
            START,
            {"at": "2026-03-01T00:00:00Z", "until": None, "values": values, "action": "saved"},
        )
        central.apply_records(cursor, [merge], frozenset())
    carried = Subscription(frozenset({wells[1].key["uid"]}), START, False)
    assert wells_carried(cache, carried) == {71: 1, 72: 2}, "with the well that it went into"
    round_of(9.0, 2.0, 3.0)
    memory_readings.has(71, 1, START + timedelta(minutes=30), [4.0])
    memory_readings.has(72, 1, START + timedelta(minutes=10), [8.0])
    round_of(9.0, 8.0, 3.0, 4.0)
    memory_readings.takes_back(72, 1, START)
    round_of(1.0, 8.0, 3.0, 4.0)
    with cache.writing() as cursor:
        gone = replace(merge, version=2, change_no=2, entry_id="f", body={**merge.body, "action": "removed"})
        central.apply_records(cursor, [gone], frozenset())
    assert seen() == [8.0]
