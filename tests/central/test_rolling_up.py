"""ClickHouse's schema in steps, on one server and on a cluster; minutes and hours that are exact after
whatever came in between.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.models.readings import Readings
from app.models.store import central_readings
from app.models.store import readings as reading_store
from app.services.opening import open_workspace
from app.sync.queries import QUERIES
from central import filling, rolling_up, undoing
from central.embedded.embedding import embed
from central.stores import clickhouse_versions as versions
from central.stores.clickhouse import ClickHouse
from central.stores.clickhouse_schema import SCHEMA
from central.stores.clickhouse_versions import Layout, bring_up, kept_for, rights_of
from tests.central.a_site import Site
from tests.profiles import empty_profile

AT = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
CLUSTER = Layout("site")


@contextmanager
def engine_in(folder: Path) -> Iterator[ClickHouse]:
    folder.mkdir(exist_ok=True)
    process, store, _ = embed(folder, "127.0.0.1", 0)
    try:
        yield store
    finally:
        process.close()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClickHouse]:
    with engine_in(tmp_path_factory.mktemp("rolling")) as made:
        made.prepare()
        yield made


def write(
    store: ClickHouse,
    well: int,
    seconds: np.ndarray,
    values: np.ndarray,
    quality: int = 0,
    source: str = "s",
    token: str = "",
) -> None:
    n = len(seconds)
    table = pa.table(
        {
            "well_id": pa.array(np.full(n, well), pa.uint32()),
            "sensor_type": pa.array(np.full(n, 1), pa.uint8()),
            "timestamp": pa.array(
                [AT + timedelta(seconds=int(s)) for s in seconds], pa.timestamp("us", "UTC")
            ),
            "value": pa.array(values, pa.float32()),
            "quality": pa.array(np.full(n, quality), pa.uint8()),
        }
    )
    undoing.remember(store, table, source)
    store.insert_readings(table, token or uuid.uuid4().hex, source)


def from_readings(store: ClickHouse, well: int, step: str) -> list[tuple[Any, ...]]:
    return store.query(
        f"""SELECT toStartOf{step}(timestamp) AS at, min(value), max(value), avg(toFloat64(value)), count()
        FROM wellside.sensor_readings FINAL WHERE well_id = {well} AND quality = 0 AND deleted = 0
        GROUP BY at ORDER BY at"""
    )


def rolled(store: ClickHouse, well: int, step: str) -> list[tuple[Any, ...]]:
    name = step.lower()
    return store.query(
        f"SELECT {name}, low, high, mean, n FROM wellside.{name}s WHERE well_id = {well} ORDER BY {name}"
    )


def agree(store: ClickHouse, well: int) -> None:
    for step in ("Minute", "Hour"):
        there, counted = rolled(store, well, step), from_readings(store, well, step)
        assert [(*row[:3], row[4]) for row in there] == [(*row[:3], row[4]) for row in counted]
        assert [row[3] for row in there] == pytest.approx([row[3] for row in counted], rel=1e-12)


def roller(site: Site, store: ClickHouse) -> rolling_up.RollUps:
    return rolling_up.RollUps(site.engine, store, "one")


@pytest.mark.slow
def test_a_store_of_the_first_version_is_brought_up_at_once_and_filled_month_by_month(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine_in(tmp_path / "engine") as store:
        for statement in SCHEMA:
            store.command(statement)
        write(store, 9, np.arange(100), np.full(100, 3.0))
        write(store, 9, np.arange(50), np.full(50, 1.0))
        write(store, 9, np.arange(10) - 40 * 86_400, np.full(10, 5.0))
        store.prepare()
        _filled_in_two_goes(site, store, monkeypatch)


def _filled_in_two_goes(site: Site, store: ClickHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rolled(store, 9, "Minute") == [], "the port need not wait for what years left"
    assert bring_up(store.command, store.query, store.layout) == 0, "each step once"
    made = list[datetime]()
    fill = filling.fill

    def stopped_in_the_second(store: ClickHouse, months: list[datetime]) -> None:
        month = months[0]
        made.append(month)
        filling.make(store, month)
        if len(made) == 2:
            raise KnownError("clickhouse_down")
        filling.note(store, f"month {month:%Y-%m}", month)

    monkeypatch.setattr(filling, "fill", stopped_in_the_second)
    monkeypatch.setattr(rolling_up, "OVERLAP", timedelta())  # all of it was announced just now
    rolls = roller(site, store)
    assert rolls._one()
    assert rolled(store, 9, "Hour")[0][0].month == 11, "the newest first"
    with pytest.raises(KnownError):
        rolls._one()
    monkeypatch.setattr(filling, "fill", fill)
    write(store, 9, np.array([7]), np.array([2.0]))  # while it is being filled: not put off
    again = roller(site, store)
    again._one()
    agree(store, 9)
    while again._one():
        """What is left."""
    agree(store, 9)
    assert [f"{month:%m}" for month in made] == ["11", "10"]
    assert filling.left(store) == []
    write(store, 9, np.arange(5) + 20 * 86_400, np.full(5, 4.0))
    assert filling.left(store) == [], "a month that begins is made as it is announced"
    while again._one():
        """It too."""
    agree(store, 9)
    hours = rolled(store, 9, "Hour")
    assert hours.pop()[1:] == (4.0, 4.0, 4.0, 5)
    assert [hour[1:] for hour in hours] == [(5.0, 5.0, 5.0, 10), (1.0, 3.0, pytest.approx(2.01), 100)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_minutes_and_hours_are_those_of_the_readings_whatever_was_corrected(
    site: Site, store: ClickHouse, seed: int
) -> None:
    chance, well, rolls = np.random.default_rng(seed), 100 + seed, roller(site, store)
    for turn in range(6):
        seconds = np.unique(chance.integers(0, 6_000, 300))
        if turn == 4:
            seconds = seconds + 86_400 * 40  # late, of another month
        write(store, well, seconds, chance.normal(50, 9, len(seconds)), int(chance.integers(0, 4) == 0) * 2)
        if turn % 2:
            rolls.once()
    import_id = f"import {seed}"
    write(store, well, np.arange(100, 900), np.full(800, -1e9), source=import_id)
    rolls.once()
    assert rolled(store, well, "Hour")[0][1] == -1e9
    undoing.undo(store, import_id, f"undo {seed}")
    rolls.once()
    agree(store, well)
    assert rolled(store, well, "Hour")[0][1] > -1e9, "an undone import leaves nothing in the lows"


def test_an_undone_import_is_told_where_it_was_whatever_the_clock_of_the_centre_shows(
    site: Site, store: ClickHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store, 141, np.arange(60), np.full(60, 1.0))
    write(store, 141, np.arange(60), np.full(60, -9.0), source="import 141")
    rolls = roller(site, store)
    while rolls.once():
        """All that is announced."""
    monkeypatch.setenv("TZ", "Asia/Yekaterinburg")
    time.tzset()
    try:
        undoing.undo(store, "import 141", "undo 141")
    finally:
        monkeypatch.undo()
        time.tzset()
    told = store.query("SELECT first_at, last_at FROM wellside.ingest_log WHERE source = 'undo 141'")
    assert told == [(AT, AT + timedelta(seconds=59))]
    rolls.once()
    agree(store, 141)
    assert rolled(store, 141, "Hour")[0][1:] == (1.0, 1.0, 1.0, 60)


@pytest.mark.slow
def test_more_batches_of_the_last_minutes_than_a_statement_asks_for_are_all_done(
    site: Site, store: ClickHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolling_up, "AT_ONCE", 2)
    rolls = roller(site, store)
    for turn in range(7):
        write(store, 142, np.arange(60) + 100 * turn, np.full(60, float(turn)))
    while rolls.once():
        """A page at a time."""
    agree(store, 142)
    write(store, 142, np.arange(60), np.full(60, -1.0))
    rolls.once()
    agree(store, 142)  # it stood behind pages of what is done


def test_a_minute_of_which_nothing_is_left_is_not_told(site: Site, store: ClickHouse) -> None:
    rolls = roller(site, store)
    write(store, 300, np.arange(3), np.ones(3), source="all of it")
    rolls.once()
    assert rolled(store, 300, "Minute")
    undoing.undo(store, "all of it", "undo all of it")
    rolls.once()
    assert rolled(store, 300, "Minute") == rolled(store, 300, "Hour") == []


def test_what_was_done_is_not_done_again_and_what_another_announced_late_is(
    site: Site, store: ClickHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    rolls, asked = roller(site, store), list[int]()
    roll_up = rolling_up.roll_up
    monkeypatch.setattr(rolling_up, "roll_up", lambda store, spans: asked.append(roll_up(store, spans)))
    write(store, 301, np.arange(3), np.ones(3))
    rolls.once()
    rolls.once()
    assert asked[0] > 0
    assert asked[1] == 0
    now = rolling_up._mark(store)
    late_ns = int((now.timestamp() - 300) * 1e9)
    monkeypatch.setattr("central.stores.clickhouse.time", SimpleNamespace(time_ns=lambda: late_ns))
    write(store, 302, np.arange(3), np.ones(3))  # by a clock that is five minutes behind
    rolls.once()
    agree(store, 302)
    assert rolled(store, 302, "Hour")


def test_readings_that_are_let_go_leave_their_minutes_as_they_were(
    site: Site, store: ClickHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store, 303, np.arange(120), np.ones(120))
    roller(site, store).once()
    whole = rolled(store, 303, "Minute")
    monkeypatch.setitem(store.days, "readings", 5)
    monkeypatch.setattr(filling, "utc_now", lambda: AT + timedelta(days=30))
    write(store, 303, np.array([1]), np.array([77.0]))
    assert rolling_up.roll_up(store, [(303, (AT, AT + timedelta(seconds=60)))]) == 0
    assert rolled(store, 303, "Minute") == whole


def test_overlapping_spans_of_a_well_are_one_and_wells_of_the_same_are_asked_together() -> None:
    minute, at = timedelta(minutes=1), datetime(2026, 11, 20, 8, tzinfo=UTC)
    spans = [
        (1, (at, at + minute * 3)),
        (1, (at + minute * 2, at + minute * 5)),
        (2, (at + timedelta(seconds=30), at + minute * 5)),
        (1, (at + minute * 60, at + minute * 60)),
    ]
    assert list(rolling_up._together(spans, minute)) == [
        ([1, 2], (at, at + minute * 6)),
        ([1], (at + minute * 60, at + minute * 61)),
    ]


def every_statement(layout: Layout) -> list[str]:
    steps = [one for _, _, statements in versions.VERSIONS for one in statements]
    days = {"readings": 400, "minutes": 800, "hours": 4_000}
    return [
        *(said for one in steps for said in layout.statements(one)),
        *kept_for(layout, days),
        *rights_of(layout, "north_reader", (1, 2)),
    ]


@pytest.mark.parametrize("layout", [Layout(), CLUSTER], ids=["one server", "cluster"])
def test_the_engine_can_read_every_statement(store: ClickHouse, layout: Layout) -> None:
    for statement in every_statement(layout):
        assert store.query(f"EXPLAIN AST {statement}"), statement


def test_on_a_cluster_all_is_made_everywhere_replicated_and_spread_by_well() -> None:
    said = [one for one in every_statement(CLUSTER) if not one.lstrip().startswith("INSERT")]
    assert all("ON CLUSTER" in one for one in said)
    tables = [one for one in said if "_of_shard ON CLUSTER" in one and one.startswith("CREATE TABLE")]
    alone = [one for one in every_statement(Layout()) if one.startswith("CREATE TABLE")]
    assert len(tables) == len(alone) > 10
    assert all("ENGINE = Replicated" in one and "'{replica}'" in one for one in tables)
    assert not any("non_replicated" in one for one in said)
    over_all = [one for one in said if "Distributed(" in one]
    spread = {one.split("wellside.")[1].split()[0]: one.rsplit(", ", 1)[1] for one in over_all}
    assert spread["sensor_readings"] == spread["readings_minute"] == spread["dynamograms"] == "well_id)"
    assert spread["flow_rates"] == "cityHash64(record_id))", "a record may come to another well"


def test_a_name_that_is_none_makes_no_statement() -> None:
    for name in ("x; DROP TABLE y", "x' y", ""):
        with pytest.raises(ValueError, match=".*"):
            list(rights_of(Layout(), name, (1,)))
    with pytest.raises(ValueError, match=".*"):
        Layout("a' ENGINE")
    assert "USING 0 TO nobody" in next(rights_of(Layout(), "nobody", ())), "of no wells nothing is seen"


@pytest.mark.slow
def test_wells_spread_over_two_engines_answer_as_one_engine_does(tmp_path: Path) -> None:
    """What a Distributed table rests on: the answer of each named question is that of the shards,
    together.
    """
    wells = list(range(1, 9))
    with (
        engine_in(tmp_path / "all") as whole,
        engine_in(tmp_path / "even") as even,
        engine_in(tmp_path / "odd") as odd,
    ):
        shards = (even, odd)
        for one in (whole, *shards):
            one.prepare()
        for well in wells:
            for value in (5.0, 6.0):
                for one in (whole, shards[well % 2]):
                    values = np.full(572, value + well)
                    write(one, well, np.arange(0, 4_000, 7), values, token=f"{well} {value}")
        for one in (whole, *shards):
            filling.everything(one)
        bound = {
            "wells": wells,
            "first": AT - timedelta(days=1),
            "last": AT + timedelta(days=1),
            "well": 3,
            "sensors": [1],
            "after": "2026-01-01 00:00:00",
            "since": AT - timedelta(days=9),
        }
        asked = 0
        for query in QUERIES:
            if query.name in ("newest", "announced", "ingest_log", "months"):
                continue  # by the clock of the moment, or by how far a server has merged
            of_shards = [row for one in shards for row in one.query(query.sql, bound)]
            assert sorted(map(str, whole.query(query.sql, bound))) == sorted(map(str, of_shards)), query.name
            asked += bool(of_shards)
        assert asked >= 4


@pytest.mark.slow
def test_a_real_server_takes_the_schema_and_rolls_up(site: Site) -> None:
    url = os.environ.get("WELLSIDE_TEST_CLICKHOUSE_URL", "")
    if not url:
        pytest.skip("WELLSIDE_TEST_CLICKHOUSE_URL names no server")
    names = ("USER", "PASSWORD", "CLUSTER")
    user, password, cluster = (os.environ.get(f"WELLSIDE_TEST_CLICKHOUSE_{name}", "") for name in names)
    real = ClickHouse(url, user or "default", password, cluster)
    real.prepare()
    well = int(uuid.uuid4().int % 1_000_000) + 1_000_000
    write(real, well, np.arange(0, 9_000, 3), np.arange(3_000.0), token=f"once {well}")
    write(real, well, np.arange(0, 9_000, 3), np.arange(3_000.0), token=f"once {well}")
    write(real, well, np.arange(0, 900, 3), np.zeros(300))
    roller(site, real).once()
    agree(real, well)
    assert real.query(f"SELECT count() FROM wellside.sensor_readings WHERE well_id = {well}")[0][0] <= 3_300


def test_a_laptop_and_clickhouse_count_the_same_of_the_same_readings_to_the_last_digit(
    store: ClickHouse, tmp_path: Path
) -> None:
    """Of values above 1e8 (an insulation in ohm) ClickHouse counted others: such a month never agreed."""
    random, n = np.random.default_rng(5), 400
    values = random.normal(0, 1, n) * 10.0 ** random.integers(-20, 38, n)
    values[:8] = (0.0, -0.0, 1e8, 5e8, 999_999_488.0, -3.7e8, 3e38, -3e38)
    for well in (71, 72):
        write(store, well, np.arange(n) * 3_607, values, quality=well - 71)
    sums = next(query for query in QUERIES if query.name == "sums")
    asked = {"wells": [71, 72], "since": AT - timedelta(days=1)}
    there = {(row[0], row[1]): "/".join(str(one) for one in row[2:]) for row in store.query(sums.sql, asked)}
    workspace = open_workspace(empty_profile(tmp_path), NoticeBus())
    times = np.arange(n) * 3_607_000_000 + to_us(AT)
    for well in (71, 72):
        marks = np.full(n, well - 71, np.uint8)
        reading_store.write(workspace.store, Readings.of_one(well, 1, times, values, marks))
    here = central_readings.sums(workspace.store, [71, 72], AT - timedelta(days=1))
    workspace.close()
    assert len(here) > 2
    assert there == here
