"""One chart as vectors on the page. Pens differ by dash as well as colour: grey print must still be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from app.core.texts import number
from app.reports.blocks import Chart, Pen
from app.reports.ticks import day_ticks, digits_for, round_ticks

PENS = ("#0B5FA5", "#B34700", "#1A7F37", "#A1257F", "#0B7285", "#6639BA", "#7A4A00", "#57606A")
DASHES: tuple[tuple[float, ...], ...] = ((), (4, 2), (1, 1.5), (6, 2, 1, 2), (3, 1), (8, 3), (2, 2), (1, 3))
GREY, GRID, BAND = HexColor("#57606A"), HexColor("#E3E6EA"), Color(0.74, 0.30, 0.0, alpha=0.10)
Scale = Callable[[np.ndarray], np.ndarray]
LEFT, BOTTOM, TOP, RIGHT = 15 * mm, 9.5 * mm, 6 * mm, 3 * mm


class ChartFlowable(Flowable):
    """As wide as the frame; the caption stands over the plot with the pens' samples."""

    def __init__(self, chart: Chart, language: str) -> None:
        super().__init__()
        self.chart, self.language = chart, language

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self.chart.height_mm * mm + TOP + BOTTOM
        return self.width, self.height

    def draw(self) -> None:
        canvas, chart = self.canv, self.chart
        x_low, x_high = _limits([pen.x for pen in chart.pens], margin=0.0 if chart.time_axis else 0.03)
        levels = [np.array([level for level, _ in chart.levels])] if chart.levels else []
        y_low, y_high = _limits([pen.y for pen in chart.pens] + levels, margin=0.06)
        plot_width, plot_height = self.width - LEFT - RIGHT, self.height - TOP - BOTTOM

        def at_x(x: np.ndarray) -> np.ndarray:
            return LEFT + (x - x_low) / (x_high - x_low) * plot_width

        def at_y(y: np.ndarray) -> np.ndarray:
            return BOTTOM + (y - y_low) / (y_high - y_low) * plot_height

        self._draw_frame(canvas, x_low, x_high, y_low, y_high, at_x, at_y, plot_width, plot_height)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(LEFT, BOTTOM, plot_width, plot_height)
        canvas.clipPath(clip, stroke=0, fill=0)
        for start, end, label in chart.bands:
            left, right = float(at_x(np.array(start))), float(at_x(np.array(end)))
            canvas.setFillColor(BAND)
            canvas.rect(left, BOTTOM, max(right - left, 0.8), plot_height, stroke=0, fill=1)
            canvas.setFillColor(GREY)
            canvas.setFont("Body", 6)
            canvas.drawString(max(left, LEFT) + 1.5, BOTTOM + plot_height - 7, label)
        for level, label in chart.levels:
            y = float(at_y(np.array(level)))
            canvas.setStrokeColor(GREY)
            canvas.setDash(1, 2)
            canvas.line(LEFT, y, LEFT + plot_width, y)
            canvas.setDash()
            canvas.setFillColor(GREY)
            canvas.setFont("Body", 6)
            canvas.drawRightString(LEFT + plot_width - 2, y + 1.5, label)
        for pen in chart.pens:
            _draw_pen(canvas, pen, at_x(np.asarray(pen.x, float)), at_y(np.asarray(pen.y, float)))
        canvas.restoreState()
        self._caption(canvas)

    def _draw_frame(self, canvas: Canvas, x_low: float, x_high: float, y_low: float, y_high: float, at_x: Scale,
               at_y: Scale, plot_width: float, plot_height: float) -> None:  # fmt: skip
        canvas.setFont("Body", 6.5)
        canvas.setLineWidth(0.4)
        ticks = round_ticks(y_low, y_high, 4)
        for tick in ticks:
            y = float(at_y(np.array(tick)))
            canvas.setStrokeColor(GRID)
            canvas.line(LEFT, y, LEFT + plot_width, y)
            canvas.setFillColor(GREY)
            canvas.drawRightString(LEFT - 2, y - 2, number(tick, digits_for(ticks), self.language))
        x_ticks = day_ticks(x_low, x_high) if self.chart.time_axis else round_ticks(x_low, x_high, 8)
        for tick in x_ticks:
            x = float(at_x(np.array(tick)))
            canvas.setStrokeColor(GRID)
            canvas.line(x, BOTTOM, x, BOTTOM + plot_height)
            canvas.setFillColor(GREY)
            canvas.drawCentredString(x, BOTTOM - 8, self._x_label(tick, x_ticks))
        canvas.setStrokeColor(GREY)
        canvas.rect(LEFT, BOTTOM, plot_width, plot_height, stroke=1, fill=0)
        canvas.drawCentredString(LEFT + plot_width / 2, BOTTOM - 17, self.chart.x_title)
        canvas.saveState()
        canvas.translate(5, BOTTOM + plot_height / 2)
        canvas.rotate(90)
        canvas.drawCentredString(0, 0, self.chart.y_title)
        canvas.restoreState()

    def _x_label(self, tick: float, ticks: list[float]) -> str:
        if not self.chart.time_axis:
            return number(tick, digits_for(ticks), self.language)
        moment = datetime.fromtimestamp(tick, UTC)
        if len(ticks) > 1 and ticks[1] - ticks[0] < 86400:
            return moment.strftime("%d.%m %H:%M" if self.language == "ru" else "%m-%d %H:%M")
        return moment.strftime("%d.%m" if self.language == "ru" else "%m-%d")

    def _caption(self, canvas: Canvas) -> None:
        y = self.height - TOP + 4
        x = LEFT
        if not self.chart.time_axis:
            canvas.setFillColor(HexColor("#1F2328"))
            canvas.setFont("Body", 7.5)
            canvas.drawString(x, y, self.chart.title)
            samples = sum(24 + canvas.stringWidth(pen.name, "Body", 7.5) for pen in self.chart.pens)
            x = self.width - RIGHT - samples
        for pen in self.chart.pens:
            canvas.setStrokeColor(HexColor(PENS[pen.style % len(PENS)]))
            canvas.setDash(*_dash(pen.style))
            canvas.setLineWidth(1.1)
            canvas.line(x, y + 2.5, x + 14, y + 2.5)
            canvas.setDash()
            canvas.setFillColor(HexColor("#1F2328"))
            canvas.setFont("Body", 7.5)
            canvas.drawString(x + 16, y, pen.name)
            x += 24 + canvas.stringWidth(pen.name, "Body", 7.5)


