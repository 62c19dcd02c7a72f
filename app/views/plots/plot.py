"""A box of scales with an axis at its left and one under it."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsGridLayout, QSizePolicy

AXIS_ROW, BOX_ROW, AXIS_COLUMN, BOX_COLUMN = 3, 2, 0, 1
OVER_PICTURES = 0.5


class Plot(pg.GraphicsWidget):
    """What this program uses of pyqtgraph's PlotItem: that one makes forms, menus and two more axes, which
    nobody sees, with each chart: two thirds of the time that it takes to come.
    """

    def __init__(self, *, left: pg.AxisItem, bottom: pg.AxisItem, box: pg.ViewBox | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.cells = QGraphicsGridLayout()
        self.cells.setContentsMargins(1, 1, 1, 1)
        self.cells.setSpacing(0)
        self.setLayout(self.cells)
        self._box = box if box is not None else pg.ViewBox(enableMenu=False)
        self._axes = {"left": left, "bottom": bottom}
        self._items: list[Any] = []
        self.cells.addItem(self._box, BOX_ROW, BOX_COLUMN)
        self._put(left, BOX_ROW, AXIS_COLUMN)
        self._put(bottom, AXIS_ROW, BOX_COLUMN)
        self.cells.setRowStretchFactor(BOX_ROW, 100)
        self.cells.setColumnStretchFactor(BOX_COLUMN, 100)

    def _put(self, axis: pg.AxisItem, row: int, column: int) -> None:
        axis.linkToView(self._box)
        self.cells.addItem(axis, row, column)
        axis.setZValue(OVER_PICTURES)
        axis.setFlag(self.GraphicsItemFlag.ItemNegativeZStacksBehindParent)

    def put_right(self, axis: pg.AxisItem, number: int) -> None:
        """The first of them, counted from 1, stands beside the box."""
        self.cells.addItem(axis, BOX_ROW, BOX_COLUMN + number)

    def getViewBox(self) -> pg.ViewBox:
        return self._box

    def getAxis(self, name: str) -> pg.AxisItem:
        return self._axes[name]

    def addItem(self, item: Any, **options: Any) -> None:
        self._items.append(item)
        self._box.addItem(item, **options)

    def removeItem(self, item: Any) -> None:
        self._items.remove(item)
        self._box.removeItem(item)

    def clear(self) -> None:
        for item in list(self._items):
            self.removeItem(item)

    def autoRange(self, padding: float | None = None) -> None:
        self._box.autoRange(padding)

    def setXRange(self, low: float, high: float, padding: float | None = None) -> None:
        self._box.setXRange(low, high, padding)

    def setYRange(self, low: float, high: float, padding: float | None = None) -> None:
        self._box.setYRange(low, high, padding)

    def invertX(self, turned: bool) -> None:
        self._box.invertX(turned)

    def invertY(self, turned: bool) -> None:
        self._box.invertY(turned)
