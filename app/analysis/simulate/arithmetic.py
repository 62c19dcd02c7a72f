"""One simulation for one card and for thousands: the same formulas on plain floats or on arrays (batch,).

A single card is run on floats, where Python is quicker than NumPy with arrays of one; a batch on arrays.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.analysis.simulate.delays import ArrayDelay, ArrayWaves, FloatDelay, FloatWaves

Number = Any
"""A float, or an array (batch,)."""


class Floats:
    """Of one card."""

    batch = 1

    @staticmethod
    def where(condition: Number, yes: Number, no: Number) -> Number:
        """One of two values.

        Args:
            condition: [-] (batch,) which
            yes: [any] (batch,)
            no: [any] (batch,)
        Returns:
            [any] (batch,)
        Valid: floats of one card, arrays (batch,) of many.
        Ours: NumPy's own name, so that one formula serves both.

        >>> Floats.where(True, 1.0, 2.0)
        1.0
        """
        return yes if condition else no

    @staticmethod
    def clip(value: Number, low: Number, high: Number) -> Number:
        """A value kept between two others.

        Args:
            value: [any] (batch,)
            low: [any] (batch,)
            high: [any] (batch,)
        Returns:
            [any] (batch,)
        Valid: low ≤ high.
        Ours: NumPy's own name, so that one formula serves both.

        >>> float(Floats.clip(5.0, 0.0, 1.0))
        1.0
        """
        return low if value < low else high if value > high else value

    @staticmethod
    def maximum(a: Number, b: Number) -> Number:
        """The larger of two values.

        Args:
            a: [any] (batch,)
            b: [any] (batch,)
        Returns:
            [any] (batch,)
        Valid: floats of one card, arrays (batch,) of many.
        Ours: NumPy's own name, so that one formula serves both.

        >>> Floats.maximum(1.0, 2.0)
        2.0
        """
        return a if a > b else b

    @staticmethod
    def minimum(a: Number, b: Number) -> Number:
        """The smaller of two values.

        Args:
            a: [any] (batch,)
            b: [any] (batch,)
        Returns:
            [any] (batch,)
        Valid: floats of one card, arrays (batch,) of many.
        Ours: NumPy's own name, so that one formula serves both.

        >>> Floats.minimum(1.0, 2.0)
        1.0
        """
        return a if a < b else b

    sqrt = staticmethod(math.sqrt)
    exp = staticmethod(math.exp)

    def each(self, values: Any) -> Number:
        """A figure of each card as this arithmetic has it.

        Args:
            values: [any] (batch,) or one for all
        Returns:
            [any] (batch,)
        Valid: floats of one card, arrays (batch,) of many.
        Ours: the way in.

        >>> Floats().each([2.0])
        2.0
        """
        return float(np.ravel(values)[0])

    def delay(self, steps: Any) -> FloatDelay:
        """A line of delay for each card.

        Args:
            steps: [-] (batch,) of time, 1 or more, not whole
        Returns:
            empty: it reads 0
        Valid: 1 step and more.
        Ours: a wave that is under way.

        >>> float(np.sum(Floats().delay(np.array([1.0] * Floats().batch)).read()))
        0.0
        """
        return FloatDelay(float(np.ravel(steps)[0]))

    def waves(self, steps: Any) -> FloatWaves:
        """Lines of delay, many for each card.

        Args:
            steps: [-] (lines, batch) of time, 1 or more, not whole
        Returns:
            empty: they read 0
        Valid: 1 step and more.
        Ours: all waves of a string in few calls.

        >>> float(np.sum(Floats().waves(np.full((3, Floats().batch), 1.5)).read()))
        0.0
        """
        return FloatWaves([FloatDelay(float(row[0])) for row in steps])

    def rows(self, values: Any) -> Any:
        """Rows of figures as `along` takes them.

        Args:
            values: [any] (rows, batch)
        Returns:
            [any] (rows, batch)
        Valid: floats of one card, arrays (batch,) of many.
        Ours: lists of floats, or one array.

        >>> np.shape(Floats().rows(np.zeros((3, Floats().batch))))[0]
        3
        """
        return [float(row[0]) for row in values]

    @staticmethod
    def along(formula: Callable[..., tuple[Number, Number]], *rows: Any) -> Any:
        """A formula at each of the rows.

        Args:
            formula: of one row [any] (batch,) each, two results
            rows: [any] (rows, batch) each
        Returns:
            [any] (rows, batch) twice
        Valid: floats of one card, arrays (batch,) of many.
        Ours: a loop of floats, or one call on arrays.

        >>> ones = Floats().rows(np.ones((2, Floats().batch)))
        >>> first, second = Floats.along(lambda a, b: (a + b, a - b), ones, ones)
        >>> float(np.sum(second))
        0.0
        """
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
        """A value kept between two others.

        Args:
            value: [any] (batch,)
            low: [any] (batch,)
            high: [any] (batch,)
        Returns:
            [any] (batch,)
        Valid: low ≤ high.
        Ours: NumPy's own name, so that one formula serves both.

        >>> float(Arrays.clip(5.0, 0.0, 1.0))
        1.0
        """
        return np.minimum(np.maximum(value, low), high)

    def each(self, values: Any) -> Number:
        """A figure of each card as this arithmetic has it.

        Args:
            values: [any] (batch,) or one for all
        Returns:
            [any] (batch,)
        Valid: floats of one card, arrays (batch,) of many.
        Ours: the way in.

        >>> Arrays(2).each(2.0).tolist()
        [2.0, 2.0]
        """
        return np.broadcast_to(np.asarray(values, float), (self.batch,)).copy()

    def delay(self, steps: Any) -> ArrayDelay:
        """A line of delay for each card.

        Args:
            steps: [-] (batch,) of time, 1 or more, not whole
        Returns:
            empty: it reads 0
        Valid: 1 step and more.
        Ours: a wave that is under way.

        >>> float(np.sum(Arrays(2).delay(np.array([1.0] * Arrays(2).batch)).read()))
        0.0
        """
        return ArrayDelay(self.each(steps))

    def waves(self, steps: Any) -> ArrayWaves:
        """Lines of delay, many for each card.

        Args:
            steps: [-] (lines, batch) of time, 1 or more, not whole
        Returns:
            empty: they read 0
        Valid: 1 step and more.
        Ours: all waves of a string in few calls.

        >>> float(np.sum(Arrays(2).waves(np.full((3, Arrays(2).batch), 1.5)).read()))
        0.0
        """
        return ArrayWaves(steps)

    def rows(self, values: Any) -> Any:
        """Rows of figures as `along` takes them.

        Args:
            values: [any] (rows, batch)
        Returns:
            [any] (rows, batch)
        Valid: floats of one card, arrays (batch,) of many.
        Ours: lists of floats, or one array.

        >>> np.shape(Arrays(2).rows(np.zeros((3, Arrays(2).batch))))[0]
        3
        """
        return np.ascontiguousarray(values)

    @staticmethod
    def along(formula: Callable[..., tuple[Number, Number]], *rows: Any) -> Any:
        """A formula at each of the rows.

        Args:
            formula: of one row [any] (batch,) each, two results
            rows: [any] (rows, batch) each
        Returns:
            [any] (rows, batch) twice
        Valid: floats of one card, arrays (batch,) of many.
        Ours: a loop of floats, or one call on arrays.

        >>> ones = Arrays(2).rows(np.ones((2, Arrays(2).batch)))
        >>> first, second = Arrays.along(lambda a, b: (a + b, a - b), ones, ones)
        >>> float(np.sum(second))
        0.0
        """
        return formula(*rows)
