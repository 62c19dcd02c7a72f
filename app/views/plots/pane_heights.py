"""How high each pane of a chart over time is: the line between two of them is dragged, a double click makes
all equal again. What was dragged stays with the kind of pens that a pane has, whatever panes come and go.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent

from app.views.plots.pane import Pane

GRIP_PX = 5
LEAST_PX = 40


class PaneHeights(QObject):
    changed = Signal()  # by hand

    def __init__(self, plots: pg.GraphicsLayoutWidget) -> None:
        super().__init__(plots)
        self._plots = plots
        self._panes: list[Pane] = []
        self._shares: dict[str, float] = {}
        self._dragged: int | None = None
        plots.viewport().installEventFilter(self)

    def over(self, panes: list[Pane]) -> None:
        self._panes = panes
        self._dragged = None
        self._apply()

    @property
    def shares(self) -> dict[str, float]:
        """Of the panes that were made higher or lower; 1 is an equal part."""
        return dict(self._shares)

    def set_shares(self, shares: Mapping[str, float]) -> None:
        self._shares = dict(shares)
        self._apply()

    def _name(self, pane: Pane) -> str:
        """A group of pens may go on in another pane: the name of that one is its first pen's."""
        group = pane.traces[0].spec.group
        first = next(one for one in self._panes if one.traces[0].spec.group == group)
        return group if first is pane else f"{group} {pane.traces[0].spec.key}"

    def _apply(self) -> None:
        grid = self._plots.ci.layout
        for row in range(grid.rowCount()):
            inside = row < len(self._panes)
            share = self._shares.get(self._name(self._panes[row]), 1.0) if inside else 0.0
            grid.setRowStretchFactor(row, round(share * 1000))
            grid.setRowPreferredHeight(row, share * 100.0)
            grid.setRowMinimumHeight(row, LEAST_PX if inside else 0.0)

    # ---- mouse ---------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        y = self._plots.mapToScene(event.position().toPoint()).y()
        if event.type() == QEvent.Type.MouseMove:
            return self._moved(y, event)
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._dragged = self._line_at(y)
            return self._dragged is not None
        if event.type() == QEvent.Type.MouseButtonRelease and self._dragged is not None:
            self._dragged = None
            self.changed.emit()
            return True
        if event.type() == QEvent.Type.MouseButtonDblClick and self._line_at(y) is not None:
            self.set_shares({})
            self.changed.emit()
            return True
        return False

    def _moved(self, y: float, event: QMouseEvent) -> bool:
        if self._dragged is not None:
            self._drag(self._dragged, y)
            return True
        on_line = not event.buttons() and self._line_at(y) is not None
        viewport = self._plots.viewport()
        if on_line:
            viewport.setCursor(Qt.CursorShape.SplitVCursor)
        elif viewport.cursor().shape() == Qt.CursorShape.SplitVCursor:
            viewport.unsetCursor()
        return False

    def _line_at(self, y: float) -> int | None:
        """The pane above the line that is there."""
        for index, pane in enumerate(self._panes[:-1]):
            bottom = pane.plot.sceneBoundingRect().bottom()
            if abs(y - bottom) <= GRIP_PX:
                return index
        return None

    def _drag(self, index: int, y: float) -> None:
        """The two panes at the line share what they have; the others stay as they are."""
        heights = [pane.plot.sceneBoundingRect().height() for pane in self._panes]
        top = self._panes[index].plot.sceneBoundingRect().top()
        both = heights[index] + heights[index + 1]
        upper = min(max(y - top, LEAST_PX), both - LEAST_PX)
        heights[index], heights[index + 1] = upper, both - upper
        mean = sum(heights) / len(heights)
        self._shares |= {self._name(p): h / mean for p, h in zip(self._panes, heights, strict=True)}
        self._apply()
