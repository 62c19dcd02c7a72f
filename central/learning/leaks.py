"""Columns that know the answer: by exact zeros, by the order of rows, or all too well by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.outline import OUTLINE_SIZE, SURFACE_SIZE, VECTOR_NAMES
from central.learning.sets import TrainingSet

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
FEWEST = 20
"""Of each answer: fewer are parted by something in a hundred columns by luck."""
TOO_WELL, ZEROS, IN_ORDER = 0.995, 0.9, 0.98


@dataclass(frozen=True)
class Leak:
    """`kind`: zeros, order or alone; `strength` 0 … 1 as that kind measures it."""

    column: str
    kind: str
    code: str
    strength: float

    def __str__(self) -> str:
        return f"{self.column} ({self.kind}, {self.code}: {self.strength:.3f})"


def hunted(known: TrainingSet) -> list[Leak]:
    """Of each condition by itself: what its column tells of whether it was accepted or rejected."""
    found: list[Leak] = []
    for code in sorted(set(known.codes)):
        own = np.array([one == code for one in known.codes], bool)
        holds = known.holds[own]
        if min(holds.sum(), (~holds).sum()) < FEWEST:
            continue
        part = known.only(own)
        for name, column in _columns(part):
            found += _of_column(name, code, column, holds)
    return found


def _columns(part: TrainingSet) -> Iterator[tuple[str, Floats]]:
    for n in range(SURFACE_SIZE):
        yield f"outline_{n}", part.outlines[:, n]
    if all(label.curves for label in part.labels):
        for n in range(SURFACE_SIZE, OUTLINE_SIZE):
            yield f"curve_{n - SURFACE_SIZE}", part.rows[:, n]
    if all(label.card for label in part.labels):
        cards = np.array([label.card for label in part.labels], float)
        for n, name in enumerate(VECTOR_NAMES):
            yield name, cards[:, n]


def _of_column(name: str, code: str, column: Floats, holds: Bools) -> Iterator[Leak]:
    zero = column == 0
    if 0 < zero.sum() < len(zero):
        told = abs(float(np.corrcoef(zero, holds)[0, 1]))
        if told >= ZEROS:
            yield Leak(name, "zeros", code, told)
            return
    if np.ptp(column) == 0:
        return
    known = _parted(column, holds)
    if known >= TOO_WELL:
        yield Leak(name, "alone", code, known)
    elif len(np.unique(column)) == len(column) and known > 0.9:
        in_order = abs(float(np.corrcoef(np.arange(len(column)), np.argsort(np.argsort(column)))[0, 1]))
        if in_order >= IN_ORDER:
            yield Leak(name, "order", code, in_order)


def _parted(column: Floats, holds: Bools) -> float:
    """How often a card with it lies on one side of one without, 0.5 … 1 (area under the curve)."""
    area = area_under(column, holds)
    return max(area, 1 - area)


def _ranks(column: Floats) -> Floats:
    _, place, count = np.unique(column, return_inverse=True, return_counts=True)
    ends = np.cumsum(count)
    return np.asarray((ends - (count - 1) / 2)[place.reshape(-1)], float)


def area_under(said: Floats, holds: Bools) -> float:
    """How often something that holds was said surer than something that does not; ½ where one is lacking."""
    more = int(holds.sum())
    if more in (0, len(holds)):
        return 0.5
    return float((_ranks(said)[holds].sum() - more * (more + 1) / 2) / (more * (len(holds) - more)))
