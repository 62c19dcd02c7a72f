"""Registers of sixteen bits that went below zero: 6553.1 °C at a wellhead of −0.5 °C."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
REGISTER = 65_536.0
MOST_DIGITS, NEARLY_WHOLE = 3, 0.02
LEAST, NEARLY_ALL = 3, 0.9
BELOW = 0.02
"""Of a sensor's range, that a value put right may stand under it: a gauge's zero."""


@dataclass(frozen=True)
class RolledOver:
    """Values of a register without a sign.

    Attributes:
        places: [-] (k,) of them
        step: [as shown] what is too much
    """

    places: NDArray[np.int64]
    step: float


def rolled_over(shown: Floats, lowest: float, highest: float) -> RolledOver | None:
    """Values that a register of 16 bits made of what was a little below zero.

    x − 65,536·10^−d, d the decimals of the column, is within the sensor's range for nine of ten that are
    beyond it, and they are not all one value

    Args:
        shown: [as the file shows it] (n,)
        lowest: [as shown] of the sensor's range
        highest: [as shown]
    Returns:
        None where none did
    Valid: three of them at least; one value only is a filler.
    Ours: two's complement read without its sign.

    >>> shown = np.array([0.4, 0.1, 6553.5, 6553.2, 6553.4, 0.2])
    >>> found = rolled_over(shown, -40.0, 120.0)
    >>> found.places.tolist(), found.step
    ([2, 3, 4], 6553.6)
    """
    known = np.isfinite(shown)
    out = np.flatnonzero(known & (shown > highest))
    if len(out) < LEAST or len(out) == int(known.sum()) or len(np.unique(shown[out])) < 2:
        return None
    for digits in range(MOST_DIGITS + 1):
        whole = shown[known] * 10**digits
        if float(np.mean(np.abs(whole - np.round(whole)) < NEARLY_WHOLE)) < NEARLY_ALL:
            continue
        step = REGISTER / 10**digits
        right = shown[out] - step
        low = lowest - BELOW * (highest - lowest)
        fits = (right < 0) & (right >= low)
        return RolledOver(out[fits], step) if float(np.mean(fits)) >= NEARLY_ALL else None
    return None
