"""Cards that stand under one another in a table without a time of their own: a line between them, blank or
the header once more, and the position begins anew.
"""

from __future__ import annotations

import numpy as np

LEAST_POINTS = 5
CLOSE = 0.1
"""Of the stroke: so near to where the first one begins."""


def begins_again(line: np.ndarray, position: np.ndarray) -> int:
    """The point with which another card begins; 0 for the points of one, or where each line has a gap."""
    breaks = np.flatnonzero(np.diff(line) > 1) + 1
    stroke = float(np.ptp(position)) if len(position) and np.isfinite(position).all() else 0.0
    if not len(breaks) or len(breaks) * LEAST_POINTS > len(line) or not stroke:
        return 0
    parts = np.diff(np.r_[0, breaks, len(line)])
    anew = np.abs(position[breaks] - position[0]) <= CLOSE * stroke
    return int(breaks[0]) if anew.all() and (parts >= LEAST_POINTS).all() else 0
