"""What fits a second reading, or is told beside the table: hours that may be days, a density that is no
oil's, the unit of ions in a title, ends of stops in two columns, tests by their start and end.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


def test_hours_of_a_month_that_may_be_days_are_asked_about(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв.;Месяц;Нефть, т;Время работы{0}\n101;09.2026;620;30\n102;09.2026;310;28,5\n"
    assert take(strangers, tmp_path, text.format("")).refused == "hours_or_days"
    told = take(strangers, tmp_path, text.format(", сут"))
    assert [row["on_stream_s"] / 86_400 for row in told.records] == [30, 28.5]
    assert not take(strangers, tmp_path, text.format("").replace(";30\n", ";700\n")).refused


def test_a_density_that_no_oil_has_is_none(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв.;Дата отбора;{0}, кг/м3\n101;05.10.2026;1090\n102;05.10.2026;865\n"
    assert take(strangers, tmp_path, text.format("Плотность")).refused == "value_out_of_range"
    assert not take(strangers, tmp_path, text.format("Плотность нефти")).refused


def test_the_unit_of_ions_is_that_of_the_title_and_an_assumed_one_is_said(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Анализ воды{0}\nСкв.;Дата отбора;Cl-;Ca2+\n101;05.10.2026;2285;310\n"
    found = take(strangers, tmp_path, text.format(", мг-экв/л"))
    assert not found.refused, found.details
    assert {row["parameter"]: row["value"] for row in found.records} == {
        "chloride_ion": pytest.approx(81_003.25),
        "calcium_ion": pytest.approx(6212.4),
    }
    assert "import.unit_assumed" in take(strangers, tmp_path, text.format("")).said


@pytest.mark.parametrize(
    "text",
    [
        "Скв.;Дата остановки;Время остановки;Дата запуска;Время запуска;Причина\n"
        "101;05.10.2026;22:30;06.10.2026;04:15;ППР\n",
        "Well,Down Date,Down Time,Up Date,Up Time,Reason\n101,2026-10-05,22:30,2026-10-06,04:15,Power\n",
    ],
)
def test_a_stop_ends_at_the_time_of_its_last_day(strangers: Workspace, tmp_path: Path, text: str) -> None:
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert [(row["at"][:16], str(row["until"])[:16]) for row in found.records] == [
        ("2026-10-05T22:30", "2026-10-06 04:15")
    ]


def test_volumes_between_the_start_and_the_end_of_a_test_are_no_days_production(
    strangers: Workspace, tmp_path: Path
) -> None:
    head = "Well,Test Start,Test End,Oil Vol (bbl),Water Vol (bbl)\n"
    text = f"{head}101,2026-10-05 06:00,2026-10-05 12:00,30,90\n"
    assert take(strangers, tmp_path, text).kind != "production"


def test_hours_under_a_dated_title_are_how_long_a_well_ran(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Сводка по добыче за 05.10.2026\nСкв.;Нефть, т;Жидкость, м3;Время, ч\n101;20,5;80;24\n102;11;50;12\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert [(row["at"], row["on_stream_s"] / 3600) for row in found.records] == [
        ("2026-10-05T00:00:00Z", 24),
        ("2026-10-05T00:00:00Z", 12),
    ]
