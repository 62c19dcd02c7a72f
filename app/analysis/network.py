"""What a trained network says, with NumPy alone: scaled inputs, hidden layers, chances.

A logistic model is a network without hidden layers. `tools/model_export` makes the arrays of scikit-learn's
models; the tests hold the chances against scikit-learn's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Layers = tuple[tuple[Floats, Floats], ...]
EACH, ONE_OF_ALL = "each", "one_of_all"


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
        said = [spoken(hidden(layers, scaled), self.says) for layers in self.voters]
        return np.sum(said, axis=0) / len(said)


def hidden(layers: Layers, inputs: Floats) -> Floats:
    """What layers make of their inputs, before it becomes chances.

    W·max(0, W·… + b) + b

    Args:
        layers: [-] (inputs, outputs) weights and [-] (outputs,) bias of each
        inputs: [-] (n, inputs)
    Returns:
        [-] (n, outputs)
    Valid: layers that fit each other.
    Ours: both kinds of networks end so.

    >>> hidden(((np.eye(1), np.zeros(1)), (np.eye(1), np.ones(1))), np.array([[-3.0], [2.0]])).tolist()
    [[1.0], [3.0]]
    """
    *before, (weights, bias) = layers
    for hidden_weights, hidden_bias in before:
        inputs = np.maximum(inputs @ hidden_weights + hidden_bias, 0.0)
    return np.asarray(inputs @ weights + bias)


def spoken(outputs: Floats, says: str) -> Floats:
    """Outputs as chances.

    σ of each, or softmax of all

    Args:
        outputs: [-] (n, outputs)
        says: EACH or ONE_OF_ALL
    Returns:
        [-] (n, outputs)
    Valid: any finite outputs.
    Ours: neither overflows.

    >>> spoken(np.array([[0.0, 0.0]]), ONE_OF_ALL).tolist(), spoken(np.array([[-1e4]]), EACH).tolist()
    ([[0.5, 0.5]], [[0.0]])
    """
    if says == EACH:
        return np.exp(-np.logaddexp(0.0, -outputs))
    grown = np.exp(outputs - outputs.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)
