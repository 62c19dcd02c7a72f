"""Two different values that claim one instant of one well: said with both lines; refused where they differ by
more than the series itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.importers.field_names import names_of
from app.importers.remarks import question, remark
from app.importers.rows import Rows

FIRST, LAST = "first", "last"
MOST = 20
"""So many are told one by one."""


@dataclass(frozen=True)
class Series:
    """One well's one quantity of one sheet: row numbers of `rows`, in the order of the file."""

    name: str
    index: np.ndarray
    value: np.ndarray


def without_twins(rows: Rows, series: Series, said: str) -> np.ndarray:
    """Which of the series' samples are taken; what is left out is told of in `rows`. `said`: first or
    last.
    """
    at = rows.time_us[series.index]
    keep = np.ones(len(at), bool)
    if (at[1:] > at[:-1]).all():
        return keep
    order = np.argsort(at, kind="stable")
    same = at[order][1:] == at[order][:-1]
    if not same.any():
        return keep
    starts = np.flatnonzero(np.r_[True, ~same])
    ends = np.r_[starts[1:], len(at)]
    repeated: list[int] = []
    differing: list[tuple[int, int]] = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start < 2:
            continue
        group = order[start:end]
        values = series.value[group]
        if (values == values[0]).all():
            repeated += group[1:].tolist()
            keep[group[1:]] = False
            continue
        taken = group[0] if said == FIRST else group[-1]
        differing.append((int(group[0]), int(group[np.flatnonzero(values != values[0])[0]])))
        keep[group] = False
        keep[taken] = True
    line = rows.line[series.index]
    if repeated:
        rows.remarks.append(remark("repeated", "", column=series.name, lines=sorted(line[repeated].tolist())))
    if differing:
        _tell(rows, series, line, differing, said)
    return keep


def _tell(rows: Rows, series: Series, line: np.ndarray, pairs: list[tuple[int, int]], said: str) -> None:
    spread = _spread(series.value)
    apart = [abs(float(series.value[b] - series.value[a])) for a, b in pairs]
    worst = int(np.argmax(apart))
    grave = apart[worst] > spread and not said
    shown = [worst, *(i for i in range(len(pairs)) if i != worst)][:MOST]
    for n, i in enumerate(shown):
        a, b = pairs[i]
        first, second = (f"{_as_written(rows, series, x):.8g}" for x in (a, b))
        options = {FIRST: first, LAST: second}
        told = question("twin_values", "", int(line[b]), -1, series.name, second, options)
        names = names_of("readings", series.name)
        details = {**told.details, "line": int(line[a]), "other": int(line[b]), "sensor": names}
        severity = "question" if grave and n == 0 else "warning"
        rows.problems.append(replace(told, severity=severity, details=details))


def _as_written(rows: Rows, series: Series, row: int) -> float:
    shown = rows.shown.get(series.name)
    return float(series.value[row]) if shown is None else float(shown[series.index[row]])


def _spread(value: np.ndarray) -> float:
    """Nearly all values lie within it; of a few values none is known."""
    if len(value) < 10:
        return 0.0
    low, high = np.percentile(value, (5, 95))
    return float(high - low)
