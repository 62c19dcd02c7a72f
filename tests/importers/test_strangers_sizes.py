"""Numbers without a unit whose size allows another reading: asked, or told with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import ATM, series, take
from tests.importers.test_strangers_sent import near

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
LOW = "Скв;Дата;Рбуф;Рзатр;Рлин\n101;01.10.2026;1,8;1,2;0,9\n101;02.10.2026;1,9;1,2;0,9\n"


def test_pressures_too_low_for_a_line_are_asked_of(strangers: Workspace, tmp_path: Path) -> None:
    asked = take(strangers, tmp_path, LOW)
    assert (asked.refused, list(asked.details["options"])[:2]) == ("pressure_unit", ["atm", "MPa"])
    found = take(strangers, tmp_path, LOW, answers={"pressure_unit": "MPa"})
    assert series(found, sensor="wellhead_pressure")[0][1] == near(1.8e6)


@pytest.mark.parametrize(
    "text",
    [
        "Скв;Дата;Рбуф;Рзатр\n101;01.10.2026;18;1,2\n101;02.10.2026;19;1,2\n",  # an annulus may be open
        "Скв;Дата;Рзатр\n101;01.10.2026;1,2\n",
        LOW.replace("Рбуф", "Рбуф, атм").replace("Рлин", "Рлин, атм"),
    ],
)
def test_others_are_not(strangers: Workspace, tmp_path: Path, text: str) -> None:
    found = take(strangers, tmp_path, text)
    assert series(found, sensor="annulus_pressure")[0][1] == near(1.2 * ATM)


def test_a_share_among_per_cents_is_told_with_its_line(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата;Обв, %\n101;01.10.2026;0,45\n101;02.10.2026;45\n101;03.10.2026;46\n"
    found = take(strangers, tmp_path, text)
    assert series(found, sensor="water_cut")[0][1] == near(0.0045)
    assert "import.shares_among_per_cent" in found.said
    for dry in ("0,1", "0"):
        other = take(strangers, tmp_path, text.replace("0,45", dry))
        assert "import.shares_among_per_cent" not in other.said
