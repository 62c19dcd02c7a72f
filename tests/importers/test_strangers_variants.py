"""Kinds, not files: what other strangers would bring of each kind — other separators, languages, orders of
columns — is read right or refused and asked about. Never read wrongly without a word.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.models.store import records
from app.models.wells import SRP, Well, WellId
from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
ATM, PSI, BBL, DAY = 101_325.0, 6_894.757293168, 0.158987294928, 86_400.0
FT3 = 0.028316846592


def take(strangers: Workspace, tmp_path: Path, text: str, name: str = "f.csv", **options: Any) -> Imported:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return imported(strangers, path, ImportOptions(**options))


def times(found: Imported, well: str = "101", sensor: str = "intake_pressure") -> list[str]:
    assert not found.refused, (found.refused, found.details)
    return [at.replace("2026-", "").replace(":00Z", "") for at, _ in found.readings[well][sensor]]


def values(found: Imported, sensor: str = "intake_pressure", well: str = "101") -> list[float]:
    assert not found.refused, (found.refused, found.details)
    return [value for _, value in found.readings[well][sensor]]


# ---- times -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("Дата", ["01.10.2026 24:00", "02.10.2026 01:00"], ["10-02T00:00", "10-02T01:00"]),
        ("Time", ["10/13/2026 1:05 PM", "10/14/2026 12:00 AM"], ["10-13T13:05", "10-14T00:00"]),
        ("Time", ["13/10/2026-08:00", "14/10/2026-09:00"], ["10-13T08:00", "10-14T09:00"]),
        ("Time", ["2026/10/01 08:00", "2026/10/02 09:00"], ["10-01T08:00", "10-02T09:00"]),
        ("Timestamp", ["20261001080000", "20261001090000"], ["10-01T08:00", "10-01T09:00"]),
        ("Timestamp", ["1790841600", "1790845200"], ["10-01T08:00", "10-01T09:00"]),
        ("Timestamp", ["1790841600000000", "1790845200000000"], ["10-01T08:00", "10-01T09:00"]),
        ("Time", ["01-Oct-26 08:00", "02-Oct-26 09:00"], ["10-01T08:00", "10-02T09:00"]),
        ("Время (МСК)", ["01.10.2026 08:00", "01.10.2026 09:00"], ["10-01T05:00", "10-01T06:00"]),
        ("Время, UTC+05:00", ["01.10.2026 08:00", "01.10.2026 09:00"], ["10-01T03:00", "10-01T04:00"]),
        (
            "Time [Asia/Yekaterinburg]",
            ["2026-10-01 08:00", "2026-10-01 09:00"],
            ["10-01T03:00", "10-01T04:00"],
        ),
        ("Time (EST)", ["2026-10-01 08:00", "2026-10-01 09:00"], ["10-01T13:00", "10-01T14:00"]),
        ("Time", ["2026-10-01 08:00+05:00", "2026-10-01 09:00+05:00"], ["10-01T03:00", "10-01T04:00"]),
        ("Time (Europe/Berlin)", ["2026-10-01T08:00Z", "2026-10-01T09:00Z"], ["10-01T08:00", "10-01T09:00"]),
        (
            "Time (Europe/Berlin)",
            ["2026-10-25 01:30", "2026-10-25 02:30", "2026-10-25 02:30", "2026-10-25 03:30"],
            ["10-24T23:30", "10-25T00:30", "10-25T01:30", "10-25T02:30"],
        ),
    ],
)
def test_moments_of_loggers_are_read_in_utc(
    strangers: Workspace, tmp_path: Path, header: str, cells: list[str], expected: list[str]
) -> None:
    rows = "".join(f"{cell};{50 + i}\n" for i, cell in enumerate(cells))
    assert times(take(strangers, tmp_path, f"{header};Рпр, атм\n{rows}", well="101")) == expected


@pytest.mark.parametrize("mark", ["/", "-"])
def test_months_in_a_row_are_months_and_what_nothing_tells_is_asked(
    strangers: Workspace, tmp_path: Path, mark: str
) -> None:
    def months(count: int, *, first: bool) -> str:
        pairs = [(str(m), "1") if first else ("1", str(m)) for m in range(1, count + 1)]
        rows = "".join(f"101;{a}{mark}{b}{mark}2025;{900 + i}\n" for i, (a, b) in enumerate(pairs))
        return f"Well;Date;Oil (bbl)\n{rows}"

    for first in (True, False):
        found = take(strangers, tmp_path, months(12, first=first))
        assert [row["at"][5:7] for row in found.records] == [f"{m:02}" for m in range(1, 13)], found.refused
        assert {row["period"] for row in found.records} == {"month"}
        assert "import.date_order" in found.said
    asked = take(strangers, tmp_path, months(5, first=True))
    assert asked.refused == "date_order"
    assert asked.details["options"] == {"day": "2025-01-02", "month": "2025-02-01"}
    answered = take(strangers, tmp_path, months(5, first=True), answers={"date_order": "month"})
    assert [row["at"][5:7] for row in answered.records] == ["01", "02", "03", "04", "05"]


def test_another_column_tells_the_order_of_day_and_month(strangers: Workspace, tmp_path: Path) -> None:
    text = "Date,Intake Pressure (psi),Printed\n03/04/2026,800,03/25/2026\n03/05/2026,801,03/25/2026\n"
    assert times(take(strangers, tmp_path, text, well="101")) == ["03-04T00:00", "03-05T00:00"]
    text = "Date,Intake Pressure (psi)\n" + "".join(
        f"03/0{d}/2026 {h:02}:00,{800 + h}\n" for d in (4, 5) for h in range(24)
    )
    found = take(strangers, tmp_path, text, well="101")  # hours within days tear apart the other way
    assert times(found)[-1] == "03-05T23:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Clock;Date;PIP, atm\n8:05 PM;2026-10-01;50\n9:05 PM;2026-10-01;51\n",
            ["10-01T20:05", "10-01T21:05"],
        ),
        ("Дата: 01.10.2026\nВремя;Рпр, атм\n23:50;50\n24:00;51\n", ["10-01T23:50", "10-02T00:00"]),
        ("Дата замера: 01.10.2026\nВремя;Рпр, атм\n23:50;50\n00:10;51\n", ["10-01T23:50", "10-02T00:10"]),
        ("Start: 2026-10-01 08:00:00\nElapsed, min;PIP, atm\n0;50\n30;51\n", ["10-01T08:00", "10-01T08:30"]),
        ("Начало: 01.10.2026 08:00\nВремя, с;Рпр, атм\n0;50\n60;51\n", ["10-01T08:00", "10-01T08:01"]),
        ("Date: 2026-10-01\nTime (h);PIP, atm\n0,5;50\n1,5;51\n", ["10-01T00:30", "10-01T01:30"]),
    ],
)
def test_a_date_above_and_a_clock_or_a_count_below_are_one_moment(
    strangers: Workspace, tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert times(take(strangers, tmp_path, text, well="101")) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Elapsed, s;PIP, atm\n0;50\n60;51\n", "start_unknown"),
        ("Дата;Время;Рпр, атм\n01.10.2026;10:00;50\n;08:00;51\n", "clock_went_back"),
        ("Дата;Время;Рпр, атм\n01.10.2026;23:55;50\n01.10.2026;00:05;51\n", "clock_went_back"),
        ("Дата печати: 05.11.2026\nВремя;Рпр, атм\n08:00;50\n09:00;51\n", "column_missing"),
        ("Date;PIP, atm\n03/04/2026;50\n05/06/2026;51\n", "date_order"),
        ("Дата;Рпр, атм\nдекада 2026;50\nмама 2026;51\n", "value_not_time"),
    ],
)
def test_a_moment_that_nothing_tells_is_refused(
    strangers: Workspace, tmp_path: Path, text: str, code: str
) -> None:
    assert take(strangers, tmp_path, text, well="101").refused == code


def test_fractions_of_seconds_are_kept_whatever_parts_them(strangers: Workspace, tmp_path: Path) -> None:
    for mark in (".", ",", ":"):
        cells = [f"01.10.2026 00:00:0{i}{mark}500" for i in range(2)]
        text = "Дата;Рпр, атм\n" + "".join(f"{cell};{50 + i}\n" for i, cell in enumerate(cells))
        found = take(strangers, tmp_path, text, well="101")
        assert times(found) == ["10-01T00:00:00.500000Z", "10-01T00:00:01.500000Z"]


# ---- two values of one instant -----------------------------------------------------------------------------


def test_the_same_again_is_said_and_a_small_difference_too(strangers: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"2026-10-01 00:{m:02};{50 + m % 7}\n" for m in range(40))
    again = take(strangers, tmp_path, f"Time;PIP, atm\n{rows}2026-10-01 00:10;53\n", well="101")
    assert "import.repeated" in again.said
    near = take(strangers, tmp_path, f"Time;PIP, atm\n{rows}2026-10-01 00:10;53.5\n", well="101")
    assert "twin_values" in near.said
    assert len(values(near)) == 40
    far = take(strangers, tmp_path, f"Time;PIP, atm\n{rows}2026-10-01 00:10;90\n", well="101")
    assert (far.refused, far.details["line"], far.details["other"]) == ("twin_values", 12, 42)
    for said, kept in (("first", 53.0), ("last", 90.0)):
        text = f"Time;PIP, atm\n{rows}2026-10-01 00:10;90\n"
        taken = take(strangers, tmp_path, text, well="101", answers={"twin_values": said})
        assert values(taken)[10] == pytest.approx(kept * ATM, rel=1e-6) or kept * ATM in [
            pytest.approx(v, rel=1e-6) for v in values(taken)
        ]


# ---- numbers and units -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1,234", "1,234.5"], [1234.0, 1234.5]),
        (["1.234", "1.234,5"], [1234.0, 1234.5]),
        (["1 234", "1 234,5"], [1234.0, 1234.5]),
        (["1'234", "1'234.5"], [1234.0, 1234.5]),
        (["1,234,567", "1,234"], [1234567.0, 1234.0]),
        (["1,234", "987"], [1234.0, 987.0]),
        (["1,2", "1,234"], [1.2, 1.234]),
        (["0,234", "1,234"], [0.234, 1.234]),
    ],
)
def test_marks_are_read_by_the_column(
    strangers: Workspace, tmp_path: Path, cells: list[str], expected: list[float]
) -> None:
    rows = "".join(f"101;0{i + 1}.10.2026;{cell}\n" for i, cell in enumerate(cells))
    found = take(strangers, tmp_path, f"Скважина;Дата;Добыча газа, м3\n{rows}")
    assert [row["gas_m3"] for row in found.records] == pytest.approx(expected), found.refused


def test_a_mark_that_nothing_tells_is_asked_and_the_answer_is_taken(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Скважина;Дата;Добыча газа, м3\n101;01.10.2026;1,234\n101;02.10.2026;2,345\n"
    asked = take(strangers, tmp_path, text)
    assert (asked.refused, asked.details["first"], asked.details["second"]) == (
        "number_marks",
        "1.234",
        "1234",
    )
    for mark, value in ((",", 1.234), (".", 1234.0)):
        found = take(strangers, tmp_path, text, answers={asked.details["key"]: mark})
        assert found.records[0]["gas_m3"] == value


@pytest.mark.parametrize(
    ("header", "cell", "sensor", "expected"),
    [
        ("Intake pressure (psig)", 500, "intake_pressure", 500 * PSI + ATM),
        ("Intake pressure (psia)", 500, "intake_pressure", 500 * PSI),
        ("Рпр, ати", 50, "intake_pressure", 50 * 98_066.5 + ATM),
        ("Рпр, ата", 50, "intake_pressure", 50 * 98_066.5),
        ("Рпр [кгс/см²]", 50, "intake_pressure", 50 * 98_066.5),
        ("Рпр, МПа (изб.)", 5, "intake_pressure", 5e6 + ATM),
        ("Intake pressure, kPag", 5000, "intake_pressure", 5e6 + ATM),
        ("Liquid rate (bbl/day)", 500, "liquid_rate", 500 * BBL / DAY),
        ("Liquid rate, STB/d", 500, "liquid_rate", 500 * BBL / DAY),
        ("Liquid rate (gpm)", 10, "liquid_rate", 10 * 0.003785411784 / 60),
        ("Gas rate (Mscf/d)", 100, "gas_rate", 100e3 * FT3 / DAY),
        ("Gas rate, MMscfd", 0.1, "gas_rate", 0.1e6 * FT3 / DAY),
        ("Обводненность, доли ед.", "0,45", "water_cut", 0.45),
        ("Water cut (frac)", 0.45, "water_cut", 0.45),
        ("Water cut, v/v", 0.45, "water_cut", 0.45),
        ("Обводненность", "45%", "water_cut", 0.45),
        ("Motor temperature (deg F)", 200, "motor_temperature", (200 + 459.67) / 1.8),
        ("Vibration X (m/s2)", 9.8, "vibration_x", 9.8),
        ("Dynamic fluid level (ft)", 3000, "dynamic_level", 914.4),
    ],
)
def test_units_of_strangers_are_heard(
    strangers: Workspace, tmp_path: Path, header: str, cell: object, sensor: str, expected: float
) -> None:
    text = f"Time;{header}\n2026-10-01;{cell}\n2026-10-02;{cell}\n"
    found = take(strangers, tmp_path, text, well="101", kind="readings")
    assert values(found, sensor)[0] == pytest.approx(expected, rel=2e-6)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Рпр, попугаев", "unit_unknown"),
        ("Рпр [кгс/мм]", "unit_unknown"),
        ("Рпр (аршинов)", "unit_unknown"),
        ("Intake pressure (furlong)", "unit_unknown"),
        ("Обводненность, промилле", "unit_unknown"),
        ("Обводненность", "share_unit"),
    ],
)
def test_a_unit_that_is_not_known_is_never_replaced(
    strangers: Workspace, tmp_path: Path, header: str, code: str
) -> None:
    text = f"Time;{header};Частота, Гц\n2026-10-01;0,5;50\n2026-10-02;0,6;50\n"
    found = take(strangers, tmp_path, text, well="101", kind="readings")
    assert found.refused == code


@pytest.mark.parametrize("how", ["среднее", "за сутки", "average", "measured"])
def test_a_word_in_brackets_that_says_how_is_no_unit(strangers: Workspace, tmp_path: Path, how: str) -> None:
    found = take(strangers, tmp_path, f"Time;Рпр, МПа ({how})\n2026-10-01;5,1\n", well="101", kind="readings")
    assert values(found)[0] == pytest.approx(5.1e6)


def test_a_unit_that_the_values_alone_tell_is_said(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, "Time;Рпр\n2026-10-01;45\n2026-10-02;46\n", well="101", kind="readings")
    assert "import.unit_assumed" in found.said
    told = take(strangers, tmp_path, "Time;Рпр, бар\n2026-10-01;45\n", well="101", kind="readings")
    assert "import.unit_assumed" not in told.said


PLACED = "Месторождение;Куст;Скважина;Дата замера;Дебит жидкости, м3/сут\n"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("Северное;1;801;23.11.2026;31\nЮжное;5;801;23.11.2026;77\n", "well_of_two_places"),
        ("Северное;1;801;23.11.2026;31\nСеверное;2;801;24.11.2026;77\n", "well_of_two_places"),
        ("Северное;1;801;23.11.2026;31\nСеверное;Куст №01;801;24.11.2026;77\n", ""),
        ("Северное;1;801;23.11.2026;31\nСеверное;5;802;24.11.2026;77\n", ""),
    ],
)
def test_two_wells_of_one_name_are_not_made_one(
    strangers: Workspace, tmp_path: Path, rows: str, code: str
) -> None:
    """The readings of one went into the other without a word."""
    found = take(strangers, tmp_path, PLACED + rows, new_wells=True)
    assert (found.refused or "") == code


def test_a_well_that_is_known_elsewhere_is_another_well(strangers: Workspace, tmp_path: Path) -> None:
    with strangers.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(911), "811", "Северное", "1", SRP)])
    for place in ("Южное;1", "Северное;5"):
        elsewhere = take(strangers, tmp_path, PLACED + f"{place};811;24.11.2026;77\n", new_wells=True)
        assert elsewhere.refused == "well_elsewhere", place
    assert not take(strangers, tmp_path, PLACED + "СЕВЕРНОЕ;К-1;811;25.11.2026;33\n").refused


def test_units_above_the_table_are_heard(strangers: Workspace, tmp_path: Path) -> None:
    for title in ("Units: psi, °F", "Pressures in psi, temperatures in °F", "Единицы измерения: psi, °F"):
        found = take(
            strangers, tmp_path, f"{title}\nTime;PIP;Motor temperature\n2026-10-01;800;200\n", well="101"
        )
        assert values(found)[0] == pytest.approx(800 * PSI, rel=1e-6)
        assert values(found, "motor_temperature")[0] == pytest.approx((200 + 459.67) / 1.8, rel=1e-6)


def test_milliequivalents_are_turned_by_the_ion_in_a_wide_table_too(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Скважина;Дата отбора;Cl-, мг-экв/л;Ca2+, мг-экв/л;pH\n101;01.10.2026;2285;310;6,8\n"
    found = take(strangers, tmp_path, text)
    got = {row["parameter"]: row["value"] for row in found.records}
    assert got == {"chloride_ion": pytest.approx(81_003.25), "calcium_ion": pytest.approx(6212.4), "ph": 6.8}
    wrong = take(strangers, tmp_path, text.replace("Cl-, мг-экв/л", "Плотность нефти, мг-экв/л"))
    assert wrong.refused == "unit_unknown" or "import.column_unused" in wrong.said


@pytest.mark.parametrize(
    "text",
    [
        "Дата,Рпр, атм,Тдв, °C\n01.10.2026,50.5,98.1\n02.10.2026,51.5,98.2\n",
        "Date,PIP (atm),Motor temperature (°C)\n2026-10-01,50,5,98,1\n2026-10-02,51,5,98,2\n",
    ],
)
def test_commas_that_part_too_much_are_refused(strangers: Workspace, tmp_path: Path, text: str) -> None:
    assert take(strangers, tmp_path, text, well="101").refused in ("csv_ragged", "csv_row")


# ---- names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "Забойное давление, атм",
        "Давление на выкиде до клапана, атм",
        "Рпр (уставка), атм",
        "Уставка давления на приеме, атм",
        "Minimum intake pressure (psi)",
        "Intake pressure limit (psi)",
        "Погружение под уровень, м",
        "Перепад давления на насосе, атм",
        "Leakage current (mA)",
        "Ток утечки, мА",
        "Reservoir pressure (psi)",
        "Cumulative liquid, m3",
    ],
)
def test_what_only_looks_alike_is_left_out_by_name(strangers: Workspace, tmp_path: Path, header: str) -> None:
    text = f"Time;Частота, Гц;{header}\n2026-10-01;50;20\n2026-10-02;50;21\n"
    found = take(strangers, tmp_path, text, well="101")
    assert set(found.readings["101"]) == {"frequency"}, found.readings
    assert "import.column_unused" in found.said


def test_of_two_columns_of_one_name_the_second_gets_nothing_else(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Time;Рпр, атм;Давление на приеме, атм;Частота, Гц\n2026-10-01;50;60;50\n2026-10-02;51;61;50\n"
    found = take(strangers, tmp_path, text, well="101")
    assert set(found.readings["101"]) == {"intake_pressure", "frequency"}
    assert "import.column_twice" in found.said


# ---- whose -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "total",
    ["Итого", "ВСЕГО по ЦДНГ", "Σ", "TOTAL", "Grand total", "Sub-total pad 1", "Среднее", "По кусту 5"],
)
def test_totals_are_no_wells(strangers: Workspace, tmp_path: Path, total: str) -> None:
    text = f"Скважина;Дата;Добыча воды, м3\n101;05.10.2026;30\n{total};05.10.2026;30\n"
    found = take(strangers, tmp_path, text, new_wells=True)
    assert [row["well"] for row in found.records] == ["101"]
    assert not found.new_wells
    assert "import.row_left_out" in found.said


@pytest.mark.parametrize(
    "tag",
    [
        "Field/Pad 1/{}/PIP",
        "Полярное. 1. {}. Рпр",
        "{}.PIP.PV",
        "\\\\srv\\Field\\{}\\PIP",
        "{}_PIP",
        "WELL{}:PIP",
    ],
)
def test_tags_part_into_wells_whatever_parts_them(strangers: Workspace, tmp_path: Path, tag: str) -> None:
    rows = "".join(f"{tag.format(well)};2026-10-01 00:0{i};5.{i}\n" for i, well in enumerate((101, 102)))
    found = take(strangers, tmp_path, f"Tag;Time;Value\n{rows}", well="101", kind="readings")
    assert {well: len(of["intake_pressure"]) for well, of in found.readings.items()} == {"101": 1, "102": 1}


@pytest.mark.parametrize("name", ["all_wells.csv", "скважины_отчет.csv", "well_test.csv", "скв 102.csv"])
def test_nothing_is_made_of_a_files_name(strangers: Workspace, tmp_path: Path, name: str) -> None:
    found = take(strangers, tmp_path, "Date;PIP, atm\n2026-10-01;50\n2026-10-02;51\n", name, new_wells=True)
    assert found.refused == "import_needs_well"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Depth, m;GR\n100;50\n101;51\n102;52\n", "depth_log"),
        ("DEPT;GR;NPHI\n100;50;0.2\n101;51;0.2\n102;52;0.3\n", "depth_log"),
    ],
)
def test_what_is_no_reading_is_refused_by_its_name(
    strangers: Workspace, tmp_path: Path, text: str, code: str
) -> None:
    assert take(strangers, tmp_path, text, well="101", new_wells=True).refused == code


@pytest.mark.parametrize(
    ("title", "headers", "period"),
    [
        ("Суточный рапорт", "Скв.;Дата;Жидкость, м3", "day"),
        ("Daily production report", "Well;Date;Liquid, m3", "day"),
        ("Добыча за месяц", "Скв.;Дата;Жидкость, м3", "month"),
        ("", "Скв.;Дата;Жидкость, м3", ""),
    ],
)
def test_a_first_of_a_month_alone_says_nothing_of_the_period(
    strangers: Workspace, tmp_path: Path, title: str, headers: str, period: str
) -> None:
    text = f"{title}\n{headers}\n101;01.10.2026;80\n102;01.10.2026;41\n".lstrip()
    found = take(strangers, tmp_path, text)
    assert {row["period"] for row in found.records} == ({period} if period else set())
    assert found.refused == ("" if period else "period")


# ---- values ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("filler", ["-999.25", "-999", "-9999", "1e30", "9.96921E36", "-32768", "99999999"])
def test_a_filler_is_no_value_of_a_record_and_is_said(
    strangers: Workspace, tmp_path: Path, filler: str
) -> None:
    rows = f"101;2026-10-12;20;30\n101;2026-10-13;{filler};30\n"
    found = take(strangers, tmp_path, f"Well;Date;Oil, t;Water, m3\n{rows}")
    if found.refused:
        assert found.refused == "value_out_of_range"
        return
    assert [row.get("oil_kg") for row in found.records] == [20_000.0, None]
    assert "import.sentinels" in found.said


@pytest.mark.parametrize(
    "word",
    ["I/O Timeout", "Bad", "No Data", "#N/A", "Comm Fail", "—", "Pt Created", "Нет связи", "обрыв", "****"],
)
def test_one_word_never_refuses_a_file(strangers: Workspace, tmp_path: Path, word: str) -> None:
    text = f"Time;PIP, atm\n2026-10-01 00:00;50\n2026-10-01 00:01;{word}\n2026-10-01 00:02;51\n"
    found = take(strangers, tmp_path, text, well="101")
    assert times(found) == ["10-01T00:00", "10-01T00:02"]
    assert {"value_bad_word", "import.rows_without_values"} & found.said


@pytest.mark.parametrize(
    ("header", "good", "bad"),
    [
        ("Quality", "192", "0"),
        ("Качество", "хорошее", "плохое"),
        ("Quality", "0", "1"),
        ("Status", "Good", "Bad"),
        ("Status", "Good (192)", "Bad (0)"),
        ("StatusCode", "0", "2147483648"),
        ("Quality", "0xC0", "0x00"),
        ("PIP.Quality", "Good", "Uncertain"),
        ("Questionable", "False", "True"),
        ("IsGood", "True", "False"),
        ("Кач-во", "хор.", "плох."),
    ],
)
def test_a_quality_that_is_not_good_is_a_mark(
    strangers: Workspace, tmp_path: Path, header: str, good: str, bad: str
) -> None:
    rows = "".join(f"2026-10-01 0{i}:00;{50 + i};{bad if i == 1 else good}\n" for i in range(3))
    found = take(strangers, tmp_path, f"Time;PIP, atm;{header}\n{rows}", well="101", kind="readings")
    assert found.marked == {"101": {"intake_pressure": ["2026-10-01T01:00:00Z"]}}
    assert "import.not_good" in found.said


def test_values_beyond_what_can_be_are_said(strangers: Workspace, tmp_path: Path) -> None:
    text = "Time;PIP, MPa\n2026-10-01 00:00;5\n2026-10-01 00:01;500\n"
    found = take(strangers, tmp_path, text, well="101")
    assert "value_out_of_range" in found.said
    assert found.checked is not None
    assert found.checked.sheets[0]["warnings"] > 0


@pytest.mark.parametrize("name", ["1 02", "1о1", "101\u3164A", "Norne-101"])
def test_a_well_that_only_looks_like_a_known_one_is_never_taken_for_it(
    strangers: Workspace, tmp_path: Path, name: str
) -> None:
    text = f"Well;Time;PIP, atm\n{name};2026-10-01;50\n{name};2026-10-02;51\n"
    assert take(strangers, tmp_path, text).refused == "wells_unknown"


def test_a_well_that_looks_like_a_known_one_is_asked_about_even_with_new_wells(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Well;Time;PIP, atm\n1О1;2026-10-01;50\n"
    found = take(strangers, tmp_path, text, new_wells=True)
    assert (found.refused, found.details["near"].split(", ")[0]) == ("wells_unknown", "101")
