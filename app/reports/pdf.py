"""Blocks to PDF: A4, embedded fonts with Cyrillic, running header and footer, page x of y, selectable text."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from app.core.errors import KnownError
from app.core.paths import resources
from app.core.texts import Speaker
from app.reports.blocks import Block, Bullets, Chart, Document, FindingBox, Heading, Pairs, Paragraph, Table
from app.reports.pdf_chart import ChartFlowable

INK, MUTED, RULE = HexColor("#1F2328"), HexColor("#57606A"), HexColor("#C9CED4")
SEVERITY = {"info": "#57606A", "watch": "#9A6700", "act": "#BC4C00", "stop": "#B4232A"}
MARGIN = 15 * mm


# Cells that hold paragraphs set no font of their own: without this the file names Helvetica and does not carry it.
OUR_FONT = ("FONT", (0, 0), (-1, -1), "Body")


def _fonts() -> None:
    if "Body" not in pdfmetrics.getRegisteredFontNames():
        for name, file in (("Body", "Roboto-Regular.ttf"), ("Strong", "Roboto-Bold.ttf")):
            pdfmetrics.registerFont(TTFont(name, str(resources() / "fonts" / file)))
        pdfmetrics.registerFontFamily(
            "Body", normal="Body", bold="Strong", italic="Body", boldItalic="Strong"
        )


def _style(name: str, **options: Any) -> ParagraphStyle:
    base: dict[str, Any] = {"fontName": "Body", "fontSize": 9, "leading": 12, "textColor": INK}
    return ParagraphStyle(name, **{**base, **options})


BODY = _style("body")
SMALL = _style("small", fontSize=8, leading=10.5)
MUTE = _style("muted", textColor=MUTED)
TITLE = _style("title", fontName="Strong", fontSize=16, leading=20)
SUBTITLE = _style("subtitle", fontSize=10, leading=13, textColor=MUTED, spaceAfter=6)
# keepWithNext: a heading never stands alone at the foot of a page.
HEAD = _style("head", fontName="Strong", fontSize=12, leading=15, spaceBefore=8, spaceAfter=4, keepWithNext=1)
RIGHT = _style("right", fontSize=8, leading=10.5, alignment=TA_RIGHT)
CELL_HEAD = _style("cell_head", fontName="Strong", fontSize=8, leading=10)


def render(document: Document, speaker: Speaker, out: Path) -> int:
    """Write the file whole or not at all; returns the pages. Raises KnownError when it cannot be written."""
    content, pages = render_bytes(document, speaker)
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        os.replace(beside, out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise KnownError("file_not_written", file=str(out), reason=str(error)) from error
    return pages


def render_bytes(document: Document, speaker: Speaker) -> tuple[bytes, int]:
    _fonts()
    buffer = io.BytesIO()
    template = BaseDocTemplate(
        buffer, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=20 * mm, bottomMargin=18 * mm,
        title=document.title, author=document.company or "Wellside", subject=document.subtitle, creator="Wellside",
        lang=speaker.language,
    )  # fmt: skip
    frame = Frame(MARGIN, 18 * mm, A4[0] - 2 * MARGIN, A4[1] - 38 * mm, 0, 0, 0, 0)
    template.addPageTemplates(PageTemplate("page", [frame]))
    story: list[Flowable] = [Text(escape(document.title), TITLE), Text(escape(document.subtitle), SUBTITLE)]
    story += _flow(document.blocks, speaker)
    canvases: list[_NumberedCanvas] = []

    def canvas_maker(*args: Any, **kwargs: Any) -> _NumberedCanvas:
        canvas = _NumberedCanvas(document, speaker, *args, **kwargs)
        canvases.append(canvas)
        return canvas

    template.build(story, canvasmaker=canvas_maker)
    return buffer.getvalue(), canvases[-1].pages


def escape(text: str) -> str:
    """reportlab paragraphs are markup: a name with < or & must print as itself."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _flow(blocks: tuple[Block, ...], speaker: Speaker) -> list[Flowable]:
    return [flowable for block in blocks for flowable in _one(block, speaker)]


def _one(block: Block, speaker: Speaker) -> list[Flowable]:
    match block:
        case Paragraph():
            return [Text(escape(block.text), MUTE if block.muted else BODY)]
        case Bullets():
            return [Text("• " + escape(item), BODY) for item in block.items]
        case FindingBox():
            return [_finding(block), Spacer(0, 5)]
        case Pairs():
            return [_pairs(block), Spacer(0, 4)]
        case Table():
            return [_table(block), Spacer(0, 6)]
        case Chart():
            return [ChartFlowable(block, speaker.language), Spacer(0, 3)]
        case Heading():
            return [Text(escape(block.text), HEAD)]


