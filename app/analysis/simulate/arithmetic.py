"""One simulation for one card and for thousands: the same formulas on plain floats or on arrays (batch,).

A single card is run on floats, where Python is quicker than NumPy with arrays of one; a batch on arrays.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

import numpy as np

Number = Any
"""A float, or an array (batch,)."""


class Floats:
    """Of one card."""

    batch = 1

    @staticmethod
    def where(condition: Number, yes: Number, no: Number) -> Number:
        return yes if condition else no

    @staticmethod
    def clip(value: Number, low: Number, high: Number) -> Number:
        return low if value < low else high if value > high else value

    @staticmethod
    def maximum(a: Number, b: Number) -> Number:
        return a if a > b else b

    @staticmethod
    def minimum(a: Number, b: Number) -> Number:
        return a if a < b else b

    sqrt = staticmethod(math.sqrt)
    exp = staticmethod(math.exp)

    def each(self, values: Any) -> Number:
        return float(np.ravel(values)[0])

    def delay(self, steps: Any) -> FloatDelay:
        return FloatDelay(float(np.ravel(steps)[0]))

    def waves(self, steps: Any) -> FloatWaves:
        return FloatWaves([FloatDelay(float(row[0])) for row in steps])

    def rows(self, values: Any) -> Any:
        """(rows, batch) as what `along` takes."""
        return [float(row[0]) for row in values]

    @staticmethod
    def along(formula: Callable[..., tuple[Number, Number]], *rows: Any) -> Any:
        """The formula at each of the rows; both its results by row."""
        return zip(*map(formula, *rows), strict=True)


class Arrays:
    """Of a batch."""

    where = staticmethod(np.where)
    maximum = staticmethod(np.maximum)
    minimum = staticmethod(np.minimum)
    sqrt = staticmethod(np.sqrt)
    exp = staticmethod(np.exp)

    def __init__(self, batch: int) -> None:
        self.batch = batch

    @staticmethod
    def clip(value: Any, low: Any, high: Any) -> Any:
        """As np.clip, without what that one spends on a small array before it begins."""
        return np.minimum(np.maximum(value, low), high)

    def each(self, values: Any) -> Number:
        return np.broadcast_to(np.asarray(values, float), (self.batch,)).copy()

    def delay(self, steps: Any) -> ArrayDelay:
        return ArrayDelay(self.each(steps))

    def waves(self, steps: Any) -> ArrayWaves:
        return ArrayWaves(steps)

    def rows(self, values: Any) -> Any:
        return np.ascontiguousarray(values)

    @staticmethod
    def along(formula: Callable[..., tuple[Number, Number]], *rows: Any) -> Any:
        return formula(*rows)


class FloatDelay:
    """A wave under way: what was written `steps` (≥ 1, not whole) ago, linear between."""

    def __init__(self, steps: float) -> None:
        whole = int(steps)
        self._part = steps - whole
        self._values = [0.0] * (whole + 2)
        self._whole = whole
        self._now = 0

    def read(self) -> float:
        values = self._values
        late = values[self._now - self._whole]
        later = values[self._now - self._whole - 1]
        return late + self._part * (later - late)

    def write(self, value: float) -> None:
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
        row = (self._now - self._whole) % self._length
        late = self._flat[row * len(row) + self._lane]
        later = self._flat[((row - 1) % self._length) * len(row) + self._lane]
        return late + self._part * (later - late)

    def write(self, value: Any) -> None:
        self._values[self._now] = value
        self._now = (self._now + 1) % self._length


class FloatWaves:
    """Waves under way on many lines at once."""

    def __init__(self, lines: list[FloatDelay]) -> None:
        self._lines = lines

    def read(self) -> list[float]:
        return [line.read() for line in self._lines]

    def write(self, *parts: Iterable[float]) -> None:
        """Together one value for each line."""
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
        from_now = self._flat[self._now * self._width :]
        late = from_now.take(self._late)
        return late + self._part * (from_now.take(self._later) - late)

    def write(self, *parts: Any) -> None:
        now = self._values[self._now]
        line = 0
        for part in parts:
            now[line : line + len(part)] = part
            line += len(part)
        self._values[self._now + self._rounds] = now
        self._now = (self._now + 1) % self._rounds
