"""Hours of so many readings in one Parquet file, by DuckDB and by Spark on this machine: where the one meets
the other. Run by Python of the environment that `make batch-test` makes, with DuckDB in it:
`python -m benchmarks.spark_crossover FOLDER [MILLIONS …]`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from central.batch.jobs import run, session, written

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SENSORS, A_SERIES = 5, 200_000
BY_DUCKDB = """COPY (SELECT well_id, sensor_type, date_trunc('hour', timestamp) AS at,
    min(value) FILTER (quality = 0) AS low, max(value) FILTER (quality = 0) AS high,
    avg(value) FILTER (quality = 0) AS mean, count(*) FILTER (quality = 0) AS good,
    count(*) FILTER (quality <> 0) AS bad, bit_or(quality) AS marks
    FROM read_parquet('{source}') GROUP BY ALL ORDER BY ALL) TO '{out}' (FORMAT parquet)"""


def made(path: Path, millions: float) -> None:
    """Series of 200,000 seconds."""
    random = np.random.default_rng(3)
    columns = [("well_id", pa.uint32()), ("sensor_type", pa.uint8())]
    columns += [("timestamp", pa.timestamp("us", "UTC")), ("value", pa.float32()), ("quality", pa.uint8())]
    with pq.ParquetWriter(path, pa.schema(columns), compression="zstd") as file:
        for number in range(int(millions * 1e6 / A_SERIES)):
            n = A_SERIES
            steps = random.normal(0, 0.1, n).cumsum()
            told = [np.full(n, number // SENSORS + 1, np.uint32), np.full(n, number % SENSORS + 1, np.uint8)]
            told += [pa.array(1_770_000_000_000_000 + np.arange(n) * 1_000_000, columns[2][1])]
            told += [(100 + steps).astype(np.float32), (random.random(n) < 0.01).astype(np.uint8) * 8]
            file.write_table(pa.table(dict(zip([name for name, _ in columns], told, strict=True))))


def took(what: Callable[[], object]) -> float:
    began = time.monotonic()
    what()
    return round(time.monotonic() - began, 2)


def _by_spark(spark: SparkSession, source: str, out: str) -> None:
    written(run(spark, "hours", source), out)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    began = time.monotonic()
    spark = session("local[2]", "4g")
    print(json.dumps({"session_s": round(time.monotonic() - began, 2)}), flush=True)
    for millions in map(float, sys.argv[2:] or ("1", "5", "20")):
        source = folder / f"{millions}.parquet"
        made(source, millions)
        asked = BY_DUCKDB.format(source=source, out=folder / f"{millions} duckdb.parquet")
        by_duckdb = took(partial(duckdb.connect().execute, asked))
        out = str(folder / f"{millions} spark")
        by_spark = took(partial(_by_spark, spark, str(source), out))
        same = pq.read_table(folder / f"{millions} duckdb.parquet").num_rows == pq.read_table(out).num_rows
        told = {"millions": millions, "duckdb_s": by_duckdb, "spark_s": by_spark, "as_many_hours": same}
        print(json.dumps(told), flush=True)
    spark.stop()


if __name__ == "__main__":
    main()
