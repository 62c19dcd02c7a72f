"""How long it was, written as a clock writes it: `25:00:00`, `001:06:30:00`, `1 d 06:30:00`."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from app.importers.numbers import texts_of

_LASTED = re.compile(
    r"^(?:(?P<d>\d{1,4})\s*(?:d|days?|д|дн|сут)?\.?[:\s]\s*)?(?P<h>\d{1,4}):(?P<m>[0-5]\d):(?P<s>[0-5]\d(?:[.,]\d{1,9})?)$",
    re.IGNORECASE,
)


def written(column: pa.ChunkedArray) -> bool:
    """Whether the column is told so, and not in numbers."""
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return False
    cells = [cell for cell in texts_of(column).to_pylist() if cell]
    return bool(cells) and sum(_LASTED.match(cell) is not None for cell in cells) >= 0.9 * len(cells)


def lasted_s(column: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """([s] (n,), NaN where nothing stands; (n,) which cells are none)."""
    cells = [str(cell or "").strip() for cell in texts_of(column).to_pylist()]
    known = {cell: _seconds(cell) for cell in set(cells)}
    value = np.array([known[cell] for cell in cells], float)
    return value, np.array([bool(cell) for cell in cells], bool) & ~np.isfinite(value)


def _seconds(cell: str) -> float:
    found = _LASTED.match(cell)
    if found is None:
        return np.nan
    days, hours, minutes = (int(found[key] or 0) for key in "dhm")
    return float(((days * 24 + hours) * 60 + minutes) * 60 + float(found["s"].replace(",", ".")))
