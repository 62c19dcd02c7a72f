"""Excel and OpenDocument workbooks: .xlsx, .xlsm, .xls, .xlsb, .ods. Values only: no formula is evaluated, no
macro read.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import KnownError, Remark
from app.importers.archive_checks import check_archive
from app.importers.base import Contents, Importer, Order, whole
from app.importers.office_files import OLE, is_no_book, refuse_encrypted, refuse_large
from app.importers.sheets import Cells, Sheet
from app.importers.tables import sheets_of
from app.importers.workbook_facts import facts_of, said_of, shown

MOST_CELLS = 20_000_000
_MARKS = (
    b"xl/workbook",
    b"xl/worksheets",
    b"[Content_Types].xml",
    b"application/vnd.oasis.opendocument.spreadsheet",
)


def recognises(path: Path, head: bytes) -> bool:
    """By content: a workbook named .csv is still a workbook. A document of Word is a ZIP with content types
    too.
    """
    if head.startswith(OLE):
        return not is_no_book(path)
    if not head.startswith(b"PK\x03\x04"):
        return False
    if (
        b"word/" in head[:4096]
        or b"ppt/" in head[:4096]
        or path.suffix.lower() in (".docx", ".pptx", ".odt", ".zip")
    ):
        return False
    return path.suffix.lower() in IMPORTER.suffixes or any(mark in head for mark in _MARKS)


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    import python_calamine as calamine

    content = whole(path, stream)
    refuse_encrypted(path, content)
    try:
        if content.startswith(b"PK"):
            check_archive(path, content)
    except KnownError as error:
        if error.code != "archive_broken":
            raise
        raise KnownError("workbook_broken", file=str(path)) from error
    try:
        book = calamine.load_workbook(io.BytesIO(content))
        facts = facts_of(content)
        sheets: list[Sheet] = []
        remarks: list[Remark] = []
        for about in book.sheets_metadata:
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            hidden = about.visible != calamine.SheetVisibleEnum.Visible
            of_sheet = facts.of(about.name)
            rows = shown(_rows(path, book.get_sheet_by_name(about.name)), of_sheet)
            found = (
                sheets_of(path, about.name, rows, order.words, order.layouts, hidden=hidden) if rows else []
            )
            sheets += [
                replace(sheet, from_1904=facts.from_1904, hidden_lines=of_sheet.hidden_lines)
                for sheet in found
            ]
            if found:
                remarks += said_of(about.name, of_sheet)
            if rows and not found:
                remarks.append(("import.sheet_without_table", {"sheet": about.name}))
    except calamine.PasswordError as error:
        raise KnownError("file_password", file=str(path)) from error
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError) as error:
        raise KnownError("workbook_broken", file=str(path)) from error
    if not sheets:
        raise KnownError("workbook_no_table", file=str(path))
    return Contents(tuple(sheets), remarks=tuple(remarks))


def _rows(path: Path, sheet: Any) -> Cells:
    """Merged cells say their value in each of their cells of one row; down a column the first one stands for
    all.
    """
    refuse_large(path, sheet, MOST_CELLS)
    rows = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(rows) or left >= len(rows[top]) or bottom - top > 20_000:
            continue
        value = rows[top][left]
        # A title over the whole width is one text; a sample's well over its rows is the well of each.
        wide = right - left
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                if wide == 0 or bottom == top or (bottom - top < 3 and wide < 20):
                    row[column] = value if wide < 12 or column == left else ""
    return rows


IMPORTER = Importer("workbook", (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), recognises, read)
