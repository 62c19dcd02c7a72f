"""Trains what names the likely groups from a surface card alone: outlines of simulated cards, and the same as
others draw them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.ensemble import BaggingClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.outline import surface_vector

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
    drawn = [analysis, _rounded(analysis, int(rng.integers(4, 14))), crooked(analysis, rng)]
    if analysis.pump is not None:
        crawls = [_rounded(_at_a_crawl(analysis, rng), int(rng.integers(4, 20))) for _ in range(3)]
        drawn += [crawls[0], *(crooked(crawl, rng) for crawl in crawls[1:])]
    return drawn


def _rounded(analysis: CardAnalysis, harmonics: int) -> CardAnalysis:
    load = analysis.clean.load_n
    spectrum = np.fft.rfft(load)
    spectrum *= np.exp(-0.5 * (np.arange(len(spectrum)) / harmonics) ** 2)
    return _with_load(analysis, np.fft.irfft(spectrum, len(load)))


def crooked(analysis: CardAnalysis, rng: np.random.Generator) -> CardAnalysis:
    """A few percent of smooth error, as of a pen, a print or a hand that copies it."""
    load = analysis.clean.load_n
    turn = 2 * np.pi * np.arange(len(load)) / len(load)
    error = sum(
        rng.normal(0, 0.025) / np.sqrt(k) * np.sin(k * turn + rng.uniform(0, 2 * np.pi)) for k in range(1, 7)
    )
    return _with_load(analysis, load + error * np.ptp(load))


def _at_a_crawl(analysis: CardAnalysis, rng: np.random.Generator) -> CardAnalysis:
    """The textbook's figure: no inertia, so that the polished rod shows the pump card, leaning by the stretch
    of the rods and lifted by their weight.
    """
    assert analysis.pump is not None
    x, load = analysis.pump.position_m, analysis.pump.load_n
    span = float(np.ptp(load))
    height = (load - load.min()) / span
    position = x + height * float(rng.uniform(0, 0.2)) * float(np.ptp(x))
    bottom = int(np.argmin(position))
    position, height = np.roll(position, -bottom), np.roll(height, -bottom)
    weight = float(rng.uniform(0.1, 2.0))
    clean = replace(analysis.clean, position_m=position - position.min(), load_n=span * (height + weight))
    return replace(analysis, clean=clean)


def _with_load(analysis: CardAnalysis, load_n: Any) -> CardAnalysis:
    return replace(analysis, clean=replace(analysis.clean, load_n=load_n))
