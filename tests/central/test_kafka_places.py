"""Offsets of Kafka lie with the data: whenever a reader is killed, and whoever was taken for dead comes back,
each reading is there once and each dead letter is one.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from central.stores import dead_letters, offsets
from central.stores.engine import open_engine, reading
from central.stores.leases import OvertakenError
from central.stores.migrating import migrate
from central.stores.tables import KAFKA_OFFSETS
from central.streams import kafka_places
from central.streams.buffer import Batcher, Message
from central.streams.kafka_places import KafkaPlaces
from tests.central.a_site import NOW, Site, said
from tests.servers import new_database, postgres

TOPIC = "readings"


class Killed(BaseException):
    """The process is gone at this point."""


class Kafka:
    """Two partitions and who reads them: as confluent_kafka's consumer tells it."""

    def __init__(self) -> None:
        self.log: dict[int, list[bytes]] = {0: [], 1: []}
        self.low, self.committed_at, self.reads_at = {0: 0, 1: 0}, {0: -1001, 1: -1001}, {0: 0, 1: 0}

    def holds(self, partition: int, *bodies: Any) -> None:
        self.log[partition] += [one if isinstance(one, bytes) else json.dumps(one).encode() for one in bodies]

    def assignment(self) -> list[Any]:
        return [SimpleNamespace(partition=number, offset=-1) for number in self.log]

    def committed(self, partitions: list[Any], timeout: float) -> list[Any]:
        return [
            SimpleNamespace(partition=one.partition, offset=self.committed_at[one.partition])
            for one in partitions
        ]

    def list_topics(self, topic: str, timeout: float) -> Any:
        return SimpleNamespace(cluster_id="here")

    def get_watermark_offsets(self, partition: Any, timeout: float) -> tuple[int, int]:
        number = partition.partition
        return self.low[number], self.low[number] + len(self.log[number])

    def assign(self, partitions: list[Any]) -> None:
        self.reads_at = {one.partition: one.offset for one in partitions}


class Reader:
    """A process that begins by what is kept, reads, and writes."""

    def __init__(self, site: Site, kafka: Kafka) -> None:
        self.kafka = kafka
        self.places = KafkaPlaces(site.centre, "kafka", TOPIC)
        self.batch = Batcher(site.centre, "kafka", keeping=self.places.keeping)
        self.places.begin(kafka)

    def reads(self, most: int = 100) -> None:
        for partition, bodies in self.kafka.log.items():
            start = self.kafka.reads_at[partition] - self.kafka.low[partition]
            for number, body in enumerate(bodies[start : start + most], start + self.kafka.low[partition]):
                self.places.came(partition, number)
                self.batch.add(Message(body, TOPIC, f"{TOPIC}.{partition}.{number}", NOW))

    def writes(self) -> None:
        assert self.batch.flush(threading.Event(), lambda _: None)


def messages(partition: int, count: int = 6) -> list[Any]:
    return [said(f"A{partition}", float(n + 1), f"2026-11-26T07:0{n}:00Z") for n in range(count)]


@pytest.fixture
def kafka(site: Site) -> Kafka:
    made = Kafka()
    for partition in made.log:
        made.holds(partition, *messages(partition), b"poison")
    named(site)
    return made


def named(site: Site) -> None:
    for partition in (0, 1):
        site.well(f"10{partition}")
        site.tag(f"A{partition}", well=f"10{partition}", sensor="Рпр")


def kept(engine: sa.Engine) -> dict[int, int]:
    with reading(engine) as connection:
        rows = connection.execute(sa.select(KAFKA_OFFSETS.c.partition_no, KAFKA_OFFSETS.c.next_offset))
        return {int(partition): int(at) for partition, at in rows}


def whole(site: Site, count: int = 12) -> None:
    assert len(site.clickhouse.rows) == count
    assert site.held() == {"not_json": 2}


POINTS = ("before ClickHouse", "after ClickHouse", "before offsets", "after offsets", "after commit")


