"""What a challenger must pass, each gate by its name: what stops it is told, and the champion goes on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.outline import VECTOR_VERSION
from app.core.plain import JsonObject
from central.learning import judging, sets
from central.learning.leaks import Leak, area_under
from central.learning.sets import TrainingSet

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
FEWEST_LABELS, FEWEST_WELLS, FEWEST_JUDGED = 60, 3, 30
FEWEST_WELLS_JUDGED = 5
"""An interval is drawn of whole wells: of one it has no width, and whatever is better there would pass."""
MOST_AGAINST, FEWEST_BESIDE = 0.3, 20
MOST_MOVED = 0.5
"""Share of the columns: another recorder, another field, another meaning."""

SAFETY = (
    "rods_parted",
    "tagging_down",
    "tagging_up",
    "plunger_out",
    "fluid_pound",
    "gas_lock",
    "barrel_hole",
    "high_friction",
)
"""Conditions that break equipment while nobody says them."""

FEWEST_OF_CLASS = 5


@dataclass(frozen=True)
class Gate:
    name: str
    passed: bool
    why: str = ""

    def told(self) -> JsonObject:
        return {"gate": self.name, "passed": self.passed, "why": self.why}


def schema(known: TrainingSet, manifest: JsonObject) -> Gate:
    wells = len(set(known.wells.tolist()))
    why = ""
    if manifest.get("features") != VECTOR_VERSION:
        why = f"features {manifest.get('features')}, not {VECTOR_VERSION}"
    elif len(known) < FEWEST_LABELS or wells < FEWEST_WELLS:
        why = f"{len(known)} labels of {wells} wells; {FEWEST_LABELS} of {FEWEST_WELLS} are wanted"
    return Gate("schema", not why, why)


def leak(found: Sequence[Leak], allowed: Sequence[str]) -> Gate:
    left = [one for one in found if one.column not in allowed]
    return Gate("leak", not left, "; ".join(map(str, left[:5])))


def labels(known: TrainingSet, which: Bools, said: Floats) -> Gate:
    """Poisoned ones contradict each other, the others, or what is surest of all: the order of confidence."""
    found = sets.disagreement(known)
    alike = agreed("labels", found.twice, found.against)
    if not alike.passed:
        return alike
    for name, (beside, against) in found.authors.items():
        if beside >= FEWEST_BESIDE and against > beside / 2:
            return Gate("labels", False, f"{name}: {against} of {beside} against everybody else")
    rows = known.only(which)
    for code in sorted(set(rows.codes)):
        own = np.array([one == code for one in rows.codes], bool)
        holds = rows.holds[own]
        more, less = int(holds.sum()), int((~holds).sum())
        if min(more, less) < FEWEST_OF_CLASS:
            continue
        area = area_under(said[own], holds)
        if area + 3 * math.sqrt((more + less + 1) / (12 * more * less)) < 0.5:
            return Gate("labels", False, f"{code}: the surer it was said, the more was rejected ({area:.2f})")
    return Gate("labels", True)


def moved(far: Mapping[str, float] | None) -> Gate:
    """`far`: what `drift.of_sets` says."""
    if far is None:
        return Gate("drift", True, "no set before")
    why = f"{far['share']:.0%} of columns moved, index {far['index']:.2f}, KS {far['ks']:.2f}"
    return Gate("drift", far["share"] <= MOST_MOVED, why)


def better(champion: Floats, challenger: Floats, wells: NDArray[np.int64], seed: int) -> Gate:
    """The paired test on the same held-out rows, by wells: not luck."""
    if len(champion) < FEWEST_JUDGED:
        return Gate("better", False, f"{len(champion)} labels to judge by; {FEWEST_JUDGED} are wanted")
    judged = len(np.unique(wells))
    if judged < FEWEST_WELLS_JUDGED:
        return Gate("better", False, f"{judged} wells to judge by; {FEWEST_WELLS_JUDGED} are wanted")
    found = judging.interval(challenger - champion, wells, seed)
    return Gate("better", found.high < 0, f"loss {found.middle:+.4f} ({found.low:+.4f} … {found.high:+.4f})")


def agreed(name: str, twice: int, against: int) -> Gate:
    """Cards that look alike and are said to show something else: where many do, nothing can be learnt."""
    stopped = twice >= FEWEST_BESIDE and against / twice > MOST_AGAINST
    return Gate(name, not stopped, f"{against} of {twice} contradict their look-alikes")


def no_worse(name: str, champion: Floats, challenger: Floats, wells: NDArray[np.int64], seed: int) -> Gate:
    """Than the champion by more than its interval, on what taught neither."""
    usual = judging.interval(champion, wells, seed)
    worse = float((challenger - champion).mean())
    return Gate(name, worse <= usual.half, f"loss {worse:+.3f}, the champion's interval is ±{usual.half:.3f}")


def safety(known: TrainingSet, champion: Floats, challenger: Floats, seed: int) -> Gate:
    """Of each condition that breaks things, on the cards that have it: no worse than the champion by more
    than its interval.
    """
    for code in SAFETY:
        own = np.array([one.code == code and one.holds for one in known.labels], bool)
        if own.sum() < FEWEST_OF_CLASS:
            continue
        usual = judging.interval(champion[own], known.wells[own], seed)
        worse = float((challenger[own] - champion[own]).mean())
        if worse > usual.half:
            return Gate("safety", False, f"{code}: loss {worse:+.3f}, its interval is ±{usual.half:.3f}")
    return Gate("safety", True)
