"""Reading a window of a sensor: about two points a pixel column, from the coarsest table that is fine
enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from app.core.jobs import Job
from app.models.readings import Hourly, Trend
from app.models.sensors import BY_NUMBER
from app.models.store import merged
from app.models.store.database import Database

HOUR_US, DAY_US = 3_600_000_000, 86_400_000_000
MINUTE_US = 60_000_000
STEPS_NO_GAP = 2.5
"""One reading that did not come is no gap."""
LEAST_STEPS = 4
"""Of fewer nobody says how often a series is read."""
Line = tuple[np.ndarray, np.ndarray]
"""Times [µs] and values [SI]."""


@dataclass(frozen=True)
class Series:
    """What the store holds of one sensor of one well."""

    well: int
    sensor: int
    first_us: int
    last_us: int
    n: int
    dense: bool

    @property
    def step_s(self) -> float:
        """How far apart its readings come, on the mean [s]."""
        return (self.last_us - self.first_us) / max(self.n - 1, 1) / 1e6


@dataclass(frozen=True)
class Window:
    """What is asked for, and how much time a column of pixels has."""

    well: int
    from_us: int
    to_us: int
    column_us: int


_SERIES = "SELECT well, sensor, epoch_us(first_ts), epoch_us(last_ts), n, dense FROM series"


def series_of(database: Database, well: int) -> list[Series]:
    with database.reading() as cursor:
        rows = cursor.execute(f"{_SERIES} WHERE well = ? ORDER BY sensor", [well]).fetchall()
    return [Series(*row) for row in rows]


def series_of_all(database: Database) -> dict[int, list[Series]]:
    """By well, of every well in one query."""
    with database.reading() as cursor:
        rows = cursor.execute(f"{_SERIES} ORDER BY ALL").fetchall()
    found: dict[int, list[Series]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Series(*row))
    return found


def trend(
    database: Database,
    well: int,
    sensor: int,
    from_us: int,
    to_us: int,
    columns: int,
    job: Job | None = None,
) -> Trend:
    """One of `of_sensors`; empty where there is nothing of it."""
    return of_sensors(database, well, [sensor], from_us, to_us, columns, job)[sensor]


def of_sensors(
    database: Database,
    well: int,
    sensors: list[int],
    from_us: int,
    to_us: int,
    columns: int,
    job: Job | None = None,
) -> dict[int, Trend]:
    """Of [from_us, to_us], each sensor: every reading when there are few, else the lowest and highest of each
    of `columns`. However many sensors, a table is asked once.
    """
    result = {sensor: _empty() for sensor in sensors}
    if to_us <= from_us or not sensors:
        return result
    window = Window(well, from_us, to_us, max(1, (to_us - from_us) // max(columns, 1)))
    with database.reading(job) as cursor:
        rows = cursor.execute(
            f"{_SERIES} WHERE well = ? AND sensor IN (SELECT unnest(?))", [well, sensors]
        ).fetchall()
        known = [Series(*row) for row in rows]
        sources: dict[str, list[int]] = {}
        for one in known:
            in_view = one.n * min(1.0, (to_us - from_us) / max(one.last_us - one.first_us, 1))
            source = "" if in_view <= 4 * columns else _source(window.column_us, dense=one.dense)
            sources.setdefault(source, []).append(one.sensor)
        bad = _bad(cursor, window, [one.sensor for one in known])
        seldom = [one.sensor for one in known if 2 * one.step_s > BY_NUMBER[one.sensor].gap_s]
        steps_us = _usual_steps_us(cursor, window, seldom)
        for source, asked in sources.items():
            found = _columns(cursor, source, window, asked) if source else _raw(cursor, window, asked)
            for sensor in asked:
                usual_us = STEPS_NO_GAP * steps_us.get(sensor, 0.0)
                gap_us = int(max(BY_NUMBER[sensor].gap_s * 1e6, usual_us))
                if source:
                    gap_us = max(gap_us, 2 * window.column_us, 2 * HOUR_US if source == "rollup_1h" else 0)
                time_us, value = break_at_gaps(*found[sensor], gap_us)
                result[sensor] = Trend(time_us, value, *bad[sensor], raw=not source, gap_us=gap_us)
    return result


def _usual_steps_us(
    cursor: duckdb.DuckDBPyConnection, window: Window, sensors: list[int]
) -> dict[int, float]:
    """The middle one of the steps about the window [µs]. A series that is written by the hour has no gap
    after each of its readings. Of more than a few days, so that it is not another of a narrow window.
    """
    if not sensors:
        return {}
    places = merged.places(sensors)
    rows = cursor.execute(
        f"""SELECT sensor, median(step)::DOUBLE FROM (
               SELECT sensor, epoch_us(ts) - lag(epoch_us(ts)) OVER (PARTITION BY sensor ORDER BY ts) AS step
               FROM readings WHERE well = ? AND sensor IN ({places})
               AND ts BETWEEN make_timestamp(?) AND make_timestamp(?) AND quality = 0)
           GROUP BY sensor HAVING count(step) >= ?""",
        [window.well, *sensors, window.from_us - 2 * DAY_US, window.to_us + 2 * DAY_US, LEAST_STEPS],
    ).fetchall()
    return dict(rows)


def _empty() -> Trend:
    none_t, none_v = np.empty(0, np.int64), np.empty(0)
    return Trend(none_t, none_v, none_t, none_v, raw=True)


def _source(column_us: int, *, dense: bool) -> str:
    if column_us >= HOUR_US:
        return "rollup_1h"
    return "rollup_1m" if dense and column_us >= MINUTE_US else "readings"


def _raw(cursor: duckdb.DuckDBPyConnection, window: Window, sensors: list[int]) -> dict[int, Line]:
    places = merged.places(sensors)
    got = cursor.execute(
        f"""SELECT sensor, epoch_us(ts) AS t, value::DOUBLE AS v FROM readings
           WHERE well = ? AND sensor IN ({places})
           AND ts BETWEEN make_timestamp(?) AND make_timestamp(?) AND quality = 0
           ORDER BY sensor, ts""",
        [window.well, *sensors, window.from_us, window.to_us],
    ).fetchnumpy()
    return {one: (got["t"][of_it], got["v"][of_it]) for one, of_it in _parts(got["sensor"], sensors)}


def _columns(
    cursor: duckdb.DuckDBPyConnection, table: str, window: Window, sensors: list[int]
) -> dict[int, Line]:
    low, high, good = (
        ("value", "value", "quality = 0") if table == "readings" else ("low", "high", "good > 0")
    )
    places = merged.places(sensors)
    got = cursor.execute(
        f"""SELECT sensor, (epoch_us(ts) - ?) // ? AS c,
                min({low})::DOUBLE AS low, max({high})::DOUBLE AS high
            FROM {table} WHERE well = ? AND sensor IN ({places})
            AND ts BETWEEN make_timestamp(?) AND make_timestamp(?) AND {good}
            GROUP BY sensor, c ORDER BY sensor, c""",
        [window.from_us, window.column_us, window.well, *sensors, window.from_us, window.to_us],
    ).fetchnumpy()
    # Both at one moment: a vertical stroke. Steps of half a pixel would be dropped by Qt's fast line drawing.
    time_us = np.repeat(window.from_us + got["c"].astype(np.int64) * window.column_us, 2)
    value = np.stack([got["low"], got["high"]], axis=1).reshape(-1)
    return {
        one: (time_us[2 * of_it.start : 2 * of_it.stop], value[2 * of_it.start : 2 * of_it.stop])
        for one, of_it in _parts(got["sensor"], sensors)
    }


def _bad(cursor: duckdb.DuckDBPyConnection, window: Window, sensors: list[int]) -> dict[int, Line]:
    result = dict.fromkeys(sensors, (np.empty(0, np.int64), np.empty(0)))
    if not sensors:
        return result
    places = merged.places(sensors)
    marked = cursor.execute(
        f"""SELECT sensor FROM rollup_1h WHERE well = ? AND sensor IN ({places})
           AND ts BETWEEN date_trunc('hour', make_timestamp(?)) AND make_timestamp(?)
           GROUP BY sensor HAVING sum(bad) > 0""",
        [window.well, *sensors, window.from_us, window.to_us],
    ).fetchall()
    asked = [sensor for (sensor,) in marked]
    if not asked:
        return result
    places = merged.places(asked)
    got = cursor.execute(
        f"""SELECT sensor, min(epoch_us(ts)) AS t, arg_min(value, ts)::DOUBLE AS v FROM readings
           WHERE well = ? AND sensor IN ({places})
           AND ts BETWEEN make_timestamp(?) AND make_timestamp(?) AND quality <> 0
           GROUP BY sensor, (epoch_us(ts) - ?) // ? ORDER BY sensor, t""",
        [window.well, *asked, window.from_us, window.to_us, window.from_us, 4 * window.column_us],
    ).fetchnumpy()
    return result | {one: (got["t"][of_it], got["v"][of_it]) for one, of_it in _parts(got["sensor"], asked)}


