"""Gearbox torque over the turn of the crank: as it is, and as it would be with the best counterbalance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.views import widgets
from app.views.cards.presenter import AnalysedCard
from app.views.context import Context
from app.views.plots.line_chart import Line, LineChart
from app.views.plots.look import legend_words


class TorquePanel(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        speaker = context.speaker
        self.chart = LineChart(
            context.theme,
            speaker.language,
            speaker.say("axis.crank"),
            f"{speaker.say('axis.torque')}, {speaker.unit('torque')}",
        )
        self.chart.setFixedHeight(300)
        self.legend = QLabel()
        self.legend.setWordWrap(True)
        self.words = widgets.text("")
        self._empty = widgets.muted(
            self.tr("The dimensions of the pumping unit are not entered: its torque cannot be had.")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 0, 6, 0)
        layout.addWidget(self.legend)
        layout.addWidget(self.chart)
        layout.addWidget(self.words)
        layout.addWidget(self._empty)
        layout.addStretch(1)

    def showing(self, item: AnalysedCard) -> Iterator[None]:
        torque = item.analysis.torque
        widgets.show_one(torque is not None, (self.chart, self.words, self.legend), self._empty)
        if torque is None:
            return
        speaker, theme = self._context.speaker, self._context.theme
        unit = speaker.units.unit("torque")
        degrees = np.degrees(torque.crank_rad)
        lines = [
            Line(speaker.say("torque.rods"), degrees, unit.from_si(torque.rod_n_m), theme.pen(7)),
            Line(
                speaker.say("torque.counterbalance"),
                degrees,
                unit.from_si(torque.counterbalance_n_m),
                theme.pen(2),
                dash=True,
            ),
            Line(speaker.say("torque.balanced"), degrees, unit.from_si(torque.balanced_n_m), theme.pen(0)),
        ]
        if torque.existing_n_m is not None:
            lines.append(
                Line(speaker.say("torque.existing"), degrees, unit.from_si(torque.existing_n_m), theme.pen(1))
            )
        self.legend.setText(
            legend_words((line.colour, "╌╌" if line.dash else "—", line.name) for line in lines)
        )
        yield
        rating = item.analysis.card.bore.unit.get("gearbox_rating_n_m")
        self.chart.show_lines(lines, [float(unit.from_si(float(rating)))] if rating else [])
        self.words.setText("\n".join(self._sentences(item)))

    def _sentences(self, item: AnalysedCard) -> list[str]:
        torque, speaker = item.analysis.torque, self._context.speaker
        assert torque is not None
        said = [
            f"— {speaker.say('torque.balanced')}: {speaker.quantity(torque.balanced_peak_n_m, 'torque')}, "
            f"{speaker.say('torque.best_moment').lower()} "
            f"{speaker.quantity(torque.best_moment_n_m, 'torque')}"
        ]
        if torque.peak_n_m is None:
            said.append(self.tr("The counterweights' moment is not entered: only the best balance is shown."))
        else:
            said.append(f"— {speaker.say('torque.existing')}: {speaker.quantity(torque.peak_n_m, 'torque')}")
        return said
