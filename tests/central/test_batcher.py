"""What a stream brought, before ClickHouse has it: whose readings they are, and what stops nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from app.core.clock import EPOCH, utc_now
from app.models.wells import ESP, Well, WellId
from central.config import Config
from central.metrics import Metrics
from central.stores import dead_letters, wells
from central.stores.engine import changing, reading
from central.streams.buffer import Batcher, Message
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
