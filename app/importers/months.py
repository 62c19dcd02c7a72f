"""Months that stand in a column of dates: `10.2026`, `202610`, `2026-10`. In any other column that is a
number.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from app.importers.numbers import texts_of
from app.importers.sheets import SAMPLE

_MONTH = r"^(0?[1-9]|1[0-2])[./-]((?:19|20)\d\d)$"
_YEAR_FIRST = r"^((?:19|20)\d\d)[-./]?(0[1-9]|1[0-2])$"
_WORDED = r"^[\pL]{3,9}\.?[ ,-]*(?:\d\d|(?:19|20)\d\d)(?: *г(?:од)?\.?)?$"


def writes_months(column: pa.ChunkedArray) -> bool:
    """Whether every cell is a month and its year."""
    if pa.types.is_temporal(column.type):
        return False
    # Nearly every column is known by its first cells: a million of them are not made text for that.
    forms = (form for form in (_MONTH, _YEAR_FIRST) if _all(column.slice(0, SAMPLE), form))
    return any(len(column) <= SAMPLE or _all(column, form) for form in forms)


def names_months(column: pa.ChunkedArray) -> bool:
    """The same, or `Aug-2026`, `август 2026 г.`: the first cells tell."""
    if pa.types.is_temporal(column.type):
        return False
    return writes_months(column) or _all(column.slice(0, SAMPLE), _WORDED)


def _all(column: pa.ChunkedArray, form: str) -> bool:
    cells = texts_of(column)
    written = pc.match_substring_regex(pc.filter(cells, pc.not_equal(cells, "")), form)
    return len(written) > 0 and bool(pc.all(written).as_py())


def firsts_of_months(column: pa.ChunkedArray) -> pa.ChunkedArray:
    months = pc.replace_substring_regex(texts_of(column), _MONTH, r"\2-\1-01")
    return pc.replace_substring_regex(months, _YEAR_FIRST, r"\1-\2-01")
