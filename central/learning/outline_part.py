"""What the steps of the loop do about outlines: whether labels earn a change, what it is worth on cards that
taught nothing and on simulated families, and which gates it must pass.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.analysis.curve_network import CurveNetwork
from app.analysis.model_file import ModelFile
from app.analysis.ranker import Ranker
from app.core.plain import Json, JsonObject
from app.models.values import count_of
from central.learning import gates, judging, outlines, simulated
from central.learning.deep import of_simulator
from central.learning.gates import Gate
from central.learning.judging import Interval
from central.learning.outlines import Known
from central.learning.sets import TrainingSet
from central.learning.simulated import Outlines

Floats = NDArray[np.float64]
WELLS = 60
"""Simulated, that are gone over again, and as many others that tell what was forgotten."""
GATES = ("labels of outlines", "better by outline", "safety by outline", "not forgotten")


@lru_cache(maxsize=4)
def _simulated(seed: int) -> Outlines:
    return simulated.outlines(WELLS, seed)


def taught(
    champion: Ranker, file: ModelFile, known: TrainingSet, seed: int, deep: bool = False
) -> tuple[ModelFile, JsonObject]:
    """The file with the network that these labels earned, and what was found; the same file where they earned
    none: too few, or no better on wells of theirs that were kept back. `deep`: they may teach on one over
    curves that PyTorch makes; what it is worth is left to the gates. Raises KnownError (learning_no_torch).
    """
    own = outlines.known_of(known, champion.surface_codes)
    twice, against = contradicting(own)
    told: JsonObject = {"cards": len(own), "twice": twice, "against": against, "taught": deep, "deep": deep}
    cards = of_simulator.cards(seed) if deep else None
    if cards is not None:
        made, region = of_simulator.taught(champion.surface_codes, cards, seed)
        file = of_simulator.put_into(file, made, region)
        champion = replace(champion, surface_model=made)
    own = _seen_by(own, champion)
    if not outlines.enough(own):
        return file, told
    again = _simulated(seed)
    gain = outlines.earned(champion, own, again, seed + 1)
    told["earned"] = gain.told() if gain is not None else []
    if gain is None or gain.high >= 0:
        return file, told
    taught_on = outlines.taught_on(champion.surface_model, champion.surface_codes, own, again, seed)
    if isinstance(taught_on, CurveNetwork):
        taken = again if cards is None else cards.as_taken()
        rows = np.concatenate((taken.rows, own.rows.rows))
        wells = np.concatenate((taken.wells, own.rows.wells + taken.wells.max() + 1))
        file = of_simulator.put_into(file, taught_on, of_simulator.region_of(taught_on, rows, wells, seed))
    else:
        file = replace(file, arrays=outlines.arrays_of(taught_on, file))
    return file, {**told, "taught": True}


def contradicting(known: Known) -> tuple[int, int]:
    """(cards with look-alikes, of them against what most of those are said to show)."""
    if not len(known):
        return 0, 0
    groups: dict[int, Counter[str]] = {}
    for alike, code in zip(known.rows.alike.tolist(), known.rows.codes, strict=True):
        groups.setdefault(alike, Counter())[code] += 1
    many = [of.values() for of in groups.values() if sum(of.values()) > 1]
    return sum(map(sum, many)), sum(sum(of) - max(of) for of in many)


def judged(champion: Ranker, made: Ranker, known: TrainingSet, seed: int) -> JsonObject:
    """Both on the cards of `known`, which taught neither, and on simulated wells by their outer families."""
    own = _seen_by(outlines.known_of(known, champion.surface_codes), champion, made)
    if not len(own):
        return {"cards": 0}
    both = [one.outline_chances(own.rows.rows) for one in (champion, made)]
    was, is_ = (outlines.losses(chances, own.truth) for chances in both)
    first = both[1].argmax(axis=1)
    confused = judging.confusion(own.rows.codes, [made.surface_codes[place] for place in first.tolist()])
    other = _simulated(seed + 2)
    before, now = (outlines.losses_of_simulated(one, other) for one in (champion, made))
    families: dict[str, Json] = {"all": _pair(before, now, other.wells, seed)}
    for family in sorted({one for of in other.families for one in of}):
        which = np.array([family in of for of in other.families], bool)
        families[family] = _pair(before[which], now[which], other.wells[which], seed)
    sure, right = both[1].max(axis=1), first == own.truth
    return {
        "cards": len(own),
        "wells": len(set(own.rows.wells.tolist())),
        **_pair(was, is_, own.rows.wells, seed),
        "first": [_first(chances, own) for chances in both],
        "among_two": [_among_two(chances, own) for chances in both],
        **judging.curves(sure, right),
        "confusion": {key: dict(row) for key, row in confused.items()},
        "families": families,
    }


def _seen_by(own: Known, *models: Ranker) -> Known:
    """Without labels that have no curves, where one of the models looks at them: it is judged, and so are the
    others, by the rest.
    """
    if not any(isinstance(one.surface_model, CurveNetwork) for one in models):
        return own
    return own.only(np.array([bool(one.curves) for one in own.rows.labels], bool))


def _pair(was: Floats, is_: Floats, wells: NDArray[np.int64], seed: int) -> dict[str, Json]:
    told: dict[str, Interval] = {
        "champion": judging.interval(was, wells, seed),
        "challenger": judging.interval(is_, wells, seed),
        "difference": judging.interval(is_ - was, wells, seed),
    }
    return {name: one.told() for name, one in told.items()}


def _first(chances: Floats, own: Known) -> float:
    return round(float((chances.argmax(axis=1) == own.truth).mean()), 4)


def _among_two(chances: Floats, own: Known) -> float:
    best = np.argsort(-chances, axis=1)[:, :2]
    return round(float((best == own.truth[:, None]).any(axis=1).mean()), 4)


def gated(champion: Ranker, made: Ranker, known: TrainingSet, told: JsonObject, seed: int) -> list[Gate]:
    """By the cards of `known`, which taught neither, and by simulated wells."""
    own = _seen_by(outlines.known_of(known, champion.surface_codes), champion, made)
    was, is_ = outlines.losses_of(champion, own), outlines.losses_of(made, own)
    other = _simulated(seed + 2)
    before, now = (outlines.losses_of_simulated(one, other) for one in (champion, made))
    labels, better, safety, forgotten = GATES
    return [
        gates.agreed(labels, count_of(told, "twice"), count_of(told, "against")),
        replace(gates.better(was, is_, own.rows.wells, seed), name=better),
        replace(gates.safety(own.rows, was, is_, seed), name=safety),
        gates.no_worse(forgotten, before, now, other.wells, seed),
    ]
