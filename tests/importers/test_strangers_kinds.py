"""More kinds of strangers' files: clocks and zones told in words, units with where they are measured from,
totals without a name, tags, sheets against each other. Read right, or refused and asked about.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
ATM, PSI, BBL, DAY = 101_325.0, 6_894.757293168, 0.158987294928, 86_400.0
PIP = "intake_pressure"


def take(
    strangers: Workspace, tmp_path: Path, content: str | bytes, name: str = "f.csv", **options: Any
) -> Imported:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return imported(strangers, path, ImportOptions(**options))


def book(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def series(found: Imported, well: str = "101", sensor: str = PIP) -> list[tuple[str, float]]:
    assert not found.refused, (found.refused, found.details)
    return found.readings[well][sensor]


# ---- times -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("Время (Москва)", ["01.10.2026 05:00"], ["2026-10-01T02:00:00Z"]),
        ("Время, Екатеринбург", ["01.10.2026 05:00"], ["2026-10-01T00:00:00Z"]),
        ("Local time (US/Central)", ["2026-10-01 05:00"], ["2026-10-01T10:00:00Z"]),
        ("Time_UTC", ["2026-10-01 05:00"], ["2026-10-01T05:00:00Z"]),
        ("DateTime +0500", ["2026-10-01 05:00"], ["2026-10-01T00:00:00Z"]),
        ("Timestamp", ["20261001T060000Z"], ["2026-10-01T06:00:00Z"]),
        ("Timestamp", ["202610010600", "202610010700"], ["2026-10-01T06:00:00Z", "2026-10-01T07:00:00Z"]),
        (
            "Timestamp",
            ["1790834400", "1790834400.5"],
            ["2026-10-01T06:00:00Z", "2026-10-01T06:00:00.500000Z"],
        ),
        ("Timestamp", ["1790834400000000000"], ["2026-10-01T06:00:00Z"]),
        ("SourceTimestamp", ["2026-10-01T06:00:00.000Z"], ["2026-10-01T06:00:00Z"]),
    ],
)
def test_clocks_that_name_their_place_and_counts_of_any_unit_are_read_in_utc(
    strangers: Workspace, tmp_path: Path, header: str, cells: list[str], expected: list[str]
) -> None:
    rows = "".join(f"{cell};{50 + i}\n" for i, cell in enumerate(cells))
    found = take(strangers, tmp_path, f"{header};Рпр, атм\n{rows}", well="101")
    assert [at for at, _ in series(found)] == expected


@pytest.mark.parametrize(
    ("title", "hour"),
    [("Время указано по Москве", "02"), ("Time zone: Houston time", "10"), ("г. Тюмень, отчёт 7", "05")],
)
def test_a_title_names_a_zone_by_whose_clock_it_is_and_a_town_alone_is_none(
    strangers: Workspace, tmp_path: Path, title: str, hour: str
) -> None:
    found = take(strangers, tmp_path, f"{title}\nВремя;Рпр, атм\n01.10.2026 05:00;50\n", well="101")
    assert series(found)[0][0] == f"2026-10-01T{hour}:00:00Z"


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        (["+05:00", "+05:00"], ["2026-10-01T00:00:00Z", "2026-10-01T01:00:00Z"]),
        (["+05:00", "UTC"], ["2026-10-01T00:00:00Z", "2026-10-01T06:00:00Z"]),
    ],
)
def test_a_column_of_zones_is_that_of_the_times_beside_it(
    strangers: Workspace, tmp_path: Path, zones: list[str], expected: list[str]
) -> None:
    rows = "".join(f"2026-10-01 0{5 + i}:00,{zone},{50 + i}\n" for i, zone in enumerate(zones))
    found = take(strangers, tmp_path, f"Time,Time zone,PIP (atm)\n{rows}", well="101")
    assert [at for at, _ in series(found)] == expected


@pytest.mark.parametrize(
    "said",
    [
        " DATE. 2026-10-01 : Log date\n TIME. 06:00:00 : start\n",
        " SDAT. 01-Oct-2026 : Start date\n STIM. 06:00 : Start time\n",
    ],
)
def test_elapsed_time_begins_at_the_clock_beside_the_date(
    strangers: Workspace, tmp_path: Path, said: str
) -> None:
    text = (
        "~V\n VERS. 2.0 :\n WRAP. NO :\n~W\n NULL. -999.25 :\n WELL. 101 : WELL\n" + said + "~C\n"
        " ETIM.MIN : Elapsed time\n PIP.PSI : Intake pressure\n~A\n0 800\n30 801\n"
    )
    found = take(strangers, tmp_path, text, "f.las")
    if found.refused:
        assert found.refused == "start_unknown"
        return
    assert [at for at, _ in series(found)] == ["2026-10-01T06:00:00Z", "2026-10-01T06:30:00Z"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["01.2025", "02.2025"], ["2025-01", "2025-02"]),
        (["2025-01", "2025-02"], ["2025-01", "2025-02"]),
        (["Jan-25", "Feb-25"], ["2025-01", "2025-02"]),
        (["январь 2025", "февраль 2025"], ["2025-01", "2025-02"]),
        (["1/31/2025", "2/28/2025"], ["2025-01", "2025-02"]),
    ],
)
def test_a_column_of_months_is_monthly_production(
    strangers: Workspace, tmp_path: Path, cells: list[str], expected: list[str]
) -> None:
    rows = "".join(f"101;{cell};900\n" for cell in cells)
    found = take(strangers, tmp_path, f"Скважина;Месяц;Нефть, т\n{rows}")
    assert [row["at"][:7] for row in found.records] == expected, found.refused
    assert {row["period"] for row in found.records} == {"month"}


def test_a_month_among_days_is_a_day_that_somebody_forgot(strangers: Workspace, tmp_path: Path) -> None:
    text = "Дата;Рпр, атм\n10.10.2026 00:00;50\n10.2026;51\n11.10.2026 00:00;52\n"
    assert take(strangers, tmp_path, text, well="101").refused == "value_not_time"


def test_rows_a_week_apart_are_of_no_known_period(strangers: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"101,2026-09-{day:02},100\n" for day in (7, 14, 21, 28))
    assert take(strangers, tmp_path, f"Well,Date,Oil (bbl)\n{rows}").refused == "period"


@pytest.mark.parametrize(
    ("header", "value", "seconds"),
    [("Days On", 30, 30 * DAY), ("Дней работы", 30, 30 * DAY), ("Hours on", 700, 700 * 3600.0)],
)
def test_the_name_of_a_duration_may_be_its_unit(
    strangers: Workspace, tmp_path: Path, header: str, value: int, seconds: float
) -> None:
    text = f"Well;Month;{header};Oil (bbl)\n101;2025-01;{value};900\n101;2025-02;{value};901\n"
    assert take(strangers, tmp_path, text).records[0]["on_stream_s"] == seconds


# ---- units -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "value", "sensor", "expected"),
    [
        ("pip_psi", 800, PIP, 800 * PSI),
        ("Intake pressure (bar(a))", 50, PIP, 5e6),
        ("Intake pressure (psi (abs))", 800, PIP, 800 * PSI),
        ("Рпр (кгс/см2 (изб.))", 50, PIP, 50 * 98_066.5 + ATM),
        ("Intake pressure (lbs/in2)", 800, PIP, 800 * PSI),
        ("Рпр, м вод. ст.", 500, PIP, 500 * 9_806.65),
        ("Давление на приеме избыточное, МПа", 5, PIP, 5e6 + ATM),
        ("Давление на приеме абсолютное, МПа", 5, PIP, 5e6),
        ("Fluid level (ft from surface)", 3000, "dynamic_level", 914.4),
        ("Ндин (м от устья)", 950, "dynamic_level", 950.0),
    ],
)
def test_a_unit_is_heard_with_what_stands_beside_it(
    strangers: Workspace, tmp_path: Path, header: str, value: float, sensor: str, expected: float
) -> None:
    text = f"Time;{header}\n2026-10-01;{value}\n2026-10-02;{value}\n"
    found = take(strangers, tmp_path, text, well="101", kind="readings")
    assert series(found, sensor=sensor)[0][1] == pytest.approx(expected, rel=2e-6)


def test_a_title_says_that_all_pressures_are_gauge(strangers: Workspace, tmp_path: Path) -> None:
    for title in ("Pressures are gauge (bar)", "Избыточное давление, бар"):
        text = f"{title}\nTime;PIP;WHP\n2026-10-01;50;10\n"
        found = take(strangers, tmp_path, text, well="101", kind="readings")
        assert series(found)[0][1] == pytest.approx(5e6 + ATM, rel=1e-6)
        assert series(found, sensor="wellhead_pressure")[0][1] == pytest.approx(1e6 + ATM, rel=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        "Date,PIP,Motor temperature\nyyyy-mm-dd hh:mm,psi,deg F\n2026-10-01 00:00,800,200\n",
        "Дата;PIP;Motor temperature\nдд.мм.гггг чч:мм;psi;°F\n01.10.2026 00:00;800;200\n",
        "Units: US field (psi, degF, bbl/d)\nDate,PIP,Motor temperature\n2026-10-01,800,200\n",
    ],
)
def test_a_row_or_a_line_of_units_is_heard_beside_the_form_of_a_date(
    strangers: Workspace, tmp_path: Path, text: str
) -> None:
    found = take(strangers, tmp_path, text, well="101", kind="readings")
    assert series(found) == [("2026-10-01T00:00:00Z", pytest.approx(800 * PSI, rel=1e-6))]
    warm = series(found, sensor="motor_temperature")[0][1]
    assert warm == pytest.approx((200 + 459.67) / 1.8, rel=1e-6)


def test_centistokes_are_no_zone_and_no_millipascals(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Sample date;Viscosity (cSt);Water cut (%)\n101;2026-10-01;20;40\n"
    found = take(strangers, tmp_path, text)
    assert [row["parameter"] for row in found.records] == ["water_cut"]
    assert "import.kinematic_left_out" in found.said


@pytest.mark.parametrize(
    "text",
    [
        "Well;Sample date;Viscosity (cSt);Oil density (g/cc)\n101;2026-10-01;20;0.86\n",
        "Скважина;Дата отбора;Вязкость кинематическая;Плотность нефти, кг/м3\n101;2026-10-01;20;860\n",
        "Скважина;Дата отбора;Показатель;Значение;Ед. изм.\n101;2026-10-01;Плотность нефти;0,86;г/см3\n"
        "101;2026-10-01;Вязкость кинематическая;20;мм2/с\n",
    ],
)
def test_centistokes_are_millipascals_by_the_density_of_their_sample(
    strangers: Workspace, tmp_path: Path, text: str
) -> None:
    found = take(strangers, tmp_path, text)
    values = {row["parameter"]: (row["value"], row["unit"]) for row in found.records}
    assert values["viscosity"] == (pytest.approx(17.2), "мПа·с")
    assert "import.by_kinematic" in found.said


def test_a_unit_that_is_not_known_is_called_so_and_not_missing(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, "Time;Рпр (furlong)\n2026-10-01;50\n", well="101", kind="readings")
    assert found.refused == "unit_unknown"


# ---- names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["Температура ПЧ, °C", "VSD temperature (C)", "Ambient temperature (C)"])
def test_what_is_abbreviated_is_never_only_alike(strangers: Workspace, tmp_path: Path, header: str) -> None:
    text = f"Time;Частота, Гц;{header}\n2026-10-01;50;20\n2026-10-02;50;21\n"
    found = take(strangers, tmp_path, text, well="101", kind="readings")
    assert set(found.readings["101"]) == {"frequency"}
    assert "import.column_unused" in found.said


# ---- whose -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "total", ["ЦДНГ-1", "Цех 1", "Pad 1 subtotal", "Pad total", "Месторождение в целом", ""]
)
def test_what_sums_up_is_no_well_whatever_it_is_called(
    strangers: Workspace, tmp_path: Path, total: str
) -> None:
    text = (
        "Скважина;Дата;Период;Добыча нефти, т\n101;05.10.2026;сутки;20\n102;05.10.2026;сутки;25\n"
        f"{total};05.10.2026;сутки;45\n"
    )
    found = take(strangers, tmp_path, text, new_wells=True)
    assert [(row["well"], row["oil_kg"]) for row in found.records] == [("101", 20_000.0), ("102", 25_000.0)]
    assert "import.row_left_out" in found.said


def test_a_blank_well_under_a_merged_one_is_still_that_well(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скважина;Дата;Период;Добыча нефти, т\n101;05.10.2026;сутки;20\n;06.10.2026;сутки;21\n"
        ";07.10.2026;сутки;22\n"
    )
    assert [row["well"] for row in take(strangers, tmp_path, text).records] == ["101"] * 3


def test_the_equipment_in_a_tag_is_no_well(strangers: Workspace, tmp_path: Path) -> None:
    rows = "".join(
        f"/wells/{well}/esp1/intake_pressure;2026-10-01 0{i}:00;5.{i}\n" for i, well in enumerate((101, 102))
    )
    found = take(strangers, tmp_path, f"Tag;Time;Value\n{rows}", well="101")
    assert {well: len(of[PIP]) for well, of in found.readings.items()} == {"101": 1, "102": 1}


def test_two_tags_are_never_made_one_series(strangers: Workspace, tmp_path: Path) -> None:
    text = "Tag;Time;Value;Unit\nнорд/PIP;2026-10-01 00:00;5;MPa\nюг/PIP;2026-10-01 01:00;6;MPa\n"
    assert take(strangers, tmp_path, text, well="101").refused == "sensor_twice"


def test_a_tag_that_is_not_known_is_left_out_by_name(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Well;Time;Parameter;Value;Unit\n101;2026-10-01 00:00;Intake pressure;800;psi\n"
        "101;2026-10-01 00:00;Bottomhole pressure;120;bar\n"
    )
    found = take(strangers, tmp_path, text)
    assert series(found)[0][1] == pytest.approx(800 * PSI, rel=1e-6)
    assert "sensor_unknown" in found.said


@pytest.mark.parametrize(
    ("values", "answers", "outcome"),
    [
        (["5e6", "5.1e6"], {}, 5e6),
        (["800", "801"], {}, "pressure_unit"),
        (["800", "801"], {"pressure_unit": "psi"}, 800 * PSI),
    ],
)
def test_the_unit_of_a_tag_is_told_by_its_values_or_asked(
    strangers: Workspace, tmp_path: Path, values: list[str], answers: dict[str, str], outcome: float | str
) -> None:
    rows = "".join(f"Fld.P1.101.PIP;2026-10-01 0{i}:00;{value}\n" for i, value in enumerate(values))
    found = take(strangers, tmp_path, f"Tag;Time;Value\n{rows}", answers=answers)
    if isinstance(outcome, str):
        assert found.refused == outcome
        return
    assert series(found)[0][1] == pytest.approx(outcome, rel=1e-6)
    assert "import.unit_assumed" in found.said


def test_a_share_in_long_form_is_asked_too(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Time;Parameter;Value\n101;2026-10-01 00:00;Water cut;0.45\n"
    assert take(strangers, tmp_path, text).refused == "share_unit"
    taken = take(strangers, tmp_path, text, answers={"share_unit": "fraction"})
    assert series(taken, sensor="water_cut")[0][1] == pytest.approx(0.45)


def test_a_sheet_called_like_a_well_names_it_whatever_the_option_says(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = [["Time", "PIP, atm"], [datetime(2026, 10, 1), 60]]
    path = book(tmp_path / "f.xlsx", {"102": rows})
    assert set(imported(strangers, path, ImportOptions(well="101")).readings) == {"102"}
    alone = book(tmp_path / "102.xlsx", {"Sheet": rows})
    assert imported(strangers, alone, ImportOptions()).refused == "import_needs_well"


# ---- values ------------------------------------------------------------------------------------------------


def test_two_sheets_that_differ_about_one_instant_are_asked_about(
    strangers: Workspace, tmp_path: Path
) -> None:
    def sheet(*values: int) -> list[list[Any]]:
        return [["Time", "PIP, atm"], *([datetime(2026, 10, 1, h), v] for h, v in enumerate(values))]

    path = book(tmp_path / "f.xlsx", {"a": sheet(50, 51), "b": sheet(50, 80, 52)})
    asked = imported(strangers, path, ImportOptions(well="101"))
    assert (asked.refused, asked.details["other"], asked.details["count"]) == ("twin_sheets", "a", 1)
    for said, kept in (("first", 51), ("last", 80)):
        found = imported(strangers, path, ImportOptions(well="101", answers={"twin_values": said}))
        assert found.checked is not None
        stored = sorted(
            float(value)
            for batch in found.checked.batches
            for of_well in batch.by_name.values()
            for value, at in zip(of_well.value, of_well.time_us, strict=True)
            if at == 1_790_816_400_000_000
        )
        assert stored == [pytest.approx(kept * ATM, rel=1e-6)]


def test_rows_that_end_early_are_said_and_a_mark_at_each_end_is_no_column(
    strangers: Workspace, tmp_path: Path
) -> None:
    short = "Date;PIP, atm;Frequency, Hz\n2026-10-01 00:00;50;50\n2026-10-01 01:00;51\n"
    found = take(strangers, tmp_path, short, well="101")
    assert "import.short_rows" in found.said
    ended = "Date,PIP (atm),Frequency (Hz),\n2026-10-01 00:00,50,49,\n2026-10-01 01:00,51,48,\n"
    found = take(strangers, tmp_path, ended, well="101")
    assert [value for _, value in series(found, sensor="frequency")] == [49.0, 48.0]


def test_a_table_of_which_nothing_is_known_is_called_so(strangers: Workspace, tmp_path: Path) -> None:
    assert take(strangers, tmp_path, "Цвет;Вкус\n1;2\n3;4\n", well="101").refused == "no_kind_fits"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_one_late_letter_of_a_wells_name_is_a_capital(
    strangers: Workspace, tmp_path: Path, encoding: str
) -> None:
    rows = "".join(f"101;2026-10-01 0{i // 3600}:{i // 60 % 60:02}:{i % 60:02};50\n" for i in range(2700))
    text = f"Well;Time;Intake pressure, atm\n{rows}55Б;2026-10-01 02:00:00;51\n"
    found = take(strangers, tmp_path, text.encode(encoding), new_wells=True)
    assert found.new_wells == ["55Б"]


def test_words_behind_a_code_are_still_words(strangers: Workspace, tmp_path: Path) -> None:
    text = "Time;PIP, atm\n2026-10-01 00:00;50\n2026-10-01 00:01;[-11059] No Good Data\n2026-10-01 00:02;51\n"
    found = take(strangers, tmp_path, text, well="101")
    assert len(series(found)) == 2
    assert "value_bad_word" in found.said


def test_dates_that_are_none_either_way_leave_no_order_to_be_decided(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "2026-10-01-06.00.00.000000;50\n10-01-06.00.00.000000;51\n10-01-06.00.00.0000;52\n"
    assert take(strangers, tmp_path, f"Timestamp;PIP, atm\n{rows}", well="101").refused == "value_not_time"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Date;Hour;PIP, psi\n2026-10-01;0;900\n2026-10-01;14;905\n", ["00", "14"]),
        ("Дата;Час;Рпр, атм\n01.10.2026;1;50\n01.10.2026;2;51\n", ["01", "02"]),
        ("Year;Month;Day;Hour;PIP, psi\n2026;10;1;0;900\n2026;10;1;13;905\n", ["00", "13"]),
    ],
)
def test_hours_in_a_column_of_their_own_are_hours(
    strangers: Workspace, tmp_path: Path, text: str, times: list[str]
) -> None:
    (tmp_path / "f.csv").write_text(text, encoding="utf-8")
    found = imported(strangers, tmp_path / "f.csv", ImportOptions(well="101"))
    assert not found.refused, found.details
    assert [at for at, _ in found.readings["101"]["intake_pressure"]] == [
        f"2026-10-01T{hour}:00:00Z" for hour in times
    ]


def test_a_day_in_a_column_of_its_own_is_the_day_and_no_month_has_a_32nd(
    strangers: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "f.csv"
    text = "Год;Месяц;День;Рпр, атм\n2026;октябрь;5;50\n2026;октябрь;{day};51\n"
    path.write_text(text.format(day=6), encoding="utf-8")
    found = imported(strangers, path, ImportOptions(well="101"))
    assert [at for at, _ in found.readings["101"]["intake_pressure"]] == [
        "2026-10-05T00:00:00Z",
        "2026-10-06T00:00:00Z",
    ]
    path.write_text(text.format(day=32), encoding="utf-8")
    assert imported(strangers, path, ImportOptions(well="101")).refused == "value_not_time"
