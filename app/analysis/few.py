"""Statistics of a few hundred numbers, as NumPy has them, without what NumPy does first for arrays of any
kind: of a card of two hundred points that is ten times the work itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def percentile(values: Floats, percent: float) -> float:
    """The value below which so many percent lie.

    linear between neighbours in order, at (n − 1)·percent/100

    Args:
        values: [any] (n,) at least one
        percent: [%] 0 … 100
    Returns:
        [as values]
    Valid: finite numbers.
    Source: Hyndman and Fan, The American Statistician 50 (1996), definition 7; `numpy.percentile` to the bit.

    >>> percentile(np.array([4.0, 1.0, 2.0, 3.0]), 50)
    2.5
    """
    return _at(np.sort(values), percent)


def between(values: Floats, low: float, high: float) -> tuple[float, float]:
    """Two percentiles of the same values.

    Args:
        values: [any] (n,) at least one
        low: [%]
        high: [%]
    Returns:
        ([as values] the lower, [as values] the upper)
    Valid: finite numbers.
    Source: as `percentile`.

    >>> between(np.arange(101.0), 2, 98)
    (2.0, 98.0)
    """
    ordered = np.sort(values)
    return _at(ordered, low), _at(ordered, high)


def median(values: Floats) -> float:
    """The middle of the values.

    Args:
        values: [any] (n,) at least one
    Returns:
        [as values]
    Valid: finite numbers.
    Ours: `numpy.median` to the bit.

    >>> median(np.array([3.0, 1.0, 2.0])), median(np.array([4.0, 1.0]))
    (2.0, 2.5)
    """
    ordered = np.sort(values)
    half = len(ordered) // 2
    upper = float(ordered[half])
    return upper if len(ordered) % 2 else (float(ordered[half - 1]) + upper) / 2


def turned(values: Floats, places: int) -> Floats:
    """One turn that begins elsewhere.

    Args:
        values: [any] (n,) one turn
        places: [-] how far each moves towards the end, what falls off comes in at the beginning
    Returns:
        [as values] (n,)
    Valid: any whole number of places.
    Ours: `numpy.roll` of one axis.

    >>> turned(np.array([1.0, 2.0, 3.0]), 1), turned(np.array([1.0, 2.0, 3.0]), -1)
    (array([3., 1., 2.]), array([2., 3., 1.]))
    """
    cut = -places % len(values)
    return np.concatenate((values[cut:], values[:cut]))


def longest(told: NDArray[np.bool_]) -> slice:
    """The longest row of True.

    Args:
        told: (n,)
    Returns:
        its places, of several as long those of the first; empty where nothing is True
    Valid: any.
    Ours: bookkeeping.

    >>> longest(np.array([True, False, True, True, False])), longest(np.zeros(3, bool))
    (slice(2, 4, None), slice(0, 0, None))
    """
    ends = np.flatnonzero(np.concatenate(([True], ~told, [True])))
    rows = np.diff(ends) - 1
    at = int(rows.argmax())
    first = int(ends[at])
    return slice(first, first + int(rows[at]))


def _at(ordered: Floats, percent: float) -> float:
    place = (len(ordered) - 1) * (percent / 100)
    low = int(place)
    share = place - low
    a, b = float(ordered[low]), float(ordered[min(low + 1, len(ordered) - 1)])
    return a + (b - a) * share if share < 0.5 else b - (b - a) * (1 - share)


def scatter(values: Floats) -> float:
    """Standard deviation that spoiled values do not spoil.

    1.4826·median|x − median x|

    Args:
        values: [any] (n,)
    Returns:
        [as the values]
    Valid: one value at least; half of them may be spoiled.
    Source: Rousseeuw and Croux, J. Am. Stat. Assoc. 88 (1993) 1273.

    >>> round(scatter(np.array([1.0, 2.0, 3.0, 4.0, 1e9])), 4)
    1.4826
    """
    return 1.4826 * float(np.median(np.abs(values - np.median(values))))


def theil_sen(x: Floats, y: Floats) -> tuple[float, float]:
    """Slope of points by the median of all pairs, and how far they agree.

    median (y_j − y_i)/(x_j − x_i); τ = share of rising less falling pairs

    Args:
        x: [any] (n,) rising; pairs at one x are left out
        y: [any] (n,)
    Returns:
        ([y per x], [-] τ −1 … 1)
    Valid: two different x at least; 29 % of spoiled points do no harm.
    Source: Sen 1968; Kendall's τ.

    >>> theil_sen(np.array([0.0, 1.0, 2.0, 3.0]), np.array([1.0, 3.0, 5.0, 90.0]))[0] > 2.0
    True
    >>> theil_sen(np.arange(4.0), 2 * np.arange(4.0))
    (2.0, 1.0)
    """
    i, j = np.triu_indices(len(x), 1)
    apart = x[j] != x[i]
    slopes = (y[j] - y[i])[apart] / (x[j] - x[i])[apart]
    return float(np.median(slopes)), float(np.sign(slopes).mean())
