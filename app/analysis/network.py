"""What a trained network says, with NumPy alone: scaled inputs, hidden layers, chances.

A logistic model is a network without hidden layers. `tools/model_export` makes the arrays of scikit-learn's
models; the tests hold the chances against scikit-learn's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.model_file import ModelFile
from app.core.plain import JsonObject

Floats = NDArray[np.float64]
Layers = tuple[tuple[Floats, Floats], ...]
EACH, ONE_OF_ALL = "each", "one_of_all"
MOST_VOTERS, MOST_LAYERS = 20, 10
LEAST_SCALE = 1e-12


@dataclass(frozen=True)
class Network:
    """A trained network, or several that vote.

    Attributes:
        mean: [as the inputs] (k,)
        scale: [as the inputs] (k,) standard deviations
        voters: of each its layers: [-] (inputs, outputs) weights and [-] (outputs,) bias
        says: EACH condition by itself, or ONE_OF_ALL
    """

    mean: Floats
    scale: Floats
    voters: tuple[Layers, ...]
    says: str

    def chances(self, rows: Floats) -> Floats:
        """How likely each output is.

        σ or softmax of W·max(0, W·… + b) + b of the scaled inputs; the mean of the voters

        Args:
            rows: [as the inputs] (n, k)
        Returns:
            [-] (n, outputs)
        Valid: inputs like those it was trained on.
        Ours: what scikit-learn's `predict_proba` says, without loading it (docs/adr/0008).

        >>> sure = Network(np.zeros(1), np.ones(1), (((np.eye(1), np.zeros(1)),),), EACH)
        >>> sure.chances(np.array([[0.0], [20.0]])).round(3).tolist()
        [[0.5], [1.0]]
        """
        scaled = (rows - self.mean) / self.scale
        said = [self._said(layers, scaled) for layers in self.voters]
        return np.sum(said, axis=0) / len(said)

    def _said(self, layers: Layers, inputs: Floats) -> Floats:
        *hidden, (weights, bias) = layers
        for hidden_weights, hidden_bias in hidden:
            inputs = np.maximum(inputs @ hidden_weights + hidden_bias, 0.0)
        outputs = inputs @ weights + bias
        if self.says == EACH:
            return np.exp(-np.logaddexp(0.0, -outputs))
        grown = np.exp(outputs - outputs.max(axis=1, keepdims=True))
        return grown / grown.sum(axis=1, keepdims=True)


def network(file: ModelFile, name: str, inputs: int, outputs: int) -> Network:
    """A network of a model file, every layer of it fitting the next.

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
    told = file.about.get("networks")
    about = told.get(name) if isinstance(told, dict) else None
    if not isinstance(about, dict) or about.get("says") not in (EACH, ONE_OF_ALL):
        raise file.foreign(f"network {name}: {about}"[:200])
    voters, layers = _count(file, about, "voters", MOST_VOTERS), _count(file, about, "layers", MOST_LAYERS)
    scale = file.array(f"{name}.scale", inputs)
    if scale.min() < LEAST_SCALE:
        raise file.foreign(f"{name}.scale: {scale.min()}")
    made = tuple(_layers(file, f"{name}.{voter}", layers, inputs, outputs) for voter in range(voters))
    return Network(file.array(f"{name}.mean", inputs), scale, made, about["says"])


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
