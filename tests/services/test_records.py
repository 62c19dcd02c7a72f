"""Entries at the pad: on the disk before they are shown, in versions, with a way back; a draft survives a
kill.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.core.texts import Speaker
from app.models.entries import State
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import database as store
from app.models.store import kinds, records, versions
from app.reports import record_words
from app.services.imports import importing
from app.services.opening import open_workspace
from app.services.records import applying, documents, entries, forms
from app.services.records import lists as record_lists
from app.services.workspace import Workspace
from tests.proofs import examples

AT = datetime(2026, 10, 12, 9, tzinfo=UTC)
RU = Speaker("ru")


def a_test(**values: object) -> Record:
    return Record(
        new_id(),
        "flow_test",
        1,
        AT,
        None,
        {"duration_s": 14_400.0, "liquid_m3_per_s": 5e-4, "valid": True, **values},
    )


@pytest.mark.parametrize("kind", list(KINDS), ids=[kind.key for kind in KINDS])
def test_every_kind_of_record_is_kept_read_back_and_taken_out(workspace: Workspace, kind: object) -> None:
    values = {}
    for field in kind.fields:  # type: ignore[attr-defined]
        low, high = field.minimum or 0.0, field.maximum or 10.0
        values[field.key] = {
            "number": (low + high) / 2,
            "choice": field.choices[0] if field.choices else "",
            "flag": True,
            "time": "2026-11-20T08:15:00Z",
            "rows": [
                {
                    cell.key: cell.maximum if cell.type == "number" else "слова"
                    for cell in field.cells
                    if cell.required
                }
            ],
        }.get(field.type, "слова")
    until = AT + timedelta(hours=3) if kind.until else None  # type: ignore[attr-defined]
    record = Record(new_id(), kind.key, 1, AT, until, values)  # type: ignore[attr-defined]
    entries.save_record(workspace, record)
    assert kinds.of_well(workspace.store, kind, 1) == [record]  # type: ignore[arg-type]
    assert record_words.summary(record, RU)
    entries.remove_record(workspace, record)
    assert kinds.of_well(workspace.store, kind, 1) == []  # type: ignore[arg-type]


def test_a_change_is_a_new_version_and_each_can_be_seen_and_undone(workspace: Workspace) -> None:
    workspace.settings.set("author", "Петров")
    first = a_test()
    entries.save_record(workspace, first)
    entries.save_record(workspace, replace(first, values={**first.values, "liquid_m3_per_s": 6e-4}))
    entries.remove_record(workspace, first)
    kept = versions.versions(workspace.store, first.id)
    assert [(v.number, v.action, v.author) for v in kept] == [
        (1, "saved", "Петров"),
        (2, "saved", "Петров"),
        (3, "removed", "Петров"),
    ]
    assert "43,2 → 51,8" in record_lists.changes(kept[0], kept[1], RU)
    entries.undo_change(workspace, first.id)
    assert kinds.find(workspace.store, KINDS["flow_test"], first.id).values["liquid_m3_per_s"] == 6e-4  # type: ignore[union-attr]
    chain = [entry.supersedes for entry in workspace.journal.entries() if entry.kind == "record"]
    assert chain[0] is None
    assert all(chain[1:])


def test_a_list_of_records_reads_no_more_than_it_shows(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred thousand were read and made to show twenty thousand."""
    monkeypatch.setattr(record_lists, "MOST", 20)
    with workspace.store.writing() as cursor:
        for key in ("event", "note"):
            told = {"kind": "stop", "note": "x"} if key == "event" else {"text": "x", "author": "I"}
            made = [
                Record(f"{key}-{n:03}", key, 1, AT - timedelta(minutes=n // 2), None, told)
                for n in range(300)
            ]
            kinds.put_many(cursor, KINDS[key], made)
    read: list[object] = []
    record = kinds.Record
    monkeypatch.setattr(kinds, "Record", lambda *words: (read.append(words), record(*words))[1])
    shown = record_lists.rows(workspace, 1, ("event", "note"))
    assert len(read) == 40, "twenty of each"
    assert [one.record.id for one in shown[:4]] == ["event-000", "event-001", "note-000", "note-001"]
    assert len(shown) == 20
    assert len(kinds.of_well(workspace.store, KINDS["event"], 1)) == 300, "whoever asks for all has them"


def test_a_record_of_a_file_keeps_what_the_file_said_as_its_first_version(
    workspace: Workspace, tmp_path: Path
) -> None:
    from app.services.imports.importing import import_file, undo

    path = tmp_path / "tests.csv"
    path.write_text("Скважина;Дата замера;Длительность, ч;Qж, м3/сут\n77;12.10.2026;4;45\n")
    report = import_file(workspace, path)
    (record,) = kinds.of_well(workspace.store, KINDS["flow_test"], 2)
    entries.save_record(workspace, replace(record, values={**record.values, "liquid_m3_per_s": 6e-4}))
    kept, file = record_lists.history(workspace, record)
    assert file is not None
    assert ([v.action for v in kept], file.name) == (["imported", "saved"], "tests.csv")
    documents.save_as(workspace, file, tmp_path / "original.csv")
    assert (tmp_path / "original.csv").read_bytes() == path.read_bytes()
    with pytest.raises(KnownError, match="import_undo_edited"):
        undo(workspace, report.id)


def test_what_was_saved_or_taken_back_in_the_moment_of_a_kill_is_so_at_the_next_start(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was in the journal, and the cache had never heard of it; saved again it was the same, and nothing
    happened.
    """
    table = tmp_path / "t.csv"
    table.write_text("Скважина;Дата замера;Длительность, ч;Qж, м3/сут\n123Г;12.10.2026;4;45\n")
    brought, saved = importing.import_file(workspace, table), a_test()
    with monkeypatch.context() as killed:
        killed.setattr(entries, "bring_in", lambda *_: True)
        killed.setattr(importing, "apply_undo", lambda *_: None)
        entries.save_record(workspace, saved)
        importing.undo(workspace, brought.id)
    workspace.close()
    again = open_workspace(workspace.paths, NoticeBus())
    found = kinds.of_well(again.store, KINDS["flow_test"], 1)
    assert [one.id for one in found] == [saved.id]
    assert [one.undone for one in records.imports(again.store)] == [True]
    again.close()


def test_a_file_that_was_taken_back_before_a_cache_made_anew_knew_its_well_stays_taken_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Скважина;Дата замера;Длительность, ч;Qж, м3/сут\n123Г;12.10.2026;4;45\n")
    importing.undo(workspace, importing.import_file(workspace, table).id)
    entries.save_record(workspace, a_test())  # by it the well is known, after the file
    workspace.close()
    workspace.paths.store.unlink()
    again = open_workspace(workspace.paths, NoticeBus())
    assert [one.undone for one in records.imports(again.store)] == [True]
    assert len(kinds.of_well(again.store, KINDS["flow_test"], 1)) == 1
    again.close()


def test_a_cache_that_is_gone_and_one_whose_filling_was_broken_off_are_filled_from_the_journal(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries.save_record(workspace, a_test())
    workspace.close()
    workspace.paths.store.unlink()
    with monkeypatch.context() as killed:
        killed.setattr(applying, "replay", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            open_workspace(workspace.paths, NoticeBus())
    again = open_workspace(workspace.paths, NoticeBus())
    assert len(kinds.of_well(again.store, KINDS["flow_test"], 1)) == 1
    again.close()


def test_a_lost_cache_gets_its_records_and_their_history_from_the_journal(
    workspace: Workspace, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8photo")
    first = a_test()
    entries.save_record(workspace, first)
    entries.save_record(workspace, replace(first, values={**first.values, "note": "повтор"}))
    note = Record(new_id(), "note", 1, AT, None, {"text": "течь сальника"})
    forms.save(workspace, note, (photo,))
    before = (
        kinds.of_well(workspace.store, KINDS["flow_test"], 1),
        versions.versions(workspace.store, first.id),
        versions.attached(workspace.store, 1),
    )
    paths, key, wells = workspace.paths, workspace.key, records.wells(workspace.store)
    workspace.close()
    store.set_aside(paths.store)
    fresh = store.open_database(paths.store, key.derive("cache"))
    with fresh.writing() as cursor:
        records.put_wells(cursor, wells)
    fresh.close()
    again = open_workspace(paths, NoticeBus())
    for _ in range(2):
        applying.replay(again)
        assert (
            kinds.of_well(again.store, KINDS["flow_test"], 1),
            versions.versions(again.store, first.id),
            versions.attached(again.store, 1),
        ) == before
    again.close()


# ---- what is typed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("45,2", "ok"),
        ("45.2", "ok"),
        ("1 024,5", "unusual"),
        ("", "empty"),
        ("abc", "wrong"),
        ("-1", "wrong"),
        ("9999", "wrong"),
        ("<5", "wrong"),
        ("inf", "wrong"),
    ],
)
def test_a_number_is_judged_while_it_is_typed(typed: str, state: str) -> None:
    judged = forms.judge(KINDS["flow_test"].field("liquid_m3_per_s"), typed, RU)
    assert judged.state == state
    assert (judged.error is None) == (state != "wrong")


@settings(max_examples=examples(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.floats(0.01, 2500))
def test_what_is_typed_in_the_readers_unit_is_kept_in_si(value: float) -> None:
    for language in ("ru", "en"):
        text = f"{value:.6f}".replace(".", "," if language == "ru" else ".")
        judged = forms.judge(KINDS["flow_test"].field("liquid_m3_per_s"), text, Speaker(language))
        assert judged.value == pytest.approx(value / 86_400, rel=1e-4)


def test_a_form_names_the_field_that_is_missing_or_out_of_range() -> None:
    kind = KINDS["flow_test"]
    with pytest.raises(KnownError, match="form_missing"):
        forms.record_of(kind, "x", 1, AT, None, {"duration_s": "4"}, RU)
    with pytest.raises(KnownError, match="form_range"):
        forms.record_of(
            kind, "x", 1, AT, None, {"duration_s": "4", "liquid_m3_per_s": "40", "water_cut": "140"}, RU
        )
    with pytest.raises(KnownError, match="form_order"):
        forms.record_of(KINDS["event"], "x", 1, AT, AT - timedelta(1), {"kind": "stop"}, RU)


def test_a_sample_keeps_qualifiers_and_is_saved_once_however_often(workspace: Workspace) -> None:
    draft = new_id()
    made = forms.sample_records(
        draft,
        1,
        AT,
        {"water_cut": "45,2", "hydrogen_sulphide": "<0,05", "solids": "н/о"},
        {"sample": "145"},
        RU,
    )
    for _ in range(2):
        forms.save_sample(workspace, draft, made, ())
    rows = record_lists.rows(workspace, 1, ("lab_result",))
    assert len(workspace.journal.entries(State.QUEUED)) == 3
    assert {row.record.values["parameter"]: record_words.result_words(row.record, RU) for row in rows} == {
        "water_cut": "45,2",
        "hydrogen_sulphide": "<0,05",
        "solids": "н/о",
    }
    with pytest.raises(KnownError, match="form_value"):
        forms.sample_records(draft, 1, AT, {"water_cut": "много"}, {}, RU)


# ---- drafts, kills -----------------------------------------------------------------------------------------


def test_a_draft_is_there_again_until_it_is_saved_or_dropped(workspace: Workspace) -> None:
    draft = new_id()
    for typed in ("4", "45", "45,2"):
        entries.keep_draft(workspace, draft, "flow_test", 1, {"fields": {"liquid_m3_per_s": typed}})
    found = entries.draft_of(workspace, "flow_test", 1)
    assert found is not None
    assert found.payload["texts"]["fields"] == {"liquid_m3_per_s": "45,2"}
    assert entries.draft_of(workspace, "flow_test", 2) is None
    assert workspace.journal.unsent_count() == 0, "a draft is nothing to be sent"
    entries.save_record(workspace, replace(a_test(), id=draft))
    assert entries.draft_of(workspace, "flow_test", 1) is None
    other = new_id()
    entries.keep_draft(workspace, other, "flow_test", 1, {"fields": {}})
    entries.drop_draft(workspace, other)
    assert entries.draft_of(workspace, "flow_test", 1) is None


FORM_AND_DIE = """
import os, signal, sys, time
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["WELLSIDE_NO_KEYRING"] = "1"
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.entries import State
from app.services.opening import open_workspace
from app.views.language import Languages
from app.views.main_window import MainWindow
from app.views.settling import settle
from app.views.tasks import TaskRunner

application = QApplication([])
workspace = open_workspace(profile_paths(Path(sys.argv[1])), NoticeBus())
runner = TaskRunner()
window = MainWindow(workspace, runner, Languages(application))
window.show()
settle(application, runner)
window.context.choose_well(window.tree.wells()[0])
settle(application, runner)
window.entering.open("flow_test")
form = window.entering.form
settle(application, runner)
QTest.keyClicks(form.boxes["liquid_m3_per_s"].editor, "45,2")
if sys.argv[2] == "saved":
    form.saved.connect(lambda record: os.kill(os.getpid(), signal.SIGKILL))
    form.save()
    settle(application, runner)
else:
    deadline = time.monotonic() + 1
    while not workspace.journal.entries(State.DRAFT) and time.monotonic() < deadline:
        QTest.qWait(10)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
@pytest.mark.parametrize("moment", ["saved", "typing"])
def test_a_form_filled_and_the_process_killed_at_once_leaves_the_entry_in_the_journal(
    workspace: Workspace, moment: str
) -> None:
    """The window itself, with a real kill: at the very moment that the form says "saved", or within a second
    of the last key.
    """
    paths = workspace.paths
    workspace.close()
    done = subprocess.run(
        [sys.executable, "-c", FORM_AND_DIE, str(paths.store), moment],
        timeout=120,
        check=False,
        capture_output=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    again = open_workspace(profile_paths(paths.store), NoticeBus())
    try:
        (entry,) = [entry for entry in again.journal.entries() if entry.kind == "record"]
        if moment == "saved":
            assert entry.state is State.QUEUED
            assert entry.payload["values"]["liquid_m3_per_s"] == pytest.approx(45.2 / 86_400)
        else:
            assert entry.state is State.DRAFT
            assert entry.payload["texts"]["fields"]["liquid_m3_per_s"] == "45,2"
    finally:
        again.close()
