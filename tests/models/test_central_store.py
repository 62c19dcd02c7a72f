"""What the cache keeps of the centre: wells under their names, marks, records shown and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from app.core.clock import iso, to_us
from app.core.errors import KnownError
from app.models.kinds import KINDS
from app.models.merged_wells import said_of
from app.models.readings import Readings
from app.models.records import Record
from app.models.store import central, central_readings, kinds, records
from app.models.store import readings as reading_store
from app.models.store.database import Database, open_database
from app.models.store.merged import relation
from app.models.wells import Well, WellId, merge_id, well_uid

AT = datetime(2026, 10, 10, tzinfo=UTC)
WELL = Well(WellId(1), "123Г", "Северное", "5", "esp")
KEY = WELL.key


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = open_database(tmp_path_factory.mktemp("central") / "cache.duckdb", "ab" * 32)
    yield made
    made.close()


@pytest.fixture
def cache(opened: Database) -> Database:
    with opened.writing() as cursor:
        for table in (
            *("wells", "watermarks", "central_wells", "central_records", "central_sums", "flow_tests"),
            *("well_merges", "merged_wells", "record_digests", "record_versions"),
            *("readings", "series", "rollup_1h", "rollup_1m"),
        ):
            cursor.execute(f"DELETE FROM {table}")
    return opened


def test_marks_are_kept_by_source_and_part_and_dropped_by_their_beginning(cache: Database) -> None:
    with cache.writing() as cursor:
        for part in ("part/1", "part/2", "all"):
            central.set_mark(cursor, "readings", part, f"mark of {part}")
        central.set_mark(cursor, "records", "all", "7")
        central.set_mark(cursor, "records", "all", "8")
    assert central.mark(cache, "records", "all") == "8"
    assert central.mark(cache, "records", "part/1") is None
    with cache.writing() as cursor:
        central.drop_marks(cursor, "readings", "part/")
    assert central.marks(cache, "readings") == {"all": "mark of all"}
    with cache.writing() as cursor:
        central.drop_marks(cursor, "readings")
    assert central.marks(cache, "readings") == {}
    assert central.marks(cache, "records") == {"all": "8"}


def test_a_well_is_found_by_its_name_outside_also_when_it_was_written_before_there_were_such_names(
    cache: Database,
) -> None:
    with cache.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(3), "123Г", "Северное", "5", "esp")])
        cursor.execute("UPDATE wells SET uid = ''")
        assert central.local_well_in(cursor, KEY) == 3
        assert (
            central.local_well_in(cursor, {**KEY, "uid": well_uid("Северное", "5", "77"), "name": "77"}) == 4
        )
        assert central.local_well_in(cursor, KEY) == 3
    assert len(records.wells(cache)) == 2


def test_a_well_told_without_a_number_is_made_and_has_none(cache: Database) -> None:
    with cache.writing() as cursor:
        central.apply_well(cursor, KEY, {})
    assert central.central_wells(cache) == {}
    assert [well.lift for well in records.wells(cache)] == ["other"]


def test_what_the_centre_says_of_a_well_counts_and_what_it_does_not_say_stays(cache: Database) -> None:
    with cache.writing() as cursor:
        central.apply_well(cursor, KEY, {"lift": "esp", "state": "stopped", "depth_m": 0.0})
        central.apply_well(cursor, KEY, {"lift": None, "state": "", "depth_m": None})
    (well,) = records.wells(cache)
    assert (well.lift, well.state, well.depth_m) == ("esp", "stopped", 0.0)


def test_a_record_that_the_centre_has_not_told_of_has_no_version_there(cache: Database) -> None:
    assert central.version_of(cache, "r1") == 0
    assert central.of_record(cache, "r1") is None


def test_a_record_of_ours_that_was_given_up_is_forgotten_and_no_other(cache: Database) -> None:
    kind = KINDS["flow_test"]
    made = [
        Record(name, "flow_test", 1, AT, None, {"duration_s": 1.0, "liquid_m3_per_s": 0.1, "valid": True})
        for name in ("r1", "r2")
    ]
    with cache.writing() as cursor:
        kinds.put_many(cursor, kind, made)
        central.forget(cursor, "flow_test", "r1")
    assert kinds.find(cache, kind, "r1") is None
    assert kinds.find(cache, kind, "r2") is not None


def test_of_records_that_the_centre_has_no_more_those_with_something_unsent_are_shown_still(
    cache: Database,
) -> None:
    kind = KINDS["flow_test"]
    body = {"at": iso(AT), "values": {"duration_s": 1.0, "liquid_m3_per_s": 0.1, "valid": True}}
    told = [
        central.CentralRecord(name, "flow_test", 1, 1, n, f"e{n}", "A", AT, {**body, "action": "saved"})
        for n, name in enumerate(("kept", "gone", "pending"))
    ]
    with cache.writing() as cursor:
        records.put_wells(cursor, [replace(WELL, id=WellId(1))])
        central.apply_records(cursor, told, frozenset())
        assert central.take_out(cursor, "flow_test", [], frozenset()) == 0
        assert central.take_out(cursor, "flow_test", ["gone", "pending"], frozenset({"pending"})) == 2
    shown = [name for name in ("kept", "gone", "pending") if kinds.find(cache, kind, name) is not None]
    assert shown == ["kept", "pending"]
    known = [name for name in ("kept", "gone", "pending") if central.of_record(cache, name) is not None]
    assert known == ["kept"]


def test_a_merge_that_the_centre_tells_of_is_seen_at_once_and_so_is_its_end(cache: Database) -> None:
    wells = [replace(WELL, id=WellId(1)), replace(WELL, id=WellId(2), name="123")]
    name = merge_id(wells[0].key["uid"])
    body = {"at": iso(AT), "values": {"well_name": wells[0].name, **said_of(wells[1].key)}}
    told = [
        central.CentralRecord(name, "well_merge", 1, n, n, f"e{n}", "A", AT, {**body, "action": action})
        for n, action in ((1, "saved"), (2, "removed"))
    ]
    with cache.writing() as cursor:
        records.put_wells(cursor, wells)
        central.apply_records(cursor, told[:1], frozenset())
        assert relation(cursor) == {1: 2}
        central.apply_records(cursor, told[1:], frozenset())
        assert relation(cursor) == {}
        central.apply_records(cursor, told[:1], frozenset())
        assert relation(cursor) == {}, "what is read late does not stand again"


# ---- readings of the centre --------------------------------------------------------------------------------


def table(*rows: tuple[int, float, int]) -> pa.Table:
    """(the centre's well, value, deleted), a minute apart."""
    n = len(rows)
    return pa.table(
        {
            "well_id": np.array([r[0] for r in rows], np.uint32),
            "sensor_type": np.ones(n, np.uint8),
            "timestamp": pa.array(
                [to_us(AT) + i * 60_000_000 for i in range(n)], pa.timestamp("us", tz="UTC")
            ),
            "value": np.array([r[1] for r in rows], np.float32),
            "quality": np.zeros(n, np.uint8),
            "deleted": np.array([r[2] for r in rows], np.uint8),
        }
    )


def test_rows_are_parted_into_those_to_write_and_those_to_take_out_under_our_numbers() -> None:
    written, gone = central_readings.rows_of(table((70, 1.0, 0), (80, 2.0, 1), (70, 3.0, 0)), {70: 1, 80: 2})
    assert (list(written.well), list(written.value)) == ([1, 1], [1.0, 3.0])
    assert (list(gone.well), list(gone.value)) == ([2], [2.0])


def test_rows_of_wells_that_nobody_knows_here_are_left_whether_they_come_or_go() -> None:
    written, gone = central_readings.rows_of(table((70, 1.0, 0), (99, 2.0, 1), (5, 3.0, 0)), {70: 1})
    assert (list(written.well), len(gone)) == ([1], 0)
    written, gone = central_readings.rows_of(table((99, 2.0, 0)), {})
    assert (len(written), len(gone)) == (0, 0)


def test_no_rows_are_no_rows() -> None:
    written, gone = central_readings.rows_of(table(), {70: 1})
    assert (len(written), len(gone)) == (0, 0)


def series(cache: Database) -> list[tuple[int, int]]:
    with cache.reading() as cursor:
        return cursor.execute("SELECT well, n FROM series ORDER BY well").fetchall()


def write(cache: Database, well: int, n: int) -> Readings:
    rows = Readings.of_one(well, 1, to_us(AT) + np.arange(n) * 60_000_000, np.arange(n, dtype=float))
    reading_store.write(cache, rows)
    return rows


def test_taking_out_counts_what_was_here_and_leaves_the_rest(cache: Database) -> None:
    rows = write(cache, 1, 5)
    nothing = Readings.join([])
    absent = Readings.of_one(2, 1, rows.time_us, rows.value)
    with cache.writing() as cursor:
        assert central_readings.apply(cursor, nothing, nothing) == 0
        assert central_readings.apply(cursor, nothing, absent) == 0
    two = Readings.of_one(1, 1, rows.time_us[1:3], rows.value[1:3])
    with cache.writing() as cursor:
        assert central_readings.apply(cursor, nothing, two) == 2
    with cache.writing() as cursor:
        assert central_readings.apply(cursor, nothing, two) == 0, "the same again"
    assert series(cache) == [(1, 3)]


def test_eviction_takes_what_lies_between_both_moments_and_those_themselves(cache: Database) -> None:
    write(cache, 1, 10)
    write(cache, 2, 10)
    with cache.writing() as cursor:
        first, last = AT + timedelta(minutes=2), AT + timedelta(minutes=5)
        assert central_readings.evict(cursor, 1, first, last) == 4
    assert series(cache) == [(1, 6), (2, 10)]


def test_only_wells_with_something_older_are_named_with_their_first_reading(cache: Database) -> None:
    write(cache, 1, 3)
    write(cache, 2, 3)
    assert central_readings.older(cache, [1], AT + timedelta(seconds=1)) == {1: AT}
    assert central_readings.older(cache, [1, 2], AT) == {}
    assert central_readings.older(cache, [], AT + timedelta(days=1)) == {}


def test_a_difference_is_remembered_by_well_and_month_as_it_was_last(cache: Database) -> None:
    with cache.writing() as cursor:
        central_readings.remember_difference(cursor, 1, "2026-10", "a", "b")
        central_readings.remember_difference(cursor, 1, "2026-10", "a", "c")
        central_readings.remember_difference(cursor, 2, "2026-10", "d", "e")
    assert central_readings.compared(cache) == {(1, "2026-10"): ("a", "c"), (2, "2026-10"): ("d", "e")}


def test_nothing_to_take_out_is_nothing_taken_out(cache: Database) -> None:
    with cache.writing() as cursor:
        assert central.take_out(cursor, "flow_test", [], frozenset()) == 0


def test_one_well_more_than_a_store_can_number_is_refused(
    cache: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(central, "MOST_WELLS", 1)
    other = {**KEY, "uid": well_uid("Северное", "5", "77"), "name": "77"}
    with cache.writing() as cursor:
        assert central.local_well_in(cursor, KEY) == 1
        with pytest.raises(KnownError) as refused:
            central.local_well_in(cursor, other)
        assert central.local_well_in(cursor, KEY) == 1
    assert (refused.value.code, refused.value.details) == ("too_many_wells", {"limit": 1})
