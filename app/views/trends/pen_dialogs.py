"""What the trends open about pens: those computed of others, and pens laid over each other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.views.context import Context
from app.views.period import Window
from app.views.plots.time_chart import TimeChart
from app.views.trends.compare_dialog import CompareDialog
from app.views.trends.computed_dialog import ComputedDialog
from app.views.trends.limits_dialog import LimitsDialog
from app.views.trends.pens import Pens


class PenDialogs(QObject):
    changed = Signal()  # the computed pens of the field

    def __init__(self, context: Context, chart: TimeChart, pens: Pens, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._chart, self._pens, self._page = context, chart, pens, page
        self.computed: ComputedDialog | None = None
        self.compared: CompareDialog | None = None
        self.limits: LimitsDialog | None = None
        chart.computed_wanted.connect(self.open_computed)
        chart.compare_wanted.connect(self.open_compare)
        chart.limits_wanted.connect(self.open_limits)

    @Slot()
    def open_computed(self) -> None:
        if self._context.well is not None:
            self.computed = ComputedDialog(self._context, self._context.well, self._page)
            self.computed.changed.connect(self._changed)
            self.computed.open()

    @Slot(str)
    def _changed(self, key: str) -> None:
        """It is drawn once the well's pens were read again."""
        self._pens.wanted = key
        self.changed.emit()

    @Slot()
    def open_compare(self) -> None:
        window, well = self._chart.window_us(), self._context.well
        if window is not None and well is not None:
            pens = self._pens.all()
            self.compared = CompareDialog(self._context, well, pens, Window(*window), self._page)
            self.compared.open()

    @Slot()
    def open_limits(self) -> None:
        self.limits = LimitsDialog(self._chart, self._page)
        self.limits.open()
