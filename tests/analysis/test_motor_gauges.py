"""A motor that is hot and a gauge that says so: what they tell while the motor stands parts them."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.esp.cold import cold_rise
from app.analysis.quality.columns import PAIRS, exchanged
from app.analysis.quality.marks import quality_of
from app.analysis.quality.together import Series, clock_lag
from app.analysis.rules.base import EspCase, esp_case
from app.analysis.rules.esp_motor_overheat import drifted, judge
from app.models.readings import Quality
from app.models.sensors import SENSORS

STOPS = ((5.0, 5.5), (17.0, 17.5))


def hot(heat: bool) -> EspCase:
    """Nineteen kelvins from the second week on; heat goes while the motor stands."""
    case = examples.esp({"motor_temperature": 1.05}, off_days=STOPS)
    if not heat:
        return case
    grid = case.grid
    stands = case.modes.off & (np.arange(len(grid)) >= 14 * 48)
    for kept in (grid.mean, grid.low, grid.high):
        kept["motor_temperature"] = np.where(
            stands, kept["motor_temperature"] / 1.05, kept["motor_temperature"]
        )
    found = esp_case(grid)
    assert found is not None
    return found


def test_a_rise_that_goes_while_the_motor_stands_is_heat_and_one_that_stays_is_the_gauge() -> None:
    [overheated] = judge(hot(heat=True))
    assert overheated.confidence > 0.8
    assert "rise_goes_when_cold" in [item.code for item in overheated.evidence]
    assert drifted(hot(heat=True)) == []
    assert judge(hot(heat=False)) == []
    [gauge] = drifted(hot(heat=False))
    assert [item.code for item in gauge.evidence][-1] == "rise_stays_when_cold"


def test_one_thermometer_alone_is_never_surer_than_three_quarters() -> None:
    case = examples.esp({"motor_temperature": 1.06})
    [verdict] = judge(case)
    assert verdict.confidence == 0.75
    assert drifted(case) == []
    assert cold_rise(case.grid, case.modes, 14 * 48, len(case.grid)) is None


def test_a_gauge_that_drifts_over_its_neighbour_while_the_motor_stands_has_not_changed_places() -> None:
    at = np.arange(400, dtype=np.int64) * 600_000_000
    cold, stands = np.full(400, 351.0), np.zeros(400, bool)
    stands[::20] = True
    hot = np.where(stands, 352.0, 379.0) - 0.03 * np.arange(400)
    assert exchanged(at, cold, at, hot, PAIRS[1]) is None
    later = np.arange(400) > 250
    swapped = exchanged(at, np.where(later, 379.0, cold), at, np.where(later, 351.0, 379.0), PAIRS[1])
    assert swapped is not None
    assert swapped.count == 149


@pytest.mark.parametrize("hours", [1, 2])
def test_readings_an_hour_apart_tell_of_no_clock_that_is_an_hour_off(hours: int) -> None:
    """A stop within an hour shows in this reading or in the next."""
    n, step = 600, hours * 3_600_000_000
    at = np.arange(n, dtype=np.int64) * step
    on = np.ones(n, bool)
    for first in range(40, n - 40, 60):
        on[first : first + 8] = False
    level, p = np.empty(n), 6e6
    for i in range(n):
        p += 0.3 * ((6e6 if on[max(i - 1, 0)] else 12e6) - p)
        level[i] = p
    rough = level + np.random.default_rng(2).normal(0, 1e4, n)
    series: Series = {"frequency": (at, np.where(on, 50.0, 0.0)), "intake_pressure": (at, rough)}
    assert clock_lag(series) is None
    fine = np.arange(6 * hours * n, dtype=np.int64) * 600_000_000
    held = {key: (fine, np.repeat(value, 6 * hours)) for key, (_, value) in series.items()}
    assert clock_lag(held) is None, "cells of ten minutes hold each reading until the next"


def test_a_gauge_of_whole_degrees_that_stays_is_quiet_and_one_of_tenths_is_not() -> None:
    sensor, at = SENSORS["intake_temperature"], np.arange(600, dtype=np.int64) * 1_800_000_000
    whole, tenth = np.full(600, 273.15 + 78.0), np.full(600, 273.15 + 78.3)
    assert not quality_of(sensor, at, whole, whole - 273.15).any()
    assert (quality_of(sensor, at, tenth, tenth - 273.15)[1:] & np.uint8(Quality.FROZEN)).all()
    stops = np.round(106 + 0.15 * np.random.default_rng(1).normal(size=600) - 28 * (np.arange(600) % 150 < 9))
    motor = SENSORS["motor_temperature"]
    assert not (quality_of(motor, at, stops + 273.15, stops) & np.uint8(Quality.FROZEN)).any()


def test_insulation_of_hundreds_of_megohms_is_what_a_good_motor_has() -> None:
    sensor, at = SENSORS["insulation_resistance"], np.arange(200, dtype=np.int64) * 600_000_000
    good = 900e6 + 5e6 * np.random.default_rng(1).normal(size=200)
    assert not quality_of(sensor, at, good, good / 1e6).any()
