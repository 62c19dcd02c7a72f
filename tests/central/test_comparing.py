"""Both stores say the same, or it is told where they do not; hours that are wrong are made anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from central import comparing, filling
from central.commands import backups, rows
from central.embedded.embedding import embed
from central.stores.clickhouse import ClickHouse
from central.stores.engine import changing
from central.stores.tables import RECORDS
from tests.central.a_site import NORTH, Site

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def store(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[ClickHouse]:
    process, engine, _ = embed(site.command.folder, "127.0.0.1", 0)
    try:
        engine.prepare()
        capsys.readouterr()  # the engine says where it listens
        monkeypatch.setattr(backups, "running", lambda *_: engine)
        monkeypatch.setattr(comparing, "SETTLED_S", 0.0)
        yield engine
    finally:
        process.close()


def _tested(site: Site, store: ClickHouse, well: int, liquid: float, there: float) -> None:
    known = {"version": 1, "deleted": False, "taken_at": AT, "liquid_m3_per_s": liquid}
    with changing(site.engine) as connection:
        connection.execute(RECORDS["flow_test"].insert().values(id=f"t{well}", well_id=well, **known))
    store.command(
        "INSERT INTO wellside.flow_rates (well_id, timestamp, record_id, liquid_m3_per_s, valid, deleted, "
        f"batch) VALUES ({well}, '2026-11-20 08:00:00', 't{well}', {there}, 1, 0, 1)"
    )


@pytest.mark.slow
def test_what_differs_is_told_by_its_well_and_hours_that_are_wrong_are_made_anew(
    site: Site, store: ClickHouse
) -> None:
    first, second = site.well("101"), site.well("102")
    _tested(site, store, first, 0.001, 0.001)
    _tested(site, store, second, 0.002, 0.003)
    store.command(
        "INSERT INTO wellside.sensor_readings (well_id, sensor_type, timestamp, value, quality, deleted, "
        f"batch, source) SELECT {first}, 1, toDateTime64('2026-11-20 08:00:00', 6, 'UTC') + number, number, "
        "0, 0, 1, 'x' FROM numbers(7200)"
    )
    told = site.command("rows", "compare")
    assert told[0]["where"] == f"{NORTH}/102"
    assert (told[0]["kept"], told[0]["clickhouse"]) == ([1, 0.002], [1, 0.003])
    assert (told[1]["of"], told[1]["kept"][0], told[1]["clickhouse"]) == ("readings_hour", 7200, [0, 0.0])
    assert told[2] == {"wells": 2, "months": 1, "differing": 2, "waiting": 0, "filling": 0}
    assert site.command.complaint.startswith("rows_differ")
    span = ("--from", "2026-11-20T00:00:00Z", "--until", "2026-11-21T00:00:00Z")
    site.command("rows", "rebuild", "--well", str(first), *span)
    assert [one.get("where") for one in site.command("rows", "compare")] == [f"{NORTH}/102", None]


def _read(store: ClickHouse, well: int, begin: datetime) -> None:
    store.command(
        "INSERT INTO wellside.sensor_readings (well_id, sensor_type, timestamp, value, quality, deleted, "
        f"batch, source) SELECT {well}, 1, toDateTime64('{begin:%Y-%m-%d %H:%M:%S}', 6, 'UTC') + number, "
        "number, 0, 0, 1, 'x' FROM numbers(600)"
    )


@pytest.mark.slow
def test_what_comes_in_just_now_is_no_difference_and_neither_is_what_settles(
    site: Site, store: ClickHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    well, now = site.well("101"), AT + timedelta(minutes=20)
    monkeypatch.setattr(rows, "utc_now", lambda: now)
    _read(store, well, AT - timedelta(hours=1))
    filling.everything(store)
    _read(store, well, AT)  # of the hour that is running, and not in it yet
    [told] = site.command("rows", "compare")
    assert (told["months"], told["differing"]) == (1, 0)
    _read(store, well, AT - timedelta(hours=2))  # late
    span = (AT - timedelta(days=1), now)
    settled = comparing.compare(site.engine, store, *span, lambda: filling.everything(store))
    assert settled.differing == ()


class Copying:
    """A store that only hears what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def command(self, sql: str) -> None:
        self.told.append(sql)


def test_a_copy_goes_to_the_disk_that_was_named_and_to_no_other_statement(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Copying()
    monkeypatch.setattr(backups, "running", lambda *_: store)
    [told] = site.command("rows", "backup", "--disk", "backups")
    assert store.told == [f"BACKUP DATABASE wellside TO Disk('backups', '{told['name']}')"]
    assert site.command("rows", "backup", "--disk", "x'); DROP DATABASE wellside; --") == []
    assert "value_wrong" in site.command.complaint
    assert len(store.told) == 1


def test_a_month_that_has_lost_some_of_its_readings_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    monkeypatch.setattr(rows, "utc_now", lambda: now)
    given: dict[int, Any] = {0: datetime(1970, 1, 2, tzinfo=UTC), 30: datetime(2026, 11, 1, tzinfo=UTC)}
    assert {days: rows._kept_from(days) for days in given} == given
    assert rows._kept_from(25) == datetime(2026, 12, 1, tzinfo=UTC)
    assert rows._kept_from(25) - now < timedelta(days=31)
