"""What the well gave by its books, over all its time, and in words."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.analysis.wells.produced import DAY_US, Produced
from app.core.texts import with_unit
from app.models.store.trends import break_at_gaps
from app.reports import produced_words
from app.views import widgets
from app.views.context import Context
from app.views.plots.xy_chart import Series, XYChart

HIGH_PX = 190
GAP_US = 62 * DAY_US
"""Nothing is drawn over two months of which nothing is told."""
DRAWN = ("liquid", "oil", "injected")


class ProductionPanel(QWidget):
    """Shown where there is any."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        speaker = context.speaker
        self.chart = XYChart(
            context.theme,
            speaker.language,
            "",
            with_unit(self.tr("Rate"), speaker.unit("rate")),
            time=speaker.zone,
        )
        self.chart.setMinimumHeight(HIGH_PX)
        self._words = widgets.text("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widgets.heading(self.tr("Production")))
        layout.addWidget(self._words)
        layout.addWidget(self.chart, 1)
        self.hide()

    def tell(self, found: Produced | None) -> None:
        self.setVisible(found is not None)
        if found is None:
            return
        speaker, theme = self._context.speaker, self._context.theme
        unit = speaker.units.unit("rate")
        names = {"liquid": self.tr("liquid"), "oil": self.tr("oil"), "injected": self.tr("water injected")}
        lone, shown = len(found) == 1, list[Series]()
        for n, name in enumerate(DRAWN):
            if np.isfinite(found.rates[name]).any():
                x, rate = break_at_gaps(found.middles_us, found.rates[name], GAP_US)
                series = Series(names[name], x.astype(float), unit.from_si(rate), theme.pen(n), points=lone)
                shown.append(series)
        self.chart.show_series(shown)
        self.chart.setVisible(bool(shown))
        self._words.setText(" ".join(produced_words.lines(found, speaker)))
