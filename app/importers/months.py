"""Months that stand in a column of dates: `10.2026`, `202610`, `2026-10`. In any other column that is a
number.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from app.importers.numbers import texts_of
from app.importers.sheets import SAMPLE

_MONTH = r"^(0?[1-9]|1[0-2])[./-]((?:19|20)\d\d)$"
_YEAR_FIRST = r"^((?:19|20)\d\d)[-./]?(0[1-9]|1[0-2])$"
_FORMS = (re.compile(_MONTH, re.ASCII), re.compile(_YEAR_FIRST, re.ASCII))
_WORDED = re.compile(r"[^\W\d_]{3,9}\.?[ ,-]*(?:[0-9]{2}|(?:19|20)[0-9]{2})(?: *г(?:од)?\.?)?")


def writes_months(column: pa.ChunkedArray) -> bool:
    """Whether every cell is a month and its year."""
    if pa.types.is_temporal(column.type):
        return False
    # Nearly every column is known by its first cells: a million of them are not made text for that.
    first = _written(column.slice(0, SAMPLE))
    forms = (form for form in _FORMS if _all(first, form))
    return any(len(column) <= SAMPLE or _all(_written(column), form) for form in forms)


def names_months(column: pa.ChunkedArray) -> bool:
    """The same, or `Aug-2026`, `август 2026 г.`: the first cells tell."""
    if pa.types.is_temporal(column.type):
        return False
    return writes_months(column) or _all(_written(column.slice(0, SAMPLE)), _WORDED)


def _written(column: pa.ChunkedArray) -> list[str]:
    return [text for text in texts_of(column).unique().to_pylist() if text]


def _all(written: list[str], form: re.Pattern[str]) -> bool:
    """Not by Arrow, which makes its expression anew for each column: that takes longer than the cells do."""
    return bool(written) and all(map(form.fullmatch, written))


def firsts_of_months(column: pa.ChunkedArray) -> pa.ChunkedArray:
    months = pc.replace_substring_regex(texts_of(column), _MONTH, r"\2-\1-01")
    return pc.replace_substring_regex(months, _YEAR_FIRST, r"\1-\2-01")
