"""What models gave for the well beside what was measured: a table that is there only where a model spoke."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.analysis.wells.model_curves import ModelCase
from app.analysis.wells.modelled import ModelResults
from app.reports import curve_words, model_words
from app.views import widgets
from app.views.context import Context
from app.views.rows import Column, RowsTable

TALL_PX = 110


class ModelsPanel(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._speaker = context.speaker
        self.table = RowsTable(context, self._columns(), self.tr("Models and measurements"), "models")
        self.table.setMaximumHeight(TALL_PX)
        self.left = widgets.muted()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widgets.heading(self.tr("Models and measurements")))
        layout.addWidget(self.table)
        layout.addWidget(self.left)
        self.hide()

    def _columns(self) -> list[Column]:
        return [
            Column(self.tr("Case"), lambda r: r.case, lambda r: r.case, stretch=True),
            Column(self.tr("Quantity"), lambda r: r.of, lambda r: r.of),
            Column(self.tr("Last"), lambda r: r.last, lambda r: r.last),
            Column(self.tr("Model less measured"), lambda r: r.off, lambda r: r.off),
            Column(self.tr("Compared"), lambda r: r.compared, lambda r: r.compared),
            Column(self.tr("Grows in 30 d"), lambda r: r.drift, lambda r: r.drift),
        ]

    def tell(self, results: ModelResults, cases: tuple[ModelCase, ...]) -> None:
        rows = curve_words.rows(cases, self._speaker) + model_words.rows(results, self._speaker)
        left = curve_words.left(cases, self._speaker) + model_words.left(results, self._speaker)
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.left.setText("\n".join(left))
        self.left.setVisible(bool(left))
        self.setVisible(bool(rows or left))
