"""How far a set's columns have moved from another's: population stability and Kolmogorov–Smirnov."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from central.learning.sets import TrainingSet

Floats = NDArray[np.float64]
STEPS, LEAST_SHARE = 10, 1e-3
MOVED = 0.25
"""Of the index: what is called a shift that wants looking at."""


def stability(before: Floats, now: Floats) -> float:
    """Σ (now − before)·ln(now/before) over tenths of `before`; 0 for the same shares."""
    edges = np.unique(np.quantile(before, np.linspace(0, 1, STEPS + 1)[1:-1]))
    shares = [
        np.maximum(np.bincount(np.searchsorted(edges, one), minlength=len(edges) + 1) / len(one), LEAST_SHARE)
        for one in (before, now)
    ]
    return float(((shares[1] - shares[0]) * np.log(shares[1] / shares[0])).sum())


def kolmogorov_smirnov(before: Floats, now: Floats) -> float:
    """The largest distance of both cumulated shares, 0 … 1."""
    both = np.concatenate((before, now))
    shares = [np.searchsorted(np.sort(one), both, side="right") / len(one) for one in (before, now)]
    return float(np.abs(shares[0] - shares[1]).max())


def of_sets(before: TrainingSet | None, now: TrainingSet) -> dict[str, float] | None:
    """share, index and ks of outlines; None where there is nothing to compare."""
    if before is None or not len(before) or not len(now):
        return None
    share, index, far = moved(before.outlines, now.outlines)
    return {"share": round(share, 4), "index": round(index, 4), "ks": round(far, 4)}


def moved(before: Floats, now: Floats) -> tuple[float, float, float]:
    """Of two tables of the same columns: (share of columns that moved, median index, largest distance)."""
    index = np.array([stability(before[:, n], now[:, n]) for n in range(before.shape[1])])
    far = max(kolmogorov_smirnov(before[:, n], now[:, n]) for n in range(before.shape[1]))
    return float((index > MOVED).mean()), float(np.median(index)), far
