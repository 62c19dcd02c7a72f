"""Lab: what flows. Results of the well's samples, and how a parameter went over time."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.clock import to_us
from app.core.texts import with_unit
from app.models.kinds.lab import PARAMETERS
from app.models.records import FiledRecord
from app.reports import record_words
from app.views.calm import ChoiceBox
from app.views.context import Context
from app.views.plots.xy_chart import Series, XYChart
from app.views.records.panel import RecordsPanel
from app.views.rows import Column


class LabPage(QWidget):
    key = "lab"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: list[FiledRecord] = []
        empty = self.tr("No analyses yet. Drop the laboratory's file on the window, or add a sample.")
        self.panel = RecordsPanel(context, ("lab_result",), self._columns(), self.tr("Lab"), empty)
        self.panel.add_button(self.tr("Add a sample…"), "lab_result")
        self.parameter = ChoiceBox()
        self.parameter.setAccessibleName(self.tr("Parameter of the chart"))
        self.chart = XYChart(context.theme, context.speaker.language, "", "", time=context.speaker.zone)
        self._chart_box = QWidget()
        under = QVBoxLayout(self._chart_box)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.parameter)
        under.addWidget(self.chart, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self.panel, 3)
        layout.addWidget(self._chart_box, 2)
        self.panel.shown.connect(self._shown)
        self.parameter.currentIndexChanged.connect(self._draw)

    def _columns(self) -> list[Column]:
        s = self._context.speaker

        def value(key: str) -> Column:
            titles = {
                "sample": self.tr("Sample no."),
                "point": self.tr("Sampling point"),
                "lab": self.tr("Laboratory"),
                "method": self.tr("Method"),
            }
            return Column(
                titles[key],
                lambda r: str(r.record.values.get(key, "")),
                lambda r: str(r.record.values.get(key, "")),
                optional=True,
                tip=lambda r: str(r.record.values.get(key, "")),
            )

        return [
            Column(self.tr("Sampled"), lambda r: s.dated(r.record.at), lambda r: r.record.at),
            Column(self.tr("Parameter"), self._name, self._name, stretch=True, share=0.3, tip=self._name),
            Column(
                self.tr("Result"),
                lambda r: record_words.result_words(r.record, s),
                lambda r: r.record.values.get("value"),
                number=True,
                colour=self._colour,
            ),
            Column(self.tr("Unit"), self._unit, self._unit),
            value("sample"),
            value("point"),
            value("lab"),
            value("method"),
        ]

    def _name(self, row: FiledRecord) -> str:
        return self._context.speaker.say(f"lab.{row.record.values.get('parameter', '')}")

    def _unit(self, row: FiledRecord) -> str:
        """As printed, in the reader's letters."""
        return record_words.lab_unit(row.record, self._context.speaker)

    def _colour(self, row: FiledRecord) -> str | None:
        """What cannot be is marked: most often a wrong unit."""
        key, value = row.record.values.get("parameter"), row.record.values.get("value")
        if key not in PARAMETERS or value is None:
            return None
        return None if PARAMETERS[key].minimum <= value <= PARAMETERS[key].maximum else "act"

    @Slot(list)
    def _shown(self, rows: list[FiledRecord]) -> None:
        self._rows = rows
        there = dict.fromkeys(
            str(row.record.values.get("parameter"))
            for row in rows
            if row.record.values.get("value") is not None
        )
        chosen = self.parameter.currentData()
        self.parameter.blockSignals(True)
        self.parameter.clear()
        for key in there:
            unit = PARAMETERS[key].unit_label(self._context.speaker.language) if key in PARAMETERS else ""
            self.parameter.addItem(with_unit(self._context.speaker.say(f"lab.{key}"), unit), key)
        self.parameter.setCurrentIndex(max(self.parameter.findData(chosen), 0))
        self.parameter.blockSignals(False)
        self._chart_box.setVisible(bool(there))
        self._draw()

    @Slot()
    def _draw(self, *_: object) -> None:
        key = self.parameter.currentData()
        mine = [
            row.record
            for row in self._rows[::-1]
            if row.record.values.get("parameter") == key and row.record.values.get("value") is not None
        ]
        x = np.array([to_us(record.at) for record in mine], float)
        y = np.array([record.values["value"] for record in mine], float)
        below = np.array([bool(record.values.get("qualifier")) for record in mine], bool)
        theme = self._context.theme
        own = next((one for one in PARAMETERS if one.key == key), None)
        # The list above names the parameter; along a low axis its name would not fit.
        self.chart.titles("", own.unit_label(self._context.speaker.language) if own is not None else "")
        self.chart.show_series(
            [
                Series(self.tr("result"), x[~below], y[~below], theme.pen(0), points=True),
                Series(
                    self.tr("limit of detection"), x[below], y[below], theme.suspect, points=True, line=False
                ),
            ]
        )

    def open(self, argument: object) -> None:
        """Nothing to show but the page itself."""
