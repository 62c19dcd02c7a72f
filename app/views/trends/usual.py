"""What a pen usually shows in the mode the pump is run in, laid under it; and the pens that belong to a
condition.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.models.sensors import SENSORS
from app.services.diagnosis.baselines import TEMPLATES, UsualBand
from app.views.context import Context
from app.views.plots.time_chart import TimeChart
from app.views.trends.presenter import FetchedBands, TrendsPresenter


class Usual(QObject):
    template_chosen = Signal(str)

    def __init__(self, context: Context, chart: TimeChart, presenter: TrendsPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._chart, self._presenter = context, chart, presenter
        self.button = QToolButton(text=self.tr("Usual"), checkable=True)
        self.button.setToolTip(self.tr("The band that each pen keeps to in this mode when all is well"))
        self.templates = QToolButton(text=self.tr("Show for…"))
        self.templates.setToolTip(self.tr("The sensors that matter for a condition"))
        self.templates.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.templates.setMenu(self._menu())
        self.button.toggled.connect(self._toggled)
        presenter.bands_ready.connect(self._ready)

    def _menu(self) -> QMenu:
        menu = QMenu(self.templates)
        for code in TEMPLATES:
            action = QAction(self._context.speaker.say(f"finding.{code}"), menu)
            action.setData(code)
            action.triggered.connect(self._chosen)
            menu.addAction(action)
        return menu

    @Slot()
    def _chosen(self) -> None:
        self.template_chosen.emit(self.sender().data())  # type: ignore[attr-defined]

    def renew(self) -> None:
        """Other pens, or another well: their bands, if they are wanted."""
        if self.button.isChecked() and self._context.well is not None:
            self._presenter.load_bands(self._context.well)

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        if on:
            self.renew()
        else:
            self._lay({})

    @Slot(FetchedBands)
    def _ready(self, bands: FetchedBands) -> None:
        if self.button.isChecked():
            self._lay(bands.by_pen)

    def _lay(self, bands: dict[str, UsualBand]) -> None:
        units, empty = self._context.speaker.units, np.empty(0)
        for key in self._chart.traces:
            if key not in SENSORS:  # of what is computed nobody knows what is usual
                continue
            band, unit = bands.get(key), units.unit(SENSORS[key].quantity)
            if band is None:
                self._chart.lay_band(key, np.empty(0, np.int64), empty, empty)
            else:
                self._chart.lay_band(key, band.time_us, unit.from_si(band.low), unit.from_si(band.high))
