"""LAS 1.2, 2.0 and 3.0 as text → its sections, header lines and rows of cells. Files of loggers keep to the
standard loosely: rows are wrapped, nulls run into each other, a date is two words, commas part the columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.importers.text_columns import cells_of

_LINE = re.compile(r"^\s*(?P<name>[^.:]*?)\s*\.(?P<unit>[^\s:]*)(?P<rest>.*)$")
_FORMAT = re.compile(r"\{[^}]*\}|\|.*$")
_COLON = re.compile(r"(?<!\d):|:(?!\d)")
"""What parts a value from its description; the one in a clock parts nothing."""
_RUN_ON = re.compile(r"(?<=[\d.])(?=[+-]\d*\.)")
_DELIMITERS = {"COMMA": ",", "TAB": "\t"}
VALUE_FIRST = ("STRT", "STOP", "STEP", "NULL")
"""In LAS 1.2 only these have their value before the colon."""


@dataclass(frozen=True)
class Item:
    """`MNEM.UNIT value : description`."""

    name: str
    unit: str
    value: str
    about: str


@dataclass
class Section:
    """`title` without `~`, in capitals; lines with their numbers from 1, comments left out."""

    title: str
    lines: list[tuple[int, str]] = field(default_factory=list)


class RowError(Exception):
    """A row that cannot be parted into the columns that the header names."""

    def __init__(self, line: int, expected: int, actual: int, text: str) -> None:
        super().__init__(line)
        self.line, self.expected, self.actual, self.text = line, expected, actual, text[:80]


def sections_of(text: str) -> list[Section]:
    found: list[Section] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        plain = line.strip()
        if plain.startswith("~"):
            found.append(Section(plain[1:].upper()))
        elif plain and not plain.startswith("#") and found:
            found[-1].lines.append((number, line))
    return found


def items_of(section: Section | None, *, value_last: bool = False) -> list[Item]:
    """The header lines of a section; a line that is none, such as a remark, is passed over."""
    found = []
    for _, line in section.lines if section is not None else ():
        match = _LINE.match(line)
        if match is None:
            continue
        rest = _FORMAT.sub("", match["rest"])  # of LAS 3.0, and may hold colons
        colons = list(_COLON.finditer(rest))
        if colons:
            colon = colons[0 if value_last else -1]
            value, about = rest[: colon.start()], rest[colon.end() :]
        else:
            value, about = rest, ""
        name, value = match["name"].strip(), value.strip()
        about = about.strip()
        if value_last and name.upper() not in VALUE_FIRST:
            value, about = about, value
        found.append(Item(name, match["unit"], value, about))
    return found


def value_of(items: list[Item], name: str) -> str:
    return next((item.value for item in items if item.name.upper() == name), "")


def rows_of(section: Section, width: int, *, wrapped: bool, delimiter: str) -> list[tuple[int, list[str]]]:
    """(line, cells) of each row. Raises RowError for what has more or fewer cells than columns."""
    mark = _DELIMITERS.get(delimiter.upper(), "")
    if not mark and section.lines and len(section.lines[0][1].split(",")) == width > 1:
        mark = ","
    if mark:
        return [(number, _fitted(number, line, width, mark)) for number, line in section.lines]
    if wrapped:
        return list(_unwrapped(section, width))
    try:
        return [(number, _fitted(number, line, width, "")) for number, line in section.lines]
    except RowError:
        if not section.lines or len(cells_of(section.lines[0][1], dated=True)) >= width:
            raise
        return list(_unwrapped(section, width))  # some write WRAP NO and wrap


def _fitted(number: int, line: str, width: int, mark: str) -> list[str]:
    if mark:
        cells = [cell.strip() for cell in next(csv.reader([line.strip(" \r\n")], delimiter=mark), [])]
    else:
        cells = line.split() if '"' not in line else cells_of(line, dated=False)
        if len(cells) > width:
            cells = cells_of(line, dated=True)
        elif len(cells) < width:
            cells = _parted(cells)
    if len(cells) != width:
        raise RowError(number, width, len(cells), line.strip())
    return cells


def _parted(cells: list[str]) -> list[str]:
    """`-999.25-999.25` → two: a fixed width left no room between them."""
    return [part for cell in cells for part in (_RUN_ON.split(cell) if "." in cell else [cell])]


def _unwrapped(section: Section, width: int) -> Iterator[tuple[int, list[str]]]:
    """A step's values follow over as many lines as they need; a step begins on a line of its own."""
    held: list[str] = []
    first = 0
    for number, line in section.lines:
        first = first if held else number
        held += _parted(cells_of(line, dated=True))
        if len(held) == width:
            yield first, held
            held = []
        elif len(held) > width:
            raise RowError(first, width, len(held), line.strip())
    if held:
        raise RowError(first, width, len(held), " ".join(held))
