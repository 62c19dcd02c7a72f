"""Lines about wells that stand in the column of wells: sums by their numbers, a plan and what became of it,
gathering stations, words for nothing. None becomes a well unasked; and what says of readings is heard.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.importers.nothing_said import not_good
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.sheets_at_hand import extracted, marks
from tests.importers.test_strangers_variants import take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
DAY = "01.10.2026"
TABLE = "Well;Date;Daily oil, t;Daily water, m3\n"
TABLE += "101;2026-10-05;20;30\n102;2026-10-05;25;35\n{};2026-10-05;{};65\n"


@pytest.mark.parametrize(
    "name", ["План", "Факт", "Отклонение", "% от плана", "ГЗУ-5", "Battery 5", "Северное месторождение"]
)
def test_a_line_about_wells_is_left_out_and_told(strangers: Workspace, tmp_path: Path, name: str) -> None:
    found = take(strangers, tmp_path, TABLE.format(name, 50), new_wells=True)
    assert (found.new_wells, len(found.records)) == ([], 2)
    assert "import.row_left_out" in found.said


def test_what_holds_the_sum_of_the_wells_above_is_their_sum(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, TABLE.format("Northern", 45), new_wells=True)
    assert (found.new_wells, len(found.records)) == ([], 2)


def test_a_name_without_a_number_among_numbers_is_no_well_unasked(
    strangers: Workspace, tmp_path: Path
) -> None:
    assert take(strangers, tmp_path, TABLE.format("Northern", 7), new_wells=True).refused == "wells_odd"
    named = "Well;Date;Daily oil, t\nBaker;2026-10-05;20\nSmith;2026-10-05;25\n"
    assert take(strangers, tmp_path, named, new_wells=True).new_wells == ["Baker", "Smith"]


@pytest.mark.parametrize("name", ["N/A", "-", "—", "без номера", "unknown"])
def test_a_word_for_nothing_names_no_well(strangers: Workspace, tmp_path: Path, name: str) -> None:
    assert take(strangers, tmp_path, TABLE.format(name, 7), new_wells=True).refused == "value_missing"


def test_a_blank_under_a_word_for_nothing_is_of_no_well_either() -> None:
    columns = ("well", "time", ("liquid_m3_per_s", "м3/сут"))
    found = extracted(
        "flow_test", columns, ["101", DAY, 50], ["б/н", DAY, 60], ["", DAY, 70], ["102", DAY, 80]
    )
    assert found.well.tolist() == ["101", "102"]
    assert marks(found) == [(3, 0, "value_missing", "error"), (4, 0, "value_missing", "error")]


@pytest.mark.parametrize(
    "name",
    [
        "Мин. давление на приеме, атм",
        "Макс ток ПЭД, А",
        "Qж потенциал, м3/сут",
        "Potential liquid rate (m3/d)",
    ],
)
def test_what_could_be_or_was_at_most_is_no_reading(strangers: Workspace, tmp_path: Path, name: str) -> None:
    text = f"Well;Time;F, Hz;{name}\n101;2026-10-01 00:00;50;40\n101;2026-10-01 01:00;49;41\n"
    assert list(take(strangers, tmp_path, text).readings["101"]) == ["frequency"]


@pytest.mark.parametrize("word", ["Not good", "No comm", "Сбой связи", "Dårlig", "Отказ датчика"])
def test_further_words_say_that_a_reading_is_bad(word: str) -> None:
    assert not_good(np.array(["Good", word], object)).tolist() == [False, True]


@pytest.mark.parametrize(
    ("header", "cells"), [("Flags", ("", "B")), ("Mark", ("", "*")), ("Статус", ("", "к"))]
)
def test_a_mark_at_some_rows_alone_is_told(
    strangers: Workspace, tmp_path: Path, header: str, cells: tuple[str, str]
) -> None:
    text = "Well;Time;F, Hz;{}\n101;2026-10-01 00:00;50;{}\n101;2026-10-01 01:00;49;{}\n"
    assert "import.column_unused" in take(strangers, tmp_path, text.format(header, *cells)).said
