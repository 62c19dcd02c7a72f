"""Two laptops and a real centre: what one saves the other has, edits meet, nothing typed is lost."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.ids import new_id
from app.core.jobs import Job
from app.models.entries import State
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import cards as card_store
from app.models.store import kinds, records, trends, versions, well_tests
from app.services.centre import conflicts, sync, unsent
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.records import applying, documents, entries
from app.services.wells import merging
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.centre_process import AT, CentreProcess, journalled_unseen, laptop, new_field

WELL_TEST_GIVEN = {
    "rate_m3_per_s": 0.001,
    "producing_time_s": 864_000.0,
    "formation_volume_factor": 1.2,
    "viscosity_pa_s": 1e-3,
    "porosity": 0.2,
    "thickness_m": 10.0,
    "total_compressibility_per_pa": 1e-9,
    "wellbore_radius_m": 0.1,
}


def flow_test(**values: Any) -> Record:
    return Record(
        new_id(),
        "flow_test",
        1,
        AT,
        None,
        {"liquid_m3_per_s": 0.001, "duration_s": 14400.0, "valid": True, **values},
    )


def of(workspace: Workspace, record_id: str, kind: str = "flow_test") -> Record | None:
    return kinds.find(workspace.store, KINDS[kind], record_id)


def synced(workspace: Workspace) -> sync.Outcome:
    outcome = sync.run(Job(), workspace)
    assert outcome.problems == {}
    return outcome


@pytest.fixture
def two(centre: CentreProcess, tmp_path: Path) -> Any:
    field = new_field()
    with (
        laptop(tmp_path / "a", centre, field) as one,
        laptop(tmp_path / "b", centre, field, wells=False) as other,
    ):
        yield one, other


def test_a_flow_test_entered_on_one_laptop_is_on_the_other_with_its_well_and_history(
    two: tuple[Workspace, Workspace],
) -> None:
    one, other = two
    record = entries.save_record(one, flow_test(water_cut=0.4, note="first"))
    assert synced(one).sent == 1
    assert synced(other).changes >= 2
    found = of(other, record.id)
    assert found is not None
    assert found.values == record.values
    well = next(well for well in records.wells(other.store) if well.id == found.well_id)
    assert (well.name, well.pad) == ("123Г", "5")
    assert [entry.state for entry in one.journal.entries()] == [State.CONFIRMED]


@pytest.mark.slow
def test_the_same_sync_again_sends_and_fetches_nothing(two: tuple[Workspace, Workspace]) -> None:
    one, other = two
    entries.save_record(one, flow_test())
    synced(one)
    synced(other)
    again = synced(one), synced(other)
    assert [(o.sent, o.changes, o.readings, o.changed) for o in again] == [(0, 0, 0, False)] * 2


def test_work_that_went_by_a_stick_is_there_once_and_confirmed_on_both(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, other = two
    synced(one)
    synced(other)
    record = entries.save_record(one, flow_test(), (("a.txt", b"content"),))
    unsent.save(one, tmp_path / "w.unsent")
    assert unsent.take(other, tmp_path / "w.unsent").new == 1
    assert synced(other).sent == 1
    synced(one)
    for laptop_ in two:
        synced(laptop_)
        assert [entry.state for entry in laptop_.journal.entries()] == [State.CONFIRMED]
        assert len(versions.versions(laptop_.store, record.id)) == 1


def test_edits_of_different_fields_are_both_kept_without_asking(two: tuple[Workspace, Workspace]) -> None:
    one, other = two
    record = entries.save_record(one, flow_test(water_cut=0.4))
    synced(one)
    synced(other)
    entries.save_record(one, replace(record, values={**record.values, "water_cut": 0.5}))
    theirs = of(other, record.id)
    assert theirs is not None
    entries.save_record(other, replace(theirs, values={**theirs.values, "note": "seen by B"}))
    synced(one)
    assert synced(other).merged == 1
    synced(other)
    synced(one)
    for laptop_ in two:
        found = of(laptop_, record.id)
        assert found is not None
        assert (found.values["water_cut"], found.values["note"]) == (0.5, "seen by B")
        assert laptop_.journal.unsent_count() == 0


def test_the_same_field_changed_on_both_keeps_both_values_and_asks(two: tuple[Workspace, Workspace]) -> None:
    one, other = two
    record = entries.save_record(one, flow_test(water_cut=0.4))
    synced(one)
    synced(other)
    entries.save_record(one, replace(record, values={**record.values, "water_cut": 0.5}))
    theirs = of(other, record.id)
    assert theirs is not None
    entries.save_record(other, replace(theirs, values={**theirs.values, "water_cut": 0.6}))
    synced(one)
    assert synced(other).conflicts == 1
    mine = of(other, record.id)
    assert mine is not None
    assert mine.values["water_cut"] == 0.6, "what was typed here stays until the engineer has chosen"
    (open_one,) = conflicts.open_conflicts(other)
    assert [(c.field, c.base, c.mine, c.theirs) for c in open_one.fields] == [
        ("values.water_cut", 0.4, 0.6, 0.5)
    ]
    conflicts.resolve(other, open_one.entry_id, {"values.water_cut": "theirs"})
    synced(other)
    synced(one)
    for laptop_ in two:
        found = of(laptop_, record.id)
        assert found is not None
        assert found.values["water_cut"] == 0.5
        assert laptop_.journal.unsent_count() == 0


@pytest.mark.slow
def test_a_removal_against_an_edit_is_asked_and_can_be_taken_either_way(
    two: tuple[Workspace, Workspace],
) -> None:
    one, other = two
    record = entries.save_record(one, flow_test(water_cut=0.4))
    synced(one)
    synced(other)
    entries.remove_record(one, record)
    theirs = of(other, record.id)
    assert theirs is not None
    entries.save_record(other, replace(theirs, values={**theirs.values, "water_cut": 0.6}))
    synced(one)
    synced(other)
    (open_one,) = conflicts.open_conflicts(other)
    conflicts.resolve(other, open_one.entry_id, {"action": "mine"})
    synced(other)
    synced(one)
    found = of(one, record.id)
    assert found is not None
    assert found.values["water_cut"] == 0.6


def test_two_edits_before_one_sync_arrive_as_two_versions(two: tuple[Workspace, Workspace]) -> None:
    one, other = two
    record = entries.save_record(one, flow_test(water_cut=0.4))
    entries.save_record(one, replace(record, values={**record.values, "water_cut": 0.5}))
    entries.save_record(one, replace(record, values={**record.values, "water_cut": 0.6}))
    assert synced(one).sent == 3
    synced(other)
    found = of(other, record.id)
    assert found is not None
    assert found.values["water_cut"] == 0.6


def test_what_the_centre_refuses_stays_with_its_reason_and_can_be_mended(
    two: tuple[Workspace, Workspace],
) -> None:
    one, other = two
    bad = journalled_unseen(one, flow_test(water_cut=1.4))
    good = entries.save_record(one, flow_test(water_cut=0.3))
    outcome = synced(one)
    assert (outcome.sent, outcome.refused) == (1, 1)
    (entry,) = one.journal.entries(State.QUARANTINED)
    assert entry.error == "value_out_of_limits"
    assert entry.receipt is not None
    assert entry.receipt["details"]["field"] == "water_cut"
    entries.save_record(one, replace(bad, values={**bad.values, "water_cut": 0.4}))
    assert synced(one).sent == 1
    synced(other)
    assert of(other, good.id) is not None
    mended = of(other, bad.id)
    assert mended is not None
    assert mended.values["water_cut"] == 0.4
    assert one.journal.unsent_count() == 0


def test_a_document_travels_in_pieces_and_is_readable_elsewhere(two: tuple[Workspace, Workspace]) -> None:
    one, other = two
    content = np.random.default_rng(1).bytes(3_500_000)
    record = Record(new_id(), "document", 1, AT, None, {"kind": "act", "title": "Акт"})
    entries.save_record(one, record, (("акт ../../этц.pdf", content),))
    synced(one)
    synced(other)
    (file,) = versions.attached(other.store, 1)[record.id]
    assert documents.content_of(other, file) == content


@pytest.mark.slow
def test_a_card_and_an_imported_file_of_readings_come_through_clickhouse(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, other = two
    angle = np.linspace(0, 2 * np.pi, 100, endpoint=False)
    position, load = 1.5 - 1.5 * np.cos(angle), 40e3 + 15e3 * np.sin(angle)
    well = next(well for well in records.wells(one.store) if well.name == "77")
    entries.add_card(one, well, AT, 6.0, position, load)
    file = tmp_path / "readings.csv"
    rows = [f"{(AT + timedelta(minutes=i)).isoformat()},{5 + i / 1000}" for i in range(500)]
    file.write_text("time,intake_pressure (MPa)\n" + "\n".join(rows) + "\n")
    report = importing.import_file(one, file, ImportOptions("77"))
    assert synced(one).sent == 2
    _until(lambda: synced(other).readings + count(other) >= 500)
    assert count(other) == 500
    here = next(well for well in records.wells(other.store) if well.name == "77")
    (card,) = card_store.of_well(other.store, here.id)
    assert card.load_n == pytest.approx(load, rel=1e-6)
    assert card.figures["surface_stroke_m"] == pytest.approx(3.0, rel=1e-2)
    assert values(other) == values(one)
    importing.undo(one, report.id)
    synced(one)
    _until(lambda: bool(synced(other)) and count(other) == 0)


def test_laboratory_results_of_a_file_are_one_record_on_every_laptop(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, other = two
    file = tmp_path / "lab.csv"
    file.write_text(
        "Скважина;Дата;Обводненность, %;Плотность, кг/м3\n123Г;12.03.2026;41,5;861\n77;13.03.2026;55;870\n"
    )
    importing.import_file(one, file, ImportOptions())
    synced(one)
    synced(other)

    def results(workspace: Workspace) -> set[tuple[str, str, float]]:
        names = {well.id: well.name for well in records.wells(workspace.store)}
        found = [r for well in names for r in kinds.of_well(workspace.store, KINDS["lab_result"], well)]
        return {(r.id, names[r.well_id], r.values["value"]) for r in found}

    assert results(one) == results(other)
    assert len(results(one)) == 4
    importing.undo(one, records.imports(one.store)[0].id)
    synced(one)
    synced(other)
    assert results(other) == set()


@pytest.mark.slow
def test_wells_merged_on_one_laptop_are_one_on_the_other_and_apart_again_when_it_is_taken_back(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, other = two

    def imported(well: str, first: int) -> None:
        file = tmp_path / f"{well}-{first}.csv"
        rows = [f"{(AT + timedelta(minutes=i)).isoformat()},{5 + i / 1000}" for i in range(first, first + 20)]
        file.write_text("time,intake_pressure (MPa)\n" + "\n".join(rows) + "\n")
        importing.import_file(one, file, ImportOptions(well))

    def seen(laptop_: Workspace, name: str) -> int:
        return sum(series.n for series in trends.series_of(laptop_.store, int(find_well(laptop_, name).id)))

    imported("77", 0)
    imported("123Г", 10)
    merging.merge(one, find_well(one, "77"), find_well(one, "123Г"), sure=True)
    synced(one)
    synced(other)
    _until(lambda: bool(synced(other)) and seen(other, "77") == 30)
    merging.part(other, merging.named(other, "77"))
    synced(other)
    for laptop_ in two:
        outcome = synced(laptop_)
        assert (seen(laptop_, "77"), seen(laptop_, "123Г")) == (20, 20)
        assert (outcome.differences, outcome.records_differ) == ((), 0)


def test_a_well_test_of_a_file_is_once_on_each_laptop_and_goes_with_its_import(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    one, other = two
    time_s = np.geomspace(60, 200_000, 40)
    body = {
        "kind": "buildup",
        "well": "123Г",
        "taken_at": "2026-11-01T00:00:00Z",
        "time_s": [0.0, *time_s.tolist()],
        "pressure_pa": [5e6, *(5e6 + 1e6 * np.log10(1 + time_s / 60)).tolist()],
    }
    file = tmp_path / "test.json"
    file.write_text(json.dumps(body | WELL_TEST_GIVEN))
    report = importing.import_file(one, file, ImportOptions())
    synced(one)
    synced(one)
    synced(other)
    here = next(int(well.id) for well in records.wells(other.store) if well.name == "123Г")
    assert [
        len(well_tests.of_well(workspace.store, number)) for workspace, number in ((one, 1), (other, here))
    ] == [1, 1]
    importing.undo(one, report.id)
    synced(one)
    synced(other)
    assert well_tests.of_well(other.store, here) == []


def test_a_lost_cache_is_the_same_again_after_a_pull(centre: CentreProcess, tmp_path: Path) -> None:
    field = new_field()
    token = centre.token(field)
    with laptop(tmp_path / "a", centre, field, token=token) as one:
        for share in (0.1, 0.2, 0.3):
            entries.save_record(one, flow_test(water_cut=share))
        synced(one)
        before = {record.id: record.values for record in kinds.of_well(one.store, KINDS["flow_test"], 1)}
        pending = entries.save_record(one, flow_test(water_cut=0.9))
    for path in (tmp_path / "a").glob("cache.duckdb*"):
        path.unlink()
    with laptop(tmp_path / "a", centre, field, token=token, wells=False) as one:
        # The journal speaks first: what is unsent is there before any network.
        applying.replay(one)
        synced(one)
        wells = records.wells(one.store)
        assert [(well.name, well.pad) for well in wells] == [("123Г", "5")]
        after = {
            record.id: record.values
            for record in kinds.of_well(one.store, KINDS["flow_test"], int(wells[0].id))
        }
        assert after == before | {pending.id: pending.values}


def count(workspace: Workspace) -> int:
    with workspace.store.reading() as cursor:
        row = cursor.execute("SELECT count(*) FROM readings").fetchone()
    return int(row[0]) if row else 0


def values(workspace: Workspace) -> list[tuple[Any, ...]]:
    with workspace.store.reading() as cursor:
        return cursor.execute(
            "SELECT sensor, epoch_us(ts), value, quality FROM readings ORDER BY ALL"
        ).fetchall()


def _until(true: Callable[[], bool], within_s: float = 15.0) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)
