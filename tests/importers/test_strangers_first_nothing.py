"""A column that begins with zeros or holds nothing else: what is asked of its unit shows a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


def test_a_pressure_of_zeros_alone_before_the_one_in_doubt_is_no_place_of_the_question(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Time;Casing pressure;PIP\n2026-10-01 00:00;0;0\n2026-10-01 01:00;0;801\n"
    found = take(strangers, tmp_path, text, well="101")
    assert found.refused == "pressure_unit"
    assert found.details["line"] == 3
    assert "801" in str(found.details["first"])


def test_in_long_form_too(strangers: Workspace, tmp_path: Path) -> None:
    rows = "2026-10-01 00:00;Casing pressure;0\n2026-10-01 00:00;PIP;0\n2026-10-01 01:00;PIP;801\n"
    found = take(strangers, tmp_path, f"Time;Parameter;Value\n{rows}", well="101")
    assert found.refused == "pressure_unit"
    assert found.details["line"] == 4
    assert "801" in str(found.details["first"])


def test_a_share_that_begins_with_zero_is_asked_of_where_it_is_something(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "101;2026-10-01 00:00;Water cut;0\n101;2026-10-01 01:00;Water cut;0.45\n"
    found = take(strangers, tmp_path, f"Well;Time;Parameter;Value\n{rows}")
    assert found.refused == "share_unit"
    assert found.details["line"] == 3
    assert "0.45" in str(found.details["second"])
