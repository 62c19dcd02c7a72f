"""Days and months that only the title says: clocks alone under it, a month told by its first and last day."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
CLOCKS = "Скв;Время;Рпр, атм\n101;08:00;40\n101;12:00;41\n"
AMOUNTS = "Скв;Нефть, т;Вода, м3\n101;620;600\n102;310;290\n"


@pytest.mark.parametrize(
    "title", ["05.10.2026", "Рапорт 05.10.2026", "Замеры за 05.10.2026", "Сводка: 05.10.2026 г."]
)
def test_clocks_alone_are_of_the_day_of_the_title(strangers: Workspace, tmp_path: Path, title: str) -> None:
    found = take(strangers, tmp_path, f"{title}\n{CLOCKS}")
    assert [at for at, _ in series(found)] == ["2026-10-05T08:00:00Z", "2026-10-05T12:00:00Z"]


@pytest.mark.parametrize(
    "title",
    [
        "Утверждаю\n05.10.2026",
        "Отчёт 05.10.2026",
        "Пущена 01.05.2026",
        "Параметры за октябрь 2026",
        "Замеры с 01.10.2026 по 31.10.2026",
        "05.10.2026\n06.10.2026",
    ],
)
def test_clocks_alone_are_of_no_other_day(strangers: Workspace, tmp_path: Path, title: str) -> None:
    assert take(strangers, tmp_path, f"{title}\n{CLOCKS}").refused == "column_missing"


@pytest.mark.parametrize(
    "title",
    [
        "Добыча с 01.10.2026 по 31.10.2026",
        "Добыча за период с 01.10 по 31.10.2026 г.",
        "Добыча 01.10.2026 - 31.10.2026",
    ],
)
def test_a_month_is_told_by_its_first_and_its_last_day(
    strangers: Workspace, tmp_path: Path, title: str
) -> None:
    found = take(strangers, tmp_path, f"{title}\n{AMOUNTS}")
    assert [(one["at"][:10], one["period"], one["oil_kg"]) for one in found.records] == [
        ("2026-10-01", "month", 620e3),
        ("2026-10-01", "month", 310e3),
    ]


@pytest.mark.parametrize(
    "title",
    ["Добыча с 01.10.2026 по 30.10.2026", "Добыча с 01.10.2025 по 31.10.2026", "Добыча с 01.10 по 31.10"],
)
def test_another_span_is_no_month(strangers: Workspace, tmp_path: Path, title: str) -> None:
    assert take(strangers, tmp_path, f"{title}\n{AMOUNTS}").refused == "column_missing"
