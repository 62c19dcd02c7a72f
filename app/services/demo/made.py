"""One well of the demo field before it is in the store, and what goes into the store first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from app.analysis.quality.marks import quality_of
from app.core.clock import to_us
from app.models.cards import Card
from app.models.readings import Quality, Readings
from app.models.records import Event, FlowTest, LabResult
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor
from app.models.well_tests import StoredTest
from app.models.wells import Installation, Well


@dataclass(frozen=True)
class Series:
    """What one sensor said: time_us, value [SI] and quality bits, (n,) each, in order of time."""

    sensor: Sensor
    time_us: NDArray[np.int64]
    value: NDArray[np.float32]
    marks: NDArray[np.uint8]


@dataclass(frozen=True)
class MadeWell:
    """`cards` in order of time. Readings are kept by sensor: whole rows would take three times as much."""

    well: Well
    installations: list[Installation]
    well_tests: list[StoredTest]
    events: list[Event]
    flow_tests: list[FlowTest]
    lab_results: list[LabResult]
    series: list[Series]
    cards: list[Card]

    def readings(self, since: datetime | None = None, before: datetime | None = None) -> Readings:
        """Of [since, before), in the order of the store."""
        parts = []
        for series in sorted(self.series, key=lambda item: item.sensor.number):
            first, last = np.searchsorted(
                series.time_us,
                [
                    np.iinfo(np.int64).min if since is None else to_us(since),
                    np.iinfo(np.int64).max if before is None else to_us(before),
                ],
            )
            part = slice(first, last)
            parts.append(
                Readings.of_one(
                    self.well.id,
                    series.sensor.number,
                    series.time_us[part],
                    series.value[part],
                    series.marks[part],
                )
            )
        return Readings.join(parts)


def minutes_from(start: datetime, days: int) -> NDArray[np.int64]:
    """Every minute of the field's time [µs]."""
    return to_us(start) + np.arange(days * 1440, dtype=np.int64) * 60_000_000


def series(code: str, time_us: NDArray[np.int64], value: NDArray[np.floating]) -> Series:
    """With the marks that an import would give; what is missing is left out."""
    sensor = SENSORS[code]
    there = np.isfinite(value)
    if not there.all():
        time_us, value = time_us[there], value[there]
    exact = value.astype(np.float64)
    marks = quality_of(sensor, time_us, exact, np.round(exact / 1e6, 3))
    return Series(sensor, time_us, value.astype(np.float32), marks & ~np.uint8(Quality.MISSING))
