"""What numbers of quality mean, and names that a program of numbers or a controller has changed: shares,
zeros alone, `101.0`, `0101`, raw counts beside engineering units; shots of a level, stops with their starts.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.importers.nothing_said import good_as_taken, not_good
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
FIRST, SECOND = "2026-10-01T00:00:00Z", "2026-10-01T00:01:00Z"


@pytest.mark.parametrize(
    ("cells", "bad", "good"),
    [
        (["100", "0", "95"], [False, True, False], "50…100 %"),
        (["0", "0"], [False, False], "0"),
        (["1", "1", "0"], [False, False, True], "1"),
        (["0", "0", "1"], [False, False, True], "0"),
        (["192", "0", "216"], [False, True, False], ""),
        (["Good", "Bad"], [False, True], ""),
        (["0x00000000", "0x80340000"], [False, True], ""),
    ],
)
def test_numbers_of_quality_are_read_by_their_column_and_a_guess_is_told(
    cells: list[str], bad: list[bool], good: str
) -> None:
    column = np.array(cells, object)
    assert not_good(column).tolist() == bad
    assert good_as_taken(column) == good


def test_what_was_taken_for_good_is_said(strangers: Workspace, tmp_path: Path) -> None:
    rows = "101.Frequency,2026-10-01 00:00,50,{}\n101.Frequency,2026-10-01 00:01,49,0\n"
    text = f"Tag,Timestamp,Value,Quality\n{rows}"
    assert "import.quality_read" in take(strangers, tmp_path, text.format(0)).said
    shares = take(strangers, tmp_path, text.format(100))
    assert shares.marked == {"101": {"frequency": [SECOND]}}
    assert "import.quality_read" in shares.said
    assert "import.quality_read" not in take(strangers, tmp_path, text.format(192)).said


def test_wells_that_went_through_a_program_of_numbers_are_the_same_wells(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Well;Time;PIP (bar)\n101.0;2026-10-01 00:00;55\n102.0;2026-10-01 00:00;50\n"
    found = take(strangers, tmp_path, text, new_wells=True)
    assert found.new_wells == []
    assert sorted(found.readings) == ["101", "102"]
    mixed = take(strangers, tmp_path, text.replace("102.0", "15/9-F-1"), new_wells=True)
    assert "101.0" in mixed.readings


def test_a_known_number_behind_noughts_is_asked_of(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Time;PIP (bar)\n0101;2026-10-01 00:00;55\n"
    assert take(strangers, tmp_path, text, new_wells=True).refused == "wells_unknown"


def test_raw_counts_are_no_pressure_and_engineering_units_are(strangers: Workspace, tmp_path: Path) -> None:
    text = "Time;101.PIP.RAW;101.PIP.EU\n2026-10-01 00:00;13107;55\n"
    found = take(strangers, tmp_path, text)
    assert series(found) == [(FIRST, 55e5)]
    alone = take(strangers, tmp_path, "Time;101.PIP.RAW\n2026-10-01 00:00;13107\n", "g.csv", well="101")
    assert alone.refused == "no_sensor_column"


def test_the_type_of_a_shot_tells_a_static_level(strangers: Workspace, tmp_path: Path) -> None:
    rows = "101,2026-10-01 06:00,Static,850,1200\n101,2026-10-02 06:00,Producing,950,1100\n"
    text = f"Well,Date,Shot type,Liquid level (m),Casing pressure (kPa)\n{rows}"
    found = take(strangers, tmp_path, text)
    assert [record["level"] for record in found.records] == ["static", "dynamic"]


def test_a_start_beside_a_stop_is_its_end(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Stop time;Start time;Reason\n101;2026-10-01 06:00;2026-10-01 08:00;Underload\n"
    found = take(strangers, tmp_path, text)
    assert found.kind == "event"
    assert "import.column_twice" not in found.said
    assert str(found.records[0]["until"]).startswith("2026-10-01 08:00")


@pytest.mark.parametrize("header", ["Обводненность, % масс.", "Water cut, wt %", "Обв. (масс.), %"])
def test_a_share_of_water_by_mass_is_told(strangers: Workspace, tmp_path: Path, header: str) -> None:
    text = f"Time;{header};PIP (bar)\n2026-10-01 00:00;45;55\n"
    found = take(strangers, tmp_path, text, well="101")
    assert series(found, sensor="water_cut") == [(FIRST, pytest.approx(0.45))]
    assert "import.share_by_mass" in found.said
    volume = take(strangers, tmp_path, text.replace(header, "Обводненность, %"), "g.csv", well="101")
    assert "import.share_by_mass" not in volume.said


def test_a_moment_may_be_called_by_what_it_counts(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, "timestamp_ms,well,freq_hz\n1790812800000,101,50\n")
    assert series(found, sensor="frequency") == [(FIRST, 50.0)]


def test_codes_under_a_tag_and_its_q_are_the_quality_of_that_tag(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "Time;101.PIP (bar);101.PIP_Q;101.Freq;101.Freq_Q\n"
        "2026-10-01 00:00;55;192;50;192\n2026-10-01 00:01;56;0;50;192\n"
    )
    found = take(strangers, tmp_path, text)
    assert found.marked == {"101": {"intake_pressure": [SECOND]}}
    assert len(series(found, sensor="frequency")) == 2
    plain = "Time;PIP (bar);PIP_Q;Liquid rate (m3/d)\n2026-10-01 00:00;55;192;50\n2026-10-01 00:01;56;0;50\n"
    beside = take(strangers, tmp_path, plain, "g.csv", well="101")
    assert SECOND in beside.marked["101"]["intake_pressure"]
    assert [value * 86_400 for _, value in series(beside, sensor="liquid_rate")] == pytest.approx([50, 50])


def test_a_column_of_ok_says_which_rows_are(strangers: Workspace, tmp_path: Path) -> None:
    text = "Time;Freq (Hz);OK\n2026-10-01 00:00;50;1\n2026-10-01 00:01;49;0\n2026-10-01 00:02;51;0\n"
    found = take(strangers, tmp_path, text, well="101")
    assert found.marked == {"101": {"frequency": [SECOND, "2026-10-01T00:02:00Z"]}}


def test_a_period_without_an_amount_is_no_production(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Date;Period;Oil (m3)\n101;2026-10-01;day;30\n101;2026-10-02;day;\n"
    found = take(strangers, tmp_path, text)
    assert [record["at"] for record in found.records] == [FIRST]
    assert "import.rows_without_values" in found.said
