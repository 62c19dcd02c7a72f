"""What fits a second reading is told or asked, what says of readings that they are bad is heard in other
words, and what is no well is none: found with files made blind.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.importers.made import within_float32
from app.importers.nothing_said import not_good, not_understood
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_variants import take, times

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


def test_points_that_may_group_thousands_are_told(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Date;Daily oil (m3);Daily water (m3)\n101;2026-10-01;1.234;{}\n101;2026-10-02;1.020;2.501\n"
    assert "import.number_marks" in take(strangers, tmp_path, text.format("2.500")).said
    assert "import.number_marks" not in take(strangers, tmp_path, text.format("2.5")).said


def test_shares_under_a_per_cent_sign_are_asked_of_a_well_and_not_of_a_sample(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Скв;{};Qж, м3/сут;Обводненность, %\n101;01.10.2026;45;{}\n101;02.10.2026;44;0,95\n"
    asked = take(strangers, tmp_path, text.format("Дата", "0,45"))
    assert asked.refused == "share_unit"
    assert asked.checked is not None
    quoted = [problem.value for problem in asked.checked.problems if problem.code == "share_unit"]
    assert quoted == ["0,45"], "as it stands in the file"
    assert take(strangers, tmp_path, text.format("Дата", "45")).refused == ""
    answers = {"share_unit:Обводненность, %": "fraction"}
    found = take(strangers, tmp_path, text.format("Дата", "0,45"), answers=answers)
    assert [value for _, value in found.readings["101"]["water_cut"]] == pytest.approx([0.45, 0.95])
    sample = "Скважина;Дата отбора;Обводненность, %;pH\n101;01.10.2026;0,45;6\n101;02.10.2026;0,95;6\n"
    assert take(strangers, tmp_path, sample, kind="lab_result").refused == ""


@pytest.mark.parametrize("name", ["Avg", "Прочие", "Others", "Promedio", "Ср.", "Медиана"])
def test_what_sums_wells_up_is_no_well(strangers: Workspace, tmp_path: Path, name: str) -> None:
    text = f"Date;Well;Daily oil, t\n2026-10-05;101;20\n2026-10-05;102;25\n2026-10-05;{name};45\n"
    found = take(strangers, tmp_path, text, new_wells=True)
    assert (found.new_wells, len(found.records)) == ([], 2)


def test_a_reason_in_brackets_makes_no_reading_good() -> None:
    words = ["Good", "Bad [Device Failure]", "Good - local", "Uncertain: old", "Bad sensor"]
    assert not_good(np.array(words, object)).tolist() == [False, True, False, True, True]


def test_words_of_a_quality_that_nobody_knows_are_told(strangers: Workspace, tmp_path: Path) -> None:
    assert not_understood(np.array(["Good", "0xC0", "192", "lilac", ""], object)) == ["lilac"]
    text = "Well;Time;F, Hz;Quality\n101;2026-10-01 00:00;50;Good\n101;2026-10-01 01:00;49;{}\n"
    assert "import.quality_unknown" in take(strangers, tmp_path, text.format("lilac")).said
    assert "import.quality_unknown" not in take(strangers, tmp_path, text.format("Bad")).said


def test_codes_of_opc_under_a_q_are_its_quality(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Time;F, Hz;Q\n101;2026-10-01 00:00;50;192\n101;2026-10-01 01:00;49;24\n"
    assert take(strangers, tmp_path, text).marked == {"101": {"frequency": ["2026-10-01T01:00:00Z"]}}


def test_a_column_of_yes_and_no_that_nobody_heard_is_told(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Time;F, Hz;Подтвержден\n101;2026-10-01 00:00;50;да\n101;2026-10-01 01:00;49;нет\n"
    assert "import.column_unused" in take(strangers, tmp_path, text).said


def test_a_fillers_pascals_are_no_infinity() -> None:
    assert np.isfinite(within_float32(np.array([9.97e36 * 6894.76, -1e300, 5.0]))).all()


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("Hour,Minute", ("8,15", "20,45"), ["10-01T08:15", "10-01T20:45"]),
        ("Time,AM/PM", ("08:15,AM", "08:45,PM"), ["10-01T08:15", "10-01T20:45"]),
        ("Time,AM/PM", ("12:15,AM", "12:45,PM"), ["10-01T00:15", "10-01T12:45"]),
        ("Час,Мин", ("8,15", "20,45"), ["10-01T08:15", "10-01T20:45"]),
    ],
)
def test_a_clock_in_several_columns_is_one(
    strangers: Workspace, tmp_path: Path, header: str, cells: tuple[str, str], expected: list[str]
) -> None:
    rows = "".join(f"2026-10-01,{cell},{500 + i}\n" for i, cell in enumerate(cells))
    found = take(strangers, tmp_path, f"Date,{header},PIP (psi)\n{rows}", well="101")
    assert times(found) == expected
    assert "import.column_unused" not in found.said


@pytest.mark.parametrize(
    "text",
    [
        "NodeId,Time,Value\nns=2;s=101.Freq,2026-10-01 00:00,50\nns=2;s=102.Freq,2026-10-01 00:00,48\n",
        "Time,\\\\SRV\\101.FREQ,\\\\SRV\\102.FREQ\n2026-10-01 00:00,50,48\n",
    ],
)
def test_the_address_of_a_tag_is_no_part_of_its_well(strangers: Workspace, tmp_path: Path, text: str) -> None:
    found = take(strangers, tmp_path, text)
    assert {well: of["frequency"][0][1] for well, of in found.readings.items()} == {"101": 50, "102": 48}
