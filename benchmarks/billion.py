"""A store as it grows to 10^9 readings: what a laptop pays for years that it carries. At three sizes:
opening, a year of eight pens, bytes a row, and how long another reader waits while months leave.

    python -m benchmarks.billion FOLDER [MILLIONS…]

FOLDER needs two bytes a row.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from app.models.readings import Readings
from app.models.store import central_readings, trends
from app.models.store import readings as reading_store
from app.models.store.database import Database, open_database
from benchmarks.big_store import KEY, PENS, START_US, wave
from benchmarks.cards import median_ms

MINUTES = 4_000_000
"""Of one sensor: 7.6 years at a minute."""
MINUTE_US, DAY_US, YEAR_US = 60_000_000, 86_400_000_000, 31_536_000_000_000
COLUMNS = 1600
MONTHS_LEFT = 3


def main(folder: Path, millions: list[int]) -> None:
    path, wells, rows, spent_s = folder / "billion.duckdb", 0, 0, 0.0
    for size in millions:
        database = open_database(path, KEY)
        began = time.process_time()
        while rows < size * 1_000_000:
            wells += 1
            rows += _well(database, wells)
        spent_s += time.process_time() - began
        database.checkpoint()
        database.close()
        told = {"rows": rows, "million_rows_per_cpu_s": rows / spent_s / 1e6}
        print(json.dumps(told | _figures(path, rows, wells)), flush=True)


def _well(database: Database, well: int) -> int:
    time_us = START_US + np.arange(MINUTES, dtype=np.int64) * MINUTE_US
    return sum(
        reading_store.write(
            database, Readings.of_one(well, pen, time_us, wave(MINUTES, 31 * well + pen))
        ).added
        for pen in PENS
    )


def _figures(path: Path, rows: int, wells: int) -> dict[str, float]:
    size = path.stat().st_size
    began = time.perf_counter()
    database = open_database(path, KEY)
    opened_ms = 1e3 * (time.perf_counter() - began)

    def year(well: int) -> None:
        first = START_US + 3 * YEAR_US
        found = trends.of_sensors(database, well, list(PENS), first, first + YEAR_US, COLUMNS)
        assert all(len(trend.value) > COLUMNS for trend in found.values())

    def day(well: int) -> None:
        first = START_US + YEAR_US
        assert len(trends.trend(database, well, PENS[0], first, first + DAY_US, COLUMNS).value) == 1_441

    try:
        first_ms = median_ms(lambda: year(wells), 1)
        told = {
            "bytes_per_row": size / rows,
            "opened_ms": opened_ms,
            "year_first_ms": first_ms,
            "year_ms": median_ms(lambda: year(wells // 2 + 1), 9),
        }
        with _reader(lambda: day(1)) as undisturbed:
            time.sleep(5)
        with _reader(lambda: day(1)) as waits:
            began = time.perf_counter()
            _let_go(database, wells)
            told["evicting_s"] = time.perf_counter() - began
        told["longest_reading_undisturbed_ms"] = 1e3 * max(undisturbed)
        told["longest_reading_while_evicting_ms"] = 1e3 * max(waits)
        return told
    finally:
        database.close()


def _let_go(database: Database, well: int) -> None:
    """The first months of a well."""
    month = datetime.fromtimestamp(START_US / 1e6, UTC)
    for _ in range(MONTHS_LEFT):
        with database.writing() as cursor:
            central_readings.evict(cursor, well, month, month + timedelta(days=30))
        month += timedelta(days=30)


@contextmanager
def _reader(read: Callable[[], None]) -> Iterator[list[float]]:
    """Seconds that each of its readings took, one after the other in a thread of its own."""
    waits, over = [0.0], threading.Event()

    def work() -> None:
        while not over.is_set():
            began = time.perf_counter()
            read()
            waits.append(time.perf_counter() - began)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield waits
    finally:
        over.set()
        thread.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(one) for one in sys.argv[2:]] or [100, 300, 1000])
