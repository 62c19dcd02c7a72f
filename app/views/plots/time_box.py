"""How a time chart answers the mouse: wheel zooms at the pointer, drag pans, right or Ctrl drag boxes, double
click fits.
"""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal


class TimeBox(pg.ViewBox):
    """X belongs to all panes; Y of this pane is automatic until zoomed by hand."""

    touched = Signal()  # the user moved the window: following stops
    fit_wanted = Signal()
    clicked = Signal(float)  # x
    scaled = Signal()  # the user moved this scale alone

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self.setMouseEnabled(x=True, y=False)
        self.hand_scaled = False

    def wheelEvent(self, ev: Any, axis: int | None = None) -> None:
        factor = 1.002 ** -float(ev.delta())
        centre = self.mapSceneToView(ev.scenePos())
        if axis == 1:
            self.hand_scaled = True
            self._scale_y(factor, centre.y())
        else:
            low, high = self.viewRange()[0]
            self.setXRange(
                centre.x() + (low - centre.x()) * factor, centre.x() + (high - centre.x()) * factor, padding=0
            )
            self.touched.emit()
        ev.accept()

    def _scale_y(self, factor: float, centre: float) -> None:
        low, high = self.viewRange()[1]
        self.setYRange(centre + (low - centre) * factor, centre + (high - centre) * factor, padding=0)
        self.scaled.emit()

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        ev.accept()
        boxing = (
            ev.button() == Qt.MouseButton.RightButton or ev.modifiers() & Qt.KeyboardModifier.ControlModifier
        )
        if axis == 1:
            self.hand_scaled = True
            delta = self.mapToView(ev.lastPos()).y() - self.mapToView(ev.pos()).y()
            low, high = self.viewRange()[1]
            self.setYRange(low + delta, high + delta, padding=0)
            self.scaled.emit()
        elif boxing:
            self._box(ev)
        elif ev.button() == Qt.MouseButton.LeftButton:
            delta = self.mapToView(ev.lastPos()).x() - self.mapToView(ev.pos()).x()
            low, high = self.viewRange()[0]
            self.setXRange(low + delta, high + delta, padding=0)
            self.touched.emit()

    def _box(self, ev: Any) -> None:
        if not ev.isFinish():
            self.updateScaleBox(ev.buttonDownPos(), ev.pos())
            return
        self.rbScaleBox.hide()
        corner_a, corner_b = self.mapToView(ev.buttonDownPos()), self.mapToView(ev.pos())
        area = QRectF(corner_a, corner_b).normalized()
        if area.width() <= 0:
            return
        self.setXRange(area.left(), area.right(), padding=0)
        if area.height() > 0:
            self.hand_scaled = True
            self.setYRange(area.top(), area.bottom(), padding=0)
        self.touched.emit()

    def mouseDoubleClickEvent(self, ev: Any) -> None:
        self.hand_scaled = False
        self.fit_wanted.emit()
        ev.accept()

    def mouseClickEvent(self, ev: Any) -> None:
        if ev.button() == Qt.MouseButton.LeftButton and not ev.double():
            self.clicked.emit(float(self.mapSceneToView(ev.scenePos()).x()))
        ev.accept()
