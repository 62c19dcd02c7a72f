"""History of my work: what was done goes back and forth by keys and by the list, drafts wait in sight, and
what was said can be read again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.core.ids import new_id
from app.core.notices import Notice, Severity
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds
from app.services.records import entries
from app.views.main_window import MainWindow
from app.views.my_work.page import WorkPage
from app.views.my_work.taking_back import TakingBack

Wait = Callable[[], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
AT = datetime(2026, 10, 20, tzinfo=UTC)
BEFORE = "written before the page was opened"


def a_note(window: MainWindow, text: str) -> Record:
    well = window.context.well
    assert well is not None
    return entries.add_note(window.context.workspace, int(well.id), AT, text)


def notes(window: MainWindow) -> list[str]:
    well = window.context.well
    assert well is not None
    found = kinds.of_well(window.context.workspace.store, KINDS["note"], int(well.id))
    return [one.values["text"] for one in found]


def page_of(window: MainWindow) -> WorkPage:
    page = window.page("my_work")
    assert isinstance(page, WorkPage)
    return page


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_ctrl_z_takes_back_what_was_done_last_and_ctrl_shift_z_does_it_again(
    window: MainWindow, settled: Wait, notices: list[Notice]
) -> None:
    before = notes(window)
    a_note(window, "first")
    a_note(window, "second")
    for left in (["first"], []):
        QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
        settled()
        assert sorted(notes(window)) == sorted([*before, *left])
    for there in (["first"], ["first", "second"]):
        QTest.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
        settled()
        assert sorted(notes(window)) == sorted([*before, *there])
    assert (notices[-1].code, notices[-1].action) == ("notice.done_again", "take back")
    window.bottom._action.click()
    settled()
    assert sorted(notes(window)) == sorted([*before, "first"]), "the notice's button is the same"
    QTest.keyClick(window, Qt.Key.Key_H, CTRL)
    settled()
    page = page_of(window)
    assert [deed.taken_back for deed in page.table.source.rows[:2]] == [True, False]
    assert [one.notice.code for one in page.said.source.rows[:2]] == [
        "notice.taken_back",
        "notice.done_again",
    ]


@pytest.mark.opens("103", "my_work")
def test_what_is_said_now_stands_among_the_messages_seen_or_not(window: MainWindow, settled: Wait) -> None:
    page, bus = page_of(window), window.context.workspace.notices
    bus.publish(Notice(Severity.ERROR, "error.file_unknown_kind", {"file": "a.xlsx", "known": ".csv"}))
    settled()
    assert page.said.source.rows[0].notice.details["file"] == "a.xlsx", "while the page is looked at"
    window.open_page("overview")
    bus.publish(Notice(Severity.ERROR, "error.file_unknown_kind", {"file": "b.xlsx", "known": ".csv"}))
    settled()
    QTest.keyClick(window, Qt.Key.Key_H, CTRL)
    settled()
    assert page.said.source.rows[0].notice.details["file"] == "b.xlsx", "when it is shown again"


@pytest.mark.opens("103", "my_work")
def test_the_list_takes_back_what_is_chosen_and_says_why_another_cannot_go(
    window: MainWindow, settled: Wait
) -> None:
    first = a_note(window, "first")
    entries.save_record(
        window.context.workspace,
        Record(first.id, "note", first.well_id, first.at, None, {**first.values, "text": "better"}),
    )
    settled()
    page = page_of(window)
    page.table.setFocus()
    page.table.selectRow(1)
    settled()
    assert not page.back.isEnabled()
    assert "later change" in page.why.text()
    page.table.selectRow(0)
    settled()
    assert page.back.isEnabled()
    assert page.why.text() == ""
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    settled()
    assert "first" in notes(window)
    assert "better" not in notes(window)
    assert page.again.isEnabled(), "what was chosen stays chosen"
    assert not page.back.isEnabled()


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_what_was_done_before_this_sitting_is_shown_and_not_taken_back_by_two_keys(
    window: MainWindow, settled: Wait, notices: list[Notice]
) -> None:
    window.taking_back = TakingBack(window.context, datetime(2200, 1, 1, tzinfo=UTC))
    a_note(window, BEFORE)
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    settled()
    assert BEFORE in notes(window)
    assert notices[-1].code == "notice.taken_back_from_list"
    assert window.stack.key == "my_work"
    assert page_of(window).back.isEnabled(), "it is chosen there"


@pytest.mark.opens("103", "my_work")
def test_a_draft_is_a_badge_in_the_bar_and_on_its_well_until_it_is_saved(
    window: MainWindow, settled: Wait
) -> None:
    assert window.top.drafts.isHidden()
    well = next(one for one in window.tree.wells() if one.name == "201")
    entries.keep_draft(
        window.context.workspace, new_id(), "event", int(well.id), {"at": AT.isoformat(), "fields": {}}
    )
    settled()
    assert window.top.drafts.isVisible()
    assert window.top.drafts.text().endswith(" 1")
    marked = [index.data() for index in window.tree._well_indexes() if "✎" in index.data()]
    assert [words.split()[0] for words in marked] == ["201"]
    page = page_of(window)
    page.table.selectRow(0)
    settled()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settled()
    form = window.entering.form
    assert form is not None
    assert "201" in form.windowTitle()
    form.drop()
    settled()
    assert window.top.drafts.isHidden()


def test_the_log_of_imports_is_saved_from_here(
    window: MainWindow, settled: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_page("my_work")
    settled()
    out = tmp_path / "imports.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    page = window.page("my_work")
    page.log_button.click()  # type: ignore[attr-defined]
    settled()
    assert "SHA-256" in out.read_text(encoding="utf-8-sig")
