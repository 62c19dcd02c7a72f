"""Grid lines at the axes' round values. pyqtgraph draws its own half transparent, which takes ten times as
long.
"""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.views.plots.look import pen
from app.views.plots.plot import Plot
from app.views.theme import Theme


class Grid(pg.GraphicsObject):
    """Lies under everything else of its view box."""

    def __init__(self, plot: Plot, theme: Theme) -> None:
        super().__init__()
        self._box = plot.getViewBox()
        self._axes = (plot.getAxis("bottom"), plot.getAxis("left"))
        self._pen = pen(theme.grid)
        self.setZValue(-100)
        plot.addItem(self, ignoreBounds=True)
        self._box.sigRangeChanged.connect(self._moved)

    def _moved(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        return self._box.viewRect()

    def paint(self, painter: QPainter, option: Any, widget: QWidget | None = None) -> None:
        view, size = self._box.viewRect(), self._box.size()
        painter.setPen(self._pen)
        columns = self._major(0, view.left(), view.right(), size.width())
        rows = self._major(1, view.top(), view.bottom(), size.height())
        painter.drawLines([QLineF(x, view.top(), x, view.bottom()) for x in columns])
        painter.drawLines([QLineF(view.left(), y, view.right(), y) for y in rows])

    def _major(self, axis: int, low: float, high: float, pixels: float) -> list[float]:
        levels = self._axes[axis].tickValues(low, high, pixels)
        return list(levels[0][1]) if levels else []
