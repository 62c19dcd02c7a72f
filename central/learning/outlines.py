"""The network that names likely groups from a surface card alone, taught on by cards of which somebody knows
what they show: labelled libraries, and decisions that a repair confirmed.

It starts from the champion, is held back towards it, and goes over simulated cards again with each step: what
a site has not shown stays as it was. Whatever it says is still no finding (`surface_groups`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.curve_network import CurveNetwork
from app.analysis.model_file import ModelFile
from app.analysis.network import Layers, Network
from app.analysis.ranker import Ranker
from central.learning import judging
from central.learning.judging import Interval
from central.learning.labels import LIBRARY, REPAIR
from central.learning.model_writing import layers_named
from central.learning.sets import TrainingSet, card_of
from central.learning.simulated import Outlines

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Model = Network | CurveNetwork
NAME = "surface"
FEWEST, FEWEST_WELLS, FEWEST_OF_CLASS = 60, 5, 5
HELD_BACK = 1.0
"""Weight of the squares of what weights have moved by."""

REHEARSED = 0.5
"""Weight of simulated cards in each step."""

STEPS, AT_ONCE, PACE = 300, 30, 1e-3
"""So few at once that BLAS stays in one thread: on a busy machine its threads wait for each other, and a
minute of work became ten.
"""


@dataclass(frozen=True)
class Known:
    """Cards of which somebody knows what they show: rows of a set, and the place of each one's condition."""

    rows: TrainingSet
    truth: Ints

    def __len__(self) -> int:
        return len(self.truth)

    def only(self, which: Bools) -> Known:
        return Known(self.rows.only(which), self.truth[which])


def known_of(labels: TrainingSet, codes: tuple[str, ...]) -> Known:
    """A decision that no repair confirmed says what a rule was worth, and is left out; so is one card that is
    said to show two things.
    """
    which = np.array(
        [one.holds and one.source in (LIBRARY, REPAIR) and one.code in codes for one in labels.labels], bool
    )
    rows = labels.only(which)
    cards = [card_of(one) for one in rows.labels]
    said: dict[bytes, set[str]] = defaultdict(set)
    for card, code in zip(cards, rows.codes, strict=True):
        said[card].add(code)
    rows = rows.only(np.array([len(said[card]) == 1 for card in cards], bool))
    return Known(rows, places_of(rows.codes, codes))


def places_of(said: Sequence[str], codes: Sequence[str]) -> Ints:
    """Of what is said, among what the network names."""
    place = {code: number for number, code in enumerate(codes)}
    return np.array([place[code] for code in said], np.int64)


def enough(known: Known) -> bool:
    """To teach and to judge: of some wells, and of two conditions at least."""
    of_class = np.bincount(known.truth)
    wells = len(set(known.rows.wells.tolist())) if len(known) else 0
    return len(known) >= FEWEST and wells >= FEWEST_WELLS and int((of_class >= FEWEST_OF_CLASS).sum()) >= 2


def losses(chances: Floats, truth: Ints) -> Floats:
    """Log loss of each card's condition."""
    return np.asarray(-np.log(np.maximum(judging.LEAST_CHANCE, chances[np.arange(len(truth)), truth])), float)


def losses_of(model: Ranker, known: Known) -> Floats:
    return losses(model.outline_chances(known.rows.rows), known.truth)


def losses_of_simulated(model: Ranker, simulated: Outlines) -> Floats:
    truth = places_of(simulated.codes, model.surface_codes)
    return losses(model.outline_chances(simulated.rows), truth)


def earned(champion: Ranker, known: Known, simulated: Outlines, seed: int) -> Interval | None:
    """By how much teaching lowers the loss of wells of these that taught nothing; None where they are too few
    to say.
    """
    split = judging.by_well(known.rows.wells, known.rows.alike, seed)
    taught, judged = known.only(split.taught), known.only(split.judged)
    if not enough(taught) or not len(judged):
        return None
    made = taught_on(champion.surface_model, champion.surface_codes, taught, simulated, seed)
    now = losses_of(replace(champion, surface_model=made), judged)
    return judging.interval(now - losses_of(champion, judged), judged.rows.wells, seed)


def taught_on(model: Model, codes: tuple[str, ...], known: Known, simulated: Outlines, seed: int) -> Model:
    """The same network with other weights of its layers; the same labels and seed make the same to the bit.
    Filters along curves stay as they are.
    """
    own, again = (_seen(model, rows) for rows in (known.rows.rows, simulated.rows))
    truth, of_simulated = known.truth, places_of(simulated.codes, codes)
    voters = model.voters if isinstance(model, Network) else model.layers
    moved = tuple(
        _voter(layers, (own[n], truth), (again[n], of_simulated), np.random.default_rng((seed, n)))
        for n, layers in enumerate(voters)
    )
    return replace(model, voters=moved) if isinstance(model, Network) else replace(model, layers=moved)


def _seen(model: Model, rows: Floats) -> list[Floats]:
    """What the layers of each voter see."""
    rows = rows[:, : len(model.mean)]
    if isinstance(model, Network):
        return [(rows - model.mean) / model.scale] * len(model.voters)
    return list(model.features(rows))


Rows = tuple[Floats, Ints]


def _voter(start: Layers, own: Rows, again: Rows, rng: np.random.Generator) -> Layers:
    """Adam (Kingma, Ba 2015), with a quadratic around where it starts."""
    weights = [part.copy() for layer in start for part in layer]
    origin = [part.copy() for part in weights]
    first, second = ([np.zeros_like(part) for part in weights] for _ in range(2))
    for step in range(1, STEPS + 1):
        slopes = [np.zeros_like(part) for part in weights]
        for (rows, truth), weight in ((own, 1.0), (again, REHEARSED)):
            chosen = rng.integers(0, len(truth), AT_ONCE)
            for slope, part in zip(slopes, _slopes(weights, rows[chosen], truth[chosen]), strict=True):
                slope += weight * part
        for place, slope in enumerate(slopes):
            slope += HELD_BACK * (weights[place] - origin[place])
            first[place] = 0.9 * first[place] + 0.1 * slope
            second[place] = 0.999 * second[place] + 0.001 * slope**2
            pace = PACE * (1 - step / STEPS) / (1 - 0.9**step)
            weights[place] = weights[place] - pace * first[place] / (
                np.sqrt(second[place] / (1 - 0.999**step)) + 1e-8
            )
    return tuple(zip(weights[::2], weights[1::2], strict=True))


def _slopes(weights: list[Floats], rows: Floats, truth: Ints) -> list[Floats]:
    """Of the mean log loss, by the rule of chains."""
    seen = [rows]
    for weight, bias in zip(weights[:-2:2], weights[1:-2:2], strict=True):
        seen.append(np.maximum(seen[-1] @ weight + bias, 0.0))
    said = seen[-1] @ weights[-2] + weights[-1]
    grown = np.exp(said - said.max(axis=1, keepdims=True))
    left = grown / grown.sum(axis=1, keepdims=True)
    left[np.arange(len(truth)), truth] -= 1
    left /= len(truth)
    slopes: list[Floats] = []
    for place in range(len(weights) - 2, -1, -2):
        inputs = seen[place // 2]
        slopes[:0] = [inputs.T @ left, left.sum(axis=0)]
        left = (left @ weights[place].T) * (inputs > 0)
    return slopes


def arrays_of(made: Network, file: ModelFile) -> dict[str, Floats]:
    """In the names of a model file, for `written`."""
    return {**file.arrays, **layers_named(NAME, made.voters)}
