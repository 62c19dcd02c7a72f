"""Whether a motor runs, of a column alone: current or frequency, whatever its scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
OF_MOST = 0.15
"""Of the largest value: an idling motor draws a third and more of its current, a stopped one nothing."""


def least_running(value: Floats) -> float:
    """From what on a motor runs.

    0.15·max

    Args:
        value: [any] (n,) of a current or a frequency
    Returns:
        [as given] over zero where nothing ever ran
    Valid: a record in which it ran once.
    Ours: scales differ by well and unit, stopped is nothing in all of them.

    >>> least_running(np.array([0.0, 40.0, np.nan]))
    6.0
    """
    return OF_MOST * float(np.nanmax(np.r_[value, 1e-9]))
