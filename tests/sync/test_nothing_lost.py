"""Values that a file has twice, names that a cell has wrapped: what was lost or stuck once, between two
laptops and a real centre.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.core.clock import iso
from app.core.ids import new_id
from app.core.texts import Speaker
from app.core.units import DAY_S
from app.models.entries import State
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds, records
from app.services.centre import conflicts, outgoing
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.records import applying, entries
from app.services.workspace import Workspace
from tests.centre_process import AT, CentreProcess, laptop, new_field
from tests.sync.test_between_two_laptops import flow_test, of, synced

RAW_UID = "0f2b5c1e-5d7a-5c3e-9c1b-2a6f0f0d7c11"
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


def test_a_well_whose_name_was_wrapped_in_its_cell_stops_nobody(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, other = two
    field = records.wells(one.store)[0].field_name
    file = workbook(
        tmp_path / "tests.xlsx",
        ("12\nкуст 5", field, "12.03.2026 10:00", 90),
        header=("Скважина", "Месторождение", "Дата", "Дебит жидкости, м3/сут"),
    )
    importing.import_file(one, file, ImportOptions(kind="flow_test", new_wells=True))
    wrapped = next(well for well in records.wells(one.store) if well.name.startswith("12") and well.id > 2)
    typed = entries.save_record(one, replace(flow_test(water_cut=0.2), well_id=int(wrapped.id)))
    good = entries.save_record(one, flow_test(water_cut=0.3))
    synced(one)
    synced(other)
    assert of(other, good.id) is not None
    assert of(other, typed.id) is not None
    assert wrapped.name == "12 куст 5"
    assert len(the_tests(other, "12 куст 5")) == 2
    assert one.journal.unsent_count() == 0


def test_a_wrapped_name_that_an_older_program_journalled_goes_through_and_stays_one_well(
    two: tuple[Workspace, Workspace],
) -> None:
    one, other = two
    field = records.wells(one.store)[0].field_name
    key = {"uid": RAW_UID, "field": field, "pad": "5", "name": "12\nкуст 5"}
    with one.store.writing() as cursor:
        cursor.execute(
            "INSERT INTO wells (id, field, pad, name, lift, state, aliases, uid) VALUES (3, ?, '5', ?, "
            "'other', 'running', '', ?)",
            [field, key["name"], RAW_UID],
        )
    record = replace(flow_test(), well_id=3)
    body = {"record": record.id, "kind": "flow_test", "well": 3, "at": iso(AT), "until": None}
    said = {"values": record.values, "action": "saved", "author": "", "well_key": key}
    applying.apply(one, one.journal.add("record", body | said))
    synced(one)
    synced(other)
    assert [well.name for well in records.wells(one.store) if well.id > 2] == ["12 куст 5"]
    assert [r.id for r in the_tests(other, "12 куст 5")] == [record.id]
    assert [r.id for r in the_tests(one, "12 куст 5")] == [record.id]


def test_an_entry_that_cannot_be_sent_waits_alone_with_its_reason(two: tuple[Workspace, Workspace]) -> None:
    one, other = two
    key = records.wells(one.store)[0].key
    poison = [
        {"well_key": key | {"name": "x" * 201}},
        {"well_key": key | {"uid": "no uid"}},
        {"well_key": ["no key"]},
        {"well_key": key, "values": {"liquid_m3_per_s": 10**400}},
        {
            "well_key": key,
            "values": {"liquid_m3_per_s": 1, "duration_s": 3600},
            "at": "9999-12-31T23:59:59-12:00",
        },
    ]
    for wrong in poison:
        body = {"record": new_id(), "kind": "flow_test", "well": 1, "at": iso(AT), "until": None}
        one.journal.add(
            "record", body | {"values": flow_test().values, "action": "saved", "author": ""} | wrong
        )
    good = entries.save_record(one, flow_test(water_cut=0.3))
    assert synced(one).sent == 1
    synced(other)
    assert of(other, good.id) is not None
    waiting = outgoing.rows(one)[: len(poison)]
    assert {row.state for row in waiting} == {State.QUARANTINED}
    speaker = Speaker("en")
    assert all(row.why(speaker) and "?" not in row.why(speaker) for row in waiting)
    for row in waiting:
        conflicts.discard(one, row.entry.id, "seen")
    assert one.journal.unsent_count() == 0
