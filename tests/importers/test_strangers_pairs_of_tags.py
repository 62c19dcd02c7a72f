"""Pairs of columns that say in their own names which is the time and which the value, names that end in a
limit, tags with folders before them, moments with their clock first.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_variants import PSI, take, times

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.mark.parametrize(
    "header",
    [
        "101.PIP_psi Timestamp,101.PIP_psi Value,101.FREQ_Hz Timestamp,101.FREQ_Hz Value",
        "Time_PIP,PIP_psi,Time_FREQ,FREQ_Hz",
        "Время PIP,PIP_psi,Время FREQ,FREQ_Hz",
    ],
)
def test_each_tag_has_its_own_times(strangers: Workspace, tmp_path: Path, header: str) -> None:
    rows = "2026-10-01 00:00,500,2026-10-01 00:03,50\n2026-10-01 00:07,501,2026-10-01 00:09,51\n"
    options = {} if header.startswith("101") else {"well": "101"}
    found = take(strangers, tmp_path, f"{header}\n{rows}", **options)
    assert times(found) == ["10-01T00:00", "10-01T00:07"]
    assert times(found, sensor="frequency") == ["10-01T00:03", "10-01T00:09"]


@pytest.mark.parametrize("name", ["Intake Pressure LL", "Intake Pressure HIHI", "Intake Pressure USL"])
def test_a_limit_by_its_letters_is_no_reading(strangers: Workspace, tmp_path: Path, name: str) -> None:
    text = f"Well,Time,{name} (psi),F (Hz)\n101,2026-10-01 00:00,200,50\n101,2026-10-01 00:01,200,50\n"
    found = take(strangers, tmp_path, text)
    assert sorted(found.readings["101"]) == ["frequency"]
    assert "import.column_unused" in found.said


def test_folders_before_a_tag_are_no_part_of_its_well(strangers: Workspace, tmp_path: Path) -> None:
    text = "Tag;Time;Value;Units\n{0}101|Intake Pressure;2026-10-01 00:00;500;psi\n"
    text += "{0}102|Intake Pressure;2026-10-01 00:00;600;psi\n"
    for folders in ("", "af:/Field/Pad 1/"):
        found = take(strangers, tmp_path, text.format(folders))
        values = {well: of["intake_pressure"][0][1] for well, of in found.readings.items()}
        assert values == pytest.approx({"101": 500 * PSI, "102": 600 * PSI})
    named = text.format("").replace("101|", "15/9|").replace("102|", "15/10|")
    assert take(strangers, tmp_path, named, new_wells=True).new_wells == ["15/9", "15/10"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Time", ("08:00 01.10.2026", "08:01 01.10.2026")),
        ("Time", ("08:00:00 2026-10-01", "08:01:00 2026-10-01")),
        ("Time", ("Oct-01-2026 08:00", "Oct-01-2026 08:01")),
        ("Time", ("01OCT2026 08:00:00", "01OCT2026 08:01:00")),
        ("Время, +05:00", ("01.10.2026 13:00", "01.10.2026 13:01")),
    ],
)
def test_moments_in_another_order_are_moments(
    strangers: Workspace, tmp_path: Path, header: str, cells: tuple[str, str]
) -> None:
    text = f"{header};PIP (bar)\n{cells[0]};50\n{cells[1]};51\n"
    assert times(take(strangers, tmp_path, text, well="101")) == ["10-01T08:00", "10-01T08:01"]


def test_a_clock_first_leaves_day_and_month_as_open_as_ever(strangers: Workspace, tmp_path: Path) -> None:
    text = "Time;PIP (bar)\n08:00 03/04/2026;50\n08:00 {}/2026;51\n"
    assert take(strangers, tmp_path, text.format("04/05"), well="101").refused == "date_order"
    found = take(strangers, tmp_path, text.format("03/13"), well="101")
    assert times(found) == ["03-04T08:00", "03-13T08:00"]


def test_a_clock_without_colons_under_its_own_form(strangers: Workspace, tmp_path: Path) -> None:
    text = "DATE,HHMM,PIP_PSI\n10/13/2026,0005,500\n10/13/2026,1305,501\n"
    assert times(take(strangers, tmp_path, text, well="101")) == ["10-13T00:05", "10-13T13:05"]
