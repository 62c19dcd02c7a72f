"""A change of rights: a field that was added brings its history, one that was taken away leaves, and so does
what went to a field that is not seen.
"""

from __future__ import annotations

import pytest

from app.models.entries import State
from app.models.store import central, central_fields, records, unread
from app.models.wells import Well, WellId
from app.sync import rights
from app.sync.pull import CATCHING, RECORDS
from app.sync.wire import Change
from tests.sync.memory_centre import MemoryCentre, unreachable
from tests.sync.memory_readings import MemoryReadings
from tests.sync.test_engine import Syncs, source, syncs, there  # noqa: F401 - fixtures
from tests.sync.test_pull_readings import OCTOBER
from tests.sync.test_pull_records import KEY, body
from tests.sync.test_set_back import agree, shown

SOUTH = {**Well(WellId(3), "88", "Южное", "1", "esp").key, "number": 90}
NORTHERN, SOUTHERN = KEY["field"], SOUTH["field"]


@pytest.fixture
def two_fields(syncs: Syncs, there: MemoryCentre) -> Syncs:  # noqa: F811
    """Both have records; the device may see the north."""
    there.fields = (NORTHERN,)
    there.says("well", SOUTH["uid"], SOUTH, {"lift": "esp"})
    there.says("record", "south1", SOUTH, body("south1"))
    there.says("record", "north1", KEY, body("north1"))
    return syncs


def names(syncs: Syncs) -> set[str]:  # noqa: F811
    return {well.name for well in records.wells(syncs.cache)}


def test_a_field_that_is_added_brings_its_history(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
    source: MemoryReadings,  # noqa: F811
) -> None:
    source.has(90, 1, OCTOBER, [1.0, 2.0])
    two_fields()
    assert (shown(two_fields), "88" in names(two_fields)) == ({"north1"}, False)
    there.fields = (NORTHERN, SOUTHERN)
    report = two_fields()
    assert report.rights.added == (SOUTHERN,)
    assert shown(two_fields) == {"north1", "south1"}
    assert report.pulled.readings == 2
    assert agree(two_fields, there)
    asked = len(there.asked_after)
    assert two_fields().rights.added == ()
    assert len(there.asked_after) == asked + 1, "its history is read once"


def test_while_rights_stay_no_well_leaves_and_nothing_is_shown_anew(two_fields: Syncs) -> None:
    assert two_fields().pulled.changed
    report = two_fields()
    assert (report.rights.added, report.rights.taken, report.rights.wells_left) == ((), (), 0)
    assert not report.pulled.changed


