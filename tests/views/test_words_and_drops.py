"""Words asked for in a dialog are given by the keyboard alone; what is let go over the window is taken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QInputDialog, QWidget

from app.models.store import findings, records
from app.views.main_window import MainWindow
from app.views.words_dialog import WordsDialog
from tests.views.hands import CTRL, at_hand, click, press, type_in

Wait = Callable[[], None]


def let_go(over: QWidget, given: QMimeData) -> bool:
    """Whether it was taken."""
    rest = (Qt.DropAction.CopyAction, given, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), *rest)
    enter.ignore()
    over.dragEnterEvent(enter)
    if enter.isAccepted():
        over.dropEvent(QDropEvent(QPointF(5, 5), *rest))
    return enter.isAccepted()


@pytest.mark.slow
def test_a_reason_is_typed_left_with_tab_and_saved_by_keys(small_window: MainWindow, settled: Wait) -> None:
    (box,) = small_window.page("overview").finding_boxes  # type: ignore[attr-defined]
    click(box.reject_button)
    at_hand(box.asked)
    type_in("gauge")
    press(Qt.Key.Key_Return, CTRL)
    settled()
    (found,) = findings.of_well(small_window.context.workspace.store, 1)
    assert (found.decision, found.reason) == ("rejected", "gauge")


@pytest.mark.slow
def test_words_that_are_needed_are_not_saved_empty_and_tab_goes_to_the_buttons(
    small_window: MainWindow,
) -> None:
    heard: list[str] = []
    dialog = WordsDialog(small_window.context, "Note", "What?", small_window, needed=True)
    dialog.told.connect(heard.append)
    dialog.open()
    at_hand(dialog)
    press(Qt.Key.Key_S, CTRL)
    assert not dialog.save_button.isEnabled()
    assert heard == []
    type_in(" a jump ")
    press(Qt.Key.Key_Tab)
    assert dialog.save_button.hasFocus()
    press(Qt.Key.Key_Return)
    assert heard == ["a jump"]


@pytest.mark.slow
def test_a_photo_let_go_over_a_form_is_attached_and_what_cannot_be_read_is_refused(
    small_window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    photo = tmp_path / "gauge.jpg"
    photo.write_bytes(b"photo")
    small_window.entering.open("event")
    settled()
    form = small_window.entering.form
    assert form is not None
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(photo))])
    assert let_go(form, given)
    assert form.attached.text() == "gauge.jpg"
    form.drop()
    of_the_net, words, table = QMimeData(), QMimeData(), QMimeData()
    of_the_net.setUrls([QUrl("https://field.example/line.csv")])
    words.setText("a sentence")
    table.setText("well\ttime\tline_pressure (MPa)\n77\t2026-10-20T00:00:00Z\t1.2\n")
    assert not let_go(small_window, of_the_net)
    assert not let_go(small_window, words)
    assert let_go(small_window, table), "a range of a spreadsheet, as when it is pasted"
    settled()
    assert small_window.importing.dialog is not None
    small_window.importing.dialog.reject()
    settled()


def test_a_file_of_a_well_that_is_not_known_makes_it_and_is_not_proposed_for_the_open_one(
    small_window: MainWindow, settled: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card of well C would have been one of 77's after the Enter that a hurried hand presses."""
    offered: list[str] = []

    def first(*asked: object) -> tuple[str, bool]:
        names, start = asked[3], asked[4]
        assert isinstance(names, list)
        assert isinstance(start, int)
        offered.append(names[start])
        return names[start], True

    monkeypatch.setattr(QInputDialog, "getItem", first)
    store = small_window.context.workspace.store
    before = {well.name for well in records.wells(store)}
    assert small_window.context.well is not None
    turn = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    surface = {"position_m": list(1 - np.cos(turn)), "load_n": list(50_000 + 20_000 * np.sin(turn))}
    card = {"well": "C-7", "taken_at": "2026-10-01T08:00:00Z", "strokes_per_minute": 6.0, "surface": surface}
    file = tmp_path / "card.json"
    file.write_text(json.dumps(card), encoding="utf-8")
    small_window.tree.search.setText("C-7")
    assert small_window.tree.nothing.isVisible()
    small_window.importing.take([file])
    settled()
    assert not small_window.tree.nothing.isVisible(), "no longer said to be nowhere"
    assert offered == ["A new well: C-7"]
    assert {well.name for well in records.wells(store)} - before == {"C-7"}
