"""Columns of machines that stand beside each other: of two clocks the one whose zone is told, each status of
its own value, forms that make figures of six a date or a clock, labels that name a well.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from app.importers.titles import speed_said
from app.importers.zones import zone_in
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import PIP, PSI, series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
FIRST, SECOND, THIRD = (f"2026-10-01T00:0{minute}:00Z" for minute in range(3))
LAS = "~V\nVERS. 2.0 :\nWRAP. NO :\n~W\nSTRT. 0 :\nNULL. -9999 :\nWELL. 101 : WELL\n~C\n{curves}~A\n{rows}"


@pytest.mark.parametrize(
    ("header", "zone"),
    [
        ("Time (Etc/GMT-5)", "Etc/GMT-5"),
        ("Etc/UTC", "Etc/UTC"),
        ("Time (GMT-5)", "GMT-5"),
        ("Etc/Nowhere", ""),
    ],
)
def test_zones_that_count_the_other_way_round_are_heard_as_they_are_named(header: str, zone: str) -> None:
    assert zone_in(header) == zone


@pytest.mark.parametrize(
    ("first", "second"),
    [("Local Time", "UTC Time"), ("ServerTimestamp", "SourceTimestamp"), ("Время записи", "Время, UTC")],
)
def test_of_two_times_the_one_that_tells_its_zone_or_its_source_is_taken(
    strangers: Workspace, tmp_path: Path, first: str, second: str
) -> None:
    rows = "2026-10-01 05:00;2026-10-01 00:00;800\n2026-10-01 05:01;2026-10-01 00:01;801\n"
    found = take(strangers, tmp_path, f"{first};{second};PIP, psi\n{rows}", well="101")
    assert [at for at, _ in series(found)] == [FIRST, SECOND]
    assert "import.column_twice" in found.said


def test_each_status_is_of_the_value_before_it(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Time,PIP (psi),Status,Freq (Hz),Status\n2026-10-01 00:00,800,Good,50,Good\n"
        "2026-10-01 00:01,801,Bad,50,Good\n2026-10-01 00:02,802,Good,0,Bad\n"
    )
    found = take(strangers, tmp_path, text, well="101")
    assert found.marked == {"101": {PIP: [SECOND], "frequency": [THIRD]}}


def test_what_an_operator_put_in_place_of_a_value_is_no_good_value(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "Tag,Timestamp,Value,Questionable,Substituted\n101.Frequency,2026-10-01 00:00,50,False,False\n"
        "101.Frequency,2026-10-01 00:01,49,False,True\n101.Frequency,2026-10-01 00:02,48,True,False\n"
    )
    assert take(strangers, tmp_path, text).marked == {"101": {"frequency": [SECOND, THIRD]}}


def test_what_a_drive_gives_is_its_voltage_before_what_it_gets(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, "Время;Uвх, В;Uвых, В\n2026-10-01 00:00;385;1150\n", well="101")
    assert series(found, sensor="voltage") == [(FIRST, 1150.0)]
    alone = take(strangers, tmp_path, "Время;Uвх, В\n2026-10-01 00:00;385\n", "g.csv", well="101")
    assert series(alone, sensor="voltage") == [(FIRST, 385.0)]


# ---- figures that their header explains --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "cell"), [("YYMMDD", "261001"), ("DDMMYY", "011026"), ("MMDDYY", "100126"), ("ДДММГГ", "011026")]
)
def test_a_date_of_six_figures_is_read_by_its_form(
    strangers: Workspace, tmp_path: Path, form: str, cell: str
) -> None:
    text = f"Date ({form});Time (HHMMSS);PIP, psi\n{cell};0;800\n{cell};100;801\n"
    found = take(strangers, tmp_path, text, well="101")
    assert [at for at, _ in series(found)] == [FIRST, SECOND]


def test_a_log_says_such_a_form_in_place_of_a_unit(strangers: Workspace, tmp_path: Path) -> None:
    curves = "DATE.YYMMDD : Date\nTIME.HHMMSS : Time\nPIP.PSI : Pump intake pressure\n"
    rows = "261001 000000 800\n261001 000100 801\n"
    found = take(strangers, tmp_path, LAS.format(curves=curves, rows=rows), "f.las")
    assert [at for at, _ in series(found)] == [FIRST, SECOND]


def test_a_clock_of_six_figures_is_no_number_of_days(strangers: Workspace, tmp_path: Path) -> None:
    curves = "TIME.HHMMSS : Time\nPIP.PSI : Pump intake pressure\n"
    found = take(strangers, tmp_path, LAS.format(curves=curves, rows="040000 800\n040100 801\n"), "f.las")
    assert found.refused == "column_missing"


# ---- labels ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("labels", ['{well="101", site="A"}', "{site: A, well: 101}", '{well="101"}'])
def test_a_series_is_of_the_well_in_its_labels(strangers: Workspace, tmp_path: Path, labels: str) -> None:
    header = '"frequency' + labels.replace('"', '""') + '"'
    found = take(strangers, tmp_path, f"Time,{header}\n2026-10-01 00:00,50\n", well="102")
    assert found.readings == {"101": {"frequency": [(FIRST, 50.0)]}}


def test_a_column_of_labels_names_the_wells(strangers: Workspace, tmp_path: Path) -> None:
    rows = "esp;site=A,well=101;2026-10-01 00:00;800\nesp;site=A,well=102;2026-10-01 00:01;700\n"
    found = take(strangers, tmp_path, f"name;tags;time;pip_psi\n{rows}", well="101")
    assert series(found) == [(FIRST, pytest.approx(800 * PSI))]
    assert series(found, "102") == [(SECOND, pytest.approx(700 * PSI))]


# ---- logs and lines above ----------------------------------------------------------------------------------


def test_a_log_may_part_its_cells_by_another_mark(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        '<logs xmlns="http://www.witsml.org/schemas/1series"><log><nameWell>101</nameWell>'
        "<indexType>date time</indexType><dataDelimiter>;</dataDelimiter>"
        "<logCurveInfo><mnemonic>TIME</mnemonic></logCurveInfo>"
        "<logCurveInfo><mnemonic>PIP</mnemonic><unit>psi</unit></logCurveInfo>"
        "<logData><mnemonicList>TIME,PIP</mnemonicList><unitList>s,</unitList>"
        "<data>2026-10-01T00:00:00Z;800,5</data></logData></log></logs>"
    )
    found = take(strangers, tmp_path, text, "log.xml")
    assert series(found) == [(FIRST, pytest.approx(800.5 * PSI))]


@pytest.mark.parametrize(
    ("line", "speed"),
    [
        ("Stroke period (s)\t9.2", 60 / 9.2),
        ("Период качания, с: 10", 6.0),
        ("Период хода\t0", None),
        ("SPM: 6.5", 6.5),
    ],
)
def test_how_long_a_stroke_lasts_is_how_often_it_comes(line: str, speed: float | None) -> None:
    assert speed_said(line) == speed


def test_a_form_under_names_of_its_columns_is_a_passport_in_a_text_too(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "Parameter;Value;Unit\nWell;101;\nRun date;01-Oct-2026;\nStages;200;\nSetting depth;6500;ft\n"
        "Motor power;100;HP\nMotor voltage;1150;V\nMotor current;52;A\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused, (found.refused, found.details)
    assert "1981.2" in found.records[0]["equipment"]
    assert found.records[0]["at"] == FIRST


@pytest.mark.parametrize("header", ["PIP, kg/cm2(g)", "PIP kg/cm2(g)", "PIP, ати"])
def test_a_unit_may_end_with_a_bracket_of_its_own(strangers: Workspace, tmp_path: Path, header: str) -> None:
    found = take(strangers, tmp_path, f"Time;{header}\n2026-10-01 00:00;55\n", well="101")
    assert series(found)[0][1] == pytest.approx(55 * 98_066.5 + 101_325)


# ---- angles ------------------------------------------------------------------------------------------------


def test_degrees_and_minutes_in_two_columns_are_one_angle(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скважина;101\nДата;01.10.2026\nГлубина, м;Угол, град;Угол, мин;Азимут, град;Азимут, мин\n"
        "0;0;0;0;0\n100;1;30;120;15\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused, (found.refused, found.details)
    last = json.loads(found.records[0]["body"])["stations"][1]
    assert math.degrees(last["inclination_rad"]) == pytest.approx(1.5)
    assert math.degrees(last["azimuth_rad"]) == pytest.approx(120.25)


def test_the_least_of_a_temperature_is_no_minute(strangers: Workspace, tmp_path: Path) -> None:
    text = "Время;Тдв, °C;Тдв, мин\n2026-10-01 00:00;98;90\n"
    found = take(strangers, tmp_path, text, well="101")
    assert series(found, sensor="motor_temperature") == [(FIRST, pytest.approx(371.15))]
