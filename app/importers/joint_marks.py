"""Marks on readings that only several sensors of a well show together, and the series they are judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from app.analysis.quality.against import Contradicted, contradicted
from app.analysis.quality.marks import STEADY
from app.analysis.quality.rare import rare
from app.analysis.quality.together import Copied, copied, stood_still_together
from app.core.unit_spellings import scaled_units, usual_units
from app.core.units import Unit
from app.models.readings import Quality, Readings
from app.models.sensors import SENSORS

NAMES = {sensor.number: sensor.key for sensor in SENSORS}
Columns = dict[str, tuple[np.ndarray, np.ndarray]]


def columns_of(readings: Readings, *, but: Quality = Quality.GOOD) -> Columns:
    """Sensor → (µs, SI) of one well, without what has a mark of `but`."""
    left = (readings.quality & np.uint8(but)) == 0
    found: Columns = {}
    for number in np.unique(readings.sensor).tolist():
        mine = (readings.sensor == number) & left
        if number in NAMES and mine.any():
            found[NAMES[number]] = (readings.time_us[mine], readings.value[mine])
    return found


DOUBTFUL = Quality.RANGE | Quality.SENTINEL | Quality.SPIKE | Quality.UNIT_SUSPECT | Quality.MANUAL


def marked_together(readings: Readings, units: Mapping[str, Unit | None]) -> Readings:
    """A well's readings with a copy, a record that stood still whole and a column that the others contradict
    marked.
    """
    marks = readings.quality.copy()
    for first_us, last_us in still(readings):
        held = (readings.time_us >= first_us) & (readings.time_us <= last_us) & (marks == 0)
        marks[held & ~np.isin(readings.sensor, _numbers(STEADY))] |= np.uint8(Quality.FROZEN)
    for pair in copies(readings):
        doubted = np.isin(readings.sensor, _numbers(suspects(pair)))
        if pair.between_us is not None:
            doubted &= (readings.time_us >= pair.between_us[0]) & (readings.time_us <= pair.between_us[1])
        marks[doubted] |= np.uint8(Quality.MANUAL)
    for one in contradictions(readings, units):
        marks[readings.sensor == SENSORS[one.sensor].number] |= np.uint8(Quality.UNIT_SUSPECT)
    return replace(readings, quality=marks)


def still(readings: Readings) -> list[tuple[int, int]]:
    return stood_still_together(columns_of(readings, but=Quality.RANGE | Quality.SENTINEL), STEADY)


def copies(readings: Readings) -> list[Copied]:
    return copied(columns_of(readings, but=Quality.RANGE | Quality.SENTINEL | Quality.FROZEN))


def suspects(pair: Copied) -> tuple[str, ...]:
    """Which of two equal columns nobody can believe: of phases the later one, of other gauges both."""
    phases = pair.one.startswith("motor_current") or pair.one.startswith("voltage")
    return (pair.other,) if phases else (pair.one, pair.other)


def contradictions(readings: Readings, units: Mapping[str, Unit | None]) -> list[Contradicted]:
    return contradicted(_whole(readings), units, _every)


def oddities(readings: Readings, units: Mapping[str, Unit | None]) -> list[Contradicted]:
    """What is asked about and not marked."""
    return rare(_whole(readings), units, _every)


def _every(quantity: str) -> tuple[Unit, ...]:
    return (*usual_units(quantity), *scaled_units(quantity))


def _whole(readings: Readings) -> Columns:
    """A stretch in another unit is left out; where all of a column is suspect it was this that said so."""
    doubted = Quality.RANGE | Quality.SENTINEL | Quality.SPIKE
    told = columns_of(readings, but=doubted)
    whole = columns_of(readings, but=doubted | Quality.UNIT_SUSPECT)
    return {key: whole.get(key, column) for key, column in told.items()}


def _numbers(keys: frozenset[str] | tuple[str, ...]) -> list[int]:
    return [SENSORS[key].number for key in keys]
