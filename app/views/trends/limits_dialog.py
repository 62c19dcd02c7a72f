"""The scales of the chart with their limits typed; what is not fixed follows its pens."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.views import widgets
from app.views.calm import NumberBox
from app.views.fitted import FittedDialog
from app.views.plots.time_chart import TimeChart

MOST = 1e9


class LimitsDialog(FittedDialog):
    def __init__(self, chart: TimeChart, parent: QWidget) -> None:
        super().__init__(parent)
        self._chart = chart
        self.setWindowTitle(self.tr("Limits of the scales"))
        self.rows: dict[str, tuple[QCheckBox, NumberBox, NumberBox]] = {}
        """By the first pen of each scale."""
        grid = QGridLayout()
        titles = (self.tr("Scale"), self.tr("Fixed"), self.tr("From"), self.tr("To"))
        for column, words in enumerate(titles):
            grid.addWidget(widgets.muted(words, wrap=False), 0, column)
        for key, title, low, high, fixed in chart.scales_now():
            self._add(grid, key, title, low, high, fixed)
        self.state = widgets.text("")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(self.tr("Apply"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addWidget(self.state)
        layout.addWidget(self.buttons)
        self.buttons.accepted.connect(self._apply)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def _add(self, grid: QGridLayout, key: str, title: str, low: float, high: float, fixed: bool) -> None:
        row = grid.rowCount()
        box = QCheckBox()
        box.setAccessibleName(self.tr("Fixed: {scale}").format(scale=title))
        box.setChecked(fixed)
        grid.addWidget(QLabel(title), row, 0)
        grid.addWidget(box, row, 1)
        fields, ends = [], (self.tr("From"), self.tr("To"))
        for column, (value, end) in enumerate(zip((low, high), ends, strict=True), 2):
            field = NumberBox()
            field.setRange(-MOST, MOST)
            field.setDecimals(3)
            field.setValue(value)
            field.setAccessibleName(f"{title}: {end}")
            field.valueChanged.connect(partial(self._typed, box))
            grid.addWidget(field, row, column)
            fields.append(field)
        self.rows[key] = (box, fields[0], fields[1])

    def _typed(self, box: QCheckBox, value: float) -> None:
        """Who types a limit wants it to stay."""
        box.setChecked(True)

    @Slot()
    def _apply(self) -> None:
        wanted = {
            key: (low.value(), high.value()) for key, (box, low, high) in self.rows.items() if box.isChecked()
        }
        if any(low >= high for low, high in wanted.values()):
            self.state.setText(self.tr("The lower limit must be below the upper one."))
            return
        self._chart.fix(wanted)
        self.accept()
