"""Where a ranker was taught: middles of its training cards, and how far from them it is worth hearing."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.cluster import MiniBatchKMeans

from app.analysis.ranker_bounds import Region

MIDDLES = 240
NEAR, FAR = 0.9, 0.995
"""Shares of the cards of families left out: up to the distance of the first they are judged as well as those
taught, beyond that of the second there are too few to say.
"""


def middles(rows: Any) -> Region:
    """Of the features of training cards; the distances are still to be measured."""
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    z = np.clip((rows - mean) / scale, -6, 6)
    found = MiniBatchKMeans(MIDDLES, random_state=1, n_init=3, batch_size=1024).fit(z)
    return Region(mean, scale, found.cluster_centers_, 1.0, 2.0)


def measured(region: Region, left_out: Any) -> Region:
    """With the distances of families that were left out."""
    near, far = np.quantile(left_out, [NEAR, FAR])
    return Region(region.mean, region.scale, region.centres, float(near), float(far))
