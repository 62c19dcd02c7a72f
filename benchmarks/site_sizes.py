"""What the centre costs at three sizes: `python -m benchmarks.site_sizes`. Figures of docs/SCALE.md, of the
machine it runs on; ClickHouse is the embedded engine.
"""

from __future__ import annotations

import json
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from central import rolling_up
from central.embedded.embedding import embed
from central.stores.clickhouse import ClickHouse
from central.streams.buffer import _table
from central.streams.payloads import rows_of

SIZES = ((10, 5), (50, 5), (200, 5))
"""(wells, sensors), a day of a value every ten seconds each."""
A_DAY, STEP_S = 86_400, 10
BEGUN_US = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp()) * 1_000_000


def main() -> None:
    print(f"one core takes {_parsed():,.0f} values a second out of messages of 100")
    for wells, sensors in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            process, store, _ = embed(Path(folder), "127.0.0.1", 0)
            try:
                store.prepare()
                print(_of(store, wells, sensors), flush=True)
            finally:
                process.close()


def _of(store: ClickHouse, wells: int, sensors: int) -> str:
    moments = BEGUN_US + np.arange(0, A_DAY, STEP_S, dtype=np.int64) * 1_000_000
    rows = wells * sensors * len(moments)
    begun = time.monotonic()
    for well in range(1, wells + 1):
        store.insert_readings(_readings(well, sensors, moments), uuid.uuid4().hex, "sizes")
    written = time.monotonic() - begun
    rolled = _took(lambda: rolling_up.everything(store))
    trend = (
        "SELECT count(), avg(value) FROM wellside.sensor_readings FINAL WHERE well_id = 3 AND sensor_type = 1"
    )
    hours = "SELECT well_id, min(low), max(high) FROM wellside.hours GROUP BY well_id"
    asked = min(_took(lambda: store.query(trend)) for _ in range(3))
    over = min(_took(lambda: store.query(hours)) for _ in range(3))
    sizes = (
        "SELECT sum(bytes_on_disk) FROM system.parts "
        "WHERE active AND database = 'wellside' AND table = {table:String}"
    )
    taken, minutes = (
        int(store.query(sizes, {"table": table})[0][0]) for table in ("sensor_readings", "readings_minute")
    )
    return (
        f"{wells} wells, {rows:,} values: written {rows / written:,.0f} a second, "
        f"rolled up {rows / rolled:,.0f} a second, {taken / rows:.2f} bytes a value and "
        f"{minutes / rows:.2f} of its minutes, a day of one sensor {asked * 1e3:.0f} ms, "
        f"the hours of all {over * 1e3:.0f} ms"
    )


def _readings(well: int, sensors: int, moments: np.ndarray) -> pa.Table:
    chance = np.random.default_rng(well)
    n = len(moments) * sensors
    walk = np.round(50 + np.cumsum(chance.normal(0, 0.02, n)), 2)
    return pa.table(
        {
            "well_id": pa.array(np.full(n, well, np.uint32)),
            "sensor_type": pa.array(np.repeat(np.arange(1, sensors + 1, dtype=np.uint8), len(moments))),
            "timestamp": pa.array(np.tile(moments, sensors), pa.timestamp("us", "UTC")),
            "value": pa.array(walk.astype(np.float32)),
            "quality": pa.array(np.zeros(n, np.uint8)),
        }
    )


def _parsed() -> float:
    rows = [
        {"well": "North/5/101", "sensor": "intake_pressure", "value": 5e6, "ts": BEGUN_US + i}
        for i in range(100)
    ]
    body, now = json.dumps(rows).encode(), datetime.now(UTC)
    begun, number = time.process_time(), 0
    while time.process_time() - begun < 1:
        _table(rows_of("t", body, now))
        number += 1
    return number * len(rows) / (time.process_time() - begun)


def _took(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


if __name__ == "__main__":
    main()
