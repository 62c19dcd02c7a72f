"""One chart as vectors on the page. Pens differ by dash and mark as well as colour: grey print must still be
read.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable

from app.core.texts import Speaker
from app.reports.blocks import Chart, Level, Pen, Shade
from app.reports.pdf.axes import Axis, limits
from app.reports.pdf.look import BAND, GRID, INK, MUTED, PENS, SEVERITY, dash_of, fitted, width_of
from app.reports.pdf.marks import draw_mark

Floats = NDArray[np.float64]
LEFT, RIGHT, TITLE_H, LEGEND_H = 16 * mm, 3 * mm, 11.0, 10.0
TICKS_H, X_TITLE_H = 13.0, 10.0
SIZE, NAME_SIZE = 6.5, 7.5
BAND_ROWS = 3


class ChartFlowable(Flowable):
    """As wide as the frame. The title, then the pens' names in as many rows as they need, stand over the
    plot.
    """

    def __init__(self, chart: Chart, speaker: Speaker) -> None:
        super().__init__()
        self.chart, self.language, self._clock = chart, speaker.language, speaker.zone

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self._legend = self._legend_rows()
        self._foot = TICKS_H + (X_TITLE_H if self.chart.x_title else 0)
        top = (TITLE_H if self.chart.title else 0) + LEGEND_H * len(self._legend) + 2
        self.height = self.chart.height_mm * mm + top + self._foot
        return self.width, self.height

    def _legend_rows(self) -> list[list[Pen]]:
        """The sole pen of a chart whose title names it needs no row of its own."""
        named = [pen for pen in self.chart.pens if pen.name and pen.name != self.chart.title]
        rows: list[list[Pen]] = []
        left = 0.0
        for pen in named:
            wide = 24 + width_of(pen.name, "Body", NAME_SIZE)
            if not rows or left + wide > self.width - LEFT - RIGHT:
                rows.append([])
                left = 0.0
            rows[-1].append(pen)
            left += wide
        return rows

    def draw(self) -> None:
        canvas, chart = self.canv, self.chart
        wide, high = self.width - LEFT - RIGHT, chart.height_mm * mm
        x_columns = [pen.x for pen in chart.pens] + [shade.x for shade in chart.shades]
        x_columns.append(np.array([level.at for level in chart.levels if level.upright], float))
        y_columns = [pen.y for pen in chart.pens] + [
            part for shade in chart.shades for part in (shade.low, shade.high)
        ]
        y_columns.append(np.array([level.at for level in chart.levels if not level.upright], float))
        usable = (
            chart.window is not None
            and chart.window[0] < chart.window[1]
            and ("x" not in chart.log or chart.window[0] > 0)
        )
        x_limits = (
            chart.window
            if usable and chart.window is not None
            else limits(x_columns, 0.0 if chart.time_axis else 0.03, log="x" in chart.log)
        )
        self._x = Axis(
            *x_limits, LEFT, wide, "x" in chart.log, chart.leftwards, self._clock if chart.time_axis else None
        )
        self._y = Axis(
            *limits(y_columns, 0.06, log="y" in chart.log),
            self._foot,
            high,
            "y" in chart.log,
            chart.downwards,
        )
        self._draw_frame(canvas, wide, high)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(LEFT, self._foot, wide, high)
        canvas.clipPath(clip, stroke=0, fill=0)
        for shade in chart.shades:
            self._draw_shade(canvas, shade)
        self._draw_bands(canvas, wide, high)
        self._draw_flags(canvas, high)
        self._draw_levels(canvas, wide, high)
        for pen in chart.pens:
            self._draw_pen(canvas, pen)
        self._name_levels(canvas, wide, high)
        canvas.restoreState()
        self._caption(canvas)

    def _draw_frame(self, canvas: Canvas, wide: float, high: float) -> None:
        canvas.setFont("Body", SIZE)
        canvas.setLineWidth(0.4)
        canvas.setStrokeColor(GRID)
        canvas.setFillColor(MUTED)
        ticks = self._y.ticks(max(2, int(high / 22)))
        for tick in ticks:
            y = float(self._y.at(tick))
            canvas.line(LEFT, y, LEFT + wide, y)
            canvas.drawRightString(LEFT - 2, y - 2, self._y.label(tick, ticks, self.language))
        x_ticks = self._x.ticks(max(3, int(wide / 62)))
        for tick in x_ticks:
            x = float(self._x.at(tick))
            canvas.line(x, self._foot, x, self._foot + high)
            canvas.drawCentredString(x, self._foot - 8, self._x.label(tick, x_ticks, self.language))
        canvas.setStrokeColor(MUTED)
        canvas.rect(LEFT, self._foot, wide, high, stroke=1, fill=0)
        canvas.drawCentredString(
            LEFT + wide / 2, self._foot - 17, fitted(self.chart.x_title, "Body", SIZE, wide)
        )
        canvas.saveState()
        canvas.translate(5.5, self._foot + high / 2)
        canvas.rotate(90)
        canvas.drawCentredString(0, 0, fitted(self.chart.y_title, "Body", SIZE, high + 2 * self._foot))
        canvas.restoreState()

    def _draw_shade(self, canvas: Canvas, shade: Shade) -> None:
        x, low, high = self._x.at(shade.x), self._y.at(shade.low), self._y.at(shade.high)
        good = np.isfinite(x) & np.isfinite(low) & np.isfinite(high)
        if good.sum() < 2:
            return
        path = canvas.beginPath()
        points = list(zip(x[good], low[good], strict=True)) + list(
            zip(x[good][::-1], high[good][::-1], strict=True)
        )
        path.moveTo(*map(float, points[0]))
        for px, py in points[1:]:
            path.lineTo(float(px), float(py))
        path.close()
        colour = HexColor(PENS[shade.style % len(PENS)])
        canvas.setFillColor(Color(colour.red, colour.green, colour.blue, alpha=0.14))
        canvas.drawPath(path, stroke=0, fill=1)

    def _draw_bands(self, canvas: Canvas, wide: float, high: float) -> None:
        """Their names in rows, none over another; what does not fit is named by the list of findings."""
        ends = [-1e9] * BAND_ROWS
        seen = [band for band in self.chart.bands if band[0] <= self._x.high and band[1] >= self._x.low]
        for start, end, label in sorted(seen):
            left, right = sorted((self._x.within(start), self._x.within(end)))
            canvas.setFillColor(BAND)
            canvas.rect(left, self._foot, max(right - left, 0.8), high, stroke=0, fill=1)
            at = max(left, LEFT) + 1.5
            length = width_of(label, "Body", 6)
            at = max(min(at, LEFT + wide - length - 1), LEFT + 1)
            row = next((i for i, taken in enumerate(ends) if taken < at), None)
            if row is not None:
                ends[row] = at + length + 3
                canvas.setFillColor(INK)
                canvas.setFont("Body", 6)
                canvas.drawString(at, self._foot + high - 7 - 7 * row, label)

    def _draw_flags(self, canvas: Canvas, high: float) -> None:
        canvas.setFont("Body", 5.5)
        last = -1e9
        for at, label in sorted(flag for flag in self.chart.flags if self._x.shows(flag[0])):
            x = float(self._x.at(at))
            canvas.setStrokeColor(MUTED)
            canvas.setLineWidth(0.5)
            canvas.setDash(2, 1.5)
            canvas.line(x, self._foot, x, self._foot + high)
            canvas.setDash()
            if x - last < 6.5:
                continue
            last = x
            canvas.saveState()
            canvas.translate(x - 1.2, self._foot + 2)
            canvas.rotate(90)
            canvas.setFillColor(MUTED)
            canvas.drawString(0, 0, fitted(label, "Body", 5.5, high - 4))
            canvas.restoreState()

    def _draw_levels(self, canvas: Canvas, wide: float, high: float) -> None:
        for level in self._shown_levels():
            canvas.setStrokeColor(HexColor(SEVERITY["stop"]) if level.serious else MUTED)
            canvas.setLineWidth(0.8 if level.serious else 0.6)
            canvas.setDash(*((5, 2) if level.serious else (1, 2)))
            if level.upright:
                x = float(self._x.at(level.at))
                canvas.line(x, self._foot, x, self._foot + high)
            else:
                y = float(self._y.at(level.at))
                canvas.line(LEFT, y, LEFT + wide, y)
            canvas.setDash()

    def _shown_levels(self) -> list[Level]:
        return [one for one in self.chart.levels if (self._x if one.upright else self._y).shows(one.at)]

    def _name_levels(self, canvas: Canvas, wide: float, high: float) -> None:
        """On a ground of their own, over the pens; names of lines that nearly meet stand at the other end."""
        taken: list[float] = []
        for level in sorted(self._shown_levels(), key=lambda one: one.at):
            if level.upright:
                x = float(self._x.at(level.at))
                self._name(canvas, level.name, x + 3, self._foot + high - 9)
                continue
            y = float(self._y.at(level.at))
            crowded = any(abs(y - other) < 8 for other in taken)
            taken.append(y)
            room = LEFT + wide - 3 - width_of(level.name, "Body", 6)
            self._name(canvas, level.name, LEFT + 3 if crowded else room, min(y + 2, self._foot + high - 7))

    def _name(self, canvas: Canvas, name: str, x: float, y: float) -> None:
        canvas.setFillColor(Color(1, 1, 1, alpha=0.8))
        canvas.rect(x - 1, y - 1.5, width_of(name, "Body", 6) + 2, 7.5, stroke=0, fill=1)
        canvas.setFillColor(MUTED)
        canvas.setFont("Body", 6)
        canvas.drawString(x, y, fitted(name, "Body", 6, self.width))

    def _draw_pen(self, canvas: Canvas, pen: Pen) -> None:
        x, y = self._x.at(pen.x), self._y.at(pen.y)
        self._colour(canvas, pen)
        if pen.line:
            canvas.setLineWidth(2.2 if pen.wide else 0.7)
            canvas.setLineJoin(1)
            canvas.setDash(*(() if pen.wide else dash_of(pen.style)))
            _draw_line(canvas, x, y)
            canvas.setDash()
        if pen.points:
            canvas.setLineWidth(0.6)
            for px, py in zip(x.tolist(), y.tolist(), strict=True):
                if px == px and py == py:
                    draw_mark(canvas, pen.style, px, py, hollow=pen.hollow)

    def _caption(self, canvas: Canvas) -> None:
        y = self.height - 8
        if self.chart.title:
            canvas.setFillColor(INK)
            canvas.setFont("Strong", NAME_SIZE)
            canvas.drawString(
                LEFT, y, fitted(self.chart.title, "Strong", NAME_SIZE, self.width - LEFT - RIGHT)
            )
            y -= TITLE_H
        for row in self._legend:
            x = LEFT
            for pen in row:
                self._sample(canvas, pen, x, y + 2.5)
                canvas.setFillColor(INK)
                canvas.setFont("Body", NAME_SIZE)
                canvas.drawString(x + 18, y, fitted(pen.name, "Body", NAME_SIZE, self.width - x - 20))
                x += 24 + width_of(pen.name, "Body", NAME_SIZE)
            y -= LEGEND_H

    def _sample(self, canvas: Canvas, pen: Pen, x: float, y: float) -> None:
        self._colour(canvas, pen)
        canvas.setLineWidth(2.2 if pen.wide else 1.1)
        if pen.line:
            canvas.setDash(*(() if pen.wide else dash_of(pen.style)))
            canvas.line(x, y, x + 15, y)
            canvas.setDash()
        if pen.points:
            canvas.setLineWidth(0.6)
            draw_mark(canvas, pen.style, x + 7.5, y, hollow=pen.hollow)

    def _colour(self, canvas: Canvas, pen: Pen) -> None:
        plain = HexColor(PENS[pen.style % len(PENS)])
        colour = Color(plain.red, plain.green, plain.blue, alpha=0.3 if pen.faint else 1.0)
        canvas.setStrokeColor(colour)
        canvas.setFillColor(colour)


def _draw_line(canvas: Canvas, x: Floats, y: Floats) -> None:
    """Broken where a value is missing. The operators are written at once: a page of trends has tens of
    thousands of points.
    """
    good = np.isfinite(x) & np.isfinite(y)
    if not good.any():
        return
    starts = good & ~np.r_[False, good[:-1]]
    words = [
        f"{px:.2f} {py:.2f} {'m' if start else 'l'}"
        for px, py, start in zip(x[good].tolist(), y[good].tolist(), starts[good].tolist(), strict=True)
    ]
    canvas.drawPath(PDFPathObject(["n", *words]), stroke=1, fill=0)
