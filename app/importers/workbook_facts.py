"""What a workbook says of its cells beside their values, which calamine does not tell: days counted from
1904, per cent formats, formulas without a stored value, hidden rows. Read from an .xlsx's parts as bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import Remark
from app.importers.numbers import FORMULA
from app.importers.remarks import remark
from app.importers.sheets import Cells

_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=\"(?:1|true)\"")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)/?>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)/?>")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)/?>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)")
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s([^>]*\bhidden=\"(?:1|true)\"[^>]*)>")
_FILTER = re.compile(rb"<(?:\w+:)?filterColumn\b")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*\bhidden=\"(?:1|true)\"[^>]*)>")
_ERROR = re.compile(rb"<(?:\w+:)?c\s([^>]*\bt=\"e\"[^>]*)>")
_MARKS = (b"<f", b":f", b"hidden=", b"filterColumn", b't="e"')
FURTHEST_COLUMN = 16_384
LARGEST = 400 * 2**20
PIECE = 2**18
_PER_CENT = (9, 10)
"""The numbers of Excel's own per cent formats."""


@dataclass
class SheetFacts:
    """Rows and columns count from 0, `hidden_lines` from 1."""

    per_cent: list[tuple[int, int]] = field(default_factory=list)
    without_value: list[tuple[int, int]] = field(default_factory=list)
    hidden_lines: tuple[int, ...] = ()
    errors: list[tuple[int, int]] = field(default_factory=list)
    """Cells that show `#DIV/0!` or `#REF!`."""
    hidden_columns: tuple[int, ...] = ()
    filtered: int = 0
    """Rows that a filter hides: a way of looking at the sheet, they are its rows all the same."""


@dataclass
class BookFacts:
    from_1904: bool = False
    sheets: dict[str, SheetFacts] = field(default_factory=dict)

    def of(self, name: str) -> SheetFacts:
        return self.sheets.get(name, SheetFacts())


def facts_of(content: bytes) -> BookFacts:
    """Nothing of a file that is no .xlsx, or that only calamine can read."""
    found = BookFacts()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                return found
            book = archive.read("xl/workbook.xml")
            found.from_1904 = _FROM_1904.search(book) is not None
            styles = _per_cent_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else []
            targets = _targets(archive.read("xl/_rels/workbook.xml.rels"))
            for match in _SHEET.finditer(book):
                about = _attributes(match[1])
                target = targets.get(about.get("id", ""), "")
                path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                if path not in names or archive.getinfo(path).file_size > LARGEST:
                    continue
                if styles or _says_anything(archive, path):
                    found.sheets[about["name"]] = _of_sheet(archive.read(path), styles)
    except (
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
    ):
        return found
    return found


def _says_anything(archive: zipfile.ZipFile, path: str) -> bool:
    """Whether a part has a formula or a hidden row; looked for piece by piece, so that the sixty megabytes of
    a sheet of plain numbers are never held.
    """
    tail = b""
    with archive.open(path) as part:
        while piece := part.read(PIECE):
            piece = tail + piece
            # Two letters that plain numbers have no need of.
            if (b"f" in piece or b"h" in piece or b't="e"' in piece) and any(
                mark in piece for mark in _MARKS
            ):
                return True
            tail = piece[-16:]
    return False


def _attributes(text: bytes) -> dict[str, str]:
    pairs = re.findall(rb"(?:\w+:)?(\w+)=\"([^\"]*)\"", text)
    return {key.decode(): _plain(value.decode("utf-8", "replace")) for key, value in pairs}


def _plain(text: str) -> str:
    for escaped, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(escaped, meant)
    return text


def _targets(relations: bytes) -> dict[str, str]:
    every = (_attributes(match[1]) for match in _RELATION.finditer(relations))
    return {about["Id"]: about["Target"] for about in every if {"Id", "Target"} <= set(about)}


def _per_cent_styles(styles: bytes) -> list[int]:
    formats = {*_PER_CENT}
    for match in _FORMAT.finditer(styles):
        about = _attributes(match[1])
        code = re.sub(r"\"[^\"]*\"|\\.", "", about.get("formatCode", ""))
        if "%" in code:
            formats.add(int(about["numFmtId"]))
    of_cells = _STYLES.search(styles)
    if of_cells is None:
        return []
    each = [_attributes(match[1]) for match in _STYLE.finditer(of_cells[0])]
    return [number for number, about in enumerate(each) if int(about.get("numFmtId", 0)) in formats]


