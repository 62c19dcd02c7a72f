"""Cells summed up outside the store are what SQL would group, whatever way the rows came in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from app.models.readings import Hourly, Quality, Readings
from app.models.store import cells, readings
from app.models.store.database import Database, open_database

MINUTE = 60_000_000
START = 29_000_000 * MINUTE
MINUTELY, IN_SECONDS, ODD = 1, 2, 3


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A sensor by the minute written from its end to its beginning, one in seconds, one without any order."""
    rng = np.random.default_rng(4)
    database = open_database(tmp_path_factory.mktemp("cells") / "cache.duckdb", "ab" * 32)
    minutes, seconds = START + np.arange(3_000) * MINUTE, START + np.arange(7_000) * 1_000_000
    quality = np.where(rng.random(3_000) < 0.1, Quality.SPIKE, 0).astype(np.uint8)
    quality[1000:1030] = Quality.FROZEN  # a cell with nothing good in it
    value = rng.normal(50, 5, 3_000)
    for part in (slice(2_000, 3_000), slice(500, 2_000), slice(0, 500)):
        readings.write(database, Readings.of_one(7, MINUTELY, minutes[part], value[part], quality[part]))
    of_seconds = rng.normal(5e6, 1e5, 7_000)
    bad = np.where(np.arange(7_000) % 90 < 70, 0, Quality.RANGE).astype(np.uint8)
    readings.write(database, Readings.of_one(7, IN_SECONDS, seconds, of_seconds, bad))
    for first in (1, 0):  # every second minute later than its neighbours
        readings.write(database, Readings.of_one(7, ODD, minutes[first::2], value[first::2]))
    readings.write(database, Readings.of_one(8, MINUTELY, minutes, value))
    yield database
    database.close()


def _by_sql(database: Database, first: int, last: int, step: int) -> dict[int, Hourly]:
    with database.reading() as cursor:
        got = cursor.execute(
            """SELECT sensor, (epoch_us(ts) // $step) * $step AS t, min(value) FILTER (quality = 0),
                   max(value) FILTER (quality = 0), avg(value::DOUBLE) FILTER (quality = 0),
                   count(*) FILTER (quality = 0), count(*) FILTER (quality <> 0), bit_or(quality)
               FROM readings WHERE well = 7 AND ts BETWEEN make_timestamp($first) AND make_timestamp($last)
               GROUP BY sensor, t ORDER BY sensor, t""",
            {"first": first, "last": last, "step": step},
        ).fetchall()
    columns = {
        sensor: zip(*(row[1:] for row in got if row[0] == sensor), strict=True)
        for sensor in {row[0] for row in got}
    }
    return {sensor: Hourly(*(np.array(one, float) for one in of_it)) for sensor, of_it in columns.items()}


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        (START, START + 3_000 * MINUTE, 10 * MINUTE),
        (START + 15 * MINUTE, START + 100 * MINUTE - 1, MINUTE),
        (START + 7_000_000, START + 7_000_000 + 90 * MINUTE, 90_000_000),
    ],
    ids=["ten minutes", "a part by the minute", "steps that are no minutes"],
)
def test_cells_are_what_sql_would_group(db: Database, first: int, last: int, step: int) -> None:
    ours, theirs = cells.cells(db, 7, first, last, step), _by_sql(db, first, last, step)
    assert list(ours) == sorted(theirs) == [MINUTELY, IN_SECONDS, ODD]
    for sensor, expected in theirs.items():
        for name in Hourly.__dataclass_fields__:
            got, wanted = getattr(ours[sensor], name).astype(float), getattr(expected, name)
            assert got == pytest.approx(wanted, rel=1e-6, nan_ok=True), (sensor, name)


def test_a_cell_with_nothing_good_says_so(db: Database) -> None:
    cell = cells.cells(db, 7, START + 1_000 * MINUTE, START + 1_029 * MINUTE, 10 * MINUTE)[MINUTELY]
    assert np.isnan(cell.mean).all()
    assert cell.good.tolist() == [0, 0, 0]
    assert cell.bad.tolist() == [10, 10, 10]
    assert cell.marks.tolist() == [int(Quality.FROZEN)] * 3


def test_a_window_without_readings_has_no_cells(db: Database) -> None:
    assert cells.cells(db, 7, 0, MINUTE, MINUTE) == {}
    assert cells.cells(db, 9, START, START + MINUTE, MINUTE) == {}