def _finding(box: FindingBox) -> Grid:
    colour = HexColor(SEVERITY[box.severity])
    rows: list[list[Flowable]] = [[_Mark(box.severity), Text(f"<b>{escape(box.title)}</b> <font color='#57606A' size='8'>{escape(box.meta)}</font>", BODY)]]  # fmt: skip
    rows += [["", Text("– " + escape(line), SMALL)] for line in box.lines]
    grid = Grid(rows, colWidths=[7 * mm, None])
    grid.setStyle([OUR_FONT,
        ("NOSPLIT", (0, 0), (-1, -1)), ("LINEBEFORE", (0, 0), (0, -1), 2, colour), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("LEFTPADDING", (0, 0), (0, -1), 6), ("LEFTPADDING", (1, 0), (1, -1), 2),
    ])  # fmt: skip
    return grid


class _Mark(Flowable):
    """The severity's shape: triangle watch, diamond act, square stop, circle info."""

    def __init__(self, severity: str) -> None:
        super().__init__()
        self.severity, self.width, self.height = severity, 8, 10

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFillColor(HexColor(SEVERITY[self.severity]))
        points = {
            "watch": ((0, 1), (8, 1), (4, 8)), "act": ((4, 0), (8, 4.2), (4, 8.4), (0, 4.2)),
            "stop": ((0.5, 0.5), (7.5, 0.5), (7.5, 7.5), (0.5, 7.5)),
        }.get(self.severity)  # fmt: skip
        if points is None:
            canvas.circle(4, 4, 3.2, stroke=0, fill=1)
            return
        path = canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)


def _pairs(block: Pairs) -> Grid:
    half = (len(block.items) + 1) // 2
    columns = (block.items[:half], block.items[half:])
    rows = []
    for i in range(half):
        row: list[Any] = []
        for column in columns:
            name, value = column[i] if i < len(column) else ("", "")
            row += [Text(f"<font color='#57606A'>{escape(name)}</font>", SMALL), Text(escape(value), SMALL)]
        rows.append(row)
    width = (A4[0] - 2 * MARGIN) / 4
    grid = Grid(rows, colWidths=[width * 1.15, width * 0.85] * 2)
    grid.setStyle([OUR_FONT, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
                   ("LEFTPADDING", (0, 0), (-1, -1), 0), ("LINEBELOW", (0, 0), (-1, -1), 0.3, HexColor("#E3E6EA"))])  # fmt: skip
    return grid


def _table(block: Table) -> Grid:
    def cell(text: str, right: bool, style: ParagraphStyle) -> Text:
        return Text(escape(text), RIGHT if right and style is SMALL else style)

    head = [Text(escape(text), ParagraphStyle("h", CELL_HEAD, alignment=TA_RIGHT if right else 0)) for text, right in zip(block.header, block.right, strict=True)]  # fmt: skip
    rows = [head] + [[cell(text, right, SMALL) for text, right in zip(row, block.right, strict=True)] for row in block.rows]  # fmt: skip
    weights = block.weights or (1.0,) * len(block.header)
    whole = A4[0] - 2 * MARGIN
    grid = Grid(rows, colWidths=[whole * weight / sum(weights) for weight in weights], repeatRows=1)
    grid.setStyle([OUR_FONT,
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK), ("LINEBELOW", (0, 1), (-1, -1), 0.3, RULE), ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2), ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ])  # fmt: skip
    return grid


class _NumberedCanvas(Canvas):
    """Draws header and footer when the number of pages is known: at the end, over kept pages."""

    def __init__(self, document: Document, speaker: Speaker, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, **{**kwargs, "initialFontName": "Body"}
        )  # else Helvetica is named, not embedded
        self._document, self._speaker = document, speaker
        self._kept: list[dict[str, Any]] = []
        self.pages = 0

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        self.pages = len(self._kept)
        for number, page in enumerate(self._kept, 1):
            self.__dict__.update(page)
            self._furniture(number, len(self._kept))
            super().showPage()
        self.pages = len(self._kept)
        super().save()

    def _furniture(self, number: int, total: int) -> None:
        width, height = A4
        self.setStrokeColor(RULE)
        self.setLineWidth(0.5)
        self.line(MARGIN, height - 16 * mm, width - MARGIN, height - 16 * mm)
        self.line(MARGIN, 14 * mm, width - MARGIN, 14 * mm)
        self.setFillColor(MUTED)
        self.setFont("Body", 8)
        self.drawString(MARGIN, height - 14 * mm, _fit(self._document.company or "Wellside", 70))
        self.drawRightString(width - MARGIN, height - 14 * mm, _fit(self._document.title, 80))
        self.setFont("Body", 7)
        self.drawString(MARGIN, 10.5 * mm, _fit(self._document.source_line, 130))
        self.drawRightString(
            width - MARGIN, 10.5 * mm, self._speaker.say("report.page", page=number, pages=total)
        )


def _fit(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1] + "…"
