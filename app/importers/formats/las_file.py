"""Recorded series in LAS 1.2, 2.0 and 3.0: the curves are a table, the well's name is in the header. Sections
of LAS 3.0 that have columns of their own are sheets beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError
from app.importers.base import Contents, Importer, Order, whole
from app.importers.encodings import encoding_of
from app.importers.grid import typed
from app.importers.las_sections import Item, RowError, Section, items_of, rows_of, sections_of, value_of
from app.importers.sheets import LINE, MOST_COLUMNS, Layout, Sheet, column_name

_NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
NOTHING = ("", "nan", "null", "-nan", "1.#qnan", "-1.#ind", "nul")


def recognises(path: Path, head: bytes) -> bool:
    plain = head.lstrip(b"\xef\xbb\xbf")
    return (
        path.suffix.lower() == ".las" or re.match(rb"\s*(#[^\n]*\n\s*)*~V", plain, re.IGNORECASE) is not None
    )


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    content = whole(path, stream)
    text = content.decode(encoding_of(path, content[:65_536]), "replace").lstrip("\ufeff")
    sections = sections_of(text)
    version = items_of(_named(sections, "V"))
    about = items_of(_named(sections, "W"), value_last=value_of(version, "VERS").startswith("1"))
    tables = _tables(path, sections)
    for wanted, there in (("~V", version), ("~Curve", tables)):
        if not there:
            raise KnownError("las_section", file=str(path), section=wanted)
    sheets = tuple(_sheet(path, table, version, about) for table in tables)
    if not any(sheet.table.num_rows for sheet in sheets):
        raise KnownError("file_no_rows", file=str(path))
    return Contents(sheets)


@dataclass(frozen=True)
class _Table:
    name: str
    curves: list[Item]
    data: Section


def _named(sections: list[Section], letter: str) -> Section | None:
    return next((section for section in sections if section.title.startswith(letter)), None)


def _tables(path: Path, sections: list[Section]) -> list[_Table]:
    """`~A` belongs to `~Curve`, `~Core_Data[1] | Core_Definition[1]` to the definition that it names."""
    found: list[_Table] = []
    for data in sections:
        name = (data.title.split("|")[0].split() or [""])[0]
        if re.match(r"A$|ASCII|LOG_DATA", name):
            curves = next((section for section in sections if _defines_logs(section)), None)
            title = path.stem
        elif "_DATA" in name and data.lines:
            wanted = name.replace("_DATA", "_DEFINITION")
            curves = next((s for s in sections if s.title.split("|")[0].strip() == wanted), None)
            title = f"{path.stem} ({name.replace('_DATA', '').lower()})"
        else:
            continue
        if any(table.name == title for table in found):
            title = f"{title} ({len(found) + 1})"
        columns = items_of(curves)
        if columns:
            found.append(_Table(title, columns, data))
    return found


def _defines_logs(section: Section) -> bool:
    return section.title.startswith(("CURVE", "LOG_DEFINITION")) or section.title.split() == ["C"]


def _sheet(path: Path, table: _Table, version: list[Item], about: list[Item]) -> Sheet:
    import pyarrow as pa

    width = len(table.curves)
    if width > MOST_COLUMNS:
        raise KnownError(
            "too_many_columns", file=str(path), sheet=table.name, count=width, limit=MOST_COLUMNS
        )
    wrapped = value_of(version, "WRAP").upper().startswith("Y")
    try:
        rows = rows_of(table.data, width, wrapped=wrapped, delimiter=value_of(version, "DLM"))
    except RowError as error:
        raise KnownError("las_row", file=str(path), **vars(error)) from error
    null = _number(value_of(about, "NULL"))
    columns = {column_name(i): typed([_cell(cells[i], null) for _, cells in rows]) for i in range(width)}
    columns[LINE] = pa.array([line for line, _ in rows], pa.int64())
    return Sheet(
        table.name,
        Layout(0, 1, None, 0),
        tuple(_header(curve) for curve in table.curves),
        tuple(curve.unit for curve in table.curves),
        pa.table(columns),
        _above(about),
    )


def _above(about: list[Item]) -> tuple[tuple[str, ...], ...]:
    said = [(f"{title}: {value}",) for title in ("Well", "Date") if (value := value_of(about, title.upper()))]
    return (*said, *((f"{item.name}: {item.value}", item.about) for item in about if item.value))


def _header(curve: Item) -> str:
    """The mnemonic; where somebody has described the curve in words, those."""
    words = re.sub(r"^\s*\d+\s+", "", curve.about).strip()
    return words if len(words) > 3 and not words.replace(" ", "").isdigit() else curve.name


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.match(text) else None


def _cell(text: str, null: float | None) -> float | str | None:
    value = _number(text)
    if value is None:
        return None if text.lower() in NOTHING else text
    return None if null is not None and abs(value - null) <= 1e-9 * abs(null) else value


IMPORTER = Importer("las", (".las",), recognises, read)
