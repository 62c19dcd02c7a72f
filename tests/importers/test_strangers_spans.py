"""Rows that say from when to when they are, in two columns or in one cell; days of a year beside it; months
beside their year.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.importers.spans import span_in
from app.services.workspace import Workspace
from tests.importers.imported import Imported, readers_here, strangers
from tests.importers.test_strangers_kinds import PSI, book, series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


def told(found: Imported) -> list[tuple[Any, ...]]:
    assert not found.refused, (found.refused, found.details)
    return [(one["well"], one["at"][:10], one.get("period")) for one in found.records]


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("01.10.2026 - 10.10.2026", "01.10.2026", "10.10.2026"),
        ("01.10.2026-10.10.2026", "01.10.2026", "10.10.2026"),
        ("с 01.10.2026 г. по 10.10.2026 г.", "01.10.2026", "10.10.2026"),
        ("2026-10-01 06:00 to 2026-10-02 06:00", "2026-10-01 06:00", "2026-10-02 06:00"),
        ("01.10–10.10.2026", "01.10.2026", "10.10.2026"),
        ("1-10.10.2026", "1.10.2026", "10.10.2026"),
    ],
)
def test_a_cell_with_a_beginning_and_an_end_is_both(cell: str, first: str, last: str) -> None:
    assert span_in(cell) == (first, last)


@pytest.mark.parametrize(
    "cell", ["01.10.2026", "2026-10-01", "2026-10-01 06:00", "8-10", "101-102", "1,5-2,5"]
)
def test_a_moment_or_a_pair_of_numbers_is_no_span(cell: str) -> None:
    assert span_in(cell) is None


HEADS = [
    "Well;From;To;Oil (bbl);Water (bbl)",
    "Скважина;Дата с;Дата по;Нефть, т;Вода, м3",
    "Скважина;Начало периода;Конец периода;Нефть, т;Вода, м3",
    "Well;Begin Date;End Date;Oil Vol (bbl);Wtr Vol (bbl)",
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(
    ("spans", "period"),
    [
        ("2026-10-01;2026-10-31|2026-11-01;2026-11-30", "month"),
        ("2026-10-01;2026-11-01|2026-11-01;2026-12-01", "month"),
        ("2026-10-01 06:00;2026-10-02 06:00|2026-10-02 06:00;2026-10-03 06:00", "day"),
        ("2026-10-01;2026-10-01|2026-10-02;2026-10-02", "day"),
    ],
)
def test_amounts_from_a_day_to_a_day_are_of_what_passed_between(
    strangers: Workspace, tmp_path: Path, head: str, spans: str, period: str
) -> None:
    rows = "".join(f"101;{span};20;10\n" for span in spans.split("|"))
    first, second = (span[:10] for span in spans.split("|"))
    assert told(take(strangers, tmp_path, f"{head}\n{rows}")) == [
        ("101", first, period),
        ("101", second, period),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "101;01.10.2026;10.10.2026;120;80\n101;11.10.2026;20.10.2026;118;82\n",
        "101;01.10.2026;07.10.2026;120;80\n101;08.10.2026;14.10.2026;118;82\n",
        "101;01.10.2026;02.10.2026;120;80\n101;03.10.2026;04.10.2026;118;82\n",
        "101;01.10.2026;15.10.2026;120;80\n102;01.10.2026;15.10.2026;118;82\n",
    ],
)
def test_amounts_of_ten_days_or_a_week_are_refused_and_no_day_is_offered(
    strangers: Workspace, tmp_path: Path, rows: str
) -> None:
    found = take(strangers, tmp_path, f"{HEADS[1]}\n{rows}")
    assert found.refused == "amounts_between"
    assert "period" not in found.said


@pytest.mark.parametrize("before", ["01.09.2026;30.09.2026", "30.09.2026;30.09.2026"])
def test_the_row_that_is_neither_a_day_nor_a_month_is_named(
    strangers: Workspace, tmp_path: Path, before: str
) -> None:
    """A month before it was said to be the fault."""
    rows = f"101;{before};120;80\n101;01.10.2026;10.10.2026;40;30\n"
    found = take(strangers, tmp_path, f"{HEADS[1]}\n{rows}")
    assert found.refused == "amounts_between"
    assert (found.details["line"], found.details["days"]) == (3, 10)


def test_a_cell_of_a_span_tells_the_month(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Период;Нефть, т;Вода, м3\n101;01.10.2026 - 31.10.2026;120;80\n"
    assert told(take(strangers, tmp_path, text)) == [("101", "2026-10-01", "month")]


def test_when_a_well_was_started_again_ends_no_amount(strangers: Workspace, tmp_path: Path) -> None:
    rows = "101;01.10.2026;20;10;05.09.2026\n101;02.10.2026;21;10;05.09.2026\n"
    text = f"Скважина;Дата;Нефть, т;Вода, м3;Дата запуска\n{rows}"
    assert told(take(strangers, tmp_path, text))[0] == ("101", "2026-10-01", "day")


def test_stops_from_a_moment_to_another_are_events(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;From;To;Downtime reason\n101;2026-10-01 06:00;2026-10-01 12:00;Power failure\n"
    (event,) = take(strangers, tmp_path, text).records
    assert (event["at"], str(event["until"])[:16]) == ("2026-10-01T06:00:00Z", "2026-10-01 12:00")


@pytest.mark.parametrize("head", ["с;по", "Простой с;по", "Начало простоя;Окончание простоя"])
def test_stops_say_from_and_to_in_one_letter(strangers: Workspace, tmp_path: Path, head: str) -> None:
    text = f"Скв.;{head};Причина\n101;01.10.2026 06:00;01.10.2026 12:00;Отключение\n"
    (event,) = take(strangers, tmp_path, text).records
    assert (event["at"], str(event["until"])[:16]) == ("2026-10-01T06:00:00Z", "2026-10-01 12:00")


def test_words_under_from_and_to_are_no_moments(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Date;From;To;Remarks\n101;2026-10-01;Running;Stopped;gas lock\n"
    assert take(strangers, tmp_path, text).refused == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Year;DOY;PIP (psi)\n2026;145;800\n2026;9;801\n", "2026-05-25T00:00:00Z 2026-01-09T00:00:00Z"),
        (
            "Год;День года;Время;PIP, psi\n2026;274;08:00;800\n2026;275;09:30;801\n",
            "2026-10-01T08:00:00Z 2026-10-02T09:30:00Z",
        ),
        (
            "YYYY;DDD;HHMM;PIP_PSI\n2026;274;0800;800\n2026;274;1030;801\n",
            "2026-10-01T08:00:00Z 2026-10-01T10:30:00Z",
        ),
    ],
)
def test_a_day_of_a_year_stands_beside_it(
    strangers: Workspace, tmp_path: Path, text: str, expected: str
) -> None:
    found = take(strangers, tmp_path, text, well="101")
    assert sorted(at for at, _ in series(found)) == sorted(expected.split())
    assert dict(series(found))[expected.split()[0]] == pytest.approx(800 * PSI)
    assert "import.values_of_months" not in found.said


def test_months_stand_beside_the_year_of_their_row(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Добыча нефти, т\nСкважина;Год;Янв;Фев;Мар;Итого\n101;2025;375;360;380;1115\n101;2026;600;590;;1190\n"
    )
    found = take(strangers, tmp_path, text)
    months = ["2025-01-01", "2025-02-01", "2025-03-01", "2026-01-01", "2026-02-01"]
    assert sorted(told(found)) == [("101", month, "month") for month in months]
    assert sorted(one["oil_kg"] for one in found.records) == [360e3, 375e3, 380e3, 590e3, 600e3]


def test_days_of_a_month_stand_under_a_title_in_the_genitive(strangers: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Шахматка дебита жидкости, м3/сут. Октябрь 2026 г."],
        ["Скв.", "1", "2", "3"],
        ["101", 45, 46, 47],
        ["102", 80, None, 82],
    ]
    path = book(tmp_path / "f.xlsx", {"Лист1": rows})
    found = take(strangers, tmp_path, path.read_bytes(), "g.xlsx")
    assert [at[:10] for at, _ in series(found, "102", "liquid_rate")] == ["2026-10-01", "2026-10-03"]


def test_hours_of_a_day_are_no_time_since_its_midnight(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Суточный рапорт за 05.10.2026\nСкв.;Тип насоса;Qж;Hд;Время;Pзатр\n;;м3/сут;м;час;атм\n"
        "101;ЭЦН5-50;48;1050;24;12\n102;ЭЦН5-80;80;980;20;11\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused
    assert {one["at"] for one in found.records if one["at"]} == {"2026-10-05T00:00:00Z"}
    assert "import.column_unused" in found.said


@pytest.mark.parametrize(
    "cells",
    [
        "05.10.2026 08:00-09:00|05.10.2026 09:00-10:00",
        "2026-10-05 08:00-09:00|2026-10-05 09:00-10:00",
        "05.10.2026 08:00 - 09:00|05.10.2026 09:00 - 10:00",
    ],
)
def test_hours_of_a_day_are_no_offset_of_its_clock(strangers: Workspace, tmp_path: Path, cells: str) -> None:
    rows = "".join(f"101;{cell};{800 + i}\n" for i, cell in enumerate(cells.split("|")))
    found = take(strangers, tmp_path, f"Скв;Дата;PIP, psi\n{rows}")
    assert [at for at, _ in series(found)] == ["2026-10-05T08:00:00Z", "2026-10-05T09:00:00Z"]


def test_an_offset_of_a_clock_stays_one(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Time;PIP, psi\n101;2026-10-05 05:00-06:00;800\n101;2026-10-05 04:00-06:00;801\n"
    assert [at for at, _ in series(take(strangers, tmp_path, text))] == [
        "2026-10-05T10:00:00Z",
        "2026-10-05T11:00:00Z",
    ]


@pytest.mark.parametrize(
    "head",
    ["Скв.;Qж;Дата;Обв;Дата;Нд;Дата", "Скв.;Qж;Дата замера Qж;Обв.;Дата отбора пробы;Нд;Дата отбивки"],
)
def test_figures_with_their_own_dates_are_of_those(strangers: Workspace, tmp_path: Path, head: str) -> None:
    text = f"{head}\n101;45;05.10.2026;40;06.10.2026;1050;07.10.2026\n102;80;05.10.2026;;;980;08.10.2026\n"
    found = take(strangers, tmp_path, text)
    days = {
        key: series(found, well, key)[0][0][:10]
        for well, key in (("101", "liquid_rate"), ("101", "water_cut"), ("102", "dynamic_level"))
    }
    assert days == {
        "liquid_rate": "2026-10-05",
        "water_cut": "2026-10-06",
        "dynamic_level": "2026-10-08",
    }
    assert "water_cut" not in found.readings["102"]


@pytest.mark.parametrize(("hours", "end"), [("72", "2026-10-08 00:00"), ("48", "2026-10-07 00:00")])
def test_a_stop_up_to_a_day_ends_when_its_hours_say(
    strangers: Workspace, tmp_path: Path, hours: str, end: str
) -> None:
    text = f"Скв;Дата с;Дата по;Часы простоя;Причина\n101;05.10.2026;07.10.2026;{hours};КРС\n"
    (event,) = take(strangers, tmp_path, text).records
    assert str(event["until"])[:16] == end


def test_the_hours_of_a_stop_are_no_end_of_a_days_amount(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата;Простой с;Простой по;Нефть, т\n101;05.10.2026;06:00;12:00;15\n102;05.10.2026;;;30\n"
    assert told(take(strangers, tmp_path, text)) == [
        ("101", "2026-10-05", "day"),
        ("102", "2026-10-05", "day"),
    ]
