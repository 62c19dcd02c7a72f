"""Where the wells stand, as a drawing: each with the shape and colour of how it does, a click opens it.
Without tiles and without a network.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.models.overview import WellRow
from app.reports import wording
from app.services.tasks.route import Place
from app.views.context import Context
from app.views.shapes import paint_status

MARGIN_PX, MARK_PX, REACH_PX, GLOVE_REACH_PX = 56, 16, 16, 24
FEWEST_M = 50.0
"""A field of one well, or of wells at one place, is so wide."""
ROUND = (1, 2, 5)


class WellMap(QWidget):
    chosen = Signal(WellRow)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: list[WellRow] = []
        self._places: dict[int, Place] = {}
        self._left_out = 0
        self.setAccessibleName(self.tr("Map of the wells; the same wells stand in the table"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setMouseTracking(True)

    def show_wells(self, rows: list[WellRow], places: dict[int, Place]) -> None:
        self._rows = [row for row in rows if int(row.status.well.id) in places]
        self._places, self._left_out = places, len(rows) - len(self._rows)
        self.setAccessibleDescription(self.left_out_words())
        self.update()

    def left_out_words(self) -> str:
        if not self._rows:
            return self.tr("No well has coordinates yet: they come with a file or a form of coordinates.")
        if self._left_out:
            return self.tr("Without coordinates: {count}").format(count=self._left_out)
        return ""

    # ---- where it is drawn ---------------------------------------------------------------------------------

    def _scale(self) -> tuple[float, float, float]:
        """(pixels a metre, the middle [m]); both ways alike, so that distances can be compared."""
        xs, ys = zip(*(self._places[int(row.status.well.id)] for row in self._rows), strict=True)
        wide, high = max(max(xs) - min(xs), FEWEST_M), max(max(ys) - min(ys), FEWEST_M)
        room_x, room_y = self.width() - 2 * MARGIN_PX, self.height() - 2 * MARGIN_PX
        return max(min(room_x / wide, room_y / high), 1e-9), (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2

    def spot(self, row: WellRow) -> QPointF:
        """North is up."""
        scale, middle_x, middle_y = self._scale()
        x, y = self._places[int(row.status.well.id)]
        return QPointF(self.width() / 2 + (x - middle_x) * scale, self.height() / 2 - (y - middle_y) * scale)

    def row_at(self, at: QPointF) -> WellRow | None:
        reach = GLOVE_REACH_PX if self._context.workspace.settings["glove_mode"] else REACH_PX
        near = [(math.dist(self.spot(row).toTuple(), at.toTuple()), n) for n, row in enumerate(self._rows)]
        distance, number = min(near, default=(math.inf, 0))
        return self._rows[number] if distance <= reach else None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._context.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.text))
        words = self.left_out_words()
        if words:
            where = Qt.AlignmentFlag.AlignBottom if self._rows else Qt.AlignmentFlag.AlignTop
            inside = self.rect().adjusted(8, 8, -8, -8)
            painter.drawText(inside, where | Qt.AlignmentFlag.AlignLeft, words)
        if self._rows:
            self._draw_wells(painter)
            self._draw_measure(painter)
        painter.end()

    def _draw_wells(self, painter: QPainter) -> None:
        """A name that has no room beside another one is told by the tooltip."""
        metrics = painter.fontMetrics()
        spots = [(row, self.spot(row)) for row in self._rows]
        taken = [_mark(at) for _, at in spots]
        for row, at in spots:
            status = row.status.status
            paint_status(painter, _mark(at), status, QColor(self._context.theme.status[status]))
            painter.setPen(QColor(self._context.theme.text))
            name = row.status.well.name
            wide, high = metrics.horizontalAdvance(name) + 2, metrics.height()
            box = QRectF(at.x() + MARK_PX / 2 + 3, at.y() - high / 2, wide, high)
            if not any(box.intersects(other) for other in taken):
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
                taken.append(box)

    def _draw_measure(self, painter: QPainter) -> None:
        """How long a distance is, at the lower right corner."""
        scale, _, _ = self._scale()
        metres = measure(150 / scale)
        long, right, bottom = metres * scale, self.width() - 16, self.height() - 14
        painter.drawLine(QPointF(right - long, bottom), QPointF(right, bottom))
        words = self._context.speaker.quantity(metres, "length", digits=0)
        box = QRectF(right - 300, bottom - 22, 300, 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    # ---- by the mouse --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position())
        if row is not None:
            self.chosen.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.row_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
            return super().event(event)
        row = self.row_at(QPointF(event.pos()))
        QToolTip.showText(event.globalPos(), "" if row is None else self.told(row), self)
        return True

    def told(self, row: WellRow) -> str:
        speaker, well = self._context.speaker, row.status.well
        worst = wording.worst_line(row, speaker) if row.worst else speaker.say(f"status.{row.status.status}")
        return f"{well.name} · {well.pad} · {worst}" if well.pad else f"{well.name} · {worst}"


def _mark(at: QPointF) -> QRectF:
    return QRectF(at.x() - MARK_PX / 2, at.y() - MARK_PX / 2, MARK_PX, MARK_PX)


def measure(most_m: float) -> float:
    """The longest round length that is not longer than that."""
    power = 10.0 ** math.floor(math.log10(max(most_m, 1e-6)))
    return max(step * power for step in ROUND if step * power <= most_m * (1 + 1e-9))
