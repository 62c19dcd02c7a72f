"""What a site's Spark makes of readings is what a laptop makes of them, to the last digit. `make batch-test`
gives the environment with Spark; without one its functions alone are tried.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from app.analysis.forecast.features import NAMES, features_of
from app.core.notices import NoticeBus
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.store import readings as reading_store
from app.models.store import records
from app.models.wells import ESP, Well, WellId
from app.services.diagnosis import diagnose
from app.services.opening import open_workspace
from app.services.workspace import Workspace
from central.batch import made
from central.batch.jobs import JOBS, PIECES, cleaned, spelt
from central.cleaning.cleaning import clean
from tests.profiles import empty_profile

ROOT = Path(__file__).resolve().parents[2]
SPARK = os.environ.get("WELLSIDE_SPARK", "")
BEGAN_US = 1_769_500_000_000_000
WELLS = (1, 2)


def _readings() -> pa.Table:
    """Two wells of ten days, one of them with a sensor of every four seconds; in nobody's order."""
    random, parts = np.random.default_rng(7), []
    for well in WELLS:
        for code, level, step_s in (
            ("motor_current", 31.7, 60 + well),
            ("frequency", 50.0, 300),
            ("intake_pressure", 7.1e6, 4 if well == 2 else 90),
            ("motor_temperature", 371.3, 600),
            ("insulation_resistance", 3e8, 3_600),
        ):
            n = int(10 * 86_400 / step_s) if step_s > 4 else 12_345
            value = (level * (1 + 0.01 * random.normal(0, 1, n).cumsum() / np.sqrt(n))).astype(np.float32)
            if code == "motor_current":
                value[n // 3 : n // 3 + 40] = 0.0
            parts.append(
                pa.table(
                    {
                        "well_id": pa.array(np.full(n, well), pa.int64()),
                        "sensor_type": pa.array(np.full(n, SENSORS[code].number), pa.int16()),
                        "timestamp": pa.array(
                            BEGAN_US + np.arange(n) * step_s * 1_000_000 + well, pa.timestamp("us", "UTC")
                        ),
                        "value": value,
                        "quality": pa.array((random.random(n) < 0.02) * 8, pa.int16()),
                    }
                )
            )
    table = pa.concat_tables(parts)
    return table.take(pa.array(random.permutation(len(table))))


TABLE = _readings()


def alone(job: str, table: pa.Table) -> pa.Table:
    """What the job makes, without Spark."""
    keys = ["well_id", "sensor_type"]
    us = table.append_column("us", table.column("timestamp").cast(pa.int64()))
    counted = us.group_by(keys).aggregate([("us", "count"), ("us", "min"), ("us", "max")])
    planned = us.join(made.plan(counted.rename_columns(made.SPANS.names).cast(made.SPANS)), keys)
    months = planned.append_column("month", pc.strftime(planned.column("timestamp"), "%Y-%m"))
    function, schema = PIECES[job]
    parts = [schema.empty_table()]
    for one in months.group_by([*keys, "month"]).aggregate([]).to_pylist():
        mine = [pc.equal(months.column(name), value) for name, value in one.items()]
        parts.append(function(months.filter(pc.and_(mine[0], pc.and_(mine[1], mine[2])))))
    done = pa.concat_tables(parts)
    if job != "features":
        return done
    wells = pc.unique(done.column("well_id")).to_pylist()
    return pa.concat_tables(
        [made.FEATURES.empty_table(), *(made.features(of_well(done, well)) for well in sorted(wells))]
    )


def of_well(table: pa.Table, well: int) -> pa.Table:
    return table.filter(pc.equal(table.column("well_id"), well))


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = open_workspace(empty_profile(tmp_path_factory.mktemp("laptop")), NoticeBus())
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(n), str(n), "Северное", "1", ESP) for n in WELLS])
    for well in WELLS:
        mine = of_well(TABLE, well).sort_by([("sensor_type", "ascending"), ("timestamp", "ascending")])
        columns = [mine.column(name).to_numpy() for name in ("sensor_type", "value", "quality")]
        sensor, value, quality = columns
        rows = Readings(
            np.full(len(mine), well, np.uint16),
            sensor.astype(np.uint8),
            mine.column("timestamp").cast(pa.int64()).to_numpy(),
            value,
            quality.astype(np.uint8),
        )
        reading_store.write(workspace.store, rows)
    yield workspace
    workspace.close()


def kept(laptop: Workspace, table: str, well: int) -> list[tuple[object, ...]]:
    with laptop.store.reading() as cursor:
        return cursor.execute(
            f"SELECT sensor, epoch_us(ts), low, high, mean, good, bad, marks FROM {table} WHERE well = ? "
            "ORDER BY sensor, ts",
            [well],
        ).fetchall()


