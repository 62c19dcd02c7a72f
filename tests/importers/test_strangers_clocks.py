"""Clocks of machines: zones that a title or a column of offsets tells, counts that are in UTC beside a clock
on the wall, clocks that went back to where recorders begin.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.texts import Speaker
from app.importers.zones import zone_in
from app.services.imports.words import remark_words
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
FIRST, SECOND = "2026-10-01T00:00:00Z", "2026-10-01T00:01:00Z"


@pytest.mark.parametrize(
    ("title", "zone"),
    [
        ("Times are Central Daylight Time", "America/Chicago"),
        ("All times in CDT", "CDT"),
        ("Timestamps: EST", "EST"),
        ("Report of CST Ltd", ""),
        ("Houston office", ""),
    ],
)
def test_a_title_says_whose_clock_its_times_are_of(title: str, zone: str) -> None:
    assert zone_in(title, title=True) == zone


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("UTC offset (min)", "300"),
        ("UTC offset, h", "5"),
        ("GMT Offset", "5"),
        ("TZ offset (s)", "18000"),
        ("Timezone offset", "300"),
    ],
)
def test_an_offset_may_be_a_number(strangers: Workspace, tmp_path: Path, header: str, cell: str) -> None:
    text = f"Time;{header};PIP (bar)\n2026-10-01 05:00;{cell};55\n2026-10-01 05:01;{cell};56\n"
    found = take(strangers, tmp_path, text, well="101")
    assert [at for at, _ in series(found)] == [FIRST, SECOND]


def test_offsets_behind_utc_and_of_half_an_hour_too(strangers: Workspace, tmp_path: Path) -> None:
    text = "Time;UTC offset (min);PIP (bar)\n2026-10-01 05:30;330;55\n2026-09-30 20:31;-210;56\n"
    found = take(strangers, tmp_path, text, well="101")
    assert [at for at, _ in series(found)] == [FIRST, SECOND]


def test_a_count_since_1970_is_taken_before_a_clock_of_no_zone(strangers: Workspace, tmp_path: Path) -> None:
    text = "epoch;time;PIP (bar)\n1790812800;2026-10-01 05:00;55\n1790812860;2026-10-01 05:01;56\n"
    found = take(strangers, tmp_path, text, well="101")
    assert [at for at, _ in series(found)] == [FIRST, SECOND]


@pytest.mark.parametrize("reset", ["1970-01-01 00:00:12", "2000-01-01 00:05:00", "1980-01-01 00:00:00"])
def test_a_clock_that_went_back_to_its_beginning_is_said_with_its_lines(
    strangers: Workspace, tmp_path: Path, reset: str
) -> None:
    text = f"Time;PIP (bar)\n{reset};55\n2026-10-01 00:01;56\n"
    found = take(strangers, tmp_path, text, well="101")
    assert len(series(found)) == 2
    assert found.checked is not None
    assert [about["lines"] for code, about in found.checked.remarks if code == "import.far_away"] == [[2]]


def test_a_year_that_was_written_wrong_is_said_and_years_of_readings_are_none(
    strangers: Workspace, tmp_path: Path
) -> None:
    days = [f"2026-09-{day:02d}" for day in range(1, 20)]
    wrong = "Time;PIP (bar)\n" + "".join(f"{day};55.{i}\n" for i, day in enumerate([*days, "2016-09-20"]))
    assert "import.far_away" in take(strangers, tmp_path, wrong, well="101").said
    yearly = "Time;PIP (bar)\n" + "".join(f"{year}-09-01;55.{year}\n" for year in (2016, 2019, 2021, 2026))
    assert "import.far_away" not in take(strangers, tmp_path, yearly, "g.csv", well="101").said


def test_a_day_that_is_none_is_not_called_years_away(strangers: Workspace, tmp_path: Path) -> None:
    """It has no moment, and was told to be of 1970 beside being no day."""
    text = "Дата;Рпр, МПа\n31.02.2026;5,2\n03.10.2026;5,3\n05.10.2026;5,4\n"
    found = take(strangers, tmp_path, text, well="101")
    assert found.checked is not None
    assert [problem.line for problem in found.checked.problems if problem.severity == "error"] == [2]
    assert "import.far_away" not in [code for code, _ in found.checked.remarks]


@pytest.mark.parametrize(("language", "told"), [("ru", "01.01.1970 00:00"), ("en", "1970-01-01 00:00")])
def test_where_a_clock_went_to_is_told_as_moments_are(language: str, told: str) -> None:
    about = {"sheet": "s", "column": "Time", "count": 1, "where": "2", "value": "1970-01-01T00:00:12Z"}
    assert told in remark_words("readings", "import.far_away", about, Speaker(language))


def test_pounds_are_a_load(strangers: Workspace, tmp_path: Path) -> None:
    points = "".join(f"{50 - abs(i - 20) * 2.5:.1f},{5000 + 2000 * (i < 20)}\n" for i in range(40))
    head = (
        "Well,101\nDate,2026-10-01 06:00\nSPM,6\nPolished Rod Position (inches),Polished Rod Load (pounds)\n"
    )
    found = take(strangers, tmp_path, head + points)
    assert found.cards == 1


# ---- rows that contradict themselves -----------------------------------------------------------------------


def test_a_row_whose_tag_names_another_well_than_its_column_is_refused(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Well;Tag;Time;Value;Unit\n101;{tag};2026-10-01 00:00;55;bar\n"
    assert take(strangers, tmp_path, text.format(tag="102.PIP")).refused == "well_of_tag"
    for tag in ("101.PIP", "PIP", "ESP1.PIP"):
        assert not take(strangers, tmp_path, text.format(tag=tag), f"{tag}.csv").refused


def test_a_card_of_two_speeds_is_refused(strangers: Workspace, tmp_path: Path) -> None:
    points = "".join(
        f"101;2026-10-01 06:00;{5 + (i > 20)};{1.2 - abs(i - 20) / 20:.2f};{50 + 15 * (i < 20)}\n"
        for i in range(40)
    )
    text = f"Well;Time;SPM;Position (m);Load (kN)\n{points}"
    assert take(strangers, tmp_path, text).refused == "card_two_speeds"
    assert take(strangers, tmp_path, text.replace(";6;", ";5;"), "g.csv").cards == 1


def test_what_is_current_is_what_is_measured(strangers: Workspace, tmp_path: Path) -> None:
    text = "Время;Рпр задание, бар;Рпр текущее, бар;Vx (g)\n2026-10-01 00:00;40;55;0,1\n"
    found = take(strangers, tmp_path, text, well="101")
    assert series(found) == [(FIRST, 55e5)]
    assert "vibration_x" in found.readings["101"]
