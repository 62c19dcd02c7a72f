"""`Толщина стенки НКТ`: with the outer diameter it is the bore, which figures ask for."""

from __future__ import annotations

import numpy as np

from app.importers.pipe_words import PIPES
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading

WALLS = {"tubing_wall_m": "tubing_outer_diameter_m", "casing_wall_m": "casing_diameter_m"}
"""Wall → the outer diameter of the same pipe."""


def bores(reading: SheetReading, found: Rows) -> None:
    """Where no column or cell tells the bore itself. A wall without its pipe is marked, or one too thick."""
    for key, outer in WALLS.items():
        index = reading.plan.column_of(key)
        if key not in found.values or index is None:
            continue
        wall = found.values.pop(key)
        found.shown.pop(key, None)
        size = found.values.get(outer, np.full(len(wall), np.nan))
        bore = size - 2 * wall
        told = np.isfinite(wall)
        wrong = told & ~(bore > 0)
        reading.mark(wrong, index, reading.plan.columns[index].header, "wall_without_pipe", "warning")
        known = found.values.get(PIPES[outer], np.full(len(wall), np.nan))
        bore = np.where(np.isfinite(known) | wrong, known, np.round(bore, 6))
        if np.isfinite(bore).any():
            found.values[PIPES[outer]], found.shown[PIPES[outer]] = bore, 1000 * bore
