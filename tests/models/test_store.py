"""The cache: order, idempotence, corrections, roll-ups, gaps, errors at the border."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.jobs import Cancelled, Job
from app.models.readings import Quality, Readings
from app.models.store import readings, trends
from app.models.store.database import Database, open_database
from tests.proofs import examples

KEY = "ab" * 32
START = 1_760_000_400_000_000
MINUTE = 60_000_000


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "cache.duckdb", KEY)
    yield database
    database.close()


@pytest.fixture(scope="module")
def shared_db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One store for all examples of a property: opening and migrating one costs more than an example does."""
    database = open_database(tmp_path_factory.mktemp("db") / "cache.duckdb", KEY)
    yield database
    database.close()


def emptied(db: Database) -> Database:
    """The store as a migrated one begins: what one example wrote is not there for the next."""
    with db.writing() as cursor:
        for table in ("readings", "rollup_1m", "rollup_1h", "series"):
            cursor.execute(f"DELETE FROM {table}")
    return db


def rows_of(db: Database) -> dict[tuple[int, int, int], tuple[float, int]]:
    with db.reading() as cursor:
        found = cursor.execute("SELECT well, sensor, epoch_us(ts), value, quality FROM readings").fetchall()
    assert len(found) == len({row[:3] for row in found}), "a (well, sensor, time) stands twice"
    return {row[:3]: (row[3], row[4]) for row in found}


def batch(rows: list[tuple[int, int, int, float, int]]) -> Readings:
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    return Readings(
        np.array(columns[0], np.uint16),
        np.array(columns[1], np.uint8),
        START + np.array(columns[2], np.int64) * MINUTE,
        np.array(columns[3], np.float32),
        np.array(columns[4], np.uint8),
    )


ROW = st.tuples(
    st.integers(1, 3),
    st.integers(1, 2),
    st.integers(0, 300),
    st.floats(-100, 100, width=32),
    st.sampled_from([0, 0, 0, 2]),
)


@pytest.mark.slow
@settings(max_examples=examples(25), deadline=None)
@given(batches=st.lists(st.lists(ROW, max_size=60), min_size=1, max_size=6))
def test_any_sequence_of_late_overlapping_and_corrected_batches_ends_as_the_last_word_on_each_time(
    shared_db: Database, batches: list[list[tuple[int, int, int, float, int]]]
) -> None:
    """The reference is a dictionary: the last value written for a key stays; counts tell new, corrected and
    same.
    """
    db = emptied(shared_db)
    expected: dict[tuple[int, int, int], tuple[float, int]] = {}
    for rows in batches:
        last = {(w, s, START + m * MINUTE): (np.float32(v).item(), q) for w, s, m, v, q in rows}
        added = sum(key not in expected for key in last)
        same = sum(expected.get(key) == value for key, value in last.items())
        written = readings.write(db, batch(rows))
        assert (written.added, written.same, written.changed) == (added, same, len(last) - added - same)
        expected |= last
    assert rows_of(db) == expected
    _rollups_agree(db)


def _rollups_agree(db: Database) -> None:
    """The kept roll-ups equal those made anew from all readings, and the series know their own extent."""
    with db.reading() as cursor:
        for table, step in (("rollup_1h", "hour"), ("rollup_1m", "minute")):
            only = "" if table == "rollup_1h" else "JOIN series s USING (well, sensor) WHERE s.dense"
            wrong = cursor.execute(
                f"""WITH fresh AS (
                       SELECT r.well, r.sensor, date_trunc('{step}', r.ts) AS ts,
                       min(value) FILTER (quality = 0) AS low,
                              max(value) FILTER (quality = 0) AS high, count(*) FILTER (quality = 0) AS good,
                              count(*) FILTER (quality <> 0) AS bad, bit_or(quality) AS marks
                       FROM readings r {only} GROUP BY ALL)
                    (FROM fresh EXCEPT ALL SELECT well, sensor, ts, low, high, good, bad, marks FROM {table})
                    UNION ALL
                    (SELECT well, sensor, ts, low, high, good, bad, marks FROM {table} EXCEPT ALL
                    FROM fresh)"""
            ).fetchall()
            assert wrong == [], table
            means = cursor.execute(
                f"""SELECT kept.mean, fresh.mean FROM {table} kept JOIN (
                        SELECT well, sensor, date_trunc('{step}', ts) AS ts,
                        avg(value) FILTER (quality = 0) AS mean
                        FROM readings GROUP BY ALL) fresh USING (well, sensor, ts)"""
            ).fetchall()
            kept, fresh = np.array(means, float).reshape(-1, 2).T
            np.testing.assert_allclose(kept, fresh, rtol=1e-5, atol=1e-5)
        wrong = cursor.execute(
            """FROM (SELECT well, sensor, min(ts), max(ts), count(*) FROM readings GROUP BY ALL)
               EXCEPT SELECT well, sensor, first_ts, last_ts, n FROM series"""
        ).fetchall()
        assert wrong == []


