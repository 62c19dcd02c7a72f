"""Names and units in which letters of two alphabets are mixed, and units of one letter behind a sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importers.letters_behind import tail_behind
from app.importers.vocabulary import vocabulary
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import ATM, take
from tests.importers.test_strangers_sent import near

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
ROW = "\n01.10.2026 00:00;101;"


@pytest.mark.parametrize(
    ("header", "sensor", "cell", "value"),
    [
        ("Рпp, aтм", "intake_pressure", "50", 50 * ATM),
        ("Рпр (кПa)", "intake_pressure", "5000", 5e6),
        ("Рпр, kгс/см2", "intake_pressure", "50", 50 * 98_066.5),
        ("Qж, m3/cут", "liquid_rate", "45", 45 / 86_400),
        ("Iа А", "motor_current_a", "30", 30),
        ("Ia A", "motor_current_a", "30", 30),
        ("Uвх В", "voltage", "380", 380),
    ],
)
def test_a_column_of_mixed_letters_is_what_it_looks_like(
    strangers: Workspace, tmp_path: Path, header: str, sensor: str, cell: str, value: float
) -> None:
    found = take(strangers, tmp_path, f"Дата;Скв;{header}{ROW}{cell}\n")
    assert not found.refused, found.details
    assert found.readings == {"101": {sensor: [("2026-10-01T00:00:00Z", near(value))]}}
    assert "import.unit_assumed" not in found.said


@pytest.mark.parametrize(
    ("name", "headers", "parts"),
    [
        ("Uвх В", ["Uвх В"], ("Uвх", "В")),
        ("U В", ["U А", "U В", "U С"], ("", "")),  # phases
        ("I А", ["I А"], ("", "")),  # the name of a phase
        ("Ток двигателя А", ["Ток двигателя А"], ("", "")),  # either
        ("Motor temp F", [], ("Motor temp", "F")),
    ],
)
def test_a_letter_behind_a_sign_is_a_unit_where_no_phase_has_it(
    name: str, headers: list[str], parts: tuple[str, str]
) -> None:
    assert tail_behind(name, headers, vocabulary()) == parts
