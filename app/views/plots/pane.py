"""One pane of a time chart: up to three scales, each with its own axis in its pens' colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, QRectF, Signal, Slot
from PySide6.QtGui import QColor

from app.core.zones import FieldZone
from app.views.plots.grid import Grid
from app.views.plots.look import NumberAxis, dress_axis, pen, title_axis
from app.views.plots.named_points import NamedPoints
from app.views.plots.plot import Plot
from app.views.plots.time_axis import TimeAxis
from app.views.plots.time_box import TimeBox
from app.views.theme import Theme

MOST_SCALES = 3
AXIS_PX = 64
BAND_POINTS = 1_500
LEAST_GAP_S = 3_600.0
"""A value is told under the pointer for an hour at least."""
Scale = tuple[float, ...] | None
ScaleKey = tuple[str, bool]
"""A quantity, and whether its axis points down."""


@dataclass(frozen=True)
class PenSpec:
    """What the chart must know of one pen. Quantity and direction make its scale; values come as shown."""

    key: str
    name: str
    quantity: str
    axis_title: str
    colour: str
    group: str = ""
    """Pens of one group stand in panes of the same kind."""
    downwards: bool = False
    """Of depths: the scale points down."""

    @property
    def scale(self) -> ScaleKey:
        """Pens that are read on one axis."""
        return self.quantity, self.downwards


class Trace:
    """One drawn pen: its line, and hollow grey points where samples are not to be trusted."""

    def __init__(self, spec: PenSpec, theme: Theme) -> None:
        self.spec = spec
        self.line = pg.PlotCurveItem(pen=pen(spec.colour), connect="finite", skipFiniteCheck=False)
        self.line.setSegmentedLineMode("off")
        self.suspects = pg.ScatterPlotItem(size=7, pen=pen(theme.suspect), brush=None, pxMode=True)
        self.alone = pg.ScatterPlotItem(size=5, pen=None, brush=spec.colour, pxMode=True)
        self.x, self.y = np.empty(0), np.empty(0)
        self._gap_s = 0.0
        self.visible = True
        self._band: list[pg.GraphicsObject] = []
        self.points = NamedPoints(spec.colour)

    def lay_band(self, box: pg.ViewBox, x: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """A band under the line: what the sensor usually shows. Nothing laid takes it away."""
        for item in self._band:
            box.removeItem(item)
        self._band = []
        known = np.isfinite(low) & np.isfinite(high)
        if not known.any():
            return
        x, low, high = _thinned(x[known], low[known], high[known])
        edges = [pg.PlotCurveItem(x, y, pen=pen(self.spec.colour, alpha=0.35)) for y in (low, high)]
        shade = QColor(self.spec.colour)
        shade.setAlpha(28)
        # One outline out of arrays: pyqtgraph's own filling makes two polygons point by point.
        round_it = np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]])
        self._band = [*edges, pg.PlotCurveItem(*round_it, pen=None, brush=shade, fillLevel="enclosed")]
        for item in self._band:
            item.setZValue(-20)
            box.addItem(item, ignoreBounds=True)

    def set_data(
        self, x: np.ndarray, y: np.ndarray, bad_x: np.ndarray, bad_y: np.ndarray, gap_s: float = 0.0
    ) -> None:
        self.x, self.y, self._gap_s = x, y, gap_s
        self.line.setData(x, y)
        there = np.concatenate(([False], np.isfinite(y), [False]))
        alone = there[1:-1] & ~there[:-2] & ~there[2:]  # no line leads to it: it would not be seen
        self.alone.setData(x[alone], y[alone])
        somewhere = np.isfinite(bad_y)
        self.suspects.setData(bad_x[somewhere], bad_y[somewhere])

    def show(self, visible: bool, *, faded: bool) -> None:
        self.visible = visible
        self.line.setVisible(visible)
        self.suspects.setVisible(visible)
        self.alone.setVisible(visible)
        self.points.show(visible)
        self.line.setPen(pen(self.spec.colour, alpha=0.25 if faded else 1.0))
        self.line.setZValue(0 if faded else 1)

    def value_at(self, x: float) -> float:
        """The last value not after x, NaN when it is older than a gap."""
        index = int(np.searchsorted(self.x, x, side="right")) - 1
        if index < 0 or x - self.x[index] > max(self._gap_s, LEAST_GAP_S):
            return float("nan")
        return float(self.y[index])

    def extent(self, low: float, high: float) -> tuple[float, float] | None:
        a, b = np.searchsorted(self.x, (low, high))
        seen = np.concatenate([self.y[max(a - 1, 0) : b + 1], self.points.between(low, high)])
        seen = seen[np.isfinite(seen)]
        return (float(seen.min()), float(seen.max())) if len(seen) else None


def _thinned(*columns: np.ndarray) -> tuple[np.ndarray, ...]:
    """Of a band of months at every minute as many points as can be told apart, its last one among them."""
    count = len(columns[0])
    if count <= BAND_POINTS:
        return columns
    kept = np.unique(np.linspace(0, count - 1, BAND_POINTS).astype(int))
    return tuple(column[kept] for column in columns)


class Pane(QObject):
    """The first scale owns the grid and takes the mouse; the others lie over it and follow."""

    touched = Signal()
    fit_wanted = Signal()
    scaled = Signal()

    def __init__(
        self, layout: pg.GraphicsLayout, row: int, theme: Theme, language: str, zone: FieldZone, *, last: bool
    ) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self.box = TimeBox()
        self.box.touched.connect(self.touched)
        self.box.fit_wanted.connect(self.fit_wanted)
        self.box.scaled.connect(self.scaled)
        self.time_axis = TimeAxis(language, zone)
        self.plot = Plot(left=NumberAxis("left", language), bottom=self.time_axis, box=self.box)
        layout.addItem(self.plot, row, 0)
        dress_axis(self.time_axis, theme)
        self.time_axis.setStyle(showValues=last)
        if not last:
            self.time_axis.setHeight(6)
        left = self.plot.getAxis("left")
        left.setWidth(AXIS_PX)
        self.grid = Grid(self.plot, theme)
        self.traces: list[Trace] = []
        self._scales: dict[ScaleKey, tuple[pg.ViewBox, pg.AxisItem]] = {}
        self.bands: list[pg.LinearRegionItem] = []
        self._cursor: list[pg.InfiniteLine] = []
        self._planted: list[pg.InfiniteLine] = []
        self.box.sigResized.connect(self._follow_size)
        self.plot.geometryChanged.connect(self._follow_size)  # moved as a whole when panes come and go

    def point(self, x: float | None) -> None:
        """The line under the pointer; None takes it away."""
        self._stand(self._cursor, [] if x is None else [x], self._theme.muted)

    def plant(self, places: list[float]) -> None:
        """The lines between which is measured."""
        self._stand(self._planted, places, self._theme.text)

    def _stand(self, lines: list[pg.InfiniteLine], places: list[float], colour: str) -> None:
        """Lines are made when they are first wanted: most panes never have one."""
        while len(lines) < len(places):
            lines.append(pg.InfiniteLine(angle=90, movable=False, pen=pen(colour)))
            self.plot.addItem(lines[-1], ignoreBounds=True)
        for number, line in enumerate(lines):
            line.setVisible(number < len(places))
            if number < len(places):
                line.setValue(places[number])

    def add(self, spec: PenSpec) -> Trace:
        trace = Trace(spec, self._theme)
        box, axis = self._scale(spec)
        box.addItem(trace.line)
        box.addItem(trace.suspects)
        box.addItem(trace.alone)
        self.traces.append(trace)
        if sum(other.spec.scale == spec.scale for other in self.traces) > 1:
            dress_axis(axis, self._theme)  # a scale shared by pens takes the neutral colour
            title_axis(axis, spec.axis_title, self._theme.text)
        return trace

    def _scale(self, spec: PenSpec) -> tuple[pg.ViewBox, pg.AxisItem]:
        if spec.scale in self._scales:
            return self._scales[spec.scale]
        if not self._scales:
            box, axis = self.box, self.plot.getAxis("left")
        else:
            box = TimeBox()
            box.scaled.connect(self.scaled)
            box.setZValue(self.box.zValue() - 1)
            axis = NumberAxis("right", self._language)
            axis.setWidth(AXIS_PX - 8)
            self.plot.put_right(axis, len(self._scales))
            axis.linkToView(box)
            self.plot.scene().addItem(box)
            box.setXLink(self.box)
        box.invertY(spec.downwards)
        dress_axis(axis, self._theme, spec.colour)
        title_axis(axis, spec.axis_title, spec.colour)
        self._scales[spec.scale] = (box, axis)
        self._follow_size()
        return box, axis

    @property
    def right_axes(self) -> int:
        return max(len(self._scales) - 1, 0)

    def reserve_right(self, count: int) -> None:
        """As many right axes as the widest pane has, so that time lines up from pane to pane."""
        missing = count - self.right_axes
        self.plot.cells.setContentsMargins(0, 2, 6 + missing * (AXIS_PX - 8), 0)

    @Slot()
    def _follow_size(self) -> None:
        for box, _ in self._scales.values():
            if box is not self.box:
                box.setGeometry(self.box.sceneBoundingRect())

    def leave(self) -> None:
        """The boxes of the other scales lie in the scene itself: they do not go with the plot."""
        for box, _ in self._scales.values():
            if box is not self.box:
                self.plot.scene().removeItem(box)

    def fit_y(self) -> None:
        """Every scale that was not zoomed by hand shows its visible pens whole."""
        low, high = self.box.viewRange()[0]
        for key, (box, _) in self._scales.items():
            if box.hand_scaled:
                continue
            extents = [t.extent(low, high) for t in self.traces if t.spec.scale == key and t.visible]
            known = [extent for extent in extents if extent is not None]
            if not known:
                continue
            bottom, top = min(e[0] for e in known), max(e[1] for e in known)
            margin = 0.06 * (top - bottom) or max(abs(top) * 0.02, 0.5)
            box.setYRange(bottom - margin, top + margin, padding=0)

    def release_scales(self) -> None:
        for box, _ in self._scales.values():
            box.hand_scaled = False

    @property
    def scales(self) -> dict[ScaleKey, Scale]:
        """Of each scale: from and to where it was zoomed by hand, nothing where it follows its pens."""
        return {
            key: tuple(box.viewRange()[1]) if box.hand_scaled else None
            for key, (box, _) in self._scales.items()
        }

    def set_scales(self, wanted: dict[ScaleKey, Scale]) -> None:
        for key, (box, _) in self._scales.items():
            scale = wanted.get(key)
            box.hand_scaled = scale is not None
            if scale is not None:
                box.setYRange(*scale, padding=0)
        self.fit_y()

    @property
    def ranges(self) -> dict[ScaleKey, tuple[float, float, bool]]:
        """Of each scale: lowest, highest, and whether that was set by hand."""
        return {key: (*box.viewRange()[1], box.hand_scaled) for key, (box, _) in self._scales.items()}

    @property
    def fixed(self) -> dict[str, tuple[float, float]]:
        """The pens whose scale was set by hand: from and to, as shown."""
        scales = self.scales
        return {
            trace.spec.key: (scale[0], scale[1])
            for trace in self.traces
            if (scale := scales[trace.spec.scale]) is not None
        }

    def fix(self, wanted: Mapping[str, tuple[float, float]]) -> None:
        """By pens: a scale that several share takes what is said of the first."""
        by_scale: dict[ScaleKey, Scale] = {}
        for trace in self.traces:
            if trace.spec.key in wanted:
                by_scale.setdefault(trace.spec.scale, wanted[trace.spec.key])
        self.set_scales(by_scale)

    def set_bands(self, bands: list[tuple[float, float, str]]) -> None:
        """Shaded windows with the colour they are drawn in."""
        for old in self.bands:
            self.plot.removeItem(old)
        self.bands = []
        for start, end, colour in bands:
            shade = QColor(colour)
            shade.setAlpha(38)
            band = pg.LinearRegionItem((start, end), movable=False, brush=shade, pen=pen(colour, alpha=0.6))
            band.setZValue(-10)
            self.plot.addItem(band, ignoreBounds=True)
            self.bands.append(band)

    def lay_band(self, key: str, x: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        for trace in self.traces:
            if trace.spec.key == key:
                trace.lay_band(self._scales[trace.spec.scale][0], x, low, high)

    def lay_points(self, key: str, of_cases: list[tuple[str, np.ndarray, np.ndarray]]) -> None:
        for trace in self.traces:
            if trace.spec.key == key:
                trace.points.lay(self._scales[trace.spec.scale][0], of_cases)

    def plot_rect(self) -> QRectF:
        return self.box.sceneBoundingRect()
