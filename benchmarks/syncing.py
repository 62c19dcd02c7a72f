"""The sync and the centre, measured against the bare work in the same run: prints one JSON line. `python -m
benchmarks.syncing FOLDER`.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyarrow as pa

from app.core.clock import to_us, utc_now
from app.core.ids import new_id
from app.core.jobs import Job
from app.services.centre import sync
from app.services.records import entries
from app.sync.queries import READINGS
from app.sync.transports.rest import Rest
from app.sync.transports.rest_reader import RestReader
from tests.centre_process import AT, CentreProcess, laptop

FIELD = "Скоростное"
ENTRIES = 10_000
PULLED_WELLS, PULLED_SENSORS, PULLED_ROWS = 10, 8, 250_000
HISTORY_DAYS = 180
INGESTED_ROWS, INGESTED_REQUESTS = 100_000, 10
KAFKA_MESSAGES = 60_000  # the mock cluster forgets the oldest of more


def main() -> None:
    folder = Path(sys.argv[1])
    centre = CentreProcess(folder / "centre")
    centre.start()
    token = centre.token(FIELD)
    figures: dict[str, float] = {}
    try:
        with laptop(folder / "a", centre, FIELD, token=token) as workspace:
            figures |= push(workspace)
        figures |= rest(centre, token)
        fill(centre, token)
        with laptop(folder / "b", centre, FIELD, token=token, wells=False) as workspace:
            figures |= pull(workspace, centre, token)
    finally:
        centre.stop()
    figures |= kafka(folder)
    print(json.dumps(figures))


def push(workspace: Any) -> dict[str, float]:
    key = entries.well_key(workspace, 1)
    for number in range(ENTRIES):
        values = {"liquid_m3_per_s": 0.001, "duration_s": 3600.0, "valid": True}
        payload = {
            "record": new_id(),
            "kind": "flow_test",
            "well": 1,
            "at": (AT + timedelta(seconds=number)).isoformat(),
            "until": None,
            "values": values,
            "action": "saved",
            "author": "",
            "well_key": key,
        }
        workspace.journal.add("record", payload)
    began = time.monotonic()
    outcome = sync.run(Job(), workspace, compare=False)
    assert outcome.sent == ENTRIES, outcome
    return {"push_s": time.monotonic() - began}


def arrow(well: str, sensor: str, first_us: int, n: int, step_us: int, rng: np.random.Generator) -> bytes:
    table = pa.table(
        {
            "well": pa.DictionaryArray.from_arrays(np.zeros(n, np.int32), pa.array([well])),
            "sensor": pa.DictionaryArray.from_arrays(np.zeros(n, np.int32), pa.array([sensor])),
            "timestamp": pa.array(first_us + np.arange(n) * step_us, pa.timestamp("us", tz="UTC")),
            "value": rng.normal(5e6, 1e5, n),
        }
    )
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def rest(centre: CentreProcess, token: str) -> dict[str, float]:
    """Two senders at once, as two controllers' gateways."""
    rng = np.random.default_rng(1)
    well = f"{FIELD}/5/123Г"
    bodies = [
        arrow(
            well, "intake_pressure", to_us(AT) + i * INGESTED_ROWS * 1_000_000, INGESTED_ROWS, 1_000_000, rng
        )
        for i in range(INGESTED_REQUESTS)
    ]

    def send(mine: list[bytes]) -> None:
        with centre.client(token) as client:
            for body in mine:
                answer = client.post(
                    "/v1/readings",
                    content=body,
                    headers={"Content-Type": "application/vnd.apache.arrow.stream"},
                )
                assert answer.json()["taken"] == INGESTED_ROWS, answer.text

    began = time.monotonic()
    threads = [threading.Thread(target=send, args=(bodies[i::2],)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"rest_rows_per_s": INGESTED_ROWS * INGESTED_REQUESTS / (time.monotonic() - began)}


def fill(centre: CentreProcess, token: str) -> None:
    from app.models.wells import ESP, Well, WellId
    from central.stores import wells
    from central.stores.engine import changing, open_engine

    engine = open_engine(centre.database)
    with changing(engine) as connection:
        for number in range(PULLED_WELLS):
            wells.put(connection, Well(WellId(0), f"П{number}", FIELD, "9", ESP))
    engine.dispose()
    time.sleep(6)  # the centre looks its wells up again
    rng = np.random.default_rng(2)
    sensors = (
        "intake_pressure",
        "discharge_pressure",
        "motor_temperature",
        "motor_current",
        "frequency",
        "voltage",
        "vibration_x",
        "load",
    )
    step_us = 60_000_000  # a gauge a minute, as most of them send
    first = to_us(utc_now() - timedelta(days=HISTORY_DAYS - 5))
    with centre.client(token) as client:
        for number in range(PULLED_WELLS):
            for sensor in sensors:
                answer = client.post(
                    "/v1/readings",
                    content=arrow(f"{FIELD}/9/П{number}", sensor, first, PULLED_ROWS, step_us, rng),
                    headers={"Content-Type": "application/vnd.apache.arrow.stream"},
                )
                assert answer.json()["taken"] == PULLED_ROWS


def pull(workspace: Any, centre: CentreProcess, token: str) -> dict[str, float]:
    """The bare download asks for the same parts and throws the tables away."""
    rest = Rest(centre.url, token)
    reader = RestReader(rest)
    _wells_only(workspace)
    workspace.settings.set("sync_days", HISTORY_DAYS)
    from app.models.store import central

    numbers = sorted(central.central_wells(workspace.store))
    parts = reader.months(numbers, utc_now() - timedelta(days=HISTORY_DAYS))
    bare_s, rows = float("inf"), 0
    for _ in range(2):
        began, rows = time.monotonic(), 0
        for part in parts:
            asked = {"wells": [part.well], "first": part.first, "last": part.last}
            rows += sum(table.num_rows for table in reader.tables(READINGS, asked))
        bare_s = min(bare_s, time.monotonic() - began)
    process, before, most, stop = (
        psutil.Process(os.getpid()),
        psutil.Process(os.getpid()).memory_info().rss,
        0,
        threading.Event(),
    )

    def watch() -> None:
        nonlocal most
        while not stop.wait(0.05):
            most = max(most, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.monotonic()
    outcome = sync.run(Job(), workspace, compare=False)
    pulled_s = time.monotonic() - began
    stop.set()
    watcher.join()
    assert outcome.readings == rows, (outcome, rows)
    began = time.monotonic()
    compared = sync.run(Job(), workspace, compare=True)
    assert compared.differences == ()
    reader.close()
    return {
        "pull_rows": rows,
        "bare_s": bare_s,
        "pull_s": pulled_s,
        "pull_share": bare_s / pulled_s,
        "pull_memory_mb": (most - before) / 2**20,
        "compare_s": time.monotonic() - began,
    }


def _wells_only(workspace: Any) -> None:
    days = workspace.settings["sync_days"]
    workspace.settings.set("sync_days", 1)
    sync.run(Job(), workspace, compare=False)
    workspace.settings.set("sync_days", days)


def kafka(folder: Path) -> dict[str, float]:
    """From the first message read to the last one in ClickHouse; the broker is Kafka's mock cluster in
    another process.
    """
    code = (
        "from confluent_kafka.admin import AdminClient; import sys\n"
        "a = AdminClient({'bootstrap.servers': 'x', 'test.mock.num.brokers': 1, 'log_level': 0})\n"
        "m = a.list_topics(timeout=20); print(','.join(f'{b.host}:{b.port}' for b in m.brokers.values()), "
        "flush=True); sys.stdin.read()"
    )
    broker = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert broker.stdout is not None
    servers = broker.stdout.readline().strip()
    from confluent_kafka import Producer

    from app.models.wells import ESP, Well, WellId
    from central.stores import wells
    from central.stores.engine import changing, open_engine
    from central.stores.migrating import migrate

    centre = CentreProcess(folder / "kafka", "--kafka", f"{servers}/readings")
    centre.folder.mkdir()
    engine = open_engine(centre.database)
    migrate(engine)
    with changing(engine) as connection:
        wells.put(connection, Well(WellId(0), "123Г", FIELD, "5", ESP))
    engine.dispose()
    producer = Producer(
        {
            "bootstrap.servers": servers,
            "queue.buffering.max.messages": 2_000_000,
            "linger.ms": 50,
            "log_level": 0,
        }
    )
    start = to_us(AT) // 1000
    for number in range(KAFKA_MESSAGES):
        producer.produce(
            "readings",
            json.dumps(
                {
                    "well": f"{FIELD}/5/123Г",
                    "sensor": "intake_pressure",
                    "at": start + number * 1000,
                    "value": 5.1,
                    "unit": "MPa",
                }
            ),
            key=str(number),
        )
        if number % 10_000 == 0:
            producer.poll(0)
    producer.flush(60)
    centre.start()
    client = centre.operator()
    seen: list[tuple[float, int]] = []
    deadline = time.monotonic() + 120
    while (not seen or seen[-1][1] < KAFKA_MESSAGES) and time.monotonic() < deadline:
        seen.append(
            (
                time.monotonic(),
                int(client.query("SELECT count() FROM wellside.sensor_readings").result_rows[0][0]),
            )
        )
        time.sleep(0.1)
    client.close()
    centre.stop()
    broker.kill()
    broker.communicate()
    first = next(i for i, (_, n) in enumerate(seen) if n > 0)
    return {
        "kafka_per_s": (seen[-1][1] - seen[first][1]) / max(seen[-1][0] - seen[first][0], 1e-6)
        if len(seen) > first + 1
        else float(KAFKA_MESSAGES),
        "kafka_rows": seen[-1][1],
    }


if __name__ == "__main__":
    main()
