"""Stops, repairs and tests as dispatchers and departments write them: clocks beside a day, plans beside what
was done, kinds in other words, days over their rows.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers
from tests.importers.test_strangers_kinds import BBL, DAY, book, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


def ends(found: Imported) -> list[tuple[str, str, str]]:
    assert not found.refused, (found.refused, found.details)
    until = "until" if found.kind == "event" else "ended_at"
    return [(row["well"], row["at"][:16], str(row[until])[:16]) for row in found.records]


def test_a_stop_that_is_told_by_clocks_ends_at_the_next_one(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скв;Дата;Остановлена;Запущена;Причина\n101;05.10.2026;22:30;04:15;откл. э/э\n"
        "102;06.10.2026;08:00;12:00;ППР\n"
    )
    found = take(strangers, tmp_path, text)
    assert found.kind == "event"
    assert ends(found) == [
        ("101", "2026-10-05T22:30", "2026-10-06 04:15"),
        ("102", "2026-10-06T08:00", "2026-10-06 12:00"),
    ]


def test_a_reason_and_what_was_lost_alone_make_no_repair(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата;Причина;Потери нефти, т\n101;05.10.2026;откл. э/э;4,2\n"
    assert take(strangers, tmp_path, text).kind != "workover"


def test_of_planned_and_actual_dates_the_actual_ones_are_when_it_was(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "Скв.;План начало;План окончание;Факт начало;Факт окончание;Вид ремонта\n"
        "101;01.09.2026;05.09.2026;02.09.2026;07.09.2026;ТРС\n"
    )
    found = take(strangers, tmp_path, text)
    assert ends(found) == [("101", "2026-09-02T00:00", "2026-09-07 00:00")]


def test_a_repair_of_another_name_is_another_one_with_its_words(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well,Job Type,Start,End\n101,Pump change,2026-10-01 07:00,2026-10-03 18:00\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert [(row["kind"], row["work"]) for row in found.records] == [("other", "Pump change")]
    assert "workover_as_other" in found.said


def test_a_repair_that_tells_no_kind_is_given_none_of_a_name(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв.;Начало ремонта;Бригада\n101;01.09.2026;5\n"
    found = take(strangers, tmp_path, text)
    assert [(row["kind"], row["crew"]) for row in found.records] == [("other", "5")]


def test_a_shut_in_is_a_stop(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well,Date,Time,Event\n101,2026-10-05,6:30 AM,Shut-in\n101,2026-10-05,2:15 PM,Start-up\n"
    found = take(strangers, tmp_path, text)
    assert [(row["at"][11:16], row["kind"]) for row in found.records] == [
        ("06:30", "stop"),
        ("14:15", "start"),
    ]


# ---- days and months ---------------------------------------------------------------------------------------


def test_a_day_over_its_rows_is_their_date(strangers: Workspace, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Скв.", "Qж, м3/сут"],
        [datetime(2026, 10, 5), None],
        [101, 80],
        [102, 50],
        ["на 06.10.2026 г.", None],
        [101, 81],
    ]
    found = imported(strangers, book(tmp_path / "a.xlsx", {"Замеры": rows}))
    assert not found.refused, found.details
    assert [(r["well"], r["at"][:10], r["liquid_m3_per_s"] * DAY) for r in found.records] == [
        ("101", "2026-10-05", pytest.approx(80)),
        ("102", "2026-10-05", pytest.approx(50)),
        ("101", "2026-10-06", pytest.approx(81)),
    ]


def test_rows_over_which_no_day_stands_are_not_given_that_of_others(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows: list[list[Any]] = [["Скв.", "Qж, м3/сут"], [101, 80], ["06.10.2026", None], [101, 81]]
    assert imported(strangers, book(tmp_path / "a.xlsx", {"Замеры": rows})).refused


@pytest.mark.parametrize("first", ["Нефть за месяц, т", "Добыча нефти за месяц, т"])
def test_of_a_month_and_a_day_beside_each_other_the_day_is_taken(
    strangers: Workspace, tmp_path: Path, first: str
) -> None:
    text = (
        f"Скв.;Дата;{first};{first.replace('месяц', 'сутки')}\n"
        "101;05.10.2026;101,5;20,5\n101;06.10.2026;122,5;21\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert [(row["oil_kg"], row["period"], row.get("oil_m3")) for row in found.records] == [
        (20_500, "day", None),
        (21_000, "day", None),
    ]
    assert "import.column_twice" in found.said


def test_months_that_are_written_together_are_months(strangers: Workspace, tmp_path: Path) -> None:
    text = "WELL,YYYYMM,OIL_M3,DAYS\n101,202608,620.5,31\n101,202609,600.1,29.5\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert [(row["at"][:10], row["period"], row["oil_m3"]) for row in found.records] == [
        ("2026-08-01", "month", 620.5),
        ("2026-09-01", "month", 600.1),
    ]


def test_a_days_step_among_longer_ones_is_of_days(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well,Date,Oil (bbl)\n101,10/5/26,120\n101,10/6/26,118\n101,10/13/26,117\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert [(row["at"][:10], row["period"]) for row in found.records][2] == ("2026-10-13", "day")
    assert found.records[0]["oil_m3"] == pytest.approx(120 * BBL)


def test_averages_and_counts_under_a_table_are_no_rows(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв.;Дата;Qж, м3/сут\n101;05.10.2026;80\n102;05.10.2026;50\nСр. знач.;;65\nКоличество;;2\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert sorted(found.readings) == ["101", "102"]


def test_an_api_gravity_is_in_degrees_api(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well,Sample Date,API Gravity @60F,Sulfur wt%\n101,2026-10-05,32.5,1.25\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert {row["parameter"]: row["value"] for row in found.records} == {
        "oil_density_20c": pytest.approx(141.5 * 1000 / (32.5 + 131.5)),
        "sulphur": 1.25,
    }


@pytest.mark.parametrize(
    ("cell", "hours"), [("23 ч 30 мин", 23.5), ("24 ч", 24), ("0:45", 0.75), ("45 мин", 0.75)]
)
def test_hours_may_be_told_in_words(strangers: Workspace, tmp_path: Path, cell: str, hours: float) -> None:
    text = f"Скв.;Дата;Нефть, т;Время работы\n101;05.10.2026;20,5;{cell}\n102;05.10.2026;11;24\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert found.records[0]["on_stream_s"] == pytest.approx(hours * 3600)


def test_a_level_along_the_hole_is_taken_before_the_vertical_one(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Скв.;Дата;Ндин по вертикали, м;Ндин по удлинению, м\n101;05.10.2026;950;1050\n"
    found = take(strangers, tmp_path, text)
    assert [row["level_m"] for row in found.records] == [1050]


def test_a_stop_whose_length_cannot_be_read_is_not_written_without_it(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Скв.;Дата;Время простоя;Причина\n101;05.10.2026;08:00-12:00;ППР\n"
    assert take(strangers, tmp_path, text).refused == "value_not_number"


@pytest.mark.parametrize("cell", ["101, 102", "101 и 102", "101+102"])
def test_two_wells_in_one_cell_are_refused(strangers: Workspace, tmp_path: Path, cell: str) -> None:
    text = f"Скв.;Дата;Нефть, т\n{cell};05.10.2026;31\n102;06.10.2026;7\n"
    assert take(strangers, tmp_path, text, new_wells=True).refused == "wells_in_one_cell"
