"""What was done to a well over time: a row for each kind, bars for what lasted, diamonds for what happened at
once.
"""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from app.core.texts import Speaker
from app.reports.blocks import Timeline
from app.reports.pdf.axes import Axis
from app.reports.pdf.look import GRID, INK, MUTED, PENS, fitted
from app.reports.pdf.marks import draw_mark

NAMES, ROW, FOOT = 110.0, 13.0, 14.0
MARK = 3  # the diamond
SHORTEST = 2.5


class TimelineFlowable(Flowable):
    def __init__(self, block: Timeline, speaker: Speaker) -> None:
        super().__init__()
        self._block, self._speaker = block, speaker

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, ROW * len(self._block.rows) + FOOT + 4
        return self.width, self.height

    def draw(self) -> None:
        canvas, block = self.canv, self._block
        axis = Axis(block.since, block.until, NAMES, self.width - NAMES - 4, clock=self._speaker.zone)
        top = self.height - 2
        canvas.setFont("Body", 6.5)
        canvas.setLineWidth(0.4)
        ticks = axis.ticks(int((self.width - NAMES) / 62))
        for tick in ticks:
            x = float(axis.at(tick))
            canvas.setStrokeColor(GRID)
            canvas.line(x, FOOT, x, top)
            canvas.setFillColor(MUTED)
            canvas.drawCentredString(x, FOOT - 9, axis.label(tick, ticks, self._speaker.language))
        canvas.setStrokeColor(MUTED)
        canvas.rect(NAMES, FOOT, self.width - NAMES - 4, top - FOOT, stroke=1, fill=0)
        for i, (name, style, spans) in enumerate(block.rows):
            middle = top - ROW * (i + 0.5)
            canvas.setFillColor(INK)
            canvas.setFont("Body", 7.5)
            canvas.drawString(0, middle - 2.5, fitted(name, "Body", 7.5, NAMES - 6))
            colour = HexColor(PENS[style % len(PENS)])
            canvas.setFillColor(colour)
            canvas.setStrokeColor(colour)
            for start, end in spans:
                left = float(axis.at(max(start, block.since)))
                right = left if end is None else float(axis.at(min(end, block.until)))
                if right - left < SHORTEST:
                    draw_mark(canvas, MARK, left, middle, hollow=False)
                else:
                    canvas.rect(left, middle - 3.5, right - left, 7, stroke=0, fill=1)
