"""Daily and monthly reports of people: headers of two merged rows, what is of the day beside what has come
together since the month began, days across, columns and cells that Excel hides or that show an error, hours
as a clock, reports of other languages.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers
from tests.importers.test_strangers_kinds import BBL, DAY, book, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
DATE = datetime(2026, 10, 5)


def rows_of(found: Imported, *keys: str) -> list[tuple[Any, ...]]:
    assert not found.refused, (found.refused, found.details)
    return [(row["well"], row["at"][:10], *(row.get(key) for key in keys)) for row in found.records]


def merged(path: Path, rows: list[list[Any]], ranges: tuple[str, ...]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    for one in ranges:
        sheet.merge_cells(one)
    made.save(path)
    return path


def test_a_header_of_two_merged_rows_is_read_as_one(strangers: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Суточный рапорт за 12.10.2026"],
        [],
        ["№ скв.", "Дебит", None, None, "Наработка, час"],
        [None, "жидк., м3/сут", "нефти, т/сут", "обв., %", None],
        [101, 80, 37.5, 45, 24],
        [102, 50, 29.8, 30, 12],
    ]
    found = imported(strangers, merged(tmp_path / "a.xlsx", rows, ("B3:D3", "A3:A4", "E3:E4")))
    assert not found.refused, found.details
    ((at, rate),) = found.readings["102"]["liquid_rate"]
    assert (at, rate) == ("2026-10-12T00:00:00Z", pytest.approx(50 / DAY))
    assert found.readings["101"]["water_cut"][0][1] == pytest.approx(0.45)


def test_what_has_come_together_since_the_month_began_is_no_amount_of_the_day(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = [
        ["Скв.", "Дата", "Нефть, т", None],
        [None, None, "с начала месяца", "за сутки"],
        ["101", DATE, 101.5, 20.5],
        ["101", datetime(2026, 10, 6), 122.5, 21],
    ]
    found = imported(strangers, merged(tmp_path / "a.xlsx", rows, ("C1:D1", "A1:A2", "B1:B2")))
    assert rows_of(found, "oil_kg", "period") == [
        ("101", "2026-10-05", 20_500, "day"),
        ("101", "2026-10-06", 21_000, "day"),
    ]
    assert "import.column_unused" in found.said


def test_days_across_with_their_sum_are_one_record_a_well_and_day(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = [
        ["Шахматка добычи за октябрь 2026 г."],
        ["Скв.", "Параметр", 1, 2, 3, "Итого"],
        ["101", "Qж, м3", 80, 81, "рем.", 161],
        [None, "Qн, т", 40, 41, None, 81],
    ]
    found = imported(strangers, book(tmp_path / "a.xlsx", {"Л": rows}))
    assert rows_of(found, "liquid_m3", "oil_kg", "period") == [
        ("101", "2026-10-01", 80, 40_000, "day"),
        ("101", "2026-10-02", 81, 41_000, "day"),
    ]
    assert "value_bad_word" in found.said


def test_of_two_columns_the_visible_one_is_taken_and_hidden_ones_are_said(
    strangers: Workspace, tmp_path: Path
) -> None:
    path = book(
        tmp_path / "a.xlsx",
        {"Л": [["Скв.", "Дата", "Qж (архив), м3/сут", "Qж, м3/сут"], ["101", DATE, 70, 80]]},
    )
    made = openpyxl.load_workbook(path)
    made["Л"].column_dimensions["C"].hidden = True
    made.save(path)
    found = imported(strangers, path)
    assert found.readings["101"]["liquid_rate"][0][1] == pytest.approx(80 / DAY)
    assert "import.columns_hidden" in found.said


def test_cells_that_show_an_error_are_said(strangers: Workspace, tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        {"Л": [["Скв.", "Дата", "Qж, м3/сут"], ["101", DATE, 70], ["102", DATE, None]]},
    )
    made = openpyxl.load_workbook(path)
    made["Л"]["C3"] = "#DIV/0!"
    made["Л"]["C3"].data_type = "e"
    made.save(path)
    found = imported(strangers, path)
    assert list(found.readings) == ["101"]
    assert "import.error_cells" in found.said


def test_a_per_cent_format_of_a_workbook_in_xml_is_heard(strangers: Workspace, tmp_path: Path) -> None:
    cells = "".join(f'<Cell><Data ss:Type="String">{t}</Data></Cell>' for t in ("Скв.", "Дата", "Обв."))
    text = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p">'
        '<NumberFormat ss:Format="0.0%"/></Style></Styles><Worksheet ss:Name="A"><Table>'
        f"<Row>{cells}</Row>"
        '<Row><Cell><Data ss:Type="String">101</Data></Cell><Cell><Data ss:Type="String">05.10.2026</Data>'
        '</Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.45</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    found = take(strangers, tmp_path, text, "a.xls")
    assert not found.refused, found.details
    assert found.readings["101"]["water_cut"][0][1] == pytest.approx(0.45)


# ---- stops -------------------------------------------------------------------------------------------------


def test_hours_of_a_stop_are_a_clock_and_a_stop_is_no_repair(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скважина;Дата;Простой, ч:мм;Причина простоя;Потери нефти, т\n"
        "101;05.10.2026;5:30;Отключение э/э;4,2\n102;05.10.2026;26:15;Ремонт ЛЭП;8,1\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert found.kind == "event"
    ends = [str(row["until"])[:16] for row in found.records]
    assert ends == ["2026-10-05 05:30", "2026-10-06 02:15"]


def test_a_test_of_four_hours_may_be_written_as_a_clock(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв.;Дата замера;Время замера, ч;Жидкость, м3\n101;05.10.2026;4:00;10\n"
    found = take(strangers, tmp_path, text)
    assert rows_of(found, "liquid_m3_per_s") == [("101", "2026-10-05", pytest.approx(60 / DAY))]


# ---- other languages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Brønn;Dato;Olje [Sm3];Gass [1000 Sm3];Vann [Sm3];Driftstimer\n"
            "101;01.09.2026;120,5;15,25;80;24\n101;02.09.2026;118;15;82,5;23,5\n",
            ("101", "2026-09-01", 120.5, 15_250, 80, DAY),
        ),
        (
            "Fecha;Pozo;Petróleo (m3);Gas (1000 m3);Agua (m3);Horas\n"
            "01/09/2026;101;120,5;15,25;80;24\n13/09/2026;101;118;15;82,5;23,5\n",
            ("101", "2026-09-01", 120.5, 15_250, 80, DAY),
        ),
        (
            "WellID,ProdMonth,OilProduction (m3),GasProduction (e3m3),WaterProduction (m3),Hours\n"
            "101,2026-01,350.2,12.4,80.1,744\n101,2026-02,320.8,11.9,79.5,672\n",
            ("101", "2026-01-01", 350.2, 12_400, 80.1, 744 * 3600),
        ),
    ],
)
def test_production_of_other_countries_is_read_in_their_units(
    strangers: Workspace, tmp_path: Path, text: str, expected: tuple[Any, ...]
) -> None:
    first = rows_of(take(strangers, tmp_path, text), "oil_m3", "gas_m3", "water_m3", "on_stream_s")[0]
    assert first[:2] == expected[:2]
    assert first[2:] == pytest.approx(expected[2:])


def test_gross_and_net_barrels_of_a_day_are_production(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Well,Date,Gross Fluid (bbl),Net Oil (bbl),BS&W %,Gas (mcf),Hrs On\n"
        "101,10/05/2026,500,120,76,85,24\n101,10/15/2026,505,118,76.6,84,22\n"
    )
    found = take(strangers, tmp_path, text)
    first = rows_of(found, "liquid_m3", "oil_m3", "period")[0]
    assert first == ("101", "2026-10-05", pytest.approx(500 * BBL), pytest.approx(120 * BBL), "day")
