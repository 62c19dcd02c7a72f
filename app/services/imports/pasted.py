"""Columns of numbers pasted from Excel or a recorder's program."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from app.core.errors import KnownError

Floats = NDArray[np.float64]
_APART = re.compile(r"[\t;]+|\s{1,}")


def columns_of(text: str) -> tuple[Floats, Floats]:
    """The first two columns, (n,) each; a header line is passed over, a decimal comma is accepted.

    Raises KnownError that names line and value.
    """
    rows: list[tuple[float, float]] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = [word for word in _APART.split(line.strip()) if word]
        if not words:
            continue
        if len(words) < 2:
            raise KnownError("pasted_columns", line=number, count=len(words))
        try:
            rows.append((_number(words[0]), _number(words[1])))
        except ValueError as error:
            if rows:
                raise KnownError("pasted_number", line=number, value=line.strip()[:40]) from error
    if len(rows) < 2:
        raise KnownError("pasted_nothing")
    table = np.array(rows, float)
    return table[:, 0], table[:, 1]


def _number(word: str) -> float:
    value = float(word.replace(",", ".").replace("\u2212", "-"))
    if not np.isfinite(value):
        raise ValueError(word)
    return value
