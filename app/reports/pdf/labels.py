"""Labels on A4: 21 of 70 × 42.3 mm, as label paper has them: the code, the name for who has no scanner."""

from __future__ import annotations

import io
from dataclasses import dataclass

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.reports.pdf.look import INK, MUTED, RULE, printable, register_fonts, width_of

COLUMNS, ROWS = 3, 7
CODE_MM, PAD_MM = 32.0, 4.0
LARGEST, LEAST = 20.0, 8.0


@dataclass(frozen=True)
class Label:
    """`code` is what a scanner reads."""

    code: str
    title: str
    subtitle: str


def render(labels: list[Label]) -> bytes:
    """A PDF of as many sheets as it takes."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1)
    wide, high = A4[0] / COLUMNS, A4[1] / ROWS
    for number, label in enumerate(labels):
        place = number % (COLUMNS * ROWS)
        if number and not place:
            canvas.showPage()
        left, bottom = wide * (place % COLUMNS), A4[1] - high * (place // COLUMNS + 1)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.3)
        canvas.rect(left, bottom, wide, high)
        _draw(canvas, label, left, bottom, wide, high)
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, label: Label, left: float, bottom: float, wide: float, high: float) -> None:
    size, pad = CODE_MM * mm, PAD_MM * mm
    code = QrCodeWidget(label.code, barLevel="M", barWidth=size, barHeight=size, barBorder=2)
    drawing = Drawing(size, size)
    drawing.add(code)
    renderPDF.draw(drawing, canvas, left + pad / 2, bottom + (high - size) / 2)
    x, room = left + pad / 2 + size, wide - size - pad
    for words, font, largest, colour, up in (
        (label.title, "Strong", LARGEST, INK, 0.54),
        (label.subtitle, "Body", 10.0, MUTED, 0.36),
    ):
        text = printable(words)
        fitting = largest
        while fitting > LEAST and width_of(text, font, fitting) > room:
            fitting -= 0.5
        canvas.setFillColor(colour)
        canvas.setFont(font, fitting)
        canvas.drawString(x, bottom + high * up, _cut(text, font, fitting, room))


def _cut(text: str, font: str, size: float, room: float) -> str:
    """A name that has no room even in the smallest type ends in dots; the code has it whole."""
    while width_of(text, font, size) > room and len(text) > 2:
        text = text[:-2] + "…"
    return text
