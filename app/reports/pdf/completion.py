"""The well as it is equipped: casing, tubing, rods, pump, perforations, liquid, to the scale of depth (not of
width).
"""

from __future__ import annotations

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from app.core.texts import number
from app.reports.blocks import Completion
from app.reports.pdf.look import GRID, INK, MUTED, PENS, fitted
from app.reports.ticks import digits_for, round_ticks

AXIS, WELL, GAP = 20 * mm, 34 * mm, 6 * mm
LIQUID = Color(0.04, 0.37, 0.65, alpha=0.16)
STEEL, ROCK = HexColor("#8B949E"), HexColor("#F1F3F5")
LEAST_BETWEEN = 8.5


class CompletionFlowable(Flowable):
    def __init__(self, block: Completion, language: str) -> None:
        super().__init__()
        self.block, self.language = block, language

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self.block.height_mm * mm
        return self.width, self.height

    def _at(self, depth: float) -> float:
        """Depth as shown → y [pt]."""
        return self.height - 8 - depth / self.block.bottom * (self.height - 16)

    def draw(self) -> None:
        canvas, block = self.canv, self.block
        middle, foot = AXIS + WELL / 2, self._at(block.bottom)
        canvas.setFillColor(ROCK)
        canvas.rect(AXIS, foot, WELL, self._at(0) - foot, stroke=0, fill=1)
        self._axis()
        casing = block.casing_shoe if block.casing_shoe is not None else block.bottom
        self._bore(middle, 11 * mm, casing)
        if block.level is not None:
            canvas.setFillColor(LIQUID)
            canvas.rect(middle - 5.5 * mm, foot, 11 * mm, self._at(block.level) - foot, stroke=0, fill=1)
            canvas.setStrokeColor(HexColor(PENS[0]))
            canvas.setLineWidth(0.8)
            canvas.line(middle - 5.5 * mm, self._at(block.level), middle + 5.5 * mm, self._at(block.level))
        if block.pump is not None:
            self._tubing(middle, block.pump)
        for top, bottom in block.perforations:
            self._perforation(middle, top, bottom)
        self._names(middle)

    def _axis(self) -> None:
        canvas = self.canv
        canvas.setFont("Body", 6.5)
        canvas.setLineWidth(0.4)
        ticks = round_ticks(0, self.block.bottom, 10)
        for tick in ticks:
            y = self._at(tick)
            canvas.setStrokeColor(GRID)
            canvas.line(AXIS - 3, y, AXIS + WELL, y)
            canvas.setFillColor(MUTED)
            canvas.drawRightString(AXIS - 5, y - 2, number(tick, digits_for(ticks), self.language))
        canvas.saveState()
        canvas.translate(6, self.height / 2)
        canvas.rotate(90)
        canvas.drawCentredString(0, 0, self.block.unit)
        canvas.restoreState()

    def _bore(self, middle: float, wide: float, shoe: float) -> None:
        canvas, top, bottom = self.canv, self._at(0), self._at(shoe)
        canvas.setFillColor(white)
        canvas.rect(middle - wide / 2, bottom, wide, top - bottom, stroke=0, fill=1)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.6)
        for side in (-1, 1):
            x = middle + side * wide / 2
            canvas.line(x, top, x, bottom)
            path = canvas.beginPath()  # the shoe
            path.moveTo(x, bottom)
            path.lineTo(x + side * 4, bottom)
            path.lineTo(x, bottom + 5)
            path.close()
            canvas.setFillColor(INK)
            canvas.drawPath(path, stroke=0, fill=1)

    def _tubing(self, middle: float, pump: float) -> None:
        canvas, block = self.canv, self.block
        top, bottom, half = self._at(0), self._at(pump), 2 * mm
        canvas.setStrokeColor(STEEL)
        canvas.setLineWidth(1.0)
        for side in (-1, 1):
            canvas.line(middle + side * half, top, middle + side * half, bottom)
        at, width = 0.0, 1.8
        for length, _ in block.rods:
            canvas.setStrokeColor(HexColor(PENS[6]))
            canvas.setLineWidth(width)
            canvas.line(middle, self._at(at), middle, self._at(min(at + length, pump)))
            at, width = at + length, max(width - 0.5, 0.6)
        high = 9 * mm if block.lift == "esp" else 6 * mm
        canvas.setFillColor(HexColor(PENS[1]))
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.6)
        base = max(bottom - high, self._at(block.bottom) + 1)
        canvas.rect(middle - half, base, 2 * half, bottom - base, stroke=1, fill=1)
        if block.lift == "esp":  # stages above, the motor below them; the cable beside the tubing
            canvas.setFillColor(STEEL)
            canvas.rect(middle - half, base, 2 * half, (bottom - base) * 0.45, stroke=1, fill=1)
            canvas.setStrokeColor(HexColor(PENS[3]))
            canvas.setLineWidth(0.7)
            canvas.line(middle + half + 1.6, top, middle + half + 1.6, base + 2)

    def _perforation(self, middle: float, top: float, bottom: float) -> None:
        canvas = self.canv
        canvas.setStrokeColor(HexColor(PENS[1]))
        canvas.setLineWidth(0.8)
        high, low = self._at(top), self._at(bottom)
        steps = max(2, int((high - low) / 4) + 1)
        for i in range(steps):
            y = high + (low - high) * i / (steps - 1)
            for side in (-1, 1):
                canvas.line(middle + side * 5.5 * mm, y, middle + side * 9 * mm, y)

    def _names(self, middle: float) -> None:
        """Each with a line to its depth; names that would overlap are moved down, and up again from the
        foot.
        """
        canvas = self.canv
        marks = sorted(self.block.marks)
        places = [self._at(depth) for depth, _ in marks]
        for i in range(1, len(places)):
            places[i] = min(places[i], places[i - 1] - LEAST_BETWEEN)
        floor = 3.0
        for i in range(len(places) - 1, -1, -1):
            places[i] = max(places[i], floor)
            floor = places[i] + LEAST_BETWEEN
        left = AXIS + WELL + GAP
        for (depth, name), y in zip(marks, places, strict=True):
            canvas.setStrokeColor(MUTED)
            canvas.setLineWidth(0.4)
            canvas.line(middle + 6 * mm, self._at(depth), left - 3, y + 2)
            canvas.setFillColor(INK)
            canvas.setFont("Body", 7.5)
            words = f"{number(depth, 0, self.language)} {self.block.unit}  {name}"
            canvas.drawString(left, y, fitted(words, "Body", 7.5, self.width - left))
