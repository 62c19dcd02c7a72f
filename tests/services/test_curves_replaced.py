"""A pump curve that comes beside a known one: what takes whose place is said, and is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.imports.importing import import_file
from app.services.imports.opening import ImportOptions
from app.services.wells.equipment import EquipmentHistory
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.importers.imported import readers_here

__all__ = ["readers_here"]

pytestmark = pytest.mark.usefixtures("readers_here")
POINTS = ((0, 1500), (40, 1400), (80, 1000))


def bring(workspace: Workspace, tmp_path: Path, times: int, date: str = "") -> set[str]:
    """A curve of `times` the heads; the codes of what was said."""
    rows = "".join(f"101;{date};X;{flow};{head * times}\n" for flow, head in POINTS)
    head = "Скважина;Дата;Насос;Подача, м3/сут;Напор, м\n"
    text = head + rows if date else (head + rows).replace(";Дата;", ";").replace(";;", ";")
    file = tmp_path / f"curve {times} {date}.csv"
    file.write_text(text, encoding="utf-8")
    report = import_file(workspace, file, ImportOptions(new_wells=True))
    return {code for code, _ in report.remarks if code.startswith("import.curve_")}


def in_use(workspace: Workspace) -> float:
    """How many times the heads of the first are those of the curve that the well has now."""
    well = int(find_well(workspace, "101").id)
    curve = EquipmentHistory(workspace, well).at(workspace.clock()).equipment["esp"]["curve"]
    return float(curve[0]["head_m"]) / POINTS[0][1]


@pytest.mark.parametrize(
    ("dates", "said", "now"),
    [
        (("", ""), {"import.curve_replaced"}, 2),
        (("01.02.2026", ""), {"import.curve_stands"}, 1),
        (("", "01.02.2026"), {"import.curve_replaced"}, 2),
        (("01.01.2026", "01.02.2026"), {"import.curve_replaced"}, 2),
        (("01.02.2026", "01.01.2026"), set(), 1),
    ],
)
def test_what_is_said_of_two_curves_is_what_the_well_has_then(
    workspace: Workspace, tmp_path: Path, dates: tuple[str, str], said: set[str], now: float
) -> None:
    assert bring(workspace, tmp_path, 1, dates[0]) == set()
    assert bring(workspace, tmp_path, 2, dates[1]) == said
    assert in_use(workspace) == now


def test_the_same_file_with_another_answer_takes_the_place_of_the_first(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "asks.csv"
    file.write_text("Well;Date;PIP, atm\n101;03/04/2026;50\n101;05/06/2026;51\n", encoding="utf-8")
    for answer, again in (("day", False), ("month", False), ("month", True)):
        options = ImportOptions(new_wells=True, answers={"date_order": answer})
        assert import_file(workspace, file, options).already == again
