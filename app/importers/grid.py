"""Rows of cells, as spreadsheets, DBF and LAS give them → a Sheet: header found, columns typed, blank rows
left out.
"""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from app.importers.layout import LOOK, WELL, bare_name, find_layout, header_texts
from app.importers.sheets import LINE, MOST_COLUMNS, Cells, Layout, Sheet, column_name, refuse_wide, text_of
from app.importers.vocabulary import Vocabulary, like_the_others

ABOVE_SHOWN = 12
_BLANK = ("", None)


def sheet_of(
    path: Path,
    name: str,
    rows: Cells,
    words: Vocabulary,
    layout: Layout | None = None,
    *,
    hidden: bool = False,
) -> Sheet | None:
    """None for a sheet without a table. Raises KnownError for one that is too wide. Of a sheet with several
    tables `layout` says which: `tables` finds them.
    """
    if layout is not None and (layout.left, layout.right, layout.end) != (0, None, None):
        rows = [row[layout.left : layout.right] for row in rows[: layout.end]]
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_COLUMNS:  # whichever way its header lies
        refuse_wide(path, name, width)
    layout = layout or find_layout(rows, words)
    if layout is None:
        return None
    if layout.transposed:
        rows = [
            list(row) for row in zip(*(list(row) + [""] * (width - len(row)) for row in rows), strict=True)
        ]
        width = max(map(len, rows), default=0)
    refuse_wide(path, name, width)
    headers, units = header_texts(rows[: max(layout.data, layout.units_row or 0) + 1], layout)
    body = rows[layout.data :]
    repeated = repeated_headers(rows, layout)
    no_rows = repeated | ({layout.units_row - layout.data} if layout.units_row is not None else set())
    lines = [
        i
        for i, row in enumerate(body)
        if i not in no_rows and row and (row[0] not in _BLANK or any(cell not in _BLANK for cell in row))
    ]
    if len(lines) < len(body):
        body = [body[i] for i in lines]
    if layout.transposed:
        headers, body = _wells_named(headers, body, words)
    width = max(len(headers), max(map(len, body), default=0))
    headers, units = headers + ("",) * (width - len(headers)), units + ("",) * (width - len(units))
    if body and min(map(len, body)) < width:
        body = [list(row) + [""] * (width - len(row)) for row in body]
    columns = list(zip(*body, strict=True)) if body else [()] * width
    kept = [
        i
        for i in range(width)
        if headers[i] or any(cell not in ("", None) for cell in columns[i][: LOOK * 40])
    ]
    titles = rows[layout.top : layout.header][-ABOVE_SHOWN:]
    above = tuple(tuple(text for cell in row if (text := text_of(cell))) for row in titles)
    if layout.transposed:
        above, kept = _titles_aside(above, headers, columns, kept)
    arrays = {column_name(n): typed(columns[i]) for n, i in enumerate(kept)}
    arrays[LINE] = pa.array(np.array(lines, np.int64) + layout.data + 1)
    return Sheet(
        name,
        layout,
        tuple(headers[i] for i in kept),
        tuple(units[i] for i in kept),
        pa.table(arrays),
        tuple(row for row in above if row),
        hidden=hidden,
        repeated=tuple(line + layout.data + 1 for line in sorted(repeated)),
    )


def _wells_named(headers: tuple[str, ...], body: Cells, words: Vocabulary) -> tuple[tuple[str, ...], Cells]:
    """`Показатель | 651 | Скв. 652` over a form of several wells: there the wells stand. A number alone may
    be another thing.
    """
    if any("well" in words.means(header) for header in headers):
        return headers, body
    for i, header in enumerate(headers):
        cells = [text_of(row[i]) if i < len(row) else "" for row in body]
        names = any("parameter" in words.means(part) for part in header.split(" / "))
        alone = len(cells) < 2 and bare_name(cells[0]) == cells[0] if cells else True
        if names and not alone and all(map(WELL.match, cells)) and len({*cells}) == len(cells):
            named = [
                [*row[:i], bare_name(cell), *row[i + 1 :]] for row, cell in zip(body, cells, strict=True)
            ]
            return (*headers[:i], like_the_others([header], "Скважина", "Well"), *headers[i + 1 :]), named
    return headers, body


def _titles_aside(
    above: tuple[tuple[str, ...], ...], headers: tuple[str, ...], columns: list[Any], kept: list[int]
) -> tuple[tuple[tuple[str, ...], ...], list[int]]:
    """Of a table on its side the lines above are columns with a name and nothing else: `Паспорт скважины №
    777`.
    """
    empty = [all(cell in ("", None) for cell in columns[i]) for i in kept]
    first = empty.index(False) if False in empty else 0
    return above + tuple((headers[i],) for i in kept[:first] if headers[i]), kept[first:]


def repeated_headers(rows: Cells, layout: Layout) -> set[int]:
    """Rows under the header, from 0 at the first row of data, that are the header again, with what stood
    under it: its units, the numbering of its columns.
    """
    head = [row for row in rows[layout.header : layout.data] if _words(row)]
    block = list(map(_words, head))
    if not block or len(block[0]) < 2:
        return set()
    at = next(i for i, cell in enumerate(head[0]) if text_of(cell))
    mark, width = head[0][at], at + 1
    found: set[int] = set()
    for i, row in enumerate(rows[layout.data :]):
        again = len(row) >= width and row[at] == mark and _words(row) == block[0]
        if again or (found and i - 1 in found and _words(row) in block[1:]):
            found.add(i)
    return found


def _words(row: list[Any]) -> list[str]:
    return [text for cell in row if (text := text_of(cell))]


def typed(cells: Any) -> pa.Array:
    """All numbers → float64, all moments → timestamp, else text; an empty cell is null in each."""
    kinds = set(map(type, cells)) - {type(None)}
    has_blank = str in kinds and "" in cells
    others = kinds - {str}
    if (
        others <= {float, int}
        and others
        and (kinds == others or all(cell == "" for cell in cells if type(cell) is str))
    ):
        return pa.array(
            [None if cell == "" else cell for cell in cells] if has_blank else cells, pa.float64()
        )
    if kinds == {datetime} and all(cell is None or cell.tzinfo is None for cell in cells):
        return pa.array(cells, pa.timestamp("us"))
    if others and others <= {datetime, date} and all(cell == "" for cell in cells if type(cell) is str):
        return pa.array(
            [cell if type(cell) is datetime and cell.tzinfo is None else _moment(cell) for cell in cells],
            pa.timestamp("us"),
        )
    if others:
        return pa.array([text_of(cell) or None for cell in cells], pa.string())
    return pa.array([cell.strip() or None if cell else None for cell in cells], pa.string())


def _moment(cell: Any) -> datetime | None:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    return datetime.combine(cell, time()) if isinstance(cell, date) else None
