"""What a stranger's wells were told wrongly: drifts without a witness, a level that was set called a fault of
the supply, a vibration coarser than it wanders.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.quality.marks import quality_of
from app.analysis.rules.base import EspCase, esp_case
from app.analysis.rules.esp_electrical import disturbed
from app.analysis.rules.sensor_faults import drifting
from app.models.readings import Quality
from app.models.sensors import SENSORS


def without(case: EspCase, *codes: str) -> EspCase:
    """The same well, never asked for these sensors."""
    grid = case.grid
    kept = {
        name: {code: values for code, values in getattr(grid, name).items() if code not in codes}
        for name in ("mean", "low", "high", "marks")
    }
    made = esp_case(replace(grid, **kept))
    assert made is not None
    return made


def drifts(*missing: str) -> dict[str, float]:
    case = without(examples.esp({"intake_pressure": 1.25}, grows_days=2.0), *missing)
    return {str(one.evidence[0].sensor): one.confidence for one in drifting(case)}


def test_an_intake_that_walks_away_from_its_discharge_drifts() -> None:
    assert drifts()["intake_pressure"] > 0.8


def test_an_intake_whose_discharge_nobody_measures_is_doubted_no_more_than_its_rate_can_tell() -> None:
    assert 0.5 < drifts("discharge_pressure")["intake_pressure"] <= 0.75


def test_what_was_not_read_while_a_gauge_drifted_is_none_of_those_that_stood_still() -> None:
    """A discharge gauge that fell silent before an intake drifted was counted among its witnesses."""
    case = examples.esp({"intake_pressure": 1.25}, grows_days=2.0)
    silent = {}
    for name in ("mean", "low", "high"):
        values = getattr(case.grid, name)
        gone = values["discharge_pressure"].copy()
        gone[len(gone) // 2 :] = np.nan
        silent[name] = {**values, "discharge_pressure": gone}
    made = esp_case(replace(case.grid, **silent))
    assert made is not None
    counts = [
        [evidence.details["count"] for verdict in drifting(one) for evidence in verdict.evidence[1:]]
        for one in (case, made)
    ]
    assert counts == [[4], [3]], "current, rate and noise are left"


def test_a_current_alone_says_nothing_of_an_intake_that_falls_or_rises() -> None:
    """A pump of 13 MPa hardly feels one of them."""
    assert "intake_pressure" not in drifts("discharge_pressure", "liquid_rate")


def test_a_voltage_that_stays_about_another_level_was_set_and_a_dip_was_not() -> None:
    """Seven percent up for good, shaken a little, crosses what a disturbance begins at on every other day."""
    case = examples.esp()
    volts = case.grid.mean["voltage"]
    day = np.arange(len(volts)) / 48
    shaken = volts * np.where(day > 16, 1.066 + 0.008 * np.sin(day * 3), 1.0)
    dips = volts * np.where((day > 16) & (day < 16.2), 0.85, 1.0)
    said = []
    for made in (shaken, dips):
        other = esp_case(
            replace(
                case.grid,
                mean={**case.grid.mean, "voltage": made},
                low={**case.grid.low, "voltage": made},
                high={**case.grid.high, "voltage": made},
            )
        )
        assert other is not None
        said.append(bool(disturbed(other)))
    assert said == [False, True]


@pytest.mark.parametrize(("step", "frozen"), [(0.1, False), (0.01, True)])
def test_a_vibration_of_two_of_its_least_steps_cannot_show_that_it_lives(step: float, frozen: bool) -> None:
    """0.2 g for days, zero while the pump stands: of a gauge in tenths it is what it is, of one in hundredths
    it is a dead one."""
    value = np.full(3_000, 0.2)
    value[::700] = 0.2 + step
    for stop in (500, 1_500, 2_500):
        value[stop : stop + 30] = 0.0
    marks = quality_of(SENSORS["vibration_x"], np.arange(3_000, dtype=np.int64) * 600_000_000, value)
    assert bool((marks & np.uint8(Quality.FROZEN)).any()) is frozen
