"""A document as PDF: pages of either orientation, running head and foot, contents, bookmarks, embedded fonts,
selectable text.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as Text

from app.core.files import hand_over
from app.core.texts import Speaker
from app.reports.blocks import Document, Heading, Part
from app.reports.pdf import archive
from app.reports.pdf.canvas import LINE, ReportCanvas
from app.reports.pdf.flow import flow
from app.reports.pdf.look import FOOT, MARGIN, SUBTITLE, TITLE, TOP, escape, page_size, register_fonts

SHORT_CONTENTS = 20
"""So few lines of contents have no page of their own."""

LONG_CONTENTS = 60
"""More headings than these, and the contents name only the first level."""


def load_ahead() -> None:
    """Who calls has loaded reportlab with this module: the fonts are what is left."""
    register_fonts()


def render(
    document: Document, speaker: Speaker, out: Path, on_page: Callable[[int], None] = lambda _: None
) -> int:
    """Write the file whole or not at all; returns the pages. Raises KnownError when it cannot be written."""
    content, pages = render_bytes(document, speaker, on_page)
    hand_over(out, content)
    return pages


def render_bytes(
    document: Document, speaker: Speaker, on_page: Callable[[int], None] = lambda _: None
) -> tuple[bytes, int]:
    """(the file, its pages). `on_page` hears of each page begun: it may raise to break off."""
    register_fonts()
    buffer = io.BytesIO()
    first = document.parts[0] if document.parts else Part(())
    template = _Template(
        buffer,
        pagesize=page_size(document.paper, wide=first.landscape),
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=TOP,
        bottomMargin=FOOT,
        title=document.title,
        author=document.author or document.company or "Wellside",
        subject=document.subtitle,
        creator="Wellside",
        keywords=document.keywords,
        producer=archive.PRODUCER,
        lang=document.language,
        pageCompression=1,
    )
    parts = document.parts or (first,)
    template.addPageTemplates([_page_template(document, i, part, on_page) for i, part in enumerate(parts)])
    deepest, lines = _contents(document)
    story: list[Flowable] = [Text(escape(document.title), TITLE), Text(escape(document.subtitle), SUBTITLE)]
    if lines:
        story += [ContentsFlowable(lines), PageBreak() if lines > SHORT_CONTENTS else Spacer(0, 8)]
    for i, part in enumerate(parts):
        before = parts[i - 1] if i else None
        if before is not None:
            story.append(NextPageTemplate(f"part{i}"))
            if part.own_page or part.landscape != before.landscape:
                story.append(PageBreak())
        story.append(_Later(part, speaker, page_size(document.paper, wide=part.landscape)))
    canvases: list[ReportCanvas] = []

    def canvas_maker(*args: Any, **kwargs: Any) -> ReportCanvas:
        canvas = ReportCanvas(document, speaker, deepest, *args, **kwargs)
        canvases.append(canvas)
        return canvas

    template.build(story, canvasmaker=canvas_maker)
    return buffer.getvalue(), canvases[-1].pages


class _Later(Flowable):
    """A part that is laid out when its turn comes: of all wells at once it would fill the memory."""

    def __init__(self, part: Part, speaker: Speaker, size: tuple[float, float]) -> None:
        super().__init__()
        self._part, self._speaker, self._size = part, speaker, size

    def laid(self) -> list[Flowable]:
        width, height = self._size
        return flow(self._part.blocks, self._speaker, width - 2 * MARGIN, height - TOP - FOOT)


class _Template(BaseDocTemplate):
    def handle_flowable(self, flowables: list[Flowable]) -> None:
        while flowables and isinstance(flowables[0], _Later):
            flowables[:1] = flowables[0].laid()
        if flowables:
            super().handle_flowable(flowables)


def _page_template(
    document: Document, number: int, part: Part, on_page: Callable[[int], None]
) -> PageTemplate:
    width, height = size = page_size(document.paper, wide=part.landscape)

    def begin(canvas: ReportCanvas, template: BaseDocTemplate) -> None:
        canvas.running = part.running
        on_page(template.page)

    frame = Frame(MARGIN, FOOT, width - 2 * MARGIN, height - TOP - FOOT, 0, 0, 0, 0)
    return PageTemplate(f"part{number}", [frame], onPage=begin, pagesize=size)


def _contents(document: Document) -> tuple[int, int]:
    """(the deepest level that is listed, how many lines): none for a report of a few pages."""
    levels = [block.level for block in document.blocks if isinstance(block, Heading)]
    deepest = 1 if len(levels) > LONG_CONTENTS and 1 in levels else 2
    return deepest, sum(level <= deepest for level in levels) if document.contents else 0


class ContentsFlowable(Flowable):
    """Keeps the place of the contents' lines `first` to `last`; the canvas fills it in when the pages are
    known.
    """

    def __init__(self, last: int, first: int = 0) -> None:
        super().__init__()
        self._first, self._last = first, last

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, LINE * (self._last - self._first)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        fits = int(available_height // LINE)
        if fits <= 0:
            return []
        return [
            ContentsFlowable(self._first + fits, self._first),
            ContentsFlowable(self._last, self._first + fits),
        ]

    def draw(self) -> None:
        left, top = self.canv.absolutePosition(0, self.height)
        self.canv.note_contents(top, left, left + self.width, self._first, self._last)
