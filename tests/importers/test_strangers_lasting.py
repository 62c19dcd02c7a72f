"""How long something was: elapsed time as a clock writes it, durations of alarms that are no repairs,
intervals by their beginnings.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from app.importers.lasting import lasted_s, written
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import PSI, series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("0:00:00", 0.0),
        ("25:00:00", 90_000.0),
        ("001:06:30:00", 109_800.0),
        ("1 d 06:30:00", 109_800.0),
        ("00:00:01,5", 1.5),
    ],
)
def test_a_duration_is_read_as_a_clock_writes_it(cell: str, seconds: float) -> None:
    column = pa.chunked_array([pa.array([cell, None])])
    assert written(column)
    value, bad = lasted_s(column)
    assert value[0] == seconds
    assert not bad.any()


@pytest.mark.parametrize("cell", ["0:30", "00:75:00", "2026-10-01 00:00:00", "1.5", "soon"])
def test_what_may_be_minutes_or_hours_or_a_moment_is_no_duration(cell: str) -> None:
    assert not written(pa.chunked_array([pa.array([cell])]))


@pytest.mark.parametrize("header", ["Elapsed time", "Elapsed (ddd:hh:mm:ss)", "Время от начала"])
def test_a_gauge_counts_from_its_start_as_a_clock(strangers: Workspace, tmp_path: Path, header: str) -> None:
    text = f"Well: 101\nStart: 2026-09-30 06:00:00\n{header};PIP (psi)\n000:00:00:00;800\n001:00:30:00;801\n"
    found = take(strangers, tmp_path, text, "f.txt")
    assert series(found) == [
        ("2026-09-30T06:00:00Z", pytest.approx(800 * PSI)),
        ("2026-10-01T06:30:00Z", pytest.approx(801 * PSI)),
    ]


def test_alarms_with_how_long_they_lasted_are_no_repairs(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Alarm time;Alarm;Duration (min)\n101;2026-10-01 06:00;Underload;10\n"
    found = take(strangers, tmp_path, text)
    assert found.kind == "alarm"
    assert "import.column_unused" in found.said
    bare = take(strangers, tmp_path, "Well;Date;Duration (h)\n101;2026-10-01 06:00;10\n", "g.csv")
    assert bare.kind != "workover"


def test_a_repair_that_its_columns_name_stays_one(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Начало ремонта;Длительность, ч\n101;01.10.2026 06:00;10\n"
    assert take(strangers, tmp_path, text).kind == "workover"


def test_an_interval_is_dated_with_its_beginning(strangers: Workspace, tmp_path: Path) -> None:
    text = "Interval start;Interval end;PIP, psi\n2026-10-01 06:00;2026-10-01 07:00;800\n"
    assert series(take(strangers, tmp_path, text, well="101"))[0][0] == "2026-10-01T06:00:00Z"


def test_an_asset_and_its_attribute_are_a_well_and_a_sensor(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Asset;Attribute;Timestamp;Value;UOM\nWell 101;Intake Pressure;2026-10-01 06:00;800;psi\n"
        "Well 102;Intake Pressure;2026-10-01 06:00;700;psi\n"
    )
    found = take(strangers, tmp_path, text, well="101")
    assert series(found, "Well 101")[0][1] == pytest.approx(800 * PSI)
    assert series(found, "Well 102")[0][1] == pytest.approx(700 * PSI)


@pytest.mark.parametrize("word", ["-1.#IND", "1.#QNAN", "+1.#INF00", "-inf", "nan"])
def test_what_a_program_writes_for_no_number_refuses_no_file(
    strangers: Workspace, tmp_path: Path, word: str
) -> None:
    text = f"Time;PIP, psi\n2026-10-01 06:00;800\n2026-10-01 06:01;{word}\n2026-10-01 06:02;802\n"
    assert len(series(take(strangers, tmp_path, text, well="101"))) == 2
