"""Everything of many wells as files: each well has its own, whatever they are called."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.core.jobs import Job
from app.models.records import Record
from app.models.store import kinds, records
from app.models.wells import SRP, Well, WellId
from app.services.reports.exporting import export_all
from app.services.workspace import Workspace
from tests.conftest import NOW

LONG = "Скважина-с-очень-длинным-названием " * 4


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def with_records(workspace: Workspace, *wells: Well) -> list[Well]:
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, list(wells))
        for well in wells:
            level = {"level": "dynamic", "level_m": 900.0 + well.id}
            done = {"kind": "trs", "crew": f"of {well.id}"}
            kinds.put_one(cursor, Record(f"w{well.id}", "workover", int(well.id), NOW, None, done))
            kinds.put_one(cursor, Record(f"f{well.id}", "fluid_level", int(well.id), NOW, None, level))
    made = {well.id for well in wells}
    return [well for well in records.wells(workspace.store) if well.id in made]


def rows_in(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return "\n".join(",".join(row) for row in csv.reader(file))


def test_wells_of_one_name_do_not_write_over_each_other(workspace: Workspace, out: Path) -> None:
    """The second of two `88` took the place of the first, and both were counted."""
    wells = with_records(
        workspace,
        Well(WellId(11), "88", "North", "6", SRP),
        Well(WellId(12), "88", "North", "7", SRP),
        Well(WellId(13), "8/8", "North", "7", SRP),
        Well(WellId(14), "8_8", "South", "7", SRP),
        Well(WellId(15), "8_8", "West", "7", SRP),
        Well(WellId(16), "g1", "North", "", SRP),
        Well(WellId(17), "G1", "North", "", SRP),
    )
    written = export_all(workspace, wells, out, Job())
    files = sorted(path.name for path in out.iterdir())
    assert written == len(files) == 2 * len(wells)
    assert len({name.casefold() for name in files}) == len(files), "no disk takes two of them for one"
    assert {
        "88 workover.csv",
        "88 7 workover.csv",
        "88 fluid_level.csv",
        "8_8 workover.csv",
        "G1 workover.csv",
    } <= set(files)
    for well in wells:
        told = [name for name in files if f"of {well.id}" in rows_in(out / name)]
        assert len(told) == 1, well


def test_a_long_name_leaves_each_table_its_own_file(workspace: Workspace, out: Path) -> None:
    wells = with_records(workspace, Well(WellId(11), LONG[:120], "North", "6", SRP))
    written = export_all(workspace, wells, out, Job())
    files = sorted(path.name for path in out.iterdir())
    assert written == len(files) == 2
    assert files[0].endswith(" fluid_level.csv")
    assert files[1].endswith(" workover.csv")


def test_a_well_without_anything_has_no_files(workspace: Workspace, out: Path) -> None:
    assert export_all(workspace, records.wells(workspace.store), out, Job()) == 0
    assert list(out.iterdir()) == []
