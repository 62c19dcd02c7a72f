"""Wells made and renamed by hand: which names are refused, what stays a well's other name, the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.errors import KnownError
from app.models.records import Record
from app.models.store import records
from app.models.wells import ESP, SRP, Well, WellId
from app.services.wells import passports
from app.services.wells.finding import find_well, statuses
from app.services.wells.listing import Listing, favour, hide, load, show_all
from app.services.workspace import Workspace
from tests.conftest import NOW


def wanted(name: str, pad: str = "", lift: str = "esp") -> Record:
    return Record("", "well_passport", 0, NOW, None, {"well_name": name, "pad": pad, "lift": lift})


def two_of_one_name(workspace: Workspace) -> None:
    """As files make them that tell wells apart by their pads."""
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(3), "77", "Северное", "7", SRP)])


@pytest.mark.parametrize("name", ["77", "скв. 77", "123г", "123Г/К-5"])
def test_a_name_that_a_well_has_is_refused_and_the_well_is_named(workspace: Workspace, name: str) -> None:
    with pytest.raises(KnownError) as told:
        passports.new_well(workspace, "Южное", wanted(name))
    assert told.value.code == "well_name_taken"
    assert told.value.details["field"] == "Северное"
    assert len(records.wells(workspace.store)) == 2


@pytest.mark.parametrize("pad", ["6", "8"])
def test_a_name_that_two_wells_have_is_refused_as_well(workspace: Workspace, pad: str) -> None:
    """It is found for neither of them; on the pad of one it was that well's passport written over."""
    two_of_one_name(workspace)
    with pytest.raises(KnownError, match="well_name_taken"):
        passports.new_well(workspace, "Северное", wanted("77", pad))
    assert len(records.wells(workspace.store)) == 3


def test_a_new_well_is_found_by_its_name_and_by_nothing_else(workspace: Workspace) -> None:
    made = passports.new_well(workspace, "Южное", wanted(" 500\nА ", "9", "srp"))
    assert (made.name, made.pad, made.field_name, made.lift) == ("500 А", "9", "Южное", "srp")
    assert find_well(workspace, "скв. 500А").id == made.id
    with pytest.raises(KnownError) as told:
        find_well(workspace, "501")
    assert told.value.code == "well_unknown"
    assert told.value.details["near"]


def test_a_renamed_well_keeps_its_earlier_name_and_its_uid(workspace: Workspace) -> None:
    well = find_well(workspace, "77")
    passport = passports.passport_of(workspace, well, NOW)
    assert passport.values == {"well_name": "77", "pad": "6", "lift": "srp"}
    now = passports.save(workspace, replace(passport, values=passport.values | {"well_name": "77бис"}))
    assert now.name == "77бис"
    assert now.aliases == ("77",)
    assert now.key["uid"] == well.key["uid"]
    assert find_well(workspace, "77").id == find_well(workspace, "77бис").id == well.id
    back = passports.passport_of(workspace, now, NOW)
    again = passports.save(workspace, replace(back, values=back.values | {"well_name": "77"}))
    assert again.name == "77", "its own other name is nobody else's"


def test_a_rename_to_the_name_of_another_is_refused_and_changes_nothing(workspace: Workspace) -> None:
    well = find_well(workspace, "77")
    passport = passports.passport_of(workspace, well, NOW)
    with pytest.raises(KnownError, match="well_name_taken"):
        passports.save(workspace, replace(passport, values=passport.values | {"well_name": "123Г"}))
    assert find_well(workspace, "77").name == "77"


def test_one_of_two_wells_of_one_name_can_still_be_changed(workspace: Workspace) -> None:
    two_of_one_name(workspace)
    well = next(one for one in records.wells(workspace.store) if one.pad == "7")
    passport = passports.passport_of(workspace, well, NOW)
    now = passports.save(workspace, replace(passport, values=passport.values | {"lift": "esp"}))
    assert (now.name, now.lift) == ("77", ESP)


def test_a_well_that_nobody_looked_at_is_not_all_right_and_one_that_stands_is_idle(
    workspace: Workspace,
) -> None:
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(3), "9", "Северное", "7", SRP, state="stopped")])
    told = {status.well.name: status for status in statuses(workspace.store)}
    assert {name: status.status for name, status in told.items()} == {
        "123Г": "none",
        "77": "none",
        "9": "idle",
    }
    assert all(status.last_reading_at is None and status.unread == 0 for status in told.values())


def test_favourites_and_hidden_wells_are_kept_by_uid_over_a_damaged_file(workspace: Workspace) -> None:
    one, two = records.wells(workspace.store)
    assert load(workspace) == Listing()
    favour(workspace, [one, two], on=True)
    favour(workspace, [two], on=False)
    hide(workspace, [two])
    assert load(workspace) == Listing(frozenset({one.key["uid"]}), frozenset({two.key["uid"]}))
    assert show_all(workspace).hidden == frozenset()
    assert load(workspace).favourites == {one.key["uid"]}
    (workspace.paths.folder / "wells.json").write_text(
        '{"favourites": 5, "hidden": [1, "u"]}', encoding="utf-8"
    )
    assert load(workspace) == Listing(frozenset(), frozenset({"u"}))
    (workspace.paths.folder / "wells.json").write_text("{", encoding="utf-8")
    assert load(workspace) == Listing()
