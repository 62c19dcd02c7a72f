"""A table inside a form, by keyboard alone: type, Tab, Enter; paste of several rows and columns; rows are
inserted, moved and removed.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.models.kinds.spec import Field
from app.models.values import Values
from app.reports import record_words
from app.services.imports.pasted import block_of
from app.views.calm import ChoiceBox
from app.views.cell_editing import PromptDelegate
from app.views.context import Context
from app.views.entry.fields import FieldBox
from app.views.entry.rows_model import RowsModel
from app.views.overflow import OverflowRow

Index = QModelIndex | QPersistentModelIndex
LEAST_ROWS, MOST_SHOWN = 4, 9
Hint = QAbstractItemDelegate.EndEditHint


class CellDelegate(PromptDelegate):
    """A choice is a list, all else a line."""

    def __init__(self, context: Context, field: Field, parent: QTableView) -> None:
        super().__init__(parent)
        self._speaker, self._field = context.speaker, field

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell = self._field.cells[index.column()]
        if cell.type != "choice":
            return super().createEditor(parent, option, index)
        box = ChoiceBox(parent)
        for code in ("", *cell.choices):
            box.addItem(record_words.choice_words(cell, code, self._speaker) if code else "—", code)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(index.data(Qt.ItemDataRole.EditRole)), 0))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, QComboBox):
            index.model().setData(index, editor.currentData())  # type: ignore[union-attr]
        else:
            super().setModelData(editor, model, index)  # type: ignore[arg-type]


class RowsView(QTableView):
    """Enter goes down, Tab to the right and, from the blank row at the end, on to the next field."""

    def __init__(self, context: Context, source: RowsModel) -> None:
        super().__init__()
        self.source = source
        self.setModel(source)
        self.setItemDelegate(CellDelegate(context, source.field, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setTabKeyNavigation(True)
        self._row_px = 40 if context.workspace.settings["glove_mode"] else 28
        self.verticalHeader().setDefaultSectionSize(self._row_px)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)  # type: ignore[arg-type]
        self._fit_columns()
        source.rowsInserted.connect(self._fit)
        source.rowsRemoved.connect(self._fit)
        source.modelReset.connect(self._fit)
        self._fit()
        self.setCurrentIndex(source.index(0, 0))

    def _fit_columns(self) -> None:
        """As wide as the longest word of the title and a number of eight digits."""
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        least, lines = metrics.horizontalAdvance("00000000") + 16, 1
        for column, cell in enumerate(self.source.cells):
            title = str(self.source.headerData(column, Qt.Orientation.Horizontal))
            longest = max(metrics.horizontalAdvance(word) for word in title.split(" "))
            width = max(least + (30 if cell.type == "choice" else 0), longest + 16)
            self.setColumnWidth(column, width)
            lines = max(lines, -(-metrics.horizontalAdvance(title) // (width - 12)))
        header.setFixedHeight(min(lines + 1, 4) * metrics.height() + 6)

    @Slot()
    def _fit(self, *_: object) -> None:
        rows = min(max(len(self.source.rows), LEAST_ROWS), MOST_SHOWN)
        chrome = self.horizontalHeader().height() + self.horizontalScrollBar().sizeHint().height() + 4
        self.setMinimumHeight(rows * self._row_px + chrome)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_here()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        if self.hasFocus() or self.state() == QAbstractItemView.State.EditingState:
            self._show_here()

    def _show_here(self) -> None:
        """The form scrolls to the cell, its title too where there is room: a table is taller than a line."""
        place: QWidget | None = self.parentWidget()
        while place is not None and not isinstance(place, QScrollArea):
            place = place.parentWidget()
        if place is None:
            return
        inside, cell = place.widget(), self.visualRect(self.currentIndex())
        for spot in (self.rect().topLeft(), self.viewport().mapTo(self, cell.bottomLeft())):
            at = self.mapTo(inside, spot)
            place.ensureVisible(at.x(), at.y(), 0, self._row_px)

    def _is_blank_row(self) -> bool:
        return self.currentIndex().row() == len(self.source.rows) - 1

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        leaves = hint == Hint.EditNextItem and self._is_blank_row()
        super().closeEditor(editor, Hint.NoHint if leaves else hint)
        if leaves:
            self._leave(forward=True)
        elif hint == Hint.SubmitModelCache:
            self._next_row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = event.key(), self.currentIndex()
        if self.state() == QAbstractItemView.State.EditingState:
            # The editor had no use for it: begun anew, it would come back here for ever. Enter commits the
            # cell; left to the form it would press its button, and save what is half typed.
            event.setAccepted(key in (Qt.Key.Key_Return, Qt.Key.Key_Enter))
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.selected_text())
        elif key == Qt.Key.Key_Tab and self._is_blank_row():
            self._leave(forward=True)
        elif key == Qt.Key.Key_Backtab and here.row() == 0 and here.column() == 0:
            self._leave(forward=False)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._next_row()
        elif key == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.remove_rows()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.source.clear([(index.row(), index.column()) for index in self.selectedIndexes()])
        elif key == Qt.Key.Key_Insert:
            self.insert_row()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_row(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _leave(self, *, forward: bool) -> None:
        """With its own use of Tab on, a table would go to its next cell."""
        self.setTabKeyNavigation(False)
        self.focusNextPrevChild(forward)
        self.setTabKeyNavigation(True)

    def _next_row(self) -> None:
        self.go_to(min(self.currentIndex().row() + 1, len(self.source.rows) - 1), 0)

    @Slot()
    def paste(self) -> None:
        """What a spreadsheet copied, from the chosen cell on; its line of titles is left out."""
        block = block_of(QApplication.clipboard().text())
        if block:
            here = self.currentIndex()
            self.source.write(max(here.row(), 0), max(here.column(), 0), block)
            self.go_to(max(here.row(), 0), max(here.column(), 0))

    def selected_text(self) -> str:
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda one: (one.row(), one.column())):
            rows.setdefault(index.row(), []).append(str(index.data() or ""))
        return "\n".join("\t".join(texts) for texts in rows.values())

    @Slot()
    def insert_row(self) -> None:
        row = max(self.currentIndex().row(), 0)
        self.source.insert(row, {})
        self.go_to(row, 0)

    @Slot()
    def remove_rows(self) -> None:
        rows = [index.row() for index in self.selectedIndexes()] or [self.currentIndex().row()]
        self.source.remove(rows)
        self.go_to(min(min(rows), len(self.source.rows) - 1), 0)

    def move_row(self, by: int) -> None:
        self.go_to(self.source.move(self.currentIndex().row(), by), self.currentIndex().column())

    def go_to(self, row: int, column: int) -> None:
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.source.index(row, column), chosen)


class RowsField(FieldBox):
    def _make(self, layout: QVBoxLayout) -> QWidget:
        self.source = RowsModel(self._context, self.field, self)
        self.view = RowsView(self._context, self.source)
        self.buttons = OverflowRow()
        for words, tip, slot in (
            (self.tr("Insert a row"), "Insert", self.view.insert_row),
            (self.tr("Remove"), "Ctrl+Delete", self.view.remove_rows),
            ("↑", self.tr("Move the row up (Alt+Up)"), lambda: self.view.move_row(-1)),
            ("↓", self.tr("Move the row down (Alt+Down)"), lambda: self.view.move_row(1)),
            (self.tr("Paste from Excel"), "Ctrl+V", self.view.paste),
        ):
            button = QPushButton(words)
            button.setToolTip(tip)
            button.setAccessibleName(tip if len(words) == 1 else words)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(slot)
            self.buttons.give_way(button)
        self.buttons.gap()
        layout.addWidget(self.view)
        layout.addWidget(self.buttons)
        self.source.edited.connect(self._edited)
        return self.view

    def text(self) -> str:
        return self.source.text()

    def set_text(self, text: str) -> None:
        self.source.set_text(text)

    def set_value(self, value: Any) -> None:
        self.source.set_values(value or [])
        self.judge()

    def refill(self, value: list[Values]) -> None:
        """In place of what is being typed: the keyboard stays in its cell."""
        here, typing = self.view.currentIndex(), QApplication.focusWidget()
        row, column = here.row(), here.column()
        is_here = typing is self.view or (typing is not None and self.view.isAncestorOf(typing))
        self.set_value(value)
        self.view.go_to(row, column)
        if is_here:
            self.view.setFocus()

    def so_far(self) -> list[dict[str, str]]:
        return self.source.right()

    def as_kept(self, judged: Any) -> Any:
        return self.source.as_kept(judged)

    def typed(self) -> list[dict[str, str]]:
        return self.source.typed()

    @Slot()
    def judge(self) -> None:
        wrong = self.source.first_wrong()
        speaker, theme = self._context.speaker, self._context.theme
        words = speaker.error(wrong[2].error) if wrong is not None and wrong[2].error is not None else ""
        self._say(words, theme.status["stop"] if words else "")
