"""Sensor readings in columns, as they are written, stored and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.int64]
Values = NDArray[np.float32]
Marks = NDArray[np.uint8]


class Quality(IntFlag):
    """Why a sample is not to be trusted. It is marked, never deleted; 0 is good."""

    GOOD = 0
    MISSING = 1
    RANGE = 2
    SENTINEL = 4
    FROZEN = 8
    SPIKE = 16
    GAP_FILLED = 32
    UNIT_SUSPECT = 64
    MANUAL = 128


TIED = 2147483647
"""A prime, by which both sides reckon what ties value, moment, sensor and mark of a reading together: no
product of two remainders is longer than 64 bits.
"""


@dataclass(frozen=True)
class Readings:
    """Rows of any wells and sensors. All shape (n,): time_us [µs since 1970 UTC], value [SI], quality
    [Quality bits].
    """

    well: NDArray[np.uint16]
    sensor: NDArray[np.uint8]
    time_us: Times
    value: Values
    quality: Marks

    def __post_init__(self) -> None:
        lengths = {len(column) for column in (self.well, self.sensor, self.time_us, self.value, self.quality)}
        if len(lengths) != 1:
            raise ValueError(f"columns of different lengths: {sorted(lengths)}")

    def __len__(self) -> int:
        return len(self.time_us)

    @classmethod
    def of_one(
        cls,
        well: int,
        sensor: int,
        time_us: Times,
        value: NDArray[np.floating],
        quality: Marks | None = None,
    ) -> Readings:
        n = len(time_us)
        return cls(
            np.full(n, well, np.uint16),
            np.full(n, sensor, np.uint8),
            np.asarray(time_us, np.int64),
            np.asarray(value, np.float32),
            np.zeros(n, np.uint8) if quality is None else np.asarray(quality, np.uint8),
        )

    @classmethod
    def join(cls, parts: list[Readings]) -> Readings:
        def column(name: str) -> np.ndarray:
            return np.concatenate([getattr(part, name) for part in parts]) if parts else np.empty(0)

        return cls(
            column("well").astype(np.uint16, copy=False),
            column("sensor").astype(np.uint8, copy=False),
            column("time_us").astype(np.int64, copy=False),
            column("value").astype(np.float32, copy=False),
            column("quality").astype(np.uint8, copy=False),
        )


@dataclass(frozen=True)
class Trend:
    """What a chart draws of one sensor: two points a column where decimated; NaN breaks the line at gaps.

    time_us (n,) [µs], value (n,) [SI]; bad_time_us, bad_value (m,): samples marked as not to be trusted;
    gap_us: how long its last value still stands for what came after it.
    """

    time_us: Times
    value: NDArray[np.float64]
    bad_time_us: Times
    bad_value: NDArray[np.float64]
    raw: bool
    gap_us: int = 0


@dataclass(frozen=True)
class Hourly:
    """Roll-ups of one sensor by hour, all shape (n,): start [µs], min, max, mean [SI], count of good,
    count of bad, and all their Quality bits together."""

    time_us: Times
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    mean: NDArray[np.float64]
    good: NDArray[np.int64]
    bad: NDArray[np.int64]
    marks: Marks

    def __len__(self) -> int:
        return len(self.time_us)
