"""Texts, slides and tables of offices: .docx, .odt, .pptx, .xlsx and their like. No macro is run, no link
followed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

from app.core.errors import KnownError
from app.importers.archive_checks import check_archive
from app.importers.documents.parts import Words, gathered, in_pieces
from app.importers.office_files import OLE, is_no_book, refuse_encrypted, refuse_large
from app.importers.xml_trees import own_name
from app.models.search.found import Piece

MOST_CELLS = 2_000_000
"""Of a sheet: a larger one is a table of readings and no document."""
DEEPEST = 400
PIECE = 65_536
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError),
)
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_WORD = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_LINES = ("p", "h", "tr", "table-row", "br", "line-break", "tab")
"""Elements that end a word; the cells of a table are paragraphs."""
_MUTE = ("instrtext", "deltext")
"""Of Word: what a field is made of, and what was struck out."""


def is_one(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", OLE))


def words(path: Path, content: bytes) -> Words:
    """Raises KnownError: damaged, under a password, a bomb, or no document at all."""
    refuse_encrypted(path, content)
    if content.startswith(OLE):
        if is_no_book(path):
            raise KnownError("words_no_document", file=str(path))
        return gathered(_sheets(path, content))
    archive = check_archive(path, content)
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return gathered(_running(path, archive, sorted(filter(_WORD.fullmatch, names))))
    slides = sorted((int(found.group(1)), name) for name in names if (found := _SLIDE.fullmatch(name)))
    if slides:
        return gathered(part for number, name in slides for part in _running(path, archive, [name], number))
    if "content.xml" in names and not _is_sheet(archive):
        return gathered(_running(path, archive, ["content.xml"]))
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names or "content.xml" in names:
        return gathered(_sheets(path, content))
    raise KnownError("words_no_document", file=str(path))


def _is_sheet(archive: zipfile.ZipFile) -> bool:
    try:
        return b"spreadsheet" in archive.read("mimetype")[:100]
    except (KeyError, *_BROKEN):
        return False


def _running(path: Path, archive: zipfile.ZipFile, members: list[str], place: int = 0) -> Iterator[Piece]:
    try:
        for name in members:
            with archive.open(name) as stream:
                yield from in_pieces((place, line) for line in _lines(path, stream))
    except _BROKEN as error:
        raise KnownError("words_damaged", file=str(path), reason=type(error).__name__) from error


class _Text:
    """What an XML parser tells, as lines in their order; nothing else of the tree is kept."""

    def __init__(self, path: Path) -> None:
        self.lines: list[str] = []
        self._path = path
        self._begun: list[str] = []
        self._depth = self._muted = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise KnownError("words_damaged", file=str(self._path), reason=f"XML > {DEEPEST}")
        self._muted += own_name(tag) in _MUTE

    def end(self, tag: str) -> None:
        self._depth -= 1
        name = own_name(tag)
        self._muted -= name in _MUTE
        if name in _LINES:
            self.close()

    def data(self, text: str) -> None:
        if not self._muted:
            self._begun.append(text)

    def close(self) -> None:
        line = "".join(self._begun).strip()
        self._begun = []
        if line:
            self.lines.append(line)


def _lines(path: Path, stream: IO[bytes]) -> Iterator[str]:
    """Paragraphs as they come. Raises KnownError (xml_entities, words_damaged)."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import XMLParser

    text = _Text(path)
    parser = XMLParser(target=text, forbid_dtd=True)
    try:
        while piece := stream.read(PIECE):
            parser.feed(piece)
            yield from text.lines
            text.lines.clear()
        parser.close()
    except DefusedXmlException as error:
        raise KnownError("xml_entities", file=str(path)) from error
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise KnownError("words_damaged", file=str(path), reason=str(error)[:80]) from error
    yield from text.lines


def _sheets(path: Path, content: bytes) -> Iterator[Piece]:
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(content))
        for about in book.sheets_metadata:
            if about.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(about.name)
                refuse_large(path, sheet, MOST_CELLS)
                yield from in_pieces(_rows(sheet), about.name)
    except calamine.PasswordError as error:
        raise KnownError("file_password", file=str(path)) from error
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError) as error:
        raise KnownError("words_damaged", file=str(path), reason=str(error)[:80]) from error


def _rows(sheet: Any) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        line = " ".join(filter(None, map(_cell, row)))
        if line:
            yield number, line


def _cell(value: object) -> str:
    """As it is read in the sheet: a whole number has no point, midnight no hour."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).removesuffix(" 00:00:00")
