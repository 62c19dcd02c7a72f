"""Fields that the wheel changes only while they have the focus: who scrolls a form changes nothing in it. A
file that is let go over one is no text for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLocale, QMimeData, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QSpinBox,
    QWidget,
)

CHOICE_LEAST_PX = 132
_Field = QWidget if TYPE_CHECKING else object


class _Calm(_Field):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Without the focus it goes on to what is scrolled."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceBox(_Calm, QComboBox):
    def minimumSizeHint(self) -> QSize:
        """Where there is no room a choice is read in its list: it makes no window wider than the screen."""
        asked = super().minimumSizeHint()
        return QSize(min(asked.width(), CHOICE_LEAST_PX), asked.height())


class WholeNumberBox(_Calm, QSpinBox):
    pass


class NumberBox(_Calm, QDoubleSpinBox):
    """Shows the mark of the language; a point and a comma are the same to whoever types."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.setLocale(QLocale())  # a window that was made before its language was chosen has another

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What stands there for no number gives way to the first key: after a dash none could be typed."""
        if event.text() and self.specialValueText() and self.text() == self.specialValueText():
            self.selectAll()
        super().keyPressEvent(event)

    def validate(self, text: str, position: int) -> object:
        mark = self.locale().decimalPoint()
        return super().validate(text.replace("," if mark == "." else ".", mark), position)


class TextLine(QLineEdit):
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file goes on to what takes files."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)


class TextField(QPlainTextEdit):
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not source.hasUrls() and super().canInsertFromMimeData(source)


class SearchLine(TextLine):
    """Of a page, not of a form: it has the keyboard most of the time, and Ctrl+Z is of the work while nothing
    was typed that it could take back.
    """

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)


class LineBox(_Calm, TextLine):
    """Of parts that the wheel turns one by one."""

    def step(self, by: int) -> None:
        raise NotImplementedError

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus() or not event.angleDelta().y():
            event.ignore()
            return
        self.step(1 if event.angleDelta().y() > 0 else -1)
        event.accept()


class SliderBar(_Calm, QSlider):
    pass
