"""A centre without its processes: messages come in, ClickHouse is as promised, IT types its commands."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from app.core.clock import EPOCH
from app.models.sensors import SENSORS
from app.models.wells import ESP, Well, WellId
from central import relay
from central.config import Config
from central.metrics import Metrics
from central.names.finding import WellFinder
from central.names.tags import checked
from central.stores import dead_letters, tags, wells
from central.stores.engine import changing, open_engine, reading
from central.stores.leases import OvertakenError
from central.streams.buffer import Batcher, Message
from tests.central.at_the_command_line import Line

NORTH, SOUTH = "Северное", "Южное"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Stored:
    """ClickHouse as it is promised: a token that was seen writes nothing, the newest row of a key counts."""

    def __init__(self) -> None:
        self.tokens: set[str] = set()
        self.rows: dict[tuple[int, str, datetime], float] = {}
        self.marks: list[int] = []
        self.written = 0

    def insert_readings(
        self, table: pa.Table, token: str, source: str, still: Callable[[], bool] = lambda: True
    ) -> None:
        if not still():
            raise OvertakenError
        if token in self.tokens:
            return
        self.tokens.add(token)
        self.written += len(table)
        for row in table.to_pylist():
            key = (row["well_id"], NAMES[row["sensor_type"]], row["timestamp"])
            self.rows[key] = pytest.approx(row["value"], rel=1e-6)
            self.marks.append(row["quality"])

    def command(self, *_: Any) -> None:
        """What undoing remembers."""


NAMES = {sensor.number: sensor.key for sensor in SENSORS}


class Site:
    """A centre without its processes, and the commands of IT on its database."""

    def __init__(self, folder: Path, command: Line) -> None:
        self.command, self.now = command, NOW
        self.engine = open_engine(f"sqlite:///{folder / 'centre.sqlite'}")
        self.clickhouse = Stored()
        self.centre: Any = SimpleNamespace(
            engine=self.engine,
            clickhouse=self.clickhouse,
            metrics=Metrics(),
            clock=lambda: self.now,
            config=Config(folder),
            forgot_at=EPOCH,
        )
        self.batch = Batcher(self.centre, "mqtt")

    def well(self, name: str, field: str = NORTH) -> int:
        with changing(self.engine) as connection:
            return int(wells.put(connection, Well(WellId(0), name, field, "5", ESP)).id)

    def tag(self, pattern: str, **given: Any) -> None:
        with changing(self.engine) as connection:
            known = WellFinder(wells.all_wells(connection))
            tags.put(connection, (checked({"pattern": pattern, **given}, known),), NOW, "IT")

    def brings(self, *messages: tuple[str, Any]) -> None:
        for number, (topic, body) in enumerate(messages):
            content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            self.batch.add(Message(content, topic, f"{topic}{number}{body}"[:90]))
        assert self.batch.flush(threading.Event(), lambda _: None)

    def held(self) -> dict[str, int]:
        found: dict[str, int] = {}
        with reading(self.engine) as connection:
            for block in dead_letters.blocks(connection):
                found[block.reason] = found.get(block.reason, 0) + block.letters
        return found

    def delivers(self) -> dict[tuple[int, str, datetime], float]:
        relay.deliver(self.engine, self.clickhouse)  # type: ignore[arg-type]
        return self.clickhouse.rows


AT = datetime(2026, 11, 26, 7, tzinfo=UTC)


def said(tag: str, value: float, at: str = "2026-11-26T07:00:00Z", **more: Any) -> dict[str, Any]:
    return {"tag": tag, "v": value, "ts": at, **more}
