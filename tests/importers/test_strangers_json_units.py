"""Values of JSON that stand beside their unit in an object of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import Imported, readers_here, strangers
from tests.importers.test_strangers_kinds import series, take
from tests.importers.test_strangers_sent import KGF, near

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


def taken(strangers: Workspace, tmp_path: Path, *told: object, inside: bool = False) -> Imported:
    pressures = [
        {"metrics": {"intake_pressure": one}} if inside else {"intake_pressure": one} for one in told
    ]
    rows = [{"well": "101", "ts": 1790812800 + 60 * i, **one} for i, one in enumerate(pressures)]
    return take(strangers, tmp_path, json.dumps(rows), "f.json")


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("names", [("value", "unit"), ("v", "u"), ("val", "uom")])
def test_the_unit_beside_a_value_is_its_unit(
    strangers: Workspace, tmp_path: Path, names: tuple[str, str], inside: bool
) -> None:
    value, unit = names
    found = taken(
        strangers, tmp_path, {value: 50, unit: "kgf/cm2"}, {value: 51, unit: "kgf/cm2"}, inside=inside
    )
    assert [told for _, told in series(found)] == [near(50 * KGF), near(51 * KGF)]
    assert "import.unit_assumed" not in found.said


def test_two_units_of_one_name_are_refused(strangers: Workspace, tmp_path: Path) -> None:
    found = taken(strangers, tmp_path, {"v": 50, "u": "kgf/cm2"}, {"v": 5, "u": "MPa"})
    assert found.refused == "unit_unknown"


def test_a_list_of_values_with_units_keeps_their_names(strangers: Workspace, tmp_path: Path) -> None:
    rows = [{"tag": "101.PIP", "time": "2026-10-01T00:00:00Z", "value": 5, "unit": "MPa"}]
    found = take(strangers, tmp_path, json.dumps(rows), "f.json")
    assert [told for _, told in series(found)] == [near(5e6)]
