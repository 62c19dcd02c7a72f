"""A network over curves taught by the widened simulator, with the region in which it may be asked, in a model
file. A site's own labels teach it on (`outlines`) like the one of layers.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.analysis.curve_network import CurveNetwork
from app.analysis.model_file import ModelFile
from app.analysis.ranker import SURFACE_REGION
from app.analysis.ranker_bounds import Region
from central.learning import augmented, simulated
from central.learning.deep import teaching
from central.learning.model_writing import region_named
from central.learning.outlines import places_of
from central.learning.simulated import Outlines

Floats = NDArray[np.float64]
WELLS, KEPT = 300, 8
"""Simulated, and of how many one only sets the temperature and the ends of the region."""

MIDDLES = 1_000
NEAR, FAR = 0.9, 0.98
"""Shares of the cards of wells that were kept back: up to the distance of the first it speaks as it is,
beyond that of the second it names nothing.
"""
LEAST_SCALE, FARTHEST = 1e-3, 6.0
"""Of the widest deviation, and of deviations (as `Region` has it)."""


def taught(
    codes: tuple[str, ...], drawn: Outlines, seed: int, onnx: Path | None = None
) -> tuple[CurveNetwork, Region]:
    """Raises KnownError (learning_no_torch, learning_torch_failed, model_foreign)."""
    kept = drawn.wells % KEPT == 0
    network = teaching.taught(drawn.rows, places_of(drawn.codes, codes), kept, len(codes), seed, onnx)
    taken = drawn.as_taken()
    return network, region_of(network, taken.rows, taken.wells, seed)


def cards(seed: int, wells: int = WELLS) -> Outlines:
    """That teach it: each as it was taken and as others would have drawn it."""
    return simulated.outlines(wells, seed, augmented.copies)


def region_of(network: CurveNetwork, rows: Floats, wells: NDArray[np.int64], seed: int) -> Region:
    """Some of the cards that taught it, as its last layer sees them, and how far from them those of other
    wells lie: of each well its cards are on one side.
    """
    seen, kept = network.inner(rows), np.isin(wells, np.unique(wells)[::KEPT])
    taught_by = seen[~kept]
    mean, scale = taught_by.mean(axis=0), taught_by.std(axis=0)
    scale = np.maximum(scale, LEAST_SCALE * max(float(scale.max()), LEAST_SCALE))
    chosen = np.random.default_rng(seed).choice(len(taught_by), min(MIDDLES, len(taught_by)), replace=False)
    centres = np.clip((taught_by[chosen] - mean) / scale, -FARTHEST, FARTHEST)
    region = Region(mean, scale, centres, 1.0, 2.0)
    near, far = np.quantile(region.distance(seen[kept]), (NEAR, FAR))
    return replace(region, near=float(near), far=float(max(far, near + LEAST_SCALE)))


def put_into(file: ModelFile, made: CurveNetwork, region: Region) -> ModelFile:
    """Whatever the file said of its surface card's model before is gone."""
    name = teaching.NAME
    arrays = {key: array for key, array in file.arrays.items() if not key.startswith(f"{name}.")}
    arrays |= teaching.arrays_of(made) | region_named(SURFACE_REGION, region)
    networks = file.about["networks"]
    assert isinstance(networks, dict)
    about = {**file.about, "networks": {**networks, name: teaching.about(made)}}
    return replace(file, about=about, arrays=arrays)
