"""All sensors of a well in equal cells, as a diagnosis looks at them.

The rows are fetched and summed up here: grouping two million rows in SQL takes three times the work. Of a
dense series the minutes are fetched instead, so that a month of seconds is no more than a month of minutes.
"""

from __future__ import annotations

import duckdb
import numpy as np

from app.core.jobs import Job
from app.models.hours import MINUTE_US, Buckets, of_minutes, of_rows
from app.models.readings import Hourly, Readings
from app.models.store.database import Database

_WINDOW = "well = ? AND ts BETWEEN make_timestamp(?) AND make_timestamp(?)"
_READINGS = f"SELECT sensor AS s, ts AS t, value AS v, quality AS q FROM readings WHERE {_WINDOW}"
_MINUTES = f"""SELECT sensor AS s, ts AS t, low, high, mean, good::BIGINT AS good, bad::BIGINT AS bad, marks
               FROM rollup_1m WHERE {_WINDOW}"""
Columns = dict[str, np.ndarray]


def cells(
    database: Database,
    well: int,
    from_us: int,
    to_us: int,
    step_us: int,
    job: Job | None = None,
    sensors: tuple[int, ...] = (),
) -> dict[int, Hourly]:
    """By sensor, in cells of `step_us` [µs], counted from 1970; a cell without a reading is left out. All
    sensors unless some are named.
    """
    window = (well, from_us, to_us)
    by_minutes = step_us % MINUTE_US == 0 and from_us % MINUTE_US == 0
    found: dict[int, Hourly] = {}
    with database.reading(job) as cursor:
        dense = _dense(cursor, well) if by_minutes else []
        apart = f" AND sensor {{}} ({', '.join(map(str, dense))})" if dense else ""
        named = f" AND sensor IN ({', '.join(map(str, sensors))})" if sensors else ""
        rows = _fetched(cursor, _READINGS + apart.format("NOT IN") + named, window)
        minutes = _fetched(cursor, _MINUTES + apart.format("IN") + named, window) if dense else {}
    for sensor, part in _by_sensor(rows):
        readings = Readings.of_one(well, sensor, part["t"], part["v"], part["q"])
        found[sensor] = _hourly(of_rows(readings, step_us))
    for sensor, part in _by_sensor(minutes):
        found[sensor] = _hourly(of_minutes(_buckets(well, sensor, part), step_us))
    return dict(sorted(found.items()))


def _dense(cursor: duckdb.DuckDBPyConnection, well: int) -> list[int]:
    rows = cursor.execute("SELECT sensor FROM series WHERE well = ? AND dense", [well]).fetchall()
    return [sensor for (sensor,) in rows]


def _fetched(cursor: duckdb.DuckDBPyConnection, query: str, window: tuple[int, int, int]) -> Columns:
    """By way of Arrow: half the work of DuckDB's own way to NumPy. What is NULL is NaN."""
    table = cursor.execute(query, list(window)).to_arrow_table()
    columns = {name: table.column(name).to_numpy() for name in table.column_names}
    return columns | {"t": columns["t"].view(np.int64)}


def _by_sensor(rows: Columns) -> list[tuple[int, Columns]]:
    """The rows of each sensor in the order of time; they come as they were written, mostly in order."""
    if not rows or not len(rows["s"]):
        return []
    sensor = rows["s"]
    edges = np.flatnonzero(np.r_[True, sensor[1:] != sensor[:-1], True])
    pieces: dict[int, list[slice]] = {}
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        pieces.setdefault(int(sensor[first]), []).append(slice(first, last))
    return [(one, _in_order(rows, parts)) for one, parts in pieces.items()]


def _in_order(rows: Columns, parts: list[slice]) -> Columns:
    parts = sorted(parts, key=lambda part: int(rows["t"][part.start]))
    mine = {
        name: np.concatenate([column[part] for part in parts]) for name, column in rows.items() if name != "s"
    }
    time_us = mine["t"]
    if (time_us[1:] >= time_us[:-1]).all():
        return mine
    order = np.argsort(time_us, kind="stable")
    return {name: column[order] for name, column in mine.items()}


def _buckets(well: int, sensor: int, part: Columns) -> Buckets:
    n = len(part["t"])
    return Buckets(
        np.full(n, well, np.uint16),
        np.full(n, sensor, np.uint8),
        part["t"],
        *(part[name] for name in ("low", "high", "mean", "good", "bad", "marks")),
    )


def _hourly(made: Buckets) -> Hourly:
    there = made.good > 0
    low, high, mean = (
        np.where(there, values, np.nan).astype(np.float64) for values in (made.low, made.high, made.mean)
    )
    return Hourly(made.start_us, low, high, mean, made.good, made.bad, made.marks)