def rows(table: pa.Table) -> list[tuple[object, ...]]:
    numbered = table.set_column(2, "at", table.column("at").cast(pa.int64()))
    ordered = numbered.sort_by([("sensor_type", "ascending"), ("at", "ascending")])
    return [tuple(row.values())[1:] for row in ordered.to_pylist()]


@pytest.mark.parametrize("well", WELLS)
def test_hours_are_those_of_the_laptops_store(laptop: Workspace, well: int) -> None:
    there = kept(laptop, "rollup_1h", well)
    assert len(there) > 900
    assert rows(alone("hours", of_well(TABLE, well))) == there


def test_minutes_of_a_series_of_seconds_are_those_of_the_laptops_store(laptop: Workspace) -> None:
    there = kept(laptop, "rollup_1m", 2)
    pressures = SENSORS["intake_pressure"].number
    assert {row[0] for row in there} == {pressures}
    assert [row for row in rows(alone("minutes", of_well(TABLE, 2))) if row[0] == pressures] == there


@pytest.mark.parametrize("well", WELLS)
def test_features_are_those_that_a_laptop_asks_the_failure_model_with(laptop: Workspace, well: int) -> None:
    (known,) = (one for one in records.wells(laptop.store) if one.id == well)
    case = diagnose.esp_case_of(laptop, known)
    assert case is not None
    asked = features_of(case, np.nan)
    (told,) = alone("features", of_well(TABLE, well)).to_pylist()
    assert [told[name] for name in NAMES] == asked.values.tolist()
    assert [told[f"{name}_known"] for name in NAMES] == asked.known.tolist()
    assert sum(asked.known) >= 4
    assert diagnose.WINDOW.total_seconds() * 1e6 == made.WINDOW_US


def test_a_well_of_which_nothing_is_told_has_no_row() -> None:
    nothing = TABLE.slice(0, 0)
    pressures = pc.equal(TABLE.column("sensor_type"), SENSORS["intake_pressure"].number)
    assert [len(alone(job, nothing)) for job in PIECES] == [0, 0, 0]
    assert len(alone("features", TABLE.filter(pressures))) == 0


def test_cleaning_by_spark_is_the_centres() -> None:
    some = TABLE.filter(pc.greater(TABLE.column("sensor_type"), 1))
    twice = pa.concat_tables([some, some.slice(0, 50)])
    frame = twice.to_pandas()
    frame["timestamp"] = frame["timestamp"].dt.tz_localize(None)
    by_spark = cleaned(frame)
    by_centre, report = clean(twice)
    assert len(by_spark) == len(some)
    assert report[2].left == 50
    assert by_spark["value"].tolist() == by_centre.column("value").to_pylist()
    assert by_spark["quality"].tolist() == by_centre.column("quality").to_pylist()


def test_what_is_made_is_spelt_as_spark_spells_it() -> None:
    assert spelt(made.ROLLED) == (
        "well_id long, sensor_type short, at timestamp, low float, high float, mean float, good long, "
        "bad long, marks short"
    )
    assert "load double, age_days_known boolean" in spelt(made.FEATURES)


@pytest.mark.slow
@pytest.mark.skipif(not SPARK, reason="make batch-test makes Spark's environment")
@pytest.mark.skipif(not shutil.which("java"), reason="Spark needs a Java")
@pytest.mark.parametrize("job", JOBS)
def test_spark_itself_makes_the_same(job: str, tmp_path: Path) -> None:
    for number in range(3):  # a well's rows lie in several files
        pq.write_table(TABLE.slice(number * 40_000, 40_000), tmp_path / f"{number}.parquet")
    assert len(TABLE) < 120_000
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    order = [SPARK, "-m", "central.batch", job, str(tmp_path), str(tmp_path / "out"), "--master", "local[2]"]
    ran = subprocess.run(order, env=environment, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0, ran.stderr[-3000:]
    by_spark = pq.read_table(tmp_path / "out")
    if job == "clean":
        keys = [(name, "ascending") for name in ("well_id", "sensor_type", "timestamp")]
        assert (
            by_spark.sort_by(keys).column("value").to_pylist() == clean(TABLE)[0].column("value").to_pylist()
        )
        return
    whole = alone(job, TABLE)
    schema = whole.schema
    keys = [(name, "ascending") for name in schema.names if name in ("well_id", "sensor_type", "at")]
    told = by_spark.replace_schema_metadata().cast(pa.schema([field.with_nullable(True) for field in schema]))
    assert told.sort_by(keys).to_pylist() == whole.sort_by(keys).to_pylist()
