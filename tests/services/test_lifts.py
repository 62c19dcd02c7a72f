"""How a well is lifted, by date: changed after asking, with history, taken back with its import."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.core.texts import Speaker
from app.importers.plan import CHANGE, KEEP
from app.models.store import records
from app.models.wells import ESP, GAS_LIFT, INJECTION, PCP, SRP, Well, WellId
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.records import lists
from app.services.wells import passports
from app.services.workspace import Workspace
from tests.conftest import NOW
from tests.importers.imported import readers_here

__all__ = ["readers_here"]
pytestmark = pytest.mark.usefixtures("readers_here")


def lift_of(workspace: Workspace, name: str) -> str:
    return next(well.lift for well in records.wells(workspace.store) if well.name == name)


def put(workspace: Workspace, name: str, lift: str) -> None:
    number = max((int(well.id) for well in records.wells(workspace.store)), default=0) + 1
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(number), name, "Новое", "9", lift)])


def listed(folder: Path, *rows: str) -> Path:
    file = folder / "wells.csv"
    lines = ["Скважина;Куст;Месторождение;Способ эксплуатации", *rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_well_that_has_another_lift_is_asked_about_and_nothing_is_imported(
    workspace: Workspace, tmp_path: Path
) -> None:
    put(workspace, "501", ESP)
    with pytest.raises(KnownError, match="lift_changes") as refused:
        importing.import_file(workspace, listed(tmp_path, "501;9;Новое;ШГН", "502;9;Новое;ШГН"))
    words = Speaker("en").error(refused.value)
    assert "is on ESP now, the file says Rod pump" in words
    assert lift_of(workspace, "501") == ESP
    assert "502" not in {well.name for well in records.wells(workspace.store)}


def test_it_is_changed_when_that_is_said_and_the_change_goes_with_its_import(
    workspace: Workspace, tmp_path: Path
) -> None:
    put(workspace, "501", ESP)
    report = importing.import_file(
        workspace, listed(tmp_path, "501;9;Новое;ШГН"), ImportOptions(lifts=CHANGE)
    )
    assert (report.added, report.changed, report.same) == (0, 1, 0)
    assert ("import.lift_changed", {"well": "501", "now": ESP, "said": SRP}) in report.remarks
    assert lift_of(workspace, "501") == SRP
    importing.undo(workspace, report.id)
    assert lift_of(workspace, "501") == ESP


def test_it_stays_when_that_is_said(workspace: Workspace, tmp_path: Path) -> None:
    put(workspace, "501", ESP)
    report = importing.import_file(workspace, listed(tmp_path, "501;9;Новое;ШГН"), ImportOptions(lifts=KEEP))
    assert (report.changed, report.same, lift_of(workspace, "501")) == (0, 1, ESP)


def test_a_lift_that_nobody_knew_is_told_and_not_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    put(workspace, "501", "other")
    report = importing.import_file(workspace, listed(tmp_path, "501;9;Новое;ШГН"))
    assert (report.changed, report.same, lift_of(workspace, "501")) == (1, 0, SRP)
    assert "import.lift_changed" in {code for code, _ in report.remarks}


def test_each_change_is_in_the_history_of_the_wells_passport(workspace: Workspace, tmp_path: Path) -> None:
    put(workspace, "501", ESP)
    for number, lift in enumerate(("ШГН", "газлифт", "ППД")):
        folder = tmp_path / str(number)
        folder.mkdir()
        importing.import_file(workspace, listed(folder, f"501;9;Новое;{lift}"), ImportOptions(lifts=CHANGE))
    well = next(well for well in records.wells(workspace.store) if well.name == "501")
    passport = passports.passport_of(workspace, well, NOW)
    told, _ = lists.history(workspace, passport)
    assert [version.body["values"]["lift"] for version in told] == [ESP, SRP, GAS_LIFT, INJECTION]
    assert lift_of(workspace, "501") == INJECTION


def test_what_was_changed_since_stays_when_the_import_is_taken_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    put(workspace, "501", ESP)
    report = importing.import_file(
        workspace, listed(tmp_path, "501;9;Новое;ШГН"), ImportOptions(lifts=CHANGE)
    )
    well = next(well for well in records.wells(workspace.store) if well.name == "501")
    passport = passports.passport_of(workspace, well, NOW)
    passports.save(workspace, replace(passport, values={**passport.values, "lift": PCP}))
    importing.undo(workspace, report.id)
    assert lift_of(workspace, "501") == PCP


def test_a_cache_made_anew_has_the_lift_that_an_import_changed(workspace: Workspace, tmp_path: Path) -> None:
    put(workspace, "501", ESP)
    importing.import_file(workspace, listed(tmp_path, "501;9;Новое;ШГН"), ImportOptions(lifts=CHANGE))
    kept = [
        entry.payload["values"]["lift"] for entry in workspace.journal.entries() if entry.kind == "record"
    ]
    assert kept == [ESP, SRP], "its own entries carry it, to another cache and to the centre"


def test_a_word_that_is_no_lift_is_put_right_and_never_another_lift(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(KnownError, match="value_not_choice"):
        importing.import_file(workspace, listed(tmp_path, "501;9;Новое;ЧПУ"))


def test_a_place_that_nobody_had_said_is_filled_in_and_goes_with_its_import(
    workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(60_000), "900", "", "", ESP)])

    def place() -> tuple[str, str, str]:
        well = next(one for one in records.wells(workspace.store) if one.name == "900")
        return well.field_name, well.pad, well.uid

    uid = place()[2]
    report = importing.import_file(workspace, listed(tmp_path, "900;7;Южное;ЭЦН"))
    assert place() == ("Южное", "7", uid)
    assert "import.place_filled" in {code for code, _ in report.remarks}
    importing.undo(workspace, report.id)
    assert place() == ("", "", uid)
