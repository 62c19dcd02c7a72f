"""Pens laid over each other: one against another, of several wells, of several periods. Readings of
different moments meet in cells, as in computed pens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.core.jobs import Job
from app.models.wells import Well
from app.services.wells.computed_pens import ComputedPen, Series, series
from app.services.workspace import Workspace

SLICES = 6
"""Parts of the window that points are told apart by."""

Window = tuple[int, int]


@dataclass(frozen=True)
class Slice:
    """Points of one part of the window, that begins at `from_us`. SI."""

    from_us: int
    x: np.ndarray
    y: np.ndarray


def against(
    workspace: Workspace,
    well: int,
    x: ComputedPen,
    y: ComputedPen,
    window: Window,
    columns: int,
    job: Job | None = None,
) -> list[Slice]:
    """Both where both are known, in the order of time."""
    pens = (_called("=x", x), _called("=y", y))
    found = series(workspace, well, pens, *window, columns, job)
    time_us, across, up = found["=x"].time_us, found["=x"].value, found["=y"].value
    edges = np.linspace(window[0], window[1], SLICES + 1).astype(np.int64)
    made = []
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        here = (time_us >= low) & (time_us < high) & np.isfinite(across) & np.isfinite(up)
        if here.any():
            made.append(Slice(low, across[here], up[here]))
    return made


def of_wells(
    workspace: Workspace,
    wells: Iterable[Well],
    pen: ComputedPen,
    window: Window,
    columns: int,
    job: Job | None = None,
) -> list[tuple[Well, Series]]:
    """In the order of the wells; one that has nothing of it is not there."""
    found = [(well, _one(workspace, int(well.id), pen, window, columns, job)) for well in wells]
    return [(well, made) for well, made in found if np.isfinite(made.value).any()]


def of_periods(
    workspace: Workspace,
    well: int,
    pen: ComputedPen,
    window: Window,
    earlier: int,
    columns: int,
    job: Job | None = None,
) -> list[tuple[Window, Series]]:
    """The window, then as many of its length before it; one with nothing in it is not there."""
    length = window[1] - window[0]
    windows = [(window[0] - number * length, window[1] - number * length) for number in range(earlier + 1)]
    found = [(one, _one(workspace, well, pen, one, columns, job)) for one in windows]
    return [(one, made) for one, made in found if np.isfinite(made.value).any()]


def _one(
    workspace: Workspace, well: int, pen: ComputedPen, window: Window, columns: int, job: Job | None
) -> Series:
    found = series(workspace, well, (_called("=one", pen),), *window, columns, job)["=one"]
    inside = (found.time_us >= window[0]) & (found.time_us < window[1])
    return Series(found.time_us[inside], found.value[inside], found.step_s)


def _called(key: str, pen: ComputedPen) -> ComputedPen:
    return ComputedPen(key, pen.ru, pen.en, pen.formula, pen.quantity)