@pytest.mark.parametrize("point", POINTS)
def test_a_reader_that_is_killed_leaves_nothing_out_and_nothing_twice(
    site: Site, kafka: Kafka, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(site, kafka)
    with monkeypatch.context() as patch:
        _kills(patch, site, point)
        reader.reads(most=4)
        if point == "after commit":
            reader.writes()  # and is killed before Kafka is told
        else:
            with pytest.raises(Killed):
                reader.writes()
    again = Reader(site, kafka)
    again.reads()
    again.writes()
    whole(site)
    assert kept(site.engine) == {0: 7, 1: 7}


def _kills(patch: pytest.MonkeyPatch, site: Site, point: str) -> None:
    place, _, name = point.partition(" ")
    if name == "commit":
        return
    owner, function = (
        (site.clickhouse, "insert_readings") if name == "ClickHouse" else (kafka_places.offsets, "put")
    )
    real = getattr(owner, function)

    def killed(*given: Any) -> None:
        if place == "after":
            real(*given)
        raise Killed

    patch.setattr(owner, function, killed)


def test_who_was_taken_for_dead_writes_nothing_over_what_came_later(site: Site, kafka: Kafka) -> None:
    asleep = Reader(site, kafka)
    asleep.reads()
    kafka.holds(0, said("A0", 99.0, "2026-11-26T07:00:00Z"))  # a correction
    other = Reader(site, kafka)
    other.reads()
    other.writes()
    with pytest.raises(OvertakenError):
        asleep.writes()
    whole(site)
    assert 99.0 in site.clickhouse.rows.values()
    asleep.batch.drop()
    asleep.places.begin(kafka)
    kafka.holds(0, said("A0", 7.0, "2026-11-26T07:30:00Z"))
    asleep.reads()
    asleep.writes()
    assert len(site.clickhouse.rows) == 13


def test_what_a_try_that_failed_has_set_aside_is_there_once_after_the_next(
    site: Site, kafka: Kafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small blocks are joined, and one that was joined is not known by its name any more."""
    reader, put, failed = Reader(site, kafka), offsets.put, list[bool]()

    def fails_once(*told: Any) -> None:
        if not failed:
            failed.append(True)
            raise sa.exc.OperationalError("", None, OSError("the store is away"))
        put(*told)

    monkeypatch.setattr(offsets, "put", fails_once)
    monkeypatch.setattr(dead_letters, "MOST_SMALL", 1)
    reader.reads()
    reader.writes()
    assert failed == [True]
    whole(site)
    assert kept(site.engine) == {0: 7, 1: 7}


def test_the_first_reading_begins_where_kafka_was_told_and_then_by_the_database(
    site: Site, kafka: Kafka
) -> None:
    kafka.committed_at[0] = 4
    reader = Reader(site, kafka)
    assert kafka.reads_at == {0: 4, 1: 0}
    kafka.committed_at = {0: 7, 1: 7}  # a database that was set back: what it has not is read again
    reader.places.begin(kafka)
    assert kafka.reads_at == {0: 4, 1: 0}


@pytest.mark.parametrize(("low", "reads_at"), [(9, 9), (-8, -8)])
def test_what_kafka_let_go_and_a_topic_made_anew_are_told(
    site: Site, kafka: Kafka, low: int, reads_at: int, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = Reader(site, kafka)
    kafka.low[0] = low
    reader.places.begin(kafka)
    assert kafka.reads_at[0] == reads_at
    assert ("let go by Kafka" if low > 0 else "topic made anew") in capsys.readouterr().err
    assert site.centre.metrics.gaps.labels("kafka")._value.get() == 1.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with postgres(tmp_path_factory.mktemp("kafka") / "postgres") as port:
        yield port


@pytest.mark.slow
def test_while_one_writes_the_other_waits_and_then_has_nothing_to_write(
    site: Site, kafka: Kafka, server: int, tmp_path: Path
) -> None:
    new_database(server, "kafka")
    engine = open_engine(f"postgresql+psycopg://postgres@127.0.0.1:{server}/kafka")
    migrate(engine)
    site.engine.dispose()
    site.engine = site.centre.engine = engine
    named(site)
    first, second = Reader(site, kafka), Reader(site, kafka)
    for one in (first, second):
        one.reads()
    inside, go_on, real = threading.Event(), threading.Event(), site.clickhouse.insert_readings
    order: list[str] = []

    def slow(*given: Any) -> None:
        inside.set()
        assert go_on.wait(20)
        order.append("written")
        real(*given)

    site.clickhouse.insert_readings = slow  # type: ignore[method-assign]
    writing = threading.Thread(target=first.writes)
    writing.start()
    assert inside.wait(20)

    def waits() -> None:
        with pytest.raises(OvertakenError):
            second.writes()
        order.append("overtaken")

    waiting = threading.Thread(target=waits)
    waiting.start()
    waiting.join(0.5)
    assert order == [], "it waits"
    go_on.set()
    writing.join(20)
    waiting.join(20)
    assert order == ["written", "overtaken"]
    assert kept(engine) == {0: 7, 1: 7}
    with engine.begin() as connection:
        assert offsets.begin(connection, "here", TOPIC, 0, 0, NOW) == 7
