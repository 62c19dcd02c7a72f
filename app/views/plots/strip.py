"""The strip under a time chart: findings as bands, stops as bars, events, flow tests and notes as flags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from app.views.plots.look import CHART_PT
from app.views.shapes import paint_status
from app.views.theme import FONT_FAMILY, Theme

ROW_PX = 15
FINDINGS, EVENTS = 0, 1
LEAST_PX = 4.0
"""So wide is the shortest stay; two of one kind and colour that begin and end within it look like one."""
FLAG_PX = 10.0


@dataclass(frozen=True)
class Mark:
    """`kind`: finding, stop, trip, event, test, note. x in the chart's seconds; x2 None for a moment.
    `words` are made when somebody reads them: a well has thousands of events, and points at one.
    """

    kind: str
    x: float
    x2: float | None
    status: str
    words: str | Callable[[], str]
    key: str = ""

    @property
    def text(self) -> str:
        return self.words if isinstance(self.words, str) else self.words()


class Marks:
    """Where the marks stand in time, to ask at once which of thousands are seen. Made in any thread."""

    def __init__(self, marks: list[Mark]) -> None:
        self.every = marks
        self.begins = np.array([mark.x for mark in marks], float)
        self.is_moment = np.array([mark.x2 is None for mark in marks], bool)
        self.ends = np.array([mark.x if mark.x2 is None else mark.x2 for mark in marks], float)
        looks: dict[tuple[str, str], int] = {}
        self.look = np.array([looks.setdefault((mark.kind, mark.status), len(looks)) for mark in marks], int)
        self.findings = np.sort([mark.x for mark in marks if mark.kind == "finding"])

    def edges(self, px: float, per_x: float, low: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Left and right [px] of every mark, where `low` is at `px`."""
        left = px + (self.begins - low) * per_x
        right = np.maximum(px + (self.ends - low) * per_x, left + LEAST_PX)
        half = FLAG_PX / 2
        return np.where(self.is_moment, left - half, left), np.where(self.is_moment, left + half, right)

    def next_finding(self, x: float) -> float:
        """When the first one begins that begins later."""
        place = int(np.searchsorted(self.findings, x, side="right"))
        return float(self.findings[place]) if place < len(self.findings) else np.inf


