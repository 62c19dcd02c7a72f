"""The trained ranker: it orders what the physics rules found and says how sure one may be. It never adds a
finding.

A file of skops, not a pickle: only scikit-learn's own types may be in it, and the features it was trained
with must be the ones the program has now. Without a usable file the rules speak with their own confidence.
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.outline import VECTOR_NAMES, surface_vector, vector
from app.analysis.rules.base import CardCase, Verdict
from app.core.paths import resources

Floats = NDArray[np.float64]
FORMAT = 1
SURFACE_LIMIT = 0.5
"""No confidence from the surface card alone goes beyond it."""

SUREST = 0.97
"""Simulated wells taught it; no field well is surer than this."""

BY_ABSOLUTE_LOADS = ("rods_parted", "flowing", "full_pump")
FLOOR = 0.36
"""What stays of a rule that is surer than not and argues from weights and pressures, when the ranker does not
believe it: enough to be said, little enough to be true (on simulated wells such an answer is right once in
four).
"""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ranker:
    """`codes` in the order of the outputs; `weights` (codes, 3): confidence = σ(a + b·logit(rule) +
    c·logit(rank)).
    """

    codes: tuple[str, ...]
    model: Any
    weights: Floats
    surface_codes: tuple[str, ...]
    surface_model: Any
    version: str

    def chances(self, case: CardCase, rules: dict[str, float]) -> dict[str, float]:
        """How often a card that looks so has each condition, by the model alone; empty without a pump
        card.
        """
        if case.shape is None or case.loads is None:
            return {}
        row = features(case, rules, self.codes)
        return dict(zip(self.codes, self.model.predict_proba(row[None])[0].tolist(), strict=True))

    def surface_chances(self, case: CardCase) -> list[tuple[str, float]]:
        """The likeliest groups from the outline of the surface card, best first, each at most
        `SURFACE_LIMIT`.
        """
        chances = self.surface_model.predict_proba(surface_vector(case.analysis)[None])[0]
        order = np.argsort(-chances)
        return [(str(self.surface_codes[i]), min(SURFACE_LIMIT, float(chances[i]))) for i in order]

    def confidence(self, code: str, rule: float, chance: float) -> float:
        """Calibrated; what absolute loads say is never ordered away."""
        a, b, c = self.weights[self.codes.index(code)]
        least = FLOOR if code in BY_ABSOLUTE_LOADS and rule > 0.5 else 0.0
        return min(SUREST, max(least, _sigmoid(float(a + b * logit(rule) + c * logit(chance)))))


def features(case: CardCase, rules: dict[str, float], codes: tuple[str, ...]) -> Floats:
    assert case.shape is not None
    assert case.loads is not None
    return np.r_[vector(case.shape, case.loads, case.analysis), [rules.get(code, 0.0) for code in codes]]


def logit(share: float) -> float:
    share = min(max(share, 0.002), 0.998)
    return math.log(share / (1 - share))


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@lru_cache(maxsize=1)
def ranker(path: Path | None = None) -> Ranker | None:
    """Loaded once; None, said in the log, when there is no file or one that does not fit."""
    path = path or resources() / "models" / "card_ranker.skops"
    if not path.exists():
        _log.warning("no ranker at %s: findings keep the confidence of their rules", path.name)
        return None
    import skops.io

    strangers = skops.io.get_untrusted_types(file=path)
    if strangers:
        _log.warning("the ranker %s holds foreign types, it is not loaded: %s", path.name, strangers)
        return None
    stored = skops.io.load(path, trusted=[])
    if stored.get("format") != FORMAT or tuple(stored["features"]) != VECTOR_NAMES:
        _log.warning("the ranker %s was trained with other features, it is not used", path.name)
        return None
    return Ranker(
        tuple(stored["codes"]),
        stored["model"],
        np.array(stored["weights"]),
        tuple(stored["surface_codes"]),
        stored["surface_model"],
        stored["version"],
    )


def ordered(case: CardCase, found: list[tuple[str, Verdict]], known: Ranker) -> list[tuple[str, Verdict]]:
    """The rules' findings with calibrated confidences."""
    chances = known.chances(case, {code: verdict.confidence for code, verdict in found})
    sure = {code: known.confidence(code, v.confidence, chances[code]) for code, v in found if code in chances}
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
