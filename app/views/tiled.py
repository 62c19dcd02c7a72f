"""Widgets in rows, as many beside each other as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.views import widgets


class Tiled(QWidget):
    """`columns`: how many may stand beside each other, the most first; each takes `least_px` at least."""

    def __init__(self, columns: Sequence[int], least_px: int) -> None:
        super().__init__()
        self._columns, self._least_px = tuple(columns), least_px
        self._tiles: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)

    def show_tiles(self, tiles: Sequence[QWidget]) -> None:
        """Instead of those that were there."""
        widgets.clear(self._grid)
        self._tiles = list(tiles)
        self._arrange()

    @property
    def columns(self) -> int:
        room = self.width() // self._least_px
        return next((count for count in self._columns if count <= room), self._columns[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = self.columns
        for index, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, index // columns, index % columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, int(column < columns))
