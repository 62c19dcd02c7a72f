"""A well is made and renamed by hand: with versions, a way back, and at the other laptops."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.core.clock import utc_now
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds, records, versions
from app.models.wells import Well
from app.services.records import applying, entries
from app.services.wells import passports
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from app.sync.pull import Pulled, pull_records
from central.accept import accept
from central.stores import wells as central_wells
from central.stores.engine import reading
from tests.sync.test_limits_travel import Stream, second  # noqa: F401 - a fixture
from tests.sync.test_one_name_at_both_ends import Ends, ends, envelope  # noqa: F401 - a fixture

AT = datetime(2026, 3, 1, tzinfo=UTC)


def renamed(workspace: Workspace, name: str, **values: str) -> Well:
    found = find_well(workspace, name)
    passport = passports.passport_of(workspace, found, AT)
    return passports.save(
        workspace, Record(passport.id, passport.kind, int(found.id), AT, None, passport.values | values)
    )


def made(workspace: Workspace, name: str, lift: str = "srp", field: str = "Северное") -> Well:
    values = {"well_name": name, "pad": "9", "lift": lift}
    return passports.new_well(workspace, field, Record("", "well_passport", 0, AT, None, values))


def names(workspace: Workspace) -> dict[str, str]:
    return {well.name: well.lift for well in records.wells(workspace.store)}


def test_a_well_that_is_renamed_keeps_what_it_holds_and_is_found_by_its_old_name(
    workspace: Workspace,
) -> None:
    entries.add_note(workspace, 1, AT, "before")
    before = find_well(workspace, "123Г")
    after = renamed(workspace, "123Г", well_name="123Г-2", pad="5а")
    assert (after.id, after.uid, after.pad) == (before.id, before.uid, "5а")
    assert after.aliases == ("123Г/К-5", "123Г")
    assert find_well(workspace, "123Г").name == "123Г-2"
    assert len(kinds.of_well(workspace.store, KINDS["note"], int(after.id))) == 1


def test_a_lift_is_mended_and_taken_back_version_by_version(workspace: Workspace) -> None:
    well = renamed(workspace, "77", lift="esp")
    assert well.lift == "esp"
    passport = passports.passport_id(well.uid)
    assert [v.body["values"]["lift"] for v in versions.versions(workspace.store, passport)] == ["srp", "esp"]
    entries.undo_change(workspace, passport)
    assert names(workspace)["77"] == "srp"


def test_a_new_well_is_there_and_goes_again_while_it_holds_nothing(workspace: Workspace) -> None:
    well = made(workspace, "901")
    assert names(workspace)["901"] == "srp"
    entries.undo_change(workspace, passports.passport_id(well.uid))
    assert "901" not in names(workspace)
    well = made(workspace, "901")
    entries.add_note(workspace, int(well.id), AT, "it is one")
    entries.remove_record(workspace, passports.passport_of(workspace, well, AT))
    assert "901" in names(workspace)


@pytest.mark.parametrize("taken", ["77", "скв. 77", "123Г/К-5"])
def test_a_name_that_is_another_wells_is_refused(workspace: Workspace, taken: str) -> None:
    with pytest.raises(KnownError, match="well_name_taken"):
        made(workspace, taken)
    if "77" not in taken:
        with pytest.raises(KnownError, match="well_name_taken"):
            renamed(workspace, "77", well_name=taken)
    assert workspace.journal.entries() == []


def test_a_cache_made_anew_has_the_same_wells_under_the_same_names(workspace: Workspace) -> None:
    made(workspace, "901", "pcp")
    renamed(workspace, "901", well_name="902")
    before = {(well.uid, well.name, well.lift, well.aliases) for well in records.wells(workspace.store)}
    with workspace.store.writing() as cursor:
        cursor.execute("DELETE FROM wells WHERE name = '902'")
        cursor.execute("DELETE FROM well_passports")
        cursor.execute("DELETE FROM record_versions")
    applying.replay(workspace)
    assert {
        (well.uid, well.name, well.lift, well.aliases) for well in records.wells(workspace.store)
    } == before


def test_names_and_lifts_reach_the_centre_and_the_other_laptop(
    ends: Ends,  # noqa: F811
    second: Workspace,  # noqa: F811
) -> None:
    known = records.wells(ends.laptop.store)[0]
    made(ends.laptop, "901", "pcp", known.field_name)
    renamed(ends.laptop, known.name, well_name="K-1", lift="jet")
    for entry in ends.laptop.journal.entries():
        (receipt,) = accept(ends.engine, ends.device, (envelope(entry),), utc_now)
        assert receipt.status == "accepted", receipt
    with reading(ends.engine) as connection:
        there = {well.name: well.lift for well in central_wells.all_wells(connection)}
        count = connection.execute(sa.text("SELECT count(*) FROM well_passports")).scalar_one()
    assert there.items() >= {"901": "pcp", "K-1": "jet"}.items()
    assert count == 2
    pull_records(Job(), second.store, second.journal, Stream(ends), Pulled())
    assert names(second).items() >= {"901": "pcp", "K-1": "jet"}.items()
    assert find_well(second, known.name).name == "K-1", "also by what it was called"
