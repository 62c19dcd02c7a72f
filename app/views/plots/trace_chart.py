"""The trace of an echometer over the time after the shot, with the level's echo as a line to be dragged."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal, Slot

from app.views.plots.line_chart import Line, LineChart
from app.views.plots.look import pen
from app.views.theme import Theme

LOUD_S = 0.3
"""The blast is so much louder than all that follows that it does not set the scale."""
ROOM = 1.4


class TraceChart(LineChart):
    """x: [s] after the shot."""

    pointed = Signal(float)

    def __init__(self, theme: Theme, language: str, x_title: str, y_title: str) -> None:
        super().__init__(theme, language, x_title, y_title)
        self.echo: pg.InfiniteLine | None = None

    def show_trace(self, lines: list[Line], echo_s: float | None, others_s: list[float]) -> None:
        """Without an echo the line stands in the middle: it is there to be put."""
        self.plot.clear()
        self.plot.addItem(self.grid, ignoreBounds=True)
        self.lines = lines
        for line in lines:
            curve = pg.PlotDataItem(line.x, line.y, pen=pen(line.colour, dash=line.dash))
            self.plot.addItem(curve)  # what it does with a view wants one
            curve.setDownsampling(auto=True, method="peak")
            curve.setClipToView(True)
        for at in others_s:
            other = pg.InfiniteLine(at, angle=90, pen=pen(self._theme.muted, dash=True))
            self.plot.addItem(other, ignoreBounds=True)
        ends = (float(lines[0].x[0]), float(lines[0].x[-1]))
        self.echo = pg.InfiniteLine(
            echo_s if echo_s is not None else ends[1] / 2,
            angle=90,
            movable=True,
            bounds=(0.0, ends[1]),
            pen=pen(self._theme.status["stop"]),
            hoverPen=pen(self._theme.ring),
        )
        self.echo.sigPositionChanged.connect(self._moved)
        self.plot.addItem(self.echo, ignoreBounds=True)
        self.fit()

    def fit(self) -> None:
        """All of the time; as high as what came after the blast."""
        if not self.lines:
            return
        box = self.main_box()
        after = np.concatenate([line.y[line.x >= LOUD_S] for line in self.lines] or [np.zeros(1)])
        high = float(np.abs(after).max(initial=0.0)) * ROOM or 1.0
        box.setXRange(float(self.lines[0].x[0]), float(self.lines[0].x[-1]), padding=0.02)
        box.setYRange(-high, high, padding=0)

    def point_at(self, time_s: float) -> None:
        """Without telling anybody."""
        if self.echo is not None:
            self.echo.blockSignals(True)
            self.echo.setValue(time_s)
            self.echo.blockSignals(False)

    @Slot()
    def _moved(self, *_: object) -> None:
        if self.echo is not None:
            self.pointed.emit(float(self.echo.value()))
