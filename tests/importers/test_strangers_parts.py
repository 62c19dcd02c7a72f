"""Production in parts and what the lines and sheets around a table say of it: layers and shifts, dates in
three columns, units of each fluid, days on sheets, months across.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import imported, readers_here, strangers
from tests.importers.test_strangers_daily import merged, rows_of
from tests.importers.test_strangers_kinds import BBL, book, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
KGF = 98_066.5


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        (
            "Скв.;Месяц;Пласт;Нефть, т;Вода, м3;Время работы, ч\n101;09.2026;АВ1;300;400;720\n"
            "101;09.2026;БВ8;320;;700\n102;09.2026;БВ8;310;120;720\n",
            720,
        ),
        (
            "Скв.;Дата;Смена;Нефть, т;Вода, м3;Время работы, ч\n101;05.10.2026;день;300;400;12\n"
            "101;05.10.2026;ночь;320;;11\n102;05.10.2026;день;310;120;12\n",
            23,
        ),
    ],
)
def test_layers_and_shifts_of_a_well_are_added_and_said(
    strangers: Workspace, tmp_path: Path, text: str, hours: float
) -> None:
    found = take(strangers, tmp_path, text)
    rows = [row[:1] + row[2:] for row in rows_of(found, "oil_kg", "water_m3", "on_stream_s")]
    assert rows[0] == ("101", 620_000, 400, hours * 3600)
    assert rows[1][:3] == ("102", 310_000, 120)
    assert "import.parts_added" in found.said


def test_parts_of_one_name_are_not_added(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв.;Месяц;Пласт;Нефть, т\n101;09.2026;АВ1;300\n101;09.2026;АВ1;320\n"
    found = take(strangers, tmp_path, text)
    assert len(found.records) == 2
    assert "import.twin_records" in found.said


def test_a_year_a_month_and_a_day_are_a_day(strangers: Workspace, tmp_path: Path) -> None:
    text = "WELL,YEAR,MONTH,DAY,OIL_BBL,HOURS\n101,2026,10,5,120,24\n101,2026,10,6,118,22\n"
    assert rows_of(take(strangers, tmp_path, text), "oil_m3", "period") == [
        ("101", "2026-10-05", pytest.approx(120 * BBL), "day"),
        ("101", "2026-10-06", pytest.approx(118 * BBL), "day"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Units: oil - m3; gas - 1000 m3; water - m3",
        "Oil in m3, gas (1000 m3), water in m3",
        "# oil m3; water m3; gas 1000 m3",
    ],
)
def test_a_line_above_says_the_unit_of_each_fluid(strangers: Workspace, tmp_path: Path, line: str) -> None:
    text = f"{line}\nWell;Date;Oil;Gas;Water\n101;2026-10-05;20,5;12,5;30\n101;2026-10-06;21;12,4;31\n"
    first = rows_of(take(strangers, tmp_path, text), "oil_m3", "gas_m3", "water_m3")[0]
    assert first[2:] == (20.5, 12_500, 30)


def test_sheets_that_are_called_by_a_day_are_of_that_day(strangers: Workspace, tmp_path: Path) -> None:
    head = ["Скв.", "Нефть, т"]
    path = book(tmp_path / "a.xlsx", {"05.10.2026": [head, [101, 20]], "06.10.2026": [head, [101, 21]]})
    assert rows_of(imported(strangers, path), "oil_kg", "period") == [
        ("101", "2026-10-05", 20_000, "day"),
        ("101", "2026-10-06", 21_000, "day"),
    ]


def test_the_name_of_a_file_dates_nothing(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв.;Qж, м3/сут\n101;80\n102;50\n"
    assert take(strangers, tmp_path, text, "05.10.2026.csv").refused


def test_a_date_in_cells_of_its_own_above_a_table_is_its_rows(strangers: Workspace, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Суточная сводка"],
        ["Дата:", datetime(2026, 10, 5), None, "ЦДНГ-1"],
        [],
        ["Скв.", "Qж, м3/сут", "Обв., %"],
        [101, 80, 45],
        [102, 50, 30],
    ]
    found = imported(strangers, book(tmp_path / "a.xlsx", {"Л": rows}))
    assert not found.refused, found.details
    assert found.readings["101"]["liquid_rate"][0][0] == "2026-10-05T00:00:00Z"


def test_a_group_says_the_quantity_and_the_unit_of_its_columns(strangers: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Скв.", "Дата", "Давление, кгс/см2", None, None],
        [None, None, "буф.", "затр.", "лин."],
        ["101", datetime(2026, 10, 5), 18, 12, 11],
    ]
    found = imported(strangers, merged(tmp_path / "a.xlsx", rows, ("C1:E1", "A1:A2", "B1:B2")))
    assert not found.refused, found.details
    assert {key: told[0][1] for key, told in found.readings["101"].items()} == {
        "wellhead_pressure": pytest.approx(18 * KGF),
        "annulus_pressure": pytest.approx(12 * KGF),
        "line_pressure": pytest.approx(11 * KGF),
    }


def test_the_word_before_a_year_is_no_part_of_it(strangers: Workspace, tmp_path: Path) -> None:
    text = "Oil production 2026 (bbl)\nWell,Jan,Feb,Mar\n101,1500,1400,1450\n102,800,780,790\n"
    found = take(strangers, tmp_path, text)
    assert rows_of(found, "oil_m3", "period")[0] == ("101", "2026-01-01", pytest.approx(1500 * BBL), "month")


def test_a_protocol_in_spanish_is_read(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Pozo;Fecha de muestra;Cloruros (mg/l);Calcio (mg/l);Densidad (g/cm3)\n"
        "101;05/10/2026;81003,5;6212;1,09\n101;15/10/2026;80100;6000;1,088\n"
    )
    found = take(strangers, tmp_path, text.encode("latin-1").decode("latin-1"))
    assert not found.refused, found.details
    assert {row["parameter"]: row["value"] for row in found.records if row["at"][8:10] == "05"} == {
        "chloride_ion": 81_003.5,
        "calcium_ion": 6212,
        "water_density": pytest.approx(1090),
    }


def test_amounts_of_months_go_before_the_rates_reckoned_from_them(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "Скв.;Месяц;Дебит нефти, т/сут;Дебит жидкости, м3/сут;Добыча нефти, т;Добыча жидкости, м3\n"
        "101;09.2026;20,7;30;620;900\n"
    )
    found = take(strangers, tmp_path, text)
    assert rows_of(found, "oil_kg", "liquid_m3") == [("101", "2026-09-01", 620_000, 900)]


@pytest.mark.parametrize("month", ["2026-08", "2026/08", "202608"])
def test_rates_of_whole_months_are_said_however_the_month_is_written(
    strangers: Workspace, tmp_path: Path, month: str
) -> None:
    text = f"Well,Month,Oil BOPD,Water BWPD\n101,{month},120,360\n102,{month},118,365\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert "import.values_of_months" in found.said
