"""Short and strange passports of rod-pumped wells: taken right, asked about, or left out by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.models.wells import SRP
from app.services.workspace import Workspace
from tests.importers.imported import Imported, readers_here, two_wells
from tests.importers.test_strangers_wells import packed, take, take_sheet

__all__ = ["readers_here"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    yield from two_wells(tmp_path_factory.mktemp("short"), SRP)


def run_of(found: Imported) -> dict[str, Any]:
    """What the one record of equipment says, by group and key."""
    assert not found.refused, found.details
    (run,) = [packed(one) for one in found.records if "equipment" in one]
    groups = {group: said for group, said in run.items() if isinstance(said, dict)}
    return {f"{group}.{key}": value for group, said in groups.items() for key, value in said.items()}


WELL, RUN = ["Скважина", "101"], ["Дата спуска", "20.02.2025"]
PUMP, DEPTH = ["Диаметр насоса, мм", 44], ["Глубина спуска насоса, м", 1298]


@pytest.mark.parametrize(
    "rows",
    [
        [WELL, RUN, PUMP, DEPTH],
        [
            ["Показатель", "Значение", "Ед. изм."],
            [*WELL, ""],
            [*RUN, ""],
            ["Диаметр плунжера", 0.044, "м"],
            ["Глубина спуска насоса", 1.298, "км"],
        ],
        [
            ["№ п/п", "Параметр", "Ед. изм.", "Значение"],
            [1, "Номер скважины", "", "101"],
            [2, "Дата спуска", "", "20.02.2025"],
            [3, "Диаметр насоса", "мм", 44],
            [4, "Глубина спуска насоса", "м", 1298],
        ],
        [
            ["Скважина: 101"],
            ["Дата спуска: 20.02.2025"],
            ["Диаметр насоса: 44 мм"],
            ["Глубина спуска насоса: 1298 м"],
        ],
        [["Параметр", "Скв. 101"], RUN, PUMP, DEPTH],
    ],
    ids=[
        "four pairs",
        "units behind",
        "numbered, units before",
        "one cell a line",
        "the well over its values",
    ],
)
def test_a_passport_of_a_few_lines_is_read_in_whatever_manner_it_is_written(
    strangers: Workspace, tmp_path: Path, rows: list[list[Any]]
) -> None:
    found = take_sheet(strangers, tmp_path, *rows)
    run = run_of(found)
    assert (run["pump.plunger_diameter_m"], run["pump.depth_m"]) == (pytest.approx(0.044), 1298)
    assert {(one["well"], one["at"]) for one in found.records} == {("101", "2025-02-20T00:00:00Z")}


def test_a_passport_without_a_date_holds_as_long_as_the_well_and_says_so(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take_sheet(strangers, tmp_path, WELL, PUMP, DEPTH)
    assert run_of(found)["pump.depth_m"] == 1298
    assert "import.undated" in found.said


OWN = [["ПАСПОРТ СКВАЖИНЫ"], [], ["Скважина №", "102"], ["Способ эксплуатации", "ШГН"]]


def test_a_passport_that_says_little_but_names_is_a_form_and_no_header(
    strangers: Workspace, tmp_path: Path
) -> None:
    names = [["Месторождение", "Северное"], ["Куст", "1"]]
    found = take_sheet(strangers, tmp_path, *OWN, *names)
    assert (found.refused, found.kind) == ("", "wells")
    found = take_sheet(strangers, tmp_path, *OWN, *names, ["Тип станка-качалки", "СК8-3,5-4000"])
    assert not found.refused, found.details
    assert [packed(one)["unit_name"] for one in found.records if "body" in one] == ["СК8-3,5-4000"]


def test_what_was_measured_is_left_out_by_name_of_a_passport_without_a_date(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take_sheet(strangers, tmp_path, *OWN, PUMP, DEPTH, ["Обводненность, %", 37])
    assert run_of(found)["pump.depth_m"] == 1298
    assert len(found.records) == 1
    assert "import.measured_undated" in found.said


def test_a_passport_over_a_rod_tally_is_taken_beside_it(strangers: Workspace, tmp_path: Path) -> None:
    tally = [[], ["Секция", "Диаметр, мм", "Длина, м", "Марка"], [1, 22, 600, "20Н2М"], [2, 19, 698, "20Н2М"]]
    found = take_sheet(strangers, tmp_path, WELL, RUN, PUMP, DEPTH, *tally)
    assert not found.refused, found.details
    records = {key: one for one in found.records for key in ("equipment", "body") if key in one}
    assert packed(records["equipment"])["pump"]["depth_m"] == 1298
    sections = packed(records["body"])["sections"]
    assert [(one["diameter_m"], one["length_m"]) for one in sections] == [(0.022, 600), (0.019, 698)]
    assert {one["at"] for one in found.records} == {"2025-02-20T00:00:00Z"}


def test_the_wall_of_a_pipe_gives_its_bore_and_without_its_pipe_is_not_taken_in_silence(
    strangers: Workspace, tmp_path: Path
) -> None:
    wall = ["Толщина стенки НКТ, мм", 5.5]
    run = run_of(take_sheet(strangers, tmp_path, WELL, RUN, DEPTH, ["Диаметр НКТ, мм", 73], wall))
    assert (run["tubing.outer_diameter_m"], run["tubing.inner_diameter_m"]) == (0.073, pytest.approx(0.062))
    found = take_sheet(strangers, tmp_path, WELL, RUN, DEPTH, PUMP, wall)
    assert "tubing.inner_diameter_m" not in run_of(found)
    assert "wall_without_pipe" in found.said


def test_a_level_beside_the_date_of_a_run_is_not_dated_by_it(strangers: Workspace, tmp_path: Path) -> None:
    tubing, level = ["НКТ", "73х5,5"], ["Динамический уровень, м", 860]
    found = take_sheet(strangers, tmp_path, WELL, RUN, tubing, ["Глубина спуска НКТ, м", 1450], level)
    assert run_of(found)["tubing.inner_diameter_m"] == pytest.approx(0.062)
    assert len(found.records) == 1
    assert "import.measured_at_run" in found.said
    alone = take(strangers, tmp_path, "Скважина;Дата спуска;Динамический уровень, м\n101;20.02.2025;860\n")
    assert alone.records == []


def test_a_plunger_is_taken_from_its_pumps_name_and_one_that_says_otherwise_stays_as_it_is_told(
    strangers: Workspace, tmp_path: Path
) -> None:
    named = take_sheet(strangers, tmp_path, WELL, RUN, ["Типоразмер насоса", "НН2Б-44"], DEPTH)
    assert run_of(named)["pump.plunger_diameter_m"] == 0.044
    assert "import.plunger_by_name" in named.said
    both = take_sheet(strangers, tmp_path, WELL, RUN, ["Типоразмер насоса", "НВ1Б-32"], PUMP, DEPTH)
    assert run_of(both)["pump.plunger_diameter_m"] == pytest.approx(0.044)
    assert "import.contradiction" in both.said


def test_the_motor_beside_a_pumping_unit_is_the_units_and_a_power_is_no_name(
    strangers: Workspace, tmp_path: Path
) -> None:
    unit = ["Станок-качалка", "СК8-3,5-4000"]
    found = take_sheet(strangers, tmp_path, WELL, RUN, unit, ["Двигатель, кВт", 30], PUMP, DEPTH)
    assert not any("motor" in key for key in run_of(found))
    (told,) = [packed(one) for one in found.records if "body" in one]
    assert told["unit_power_w"] == pytest.approx(30e3)


def test_a_ratio_by_mass_in_its_cell_is_asked_for_its_density(strangers: Workspace, tmp_path: Path) -> None:
    found = take_sheet(strangers, tmp_path, WELL, RUN, PUMP, DEPTH, ["Газовый фактор", "42 м3/т"])
    assert "liquid_density" in found.said | {found.refused}


def test_what_is_no_rod_string_is_refused_in_words(strangers: Workspace, tmp_path: Path) -> None:
    found = take_sheet(strangers, tmp_path, WELL, RUN, PUMP, DEPTH, ["Штанги", "22/19"])
    assert found.refused == "value_not_rods"
    from app.core.errors import KnownError
    from app.core.texts import Speaker

    for language, words in (("ru", "не колонна штанг"), ("en", "no rod string")):
        told = Speaker(language).error(KnownError.of(found.refused, found.details))
        assert words in told
        assert "22/19" in told
