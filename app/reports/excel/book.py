"""A document as an Excel file: a sheet each part of the report, real numbers and dates, native charts, frozen
headers, safe text.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.core.files import hand_over
from app.core.texts import Speaker, number
from app.reports.blocks import (
    Block,
    Bullets,
    Chart,
    Completion,
    Document,
    FindingBox,
    Heading,
    Pairs,
    Paragraph,
    Photos,
    Signatures,
    Table,
    Timeline,
    Value,
)
from app.reports.excel.charts import ChartData
from app.reports.excel.layout import Widths

TITLE, HEAD, BOLD, MUTED = (
    Font(bold=True, size=14),
    Font(bold=True, size=12),
    Font(bold=True),
    Font(color="57606A"),
)
GROUND = PatternFill("solid", fgColor="F1F3F5")
UNDER = Border(bottom=Side("thin", color="1F2328"))
ILLEGAL_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
ILLEGAL_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_NAME, LONGEST_TEXT, MOST_SHEETS = 31, 32_767, 250
WRAP = Alignment(wrap_text=True, vertical="top")


def write(document: Document, speaker: Speaker, out: Path) -> int:
    """Whole or not at all; returns the sheets. Raises KnownError (file_not_written)."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = (
        document.title,
        document.author or document.company or "Wellside",
    )
    book.properties.subject, book.properties.keywords = document.subtitle, document.keywords
    data = ChartData(book, speaker)
    _Sheets(book, document, speaker, data).fill()
    data.finish()
    count = len(book.sheetnames)
    content = io.BytesIO()
    book.save(content)
    hand_over(out, content.getvalue())
    return count


def text_cell(sheet: Worksheet, row: int, column: int, text: str, font: Font | None = None) -> Any:
    """Text stays text: `=1+1` is not run, and what XML cannot hold is left out."""
    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_IN_CELLS.sub("", text)[:LONGEST_TEXT]
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell


class _Sheets:
    """Sections one below the other on their own sheets: a heading begins a sheet."""

    def __init__(self, book: Workbook, document: Document, speaker: Speaker, data: ChartData) -> None:
        self._book, self._document, self._speaker, self._data = book, document, speaker, data
        self._sheet: Worksheet | None = None
        self._row = 1
        self._prefix = ""
        self._widths = Widths()

    def fill(self) -> None:
        self._begin(self._document.title)
        for text, font in (
            (self._document.title, TITLE),
            (self._document.subtitle, MUTED),
            (self._document.company, MUTED),
            (self._document.source_line, MUTED),
        ):
            self._line(text, font)
        for part in self._document.parts:
            for block in part.blocks:
                self._put(block)
        self._end()

    def _begin(self, name: str) -> None:
        self._end()
        if len(self._book.sheetnames) < MOST_SHEETS or self._sheet is None:
            self._sheet = self._book.create_sheet(self._free_name(name))
            self._row = 1
            self._widths = Widths()
            self._sheet.page_setup.orientation = "landscape"
            self._sheet.page_setup.fitToWidth, self._sheet.page_setup.fitToHeight = 1, 0
            self._sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def _end(self) -> None:
        if self._sheet is not None:
            for column, width in self._widths.columns.items():
                self._sheet.column_dimensions[get_column_letter(column)].width = width

    def _free_name(self, wanted: str) -> str:
        plain = ILLEGAL_IN_NAMES.sub(" ", wanted).strip() or "—"
        name, n = plain[:LONGEST_NAME], 2
        taken = {known.lower() for known in self._book.sheetnames}
        while name.lower() in taken:
            tail = f" {n}"
            name, n = plain[: LONGEST_NAME - len(tail)] + tail, n + 1
        return name

    def _line(self, text: str, font: Font | None = None) -> None:
        if text:
            assert self._sheet is not None
            text_cell(self._sheet, self._row, 1, text, font)
            self._row += 1

    def _put(self, block: Block) -> None:
        assert self._sheet is not None
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._line(block.text, MUTED if block.muted else None)
            case Bullets():
                for item in block.items:
                    self._line(f"• {item}")
            case FindingBox():
                self._line(f"{block.title} ({block.meta})", BOLD)
                for line in block.lines:
                    self._line(f"   – {line}")
            case Pairs():
                self._pairs(block.items)
            case Table():
                self._table(block)
            case Chart():
                self._row = self._data.place(self._sheet, self._row, block)
            case Completion():
                self._pairs(
                    tuple(
                        (name, f"{number(depth, 0, self._speaker.language)} {block.unit}")
                        for depth, name in sorted(block.marks)
                    )
                )
            case Photos():
                for photo in block.items:
                    self._line(photo.caption)
            case Timeline() | Signatures():
                pass  # the table below the calendar has it all; nobody signs a cell

    def _heading(self, block: Heading) -> None:
        if block.level == 1:
            self._prefix = block.text
        name = f"{self._prefix} {block.text}" if self._prefix and block.level > 1 else block.text
        self._begin(name)
        self._line(
            block.text if block.level == 1 or not self._prefix else f"{self._prefix}. {block.text}", HEAD
        )

    def _pairs(self, items: tuple[tuple[str, str], ...]) -> None:
        assert self._sheet is not None
        for name, value in items:
            text_cell(self._sheet, self._row, 1, name, MUTED)
            text_cell(self._sheet, self._row, 2, value)
            self._widths.note(1, name)
            self._widths.note(2, value)
            self._row += 1
        self._row += 1

    def _table(self, block: Table) -> None:
        sheet = self._sheet
        assert sheet is not None
        if any(column.group for column in block.columns):
            for i, column in enumerate(block.columns, 1):
                if column.group and (i == 1 or block.columns[i - 2].group != column.group):
                    text_cell(sheet, self._row, i, column.group, BOLD).fill = GROUND
            self._row += 1
        head = self._row
        for i, column in enumerate(block.columns, 1):
            cell = text_cell(sheet, head, i, column.title, BOLD)
            cell.fill, cell.border, cell.alignment = (
                GROUND,
                UNDER,
                Alignment(wrap_text=True, vertical="center"),
            )
            self._widths.note(i, max(column.title.split(), key=len, default=""))
        for row in block.rows:
            self._row += 1
            for i, (value, column) in enumerate(zip(row, block.columns, strict=True), 1):
                self._value(self._row, i, value, column.kind, column.digits)
        if sheet.freeze_panes is None:
            sheet.freeze_panes = sheet.cell(head + 1, 1)
            sheet.print_title_rows = f"{head}:{head}"
            sheet.auto_filter.ref = (
                f"A{head}:{get_column_letter(len(block.columns))}{max(self._row, head + 1)}"
            )
        self._row += 2

    def _value(self, row: int, column: int, value: Value, kind: str, digits: int) -> None:
        assert self._sheet is not None
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            zone = self._speaker.zone
            wall = zone.local(value) if kind == "moment" else zone.shown(value)
            cell = self._sheet.cell(row, column, wall.replace(tzinfo=None))
            cell.number_format = "DD.MM.YYYY" if kind == "day" else "DD.MM.YYYY HH:MM"
            self._widths.note(column, "00.00.0000 00:00")
        elif isinstance(value, (int, float)):
            cell = self._sheet.cell(row, column, float(value) if value == value else None)
            cell.number_format = "#,##0" + ("." + "0" * digits if digits else "")
            self._widths.note(column, "000 000")
        else:
            cell = text_cell(self._sheet, row, column, value)
            cell.alignment = WRAP
            self._widths.note(column, value)
