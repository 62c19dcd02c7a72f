"""Networks of a model file, of either kind: nothing is believed, every part must fit the next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.analysis.curve_network import POOLED, CurveNetwork
from app.analysis.model_file import ModelFile
from app.analysis.network import EACH, ONE_OF_ALL, Layers, Network
from app.core.plain import JsonObject

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CURVES = "curves"
"""The kind that `central/learning/deep` teaches; the other has no name."""

MOST_VOTERS, MOST_LAYERS = 20, 10
MOST_FILTERS, MOST_CURVES, MOST_STEPS = 8, 16, 256
LEAST_SCALE = 1e-12


def network(file: ModelFile, name: str, inputs: int, outputs: int) -> Network:
    """A network of layers of a model file, every layer of it fitting the next.

    Args:
        file: read
        name: of the network in it
        inputs: [-] how many the program gives it
        outputs: [-] how many it must have
    Returns:
        ready to be asked
    Raises:
        KnownError: model_foreign
    Valid: up to MOST_VOTERS voters of MOST_LAYERS layers.
    Ours: `<name>.mean`, `<name>.scale`, `<name>.<voter>.<layer>.weights` and `.bias`.

    >>> from app.analysis.forecast import failure
    >>> failure.failure_model().models[30].mean.shape == (17,)
    True
    """
    about = _about(file, name)
    voters, layers = _count(file, about, "voters", MOST_VOTERS), _count(file, about, "layers", MOST_LAYERS)
    made = tuple(_layers(file, f"{name}.{voter}", layers, inputs, outputs) for voter in range(voters))
    return Network(*_scaling(file, name, inputs), made, str(about["says"]))


def any_network(
    file: ModelFile, name: str, inputs: int, of_curves: int, outputs: int
) -> Network | CurveNetwork:
    """A network of a model file, of layers or over curves.

    Args:
        file: read
        name: of the network in it
        inputs: [-] how many the program gives one of layers
        of_curves: [-] how many it gives one over curves
        outputs: [-] how many it must have
    Returns:
        ready to be asked
    Raises:
        KnownError: model_foreign
    Valid: up to MOST_FILTERS filters along MOST_CURVES curves of MOST_STEPS steps; layers as `network`.
    Ours: `<name>.curves`, `<name>.rest`, `<name>.filter.<voter>.<number>.weights` and `.bias` beside
        layers.

    >>> from app.core.paths import resources
    >>> from app.analysis.model_file import read
    >>> file = read(resources() / "models" / "card_ranker.npz")
    >>> type(any_network(file, "surface", 132, 388, 21)).__name__
    'Network'
    """
    about = _about(file, name)
    if about.get("kind") is None:
        return network(file, name, inputs, outputs)
    if about["kind"] != CURVES:
        raise file.foreign(f"network {name}: {about}"[:200])
    voters, layers = _count(file, about, "voters", MOST_VOTERS), _count(file, about, "layers", MOST_LAYERS)
    filters = _count(file, about, "filters", MOST_FILTERS)
    curves, rest = _places(file, f"{name}.curves", of_curves, 2), _places(file, f"{name}.rest", of_curves, 1)
    channels, steps = curves.shape
    if channels > MOST_CURVES or steps > MOST_STEPS or steps % POOLED**filters:
        raise file.foreign(f"{name}.curves: {curves.shape}, {filters} filters")
    run = tuple(_filters(file, f"{name}.filter.{voter}", filters, channels) for voter in range(voters))
    left = [steps // POOLED**filters * len(of_voter[-1][1]) + len(rest) for of_voter in run]
    made = tuple(_layers(file, f"{name}.{n}", layers, size, outputs) for n, size in enumerate(left))
    return CurveNetwork(*_scaling(file, name, of_curves), curves, rest, run, made, str(about["says"]))


def _about(file: ModelFile, name: str) -> JsonObject:
    told = file.about.get("networks")
    about = told.get(name) if isinstance(told, dict) else None
    if not isinstance(about, dict) or about.get("says") not in (EACH, ONE_OF_ALL):
        raise file.foreign(f"network {name}: {about}"[:200])
    return about


def _scaling(file: ModelFile, name: str, inputs: int) -> tuple[Floats, Floats]:
    scale = file.array(f"{name}.scale", inputs)
    if scale.min() < LEAST_SCALE:
        raise file.foreign(f"{name}.scale: {scale.min()}")
    return file.array(f"{name}.mean", inputs), scale


def _count(file: ModelFile, about: JsonObject, key: str, most: int) -> int:
    told = about.get(key)
    if not isinstance(told, int) or isinstance(told, bool) or not 1 <= told <= most:
        raise file.foreign(f"{key}: {told}"[:200])
    return told


def _layers(file: ModelFile, name: str, count: int, inputs: int, outputs: int) -> Layers:
    found = []
    for number in range(count):
        weights = file.array(f"{name}.{number}.weights", inputs, outputs if number == count - 1 else None)
        inputs = weights.shape[1]
        found.append((weights, file.array(f"{name}.{number}.bias", inputs)))
    return tuple(found)


def _places(file: ModelFile, name: str, inputs: int, axes: int) -> Ints:
    """Numbers of inputs."""
    told = file.array(name, *([None] * axes))
    if not ((told == np.floor(told)) & (told >= 0) & (told < inputs)).all():
        raise file.foreign(f"{name}: no numbers of {inputs} inputs")
    return told.astype(np.int64)


def _filters(file: ModelFile, name: str, count: int, channels: int) -> Layers:
    found = []
    for number in range(count):
        weights = file.array(f"{name}.{number}.weights", None, None)
        if len(weights) % channels or len(weights) // channels % 2 == 0:
            raise file.foreign(f"{name}.{number}: {weights.shape} along {channels} curves")
        channels = weights.shape[1]
        found.append((weights, file.array(f"{name}.{number}.bias", channels)))
    return tuple(found)
