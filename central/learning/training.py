"""A challenger for the card ranker: its networks as they are, its calibration fitted anew to what the site
says of its own cards, held back towards what simulated wells taught.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis import ranker_bounds
from app.analysis.model_file import ModelFile
from app.analysis.ranker import Ranker
from app.analysis.ranker_bounds import logit
from app.core.plain import Json
from central.learning.model_writing import written
from central.learning.sets import TrainingSet

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
HELD_BACK = 15.0
"""Weight of the champion's calibration: of as many labels as would move its odds by one."""

FEWEST = 15
"""Labels of a condition, and a fifth of them of either answer, before its calibration moves at all."""


@dataclass(frozen=True)
class Asked:
    """What a ranker says of a set's labels that it can be asked about."""

    which: Bools
    chance: Floats
    inside: Floats


def asked(known: Ranker, labels: TrainingSet) -> Asked:
    """Rows with a pump card and a rule that spoke, of a condition that the ranker knows."""
    which = np.array(
        [bool(one.card) and one.rule is not None and one.code in known.codes for one in labels.labels], bool
    )
    rows = [one for one, kept in zip(labels.labels, which, strict=True) if kept]
    if not rows:
        return Asked(which, np.empty(0), np.empty(0))
    cards = np.array([one.card for one in rows], float)
    rules = np.array([[(one.rules or {}).get(code, 0.0) for code in known.codes] for one in rows], float)
    chances = known.model.chances(np.hstack((cards, rules)))
    own = chances[np.arange(len(rows)), [known.codes.index(one.code) for one in rows]]
    inside = np.ones(len(rows)) if known.region is None else known.region.inside(cards)
    return Asked(which, own, inside)


def said(known: Ranker, labels: TrainingSet) -> tuple[Bools, Floats]:
    """(rows it can be asked about, what a laptop would say of each)."""
    of = asked(known, labels)
    rows = [one for one, kept in zip(labels.labels, of.which, strict=True) if kept]
    return of.which, np.array(
        [
            ranker_bounds.bounded(
                one.rule or 0.0, known.confidence(one.code, one.rule or 0.0, chance), inside
            )
            for one, chance, inside in zip(rows, of.chance.tolist(), of.inside.tolist(), strict=True)
        ]
    )


def challenger(champion: Ranker, file: ModelFile, labels: TrainingSet, about: Mapping[str, Json]) -> bytes:
    """A model file, the same to the byte for the same labels."""
    of = asked(champion, labels)
    rows = labels.only(of.which)
    weights = champion.weights.copy()
    for place, code in enumerate(champion.codes):
        own = np.array([one == code for one in rows.codes], bool)
        holds = rows.holds[own]
        if len(holds) < FEWEST or min(holds.sum(), (~holds).sum()) < FEWEST / 5:
            continue
        said_by_rule = [logit(one.rule or 0.0) for one in rows.only(own).labels]
        x = np.column_stack(
            (np.ones(len(holds)), said_by_rule, [logit(chance) for chance in of.chance[own].tolist()])
        )
        weights[place] = _fitted(x, holds, weights[place])
    return written({**file.about, **about}, {**file.arrays, "weights": weights})


def _fitted(x: Floats, holds: Bools, start: Floats) -> Floats:
    """Logistic by Newton's steps, a quadratic of HELD_BACK around where it starts."""
    fitted = start.copy()
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(x @ fitted, -30, 30)))
        slope = x.T @ (chance - holds) + HELD_BACK * (fitted - start)
        bend = (x.T * (chance * (1 - chance))) @ x + HELD_BACK * np.eye(len(fitted))
        step = np.linalg.solve(bend, slope)
        fitted = fitted - np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            break
    return fitted
