"""The cards of the period, newest first; several can be chosen to lie over each other."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.models.cards import StoredCard
from app.views.context import Context
from app.views.told_table import ToldTable

Index = QModelIndex | QPersistentModelIndex
OVERLAY_MOST = 500
"""Cards over each other."""

TAKEN, FILLAGE, PEAK, FOUND = range(4)
TOLD = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.ToolTipRole,
}
WORDS_LEAST_PX = 70


class CardModel(QAbstractTableModel):
    def __init__(self, context: Context, parent: QTableView) -> None:
        super().__init__(parent)
        self._context = context
        self.cards: list[StoredCard] = []

    def reset(self, cards: list[StoredCard]) -> None:
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def card_index(self, row: int) -> int:
        return len(self.cards) - 1 - row

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.cards)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            load = self._context.speaker.unit("load")
            return (
                self.tr("Taken"),
                self.tr("Fill, %"),
                self.tr("Peak, {unit}").format(unit=load),
                self.tr("Shows"),
            )[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in TOLD:
            return None
        card, speaker = self.cards[self.card_index(index.row())], self._context.speaker
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == TAKEN:
                return speaker.moment(card.taken_at)
            if index.column() == FOUND:
                codes = card.figures.get("codes", [])
                return speaker.say(f"finding.{codes[0][0]}") if codes else ""
            key, quantity = (("fillage", "ratio"), ("peak_polished_rod_load_n", "load"))[
                index.column() - FILLAGE
            ]
            return speaker.bare(card.figures.get(key), quantity, digits=1)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (FILLAGE, PEAK):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return ", ".join(speaker.say(f"finding.{code}") for code, _ in card.figures.get("codes", []))
        return None


class CardTable(ToldTable):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self.cards = CardModel(context, self)
        self.setModel(self.cards)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(40 if context.workspace.settings["glove_mode"] else 28)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(FOUND, QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(
            0
        )  # of the rows that are seen: thousands are not measured one by one
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Dynamograms"))
        self._wide, self._words = [0, 0, 0, 0], 0

    def show_cards(self, cards: list[StoredCard]) -> None:
        self.cards.reset(cards)
        header = self.horizontalHeader()
        for column in (TAKEN, FILLAGE, PEAK, FOUND):
            self.setColumnHidden(column, False)  # what is hidden has no width to be asked for
            wide = WORDS_LEAST_PX if column == FOUND else self.sizeHintForColumn(column)
            self._wide[column] = max(wide, header.sectionSizeHint(column))
        self._words = self.sizeHintForColumn(FOUND) - self._wide[FOUND]
        beside = self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth() + 4
        self.setMinimumWidth(self._wide[TAKEN] + beside)
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """When a card was taken is always there, what was found gives way last: the chart has the room. The
        peak is not worth the words of what was found.
        """
        left = self.viewport().width() - self._wide[TAKEN]
        for column in (FOUND, FILLAGE, PEAK):
            left -= self._wide[column]
            self.setColumnHidden(column, left < (max(self._words, 0) if column == PEAK else 0))

    def chosen(self) -> list[int]:
        return [self.cards.card_index(index.row()) for index in self.selectionModel().selectedRows()]

    def choose_all(self) -> None:
        self.choose(list(range(len(self.cards.cards)))[-OVERLAY_MOST:])

    def choose(self, indexes: list[int]) -> None:
        selection = QItemSelection()
        for index in indexes:
            row = self.cards.card_index(index)
            selection.select(self.cards.index(row, TAKEN), self.cards.index(row, FOUND))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)
        if indexes:
            last = self.cards.index(self.cards.card_index(indexes[-1]), 0)
            self.selectionModel().setCurrentIndex(last, flags.NoUpdate)
            self.scrollTo(last)
