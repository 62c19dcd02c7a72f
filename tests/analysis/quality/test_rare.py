"""What hardly any well has is asked about with the unit that makes it usual; what wells do have is not."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.quality.rare import rare
from app.analysis.quality.together import Series
from app.core.unit_spellings import find_unit, usual_units

PER_DAY = 1 / 86_400
AT = np.arange(40, dtype=np.int64)
USUAL = {
    "frequency": 50.0,
    "intake_pressure": 5e6,
    "discharge_pressure": 17e6,
    "wellhead_pressure": 1.2e6,
    "liquid_rate": 80 * PER_DAY,
    "active_power": 32e3,
    "vibration_x": 2.0,
}
GIVEN = {
    "wellhead_pressure": find_unit("MPa", "surface_pressure"),
    "liquid_rate": find_unit("m³/d", "rate"),
    "vibration_x": find_unit("g", "acceleration"),
}


def well(**others: float) -> Series:
    return {key: (AT, np.full(40, value)) for key, value in {**USUAL, **others}.items()}


def asked(series: Series) -> dict[str, tuple[str, ...]]:
    return {one.sensor: one.fits for one in rare(series, GIVEN, usual_units)}


def test_a_usual_well_is_asked_nothing() -> None:
    assert asked(well()) == {}


def test_bar_called_megapascals_at_the_wellhead_is_asked_about_unless_the_line_says_so_too() -> None:
    assert "bar" in asked(well(wellhead_pressure=12e6))["wellhead_pressure"]
    assert asked(well(wellhead_pressure=7e6, line_pressure=5.5e6)) == {}
    assert asked(well(wellhead_pressure=4e6)) == {}


def test_a_rate_an_hour_called_a_day_does_too_little_work_and_one_the_other_way_too_much() -> None:
    """80 m³/d through 12 MPa are 11.1 kW of 32; a 24th of it 0.014, 24 times of it more than all."""
    assert asked(well(liquid_rate=80 / 24 * PER_DAY)) == {"liquid_rate": ("m³/h",)}
    assert asked(well(liquid_rate=80 * 24 * PER_DAY)) == {}, "no unit makes it usual of m³/d"
    barrels = {**GIVEN, "liquid_rate": find_unit("m³/h", "rate")}
    [one] = rare(well(liquid_rate=80 * 24 * PER_DAY), barrels, usual_units)
    assert one.fits == ("m³/d",)


@pytest.mark.parametrize("rate", [16.0, 40.0, 140.0])
def test_a_throttled_pump_and_a_good_one_are_no_wrong_units(rate: float) -> None:
    assert asked(well(liquid_rate=rate * PER_DAY)) == {}


def test_a_pump_that_lifts_nothing_has_no_work_to_be_judged_by() -> None:
    assert asked(well(liquid_rate=3 * PER_DAY, discharge_pressure=6.5e6)) == {}


def test_without_power_voltage_and_current_tell_and_one_before_a_transformer_accuses_nobody() -> None:
    both = {"motor_current": 30.0, "voltage": 1_000.0}
    low = well(liquid_rate=80 / 24 * PER_DAY, **both)
    fine = well(**both)
    before = well(motor_current=140.0, voltage=1_000.0)
    for one in (low, fine, before):
        del one["active_power"]
    assert asked(low) == {"liquid_rate": ("m³/h",)}
    assert asked(fine) == {}
    assert asked(before) == {}


def test_a_motor_does_not_run_a_whole_record_above_where_stations_stop_it() -> None:
    assert asked(well(vibration_x=4 * 9.80665)) == {"vibration_x": ("m/s²",)}
    assert asked(well(vibration_x=1.5 * 9.80665)) == {}


def test_what_happens_while_the_pump_stands_is_asked_of_nobody() -> None:
    stands = well(wellhead_pressure=12e6)
    stands["frequency"] = (AT, np.where(AT < 35, 0.0, 50.0))
    assert asked(stands) == {}


def test_a_pump_that_hangs_under_the_wellhead_kilovolts_and_a_boiling_intake_are_asked_about() -> None:
    told = {**GIVEN, "discharge_pressure": find_unit("kPa", "pressure"), "voltage": find_unit("V", "voltage")}
    told["intake_temperature"] = find_unit("°C", "temperature")

    def fits(**others: float) -> dict[str, tuple[str, ...]]:
        return {one.sensor: one.fits for one in rare(well(**others), told, usual_units)}

    assert fits(discharge_pressure=2.6e6) == {"discharge_pressure": ("psi",)}
    assert fits(voltage=1.05) == {"voltage": ("kV",)}
    assert fits(voltage=380.0) == {}
    assert fits(intake_temperature=273.15 + 172) == {"intake_temperature": ("°F",)}
    assert fits(intake_temperature=273.15 + 120) == {}
