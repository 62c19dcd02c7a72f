"""A well that no diagnosis can be made of says why: on the page, in CLI text and JSON, in the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import KnownError
from app.core.texts import Speaker
from app.models.records import Record
from app.models.store import assessments, kinds, records
from app.models.store import findings as finding_store
from app.models.wells import Well, WellId
from app.reports import wording
from app.reports.collect import WellFacts
from app.reports.sections import SECTIONS
from app.services.diagnosis.diagnose import diagnose, not_assessed
from app.services.records import entries
from app.services.reports.facts import StoreFacts
from app.services.wells.dashboard import field_rows
from app.services.wells.overview import overview
from app.services.workspace import Workspace
from tests.conftest import NOW, Said

ANGLE = np.linspace(0, 2 * np.pi, 100, endpoint=False)
POSITION, LOAD = 1.5 - 1.5 * np.cos(ANGLE), 40e3 + 15e3 * np.sin(ANGLE)
AT = NOW - timedelta(days=1)


def by_name(workspace: Workspace, name: str) -> Well:
    return next(well for well in records.wells(workspace.store) if well.name == name)


def with_bad_equipment(workspace: Workspace) -> Well:
    """A card that is whole, in a well whose installation says nonsense of its rods."""
    well = by_name(workspace, "77")
    with workspace.store.writing() as cursor:
        kinds.put_one(cursor, Record("i", "installation", int(well.id), AT - timedelta(days=30)))
        cursor.execute('UPDATE installations SET equipment = \'{"rods": "wrong"}\'')
    entries.add_card(workspace, well, AT, 6.0, POSITION, LOAD)
    return well


def test_a_bad_equipment_record_is_no_sensor_fault_but_told_as_what_it_is(workspace: Workspace) -> None:
    well = with_bad_equipment(workspace)
    assert [finding.code for finding in diagnose(workspace, well)] == []
    reason = not_assessed(workspace, well.id)
    assert reason is not None
    assert reason.code == "json_value"
    assert reason.details["key"] == "rods"
    assert overview(workspace, well).not_assessed is not None


def test_a_record_that_is_no_card_is_told_as_what_is_wrong_with_it(workspace: Workspace) -> None:
    well = by_name(workspace, "77")
    entries.add_card(workspace, well, AT, 6.0, np.full(100, 1.5), LOAD)
    assert diagnose(workspace, well) == []
    reason = not_assessed(workspace, well.id)
    assert reason is not None
    assert reason.code.startswith("card_")


@pytest.mark.parametrize(
    ("name", "code"), [("123Г", "no_running_readings"), ("77", "no_cards"), ("88", "no_rules")]
)
def test_a_well_with_nothing_to_judge_by_says_what_is_missing(
    workspace: Workspace, name: str, code: str
) -> None:
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(3), "88", "Северное", "6", "flowing")])
    well = by_name(workspace, name)
    assert diagnose(workspace, well) == []
    reason = not_assessed(workspace, well.id)
    assert reason is not None
    assert reason.code == code
    row = next(row for row in field_rows(workspace) if row.status.well.name == name)
    assert row.not_assessed is not None


def test_a_later_diagnosis_that_can_be_made_takes_the_reason_back(workspace: Workspace) -> None:
    well = with_bad_equipment(workspace)
    diagnose(workspace, well)
    with workspace.store.writing() as cursor:
        cursor.execute("UPDATE installations SET equipment = '{}'")
    diagnose(workspace, well)
    assert not_assessed(workspace, well.id) is None


def test_what_was_found_before_stays_when_the_next_card_cannot_be_read(workspace: Workspace) -> None:
    well = by_name(workspace, "77")
    entries.add_card(workspace, well, AT, 6.0, POSITION, LOAD)
    before = [finding.code for finding in diagnose(workspace, well)]
    entries.add_card(workspace, well, AT + timedelta(hours=1), 6.0, np.full(100, 1.5), LOAD)
    assert [finding.code for finding in diagnose(workspace, well)] == before
    assert not_assessed(workspace, well.id) is not None


def test_a_full_disk_is_not_taken_for_a_property_of_the_well(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    well = with_bad_equipment(workspace)

    def full(*_: object) -> None:
        raise KnownError("disk_full", file="cache.duckdb", retry=True)

    with monkeypatch.context() as patched:
        patched.setattr(finding_store, "renew", full)
        patched.setattr("app.services.diagnosis.diagnose.cards.analyse_stored", full)
        with pytest.raises(KnownError, match="disk_full"):
            diagnose(workspace, well)
    assert not_assessed(workspace, well.id) is None


def test_a_reason_is_read_again_whatever_its_details_are_called(workspace: Workspace) -> None:
    told = KnownError.of("card_short", {"code": 3, "retry": True})
    assessments.keep(workspace.store, 1, told)
    for read in (not_assessed(workspace, 1), assessments.reasons(workspace.store)[1]):
        assert read is not None
        assert (read.code, read.details, read.retry) == ("card_short", told.details, False)


def test_the_report_says_why_a_well_is_not_assessed(workspace: Workspace) -> None:
    well = with_bad_equipment(workspace)
    diagnose(workspace, well)
    facts = WellFacts(well, AT - timedelta(days=30), NOW, StoreFacts(workspace))
    for key in ("findings", "card"):
        section = SECTIONS[key]
        assert section.make is not None
        said = " ".join(
            getattr(block, "text", "") for block in section.make(facts, Speaker("en"), section.defaults())
        )
        assert "Not assessed:" in said, key
        assert "rods" in said, key


def test_the_command_line_says_so_in_words_and_in_json(store: Path, said: Callable[..., Said]) -> None:
    code, out, _ = said("diagnose", "123", "--store", store)
    assert code == 0
    assert "123: Not assessed: there are no readings" in out
    _, out, _ = said("diagnose", "123", "--store", store, "--json")
    answer = json.loads(out)
    assert answer["findings"] == []
    assert answer["not_assessed"]["code"] == "no_running_readings"
    assert answer["not_assessed"]["reason"].startswith("there are no readings")


def test_a_well_that_nobody_looked_at_has_no_health(workspace: Workspace) -> None:
    well = by_name(workspace, "77")
    assert overview(workspace, well).health is None
    assert wording.health_words(None, None, Speaker("en")) == "Not diagnosed: nobody has looked."
    diagnose(workspace, well)
    assert overview(workspace, well).health is None, "asked, and no card there"
    assert all(row.health is None for row in field_rows(workspace))


def test_health_says_how_many_rules_could_look_and_what_the_others_need(
    workspace: Workspace, said: Callable[..., Said]
) -> None:
    """A surface card alone: no pump card, no loads, no torque."""
    well = by_name(workspace, "77")
    entries.add_card(workspace, well, AT, 6.0, POSITION, LOAD)
    diagnose(workspace, well)
    answer = overview(workspace, well)
    assert answer.sight is not None
    assert answer.sight.looked == 1
    assert answer.sight.of > 20
    assert answer.sight.missing[:2] == ("pump_card", "loads")
    words = wording.health_words(answer.health, answer.sight, Speaker("en"))
    assert f"1 of {answer.sight.of} rules could look" in words
    line = wording.missing_line(answer.sight, Speaker("ru"))
    assert "колонна штанг" in line
    path = workspace.paths.store
    workspace.close()
    code, out, _ = said("diagnose", "77", "--store", path, "--json")
    assert code == 0
    assert json.loads(out)["rules"] == {
        "looked": 1,
        "of": answer.sight.of,
        "missing": list(answer.sight.missing),
    }