def test_writing_the_same_batch_twice_changes_nothing(db: Database) -> None:
    rows = Readings.of_one(1, 3, START + np.arange(5000) * MINUTE, np.arange(5000.0))
    assert readings.write(db, rows).added == 5000
    again = readings.write(db, rows)
    assert (again.added, again.changed, again.same) == (0, 0, 5000)


def test_a_series_that_turns_dense_gets_its_minutes_from_the_beginning(db: Database) -> None:
    readings.write(db, Readings.of_one(1, 1, START + np.arange(600) * MINUTE, np.arange(600.0)))
    second = 1_000_000
    readings.write(
        db, Readings.of_one(1, 1, START + 600 * MINUTE + np.arange(3600) * second, np.arange(3600.0))
    )
    assert trends.series_of(db, 1)[0].dense
    _rollups_agree(db)


def test_seconds_that_come_late_into_the_middle_of_an_hour_leave_each_minute_once(db: Database) -> None:
    second = 1_000_000
    readings.write(db, Readings.of_one(1, 1, START + np.arange(7200) * second, np.ones(7200)))
    late = START + 600 * second + np.arange(300) * second + second // 2
    readings.write(db, Readings.of_one(1, 1, late, np.full(300, 2.0)), import_id="late")
    _rollups_agree(db)
    with db.writing() as cursor:
        readings.undo_import(cursor, "late")
    _rollups_agree(db)


def test_an_undone_import_leaves_the_store_as_it_was(db: Database) -> None:
    readings.write(db, Readings.of_one(1, 1, START + np.arange(100) * MINUTE, np.arange(100.0)))
    before = rows_of(db)
    readings.write(
        db, Readings.of_one(1, 1, START + np.arange(50, 150) * MINUTE, np.full(100, 7.0)), import_id="i1"
    )
    assert rows_of(db) != before
    with db.writing() as cursor:
        assert readings.undo_import(cursor, "i1") == 100
    assert rows_of(db) == before
    _rollups_agree(db)


def test_a_window_is_drawn_with_two_points_a_column_and_keeps_every_extreme(db: Database) -> None:
    n = 400_000
    value = np.sin(np.arange(n) / 500).astype(np.float32)
    value[123_456] = 99
    readings.write(db, Readings.of_one(1, 1, START + np.arange(n) * 1_000_000, value))
    trend = trends.trend(db, 1, 1, START, START + n * 1_000_000, 800)
    assert not trend.raw
    assert len(trend.time_us) <= 2 * 802
    assert np.nanmax(trend.value) == 99
    close = trends.trend(db, 1, 1, START, START + 1000 * 1_000_000, 800)
    assert close.raw
    assert close.value == pytest.approx(value[:1001])


def test_a_gap_stays_a_gap_and_bad_samples_are_handed_over_apart(db: Database) -> None:
    time_us = START + np.r_[np.arange(100), np.arange(300, 400)] * MINUTE
    quality = np.zeros(200, np.uint8)
    quality[50] = Quality.SPIKE
    readings.write(db, Readings.of_one(1, 1, time_us, np.arange(200.0), quality))
    trend = trends.trend(db, 1, 1, START, START + 400 * MINUTE, 500)
    assert np.isnan(trend.value).sum() == 1
    assert trend.bad_value == pytest.approx([50.0])
    assert 50.0 not in trend.value


