"""Files that machines write: loggers, gauges, historians, recorders of cards; whole, and broken off."""

from __future__ import annotations

import json
import math
from io import BytesIO
from pathlib import Path

import pytest

from app.core.texts import Speaker
from app.importers.base import Order
from app.importers.formats.json_file import read as json_rows
from app.importers.formats.json_file import unnested
from app.importers.las_sections import Section, items_of, value_of
from app.importers.sheets import column_name
from app.importers.vocabulary import vocabulary
from app.services.imports.importing import told
from app.services.imports.opening import ImportOptions
from app.services.imports.words import cell_words
from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
PSI = 6894.757293168
ZEROS = "\0" * 64
HEADER = "Time;Well;PIP, psi;Freq, Hz\n"
TWO = "2026-10-01 00:00;101;800;50\n2026-10-01 00:01;101;801;50\n"


def read(strangers: Workspace, folder: Path, name: str, text: str, **options: str) -> Imported:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return imported(strangers, path, ImportOptions(**options))


def psi(found: Imported, well: str = "101", sensor: str = "intake_pressure") -> list[tuple[str, float]]:
    """(hh:mm, value in psi)."""
    return [(at[11:16], round(value / PSI, 2)) for at, value in found.readings[well][sensor]]


SPACED = "Time Well PIP_psi Freq_Hz\n" + TWO.replace(" ", "T").replace(";", " ")
COUNTED = ";" + HEADER + "".join(f"{i};{row}\n" for i, row in enumerate(TWO.splitlines()))
"""Of a program that numbers its rows and has no name for that."""
FRAMED = "".join(f"| {row.replace(';', ' | ')} |\n" for row in (HEADER + TWO).splitlines())
OTHER = "Time;Well;Freq, Hz;PIP, psi\n2026-10-01 00:02;101;50;802\n2026-10-01 00:03;101;50;803\n"


@pytest.mark.parametrize(
    ("name", "text", "there"),
    [
        ("cut.csv", HEADER + TWO + "2026-10-01 00:02;101;80", [800, 801]),
        ("clock.csv", HEADER + TWO + "2026-10-01 00:1", [800, 801]),
        ("spaces.txt", SPACED + "2026-10-01T00:02 101 80", [800, 801]),
        ("second.csv", HEADER + TWO + OTHER + "2026-10-01 00:04;101;5", [802, 803]),
        ("counted.csv", COUNTED + "2;2026-10-01 00:02;101;80", [800, 801]),
        ("framed.txt", FRAMED + "| 2026-10-01 00:02 | 101 | 80", [800, 801]),
    ],
)
def test_a_row_in_which_the_file_breaks_off_is_left_out_and_said(
    strangers: Workspace, tmp_path: Path, name: str, text: str, there: list[float]
) -> None:
    found = read(strangers, tmp_path, name, text)
    assert [value for _, value in psi(found)] == there
    assert "import.row_cut_off" in found.said


def test_rows_that_are_all_shorter_than_the_header_are_rows(strangers: Workspace, tmp_path: Path) -> None:
    found = read(strangers, tmp_path, "note.csv", HEADER.replace("\n", ";Note\n") + TWO.rstrip())
    assert psi(found) == [("00:00", 800), ("00:01", 801)]
    assert "import.row_cut_off" not in found.said


@pytest.mark.parametrize(
    ("content", "there"),
    [
        (HEADER + TWO + 8 * ZEROS, ["00:00", "00:01"]),
        (HEADER + TWO + ZEROS + "\n2026-10-01 00:02;101;802;50\n", ["00:00", "00:01", "00:02"]),
        (
            HEADER + TWO + ZEROS + "2026-10-01 00:02;101;802;50\n2026-10-01 00:03;101;803;50\n",
            ["00:00", "00:01", "00:03"],
        ),
    ],
    ids=["behind", "between", "in a row"],
)
def test_runs_of_zero_bytes_lose_what_stood_there_and_nothing_else(
    strangers: Workspace, tmp_path: Path, content: str, there: list[str]
) -> None:
    found = read(strangers, tmp_path, "power.csv", content)
    assert [at for at, _ in psi(found)] == there
    assert "import.zeros_in_text" in found.said


