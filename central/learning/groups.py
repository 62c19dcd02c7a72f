"""Which cards belong together: of one well, and look-alikes of any well. What a model was taught by is not
what it is judged by.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.outline import ALONG

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ALIKE = 0.05
"""Root of the mean square of what outlines of one group are apart, as a share of the load's range, on
average: a twentieth is what two recorders make of one stroke.
"""
MOST_AT_ONCE = 4_000
"""Average linkage weighs every pair: 128 MB of them. More cards are gathered around leaders first."""


def numbered(names: list[str]) -> Ints:
    _, numbers = np.unique(np.array(names, dtype=str), return_inverse=True)
    return numbers.astype(np.int64).reshape(-1)


def look_alikes(outlines: Floats, apart: float = ALIKE) -> Ints:
    """Of rows of `surface_vector` the number of each one's group: average linkage of both strokes' loads."""
    loads = np.ascontiguousarray(outlines[:, : 2 * ALONG])
    if len(loads) <= 1:
        return np.zeros(len(loads), np.int64)
    if len(loads) <= MOST_AT_ONCE:
        return _linked(loads, apart)
    leader = _led(loads, apart / 2)
    kept = np.unique(leader)
    # Where even leaders are too many to be linked, their own groups stand.
    groups = _linked(loads[kept], apart) if len(kept) <= MOST_AT_ONCE else np.arange(len(kept))
    return np.asarray(groups[np.searchsorted(kept, leader)], np.int64)


def _linked(loads: Floats, apart: float) -> Ints:
    """Groups that average linkage has joined below `apart`, found along chains of nearest neighbours: what is
    joined lower is never joined later by more.
    """
    count, cut = len(loads), apart * np.sqrt(loads.shape[1])
    far = _distances(loads)
    sizes, group = np.ones(count), np.arange(count)
    left, chain = list(range(count)), [0]
    while len(left) > 1:
        if not chain:
            chain.append(left[0])
        last, before = chain[-1], chain[-2] if len(chain) > 1 else -1
        near = int(np.argmin(far[last]))
        if before >= 0 and far[last, before] <= far[last, near]:
            near = before
        if near != before:
            chain.append(near)
            continue
        if far[last, near] <= cut:
            group[group == group[near]] = group[last]
        far[last] = (sizes[last] * far[last] + sizes[near] * far[near]) / (sizes[last] + sizes[near])
        far[:, last] = far[last]
        far[near] = far[:, near] = far[last, last] = np.inf
        sizes[last] += sizes[near]
        left.remove(near)
        del chain[-2:]
    return numbered([str(name) for name in group.tolist()])


def _distances(loads: Floats) -> Floats:
    """Each row's from each, infinite from itself."""
    squares = (loads**2).sum(axis=1)
    far = np.sqrt(np.maximum(squares[:, None] + squares - 2 * loads @ loads.T, 0.0))
    np.fill_diagonal(far, np.inf)
    return np.asarray(far, float)


def _led(loads: Floats, apart: float) -> Ints:
    """Each row's leader: the first row so near to it that leads already, else itself."""
    limit = (apart * np.sqrt(loads.shape[1])) ** 2
    leaders: list[int] = []
    centres = np.empty_like(loads)
    found = np.empty(len(loads), np.int64)
    for row, load in enumerate(loads):
        apart2 = ((centres[: len(leaders)] - load) ** 2).sum(axis=1)
        nearest = int(np.argmin(apart2)) if len(leaders) else -1
        if nearest >= 0 and apart2[nearest] <= limit:
            found[row] = leaders[nearest]
        else:
            centres[len(leaders)] = load
            leaders.append(row)
            found[row] = row
    return found
