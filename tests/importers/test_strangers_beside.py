"""What is known by what stands beside it: a plan beside the fact, a density beside ions, energy
beside rates, a clock without colons, files of several wells in one archive.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
PSI, DAY = 6_894.757293168, 86_400.0


def take(strangers: Workspace, tmp_path: Path, text: str, name: str = "f.csv", **options: Any) -> Imported:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return imported(strangers, path, ImportOptions(**options))


def test_the_fact_is_read_and_the_plan_beside_it_left_out_by_name(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Скважина;Дата замера;Qж план, м3/сут;Qж факт, м3/сут;Обв. план, %;Обв. факт, %\n"
    found = take(strangers, tmp_path, text + "101;13.10.2026;80;76;45;47\n")
    assert not found.refused, (found.refused, found.details)
    assert found.records[0]["liquid_m3_per_s"] == pytest.approx(76 / DAY)
    assert found.records[0]["water_cut"] == pytest.approx(0.47)
    assert "import.column_unused" in found.said


@pytest.mark.parametrize(
    ("header", "parameter"),
    [("Плотность, г/см3", "water_density"), ("Плотность нефти, г/см3", "oil_density_20c")],
)
def test_a_density_beside_ions_is_the_waters(
    strangers: Workspace, tmp_path: Path, header: str, parameter: str
) -> None:
    text = f"Скважина;Дата отбора;{header};рН;Cl-, мг/дм3\n101;13.10.2026;1,08;6,5;71000\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, (found.refused, found.details)
    values = {row["parameter"]: row["value"] for row in found.records}
    assert values[parameter] == pytest.approx(1080)


@pytest.mark.parametrize("header", ["Расход, кВт*ч", "Потребление (кВт·ч)", "Расход электроэнергии, кВт*ч"])
def test_a_consumption_in_kilowatt_hours_is_energy(strangers: Workspace, tmp_path: Path, header: str) -> None:
    text = f"Дата;Скважина;{header};Часы работы, ч\n13.10.2026;101;1450;24\n14.10.2026;101;1420;23,5\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, (found.refused, found.details)
    assert (found.kind, found.records[0]["energy_j"]) == ("energy", pytest.approx(1450 * 3.6e6))


def test_energy_beside_a_rate_is_left_out_by_name(strangers: Workspace, tmp_path: Path) -> None:
    text = "Дата;Скважина;Qж, м3/сут;Расход, кВт*ч\n13.10.2026;101;80;1450\n14.10.2026;101;81;1420\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, (found.refused, found.details)
    assert found.readings["101"]["liquid_rate"][0][1] == pytest.approx(80 / DAY, rel=1e-6)
    assert "import.column_unused" in found.said


def test_a_clock_without_colons_beside_a_date_is_one(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "~V\nVERS. 2.0:\nWRAP. NO:\n~W\nWELL. 101 :\nNULL. -999.25:\n~C\nDATE.YYYYMMDD : date\n"
        "TIME.HHMMSS : time\nPIP.psi : intake\n"
        "~A\n20261013 000000 800\n20261013 000100 801\n20261013 235959 802\n"
    )
    found = take(strangers, tmp_path, text, "f.las")
    assert not found.refused, (found.refused, found.details)
    assert [at[11:19] for at, _ in found.readings["101"]["intake_pressure"]] == [
        "00:00:00",
        "00:01:00",
        "23:59:59",
    ]


def test_of_files_of_no_well_it_is_asked_whose_they_are_not_which_value_stands(
    strangers: Workspace, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "f.zip", "w") as archive:
        for name, value in (("101.csv", 800), ("102.csv", 700)):
            archive.writestr(name, f"Time,PIP (psi)\n2026-10-13T00:00,{value}\n")
    assert imported(strangers, tmp_path / "f.zip", ImportOptions()).refused == "import_needs_well"
    assert imported(strangers, tmp_path / "f.zip", ImportOptions(well="101")).refused == "twin_sheets"
