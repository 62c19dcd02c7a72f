"""The well drawn as it stands: head, annulus with its level, tubing, pump; beside each what was last."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.models.overview import LastValue
from app.services.wells.sketch import Sketch
from app.views.context import Context
from app.views.unbroken import with_its_figure

WIDTH_PX, TOP_PX, BOTTOM_PX = 44, 22, 10
LEAST_LINES = 9


class WellSketch(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._sketch: Sketch | None = None
        self._line = self.fontMetrics().lineSpacing()
        self.setMinimumHeight(LEAST_LINES * self._line + TOP_PX)
        self.setAccessibleName(self.tr("Sketch of the well"))
        self.hide()

    def show_of(self, sketch: Sketch | None) -> None:
        self._sketch = sketch
        self.setVisible(sketch is not None)
        self.setAccessibleDescription("\n".join(words for _, words in self.labels()))
        self.setToolTip(self.accessibleDescription())
        if sketch is not None:
            lines = len(self.labels()) + 2
            self.setMinimumHeight(max(LEAST_LINES, lines) * self._line + TOP_PX)
        self.update()

    def labels(self) -> list[tuple[float, str]]:
        """(depth [m], what stands beside it), from above."""
        sketch, speaker = self._sketch, self._context.speaker
        if sketch is None:
            return []
        found = [(0.0, self._told(value)) for value in sketch.head]
        if sketch.level_m is not None:
            depth = speaker.quantity(sketch.level_m, "length", digits=0)
            when = speaker.dated(sketch.level_at)
            found.append(
                (sketch.level_m, self.tr("Dynamic level {depth}, {moment}").format(depth=depth, moment=when))
            )
        if sketch.pump_m is not None:
            depth = speaker.quantity(sketch.pump_m, "length", digits=0)
            found.append((sketch.pump_m, self.tr("Pump at {depth}").format(depth=depth)))
        return found + [(sketch.pump_m or sketch.depth_m, self._told(value)) for value in sketch.pump]

    def _told(self, value: LastValue) -> str:
        speaker = self._context.speaker
        lift = self._context.well.lift if self._context.well is not None else ""
        name = value.sensor.name(speaker.language, lift)
        return f"{name}: {speaker.quantity(value.value, value.sensor.quantity)}"

    def paintEvent(self, event: QPaintEvent) -> None:
        sketch = self._sketch
        if sketch is None:
            return
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        well = QRectF(16, TOP_PX, WIDTH_PX, self.height() - TOP_PX - BOTTOM_PX)

        def y(depth_m: float) -> float:
            return well.top() + well.height() * depth_m / sketch.depth_m

        liquid = QColor(theme.pen(0))
        liquid.setAlpha(70)
        if sketch.level_m is not None:
            filled = QRectF(well)
            filled.setTop(y(sketch.level_m))
            painter.fillRect(filled, liquid)
        painter.setPen(QPen(QColor(theme.text), 2))
        painter.drawLine(well.topLeft(), well.bottomLeft())
        painter.drawLine(well.topRight(), well.bottomRight())
        painter.drawLine(int(well.left() - 14), int(well.top()), int(well.right() + 14), int(well.top()))
        tubing = QRectF(well.center().x() - 6, well.top() - 12, 12, 0)
        tubing.setBottom(y(sketch.pump_m or sketch.depth_m))
        painter.setPen(QPen(QColor(theme.muted), 1.5))
        painter.setBrush(QColor(theme.ground))
        painter.drawRect(tubing)
        if sketch.pump_m is not None:
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(QRectF(well.center().x() - 8, y(sketch.pump_m) - 9, 16, 20), 3, 3)
        self._write(painter, [(y(depth), words) for depth, words in self.labels()], well.right())
        painter.end()

    def _write(self, painter: QPainter, labels: list[tuple[float, str]], right: float) -> None:
        """Each as near to its place as those above and below leave room."""
        lowest = self.height() - BOTTOM_PX - self._line * len(labels)
        theme, top = self._context.theme, 0.0
        for place, words in labels:
            at = max(top, min(place - self._line / 2, lowest))
            lowest += self._line
            top = at + self._line
            painter.setPen(QPen(QColor(theme.muted), 1))
            painter.drawLine(int(right + 4), int(place), int(right + 22), int(at + self._line / 2))
            painter.setPen(QColor(theme.text))
            room = QRectF(right + 28, at, self.width() - right - 32, self._line)
            told = with_its_figure(self.fontMetrics(), words, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, told)
