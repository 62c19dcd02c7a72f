"""Ctrl+F finds wells, commands, entries and documents in one list, by keys alone, and opens what is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.ids import new_id
from app.models.changes import Changed
from app.models.records import Record
from app.services.records import documents, entries
from app.services.search import asking
from app.services.workspace import Workspace
from app.views.main_window import MainWindow
from app.views.records.page import RecordsPage
from app.views.records.viewer import Viewer
from tests.importers.test_document_words import docx, pdf

Wait = Callable[[], None]
NOW = datetime(2026, 11, 5, 9, 30, tzinfo=UTC)


def typed(window: MainWindow, text: str, settled: Wait) -> list[str]:
    """The lines that come when something is typed in the field."""
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    window.tree.search.setFocus()
    window.tree.search.setText(text)
    settled()
    panel = window.searching.panel
    return [line.said for line in panel.lines()] if panel.isVisible() else []


def note(workspace: Workspace, well: int, text: str) -> Record:
    return entries.save_record(workspace, Record(new_id(), "note", well, NOW, None, {"text": text}))


def well_id(window: MainWindow, name: str) -> int:
    return next(int(well.id) for well in window.tree.wells() if well.name == name)


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.tree.search, key)


def test_a_note_is_found_by_a_form_of_its_word_and_enter_opens_its_row(
    window: MainWindow, settled: Wait
) -> None:
    workspace = window.context.workspace
    saved = note(workspace, well_id(window, "203"), "Подтекает сальник")
    lines = typed(window, "сальника", settled)
    assert lines[0] == workspace.settings.speaker().say("search.group.notes")
    assert lines[1].startswith("203 · ")
    press(window, Qt.Key.Key_Return)
    settled()
    assert window.context.well is not None
    assert (window.context.well.name, window.stack.key) == ("203", "records")
    page = window.page("records")
    assert isinstance(page, RecordsPage)
    assert page.panel.row_is_chosen
    assert page.panel._row is not None
    assert page.panel._row.record.id == saved.id
    assert window.tree.search.text() == ""
    assert not window.searching.panel.isVisible()


def test_what_is_entered_or_undone_while_one_looks_comes_and_goes(window: MainWindow, settled: Wait) -> None:
    workspace = window.context.workspace
    assert typed(window, "протечка", settled) == []
    saved = note(workspace, well_id(window, "203"), "Протечка фланца")
    window.context.changed.emit(Changed.of(saved))
    assert len(typed(window, "протечка", settled)) == 2
    entries.remove_record(workspace, saved)
    window.context.changed.emit(Changed.of(saved))
    assert typed(window, "протечка ", settled) == []


def test_who_takes_the_place_of_another_puts_in_what_that_one_was_to(
    window: MainWindow, settled: Wait
) -> None:
    """A first look at everything was broken off by one at the alarms, and nothing else was ever found."""
    workspace = window.context.workspace
    settled()
    note(workspace, well_id(window, "203"), "Протечка фланца")
    window.context.changed.emit(Changed(None, frozenset({"note"})))
    window.searching._keep_up()
    window.context.changed.emit(Changed(None, frozenset({"alarms"})))
    window.searching._keep_up()
    settled()
    assert any("Протечка" in line for line in typed(window, "протечка", settled))


def test_an_index_that_was_damaged_is_filled_again_for_who_looks(
    window: MainWindow, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was empty until the next start."""
    workspace = window.context.workspace
    note(workspace, well_id(window, "203"), "Протечка фланца")
    assert any("Протечка" in line for line in typed(window, "протечка", settled))
    sound, met = asking.ask, list[str]()

    def damaged_once(*asked: Any) -> list[asking.Found]:
        if not met:
            met.append("damage")
            with workspace.search._sound():
                raise apsw.CorruptError
        return sound(*asked)

    monkeypatch.setattr(asking, "ask", damaged_once)
    assert any("Протечка" in line for line in typed(window, "протечка ", settled))
    assert met == ["damage"]


def test_what_the_demo_field_brought_is_found_when_it_is_there(window: MainWindow, settled: Wait) -> None:
    """Its wells came one by one, and nobody was told that there is more than the tree shows."""
    workspace = window.context.workspace
    assert typed(window, "протечка", settled) == []
    note(workspace, well_id(window, "203"), "Протечка фланца")
    window.demo.ended.emit()
    settled()
    assert any("Протечка" in line for line in typed(window, "протечка", settled))


