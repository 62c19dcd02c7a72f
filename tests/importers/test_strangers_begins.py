"""When a repair or a stop began: by the column that says so, not by the day of the paper beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_variants import take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


def test_a_repair_began_when_its_start_says(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скважина;Дата;Вид ремонта;Начало;Окончание\n101;01.10.2026;ТРС;02.10.2026 08:00;03.10.2026 20:00\n"
    )
    (row,) = take(strangers, tmp_path, text).records
    assert row["at"] == "2026-10-02T08:00:00Z"


def test_a_stop_began_at_the_clock_of_its_stop(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Дата;Остановка;Запуск;Причина\n101;01.10.2026;08:00;14:30;отключение электроэнергии\n"
    (row,) = take(strangers, tmp_path, text).records
    assert (row["at"], row["until"].hour) == ("2026-10-01T08:00:00Z", 14)
