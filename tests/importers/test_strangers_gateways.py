"""What gateways, panels and services write round their values, and columns that somebody names by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.imported import imported, readers_here, strangers
from tests.importers.test_strangers_machines import PSI, psi, read

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
SECONDS = (1790841600, 1790841660)
TWO = [("08:00", 800), ("08:01", 801)]


@pytest.mark.parametrize(
    ("text", "column", "kelvins"),
    [
        ("Time,Temp (°F)\n2026-10-01 08:00,200\n2026-10-01 08:01,201\n", "Temp (°F)", 366.483),
        ("Time,Temp\n,degF\n2026-10-01 08:00,200\n2026-10-01 08:01,201\n", "Temp", 366.483),
        ("All temperatures in °F\nTime,T1\n2026-10-01 08:00,200\n2026-10-01 08:01,201\n", "T1", 366.483),
    ],
)
def test_a_column_that_is_named_by_hand_stays_in_its_own_unit(
    strangers: Workspace, tmp_path: Path, text: str, column: str, kelvins: float
) -> None:
    """200 °F was 200 °C as soon as somebody said what the column is."""
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    found = imported(strangers, path, ImportOptions(well="101", mapping={column: "motor_temperature"}))
    assert found.readings["101"]["motor_temperature"][0][1] == pytest.approx(kelvins, abs=1e-3)


def test_a_unit_that_nobody_knows_is_an_error_for_a_column_named_by_hand_too(
    strangers: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Time,Qty (0.1 psi)\n2026-10-01 08:00,8000\n2026-10-01 08:01,8001\n")
    options = ImportOptions(well="101", mapping={"Qty (0.1 psi)": "intake_pressure"})
    assert imported(strangers, path, options).refused == "unit_unknown"


@pytest.mark.parametrize("header", ["PIP kPa abs", "PIP psi abs", "PIP bar a", "Давление на приёме МПа абс"])
def test_absolute_behind_a_unit_is_a_part_of_it(strangers: Workspace, tmp_path: Path, header: str) -> None:
    unit = {"kPa": 1e3, "psi": PSI, "bar": 1e5, "МПа": 1e6}[header.split()[-2]]
    text = f"Time;Well;{header}\n2026-10-01 08:00;101;55\n2026-10-01 08:01;101;56\n"
    found = read(strangers, tmp_path, "a.csv", text)
    assert found.readings["101"]["intake_pressure"][0][1] == pytest.approx(55 * unit, rel=1e-6)


def test_a_panels_log_marks_by_letters_and_counts_thousandths(strangers: Workspace, tmp_path: Path) -> None:
    text = "Date,Time,Millitm,Tagname,Value,Status,Marker\n" + "".join(
        f"10/13/2026,08:00:0{i},500,101\\PIP_PSI,{800 + i},{mark},\n"
        for i, mark in enumerate(["", "U", "E", "S"])
    )
    found = read(strangers, tmp_path, "panel.csv", text)
    assert [at[17:] for at, _ in found.readings["101"]["intake_pressure"]] == [
        f"0{i}.500000Z" for i in range(4)
    ]
    assert [at[17:19] for at in found.marked["101"]["intake_pressure"]] == ["01", "02", "03"]


@pytest.mark.parametrize(
    "said",
    [
        {
            "pip_psi": [{"ts": t * 1000, "value": v} for t, v in zip(SECONDS, (800, 801), strict=True)],
            "freq_hz": [{"ts": SECONDS[0] * 1000, "value": 50}],
        },
        {
            "status": "success",
            "data": {
                "resultType": "matrix",
                "result": [
                    {
                        "metric": {"__name__": "esp_intake_pressure_psi", "well": "101"},
                        "values": [[SECONDS[0], "800"], [SECONDS[1], "801"]],
                    }
                ],
            },
        },
        [
            {
                "metric": "esp.pip_psi",
                "tags": {"well": "101"},
                "dps": {str(SECONDS[0]): 800, str(SECONDS[1]): 801},
            }
        ],
    ],
)
def test_values_that_lie_deeper_or_under_their_names_are_rows(
    strangers: Workspace, tmp_path: Path, said: object
) -> None:
    assert psi(read(strangers, tmp_path, "s.json", json.dumps(said), well="101")) == TWO


@pytest.mark.parametrize(
    "text",
    [
        "#NAMES\nt_stamp,101/PIP_psi\n#TYPES\ndate,R8\n#ROWS,2\n"
        '"2026-10-01 08:00:00","800"\n"2026-10-01 08:01:00","801"\n',
        "Model,GX20\nCh,,CH0001,CH0002\nTag,,101 PIP,101 Freq\nUnit,,psi,Hz\nDate,Time,,\n"
        "2026/10/13,08:00:00,800,50\n2026/10/13,08:01:00,801,50\n",
        "NAME,IP_TREND_TIME,IP_TREND_VALUE,IP_TREND_QSTATUS\n"
        "101_PIP_psi,13-OCT-26 08:00:00.0,800,Good\n101_PIP_psi,13-OCT-26 08:01:00.0,801,Bad\n",
        "Site.Service::Point ID,Date/Time,Value,Units,Status\n"
        "101_PIP,10/13/2026 08:00:00 AM,800,PSI,\n101_PIP,10/13/2026 08:01:00 AM,801,PSI,Unreliable\n",
    ],
    ids=["gateway", "recorder", "trend", "points"],
)
def test_exports_whose_lines_say_what_they_are_are_read(
    strangers: Workspace, tmp_path: Path, text: str
) -> None:
    found = read(strangers, tmp_path, "e.csv", text)
    assert psi(found) == TWO
    assert bool(found.marked) == ("Bad" in text or "Unreliable" in text)


def test_what_is_said_once_beside_columns_of_json_is_of_each_row(
    strangers: Workspace, tmp_path: Path
) -> None:
    """The readings of 102 were those of the open well."""
    said = {"well": "102", "time": list(SECONDS), "pip_psi": [800, 801]}
    found = read(strangers, tmp_path, "columns.json", json.dumps(said), well="101")
    assert list(found.readings) == ["102"]
    assert psi(found, "102") == TWO


ROW = {"time": "2026-10-01T08:00:00Z", "pip_psi": 800}


@pytest.mark.parametrize(
    "said",
    [
        {"well": {"name": "102"}, "data": [ROW]},
        {"well_id": 102, "rows": [ROW]},
        {"meta": {"well": "102", "rtu": 7}, "data": [ROW]},
        {"well": {"name": "102"}, "items": [ROW]},
        {"wells": [{"name": "102", "readings": [ROW]}]},
        {"wells": [{"id": 102, "points": [ROW]}]},
        {"asset": {"wellName": "102", "crew": "North"}, "series": [ROW]},
    ],
)
def test_whose_it_is_is_heard_however_deep_it_stands(
    strangers: Workspace, tmp_path: Path, said: object
) -> None:
    """Each of these went to the open well without a word."""
    assert list(read(strangers, tmp_path, "deep.json", json.dumps(said), well="101").readings) == ["102"]


def test_what_wrote_the_rows_is_told_where_no_well_is_named(strangers: Workspace, tmp_path: Path) -> None:
    said = json.dumps({"device": "RTU-102", "data": [ROW]})
    assert "import.column_unused" in read(strangers, tmp_path, "rtu.json", said, well="101").said
    named = json.dumps({"device": "RTU-102", "well": "101", "data": [ROW]})
    assert "import.column_unused" not in read(strangers, tmp_path, "rtu.json", named).said


def test_when_a_list_begins_is_not_when_each_of_its_values_was(strangers: Workspace, tmp_path: Path) -> None:
    said = {"well": "101", "start": "2026-10-01T08:00:00Z", "step_s": 60, "pip_psi": [800, 800]}
    assert read(strangers, tmp_path, "steps.json", json.dumps(said)).refused == "column_missing"


def test_a_unit_beside_a_name_that_says_another_is_asked_about(strangers: Workspace, tmp_path: Path) -> None:
    rows = [{"well": "101", **ROW, "units": unit} for unit in ("kPa",)]
    assert read(strangers, tmp_path, "units.json", json.dumps(rows)).refused == "unit_unknown"
    same = [{"well": "101", **ROW, "units": "psi"}]
    assert psi(read(strangers, tmp_path, "units.json", json.dumps(same))) == TWO[:1]


def test_a_column_of_commands_is_told(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "2026-10-01 08:00:00 cmd=set freq=55 hz well=101\n2026-10-01 08:01:00 cmd=set freq=56 hz well=101\n"
    )
    assert "import.column_unused" in read(strangers, tmp_path, "cmd.log", text).said


def test_a_tags_value_stands_beside_its_quality_in_a_wide_log(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Date,Time,101.PIP_psi_VALUE,101.PIP_psi_TIMESTAMP,101.PIP_psi_QUALITY\n"
        "10/13/2026,08:00:00,800,10/13/2026 07:59:58,192\n10/13/2026,08:01:00,801,10/13/2026 08:00:58,0\n"
    )
    found = read(strangers, tmp_path, "wide.csv", text)
    assert (psi(found), found.marked["101"]["intake_pressure"]) == (TWO, ["2026-10-13T08:01:00Z"])


def test_pressures_of_the_head_by_the_minute_are_readings(strangers: Workspace, tmp_path: Path) -> None:
    text = "Time,Tbg Press (psi),Csg Press (psi),BHP (psia)\n" + "".join(
        f"2026-10-01 08:0{i}:00,{150 + i},80,800\n" for i in range(2)
    )
    found = read(strangers, tmp_path, "heads.csv", text, well="101")
    assert psi(found, sensor="wellhead_pressure") == [("08:00", 150), ("08:01", 151)]
    assert psi(found, sensor="annulus_pressure") == [("08:00", 80), ("08:01", 80)]
