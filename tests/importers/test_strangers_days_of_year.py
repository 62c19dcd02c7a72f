"""Moments that count the days of a year: `2026-145`, `2026/145 08:00`, `2026-145T08:00:00Z`."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.mark.parametrize(
    ("header", "cells", "told"),
    [
        ("Time", "2026-145 08:00|2026-146 09:30", "2026-05-25T08:00:00Z 2026-05-26T09:30:00Z"),
        (
            "Timestamp",
            "2026-145T08:00:00+05:00|2026-145T09:00:00+05:00",
            "2026-05-25T03:00:00Z 2026-05-25T04:00:00Z",
        ),
        ("Дата", "2024/001|2024/366", "2024-01-01T00:00:00Z 2024-12-31T00:00:00Z"),
        ("Time", "2026145|2026146", "2026-05-25T00:00:00Z 2026-05-26T00:00:00Z"),
        ("Time", "2026145 08:00|2026146 09:30", "2026-05-25T08:00:00Z 2026-05-26T09:30:00Z"),
        ("Time", "26145 08:00|26146 09:30", "2026-05-25T08:00:00Z 2026-05-26T09:30:00Z"),
        ("Time", "2026:145:08:00:00|2026:146:09:30:00", "2026-05-25T08:00:00Z 2026-05-26T09:30:00Z"),
        ("Time", "2026-145-08:00:00|2026-146-09:30:00", "2026-05-25T08:00:00Z 2026-05-26T09:30:00Z"),
        ("Time", "145/2026 08:00|146/2026 09:30", "2026-05-25T08:00:00Z 2026-05-26T09:30:00Z"),
        ("Date (YYDDD)", "26145|26146", "2026-05-25T00:00:00Z 2026-05-26T00:00:00Z"),
        ("Time", "2026-W22-1|2026-W22-2T08:00", "2026-05-25T00:00:00Z 2026-05-26T08:00:00Z"),
        ("Time", "2026W221|2026W222", "2026-05-25T00:00:00Z 2026-05-26T00:00:00Z"),
    ],
)
def test_a_day_of_a_year_is_its_day(
    strangers: Workspace, tmp_path: Path, header: str, cells: str, told: str
) -> None:
    rows = "".join(f"{cell};101;{50 + i}\n" for i, cell in enumerate(cells.split("|")))
    found = take(strangers, tmp_path, f"{header};Well;PIP, atm\n{rows}")
    assert " ".join(at for at, _ in series(found)) == told


@pytest.mark.parametrize("cell", ["2026-366 08:00", "2026-000 08:00", "2026-400 08:00", "2025-W53-1"])
def test_a_day_that_a_year_does_not_have_is_none(strangers: Workspace, tmp_path: Path, cell: str) -> None:
    found = take(strangers, tmp_path, f"Time;Well;PIP, atm\n2026-145 08:00;101;50\n{cell};101;51\n")
    assert (found.refused, found.details["line"], found.details["value"]) == ("value_not_time", 3, cell)


def test_a_well_that_is_called_so_is_a_well(strangers: Workspace, tmp_path: Path) -> None:
    text = "Date;Well;PIP, atm\n2026-10-01;2012-101;50\n2026-10-02;2012-101;51\n"
    assert take(strangers, tmp_path, text, new_wells=True).wells == ["2012-101"]


def test_one_day_that_its_year_does_not_have_is_told_among_days_without_a_mark(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take(strangers, tmp_path, "Time;Well;PIP, atm\n2026145;101;50\n2026366;101;51\n")
    assert (found.refused, found.details["line"], found.details["value"]) == ("value_not_time", 3, "2026366")


def test_five_figures_may_be_a_year_and_its_day_or_a_count_of_days(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Time;Well;PIP, atm\n26145;101;50\n26146;101;51\n"
    asked = take(strangers, tmp_path, text)
    assert (asked.refused, asked.details["first"], asked.details["second"]) == (
        "day_count",
        "2026-05-25",
        "1971-07-31",
    )
    for answer, day in (("year", "2026-05-25"), ("serial", "1971-07-31")):
        found = take(strangers, tmp_path, text, answers={"day_count": answer})
        assert series(found)[0][0] == f"{day}T00:00:00Z"
    counted = take(strangers, tmp_path, text.replace("26145", "46235").replace("26146", "46236"))
    assert series(counted)[0][0] == "2026-08-01T00:00:00Z"


@pytest.mark.parametrize(
    ("header", "row"), [("Year;DOY;Hour", "2026;145;8"), ("Year;Julian day;Time", "2026;5;0800")]
)
def test_a_year_and_its_day_in_two_columns_are_one(
    strangers: Workspace, tmp_path: Path, header: str, row: str
) -> None:
    text = f"{header};Well;PIP, atm\n{row};101;50\n{row.replace('8', '9')};101;51\n"
    day = "2026-05-25" if "145" in row else "2026-01-05"
    assert [at for at, _ in series(take(strangers, tmp_path, text))] == [
        f"{day}T08:00:00Z",
        f"{day}T09:00:00Z",
    ]


def test_a_well_with_a_stroke_is_no_day(strangers: Workspace, tmp_path: Path) -> None:
    text = "Date;Well;PIP, atm\n2026-10-01;101/2012;50\n2026-10-02;101/2012;51\n"
    assert take(strangers, tmp_path, text, new_wells=True).wells == ["101/2012"]
