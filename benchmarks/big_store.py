"""A store of 1e8 readings on disk: ten sensors of one well every second for 116 days, and another well by the
minute for a year. Made once per run in a temporary folder; writing it is the ingest benchmark.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.models.readings import Readings
from app.models.store import readings as reading_store
from app.models.store.database import Database, open_database

KEY = "5e" * 32
START_US = 1_760_000_000_000_000
SECONDS = 10_000_000
MINUTES = 525_600
PENS = tuple(range(1, 9))
FAST_WELL, SLOW_WELL = 1, 2


@dataclass(frozen=True)
class BigStore:
    database: Database
    rows: int
    rows_per_s: float
    bytes_per_row: float


def wave(n: int, seed: int) -> np.ndarray:
    """What a gauge gives: a slow drift, noise, a resolution; noise repeats, so that making it is no part of
    the cost.
    """
    rng = np.random.default_rng(seed)
    drift = np.sin(np.arange(n) / n * 40 + seed) * 2 + 10
    noise = np.tile(rng.normal(0, 0.05, 100_000), n // 100_000 + 1)[:n]
    return np.round((drift + noise) * 100).astype(np.float32) / 100


def build(folder: Path) -> BigStore:
    """Only the time inside write() is counted: ordered, deduplicating, roll-ups included."""
    database = open_database(folder / "big.duckdb", KEY)
    spent, rows = 0.0, 0
    fast = START_US + np.arange(SECONDS, dtype=np.int64) * 1_000_000
    slow = START_US + np.arange(MINUTES, dtype=np.int64) * 60_000_000
    for sensor in range(1, 11):
        batches = [Readings.of_one(FAST_WELL, sensor, fast, wave(SECONDS, sensor))]
        if sensor in PENS:
            batches.append(Readings.of_one(SLOW_WELL, sensor, slow, wave(MINUTES, sensor)))
        for batch in batches:
            began = time.perf_counter()
            written = reading_store.write(database, batch)
            spent += time.perf_counter() - began
            rows += written.added
    database.checkpoint()
    size = (folder / "big.duckdb").stat().st_size
    return BigStore(database, rows, rows / spent, size / rows)
