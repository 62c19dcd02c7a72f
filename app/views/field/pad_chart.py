"""The wells of a pad on one time line: a row a well, a bar an episode. What strikes several at once stands in
one column.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from app.core.clock import from_us, to_us
from app.models.findings import Finding
from app.reports import wording
from app.reports.blocks import Block, Timeline
from app.services.wells.dashboard import PadLine
from app.views import widgets
from app.views.context import Context
from app.views.plots.look import MONTHS

NAMES_PX, ROW_PX, AXIS_PX = 86, 26, 24
LEAST_ROWS = 4
DAY_US = 86_400_000_000
STEPS_DAYS = (1, 2, 7, 14, 30, 91)


class PadChart(QWidget):
    """The rows; `PadPane` has their time line below them."""

    finding_chosen = Signal(Finding)
    laid = Signal()  # other rows, or another width: moments stand elsewhere

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines: list[PadLine] = []
        self._span: tuple[int, int] | None = None
        self._bars: list[tuple[QRectF, Finding]] = []
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Episodes of the pad over time"))

    def show_lines(self, lines: list[PadLine], span: tuple[int, int] | None) -> None:
        self._lines, self._span = lines, span
        self.setFixedHeight(self.sizeHint().height())
        self.update()
        self.laid.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.laid.emit()

    def clippings(self) -> list[tuple[str, Block]]:
        """A row a well, for a report."""
        if self._span is None:
            return []
        rows = tuple(
            (
                line.status.well.name,
                number,
                tuple((f.from_at.timestamp(), f.to_at.timestamp()) for f in line.episodes),
            )
            for number, line in enumerate(self._lines)
        )
        return [("", Timeline(self._span[0] / 1e6, self._span[1] / 1e6, rows))]

    def sizeHint(self) -> QSize:
        return QSize(400, len(self._lines) * ROW_PX)

    def bars(self) -> list[tuple[QRectF, Finding]]:
        return self._bars

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._context.theme
        painter.fillRect(self.rect(), QColor(theme.ground))
        self._bars = []
        if self._span is None:
            painter.end()
            return
        painter.setPen(QPen(QColor(theme.grid), 1))
        for x, _ in self.days():
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        for number, line in enumerate(self._lines):
            top = number * ROW_PX
            painter.setPen(QColor(theme.text))
            painter.drawText(
                QRectF(4, top, NAMES_PX - 8, ROW_PX), Qt.AlignmentFlag.AlignVCenter, line.status.well.name
            )
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(NAMES_PX, top + ROW_PX - 0.5), QPointF(self.width(), top + ROW_PX - 0.5))
            for finding in reversed(line.episodes):
                self._paint_bar(painter, finding, top)
        painter.end()

    def _x(self, time_us: int) -> float:
        assert self._span is not None
        first, last = self._span
        return NAMES_PX + (time_us - first) / max(last - first, 1) * (self.width() - NAMES_PX - 8)

    def days(self) -> Iterator[tuple[float, str]]:
        """Where days of the time line stand, and their names, as many as there is room for."""
        if self._span is None:
            return
        first, last = self._span
        room, speaker = self.width() - NAMES_PX, self._context.speaker
        every = next((days for days in STEPS_DAYS if (last - first) / (days * DAY_US) * 90 <= room), 182)
        for day in speaker.zone.days(from_us(first), from_us(last), every):
            at = speaker.zone.local(day)
            yield self._x(to_us(day)), f"{at.day} {MONTHS[speaker.language][at.month - 1]}"

    def _paint_bar(self, painter: QPainter, finding: Finding, top: float) -> None:
        left, right = self._x(to_us(finding.from_at)), self._x(to_us(finding.to_at))
        bar = QRectF(max(left, NAMES_PX), top + 5, max(right - left, 4.0), ROW_PX - 10)
        colour = QColor(
            self._context.theme.status["idle" if finding.severity == "info" else finding.severity]
        )
        colour.setAlpha(255 if finding.severity == "stop" else 190)
        painter.fillRect(bar, colour)
        self._bars.append((bar, finding))

    def _at(self, point: QPointF) -> Finding | None:
        return next(
            (finding for bar, finding in reversed(self._bars) if bar.adjusted(-2, -4, 2, 4).contains(point)),
            None,
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        finding = self._at(event.position())
        if finding is not None:
            self.finding_chosen.emit(finding)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            finding = self._at(QPointF(event.pos()))
            if finding is not None:
                speaker = self._context.speaker
                QToolTip.showText(
                    event.globalPos(),
                    f"{wording.finding_title(finding, speaker)}\n{wording.period_words(finding, speaker)}",
                    self,
                )
            else:
                QToolTip.hideText()
            return True
        return super().event(event)


class PadPane(QWidget):
    """The rows, scrolled where a pad has more of them than there is room for, and their days, always in
    sight.
    """

    def __init__(self, context: Context, chart: PadChart) -> None:
        super().__init__()
        self._chart = chart
        axis = _Days(context, chart)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(widgets.scrolled(chart), 1)
        layout.addWidget(axis)
        chart.laid.connect(axis.update)
        chart.laid.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        rows_px = self._chart.sizeHint().height()
        self.setMinimumHeight(min(rows_px, LEAST_ROWS * ROW_PX) + AXIS_PX)
        self.setMaximumHeight(rows_px + AXIS_PX)


class _Days(QWidget):
    def __init__(self, context: Context, chart: PadChart) -> None:
        super().__init__()
        self._context, self._chart = context, chart
        self.setFixedHeight(AXIS_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._context.theme
        painter.fillRect(self.rect(), QColor(theme.ground))
        painter.setPen(QColor(theme.text))
        for x, name in self._chart.days():
            painter.drawText(QRectF(x - 45, 0, 90, AXIS_PX), Qt.AlignmentFlag.AlignCenter, name)
        painter.end()
