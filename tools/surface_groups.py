"""Trains what names the likely groups from a surface card alone: outlines of simulated cards, and the same as
others draw them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.ensemble import BaggingClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.outline import surface_vector
from central.learning.augmented import at_a_crawl, crooked, rounded

SEED, VOTERS = 20261124, 5


def trained(taught: list[tuple[CardAnalysis, str]]) -> Any:
    """A pipeline with `classes_` and `predict_proba` of `surface_vector` rows; strongly held back, because
    outlines from elsewhere differ from simulated ones.
    """
    rng = np.random.default_rng(SEED)
    rows, codes = [], []
    for analysis, code in taught:
        for drawn in _as_drawn(analysis, rng):
            rows.append(surface_vector(drawn))
            codes.append(code)
    return outlines().fit(np.array(rows), np.array(codes))


def outlines() -> Any:
    """The pipeline before it is taught."""
    voter = MLPClassifier((64, 32), alpha=1.0, early_stopping=True, max_iter=80)
    voters = BaggingClassifier(voter, VOTERS, bootstrap=False, random_state=1)
    return make_pipeline(StandardScaler(), voters)


def _as_drawn(analysis: CardAnalysis, rng: np.random.Generator) -> list[CardAnalysis]:
    """The card as it was taken, as a slow recorder rounds it off, as a crooked picture has it, and at a
    crawl.
    """
    drawn = [analysis, rounded(analysis, int(rng.integers(4, 14))), crooked(analysis, rng)]
    if analysis.pump is not None:
        crawls = [rounded(at_a_crawl(analysis, rng), int(rng.integers(4, 20))) for _ in range(3)]
        drawn += [crawls[0], *(crooked(crawl, rng) for crawl in crawls[1:])]
    return drawn
