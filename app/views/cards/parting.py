"""The list of cards, the card and what is said of it, side by side, with what each needs of the room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.views.cards.side import SidePanel

CHART_LEAST_PX = 280
CHART_WANTED_PX = 330
LIST_SHARE, SIDE_SHARE = 0.31, 0.32


class ThreeParts(QSplitter):
    """The list gives way first, then the buttons of the side go into two columns; what was parted by hand
    stays.
    """

    def __init__(self, cards: QWidget, middle: QWidget, side: SidePanel) -> None:
        super().__init__(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._side, self._by_hand = side, False
        middle.setMinimumWidth(CHART_LEAST_PX)
        for part in (cards, middle, side):
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._moved)

    @Slot()
    def _moved(self, *_: object) -> None:
        self._by_hand = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._by_hand:
            wide = self.width() - 2 * self.handleWidth()
            side = max(int(wide * SIDE_SHARE), self._side.whole_px)
            cards = max(min(int(wide * LIST_SHARE), wide - side - CHART_WANTED_PX), 0)
            self.setSizes([cards, wide - side - cards, side])
