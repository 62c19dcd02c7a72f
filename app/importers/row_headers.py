"""Lines in a table that are none of its rows: the header once more, and what somebody wrote between."""

from __future__ import annotations

import re
from functools import reduce

import numpy as np
import pyarrow.compute as pc

from app.importers.encodings import CUT_OFF
from app.importers.layout import is_value
from app.importers.numbers import texts_of
from app.importers.rows import Problem
from app.importers.sheet_reading import MOST_PROBLEMS, SheetReading
from app.importers.sheets import column_name
from app.importers.text_columns import COMMENT

_MAY_BE_COMMENT = rf"^\s*(#|//|--|!|%|==|\(\d|\||{CUT_OFF})"
_RULE = re.compile(r"[-=+:|_\s]{3,}")
"""`-----+-----` under a header, as queries print it."""
_COUNT = re.compile(r"\(\d+ (?:rows?|строк\w*|записе?й?\w*)(?: affected| selected)?\)", re.IGNORECASE)
"""`(2 rows)` under the rows."""


def leave_out_headers(reading: SheetReading) -> None:
    """They are told of, not lost: also those that the reader of the file has left out already."""
    for line in reading.sheet.repeated[:MOST_PROBLEMS]:
        _left_out(reading, line, "row_header", "; ".join(reading.sheet.headers))
    if not reading.table.num_rows or not reading.sheet.headers:
        return
    # Of a table between marks the first cell is blank; what stands alone in its line is in the first column,
    # which may have no name.
    index = next((i for i, header in enumerate(reading.sheet.headers) if header), 0)
    first = [texts_of(reading.table.column(column_name(i))) for i in sorted({0, index})]
    again = pc.equal(first[-1], reading.sheet.headers[index])
    marked = (pc.match_substring_regex(cells, _MAY_BE_COMMENT) for cells in first)
    odd = np.asarray(reduce(pc.or_, marked, again).to_numpy(zero_copy_only=False), bool)
    rows = np.flatnonzero(odd & reading.keep)[:MOST_PROBLEMS]
    for row, cells in zip(rows.tolist(), reading.cells(rows), strict=True):
        if _is_header(reading, cells):
            code = "row_header"
        elif cells[0].startswith(CUT_OFF):
            code, cells = "row_cut_off", [cells[0][1:], *cells[1:]]
        elif _is_remark(cells):
            code = "row_comment"
        else:
            continue
        reading.keep[row] = False
        _left_out(reading, int(reading.line[row]), code, "; ".join(cells))


def _is_header(reading: SheetReading, cells: list[str]) -> bool:
    headers = set(filter(None, reading.sheet.headers))
    return len(cells) > 1 and sum(cell in headers for cell in cells) >= 0.6 * len(cells)


def _is_remark(cells: list[str]) -> bool:
    if all(map(_RULE.fullmatch, cells)) or _COUNT.fullmatch(" ".join(cells)):
        return True
    return COMMENT.match(cells[0]) is not None and not any(map(is_value, cells[1:]))


def _left_out(reading: SheetReading, line: int, code: str, text: str) -> None:
    reading.left_out.append(Problem(reading.sheet.name, line, -1, "", text[:80], code, "warning"))
