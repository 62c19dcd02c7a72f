"""What a turn of the frequency does to a level is not a fault of the pump."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.esp.grid import Samples, grid_of
from app.analysis.rules import esp_pump_off
from app.analysis.rules.base import EspCase, esp_case

HALF_HOUR_US, ROWS, QUICKER, SLOWER = 1_800_000_000, 600, 192, 384


def case_of(first_hz: float, *, last_hz: float = 40.0) -> EspCase:
    """Four days, four at 56 Hz and four more; the intake comes up from below for half a day, rate and current
    with it.
    """
    place = np.arange(ROWS)
    rest = np.where(place >= SLOWER, np.exp(-np.maximum(place - SLOWER, 0) / 20.0), 0.0)
    fast = (place >= QUICKER) & (place < SLOWER)
    rough = 1 + 0.002 * np.random.default_rng(3).normal(0, 1, ROWS)
    told = {
        "frequency": np.where(fast, 56.0, np.where(place < QUICKER, first_hz, last_hz)),
        "intake_pressure": np.where(fast, 5e6, 9e6 * (1 - 0.45 * rest)) * rough,
        "discharge_pressure": 18e6 * rough,
        "motor_current": np.where(fast, 38.0, 20.0 * (1 - 0.12 * rest)) * rough,
        "liquid_rate": np.where(fast, 1.04e-3, 7e-4 * (1 - 0.3 * rest)) * rough,
    }
    time_us = place.astype(np.int64) * HALF_HOUR_US
    marks = np.zeros(ROWS, np.uint8)
    case = esp_case(grid_of({code: Samples(time_us, values, marks) for code, values in told.items()}))
    assert case is not None
    return case


def test_a_pump_that_was_slowed_down_is_not_pumped_off_while_its_level_comes_back() -> None:
    assert esp_pump_off.judge(case_of(40.0)) == []


@pytest.mark.parametrize("days_after", [1.0, 2.0])
def test_what_falls_a_day_after_the_turn_is_the_inflow(days_after: float) -> None:
    case = case_of(40.0)
    since = SLOWER + round(48 * days_after)
    for code, left in (("intake_pressure", 0.5), ("motor_current", 0.9), ("liquid_rate", 0.7)):
        case.grid.mean[code][since:] *= left
    again = esp_case(case.grid)
    assert again is not None
    [verdict] = esp_pump_off.judge(again)
    assert verdict.confidence > 0.7
