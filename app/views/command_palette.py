"""Ctrl+K: every command and every well by typing a few letters of it. What is not possible now says why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.models.wells import Well
from app.views import widgets
from app.views.calm import TextLine
from app.views.commands.given import Offer, matching
from app.views.fitted import FittedDialog

SHOWN = 12
WIDTH = 520


class CommandPalette(FittedDialog):
    def __init__(self, offers: list[Offer], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.offers = offers
        self.setFixedWidth(WIDTH)
        self.typed = TextLine()
        self.typed.setPlaceholderText(self.tr("Command or well"))
        self.typed.setAccessibleName(self.tr("Command or well"))
        self.found = QListWidget()
        self.found.setAccessibleName(self.tr("Found"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.typed)
        layout.addWidget(self.found)
        self.typed.textChanged.connect(self._filter)
        self.typed.returnPressed.connect(self._run)
        self.found.itemActivated.connect(self._run)
        self._filter("")

    def add_wells(self, wells: list[Well], choose: Callable[[Well], None]) -> None:
        self.offers += [
            Offer(self.tr("Well {name}").format(name=well.name), "", "", lambda well=well: choose(well))
            for well in wells
        ]

    def open_over(self, window: QWidget) -> None:
        self.move(window.mapToGlobal(window.rect().center()) - self.rect().center())
        self.show()
        self.typed.setFocus()

    @Slot(str)
    def _filter(self, text: str) -> None:
        self.found.clear()
        for offer in matching(self.offers, text)[:SHOWN]:
            item = QListWidgetItem(_line(offer))
            item.setData(Qt.ItemDataRole.UserRole, self.offers.index(offer))
            if offer.reason:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setToolTip(offer.reason)
            self.found.addItem(item)
        self.found.setCurrentRow(widgets.next_possible(self.found, -1, 1))

    @Slot()
    def _run(self, *_: object) -> None:
        item = self.found.currentItem()
        if item is not None and item.flags():
            self.close()
            self.offers[item.data(Qt.ItemDataRole.UserRole)].run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._go(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        """To the next one that is possible."""
        row = widgets.next_possible(self.found, self.found.currentRow(), step)
        if row >= 0:
            self.found.setCurrentRow(row)


def _line(offer: Offer) -> str:
    return f"{offer.words} — {offer.reason}" if offer.reason else offer.with_keys
