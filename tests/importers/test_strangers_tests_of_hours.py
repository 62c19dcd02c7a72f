"""Volumes of a test beside its hours: rates, never a day's production."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import imported, readers_here, strangers

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Well;Test date;Hours;Oil, m3;Water, m3", "12;10;5"),
        ("Скважина;Дата замера;Время, ч;Нефть, м3;Вода, м3", "12;10;5"),
        ("Скважина;Дата замера;Часы;Нефть, м3;Вода, м3", "12;10;5"),
    ],
)
def test_volumes_of_a_test_beside_hours_are_rates_of_a_test(
    strangers: Workspace, tmp_path: Path, head: str, cells: str
) -> None:
    path = tmp_path / "f.csv"
    path.write_text(f"{head}\n101;2026-10-01;{cells}\n", encoding="utf-8")
    found = imported(strangers, path)
    assert (found.refused, found.kind) == ("", "flow_test"), found.details
    (row,) = found.records
    assert row["duration_s"] == 12 * 3600
    assert row["liquid_m3_per_s"] == pytest.approx(30 / 86_400)
    assert row["water_cut"] == pytest.approx(1 / 3)
    assert "import.by_duration" in found.said
