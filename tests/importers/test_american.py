"""Tables in which some columns are in barrels, cubic feet or psi and others name no unit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
ATM, PSI, BBL, DAY = 101_325.0, 6_894.757293168, 0.158987294928, 86_400.0
PRODUCTION = "Well,Date,Oil (bbl),Water,Gas (Mcf)\n101,10/13/2026,1000,300,500\n101,10/14/2026,990,310,490\n"
PRESSURES = "Date,Well,Oil Bbl,Water Bbl,Gas Mcf,Tubing Pressure\n10/13/2026,101,1000,300,500,150\n"


def take(strangers: Workspace, tmp_path: Path, text: str, **options: Any) -> Imported:
    path = tmp_path / "f.csv"
    path.write_text(text, encoding="utf-8")
    return imported(strangers, path, ImportOptions(**options))


@pytest.mark.parametrize(
    ("text", "field", "us", "here"),
    [
        (PRODUCTION, "water_m3", 300 * BBL, 300.0),
        (PRESSURES, "wellhead_pressure_pa", 150 * PSI, 150 * ATM),
        (
            "Well,Test Date,BOPD,BWPD,Gas Rate\n101,10/13/2026,250,100,120\n",
            "gas_m3_per_s",
            120_000 * 0.028316846592 / DAY,
            120 / DAY,
        ),
    ],
)
def test_a_column_without_a_unit_beside_american_ones_is_asked_of(
    strangers: Workspace, tmp_path: Path, text: str, field: str, us: float, here: float
) -> None:
    asked = take(strangers, tmp_path, text, answers={"period": "day"})
    assert asked.refused == "unnamed_units"
    for said, value in (("us", us), ("here", here)):
        found = take(strangers, tmp_path, text, answers={"period": "day", "unnamed_units": said})
        assert not found.refused, (found.refused, found.details)
        assert found.records[0][field] == pytest.approx(value, rel=1e-6)


def test_pounds_beside_a_pressure_without_a_unit_ask_of_it(strangers: Workspace, tmp_path: Path) -> None:
    text = "Time,Well,PIP (psi),PDP\n2026-10-13 00:00,101,800,2400\n2026-10-13 01:00,101,801,2401\n"
    assert take(strangers, tmp_path, text).refused == "unnamed_units"
    found = take(strangers, tmp_path, text, answers={"unnamed_units": "us"})
    assert found.readings["101"]["discharge_pressure"][0][1] == pytest.approx(2400 * PSI, rel=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        "Well;Date;Oil, t;Water\n101;13.10.2026;100;30\n",  # nobody here writes barrels
        "Well;Date;Oil (bbl);Water (m3)\n101;2026-10-13;100;30\n",  # every column says its own
        "Time;Well;PIP (psi);Tm\n2026-10-13 00:00;101;800;98\n",  # psi stand beside °C everywhere
    ],
)
def test_nothing_is_asked_where_nothing_is_american_or_unnamed(
    strangers: Workspace, tmp_path: Path, text: str
) -> None:
    assert take(strangers, tmp_path, text, answers={"period": "day"}).refused != "unnamed_units"


def test_feet_beside_a_pressure_without_a_unit_ask_of_it(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well,Date,Fluid Level (ft),Casing Pressure\n101,10/13/2026,3200,90\n"
    assert take(strangers, tmp_path, text).refused == "unnamed_units"


@pytest.mark.parametrize(("header", "rate"), [("BOPD", 250 * BBL / DAY), ("STBD", 250 * BBL / DAY)])
def test_a_unit_alone_over_a_column_is_its_name(
    strangers: Workspace, tmp_path: Path, header: str, rate: float
) -> None:
    found = take(strangers, tmp_path, f"Well,Test Date,{header},BWPD\n101,10/13/2026,250,100\n")
    assert not found.refused, (found.refused, found.details)
    row = found.records[0]
    assert row["liquid_m3_per_s"] * (1 - row["water_cut"]) == pytest.approx(rate, rel=1e-6)
