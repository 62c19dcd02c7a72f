"""Lines of what was found: what it is, and below it what stands round the words, these in bold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.views.theme import Theme

LINE = Qt.ItemDataRole.UserRole + 1
MARGIN_PX, GLOVE_PX = 4, 44
_WIDE = 10_000.0
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """`run` opens it; a heading has none. `marks` are [start, end) of the words in `below`."""

    words: str
    below: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    run: Callable[[], object] | None = None

    @property
    def said(self) -> str:
        """For who hears it."""
        return f"{self.words}. {self.below}" if self.below else self.words


class LinesPainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject, *, glove: bool) -> None:
        super().__init__(parent)
        self._theme, self._glove = theme, glove

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LINE)
        rows = 2 if line.below else 1
        high = rows * option.fontMetrics.height() + 2 * MARGIN_PX
        return QSize(200, max(high, GLOVE_PX) if self._glove and line.run is not None else high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, QColor(self._theme.selection))
        room = option.rect.adjusted(2 * MARGIN_PX, MARGIN_PX, -2 * MARGIN_PX, -MARGIN_PX)
        painter.setClipRect(room)
        font = QFont(option.font)
        font.setBold(line.run is None)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted if line.run is None else self._theme.text))
        metrics = QFontMetrics(font)
        high = metrics.height() * (2 if line.below else 1)
        top = room.top() + max(0, (room.height() - high) // 2)
        words = metrics.elidedText(line.words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QPointF(room.left(), top + metrics.ascent()), words)
        if line.below:
            painter.setPen(QColor(self._theme.text if chosen else self._theme.muted))
            self._below(painter, line, option.font, QPointF(room.left(), top + metrics.height()))
        painter.restore()

    def _below(self, painter: QPainter, line: Line, font: QFont, at: QPointF) -> None:
        layout = QTextLayout(line.below, font)
        marked = []
        for start, end in line.marks:
            range_ = QTextLayout.FormatRange()
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.Bold)
            bold.setForeground(QColor(self._theme.text))
            range_.start, range_.length, range_.format = start, end - start, bold  # type: ignore[misc]
            marked.append(range_)
        layout.setFormats(marked)
        layout.beginLayout()
        row = layout.createLine()
        row.setLineWidth(_WIDE)
        layout.endLayout()
        layout.draw(painter, at)