def test_a_document_opens_at_the_page_that_has_the_words(
    window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    (tmp_path / "akt.pdf").write_bytes(pdf(["title", "nothing", "serial 4711", "end"]))
    documents.attach_file(window.context.workspace, tmp_path / "akt.pdf", "203")
    lines = typed(window, "4711", settled)
    assert "akt.pdf" in lines[-1]
    assert "serial 4711" in lines[-1]
    press(window, Qt.Key.Key_Return)
    settled()
    (viewer,) = window.findChildren(Viewer)
    top = viewer.view.verticalScrollBar().value()
    assert top == viewer.view._places()[2][0]
    viewer.close()
    settled()


def test_a_document_without_pages_opens_as_its_text_with_the_words_chosen(
    window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    (tmp_path / "протокол.docx").write_bytes(docx(*["пусто"] * 3000, "подтекает сальник", *["пусто"] * 3000))
    documents.attach_file(window.context.workspace, tmp_path / "протокол.docx", "203")
    typed(window, "сальника", settled)
    press(window, Qt.Key.Key_Return)
    settled()
    (viewer,) = window.findChildren(Viewer)
    assert viewer.text.isVisible()
    assert "сальник" in viewer.text.textCursor().selectedText()
    assert viewer.text.verticalScrollBar().value() > 0
    viewer.close()
    settled()


@pytest.mark.slow
def test_wells_and_commands_stand_in_the_same_list_and_arrows_go_over_the_headings(
    window: MainWindow, settled: Wait
) -> None:
    speaker = window.context.speaker
    note(window.context.workspace, well_id(window, "203"), "сосед 205")
    lines = typed(window, "205", settled)
    assert lines[0] == speaker.say("search.group.wells")
    assert "205" in lines[1]
    chosen = [window.searching.panel.list.currentRow()]
    for _ in range(2):
        press(window, Qt.Key.Key_Down)
        chosen.append(window.searching.panel.list.currentRow())
    assert chosen[0] == 1
    headings = [row for row, line in enumerate(window.searching.panel.lines()) if line.run is None]
    assert not set(chosen) & set(headings)
    press(window, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Return)
    settled()
    assert window.context.well is not None
    assert (window.context.well.name, window.stack.key) == ("205", "overview")
    words = window.given.commands["settings"].words(speaker)
    found = typed(window, words.lower()[:6], settled)
    assert any(line.startswith(words) for line in found)


@pytest.mark.slow
def test_enter_opens_what_is_typed_and_not_what_was_shown_before(window: MainWindow, settled: Wait) -> None:
    note(window.context.workspace, well_id(window, "203"), "сосед 20")
    typed(window, "20", settled)
    window.tree.search.setText("205")
    press(window, Qt.Key.Key_Return)
    settled()
    assert window.context.well is not None
    assert window.context.well.name == "205"


def test_escape_and_the_way_to_another_field_close_the_list(window: MainWindow, settled: Wait) -> None:
    note(window.context.workspace, well_id(window, "203"), "Подтекает сальник")
    assert typed(window, "сальник", settled)
    press(window, Qt.Key.Key_Escape)
    assert not window.searching.panel.isVisible()
    assert typed(window, "сальника", settled)
    window.tree.view.setFocus()
    assert not window.searching.panel.isVisible()


def test_what_could_not_be_read_is_counted_and_told_with_the_reason(
    window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    (tmp_path / "битый.pdf").write_bytes(b"%PDF-1.4 nothing")
    documents.attach_file(window.context.workspace, tmp_path / "битый.pdf", "203")
    typed(window, "битый", settled)
    assert "1" in window.searching.panel.unread.text()
    window.searching.panel.unread.click()
    settled()
    (_, line) = window.searching.panel.lines()
    assert line.words == "битый.pdf"
    assert "битый.pdf" in line.below


def test_an_entry_that_is_gone_meanwhile_is_told(window: MainWindow, settled: Wait) -> None:
    workspace = window.context.workspace
    saved = note(workspace, well_id(window, "203"), "Подтекает сальник")
    typed(window, "сальник", settled)
    entries.remove_record(workspace, saved)
    told: list[str] = []
    forget = workspace.notices.subscribe(lambda notice: told.append(notice.code))
    press(window, Qt.Key.Key_Return)
    settled()
    forget()
    assert told == ["notice.found_gone"]


@pytest.mark.parametrize("glove", [False, True])
def test_lines_are_as_high_as_a_finger_in_gloves_needs(
    window: MainWindow, settled: Wait, glove: bool
) -> None:
    window.context.workspace.settings.set("glove_mode", glove)
    settled()
    note(window.context.workspace, well_id(window, "203"), "Подтекает сальник")
    typed(window, "сальник", settled)
    panel = window.searching.panel
    assert (panel.list.sizeHintForRow(1) >= 44) is glove or glove is False
    assert panel.geometry().right() <= window.width()
    assert panel.geometry().bottom() <= window.height()
