"""Instruments over the loopback: polls a second, and an archive of 30 days × 20 channels at a minute into the
store. The device is a process of its own, as a controller is; prints one JSON object.

Usage: python -m benchmarks.devices [FOLDER]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ["WELLSIDE_NO_KEYRING"] = "1"

import numpy as np

from app.core.jobs import Job
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.core.plain import JsonObject
from app.core.units import stored_unit
from app.devices.demo.memory import DemoDevice
from app.devices.demo.server import DemoServer
from app.devices.live import blocks_of, read_blocks
from app.devices.master import asking
from app.devices.profile import Profile
from app.devices.read_profile import profile_of
from app.models.sensors import SENSORS
from app.models.store import records
from app.models.wells import ESP, Well, WellId
from app.services.devices.archives import download
from app.services.opening import open_workspace

DAYS = 30
CHANNELS = 20
REGISTERS = 40
POLLED_S = 5.0


def profile() -> Profile:
    """Twenty sensors as floats: forty registers a poll, forty-two a record."""
    rows: list[JsonObject] = []
    for index, sensor in enumerate(list(SENSORS)[:CHANNELS]):
        unit = stored_unit(sensor.quantity).en
        rows.append(
            {"sensor": sensor.key, "type": "f32", "address": 2 * index} | ({"unit": unit} if unit else {})
        )
    body: JsonObject = {
        "device": 1,
        "key": "bench",
        "name": {"en": "Bench"},
        "source": "Ours: the device of the benchmark",
        "line": {"most_registers": 125},
        "clock": {"address": 100},
        "registers": rows,
        "archive": {
            "table": "input",
            "first_unit": 101,
            "units": DAYS,
            "records": 1440,
            "size": 2 + REGISTERS,
            "period_s": 60,
            "written": {"name": "written", "address": 110, "type": "u32"},
            "time": {"address": 0},
            "values": [{**row, "address": 2 * index + 2} for index, row in enumerate(rows)],
        },
    }
    return profile_of(body, "bench.json")


def device() -> DemoDevice:
    """Each channel wanders within what its sensor can say, another way than its neighbour."""
    rng, minutes = np.random.default_rng(1), (DAYS + 1) * 1440
    rows = {}
    for sensor in list(SENSORS)[:CHANNELS]:
        middle, half = (sensor.minimum + sensor.maximum) / 2, (sensor.maximum - sensor.minimum) / 2
        rows[sensor.key] = middle + half * 0.5 * np.tanh(np.cumsum(rng.normal(0, 0.02, minutes)))
    start = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=DAYS)
    said = {key: float(row[0]) for key, row in rows.items()}
    return DemoDevice(profile(), lambda _: said, start, rows)


def serve() -> None:
    """Until its input ends."""
    server = DemoServer(device())
    print(server.where, flush=True)
    sys.stdin.read()
    server.close()


def measure(folder: Path, where: str) -> dict[str, float]:
    told, job = profile(), Job()
    workspace = open_workspace(profile_paths(folder / "devices" / "cache.duckdb"), NoticeBus())
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "1", "Bench", "1", ESP)])
    (well,) = records.wells(workspace.store)
    with asking(where, told) as master:
        asked = blocks_of(told)
        assert [one.count for one in asked] == [REGISTERS]
        polls, began = 0, time.perf_counter()
        while (passed := time.perf_counter() - began) < POLLED_S:
            read_blocks(master, asked, job)
            polls += 1
        start = time.perf_counter()
        done = download(workspace, well, told, master, job)
        archive_s = time.perf_counter() - start
    workspace.close()
    assert not done.odd
    return {
        "polls_per_s": polls / passed,
        "archive_s": archive_s,
        "archive_records": done.records,
        "archive_readings": done.added,
    }


def run(folder: Path) -> dict[str, float]:
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.devices", "--serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        try:
            return measure(folder, other.stdout.readline().strip())
        finally:
            assert other.stdin is not None
            other.stdin.close()


def main() -> None:
    if "--serve" in sys.argv:
        serve()
        return
    with tempfile.TemporaryDirectory() as name:
        print(json.dumps(run(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(name))))


if __name__ == "__main__":
    main()
