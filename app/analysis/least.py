"""The least value of a function of one variable between two ends."""

from __future__ import annotations

import math
from collections.abc import Callable

GOLDEN = (math.sqrt(5) - 1) / 2
NEAR_ENOUGH = 1e-9
"""[-] Of the larger end: a sum of squares is flat within the root of what a float tells apart."""


def least_between(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that falls and then rises is least, by the golden section.

    Args:
        function: [its own] a number → [-] what is to be least
        low: [its own] where the search begins
        high: [its own] where it ends, above `low`
    Returns:
        [its own] the place, to a billionth of the larger end; one of several where there are several dips
    Valid: low < high; a function that gives a finite number everywhere between.
    Source: J. Kiefer, Sequential minimax search for a maximum, Proc. AMS 4 (1953), 502-506

    >>> round(least_between(lambda x: (x - 3) ** 2, 0.0, 10.0), 6)
    3.0
    """
    nearest = NEAR_ENOUGH * max(abs(low), abs(high))
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = function(left), function(right)
    while high - low > nearest:
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - GOLDEN * (high - low)
            at_left = function(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + GOLDEN * (high - low)
            at_right = function(right)
    return (low + high) / 2
