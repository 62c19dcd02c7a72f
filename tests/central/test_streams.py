"""MQTT and Kafka into ClickHouse for real: Mosquitto, Kafka's mock cluster, the real engine; repeats, poison,
a centre that dies.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.core.clock import iso
from app.models.wells import ESP, Well, WellId
from central.cli import main as cli
from central.stores import dead_letters, wells
from central.stores.engine import changing, open_engine, reading
from tests.centre_process import AT, CentreProcess, free_port
from tests.servers import kafka_mock

FIELD = "Поле потоков"


def mosquitto() -> str:
    found = shutil.which("mosquitto") or (
        "/usr/sbin/mosquitto" if Path("/usr/sbin/mosquitto").exists() else None
    )
    if found is None:
        pytest.skip("mosquitto is not installed")
    return found


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    port = free_port()
    config = tmp_path_factory.mktemp("broker") / "mosquitto.conf"
    config.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 0\nmax_queued_messages "
        f"0\nuser root\n"
    )
    process = subprocess.Popen(
        [mosquitto(), "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield port
    process.terminate()
    process.wait()


@pytest.fixture(scope="module")
def kafka() -> Iterator[str]:
    with kafka_mock() as servers:
        yield servers


@dataclass
class Streams:
    """One centre that follows them all: each test has a well of its own."""

    centre: CentreProcess
    watched: Path
    clickhouse: Any

    def new_well(self) -> Well:
        """A well of the field, as an entry of a laptop makes it."""
        engine = open_engine(self.centre.database)
        with changing(engine) as connection:
            made = wells.put(connection, Well(WellId(0), uuid.uuid4().hex[:8], FIELD, "5", ESP))
        engine.dispose()
        return made

    def counts(self, well: Well) -> tuple[int, int]:
        """(rows, distinct moments) of the well in ClickHouse."""
        rows, moments = self.clickhouse.query(
            "SELECT count(), uniqExact(timestamp) FROM wellside.sensor_readings FINAL "
            f"WHERE well_id = {int(well.id)}"
        ).result_rows[0]
        return int(rows), int(moments)

    def dead(self, source: str) -> list[str]:
        engine = open_engine(self.centre.database)
        with reading(engine) as connection:
            blocks = dead_letters.blocks(connection, dead_letters.Chosen(source))
            found = [block.reason for block in blocks for _ in range(block.letters)]
        engine.dispose()
        return sorted(found)

    def taken(self, source: str) -> float:
        """Readings since the centre was started, repeats too."""
        metrics = self.centre.metrics()
        found = re.search(rf'wellside_readings_total{{source="{source}"}} (\S+)', metrics)
        return float(found.group(1)) if found else 0.0


@pytest.fixture(scope="module")
def streams(tmp_path_factory: pytest.TempPathFactory, broker: int, kafka: str) -> Iterator[Streams]:
    folder = tmp_path_factory.mktemp("streams")
    centre = CentreProcess(
        folder / "centre",
        *("--mqtt", f"mqtt://127.0.0.1:{broker}/wellside/#"),
        *("--kafka", f"{kafka}/readings"),
        *("--watch", str(folder / "watched")),
    )
    centre.start()
    try:
        until(lambda: '"following"' in centre.log.read_text())
        client = centre.operator()
        yield Streams(centre, folder / "watched", client)
        client.close()
    finally:
        centre.stop()


def path_of(well: Well) -> str:
    return f"{FIELD}/5/{well.name}"


def row(of: Well, number: int, **changes: Any) -> dict[str, Any]:
    return {
        "well": path_of(of),
        "sensor": "intake_pressure",
        "at": iso(AT + timedelta(seconds=number)),
        "value": 5.0 + number / 1e6,
        "unit": "MPa",
        **changes,
    }


def until(true: Callable[[], bool], within_s: float = 30.0) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def publisher(port: int) -> Any:
    import paho.mqtt.client as paho

    client = paho.Client(paho.CallbackAPIVersion.VERSION2, client_id=uuid.uuid4().hex)
    client.connect("127.0.0.1", port)
    client.loop_start()
    return client


@pytest.fixture
def client(broker: int) -> Iterator[Any]:
    publishing = publisher(broker)
    yield publishing
    publishing.disconnect()
    publishing.loop_stop()


@pytest.mark.slow
def test_mqtt_readings_arrive_once_and_poison_is_set_aside(streams: Streams, client: Any) -> None:
    well, before = streams.new_well(), len(streams.dead("mqtt"))
    client.publish("wellside/5", b"[]", qos=1).wait_for_publish(10)
    until(lambda: len(streams.dead("mqtt")) > before)  # behind all that was on its way
    dead, taken = Counter(streams.dead("mqtt")), streams.taken("mqtt")
    for number in range(300):
        client.publish("wellside/5", json.dumps(row(well, number)), qos=1).wait_for_publish(10)
        if number % 10 == 0:  # a controller that sends twice
            client.publish("wellside/5", json.dumps(row(well, number)), qos=1).wait_for_publish(10)
    for bad in (
        b"\xff\xfe{",
        b"[]",
        json.dumps(row(well, 0, well="никакая")).encode(),
        json.dumps(row(well, 0, sensor="цвет")).encode(),
        json.dumps(row(well, 0, value="много")).encode(),
        json.dumps(row(well, 0, unit="попугай")).encode(),
    ):
        client.publish("wellside/5", bad, qos=1).wait_for_publish(10)
    until(lambda: streams.counts(well) == (300, 300) and len(streams.dead("mqtt")) == dead.total() + 6)
    assert sorted((Counter(streams.dead("mqtt")) - dead).elements()) == [
        "not_json",
        "rows_in_message",
        "sensor_unknown",
        "time_or_value",
        "unit_unknown",
        "well_unknown",
    ]
    assert streams.taken("mqtt") == taken + 330.0


@pytest.mark.slow
def test_a_centre_that_was_dead_gets_from_mqtt_what_came_meanwhile(streams: Streams, client: Any) -> None:
    well = streams.new_well()
    for number in range(600):
        client.publish("wellside/5", json.dumps(row(well, number)), qos=1).wait_for_publish(10)
        if number == 200:
            streams.centre.kill()
        if number == 400:
            streams.centre.start()
    until(lambda: streams.counts(well) == (600, 600))


@pytest.mark.slow
def test_kafka_readings_survive_a_killed_centre_exactly_once(streams: Streams, kafka: str) -> None:
    from confluent_kafka import Producer

    well = streams.new_well()
    producer = Producer({"bootstrap.servers": kafka, "enable.idempotence": True, "log_level": 0})
    for number in range(4_000):
        producer.produce("readings", json.dumps(row(well, number)), key="123")
    producer.produce("readings", b"\x00poison")
    producer.flush(20)
    until(lambda: streams.counts(well)[0] > 0)
    streams.centre.kill()
    for number in range(4_000, 6_000):
        producer.produce("readings", json.dumps(row(well, number)), key="123")
    producer.flush(20)
    streams.centre.start()
    until(lambda: streams.counts(well) == (6_000, 6_000) and "not_json" in streams.dead("kafka"), 60)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["mqtt", "rest"])
def test_the_generator_feeds(
    way: str,
    streams: Streams,
    broker: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    well = streams.new_well()
    to = f"mqtt://127.0.0.1:{broker}/wellside/readings" if way == "mqtt" else streams.centre.url
    asked = ["--to", to, "--wells", path_of(well), "--rate", "5", "--seconds", "1.5"]
    monkeypatch.setattr(sys, "argv", ["central", "simulate", *asked])
    monkeypatch.setenv("WELLSIDE_TOKEN", streams.centre.token(FIELD))
    cli()
    sent = json.loads(capsys.readouterr().out)["sent"]
    assert sent > 10, "however busy the machine is"
    until(lambda: streams.counts(well)[0] == sent)


@pytest.mark.slow
def test_a_file_in_the_watched_folder_of_a_field_is_taken_and_a_bad_one_told(streams: Streams) -> None:
    well, folder = streams.new_well(), streams.watched
    (folder / FIELD).mkdir()
    rows = "\n".join(f"{well.name},{iso(AT + timedelta(minutes=i))},{5 + i / 100}" for i in range(20))
    (folder / FIELD / "day.csv").write_text(f"well,time,intake_pressure (MPa)\n{rows}\n")
    (folder / FIELD / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (folder / "nobody.csv").write_text("well,time\n")
    told = folder / "rejected"
    until(lambda: streams.counts(well)[0] == 20 and len(list(told.glob("*.reason.txt"))) == 2)
    assert [path.name for path in (folder / "imported").iterdir()] == ["day.csv"]
