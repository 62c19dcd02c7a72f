"""Networks over curves for tests: drawn by chance, as PyTorch would have made them."""

from __future__ import annotations

import numpy as np

from app.analysis.cards.outline import CURVES, OUTLINE_SIZE, STEPS, SURFACE_SIZE
from app.analysis.curve_network import CurveNetwork
from app.analysis.model_places import own_place
from app.analysis.network import ONE_OF_ALL
from app.analysis.ranker import stored_ranker
from central.learning.deep import teaching

CODES = stored_ranker(own_place("card_ranker")).surface_codes
SIZES, WIDTH, HIDDEN = (CURVES, 6, 8), 5, 10


def drawn(seed: int = 3) -> CurveNetwork:
    rng = np.random.default_rng(seed)

    def layer(inputs: int, outputs: int) -> tuple[np.ndarray, np.ndarray]:
        return rng.normal(0, 1 / np.sqrt(inputs), (inputs, outputs)), rng.normal(0, 0.1, outputs)

    filters = tuple(layer(WIDTH * a, b) for a, b in zip(SIZES[:-1], SIZES[1:], strict=True))
    left = STEPS // 2 ** len(filters) * SIZES[-1] + len(teaching.FIGURES)
    layers = (layer(left, HIDDEN), layer(HIDDEN, len(CODES)))
    return CurveNetwork(
        np.zeros(OUTLINE_SIZE),
        np.ones(OUTLINE_SIZE),
        np.arange(SURFACE_SIZE, OUTLINE_SIZE).reshape(CURVES, STEPS),
        np.array(teaching.FIGURES),
        (filters,),
        (layers,),
        ONE_OF_ALL,
    )
