"""Columns of numbers pasted from Excel or a recorder's program."""

from __future__ import annotations

import csv
import io
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


def block_of(text: str) -> list[list[str]]:
    """Rows of cells as a spreadsheet copies them, a quoted cell with its line ends; lines of titles, before
    the first line with a figure in it, are left out when there is one.
    """
    lines = io.StringIO(text.strip("\r\n"))
    delimiter = "\t" if "\t" in text else ";"
    rows = [[" ".join(cell.split()) for cell in row] for row in csv.reader(lines, delimiter=delimiter)]
    first = next((i for i, row in enumerate(rows) if any(_is_figure(cell) for cell in row)), 0)
    return [row for row in rows[first:] if any(row)]


def _is_figure(cell: str) -> bool:
    try:
        return bool(np.isfinite(_number(cell.replace(" ", "").replace("\u00a0", ""))))
    except ValueError:
        return False


def _number(word: str) -> float:
    value = float(word.replace(",", ".").replace("\u2212", "-"))
    if not np.isfinite(value):
        raise ValueError(word)
    return value
