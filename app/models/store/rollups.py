"""Min, max and mean by the minute and the hour, renewed for exactly the hours that a write touched."""

from __future__ import annotations

import duckdb

_HOURS = """r.ts >= date_trunc('hour', t.from_ts) AND r.ts < date_trunc('hour', t.to_ts) + INTERVAL 1 HOUR"""

_OF_READINGS = """min(r.value) FILTER (r.quality = 0), max(r.value) FILTER (r.quality = 0),
                  avg(r.value) FILTER (r.quality = 0),
                  count(*) FILTER (r.quality = 0), count(*) FILTER (r.quality <> 0), bit_or(r.quality)"""

_OF_MINUTES = """min(r.low), max(r.high), sum(r.mean::DOUBLE * r.good) / nullif(sum(r.good), 0),
                 sum(r.good), sum(r.bad), bit_or(r.marks)"""

# (table, step, of which series, out of what). One minute is kept only where readings come faster than that;
# elsewhere it would repeat the readings. Where it is kept the hour is made of it, in a sixtieth of the time.
_LEVELS = (
    ("rollup_1m", "minute", "t.dense", "readings", _OF_READINGS),
    ("rollup_1h", "hour", "t.dense", "rollup_1m", _OF_MINUTES),
    ("rollup_1h", "hour", "NOT t.dense", "readings", _OF_READINGS),
)


def renew(cursor: duckdb.DuckDBPyConnection) -> None:
    """Runs inside the write's transaction, on its temporary table `touched` (well, sensor, from_ts, to_ts,
    dense).
    """
    for table, step, which, source, figures in _LEVELS:
        touched = f"r.well = t.well AND r.sensor = t.sensor AND {which} AND {_HOURS}"
        cursor.execute(f"DELETE FROM {table} AS r USING touched AS t WHERE {touched}")
        cursor.execute(
            f"""INSERT INTO {table}
                SELECT r.well, r.sensor, date_trunc('{step}', r.ts) AS bucket, {figures}
                FROM {source} r JOIN touched t ON {touched}
                GROUP BY r.well, r.sensor, bucket ORDER BY r.well, r.sensor, bucket"""
        )


def renew_after_removal(cursor: duckdb.DuckDBPyConnection) -> None:
    """Roll-ups and spans of `touched` (well, sensor, from_ts, to_ts, dense) anew."""
    renew(cursor)
    cursor.execute("DELETE FROM series WHERE (well, sensor) IN (SELECT well, sensor FROM touched)")
    cursor.execute(
        """INSERT INTO series SELECT r.well, r.sensor, min(r.ts), max(r.ts), count(*), any_value(t.dense)
           FROM readings r JOIN touched t ON r.well = t.well AND r.sensor = t.sensor GROUP BY r.well,
           r.sensor"""
    )
