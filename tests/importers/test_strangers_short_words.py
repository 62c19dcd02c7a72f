"""Names that are cut short, units that stand behind them without a bracket, reports that stand in place, two
tables with names of their own: read right, or asked about.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.importers.clock_or_length import clock_or_length
from app.importers.mapping import propose
from app.importers.text_columns import Spaces, columns_of
from app.importers.vocabulary import split_unit, tail_of, vocabulary
from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.imported import imported, readers_here, strangers
from tests.importers.sheets_at_hand import sheet_of_headers
from tests.importers.test_strangers_wells import DAY, take, take_sheet

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
BBL, PSI = 0.158987294928, 6894.757293168


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("Oil m3", "Oil", "m³"),
        ("Gas e3m3", "Gas", "10³ m³"),
        ("Water Mbbl", "Water", "10³ bbl"),
        ("Liquid level depth ft", "Liquid level depth", "ft"),
        ("Напор м", "Напор м", ""),
        ("Motor amps A", "Motor amps A", ""),
    ],
)
def test_a_unit_behind_a_name_needs_no_bracket(header: str, name: str, unit: str) -> None:
    found = split_unit(header)
    assert (found[0], found[1].en if found[1] else "") == (name, unit)


@pytest.mark.parametrize(
    ("header", "parted"),
    [
        ("MTR TEMP F", ("MTR TEMP", "F")),
        ("Ндин м", ("Ндин", "м")),
        ("VIB X g", ("VIB X", "g")),
        ("MTR AMP A", ("", "")),
        ("Ток В", ("", "")),
    ],
)
def test_a_letter_behind_a_name_may_be_its_unit_but_that_of_a_phase(
    header: str, parted: tuple[str, str]
) -> None:
    assert tail_of(header) == parted


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("INT PRS", "intake_pressure"),
        ("DISCH PRESS", "discharge_pressure"),
        ("Mtr Tmp", "motor_temperature"),
        ("MTR AMP B", "motor_current_b"),
        ("ДавлПриема", "intake_pressure"),
        ("Темп двиг", "motor_temperature"),
    ],
)
def test_words_that_are_cut_short_are_read_in_full(header: str, meant: str) -> None:
    assert meant in vocabulary().means(header)


def test_what_a_word_is_cut_to_is_no_name_and_neither_is_a_word_of_titles() -> None:
    words = vocabulary()
    assert [words.means(cut) for cut in ("dsch", "disch", "Замеры", "эхолот")] == [frozenset()] * 4


def test_a_drives_columns_in_capitals_are_all_read(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "DATE,TIME,WELL,VSD HZ,MTR AMP A,INT PRS PSI,DIS PRS PSI,MTR TEMP F,VIB X g\n"
        "10/14/2026,6:00,101,55,41.2,1450,3200,265,0.11\n"
    )
    found = take(strangers, tmp_path, text)
    told = {sensor: pairs[0][1] for sensor, pairs in found.readings["101"].items()}
    assert told == pytest.approx(
        {
            "frequency": 55.0,
            "motor_current_a": 41.2,
            "intake_pressure": 1450 * PSI,
            "discharge_pressure": 3200 * PSI,
            "motor_temperature": (265 + 459.67) / 1.8,
            "vibration_x": 0.11 * 9.80665,
        },
        rel=1e-5,
    )


def test_amounts_with_their_units_behind_them_are_production(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well,Production Month,Oil m3,Gas e3m3,Water Mbbl,Hours\n101,2026-08,310.2,45.6,0.5,744\n"
    (record,) = take(strangers, tmp_path, text).records
    assert (record["oil_m3"], record["gas_m3"]) == (310.2, pytest.approx(45_600))
    assert record["water_m3"] == pytest.approx(500 * BBL)


# ---- reports that stand in place ---------------------------------------------------------------------------

REPORT = (
    "WELL      DATE         OIL      GAS     WATER   HOURS\n"
    "          (M/D/Y)      BBL      MCF      BBL\n"
    "------------------------------------------------------\n"
    "101       10/14/2026    100      250      300     24\n"
    "102       10/14/2026     80                150     20\n"
    "101       10/15/2026    101      251      301     24\n"
    "102       10/15/2026     81      201      151     20\n"
    "101       10/16/2026    102      252      302     24\n"
    "------------------------------------------------------\n"
    "TOTAL                   464      954     1204\n"
)


def test_cells_of_a_printed_report_are_those_under_which_they_stand(
    strangers: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "f.txt"
    path.write_text(REPORT, encoding="utf-8")
    found = imported(strangers, path, ImportOptions())
    assert not found.refused, found.details
    one, other = found.records[:2]
    assert len(found.records) == 5
    assert (one["at"], one["oil_m3"]) == ("2026-10-14T00:00:00Z", pytest.approx(100 * BBL))
    assert (one["gas_m3"], one["on_stream_s"]) == (pytest.approx(250 * 28.316846592), DAY)
    assert (other["water_m3"], other.get("gas_m3")) == (pytest.approx(150 * BBL), None)
    assert "import.row_left_out" in found.said


def test_a_cell_under_two_columns_or_none_is_left_where_nobody_knows() -> None:
    spaces = Spaces(wide=True, dated=False, extents=((0, 4), (10, 14), (20, 24)))
    assert spaces.cut("101       50\n") == ["101", "50", ""]
    assert spaces.cut("101                 50\n") == ["101", "", "50"]
    assert spaces.cut("101     from ten to twenty one\n") == ["101", "from ten to twenty one"]
    assert spaces.cut("101                 50") == ["101", "50"], "the file may break off here"


def test_columns_that_reach_into_each_other_do_not_stand_in_place() -> None:
    lines = ["a b c\n", "1000000 2 3\n", "1 2000000 3\n", "1 2 3\n"]
    found = columns_of(Path("f.txt"), lines).spaces
    assert found is not None
    assert found.extents == ()


# ---- two tables, two moments -------------------------------------------------------------------------------


def test_a_table_behind_a_blank_column_with_a_date_of_its_own_is_another(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows: list[list[Any]] = [
        ["Дата", "Qж, м3/сут", None, "Дата отбора", "Обводненность, %"],
        ["01.10.2026", 45, None, "13.10.2026", 40],
        ["02.10.2026", 46, None, "15.10.2026", 41],
    ]
    found = take_sheet(strangers, tmp_path, *rows, well="101")
    cuts = [(one["at"][:10], one["value"]) for one in found.records if one.get("parameter") == "water_cut"]
    assert cuts == [("2026-10-13", 40), ("2026-10-15", 41)]


@pytest.mark.parametrize("header", ["Stop;Start", "Start;Stop"])
def test_of_a_stop_and_a_start_the_stop_goes_before_whichever_column_is_first(
    strangers: Workspace, tmp_path: Path, header: str
) -> None:
    told = {"Stop": "2026-10-03 04:10", "Start": "2026-10-03 09:40"}
    row = ";".join(told[name] for name in header.split(";"))
    found = take(strangers, tmp_path, f"Well;{header};Reason\n101;{row};Power failure\n")
    (event,) = found.records
    assert event["at"] == "2026-10-03T04:10:00Z"
    assert event["until"].isoformat() == "2026-10-03T09:40:00"


CLOCKS = "Скважина;Дата;Время замера;Qж, м3/сут\n101;30.09.2026;08:15;45\n102;01.10.2026;14:40;46\n"


def test_a_clock_that_may_be_how_long_it_was_is_asked_about(strangers: Workspace, tmp_path: Path) -> None:
    asked = take(strangers, tmp_path, CLOCKS)
    assert asked.refused == "clock_or_length"
    clocks = take(strangers, tmp_path, CLOCKS, answers={"clock_or_length": "clock"})
    assert [one["at"] for one in clocks.records] == ["2026-09-30T08:15:00Z", "2026-10-01T14:40:00Z"]
    lengths = take(strangers, tmp_path, CLOCKS, answers={"clock_or_length": "length"})
    assert [(one["at"][:10], one["duration_s"]) for one in lengths.records] == [
        ("2026-09-30", 8.25 * 3600),
        ("2026-10-01", 14 * 3600 + 40 * 60),
    ]


def test_a_clock_under_a_day_that_is_written_once_is_asked_about_with_that_day() -> None:
    rows = [["101", "30.09.2026", "", 45], ["102", "", "08:15", 46], ["103", "01.10.2026", "14:40", 47]]
    sheet = sheet_of_headers(["Скважина", "Дата", "Время замера", "Qж, м3/сут"], rows)
    plan = propose(sheet, vocabulary(), kind="flow_test")
    asked = clock_or_length(sheet, plan)[1]
    assert asked is not None
    assert asked.details["options"]["clock"] == "2026-09-30 08:15"


@pytest.mark.parametrize("cell", ["25:15", "4"])
def test_what_is_no_time_of_day_is_how_long_it_was_unasked(
    strangers: Workspace, tmp_path: Path, cell: str
) -> None:
    found = take(strangers, tmp_path, CLOCKS.replace("08:15", cell).replace("14:40", cell))
    assert found.refused != "clock_or_length"


def test_rates_beside_a_level_are_not_left_out_for_it(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Дата;Qж, м3/сут;Обв, %;Ндин, м;Рзатр, атм\n101;14.10.2026;45;40;950;12\n"
    found = take(strangers, tmp_path, text)
    assert set(found.readings["101"]) == {"liquid_rate", "water_cut", "dynamic_level", "annulus_pressure"}


def test_a_level_beside_the_velocity_of_sound_was_shot(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Well,Date,Time,Casing Pressure psi(g),Liquid Level Depth ft,Acoustic Velocity ft/s\n"
        "101,10/14/2026,09:30,85.2,4520,1120\n"
    )
    (level,) = take(strangers, tmp_path, text).records
    assert (level["level_m"], level["sound_speed_m_per_s"]) == pytest.approx((4520 * 0.3048, 1120 * 0.3048))


def test_a_month_named_in_the_title_of_a_report_dates_it(strangers: Workspace, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["PRODUCCION MENSUAL - SEPTIEMBRE 2026"],
        ["Pozo", "Petróleo (m3)", "Agua (m3)", "Días producción (d)"],
        ["101", 450.5, 900, 30],
    ]
    (record,) = take_sheet(strangers, tmp_path, *rows).records
    assert (record["at"], record["period"], record["on_stream_s"]) == (
        "2026-09-01T00:00:00Z",
        "month",
        30 * DAY,
    )


def test_a_size_goes_before_what_an_item_is_called(strangers: Workspace, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Well 102 rod string, run 10/14/2026"],
        ["Item", "Size", "Grade", "Qty", "Length, ft"],
        ["Sucker rod", "7/8", "D", 76, 1900],
        ["Sucker rod", "3/4", "D", 84, 2100],
    ]
    found = take_sheet(strangers, tmp_path, *rows)
    assert not found.refused, found.details
    assert found.kind == "rod_string"


def test_a_current_by_the_hour_is_no_rating_of_a_motor(strangers: Workspace, tmp_path: Path) -> None:
    text = "Time,Speed (rpm),Motor current (A)\n2026-10-13 00:00,180,30\n2026-10-13 01:00,182,31\n"
    found = take(strangers, tmp_path, text, well="101")
    assert {key: [value for _, value in told] for key, told in found.readings["101"].items()} == {
        "motor_current": [30.0, 31.0]
    }


def test_a_hardness_in_german_degrees_is_none_in_equivalents(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well,Sample date,Hardness (°dH),pH\n101,2026-10-13,20,7.1\n"
    found = take(strangers, tmp_path, text)
    assert (found.refused, found.details["unit"]) == ("unit_unknown", "°dH")


def test_salt_in_pounds_a_thousand_barrels_is_a_result_of_the_sample(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Well,Sample Date,API Gravity,BS&W %,Salt PTB\n101,10/14/2026,32.5,0.4,12\n"
    told = {one["parameter"]: one["value"] for one in take(strangers, tmp_path, text).records}
    assert told == pytest.approx({"oil_density_20c": 862.8, "water_cut": 0.4, "salts": 34.24}, rel=1e-3)


def test_names_with_commas_part_no_columns_of_a_rod_programs_report(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "API RP 11L SUCKER ROD DESIGN\nWELL: 102   DATE: 10/14/2026\nPUMP DEPTH, FT ..... 5000\n"
        "ROD STRING\nTAPER  DIAMETER, IN   LENGTH, FT\n1      0.875          2000\n"
        "2      0.750          3000\n"
    )
    path = tmp_path / "f.txt"
    path.write_text(text, encoding="utf-8")
    (record,) = imported(strangers, path, ImportOptions()).records
    assert "import.rod_text_rest" in imported(strangers, path, ImportOptions()).said
    assert record["well"] == "102"
