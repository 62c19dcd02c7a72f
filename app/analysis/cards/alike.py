"""Cards that look alike: an outline of each as a row of numbers, and the nearest of many rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.float32]
PLACES = 24
SIZE = 2 * PLACES
MADE_BY = "loads of both strokes at 24 places, 1"
"""What made the rows that are kept: those of another maker are made anew."""

FEWEST_POINTS = 8


def outline_of(position_m: Floats, load_n: Floats) -> Rows | None:
    """A surface card in its own frame, whatever its stroke and loads are.

    loads of the upstroke and of the downstroke at 24 places of the stroke, 0 at the 2nd and 1 at the 98th
    percentile of the load

    Args:
        position_m: [m] (n,) one stroke
        load_n: [N] (n,)
    Returns:
        [-] (48,); None for what is no stroke
    Valid: any record with a top and a bottom.
    Ours: rods, units and wells differ in size; what a pump does is in the form.

    >>> turn = np.linspace(0, 6.2832, 60, endpoint=False)
    >>> small = outline_of(1 - np.cos(turn), 5 + np.sin(turn))
    >>> large = outline_of(3 - 3 * np.cos(turn), 50e3 + 9e3 * np.sin(turn))
    >>> small.shape, bool(np.abs(small - large).max() < 1e-5)
    ((48,), True)
    >>> outline_of(np.zeros(60), np.ones(60)) is None
    True
    """
    if len(position_m) < FEWEST_POINTS or not (np.isfinite(position_m).all() and np.isfinite(load_n).all()):
        return None
    span = float(np.ptp(position_m))
    low, high = np.percentile(load_n, (2, 98))
    if span <= 0 or high <= low:
        return None
    bottom = int(np.argmin(position_m))
    x = (np.roll(position_m, -bottom) - position_m[bottom]) / span
    y = np.clip((np.roll(load_n, -bottom) - low) / (high - low), -0.3, 1.3)
    x, y = np.append(x, x[0]), np.append(y, y[0])
    top = int(np.argmax(x))
    places = np.linspace(0.02, 0.98, PLACES)
    up = np.interp(places, np.maximum.accumulate(x[: top + 1]), y[: top + 1])
    down = np.interp(places, np.maximum.accumulate(x[top:][::-1]), y[top:][::-1])
    return np.concatenate((up, down)).astype(np.float32)


def nearest(rows: Rows, one: Rows, count: int) -> tuple[NDArray[np.int64], Rows]:
    """The rows that are least apart from one.

    root of the mean square of the differences

    Args:
        rows: [-] (cards, 48)
        one: [-] (48,)
        count: [-] of rows
    Returns:
        ([-] (m,) their numbers, nearest first; [-] (m,) how far they are)
    Valid: any number of rows, none too.
    Ours: 200,000 rows in a few hundredths of a second, without an index that has to be built and kept.

    >>> rows = np.array([[0.0, 0.0], [1.0, 1.0], [0.1, 0.1]], np.float32)
    >>> numbers, apart = nearest(rows, rows[0], 2)
    >>> numbers.tolist(), apart.round(2).tolist()
    ([0, 2], [0.0, 0.10000000149011612])
    """
    # |a − b|² = |a|² − 2ab + |b|²: one pass of a product over the matrix.
    squares = np.einsum("ij,ij->i", rows, rows) - 2 * (rows @ one) + one @ one
    count = min(count, len(rows))
    if count == 0:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    found = np.argpartition(squares, count - 1)[:count]
    found = found[np.argsort(squares[found], kind="stable")]
    apart = np.sqrt(np.maximum(squares[found], 0) / rows.shape[1])
    return found.astype(np.int64), apart.astype(np.float32)
