"""Findings and figures of the newest chosen card; figures that have a limit carry a traffic light."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.limits import light, worst_goodman
from app.reports.record_words import sources_line
from app.reports.sections.card import figures
from app.reports.wording import remark_line
from app.views import widgets
from app.views.cards.presenter import AnalysedCard
from app.views.context import Context
from app.views.finding_box import FindingBox
from app.views.shapes import status_pixmap


class FindingsPanel(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.boxes = QVBoxLayout(self)
        self.boxes.setContentsMargins(6, 0, 6, 0)

    def showing(self, item: AnalysedCard) -> Iterator[None]:
        with widgets.all_at_once(self):
            yield from self._filled(item)

    def _filled(self, item: AnalysedCard) -> Iterator[None]:
        yield from widgets.clearing(self.boxes)
        for finding in item.findings:
            box = FindingBox(self._context, finding, compact=False)
            box.show_button.hide()
            self.boxes.addWidget(box)
            yield
        for remark in item.analysis.remarks:
            self.boxes.addWidget(
                widgets.muted(remark_line(remark.code, remark.details, self._context.speaker))
            )
        self.boxes.addStretch(1)


class FiguresPanel(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._way = QBoxLayout.Direction.LeftToRight
        self._pairs: list[QBoxLayout] = []
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(6, 0, 6, 0)

    def stack_figures(self, stacked: bool) -> None:
        """Each figure under its name: side by side they would be cut in a narrow panel."""
        way = QBoxLayout.Direction
        self._way = way.TopToBottom if stacked else way.LeftToRight
        for pair in self._pairs:
            pair.setDirection(self._way)

    def showing(self, item: AnalysedCard) -> Iterator[None]:
        with widgets.all_at_once(self):
            yield from self._filled(item)

    def _filled(self, item: AnalysedCard) -> Iterator[None]:
        yield from widgets.clearing(self.rows)
        self._pairs = []
        lights = _lights(item.analysis, self._context)
        for name, value in figures(item.analysis, self._context.speaker):
            row = QHBoxLayout()
            mark = QLabel()
            mark.setFixedWidth(16)
            if lights.get(name):
                mark.setPixmap(status_pixmap(lights[name], self._context.theme))
            row.addWidget(mark)
            pair = QBoxLayout(self._way)
            pair.addWidget(widgets.muted(name), 1)
            # An interval stands under its figure: beside it both are wider than the panel of a small window.
            figure = widgets.text(value.replace(" (", "\n("))
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            figure.setWordWrap(False)
            pair.addWidget(figure)
            row.addLayout(pair, 1)
            self._pairs.append(pair)
            self.rows.addLayout(row)
            yield
        self.rows.addWidget(widgets.muted(sources_line(item.computed_with, self._context.speaker)))
        self.rows.addStretch(1)


def _lights(analysis: CardAnalysis, context: Context) -> dict[str, str]:
    """Name as shown → status."""
    say, measures = context.speaker.say, analysis.measures
    gearbox = measures["gearbox"] or {}
    lights = {
        say("measure.fillage"): light("fillage", measures["fillage"]),
        say("measure.system_efficiency"): light("system_efficiency", measures["system_efficiency"]),
        say("measure.beam_load_fraction"): light("beam_load_fraction", measures["beam_load_fraction"]),
        say("measure.gearbox_fraction"): light("load_fraction", gearbox.get("load_fraction")),
    }
    for number, rod in enumerate(measures["rods"] or [], 1):
        lights[say("measure.goodman", number=number)] = light("goodman_fraction", rod["goodman_fraction"])
    lights[say("measure.goodman_fraction")] = light("goodman_fraction", worst_goodman(analysis))
    return lights
