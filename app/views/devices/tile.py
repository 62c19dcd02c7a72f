"""One value of a device: its name, the number as large as can be read at the pad, its course and its age."""

from __future__ import annotations

import math
import time
from collections import deque

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.devices.live import Live
from app.devices.profile import POLLS, Register
from app.models.sensors import SENSORS
from app.services.devices.words import name_words, value_words
from app.views import widgets
from app.views.context import Context
from app.views.shapes import status_pixmap

KEPT = 240
OLD = 3.0
"""So many times its own interval without an answer, and a value is old."""
BIG = 1.7


class Course(QWidget):
    """The last values as a line, without axes: whether it rises or falls."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._values: deque[float] = deque(maxlen=KEPT)
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, value: float) -> None:
        self._values.append(value)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(90, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        there = [(i, value) for i, value in enumerate(self._values) if math.isfinite(value)]
        if len(there) < 2:
            return
        low, high = min(v for _, v in there), max(v for _, v in there)
        span, wide = (high - low) or 1.0, self.width() - 2
        step = wide / (len(self._values) - 1)
        points = [QPointF(1 + i * step, 2 + (self.height() - 4) * (1 - (v - low) / span)) for i, v in there]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._context.theme.accent), 1.4))
        painter.drawPolyline(QPolygonF(points))
        painter.end()


class Tile(QFrame):
    def __init__(self, context: Context, register: Register, lift: str) -> None:
        super().__init__()
        self._context, self._register = context, register
        self._heard_s: float | None = None
        self._status = ""
        self.setProperty("card", True)
        self.mark, self.value = QLabel(), widgets.strong()
        font = self.value.font()
        font.setPointSizeF(font.pointSizeF() * BIG)
        self.value.setFont(font)
        self.age = widgets.muted(wrap=False)
        self.course = Course(context)
        name = widgets.ElidedLabel()
        name.setText(name_words(register, context.speaker, lift))
        name.setToolTip(name.text())
        top = QHBoxLayout()
        top.addWidget(self.mark)
        top.addWidget(name, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.course, 1)
        bottom.addWidget(self.age)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self.value)
        layout.addLayout(bottom)
        self.setMinimumWidth(150)
        self.setAccessibleName(name.text())
        self.grow_old()

    def hear(self, live: Live) -> None:
        refused = live.fault is not None
        words = value_words(live, self._context.speaker)
        self.value.setText("—" if refused else words)
        self.setToolTip(words if refused else self._outside(live))
        self._heard_s = time.monotonic()
        self.course.add(live.si)
        self._show(
            "stop" if refused else "none" if not live.there else "watch" if self._outside(live) else "ok"
        )
        self.setAccessibleDescription(words)
        self.grow_old()

    def grow_old(self) -> None:
        """How long ago it was said, and whether that is too long."""
        if self._heard_s is None:
            self.value.setText("—")
            self._show("none")
            return
        seconds = time.monotonic() - self._heard_s
        every_s = POLLS[self._register.poll]
        if every_s and seconds > OLD * every_s:
            self._show("idle")
        self.age.setText(self.tr("{seconds} s ago").format(seconds=int(seconds)) if every_s else "")

    def _outside(self, live: Live) -> str:
        """What is wrong with the value by what its sensor can be."""
        if live.register.sensor not in SENSORS or not live.there:
            return ""
        sensor = SENSORS[live.register.sensor]
        if sensor.minimum <= live.si <= sensor.maximum:
            return ""
        return self.tr("Outside what this sensor can say: check scale and unit in the profile")

    def _show(self, status: str) -> None:
        if status != self._status:
            self._status = status
            self.mark.setPixmap(status_pixmap(status, self._context.theme))
