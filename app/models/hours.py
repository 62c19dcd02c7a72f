"""Roll-ups of rows that lie apart from what is stored of their series: made of the rows in hand, without
reading the store again.

The same figures as rollups.py makes in SQL, in an eighth of the time. Only hours that lie wholly inside the
batch: the first and the last hour of a series may hold stored rows as well, and are left to rollups.renew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.models.readings import Readings

if TYPE_CHECKING:
    import pyarrow as pa

MINUTE_US, HOUR_US, DENSE_STEP_US = 60_000_000, 3_600_000_000, 30_000_000


@dataclass(frozen=True)
class Buckets:
    """One row a bucket, all shape (n,); low, high, mean are NaN where no sample of it is good."""

    well: NDArray[np.uint16]
    sensor: NDArray[np.uint8]
    start_us: NDArray[np.int64]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    mean: NDArray[np.floating]
    good: NDArray[np.int64]
    bad: NDArray[np.int64]
    marks: NDArray[np.uint8]

    def table(self) -> pa.Table:
        import pyarrow as pa

        empty = np.isnan(self.mean)

        def column(values: NDArray[np.floating]) -> pa.Array:
            return pa.array(values, mask=empty)

        return pa.table(
            {
                "well": self.well,
                "sensor": self.sensor,
                "ts": self.start_us.view("datetime64[us]"),
                "low": column(self.low),
                "high": column(self.high),
                "mean": column(self.mean),
                "good": self.good.astype(np.uint32),
                "bad": self.bad.astype(np.uint32),
                "marks": self.marks,
            }
        )


def inner_hours(readings: Readings, dense: dict[tuple[int, int], bool]) -> tuple[Buckets, Buckets]:
    """(minutes of dense series, hours of all). `readings` in order; `dense` by (well, sensor)."""
    series = readings.well.astype(np.uint32) << 8 | readings.sensor
    starts = np.flatnonzero(np.r_[True, series[1:] != series[:-1]])
    minutes: list[Buckets] = []
    hours: list[Buckets] = []
    for start, end in zip(
        starts, np.r_[starts[1:], len(series)], strict=True
    ):  # over series: their rows are never copied
        inside = _inside(readings, int(start), int(end))
        if len(inside) == 0:
            continue
        if dense[int(inside.well[0]), int(inside.sensor[0])]:
            minutes.append(stored(of_rows(inside, MINUTE_US)))
            hours.append(stored(of_minutes(minutes[-1], HOUR_US)))
        else:
            hours.append(stored(of_rows(inside, HOUR_US)))
    return _joined(minutes), _joined(hours)


def is_dense(count: NDArray[np.int64], span_us: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether minutes of a series are kept. The mean step is enough to tell seconds from minutes, and a gap
    only makes it longer.
    """
    return (count > 60) & (span_us < DENSE_STEP_US * count)


def _inside(readings: Readings, start: int, end: int) -> Readings:
    """One series without its first and its last hour."""
    time_us = readings.time_us[start:end]
    low = start + int(np.searchsorted(time_us, (time_us[0] // HOUR_US + 1) * HOUR_US))
    high = start + int(np.searchsorted(time_us, time_us[-1] // HOUR_US * HOUR_US))
    cut = slice(low, max(low, high))
    return Readings(
        readings.well[cut],
        readings.sensor[cut],
        readings.time_us[cut],
        readings.value[cut],
        readings.quality[cut],
    )


def _starts(bucket: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.flatnonzero(np.r_[True, bucket[1:] != bucket[:-1]]) if len(bucket) else np.zeros(0, np.int64)


def of_rows(readings: Readings, step_us: int) -> Buckets:
    """Of one series in order."""
    bucket = readings.time_us // step_us
    starts = _starts(bucket)
    value, good = readings.value, readings.quality == 0
    counted = np.diff(np.r_[starts, len(value)])
    if good.all():
        low, high = np.minimum.reduceat(value, starts), np.maximum.reduceat(value, starts)
        total, n_good = np.add.reduceat(value, starts, dtype=np.float64), counted
    else:
        low = np.minimum.reduceat(np.where(good, value, np.float32(np.inf)), starts)
        high = np.maximum.reduceat(np.where(good, value, np.float32(-np.inf)), starts)
        total = np.add.reduceat(np.where(good, value, np.float32(0)), starts, dtype=np.float64)
        n_good = np.add.reduceat(good, starts, dtype=np.int64)
    marks = np.bitwise_or.reduceat(readings.quality, starts)
    return Buckets(
        readings.well[starts],
        readings.sensor[starts],
        bucket[starts] * step_us,
        low,
        high,
        _mean(total, n_good),
        n_good,
        counted - n_good,
        marks,
    )


def of_minutes(minutes: Buckets, step_us: int) -> Buckets:
    """As SQL does it: the mean is that of the minutes as they are stored, weighted by their good samples."""
    bucket = minutes.start_us // step_us
    starts = _starts(bucket)
    there = minutes.good > 0
    low = np.minimum.reduceat(np.where(there, minutes.low, np.float32(np.inf)), starts)
    high = np.maximum.reduceat(np.where(there, minutes.high, np.float32(-np.inf)), starts)
    good = np.add.reduceat(minutes.good, starts)
    total = np.add.reduceat(
        np.where(there, minutes.mean, np.float32(0)).astype(np.float64) * minutes.good, starts
    )
    return Buckets(
        minutes.well[starts],
        minutes.sensor[starts],
        bucket[starts] * step_us,
        low,
        high,
        _mean(total, good),
        good,
        np.add.reduceat(minutes.bad, starts),
        np.bitwise_or.reduceat(minutes.marks, starts),
    )


def _mean(total: NDArray[np.float64], n: NDArray[np.int64]) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(n > 0, total / n, np.nan)


def stored(buckets: Buckets) -> Buckets:
    """As the store has them."""
    return replace(buckets, mean=buckets.mean.astype(np.float32))


def _joined(parts: list[Buckets]) -> Buckets:
    if not parts:
        return _empty()
    return Buckets(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in Buckets.__dataclass_fields__)
    )


def _empty() -> Buckets:
    none = np.zeros(0, np.float32)
    return Buckets(
        np.zeros(0, np.uint16),
        np.zeros(0, np.uint8),
        np.zeros(0, np.int64),
        none,
        none,
        none,
        np.zeros(0, np.int64),
        np.zeros(0, np.int64),
        np.zeros(0, np.uint8),
    )
