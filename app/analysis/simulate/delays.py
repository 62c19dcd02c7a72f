"""Waves under way: what was written some steps ago, for one card on floats and for a batch on arrays."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np


class FloatDelay:
    """A wave under way: what was written `steps` (≥ 1, not whole) ago, linear between."""

    def __init__(self, steps: float) -> None:
        whole = int(steps)
        self._part = steps - whole
        self._values = [0.0] * (whole + 2)
        self._whole = whole
        self._now = 0

    def read(self) -> float:
        """What arrives now.

        Returns:
            [any] (batch,)
        Valid: before `write` of the same time.
        Ours: linear between steps.

        >>> line = FloatDelay(1.5)
        >>> line.write(7.0)
        >>> float(line.read())  # half a step early: half of it
        3.5
        """
        values = self._values
        late = values[self._now - self._whole]
        later = values[self._now - self._whole - 1]
        return late + self._part * (later - late)

    def write(self, value: float) -> None:
        """What sets out now.

        Args:
            value: [any] (batch,)
        Valid: after `read` of the same time.
        Ours: a ring of values.

        >>> line = FloatDelay(1.5)
        >>> line.write(7.0)
        >>> line.write(7.0)
        >>> float(line.read())
        7.0
        """
        self._values[self._now] = value
        self._now += 1
        if self._now == len(self._values):
            self._now = 0


class ArrayDelay:
    """The same for a batch, each with its own number of steps."""

    def __init__(self, steps: Any) -> None:
        whole = np.floor(steps).astype(int)
        self._part = steps - whole
        self._length = int(whole.max()) + 2
        self._values = np.zeros((self._length, len(whole)))
        self._flat = self._values.reshape(-1)
        self._lane = np.arange(len(whole))
        self._whole = whole
        self._now = 0

    def read(self) -> Any:
        """What arrives now.

        Returns:
            [any] (batch,)
        Valid: before `write` of the same time.
        Ours: linear between steps.

        >>> line = ArrayDelay(np.array([1.5]))
        >>> line.write(np.array([7.0]))
        >>> float(line.read()[0])  # half a step early: half of it
        3.5
        """
        row = (self._now - self._whole) % self._length
        late = self._flat[row * len(row) + self._lane]
        later = self._flat[((row - 1) % self._length) * len(row) + self._lane]
        return late + self._part * (later - late)

    def write(self, value: Any) -> None:
        """What sets out now.

        Args:
            value: [any] (batch,)
        Valid: after `read` of the same time.
        Ours: a ring of values.

        >>> line = ArrayDelay(np.array([1.5]))
        >>> line.write(np.array([7.0]))
        >>> line.write(np.array([7.0]))
        >>> float(line.read()[0])
        7.0
        """
        self._values[self._now] = value
        self._now = (self._now + 1) % self._length


class FloatWaves:
    """Waves under way on many lines at once."""

    def __init__(self, lines: list[FloatDelay]) -> None:
        self._lines = lines

    def read(self) -> list[float]:
        """What arrives now on each line.

        Returns:
            [any] (lines, batch)
        Valid: before `write` of the same time.
        Ours: linear between steps.

        >>> lines = FloatWaves([FloatDelay(1.0), FloatDelay(1.0)])
        >>> lines.write([1.0], [2.0])
        >>> np.ravel(lines.read()).tolist()
        [1.0, 2.0]
        """
        return [line.read() for line in self._lines]

    def write(self, *parts: Iterable[float]) -> None:
        """What sets out now on each line.

        Args:
            parts: [any] (lines, batch) together
        Valid: after `read` of the same time; one value for each line.
        Ours: a ring of values.

        >>> lines = FloatWaves([FloatDelay(1.0), FloatDelay(1.0)])
        >>> lines.write([1.0], [2.0])
        >>> lines.write([1.0], [2.0])
        >>> np.ravel(lines.read()).tolist()
        [1.0, 2.0]
        """
        for line, value in zip(self._lines, chain(*parts), strict=True):
            line.write(value)


class ArrayWaves:
    """The same for a batch, (lines, batch), every line in the same few calls of NumPy.

    Every row is kept twice, a whole round apart: what is read then lies in one piece behind the place of now.
    """

    def __init__(self, steps: Any) -> None:
        whole = np.floor(steps).astype(int)
        self._part = steps - whole
        self._rounds = int(whole.max()) + 2
        self._values = np.zeros((2 * self._rounds, *whole.shape))
        self._flat = self._values.reshape(-1)
        self._width = whole.size
        self._late = (self._rounds - whole) * self._width + np.arange(whole.size).reshape(whole.shape)
        self._later = self._late - self._width
        self._now = 0

    def read(self) -> Any:
        """What arrives now on each line.

        Returns:
            [any] (lines, batch)
        Valid: before `write` of the same time.
        Ours: linear between steps.

        >>> lines = ArrayWaves(np.ones((2, 1)))
        >>> lines.write(np.array([[1.0]]), np.array([[2.0]]))
        >>> np.ravel(lines.read()).tolist()
        [1.0, 2.0]
        """
        from_now = self._flat[self._now * self._width :]
        late = from_now.take(self._late)
        return late + self._part * (from_now.take(self._later) - late)

    def write(self, *parts: Any) -> None:
        """What sets out now on each line.

        Args:
            parts: [any] (lines, batch) together
        Valid: after `read` of the same time; one value for each line.
        Ours: a ring of values.

        >>> lines = ArrayWaves(np.ones((2, 1)))
        >>> lines.write(np.array([[1.0]]), np.array([[2.0]]))
        >>> lines.write(np.array([[1.0]]), np.array([[2.0]]))
        >>> np.ravel(lines.read()).tolist()
        [1.0, 2.0]
        """
        now = self._values[self._now]
        line = 0
        for part in parts:
            now[line : line + len(part)] = part
            line += len(part)
        self._values[self._now + self._rounds] = now
        self._now = (self._now + 1) % self._rounds
