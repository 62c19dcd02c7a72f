"""Parts of a page side by side, which share the room until somebody parts them by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class Parted(QSplitter):
    """What was parted by hand stays."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._by_hand = False
        for part in parts:
            self.addWidget(part)
        self.splitterMoved.connect(self._moved)

    def shares(self, wide: int) -> list[int]:
        """The width of each part [px]."""
        raise NotImplementedError

    @Slot()
    def _moved(self, *_: object) -> None:
        self._by_hand = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()

    @Slot()
    def share(self) -> None:
        if not self._by_hand:
            self.setSizes(self.shares(self.width()))
