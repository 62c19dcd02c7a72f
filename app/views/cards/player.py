"""Steps through the cards by keys, or plays them through time until the newest or until nobody looks."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from app.views.cards.table import CardTable

FRAME_MS = 120


class CardPlayer(QObject):
    def __init__(self, table: CardTable, button: QToolButton, page: QWidget) -> None:
        super().__init__(page)
        self._table, self._button, self._page = table, button, page
        self._clock = QTimer(self, interval=FRAME_MS)
        self._clock.timeout.connect(self._next_frame)
        button.toggled.connect(self._play)

    def step(self, by: int) -> bool:
        """The card before or after the newest chosen one. False at the end."""
        chosen = sorted(self._table.chosen())
        if not chosen or not 0 <= chosen[-1] + by < len(self._table.cards.cards):
            return False
        self._table.choose([chosen[-1] + by])
        return True

    def toggle(self) -> None:
        self._button.toggle()

    @Slot()
    def stop(self) -> None:
        self._button.setChecked(False)

    @Slot(bool)
    def _play(self, on: bool) -> None:
        self._button.setText("❚❚" if on else "▶")
        chosen = self._table.chosen()
        if on and chosen and max(chosen) == len(self._table.cards.cards) - 1:
            self._table.choose([0])
        self._clock.start() if on else self._clock.stop()

    @Slot()
    def _next_frame(self) -> None:
        if not self._page.isVisible() or not self.step(1):
            self.stop()
