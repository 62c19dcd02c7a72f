"""An OPC UA server is read into ClickHouse: moments of the source, status that becomes a mark, gaps filled
from its history, each value once.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from asyncua import ua
from prometheus_client import generate_latest
from sqlalchemy.engine import Connection

from app.core.clock import utc_now
from app.models.readings import Quality
from central.names.sensors import sensor_named
from central.names.tags import Meant
from central.opcua import following as following_module
from central.opcua import taking
from central.opcua.browsing import Variable, unit_said
from central.opcua.following import OpcUaFollower
from central.opcua.history import pages
from central.opcua.meaning import Followed
from central.opcua.servers import server_of
from central.opcua.values import OVERFLOW, Told, message, told
from central.stores import places, tags
from central.stores.engine import reading
from central.stores.tags import Tag
from tests.central.a_site import Site
from tests.central.opcua_server import OpcServerOfTests, opcua_server

BAD, UNCERTAIN = 0x80000000, 0x40000000
PINT, TMOT = "Pad5/WELL_101/PINT", "Pad5/WELL_101/TMOT"


@pytest.fixture(scope="module")
def started() -> Iterator[OpcServerOfTests]:
    with opcua_server() as made:
        yield made


@pytest.fixture
def server(started: OpcServerOfTests) -> OpcServerOfTests:
    started.forget()
    return started


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following_module, "LOOK_S", 0.02)
    monkeypatch.setattr(following_module, "TAGS_S", 0.1)
    monkeypatch.setattr(following_module, "FIRST_WAIT_S", 0.1)
    monkeypatch.setattr(taking, "QUIET_S", 0.05)


@contextmanager
def followed(site: Site, url: str) -> Iterator[OpcUaFollower]:
    follower = OpcUaFollower(site.centre, server_of(f"{url}?policy=None"), Path("unused"))
    follower.start()
    try:
        yield follower
    finally:
        follower.close()


def until(true: Callable[[], bool], within_s: float = 20.0) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def moment(seconds: float = 0.0) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def site_of(site: Site) -> tuple[Site, int]:
    site.centre.clock = utc_now
    well = site.well("101")
    site.tag("Pad5/WELL_{well}/PINT", sensor="Рпр", unit="бар", source="opcua")
    return site, well


def test_values_come_with_the_moment_of_their_source_in_si_and_what_is_not_good_is_marked(
    site: Site, server: OpcServerOfTests
) -> None:
    site, well = site_of(site)
    at = [moment(-5 + second) for second in range(4)]
    server.says("PINT", 5.0, at[0])
    with followed(site, server.url):
        until(lambda: len(site.clickhouse.rows) == 1)
        server.says("PINT", 6.0, at[1], UNCERTAIN)
        server.says("PINT", 7.0, at[2], BAD)
        server.says("PINT", None, at[3], BAD)
        until(lambda: len(site.clickhouse.rows) == 4)
    key = (well, "intake_pressure")
    # This server sends no value with a bad status.
    assert [site.clickhouse.rows[(*key, moment)] for moment in at] == [5e5, 6e5, 6e5, 6e5]
    assert site.clickhouse.marks == [0, *[Quality.MISSING] * 3], "a status without a value is never zero"


@pytest.mark.slow
def test_the_same_value_at_a_later_moment_is_a_reading(site: Site, server: OpcServerOfTests) -> None:
    site, _ = site_of(site)
    server.says("PINT", 5.0, moment(-3))
    with followed(site, server.url):
        until(lambda: len(site.clickhouse.rows) == 1)
        for second in (-2, -1):
            server.says("PINT", 5.0, moment(second))
            time.sleep(0.3)
        until(lambda: len(site.clickhouse.rows) == 3)


@pytest.mark.slow
def test_what_came_while_nobody_listened_is_asked_for_and_is_there_once(
    site: Site, server: OpcServerOfTests
) -> None:
    site, _ = site_of(site)
    server.says("PINT", 1.0, moment(-40))
    with followed(site, server.url):
        until(lambda: len(site.clickhouse.rows) == 1)
    before = site.clickhouse.written
    for second in range(20):
        server.says("PINT", 2.0 + second, moment(-30 + second))
    with followed(site, server.url):
        until(lambda: len(site.clickhouse.rows) == 21)
        server.says("PINT", 99.0, moment())
        until(lambda: len(site.clickhouse.rows) == 22)
    assert site.clickhouse.written - before == 21, "only what was missed, and the newest value not twice"


def test_a_history_that_is_broken_off_goes_on_where_it_was(
    site: Site, server: OpcServerOfTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, _ = site_of(site)
    server.says("PINT", 1.0, moment(-40))
    with followed(site, server.url):
        until(lambda: len(site.clickhouse.rows) == 1)
    for second in range(10):
        server.says("PINT", 2.0 + second, moment(-30 + second))
    real, asked = following_module.pages, list[datetime]()

    async def torn(node: object, since: datetime, until: datetime) -> object:
        asked.append(since)
        async for page in real(node, since, until, page=4):
            yield page
            if len(asked) == 1:
                await follower._taking.write()
                raise ConnectionResetError("in the middle")

    monkeypatch.setattr(following_module, "pages", torn)
    with followed(site, server.url) as follower:
        until(lambda: len(site.clickhouse.rows) == 11)
    assert asked[1] > asked[0]
    with reading(site.engine) as connection:
        (kept,) = places.read(connection, follower._source).values()
    assert kept > int(moment(-25).timestamp() * 1e6)


def test_a_gap_that_no_history_fills_is_counted(site: Site, server: OpcServerOfTests) -> None:
    site, _ = site_of(site)
    site.tag("Pad5/WELL_101/TMOT", well="101", sensor="Тдв", unit="°C")
    for _ in range(2):
        server.says("TMOT", 80.0, moment(-1))
        before = site.clickhouse.written
        with followed(site, server.url) as follower:
            until(lambda before=before: site.clickhouse.written > before)
    lost = site.centre.metrics.gaps.labels(follower._source)
    assert lost._value.get() == 1.0


def test_a_value_that_is_no_number_is_set_aside_and_the_others_come(
    site: Site, server: OpcServerOfTests, capsys: pytest.CaptureFixture[str]
) -> None:
    site, _ = site_of(site)
    for name in ("WAVE", "NAME", "TMOT"):
        site.tag(f"Pad5/WELL_101/{name}", well="101", sensor="Тдв")
    server.says("PINT", 5.0, moment(-1))
    server.says("TMOT", float("nan"), moment(-1))
    with followed(site, server.url):
        until(lambda: bool(site.clickhouse.rows) and site.held() == {"value": 1})
    assert '"no_numbers": "Pad5/WELL_101/NAME, Pad5/WELL_101/WAVE"' in capsys.readouterr().err


def test_a_new_row_of_the_table_of_tags_is_followed_at_once(site: Site, server: OpcServerOfTests) -> None:
    site, well = site_of(site)
    name = "nsu=http://site.example/wells;s=WELL_101.TMOT"
    server.says("TMOT", 81.0, moment(-1))
    server.says("PINT", 5.0, moment(-1))
    with followed(site, server.url):
        until(lambda: len(site.clickhouse.rows) == 1)
        site.tag(name, well="101", sensor="Тдв", unit="°C")
        until(lambda: 354.15 in site.clickhouse.rows.values())
    assert {key[0] for key in site.clickhouse.rows} == {well}


def test_the_table_of_tags_is_read_again_only_when_something_has_changed(
    site: Site, server: OpcServerOfTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, _ = site_of(site)
    server.says("PINT", 5.0, moment(-1))
    real, read = tags.all_tags, list[int]()

    def counted(connection: Connection) -> tuple[Tag, ...]:
        read.append(1)
        return real(connection)

    with followed(site, server.url):
        until(lambda: len(site.clickhouse.rows) == 1)
        monkeypatch.setattr(tags, "all_tags", counted)
        time.sleep(0.4)
        assert not read
        site.tag("Pad9/OTHER", well="101", sensor="Тдв", unit="°C")
        until(lambda: bool(read))


@pytest.mark.slow
def test_a_server_that_was_away_is_found_again_and_its_gap_is_filled(site: Site) -> None:
    site, _ = site_of(site)
    with opcua_server() as first:
        first.says("PINT", 1.0, moment(-60))
        with followed(site, first.url):
            until(lambda: len(site.clickhouse.rows) == 1)
            port = int(first.url.rpartition(":")[2])
            first.run(first.server.stop())
            with opcua_server(port=port) as second:
                for n in range(5):
                    second.says("PINT", 2.0 + n, moment(-50 + n))
                until(lambda: len(site.clickhouse.rows) >= 6)


def test_of_two_centres_one_reads_a_server(site: Site, server: OpcServerOfTests, tmp_path: Path) -> None:
    site, _ = site_of(site)
    server.says("PINT", 5.0, moment(-1))
    (tmp_path / "other").mkdir()
    other: Any = SimpleNamespace(**vars(site.centre))
    other.config = replace(site.centre.config, folder=tmp_path / "other")
    with followed(site, server.url) as first:
        until(lambda: len(site.clickhouse.rows) == 1)
        second = OpcUaFollower(other, server_of(f"{server.url}?policy=None"), Path("unused"))
        second.start()
        time.sleep(0.5)
        second.close()
    up = site.centre.metrics.following.labels(first._source)
    assert up._value.get() == 0.0
    assert site.clickhouse.written == 1


def test_of_a_server_that_was_never_reached_it_is_told_that_nobody_reads_it(site: Site) -> None:
    before = generate_latest(site.centre.metrics.registry).decode()
    follower = OpcUaFollower(site.centre, server_of("opc.tcp://127.0.0.1:9?policy=None"), Path("unused"))
    told = f'wellside_stream_following{{source="{follower.worker.name}"}} 0.0'
    assert told not in before
    assert told in generate_latest(site.centre.metrics.registry).decode()


def test_what_cannot_be_read_at_all_is_set_aside_whole(site: Site) -> None:
    site, _ = site_of(site)
    brought = taking.Taking(site.centre, "opcua/here:4840", threading.Event())
    one = Followed(Variable(None, "nsu=x;s=P", "Pad5/P"), "", Meant(None, None))
    assert brought.understood(one, object()) is None
    asyncio.run(brought.write())
    assert site.held() == {"not_taken": 1}


def test_a_queue_that_was_too_short_is_filled_from_history_or_counted() -> None:
    assert told(ua.DataValue(ua.Variant(1.0), ua.StatusCode(OVERFLOW)), moment()).lost_before
    assert not told(ua.DataValue(ua.Variant(1.0)), moment()).lost_before


@pytest.mark.parametrize(
    ("status", "value", "last", "body"),
    [
        (0, 5.0, None, {"value": 5.0}),
        (BAD, 7.0, 5.0, {"value": 7.0, "statusCode": BAD}),
        (BAD, None, 5.0, {"value": 5.0, "statusCode": BAD}),
        (BAD, None, None, None),
        (0, None, 5.0, {}),
    ],
)
def test_a_status_without_a_value_marks_the_last_one_and_invents_none(
    status: int, value: Any, last: Any, body: dict[str, Any] | None
) -> None:
    one = Followed(Variable(None, "nsu=x;s=P", "Pad5/P", unit="bar"), "", Meant(None, None))
    made = message(one, Told(1_795_600_000_000_000, status, value), last, moment())
    if body is None:
        assert made is None
        return
    assert made is not None
    found = json.loads(made.body)
    assert (found["sourceTimestamp"], found["unit"]) == ("2026-11-25T09:46:40Z", "bar")
    assert {key: found[key] for key in ("value", "statusCode")} == {"value": None, "statusCode": 0, **body}


@pytest.mark.parametrize(
    ("table", "server_says", "differs"),
    [
        ("бар", "bar", False),
        ("МПа", "bar", True),
        ("бар", "", False),
        ("", "bar", False),
        ("бар", "°C", True),
    ],
)
def test_a_unit_that_is_another_than_the_tables_is_told(table: str, server_says: str, differs: bool) -> None:
    tag = Tag("p", sensor="intake_pressure", unit=table)
    sensor = sensor_named("intake_pressure")
    assert sensor is not None
    variable = Variable(None, "nsu=x;s=P", "p", unit=server_says)
    assert Followed(variable, "", Meant(1, sensor.number, tag)).unit_differs is differs


@pytest.mark.parametrize(
    ("text", "number", "unit"), [("bar", 0, "bar"), ("", 4342098, "bar"), ("", 4408652, "°C"), ("", 0, "")]
)
def test_a_unit_is_named_by_its_words_or_by_its_common_code(text: str, number: int, unit: str) -> None:
    said = ua.EUInformation(DisplayName=ua.LocalizedText(text), UnitId=number)
    assert unit_said(said) == unit


def later(seconds: int) -> datetime:
    return datetime(2026, 5, 1, tzinfo=UTC) + timedelta(seconds=seconds)


class OfOneContinuationPoint:
    """Gives two values an answer, and calls what is left by the same name each time."""

    def __init__(self, count: int, *, stuck: bool = False) -> None:
        self._values = [ua.DataValue(ua.Variant(1.0), SourceTimestamp=later(at)) for at in range(count)]
        self._at, self._stuck, self.asked = 0, stuck, 0

    async def history_read(self, details: Any, going_on: bytes | None) -> Any:
        self.asked += 1
        if not self._stuck:
            self._at = self._at + 2 if going_on else 0
        some = self._values[self._at : self._at + 2]
        left = b"mine" if self._stuck or self._at + 2 < len(self._values) else None
        history = SimpleNamespace(DataValues=some)
        return SimpleNamespace(StatusCode=ua.StatusCode(0), HistoryData=history, ContinuationPoint=left)


def moments_of(node: OfOneContinuationPoint) -> list[datetime]:
    async def asked() -> list[datetime]:
        since, until = later(-1), later(60)
        return [one.SourceTimestamp async for page in pages(node, since, until) for one in page]

    return asyncio.run(asked())


def test_a_history_goes_on_though_its_continuation_point_keeps_its_name_and_not_where_it_stands() -> None:
    """What came after the second answer was left out, and nobody was told."""
    assert moments_of(OfOneContinuationPoint(7)) == [later(at) for at in range(7)]
    stuck = OfOneContinuationPoint(7, stuck=True)
    assert len(moments_of(stuck)) == 4
    assert stuck.asked == 2
