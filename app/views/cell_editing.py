"""What every table that is typed into shares."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QStyledItemDelegate, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PromptDelegate(QStyledItemDelegate):
    """Enter ends the editor of a cell at once. Qt's own delegate (6.9) leaves that to the queue of events,
    and the keys that a busy machine has kept by then go into the cell before: `500`, Enter, `400` was 500400.
    """

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if not isinstance(editor, QWidget) or not _is_enter(event) or _is_unfit(editor):
            return super().eventFilter(editor, event)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, self.EndEditHint.SubmitModelCache)
        return True


def commit_open_cell() -> None:
    """Of the table that has the keyboard: keys that save or close take no focus from its open editor, and
    what is typed there counts.
    """
    editor = QApplication.focusWidget()
    place = editor.parent() if editor is not None else None
    table = place.parent() if place is not None else None
    if isinstance(table, QAbstractItemView) and place is table.viewport():
        delegate = table.itemDelegate()
        if isinstance(delegate, PromptDelegate):
            delegate.commitData.emit(editor)


def _is_enter(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    bare = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
    return bare and event.key() in _ENTER


def _is_unfit(editor: QWidget) -> bool:
    """What its validator refuses may be put right by it."""
    return isinstance(editor, QLineEdit) and not editor.hasAcceptableInput()
