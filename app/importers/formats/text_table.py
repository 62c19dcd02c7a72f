"""Tables as text: CSV, TSV and what calls itself so. Encoding, separator and header found by the file itself;
streamed.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections import Counter
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import KnownError, Remark
from app.core.unit_spellings import find_unit
from app.importers.bare_card import bare_card, said
from app.importers.base import HEAD, Contents, Importer, Order, looks_binary, whole
from app.importers.campbell import logger_layout
from app.importers.cell_units import said_in_cells
from app.importers.encodings import UndecodableError, Utf8, encoding_of, without_zeros
from app.importers.layout import LOOK, ROWS_LEAST, header_texts, is_value, says
from app.importers.pairs import unpaired
from app.importers.remarks import left_out, remark
from app.importers.sheets import MOST_COLUMNS, Layout, Sheet, refuse_wide, text_of
from app.importers.side_by_side import as_form
from app.importers.tables import sheets_of, tables_in
from app.importers.tag_heads import one_head
from app.importers.text_blocks import are_torn, blocks_of, breaks_off, in_pieces
from app.importers.text_columns import SEPARATORS, Columns, columns_of, without_mark
from app.importers.unfolding import unfolded

BLANK_MOST = 3
LARGEST_GRID = 64 * 1024 * 1024
"""Of a text that has to be held as cells: on its side, or several tables in it."""


def recognises(path: Path, head: bytes) -> bool:
    return path.suffix.lower() in IMPORTER.suffixes or not looks_binary(head)


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    head = stream.read(HEAD)
    encoding = encoding_of(path, head)
    try:
        decoded = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError as error:
        raise KnownError("file_encoding", file=str(path), position=error.start) from error
    text = without_zeros(decoded)
    lines = text.splitlines(keepends=True)
    if len(head) == HEAD and len(lines) > 1:
        lines = lines[:-1]
    if max(map(len, lines), default=0) >= HEAD // 2 and _columns_of(lines[0]) > MOST_COLUMNS:
        raise KnownError(
            "too_many_columns", file=str(path), sheet=path.name, count=f">{MOST_COLUMNS}", limit=MOST_COLUMNS
        )
    columns = columns_of(path, lines[: LOOK * 2])
    rows, ends = _first_rows(path, columns.rows(lines))
    headed = one_head(rows, order.words) is not rows
    if headed or unpaired(rows) is not rows or as_form(rows, order.words) is not rows:
        return _as_grid(path, Utf8(head, stream, encoding), columns, order)
    layout = order.layouts.get(path.stem) or logger_layout(rows)
    there = tables_in(rows, order.words) if layout is None else [layout]
    if len(there) > 1 or (there and (there[0].transposed or _is_part(there[0]))):
        return _as_grid(path, Utf8(head, stream, encoding), columns, order)
    bare = bare_card(rows) if layout is None or not layout.header_rows else None
    if bare is not None:
        there = [bare[0]]
    of_table = next((row for row in rows if any(row) and not says(row)), [])
    if not there and len(cells := list(filter(None, of_table))) > 1 and all(map(is_value, cells)):
        raise KnownError("header_missing", file=str(path), count=len(cells), text="; ".join(cells)[:80])
    layout = there[0] if there else Layout(0, 1, None, 1)
    headers, units = header_texts(rows[: layout.data + 1], layout)
    if bare is not None:
        headers, units = bare[1], ("",) * len(bare[1])
    named = max((i + 1 for i in range(len(headers)) if headers[i] or units[i]), default=0)
    headers, units = headers[:named], units[:named]  # lines above may be wider than the table
    usual = Counter(_filled_width(row) for row in rows[layout.data :] if any(row)).most_common(1)
    if columns.separator == ",":
        _refuse_ragged(path, headers, rows[layout.data :], ends[layout.data :], lines)
    width = max(len(headers), usual[0][0] if usual and usual[0][1] > 1 else 0)
    width = _with_blank_ends(rows[layout.data :], width)
    refuse_wide(path, path.name, width)
    if width == 0:
        raise KnownError("file_no_rows", file=str(path))
    headers, units = headers + ("",) * (width - len(headers)), units + ("",) * (width - len(units))
    skip = ends[layout.data - 1] if 0 < layout.data <= len(ends) else 0
    blocks = in_pieces(blocks_of(path, Utf8(head, stream, encoding), columns, skip, width, named))
    first = next(blocks, None)
    if first is None:
        raise KnownError("file_no_rows", file=str(path))
    second = next(blocks, None)
    more = None if second is None or order.preview else lambda: itertools.chain([second], blocks)
    above = tuple(tuple(text for cell in row if (text := text_of(cell))) for row in rows[: layout.header])
    sheet = Sheet(
        path.stem,
        layout,
        headers,
        units,
        first,
        tuple(row for row in above if row),
        more,
        cut=second is not None and order.preview,
    )
    if second is None:
        sheet = said_in_cells(sheet, order.words)
    if len(head) < HEAD and not text.endswith(("\n", "\r")):
        rows = rows[:-1]  # of its end the reader of the rows tells
    told = _short_rows(path.stem, rows, ends, layout, headers)
    if bare is not None:
        told = (said(path.stem, bare[1]),)
    if "\0" in decoded:
        told = (*told, remark("zeros_in_text", path.stem))
    return Contents((unfolded(sheet, order.words),), remarks=told)


def _with_blank_ends(rows: list[list[str]], width: int) -> int:
    """A separator at the end of every line makes a column that holds nothing."""
    lengths = Counter(len(row) for row in rows if any(row) and not any(row[width:])).most_common(1)
    return lengths[0][0] if lengths and width < lengths[0][0] <= width + BLANK_MOST else width


def _short_rows(
    name: str, rows: list[list[str]], ends: list[int], layout: Layout, headers: tuple[str, ...]
) -> tuple[Remark, ...]:
    """Of the first rows: those that end before the header does, are no titles or totals, and are taken."""
    named = max((i + 1 for i, header in enumerate(headers) if header), default=0)
    body = list(zip(rows[layout.data :], ends[layout.data :], strict=False))
    torn = {end for row, end in body if breaks_off(row, named)}
    torn = torn if are_torn(len(torn), sum(len(row) >= named for row, _ in body)) else set()
    lines = [
        end
        for row, end in body
        if 1 < len(row) < named and len(row) >= named / 2 and any(map(is_value, row[:2])) and end not in torn
    ]
    return (remark("short_rows", name, lines=lines),) if lines else ()


def _is_part(layout: Layout) -> bool:
    return layout.left > 0 or layout.right is not None or layout.end is not None


def _refuse_ragged(
    path: Path, headers: tuple[str, ...], rows: list[list[str]], ends: list[int], lines: list[str]
) -> None:
    """Where commas part the cells and the decimals, or a name from its unit, rows have more cells than the
    header has names: nobody knows which cells belong together.
    """
    named = max((i + 1 for i, header in enumerate(headers) if header), default=0)
    parted = any(
        find_unit(header) is not None and f", {header}" in line
        for header in headers[1:]
        for line in lines[: ends[0] - 1 if ends else 1]
    )
    for row, end in zip(rows, ends, strict=False):
        width = _filled_width(row)
        if width > named or (parted and width):
            text = ",".join(row)[:80]
            raise KnownError("csv_ragged", file=str(path), line=end, expected=named, actual=width, text=text)


def _columns_of(line: str) -> int:
    return max(line.count(separator) for separator in SEPARATORS) + 1


def _filled_width(row: list[str]) -> int:
    return max((i + 1 for i, cell in enumerate(row) if cell), default=0)


def _first_rows(path: Path, reader: Any) -> tuple[list[list[str]], list[int]]:
    """The first rows as cells, and the number of physical lines up to the end of each."""
    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
            if row:
                rows[-1][0] = without_mark(rows[-1][0])
            ends.append(reader.line_num)
    except csv.Error as error:
        raise KnownError("csv_broken", file=str(path)) from error
    return rows, ends


def _as_grid(path: Path, source: Utf8, columns: Columns, order: Order) -> Contents:
    """A table on its side, or several: held whole, as a spreadsheet's cells are."""
    try:
        content = whole(path, io.BufferedReader(source), LARGEST_GRID)
    except UndecodableError as error:
        raise KnownError("file_encoding", file=str(path), position=error.position) from error
    text = content.decode()
    rows: list[list[Any]] = [[cell.strip() for cell in row] for row in columns.rows(io.StringIO(text))]
    told: tuple[Remark, ...] = ()
    if not text.endswith(("\n", "\r")) and _is_cut_off(rows):
        told = (left_out("row_cut_off", path.stem, text.count("\n") + 1, " ".join(rows.pop())),)
    if source.had_zeros:
        told = (*told, remark("zeros_in_text", path.stem))
    found = sheets_of(path, path.stem, rows, order.words, order.layouts)
    if not found:
        raise KnownError("file_no_rows", file=str(path))
    return Contents(tuple(found), remarks=told)


def _is_cut_off(rows: list[list[Any]]) -> bool:
    """The last of them has fewer cells than those before it, which have the same number."""
    if len(rows) < ROWS_LEAST:
        return False
    *before, last = (len(row) for row in rows[-ROWS_LEAST:])
    return 0 < last < min(before) == max(before) and any(rows[-1])


IMPORTER = Importer("text_table", (".csv", ".tsv", ".txt"), recognises, read)
