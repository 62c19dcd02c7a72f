"""When a stop or a repair ended: with its own date however that is written, never before it began."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import imported, readers_here, strangers
from tests.importers.test_strangers_kinds import book, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
START, END = datetime(2026, 10, 3, 8), datetime(2026, 10, 7, 6)


@pytest.mark.parametrize(
    ("start", "end", "ended"),
    [
        ("2026-10-03 08:00", "2026-10-07 06:00", END),
        ("2026-10-03T08:00:00", "2026-10-07T06:00:00", END),
        ("03.10.2026 08:00", "07.10.2026 06:00", END),
        ("2026-10-03 08:00", "06:00", datetime(2026, 10, 4, 6)),
        ("2026-10-03", "2026-10-07", datetime(2026, 10, 7)),
    ],
)
def test_an_end_with_a_date_of_its_own_is_of_that_day(
    strangers: Workspace, tmp_path: Path, start: str, end: str, ended: datetime
) -> None:
    found = take(strangers, tmp_path, f"Скв;Начало;Окончание;Причина\n101;{start};{end};Смена ЭЦН\n")
    assert [row["until"] for row in found.records] == [ended]


def test_dates_of_a_workbook_too_and_its_kind_of_repair(strangers: Workspace, tmp_path: Path) -> None:
    rows = [["Скв", "Начало", "Окончание", "Вид", "Причина"], ["101", START, END, "ТРС", "Смена ЭЦН"]]
    found = imported(strangers, book(tmp_path / "f.xlsx", {"Лист1": rows}))
    [repair] = found.records
    assert (repair["ended_at"], repair["kind"]) == (END, "trs")


def test_an_end_before_its_start_is_left_out_and_said(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата пуска;Дата останова;Причина\n101;01.10.2026 08:00;05.10.2026 06:00;ЗСП\n"
    found = take(strangers, tmp_path, text)
    assert [(row["at"], row.get("until")) for row in found.records] == [("2026-10-05T06:00:00Z", None)]
    assert "end_before_start" in found.said


@pytest.mark.parametrize(
    ("header", "start", "end", "at", "until"),
    [
        ("Начало (UTC+5)", "03.10.2026 08:00", "12:00", "2026-10-03T03:00:00Z", datetime(2026, 10, 3, 7)),
        ("Начало (UTC+5)", "03.10.2026 22:00", "02:00", "2026-10-03T17:00:00Z", datetime(2026, 10, 3, 21)),
        ("Начало", "2026-10-03T08:00:00+05:00", "12:00", "2026-10-03T03:00:00Z", datetime(2026, 10, 3, 7)),
        ("Начало", "2026-10-03T08:00:00Z", "12:00", "2026-10-03T08:00:00Z", datetime(2026, 10, 3, 12)),
    ],
)
def test_an_end_that_is_a_clock_alone_is_of_the_clock_that_its_start_is_written_in(
    strangers: Workspace, tmp_path: Path, header: str, start: str, end: str, at: str, until: datetime
) -> None:
    found = take(strangers, tmp_path, f"Скв;{header};Окончание;Причина\n101;{start};{end};ЗП\n")
    assert [(row["at"], row["until"]) for row in found.records] == [(at, until)]


def test_a_clock_of_a_day_in_a_zone_too(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата (UTC+5);Время остановки;Время запуска;Причина\n101;03.10.2026;22:00;02:00;ЗП\n"
    [stop] = take(strangers, tmp_path, text).records
    assert (stop["at"], stop["until"]) == ("2026-10-03T17:00:00Z", datetime(2026, 10, 3, 21))


def test_a_start_before_the_stop_of_a_day_is_no_start_of_the_next_day(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Скв;Дата;Время пуска;Время остановки;Причина\n101;03.10.2026;08:00;12:00;ЗП\n"
    found = take(strangers, tmp_path, text)
    assert [(row["at"], row.get("until")) for row in found.records] == [("2026-10-03T12:00:00Z", None)]
    assert "end_before_start" in found.said
