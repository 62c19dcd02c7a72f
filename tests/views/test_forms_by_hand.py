"""Forms by hand: typed, marked, corrected, saved; pages show what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from app.core.notices import Notice
from app.models.entries import State
from app.views.commands.entries import ENTERED
from app.views.entry.form import EntryForm
from app.views.main_window import MainWindow
from app.views.records.viewer import Viewer
from tests.conftest import NOW
from tests.views.hands import CTRL, press

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]


def form_of(window: MainWindow, kind: str, settled: Wait) -> EntryForm:
    window.entering.open(kind)
    settled()
    assert window.entering.form is not None
    return window.entering.form


def words(form: EntryForm) -> str:
    return " ".join(label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form))


# ---- forms -------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.opens("101", "flow")
def test_a_flow_test_is_typed_checked_saved_and_shown_on_its_page(
    window: MainWindow, settled: Wait, notices: list[Notice]
) -> None:
    before = len(window.page("flow").table.source.rows)  # type: ignore[attr-defined]
    form = form_of(window, "flow_test", settled)
    assert "Last time:" in words(form)
    liquid = form.boxes["liquid_m3_per_s"]
    QTest.keyClicks(liquid.editor, "99999")
    assert "is outside" in liquid.said.text()
    form.save_button.click()
    assert "is outside" in form.state.text()
    assert form.isVisible()
    liquid.editor.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(liquid.editor, "45,2")
    QTest.keyClicks(form.boxes["water_cut"].editor, "40")
    press(Qt.Key.Key_S, CTRL, on=form)
    settled()
    saved = next(notice for notice in notices if notice.code == "notice.record_saved_lacking")
    assert "No oil rate" in saved.details["lacking"]
    assert len(window.page("flow").table.source.rows) == before + 1  # type: ignore[attr-defined]
    entries = [
        entry for entry in window.context.workspace.journal.entries(State.QUEUED) if entry.kind == "record"
    ]
    assert entries[-1].payload["values"]["liquid_m3_per_s"] == pytest.approx(45.2 / 86_400)


@pytest.mark.slow
@pytest.mark.opens("201", "records")
def test_every_form_opens_says_what_is_missing_and_leaves_nothing_when_cancelled(
    window: MainWindow, settled: Wait
) -> None:
    for kind in ENTERED:
        form = form_of(window, kind, settled)
        if kind not in ("event", "workover", "task"):  # everything that those need has a default
            form.save_button.click()
            assert form.state.text(), kind
        form.reject()
        settled()
    journal = window.context.workspace.journal
    assert [entry for entry in journal.entries(State.QUEUED, State.DRAFT) if entry.kind == "record"] == []


@pytest.mark.opens("101", "records")
def test_what_was_typed_is_kept_as_a_draft_and_comes_back(window: MainWindow, settled: Wait) -> None:
    form = form_of(window, "workover", settled)
    QTest.keyClicks(form.boxes["reason"].editor, "insulation")
    settled()
    form.done(0)  # as if the program had ended: neither saved nor cancelled
    settled()
    again = form_of(window, "workover", settled)
    assert again.boxes["reason"].text() == "insulation"
    assert "What was typed before" in again.state.text()
    again.save_button.click()
    settled()
    assert [entry.kind for entry in window.context.workspace.journal.entries(State.DRAFT)] == []


@pytest.mark.opens("101", "records")
def test_what_is_still_to_come_is_asked_about_once(window: MainWindow, settled: Wait) -> None:
    form = form_of(window, "fluid_level", settled)
    form.boxes["level_m"].set_text("900")
    form.at.set_moment(NOW + timedelta(days=365))
    form.save_button.click()
    settled()
    assert "still to come" in form.state.text()
    journal = window.context.workspace.journal
    assert [entry for entry in journal.entries(State.QUEUED) if entry.kind == "record"] == []
    form.save_button.click()
    settled()
    assert [entry.payload["kind"] for entry in journal.entries(State.QUEUED)] == ["fluid_level"]


@pytest.mark.opens("101", "records")
def test_esc_and_the_cross_keep_what_was_typed_and_only_a_hand_drops_it(
    window: MainWindow, settled: Wait, notices: list[Notice]
) -> None:
    form = form_of(window, "workover", settled)
    QTest.keyClicks(form.boxes["reason"].editor, "insul")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    settled()
    assert notices[-1].code == "notice.draft_kept"
    form = form_of(window, "workover", settled)
    assert form.boxes["reason"].text() == "insul"
    QTest.keyClicks(form.boxes["reason"].editor, "ation")
    form.close()
    settled()
    form = form_of(window, "workover", settled)
    assert form.boxes["reason"].text() == "insulation"
    form.drop_button.click()
    settled()
    assert [entry.kind for entry in window.context.workspace.journal.entries(State.DRAFT)] == []
    assert form_of(window, "workover", settled).boxes["reason"].text() == ""


def test_glove_mode_makes_targets_of_forty_pixels(window: MainWindow, open_well: Open, settled: Wait) -> None:
    window.context.workspace.settings.set("glove_mode", True)
    settled()
    open_well(window, "201", "records")
    form = form_of(window, "valve_test", settled)
    targets = [
        form.save_button,
        form.at,
        *(box.editor for box in form.boxes.values() if box.field.type == "number"),
    ]
    assert all(target.height() >= 40 for target in targets), [target.height() for target in targets]
    form.reject()
    settled()


@pytest.mark.slow
@pytest.mark.opens("201", "overview")
def test_the_menu_of_entries_is_reached_by_the_keyboard(
    window: MainWindow, open_well: Open, settled: Wait
) -> None:
    menu = window.entering.menu()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert {"Flow test", "Fluid level", "Dynamogram", "Valve test", "Laboratory sample", "Document"} <= set(
        texts
    )
    menu.deleteLater()
    open_well(window, "101", "overview")
    esp = window.entering.menu()
    assert not next(action for action in esp.actions() if action.text().startswith("Valve test")).isEnabled()
    esp.deleteLater()


# ---- records: change, history, undo, files -----------------------------------------------------------------


@pytest.mark.opens("201", "records")
def test_an_event_is_changed_deleted_and_brought_back(
    window: MainWindow, settled: Wait, notices: list[Notice]
) -> None:
    panel = window.page("records").panel  # type: ignore[attr-defined]
    count = len(panel.table.source.rows)
    panel.table.selectRow(0)
    panel.edit_button.click()
    settled()
    form = window.entering.form
    assert form is not None
    form.boxes["note"].set_text("checked")
    form.save_button.click()
    settled()
    assert any("checked" in panel.table.source.columns[3].text(row) for row in panel.table.source.rows)
    panel.table.selectRow(0)
    panel.remove_button.click()
    settled()
    assert len(panel.table.source.rows) == count - 1
    window.bottom._action.click()
    settled()
    assert len(panel.table.source.rows) == count
    panel.filter.setText("no such words")
    assert len(panel.table.source.rows) == 0


@pytest.mark.slow
def test_a_picture_and_a_document_are_shown_and_other_files_are_not(
    window: MainWindow, open_well: Open, settled: Wait, tmp_path: Path
) -> None:
    from PySide6.QtGui import QImage
    from reportlab.pdfgen.canvas import Canvas

    open_well(window, "101", "records")
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(0xFF8800)
    image.save(str(tmp_path / "photo.png"))
    pdf = Canvas(str(tmp_path / "act.pdf"))
    pdf.drawString(100, 700, "act")
    pdf.showPage()
    pdf.showPage()
    pdf.save()
    (tmp_path / "plan.dwg").write_bytes(b"AC1032" + bytes(200))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    for name, pages in (("photo.png", 1), ("act.pdf", 2), ("plan.dwg", 0), ("broken.pdf", 0)):
        window.importing.take([tmp_path / name])
        settled()
        form = window.entering.form
        assert form is not None
        assert form.boxes["title"].text() == Path(name).stem
        form.save_button.click()
        settled()
        panel = window.page("records").panel  # type: ignore[attr-defined]
        row = next(row for row in panel.table.source.rows if row.files and row.files[0].name == name)
        viewer = Viewer(window.context, row.files, window)
        viewer.open()
        settled()
        shown = [label for label in viewer.findChildren(QLabel) if not label.pixmap().isNull()]
        assert len(shown) == pages, name
        assert bool(viewer.state.text()) == (pages == 0)
        viewer.close()
