"""Tables under lines that tell of each tag its name, its description and its unit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from app.importers.tag_heads import one_head
from app.importers.vocabulary import vocabulary
from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers
from tests.importers.test_strangers_kinds import BBL, DAY, PSI, book, series, take
from tests.importers.test_strangers_sent import near

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
GAUGE = 101_325
ROWS = "2026-10-01 00:00:00,800,200\n2026-10-01 00:01:00,801,201\n"
WELL_IN_TAG = "Tag,101.PIP,101.MTEMP\nDescription,Intake pressure,Motor temperature\nUnits,psi,degF\nTime,,\n"


def first(found: Imported) -> list[object]:
    assert not found.refused, found.details
    return [found.readings["101"][sensor][0] for sensor in ("intake_pressure", "motor_temperature")]


@pytest.mark.parametrize(
    ("head", "well", "gauge"),
    [
        (WELL_IN_TAG, None, 0),
        (
            "Tag Name,P_1,T_1\nDescription,ESP intake pressure,ESP motor temp\nEU,psig,deg F\nDate Time,,\n",
            "101",
            GAUGE,
        ),
        (
            ",PI1002.PV,TI1003.PV\n,Well 101 Intake Pressure,Well 101 Motor Temperature\n,psig,degF\n",
            None,
            GAUGE,
        ),
        (
            "Tag:,PI1002.PV,TI1003.PV\nDescription:,Intake Pressure,Motor Temperature\nUnit:,psi,degF\n"
            "Start:,01-Oct-26 00:00:00\n\nDate/Time,Value,Value\n",
            "101",
            0,
        ),
        (
            "Тег,PT1,TT1\nОписание,Давление на приёме,Температура двигателя\nЕд. изм.,psi,°F\nВремя,,\n",
            "101",
            0,
        ),
    ],
    ids=["tags", "opaque tags", "no labels", "values", "russian"],
)
def test_names_units_and_wells_are_heard_from_their_lines(
    strangers: Workspace, tmp_path: Path, head: str, well: str | None, gauge: float
) -> None:
    found = take(strangers, tmp_path, head + ROWS, well=well)
    at = "2026-10-01T00:00:00Z"
    assert first(found) == [(at, near(800 * PSI + gauge)), (at, near((200 + 459.67) / 1.8))]


def test_a_workbook_of_two_wells_keeps_them_apart(strangers: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Tagname", "FIC1.PV", "FIC2.PV"],
        ["Descriptor", "Well 101 liquid rate", "Well 102 liquid rate"],
        ["EngUnits", "bbl/d", "bbl/d"],
        ["Timestamp", None, None],
        [datetime(2026, 10, 1), 500, 400],
        [datetime(2026, 10, 2), 501, 401],
    ]
    found = imported(strangers, book(tmp_path / "f.xlsx", {"Лист1": rows}))
    for well, rate in (("101", 500), ("102", 400)):
        assert series(found, well, "liquid_rate")[0][1] == near(rate * BBL / DAY)


def test_a_quality_beside_a_value_is_of_that_value(strangers: Workspace, tmp_path: Path) -> None:
    head = (
        "Tag,101.PIP,,101.FREQ,\nDescription,Intake pressure,,Frequency,\nUnit,psi,,Hz,\n"
        "Time,Value,Quality,Value,Quality\n"
    )
    rows = "2026/10/01 00:00:00,800,Good,50,Good\n2026/10/01 00:01:00,700,Bad,50,Good\n"
    found = take(strangers, tmp_path, head + rows)
    assert not found.refused, found.details
    assert found.marked == {"101": {"intake_pressure": ["2026-10-01T00:01:00Z"]}}
    assert len(series(found, sensor="frequency")) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [["Tag", "Time", "Value"], ["101.PIP", "2026-10-01", "5"]],
        [["Time", "101.PIP"], ["2026-10-01", "5"]],
        [["", "101.PIP"], ["", "psia"], ["2026-10-01", "5"]],
        [["Tag", "101.PIP"], ["Units", "psi"], ["2026-10-01", "5"]],
    ],
)
def test_other_tables_stay_as_they_are(rows: list[list[str]]) -> None:
    assert one_head(rows, vocabulary()) is rows
