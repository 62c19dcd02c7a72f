"""Names of lines and marks on a chart, each where no curve runs: over one of them neither could be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTransform
from PySide6.QtWidgets import QWidget

from app.views.plots.look import CHART_PT
from app.views.plots.plot import Plot
from app.views.theme import FONT_FAMILY, Theme

CELL_PX = 4
GAP_PX = CELL_PX
"""Between a name and what it names: one cell never holds both."""
EDGE_PX = 6
STEP_PX = 8
FARTHER = 0.01
"""A pixel away from where a name is looked for weighs as much as so many cells of a curve under it."""
A_ROW_FARTHER = 1_000.0
"""From its line: rather over every curve than there, rather there than on another name."""
ON_A_NAME = 1e6
"""A cell of another name: neither could be read. A name that has only such places is left out."""
HALF_ROWS = 4
Points = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Named:
    """`low` and `high` (y) are the same for a line; without `x` its name may stand anywhere along it."""

    text: str
    colour: str
    low: float
    high: float
    x: float | None = None
    left: bool = False
    """It is looked for at the left end and under the line, not at the right and over it."""
    serious: bool = False
    """It has its place before all others: where there is no room for every name it is not left out."""


class Names(pg.GraphicsObject):
    """Over everything else of its view box, as large as they are at any zoom."""

    def __init__(self, plot: Plot, theme: Theme) -> None:
        super().__init__()
        self._plot, self._box, self._theme = plot, plot.getViewBox(), theme
        self._named: list[Named] = []
        self._curves: list[Points] = []
        self._font = QFont(FONT_FAMILY, CHART_PT)
        self._laid_for: tuple[object, ...] = ()
        self._laid: list[tuple[QRectF, bool]] = []
        self.setZValue(100)
        self._box.sigRangeChanged.connect(self._moved)

    def show_names(self, named: list[Named], curves: list[Points]) -> None:
        """In a plot that was cleared. NaN parts the points of a curve."""
        self._named, self._curves, self._laid_for = named, curves, ()
        self._plot.addItem(self, ignoreBounds=True)

    def _moved(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        return self._box.viewRect()

    def laid(self) -> list[tuple[str, QRectF, bool]]:
        """Each name, where it stands in the box [px] (empty where it has no place), and whether a curve runs
        under it nevertheless.
        """
        view, size = self._box.viewRect(), self._box.size()
        asked = (view.getRect(), size.width(), size.height(), self._box.yInverted())
        if asked != self._laid_for:
            self._laid_for, self._laid = asked, self._lay(self._box.childTransform())
        return [(one.text, *place) for one, place in zip(self._named, self._laid, strict=True)]

    def paint(self, painter: QPainter, option: Any, widget: QWidget | None = None) -> None:
        back, possible = self._box.childTransform().inverted()
        if not possible:
            return
        paper = QColor(self._theme.ground)
        paper.setAlpha(200)
        painter.setTransform(back, True)  # from here on in pixels of the box
        painter.setFont(self._font)
        room = self._box.boundingRect()
        for one, (_, place, crossed) in zip(self._named, self.laid(), strict=True):
            if not room.intersects(place):
                continue
            if crossed:
                painter.fillRect(place, paper)
            painter.setPen(QColor(one.colour))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, one.text)

    def _turn(self, number: int) -> tuple[bool, bool]:
        one = self._named[number]
        return not one.serious, one.x is None

    def _lay(self, to_px: QTransform) -> list[tuple[QRectF, bool]]:
        if not self._named:
            return []
        width, height = self._box.size().width(), self._box.size().height()
        under = Under(width, height)
        scaled = [_in_px(to_px, x, y) for x, y in self._curves]
        metrics, found = QFontMetricsF(self._font), dict[int, tuple[QRectF, bool]]()
        lines = [
            (np.array([0.0, width]), np.full(2, to_px.map(QPointF(0.0, one.low)).y()))
            for one in self._named
            if one.x is None
        ]
        under.draw([*scaled, *lines])
        # Marks first: a line may be named anywhere along it. Then in the order in which they were given.
        for number in sorted(range(len(self._named)), key=self._turn):
            one = self._named[number]
            size = (metrics.horizontalAdvance(one.text) + 2.0, metrics.height())
            places = _places(one, to_px, size, width, height)
            weights = [under.weight(place) + FARTHER * far for place, far in places]
            if min(weights) >= ON_A_NAME:
                found[number] = (QRectF(), False)
                continue
            place = places[int(np.argmin(weights))][0]
            found[number] = (place, under.weight(place) > 0)
            under.take(place)
        return [found[number] for number in range(len(self._named))]


class Under:
    """What is drawn in a box of so many pixels, by cells, so that a rectangle is asked at once."""

    def __init__(self, width: float, height: float) -> None:
        self._cells = np.zeros((max(1, int(width / CELL_PX) + 1), max(1, int(height / CELL_PX) + 1)))
        self._sums = self._cells

    def draw(self, curves: Iterable[Points]) -> None:
        for x, y in curves:
            self._mark(x, y)
            if len(x) < 2:
                continue
            longest = np.nanmax(np.hypot(np.diff(x), np.diff(y)), initial=0.0)
            parts = int(np.clip(np.ceil(longest / CELL_PX), 1, max(1, 100_000 // len(x))))
            share = np.arange(parts) / parts
            dense = [(v[:-1, None] + np.diff(v)[:, None] * share).ravel() for v in (x, y)]
            self._mark(*dense)
        self._sum()

    def take(self, place: QRectF) -> None:
        (left, right), (top, bottom) = self._inside(place)
        self._cells[left:right, top:bottom] = ON_A_NAME
        self._sum()

    def weight(self, place: QRectF) -> float:
        (left, right), (top, bottom) = self._inside(place)
        s = self._sums
        return float(s[right, bottom] - s[left, bottom] - s[right, top] + s[left, top])

    def _mark(self, x: np.ndarray, y: np.ndarray) -> None:
        known = np.isfinite(x) & np.isfinite(y)
        columns, rows = (np.floor(v[known] / CELL_PX).astype(int) for v in (x, y))
        seen = (columns >= 0) & (columns < len(self._cells)) & (rows >= 0) & (rows < self._cells.shape[1])
        self._cells[columns[seen], rows[seen]] = 1.0

    def _sum(self) -> None:
        self._sums = np.pad(self._cells.cumsum(0).cumsum(1), ((1, 0), (1, 0)))

    def _inside(self, place: QRectF) -> tuple[tuple[int, int], tuple[int, int]]:
        """Its columns and its rows of cells: the first, and the first after it."""
        columns, rows = self._cells.shape
        return (
            (_within(place.left(), 0, columns), _within(place.right(), 1, columns)),
            (_within(place.top(), 0, rows), _within(place.bottom(), 1, rows)),
        )


def _within(px: float, more: int, most: int) -> int:
    return min(max(int(px // CELL_PX) + more, 0), most)


def _in_px(to_px: QTransform, x: np.ndarray, y: np.ndarray) -> Points:
    return to_px.m11() * x + to_px.dx(), to_px.m22() * y + to_px.dy()


def _places(
    one: Named, to_px: QTransform, size: tuple[float, float], width: float, height: float
) -> list[tuple[QRectF, float]]:
    """Where a name may stand, and how far [px] that is from where it is looked for."""
    wide, high = size
    ends = [to_px.map(QPointF(one.x or 0.0, y)) for y in (one.low, one.high)]
    top, bottom = min(end.y() for end in ends), max(end.y() for end in ends)
    over, below = top - GAP_PX - high, bottom + GAP_PX
    first, last = EDGE_PX, max(EDGE_PX, width - wide - EDGE_PX)
    if one.x is None:
        wanted, sides = (first, (below, over)) if one.left else (last, (over, below))
    else:
        at = ends[0].x()
        wanted, sides = at - wide / 2, (below, over)
        first, last = at - wide, at  # it stands over or under its mark
    inside = [side for side in sides if 0 <= side <= height - high]
    near = np.r_[wanted, np.arange(first, last + 1, STEP_PX)]
    rows = [(side, 0 if side == sides[0] else STEP_PX) for side in inside or sides]
    for half in range(1, HALF_ROWS + 1):
        steps = (over - half / 2 * high, below + half / 2 * high)
        rows += [(y, half / 2 * A_ROW_FARTHER / FARTHER) for y in steps if 0 <= y <= height - high]
    places = [(QRectF(x, y, wide, high), abs(x - wanted) + far) for y, far in rows for x in near]
    kept = [(rect, far) for rect, far in places if 0 <= rect.left() <= max(0.0, width - wide)]
    return kept or places
