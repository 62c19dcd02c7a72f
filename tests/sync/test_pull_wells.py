"""Wells and well tests that come from the centre."""

from __future__ import annotations

import pytest

from app.core.errors import KnownError
from app.models.kinds import KINDS
from app.models.store import central, kinds, unread, well_tests
from app.models.store import records as record_store
from app.models.wells import Well, WellId
from tests.sync import test_pull_records
from tests.sync.conftest import AT, WELL
from tests.sync.memory_centre import MemoryCentre
from tests.sync.test_pull_records import KEY, OTHER_KEY, Reader, body

reader = test_pull_records.reader
there = test_pull_records.there


# ---- wells and well tests ----------------------------------------------------------------------------------


def test_a_well_told_by_the_centre_is_made_and_filled(reader: Reader, there: MemoryCentre) -> None:
    about = {"lift": "esp", "state": "stopped", "aliases": ["123G"], "depth_m": 2_500.0}
    there.says("well", WELL.key["uid"], KEY, about)
    reader.pulls()
    well = reader.wells()["123Г"]
    assert (well.lift, well.state, well.aliases, well.depth_m) == ("esp", "stopped", ("123G",), 2_500.0)


def test_what_is_known_of_a_well_only_here_stays(reader: Reader, there: MemoryCentre) -> None:
    with reader.cache.writing() as cursor:
        record_store.put_wells(
            cursor, [Well(WellId(4), "123Г", "Северное", "5", "srp", "stopped", ("К5-123",), 2_000.0)]
        )
    there.says("well", WELL.key["uid"], KEY, {"lift": "other", "aliases": ["123G"]})
    reader.pulls()
    well = reader.wells()["123Г"]
    assert (int(well.id), well.lift, well.state, well.depth_m) == (4, "srp", "stopped", 2_000.0)
    assert well.aliases == ("К5-123", "123G")
    assert central.central_wells(reader.cache) == {70: 4}


@pytest.mark.parametrize(
    "about", [{"lift": 5}, {"state": ["stopped"]}, {"aliases": 7}, {"aliases": [1]}, {"depth_m": "deep"}]
)
def test_what_the_centre_says_of_a_well_and_none_can_be_is_kept_unread_and_the_rest_comes(
    reader: Reader, there: MemoryCentre, about: dict[str, object]
) -> None:
    there.says("well", WELL.key["uid"], KEY, about)
    there.says("record", "r1", KEY, body("r1"))
    reader.pulls()
    well = reader.wells()["123Г"]
    assert (well.lift, well.aliases, well.depth_m) == ("other", (), None)
    assert kinds.find(reader.cache, KINDS["flow_test"], "r1") is not None
    assert unread.counts(reader.cache) == {"content": 1}


def test_a_well_that_was_renamed_there_is_renamed_here_under_its_number(
    reader: Reader, there: MemoryCentre
) -> None:
    there.says("well", WELL.key["uid"], KEY, {})
    reader.pulls()
    there.says("well", WELL.key["uid"], {**KEY, "name": "123Г-2"}, {})
    reader.pulls()
    assert [(well.name, int(well.id)) for well in reader.wells().values()] == [("123Г-2", 1)]


def test_two_wells_of_one_part_get_two_numbers(reader: Reader, there: MemoryCentre) -> None:
    there.says("record", "r1", KEY, body("r1"))
    there.says("record", "r2", OTHER_KEY, body("r2"))
    reader.pulls()
    assert central.central_wells(reader.cache) == {70: 1, 8: 2}
    found = [kinds.find(reader.cache, KINDS["flow_test"], r) for r in ("r1", "r2")]
    assert [r.well_id for r in found] == [1, 2]


def test_more_wells_than_a_number_can_name_are_told_and_not_mixed_up(
    reader: Reader, there: MemoryCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(central, "MOST_WELLS", 1)
    there.says("record", "r1", KEY, body("r1"))
    reader.pulls()
    there.says("record", "r2", OTHER_KEY, body("r2"))
    with pytest.raises(KnownError, match="too_many_wells"):
        reader.pulls()
    assert (reader.mark(), len(reader.wells())) == ("1", 1)


def test_a_well_test_comes_changes_and_goes(reader: Reader, there: MemoryCentre) -> None:
    told = {"taken_at": AT, "kind": "buildup", "test": {"kind": "buildup", "time_s": [0, 1]}}
    there.says("well_test", "t1", KEY, told)
    reader.pulls()
    assert [(t.id, t.kind, t.body) for t in well_tests.of_well(reader.cache, 1)] == [
        ("t1", "buildup", told["test"])
    ]
    there.says("well_test", "t1", KEY, {}, deleted=True)
    reader.pulls()
    assert well_tests.of_well(reader.cache, 1) == []


def test_a_well_test_of_which_nothing_is_said_any_more_goes(reader: Reader, there: MemoryCentre) -> None:
    there.says("well_test", "t1", KEY, {"taken_at": AT, "kind": "inflow", "test": {}})
    reader.pulls()
    there.says("well_test", "t1", KEY, {})
    reader.pulls()
    assert well_tests.of_well(reader.cache, 1) == []


def test_the_files_of_a_record_are_named_here(reader: Reader, there: MemoryCentre) -> None:
    file = {"sha256": "a" * 64, "size": 3, "name": "акт.pdf"}
    there.says("record", "r1", KEY, body("r1"), files=(file,))
    reader.pulls()
    with reader.cache.reading() as cursor:
        found = cursor.execute("SELECT record, name, sha256, size FROM attachments").fetchall()
    assert found == [("r1", "акт.pdf", "a" * 64, 3)]
