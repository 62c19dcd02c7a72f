"""A table of rows that any page can fill: sortable by what a row is, not by how it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from app.core.order import natural
from app.core.spreadsheets import safe_text
from app.core.zones import is_day
from app.views.context import Context
from app.views.row_columns import RowColumns
from app.views.theme import Theme
from app.views.told_table import ToldTable

Index = QModelIndex | QPersistentModelIndex
STRETCH_LEAST_PX = 160
BESIDE_PX = 8
"""What a cell keeps free on both sides of its words."""
EMPTY = ("", "—", "–")
LOOKED_AT = 100
"""Rows that tell whether a column says something; a table of no more is short."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TEXT, ROW, ALIGNED, COLOUR, TIP = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.UserRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.ToolTipRole,
)
TOLD = frozenset((TEXT, ROW, ALIGNED, COLOUR, TIP))
"""Of each cell that is measured or painted Qt asks a dozen roles."""


@dataclass(frozen=True)
class Column:
    """`text` writes a row's cell, `key` is what it is sorted by, `colour` a role of the theme's status or
    None.
    """

    title: str
    text: Callable[[Any], str]
    key: Callable[[Any], Any]
    number: bool = False
    colour: Callable[[Any], str | None] | None = None
    tip: Callable[[Any], str] | None = None
    stretch: bool = False
    share: float = 0.0
    """Of the table: so much of it a stretched one may take for its words before optional ones give way."""
    optional: bool = False
    """Gives way, the last one first, where the table is too narrow for all."""
    away_if_empty: bool = False
    """Gives way while no row says anything in it, and never else."""


def _whole(column: Column, row: Any) -> str:
    """The cell, and a moment by the clock of the world too."""
    text, moment = column.text(row), column.key(row)
    if isinstance(moment, datetime) and not is_day(moment):
        return f"{text} · {moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return text


