"""One figure of every card over time; a click chooses a card."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal, Slot

from app.core.clock import to_us
from app.models.cards import StoredCard
from app.views.cards.filters import FIGURES
from app.views.context import Context
from app.views.plots.card_chart import PointsChart

HEIGHT, LOW_HEIGHT = 118, 84
LOW_PAGE_PX = 480


class CardStrip(PointsChart):
    card_chosen = Signal(int)  # its place among the listed cards

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, context.speaker.language, context.speaker.zone, "")
        self._speaker = context.speaker
        self._origin_us = 0
        self.fit_page(LOW_PAGE_PX)
        self.points.sigClicked.connect(self._clicked)

    def fit_page(self, height: int) -> None:
        """Of a low page it leaves more to the card."""
        self.setFixedHeight(HEIGHT if height >= LOW_PAGE_PX else LOW_HEIGHT)

    def show_cards(self, cards: list[StoredCard], figure: str) -> None:
        self._origin_us = to_us(cards[0].taken_at) if cards else 0
        self.set_title(self._speaker.unit(FIGURES[figure]))
        x, y = self._points_of(cards, figure)
        self.show_points(self._origin_us, x, y)
        self.setVisible(bool(np.isfinite(y).any()))  # of a figure that no card has there is no axis either

    def mark_cards(self, cards: list[StoredCard], figure: str) -> None:
        self.mark(*self._points_of(cards, figure))

    def _points_of(self, cards: list[StoredCard], figure: str) -> tuple[np.ndarray, np.ndarray]:
        unit = self._speaker.units.unit(FIGURES[figure])
        values = [card.figures.get(figure) for card in cards]
        x = np.array([(to_us(card.taken_at) - self._origin_us) / 1e6 for card in cards])
        return x, np.array([np.nan if value is None else float(unit.from_si(value)) for value in values])

    @Slot(object, object)
    def _clicked(self, item: object, points: list[object]) -> None:
        if len(points):
            self.card_chosen.emit(int(points[0].data()))  # type: ignore[attr-defined]