class EventStrip(QWidget):
    """Keeps to the plot's left and right edge, which the chart tells it."""

    chosen = Signal(Mark)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks = Marks([])
        self._window, self._edges = (0.0, 1.0), (0.0, 1.0)
        self.setFixedHeight(2 * ROW_PX + 6)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Findings and events"))

    def sizeHint(self) -> QSize:
        return QSize(400, 2 * ROW_PX + 6)

    def set_marks(self, marks: Marks) -> None:
        self._marks = marks
        self.update()

    def set_window(self, window: tuple[float, float], edges: tuple[float, float]) -> None:
        if (window, edges) != (self._window, self._edges):
            self._window, self._edges = window, edges
            self.update()

    @property
    def _per_x(self) -> float:
        low, high = self._window
        left, right = self._edges
        return (right - left) / max(high - low, 1e-9)

    def _px(self, x: float) -> float:
        return self._edges[0] + (x - self._window[0]) * self._per_x

    def _boxes(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return self._marks.edges(self._edges[0], self._per_x, self._window[0])

    def _box(self, mark: Mark, left: float, right: float) -> QRectF:
        top = 3.0 + (FINDINGS if mark.kind == "finding" else EVENTS) * ROW_PX
        return QRectF(left, top, right - left, ROW_PX - 3)

    def painted(self) -> list[tuple[Mark, QRectF]]:
        """What is seen, each look once at a place: of those that would cover each other the last one."""
        lefts, rights = self._boxes()
        seen = np.flatnonzero((rights >= self._edges[0]) & (lefts <= self._edges[1]))[::-1]
        cells = np.stack([self._marks.look[seen], lefts[seen] // LEAST_PX, rights[seen] // LEAST_PX], axis=1)
        _, first = np.unique(cells, axis=0, return_index=True)
        shown = np.sort(seen[first]).tolist()
        return [
            (self._marks.every[one], self._box(self._marks.every[one], lefts[one], rights[one]))
            for one in shown
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(QFont(FONT_FAMILY, CHART_PT))  # its rows do not grow with the body's
        left, right = self._edges
        painter.fillRect(self.rect(), QColor(self._theme.ground))
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawLine(QPointF(left, 0.5), QPointF(right, 0.5))
        painter.drawLine(QPointF(left, 1.5 + ROW_PX), QPointF(right, 1.5 + ROW_PX))
        painter.setClipRect(QRectF(left, 0, right - left, self.height()))
        for mark, box in self.painted():
            self._paint(painter, mark, box)
        painter.end()

    def _paint(self, painter: QPainter, mark: Mark, box: QRectF) -> None:
        colour = QColor(self._theme.status[mark.status])
        if mark.kind == "finding":
            shade = QColor(colour)
            shade.setAlpha(60)
            painter.setPen(QPen(colour, 1))
            painter.setBrush(shade)
            painter.drawRect(box)
            paint_status(
                painter, QRectF(max(box.left(), self._edges[0]) + 3, box.top() + 2, 8, 8), mark.status, colour
            )
            free = self._free_of_others(mark, box)
            if free.width() > 60:
                painter.setPen(QColor(self._theme.text))
                visible = free.intersected(
                    QRectF(self._edges[0], 0, self._edges[1] - self._edges[0], self.height())
                )
                text_box = visible.adjusted(15, -2, -2, 2)
                text = painter.fontMetrics().elidedText(
                    mark.text, Qt.TextElideMode.ElideRight, int(text_box.width())
                )
                painter.drawText(text_box, Qt.AlignmentFlag.AlignVCenter, text)
        elif mark.kind in ("stop", "trip"):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRect(box.adjusted(0, 2, 0, -2))
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(QColor(self._theme.ground) if mark.kind == "note" else colour)
            self._flag(painter, mark.kind, box)

    def _free_of_others(self, mark: Mark, box: QRectF) -> QRectF:
        """The part of a finding's box before the next finding begins: its name is written there."""
        end = min(box.right(), self._px(self._marks.next_finding(mark.x)))
        return QRectF(box.left(), box.top(), end - box.left(), box.height())

    @staticmethod
    def _flag(painter: QPainter, kind: str, box: QRectF) -> None:
        x, top, bottom = box.center().x(), box.top(), box.bottom()
        if kind == "test":  # a drop
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(x, top),
                        QPointF(x + 4, bottom - 3),
                        QPointF(x, bottom),
                        QPointF(x - 4, bottom - 3),
                    ]
                )
            )
        elif kind == "note":  # a sheet
            painter.drawRect(QRectF(x - 4, top + 1, 8, bottom - top - 2))
            painter.drawLine(QPointF(x - 2, top + 4), QPointF(x + 2, top + 4))
        else:  # a flag
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
            painter.drawPolygon(QPolygonF([QPointF(x, top), QPointF(x + 6, top + 3), QPointF(x, top + 6)]))

    def mark_at(self, point: QPointF) -> Mark | None:
        """The last one, which lies above."""
        lefts, rights = self._boxes()
        under = np.flatnonzero((lefts - 2 <= point.x()) & (rights + 2 >= point.x()))[::-1]
        for one in under.tolist():
            box = self._box(self._marks.every[one], lefts[one], rights[one])
            if box.adjusted(-2, -2, 2, 2).contains(point):
                return self._marks.every[one]
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_at(event.position())
        if mark is not None:
            self.chosen.emit(mark)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self.mark_at(QPointF(event.pos()))
            if mark is not None:
                QToolTip.showText(event.globalPos(), mark.text, self)
                return True
        return super().event(event)
