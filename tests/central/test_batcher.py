"""What a stream brought, before ClickHouse has it: whose readings they are, and what stops nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from app.core.clock import EPOCH, utc_now
from app.core.errors import KnownError
from app.models.wells import ESP, Well, WellId
from central.config import Config
from central.kept import name_of_the_centre
from central.metrics import Metrics
from central.stores import clickhouse, dead_letters, wells
from central.stores.engine import changing, reading
from central.streams import buffer, mqtt
from central.streams.buffer import Batcher, Message
from central.worker import Worker
from tests.profiles import centre_tables

FIELD = "Поле пачек"


class Stored:
    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []
        self.trouble: list[Exception] = []

    def insert_readings(self, table: pa.Table, token: str, source: str) -> None:
        if self.trouble:
            raise self.trouble.pop(0)
        self.taken.append((token, table.num_rows))


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Any]:
    engine = centre_tables(tmp_path / "centre.sqlite")
    yield SimpleNamespace(
        engine=engine,
        clickhouse=Stored(),
        metrics=Metrics(),
        clock=utc_now,
        config=Config(tmp_path),
        forgot_at=EPOCH,
    )
    engine.dispose()


def made(centre: Any, name: str) -> None:
    with changing(centre.engine) as connection:
        wells.put(connection, Well(WellId(0), name, FIELD, "5", ESP))


def message(well: str, **changes: Any) -> Message:
    body = {"well": well, "sensor": "intake_pressure", "at": "2026-11-20T08:00:00Z", "value": 5.0, **changes}
    text = json.dumps(body)
    return Message(text.encode(), "wellside/readings", text[-40:])


def brought(centre: Any, batch: Batcher, *messages: Message) -> None:
    for one in messages:
        batch.add(one)
    assert batch.flush(threading.Event(), lambda _: None)


def dead(centre: Any) -> list[str]:
    with reading(centre.engine) as connection:
        return [block.reason for block in dead_letters.blocks(connection)]


def test_a_well_is_unknown_only_to_a_registry_that_was_read_after_its_readings_came(centre: Any) -> None:
    batch = Batcher(centre, "mqtt")
    made(centre, "1")
    brought(centre, batch, message("1"))  # the registry is read now, and kept for seconds
    made(centre, "2")
    brought(centre, batch, message("2"))
    assert [rows for _, rows in centre.clickhouse.taken] == [1, 1]
    assert dead(centre) == []


def test_a_name_that_nobody_knows_is_set_aside_and_asked_for_again_next_time(centre: Any) -> None:
    batch = Batcher(centre, "mqtt")
    brought(centre, batch, message("3"))
    assert dead(centre) == ["well_unknown"]
    made(centre, "3")
    brought(centre, batch, message("3"))
    assert len(centre.clickhouse.taken) == 1
    assert dead(centre) == ["well_unknown"]


@pytest.mark.parametrize("poison", [b'{"well": "\\ud800"}', b'"\\ud800"', b"[" * 5_000, b'{"v": 1e999}'])
def test_a_message_that_nothing_holds_stops_itself_alone(centre: Any, poison: bytes) -> None:
    """One lone surrogate ended the follower for good."""
    batch = Batcher(centre, "mqtt")
    made(centre, "1")
    brought(centre, batch, message("1"), Message(poison, "wellside/readings", "p"), message("1", value=6.0))
    assert sum(rows for _, rows in centre.clickhouse.taken) == 2
    assert len(dead(centre)) == 1


def test_a_row_that_the_store_falls_over_is_set_aside_and_the_others_are_taken(
    centre: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, real = Batcher(centre, "mqtt"), buffer.ingest
    made(centre, "1")

    def falls(centre: Any, table: pa.Table, *rest: Any) -> Any:
        if 7.0 in table.column("value").to_pylist():
            raise ZeroDivisionError
        return real(centre, table, *rest)

    monkeypatch.setattr(buffer, "ingest", falls)
    brought(centre, batch, message("1"), message("1", value=7.0), message("1", value=8.0))
    assert [rows for _, rows in centre.clickhouse.taken] == [1, 1]
    assert dead(centre) == ["not_taken"]
    assert batch.empty


def test_a_store_that_is_away_is_waited_for_with_everything_held(centre: Any) -> None:
    batch = Batcher(centre, "mqtt")
    made(centre, "1")
    centre.clickhouse.trouble = [KnownError("clickhouse_down", retry=True)]
    batch.add(message("1"))
    stopped = threading.Event()
    stopped.set()
    assert not batch.flush(stopped, lambda _: None)
    assert not batch.empty
    assert batch.flush(threading.Event(), lambda _: None)
    assert [rows for _, rows in centre.clickhouse.taken] == [1]


def test_a_worker_falls_is_told_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    calls: list[int] = []
    done = threading.Event()

    def work() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError("of a token that must not be told")
        done.set()
        worker.stop.wait(5)

    worker = Worker("relay", work)
    assert not worker.alive
    worker.start()
    assert done.wait(5)
    assert (worker.alive, worker.falls) == (True, 1)
    worker.close()
    assert not worker.alive
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "token" not in told


def test_years_of_readings_go_in_several_inserts_and_the_same_ones_again() -> None:
    moments = pa.array([datetime(2010 + i // 12, i % 12 + 1, 3, tzinfo=UTC) for i in range(150)])
    table = pa.table({"timestamp": moments.cast(pa.timestamp("us", tz="UTC")), "number": range(150)})
    parts = clickhouse._few_months(table)
    assert [len(part) for part in parts] == [50, 50, 50]
    assert pa.concat_tables(parts).sort_by("number") == table
    assert clickhouse._few_months(table.slice(0, 50)) == [table.slice(0, 50)]


def test_a_centre_is_called_alike_for_ever_and_like_no_other(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first = name_of_the_centre(tmp_path / "a")
    assert name_of_the_centre(tmp_path / "a") == first != name_of_the_centre(tmp_path / "b")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mqtt://me:secret@broker.example/w/#", "stream_needs_tls"),
        ("http://broker.example/w", "stream_address"),
        ("mqtt://broker.example", "stream_address"),
    ],
)
def test_a_password_goes_to_no_broker_in_the_clear(centre: Any, url: str, code: str) -> None:
    with pytest.raises(KnownError, match=code) as caught:
        mqtt.MqttFollower(centre, url)
    assert "secret" not in str(caught.value)
    for good in (
        "mqtts://me:secret@broker.example/w/#",
        "mqtt://me:secret@127.0.0.1/w",
        "mqtt://broker.example/w",
    ):
        mqtt.MqttFollower(centre, good)


def test_a_batch_of_positions_is_known_again_and_one_without_is_a_new_one(centre: Any) -> None:
    made(centre, "1")
    for placed, tokens in ((True, 1), (False, 2)):
        centre.clickhouse.taken = []
        for _ in range(2):
            brought(centre, Batcher(centre, "x", placed=placed), message("1"))
        assert len({token for token, _ in centre.clickhouse.taken}) == tokens