@pytest.mark.parametrize("wide_h", [500, 20, 2])
def test_readings_that_come_by_the_hour_are_a_line_and_where_some_are_missing_is_a_gap(
    db: Database, wide_h: int
) -> None:
    """Each stood alone: ten minutes are no gap of the sensor, whatever its archive is read by."""
    hours = np.r_[np.arange(200), np.arange(206, 500)]
    readings.write(db, Readings.of_one(1, 1, START + hours * 60 * MINUTE, np.arange(494.0)))
    whole = trends.trend(db, 1, 1, START, START + wide_h * 60 * MINUTE, 900)
    assert whole.raw
    assert np.isnan(whole.value).sum() == (1 if wide_h > 200 else 0)
    assert whole.gap_us >= 60 * MINUTE


def test_a_pause_of_an_hour_between_minutes_stays_a_gap(db: Database) -> None:
    minutes = np.r_[np.arange(300), np.arange(360, 700), 800]
    readings.write(db, Readings.of_one(1, 1, START + minutes * MINUTE, np.arange(641.0)))
    whole = trends.trend(db, 1, 1, START, START + 900 * MINUTE, 900)
    assert np.isnan(whole.value).sum() == 2
    readings.write(db, Readings.of_one(2, 1, START + np.r_[0, 3_000, 90_000] * MINUTE, np.arange(3.0)))
    few = trends.trend(db, 2, 1, START, START + 100_000 * MINUTE, 900)
    assert np.isnan(few.value).sum() == 2, "of three readings nobody knows how often they come"


def test_an_unknown_sensor_and_an_empty_window_give_an_empty_trend(db: Database) -> None:
    assert len(trends.trend(db, 1, 1, START, START + MINUTE, 100).time_us) == 0
    readings.write(db, Readings.of_one(1, 1, START + np.arange(10) * MINUTE, np.zeros(10)))
    assert len(trends.trend(db, 1, 1, START + MINUTE, START, 100).time_us) == 0


class Counted:
    """A store whose readers' statements are counted."""

    def __init__(self, db: Database) -> None:
        self._db, self.statements = db, 0

    @contextmanager
    def reading(self, job: Job | None = None) -> Iterator[Counted]:
        with self._db.reading(job) as self._cursor:
            yield self

    def execute(self, *words: Any) -> Any:
        self.statements += 1
        return self._cursor.execute(*words)


def test_the_pens_of_a_window_are_read_by_as_many_statements_as_one_and_are_the_same(db: Database) -> None:
    """Four for each pen it were."""
    seconds, minutes = START + np.arange(20_000) * 1_000_000, START + np.arange(300) * MINUTE
    marks = np.where(np.arange(300) % 50 == 7, np.uint8(Quality.SPIKE), np.uint8(0))
    for sensor in range(1, 5):
        readings.write(db, Readings.of_one(1, sensor, seconds, np.sin(seconds / 1e9 + sensor)))
    for sensor in range(5, 9):
        readings.write(db, Readings.of_one(1, sensor, minutes, np.cos(minutes / 1e9) * sensor, marks))
    asked = [8, 1, 2, 3, 4, 5, 6, 7, 9]
    ends = (START + 500 * 1_000_000, START + 290 * MINUTE, 400)
    one, all_of_them = Counted(db), Counted(db)
    trends.of_sensors(one, 1, [1, 5], *ends)  # type: ignore[arg-type]
    found = trends.of_sensors(all_of_them, 1, asked, *ends)  # type: ignore[arg-type]
    assert all_of_them.statements == one.statements <= 6
    assert list(found) == asked
    assert {len(found[sensor].bad_time_us) for sensor in (5, 6, 7, 8)} == {5}
    for sensor in asked:
        alone = trends.trend(db, 1, sensor, *ends)
        for name in ("time_us", "value", "bad_time_us", "bad_value"):
            assert np.array_equal(getattr(alone, name), getattr(found[sensor], name), equal_nan=True), sensor
        assert alone.raw == found[sensor].raw
    assert not found[1].raw
    assert len(found[9].time_us) == 0


