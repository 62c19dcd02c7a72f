"""Photos on paper: two beside each other, each whole, with its caption below."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Image, Spacer
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from app.reports.blocks import Photo, Photos
from app.reports.pdf.look import SMALL, escape

GAP, HIGHEST = 8.0, 190.0
"""[pt]"""


def photos(block: Photos, available: float) -> Grid:
    wide = (available - GAP) / 2
    cells = [_cell(photo, wide) for photo in block.items]
    cells += [[Spacer(0, 0)]] * (len(cells) % 2)
    rows = [[cells[place], cells[place + 1]] for place in range(0, len(cells), 2)]
    grid = Grid(rows, colWidths=[wide + GAP / 2] * 2)
    grid.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), GAP / 2),
        ]
    )
    return grid


def _cell(photo: Photo, wide: float) -> list[Image | Text]:
    across, up = ImageReader(io.BytesIO(photo.content)).getSize()
    scale = min(wide / across, HIGHEST / up)
    picture = Image(io.BytesIO(photo.content), across * scale, up * scale)
    picture.hAlign = "LEFT"
    return [picture, Text(escape(photo.caption), SMALL)]
