"""The cells of a table inside a record as they are typed: texts, each judged. A blank row stands at the end,
to be typed into.
"""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from app.core.plain import Json
from app.models.kinds.spec import Field
from app.models.limits import MOST_ROWS
from app.models.values import Values
from app.reports import record_words
from app.services.records import forms
from app.views.context import Context
from app.views.entry import titles

Index = QModelIndex | QPersistentModelIndex
Texts = dict[str, str]


class RowsModel(QAbstractTableModel):
    """`kept` is what a cell was made of, while its text is the same."""

    edited = Signal()

    def __init__(self, context: Context, field: Field, parent: QObject) -> None:
        super().__init__(parent)
        self._speaker, self._theme = context.speaker, context.theme
        self.field, self.cells = field, field.cells
        self.rows: list[Texts] = [{}]
        self._kept: dict[tuple[str, str], Json] = {}
        self._right: set[tuple[str, str]] = set()
        """(column, text) that were looked at: a long table is judged again with every letter."""

    # ---- what stands in it ---------------------------------------------------------------------------------

    def typed(self) -> list[Texts]:
        """Without the blank ones."""
        return [row for row in self.rows if not forms.is_blank(row)]

    def right(self) -> list[Texts]:
        """Those of which every cell is what it should be."""
        told = enumerate(self.rows)
        return [row for number, row in told if not forms.is_blank(row) and self._is_right(number)]

    def _is_right(self, row: int) -> bool:
        return all(self.judged(row, column).error is None for column in range(len(self.cells)))

    def text(self) -> str:
        return json.dumps(self.typed(), ensure_ascii=False) if self.typed() else ""

    def set_text(self, text: str) -> None:
        rows = json.loads(text) if text else []
        known = {cell.key for cell in self.cells}
        self._put([{key: str(words) for key, words in row.items() if key in known} for row in rows])

    def set_values(self, values: list[Values]) -> None:
        rows = []
        for value in values:
            texts = {
                cell.key: record_words.as_typed(cell, value.get(cell.key), self._speaker)
                for cell in self.cells
                if value.get(cell.key) is not None
            }
            self._kept |= {(key, text): value[key] for key, text in texts.items()}
            rows.append(texts)
        self._put(rows)

    def as_kept(self, judged: list[Values]) -> list[Values]:
        """What was not typed over is what it was, to the last digit; of all rows, or of those that are
        right.
        """
        typed = self.typed()
        return [
            {key: self._kept.get((key, texts.get(key, "")), value) for key, value in row.items()}
            for texts, row in zip(typed if len(typed) == len(judged) else self.right(), judged, strict=True)
        ]

    def _put(self, rows: list[Texts]) -> None:
        self.beginResetModel()
        self.rows = [*rows, {}]
        self.endResetModel()

    def judged(self, row: int, column: int) -> forms.Judged:
        if forms.is_blank(self.rows[row]):
            return forms.Judged(None, forms.EMPTY)
        return forms.judge_cell(self.field, row + 1, self.cells[column], self.rows[row], self._speaker)

    def first_wrong(self) -> tuple[int, int, forms.Judged] | None:
        for row, texts in enumerate(self.rows):
            if forms.is_blank(texts):
                continue
            for column, cell in enumerate(self.cells):
                named = cell.key, texts.get(cell.key, "")
                if named in self._right:
                    continue
                judged = self.judged(row, column)
                if judged.error is not None:
                    return row, column, judged
                self._right.add(named)
        return None

    # ---- as Qt asks ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.cells)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return "+" if section == len(self.rows) - 1 else str(section + 1)
        return titles.title(self.cells[section], self._speaker)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.cells[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            text = self.rows[index.row()].get(cell.key, "")
            if role == Qt.ItemDataRole.DisplayRole and text in cell.choices:
                return record_words.choice_words(cell, text, self._speaker)
            return text
        if role == Qt.ItemDataRole.TextAlignmentRole and cell.type == "number":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ForegroundRole, TIP):
            return None
        judged = self.judged(index.row(), index.column())
        if judged.error is None:
            return None
        if role == TIP:
            return self._speaker.error(judged.error)
        theme = self._theme
        return QColor(theme.status["stop"] if role == Qt.ItemDataRole.BackgroundRole else theme.ground)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != self.rows[index.row()].get(self.cells[index.column()].key, ""):
            self.write(index.row(), index.column(), [[str(value)]])
        return True

    # ---- what is done to rows ------------------------------------------------------------------------------

    def write(self, row: int, column: int, block: list[list[str]]) -> None:
        """From this cell to the right and down, as many rows as it takes; columns beyond the last are not."""
        block = block[: MOST_ROWS - row]
        missing = row + len(block) - (len(self.rows) - 1)
        if missing > 0:
            end = len(self.rows)
            self.beginInsertRows(QModelIndex(), end, end + missing - 1)
            self.rows += [{} for _ in range(missing)]
            self.endInsertRows()
        for down, texts in enumerate(block):
            for across, text in enumerate(texts[: len(self.cells) - column]):
                self.rows[row + down][self.cells[column + across].key] = text.strip()
        self._changed()

    def remove(self, rows: list[int]) -> None:
        for row in sorted(set(rows), reverse=True):
            if row < len(self.rows) - 1:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self.rows[row]
                self.endRemoveRows()
        self._changed()

    def insert(self, row: int, texts: Texts) -> None:
        self.beginInsertRows(QModelIndex(), row, row)
        self.rows.insert(row, dict(texts))
        self.endInsertRows()
        self._changed()

    def move(self, row: int, by: int) -> int:
        """Where the row is then."""
        to = row + by
        if not (0 <= to < len(self.rows) - 1 and row < len(self.rows) - 1):
            return row
        self.rows[row], self.rows[to] = self.rows[to], self.rows[row]
        self._changed()
        return to

    def clear(self, cells: list[tuple[int, int]]) -> None:
        for row, column in cells:
            self.rows[row].pop(self.cells[column].key, None)
        self._changed()

    def _changed(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.cells) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.rows) - 1)
        self.edited.emit()


TIP = Qt.ItemDataRole.ToolTipRole
