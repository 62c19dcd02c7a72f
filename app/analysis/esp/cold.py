"""What a motor's gauge tells while the motor stands: as warm as what is around it, or the gauge is off."""

from __future__ import annotations

import numpy as np

from app.analysis.esp.grid import Grid
from app.analysis.esp.modes import Modes

COOLED_H = 2.0
"""After a stop, by when a motor in liquid has lost most of its heat (time constants of half an hour)."""
LEAST_H = 0.5


def cold_rise(grid: Grid, modes: Modes, start: int, stop: int) -> float | None:
    """By how much warmer a motor stands in a stretch of time than it stood before it.

    median of T_m − T_in in cells two hours and more after a stop: of the stretch less those before

    Args:
        grid: readings on cells
        modes: of it
        start: [cell] of the stretch
        stop: [cell]
    Returns:
        [K] None where it did not stand in both for two and a half hours, or nobody measured it
    Valid: stops that last; the liquid around stays as warm.
    Ours: heat goes when its source stops, an error of the gauge stays.

    >>> from app.analysis import examples
    >>> case = examples.esp({"motor_temperature": 1.05}, off_days=((5.0, 5.5), (16.0, 16.5)))
    >>> round(cold_rise(case.grid, case.modes, 14 * 48, 20 * 48))  # 0.05 of its 380 K
    19
    """
    motor = grid.mean.get("motor_temperature")
    if motor is None:
        return None
    rise = motor - grid.mean["intake_temperature"] if "intake_temperature" in grid.mean else motor
    cell = np.arange(len(grid))
    stood = cell - np.maximum.accumulate(np.where(modes.off, -1, cell))  # cells in a row, with this one
    cold = np.flatnonzero((stood > grid.cells(COOLED_H)) & np.isfinite(rise))
    inside, before = cold[(cold >= start) & (cold < stop)], cold[cold < start]
    least = grid.cells(LEAST_H)
    if len(inside) < least or len(before) < least:
        return None
    return float(np.median(rise[inside]) - np.median(rise[before]))
