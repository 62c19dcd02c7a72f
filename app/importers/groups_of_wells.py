"""A well that stands once for its group of rows, in the middle of them or at their foot, as merged cells come
out of a table that was printed: not at the head, from where it would be said of the rows below alone.
"""

from __future__ import annotations

import numpy as np

from app.importers.remarks import remark
from app.importers.sheet_reading import SheetReading


def places(reading: SheetReading, well: np.ndarray, there: np.ndarray) -> np.ndarray | None:
    """Of each row that is `there` the row whose name is its own; None where names stand over their rows, or
    where neither the times nor the count of the rows tell the groups.
    """
    if not reading.asks or reading.sheet.more is not None:
        return None
    rows = np.flatnonzero(there & reading.keep)
    named = np.flatnonzero(well[rows] != "")
    if len(named) < 2 or len(rows) == len(named):
        return None
    for groups in (_by_times(reading, rows), _of_one_size(len(rows), len(named))):
        if groups is None or len(groups) != len(named) or not _alike(groups, named, len(rows)):
            continue
        if np.array_equal(groups, named):
            return None  # each name at the head of its rows
        found = np.full(len(well), -1)
        found[rows] = rows[named][np.searchsorted(groups, np.arange(len(rows)), side="right") - 1]
        above = rows[(well[rows] == "") & (found[rows] > rows)]
        reading.remarks.append(
            remark("wells_of_groups", reading.sheet.name, lines=reading.line[above].tolist())
        )
        return found
    return None


def _by_times(reading: SheetReading, rows: np.ndarray) -> np.ndarray | None:
    """Where each group begins: the times go back there."""
    moments = reading.moments
    if moments is None or not moments.there[rows].all():
        return None
    back = np.diff(moments.time_us[rows]) < 0
    return np.r_[0, np.flatnonzero(back) + 1]


def _of_one_size(rows: int, names: int) -> np.ndarray | None:
    return np.arange(names) * (rows // names) if rows % names == 0 else None


def _alike(groups: np.ndarray, named: np.ndarray, rows: int) -> bool:
    """Whether each group has one name, all in the same place: at the head, at the foot, in the middle."""
    ends = np.r_[groups[1:], rows]
    if not ((named >= groups) & (named < ends)).all():
        return False
    at, most = named - groups, ends - groups - 1
    middle = (at == most // 2) | (at == (most + 1) // 2)
    return bool((at == 0).all() or (at == most).all() or middle.all())


def refuse_above_the_first(reading: SheetReading, index: int, filled: np.ndarray, there: np.ndarray) -> None:
    """Rows over the first name, in a table whose names speak for several rows: whose they are is not said,
    and `--well` is no word about them.
    """
    if not reading.asks or not filled.any():
        return
    rows = np.arange(len(filled))
    first = int(np.flatnonzero(filled)[0])
    blank = there & ~filled & reading.keep
    if (blank & (rows > first)).any():
        reading.mark(blank & (rows < first), index, reading.plan.columns[index].header, "value_missing")
