"""How rough months are about a curve, and how alike neighbours: what a decline is as sure as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST_ALIKE, WILD = 0.9, 3.0
"""The most that neighbours are taken to be alike; scales from which a month off counts no more."""
HALVINGS = 24
"""Of the width in which an end of an interval is looked for."""
SCALE = 1.4826
"""Of the median of |x|, for a standard deviation (normal law)."""


@dataclass(frozen=True)
class Rough:
    """Months about a curve.

    Attributes:
        alike: [-] correlation of neighbours, 0 … 0.9
        variance: [-] of ln q about the curve, three parameters taken off
    """

    alike: float
    variance: float

    @property
    def share(self) -> float:
        """Of a month that is news [-]: (1 − ρ)/(1 + ρ)."""
        return (1 - self.alike) / (1 + self.alike)


def scale_of(off: Floats) -> float:
    """How far months lie from a curve.

    1.4826·median|x|

    Args:
        off: [-] (n,) of ln q
    Returns:
        [-] over zero
    Valid: any; a few wild ones do not move it.
    Source: median absolute deviation (Hampel 1974).

    >>> round(scale_of(np.array([0.1, -0.1, 0.1, -0.1, 9.0])), 5)
    0.14826
    """
    return max(SCALE * float(np.median(np.abs(off))), 1e-6)


def rough(off: Floats) -> Rough:
    """How rough and how alike months are.

    ρ of neighbours, bias of a short row put on: ρ + (1 + 3ρ)/n; variance of what is cut at three scales,
    n/(n − 3)

    Args:
        off: [-] (n,) ln q less the curve
    Returns:
        of them
    Valid: six months and more.
    Source: Bayley and Hammersley (1946) for the share of news; bias by Marriott and Pope (1954).

    >>> to_and_fro = rough(0.1 * (-1.0) ** np.arange(36))
    >>> to_and_fro.alike, round(to_and_fro.variance / (0.14826**2 * 36 / 33), 6)
    (0.0, 1.0)
    """
    n, scale = len(off), scale_of(off)
    cut = np.clip(off, -WILD * scale, WILD * scale)
    alike = float((cut[1:] * cut[:-1]).sum()) / max(float((cut**2).sum()), 1e-300)
    alike = min(max(alike + (1 + 3 * alike) / n, 0.0), MOST_ALIKE)
    return Rough(alike, max(float(np.mean(cut**2)), scale**2) * n / max(n - 3, 1))


def quantile(under: Callable[[Floats], Floats], share: float, low: Floats, high: Floats) -> Floats:
    """Under what a share of all that may be lies.

    the width between two ends halved 24 times

    Args:
        under: [-] (n,) values → [-] (n,) share of what may be that lies under each, rising with them
        share: [-] 0 … 1
        low: [-] (n,) under what is looked for
        high: [-] (n,) over it
    Returns:
        [-] (n,) to 6e-8 of what is between the ends
    Valid: ends that hold it between them.
    Ours: a mixture has no quantile in a closed form.

    >>> round(float(quantile(lambda x: x**2, 0.25, np.zeros(1), np.ones(1))[0]), 6)
    0.5
    """
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        less = under(middle) < share
        low, high = np.where(less, middle, low), np.where(less, high, middle)
    return low
