"""A month of a well in a cell of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.models.overview import WellRow
from app.views.rows import RowsTable
from app.views.settling import Soon
from app.views.shapes import status_pixmap
from app.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Floats = NDArray[np.float64]
NOTHING: Floats = np.empty(0)


class SparkLine(QStyledItemDelegate):
    """The line of the daily means; the last day is a point. Only what is seen is asked for: a field has
    thousands of wells, and a screen some thirty.
    """

    wanted = Signal(list)  # rows that are seen and whose lines are not known, or are those of before

    def __init__(self, theme: Theme, table: RowsTable) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table
        self._lines: dict[int, Floats] = {}
        self._told: set[int] = set()
        self._unanswered: dict[int, WellRow] = {}
        self._asks = Soon(self)
        self._asks.timeout.connect(self._ask)

    def forget(self) -> None:
        """What was read may have changed: it stays drawn until it is read again."""
        self._told.clear()
        self._unanswered.clear()
        self._table.viewport().update()

    def show_lines(self, rows: Sequence[WellRow], lines: Mapping[int, Floats]) -> None:
        for well in (row.status.well.id for row in rows):
            self._told.add(well)
            self._unanswered.pop(well, None)
            self._lines[well] = lines.get(well, NOTHING)
        self._table.viewport().update()

    @Slot()
    def _ask(self) -> None:
        """With those before that nobody has answered: what is asked for now takes their place."""
        if self._unanswered:
            self.wanted.emit(list(self._unanswered.values()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = row_of(self._table, index)
        well = row.status.well.id
        # Asked for once: a table that is painted again and again would never be answered.
        if well not in self._told and well not in self._unanswered:
            self._unanswered[well] = row
            self._asks.start()
        values = self._lines.get(well, NOTHING)
        known = np.flatnonzero(np.isfinite(values))
        if len(known) < 2:
            return
        box = QRectF(option.rect).adjusted(6, 5, -8, -5)  # type: ignore[attr-defined]
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        # A steady well is a flat line: less than two per cent of change is not stretched to the whole height.
        middle, half = (low + high) / 2, max((high - low) / 2, 0.01 * abs(high), 1e-12)
        x = box.left() + known / (len(values) - 1) * box.width()
        y = box.center().y() - (values[known] - middle) / half * box.height() / 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.pen(0)), 1))
        painter.drawPolyline(QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]))
        painter.setBrush(QColor(self._theme.pen(0)))
        painter.drawEllipse(QPointF(float(x[-1]), float(y[-1])), 2.0, 2.0)
        painter.restore()


class HealthBar(QStyledItemDelegate):
    """Shape of the status, then a bar as long as the health."""

    def __init__(self, theme: Theme, table: RowsTable) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table
        self._marks: dict[str, QPixmap] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = row_of(self._table, index)
        status = row.status.status
        box = QRectF(option.rect)  # type: ignore[attr-defined]
        if status not in self._marks:
            self._marks[status] = status_pixmap(status, self._theme)
        painter.drawPixmap(QPointF(box.left() + 6, box.center().y() - 8), self._marks[status])
        bar = QRectF(box.left() + 28, box.center().y() - 4, box.width() - 36, 8)
        painter.fillRect(bar, QColor(self._theme.grid))
        if row.health is None:
            return
        colour = self._theme.status[row.severity if row.severity in self._theme.status else "ok"]
        painter.fillRect(
            QRectF(bar.left(), bar.top(), bar.width() * row.health, bar.height()), QColor(colour)
        )


def row_of(table: RowsTable, index: Index) -> WellRow:
    row: WellRow = table.row_at(index)
    return row
