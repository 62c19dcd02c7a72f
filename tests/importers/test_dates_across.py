"""Days and months in the header: chess tables as production departments keep them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.importers.sheets import Layout
from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
BBL, DAY = 0.158987294928, 86_400.0


def take(strangers: Workspace, tmp_path: Path, text: str, **options: Any) -> Imported:
    path = tmp_path / "f.csv"
    path.write_text(text, encoding="utf-8")
    return imported(strangers, path, ImportOptions(**options))


def liquid(found: Imported, well: str = "101", sensor: str = "liquid_rate") -> list[tuple[str, float]]:
    """(day of 2026, m³/d)"""
    assert not found.refused, (found.refused, found.details)
    return [(at[5:10], round(value * DAY, 3)) for at, value in found.readings[well][sensor]]


@pytest.mark.parametrize(
    "text",
    [
        "Дебит жидкости, м3/сут\nСкважина;13.10.2026;14.10.2026\n101;80;81\n102;50;\n",
        "Дебит жидкости, м3/сут\nСкважина;2026-10-13;2026-10-14;Итого\n101;80;81;161\n102;50;;50\n",
        "Скважина;Показатель;13.10.2026;14.10.2026\n101;Qж, м3/сут;80;81\n102;Qж, м3/сут;50;\n",
        "Скважина;Показатель;Ед. изм.;13.10.2026;14.10.2026\n"
        "101;Дебит жидкости;м3/сут;80;81\n;Обводненность;%;45;46\n102;Дебит жидкости;м3/сут;50;\n",
        "Liquid rate, m3/d\nWell;10/13/2026;10/14/2026\n101;80;81\n102;50;\n",
    ],
)
def test_days_in_the_header_are_days_of_their_wells(strangers: Workspace, tmp_path: Path, text: str) -> None:
    found = take(strangers, tmp_path, text)
    assert liquid(found) == [("10-13", 80.0), ("10-14", 81.0)]
    assert liquid(found, "102") == [("10-13", 50.0)]


def test_days_beside_each_other_of_one_well_that_the_title_names(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Скважина: 101\nПоказатель;13.10.2026;14.10.2026\nQж, м3/сут;80;81\nОбв., %;45;46\n"
    assert liquid(take(strangers, tmp_path, text)) == [("10-13", 80.0), ("10-14", 81.0)]


def test_a_total_beside_the_days_is_said_to_be_unused(strangers: Workspace, tmp_path: Path) -> None:
    text = "Дебит жидкости, м3/сут\nСкважина;13.10.2026;14.10.2026;Итого\n101;80;81;161\nИтого;80;81;161\n"
    found = take(strangers, tmp_path, text)
    assert liquid(found) == [("10-13", 80.0), ("10-14", 81.0)]
    assert list(found.readings) == ["101"]
    assert {"import.column_unused", "import.row_left_out"} <= found.said


@pytest.mark.parametrize(
    "title", ["Qж, м3/сут за октябрь 2026 г.", "Дебит жидкости, м3/сут (октябрь 2026)", "Qж, м3/сут 10.2026"]
)
def test_numbers_of_days_are_those_of_the_titles_month(
    strangers: Workspace, tmp_path: Path, title: str
) -> None:
    found = take(strangers, tmp_path, f"{title}\nСкважина;1;2;3;4\n101;80;81;;83\n")
    assert liquid(found) == [("10-01", 80.0), ("10-02", 81.0), ("10-04", 83.0)]


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("Добыча нефти, т", "янв.26;фев.26"),
        ("Добыча нефти, т", "Январь 2026;Февраль 2026"),
        ("Добыча нефти, т", "01.2026;02.2026"),
        ("Добыча нефти, т за 2026 год", "январь;февраль"),
        ("Oil, t", "Jan-26;Feb-26"),
    ],
)
def test_months_in_the_header_are_months_of_production(
    strangers: Workspace, tmp_path: Path, title: str, months: str
) -> None:
    word = "Well" if title.startswith("Oil") else "Скважина"
    found = take(strangers, tmp_path, f"{title}\n{word};{months}\n101;1000;1100\n102;500;\n")
    assert not found.refused, (found.refused, found.details)
    told = [(row["well"], row["at"][:10], row["oil_kg"], row["period"]) for row in found.records]
    assert told == [
        ("101", "2026-01-01", 1e6, "month"),
        ("101", "2026-02-01", 1.1e6, "month"),
        ("102", "2026-01-01", 5e5, "month"),
    ]


def test_groups_of_a_header_say_what_their_days_measure(strangers: Workspace, tmp_path: Path) -> None:
    liquids = "Дебит жидкости, м3/сут / 13.10.2026;Дебит жидкости, м3/сут / 14.10.2026"
    cuts = "Обводненность, % / 13.10.2026;Обводненность, % / 14.10.2026"
    found = take(strangers, tmp_path, f"Скважина;{liquids};{cuts}\n101;80;81;45;46\n102;50;51;30;31\n")
    assert liquid(found) == [("10-13", 80.0), ("10-14", 81.0)]
    assert [round(value, 3) for _, value in found.readings["101"]["water_cut"]] == [0.45, 0.46]


def grouped(strangers: Workspace, tmp_path: Path, titles: tuple[str, str], under: list[Any]) -> Imported:
    """A workbook whose titles stand over two columns each, with the same two moments under each."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Скважина", titles[0], "", titles[1], ""])
    sheet.append(["", *under, *under])
    sheet.append(["101", 80, 81, 45, 46])
    sheet.append(["102", 50, 51, 30, 31])
    for cells in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "f.xlsx")
    return imported(strangers, tmp_path / "f.xlsx", ImportOptions())


