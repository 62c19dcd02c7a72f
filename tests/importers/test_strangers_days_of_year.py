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
    ],
)
def test_a_day_of_a_year_is_its_day(
    strangers: Workspace, tmp_path: Path, header: str, cells: str, told: str
) -> None:
    rows = "".join(f"{cell};101;{50 + i}\n" for i, cell in enumerate(cells.split("|")))
    found = take(strangers, tmp_path, f"{header};Well;PIP, atm\n{rows}")
    assert " ".join(at for at, _ in series(found)) == told


@pytest.mark.parametrize("cell", ["2026-366 08:00", "2026-000 08:00", "2026-400 08:00"])
def test_a_day_that_a_year_does_not_have_is_none(strangers: Workspace, tmp_path: Path, cell: str) -> None:
    found = take(strangers, tmp_path, f"Time;Well;PIP, atm\n2026-145 08:00;101;50\n{cell};101;51\n")
    assert (found.refused, found.details["line"], found.details["value"]) == ("value_not_time", 3, cell)


def test_a_well_that_is_called_so_is_a_well(strangers: Workspace, tmp_path: Path) -> None:
    text = "Date;Well;PIP, atm\n2026-10-01;2012-101;50\n2026-10-02;2012-101;51\n"
    assert take(strangers, tmp_path, text, new_wells=True).wells == ["2012-101"]
