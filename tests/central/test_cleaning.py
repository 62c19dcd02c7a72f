"""A table of readings is cleaned by declared steps, and each says what it changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from app.analysis.quality.marks import quality_of
from app.core.errors import KnownError
from app.models.readings import Quality
from app.models.sensors import SENSORS
from central.cleaning.cleaning import Changed, clean
from central.cleaning.steps import STEPS
from central.commands.clean import clean_command
from central.stores.clickhouse import READING_COLUMNS

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
INTAKE = SENSORS["intake_pressure"]


def table(*rows: tuple[int, int, float, float]) -> pa.Table:
    """(well, sensor, second, value)."""
    wells, sensors, seconds, values = zip(*rows, strict=True)
    return pa.table(
        {
            "well_id": pa.array(wells, pa.uint32()),
            "sensor_type": pa.array(sensors, pa.uint8()),
            "timestamp": pa.array([AT + timedelta(seconds=s) for s in seconds], pa.timestamp("us", "UTC")),
            "value": pa.array(values, pa.float32()),
            "quality": pa.array([0] * len(rows), pa.uint8()),
        }
    )


def a_day(well: int) -> list[tuple[int, int, float, float]]:
    return [(well, INTAKE.number, 60.0 * i, 6e6 + 1e3 * float(np.sin(i))) for i in range(60)]


def test_each_step_says_how_many_rows_it_changed() -> None:
    rows = a_day(2) + a_day(1)
    rows[7] = (2, INTAKE.number, 420.0, 6e9)  # out of range
    rows += [(1, 250, 0.0, 1.0), (1, INTAKE.number, 0.0, 6.5e6)]  # no sensor; a second value of one moment
    cleaned, report = clean(table(*rows))
    assert cleaned.schema.equals(READING_COLUMNS)
    assert len(cleaned) == 120
    by_step = {one.step: one for one in report}
    assert by_step["known"] == Changed("known", left=1, moved=0, marked=0)
    assert by_step["once"] == Changed("once", left=1, moved=0, marked=0)
    assert by_step["in_order"].moved == 121, "two wells changed places"
    assert by_step["marked"].marked == 1
    bad = cleaned.filter(pc.greater(cleaned["quality"], 0)).to_pylist()
    assert [(row["well_id"], row["timestamp"]) for row in bad] == [(2, AT + timedelta(seconds=420))]
    assert bad[0]["quality"] & Quality.RANGE
    first = cleaned.to_pylist()[0]
    assert (first["well_id"], first["value"]) == (1, 6.5e6), "the one that came last"


def test_what_is_clean_comes_out_as_it_went_in_and_a_second_cleaning_changes_nothing() -> None:
    cleaned, _ = clean(table(*a_day(1), *a_day(2)))
    again, report = clean(cleaned)
    assert again.equals(cleaned)
    assert [(one.left, one.moved, one.marked) for one in report] == [(0, 0, 0)] * len(STEPS)


def test_marks_are_those_of_a_laptops_import_and_one_that_is_there_stays() -> None:
    rows = a_day(1)
    rows[20] = (1, INTAKE.number, 1200.0, 9e6)  # a spike
    given = table(*rows)
    by_hand = np.zeros(60, np.uint8)
    by_hand[3] = Quality.MANUAL
    given = given.set_column(4, "quality", pa.array(by_hand))
    values = given["value"].to_numpy().astype(np.float64)
    times = given["timestamp"].cast(pa.int64()).to_numpy()
    wanted = quality_of(INTAKE, times, values) | by_hand
    assert clean(given)[0]["quality"].to_pylist() == wanted.tolist()
    assert wanted[20] & Quality.SPIKE
    assert wanted[3] == Quality.MANUAL


def test_an_empty_table_is_cleaned_too_and_one_that_is_none_is_refused() -> None:
    assert len(clean(READING_COLUMNS.empty_table())[0]) == 0
    with pytest.raises(ValueError, match="columns missing: quality"):
        clean(table(*a_day(1)).drop_columns(["quality"]))


def test_each_step_says_what_it_does() -> None:
    assert len({step.key for step in STEPS}) == len(STEPS)
    assert all(step.does.endswith(".") and len(step.does) > 20 for step in STEPS)


def test_a_file_is_cleaned_into_another_and_never_over_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(table(*a_day(1), a_day(1)[0]), file)
    clean_command(file, out)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["step"], one["left"]) for one in told] == [(s.key, int(s.key == "once")) for s in STEPS]
    assert len(pq.read_table(out)) == 60
    with pytest.raises(KnownError, match="file_there"):
        clean_command(file, out)
    (tmp_path / "bad").write_bytes(b"no parquet")
    with pytest.raises(KnownError, match="file_unreadable"):
        clean_command(tmp_path / "bad", tmp_path / "new.parquet")
