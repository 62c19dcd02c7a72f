"""A dynamometer card of bare numbers: which column is the position of the rod and which its load is told by
their shapes, and by their size where both are alike. What fits neither way is no card.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from app.core.errors import Remark
from app.importers.layout import is_value
from app.importers.numbers import numbers_of
from app.importers.remarks import remark
from app.importers.sheets import Layout

POSITION, LOAD, COUNTED = "Position", "Load", "№"
LEAST_POINTS, MOST_POINTS = 16, 2_000
NOISE = 0.03
"""Of a column's span: smaller turns are none."""
CLOSES = 0.35
"""Of the span: a stroke ends near where it began."""
HEAVIER = 5.0
"""How many times larger the numbers of a load are than those of its position, in the units people use."""

Column = NDArray[np.float64]


def bare_card(rows: list[list[str]]) -> tuple[Layout, tuple[str, ...]] | None:
    """Where the points begin, and what each column is; None for all that is no card without a header."""
    begins = next((i for i, row in enumerate(rows) if _is_point(row)), None)
    if begins is None or (begins and sum(map(bool, rows[begins - 1])) >= len(rows[begins])):
        return None  # what stands over each column is a header
    points = [row for row in rows[begins:] if any(row)]
    width = len(points[0])
    if not LEAST_POINTS <= len(points) <= MOST_POINTS or not all(
        len(row) == width and _is_point(row) for row in points
    ):
        return None
    names = names_of([_numbers([row[i] for row in points]) for i in range(width)])
    return (Layout(begins, 0, None, begins), names) if names else None


def said(name: str, headers: tuple[str, ...]) -> Remark:
    return remark("bare_card", name, first=headers.index(POSITION) + 1, second=headers.index(LOAD) + 1)


def names_of(columns: list[Column]) -> tuple[str, ...]:
    """A name for each column, empty for a time within the stroke; nothing where it is no card."""
    found = ["" for _ in columns]
    measured = []
    for i, column in enumerate(columns):
        if not np.isfinite(column).all():
            return ()
        step = np.diff(column)
        if (step == 1).all():
            found[i] = COUNTED
        elif not (step > 0).all():
            measured.append(i)
    if len(measured) != 2:
        return ()
    position = _position(columns[measured[0]], columns[measured[1]])
    if position is None:
        return ()
    found[measured[position]], found[measured[1 - position]] = POSITION, LOAD
    return tuple(found)


def _position(one: Column, other: Column) -> int | None:
    """Which of the two the position is: it goes up once and down once; the load does more, or is larger."""
    if not (_closes(one) and _closes(other)):
        return None
    once = [_turns(one) == 2, _turns(other) == 2]
    larger = [_size(other) > HEAVIER * _size(one), _size(one) > HEAVIER * _size(other)]
    if once[0] != once[1]:
        position = once.index(True)
        return None if larger[1 - position] else position
    if once[0] and any(larger):
        return larger.index(True)
    return None


def _size(column: Column) -> float:
    return float(np.abs(column).max())


def _closes(column: Column) -> bool:
    span = float(np.ptp(column))
    return span > 0 and abs(float(column[-1] - column[0])) < CLOSES * span


def _turns(column: Column) -> int:
    """How often the column turns back by more than its noise, around the whole stroke."""
    least = NOISE * float(np.ptp(column))
    around = np.roll(column, -int(np.argmin(column)))
    turns, up, edge = 0, True, float(around[0])
    for value in (*around[1:].tolist(), float(around[0])):
        if (value > edge) == up:
            edge = value
        elif abs(value - edge) > least:
            turns, up, edge = turns + 1, not up, value
    return turns + 1


def _is_point(row: list[str]) -> bool:
    return (
        2 <= len(row) <= 4 and all(row) and all(map(is_value, row)) and not any(":" in cell for cell in row)
    )


def _numbers(cells: list[str]) -> Column:
    return np.asarray(numbers_of(pa.chunked_array([cells])).value, float)
