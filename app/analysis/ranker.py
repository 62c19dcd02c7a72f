"""The trained ranker: it orders what the physics rules found and says how sure one may be. It never adds a
finding.

A file of plain arrays (`model_file`), trained by `make train`: the features it was trained with must be the
ones the program has now. Without a usable file the rules speak with their own confidence.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.outline import OUTLINE_SIZE, SURFACE_SIZE, VECTOR_NAMES, outline_row
from app.analysis.curve_network import CurveNetwork
from app.analysis.model_file import ModelFile, read
from app.analysis.model_places import own_place, place_of
from app.analysis.network import Network
from app.analysis.network_file import any_network, network
from app.analysis.outline_parts import Carried, carried
from app.analysis.ranker_bounds import SUREST, Region, bounded, logit
from app.analysis.rules import RULES
from app.analysis.rules.base import CardCase, Verdict
from app.core.errors import KnownError

Floats = NDArray[np.float64]
SURFACE_LIMIT = 0.5
"""No confidence from the surface card alone goes beyond it."""

FIELD_SHARE = 0.42
"""Of what simulated outlines promise is true on real labelled surface cards: where 0.5 was said, 0.21 was
right (the founders' count on cards that are not shown to us).
"""

BY_ABSOLUTE_LOADS = ("rods_parted", "flowing", "full_pump")
FLOOR = 0.36
"""What stays of a rule that is surer than not and argues from weights and pressures, when the ranker does not
believe it: enough to be said, little enough to be true (on simulated wells such an answer is right once in
four).
"""

SURFACE_REGION = "surface.region"
"""Of a model file that says where its surface card's model was taught."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ranker:
    """The trained ranker, as the file has it.

    Attributes:
        codes: in the order of the outputs
        model: of pump cards
        weights: [-] (codes, 3): confidence = σ(a + b·logit(rule) + c·logit(rank))
        surface_codes: of the surface card's model
        surface_model: of outlines
        version: of the file
        region: where it was taught; None counts as everywhere
        surface_region: where the surface card's model was taught; None counts as everywhere
    """

    codes: tuple[str, ...]
    model: Network
    weights: Floats
    surface_codes: tuple[str, ...]
    surface_model: Network | CurveNetwork
    version: str
    region: Region | None = None
    surface_region: Region | None = None

    def inside(self, cases: Sequence[CardCase]) -> list[float]:
        """How much the ranker knows of cards like these.

        Args:
            cases: of cards
        Returns:
            [-] 0 … 1 of each; 0 without a pump card
        Valid: any cards.
        Ours: `ranker_bounds.Region`: it speaks only where it was taught.

        >>> from app.analysis import examples
        >>> ranker().inside([examples.card_case(pump_card=False)])
        [0.0]
        """
        said = [0.0] * len(cases)
        known = [n for n, case in enumerate(cases) if case.shape is not None and case.loads is not None]
        if known:
            seen = np.array([cases[n].seen for n in known])
            shares = np.ones(len(known)) if self.region is None else self.region.inside(seen)
            for n, share in zip(known, shares.tolist(), strict=True):
                said[n] = share
        return said

    def chances(self, cases: Sequence[CardCase], rules: Sequence[dict[str, float]]) -> list[dict[str, float]]:
        """How often a card that looks so has each condition, by the model alone.

        Args:
            cases: of cards
            rules: condition → [-] confidence of its rule, of each card
        Returns:
            condition → [-] of each card; empty without a pump card
        Valid: cards like those it was trained on (docs/DIAGNOSIS.md).
        Ours: a trained model orders, it never overrules.

        >>> from app.analysis import examples
        >>> chances = ranker().chances([examples.card_case()], [{"full_pump": 0.95}])[0]
        >>> max(chances, key=chances.get)
        'full_pump'
        """
        known = [n for n, case in enumerate(cases) if case.shape is not None and case.loads is not None]
        said: list[dict[str, float]] = [{} for _ in cases]
        if known:
            rows = np.array([features(cases[n], rules[n], self.codes) for n in known])
            for n, chances in zip(known, self.model.chances(rows).tolist(), strict=True):
                said[n] = dict(zip(self.codes, chances, strict=True))
        return said

    def surface_chances(self, cases: Sequence[CardCase]) -> list[list[tuple[str, float]]]:
        """The likeliest groups from the outline of the surface card.

        Args:
            cases: of cards
        Returns:
            (condition, [-] chance) of each card, best first, each at most FIELD_SHARE of SURFACE_LIMIT; none
            of a card that is like nothing taught
        Valid: any card.
        Ours: a half of simulated cards is a fifth of real ones.

        >>> from app.analysis import examples
        >>> chances = ranker().surface_chances([examples.card_case(pump_card=False)])[0]
        >>> chances[0][1] <= FIELD_SHARE * SURFACE_LIMIT, chances[0][1] >= chances[-1][1]
        (True, True)
        """
        if not cases:
            return []
        rows = np.array([outline_row(case.analysis) for case in cases])
        shares = FIELD_SHARE * self.outlines_inside(rows)[:, None]
        said = shares * np.minimum(SURFACE_LIMIT, self.outline_chances(rows))
        return [
            [(str(self.surface_codes[i]), float(chances[i])) for i in np.argsort(-chances)]
            if chances.max() > 0
            else []
            for chances in said
        ]

    def surface_carried(self, case: CardCase, codes: Sequence[str]) -> dict[str, tuple[Carried, ...]]:
        """Which parts of the surface card carried what its model says.

        Args:
            case: of a card
            codes: conditions
        Returns:
            condition → its parts, the heaviest first
        Valid: conditions that the model knows.
        Ours: `outline_parts.carried`.

        >>> from app.analysis import examples
        >>> sorted(ranker().surface_carried(examples.card_case(pump_card=False), ["fluid_pound", "sand"]))
        ['fluid_pound', 'sand']
        """
        columns = [self.surface_codes.index(code) for code in codes]
        told = carried(outline_row(case.analysis), self.outline_chances, self.surface_model.mean, columns)
        return dict(zip(codes, told, strict=True))

    def outline_chances(self, rows: Floats) -> Floats:
        """What the surface card's model says of outlines, before anything is held back.

        Args:
            rows: [-] (n, OUTLINE_SIZE) of `outline_row`
        Returns:
            [-] (n, len(surface_codes))
        Valid: any card; a model of layers looks at the first SURFACE_SIZE alone.
        Ours: both kinds of models are asked, and judged, in one way.

        >>> from app.analysis import examples
        >>> ranker().outline_chances(outline_row(examples.card())[None]).shape
        (1, 21)
        """
        return self.surface_model.chances(rows[:, : len(self.surface_model.mean)])

    def outlines_inside(self, rows: Floats) -> Floats:
        """How much the surface card's model knows of outlines like these.

        Args:
            rows: [-] (n, OUTLINE_SIZE) of `outline_row`
        Returns:
            [-] (n,) 0 … 1
        Valid: any card.
        Ours: by what the last layers of a network over curves see; of what is like nothing taught no group is
            named. One of layers says nothing of it.

        >>> ranker().outlines_inside(np.zeros((2, OUTLINE_SIZE))).tolist()
        [1.0, 1.0]
        """
        if self.surface_region is None or not isinstance(self.surface_model, CurveNetwork):
            return np.ones(len(rows))
        return self.surface_region.inside(self.surface_model.inner(rows))

    def confidence(self, code: str, rule: float, chance: float) -> float:
        """Calibrated confidence of a finding.

        σ(a + b·logit(rule) + c·logit(chance)), 0.97 at most, 0.36 at least for what absolute loads say

        Args:
            code: of the condition
            rule: [-] confidence of the rule
            chance: [-] by the model
        Returns:
            [-]
        Valid: conditions the ranker knows.
        Ours: simulated wells taught it: no field well is surer than 0.97 (docs/DIAGNOSIS.md).

        >>> known = ranker()
        >>> known.confidence("fluid_pound", 0.9, 0.9) > known.confidence("fluid_pound", 0.9, 0.1)
        True
        """
        a, b, c = self.weights[self.codes.index(code)]
        least = FLOOR if code in BY_ABSOLUTE_LOADS and rule > 0.5 else 0.0
        return min(SUREST, max(least, _sigmoid(float(a + b * logit(rule) + c * logit(chance)))))


def features(case: CardCase, rules: dict[str, float], codes: tuple[str, ...]) -> Floats:
    """What the model sees of a case.

    Args:
        case: of a card, with a pump card and rods
        rules: condition → [-] confidence of its rule
        codes: conditions in the model's order
    Returns:
        [-] (len(VECTOR_NAMES) + len(codes),)
    Valid: a rule that did not speak counts as 0.
    Ours: goes with the model file.

    >>> from app.analysis import examples
    >>> float(features(examples.card_case(), {"sand": 0.4}, ("full_pump", "sand"))[-1])
    0.4
    """
    return np.concatenate((case.seen, [rules.get(code, 0.0) for code in codes]))


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def ranker(path: Path | None = None) -> Ranker | None:
    """The ranker of a file, loaded once.

    Args:
        path: of a model file; the one in force without
    Returns:
        None, said in the log, when there is no file or one that does not fit; in place of a site's model that
        does not the program's own
    Valid: as `stored_ranker`.
    Ours: without it the rules speak for themselves; a diagnosis is not refused for a file.

    >>> ranker() is not None
    True
    """
    if path is not None:
        return _loaded(path)
    return _loaded(place_of("card_ranker")) or _loaded(own_place("card_ranker"))


@lru_cache(maxsize=2)
def _loaded(path: Path) -> Ranker | None:
    try:
        return stored_ranker(path)
    except KnownError as error:
        _log.warning("findings keep the confidence of their rules: %s", error)
        return None


def stored_ranker(path: Path) -> Ranker:
    """The ranker of a file.

    Args:
        path: of a model file
    Returns:
        checked
    Raises:
        KnownError: model_missing, model_foreign, model_features
    Valid: only of these features, and of arrays that fit each other.
    Ours: plain arrays, never a pickle.

    >>> from app.core.paths import resources
    >>> len(stored_ranker(resources() / "models" / "card_ranker.npz").codes)
    21
    """
    file = read(path)
    features, codes, surface_codes = (file.names(key) for key in ("features", "codes", "surface_codes"))
    if features != VECTOR_NAMES:
        other = sorted({*features} ^ {*VECTOR_NAMES}) or ["in another order"]
        raise KnownError("model_features", file=path.name, have=file.version, want=", ".join(other)[:80])
    unknown = {*codes, *surface_codes} - {rule.key for rule in RULES}
    if unknown:
        raise file.foreign(f"conditions that nobody knows: {', '.join(sorted(unknown))}"[:200])
    outlines = any_network(file, "surface", SURFACE_SIZE, OUTLINE_SIZE, len(surface_codes))
    return Ranker(
        codes,
        network(file, "cards", len(features) + len(codes), len(codes)),
        file.array("weights", len(codes), 3),
        surface_codes,
        outlines,
        file.version,
        _region(file, "region", len(features)),
        _region(file, SURFACE_REGION, outlines.inner_size) if isinstance(outlines, CurveNetwork) else None,
    )


def _region(file: ModelFile, name: str, inputs: int) -> Region:
    near, far = (float(end) for end in file.array(f"{name}.ends", 2))
    scale = file.array(f"{name}.scale", inputs)
    if not 0 < near < far or not (scale > 0).all():
        raise file.foreign(name)
    return Region(
        file.array(f"{name}.mean", inputs), scale, file.array(f"{name}.centres", None, inputs), near, far
    )


def ordered(
    cases: Sequence[CardCase], found: Sequence[list[tuple[str, Verdict]]], known: Ranker
) -> list[list[tuple[str, Verdict]]]:
    """The rules' findings with calibrated confidences.

    Args:
        cases: of cards
        found: (condition, verdict) of the rules, of each card
        known: the ranker
    Returns:
        the same findings; it adds nothing
    Valid: fluid pound and gas stay as the rules divided them without an intake pressure.
    Ours: physics first (domain/rod-pump.md).

    >>> from app.analysis import examples
    >>> case = examples.card_case()
    >>> said = [("full_pump", Verdict("info", 0.9, ()))]
    >>> [code for code, _ in ordered([case], [said], ranker())[0]]
    ['full_pump']
    """
    rules = [{code: verdict.confidence for code, verdict in of_card} for of_card in found]
    return [
        _with_confidence(case, of_card, chances, inside, known)
        for case, of_card, chances, inside in zip(
            cases, found, known.chances(cases, rules), known.inside(cases), strict=True
        )
    ]


def _with_confidence(
    case: CardCase, found: list[tuple[str, Verdict]], chances: dict[str, float], inside: float, known: Ranker
) -> list[tuple[str, Verdict]]:
    sure = {
        code: bounded(v.confidence, known.confidence(code, v.confidence, chances[code]), inside)
        for code, v in found
        if code in chances
    }
    if case.analysis.measures["pump_intake_pressure_pa"] is None:
        _leave_undecided(sure, dict(found))
    return [
        (code, replace(verdict, confidence=sure.get(code, verdict.confidence))) for code, verdict in found
    ]


def _leave_undecided(sure: dict[str, float], said: dict[str, Verdict]) -> None:
    """One chamber hits liquid or squeezes gas: only the intake pressure tells, so without it both stay as the
    rules divided them.
    """
    pair = [code for code in ("fluid_pound", "gas_interference") if code in sure]
    if len(pair) == 2:
        together, total = max(sure[code] for code in pair), sum(said[code].confidence for code in pair)
        for code in pair:
            sure[code] = together * said[code].confidence / total
