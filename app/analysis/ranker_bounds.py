"""What a learnt part may say of a finding: it reorders and calibrates within bounds, in both directions.

The rules argue from the card; the ranker has seen simulated wells only. So it moves the odds of what a rule
found by a factor of at most two, up or down, and by less the farther the card lies from all it was taught
with: beyond its region it says nothing. What is shown above 0.8 needs a rule surer than not by itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FARTHEST = math.log(2)
"""Of the log-odds, either way. On families of wells and records left out wider bounds go on lowering the log
loss (0.68 of the rules, 0.51 with two, 0.36 with five, 0.17 without a bound): simulated wells are like each
other. Real cards are not: there the rules were right and the ranker turned them. With two, what it believes
can pass a rule of up to four times its odds and no surer one (docs/DIAGNOSIS.md, families left out).
"""

OWN_EVIDENCE, NEEDS_EVIDENCE = 0.6, 0.8
"""A finding over the second needs its own rule at the first or above."""

SUREST, SUREST_ALONE = 0.97, 0.8
"""Simulated wells taught it; no field well is surer than the first. What looks like nothing taught is no
surer than the second: where rules alone said over 0.9 on families left out, half was true, with the ranker
three quarters (docs/DIAGNOSIS.md).
"""

BLOCK = 4
"""Cards whose distances stay near the processor: all of a month's at once take 25 times as long."""


@dataclass(frozen=True)
class Region:
    """Where a ranker was taught: middles of its training cards in the space of their features.

    Attributes:
        mean: [as features] (n,)
        scale: [as features] (n,) standard deviation
        centres: [-] (k, n) in standard deviations
        near: [-] distance up to which held-out families are judged as well as the taught ones
        far: [-] distance from which the ranker judges no better than the rules
    """

    mean: Floats
    scale: Floats
    centres: Floats
    near: float
    far: float

    def distance(self, features: Floats) -> Floats:
        """How far cards lie from the nearest middle.

        root mean square over the features, each at most six deviations

        Args:
            features: [as features] (cards, n)
        Returns:
            [-] (cards,)
        Valid: finite features.
        Ours: one wild feature alone does not put a card out of the region.

        >>> region = Region(np.zeros(2), np.ones(2), np.zeros((1, 2)), 1.0, 2.0)
        >>> region.distance(np.array([[0.0, 0.0], [3.0, 3.0]])).tolist()
        [0.0, 3.0]
        """
        z = (features - self.mean) / self.scale
        nearest = np.empty(len(z))
        for start in range(0, len(z), BLOCK):
            block = slice(start, start + BLOCK)
            apart = z[block, None, :] - self.centres
            np.clip(apart, -6, 6, out=apart)
            nearest[block] = np.einsum("ckn,ckn->ck", apart, apart).min(axis=1)
        return np.asarray(np.sqrt(nearest / z.shape[1]))

    def inside(self, features: Floats) -> Floats:
        """How much a ranker knows of cards like these.

        1 up to `near`, 0 from `far`, straight between them

        Args:
            features: [as features] (cards, n)
        Returns:
            [-] (cards,) 0 … 1
        Valid: finite features.
        Ours: no edge at which a finding jumps.

        >>> region = Region(np.zeros(2), np.ones(2), np.zeros((1, 2)), 1.0, 2.0)
        >>> region.inside(np.array([[0.5, 0.5], [1.5, 1.5], [9.0, 9.0]])).tolist()
        [1.0, 0.5, 0.0]
        """
        share: Floats = np.clip((self.far - self.distance(features)) / (self.far - self.near), 0, 1)
        return share


def bounded(rule: float, learnt: float, inside: float) -> float:
    """Confidence of a finding after the ranker has spoken.

    logit(c) = logit(rule) + clip(logit(learnt) − logit(rule), ±inside·ln 2); over 0.8 only with a rule of 0.6
    of its own; at most 0.8 outside the region, 0.97 within it

    Args:
        rule: [-] confidence of the rule
        learnt: [-] what the ranker would say
        inside: [-] 0 … 1, how much of the card's kind it has seen
    Returns:
        [-]
    Valid: any shares.
    Ours: physics first, in both directions (docs/DIAGNOSIS.md).

    >>> round(bounded(0.5, 0.99, 1.0), 3), round(bounded(0.5, 0.01, 1.0), 3)  # 2 to 1, 1 to 2
    (0.667, 0.333)
    >>> bounded(0.3, 0.97, 0.0), round(bounded(0.7, 0.97, 1.0), 3)  # outside its region; 7 to 3 by 2
    (0.3, 0.824)
    """
    start = logit(rule)
    shift = min(max(logit(learnt) - start, -inside * FARTHEST), inside * FARTHEST)
    said = rule if shift == 0 else 1 / (1 + math.exp(-(start + shift)))
    if rule < OWN_EVIDENCE:
        said = min(said, NEEDS_EVIDENCE)
    return min(SUREST_ALONE + inside * (SUREST - SUREST_ALONE), said)


def logit(share: float) -> float:
    """Log-odds of a share.

    ln(p/(1 − p)), p kept within 0.002 … 0.998

    Args:
        share: [-]
    Returns:
        [-] −6.2 … 6.2
    Valid: any share.
    Ours: clipped, so that a certain rule stays finite.

    >>> logit(0.5), round(logit(1.0), 2)
    (0.0, 6.21)
    """
    share = min(max(share, 0.002), 0.998)
    return math.log(share / (1 - share))
