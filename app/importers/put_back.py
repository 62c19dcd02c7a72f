"""Intake and discharge pressure that a file has in each other's column, put back when somebody says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.quality.columns import wrong_way_round
from app.models.sensors.spec import Sensor

ANSWER, PUT_BACK = "columns_swapped", "put_back"


@dataclass(frozen=True)
class Measured:
    """One sensor of one well as the file has it: [µs], [SI], the same as the file shows it, and whether the
    file itself doubts it; (n,) each, in the order of time.
    """

    sensor: Sensor
    time_us: np.ndarray
    value: np.ndarray
    shown: np.ndarray
    doubted: np.ndarray


def put_back(series: list[Measured]) -> tuple[list[Measured], int]:
    """(the series of a well with both pressures where they belong, moments at which they were exchanged)."""
    places = {one.sensor.key: place for place, one in enumerate(series)}
    below, above = places.get("intake_pressure"), places.get("discharge_pressure")
    if below is None or above is None:
        return series, 0
    intake, discharge = series[below], series[above]
    mine, other = wrong_way_round(intake.time_us, intake.value, discharge.time_us, discharge.value)
    if not len(mine):
        return series, 0
    found = list(series)
    found[below] = _with(intake, mine, discharge, other)
    found[above] = _with(discharge, other, intake, mine)
    return found, len(mine)


def _with(one: Measured, at: np.ndarray, other: Measured, there: np.ndarray) -> Measured:
    value, shown, doubted = one.value.copy(), one.shown.copy(), one.doubted.copy()
    value[at], shown[at], doubted[at] = other.value[there], other.shown[there], other.doubted[there]
    return replace(one, value=value, shown=shown, doubted=doubted)
