"""What changed in a window is painted in a turn of its own: what was typed or clicked meanwhile comes first.

Qt puts on the page what has come, lays it out and paints it in one go, however long the three take.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget

from app.views.settling import Soon

LATEST_S = 0.02
"""Timers wait until nothing else is to be done: whoever drags without a rest sees the chart move."""


class PaintedApart(QObject):
    """Of a whole window, which it goes with."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._its_turn, self._since = window, False, 0.0
        self._soon = Soon(self)
        self._soon.timeout.connect(self._paint)
        QAbstractEventDispatcher.instance().awake.connect(self._turned)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest or self._its_turn:
            return False
        if not self._soon.isActive():
            self._since = time.perf_counter()
            self._soon.start()
        return True

    @Slot()
    def _turned(self) -> None:
        if self._soon.isActive() and time.perf_counter() - self._since > LATEST_S:
            self._paint()

    @Slot()
    def _paint(self) -> None:
        self._soon.stop()
        self._its_turn = True
        try:
            QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        finally:
            self._its_turn = False
