"""Points beside a pen, of what else speaks of it (a model's cases): joined diamonds, named at the last."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from app.views.plots.look import pen

SIZE = 10


class NamedPoints:
    def __init__(self, colour: str) -> None:
        self._colour = colour
        self._items: list[pg.GraphicsObject] = []
        self._labels: list[pg.TextItem] = []
        self._box: pg.ViewBox | None = None
        self.x, self.y = np.empty(0), np.empty(0)

    def lay(self, box: pg.ViewBox, series: list[tuple[str, np.ndarray, np.ndarray]]) -> None:
        """Instead of those that lay here; no series take them away. x and y as shown."""
        for item in self._items:
            box.removeItem(item)
        self._items, self._labels = [], []
        for name, x, y in series:
            line = pg.PlotCurveItem(x, y, pen=pen(self._colour, dots=True))
            marks = pg.ScatterPlotItem(
                x, y, size=SIZE, symbol="d", pen=pen(self._colour), brush=None, pxMode=True
            )
            label = pg.TextItem(name, color=self._colour)
            label.setPos(float(x[-1]), float(y[-1]))
            self._items += [line, marks, label]
            self._labels.append(label)
        for item in self._items:
            item.setZValue(2)
            box.addItem(item, ignoreBounds=True)
        self.x = np.concatenate([x for _, x, _ in series]) if series else np.empty(0)
        self.y = np.concatenate([y for _, _, y in series]) if series else np.empty(0)

        if self._box is not box:
            self._box = box
            box.sigXRangeChanged.connect(self._turn)
        self._turn()

    def _turn(self, *_: object) -> None:
        """A name stands on that side of its mark where there is room for it."""
        assert self._box is not None
        low, high = self._box.viewRange()[0]
        for label in self._labels:
            label.setAnchor((float(label.x() > (low + high) / 2), 1.2))

    def show(self, visible: bool) -> None:
        for item in self._items:
            item.setVisible(visible)

    def between(self, low: float, high: float) -> np.ndarray:
        return self.y[(self.x >= low) & (self.x <= high)]
