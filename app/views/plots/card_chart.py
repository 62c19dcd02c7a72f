"""Dynamograms: load over position. Surface card above, pump card below, up and down stroke told apart by line style."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.views.plots.grid import Grid
from app.views.plots.look import NumberAxis, dress_axis, pen, title_axis
from app.views.plots.time_axis import TimeAxis
from app.views.theme import Theme


@dataclass(frozen=True)
class Curve:
    """One closed card as shown, starting at the bottom of the upstroke. `age` 0 is the newest, older ones fade."""

    position: np.ndarray
    load: np.ndarray
    colour: str
    age: float = 0.0


@dataclass(frozen=True)
class Level:
    value: float
    text: str
    left: bool = False


class CardChart(QWidget):
    def __init__(
        self, theme: Theme, language: str, x_title: str, y_title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plots = pg.GraphicsLayoutWidget()
        self._plots.setBackground(theme.ground)
        axes = {"left": NumberAxis("left", language), "bottom": NumberAxis("bottom", language)}
        self.plot = self._plots.addPlot(axisItems=axes)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        for axis, title in ((axes["left"], y_title), (axes["bottom"], x_title)):
            dress_axis(axis, theme)
            title_axis(axis, title, theme.text)
        axes["left"].setWidth(58)
        self.grid = Grid(self.plot, theme)
        self.plot.getViewBox().setDefaultPadding(0.05)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plots)
        self.curves: list[Curve] = []
        self.marked: list[tuple[np.ndarray, np.ndarray, str]] = []

    def show_cards(
        self,
        curves: list[Curve],
        levels: list[Level],
        marked: list[tuple[np.ndarray, np.ndarray, str]] | None = None,
    ) -> None:
        """`marked` are stretches of a card where evidence shows, drawn as points over it."""
        self.plot.clear()
        self.plot.addItem(self.grid, ignoreBounds=True)
        self.curves, self.marked = curves, marked or []
        for curve in sorted(curves, key=lambda item: -item.age):
            self._draw(curve)
        for level in levels:
            at, anchor = (
                (0.02, (0, 0)) if level.left else (0.98, (1, 1))
            )  # a left one under its line, a right one over
            line = pg.InfiniteLine(
                level.value, angle=0, pen=pen(self._theme.muted, dash=True), label=level.text,
                labelOpts={"position": at, "color": self._theme.muted, "anchors": [anchor, anchor]},
            )  # fmt: skip
            self.plot.addItem(line, ignoreBounds=True)
        for x, y, colour in self.marked:
            shade = QColor(colour)
            shade.setAlpha(150)
            self.plot.addItem(pg.ScatterPlotItem(x, y, size=7, pen=None, brush=shade))
        self._fit([level.value for level in levels])

    def _fit(self, levels: list[float]) -> None:
        if not self.curves:
            return
        x = np.concatenate([curve.position for curve in self.curves])
        y = np.concatenate([*(curve.load for curve in self.curves), np.array(levels)])
        self.plot.setXRange(float(x.min()), float(x.max()), padding=0.06)
        self.plot.setYRange(float(y.min()), float(y.max()), padding=0.08)

    def _draw(self, curve: Curve) -> None:
        top = int(np.argmax(curve.position))
        x, y = np.r_[curve.position, curve.position[0]], np.r_[curve.load, curve.load[0]]
        alpha = max(0.2, 1 - curve.age)
        self.plot.addItem(pg.PlotCurveItem(x[: top + 1], y[: top + 1], pen=pen(curve.colour, alpha=alpha), antialias=True))  # fmt: skip
        self.plot.addItem(pg.PlotCurveItem(x[top:], y[top:], pen=pen(curve.colour, alpha=alpha, dash=True), antialias=True))  # fmt: skip


class PointsChart(QWidget):
    """A figure of each card over time; a click chooses the nearest card."""

    def __init__(self, theme: Theme, language: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.time_axis = TimeAxis(language)
        left = NumberAxis("left", language)
        self._plots = pg.GraphicsLayoutWidget()
        self._plots.setBackground(theme.ground)
        self.plot = self._plots.addPlot(axisItems={"left": left, "bottom": self.time_axis})
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        for axis in (left, self.time_axis):
            dress_axis(axis, theme)
        title_axis(left, title, theme.text)
        left.setWidth(58)
        self.grid = Grid(self.plot, theme)
        self.points = pg.ScatterPlotItem(size=6, pen=None, brush=QColor(theme.pen(0)), hoverable=True)
        self.chosen = pg.ScatterPlotItem(size=11, pen=pen(theme.text), brush=QColor(theme.pen(1)))
        self.plot.addItem(self.points)
        self.plot.addItem(self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plots)

    def show_points(self, origin_us: int, x: np.ndarray, y: np.ndarray) -> None:
        """x [s] after the origin, y as shown, NaN left out."""
        self.time_axis.origin_us = origin_us
        known = np.isfinite(y)
        self.points.setData(x[known], y[known], data=np.flatnonzero(known))
        self.plot.autoRange()

    def mark(self, x: list[float], y: list[float]) -> None:
        self.chosen.setData(x, y)