def test_a_number_with_zero_bytes_in_it_is_none(strangers: Workspace, tmp_path: Path) -> None:
    text = f"{HEADER}{TWO}2026-10-01 00:02;101;8{ZEROS}2;50\n"
    found = read(strangers, tmp_path, "in.csv", text)
    assert (found.refused, found.details["line"]) == ("value_not_number", 4)


def test_the_mark_that_once_ended_a_text_is_no_row(strangers: Workspace, tmp_path: Path) -> None:
    found = read(strangers, tmp_path, "dos.csv", HEADER + TWO + "\x1a")
    assert psi(found) == [("00:00", 800), ("00:01", 801)]
    assert "import.row_cut_off" not in found.said


GAUGE = """Gauge Serial Number : 12345
Well                : 101
Start Date/Time     : 10/01/2026 13:30:00 (MM/DD/YYYY)
Elapsed Time   Intake Pressure    Motor Temperature
(hours)        (psia)             (degF)
0.000000       2345.10            201.10
0.250000       2346.20            201.15
"""


def test_a_gauge_says_its_start_its_order_of_dates_and_its_units_above_its_rows(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = read(strangers, tmp_path, "gauge.txt", GAUGE)
    assert psi(found) == [("13:30", 2345.1), ("13:45", 2346.2)]
    assert found.readings["101"]["intake_pressure"][0][0] == "2026-10-01T13:30:00Z"


def test_units_under_names_that_nobody_knows_are_no_header(strangers: Workspace, tmp_path: Path) -> None:
    unknown = GAUGE.replace("Intake ", "").replace("Motor ", "").replace("10/01/2026", "10/13/2026")
    found = read(strangers, tmp_path, "gauge.txt", unknown)
    assert (found.refused, found.records) == ("no_sensor_column", [])


def test_names_of_two_words_over_wide_columns_are_names(strangers: Workspace, tmp_path: Path) -> None:
    text = """DOWNHOLE MEMORY GAUGE DATA
Company: ABC Oil
Well Name: 101
Date         Time         Intake Pressure(psia)   Intake Temp(degF)
13-Oct-26    08:00:00     1500.12                 180.5
13-Oct-26    08:01:00     1500.15                 180.5
"""
    found = read(strangers, tmp_path, "memory.txt", text)
    assert psi(found) == [("08:00", 1500.12), ("08:01", 1500.15)]
    assert found.readings["101"]["intake_temperature"][0][1] == pytest.approx(
        (180.5 + 459.67) / 1.8, rel=1e-6
    )


@pytest.mark.parametrize(
    "text",
    [
        "Timestamp,102:PI_1\n,Pump Intake Pressure\n,psi\n13/10/2026 06:00:00,801\n13/10/2026 06:15:00,802\n",
        "Date,Time,102_PIP.F_CV,102_HZ.F_CV\n,,PSI,HZ\n10/13/26,06:00:00,801,50\n10/13/26,06:15:00,802,50\n",
        "Time,102:PI_1,102:SI_1\n,Pump Intake Pressure,Frequency\n,psi,Hz\n"
        "13/10/2026 06:00:00,801,50\n13/10/2026 06:15:00,802,50\n",
    ],
    ids=["tag over its name", "node and field", "tags over names"],
)
def test_a_tag_that_names_another_well_is_of_that_well(
    strangers: Workspace, tmp_path: Path, text: str
) -> None:
    found = read(strangers, tmp_path, "tags.csv", text, well="101")
    assert list(found.readings) == ["102"]
    assert psi(found, "102") == [("06:00", 801), ("06:15", 802)]


@pytest.mark.parametrize(
    ("line", "first", "value"),
    [
        ("DATE.       LOG DATE:     13-OCT-2026 06:00", True, "13-OCT-2026 06:00"),
        ("DATE.  13-Oct-2026 06:00", False, "13-Oct-2026 06:00"),
        ("DATE.  13-Oct-2026 06:00:30 : of the log: start", False, "13-Oct-2026 06:00:30 : of the log"),
        ("WELL.  WELL: 101", True, "101"),
    ],
)
def test_the_colon_of_a_clock_parts_no_line_of_a_las(line: str, first: bool, value: str) -> None:
    items = items_of(Section("W", [(1, line)]), value_last=first)
    assert value_of(items, line[:4]) == value


def card(name: str, points: int = 40) -> str:
    angles = [2 * math.pi * i / points for i in range(points)]
    rows = (
        f"{i},{60 * (1 - math.cos(a)):.2f},{12000 + 3000 * math.sin(a):.0f}\n"
        for i, a in enumerate(angles, 1)
    )
    return f"{name}N,POSITION(IN),LOAD(LBS)\n" + "".join(rows)


ABOVE = "WELL NAME: 101\nDATE: 10/13/2026\nTIME: 08:15:00\nSPM: 6.52\n"


def test_points_that_are_counted_are_no_speed_of_the_pump(strangers: Workspace, tmp_path: Path) -> None:
    assert read(strangers, tmp_path, "card.csv", ABOVE + card("")).cards == 1


def test_a_card_by_white_space_has_its_well_and_moment_from_the_lines_above(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = read(strangers, tmp_path, "card.txt", ABOVE + card("").replace(",", " "))
    assert (found.cards, found.wells) == (1, ["101"])


def test_two_cards_with_a_line_of_words_between_them_are_not_one(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = ABOVE + "\n" + card("first\n") + "\n" + card("second\n")
    assert read(strangers, tmp_path, "two.csv", text).refused == "card_several"


def test_of_two_cards_that_of_the_pump_is_left_out_by_name(strangers: Workspace, tmp_path: Path) -> None:
    text = ABOVE + "\n" + card("SURFACE CARD\n") + "\n" + card("PUMP CARD\n")
    found = read(strangers, tmp_path, "two.csv", text)
    assert found.checked is not None
    assert found.cards == 1
    assert [sheet["why"]["code"] for sheet in found.checked.sheets if sheet.get("skipped")] == ["pump_card"]


@pytest.mark.parametrize("title", ["PUMP CARD", "Downhole dynamometer card", "Плунжерная динамограмма"])
def test_a_card_of_the_pump_is_no_card_of_the_rod(strangers: Workspace, tmp_path: Path, title: str) -> None:
    assert read(strangers, tmp_path, "pump.csv", ABOVE + card(f"{title}\n")).refused == "pump_card"


SERIES = {
    "tag": "101.intake_pressure",
    "unit": "psi",
    "values": [
        {"timestamp": "2026-10-01T00:00:00Z", "value": 800, "good": True},
        {"timestamp": "2026-10-01T00:01:00Z", "value": 801, "good": False},
    ],
}
SERVICE = {
    "Name": "101.PIP",
    "UnitsAbbreviation": "psi",
    "Items": [
        {"Timestamp": "2026-10-01T00:00:00Z", "Value": 800, "UnitsAbbreviation": "psi", "Good": True},
        {"Timestamp": "2026-10-01T00:01:00Z", "Value": 801, "UnitsAbbreviation": "psi", "Good": False},
    ],
}


EMPTY = {"tag": "102.intake_pressure", "unit": "psi", "values": []}


@pytest.mark.parametrize(
    "said",
    [
        {"items": [SERIES]},
        {"items": [EMPTY, SERIES]},
        [EMPTY, SERIES],
        [SERIES],
        SERIES,
        {"Items": [SERVICE]},
    ],
)
def test_values_in_a_list_of_their_tag_are_rows_of_that_tag(
    strangers: Workspace, tmp_path: Path, said: object
) -> None:
    found = read(strangers, tmp_path, "series.json", json.dumps(said))
    assert psi(found) == [("00:00", 800), ("00:01", 801)]
    assert found.marked["101"]["intake_pressure"] == ["2026-10-01T00:01:00Z"]


def test_an_empty_list_beside_a_value_takes_no_value_away(strangers: Workspace, tmp_path: Path) -> None:
    rows = [
        {"time": "2026-10-01T00:00:00Z", "well": "101", "pip_psi": 800, "alarms": []},
        {"time": "2026-10-01T00:01:00Z", "well": "101", "pip_psi": 801, "alarms": [{"code": 1}]},
    ]
    assert psi(read(strangers, tmp_path, "rows.json", json.dumps(rows))) == [("00:00", 800), ("00:01", 801)]


def test_an_empty_list_beside_one_of_values_takes_none_away() -> None:
    """Another tag of the file has nothing but alarms."""
    said = [SERIES | {"alarms": []}, {"tag": "102.intake_pressure", "alarms": [{"code": 1}]}]
    sheet = json_rows(Path("s.json"), BytesIO(json.dumps(said).encode()), Order(vocabulary())).sheets[0]
    assert sheet.table.column(column_name(sheet.headers.index("value"))).to_pylist() == [800, 801, None]


def test_objects_with_two_lists_are_no_rows_of_one(strangers: Workspace, tmp_path: Path) -> None:
    said = {"tag": "101.PIP", "a": [{"v": 1}], "b": [{"v": 2}]}
    assert unnested(said) == [said]


def test_a_table_of_a_query_has_rules_and_a_count_that_are_no_rows(
    strangers: Workspace, tmp_path: Path
) -> None:
    head, rows = "ts | well | pip_psi", "2026-10-01 00:00 | 101 | 800\n2026-10-01 00:01 | 101 | 801\n"
    for text in (
        f" {head}\n-----+------+------\n {rows}(2 rows)\n",
        f"| {head} |\n|---|---|---|\n" + "".join(f"| {row} |\n" for row in rows.splitlines()),
    ):
        assert psi(read(strangers, tmp_path, "query.txt", text)) == [("00:00", 800), ("00:01", 801)]


def test_quality_of_a_tag_is_of_its_well_and_its_value(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "DateTime;W_101_PIP;W_101_PIP.Quality;W_101_Freq;W_101_Freq.Quality\n;psi;;Hz;\n"
        "2026.10.01 00:00:00;800;192;50;192\n2026.10.01 00:01:00;801;24;50;192\n"
    )
    found = read(strangers, tmp_path, "wide.csv", text)
    assert psi(found) == [("00:00", 800), ("00:01", 801)]
    assert found.marked == {"101": {"intake_pressure": ["2026-10-01T00:01:00Z"]}}


def test_a_value_of_no_confidence_is_marked(strangers: Workspace, tmp_path: Path) -> None:
    rows = "101.PIP,2026-10-01 00:00,800,100,PSIA\n101.PIP,2026-10-01 00:01,801,0,PSIA\n"
    found = read(strangers, tmp_path, "phd.csv", "TAGNAME,TS,VALUE,CONFIDENCE,UNITS\n" + rows)
    assert found.marked == {"101": {"intake_pressure": ["2026-10-01T00:01:00Z"]}}


@pytest.mark.parametrize(
    "said",
    [
        {"columns": ["time", "well", "PIP, psi"], "data": [["2026-10-01T00:00:00Z", "101", 800]]},
        [{"target": "101.PIP_psi", "datapoints": [[800, 1790812800000]]}],
        {"well": "101", "columns": ["time", "PIP, psi"], "values": [["2026-10-01T00:00:00Z", 800]]},
    ],
)
def test_lists_of_values_under_a_list_of_names_are_rows(
    strangers: Workspace, tmp_path: Path, said: object
) -> None:
    assert psi(read(strangers, tmp_path, "lists.json", json.dumps(said))) == [("00:00", 800)]


def test_a_log_says_itself_which_curve_is_its_moments(strangers: Workspace, tmp_path: Path) -> None:
    text = """<logs xmlns="http://www.witsml.org/schemas/131" version="1.3.1.1"><log><nameWell>101</nameWell>
<indexType>date time</indexType><indexCurve columnIndex="1">DT</indexCurve>
<logCurveInfo><mnemonic>DT</mnemonic><columnIndex>1</columnIndex></logCurveInfo>
<logCurveInfo><mnemonic>PIP</mnemonic><unit>psi</unit><columnIndex>2</columnIndex></logCurveInfo>
<logData><data>2026-10-01T00:00:00Z,800</data><data>2026-10-01T00:01:00Z,801</data></logData></log></logs>"""
    assert psi(read(strangers, tmp_path, "log.xml", text)) == [("00:00", 800), ("00:01", 801)]


def test_two_values_of_a_moment_are_told_with_both_lines(strangers: Workspace, tmp_path: Path) -> None:
    found = read(strangers, tmp_path, "twice.csv", HEADER + TWO + "2026-10-01 00:01;101;900;50\n")
    assert found.checked is not None
    (problem,) = [one for one in found.checked.problems if one.code == "twin_values"]
    words = cell_words("readings", next(iter(told([problem]))), Speaker("en"))
    assert "801 (line 3) and 900 (line 4)" in words


LAS = """~V
VERS. 2.0:
WRAP. NO:
~W
NULL. -999.25:
WELL. 101:
~C
TIME.:
PIP.PSI:
FREQ.HZ:
~A
2026-10-01T00:00:00 800 50
2026-10-01T00:01:00 801 50
"""


def test_the_last_line_of_a_las_that_breaks_off_is_left_out_and_said(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = read(strangers, tmp_path, "cut.las", LAS + "2026-10-01T00:02:00 80")
    assert psi(found) == [("00:00", 800), ("00:01", 801)]
    assert "import.row_cut_off" in found.said


def test_a_short_row_of_a_las_with_an_end_is_refused(strangers: Workspace, tmp_path: Path) -> None:
    for text in (
        LAS + "2026-10-01T00:02:00 80\n",
        LAS.replace("801 50", "801") + "2026-10-01T00:02:00 80 50",
    ):
        found = read(strangers, tmp_path, "short.las", text)
        assert (found.refused, found.details["actual"]) == ("las_row", 2)


def test_a_process_value_is_what_is_measured_and_a_setpoint_is_not(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Time;Well;PIP SP, psi;PIP PV, psi\n2026-10-01 00:00;101;900;800\n2026-10-01 00:01;101;900;801\n"
    assert psi(read(strangers, tmp_path, "sp.csv", text)) == [("00:00", 800), ("00:01", 801)]


def test_a_load_is_called_by_its_letter_where_its_unit_is_of_a_force(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = ABOVE + card("").replace("POSITION(IN),LOAD(LBS)", "S (in),P (lbf)")
    assert read(strangers, tmp_path, "letters.csv", text).cards == 1
    refused = read(strangers, tmp_path, "letters.csv", text.replace("lbf", "psi"), kind="card")
    assert (refused.refused, refused.details["field"]) == ("column_missing", "load")


def test_rates_of_hours_that_begin_and_end_are_a_test(strangers: Workspace, tmp_path: Path) -> None:
    rows = "101;2026-10-01 00:00;2026-10-01 04:00;80.5;50\n102;2026-10-01 05:00;2026-10-01 09:00;60.1;50.1\n"
    found = read(strangers, tmp_path, "mpfm.csv", "Well;Start;End;Qliq m3/d;WC %\n" + rows)
    assert (found.kind, [row["well"] for row in found.records]) == ("flow_test", ["101", "102"])
    plain = read(strangers, tmp_path, "rates.csv", "Well;Time;Qliq m3/d;WC %\n101;2026-10-01 00:00;80.5;50\n")
    assert plain.kind == "readings"