def test_when_roles_let_nothing_be_seen_any_more_everything_leaves(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    two_fields()
    nothing = there.hello().model_copy(update={"fields": (), "roles": ("administrator",)})
    assert rights.changed(two_fields.cache, nothing).taken == (NORTHERN,)
    assert shown(two_fields) == set()
    assert rights.fields_of(two_fields.cache) == ()


def test_the_history_of_a_field_that_is_taken_away_before_it_was_read_is_asked_for_no_more(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    two_fields()
    told = there.hello()
    rights.changed(two_fields.cache, told.model_copy(update={"fields": (NORTHERN, SOUTHERN)}))
    assert central.mark(two_fields.cache, RECORDS, CATCHING + SOUTHERN) == "0"
    assert rights.changed(two_fields.cache, told).taken == (SOUTHERN,)
    assert central.mark(two_fields.cache, RECORDS, CATCHING + SOUTHERN) is None
    assert central.mark(two_fields.cache, RECORDS, "change_no") is not None, "its own reading goes on"


def test_a_history_that_was_broken_off_is_read_on(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    two_fields()
    there.fields = (NORTHERN, SOUTHERN)
    there.trouble.next["changes"] = [unreachable()]
    two_fields()
    assert shown(two_fields) == {"north1"}
    assert central.mark(two_fields.cache, RECORDS, CATCHING + SOUTHERN) == "0"
    two_fields()
    assert shown(two_fields) == {"north1", "south1"}
    assert central.mark(two_fields.cache, RECORDS, CATCHING + SOUTHERN) is None


def test_a_field_that_is_taken_away_leaves_with_all_that_is_known_of_it(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
    source: MemoryReadings,  # noqa: F811
) -> None:
    there.fields = (NORTHERN, SOUTHERN)
    source.has(90, 1, OCTOBER, [1.0, 2.0])
    two_fields()
    mine = two_fields.laptop.saves(well_key={k: v for k, v in SOUTH.items() if k != "number"})
    there.trouble.unanswered.add(mine.id)
    there.fields = (NORTHERN,)
    report = two_fields()
    assert (report.rights.taken, report.rights.wells_left) == ((SOUTHERN,), 1)
    assert report.pulled.changed
    assert (shown(two_fields), "88" in names(two_fields)) == ({"north1"}, False)
    with two_fields.cache.reading() as cursor:
        for table in ("readings", "series", "rollup_1h", "central_wells", "central_records"):
            left = cursor.execute(f"SELECT count(*) FROM {table} WHERE well NOT IN (SELECT id FROM wells)")
            assert left.fetchone() == (0,), table
    assert two_fields.laptop.state(mine) is not State.DISCARDED, "what was entered here is kept"
    assert agree(two_fields, there)


def test_a_record_that_went_to_an_unseen_field_leaves_also_when_both_are_told_at_once(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "moved", KEY, body("moved"))
    there.says("record_left", "moved", None, {}, version=2, deleted=True)
    there.says("record", "stays", KEY, body("stays"))
    two_fields()
    assert shown(two_fields) == {"north1", "stays"}
    there.says("record_left", "stays", None, {}, version=2, deleted=True)
    two_fields()
    assert shown(two_fields) == {"north1"}
    there.says("well_left", KEY["uid"], None, {}, deleted=True)
    two_fields()
    assert (shown(two_fields), KEY["name"] in names(two_fields)) == (set(), False)


def test_what_was_taken_in_a_field_that_is_not_seen_any_more_is_confirmed_by_asking(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    """Its change will never be shown to this laptop; found by the simulation, seed 83."""
    entry = two_fields.laptop.saves()
    there.trouble.next["changes"].append(unreachable())
    two_fields()
    assert two_fields.laptop.state(entry) is State.ACKED
    there.fields = (SOUTHERN,)
    assert two_fields().pulled.confirmed == 1
    assert two_fields.laptop.state(entry) is State.CONFIRMED


def test_what_the_centre_has_lost_without_a_word_goes_again(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    entry = two_fields.laptop.saves()
    there.trouble.next["changes"].append(unreachable())
    two_fields()
    there.log = [change for change in there.log if change.entry_id != entry.id]
    there.versions.clear()
    del there.receipts[entry.id]
    two_fields()
    assert two_fields.laptop.state(entry) is State.QUEUED
    two_fields()
    assert two_fields.laptop.state(entry) is State.CONFIRMED


def hologram(record: str) -> dict[str, object]:
    """Of a kind that this program does not know yet."""
    return body(record, kind="hologram")


def waiting(syncs: Syncs) -> list[tuple[str, int]]:  # noqa: F811
    return [(one.key, one.version) for one in told_unread(syncs)]


def told_unread(syncs: Syncs) -> list[Change]:  # noqa: F811
    kept = unread.of_other_readers(syncs.cache, "a newer program")
    return [Change.model_validate(one.raw) for one in kept]


def test_what_could_not_be_read_of_a_field_leaves_with_it_and_no_upgrade_brings_it_back(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    """Found by the simulation, seed 24."""
    there.says("record", "h1", SOUTH, hologram("h1"))
    there.says("record", "h2", KEY, hologram("h2"))
    there.fields = (NORTHERN, SOUTHERN)
    two_fields()
    assert waiting(two_fields) == [("h1", 1), ("h2", 1)]
    there.fields = (NORTHERN,)
    two_fields()
    assert waiting(two_fields) == [("h2", 1)]


def test_of_what_went_on_from_a_well_that_leaves_only_the_later_part_waits(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    for name, wells in {"came": (KEY, SOUTH), "went": (SOUTH, KEY)}.items():
        for version, well in enumerate(wells, start=1):
            there.says("record", name, well, hologram(name), version=version)
    there.says("record", "read since", KEY, hologram("read since"))
    there.says("record", "read since", SOUTH, body("read since"), version=2)
    there.fields = (NORTHERN, SOUTHERN)
    two_fields()
    there.fields = (NORTHERN,)
    two_fields()
    assert waiting(two_fields) == [("went", 2)]


def test_a_field_that_was_taken_away_makes_nobody_read_the_others_anew(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    """Without it the centre's newest change is an older one, and no mark that is ahead."""
    there.fields = (NORTHERN, SOUTHERN)
    there.says("record", "south2", SOUTH, body("south2"))
    two_fields()
    there.fields = (NORTHERN,)
    there.asked_after.clear()
    two_fields()
    assert 0 not in there.asked_after


def test_a_record_that_left_takes_its_history_and_what_could_not_be_read_of_it_along(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "north1", KEY, hologram("north1"), version=2)
    there.says("record", "other", KEY, hologram("other"))
    there.says("record_left", "other", None, {}, version=2, deleted=True)
    two_fields()
    assert waiting(two_fields) == [("north1", 2)]
    there.says("record_left", "north1", None, {}, version=3, deleted=True)
    two_fields()
    assert (waiting(two_fields), shown(two_fields)) == ([], set())
    with two_fields.cache.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM record_versions").fetchone() == (0,)


def test_a_field_that_leaves_takes_history_sums_and_files_of_its_records_along_and_counts_its_wells(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.fields = (NORTHERN, SOUTHERN)
    two_fields()
    with two_fields.cache.writing() as cursor:
        for name in ("south1", "north1"):
            cursor.execute("INSERT INTO attachments VALUES (?, ?, ?, ?)", [name, "a" * 64, "a.pdf", 4])
    there.fields = (NORTHERN,)
    assert two_fields().rights.wells_left == 1
    with two_fields.cache.reading() as cursor:
        for table, column in (
            ("record_versions", "record"),
            ("record_digests", "id"),
            ("attachments", "record"),
        ):
            rows = cursor.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()
            assert rows == [("north1",)], table
    with two_fields.cache.writing() as cursor:
        assert central_fields.leave_fields(cursor, ["of nobody"]) == 0
        assert central_fields.leave_wells(cursor, ["of nobody"]) == 0


def test_what_could_not_be_read_before_a_restore_is_what_the_centre_tells_after_it(
    two_fields: Syncs,
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "h1", KEY, hologram("h1"))
    kept = there.newest
    there.says("record", "lost", KEY, hologram("lost"))
    two_fields()
    there.set_back_to(kept)
    two_fields()
    assert waiting(two_fields) == [("h1", 1)]
