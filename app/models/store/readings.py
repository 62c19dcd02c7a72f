"""Writing readings: ordered, idempotent, each (well, sensor, time) once; late and corrected data included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from app.core.jobs import Job
from app.models.hours import inner_hours, is_dense
from app.models.readings import Readings
from app.models.store import rollups
from app.models.store.database import Database
from app.models.store.merged_readings import apart

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 122_880


@dataclass(frozen=True)
class Written:
    """Rows new to the store, rows whose value or quality was corrected, rows already there as they are."""

    added: int = 0
    changed: int = 0
    same: int = 0


def in_order(readings: Readings) -> Readings:
    """Sorted by (well, sensor, time), each once: of several the last given stays. A batch in order is
    returned as is.
    """
    series = readings.well.astype(np.uint32) << 8 | readings.sensor
    later = (series[1:] > series[:-1]) | (
        (series[1:] == series[:-1]) & (readings.time_us[1:] > readings.time_us[:-1])
    )
    if later.all():
        return readings
    order = np.lexsort((readings.time_us, series))
    series, time_us = series[order], readings.time_us[order]
    last_of_its_key = np.r_[(series[1:] != series[:-1]) | (time_us[1:] != time_us[:-1]), True]
    keep = order[last_of_its_key]
    return Readings(
        readings.well[keep],
        readings.sensor[keep],
        readings.time_us[keep],
        readings.value[keep],
        readings.quality[keep],
    )


def write(
    database: Database, readings: Readings, *, import_id: str | None = None, job: Job | None = None
) -> Written:
    """One transaction. With `import_id` what it takes to undo is kept. Times before 1970 are the caller's
    bug.
    """
    if len(readings) == 0:
        return Written()
    readings = in_order(readings)
    with database.writing(job) as cursor:
        return write_in(cursor, readings, import_id)


def write_in(cursor: duckdb.DuckDBPyConnection, readings: Readings, import_id: str | None = None) -> Written:
    """The same inside a transaction of the caller's; `readings` must be in_order()."""
    staged = _as_arrow(readings)
    spans = _series_spans(readings)
    cursor.register("staged", staged)
    cursor.register("spans", spans)
    try:
        with apart(cursor, "spans"):
            return _write(cursor, readings, import_id)
    finally:
        cursor.unregister("staged")
        cursor.unregister("spans")
        cursor.execute("DROP TABLE IF EXISTS temp.merged")


def _write(cursor: duckdb.DuckDBPyConnection, readings: Readings, import_id: str | None) -> Written:
    overlapping = cursor.execute(
        "SELECT count(*) FROM spans p JOIN series s USING (well, sensor) WHERE p.from_ts <= s.last_ts "
        "AND p.to_ts >= s.first_ts"
    ).fetchone()
    if overlapping and overlapping[0]:
        written = _merge(cursor)
    else:
        cursor.execute("INSERT INTO readings SELECT * FROM staged")
        written = Written(added=len(readings))
    if import_id is not None:
        _remember(cursor, import_id, merged=bool(overlapping and overlapping[0]))
    if written.added or written.changed:
        _renew_series(cursor, None if overlapping and overlapping[0] else readings)
    return written


def _as_arrow(readings: Readings) -> pa.Table:
    import pyarrow as pa

    whole = pa.table(
        {
            "well": readings.well,
            "sensor": readings.sensor,
            "ts": readings.time_us.view("datetime64[us]"),
            "value": readings.value,
            "quality": readings.quality,
        }
    )
    # In batches of DuckDB's own row groups both cores write; one long batch is written by one, at half the
    # speed.
    return pa.Table.from_batches(whole.to_batches(max_chunksize=ROW_GROUP), whole.schema)


def _series_spans(readings: Readings) -> pa.Table:
    """One row a series of the batch: first and last time, whether its usual step is dense."""
    import pyarrow as pa

    series = readings.well.astype(np.uint32) << 8 | readings.sensor
    starts = np.flatnonzero(np.r_[True, series[1:] != series[:-1]])
    ends = np.r_[starts[1:], len(series)]
    span_us = readings.time_us[ends - 1] - readings.time_us[starts]
    count = ends - starts
    dense = is_dense(count, span_us)
    return pa.table(
        {
            "well": readings.well[starts],
            "sensor": readings.sensor[starts],
            "from_ts": readings.time_us[starts].view("datetime64[us]"),
            "to_ts": readings.time_us[ends - 1].view("datetime64[us]"),
            "dense": dense,
        }
    )


def _merge(cursor: duckdb.DuckDBPyConnection) -> Written:
    """Late, overlapping or corrected rows: compare with what is there, replace what differs, add what is
    new.
    """
    cursor.execute(
        """CREATE TEMP TABLE merged AS
           SELECT s.*, r.value AS old_value, r.quality AS old_quality, r.ts IS NOT NULL AS was_there,
                  coalesce(r.value IS NOT DISTINCT FROM s.value AND r.quality = s.quality, false) AS same
           FROM staged s LEFT JOIN (
               SELECT r.* FROM readings r JOIN spans p ON r.well = p.well AND r.sensor = p.sensor
               WHERE r.ts BETWEEN p.from_ts AND p.to_ts
           ) r ON r.well = s.well AND r.sensor = s.sensor AND r.ts = s.ts"""
    )
    row = cursor.execute(
        """SELECT count(*) FILTER (NOT was_there), count(*) FILTER (was_there AND NOT same),
            count(*) FILTER (same)
           FROM merged"""
    ).fetchone()
    assert row is not None
    written = Written(*row)
    if written.changed:
        cursor.execute(
            """DELETE FROM readings r USING merged m
               WHERE m.was_there AND NOT m.same AND r.well = m.well AND r.sensor = m.sensor AND r.ts = m.ts"""
        )
    if written.added or written.changed:
        cursor.execute(
            """INSERT INTO readings SELECT well, sensor, ts, value, quality FROM merged
               WHERE NOT same ORDER BY well, sensor, ts"""
        )
    return written


