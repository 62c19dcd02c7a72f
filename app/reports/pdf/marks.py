"""Small shapes: marks of measured points, and the shapes of severities. Each is told by its form, not only by
colour.
"""

from __future__ import annotations

from reportlab.lib.colors import HexColor, white
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from app.reports.pdf.look import SEVERITY

# In units of the mark's half width, counterclockwise; an empty one is a circle.
_SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((-1.0, -0.8), (1.0, -0.8), (0.0, 1.1)),
    ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)),
    ((-1.0, 0.8), (0.0, -1.1), (1.0, 0.8)),
)
HALF = 1.6


def _outline(canvas: Canvas, points: tuple[tuple[float, float], ...], *, stroke: int, fill: int) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=stroke, fill=fill)


def draw_mark(canvas: Canvas, style: int, x: float, y: float, *, hollow: bool) -> None:
    """In the canvas's colours; a hollow one is not to be trusted."""
    shape = _SHAPES[style % len(_SHAPES)]
    if hollow:
        canvas.saveState()
        canvas.setFillColor(white)
    if shape:
        _outline(canvas, tuple((x + HALF * dx, y + HALF * dy) for dx, dy in shape), stroke=1, fill=1)
    else:
        canvas.circle(x, y, HALF, stroke=1, fill=1)
    if hollow:
        canvas.restoreState()


class SeverityMark(Flowable):
    """Triangle watch, diamond act, square stop, circle info."""

    def __init__(self, severity: str) -> None:
        super().__init__()
        self.severity, self.width, self.height = severity, 8, 10

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFillColor(HexColor(SEVERITY[self.severity]))
        points = {
            "watch": ((0.0, 1.0), (8.0, 1.0), (4.0, 8.0)),
            "act": ((4.0, 0.0), (8.0, 4.2), (4.0, 8.4), (0.0, 4.2)),
            "stop": ((0.5, 0.5), (7.5, 0.5), (7.5, 7.5), (0.5, 7.5)),
        }.get(self.severity)
        if points is None:
            canvas.circle(4, 4, 3.2, stroke=0, fill=1)
        else:
            _outline(canvas, points, stroke=0, fill=1)
