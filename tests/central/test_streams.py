"""MQTT and Kafka into ClickHouse for real: Mosquitto, Kafka's mock cluster, the real engine; repeats, poison,
a centre that dies.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.core.clock import iso
from central.stores.engine import open_engine, reading
from central.stores.tables import DEAD_LETTERS
from tests.centre_process import AT, ROOT, CentreProcess, free_port

FIELD = "Поле потоков"


def mosquitto() -> str:
    found = shutil.which("mosquitto") or (
        "/usr/sbin/mosquitto" if Path("/usr/sbin/mosquitto").exists() else None
    )
    if found is None:
        pytest.skip("mosquitto is not installed")
    return found


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[int]:
    port = free_port()
    config = tmp_path / "mosquitto.conf"
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


@pytest.fixture
def kafka() -> Iterator[str]:
    """Kafka's own mock cluster, in a process that must live as long as it is used."""
    code = (
        "from confluent_kafka.admin import AdminClient; import sys\n"
        "a = AdminClient({'bootstrap.servers': 'x', 'test.mock.num.brokers': 2, 'log_level': 0})\n"
        "m = a.list_topics(timeout=20); print(','.join(f'{b.host}:{b.port}' for b in m.brokers.values()), "
        "flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.kill()
    process.communicate()


def following(tmp_path: Path, *arguments: str) -> CentreProcess:
    centre = CentreProcess(tmp_path / "centre", *arguments)
    centre.start()
    make_well(centre)
    return centre


def make_well(centre: CentreProcess) -> None:
    """A well of the field, as an entry of a laptop makes it."""
    from app.models.wells import ESP, Well, WellId
    from central.stores import wells
    from central.stores.engine import changing

    engine = open_engine(centre.database)
    with changing(engine) as connection:
        wells.put(connection, Well(WellId(0), "123Г", FIELD, "5", ESP))
    engine.dispose()


def row(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "well": f"{FIELD}/5/123Г",
        "sensor": "intake_pressure",
        "at": iso(AT + timedelta(seconds=number)),
        "value": 5.0 + number / 1e6,
        "unit": "MPa",
        **changes,
    }


def counts(centre: CentreProcess) -> tuple[int, int]:
    """(rows, distinct moments) in ClickHouse."""
    import clickhouse_connect

    token = centre.token(FIELD)
    client = clickhouse_connect.get_client(
        host="127.0.0.1", port=centre.clickhouse_port, username="x", password=token
    )
    rows = client.query(
        "SELECT count(), uniqExact(timestamp) FROM wellside.sensor_readings FINAL"
    ).result_rows[0]
    client.close()
    return int(rows[0]), int(rows[1])


def dead(centre: CentreProcess) -> list[str]:
    engine = open_engine(centre.database)
    with reading(engine) as connection:
        found = [
            r[0] for r in connection.execute(DEAD_LETTERS.select().with_only_columns(DEAD_LETTERS.c.reason))
        ]
    engine.dispose()
    return sorted(found)


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


def test_mqtt_readings_arrive_once_and_poison_is_set_aside(tmp_path: Path, broker: int) -> None:
    centre = following(tmp_path, "--mqtt", f"mqtt://127.0.0.1:{broker}/wellside/#")
    try:
        client = publisher(broker)
        until(lambda: '"following"' in centre.log.read_text())
        for number in range(300):
            client.publish("wellside/5", json.dumps(row(number)), qos=1).wait_for_publish(10)
            if number % 10 == 0:  # a controller that sends twice
                client.publish("wellside/5", json.dumps(row(number)), qos=1).wait_for_publish(10)
        for bad in (
            b"\xff\xfe{",
            b"[]",
            json.dumps(row(0, well="никакая")).encode(),
            json.dumps(row(0, sensor="цвет")).encode(),
            json.dumps(row(0, value="много")).encode(),
            json.dumps(row(0, unit="попугай")).encode(),
        ):
            client.publish("wellside/5", bad, qos=1).wait_for_publish(10)
        until(lambda: counts(centre) == (300, 300) and len(dead(centre)) == 6)
        assert dead(centre) == [
            "not_json",
            "rows_in_message",
            "sensor_unknown",
            "time_or_value",
            "unit_unknown",
            "well_unknown",
        ]
        metrics = httpx.get(centre.url + "/metrics").text
        assert 'wellside_readings_total{source="mqtt"} 330.0' in metrics
        client.disconnect()
        client.loop_stop()
    finally:
        centre.stop()


def test_a_centre_that_was_dead_gets_from_mqtt_what_came_meanwhile(tmp_path: Path, broker: int) -> None:
    centre = following(tmp_path, "--mqtt", f"mqtt://127.0.0.1:{broker}/wellside/#")
    try:
        client = publisher(broker)
        until(lambda: '"following"' in centre.log.read_text())
        for number in range(600):
            client.publish("wellside/5", json.dumps(row(number)), qos=1).wait_for_publish(10)
            if number == 200:
                centre.kill()
            if number == 400:
                centre.start()
        until(lambda: counts(centre) == (600, 600))
        client.disconnect()
        client.loop_stop()
    finally:
        centre.stop()


def test_kafka_readings_survive_a_killed_centre_exactly_once(tmp_path: Path, kafka: str) -> None:
    from confluent_kafka import Producer

    producer = Producer({"bootstrap.servers": kafka, "enable.idempotence": True, "log_level": 0})
    for number in range(4_000):
        producer.produce("readings", json.dumps(row(number)), key="123")
    producer.produce("readings", b"\x00poison")
    producer.flush(20)
    centre = following(tmp_path, "--kafka", f"{kafka}/readings")
    try:
        until(lambda: counts(centre)[0] > 0)
        centre.kill()
        for number in range(4_000, 6_000):
            producer.produce("readings", json.dumps(row(number)), key="123")
        producer.flush(20)
        centre.start()
        until(lambda: counts(centre) == (6_000, 6_000) and "not_json" in dead(centre), 60)
    finally:
        centre.stop()


def test_the_generator_feeds_mqtt_and_rest(tmp_path: Path, broker: int) -> None:
    centre = following(tmp_path, "--mqtt", f"mqtt://127.0.0.1:{broker}/wellside/readings")
    try:
        until(lambda: '"following"' in centre.log.read_text())
        for to in (f"mqtt://127.0.0.1:{broker}/wellside/readings", centre.url):
            before = counts(centre)[0]
            command = [
                sys.executable,
                "-m",
                "central",
                "simulate",
                "--to",
                to,
                "--wells",
                f"{FIELD}/5/123Г",
                "--rate",
                "5",
                "--seconds",
                "1.5",
            ]
            answer = subprocess.run(
                command,
                cwd=ROOT,
                capture_output=True,
                text=True,
                env={**os.environ, "WELLSIDE_TOKEN": centre.token(FIELD)},
                check=True,
            )
            sent = json.loads(answer.stdout)["sent"]
            assert sent > 50
            until(lambda wanted=before + sent: counts(centre)[0] == wanted)
    finally:
        centre.stop()


def test_a_file_in_the_watched_folder_of_a_field_is_taken_and_a_bad_one_told(tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    centre = following(tmp_path, "--watch", str(folder))
    try:
        (folder / FIELD).mkdir()
        rows = "\n".join(f"123Г,{iso(AT + timedelta(minutes=i))},{5 + i / 100}" for i in range(20))
        (folder / FIELD / "day.csv").write_text(f"well,time,intake_pressure (MPa)\n{rows}\n")
        (folder / FIELD / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
        (folder / "nobody.csv").write_text("well,time\n")
        until(lambda: counts(centre)[0] == 20 and len(list((folder / "rejected").glob("*.reason.txt"))) == 2)
        assert [path.name for path in (folder / "imported").iterdir()] == ["day.csv"]
    finally:
        centre.stop()
