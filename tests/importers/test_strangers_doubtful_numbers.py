"""Numbers that could be none, or two: fillers beside few values, two decimal marks in one column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers
from tests.importers.sheets_at_hand import extracted

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.mark.parametrize("total", [[], [["Итого", "", 10_944]]])
@pytest.mark.parametrize(("others", "told"), [((20, 25), "import.sentinels"), ((900, 45), "maybe_filler")])
def test_a_total_says_nothing_of_what_may_fill_a_cell(
    total: list[list[Any]], others: tuple[int, int], told: str
) -> None:
    days = [["101", "01.10.2026", others[0]], ["102", "01.10.2026", others[1]], ["103", "01.10.2026", 9999]]
    found = extracted("production", ("well", "time", ("oil_kg", "т")), *days, *total)
    assert [code for code, _ in found.remarks] + [problem.code for problem in found.problems] == [told]


def take(strangers: Workspace, tmp_path: Path, oil: list[str], **options: Any) -> Imported:
    rows = "".join(f"101;2026-10-{day:02d};{cell};30\n" for day, cell in enumerate(oil, 1))
    path = tmp_path / "f.csv"
    path.write_text(f"Daily report\nWell;Date;Oil, t;Water, m3\n{rows}", encoding="utf-8")
    return imported(strangers, path, ImportOptions(**options))


def tonnes(found: Imported) -> list[float | None]:
    assert not found.refused, (found.refused, found.details)
    return [None if "oil_kg" not in row else row["oil_kg"] / 1000 for row in found.records]


def test_a_filler_beside_one_value_that_is_far_from_it_is_no_value_and_is_said(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take(strangers, tmp_path, ["20", "99999.99"])
    assert tonnes(found) == [20, None]
    assert "import.sentinels" in found.said


@pytest.mark.parametrize("oil", [["900", "9999"], ["900", "9999", "880"], ["9999"], ["0", "9999"]])
def test_what_is_written_as_a_filler_and_not_borne_out_by_its_column_is_asked(
    strangers: Workspace, tmp_path: Path, oil: list[str]
) -> None:
    found = take(strangers, tmp_path, oil)
    assert found.refused == "maybe_filler"
    assert found.details["value"] == "9999"


@pytest.mark.parametrize(("said", "stored"), [("value", [900, 9999]), ("nothing", [900, None])])
def test_a_filler_is_what_was_said_of_it(
    strangers: Workspace, tmp_path: Path, said: str, stored: list[float | None]
) -> None:
    found = take(strangers, tmp_path, ["900", "9999"], answers={"maybe_filler": said})
    assert tonnes(found) == stored


def test_nines_among_values_as_large_are_a_value(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, ["9990", "9999", "10010"])
    assert tonnes(found) == [9990, 9999, 10010]
    assert not found.said


@pytest.mark.parametrize(
    ("oil", "lines"),
    [
        (["1,234.5", "1.234,5"], (4, 3)),
        (["1.234,5", "1,234.5"], (3, 4)),
        (["12,5", "1,234.5"], (3, 4)),
        (["1.234,5", "12.5"], (3, 4)),
        (["1,234,567", "12,5"], (4, 3)),
    ],
)
def test_a_column_with_two_decimal_marks_is_asked_with_both_lines(
    strangers: Workspace, tmp_path: Path, oil: list[str], lines: tuple[int, int]
) -> None:
    found = take(strangers, tmp_path, oil)
    assert found.refused == "marks_mixed"
    assert (found.details["line"], found.details["other_line"]) == lines


def test_of_two_decimal_marks_the_one_that_was_said_leaves_the_other_cells_no_numbers(
    strangers: Workspace, tmp_path: Path
) -> None:
    for said, line in ((",", 3), (".", 4)):
        found = take(strangers, tmp_path, ["1,234.5", "1.234,5"], answers={"number_marks": said})
        assert (found.refused, found.details["line"]) == ("value_not_number", line)


@pytest.mark.parametrize("oil", [["1,234.5", "12.5"], ["1.234,5", "12,5"]])
def test_a_column_of_one_decimal_mark_is_read_by_it(
    strangers: Workspace, tmp_path: Path, oil: list[str]
) -> None:
    assert tonnes(take(strangers, tmp_path, oil)) == [1234.5, 12.5]
