"""What a network over curves says, with NumPy alone: filters run along the curves of a card, then layers.

PyTorch teaches it at the centre (`central/learning/deep`); the tests of `make learning-test` hold the chances
against PyTorch's and ONNX Runtime's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.network import Layers, hidden, spoken

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
POOLED = 2
"""Places of which the larger is kept after each filter."""

BLOCK = 64
"""Cards at once: what filters make of more than that no longer lies near the processor."""


@dataclass(frozen=True)
class CurveNetwork:
    """A trained network that runs filters along curves, or several that vote.

    Attributes:
        mean: [as the inputs] (k,)
        scale: [as the inputs] (k,) standard deviations
        curves: [-] (channels, steps) which inputs are the steps of each closed curve
        rest: [-] which inputs are figures of their own
        filters: of each voter: [-] (width·channels, outputs) weights and [-] (outputs,) bias
        layers: of each voter: [-] (inputs, outputs) weights and [-] (outputs,) bias
        says: network.EACH condition by itself, or network.ONE_OF_ALL
    """

    mean: Floats
    scale: Floats
    curves: Ints
    rest: Ints
    filters: tuple[Layers, ...]
    layers: tuple[Layers, ...]
    says: str

    def chances(self, rows: Floats) -> Floats:
        """How likely each output is.

        filters along closed curves, max(0, ·), the larger of each two places; then layers as `Network` has
        them; the mean of the voters

        Args:
            rows: [as the inputs] (n, k)
        Returns:
            [-] (n, outputs)
        Valid: inputs like those it was trained on.
        Ours: what PyTorch says, without loading it (docs/adr/0017).

        >>> even = (np.array([[0.0], [1.0], [0.0]]), np.zeros(1)), (np.eye(2), np.zeros(2))
        >>> along = np.arange(4)[None], np.zeros(0, int), ((even[0],),), ((even[1],),)
        >>> plain = CurveNetwork(np.zeros(4), np.ones(4), *along, "each")
        >>> plain.chances(np.array([[0.0, 20.0, -3.0, 0.0]])).round(3).tolist()
        [[1.0, 0.5]]
        """
        said = [
            spoken(hidden(layers, seen), self.says)
            for layers, seen in zip(self.layers, self.features(rows), strict=True)
        ]
        return np.asarray(np.sum(said, axis=0) / len(said))

    def features(self, rows: Floats) -> tuple[Floats, ...]:
        """What the layers see of inputs, of each voter.

        the curves after the filters, by place and then by filter, and the rest

        Args:
            rows: [as the inputs] (n, k)
        Returns:
            [-] (n, features) of each voter
        Valid: inputs like those it was trained on.
        Ours: a site teaches the layers on and leaves the filters as they are.

        >>> along = np.arange(4)[None], np.array([4]), (((np.zeros((3, 2)), np.ones(2)),),), ((),)
        >>> CurveNetwork(np.zeros(5), np.ones(5), *along, "each").features(np.ones((1, 5)))[0].tolist()
        [[1.0, 1.0, 1.0, 1.0, 1.0]]
        """
        scaled = (rows - self.mean) / self.scale
        curves, rest = scaled[:, self.curves].transpose(0, 2, 1), scaled[:, self.rest]
        starts = range(0, max(len(rows), 1), BLOCK)
        return tuple(
            np.hstack((np.concatenate([_run(of, curves[start : start + BLOCK]) for start in starts]), rest))
            for of in self.filters
        )

    @property
    def inner_size(self) -> int:
        """How many numbers `inner` has of a card.

        Returns:
            [-] of all voters
        Valid: any.
        Ours: a region of another size is refused when the file is read.

        >>> layers = ((np.zeros((7, 1)), np.zeros(1)),)
        >>> along = np.arange(6)[None], np.array([6]), ()
        >>> CurveNetwork(np.zeros(7), np.ones(7), *along, (layers,), "each").inner_size
        7
        """
        return sum(len(layers[-1][0]) for layers in self.layers)

    def inner(self, rows: Floats) -> Floats:
        """What the last layers see: cards that the network takes for alike lie near each other there.

        Args:
            rows: [as the inputs] (n, k)
        Returns:
            [-] (n, inputs of the last layers), of all voters beside each other
        Valid: inputs like those it was trained on.
        Ours: where a card lies among those that taught it is asked here (`Ranker.outlines_inside`).

        >>> along = np.arange(4)[None], np.array([4]), (((np.zeros((3, 2)), np.ones(2)),),)
        >>> last = (np.eye(5)[:, :1], np.zeros(1)), (np.ones((1, 2)), np.zeros(2))
        >>> CurveNetwork(np.zeros(5), np.ones(5), *along, (last,), "each").inner(np.ones((1, 5))).tolist()
        [[1.0]]
        """
        return np.hstack(list(map(_inner, self.layers, self.features(rows))))


def _inner(layers: Layers, features: Floats) -> Floats:
    """All layers but the last."""
    return np.maximum(hidden(layers[:-1], features), 0.0) if len(layers) > 1 else features


def _run(filters: Layers, curves: Floats) -> Floats:
    """(n, steps, channels) → (n, places · outputs)."""
    for weights, bias in filters:
        cards, steps, channels = curves.shape
        width = len(weights) // channels
        beside = (np.arange(steps)[:, None] + np.arange(width) - width // 2) % steps
        seen = curves[:, beside].reshape(cards * steps, width * channels) @ weights + bias
        pairs = np.maximum(seen, 0.0).reshape(cards, steps // POOLED, POOLED, len(bias))
        curves = pairs.max(axis=2)
    cards, places, channels = curves.shape
    return curves.reshape(cards, places * channels)
