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
