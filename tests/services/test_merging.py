"""Two wells are merged by a person: said before it is done, seen as one, and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import KnownError
from app.core.texts import Speaker
from app.models.changes import Changed
from app.models.kinds import KINDS
from app.models.readings import Readings
from app.models.records import Record
from app.models.store import central, kinds, readings, records, versions
from app.models.wells import Well, WellId, merge_id
from app.reports import merge_words
from app.services.imports.importing import import_file
from app.services.records import applying, deeds, entries
from app.services.records import lists as record_lists
from app.services.wells import merging, passports
from app.services.wells.equipment import equipment_at
from app.services.wells.finding import find_well
from app.services.workspace import Workspace

AT = datetime(2026, 10, 12, 9, tzinfo=UTC)
Said = tuple[int, str, str]


@pytest.fixture
def twins(workspace: Workspace) -> tuple[Workspace, Well, Well]:
    """The same well twice: once as a file wrote it."""
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(3), "77-бис", "Северное", "6", "other")])
    return workspace, merging.named(workspace, "77-бис"), merging.named(workspace, "77")


def flow_test(workspace: Workspace, well: Well, liquid: float) -> Record:
    values = {"duration_s": 14_400.0, "liquid_m3_per_s": liquid, "valid": True}
    name = f"{int(well.id)}{liquid}".replace(".", "")
    return entries.save_record(workspace, Record(name, "flow_test", int(well.id), AT, None, values))


def test_what_a_merge_brings_is_said_before_it_is_done(twins: tuple[Workspace, Well, Well]) -> None:
    workspace, well, into = twins
    minute = np.arange(3, dtype=np.int64) * 60_000_000 + 1_790_000_000_000_000
    readings.write(workspace.store, Readings.of_one(3, 1, minute, np.array([1.0, 2.0, 3.0])))
    readings.write(workspace.store, Readings.of_one(2, 1, minute[:2], np.array([1.0, 9.0])))
    flow_test(workspace, well, 5e-4)
    flow_test(workspace, into, 5e-4)
    flow_test(workspace, well, 6e-4)
    prospect = merging.look(workspace, well, into)
    met = prospect.readings
    assert (met.count, met.same, met.other) == (3, 1, 1)
    assert (prospect.records, prospect.records_same, prospect.records_other) == ({"flow_test": 2}, 1, 1)
    said = "\n".join(merge_words.lines(prospect, Speaker("ru")))
    assert "Показаний: 3" in said
    assert "1 с тем же значением, 1 с другим" in said
    assert "wellside merge 77-бис --undo" in said
    assert {one.name for one in records.wells(workspace.store)} == {"123Г", "77", "77-бис"}, "nothing is done"


def test_wells_that_measured_other_things_at_the_same_moments_are_two_unless_somebody_is_sure(
    twins: tuple[Workspace, Well, Well],
) -> None:
    workspace, well, into = twins
    minute = np.arange(40, dtype=np.int64) * 60_000_000 + 1_790_000_000_000_000
    readings.write(workspace.store, Readings.of_one(3, 1, minute, np.arange(40.0)))
    readings.write(workspace.store, Readings.of_one(2, 1, minute, np.arange(40.0) + 5.0))
    with pytest.raises(KnownError, match="merge_doubtful"):
        merging.merge(workspace, well, into)
    said = "\n".join(merge_words.lines(merging.look(workspace, well, into), Speaker("en")))
    assert "they look like two wells" in said
    merging.merge(workspace, well, into, sure=True)


def test_the_merged_well_is_found_by_both_names_and_taken_back_from_its_history(
    twins: tuple[Workspace, Well, Well],
) -> None:
    workspace, well, into = twins
    flow_test(workspace, well, 6e-4)
    record = merging.merge(workspace, well, into)
    assert find_well(workspace, "77-бис").id == find_well(workspace, "77").id == into.id
    shown = record_lists.rows(workspace, int(into.id), ("flow_test", "well_merge"))
    assert {row.record.kind for row in shown} == {"flow_test", "well_merge"}
    entries.undo_change(workspace, record.id)
    assert find_well(workspace, "77-бис").id == well.id
    assert record_lists.rows(workspace, int(into.id), ("flow_test",)) == []
    assert len(record_lists.rows(workspace, int(well.id), ("flow_test",))) == 1
    merging.merge(workspace, well, into)
    assert [v.action for v in versions.versions(workspace.store, record.id)] == ["saved", "removed", "saved"]


def test_a_record_that_is_changed_on_the_other_wells_page_stays_its_own_wells(
    twins: tuple[Workspace, Well, Well],
) -> None:
    workspace, well, into = twins
    record = flow_test(workspace, well, 6e-4)
    merging.merge(workspace, well, into)
    (seen,) = kinds.of_well(workspace.store, KINDS["flow_test"], int(into.id))
    assert seen.well_id == into.id
    entries.save_record(workspace, replace(seen, values={**seen.values, "liquid_m3_per_s": 7e-4}))
    entry = workspace.journal.last_of_record(record.id)
    assert entry is not None
    assert entry.payload["well_key"] == well.key
    new = entries.add_note(workspace, int(into.id), AT, "new")
    entry = workspace.journal.last_of_record(new.id)
    assert entry is not None
    assert entry.payload["well_key"] == into.key
    merging.part(workspace, well)
    (kept,) = kinds.of_well(workspace.store, KINDS["flow_test"], int(well.id))
    assert kept.values["liquid_m3_per_s"] == 7e-4


def test_what_cannot_be_merged_is_refused_with_its_reason(twins: tuple[Workspace, Well, Well]) -> None:
    workspace, well, into = twins
    with pytest.raises(KnownError, match="merge_itself"):
        merging.merge(workspace, into, into)
    with pytest.raises(KnownError, match="merge_doubtful") as doubt:
        merging.merge(workspace, find_well(workspace, "123Г"), into)
    assert "123Г" in Speaker("en").error(doubt.value)
    with pytest.raises(KnownError, match="merge_unknown"):
        merging.part(workspace, well)
    merging.merge(workspace, well, into)
    for one, other in ((well, find_well(workspace, "123Г")), (find_well(workspace, "123Г"), well)):
        with pytest.raises(KnownError, match="merge_(?:merged|elsewhere)"):
            merging.merge(workspace, one, other, sure=True)
    merging.merge(workspace, find_well(workspace, "123Г"), into, sure=True)
    assert [one.name for one in records.wells(workspace.store)] == ["77"]
    with workspace.store.writing() as cursor:
        central.set_mark(cursor, "records", "fields", '["Южное"]')
    merging.part(workspace, well)
    with pytest.raises(KnownError, match="merge_field_not_yours"):
        merging.look(workspace, well, into)


def test_a_file_that_names_the_merged_well_fills_it_and_is_seen_under_the_other(
    twins: tuple[Workspace, Well, Well], tmp_path: Path
) -> None:
    """Twice the same file, before and after, is the same: no row comes double."""
    workspace, well, into = twins
    path = tmp_path / "tests.csv"
    path.write_text("Скважина;Дата замера;Длительность, ч;Qж, м3/сут\n77-бис;12.10.2026;4;45\n")
    import_file(workspace, path)
    merging.merge(workspace, well, into)
    path.write_text(
        "Скважина;Дата замера;Длительность, ч;Qж, м3/сут\n77-бис;12.10.2026;4;45\n77-бис;13.10.2026;4;46\n"
    )
    report = import_file(workspace, path)
    assert (report.added, report.same) == (1, 1)
    assert "import.merged_well" in dict(report.remarks)
    assert len(kinds.of_well(workspace.store, KINDS["flow_test"], int(into.id))) == 2
    (entry,) = [one for one in workspace.journal.entries() if one.id == report.id]
    assert entry.payload["well_keys"] == {"77-бис": well.key}
    merging.part(workspace, well)
    assert len(kinds.of_well(workspace.store, KINDS["flow_test"], int(well.id))) == 2


def test_neither_name_can_be_given_to_a_third_well_and_the_well_that_stays_may_take_both(
    twins: tuple[Workspace, Well, Well], tmp_path: Path
) -> None:
    workspace, well, into = twins
    merging.merge(workspace, well, into)
    told = {"well_name": "77-бис", "lift": "srp"}
    with pytest.raises(KnownError, match="well_name_taken"):
        passports.new_well(workspace, "Северное", Record("", "well_passport", 0, AT, None, told))
    passport = passports.passport_of(workspace, find_well(workspace, "77"), AT)
    assert "77-бис" not in str(passport.values)
    renamed = passports.save(workspace, replace(passport, values={**passport.values, "well_name": "77-бис"}))
    path = tmp_path / "tests.csv"
    path.write_text("Скважина;Дата замера;Длительность, ч;Qж, м3/сут\n77-бис;14.10.2026;4;45\n")
    import_file(workspace, path)
    assert kinds.own_well(
        workspace.store, KINDS["flow_test"], kinds.of_well(workspace.store, KINDS["flow_test"], 2)[0]
    ) == int(renamed.id)


def test_a_cache_that_is_made_anew_has_the_wells_merged_again(twins: tuple[Workspace, Well, Well]) -> None:
    workspace, well, into = twins
    flow_test(workspace, well, 6e-4)
    merging.merge(workspace, well, into)
    with workspace.store.writing() as cursor:
        for table in ("wells", "flow_tests", "well_merges", "merged_wells", "record_versions"):
            cursor.execute(f"DELETE FROM {table}")
    applying.replay(workspace)
    (one,) = records.wells(workspace.store)
    assert (one.name, one.uid, one.absorbed) == ("77", into.uid, ("77-бис",))
    assert len(kinds.of_well(workspace.store, KINDS["flow_test"], int(one.id))) == 1
    assert kinds.find(workspace.store, KINDS["well_merge"], merge_id(well.uid)) is not None


def test_a_merge_is_a_deed_that_goes_back_and_forth(twins: tuple[Workspace, Well, Well]) -> None:
    workspace, well, into = twins
    flow_test(workspace, well, 6e-4)
    merging.merge(workspace, well, into)
    deed, *others = deeds.deeds(workspace)
    assert [deeds.well_of(workspace, one).name for one in (deed, *others)] == ["77", "77"]
    assert deeds.turn(workspace, deed) == Changed()
    assert find_well(workspace, "77-бис").id == well.id
    deeds.turn(workspace, deeds.deeds(workspace)[0])
    assert find_well(workspace, "77-бис").id == into.id


@pytest.mark.slow
def test_the_command_line_says_does_and_takes_back(said: Callable[..., Said], store: Path) -> None:
    (known,) = json.loads(said("wells", "--store", store, "--json")[1])
    code, out, _ = said("merge", "nowhere", known["name"], "--store", store)
    assert (code, out) == (1, "")
    table = store.parent / "new.csv"
    table.write_text("Скважина;Дата замера;Длительность, ч;Qж, м3/сут\n901;12.10.2026;4;45\n")
    assert said("import", table, "--new-wells", "--store", store)[0] == 0
    code, out, _ = said("merge", "901", known["name"], "--dry-run", "--store", store)
    assert code == 0
    assert "flow test: 1" in out.lower()
    code, out, errors = said("merge", "901", known["name"], "--force", "--json", "--store", store)
    assert (code, json.loads(out)["records"]["count"]) == (0, {"flow_test": 1}), errors
    (merged,) = json.loads(said("wells", "--store", store, "--json")[1])
    assert (merged["name"], merged["merged"]) == (known["name"], ["901"])
    assert said("merge", "901", "--undo", "--store", store)[0] == 0
    assert len(json.loads(said("wells", "--store", store, "--json")[1])) == 2


@pytest.mark.parametrize("winner", [1, 2])
def test_of_two_pumps_of_one_moment_the_well_that_stays_has_its_own(
    workspace: Workspace, winner: int
) -> None:
    at = workspace.clock()
    runs = [Record(str(n), "installation", n, at, None, {"stages": 300 + n}) for n in (1, 2)]
    with workspace.store.writing() as cursor:
        kinds.put_many(cursor, KINDS["installation"], runs)
        cursor.execute("INSERT INTO merged_wells (well, into_well) VALUES (?, ?)", [3 - winner, winner])
    assert equipment_at(workspace, winner, at).equipment["stages"] == 300 + winner