def _dash(style: int) -> tuple[object, ...]:
    dash = DASHES[style % len(DASHES)]
    return (list(dash), 0) if dash else ()


def _limits(columns: list[np.ndarray], margin: float) -> tuple[float, float]:
    known = [column[np.isfinite(column)] for column in columns]
    known = [column for column in known if len(column)]
    if not known:
        return 0.0, 1.0
    low, high = min(float(c.min()) for c in known), max(float(c.max()) for c in known)
    if high - low <= 1e-9 * max(abs(high), 1.0):
        low, high = low - max(abs(low) * 0.05, 0.5), high + max(abs(high) * 0.05, 0.5)
    return low - margin * (high - low), high + margin * (high - low)


def _draw_pen(canvas: Canvas, pen: Pen, x: np.ndarray, y: np.ndarray) -> None:
    canvas.setStrokeColor(HexColor(PENS[pen.style % len(PENS)]))
    canvas.setLineWidth(0.6)
    canvas.setLineJoin(1)
    canvas.setDash(*_dash(pen.style))
    good = np.isfinite(x) & np.isfinite(y)
    path, open_path = canvas.beginPath(), False
    for px, py, ok in zip(x.tolist(), y.tolist(), good.tolist(), strict=True):
        if not ok:
            open_path = False
        elif open_path:
            path.lineTo(px, py)
        else:
            path.moveTo(px, py)
            open_path = True
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash()
