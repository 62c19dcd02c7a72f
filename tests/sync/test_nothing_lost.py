"""Values that a file has twice, names that a cell has wrapped: what was lost or stuck once, between two
laptops and a real centre.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.core.units import DAY_S
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds, records
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.records import entries
from app.services.workspace import Workspace
from tests.centre_process import CentreProcess, laptop, new_field
from tests.sync.test_between_two_laptops import synced

HEADER = ("Скважина", "Дата", "Дебит жидкости, м3/сут", "Обводненность, %")


@pytest.fixture
def two(centre: CentreProcess, tmp_path: Path) -> Any:
    field = new_field()
    with (
        laptop(tmp_path / "a", centre, field) as one,
        laptop(tmp_path / "b", centre, field, wells=False) as other,
    ):
        yield one, other


def workbook(path: Path, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> Path:
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(row)
    book.save(path)
    return path


def the_tests(workspace: Workspace, well: str = "123Г") -> list[Record]:
    numbers = [int(one.id) for one in records.wells(workspace.store) if one.name == well]
    return [r for n in numbers for r in kinds.of_well(workspace.store, KINDS["flow_test"], n)]


def rates(workspace: Workspace) -> list[int]:
    return sorted(round(r.values["liquid_m3_per_s"] * DAY_S) for r in the_tests(workspace))


def test_two_tests_of_one_moment_are_both_there_after_one_was_edited_before_the_first_sync(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, other = two
    file = workbook(
        tmp_path / "tests.xlsx",
        ("123Г", "12.03.2026 10:00", 90, 40),
        ("123Г", "12.03.2026 10:00", 80, 40),
    )
    importing.import_file(one, file, ImportOptions(kind="flow_test"))
    assert rates(one) == [80, 90]
    ninety = next(r for r in the_tests(one) if round(r.values["liquid_m3_per_s"] * DAY_S) == 90)
    entries.save_record(one, replace(ninety, values={**ninety.values, "note": "checked"}))
    synced(one)
    synced(other)
    synced(one)
    assert rates(other) == [80, 90]
    assert rates(one) == [80, 90]
    for laptop_ in two:
        assert next(r for r in the_tests(laptop_) if "note" in r.values).id == ninety.id
        assert laptop_.journal.unsent_count() == 0
