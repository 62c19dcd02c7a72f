"""Web pages with tables, which many programs name .xls: every table of the page is a sheet."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import KnownError
from app.importers.base import Contents, Importer, Order, whole
from app.importers.curves import number_in
from app.importers.encodings import encoding_of
from app.importers.sheets import Cells, Sheet
from app.importers.tables import sheets_of

MOST_CELLS = 5_000_000
DEEPEST = 30
WIDEST_CELL, TALLEST_CELL = 200, 5_000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|table|meta|head|body)\b", re.IGNORECASE)
_ARCHIVE = re.compile(rb"^(?:mime-version:|from: <saved)", re.IGNORECASE)
_OUTSIDE = {"title", "h1", "h2", "h3", "h4", "p", "caption", "div", "b", "span", "body", "font", "center"}
_NOT_READ = {"script", "style", "noscript", "template"}


def recognises(path: Path, head: bytes) -> bool:
    plain = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = head.replace(b"\0", b"")[2:].lstrip()
    if _ARCHIVE.match(plain):
        return True
    return (
        plain.startswith(b"<")
        and b'schemas-microsoft-com:office:spreadsheet"' not in plain[:2000]
        and (_PAGE.search(plain[:4000]) is not None)
    )


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    content = whole(path, stream)
    if _ARCHIVE.match(content.lstrip(b"\xef\xbb\xbf \t\r\n")):
        raise KnownError("html_archive", file=str(path))
    page = _Page(path)
    page.feed(content.decode(_encoding(path, content), "replace"))
    page.close()
    sheets: list[Sheet] = []
    for number, rows in enumerate(page.tables, 1):
        name = path.stem if number == 1 else f"{path.stem} ‹{number}›"
        sheets += sheets_of(path, name, rows, order.words, order.layouts)
    if not sheets:
        raise KnownError("html_no_table", file=str(path))
    return Contents(tuple(sheets))


def _encoding(path: Path, content: bytes) -> str:
    """What the page says of itself, where that is true."""
    said = _CHARSET.search(content[:4096])
    if said and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = said.group(1).decode("ascii", "replace")
        try:
            content[:65_536].decode(name, "ignore").encode()
            content.decode(name)
            return name
        except (LookupError, UnicodeError, ValueError):
            pass  # it says what it is not
    return encoding_of(path, content[:65_536])


class _Page(HTMLParser):
    """Flat: a table inside a table's cell is a table of its own."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self._path = path
        self._open: list[_Table] = []
        self._title: list[str] = []
        self._silent = 0
        self._cells = 0
        self.tables: list[Cells] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in _NOT_READ:
            self._silent += 1
        elif tag == "table":
            if len(self._open) >= DEEPEST:
                raise KnownError("html_too_deep", file=str(self._path), limit=DEEPEST)
            self._open.append(_Table(self._title))
            self._title = []
        elif self._open and tag == "tr":
            self._open[-1].begin_row()
        elif self._open and tag in ("td", "th"):
            self._count(self._open[-1].begin_cell(said))
        elif tag == "br" and self._open:
            self._open[-1].add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_READ:
            self._silent = max(self._silent - 1, 0)
        elif tag == "table" and self._open:
            self._finish()
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or self._silent:
            return
        if self._open:
            self._open[-1].add(data)
        else:
            self._title = [*self._title[-7:], text]

    def close(self) -> None:
        """A page that is cut off still has the tables that it began."""
        super().close()
        while self._open:
            self._finish()

    def _finish(self) -> None:
        rows = self._open.pop().rows()
        if any(any(cell != "" for cell in row) for row in rows):
            self.tables.append(rows)

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise KnownError(
                "too_many_cells", file=str(self._path), sheet="", count=self._cells, limit=MOST_CELLS
            )


class _Table:
    def __init__(self, titles: list[str]) -> None:
        self._rows: Cells = [[title] for title in titles]
        self._row: list[Any] | None = None
        self._text: list[str] | None = None
        self._number: float | None = None
        self._spans: dict[int, tuple[int, Any]] = {}
        self._wide, self._tall = 1, 1

    def begin_row(self) -> None:
        self.end_cell()
        self._row = []
        self._rows.append(self._row)
        self._fill_spans()

    def begin_cell(self, said: dict[str, str | None]) -> int:
        """How many cells of the sheet it takes."""
        self.end_cell()
        if self._row is None:
            self.begin_row()
        self._text = []
        self._number = number_in(said.get("x:num") or "")
        self._wide = _span(said.get("colspan"), WIDEST_CELL)
        self._tall = _span(said.get("rowspan"), TALLEST_CELL)
        return self._wide * self._tall

    def add(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end_cell(self) -> None:
        if self._text is None or self._row is None:
            return
        text = " ".join("".join(self._text).split())
        value: Any = text if self._number is None else self._number
        for _ in range(self._wide):
            if self._tall > 1:
                self._spans[len(self._row)] = (self._tall - 1, value)
            self._row.append(value)
        self._text = None
        self._fill_spans()

    def _fill_spans(self) -> None:
        """Cells that reach down from the rows above stand in this row too."""
        assert self._row is not None
        while self._spans.get(len(self._row), (0, ""))[0] > 0:
            place = len(self._row)
            left, value = self._spans.pop(place)
            if left > 1:
                self._spans[place] = (left - 1, value)
            self._row.append(value)

    def rows(self) -> Cells:
        self.end_cell()
        return self._rows


def _span(said: str | None, most: int) -> int:
    return min(max(int(said), 1), most) if said and said.strip().isdecimal() and len(said) < 9 else 1


IMPORTER = Importer("html", (".html", ".htm"), recognises, read)
