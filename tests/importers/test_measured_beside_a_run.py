"""A passport with two dates: the pump was run on one, level and rate were measured on the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_wells import DAY, packed, take, take_sheet

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
RUN, SHOT = "2026-04-03T00:00:00Z", "2026-10-20T00:00:00Z"


def told_at(records: list[dict[str, Any]]) -> dict[str, str]:
    """Date of the equipment, of the test, of the level, of the pressures, of the fluid."""
    marks = {
        "equipment": "run",
        "liquid_m3_per_s": "test",
        "level_m": "level",
        "tubing_pressure_pa": "head",
        "oil_relative_density": "fluid",
    }
    found = {}
    for one in records:
        keys = {*one, *(packed(one) if "body" in one else {})}
        found |= {name: one["at"] for key, name in marks.items() if key in keys}
    return found


@pytest.mark.parametrize("header", ["Дата замера", "Дата отбивки уровня", "Дата последнего замера"])
def test_what_was_measured_has_the_date_of_the_measurement_and_the_pump_that_of_its_run(
    strangers: Workspace, tmp_path: Path, header: str
) -> None:
    form: list[list[Any]] = [
        ["Паспорт скважины № 101", None],
        ["Дата спуска", "03.04.2026"],
        ["Насос", "НВ1Б-44"],
        ["Глубина спуска, м", 1210],
        ["Плотность нефти, кг/м3", 868],
        [header, "20.10.2026"],
        ["Динамический уровень, м", 840],
        ["Дебит жидкости, м3/сут", 33],
        ["Рбуф, МПа", 1.1],
    ]
    found = take_sheet(strangers, tmp_path, *form)
    assert not found.refused, found.details
    wanted = {"run": RUN, "fluid": RUN, "test": SHOT, "level": SHOT, "head": SHOT}
    assert told_at(found.records) == wanted
    assert "import.measured_at_run" not in found.said
    assert "import.column_twice" not in found.said


def test_a_row_whose_date_of_measurement_is_empty_is_left_out_by_name(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "Скважина;Дата спуска;Насос;Глубина спуска, м;Дата замера;Ндин, м;Qж, м3/сут\n"
        "101;03.04.2026;НВ1Б-44;1210;20.10.2026;840;33\n"
        "102;04.05.2026;НВ1Б-32;1310;;900;13\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    measured = [one for one in found.records if "level_m" in one or "liquid_m3_per_s" in one]
    assert [(one["well"], one["at"]) for one in measured] == [("101", SHOT), ("101", SHOT)]
    assert measured[0]["liquid_m3_per_s"] == pytest.approx(33 / DAY)
    assert "import.measured_at_run" in found.said


def test_a_date_of_measurement_that_is_none_is_refused_with_its_place(
    strangers: Workspace, tmp_path: Path
) -> None:
    head = "Скважина;Дата спуска;Насос;Глубина спуска, м;Дата замера;Ндин, м\n"
    text = f"{head}101;03.04.2026;НВ1Б-44;1210;32.10.2026;840\n"
    assert take(strangers, tmp_path, text).refused


def test_the_only_date_of_a_passport_dates_all_of_it(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Дата замера;Насос;Глубина спуска, м;Ндин, м\n101;20.10.2026;НВ1Б-44;1210;840\n"
    found = take(strangers, tmp_path, text, kind="passport")
    assert not found.refused, found.details
    assert told_at(found.records) == {"run": SHOT, "level": SHOT}
