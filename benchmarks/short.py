"""`make bench-short`: a few ratios to floors of the same run, in well under three minutes. Exit 1 when one
takes a third more than it did (docs/benchmarks/short.json); `--keep` adds the run to that history.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import count
from pathlib import Path

import numpy as np
import pyarrow as pa

from app.core.clock import to_us
from app.core.texts import Speaker
from app.models.readings import Readings
from app.models.store import readings as reading_store
from app.models.store import trends
from app.models.store.database import open_database
from app.models.wells import ESP, Well, WellId, WellStatus
from app.services.wells.listing import Listing
from app.views.rows import Column, RowsModel
from app.views.well_list import Arrangement, listed
from benchmarks import ratios
from benchmarks.big_field import NOW, ROOT
from benchmarks.ratios import Ratio, Run

HISTORY = ROOT / "docs" / "benchmarks" / "short.json"
KEY = "5e" * 32
HOURS, WELLS, PENS = 200, 2_000, tuple(range(1, 9))


def short_series() -> Readings:
    """Three series of 200 hours of each well: what a field's export is like."""
    hours = to_us(NOW) + np.arange(HOURS, dtype=np.int64) * 3_600_000_000
    sensor = np.tile(np.repeat(np.array([1, 11, 20], np.uint8), HOURS), WELLS)
    well = np.repeat(np.arange(1, WELLS + 1, dtype=np.uint16), 3 * HOURS)
    value = np.random.default_rng(1).normal(5e6, 1e5, len(well)).astype(np.float32)
    return Readings(well, sensor, np.tile(hours, 3 * WELLS), value, np.zeros(len(well), np.uint8))


def of_writing(folder: Path) -> Ratio:
    """Short series, with roll-ups, against the same rows put bare into a store of the same kind."""
    rows, stores = short_series(), count()
    columns = (rows.well, rows.sensor, rows.time_us.view("datetime64[us]"), rows.value, rows.quality)
    table = pa.table(columns, names=["well", "sensor", "ts", "value", "quality"])

    def ours() -> None:
        database = open_database(folder / f"{next(stores)}.duckdb", KEY)
        reading_store.write(database, rows)
        database.close()

    def floor() -> None:
        database = open_database(folder / f"{next(stores)}.duckdb", KEY)
        with database.writing() as cursor:
            cursor.register("staged", table)
            cursor.execute("INSERT INTO readings FROM staged ORDER BY well, sensor, ts")
            cursor.unregister("staged")
        database.close()

    return ratios.measured(ours, floor)


def of_pens(folder: Path) -> Ratio:
    """A month of eight pens by the minute, against one bare statement over the same rows."""
    minutes = to_us(NOW) + np.arange(43_200, dtype=np.int64) * 60_000_000
    database = open_database(folder / "pens.duckdb", KEY)
    for sensor in PENS:
        reading_store.write(database, Readings.of_one(1, sensor, minutes, np.sin(minutes / 1e10 + sensor)))
    first, last = int(minutes[0]), int(minutes[-1])

    def ours() -> None:
        for _ in range(10):
            trends.of_sensors(database, 1, list(PENS), first, last, 800)

    def floor() -> None:
        for _ in range(10):
            with database.reading() as cursor:
                cursor.execute(
                    "SELECT sensor, epoch_us(ts) // 3600000000 AS c, min(value), max(value) FROM readings "
                    "WHERE well = 1 GROUP BY ALL ORDER BY ALL"
                ).fetchnumpy()

    found = ratios.measured(ours, floor)
    database.close()
    return found


def of_a_table() -> Ratio:
    """20,000 rows sorted by a column, against a list of their keys sorted."""
    rows = np.random.default_rng(1).permutation(20_000).tolist()
    model = RowsModel(None, [Column("", str, float)], None)  # type: ignore[arg-type]
    model.reset(rows)
    return ratios.measured(
        lambda: [model.sort(0) for _ in range(5)], lambda: [sorted(map(float, rows)) for _ in range(5)]
    )


def of_the_tree() -> Ratio:
    """A letter in the search over 5,000 wells, against titles found in one list and sorted."""
    wells = [Well(WellId(n), str(n), f"F{n % 5}", str(n % 250), ESP) for n in range(5_000)]
    shown = listed([WellStatus(well, "ok", 0, None, ()) for well in wells], [], Listing(), Speaker("en"), {})
    arrangement = Arrangement(typed="1")
    return ratios.measured(
        lambda: [arrangement.groups(shown, str) for _ in range(40)],
        lambda: [sorted(one.title for one in shown if "1" in one.names) for _ in range(40)],
    )


def run() -> Run:
    with tempfile.TemporaryDirectory() as name:
        return {
            "short series written": of_writing(Path(name)),
            "a window of eight pens": of_pens(Path(name)),
            "a table sorted": of_a_table(),
            "a letter in the search": of_the_tree(),
        }


def told(now: Run, history: Path, *, keep: bool) -> int:
    before = ratios.history(history)
    for name, ratio in now.items():
        print(
            f"{name}: {ratio.cpu:.2f} × the floor's CPU ({ratio.low:.2f}–{ratio.high:.2f}), "
            f"{ratio.wall:.2f} × by the wall"
        )
    for name in ratios.worse(now, before):
        print(f"worse than ever, by more than the spread: {name}")
    fallen = ratios.fallen(now, before)
    for name in fallen:
        print(f"refused, more than {ratios.FALL} × what it took: {name}")
    if keep and not fallen:
        ratios.keep(history, now)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(told(run(), HISTORY, keep="--keep" in sys.argv))
