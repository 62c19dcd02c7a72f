"""The chart and the names of its pens side by side, with what each needs of the room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class ChartAndNames(QSplitter):
    """Names whole with their units where there is room, the chart twice as wide as they are; what was parted
    by hand stays.
    """

    def __init__(self, chart: QWidget, names: QWidget, names_px: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._names_px, self._by_hand = names_px, False
        self.addWidget(chart)
        self.addWidget(names)
        self.setStretchFactor(0, 1)
        self.setCollapsible(0, False)
        self.splitterMoved.connect(self._moved)

    @Slot()
    def _moved(self, *_: object) -> None:
        self._by_hand = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._by_hand:
            names = min(self._names_px, self.width() // 3)
            self.setSizes([self.width() - names, names])
