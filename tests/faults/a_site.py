"""A site: three centres on one PostgreSQL, one ClickHouse engine and Kafka's mock cluster, and what comes to
them: telemetry by Kafka, entries of laptops by REST, and somebody who follows the changes. Each keeps count
of what was said to be taken.
"""

from __future__ import annotations

import contextlib
import json
import random
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.core.clock import iso, utc_now
from app.models.wells import well_uid
from app.sync.wire import Batch, EntryIn, Receipt, Receipts, WellKey, payload_sha256
from central.embedded.process import EngineProcess
from central.stores.clickhouse import ClickHouse
from tests.centre_process import AT, CentreProcess, free_port
from tests.servers import kafka_mock, new_database, postgres

FIELD, TOPIC = "Северное", "telemetry"
SENSORS = ("intake_pressure", "motor_temperature", "current", "frequency", "voltage")
WELLS = tuple(f"{number}" for number in range(101, 121))
A_MESSAGE = 100
USER, PASSWORD = "wellside_ingest", "of this run only"


class Site:
    def __init__(self, folder: Path, database: str, engine: EngineProcess, kafka: str) -> None:
        self.engine, self.kafka = engine, kafka
        address = f"http://127.0.0.1:{engine.port}"
        self.clickhouse = ClickHouse(address, USER, PASSWORD)
        told = ("--clickhouse", address, "--kafka", f"{kafka}/{TOPIC}")
        told += ("--writers-together", "--drain-s", "1")
        self.centres = [CentreProcess(folder / f"c{n}", *told, database=database) for n in range(3)]

    def kills_the_engine(self) -> None:
        self.engine._process.kill()

    def counted(self) -> int:
        """Readings that are there, each once."""
        with contextlib.suppress(Exception):
            return int(self.clickhouse.query("SELECT count() FROM wellside.sensor_readings FINAL")[0][0])
        return -1


@contextlib.contextmanager
def a_site(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Site]:
    patch.setenv("WELLSIDE_CLICKHOUSE_USER", USER)
    patch.setenv("WELLSIDE_CLICKHOUSE_PASSWORD", PASSWORD)
    with contextlib.ExitStack() as stack:
        port = stack.enter_context(postgres(folder / "postgres"))
        name = f"site{uuid.uuid4().hex[:8]}"
        new_database(port, name)
        kafka = stack.enter_context(kafka_mock())
        accounts: Any = {USER: (PASSWORD, None)}
        engine = EngineProcess(folder / "engine", "127.0.0.1", free_port(), accounts)
        stack.callback(engine.close)
        site = Site(folder, f"postgresql+psycopg://postgres@127.0.0.1:{port}/{name}", engine, kafka)
        for centre in site.centres:
            stack.callback(centre.stop)
        for centre in site.centres:
            centre.start()
        yield site


def note(well: str, text: str, record: str = "") -> EntryIn:
    payload = {
        "record": record or str(uuid.uuid4()),
        "kind": "note",
        "well": 1,
        "at": iso(AT),
        "until": None,
        "values": {"text": text},
        "action": "saved",
        "author": "",
    }
    return EntryIn(
        id=str(uuid.uuid4()),
        kind="record",
        payload=payload,
        payload_sha256=payload_sha256(payload),
        created_at=iso(AT),
        well=WellKey(uid=well_uid(FIELD, "5", well), field=FIELD, pad="5", name=well),
    )


class Laptop(threading.Thread):
    """Sends entries to any of the centres, the same ones again until they are taken."""

    def __init__(self, site: Site, token: str, seed: int, stop: threading.Event) -> None:
        super().__init__(name=f"laptop {seed}", daemon=True)
        self._site, self._token, self._chance, self._stop_it = site, token, random.Random(seed), stop
        self.taken: dict[str, Receipt] = {}
        self.refused: list[Receipt] = []

    def run(self) -> None:
        while not self._stop_it.is_set():
            entries = tuple(note(self._chance.choice(WELLS), "x") for _ in range(4))
            self.sends(entries)
            time.sleep(self._chance.uniform(0.05, 0.2))

    def sends(self, entries: tuple[EntryIn, ...]) -> None:
        body = Batch(entries=entries).model_dump_json()
        while True:
            with (
                contextlib.suppress(httpx.HTTPError),
                self._chance.choice(self._site.centres).client(self._token) as client,
            ):
                answer = client.post("/v1/batches", content=body, timeout=10)
                if answer.status_code == 200:
                    self._hears(Receipts.model_validate_json(answer.content).receipts)
                    return
                if answer.status_code < 500:
                    raise AssertionError(answer.text)
            time.sleep(0.05)

    def _hears(self, receipts: tuple[Receipt, ...]) -> None:
        for one in receipts:
            if one.status in ("accepted", "duplicate"):
                self.taken[one.id] = one
            else:
                self.refused.append(one)


class Follower(threading.Thread):
    """Reads the changes at any of the centres, from where it was."""

    def __init__(self, site: Site, token: str, stop: threading.Event) -> None:
        super().__init__(name="follower", daemon=True)
        self._site, self._token, self._stop_it = site, token, stop
        self.seen: list[tuple[int, str]] = []

    def run(self) -> None:
        after, over = 0, False
        while not over:
            ending = self._stop_it.is_set()
            with (
                contextlib.suppress(httpx.HTTPError),
                random.choice(self._site.centres).client(self._token) as client,
            ):
                answer = client.get("/v1/changes", params={"since": after}, timeout=10)
                if answer.status_code == 200:
                    told = answer.json()
                    self.seen += [(one["change_no"], one["entry_id"]) for one in told["changes"]]
                    after, over = told["next"], ending and not told["changes"]
            time.sleep(0.05)


class Telemetry(threading.Thread):
    """So many values a second into Kafka, each of a moment of its own."""

    def __init__(self, site: Site, rate: int, stop: threading.Event) -> None:
        super().__init__(name="telemetry", daemon=True)
        self._kafka, self._rate, self._stop_it = site.kafka, rate, stop
        self.sent = 0
        self.behind_s = 0.0

    def run(self) -> None:
        from confluent_kafka import Producer

        # The mock cluster gives one set of messages an answer, and keeps five megabytes of a partition, which
        # would be three seconds of these: as a site's collector does, many make a set, and it is compressed.
        settings = {"bootstrap.servers": self._kafka, "enable.idempotence": True}
        settings |= {"linger.ms": 300, "compression.type": "lz4"}
        producer = Producer({**settings, "log_level": 0})
        begun, number = time.monotonic(), 0
        start_us = int(utc_now().timestamp() * 1e6) - 3_600_000_000
        while not self._stop_it.is_set():
            well, sensor = WELLS[number % len(WELLS)], SENSORS[number // len(WELLS) % len(SENSORS)]
            path = f"{FIELD}/5/{well}"
            rows = [
                {"well": path, "sensor": sensor, "value": 50.0, "ts": start_us + (number * A_MESSAGE + i)}
                for i in range(A_MESSAGE)
            ]
            producer.produce(TOPIC, json.dumps(rows), key=path)
            producer.poll(0)
            number += 1
            self.sent = number * A_MESSAGE
            ahead = self.sent / self._rate - (time.monotonic() - begun)
            self.behind_s = max(self.behind_s, -ahead)
            if ahead > 0:
                time.sleep(ahead)
        assert producer.flush(30) == 0
