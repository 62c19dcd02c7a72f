"""What an answer is worth: splits, shares, losses, calibration, and how far luck reaches. The one module that
judges models, at the centre and in `tools`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.plain import JsonObject

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
TIMES, INSIDE = 400, (0.025, 0.975)
"""Drawings of the bootstrap, and the ends of its interval."""

LEAST_CHANCE = 1e-3
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
"""From which chance on somebody acts: a look costs little, a pull much."""
Said = Sequence[tuple[str, float]]
"""(condition, how sure) of a card, best first."""


# ---- splits ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Split:
    """`dropped` rows are in neither part: look-alikes of what judges."""

    taught: Bools
    judged: Bools
    by: str

    @property
    def dropped(self) -> int:
        return int((~self.taught & ~self.judged).sum())


def by_well(wells: Ints, alike: Ints, seed: int, share: float = 0.4) -> Split:
    """Whole wells judge; what looks like one of their cards teaches nothing, whosever it is."""
    order = np.random.default_rng(seed).permutation(np.unique(wells))
    judged = np.isin(wells, order[: max(1, round(share * len(order)))])
    return Split(~judged & ~np.isin(alike, alike[judged]), judged, "well")


def by_group(alike: Ints, seed: int, share: float = 0.4) -> Split:
    """Whole groups of look-alikes judge."""
    order = np.random.default_rng(seed).permutation(np.unique(alike))
    judged = np.isin(alike, order[: max(1, round(share * len(order)))])
    return Split(~judged, judged, "look_alike")


def by_time(at_us: Ints, alike: Ints, share: float = 0.4) -> Split:
    """The last ones judge; what has no time teaches."""
    timed = at_us >= 0
    if not timed.any():
        return Split(np.ones(len(at_us), bool), np.zeros(len(at_us), bool), "time")
    judged = timed & (at_us > np.quantile(at_us[timed], 1 - share))
    return Split(~judged & ~np.isin(alike, alike[judged]), judged, "time")


def by_family(families: Sequence[Sequence[str]], left_out: str) -> Split:
    """Cards of one family of the simulator judge what has seen none of it."""
    judged = np.array([left_out in own for own in families], bool)
    return Split(~judged, judged, f"family {left_out}")


# ---- figures -----------------------------------------------------------------------------------------------


def losses(said: Floats, holds: Bools) -> Floats:
    """Log loss of each answer."""
    right = np.where(holds, said, 1 - said)
    return np.asarray(-np.log(np.maximum(LEAST_CHANCE, right)), float)


def brier(said: Floats, holds: Bools) -> Floats:
    return np.asarray((said - holds) ** 2, float)


def calibration(said: Floats, holds: Bools, steps: int = 10) -> list[tuple[float, int, float]]:
    """(what was said on average, of how many, how many of them held) by steps of what was said."""
    place = np.minimum((said * steps).astype(int), steps - 1)
    return [
        (float(said[place == n].mean()), int((place == n).sum()), float(holds[place == n].mean()))
        for n in range(steps)
        if (place == n).any()
    ]


def net_benefit(said: Floats, holds: Bools, threshold: float) -> float:
    """Of acting from a threshold on: right acts less wrong ones at the odds of the threshold, a card
    (Vickers, Elkin 2006).
    """
    acts = said >= threshold
    right, wrong = float((acts & holds).mean()), float((acts & ~holds).mean())
    return right - wrong * threshold / (1 - threshold)


def decision_curve(said: Floats, holds: Bools) -> list[tuple[float, float, float]]:
    """(threshold, net benefit of the answers, of acting always); acting never is 0. A model that lies under
    either somewhere is worth nothing to whoever decides there.
    """
    if not len(said):
        return []
    return [
        (at, net_benefit(said, holds, at), net_benefit(np.ones(len(said)), holds, at)) for at in THRESHOLDS
    ]


def curves(said: Floats, holds: Bools) -> JsonObject:
    """`calibration` and `decision_curve`, as a run writes them down."""
    return {
        "calibration": [
            [round(was, 3), count, round(held, 3)] for was, count, held in calibration(said, holds)
        ],
        "decision_curve": [[round(one, 4) for one in row] for row in decision_curve(said, holds)],
    }


def first_is(answers: Sequence[Said], code: str) -> float:
    """Share of answers whose first is this condition."""
    return float(np.mean([one[0][0] == code for one in answers]))


def among_two(answers: Sequence[Said], code: str) -> float:
    return float(np.mean([code in [name for name, _ in one[:2]] for one in answers]))


def surely_wrong(answers: Sequence[Said], right: frozenset[str] | set[str], sure: float) -> float:
    """Share of answers that say something else than what may be said, surer than `sure`."""
    return float(np.mean([any(how > sure and name not in right for name, how in one) for one in answers]))


def confusion(truths: Sequence[str], said: Sequence[str]) -> dict[str, dict[str, int]]:
    """Truth → what was said → how often; the truths in their order."""
    found: dict[str, dict[str, int]] = {}
    for truth, told in zip(truths, said, strict=True):
        row = found.setdefault(truth, {})
        row[told] = row.get(told, 0) + 1
    return dict(sorted(found.items()))


# ---- how far luck reaches ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Interval:
    middle: float
    low: float
    high: float

    @property
    def half(self) -> float:
        return (self.high - self.low) / 2

    def told(self) -> list[float]:
        return [round(self.middle, 4), round(self.low, 4), round(self.high, 4)]


def interval(values: Floats, groups: Ints, seed: int) -> Interval:
    """Of a mean, by drawing whole groups again: rows of one well are not so many proofs. Of
    differences row by row it is the paired test.
    """
    _, place = np.unique(groups, return_inverse=True)
    place = place.reshape(-1)
    sums, counts = np.bincount(place, values), np.bincount(place).astype(float)
    drawn = np.random.default_rng(seed).integers(0, len(sums), (TIMES, len(sums)))
    low, high = np.quantile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), INSIDE)
    return Interval(float(values.mean()), float(low), float(high))
