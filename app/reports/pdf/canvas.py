"""The running head and foot, the contents and the bookmarks: drawn when the number of pages is known, over
kept pages.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import Any, cast

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

from app.core.texts import Speaker
from app.reports.blocks import Document
from app.reports.pdf import archive
from app.reports.pdf.look import FOOT, INK, MARGIN, MUTED, RULE, fitted, width_of

LINE = 14.0
QUICKLY = 1
"""Of zlib: it is unpacked again."""
LOGO_H = 8 * mm


@dataclass(frozen=True)
class Mark:
    """A heading where it was drawn: `page` from 0, `top` [pt from the page's foot]."""

    text: str
    level: int
    page: int
    top: float

    @property
    def key(self) -> str:
        return f"h{self.page}-{round(self.top * 10)}"


@dataclass(frozen=True)
class ContentsPlace:
    """Where the lines `first` to `last` of the contents go: page from 0, the top of the first one, left and
    right [pt].
    """

    page: int
    top: float
    left: float
    right: float
    first: int
    last: int


def _pack(page: Any) -> None:
    """As reportlab does when the whole is written, but at once: until then it keeps every page at its full
    length.
    """
    packed = PDFZCompress.encode(page.stream)
    page.Contents = PDFStream(PDFDictionary({"Filter": PDFArray([PDFName(PDFZCompress.pdfname)])}), packed)
    page.stream = None


class ReportCanvas(Canvas):
    """Flowables tell it where headings and contents are; the callbacks of page templates set `running`."""

    def __init__(self, document: Document, speaker: Speaker, deepest: int, *args: Any, **kwargs: Any) -> None:
        # Else Helvetica is named in the file and not embedded.
        super().__init__(*args, **{**kwargs, "initialFontName": "Body"})
        self._document, self._speaker, self._deepest = document, speaker, deepest
        self._kept: list[dict[str, object]] = []
        self._marks: list[Mark] = []
        self._contents: list[ContentsPlace] = []
        self._logo = ImageReader(io.BytesIO(document.logo)) if document.logo else None
        self.running = ""
        self.pages = 0
        if document.archive:
            archive.prepare(self, document)

    def note_heading(self, text: str, level: int, top: float) -> None:
        self._marks.append(Mark(text, level, len(self._kept), top))

    def note_contents(self, top: float, left: float, right: float, first: int, last: int) -> None:
        self._contents.append(ContentsPlace(len(self._kept), top, left, right, first, last))

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        # Thousands of short operators are one text, and packed: thousands of pages wait for their number.
        self._kept.append({**self.__dict__, "_code": zlib.compress("\n".join(self._code).encode(), QUICKLY)})
        self._startPage()

    def save(self) -> None:
        self.pages = len(self._kept)
        pages, marks, contents = self._kept, self._marks, self._contents
        listed = [mark for mark in marks if mark.level <= self._deepest]
        shallowest = min((one.level for one in marks), default=0)
        on_page: dict[int, list[Mark]] = {}
        for mark in marks:
            on_page.setdefault(mark.page, []).append(mark)
        whole = len(pages)
        for number in range(whole):
            page, pages[number] = pages[number], {}  # what is written needs no room here
            self.__dict__.update(page, _code=[zlib.decompress(cast(bytes, page["_code"])).decode()])
            for mark in on_page.get(number, ()):
                self.bookmarkHorizontalAbsolute(mark.key, mark.top + 4)
                self.addOutlineEntry(mark.text, mark.key, mark.level - shallowest, closed=True)
            for place in contents:
                if place.page == number:
                    self._list_contents(place, listed)
            self._furniture(number + 1, whole)
            super().showPage()
            _pack(self._doc.Pages.pages[-1])
        self.pages = whole
        if marks:
            self.showOutline()
        super().save()

    def _list_contents(self, place: ContentsPlace, listed: list[Mark]) -> None:
        shallowest = min((mark.level for mark in listed), default=1)
        for i, mark in enumerate(listed[place.first : place.last]):
            y = place.top - LINE * (i + 1) + 4
            left = place.left + 12 * (mark.level - shallowest)
            number = str(mark.page + 1)
            edge = place.right - width_of(number, "Body", 9)
            self.setFillColor(INK)
            self.setFont("Strong" if mark.level == shallowest and self._deepest > shallowest else "Body", 9)
            text = fitted(mark.text, "Body", 9, edge - left - 20)
            self.drawString(left, y, text)
            self.setFont("Body", 9)
            self.drawString(edge, y, number)
            self.setStrokeColor(RULE)
            self.setLineWidth(0.5)
            self.setDash(1, 2)
            self.line(left + width_of(text, "Strong", 9) + 4, y + 1, edge - 4, y + 1)
            self.setDash()
            # Named, because the canvas counts annotations anew on each kept page. F: it is printed.
            self.linkRect(
                "",
                mark.key,
                (left, y - 2, place.right, y + LINE - 4),
                name=f"contents{place.first + i}",
                relative=0,
                F=4,
            )

    def _furniture(self, number: int, total: int) -> None:
        width, height = self._pagesize
        line = height - 17 * mm
        self.setStrokeColor(RULE)
        self.setLineWidth(0.5)
        self.line(MARGIN, line, width - MARGIN, line)
        self.line(MARGIN, FOOT - 3 * mm, width - MARGIN, FOOT - 3 * mm)
        left = MARGIN
        if self._logo is not None:
            wide, high = self._logo.getSize()
            shown = min(LOGO_H * wide / max(high, 1), 45 * mm)
            self.drawImage(
                self._logo,
                left,
                line + 1.5 * mm,
                shown,
                LOGO_H,
                mask="auto",
                preserveAspectRatio=True,
                anchor="sw",
            )
            left += shown + 3 * mm
        room = width - MARGIN - left
        self.setFillColor(INK)
        self.setFont("Body", 8)
        company = fitted(self._document.company or "Wellside", "Body", 8, room * 0.45)
        self.drawString(left, line + 5.6 * mm, company)
        self.setFillColor(MUTED)
        self.drawRightString(
            width - MARGIN,
            line + 5.6 * mm,
            fitted(self._document.title, "Body", 8, room - width_of(company, "Body", 8) - 12),
        )
        self.setFont("Body", 7)
        self.drawString(left, line + 2 * mm, fitted(self.running, "Body", 7, room))
        page = self._speaker.say("report.page", page=number, pages=total)
        self.drawRightString(width - MARGIN, FOOT - 6.5 * mm, page)
        room = width - 2 * MARGIN - width_of(page, "Body", 7) - 12
        for i, line in enumerate(self._document.source_line.split("\n")):
            self.drawString(MARGIN, FOOT - 6.5 * mm - 9 * i, fitted(line, "Body", 7, room))
