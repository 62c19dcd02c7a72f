"""Logs of controllers and services whose lines name their values (`key=value`), and forms that come again and
again: each name becomes a column.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError
from app.importers.base import HEAD, Contents, Importer, Order, looks_binary, whole
from app.importers.cell_units import said_in_cells
from app.importers.encodings import encoding_of, without_zeros
from app.importers.grid import sheet_of
from app.importers.key_values import Line, blocks_in, form_of
from app.importers.remarks import left_out, remark
from app.importers.sheets import Layout, Sheet
from app.importers.unfolding import unfolded
from app.importers.vocabulary import Vocabulary, like_the_others

LARGEST = 64 * 1024 * 1024
LOOKED_AT = 60
_HEADER_ABOVE = Layout(0, 1, None, 1)
_OTHERS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[{~]|\[[^\d\s]|<(?!\d{1,3}>))")
"""JSON, sections of LAS and of settings, XML; `<134>` is how a line of syslog begins."""
_COMMENTS = ("#", "//", "--")
Numbered = list[tuple[int, str]]


def recognises(path: Path, head: bytes) -> bool:
    marked = b"=" in head or b":" in head
    if not marked or looks_binary(head) or _OTHERS.match(head):
        return False
    lines = _lines(path, head)
    texts = [text for _, text in (lines[:-1] if len(head) == HEAD else lines)]
    return form_of(texts[:LOOKED_AT]) is not None or blocks_in(texts) is not None


def _lines(path: Path, content: bytes) -> Numbered:
    """(number, text) of those that say anything."""
    text = without_zeros(content.decode(encoding_of(path, content), "replace"))
    numbered = enumerate(text.splitlines(), 1)
    return [(n, line) for n, line in numbered if line.strip() and not line.lstrip().startswith(_COMMENTS)]


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    content = whole(path, stream, LARGEST)
    numbered = _lines(path, content)
    records, other = _records(numbered)
    told = [remark("lines_without_pairs", path.stem, lines=other)] if other else []
    if records and not content.endswith((b"\n", b"\r")) and _breaks_off(records):
        n, text = numbered[-1]
        told.append(left_out("row_cut_off", path.stem, n, text))
        records.pop()
    sources = {line.source for _, line in records}
    if len(sources) == 1 and re.search(r"\d", source := next(iter(sources))):
        told.append(remark("column_unused", path.stem, column="Source", value=source))
    sheet = _sheet(path, records, order.words) if records else None
    if sheet is None:
        raise KnownError("file_no_rows", file=str(path))
    return Contents((unfolded(said_in_cells(sheet, order.words), order.words),), remarks=tuple(told))


def _records(numbered: Numbered) -> tuple[list[tuple[int, Line]], list[int]]:
    """What says a value, and the lines that are no records."""
    texts = [text for _, text in numbered]
    form = form_of(texts[:LOOKED_AT])
    if form is None:
        blocks = blocks_in(texts) or []
        return [(numbered[place][0], Line("", "", pairs)) for place, pairs in blocks], []
    found = [(n, form.line_in(text)) for n, text in numbered]
    records = [(n, line) for n, line in found if line is not None]
    return records, [n for n, line in found if line is None]


def _breaks_off(records: list[tuple[int, Line]]) -> bool:
    """Whether the last says fewer things than the one before it."""
    return len(records) > 1 and len(records[-1][1].pairs) < len(records[-2][1].pairs)


def _sheet(path: Path, records: list[tuple[int, Line]], words: Vocabulary) -> Sheet | None:
    lines = [line for _, line in records]
    keys = list(dict.fromkeys(key for line in lines for key, _ in line.pairs))
    sources = {line.source for line in lines}
    names, before = [], []
    if any(line.moment for line in lines):
        names.append(like_the_others(keys, "Время", "Time"))
        before.append([line.moment for line in lines])
    if len(sources) > 1:  # of several that write, nobody's values are another's
        called = any("well" in words.means(key) for key in keys)
        names.append("Source" if called else like_the_others(keys, "Скважина", "Well"))
        before.append([line.source for line in lines])
    values = [dict(line.pairs) for line in lines]
    columns = [*before, *([one.get(key, "") for one in values] for key in keys)]
    rows = [list(row) for row in zip(*columns, strict=True)]
    there = [i for i, row in enumerate(rows) if any(row)]
    sheet = sheet_of(path, path.stem, [[*names, *keys], *(rows[i] for i in there)], words, _HEADER_ABOVE)
    if sheet is None:
        return None
    source = "" if len(sources) > 1 else sources.pop()
    sheet = sheet.of_lines([records[i][0] for i in there])
    return replace(sheet, above=((source,),) if source else ())


IMPORTER = Importer("keyed_log", (".log",), recognises, read)
