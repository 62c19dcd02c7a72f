"""What changed in a window is painted in a turn of its own: what was typed or clicked meanwhile comes first.

Qt puts on the page what has come, lays it out and paints it in one go, however long the three take. Of a page
that is shown its charts are painted after it, one a turn: each takes as long as all else of the page.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QGraphicsView, QWidget
from shiboken6 import isValid

from app.views import turns
from app.views.settling import Soon

LATEST_S = 0.02
"""Timers wait until nothing else is to be done: whoever drags without a rest sees the chart move."""


class PaintedApart(QObject):
    """Of a whole window, which it goes with."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._its_turn, self._since = window, False, 0.0
        self._held: list[QWidget] = []
        self._soon = Soon(self)
        self._soon.timeout.connect(self._paint)
        QAbstractEventDispatcher.instance().awake.connect(self._turned)
        window.installEventFilter(self)

    def hold(self, page: QWidget) -> None:
        """The charts of a page that will be painted stay as they are till their turn."""
        for chart in page.findChildren(QGraphicsView):
            plots = chart.viewport()
            if chart.isVisibleTo(page) and plots not in self._held:
                plots.setUpdatesEnabled(False)
                self._held.append(plots)
        self._want()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest or self._its_turn:
            return False
        self._want()
        return True

    def _want(self) -> None:
        if not self._soon.isActive():
            self._since = time.perf_counter()
            self._soon.start()

    @property
    def _is_late(self) -> bool:
        return time.perf_counter() - self._since > LATEST_S

    @Slot()
    def _turned(self) -> None:
        if self._soon.isActive() and self._is_late:
            self._paint()

    @Slot()
    def _paint(self) -> None:
        if turns.is_used() and not self._is_late:
            self._soon.start()
            return
        self._soon.stop()
        if self._held:
            next_one = self._held.pop(0)
            if isValid(next_one):
                next_one.setUpdatesEnabled(True)
        self._its_turn = True
        try:
            QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        finally:
            self._its_turn = False
        if self._held:
            self._want()


def charts_in_turns(page: QWidget) -> None:
    apart = page.window().findChild(PaintedApart, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if apart is not None:
        apart.hold(page)