def _remember(cursor: duckdb.DuckDBPyConnection, import_id: str, *, merged: bool) -> None:
    source = (
        "SELECT ?, well, sensor, ts, old_value, old_quality FROM merged WHERE NOT same"
        if merged
        else "SELECT ?, well, sensor, ts, NULL, NULL FROM staged"
    )
    cursor.execute(f"INSERT INTO import_rows {source}", [import_id])


def _renew_series(cursor: duckdb.DuckDBPyConnection, apart: Readings | None) -> None:
    """`apart`: the rows, when all of each series lie after, or before, what is stored of it."""
    cursor.execute(
        """CREATE TEMP TABLE renewed AS
           SELECT p.well, p.sensor, p.from_ts, p.to_ts, p.dense OR coalesce(s.dense, false) AS dense,
                  p.dense AND NOT coalesce(s.dense, p.dense) AS turned_dense, s.first_ts AS known_from,
                  s.last_ts AS known_to
           FROM spans p LEFT JOIN series s USING (well, sensor)"""
    )
    try:
        if apart is None or not _roll_up(cursor, apart):
            # A series that turns dense gets its minutes from its beginning.
            cursor.execute(
                """CREATE TEMP TABLE touched AS SELECT well, sensor, dense,
                       CASE WHEN turned_dense THEN least(from_ts, known_from) ELSE from_ts END AS from_ts,
                       CASE WHEN turned_dense THEN greatest(to_ts, known_to) ELSE to_ts END AS to_ts
                       FROM renewed"""
            )
        rollups.renew(cursor)
        cursor.execute(
            """INSERT OR REPLACE INTO series
               SELECT t.well, t.sensor, least(t.from_ts, coalesce(t.known_from, t.from_ts)),
                      greatest(t.to_ts, coalesce(t.known_to, t.to_ts)), h.n, t.dense
               FROM renewed t JOIN (SELECT well, sensor, sum(good + bad) AS n FROM rollup_1h
                                    WHERE (well, sensor) IN (SELECT well, sensor FROM renewed) GROUP BY ALL) h
               USING (well, sensor)"""
        )
    finally:
        cursor.execute("DROP TABLE IF EXISTS temp.renewed")
        cursor.execute("DROP TABLE IF EXISTS temp.touched")


def _roll_up(cursor: duckdb.DuckDBPyConnection, apart: Readings) -> bool:
    """All hours but the first and the last of each series out of the rows in hand; those two, which may hold
    stored rows too, are left in `touched`. False when a series turns dense: then all of it must be read
    again.
    """
    known = cursor.execute("SELECT well, sensor, dense, turned_dense FROM renewed").fetchall()
    if any(turned for *_, turned in known):
        return False
    minutes, hours = inner_hours(apart, {(well, sensor): dense for well, sensor, dense, _ in known})
    for table, buckets in (("rollup_1m", minutes), ("rollup_1h", hours)):
        if len(buckets.well):
            cursor.register("buckets", buckets.table())
            cursor.execute(f"INSERT INTO {table} SELECT * FROM buckets")
            cursor.unregister("buckets")
    cursor.execute(
        """CREATE TEMP TABLE touched AS SELECT well, sensor, dense, from_ts, from_ts AS to_ts FROM renewed
           UNION ALL SELECT well, sensor, dense, to_ts, to_ts FROM renewed
                     WHERE date_trunc('hour', to_ts) > date_trunc('hour', from_ts)"""
    )
    return True


def undo_import(cursor: duckdb.DuckDBPyConnection, import_id: str) -> int:
    """Take an import's readings back: added rows go, replaced rows get their old value. Returns the rows
    touched.
    """
    cursor.execute(
        """CREATE TEMP TABLE touched AS
           SELECT well, sensor, min(ts) AS from_ts, max(ts) AS to_ts, any_value(s.dense) AS dense,
           count(*) AS n
           FROM import_rows i JOIN series s USING (well, sensor) WHERE import_id = ? GROUP BY well, sensor""",
        [import_id],
    )
    try:
        row = cursor.execute("SELECT coalesce(sum(n), 0) FROM touched").fetchone()
        with apart(cursor, "touched"):
            cursor.execute(
                """DELETE FROM readings r USING import_rows i WHERE i.import_id = ?
                   AND r.well = i.well AND r.sensor = i.sensor AND r.ts = i.ts""",
                [import_id],
            )
            cursor.execute(
                """INSERT INTO readings SELECT well, sensor, ts, old_value, old_quality FROM import_rows
                   WHERE import_id = ? AND old_value IS NOT NULL ORDER BY well, sensor, ts""",
                [import_id],
            )
            rollups.renew_after_removal(cursor)
        cursor.execute("DELETE FROM import_rows WHERE import_id = ?", [import_id])
    finally:
        cursor.execute("DROP TABLE IF EXISTS temp.touched")
    return int(row[0]) if row else 0


def later_import_over(cursor: duckdb.DuckDBPyConnection, import_id: str) -> str | None:
    """The name of a later import that wrote over rows of this one: that must be undone first."""
    row = cursor.execute(
        """SELECT o.file_name FROM imports o WHERE NOT o.undone AND o.id > ?
           AND EXISTS (SELECT 1 FROM import_rows a JOIN import_rows b
                       ON a.well = b.well AND a.sensor = b.sensor AND a.ts = b.ts
                       WHERE a.import_id = ? AND b.import_id = o.id) LIMIT 1""",
        [import_id] * 2,
    ).fetchone()
    return row[0] if row else None
