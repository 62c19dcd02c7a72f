"""History of one's work: every deed can be taken back and done again, or says why not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.texts import Speaker
from app.models.entries import State
from app.models.findings import Finding
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import cards as card_store
from app.models.store import central, kinds, trends
from app.models.store import findings as finding_store
from app.services.centre import conflicts
from app.services.imports.importing import import_file
from app.services.records import deeds, entries, forms
from app.services.records.deeds import Deed
from app.services.workspace import Workspace
from tests.services.test_cards_by_hand import LOAD, POSITION, pumped

AT = datetime(2026, 10, 12, 9, tzinfo=UTC)
EN = Speaker("en")


def saved(workspace: Workspace, liquid: float, record_id: str | None = None) -> Record:
    values = {"duration_s": 14_400.0, "liquid_m3_per_s": liquid, "valid": True}
    return entries.save_record(workspace, Record(record_id or new_id(), "flow_test", 1, AT, None, values))


def liquids(workspace: Workspace) -> list[float]:
    return [one.values["liquid_m3_per_s"] for one in kinds.of_well(workspace.store, KINDS["flow_test"], 1)]


def turned(workspace: Workspace, *, back: bool) -> Deed:
    """As Ctrl+Z does, or Ctrl+Shift+Z."""
    found = deeds.deeds(workspace)
    deed = deeds.last_done(found) if back else deeds.last_taken_back(found)
    assert deed is not None
    deeds.turn(workspace, deed)
    return deed


def refused(workspace: Workspace, deed: Deed) -> str:
    with pytest.raises(KnownError) as caught:
        deeds.refuse(workspace, deed)
    return caught.value.code


def test_an_entry_and_its_change_go_back_and_forth_one_by_one(workspace: Workspace) -> None:
    record = saved(workspace, 1e-4)
    saved(workspace, 2e-4, record.id)
    told = [one.what(EN) for one in deeds.deeds(workspace)]
    assert told == ["Flow test (changed)", "Flow test"]
    for _ in range(2):
        turned(workspace, back=True)
        assert liquids(workspace) == [1e-4]
        turned(workspace, back=True)
        assert liquids(workspace) == []
        assert all(one.taken_back for one in deeds.deeds(workspace))
        turned(workspace, back=False)
        assert liquids(workspace) == [1e-4]
        turned(workspace, back=False)
        assert liquids(workspace) == [2e-4]
        assert not any(one.taken_back for one in deeds.deeds(workspace))
    assert len(deeds.deeds(workspace)) == 2, "what only goes back and forth is no deed of its own"
    assert len(workspace.journal.entries()) == 10, "and yet nothing is forgotten"


def test_a_deletion_is_taken_back(workspace: Workspace) -> None:
    record = saved(workspace, 1e-4)
    entries.remove_record(workspace, record)
    deed = turned(workspace, back=True)
    assert deed.what(EN) == "Flow test (deleted)"
    assert liquids(workspace) == [1e-4]


def test_what_was_taken_back_elsewhere_in_the_program_stands_so_in_the_history(workspace: Workspace) -> None:
    record = saved(workspace, 1e-4)
    entries.undo_change(workspace, record.id)
    (deed,) = deeds.deeds(workspace)
    assert deed.taken_back
    assert deed.state(EN) == "taken back"


def test_the_results_of_a_sample_are_one_deed(workspace: Workspace) -> None:
    typed = {"oil_density_20c": "862", "sulphur": "1,2"}
    made = forms.sample_records(new_id(), 1, AT, typed, {}, EN)
    forms.save_sample(workspace, new_id(), made, ())
    (deed,) = deeds.deeds(workspace)
    assert len(deed.entries) == 2
    deeds.turn(workspace, deed)
    assert kinds.of_well(workspace.store, KINDS["lab_result"], 1) == []
    turned(workspace, back=False)
    assert len(kinds.of_well(workspace.store, KINDS["lab_result"], 1)) == 2


def test_a_decision_on_a_finding_is_taken_back(workspace: Workspace) -> None:
    finding = Finding(1, "gas_interference", "act", 0.8, AT, AT, id=new_id())
    finding_store.renew(workspace.store, 1, [finding])
    entries.decide(workspace, finding, "rejected", "a new pump")
    change = deeds.turn(workspace, deeds.deeds(workspace)[0])
    assert {"findings", "finding_decision"} == change.kinds
    assert [one.decision for one in finding_store.of_well(workspace.store, 1)] == [""]


def test_an_import_goes_back_and_forth(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text("well,time,line_pressure (MPa)\n123Г,2026-10-02T00:00:00Z,1.2\n", encoding="utf-8")
    import_file(workspace, file)
    for _ in range(2):
        turned(workspace, back=True)
        assert trends.span(workspace.store, 1) is None
        turned(workspace, back=False)
        assert trends.span(workspace.store, 1) == (to_us(datetime(2026, 10, 2, tzinfo=UTC)),) * 2
    (deed,) = deeds.deeds(workspace)
    assert not deed.taken_back
    assert deed.shown.well == "123Г"


def test_an_import_that_others_stand_on_says_so(workspace: Workspace, tmp_path: Path) -> None:
    for name, value in (("a.csv", 1.2), ("b.csv", 1.3)):
        text = f"well,time,line_pressure (MPa)\n123Г,2026-10-02T00:00:00Z,{value}\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
        import_file(workspace, tmp_path / name)
    later, first = deeds.deeds(workspace)
    assert refused(workspace, first) == "import_undo_order"
    deeds.turn(workspace, later)
    import_file(workspace, tmp_path / "b.csv")
    assert refused(workspace, deeds.deeds(workspace)[1]) == "deed_imported_again"


def test_a_dynamogram_is_taken_back_until_the_centre_has_it(workspace: Workspace) -> None:
    well = pumped(workspace)
    entries.add_card(workspace, well, AT, 6.0, POSITION, LOAD)
    turned(workspace, back=True)
    assert card_store.of_well(workspace.store, well.id) == []
    turned(workspace, back=False)
    assert len(card_store.of_well(workspace.store, well.id)) == 1
    (deed,) = deeds.deeds(workspace)
    (sent,) = workspace.journal.sending.claim(5)
    assert sent.id == deed.standing[0]
    assert refused(workspace, deed) == "deed_card_sent"


def test_a_dynamogram_that_is_given_up_is_shown_no_more(workspace: Workspace) -> None:
    card = entries.add_card(workspace, pumped(workspace), AT, 6.0, POSITION, LOAD)
    conflicts.discard(workspace, card.id, "twice")
    assert card_store.by_id(workspace.store, card.id) is None


def test_what_was_changed_after_it_is_not_taken_back_over_it(workspace: Workspace) -> None:
    record = saved(workspace, 1e-4)
    saved(workspace, 2e-4, record.id)
    later, first = deeds.deeds(workspace)
    assert refused(workspace, first) == "deed_changed_since"
    body = {**later.first.payload, "author": "Another"}
    told = central.CentralRecord(record.id, "flow_test", 1, 3, 3, new_id(), "Another", AT, body)
    with workspace.store.writing() as cursor:
        central.apply_records(cursor, [told], frozenset())
    assert refused(workspace, later) == "deed_changed_elsewhere"


def test_what_stands_on_something_taken_back_waits_for_it(workspace: Workspace) -> None:
    record = saved(workspace, 1e-4)
    saved(workspace, 2e-4, record.id)
    for _ in range(2):
        turned(workspace, back=True)
    change, first = deeds.deeds(workspace)
    assert refused(workspace, change) == "deed_on_another"
    deeds.turn(workspace, first)
    deeds.turn(workspace, change)
    saved(workspace, 3e-4, record.id)
    assert refused(workspace, first) == "deed_changed_since"


def test_what_two_have_changed_is_decided_first(workspace: Workspace) -> None:
    saved(workspace, 1e-4)
    (entry,) = workspace.journal.sending.claim(5)
    workspace.journal.move(entry.id, State.CONFLICT)
    assert refused(workspace, deeds.deeds(workspace)[0]) == "deed_in_conflict"


def test_a_draft_waits_in_the_history_and_is_what_ctrl_z_passes_over(workspace: Workspace) -> None:
    entries.keep_draft(workspace, new_id(), "flow_test", 1, {"liquid": "12"})
    (deed,) = deeds.deeds(workspace)
    assert (deed.is_draft, deed.shown.well) == (True, "123Г")
    assert deed.what(EN) == "Flow test (draft)"
    assert deeds.last_done([deed]) is None
    assert refused(workspace, deed) == "deed_is_draft"
