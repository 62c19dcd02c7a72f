"""Rows in the middle of a text that are not whole: what their last cell went on with nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importers.text_blocks import are_torn, breaks_off, torn_marked
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import PSI, series, take
from tests.importers.test_strangers_sent import near

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
HEADER = "Date;Well;PIP (psi);Freq (Hz)\n"


def rows(first: int, end: int) -> str:
    return "".join(f"2026-10-01 {i // 60:02}:{i % 60:02};101;{800 + i % 7};50\n" for i in range(first, end))


@pytest.mark.parametrize("torn", ["2026-10-01 00:04;101;80\n", "2026-10-01 00:04;10\n"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_row_that_breaks_off_in_the_middle_is_left_out_and_said(
    strangers: Workspace, tmp_path: Path, torn: str, mark: str
) -> None:
    text = (HEADER + rows(0, 4) + torn + rows(5, 8)).replace(";", mark)
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert [at[14:16] for at, _ in series(found)] == ["00", "01", "02", "03", "05", "06", "07"]
    assert {"import.row_cut_off"} == found.said & {"import.row_cut_off", "import.short_rows"}


def test_one_that_comes_behind_the_first_64_kilobytes_too(strangers: Workspace, tmp_path: Path) -> None:
    text = HEADER + rows(0, 1_400) + rows(0, 1_400).replace("10-01", "10-02")
    text += "2026-10-03 00:00;101;80\n2026-10-03 00:01;101;802;50\n"
    found = take(strangers, tmp_path, text)
    assert series(found)[-1] == ("2026-10-03T00:01:00Z", near(802 * PSI))
    assert len(series(found)) == 2_801
    assert "import.row_cut_off" in found.said


@pytest.mark.parametrize(
    "text",
    [
        HEADER + rows(0, 2) + "2026-10-01 00:04;101;804\n2026-10-01 00:05;101;805\n" + rows(6, 8),
        HEADER + rows(0, 1) + "2026-10-01 00:04;101;804\n",
    ],
    ids=["many", "of two"],
)
def test_a_program_that_leaves_blank_ends_away_loses_nothing(
    strangers: Workspace, tmp_path: Path, text: str
) -> None:
    found = take(strangers, tmp_path, text)
    assert ("2026-10-01T00:04:00Z", near(804 * PSI)) in series(found)
    assert "import.short_rows" in found.said


def test_a_result_without_a_unit_is_no_torn_row(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата;Показатель;Результат;Ед. изм.\n" + "".join(
        f"101;12.10.2026;{name};{value}\n"
        for name, value in (("Хлориды", "310;мг/л"), ("Кальций", "85;мг/л"), ("Сульфаты", "12;мг/л"))
    )
    assert len(take(strangers, tmp_path, text).records) == 3
    alone = "Показатель;Результат;Ед. изм.\npH;7,2\nХлориды;310;мг/л\nКальций;85;мг/л\nСульфаты;12;мг/л\n"
    found = take(strangers, tmp_path, alone, well="101", time="12.10.2026")
    assert "import.row_cut_off" not in found.said
    assert len(found.records) == 4


@pytest.mark.parametrize(
    ("short", "whole", "torn"), [(0, 9, False), (1, 2, False), (1, 3, True), (2, 39, False), (2, 40, True)]
)
def test_few_among_whole_rows_are_torn(short: int, whole: int, torn: bool) -> None:
    assert are_torn(short, whole) is torn


def test_only_a_row_of_a_moment_breaks_off() -> None:
    assert breaks_off(["101", "2026-10-01", "80"], 4)
    assert not breaks_off(["Итого", "", "80"], 4)
    assert not breaks_off(["2026-10-01"], 4)
    assert not breaks_off(["2026-10-01", "80"], 2)
    assert torn_marked([(3, "# 2026-10-01;1"), (5, "2026-10-01;1")], 9, ";", 3)[0] == (3, "# 2026-10-01;1")