def _of_sheet(xml: bytes, per_cent: list[int]) -> SheetFacts:
    found = SheetFacts()
    if per_cent:
        numbers = b"|".join(str(number).encode() for number in per_cent)
        styled = re.compile(rb"<(?:\w+:)?c\s((?:[^>]*\s)?s=\"(?:" + numbers + rb")\"[^>]*)>")
        found.per_cent = _places(match[1] for match in styled.finditer(xml))
    plain = b"<worksheet" in xml[:4096]  # no part of a name is a prefix then
    if b"<f" in xml or (not plain and b":f>" in xml):
        found.without_value = _places(match[1] for match in _NO_VALUE.finditer(xml))
    if b't="e"' in xml:
        found.errors = _places(match[1] for match in _ERROR.finditer(xml))
    if b"hidden=" in xml:
        found.hidden_columns = _columns(xml)
        lines = (_attributes(match[1]).get("r", "") for match in _HIDDEN.finditer(xml))
        hidden = tuple(int(line) for line in lines if line.isdigit())
        if _FILTER.search(xml) is not None:
            found.filtered = len(hidden)
        else:
            found.hidden_lines = hidden
    return found


def _columns(xml: bytes) -> tuple[int, ...]:
    found: set[int] = set()
    for match in _COLUMN.finditer(xml):
        about = _attributes(match[1])
        first, last = about.get("min", ""), about.get("max", "")
        if first.isdigit() and last.isdigit():
            found.update(range(int(first) - 1, min(int(last), FURTHEST_COLUMN)))
    return tuple(sorted(found))


def _places(cells: Any) -> list[tuple[int, int]]:
    found = []
    for text in cells:
        place = re.search(rb"(?:^|\s)r=\"([A-Z]{1,3})(\d+)\"", text)
        if place is not None:
            column = 0
            for letter in place[1]:
                column = column * 26 + letter - 64
            found.append((int(place[2]) - 1, column - 1))
    return found


def said_of(name: str, facts: SheetFacts) -> list[Remark]:
    """What is said of a sheet that has a table: rows that a filter hides, cells that show an error."""
    said: list[Remark] = []
    if facts.filtered:
        said.append(("import.rows_filtered", {"sheet": name, "count": facts.filtered}))
    if facts.errors:
        lines = sorted({row + 1 for row, _ in facts.errors})
        said.append(remark("error_cells", name, lines=lines))
    if facts.hidden_columns:
        letters = ", ".join(map(_letters, facts.hidden_columns))
        said.append(remark("columns_hidden", name, columns=letters, count=len(facts.hidden_columns)))
    return said


def _letters(column: int) -> str:
    """`A`, `AB`."""
    letters, number = "", column + 1
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _hidden_last(rows: Cells, facts: SheetFacts) -> Cells:
    """Of two columns of one name the one that is shown is taken: those that hold something and are hidden
    stand behind all others.
    """
    width = max(map(len, rows), default=0)
    hidden = [
        at
        for at in facts.hidden_columns
        if at < width and any(at < len(row) and row[at] not in ("", None) for row in rows)
    ]
    facts.hidden_columns = tuple(hidden)
    if not hidden or len(hidden) == width:
        return rows
    order = [at for at in range(width) if at not in set(hidden)] + hidden
    return [[row[at] if at < len(row) else "" for at in order] for row in rows]


def shown(rows: Cells, facts: SheetFacts) -> Cells:
    """The cells as the spreadsheet shows them: 0.4 under a per cent format is `40%`; a formula without a
    value is marked as one; columns that it hides stand last.
    """
    for row, column in facts.per_cent:
        if row < len(rows) and column < len(rows[row]):
            value = rows[row][column]
            if isinstance(value, int | float) and not isinstance(value, bool):
                rows[row][column] = f"{round(100 * value, 10):.12g}%"
    for row, column in facts.without_value:
        if row < len(rows) and column < len(rows[row]) and rows[row][column] in ("", None):
            rows[row][column] = FORMULA
    return _hidden_last(rows, facts)
