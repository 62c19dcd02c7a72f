"""Text reports of rod string programs (RODSTAR, QRod, RP 11L): the table of the string with the units that it
names. A report without units, or without such a table, is refused by the program's name.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError
from app.core.unit_spellings import find_unit
from app.importers.base import Contents, Importer, Order, looks_binary
from app.importers.encodings import encoding_of
from app.importers.grid import sheet_of
from app.importers.layout import is_units, is_value
from app.importers.remarks import remark
from app.importers.sheets import Layout
from app.importers.vocabulary import Vocabulary, split_unit

_PROGRAMS = (
    (re.compile(r"\brodstar\b", re.IGNORECASE), "RODSTAR"),
    (re.compile(r"\bqrod\b", re.IGNORECASE), "QRod"),
    (re.compile(r"\b(?:api\s+)?rp[\s-]*11\s*-?l\b", re.IGNORECASE), "RP 11L"),
    (re.compile(r"\bsrod\b", re.IGNORECASE), "SROD"),
)
_STRING = re.compile(r"\brod\s+string\b|\btaper\b|\bsucker\s+rod|штангов|ступен", re.IGNORECASE)
_TABLE = re.compile(r"^[^\n]*(?:([;\t])[^\n]*\1|,(?! )[^\n]*,(?! ))", re.MULTILINE)
"""`DIAMETER, IN   LENGTH, FT` has commas and no columns that they part."""
_CUTS = (re.compile(r"\t+|\s{2,}"), re.compile(r"\s+"))
_NEEDED = ("rod_diameter", "rod_length")
LOOKED_AT = 4096
LARGEST = 1024 * 1024
"""A report is a page or two."""


def recognises(path: Path, head: bytes) -> bool:
    return not looks_binary(head) and head[:1] not in (b"{", b"[", b"<") and bool(_program(head))


def _program(head: bytes) -> str:
    """Which program's report it is; empty for a table with separators, whoever wrote it."""
    text = head[:LOOKED_AT].decode("utf-8", "replace")
    named = next((name for pattern, name in _PROGRAMS if pattern.search(text[:600])), "")
    return named if named and _STRING.search(text) and not _TABLE.search(text[:600]) else ""


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    content = stream.read(LARGEST)
    program = _program(content)
    lines = content.decode(encoding_of(path, content), "replace").splitlines()
    found = _table(lines, order.words)
    if found is None:
        raise KnownError("rod_text", file=str(path), program=program)
    at, rows = found
    above = [_CUTS[0].split(line.strip()) for line in lines[:at]]
    sheet = sheet_of(path, path.stem, [*above, *rows], order.words, Layout(at, 1, None, at + 1))
    if sheet is None:
        raise KnownError("rod_text", file=str(path), program=program)
    return Contents((sheet,), remarks=(remark("rod_text_rest", path.stem, value=program),))


def _table(lines: list[str], words: Vocabulary) -> tuple[int, list[list[str]]] | None:
    """(the line of the header, header and sections), where the header names both sizes with their units."""
    for at, line in enumerate(lines):
        for cut in _CUTS:
            header = cut.split(line.strip())
            if not all(any(need in words.means(cell) for cell in header) for need in _NEEDED):
                continue
            sections, units = _sections(lines[at + 1 :], cut, len(header))
            named = [f"{name} ({unit})" if unit else name for name, unit in zip(header, units, strict=True)]
            if any(map(len, sections)) and _have_units(named, words):
                return at, [named, *sections]
    return None


def _sections(lines: list[str], cut: re.Pattern[str], width: int) -> tuple[list[list[str]], list[str]]:
    """The rows right under a header, blank where a line is none, up to the first that is no row; and the
    units of a line of their own.
    """
    rows: list[list[str]] = []
    units = [""] * width
    for line in lines:
        cells = cut.split(line.strip()) if line.strip(" -=_") else []
        if cells and is_units(cells) and len(cells) == width and not any(rows):
            units, cells = [cell.strip("()[]") for cell in cells], []
        if cells and (len(cells) != width or sum(map(is_value, cells)) < 2):
            break
        if not cells and any(rows):
            break
        rows.append(cells)
    return rows, units


def _have_units(header: list[str], words: Vocabulary) -> bool:
    def named(need: str) -> bool:
        return any(need in words.means(one) and find_unit(split_unit(one)[2], "length") for one in header)

    return all(map(named, _NEEDED))


IMPORTER = Importer("rod_text", (".rst", ".rsp"), recognises, read)
