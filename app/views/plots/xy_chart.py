"""Curves and points over a number or over time: straight or logarithmic scales, shaded intervals, a window to
drag.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout

from app.core.clock import from_us
from app.core.texts import number
from app.core.units import DAY_S
from app.core.zones import FieldZone
from app.reports import blocks as reports
from app.reports.blocks import Block, Chart, Pen
from app.views.plots.frame import ChartFrame, Line
from app.views.plots.grid import Grid
from app.views.plots.look import NumberAxis, dress_axis, legend_words, pen, title_axis
from app.views.plots.names import Named, Names, Points
from app.views.plots.time_axis import TimeAxis
from app.views.theme import Theme

NEAR = 0.02
"""Of the width: so near a mark is the one that is pointed at."""
ONE_DAYS = 3.5
"""Before and after what happened within a day."""


@dataclass(frozen=True)
class Series:
    """As shown. `points` draws marks, `line` joins them; `hollow` marks are those not to be trusted."""

    name: str
    x: np.ndarray
    y: np.ndarray
    colour: str
    dash: bool = False
    points: bool = False
    line: bool = True
    hollow: bool = False

    @property
    def mark(self) -> str:
        """What it looks like, in a character."""
        if self.points and not self.line:
            return "○" if self.hollow else "●"
        return "╌╌" if self.dash else "—"


@dataclass(frozen=True)
class Shade:
    """Between two curves: an interval."""

    x: np.ndarray
    low: np.ndarray
    high: np.ndarray
    colour: str


class LogAxis(NumberAxis):
    """Ticks at whole powers of ten; what lies between them is faint."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self._power(10**value) for value in values]

    def _power(self, value: float) -> str:
        if 1e-4 < value < 1e5:
            digits = max(0, -int(np.floor(np.log10(value) + 1e-9)))
            return number(value, digits, self._language)
        return f"{value:.0e}"

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        low, high = sorted((minVal, maxVal))
        powers = range(int(np.floor(low)), int(np.floor(high + 1e-9)) + 1)
        # Over two decades and a half whole powers are enough; below, two and five help to read.
        parts = (1,) if high - low > 2.5 else (1, 2, 5)
        ticks = [power + float(np.log10(part)) for power in powers for part in parts]
        return [(1.0, [tick for tick in ticks if low - 1e-9 <= tick <= high + 1e-9])]


