"""A unit that is named and not known is never `no unit given`, in whatever form it is written; behind a name
that is only near, another quantity's unit is not overheard; a static level is no dynamic one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_variants import take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
TEXT = "Well;Time;{};F, Hz\n101;2026-10-01 00:00;50;50\n101;2026-10-01 01:00;51;50\n"


@pytest.mark.parametrize(
    "name",
    [
        "Motor current (mV)",
        "Температура ПЭД, усл.ед.",
        "Intake pressure [4-20 mA]",
        "Motor temperature (raw)",
    ],
)
def test_a_unit_that_nobody_knows_is_an_error_however_it_is_written(
    strangers: Workspace, tmp_path: Path, name: str
) -> None:
    assert take(strangers, tmp_path, TEXT.format(name)).refused == "unit_unknown"


@pytest.mark.parametrize(
    "name",
    [
        "Температура ПЭД kgf",
        "Wellhead temperature %",
        "Voltage AB kg",
        "Static fluid level (atm)",
        "Static level mA",
    ],
)
def test_another_quantitys_unit_behind_a_name_is_heard(
    strangers: Workspace, tmp_path: Path, name: str
) -> None:
    found = take(strangers, tmp_path, TEXT.format(name))
    assert (list(found.readings["101"]), "import.column_unused" in found.said) == (["frequency"], True)


def test_a_per_cent_sign_alone_behind_a_name_is_its_unit(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, TEXT.format("WC %"))
    assert [value for _, value in found.readings["101"]["water_cut"]] == pytest.approx([0.5, 0.51])
