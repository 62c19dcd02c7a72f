"""A well that is written once for several rows: over them, in their middle, at their foot."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
DAY_S = 86_400.0


def table(names: str, days: str = "1 2 3 1 2 3") -> str:
    rows = zip(names.split(","), days.split(), [45, 46, 47, 80, 81, 82], strict=True)
    return "Скважина;Дата;Qж, м3/сут\n" + "".join(f"{w};0{d}.10.2026;{q}\n" for w, d, q in rows)


@pytest.mark.parametrize(
    ("names", "days", "first"),
    [
        ("101,,,102,,", "1 2 3 1 2 3", {45, 46, 47}),
        (",101,,,102,", "1 2 3 1 2 3", {45, 46, 47}),
        (",,101,,,102", "1 2 3 1 2 3", {45, 46, 47}),
        (",,101,,,102", "1 2 3 4 5 6", {45, 46, 47}),
        (",101,,,,102", "1 2 1 2 3 4", {45, 46}),
        ("101,,,,,102", "1 2 3 4 5 6", {45, 46, 47, 80, 81}),
        ("101,,102,,,", "1 2 1 2 3 4", {45, 46}),
        ("101,,,102,,", "1 3 2 1 2 3", {45, 46, 47}),
    ],
)
def test_a_well_is_that_of_its_group(
    strangers: Workspace, tmp_path: Path, names: str, days: str, first: set[int]
) -> None:
    found = take(strangers, tmp_path, table(names, days))
    assert {round(value * DAY_S) for _, value in series(found, "101", "liquid_rate")} == first


def test_that_rows_over_a_name_are_its_own_is_said(strangers: Workspace, tmp_path: Path) -> None:
    assert "import.wells_of_groups" in take(strangers, tmp_path, table(",,101,,,102")).said
    assert "import.wells_of_groups" not in take(strangers, tmp_path, table("101,,,102,,")).said


def test_rows_over_the_first_name_are_of_no_well_that_was_named_outside(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take(strangers, tmp_path, table(",,101,102,,", "1 3 2 1 3 2"), well="102")
    assert (found.refused, found.details["line"]) == ("value_missing", 2)


@pytest.mark.parametrize("mark", ["то же", "-//-", '""""', "ditto", "—″—"])
def test_a_mark_for_the_same_is_no_well(strangers: Workspace, tmp_path: Path, mark: str) -> None:
    text = f"Скважина;Дата;Qж, м3/сут\n101;01.10.2026;45\n{mark};02.10.2026;46\n102;01.10.2026;80\n"
    found = take(strangers, tmp_path, text, new_wells=True)
    assert found.new_wells == []
    assert len(series(found, "101", "liquid_rate")) == 2
