"""Native charts: their numbers stand on a sheet of their own, so that the reader can go on with them."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import Reference, ScatterChart, Series
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from app.core.texts import Speaker
from app.reports.blocks import Chart, Pen

PENS = ("0B5FA5", "B34700", "1A7F37", "A1257F", "0B7285", "6639BA", "7A4A00", "57606A")
DASHES = ("solid", "dash", "sysDot", "dashDot", "sysDash", "lgDash", "sysDashDot", "lgDashDot")
MARKS = ("circle", "square", "triangle", "diamond", "x")
EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
ROWS_A_CHART = 19
WIDTH_CM, HEIGHT_CM = 24.0, 9.0


class ChartData:
    """Two columns a pen on the sheet of numbers, the chart on its own sheet."""

    def __init__(self, book: Workbook, speaker: Speaker) -> None:
        self._book, self._speaker = book, speaker
        self._sheet: Worksheet = book.create_sheet(speaker.say("report.chart_data")[:31])
        self._column = 1

    def place(self, sheet: Worksheet, row: int, block: Chart) -> int:
        """Returns the first free row below."""
        pens = [pen for pen in block.pens if len(pen.x)]
        if not pens:
            return row
        chart = ScatterChart()
        chart.style, chart.height, chart.width = 2, HEIGHT_CM, WIDTH_CM
        chart.title = block.title or None
        chart.x_axis.title, chart.y_axis.title = block.x_title or None, block.y_title or None
        # openpyxl leaves axes out unless it is told, and Excel then draws none.
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.layout = Layout(
            manualLayout=ManualLayout(x=0.08, y=0.12, w=0.88, h=0.62, xMode="edge", yMode="edge")
        )
        chart.legend.position = "b"
        if block.time_axis:
            chart.x_axis.number_format, chart.x_axis.majorGridlines = "DD.MM.YY", None
        for axis, letter in ((chart.x_axis, "x"), (chart.y_axis, "y")):
            if letter in block.log:
                axis.scaling.logBase = 10
        chart.y_axis.scaling.orientation = "maxMin" if block.downwards else "minMax"
        chart.x_axis.scaling.orientation = "maxMin" if block.leftwards else "minMax"
        for pen in pens:
            chart.series.append(self._series(pen, time_axis=block.time_axis, log=block.log))
        if block.window is not None:
            low, high = (self._serial(at) if block.time_axis else at for at in block.window)
            chart.x_axis.scaling.min, chart.x_axis.scaling.max = low, high
        sheet.add_chart(chart, f"A{row}")
        return row + ROWS_A_CHART

    def _series(self, pen: Pen, *, time_axis: bool, log: str) -> Series:
        head = self._sheet.cell(1, self._column + 1)
        head.value, head.data_type, head.font = pen.name or "—", "s", Font(bold=True)
        count = 0
        for x, y in zip(pen.x.tolist(), pen.y.tolist(), strict=True):
            if not math.isfinite(x) or ("x" in log and x <= 0):
                continue
            count += 1
            place = self._sheet.cell(count + 1, self._column, self._serial(x) if time_axis else x)
            if time_axis:
                place.number_format = "DD.MM.YYYY HH:MM"
            if math.isfinite(y) and not ("y" in log and y <= 0):
                self._sheet.cell(count + 1, self._column + 1, y)
        last = max(count + 1, 2)
        x_values = Reference(self._sheet, min_col=self._column, min_row=2, max_row=last)
        y_values = Reference(self._sheet, min_col=self._column + 1, min_row=1, max_row=last)
        series = Series(y_values, x_values, title_from_data=True)
        self._column += 3
        self._dress(series, pen)
        return series

    def _dress(self, series: Any, pen: Pen) -> None:
        colour = PENS[pen.style % len(PENS)]
        line = LineProperties(
            solidFill=colour, w=22_000 if pen.wide else 12_700, prstDash=DASHES[pen.style % len(DASHES)]
        )
        series.graphicalProperties = GraphicalProperties(ln=line if pen.line else LineProperties(noFill=True))
        series.smooth = False
        series.marker.symbol = MARKS[pen.style % len(MARKS)] if pen.points else "none"
        if pen.points:
            series.marker.size = 5
            series.marker.graphicalProperties = GraphicalProperties(
                solidFill="FFFFFF" if pen.hollow else colour, ln=LineProperties(solidFill=colour)
            )

    def _serial(self, seconds: float) -> float:
        """Seconds since 1970 UTC → days as Excel counts them, by the field's clock."""
        ahead = self._speaker.zone.offset(datetime.fromtimestamp(seconds, UTC)).total_seconds()
        return (seconds + ahead - EXCEL_EPOCH.timestamp()) / 86_400

    def finish(self) -> None:
        """The numbers come last; without a chart there are none."""
        if self._column == 1:
            self._book.remove(self._sheet)
            return
        self._book.move_sheet(self._sheet, len(self._book.sheetnames))
        self._sheet.freeze_panes = "A2"
