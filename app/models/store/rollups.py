"""Min, max and mean by the minute and the hour, renewed for exactly the hours that a write touched."""

from __future__ import annotations

import duckdb

# One minute is kept only where readings come faster than that; elsewhere it would repeat the readings.
_LEVELS = (("rollup_1h", "hour", ""), ("rollup_1m", "minute", "AND t.dense"))


def renew(cursor: duckdb.DuckDBPyConnection) -> None:
    """Runs inside the write's transaction, on its temporary table `touched` (well, sensor, from_ts, to_ts, dense)."""
    for table, step, only in _LEVELS:
        cursor.execute(
            f"""DELETE FROM {table} AS r USING touched AS t
                WHERE r.well = t.well AND r.sensor = t.sensor {only}
                  AND r.ts BETWEEN date_trunc('hour', t.from_ts) AND t.to_ts"""
        )
        cursor.execute(
            f"""INSERT INTO {table}
                SELECT r.well, r.sensor, date_trunc('{step}', r.ts) AS bucket,
                       min(r.value) FILTER (r.quality = 0), max(r.value) FILTER (r.quality = 0),
                       avg(r.value) FILTER (r.quality = 0),
                       count(*) FILTER (r.quality = 0), count(*) FILTER (r.quality <> 0), bit_or(r.quality)
                FROM readings r JOIN touched t ON r.well = t.well AND r.sensor = t.sensor
                WHERE r.ts >= date_trunc('hour', t.from_ts)
                  AND r.ts < date_trunc('hour', t.to_ts) + INTERVAL 1 HOUR {only}
                GROUP BY r.well, r.sensor, bucket ORDER BY r.well, r.sensor, bucket"""
        )
