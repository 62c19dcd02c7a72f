"""The list of cards, the card and what is said of it, side by side, with what each needs of the room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.views.cards.side import SidePanel
from app.views.parted import Parted

CHART_LEAST_PX = 280
CHART_WANTED_PX = 330
"""In a small window too the card is the largest thing on its page."""
LIST_SHARE, SIDE_SHARE = 0.31, 0.32


class ThreeParts(Parted):
    """The list gives way first, then the buttons of the side go into two columns."""

    def __init__(self, cards: QWidget, middle: QWidget, side: SidePanel) -> None:
        super().__init__(cards, middle, side)
        self._side = side
        middle.setMinimumWidth(CHART_LEAST_PX)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(1, 1)

    def shares(self, wide: int) -> list[int]:
        room = wide - 2 * self.handleWidth()
        side = max(int(room * SIDE_SHARE), self._side.whole_px)
        cards = max(min(int(room * LIST_SHARE), room - side - CHART_WANTED_PX), 0)
        return [cards, room - side - cards, side]
