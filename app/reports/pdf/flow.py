"""Blocks as flowables: what stands under what, and what must not be parted."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from app.core.texts import Speaker
from app.reports.blocks import (
    Block,
    Bullets,
    Chart,
    Completion,
    FindingBox,
    Heading,
    Pairs,
    Paragraph,
    Photos,
    Signatures,
    Table,
    Timeline,
)
from app.reports.pdf import tables
from app.reports.pdf.chart import ChartFlowable
from app.reports.pdf.completion import CompletionFlowable
from app.reports.pdf.look import BODY, HEADS, INK, MUTE, MUTED, SEVERITY, SMALL, escape, fitted
from app.reports.pdf.marks import SeverityMark
from app.reports.pdf.photos import photos
from app.reports.pdf.timeline import TimelineFlowable

KEPT_WHOLE = 20
"""A finding with so many lines stands on one page."""

LEADING = 40.0
"""So low a paragraph under a heading only leads to what comes [pt]: about two lines."""

BESIDE_HEADING = 60.0
"""What must stand under a heading of what can be parted [pt]: a few lines."""


def flow(
    blocks: tuple[Block, ...], speaker: Speaker, available: float, frame_height: float
) -> list[Flowable]:
    """A heading never stands alone at the foot of a page: it goes over with what it is the heading of, and so
    does the sentence that leads from one to the other.
    """
    story: list[Flowable] = []
    waiting: list[Flowable] = []
    leads = False

    def put(below: float) -> None:
        needed = sum(_tall(one, available) for one in waiting) + below
        story.extend([CondPageBreak(min(needed, frame_height - 1)), *waiting])
        waiting.clear()

    for block in blocks:
        if isinstance(block, Heading):
            if leads:
                put(0.0)
            waiting.append(HeadingFlowable.of(block))
            leads = False
            continue
        flowables = _one(block, speaker, available)
        if waiting and isinstance(block, Paragraph) and _tall(flowables[0], available) < LEADING:
            waiting += flowables
            leads = True
            continue
        if waiting:
            parted = isinstance(block, (Table, Pairs))
            put(BESIDE_HEADING if parted else flowables[0].wrap(available, frame_height)[1])
            leads = False
        story += flowables
    if waiting:
        put(0.0)
    return story


def _tall(flowable: Flowable, available: float) -> float:
    around = flowable.getSpaceBefore() + flowable.getSpaceAfter()
    return float(flowable.wrap(available, 10_000)[1] + around)


class HeadingFlowable(Text):
    """Tells the canvas where it stands, for the bookmarks and the contents; of a heading that is parted the
    first piece does.
    """

    block: Heading | None = None

    @classmethod
    def of(cls, block: Heading) -> HeadingFlowable:
        flowable = cls(escape(block.text), HEADS[block.level])
        flowable.block = block
        return flowable

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        pieces: list[Flowable] = super().split(available_width, available_height)
        if len(pieces) > 1:
            pieces[0].block = self.block
        return pieces

    def draw(self) -> None:
        if self.block is not None:
            top = self.canv.absolutePosition(0, self.height)[1]
            self.canv.note_heading(self.block.text, self.block.level, top)
        super().draw()


def _one(block: Block, speaker: Speaker, available: float) -> list[Flowable]:
    match block:
        case Paragraph():
            return [
                Text(escape(block.text).replace("\n", "<br/>"), MUTE if block.muted else BODY),
                Spacer(0, 2),
            ]
        case Bullets():
            return [Text("• " + escape(item), BODY) for item in block.items] or [Spacer(0, 0)]
        case FindingBox():
            return [_finding(block), Spacer(0, 5)]
        case Pairs():
            return [tables.pairs(block, available), Spacer(0, 4)] if block.items else [Spacer(0, 0)]
        case Table():
            return [tables.table(block, speaker, available), Spacer(0, 6)]
        case Chart():
            return [ChartFlowable(block, speaker), Spacer(0, 3)]
        case Completion():
            return [CompletionFlowable(block, speaker.language), Spacer(0, 4)]
        case Timeline():
            return [TimelineFlowable(block, speaker), Spacer(0, 5)]
        case Signatures():
            return [SignaturesFlowable(block)]
        case Photos():
            return [photos(block, available), Spacer(0, 5)] if block.items else [Spacer(0, 0)]
        case Heading():
            return [HeadingFlowable.of(block)]


def _finding(box: FindingBox) -> Grid:
    title = f"<b>{escape(box.title)}</b> <font color='#57606A' size='8'>{escape(box.meta)}</font>"
    rows: list[list[Any]] = [[SeverityMark(box.severity), Text(title, BODY)]]
    rows += [["", Text("– " + escape(line), SMALL)] for line in box.lines]
    grid = Grid(rows, colWidths=[7 * mm, None], splitInRow=1)
    whole = [("NOSPLIT", (0, 0), (-1, -1))] if len(rows) <= KEPT_WHOLE else []
    grid.setStyle(
        [
            *whole,
            ("FONT", (0, 0), (-1, -1), "Body"),
            ("LINEBEFORE", (0, 0), (0, -1), 2, HexColor(SEVERITY[box.severity])),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("LEFTPADDING", (0, 0), (0, -1), 6),
            ("LEFTPADDING", (1, 0), (1, -1), 2),
        ]
    )
    return grid


class SignaturesFlowable(Flowable):
    """A line each to sign on, with the name and a place for the date."""

    ROW = 26.0

    def __init__(self, block: Signatures) -> None:
        super().__init__()
        self._block = block

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self.ROW * len(self._block.items) + 6
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        y = self.height - self.ROW + 4
        for role, name in self._block.items:
            canvas.setFillColor(INK)
            canvas.setFont("Body", 9)
            canvas.drawString(0, y, fitted(role, "Body", 9, self.width * 0.29))
            canvas.drawString(self.width * 0.58, y, fitted(name, "Body", 9, self.width * 0.21))
            canvas.setStrokeColor(MUTED)
            canvas.setLineWidth(0.5)
            canvas.line(self.width * 0.3, y - 2, self.width * 0.55, y - 2)
            canvas.drawString(self.width * 0.8, y, self._block.date_label)
            canvas.line(self.width * 0.86, y - 2, self.width, y - 2)
            y -= self.ROW