def _parts(column: np.ndarray, sensors: list[int]) -> list[tuple[int, slice]]:
    """Where the rows of each sensor stand; `column` is in order."""
    begins, ends = np.searchsorted(column, sensors), np.searchsorted(column, sensors, side="right")
    return [(one, slice(*edges)) for one, *edges in zip(sensors, begins.tolist(), ends.tolist(), strict=True)]


def break_at_gaps(time_us: np.ndarray, value: np.ndarray, gap_us: int) -> tuple[np.ndarray, np.ndarray]:
    """A NaN between samples further apart than `gap_us`, so that the line stops there."""
    breaks = np.flatnonzero(np.diff(time_us) > gap_us) + 1
    if len(breaks) == 0:
        return time_us, value
    return np.insert(time_us, breaks, time_us[breaks - 1] + 1), np.insert(value, breaks, np.nan)


def hourly(
    database: Database, well: int, sensors: list[int], from_us: int, to_us: int, job: Job | None = None
) -> dict[int, Hourly]:
    """The hours of several sensors at once; a sensor without any is left out."""
    if not sensors:
        return {}
    places = merged.places(sensors)
    with database.reading(job) as cursor:
        got = cursor.execute(
            f"""SELECT sensor, epoch_us(ts) AS t, low::DOUBLE AS low, high::DOUBLE AS high,
                mean::DOUBLE AS mean,
                       good::BIGINT AS good, bad::BIGINT AS bad, marks
                FROM rollup_1h WHERE well = ? AND sensor IN ({places})
                AND ts BETWEEN make_timestamp(?) AND make_timestamp(?) ORDER BY sensor, ts""",
            [well, *sensors, from_us, to_us],
        ).fetchnumpy()
    low, high, mean = (np.ma.filled(np.ma.asarray(got[name]), np.nan) for name in ("low", "high", "mean"))
    result = {}
    for sensor in np.unique(got["sensor"]):
        of_it = got["sensor"] == sensor
        result[int(sensor)] = Hourly(
            got["t"][of_it],
            low[of_it],
            high[of_it],
            mean[of_it],
            got["good"][of_it],
            got["bad"][of_it],
            got["marks"][of_it],
        )
    return result


