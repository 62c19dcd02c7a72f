"""Two merged wells in the cache: seen as one, kept as two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.cards import StoredCard
from app.models.kinds import KINDS
from app.models.merged_wells import said_of
from app.models.readings import Readings
from app.models.records import Record
from app.models.store import (
    cards,
    central_readings,
    kinds,
    leaving_wells,
    merging,
    readings,
    records,
    trends,
)
from app.models.store.database import Database, open_database
from app.models.store.merged import relation
from app.models.wells import SRP, Installation, Well, WellId, merge_id
from tests.proofs import examples

HOUR = 3_600_000_000
START = 1_760_000_400_000_000
AT = datetime(2026, 10, 1, tzinfo=UTC)
OTHER, SHOWN, THIRD = 1, 2, 3
WELLS = [Well(WellId(n), name, "Северное", "5", SRP) for n, name in ((1, "77G"), (2, "77"), (3, "077"))]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    one = open_database(tmp_path_factory.mktemp("cache") / "cache.duckdb", "ab" * 32)
    yield one
    one.close()


@pytest.fixture
def store(opened: Database) -> Database:
    emptied(opened)
    return opened


def emptied(store: Database) -> None:
    with store.writing() as cursor:
        names = cursor.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'cache' AND NOT temporary "
            "AND table_name <> 'schema_version'"
        ).fetchall()
        for (name,) in names:
            cursor.execute(f"DELETE FROM {name}")
        records.put_wells(cursor, WELLS)


def rows(well: int, at: list[int], value: float, sensor: int = 1) -> Readings:
    times = np.array(sorted(set(at)), np.int64) * (HOUR // 4) + START
    return Readings.of_one(well, sensor, times, np.full(len(times), value))


def merged(store: Database, well: int, into: int) -> None:
    values = {"well_name": WELLS[well - 1].name, **said_of(WELLS[into - 1].key)}
    name = merge_id(WELLS[well - 1].key["uid"])
    with store.writing() as cursor:
        kinds.put_one(cursor, Record(name, "well_merge", well, AT, None, values))
        merging.settle(cursor)


def parted(store: Database, well: int) -> None:
    with store.writing() as cursor:
        kinds.remove_one(cursor, KINDS["well_merge"], merge_id(WELLS[well - 1].key["uid"]))
        merging.settle(cursor)


def seen(store: Database, well: int) -> dict[int, float]:
    times, values, _ = trends.samples(store, well, 1, 0, 2**60)
    return {(int(t) - START) // (HOUR // 4): float(v) for t, v in zip(times, values, strict=True)}


def everything(store: Database) -> dict[str, Any]:
    """Every table of the cache, row by row; the one that says which wells are merged stays out of it."""
    with store.reading() as cursor:
        found = {}
        for table in ("readings", "series", "rollup_1h", "rollup_1m", "import_rows", "flow_tests", "cards"):
            found[table] = sorted(map(repr, cursor.execute(f"SELECT * FROM {table}").fetchall()))
    return found


def test_the_shown_well_has_the_readings_of_both_and_its_own_where_they_differ(store: Database) -> None:
    readings.write(store, rows(OTHER, [0, 1, 2], 1.0))
    readings.write(store, rows(SHOWN, [2, 3], 2.0))
    merged(store, OTHER, SHOWN)
    assert seen(store, SHOWN) == {0: 1.0, 1: 1.0, 2: 2.0, 3: 2.0}
    (series,) = trends.series_of(store, SHOWN)
    assert series.n == 4
    assert trends.hourly(store, SHOWN, [1], 0, 2**60)[1].good.sum() == 4
    readings.write(store, rows(OTHER, [4], 1.0))
    readings.write(store, rows(SHOWN, [1], 5.0))
    assert seen(store, SHOWN) == {0: 1.0, 1: 5.0, 2: 2.0, 3: 2.0, 4: 1.0}


def test_the_centre_counts_each_wells_own_readings(store: Database) -> None:
    readings.write(store, rows(OTHER, [0, 1, 2], 1.0))
    readings.write(store, rows(SHOWN, [2, 3], 2.0))
    before = central_readings.sums(store, [OTHER, SHOWN], datetime(2025, 1, 1, tzinfo=UTC))
    merged(store, OTHER, SHOWN)
    assert central_readings.sums(store, [OTHER, SHOWN], datetime(2025, 1, 1, tzinfo=UTC)) == before


def test_an_import_counts_and_takes_back_what_is_the_wells_own(store: Database) -> None:
    readings.write(store, rows(OTHER, [0, 1], 1.0))
    merged(store, OTHER, SHOWN)
    assert readings.write(store, rows(SHOWN, [1, 2], 7.0), import_id="i").added == 2
    assert seen(store, SHOWN) == {0: 1.0, 1: 7.0, 2: 7.0}
    with store.writing() as cursor:
        readings.undo_import(cursor, "i")
    assert seen(store, SHOWN) == {0: 1.0, 1: 1.0}, "the other well's reading is seen again"


def test_readings_that_leave_one_well_leave_what_is_shown_of_it(store: Database) -> None:
    readings.write(store, rows(OTHER, [0, 1], 1.0))
    readings.write(store, rows(SHOWN, [5], 2.0))
    merged(store, OTHER, SHOWN)
    gone = rows(OTHER, [0], 1.0)
    with store.writing() as cursor:
        central_readings.apply(cursor, Readings.join([]), gone)
    assert seen(store, SHOWN) == {1: 1.0, 5: 2.0}
    with store.writing() as cursor:
        assert central_readings.evict(cursor, SHOWN, AT - timedelta(days=900), AT + timedelta(days=900)) == 1
    assert seen(store, SHOWN) == {1: 1.0}


def test_a_series_that_is_dense_in_one_well_has_its_minutes_in_the_other(store: Database) -> None:
    times = START + np.arange(200, dtype=np.int64) * 1_000_000
    readings.write(store, rows(SHOWN, [40, 80], 2.0))
    readings.write(store, Readings.of_one(OTHER, 1, times, np.arange(200.0)))
    merged(store, OTHER, SHOWN)
    with store.reading() as cursor:
        minutes = cursor.execute("SELECT sum(good + bad) FROM rollup_1m WHERE well = ?", [SHOWN]).fetchone()
    assert minutes == (202,)


def test_a_card_of_both_is_shown_once_and_the_records_of_both_under_one(store: Database) -> None:
    line = np.linspace(0.0, 3.0, 20)
    mine, theirs = (StoredCard(name, well, AT, 6.0, line, line * 1e4) for name, well in (("a", 1), ("b", 2)))
    cards.add(store, [mine, theirs])
    note = Record("n", "note", OTHER, AT, None, {"text": "of the other"})
    with store.writing() as cursor:
        kinds.put_many(cursor, KINDS["note"], [note, Record("m", "note", SHOWN, AT, None, note.values)])
        kinds.put_one(cursor, Record("k", "note", OTHER, AT, None, {"text": "alone"}))
    merged(store, OTHER, SHOWN)
    assert [(card.id, card.well_id) for card in cards.of_well(store, SHOWN)] == [("b", SHOWN)]
    found = kinds.of_well(store, KINDS["note"], SHOWN)
    assert {(one.id, one.well_id) for one in found} == {("m", SHOWN), ("k", SHOWN)}
    assert {one.text for one in records.notes(store, SHOWN, AT, AT)} == {"of the other", "alone"}
    assert kinds.own_well(store, KINDS["note"], found[0]) in (OTHER, SHOWN)
    assert kinds.own_well(store, KINDS["note"], Record("k", "note", SHOWN, AT, None, {})) == OTHER


def test_runs_of_all_wells_are_those_of_each(store: Database) -> None:
    file, person = "f" * 32, "0-person"
    told = [
        (person, SHOWN, 40.0),
        (file, SHOWN, 30.0),
        ("1-of-the-other", OTHER, 50.0),
        ("e" * 32, THIRD, 30.0),
    ]
    runs = [Installation(name, WellId(well), AT, None, {"rated_current_a": a}) for name, well, a in told]
    with store.writing() as cursor:
        records.put_installations(cursor, [*runs, replace(runs[1], id="d" * 32, well=WellId(OTHER))])
    merged(store, OTHER, SHOWN)
    of_each = [one for well in (SHOWN, THIRD) for one in records.installations_of(store, well)]
    assert records.installations(store) == of_each
    assert [one.id for one in of_each[:-1]] == ["1-of-the-other", file, person], "the last word is a person's"


def test_chains_and_circles_show_one_well(store: Database) -> None:
    for number, value in ((OTHER, 1.0), (SHOWN, 2.0), (THIRD, 3.0)):
        readings.write(store, rows(number, [number], value))
    merged(store, OTHER, SHOWN)
    merged(store, SHOWN, THIRD)
    (shown,) = records.wells(store)
    assert (int(shown.id), set(shown.absorbed)) == (THIRD, {"77G", "77"})
    assert seen(store, THIRD) == {1: 1.0, 2: 2.0, 3: 3.0}
    merged(store, THIRD, OTHER)
    (circle,) = records.wells(store)
    assert circle.uid == min(well.key["uid"] for well in WELLS)
    assert seen(store, int(circle.id)) == {1: 1.0, 2: 2.0, 3: 3.0}
    parted(store, THIRD)
    assert [int(well.id) for well in records.wells(store)] == [THIRD]


def test_a_well_that_is_not_here_takes_nobody_in_until_it_is(store: Database) -> None:
    with store.writing() as cursor:
        cursor.execute("DELETE FROM wells WHERE id = ?", [SHOWN])
    merged(store, OTHER, SHOWN)
    assert {int(well.id) for well in records.wells(store)} == {OTHER, THIRD}
    with store.writing() as cursor:
        records.put_wells(cursor, [WELLS[SHOWN - 1]])
        assert merging.settle(cursor)
        assert not merging.settle(cursor)
    assert {int(well.id) for well in records.wells(store)} == {SHOWN, THIRD}


WRITES = st.lists(
    st.tuples(
        st.sampled_from(["row", "row", "import", "undo", "gone", "merge", "part", "note", "card"]),
        st.sampled_from([OTHER, SHOWN, THIRD]),
        st.lists(st.integers(0, 12), min_size=1, max_size=6),
        st.integers(1, 4),
    ),
    max_size=12,
)


def done(store: Database, steps: list[Any], *, merging_too: bool) -> None:
    imports: list[str] = []
    for number, (what, well, at, value) in enumerate(steps):
        if what == "row":
            readings.write(store, rows(well, at, value))
        elif what == "import":
            imports.append(f"i{number}")
            readings.write(store, rows(well, at, value), import_id=imports[-1])
        elif what == "undo" and imports:
            with store.writing() as cursor:
                readings.undo_import(cursor, imports.pop())
        elif what == "gone":
            with store.writing() as cursor:
                central_readings.apply(cursor, Readings.join([]), rows(well, at, value))
        elif what == "note":
            record = Record(f"n{number}", "flow_test", well, AT, None, {"liquid_m3_per_s": float(value)})
            with store.writing() as cursor:
                kinds.put_one(cursor, record)
        elif what == "card":
            line = np.linspace(0.0, value, 8)
            cards.add(store, [StoredCard(f"c{number}", well, AT, 6.0, line, line)])
        elif what == "merge" and merging_too and well != SHOWN:
            merged(store, well, SHOWN)
        elif what == "part" and merging_too:
            parted(store, well)
    for well in (OTHER, THIRD):
        parted(store, well)


@pytest.mark.slow
@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(WRITES)
def test_what_was_merged_and_parted_is_as_if_it_had_never_been(store: Database, steps: list[Any]) -> None:
    """Whatever was written, imported, undone and taken back on either well before, between and after."""
    emptied(store)
    done(store, steps, merging_too=False)
    apart = everything(store)
    emptied(store)
    done(store, steps, merging_too=True)
    assert everything(store) == apart
    with store.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM merged_rows").fetchone() == (0,)


@pytest.mark.slow
@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(WRITES)
def test_a_merged_well_always_shows_all_that_its_parts_have(store: Database, steps: list[Any]) -> None:
    emptied(store)
    merged(store, OTHER, SHOWN)
    kept = [step for step in steps if step[0] not in ("merge", "part")]
    imports: list[str] = []
    for number, step in enumerate(kept):
        if step[0] == "undo" and imports:
            with store.writing() as cursor:
                readings.undo_import(cursor, imports.pop())
            continue
        if step[0] == "import":
            imports.append(f"i{number}")
            readings.write(store, rows(step[1], step[2], step[3]), import_id=imports[-1])
        elif step[0] == "row":
            readings.write(store, rows(step[1], step[2], step[3]))
        elif step[0] == "gone":
            with store.writing() as cursor:
                central_readings.apply(cursor, Readings.join([]), rows(step[1], step[2], step[3]))
    with store.reading() as cursor:
        own = cursor.execute(
            """SELECT ts, value FROM readings r WHERE well = 2 AND NOT EXISTS (SELECT 1 FROM merged_rows m
               WHERE m.well = r.well AND m.ts = r.ts)"""
        ).fetchall()
    theirs = seen(store, OTHER)
    told = {(int(at.replace(tzinfo=UTC).timestamp() * 1e6) - START) // (HOUR // 4): v for at, v in own}
    assert seen(store, SHOWN) == {**theirs, **told}
    n = {series.sensor: series.n for series in trends.series_of(store, SHOWN)}
    assert n.get(1, 0) == len(seen(store, SHOWN))
    hours = trends.hourly(store, SHOWN, [1], 0, 2**60)
    assert (hours[1].good.sum() if hours else 0) == len(seen(store, SHOWN))


@pytest.mark.parametrize(
    ("goes", "stays", "own"), [(OTHER, SHOWN, {2: 2.0, 3: 2.0}), (SHOWN, OTHER, {0: 1.0, 2: 1.0})]
)
def test_a_well_that_leaves_is_parted_from_the_one_that_stays(
    store: Database, goes: int, stays: int, own: dict[int, float]
) -> None:
    readings.write(store, rows(OTHER, [0, 2], 1.0))
    readings.write(store, rows(SHOWN, [2, 3], 2.0))
    merged(store, OTHER, SHOWN)
    with store.writing() as cursor:
        leaving_wells.remove(cursor, [goes], [])
    with store.reading() as cursor:
        assert relation(cursor) == {}
        assert not cursor.execute("SELECT * FROM readings WHERE well = ?", [goes]).fetchall()
    assert seen(store, stays) == own
