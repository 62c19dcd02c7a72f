"""Anything is found by its words: as soon as it is entered, no longer when it is taken back, at the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.jobs import Job
from app.core.texts import Speaker
from app.models.changes import Changed
from app.models.findings import Finding
from app.models.kinds import KINDS
from app.models.records import FiledRecord, Record
from app.models.search import found as words
from app.models.store import findings as finding_store
from app.reports import record_words
from app.services.demo.history import CAUSES
from app.services.imports import importing
from app.services.imports.importing import ImportOptions
from app.services.records import documents, entries
from app.services.search import asking, keeping
from app.services.workspace import Workspace
from tests.conftest import shared_file

NOW = datetime(2026, 11, 5, 9, 30, tzinfo=UTC)


def found(workspace: Workspace, asked: str) -> list[tuple[str, str, str]]:
    """(group, well, title) of what is found once the index is kept up."""
    keeping.bring_up(workspace, Job())
    return [(one.hit.group, one.well.name, one.hit.title) for one in asking.ask(workspace, asked, "ru")]


def save(workspace: Workspace, of: str, **values: object) -> Record:
    return entries.save_record(workspace, Record(new_id(), of, 2, NOW, None, values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "values", "asked", "group"),
    [
        ("note", {"text": "Подтекает сальник"}, "сальника", words.NOTES),
        ("event", {"kind": "stop", "note": "нет питания"}, "остановка питание", words.EVENTS),
        ("event", {"kind": "stop", "note": "нет питания"}, "stop 05.11.2026", words.EVENTS),
        (
            "task",
            {"what": "fluid_level", "who": "Ерёмин", "note": "после промывки"},
            "еремин промывка",
            words.TASKS,
        ),
        ("document", {"title": "Паспорт насоса", "kind": "passport"}, "паспорта", words.DOCUMENTS),
        ("workover", {"kind": "krs", "reason": "Слом вала"}, "вал 77", words.REPAIRS),
        ("flow_test", {"liquid_m3_per_s": 1e-4, "note": "ёмкость"}, "емкость", words.MEASURED),
    ],
)
def test_an_entry_is_found_by_its_words_its_well_and_its_day(
    workspace: Workspace, kind: str, values: dict[str, object], asked: str, group: str
) -> None:
    save(workspace, kind, **values)
    ((told, well, _),) = found(workspace, asked)
    assert (told, well) == (group, "77")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        *(
            ("installation", {"pump_type": "ЭЦН5А-100", "pulled_because": code})
            for code in (*CAUSES, "planned")
        ),
        *(("event", {"kind": "stop", "note": code}) for code in ("power_supply", "service", "valve_repair")),
    ],
)
def test_a_code_of_ours_is_said_in_words_where_it_is_found_and_stays_a_code_where_it_is_edited(
    workspace: Workspace, kind: str, values: dict[str, str]
) -> None:
    """«Остановка · valve_repair» was what a Russian found."""
    save(workspace, kind, **values)
    ((_, _, title),) = found(workspace, "77")
    assert not re.search("[A-Za-z]", title), title
    key, code = list(values.items())[-1]
    field, speaker = KINDS[kind].field(key), Speaker("ru")
    assert code not in record_words.shown(field, code, speaker), "as in what was changed, or in a conflict"
    assert record_words.as_typed(field, code, speaker) == code


def test_a_measurement_without_a_remark_is_no_text(workspace: Workspace) -> None:
    save(workspace, "flow_test", liquid_m3_per_s=1e-4)
    assert [one for one in found(workspace, "77") if one[0] == words.MEASURED] == []


def test_what_is_changed_is_found_as_it_is_and_what_is_undone_is_not(workspace: Workspace) -> None:
    note = save(workspace, "note", text="Подтекает сальник")
    entries.save_record(workspace, replace(note, values={"text": "Течёт фланец"}))
    assert found(workspace, "сальник") == []
    assert found(workspace, "течет") == [(words.NOTES, "77", "Течёт фланец")]
    entries.undo_change(workspace, note.id)
    assert found(workspace, "фланец") == []
    assert len(found(workspace, "сальник")) == 1
    entries.remove_record(workspace, note)
    assert found(workspace, "сальник") == []


def test_what_a_file_brought_is_found_until_its_import_is_undone(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "события.csv"
    rows = ["Скважина;Дата;Событие;Примечание", "77;05.11.2026 09:00;остановка;обрыв ремня"]
    path.write_text("\n".join(rows), encoding="utf-8")
    report = importing.import_file(workspace, path, ImportOptions(kind="event"))
    assert [one[:2] for one in found(workspace, "обрыва ремни")] == [(words.EVENTS, "77")]
    importing.undo(workspace, report.id)
    assert found(workspace, "ремень") == found(workspace, "обрыв") == []


def test_a_finding_is_found_in_both_languages_and_goes_when_it_is_found_no_more(workspace: Workspace) -> None:
    finding_store.renew(workspace.store, 2, [Finding(2, "gas_interference", "act", 0.8, NOW, NOW, id="f1")])
    title = workspace.settings.speaker("ru").say("finding.gas_interference")
    for asked in (title, workspace.settings.speaker("en").say("finding.gas_interference")):
        assert found(workspace, asked) == [(words.FINDINGS, "77", title)]
    finding_store.renew(workspace.store, 2, [])
    assert found(workspace, title) == []


def test_nothing_is_put_in_again_that_is_as_it_was(workspace: Workspace) -> None:
    save(workspace, "note", text="Подтекает сальник")
    assert keeping.bring_up(workspace, Job()) > 0
    assert keeping.bring_up(workspace, Job()) == 0


def test_only_what_a_change_may_concern_is_looked_at(workspace: Workspace) -> None:
    keeping.bring_up(workspace, Job())
    note = save(workspace, "note", text="Подтекает сальник")
    assert keeping.bring_up(workspace, Job(), Changed(2, frozenset({"flow_test"}))) == 0
    assert keeping.bring_up(workspace, Job(), Changed.of(note)) == 1


def test_a_well_of_another_name_is_found_by_it(workspace: Workspace) -> None:
    save(workspace, "note", text="Подтекает сальник")
    save(workspace, "well_passport", well_name="9915", lift="srp")
    assert [one[:2] for one in found(workspace, "9915 сальник")] == [(words.NOTES, "9915")]
    assert found(workspace, "77 сальник") in ([], [(words.NOTES, "9915", "Подтекает сальник")])


@pytest.mark.parametrize("asked", ["4711", "serial 4711", "SHAFT broken", "akt_remonta"])
def test_a_document_is_found_by_what_stands_in_it_and_opens_there(workspace: Workspace, asked: str) -> None:
    documents.attach_file(workspace, shared_file("data/own-well/akt_remonta.pdf"), "77")
    keeping.bring_up(workspace, Job())
    assert keeping.read_documents(workspace, Job()) == 1
    (one,) = asking.ask(workspace, asked, "ru")
    assert one.hit.file is not None
    assert (one.well.name, one.hit.file.name) == ("77", "akt_remonta.pdf")
    assert one.hit.place == (0 if asked == "akt_remonta" else 1)
    entry = asking.entry_of(workspace, one.hit)
    assert isinstance(entry, FiledRecord)
    assert [file.name for file in entry.files] == ["akt_remonta.pdf"]
    assert keeping.read_documents(workspace, Job()) == 0, "read once"


@pytest.mark.parametrize("asked", ["", "4712", "4711 nowhere"])
def test_what_stands_nowhere_is_not_found(workspace: Workspace, asked: str) -> None:
    documents.attach_file(workspace, shared_file("data/own-well/akt_remonta.pdf"), "77")
    keeping.bring_up(workspace, Job())
    keeping.read_documents(workspace, Job())
    assert asking.ask(workspace, asked, "ru") == []


def test_a_damaged_document_is_found_by_its_title_with_what_is_wrong_and_the_next_one_is_read(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "битый.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "цел.txt").write_text("сальник", encoding="utf-8")
    for name in ("цел.txt", "битый.pdf"):
        documents.attach_file(workspace, tmp_path / name, "77")
    keeping.bring_up(workspace, Job())
    assert keeping.read_documents(workspace, Job()) == 2
    (one,) = asking.ask(workspace, "битый", "ru")
    assert one.hit.told.state == "words_damaged"
    assert len(asking.ask(workspace, "сальник", "ru")) == 1
    assert [file.name for file, _ in workspace.search.untold()] == ["битый.pdf"]


def test_a_document_that_could_not_be_read_in_passing_is_tried_again_and_a_damaged_one_is_not(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "битый.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "цел.txt").write_text("сальник", encoding="utf-8")
    for name in ("цел.txt", "битый.pdf"):
        documents.attach_file(workspace, tmp_path / name, "77")
    keeping.bring_up(workspace, Job())
    read = keeping.read_pieces

    def busy(path: Path, *rest: Any) -> Any:
        if path.suffix == ".txt":
            raise KnownError("file_too_heavy", file=str(path), seconds=60, memory=2)
        return read(path, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(keeping, "read_pieces", busy)
        assert keeping.read_documents(workspace, Job()) == 2
    assert asking.ask(workspace, "сальник", "ru") == []
    assert keeping.read_documents(workspace, Job()) == 0, "not at once: it may be as heavy still"
    assert keeping.try_again(workspace) == 1
    assert keeping.read_documents(workspace, Job()) == 1
    assert len(asking.ask(workspace, "сальник", "ru")) == 1
    assert [file.name for file, _ in workspace.search.untold()] == ["битый.pdf"]


def test_a_document_of_another_laptop_is_read_when_it_has_come(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("сальник", encoding="utf-8")
    documents.attach_file(workspace, tmp_path / "a.txt", "77")
    keeping.bring_up(workspace, Job())
    (file,) = workspace.search.waiting()
    kept = workspace.paths.blobs / file.sha256
    kept.rename(tmp_path / "elsewhere")
    keeping.read_documents(workspace, Job())
    assert workspace.search.files() == {words.ELSEWHERE: 1}
    (tmp_path / "elsewhere").rename(kept)
    assert keeping.read_documents(workspace, Job()) == 1
    assert len(asking.ask(workspace, "сальника", "ru")) == 1