class RowsModel(QAbstractTableModel):
    def __init__(self, context: Context, columns: list[Column], parent: QTableView) -> None:
        super().__init__(parent)
        self._context, self.columns = context, columns
        self.rows: list[Any] = []
        self._places: Sequence[int] = ()
        """Of the rows as they came, in the order in which they are shown."""
        self._by: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    @property
    def theme(self) -> Theme:
        return self._context.theme

    def reset(self, rows: list[Any]) -> None:
        self.beginResetModel()
        self.rows = rows
        self._places = self._sorted_places()
        self.endResetModel()

    def row_at(self, number: int) -> Any:
        """The row that is shown there."""
        return self.rows[self._places[number]]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == ALIGNED and self.columns[section].number:
            return RIGHT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Below nought: as the rows came."""
        self._by = (column, order)
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        were = [self._places[index.row()] for index in held]
        self._places = self._sorted_places()
        if held:
            shown = {place: number for number, place in enumerate(self._places)}
            now = [self.index(shown[w], index.column()) for w, index in zip(were, held, strict=True)]
            self.changePersistentIndexList(held, now)
        self.layoutChanged.emit()

    def _sorted_places(self) -> Sequence[int]:
        """A row is asked for its key once, not at each comparison; those without one are the least. Texts
        stand as people count.
        """
        column, order = self._by
        if not 0 <= column < len(self.columns):
            return range(len(self.rows))
        given = (self.columns[column].key(row) for row in self.rows)
        keys = [natural(key) if isinstance(key, str) else key for key in given]
        bare = [place for place, key in enumerate(keys) if key is None]
        told = [place for place, key in enumerate(keys) if key is not None]
        down = order == Qt.SortOrder.DescendingOrder
        told.sort(key=keys.__getitem__, reverse=down)
        return told + bare if down else bare + told

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in TOLD:
            return None
        row, column = self.row_at(index.row()), self.columns[index.column()]
        if role == TEXT:
            return column.text(row)
        if role == ROW:
            return row
        if role == ALIGNED and column.number:
            return RIGHT
        if role == COLOUR and column.colour is not None:
            name = column.colour(row)
            return QColor(self._context.theme.status[name]) if name else None
        if role == TIP:
            return column.tip(row) if column.tip is not None else _whole(column, row)
        return None


class RowsTable(ToldTable):
    chosen = Signal(object)  # a row, of the type that this table was given
    opened = Signal(object)

    def __init__(self, context: Context, columns: list[Column], name: str, key: str) -> None:
        """`key`: what the columns that are moved and hidden are kept under."""
        super().__init__()
        self._asked, self._measured_px = [0] * len(columns), 0
        self._low = False
        self._size_px, self._was_barred = self.size(), False
        """Whether its rows, at that size of the whole table, had a scroll bar beside them."""
        self._painted: dict[int, int] = {}
        """Columns whose width is not that of their words."""
        self.source = RowsModel(context, columns, self)
        self.setModel(self.source)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().hide()
        self._row_px = 40 if context.workspace.settings["glove_mode"] else 28
        self.verticalHeader().setDefaultSectionSize(self._row_px)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        header = self.horizontalHeader()
        header.setSortIndicator(
            -1, Qt.SortOrder.AscendingOrder
        )  # the order the rows came in, until a header is clicked
        header.setResizeContentsPrecision(0)
        for number, column in enumerate(columns):
            # Not to contents: Qt would measure them once more with each change, and all of them.
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(number, mode)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(name)
        self._telling = next((number for number, column in enumerate(columns) if column.stretch), None)
        if self._telling is not None:
            self.words_in(self._telling, self._fit_words)
        self.arranged = RowColumns(context, self, key, [column.title for column in columns])
        self.selectionModel().currentRowChanged.connect(self._current)
        self.source.layoutChanged.connect(self._sorted)
        self.activated.connect(self._activated)

    def show_rows(self, rows: list[Any]) -> None:
        self._was_barred = False
        self.source.reset(rows)
        self._measure()
        self._fit_columns()

    @Slot()
    def _sorted(self) -> None:
        """Other rows are in sight."""
        self._measure()
        self._fit_columns()

    def choose(self, wanted: Callable[[Any], bool]) -> bool:
        """The first row that is wanted; whether there is one."""
        for number in range(self.source.rowCount()):
            if wanted(self.source.row_at(number)):
                self.setCurrentIndex(self.source.index(number, 0))
                return True
        return False

    def choose_all(self, wanted: Callable[[Any], bool]) -> None:
        """Every row that is wanted, and no other."""
        chosen, flags = self.selectionModel(), QItemSelectionModel.SelectionFlag
        chosen.clearSelection()
        for number in range(self.source.rowCount()):
            if wanted(self.source.row_at(number)):
                chosen.select(self.source.index(number, 0), flags.Select | flags.Rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.size() != self._size_px:
            self._size_px, self._was_barred = self.size(), False
        self._was_barred |= self.verticalScrollBar().isVisible()
        if self.viewport().height() > self._measured_px:  # rows come into sight that nobody has measured
            self._measure()
        self._fit_columns()

    def _measure(self) -> None:
        """What every column asks for. It takes a while: not with every pixel of a window that is dragged."""
        header = self.horizontalHeader()
        self._measured_px = self.viewport().height()
        for i in range(len(self.source.columns)):
            if i not in self.arranged.hidden:
                self.setColumnHidden(i, False)  # what is hidden has no width to be asked for
        self._asked = [
            max(self._painted.get(i) or self.sizeHintForColumn(i), header.sectionSizeHint(i))
            for i in range(len(self.source.columns))
        ]
        for i, column in enumerate(self.source.columns):
            if not column.stretch:
                header.resizeSection(i, self._asked[i])

    def _fit_columns(self) -> None:
        """Optional columns give way until the others fit whole."""
        columns, header = self.source.columns, self.horizontalHeader()
        widths = list(self._asked)
        bar = self.verticalScrollBar()
        room = self.viewport().width()
        if self._was_barred and not bar.isVisible():
            # A column that came back with the bar's going would bring the bar back, and so on for good.
            room -= bar.sizeHint().width()
        for i, column in enumerate(columns):
            if column.stretch:
                words = min(widths[i], int(column.share * room))
                widths[i] = max(header.sectionSizeHint(i), STRETCH_LEAST_PX, words)
        hidden = set(self.arranged.hidden)
        # What says nothing gives way first.
        giving = sorted(
            (i for i, column in enumerate(columns) if self._may_go(i, column)),
            key=lambda i: (not self._is_empty(i), -i),
        )
        for i in giving:
            if sum(w for j, w in enumerate(widths) if j not in hidden) <= room:
                break
            hidden.add(i)
        for i, column in enumerate(columns):
            away = i in hidden or i in self.arranged.hidden
            if (column.optional or column.away_if_empty) and self.isColumnHidden(i) != away:
                self.setColumnHidden(i, away)
        self._keep_titles_whole([j for j in range(len(columns)) if j not in hidden], room)
        self._fit_words()

    def _keep_titles_whole(self, shown: list[int], room: int) -> None:
        """Where what cannot give way leaves a stretched column less than its title, the table is scrolled
        sideways.
        """
        columns, header = self.source.columns, self.horizontalHeader()
        stretched = [i for i in shown if columns[i].stretch]
        left = room - sum(self._asked[i] for i in shown if i not in stretched)
        whole = left >= sum(header.sectionSizeHint(i) for i in stretched)
        for i in stretched:
            header.setSectionResizeMode(
                i, QHeaderView.ResizeMode.Stretch if whole else QHeaderView.ResizeMode.Fixed
            )
            if not whole:
                header.resizeSection(i, header.sectionSizeHint(i))

    def _fit_words(self) -> None:
        """What a short table is read for is read whole, in more lines than one where it has no room."""
        short, before = self.source.rowCount() <= LOOKED_AT, self.wordWrap()
        self.setWordWrap(short)
        if before and not short:
            for row in range(LOOKED_AT):
                self.setRowHeight(row, self._row_px)
        if short and self._telling is not None and not self.isColumnHidden(self._telling):
            self.fit_rows(self._telling, self._row_px, BESIDE_PX)
        if self._low:
            rows = self.verticalHeader().length() + self.horizontalHeader().sizeHint().height()
            self.setMaximumHeight(rows + 2 * self.frameWidth() + self._row_px // 2)

    def be_as_high_as_rows(self) -> None:
        """No higher than its rows, whichever it will have, so that what stands below has the room."""
        self._low = True
        self._fit_words()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.nothing and not self.source.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self.source.theme.muted))
            where = self.viewport().rect().adjusted(8, 8, -8, -8)
            painter.drawText(where, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self.nothing)
            painter.end()

    def _may_go(self, number: int, column: Column) -> bool:
        return column.optional or column.away_if_empty and self._is_empty(number)

    def _is_empty(self, number: int) -> bool:
        text = self.source.columns[number].text
        return all(text(row) in EMPTY for row in self.source.rows[:LOOKED_AT])

    def fix_column(self, number: int, width: int) -> None:
        """As wide as its painted content needs, and never narrower than its title."""
        self._painted[number] = max(width, self.horizontalHeader().sectionSizeHint(number) + 2)
        self.setColumnWidth(number, self._painted[number])

    def row_at(self, index: Index) -> Any:
        return self.source.row_at(index.row())

    @Slot(QModelIndex, QModelIndex)
    def _current(self, index: QModelIndex, before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.source.row_at(index.row()))

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        self.opened.emit(self.source.row_at(index.row()))

    def keyPressEvent(self, event: Any) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.as_text())
            return
        super().keyPressEvent(event)

    def as_text(self) -> str:
        """The rows that are chosen, or all where there is one at most, as they stand, with headers, tab
        separated: for a spreadsheet. Columns hidden by hand are left out.
        """
        columns = [self.source.columns[i] for i in self.arranged.order if i not in self.arranged.hidden]
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = ["\t".join(column.title for column in columns)]
        for number in chosen if len(chosen) > 1 else range(self.source.rowCount()):
            row = self.source.row_at(number)
            lines.append(
                "\t".join(
                    column.text(row) if column.number else safe_text(column.text(row)) for column in columns
                )
            )
        return "\n".join(lines)
