"""What lies between the two cursors of the trends, pen by pen; Ctrl+C takes it to a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.core.notices import Notice, Severity
from app.views import widgets
from app.views.context import Context
from app.views.plots.time_chart import TimeChart
from app.views.rows import Column, RowsTable


class MeasuredPanel(QWidget):
    """Seen only while a cursor stands."""

    def __init__(self, context: Context, chart: TimeChart) -> None:
        super().__init__()
        self._context, self._chart = context, chart
        self.span = widgets.strong()
        self.table = RowsTable(context, self._columns(), self.tr("Between the cursors"), "measured")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.addWidget(self.span)
        layout.addWidget(self.table)
        self.setMaximumHeight(190)
        self.hide()
        chart.measure.changed.connect(self._show)
        chart.measure.copy_wanted.connect(self._copy)

    def _columns(self) -> list[Column]:
        told = self._chart.told
        return [
            Column(self.tr("Pen"), lambda m: m.name, lambda m: m.name, stretch=True),
            Column("Δ", lambda m: told(m.delta), lambda m: m.delta, number=True),
            Column(self.tr("Mean"), lambda m: told(m.mean), lambda m: m.mean, number=True),
            Column(self.tr("Least"), lambda m: told(m.least), lambda m: m.least, number=True),
            Column(self.tr("Most"), lambda m: told(m.most), lambda m: m.most, number=True),
            Column(self.tr("Per day"), lambda m: told(m.slope), lambda m: m.slope, number=True),
            Column(self.tr("Unit"), lambda m: m.unit, lambda m: m.unit),
        ]

    @Slot()
    def _show(self) -> None:
        measure = self._chart.measure
        self.setVisible(measure.is_on)
        ends = measure.ends
        if ends is None:
            self.span.setText(self.tr("Point at the other end, or click to keep it there"))
        else:
            self.span.setText(f"Δt {self._duration(ends[1] - ends[0])}")
        self.table.show_rows(measure.figures())

    def _duration(self, seconds: float) -> str:
        minutes = round(seconds / 60)
        days, hours = divmod(minutes // 60, 24)
        words = self.tr("{hours} h {minutes} min").format(hours=hours, minutes=minutes % 60)
        whole = self.tr("{days} d").format(days=days)
        return f"{whole} {words}" if days else words

    @Slot()
    def _copy(self) -> None:
        QApplication.clipboard().setText(f"{self.span.text()}\n{self.table.as_text()}")
        self._context.workspace.notices.publish(Notice(Severity.DONE, "notice.copied"))
