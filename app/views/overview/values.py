"""The newest value of each sensor against its usual range."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.models.overview import LastValue
from app.views.context import Context
from app.views.told_table import ToldTable
from app.views.unbroken import name_and_unit

NAME, VALUE, USUAL, RANGE = 0, 1, 2, 3
RANGE_PX = 110
APART_PX = 14
BESIDE_NAME_PX = 8
ROW_PX, LEAST_ROWS = 26, 7
"""On a low screen the page is scrolled, not its table of one row."""
LATE = timedelta(days=1)
TOLD = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.FontRole,
}
Index = QModelIndex | QPersistentModelIndex


class ValuesModel(QAbstractTableModel):
    def __init__(self, context: Context, parent: QTableView) -> None:
        super().__init__(parent)
        self._context = context
        self.rows: tuple[LastValue, ...] = ()
        self._words: list[tuple[str, ...]] = []

    def reset(self, rows: tuple[LastValue, ...]) -> None:
        """Each cell is worded once: a table that is laid out asks for it a hundred times."""
        self.beginResetModel()
        self.rows = rows
        self._words = [self._worded(row) for row in rows]
        self.endResetModel()

    def _worded(self, row: LastValue) -> tuple[str, ...]:
        speaker, quantity = self._context.speaker, row.sensor.quantity
        lift = self._context.well.lift if self._context.well is not None else ""
        usual = ""
        if row.usual_low is not None:
            low, high = (speaker.gauged(one, quantity) for one in (row.usual_low, row.usual_high))
            usual = f"{low} … {high}"
        name = name_and_unit(row.sensor.name(speaker.language, lift), speaker.unit(quantity))
        if self._is_late(row):
            name = f"{name} ({speaker.moment(row.at)})"
        return name, speaker.gauged(row.value, quantity), usual, ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (VALUE, USUAL):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Sensor"), self.tr("Value"), self.tr("Usual"), "")[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in TOLD:
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (VALUE, USUAL):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._context.speaker.moment(row.at)
        if row.unusual and index.column() == VALUE:
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(self._context.theme.status["act"])
            if role == Qt.ItemDataRole.FontRole:
                font = QFont()
                font.setBold(True)
                return font
        return None

    def _is_late(self, row: LastValue) -> bool:
        """Its moment is written beside it: else it would be read as of the moment of the others."""
        return max(one.at for one in self.rows) - row.at > LATE


class RangeBar(QStyledItemDelegate):
    """Where the value stands in its usual range: a bar with a tick, the tick's shape changes outside."""

    def __init__(self, context: Context, model: ValuesModel) -> None:
        super().__init__(model)
        self._theme, self._model = context.theme, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.rows[index.row()]
        if row.usual_low is None or row.usual_high is None:
            return
        box = QRectF(option.rect).adjusted(8, 0, -8, 0)  # type: ignore[attr-defined]
        middle = box.center().y()
        span = max(row.usual_high - row.usual_low, 1e-12)
        inner = QRectF(box.left() + box.width() * 0.25, middle - 3, box.width() * 0.5, 6)
        share = min(max((row.value - row.usual_low) / span, -0.45), 1.45)
        if not row.unusual and row.usual_low == row.usual_high:
            share = 0.5  # always the same value: it stands in the middle
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.line))
        painter.drawLine(int(box.left()), int(middle), int(box.right()), int(middle))
        painter.fillRect(inner, QColor(self._theme.grid))  # faint: the mark on it is what is read
        colour = QColor(self._theme.status["act" if row.unusual else "ok"])
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        x = inner.left() + share * inner.width()
        if row.unusual:
            painter.drawRect(QRectF(x - 4, middle - 6, 8, 12))
        else:
            painter.drawEllipse(QRectF(x - 4.5, middle - 4.5, 9, 9))
        painter.restore()


class _Apart(QStyledItemDelegate):
    """Two numbers beside each other are read as one: `4 998` and `4 869 … 5 126`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        asked = super().sizeHint(option, index)
        return QSize(asked.width() + APART_PX, asked.height())


class ValuesTable(ToldTable):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._model = ValuesModel(context, self)
        self._measured_px = self._told_px = 0
        self.setModel(self._model)
        self.setItemDelegateForColumn(USUAL, _Apart(self))
        self.setItemDelegateForColumn(RANGE, RangeBar(context, self._model))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.setWordWrap(True)  # a name is read whole
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (VALUE, USUAL):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(RANGE, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(RANGE, RANGE_PX)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.words_in(NAME, self._fit_rows)
        self.setMinimumHeight(LEAST_ROWS * ROW_PX)
        self.setAccessibleName(self.tr("Last readings"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name is read whole before the bar has its room: the colour tells the unusual as well."""
        super().resizeEvent(event)
        if self.viewport().height() > self._measured_px:  # rows come into sight that nobody has measured
            self._measure()
        self._fit_columns()

    def _measure(self) -> None:
        title = self.horizontalHeader().sectionSizeHint
        self._measured_px = self.viewport().height()
        self._told_px = sum(max(self.sizeHintForColumn(one), title(one)) for one in (NAME, VALUE, USUAL))

    def _fit_columns(self) -> None:
        self.setColumnHidden(RANGE, self._told_px + RANGE_PX > self.viewport().width())
        self._fit_rows()

    def _fit_rows(self) -> None:
        self.fit_rows(NAME, ROW_PX, BESIDE_NAME_PX)

    def show_values(self, rows: tuple[LastValue, ...]) -> None:
        self._model.reset(rows)
        self._measure()
        self._fit_columns()
