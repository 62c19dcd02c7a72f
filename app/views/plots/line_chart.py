"""Curves over a number: torque over the crank angle, and the like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QVBoxLayout

from app.reports.blocks import Block, Chart, Level, Pen
from app.views.plots.frame import ChartFrame
from app.views.plots.grid import Grid
from app.views.plots.look import NumberAxis, dress_axis, pen, title_axis
from app.views.theme import Theme


@dataclass(frozen=True)
class Line:
    """As shown; `dash` tells it apart without colour."""

    name: str
    x: np.ndarray
    y: np.ndarray
    colour: str
    dash: bool = False


class LineChart(ChartFrame):
    def __init__(self, theme: Theme, language: str, x_title: str, y_title: str) -> None:
        super().__init__(theme, language)
        axes = {"left": NumberAxis("left", language), "bottom": NumberAxis("bottom", language)}
        self.plot = self._plotted(**axes)
        for axis, title in ((axes["left"], y_title), (axes["bottom"], x_title)):
            dress_axis(axis, theme)
            title_axis(axis, title, theme.text)
        axes["left"].setWidth(58)
        self.grid = Grid(self.plot, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plots)
        self.lines: list[Line] = []
        self._levels: list[float] = []
        self._titles = (x_title, y_title)

    def show_lines(self, lines: list[Line], levels: list[float]) -> None:
        self.plot.clear()
        self.plot.addItem(self.grid, ignoreBounds=True)
        self.lines, self._levels = lines, levels
        for line in lines:
            self.plot.addItem(
                pg.PlotCurveItem(line.x, line.y, pen=pen(line.colour, dash=line.dash), antialias=True)
            )
        for level in levels:
            self.plot.addItem(pg.InfiniteLine(level, angle=0, pen=pen(self._theme.status["stop"], dash=True)))
        self.plot.autoRange()

    def fit(self) -> None:
        self.plot.autoRange()

    @property
    def is_drawn(self) -> bool:
        return bool(self.lines)

    def main_box(self) -> pg.ViewBox:
        return self.plot.getViewBox()

    def read_at(self, x: float, y: float) -> list[tuple[str, str]]:
        there = [line for line in self.lines if line.x[0] <= x <= line.x[-1]]
        return [("", f"{self._titles[0]}: {self.told(x)}")] + [
            (line.colour, f"{line.name}: {self.told(float(np.interp(x, line.x, line.y)))}") for line in there
        ]

    def clippings(self) -> list[tuple[str, Block]]:
        """What is seen, for a report."""
        pens = tuple(Pen(line.name, line.x, line.y, number) for number, line in enumerate(self.lines))
        levels = tuple(Level(at, "", serious=True) for at in self._levels)
        return [("", Chart("", *self._titles, pens, height_mm=60, levels=levels))] if pens else []
