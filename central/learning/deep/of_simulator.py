"""A network over curves taught by the widened simulator, with the region in which it may be asked, in a model
file. A site's own labels teach it on (`outlines`) like the one of layers.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.outline import SURFACE_SIZE
from app.analysis.curve_network import CurveNetwork
from app.analysis.model_file import ModelFile
from app.analysis.ranker import SURFACE_REGION
from app.analysis.ranker_bounds import Region
from central.learning import augmented, simulated
from central.learning.deep import teaching
from central.learning.outlines import places_of
from central.learning.simulated import Outlines

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
WELLS, KEPT = 300, 8
"""Simulated, and of how many one only sets the temperature and the ends of the region."""

MIDDLES = 240
NEAR, FAR = 0.9, 0.999
"""Shares of the cards of wells that were kept back: up to the distance of the first it speaks as it is,
beyond that of the second it names nothing.
"""
LEAST_SCALE, FARTHEST = 1e-6, 6.0
"""Of deviations; the second as `Region` has it."""


def taught(
    codes: tuple[str, ...], drawn: Outlines, seed: int, onnx: Path | None = None
) -> tuple[CurveNetwork, Region]:
    """Raises KnownError (learning_no_torch, learning_torch_failed, model_foreign)."""
    kept = drawn.wells % KEPT == 0
    network = teaching.taught(drawn.rows, places_of(drawn.codes, codes), kept, len(codes), seed, onnx)
    return network, region_of(drawn.rows[:, :SURFACE_SIZE], kept, seed)


def cards(seed: int, wells: int = WELLS) -> Outlines:
    """That teach it: each as it was taken and as others would have drawn it."""
    return simulated.outlines(wells, seed, augmented.copies)


def region_of(seen: Floats, kept: Bools, seed: int) -> Region:
    """Some of the cards that taught it, as they are, and how far from them those lie that were kept back."""
    taught_by = seen[~kept]
    mean, scale = taught_by.mean(axis=0), np.maximum(taught_by.std(axis=0), LEAST_SCALE)
    chosen = np.random.default_rng(seed).choice(len(taught_by), min(MIDDLES, len(taught_by)), replace=False)
    centres = np.clip((taught_by[chosen] - mean) / scale, -FARTHEST, FARTHEST)
    region = Region(mean, scale, centres, 1.0, 2.0)
    near, far = np.quantile(region.distance(seen[kept]), (NEAR, FAR))
    return replace(region, near=float(near), far=float(far))


def put_into(file: ModelFile, made: CurveNetwork, region: Region) -> ModelFile:
    """Whatever the file said of its surface card's model before is gone."""
    name = teaching.NAME
    arrays = {key: array for key, array in file.arrays.items() if not key.startswith(f"{name}.")}
    arrays |= teaching.arrays_of(made)
    arrays |= {
        f"{SURFACE_REGION}.mean": region.mean,
        f"{SURFACE_REGION}.scale": region.scale,
        f"{SURFACE_REGION}.centres": region.centres,
        f"{SURFACE_REGION}.ends": np.array([region.near, region.far]),
    }
    networks = file.about["networks"]
    assert isinstance(networks, dict)
    about = {**file.about, "networks": {**networks, name: teaching.about(made)}}
    return replace(file, about=about, arrays=arrays)
