"""Setpoints and other annuli that look like what is measured, equipment within a tag, footnotes at numbers,
units that a title gives to letters: found with a fourth lot of files made blind.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.importers.nothing_said import not_good
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_variants import ATM, PSI, take, times, values

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.mark.parametrize(
    ("other", "mine", "sensor"),
    [
        ("Рпр (уст.), атм", "Рпр (факт), атм", "intake_pressure"),
        ("Annulus B pressure (atm)", "Annulus A pressure (atm)", "annulus_pressure"),
        ("Межколонное давление, атм", "Рзатр, атм", "annulus_pressure"),
        ("Fуст, Гц", "Fтек, Гц", "frequency"),
    ],
)
def test_what_only_looks_like_it_is_left_for_what_is_measured(
    strangers: Workspace, tmp_path: Path, other: str, mine: str, sensor: str
) -> None:
    text = f"Скважина;Дата;{other};{mine}\n101;01.10.2026 00:00;40;50\n101;01.10.2026 01:00;40;51\n"
    found = take(strangers, tmp_path, text)
    assert list(found.readings["101"]) == [sensor]
    assert values(found, sensor) == pytest.approx([50, 51] if sensor == "frequency" else [50 * ATM, 51 * ATM])
    assert "import.column_unused" in found.said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("101.ESP.PIP", "102.ESP.PIP"),
        ("North|101|ESP|PIP|psi", "North|102|ESP|PIP|psi"),
        ("WELL101.PIP.VALUE", "WELL102.PIP.VALUE"),
    ],
)
def test_equipment_and_tails_in_a_tag_over_a_column_are_no_wells(
    strangers: Workspace, tmp_path: Path, one: str, other: str
) -> None:
    rows = "2026-10-01 00:00,500,600\n2026-10-01 01:00,501,601\n"
    found = take(strangers, tmp_path, f"TIME,{one},{other}\n{rows}", answers={"pressure_unit": "psi"})
    assert found.refused == ""
    assert found.wells == ["101", "102"]
    assert [of["intake_pressure"][0][1] for of in found.readings.values()] == pytest.approx(
        [500 * PSI, 600 * PSI]
    )
    alone = f"TIME,{one} \n2026-10-01 00:00,500\n2026-10-01 01:00,501\n"
    assert take(strangers, tmp_path, alone, new_wells=True).new_wells == []


def test_numbers_with_an_asterisk_are_told(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Время;Рпр, атм\n101;01.10.2026 00:00;50\n101;01.10.2026 01:00;{}\n"
    assert "import.starred" in take(strangers, tmp_path, text.format("51*")).said
    assert "import.starred" not in take(strangers, tmp_path, text.format("51")).said


def test_a_title_gives_letters_their_units(strangers: Workspace, tmp_path: Path) -> None:
    text = "Параметры работы УЭЦН (Р - атм, Т - °C)\nДата;Скв;Рпр\n01.10.2026 00:00;101;50\n"
    found = take(strangers, tmp_path, text)
    assert values(found) == pytest.approx([50 * ATM])
    assert "import.unit_assumed" not in found.said


def test_a_share_in_a_thousand_is_a_unit_that_is_not_known(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата;Qж, м3/сут;Обв, ‰\n101;01.10.2026;45;400\n"
    assert take(strangers, tmp_path, text).refused == "unit_unknown"


@pytest.mark.parametrize("word", ["BAD_COMM", "Uncertain-Old", "N", "bad"])
def test_what_is_not_good_may_say_why_behind_any_mark(word: str) -> None:
    assert not_good(np.array(["GOOD", "Y", word], object)).tolist() == [False, False, True]


def test_a_count_of_wells_is_none(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Дата;Qж, м3/сут\n101;05.10.2026;20\n102;05.10.2026;25\n{};05.10.2026;2\n"
    for name in ("Кол-во скважин", "Количество", "Number of wells", "Jumlah"):
        found = take(strangers, tmp_path, text.format(name), new_wells=True)
        assert (found.new_wells, sorted(found.readings)) == ([], ["101", "102"])


def test_halves_of_a_day_as_the_spanish_write_them(strangers: Workspace, tmp_path: Path) -> None:
    text = "Fecha y hora;PIP (atm)\n01/10/2026 12:00:00 a. m.;50\n13/10/2026 01:00:00 p. m.;51\n"
    assert times(take(strangers, tmp_path, text, well="101")) == ["10-01T00:00", "10-13T13:00"]
