"""The picture beside the words: what the readings did when the worst finding began; without one, the pens
that tell most of the well.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.core.clock import to_us
from app.models.findings import Finding
from app.models.overview import Overview
from app.models.sensors import SENSORS
from app.models.wells import Well
from app.views.context import Context
from app.views.plots.look import legend_words
from app.views.plots.pane import PenSpec
from app.views.plots.time_chart import TimeChart
from app.views.tasks import Task
from app.views.trends.drawing import draw
from app.views.trends.marks import bands_of
from app.views.trends.pens import FIRST_PENS
from app.views.trends.presenter import FetchedTrends, fetch_trends

PENS = 3
PANE_PX = 84
DAY_US = 86_400_000_000
BEFORE, AFTER = 0.5, 0.15
"""Of the finding's own time, but a day at least: how much stands around it."""
WITHOUT_DAYS = 30


class EvidencePicture(QWidget):
    """A click opens the same on the trends. The wheel scrolls the page."""

    wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.finding: Finding | None = None
        self._task: Task | None = None
        speaker = context.speaker
        self.names = QLabel()
        self.names.setTextFormat(Qt.TextFormat.RichText)
        self.names.setWordWrap(True)
        self.chart = TimeChart(context.theme, speaker.language, speaker.zone)
        self.chart.strip.hide()
        self.chart._plots.viewport().installEventFilter(self)
        self.chart.setAccessibleName(self.tr("What the readings did"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.names)
        layout.addWidget(self.chart)
        self.hide()

    def shown_of(self, well: Well, answer: Overview) -> Iterator[None]:
        """Of the worst finding that speaks of readings, else of the well."""
        if self._task is not None:
            self._task.cancel()  # its readings are not those of the panes that come now
        there = [value.sensor.key for value in answer.values]
        speaking = ((one, [e.sensor for e in one.evidence if e.sensor in there]) for one in answer.findings)
        self.finding, keys = next(
            ((one, list(dict.fromkeys(keys))) for one, keys in speaking if keys),
            (None, [key for key in FIRST_PENS if key in there]),
        )
        keys = [str(key) for key in keys[:PENS]]
        window = self._window(answer)
        self.setVisible(bool(keys) and window is not None)
        if not keys or window is None:
            return
        yield from self._drawn(keys, window, well.lift)
        self._task = self._context.runner.start(
            fetch_trends,
            self._context.workspace,
            int(well.id),
            [SENSORS[key].number for key in keys],
            (),
            *window,
            max(self.chart.columns(), 400),
            lane="store",
            purpose="evidence",
            done=self._fetched,
        )

    def _window(self, answer: Overview) -> tuple[int, int] | None:
        if self.finding is not None:
            since, until = to_us(self.finding.from_at), to_us(self.finding.to_at)
            length = max(until - since, DAY_US)
            return since - int(length * BEFORE), until + int(length * AFTER)
        if answer.last_reading_at is None:
            return None
        last = to_us(answer.last_reading_at)
        return last - WITHOUT_DAYS * DAY_US, last

    def _drawn(self, keys: list[str], window: tuple[int, int], lift: str) -> Iterator[None]:
        speaker, theme = self._context.speaker, self._context.theme
        colours = {key: theme.pen(number) for number, key in enumerate(keys)}
        specs = [
            PenSpec(
                key,
                SENSORS[key].name(speaker.language, lift),
                SENSORS[key].quantity,
                speaker.unit(SENSORS[key].quantity),
                colours[key],
                downwards=SENSORS[key].downwards,
            )
            for key in keys
        ]
        self.chart.set_origin(window[0])
        yield from self.chart.laying_pens([[spec] for spec in specs])
        self.chart.set_window_us(*window)
        self.chart.set_bands({} if self.finding is None else bands_of(self.finding, theme))
        self.chart.setFixedHeight(PANE_PX * len(specs) + 24)
        self.names.setText(legend_words((one.colour, "—", one.name) for one in specs))

    @Slot(object)
    def _fetched(self, answer: FetchedTrends) -> None:
        draw(self.chart, answer.by_sensor, self._context.speaker.units)
        self.chart.fit_y()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if event.type() == QEvent.Type.MouseButtonRelease:
                self.wanted.emit()
            return True
        return isinstance(event, QMouseEvent) and bool(event.buttons() & Qt.MouseButton.LeftButton)
