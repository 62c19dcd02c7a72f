"""What parts the columns of a text: a separator, or white space. White space is cut here, line by line, into
what a reader of separated text takes.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.core.errors import KnownError

SEPARATORS = (";", "\t", ",", "|")
COMMENT = re.compile(
    r"^\s*(?:#(?!\s*\d|н/д|n/a|знач|value|дел|div|ссылк|ref|имя|name|число|num)|//|--\s|!|%"
    r"|[-=_]{3}[\s\-=_+|]*$)",
    re.I,
)
"""A line that a program or a person wrote about the table; `#101` is a well and `#N/A` a cell."""

_CELL = re.compile(r'"[^"]*"|\S+')
_WIDE = re.compile(r"\t+| {2,}")
_WIDE_CELL = re.compile(r"\S+(?: \S+)*")
_DATED = re.compile(
    r"(?<!\S)(\d{1,4}[./-](?:\d{1,2}|[^\W\d]{3})[./-]\d{1,4})\s+"
    r"(\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s?[AaPp][Mm])?)(?!\S)"
)
_SAID = re.compile(r"\s+:\s+")
"""`Well            : 101`: one cell that says something."""
_LABEL = re.compile(r"^[^\W\d][^:\d]{1,40}:\s+\S")
"""`WELL NAME: 101`, `Company: A B`: a line that says something, of as many words as it has."""
_RULE = re.compile(r"^(?=.*[-=_]{3})[\s\-=_+|]+$")
"""A line drawn under a header or over a total."""
_GLUE = "\x01"
TAB = 8
LEAST_ALIKE = 0.6


@dataclass(frozen=True)
class Spaces:
    """`wide`: one space is no end of a column, two are; `dated`: a date and a clock are one cell."""

    wide: bool
    dated: bool
    extents: tuple[tuple[int, int], ...] = ()
    """From where to where each column reaches in the lines that have all of them."""

    def cut(self, line: str) -> list[str]:
        text = without_mark(line.strip())
        if not self.wide:
            cells = [text] if _LABEL.match(text) else cells_of(text, dated=self.dated)
        else:
            cells = [cell.strip() for cell in _WIDE.split(_SAID.sub(": ", text, 1))]
        # A line without its end may be one in which the file breaks off: of that nothing is put in place.
        short = 1 < len(cells) < len(self.extents) and line.endswith(("\n", "\r"))
        return self._in_place(line) or cells if short else cells

    def spans(self, line: str) -> list[tuple[int, int]]:
        """Where each cell of a line begins and ends."""
        found = (_WIDE_CELL if self.wide else _CELL).finditer(line.expandtabs(TAB).rstrip())
        return [match.span() for match in found]

    def _in_place(self, line: str) -> list[str]:
        """The cells of a shorter line under the columns where they stand; nothing where one of them stands
        under none, or under two.
        """
        text, row = line.expandtabs(TAB), [""] * len(self.extents)
        for a, b in self.spans(line):
            under = [i for i, (start, end) in enumerate(self.extents) if a < end and start < b]
            if len(under) != 1 or row[under[0]]:
                return []
            row[under[0]] = text[a:b].strip()
        return row


@dataclass(frozen=True)
class Columns:
    separator: str
    spaces: Spaces | None = None

    def rows(self, lines: Iterable[str]) -> Any:
        """An iterator of rows that knows its `line_num`, as csv.reader is."""
        if self.spaces is None:
            return csv.reader(lines, delimiter=self.separator)
        return csv.reader(
            (self.joined(line) for line in lines), delimiter=self.separator, quoting=csv.QUOTE_NONE
        )

    def line_of(self, line: str) -> str:
        """As it is read: with the columns parted by `separator`."""
        return line if self.spaces is None else self.joined(line).rstrip("\n")

    def joined(self, line: str) -> str:
        assert self.spaces is not None
        return self.separator.join(self.spaces.cut(line)) + "\n"

    def bytes_of(self, source: io.RawIOBase) -> io.RawIOBase:
        """The stream with the columns parted by `separator`, a line for a line."""
        return source if self.spaces is None else _Respaced(source, self)


class _Respaced(io.RawIOBase):
    def __init__(self, source: io.RawIOBase, columns: Columns) -> None:
        self._lines = io.TextIOWrapper(io.BufferedReader(source, 1 << 20), "utf-8")
        self._columns, self._ready = columns, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._ready:
            lines = self._lines.readlines(1 << 16)
            self._ready = "".join(map(self._columns.joined, lines)).encode()
        n = min(len(buffer), len(self._ready))
        buffer[:n] = self._ready[:n]
        self._ready = self._ready[n:]
        return n


def cells_of(line: str, *, dated: bool) -> list[str]:
    """What white space parts; `dated`: a date and the clock behind it are one cell."""
    if dated:
        line = _DATED.sub(lambda found: re.sub(r"\s", _GLUE, f"{found[1]} {found[2]}"), line)
    return [cell.strip('"').replace(_GLUE, " ") for cell in _CELL.findall(line)]


def without_mark(line: str) -> str:
    """A header as numeric programs write it: `# time pip`."""
    return re.sub(r"^(?:#+|//|%+)\s+", "", line)


def columns_of(path: Path, lines: list[str]) -> Columns:
    """What cuts most lines into the same number of columns. A comma inside decimal numbers cuts nothing.
    Raises KnownError (csv_no_columns).
    """
    told = [
        line for line in lines if line.strip() and not COMMENT.match(line) and not _RULE.match(line)
    ] or lines
    best, most = _separated(told)
    spaces, worth = _spaced(told)
    if spaces is not None and (worth > most or (best == "," and _commas_are_decimal(told))):
        return Columns("\t", spaces)
    if best:
        return Columns(best)
    header = next((line for line in lines if line.strip()), "")
    raise KnownError("csv_no_columns", file=str(path), header=header.strip()[:80])


def _separated(lines: list[str]) -> tuple[str, float]:
    best, most = "", 0.0
    for separator in SEPARATORS:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
        wide = {width: n for width, n in counts.items() if width > 1}
        if not wide:
            continue
        width, n = max(wide.items(), key=lambda item: (item[1], item[0]))
        worth = n / sum(counts.values()) + 0.01 * min(width, 20) - (0.3 if separator == "," else 0.0)
        if worth > most:
            best, most = separator, worth
    return best, most


def _spaced(lines: list[str]) -> tuple[Spaces | None, float]:
    """Prose has lines of any number of words: a table of them is alike, and holds figures."""
    best: Spaces | None = None
    most = share = 0.0
    if 2 * sum('","' in line for line in lines) >= len(lines):  # each cell has its quotes, of any words
        return best, most
    for spaces in (Spaces(True, False), Spaces(False, False), Spaces(False, True)):
        rows = [spaces.cut(line) for line in lines]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, n = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        if n < 2:
            continue
        alike = [row for row in rows if len(row) == width]
        figures = sum(any(ch.isdigit() for ch in cell) for row in alike for cell in row)
        first = next(i for i, row in enumerate(rows) if len(row) == width)
        table = len(rows) - max(first - 1, 0)  # from its header on: titles are of any number of words
        if n < LEAST_ALIKE * table or figures < 0.4 * width * (n - 1):
            continue
        alike_share = n / table + 0.01 * min(width, 20)
        if alike_share > share:
            share, most = alike_share, n / len(rows) + 0.01 * min(width, 20) - 0.35
            best = replace(spaces, extents=_extents(spaces, lines, width))
    return best, most


def _extents(spaces: Spaces, lines: list[str], width: int) -> tuple[tuple[int, int], ...]:
    """Of all lines that have every column, else of those with figures; nothing where columns reach into each
    other: then they do not stand in place.
    """
    whole = [] if spaces.dated else [found for line in lines if len(found := spaces.spans(line)) == width]
    figured = [spaces.spans(line) for line in lines if any(ch.isdigit() for ch in line)]
    for told in (whole, [found for found in figured if found in whole]):
        reach = [(min(a for a, _ in column), max(b for _, b in column)) for column in zip(*told, strict=True)]
        if reach and all(end <= start for (_, end), (start, _) in zip(reach, reach[1:], strict=False)):
            return tuple(reach)
    return ()


def _commas_are_decimal(lines: list[str]) -> bool:
    commas = [m for line in lines for m in re.finditer(r"(.?),(.?)", line)]
    return bool(commas) and all(m.group(1).isdigit() and m.group(2).isdigit() for m in commas)
