"""Codes of what was measured are no alarms; letters of phases beside each other are no units."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


def test_codes_of_quantities_beside_their_values_are_no_alarms(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Код;Дата;Знач\n101;Qж;01.10.2026;80\n101;Рпр;01.10.2026;50\n101;Обв;01.10.2026;45\n"
    found = take(strangers, tmp_path, text)
    assert (bool(found.refused), found.records) == (True, [])
    of_alarms = "Скв;Код;Дата;Состояние\n101;Рпр;01.10.2026 08:00;Активна\n101;ЗСП;01.10.2026 09:00;Снята\n"
    assert take(strangers, tmp_path, of_alarms).kind == "alarm"


@pytest.mark.parametrize(
    ("headers", "sensors"),
    [
        ("amps_a;amps_b;amps_c", {"motor_current_a", "motor_current_b", "motor_current_c"}),
        ("amps_a;freq_hz;pip_psi", {"motor_current", "frequency", "intake_pressure"}),
    ],
)
def test_a_phase_is_told_from_an_ampere_by_those_beside_it(
    strangers: Workspace, tmp_path: Path, headers: str, sensors: set[str]
) -> None:
    found = take(strangers, tmp_path, f"time;well;{headers}\n2026-10-01 00:00;101;30;50;80\n")
    assert set(found.readings["101"]) == sensors