def test_titles_over_months_say_what_each_of_them_measures(strangers: Workspace, tmp_path: Path) -> None:
    found = grouped(strangers, tmp_path, ("Добыча нефти, т", "Добыча воды, м3"), ["окт.26", "ноя.26"])
    assert not found.refused, (found.refused, found.details)
    told = [(row["well"], row["at"][:10], row["oil_kg"], row["water_m3"]) for row in found.records]
    assert told == [
        ("101", "2026-10-01", 80e3, 45.0),
        ("101", "2026-11-01", 81e3, 46.0),
        ("102", "2026-10-01", 50e3, 30.0),
        ("102", "2026-11-01", 51e3, 31.0),
    ]


def test_days_on_a_line_of_their_own_under_titles_are_refused_and_none_of_them_is_read(
    strangers: Workspace, tmp_path: Path
) -> None:
    days = [datetime(2026, 10, 13), datetime(2026, 10, 14)]
    found = grouped(strangers, tmp_path, ("Дебит жидкости, м3/сут", "Обводненность, %"), days)
    assert (found.refused, found.details["field"]) == ("column_missing", "time")
    assert not found.readings


@pytest.mark.parametrize(
    "text",
    [
        "Скважина;13.10.2026;14.10.2026\n101;80;81\n",  # of what?
        "Дебит жидкости, м3/сут\nСкважина;1;2;3\n101;80;81;82\n",  # of which month?
        "Дебит жидкости, м3/сут\nСкважина;14.10.2026;13.10.2026\n101;80;81\n",  # not one after another
        "Скважина;Показатель;13.10.2026;14.10.2026\n101;Qж, м3/сут;80;81\n101;Qж, м3/сут;70;71\n",
        "Добыча нефти, т\nСкважина;январь;февраль\n101;1000;1100\n",  # of which year?
    ],
)
def test_what_nothing_proves_is_refused(strangers: Workspace, tmp_path: Path, text: str) -> None:
    found = take(strangers, tmp_path, text)
    assert found.refused
    assert not found.readings
    assert not found.records


def test_days_that_may_be_months_are_asked(strangers: Workspace, tmp_path: Path) -> None:
    text = "Дебит жидкости, м3/сут\nСкважина;01.02.2026;02.02.2026\n101;80;81\n"
    english = "Liquid rate, m3/d\nWell;01/02/2026;02/02/2026;03/02/2026\n101;80;81;82\n"
    assert take(strangers, tmp_path, english).refused == "date_order"
    assert [day for day, _ in liquid(take(strangers, tmp_path, text))] == ["02-01", "02-02"]


def test_a_plan_of_before_leaves_the_days_where_they_are() -> None:
    assert Layout.from_json({"header": 1, "data": 2}).dates is False
    assert Layout.from_json(Layout(1, dates=True).to_json()).dates is True