def test_days_of_many_series_are_cut_into_one_array(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """An array was made for every row, and most were thrown away."""
    hours = START - START % 3_600_000_000 + np.arange(24 * 9) * 60 * MINUTE
    for well in (1, 2, 300):
        readings.write(db, Readings.of_one(well, 1, hours, np.full(len(hours), float(well))))
    readings.write(db, Readings.of_one(2, 250, hours[:24], np.full(24, 7.0)))
    made: list[object] = []
    full, wells = np.full, (1, 2, 4, 300)
    monkeypatch.setattr(trends.np, "full", lambda *words: (made.append(words), full(*words))[1])
    days = trends.daily(db, wells, [1, 250], 5)
    assert len(made) == 1
    assert set(days) == {(1, 1), (2, 1), (300, 1)}, "the other one ended before"
    assert days[300, 1].tolist() == [300.0] * 5
    assert trends.daily(db, wells, [1, 250], 10)[2, 250].tolist()[:2] == pytest.approx([7.0, 7.0])
    assert np.isnan(trends.daily(db, wells, [1, 250], 10)[2, 250][2:]).all()
    readings.write(db, Readings.of_one(4, 1, hours + 400 * 86_400_000_000, np.full(len(hours), 4.0)))
    days = trends.daily(db, wells, [1, 250], 5)
    assert days[300, 1].tolist() == [300.0] * 5, "a fresh well leaves the days of another as they are"
    assert days[4, 1].tolist() == [4.0] * 5
    assert set(trends.daily(db, [2], [1, 250], 10)) == {(2, 1), (2, 250)}, "of the wells that are asked for"


def test_the_newest_day_of_every_well_is_that_of_its_days(db: Database) -> None:
    """Of days with nothing good no mean is made: then the newest before them is told, within the days."""
    hour, day = 60 * MINUTE, 24 * 60 * MINUTE
    hours = START - START % day + np.arange(24 * 9) * hour
    rising = np.repeat(np.arange(9.0), 24)
    for well in (1, 2, 3):
        readings.write(db, Readings.of_one(well, 1, hours, rising + 10 * well))
    marks = np.where(rising > 5, np.uint8(Quality.SPIKE), np.uint8(0))
    readings.write(db, Readings.of_one(4, 1, hours, rising + 40.0, marks))
    readings.write(db, Readings.of_one(2, 2, hours + 20 * day, rising))
    readings.write(db, Readings.of_one(5, 2, hours, rising))
    found = trends.last_days(db, 1, 10)
    assert found == {1: 18.0, 3: 38.0, 4: 45.0}, "the second well has another sensor's readings weeks later"
    assert trends.last_days(db, 1, 30)[2] == 28.0
    for ahead in (-5 * hour, 0, 3 * hour):
        days = trends.daily(db, [1, 2, 3, 4, 5], [1], 10, ahead)
        newest = {well: float(means[np.isfinite(means)][-1]) for (well, _), means in days.items()}
        assert trends.last_days(db, 1, 10, ahead) == pytest.approx(newest)


def test_hours_tell_low_high_mean_and_counts(db: Database) -> None:
    whole_hour = START - START % 3_600_000_000
    readings.write(db, Readings.of_one(1, 1, whole_hour + np.arange(120) * MINUTE, np.arange(120.0)))
    hours = trends.hourly(db, 1, [1], whole_hour, whole_hour + 7_200_000_000)[1]
    assert (hours.low.tolist(), hours.high.tolist()) == ([0, 60], [59, 119])
    assert hours.mean == pytest.approx([29.5, 89.5])
    assert hours.good.tolist() == [60, 60]


def test_a_failed_transaction_leaves_nothing_behind(db: Database) -> None:
    def write_and_fail() -> None:
        with db.writing() as cursor:
            readings.write_in(cursor, Readings.of_one(1, 1, START + np.arange(10) * MINUTE, np.zeros(10)))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert rows_of(db) == {}


def test_cancelling_breaks_off_a_long_query(db: Database) -> None:
    job = Job()
    timer = threading.Timer(0.2, job.cancel)
    timer.start()
    with pytest.raises(Cancelled), db.reading(job) as cursor:
        cursor.execute("SELECT sum(a.range * b.range) FROM range(100000000) a, range(100000) b").fetchall()
    timer.join()


def test_each_thread_reads_its_own_answers(db: Database) -> None:
    wrong: list[object] = []

    def ask(mine: int) -> None:
        for _ in range(60):
            with db.reading() as cursor:
                answer = cursor.execute("SELECT ?::INT FROM range(50)", [mine]).fetchall()
            if answer != [(mine,)] * 50:
                wrong.append(answer)

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