def daily(
    database: Database, wells: Sequence[int], sensors: Sequence[int], days: int, ahead_us: int = 0
) -> dict[tuple[int, int], np.ndarray]:
    """(well, sensor) → daily means of the last `days` days of the well, (days,) each, NaN where there are
    none: a well that is read today leaves the month of another as it is. A day begins `ahead_us` before that
    of UTC.
    """
    if not wells:
        return {}
    places = merged.places(sensors)
    with database.reading() as cursor:
        got = cursor.execute(
            f"""WITH ends AS (
                    SELECT well, (epoch_us(max(last_ts)) + ?) // {DAY_US} - ? AS first_day FROM series
                    WHERE list_contains(?, well) GROUP BY well)
                SELECT well, sensor, (epoch_us(ts) + ?) // {DAY_US} - first_day AS day,
                    avg(mean)::DOUBLE AS mean
                FROM rollup_1h JOIN ends USING (well)
                WHERE sensor IN ({places}) AND good > 0
                    AND ts >= make_timestamp(first_day * {DAY_US} - ?)
                GROUP BY ALL""",
            [ahead_us, days - 1, list(wells), ahead_us, *sensors, ahead_us],
        ).fetchnumpy()
    series, row = np.unique(
        got["well"].astype(np.int64) << 8 | got["sensor"].astype(np.int64), return_inverse=True
    )
    means = np.full((len(series), days), np.nan)
    means[row, got["day"]] = got["mean"]
    return {(one >> 8, one & 0xFF): mean for one, mean in zip(series.tolist(), means, strict=True)}


