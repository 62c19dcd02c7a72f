"""Records as the centre tells them: kept whole, numbered in their order, the newest shown."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.core.clock import from_us, iso
from app.models.kinds import KINDS
from app.models.merged_wells import said_of
from app.models.store import central, kinds, records, versions
from app.models.store.central import CentralRecord
from app.models.store.database import Database, open_database
from app.models.store.merged import relation
from app.models.wells import Well, WellId, merge_id

AT = datetime(2026, 10, 10, tzinfo=UTC)
WELLS = [Well(WellId(n), f"10{n}", "Северное", "5", "esp") for n in (1, 2, 3)]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = open_database(tmp_path_factory.mktemp("records") / "cache.duckdb", "ab" * 32)
    yield made
    made.close()


@pytest.fixture
def cache(opened: Database) -> Database:
    with opened.writing() as cursor:
        for table in (
            *("wells", "central_wells", "central_records", "flow_tests", "well_merges", "merged_wells"),
            *("record_digests", "record_versions", "attachments"),
        ):
            cursor.execute(f"DELETE FROM {table}")
        records.put_wells(cursor, WELLS[:1])
    return opened


def told(name: str = "r1", version: int = 1, *, water: float = 0.5, **more: Any) -> CentralRecord:
    values = {"duration_s": 1.0, "liquid_m3_per_s": 0.1, "valid": True, "water_cut": water}
    body = {"record": name, "at": iso(AT), "until": None, "action": "saved", "values": values}
    made = CentralRecord(name, "flow_test", 1, version, version * 10, f"e{version}", "А", AT, body, (), 7)
    return replace(made, **more)


def kept(one: CentralRecord) -> CentralRecord:
    """What is remembered of the record itself; who made it and when lies with its versions."""
    return replace(one, entry_id="", author="", saved_at=from_us(0), files=(), digest=0)


def test_a_record_is_remembered_as_it_was_told(cache: Database) -> None:
    one = told("r1", 3, well=2, change_no=41, files=(("a" * 64, "a.pdf", 12),), digest=(1 << 32) - 1)
    gone = told("r2", 2, body={**told("r2").body, "action": "removed"})
    with cache.writing() as cursor:
        central.apply_records(cursor, [one, gone], frozenset())
        digests = cursor.execute("SELECT id, digest FROM record_digests ORDER BY id").fetchall()
        files = cursor.execute("SELECT record, sha256, name, size FROM attachments").fetchall()
        columns = cursor.execute("SELECT id, version, deleted FROM central_records ORDER BY id").fetchall()
    assert [central.of_record(cache, name) for name in ("r1", "r2")] == [kept(one), kept(gone)]
    assert [central.version_of(cache, name) for name in ("r1", "r2", "r3")] == [3, 2, 0]
    assert digests == [("r1", (1 << 32) - 1), ("r2", 7)]
    assert files == [("r1", "a" * 64, "a.pdf", 12)]
    assert columns == [("r1", 3, False), ("r2", 2, True)]
    shown = kinds.find(cache, KINDS["flow_test"], "r1")
    assert shown is not None
    assert (shown.well_id, shown.at, shown.until, shown.values) == (2, AT, None, one.body["values"])
    assert kinds.find(cache, KINDS["flow_test"], "r2") is None


def test_of_what_is_told_out_of_order_the_newest_version_stands_and_an_equal_one_is_the_newer_word(
    cache: Database,
) -> None:
    for version, water, stands in ((2, 0.2, 0.2), (1, 0.1, 0.2), (2, 0.3, 0.3), (3, 0.4, 0.4)):
        with cache.writing() as cursor:
            central.apply_records(cursor, [told("r1", version, water=water)], frozenset())
        remembered, shown = central.of_record(cache, "r1"), kinds.find(cache, KINDS["flow_test"], "r1")
        assert remembered is not None
        assert shown is not None
        assert remembered.body["values"]["water_cut"] == shown.values["water_cut"] == stands
    assert central.version_of(cache, "r1") == 3


def test_what_something_unsent_stands_on_is_shown_when_that_is_gone(cache: Database) -> None:
    one, other = told("r1", water=0.2), told("r2", water=0.3)
    with cache.writing() as cursor:
        central.apply_records(cursor, [one, other], frozenset({"r1"}))
    assert kinds.find(cache, KINDS["flow_test"], "r1") is None
    assert central.of_record(cache, "r1") == kept(one)
    with cache.writing() as cursor:
        central.show_again(cursor, ["r1", "nobody's"])
    shown = kinds.find(cache, KINDS["flow_test"], "r1")
    assert shown is not None
    assert shown.values == one.body["values"]


def test_nothing_told_changes_nothing(cache: Database) -> None:
    with cache.writing() as cursor:
        central.apply_records(cursor, [], frozenset())
        assert cursor.execute("SELECT count(*) FROM central_records").fetchone() == (0,)


@pytest.mark.parametrize("seed", range(3))
def test_versions_are_numbered_as_a_person_would_count_them(cache: Database, seed: int) -> None:
    """Each entry once, in the order in which it was told, whatever came together and whatever came again."""
    rng = random.Random(seed)
    counted: dict[str, list[tuple[str, str, str, datetime, Any]]] = {name: [] for name in "ab"}
    for _ in range(4):
        batch = []
        for _ in range(rng.randint(1, 5)):
            name, entry, moment = (
                rng.choice("ab"),
                f"e{rng.randint(1, 6)}",
                AT + timedelta(hours=rng.random()),
            )
            one = told(name, rng.randint(1, 4), entry_id=entry, author=f"A{rng.random()}", saved_at=moment)
            batch.append(one)
            if entry not in [known for known, *_ in counted[name]]:
                counted[name].append((entry, one.author, "saved", moment, {**one.body, "well": 1}))
        with cache.writing() as cursor:
            central.apply_records(cursor, batch, frozenset())
    for name, expected in counted.items():
        found = versions.versions(cache, name)
        assert [one.number for one in found] == list(range(1, len(expected) + 1))
        assert [(one.entry, one.author, one.action, one.saved_at, one.body) for one in found] == expected


# ---- wells that are one ------------------------------------------------------------------------------------


def merge(well: int, into: int, version: int = 1, action: str = "saved") -> CentralRecord:
    values = {"well_name": WELLS[well - 1].name, **said_of(WELLS[into - 1].key)}
    body = {"at": iso(AT), "action": action, "values": values}
    name = merge_id(WELLS[well - 1].key["uid"])
    return told(name, version, kind="well_merge", well=well, entry_id=f"m{version}", body=body)


def relations(cache: Database) -> dict[int, int]:
    with cache.reading() as cursor:
        return relation(cursor)


def test_a_merge_into_a_well_that_is_not_here_yet_is_seen_when_that_one_comes(cache: Database) -> None:
    with cache.writing() as cursor:
        central.apply_records(cursor, [merge(1, 2)], frozenset())
    assert relations(cache) == {}
    with cache.writing() as cursor:
        assert central.local_well_in(cursor, WELLS[2].key) == 2
    assert relations(cache) == {}
    with cache.writing() as cursor:
        assert central.local_well_in(cursor, WELLS[1].key) == 3
    assert relations(cache) == {1: 3}


@pytest.mark.parametrize("way", ["given up here", "gone there", "removed there"])
def test_a_merge_ends_with_its_record_whatever_way_that_goes(cache: Database, way: str) -> None:
    one = merge(1, 2)
    with cache.writing() as cursor:
        records.put_wells(cursor, WELLS)
        central.apply_records(cursor, [one], frozenset())
        assert relation(cursor) == {1: 2}
        if way == "given up here":
            central.forget(cursor, "well_merge", one.id)
        elif way == "gone there":
            assert central.take_out(cursor, "well_merge", [one.id], frozenset()) == 1
        else:
            central.apply_records(cursor, [merge(1, 2, 2, "removed")], frozenset())
    assert relations(cache) == {}


# ---- wells -------------------------------------------------------------------------------------------------


def test_the_centre_says_all_of_a_well_and_what_only_this_laptop_knows_is_added_to(cache: Database) -> None:
    key = {**WELLS[0].key, "number": 70}
    about = {"lift": "srp", "state": "stopped", "depth_m": 2_500.0, "aliases": ["A", "B"]}
    with cache.writing() as cursor:
        records.put_wells(cursor, [replace(WELLS[0], aliases=("B", "C"), depth_m=1.0)])
        assert central.apply_well(cursor, key, about) == 1
    (well,) = records.wells(cache)
    assert (well.lift, well.state, well.depth_m, well.aliases) == ("srp", "stopped", 2_500.0, ("B", "C", "A"))
    with cache.writing() as cursor:
        assert central.apply_well(cursor, {**key, "name": "101 бис", "pad": "6", "field": "Южное"}, {}) == 1
    (again,) = records.wells(cache)
    assert (again.name, again.pad, again.field_name) == ("101 бис", "6", "Южное")
    assert replace(again, name=well.name, pad=well.pad, field_name=well.field_name) == well
    with cache.writing() as cursor:
        central.apply_well(cursor, key, {"lift": "other"})
    assert records.wells(cache)[0].lift == "srp", "that nobody knows it is no word about it"


def test_a_well_has_one_number_at_the_centre_and_the_last_one_told_is_it(cache: Database) -> None:
    with cache.writing() as cursor:
        for number in (70, 71, None, 71):
            central.apply_well(cursor, {**WELLS[0].key, "number": number}, {})
        central.apply_well(cursor, {**WELLS[1].key, "number": 70}, {})
    assert central.central_wells(cache) == {71: 1, 70: 2}
