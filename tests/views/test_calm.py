"""The wheel scrolls; it changes a value only where the cursor stands."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from app.core.zones import FieldZone
from app.views import calm
from app.views.entry.moment_edit import MomentEdit

VIEWS = Path("app/views")
RAW = {
    "QComboBox",
    "QSpinBox",
    "QDoubleSpinBox",
    "QDateTimeEdit",
    "QDateEdit",
    "QTimeEdit",
    "QSlider",
    "QDial",
    "QLineEdit",
    "QPlainTextEdit",
    "QTextEdit",
}


def choice() -> QComboBox:
    box = calm.ChoiceBox()
    box.addItems(["a", "b", "c"])
    box.setCurrentIndex(1)
    return box


def turn_wheel(widget: QWidget) -> QWheelEvent:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event


def value_of(widget: QWidget) -> object:
    if isinstance(widget, QComboBox):
        return widget.currentIndex()
    return widget.value() if isinstance(widget, QAbstractSlider) else widget.text()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "make",
    [
        choice,
        lambda: calm.WholeNumberBox(value=50),
        lambda: calm.NumberBox(value=50.0),
        lambda: calm.SliderBar(Qt.Orientation.Horizontal, value=50),
        lambda: MomentEdit(FieldZone(), datetime(2026, 1, 15, 12, tzinfo=UTC), "ru"),
    ],
    ids=["choice", "whole", "number", "slider", "moment"],
)
def test_the_wheel_changes_a_value_only_with_the_focus(
    make: Callable[[], QWidget], qapp: QApplication
) -> None:
    around = QWidget()
    other, widget = calm.NumberBox(around), make()
    widget.setParent(around)
    around.show()
    around.activateWindow()
    other.setFocus()
    qapp.processEvents()
    before = value_of(widget)
    assert not turn_wheel(widget).isAccepted()
    assert value_of(widget) == before
    assert not widget.hasFocus()
    widget.setFocus()
    qapp.processEvents()
    turn_wheel(widget)
    assert value_of(widget) != before
    around.deleteLater()


def test_no_view_makes_a_field_that_the_wheel_changes_by_itself() -> None:
    found = []
    for path in sorted(VIEWS.rglob("*.py")):
        if path.name == "calm.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            bases = {base.id for base in getattr(node, "bases", []) if isinstance(base, ast.Name)}
            found += [f"{path}:{node.lineno} {name}" for name in {called, *bases} & RAW]
    assert not found


@pytest.mark.parametrize(("language", "shown"), [("ru", "12,50"), ("en", "12.50")])
@pytest.mark.parametrize("typed", ["12,5", "12.5"])
def test_a_number_is_shown_with_the_mark_of_the_language_and_typed_with_either(
    qtbot: QtBot, language: str, shown: str, typed: str
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        box = calm.NumberBox(maximum=100.0)
        qtbot.addWidget(box)
        box.selectAll()
        QTest.keyClicks(box, typed)
        box.interpretText()
        assert box.value() == 12.5
        assert box.text() == shown
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize("made", [calm.TextLine, calm.SearchLine, calm.TextField])
def test_a_file_that_is_let_go_over_a_field_is_no_text_for_it(qtbot: QtBot, made: type[QWidget]) -> None:
    field = made()
    qtbot.addWidget(field)
    for is_file in (True, False):
        given = QMimeData()
        if is_file:
            given.setUrls([QUrl.fromLocalFile("/tmp/line.csv")])
        else:
            given.setText("123")
        event = QDragEnterEvent(
            QPoint(3, 3),
            Qt.DropAction.CopyAction,
            given,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.ignore()
        field.dragEnterEvent(event)
        assert event.isAccepted() is not is_file
