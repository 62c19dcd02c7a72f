"""Dynamograms: load over position. Surface card above, pump card below, up and down stroke told apart by line
style.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.core.clock import from_us
from app.core.zones import FieldZone
from app.reports import blocks as reports
from app.reports.blocks import Block, Chart, Pen
from app.views.plots.frame import ChartFrame, Line
from app.views.plots.grid import Grid
from app.views.plots.look import NumberAxis, dress_axis, legend_words, pen, title_axis
from app.views.plots.names import Named, Names, Points
from app.views.plots.time_axis import TimeAxis
from app.views.theme import Theme, mixed

EVIDENCE = 3
"""The pen of a report that evidence is drawn with."""


@dataclass(frozen=True)
class Curve:
    """One closed card as shown, starting at the bottom of the upstroke. `age` 0 is the newest, older ones
    fade.
    """

    position: np.ndarray
    load: np.ndarray
    colour: str
    age: float = 0.0
    name: str = ""
    """What the legend calls it: one of the two cards of a moment has it."""


@dataclass(frozen=True)
class Level:
    value: float
    text: str
    left: bool = False
    serious: bool = False


@dataclass(frozen=True)
class Post:
    """A short upright line at one position: where the pump was full."""

    position: float
    low: float
    high: float
    text: str


@dataclass(frozen=True)
class Swarm:
    """Many closed cards at once, fading as one: each (n,), put into a single item so that hundreds draw in a
    frame.
    """

    cards: tuple[tuple[np.ndarray, np.ndarray], ...]
    colour: str
    alpha: float = 0.25
    name: str = ""


class CardChart(ChartFrame):
    def __init__(
        self, theme: Theme, language: str, x_title: str, y_title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, language, parent)
        axes = {"left": NumberAxis("left", language), "bottom": NumberAxis("bottom", language)}
        self.plot = self._plotted(**axes)
        for axis, title in ((axes["left"], y_title), (axes["bottom"], x_title)):
            dress_axis(axis, theme)
            title_axis(axis, title, theme.text)
        axes["left"].setWidth(58)
        self.grid, self.names = Grid(self.plot, theme), Names(self.plot, theme)
        self.plot.getViewBox().setDefaultPadding(0.05)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.legend = QLabel()
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.legend.setContentsMargins(8, 0, 8, 0)
        self.legend.setWordWrap(True)
        self.legend.hide()
        layout.setSpacing(0)
        layout.addWidget(self.legend)
        layout.addWidget(self._plots, 1)
        self.curves: list[Curve] = []
        self.posts: list[Post] = []
        self.swarms: list[Swarm] = []
        self.marked: list[tuple[np.ndarray, np.ndarray, str]] = []
        self._levels: list[Level] = []
        self._titles = (x_title, y_title)

    def clippings(self) -> list[tuple[str, Block]]:
        """What is seen, for a report: older cards faint, places of evidence wide."""
        if not self.curves:
            return []
        newest = [curve for curve in self.curves if curve.age == 0]
        older = [(c.position, c.load, c.colour, c.name) for c in self.curves if c.age > 0]
        for swarm in self.swarms:
            names = [swarm.name] + [""] * len(swarm.cards)
            older += [(x, y, swarm.colour, name) for (x, y), name in zip(swarm.cards, names, strict=False)]
        style = {
            colour: number
            for number, colour in enumerate(
                dict.fromkeys([c.colour for c in newest] + [colour for _, _, colour, _ in older])
            )
        }
        pens = [Pen(name, *_closed(x, y), style[colour], faint=True) for x, y, colour, name in older]
        pens += [Pen(c.name, *_closed(c.position, c.load), style[c.colour]) for c in newest]
        pens += [Pen("", x, y, EVIDENCE, wide=True) for x, y, _ in self.marked]
        levels = [reports.Level(one.value, one.text, serious=one.serious) for one in self._levels]
        levels += [reports.Level(post.position, post.text, upright=True) for post in self.posts]
        return [("", Chart("", *self._titles, tuple(pens), height_mm=75, levels=tuple(levels)))]

    def show_cards(
        self,
        curves: list[Curve],
        levels: list[Level],
        marked: list[tuple[np.ndarray, np.ndarray, str]] | None = None,
        *,
        posts: list[Post] | None = None,
        swarms: list[Swarm] | None = None,
    ) -> None:
        """`marked` are stretches of a card where evidence shows, drawn as points over it."""
        self.plot.clear()
        self.plot.addItem(self.grid, ignoreBounds=True)
        self.curves, self.marked, self.posts, self.swarms = curves, marked or [], posts or [], swarms or []
        self._levels = levels
        self._name_them()
        for swarm in self.swarms:
            self._draw_swarm(swarm)
        for curve in sorted(curves, key=lambda item: -item.age):
            self._draw(curve)
        for level in levels:
            line = pg.InfiniteLine(level.value, angle=0, pen=pen(self._colour(level), dash=True))
            self.plot.addItem(line, ignoreBounds=True)
        for post in self.posts:
            self._draw_post(post)
        for x, y, colour in self.marked:
            shade = QColor(colour)
            shade.setAlpha(150)
            self.plot.addItem(pg.ScatterPlotItem(x, y, size=7, pen=None, brush=shade))
        self.names.show_names(self._named(), self._drawn())
        self.fit()

    @property
    def is_drawn(self) -> bool:
        return bool(self.curves)

    def main_box(self) -> pg.ViewBox:
        return self.plot.getViewBox()

    def read_at(self, x: float, y: float) -> list[Line]:
        """The place, and what each newest card carries there: up, and down."""
        place = [
            ("", f"{title}: {self.told(value)}") for title, value in zip(self._titles, (x, y), strict=True)
        ]
        newest = [curve for curve in self.curves if curve.age == 0]
        loads = [(curve.colour, strokes_at(curve, x)) for curve in newest]
        return place + [
            (colour, f"↑ {self.told(up)}   ↓ {self.told(down)}")
            for colour, (up, down) in loads
            if np.isfinite(up) or np.isfinite(down)
        ]

    def fit(self) -> None:
        if not self.curves:
            return
        levels = [level.value for level in self._levels]
        many = [card for swarm in self.swarms for card in swarm.cards]
        x = np.concatenate([*(curve.position for curve in self.curves), *(x for x, _ in many)])
        y = np.concatenate([*(curve.load for curve in self.curves), *(y for _, y in many), np.array(levels)])
        self.plot.setXRange(float(x.min()), float(x.max()), padding=0.06)
        self.plot.setYRange(float(y.min()), float(y.max()), padding=0.1)  # a name fits under the last line

    def _name_them(self) -> None:
        """Newest first, each as faint as it is drawn; nothing where there is one card alone."""
        named = [(one.age, one.colour, one.name, max(0.2, 1 - one.age)) for one in self.curves if one.name]
        named += [(1.0, one.colour, one.name, one.alpha) for one in self.swarms if one.name]
        self.legend.setText(
            legend_words(
                (mixed(self._theme.ground, colour, alpha).name(), "▬", name)
                for _, colour, name, alpha in sorted(named, key=lambda one: one[0])
            )
        )
        self.legend.setVisible(bool(named))

    def _named(self) -> list[Named]:
        lines = [
            Named(o.text, self._colour(o), o.value, o.value, left=o.left, serious=o.serious)
            for o in self._levels
        ]
        return lines + [Named(p.text, self._theme.text, p.low, p.high, p.position) for p in self.posts]

    def _drawn(self) -> list[Points]:
        """All that no name should lie over."""
        closed = [_closed(one.position, one.load) for one in self.curves]
        swarms = [_one_line(swarm) for swarm in self.swarms]
        posts = [(np.full(2, post.position), np.array([post.low, post.high])) for post in self.posts]
        return [*closed, *swarms, *posts, *((x, y) for x, y, _ in self.marked)]

    def _colour(self, level: Level) -> str:
        return self._theme.status["stop"] if level.serious else self._theme.muted

    def _draw_post(self, post: Post) -> None:
        x = [post.position, post.position]
        self.plot.addItem(pg.PlotCurveItem(x, [post.low, post.high], pen=pen(self._theme.text)))

    def _draw_swarm(self, swarm: Swarm) -> None:
        x, y = _one_line(swarm)
        self.plot.addItem(pg.PlotCurveItem(x, y, pen=pen(swarm.colour, alpha=swarm.alpha), connect="finite"))

    def _draw(self, curve: Curve) -> None:
        top = int(np.argmax(curve.position))
        x, y = np.r_[curve.position, curve.position[0]], np.r_[curve.load, curve.load[0]]
        alpha = max(0.2, 1 - curve.age)
        self.plot.addItem(
            pg.PlotCurveItem(x[: top + 1], y[: top + 1], pen=pen(curve.colour, alpha=alpha), antialias=True)
        )
        self.plot.addItem(
            pg.PlotCurveItem(x[top:], y[top:], pen=pen(curve.colour, alpha=alpha, dash=True), antialias=True)
        )


def strokes_at(curve: Curve, position: float) -> tuple[float, float]:
    """Load of the upstroke and of the downstroke; NaN where the card is not."""
    top = int(np.argmax(curve.position))
    x, y = np.r_[curve.position, curve.position[0]], np.r_[curve.load, curve.load[0]]
    found = []
    for part in (slice(0, top + 1), slice(top, None)):
        order = np.argsort(x[part], kind="stable")
        found.append(float(np.interp(position, x[part][order], y[part][order], left=np.nan, right=np.nan)))
    return found[0], found[1]


def _one_line(swarm: Swarm) -> Points:
    """With NaN between its cards."""
    gap = np.array([np.nan])
    x = np.concatenate([part for px, _ in swarm.cards for part in (px, px[:1], gap)])
    y = np.concatenate([part for _, py in swarm.cards for part in (py, py[:1], gap)])
    return x, y


def _closed(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.r_[x, x[:1]], np.r_[y, y[:1]]


class PointsChart(ChartFrame):
    """A figure of each card over time; a click chooses the nearest card."""

    def __init__(
        self, theme: Theme, language: str, zone: FieldZone, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, language, parent)
        self._zone = zone
        self.time_axis = TimeAxis(language, zone)
        left = self._left = NumberAxis("left", language)
        self.plot = self._plotted(left, self.time_axis)
        for axis in (left, self.time_axis):
            dress_axis(axis, theme)
        title_axis(left, title, theme.text)
        self._title = title
        left.setWidth(58)
        self.grid = Grid(self.plot, theme)
        self.points = pg.ScatterPlotItem(size=6, pen=None, brush=QColor(theme.pen(0)), hoverable=True)
        self.chosen = pg.ScatterPlotItem(size=11, pen=pen(theme.text), brush=QColor(theme.pen(1)))
        self.plot.addItem(self.points)
        self.plot.addItem(self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plots)

    def clippings(self) -> list[tuple[str, Block]]:
        x, y = self.points.getData()
        if x is None or not len(x):
            return []
        pen = Pen(
            "",
            np.asarray(x, float) + self.time_axis.origin_us / 1e6,
            np.asarray(y, float),
            line=False,
            points=True,
        )
        return [("", Chart("", "", self._title, (pen,), time_axis=True))]

    @property
    def is_drawn(self) -> bool:
        x, _ = self.points.getData()
        return x is not None and len(x) > 0

    def main_box(self) -> pg.ViewBox:
        return self.plot.getViewBox()

    def moment_at(self, position: QPointF) -> int | None:
        at = self.main_box().mapSceneToView(self._plots.mapToScene(position.toPoint()))
        return self.time_axis.origin_us + round(at.x() * 1e6)

    def read_at(self, x: float, y: float) -> list[Line]:
        """The nearest point."""
        there, values = self.points.getData()
        nearest = int(np.argmin(np.abs(np.asarray(there) - x)))
        moment = self._zone.local(from_us(self.time_axis.origin_us + round(float(there[nearest]) * 1e6)))
        when = moment.strftime("%d.%m.%Y %H:%M" if self._language == "ru" else "%Y-%m-%d %H:%M")
        return [("", when), ("", f"{self._title}: {self.told(float(values[nearest]))}")]

    def fit(self) -> None:
        self.plot.autoRange()

    def set_title(self, title: str) -> None:
        self._title = title
        title_axis(self._left, title, self._theme.text)

    def show_points(self, origin_us: int, x: np.ndarray, y: np.ndarray) -> None:
        """x [s] after the origin, y as shown, NaN left out."""
        self.time_axis.origin_us = origin_us
        known = np.isfinite(y)
        self.points.setData(x[known], y[known], data=np.flatnonzero(known))
        self.plot.autoRange()

    def mark(self, x: np.ndarray, y: np.ndarray) -> None:
        """NaN left out: a point at no place froze the window with its first painting."""
        known = np.isfinite(y)
        self.chosen.setData(x[known], y[known])
