"""Recorded series in LAS 1.2, 2.0 and 3.0: the curves are a table, the well's name is in the header. Sections
of LAS 3.0 that have columns of their own are sheets beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError, Remark
from app.importers.base import Contents, Importer, Order, whole
from app.importers.curves import Curve, curves_sheet
from app.importers.encodings import encoding_of
from app.importers.las_sections import Item, RowError, Section, items_of, rows_of, sections_of, value_of
from app.importers.remarks import left_out
from app.importers.sheets import Sheet, refuse_wide
from app.importers.told_in_form import explained

LEAST = 2
"""Rows before a torn one say how many values a row has."""


def recognises(path: Path, head: bytes) -> bool:
    plain = head.lstrip(b"\xef\xbb\xbf")
    return (
        path.suffix.lower() == ".las" or re.match(rb"\s*(#[^\n]*\n\s*)*~V", plain, re.IGNORECASE) is not None
    )


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    content = whole(path, stream)
    text = content.decode(encoding_of(path, content[:65_536]), "replace").lstrip("\ufeff")
    sections = sections_of(text)
    torn = _last_line(sections) if text[-1:] not in "\r\n" else None
    version = items_of(_named(sections, "V"))
    about = items_of(_named(sections, "W"), value_last=value_of(version, "VERS").startswith("1"))
    tables = _tables(path, sections)
    for wanted, there in (("~V", version), ("~Curve", tables)):
        if not there:
            raise KnownError("las_section", file=str(path), section=wanted)
    told: list[Remark] = []
    sheets = tuple(
        explained(_sheet(path, table, version, about, torn, told), order.words) for table in tables
    )
    if not any(sheet.table.num_rows for sheet in sheets):
        raise KnownError("file_no_rows", file=str(path))
    return Contents(sheets, remarks=tuple(told))


def _last_line(sections: list[Section]) -> tuple[int, str] | None:
    return sections[-1].lines[-1] if sections and sections[-1].lines else None


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


def _sheet(
    path: Path,
    table: _Table,
    version: list[Item],
    about: list[Item],
    torn: tuple[int, str] | None,
    told: list[Remark],
) -> Sheet:
    """`torn`: the last line of a file that does not end with the end of a line; where it is no whole row it
    is left out and `told`.
    """
    curves = [Curve(item.name, item.unit, item.about) for item in table.curves]
    refuse_wide(path, table.name, len(curves))
    wrapped = value_of(version, "WRAP").upper().startswith("Y")
    data, delimiter = table.data, value_of(version, "DLM")
    try:
        rows = rows_of(data, len(curves), wrapped=wrapped, delimiter=delimiter)
    except RowError as error:
        if torn is None or error.line != torn[0] or error.actual > error.expected or len(data.lines) < LEAST:
            raise KnownError("las_row", file=str(path), **vars(error)) from error
        whole_rows = replace(data, lines=data.lines[:-1])
        rows = rows_of(whole_rows, len(curves), wrapped=wrapped, delimiter=delimiter)
        told.append(left_out("row_cut_off", table.name, torn[0], torn[1].strip()))
    return curves_sheet(table.name, curves, rows, value_of(about, "NULL"), _above(about))


def _above(about: list[Item]) -> tuple[tuple[str, ...], ...]:
    said = [(f"{title}: {value}",) for title in ("Well", "Date") if (value := value_of(about, title.upper()))]
    return (*said, *((f"{item.name}: {item.value}", item.about) for item in about if item.value))


IMPORTER = Importer("las", (".las",), recognises, read)