def last_days(database: Database, sensor: int, days: int, ahead_us: int = 0) -> dict[int, float]:
    """Well → the newest of its daily means, as `daily` has them, of every well: where the last day of the
    sensor has good readings, no other is read.
    """
    with database.reading() as cursor:
        rows = cursor.execute(
            f"""WITH ends AS (SELECT well, (epoch_us(max(last_ts)) + $1) // {DAY_US} AS day FROM series
                    GROUP BY well),
                of_sensor AS (SELECT well, (epoch_us(last_ts) + $1) // {DAY_US} AS last_day FROM series
                    JOIN ends USING (well) WHERE sensor = $2 AND last_day > day - $3)
                SELECT s.well, avg(mean)::DOUBLE FROM of_sensor s LEFT JOIN rollup_1h r
                    ON r.well = s.well AND sensor = $2 AND good > 0
                    AND ts >= make_timestamp(last_day * {DAY_US} - $1)
                GROUP BY s.well""",
            [ahead_us, sensor, days],
        ).fetchall()
    found = {well: mean for well, mean in rows if mean is not None}
    silent = [well for well, mean in rows if mean is None]
    for (well, _), means in daily(database, silent, [sensor], days, ahead_us).items():
        found[well] = float(means[np.isfinite(means)][-1])
    return found


def samples(
    database: Database, well: int, sensor: int, from_us: int, to_us: int, job: Job | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every reading of a window with its quality, for export and for quality checks: time [µs], value [SI],
    quality.
    """
    with database.reading(job) as cursor:
        got = cursor.execute(
            """SELECT epoch_us(ts) AS t, value AS v, quality AS q FROM readings
               WHERE well = ? AND sensor = ? AND ts BETWEEN make_timestamp(?) AND make_timestamp(?)
               ORDER BY ts""",
            [well, sensor, from_us, to_us],
        ).fetchnumpy()
    return got["t"], got["v"], got["q"]


def last_values(database: Database, well: int) -> dict[int, tuple[int, float]]:
    """Sensor number → time [µs] and value [SI] of its newest good reading."""
    with database.reading() as cursor:
        rows = cursor.execute(
            """SELECT r.sensor, epoch_us(max(r.ts)), arg_max(r.value, r.ts)
               FROM readings r JOIN series s ON r.well = s.well AND r.sensor = s.sensor
               WHERE r.well = ? AND r.ts > s.last_ts - INTERVAL 1 DAY AND r.quality = 0 GROUP BY r.sensor""",
            [well],
        ).fetchall()
    return {sensor: (time_us, value) for sensor, time_us, value in rows}


def span(database: Database, well: int) -> tuple[int, int] | None:
    """First and last reading of a well [µs]."""
    with database.reading() as cursor:
        row = cursor.execute(
            "SELECT epoch_us(min(first_ts)), epoch_us(max(last_ts)) FROM series WHERE well = ?", [well]
        ).fetchone()
    return None if row is None or row[0] is None else (row[0], row[1])