class XYChart(ChartFrame):
    """`log` names the logarithmic axes: "", "x", "xy". With `time` x is µs and the axis its calendar."""

    window_dragged = Signal(float, float)

    def __init__(
        self,
        theme: Theme,
        language: str,
        x_title: str,
        y_title: str,
        *,
        log: str = "",
        time: FieldZone | None = None,
    ) -> None:
        super().__init__(theme, language)
        self._log, self._time, self._zone = log, time is not None, time
        bottom: pg.AxisItem = (LogAxis if "x" in log else NumberAxis)("bottom", language)
        if time is not None:
            bottom = TimeAxis(language, time)
        left = (LogAxis if "y" in log else NumberAxis)("left", language)
        self._bottom, self._left = bottom, left
        self.plot = self._plotted(left, bottom)
        for axis, title in ((left, y_title), (bottom, x_title)):
            dress_axis(axis, theme)
            if title:
                title_axis(axis, title, theme.text)
        left.setWidth(64)
        self.grid, self.names = Grid(self.plot, theme), Names(self.plot, theme)
        # Over the plot, not in it: it would hide what it names.
        self.legend = QLabel()
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.legend.setContentsMargins(8, 0, 8, 0)
        self.legend.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.legend)
        layout.addWidget(self._plots, 1)
        self.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored
        )  # the page's stretches decide
        self.setMinimumHeight(120)
        self.series: list[Series] = []
        self.shades: list[Shade] = []
        self._window: pg.LinearRegionItem | None = None
        self._origin_us = 0
        self._titles = (x_title, y_title)
        self._levels: list[tuple[float, str]] = []
        self._upto: float | None = None

    def titles(self, x_title: str, y_title: str, *, downwards: bool = False) -> None:
        """`downwards`: y is a depth."""
        self.plot.invertY(downwards)
        self._titles = (x_title, y_title)
        if not self._time:
            title_axis(self._bottom, x_title, self._theme.text)
        title_axis(self._left, y_title, self._theme.text)

    def show_series(
        self,
        series: list[Series],
        *,
        shades: list[Shade] | None = None,
        levels: list[tuple[float, str]] | None = None,
        legend: bool = True,
        upto: float | None = None,
    ) -> None:
        """`levels` are (y as shown, what it is); what is above `upto` is drawn and not shown at first."""
        self.plot.clear()
        self._window = None
        self.plot.addItem(self.grid, ignoreBounds=True)
        self.series, self.shades, self._levels = series, shades or [], levels or []
        if self._time and any(len(s.x) for s in series):
            self._origin_us = int(min(s.x[0] for s in series if len(s.x)))
            self._bottom.origin_us = self._origin_us
        for shade in self.shades:
            self._shade(shade)
        for one in series:
            self._draw(one)
        named = [one for one in series if one.name and len(one.x)] if legend else []
        self.legend.setVisible(bool(named))
        self.legend.setText(legend_words((one.colour, one.mark, one.name) for one in named))
        red, named_levels = self._theme.status["stop"], []
        for level, text in self._levels:
            at = float(np.log10(level)) if "y" in self._log else level
            self.plot.addItem(pg.InfiniteLine(at, angle=0, pen=pen(red, dash=True)))
            named_levels.append(Named(text, red, at, at, left=True))
        self.names.show_names(named_levels, [self._drawn(one) for one in series])
        self._upto = upto
        self.fit()

    def fit(self) -> None:
        self.plot.autoRange(padding=0.06)
        self._widen_for_one()
        low, high = self.plot.getViewBox().viewRange()[1]
        if self._upto is not None and high > self._upto > low:
            self.plot.setYRange(max(low, 0.0), self._upto, padding=0.0)

    def _widen_for_one(self) -> None:
        """One point, or several of one moment or one value: an axis of seconds, or of the sixth digit, would
        tell nothing.
        """
        x, y = (
            np.concatenate([*(np.asarray(getattr(one, axis), float) for one in self.series), np.empty(0)])
            for axis in "xy"
        )
        x, y = x[np.isfinite(x)], y[np.isfinite(y)]
        if self._time and len(x) and np.ptp(x) < DAY_S * 1e6:
            middle = (float(x.min() + x.max()) / 2 - self._origin_us) / 1e6
            self.plot.setXRange(middle - ONE_DAYS * DAY_S, middle + ONE_DAYS * DAY_S, padding=0)
        if "y" not in self._log and len(y) and not np.ptp(y):
            around = abs(float(y[0])) * 0.1 or 1.0
            self.plot.setYRange(float(y[0]) - around, float(y[0]) + around, padding=0)

    # ---- what is read under the pointer --------------------------------------------------------------------

    @property
    def is_drawn(self) -> bool:
        return any(len(one.x) for one in self.series)

    def main_box(self) -> pg.ViewBox:
        return self.plot.getViewBox()

    def moment_at(self, position: QPointF) -> int | None:
        if not self._time:
            return None
        at = self.main_box().mapSceneToView(self._plots.mapToScene(position.toPoint()))
        return self._origin_us + round(at.x() * 1e6)

    def read_at(self, x: float, y: float) -> list[Line]:
        """The place, and each curve there: between two of its points, or its nearest mark."""
        place = [("", self._told_x(x)), ("", self.told(float(10**y) if "y" in self._log else y))]
        (left, right), _ = self.main_box().viewRange()
        found = [(one, self._value_of(one, x, abs(right - left) * NEAR)) for one in self.series]
        return (
            place[:1]
            + [
                (one.colour, f"{one.name + ': ' if one.name else ''}{self.told(value)}")
                for one, value in found
                if value is not None
            ]
            + ([] if any(value is not None for _, value in found) else place[1:])
        )

    def _told_x(self, x: float) -> str:
        if self._zone is None:
            return f"{self._titles[0]}: {self.told(float(10**x) if 'x' in self._log else x)}"
        moment = self._zone.local(from_us(self._origin_us + round(x * 1e6)))
        return moment.strftime("%d.%m.%Y %H:%M" if self._language == "ru" else "%Y-%m-%d %H:%M")

    def _value_of(self, one: Series, x: float, near: float) -> float | None:
        at, y = self._prepared(np.asarray(one.x), np.asarray(one.y, float))
        if not len(at):
            return None
        order = np.argsort(at, kind="stable")
        at, y = at[order], y[order]
        if one.line and at[0] <= x <= at[-1]:
            value = float(np.interp(x, at, y))
        else:
            nearest = int(np.argmin(np.abs(at - x)))
            if abs(at[nearest] - x) > near:
                return None
            value = float(y[nearest])
        return float(10**value) if "y" in self._log else value

    def set_window(self, low: float, high: float) -> None:
        """A window over x that can be dragged, as shown (not logarithms)."""
        edges = [self._to_axis(np.array([edge]))[0] for edge in (low, high)]
        shade = QColor(self._theme.pen(0))
        shade.setAlpha(36)
        self._window = pg.LinearRegionItem(edges, brush=shade, pen=pen(self._theme.pen(0)), hoverBrush=shade)
        self._window.setZValue(-10)
        self._window.sigRegionChangeFinished.connect(self._dragged)
        self.plot.addItem(self._window, ignoreBounds=True)

    @property
    def window(self) -> tuple[float, float] | None:
        if self._window is None:
            return None
        low, high = self._window.getRegion()
        return (float(10**low), float(10**high)) if "x" in self._log else (float(low), float(high))

    @Slot()
    def _dragged(self, *_: object) -> None:
        if self.window is not None:
            self.window_dragged.emit(*self.window)

    def clippings(self) -> list[tuple[str, Block]]:
        """What is seen, for a report: nothing without a curve."""
        if not any(len(one.x) for one in self.series):
            return []
        scale = 1e6 if self._time else 1.0
        pens = tuple(
            Pen(
                one.name,
                np.asarray(one.x, float) / scale,
                np.asarray(one.y, float),
                number,
                line=one.line,
                points=one.points,
                hollow=one.hollow,
            )
            for number, one in enumerate(self.series)
        )
        shades = tuple(reports.Shade(np.asarray(s.x, float) / scale, s.low, s.high, 1) for s in self.shades)
        low, high = self.plot.getViewBox().viewRange()[0]
        window = (10**low, 10**high) if "x" in self._log else (low, high)
        if self._time:
            window = (low + self._origin_us / 1e6, high + self._origin_us / 1e6)
        box = self.plot.getViewBox()
        x_title, y_title = self._titles
        levels = tuple(reports.Level(at, name) for at, name in self._levels)
        return [
            (
                "",
                Chart(
                    "",
                    x_title,
                    y_title,
                    pens,
                    self._time,
                    60,
                    levels=levels,
                    shades=shades,
                    log=self._log,
                    downwards=box.yInverted(),
                    leftwards=box.xInverted(),
                    window=window,
                ),
            )
        ]

    def _to_axis(self, x: np.ndarray) -> np.ndarray:
        if self._time:
            return (np.asarray(x, float) - self._origin_us) / 1e6
        return np.log10(np.maximum(x, 1e-300)) if "x" in self._log else np.asarray(x, float)

    def _prepared(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        good = np.isfinite(x.astype(float)) & np.isfinite(y)
        if "y" in self._log:
            good &= y > 0
        if "x" in self._log:
            good &= x > 0
        y = np.log10(y[good]) if "y" in self._log else y[good]
        return self._to_axis(x[good]), y

    def _drawn(self, one: Series) -> Points:
        """What no name should lie over: its line, or each of its marks."""
        x, y = self._prepared(np.asarray(one.x), np.asarray(one.y, float))
        if one.line:
            return x, y
        return np.repeat(x, 2), np.column_stack([y, np.full_like(y, np.nan)]).ravel()

    def _draw(self, one: Series) -> None:
        x, y = self._prepared(np.asarray(one.x), np.asarray(one.y, float))
        if one.line and len(x):
            self.plot.addItem(pg.PlotDataItem(x, y, pen=pen(one.colour, dash=one.dash), antialias=True))
        if len(x) and (one.points or len(x) == 1):  # no line leads to a single one: it would not be seen
            brush = None if one.hollow else QColor(one.colour)
            self.plot.addItem(
                pg.ScatterPlotItem(x, y, size=6, pen=pen(one.colour) if one.hollow else None, brush=brush)
            )

    def _shade(self, shade: Shade) -> None:
        x, low = self._prepared(np.asarray(shade.x), np.asarray(shade.low, float))
        _, high = self._prepared(np.asarray(shade.x), np.asarray(shade.high, float))
        if len(low) != len(high) or len(low) == 0:
            return
        colour = QColor(shade.colour)
        colour.setAlpha(45)
        edges = [pg.PlotCurveItem(x, y, pen=None) for y in (low, high)]
        for edge in edges:
            self.plot.addItem(edge)
        self.plot.addItem(pg.FillBetweenItem(*edges, brush=colour))
