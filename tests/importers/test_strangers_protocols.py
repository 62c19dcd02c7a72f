"""Protocols of laboratories: each result in several units side by side, densities of water in long form,
samples of one day.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers
from tests.importers.test_strangers_kinds import book, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
ABOVE = [["Скважина: 101"], ["Дата отбора: 05.10.2026"], []]


def results(found: Imported) -> dict[str, Any]:
    assert not found.refused, (found.refused, found.details)
    assert found.kind == "lab_result"
    assert len({row["parameter"] for row in found.records}) == len(found.records)
    return {row["parameter"]: row["value"] for row in found.records}


@pytest.mark.parametrize(
    "head",
    [
        [["Показатель", "мг-экв/л", "мг/л", "%-экв"]],
        [["Компонент", "Содержание", None, None], [None, "мг-экв/дм3", "мг/дм3", "% экв."]],
    ],
)
def test_of_a_result_in_several_units_one_is_taken(
    strangers: Workspace, tmp_path: Path, head: list[list[Any]]
) -> None:
    rows = [
        *ABOVE,
        *head,
        ["Хлор-ион Cl-", 2285, 81003, 49.9],
        ["Кальций Ca", 310, 6212, 6.8],
        ["Магний Mg", 100, None, 2.2],
        ["Минерализация, г/л", None, 132.006, None],
        ["Плотность при 20°С, г/см3", None, 1.09, None],
    ]
    found = imported(strangers, book(tmp_path / "a.xlsx", {"Протокол": rows}))
    assert results(found) == {
        "chloride_ion": 81_003,
        "calcium_ion": 6212,
        "magnesium_ion": pytest.approx(1215),
        "mineralisation": pytest.approx(132_006),
        "water_density": pytest.approx(1090),
    }
    assert "import.column_unused" in found.said


def test_a_density_in_long_form_is_the_waters_among_ions_alone(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скважина;Дата отбора;Показатель;Ед. изм.;Результат\n"
        "101;05.10.2026;Хлориды Cl-;мг/л;81003\n101;05.10.2026;Плотность;г/см3;1,09\n"
        "102;05.10.2026;Плотность;г/см3;0,865\n102;05.10.2026;Сера;%;1,2\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert {(row["well"], row["parameter"]): row["value"] for row in found.records} == {
        ("101", "chloride_ion"): 81_003,
        ("101", "water_density"): pytest.approx(1090),
        ("102", "oil_density_20c"): pytest.approx(865),
        ("102", "sulphur"): pytest.approx(1.2),
    }


def test_water_cuts_of_samples_are_the_laboratorys(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скв.;Дата отбора;Время отбора;Обводненность, %;Мехпримеси, мг/л\n"
        "101;05.10.2026;8-00;45,0;12\n101;05.10.2026;16-30;46,5;<5\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert [(row["at"][11:16], row["parameter"], row["value"]) for row in found.records] == [
        ("08:00", "water_cut", 45),
        ("16:30", "water_cut", 46.5),
        ("08:00", "solids", 12),
        ("16:30", "solids", 5),
    ]


def test_mineralisation_is_no_minimum(strangers: Workspace, tmp_path: Path) -> None:
    rows = [
        *ABOVE,
        ["Показатель", "Ед. изм.", "Результат"],
        ["Минерализация", "г/л", 132],
        ["Хлориды Cl-", "мг/л", 81003],
    ]
    found = imported(strangers, book(tmp_path / "a.xlsx", {"П": rows}))
    assert results(found) == {"mineralisation": pytest.approx(132_000), "chloride_ion": 81_003}


def test_chlorides_among_ions_are_the_ion_and_salts_stay_salts(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скважина;Дата отбора;Показатель;Ед. изм.;Результат\n"
        "101;05.10.2026;Хлориды;мг/дм3;81003 ± 5000\n101;05.10.2026;Кальций;мг/дм3;6212\n"
        "102;05.10.2026;Хлориды;мг/дм3;120\n102;05.10.2026;Сера;%;1,2\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    told = {(row["well"], row["parameter"]): row["value"] for row in found.records}
    assert told["101", "chloride_ion"] == 81_003
    assert told["102", "chlorides"] == 120
    wide = "Скв.;Дата отбора;{0}, мг/л;Кальций, мг/л\n101;05.10.2026;81003;6212\n"
    assert set(results(take(strangers, tmp_path, wide.format("Хлориды")))) == {"chloride_ion", "calcium_ion"}
    assert "chlorides" in results(take(strangers, tmp_path, wide.format("Хлористые соли")))


@pytest.mark.parametrize(
    ("paper", "taken"), [("Дата анализа", "Дата отбора"), ("Отчетная дата", "Дата замера")]
)
def test_a_date_of_the_paper_is_not_when_it_was_measured(
    strangers: Workspace, tmp_path: Path, paper: str, taken: str
) -> None:
    text = f"{paper};Скв.;{taken};Qж, м3/сут;Обводненность, %\n31.10.2026;101;05.10.2026;80;45\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    times = [row["at"][:10] for row in found.records]
    times += [at[:10] for told in found.readings.values() for one in told.values() for at, _ in one]
    assert set(times) == {"2026-10-05"}


def test_what_is_reckoned_as_another_salt_is_not_the_ion(strangers: Workspace, tmp_path: Path) -> None:
    head = 'Well,Sample Date,"Chloride (as NaCl), mg/L","Hardness (as CaCO3), mg/L",pH\n'
    text = f"{head}101,2026-10-05,133500,205,6.5\n"
    found = take(strangers, tmp_path, text)
    assert results(found) == {"ph": 6.5}
    assert "import.column_unused" in found.said


@pytest.mark.parametrize(
    "text",
    [
        "Скв.;Дата отбора;Общая жесткость, {0};рН\n101;05.10.2026;41;6,5\n",
        "Скв.;Дата отбора;Показатель;Ед. изм.;Результат\n101;05.10.2026;Общая жесткость;{0};41\n",
    ],
)
def test_a_hardness_in_another_unit_is_not_taken_as_equivalents(
    strangers: Workspace, tmp_path: Path, text: str
) -> None:
    assert take(strangers, tmp_path, text.format("мг/л")).refused == "unit_unknown"
    assert results(take(strangers, tmp_path, text.format("°Ж")))["hardness"] == 41
