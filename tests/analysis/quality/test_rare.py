"""What hardly any well has is asked about with the unit that makes it usual; what wells do have is not."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.quality.against import Contradicted
from app.analysis.quality.rare import rare
from app.analysis.quality.together import Series
from app.core.unit_spellings import find_unit, usual_units
from app.core.units import Unit

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


# ---- each limit from both sides ----------------------------------------------------------------------------

ANY = Unit("", "it", 1.0)
G = 9.80665


def alone(key: str, value: float | np.ndarray, times: float, **others: float) -> list[Contradicted]:
    """One column that is read as it stands, where a unit by so many times it is the only other one."""
    series = {
        "frequency": (AT, np.full(40, 50.0)),
        key: (AT, np.broadcast_to(np.asarray(value, float), (40,))),
    }
    series |= {name: (AT, np.full(40, one)) for name, one in others.items()}
    return rare(series, {key: ANY}, lambda quantity: [ANY, Unit("", "other", times)])


@pytest.mark.parametrize(
    ("key", "limit", "beyond", "usual"),
    [
        ("wellhead_pressure", 5e6, 1, 1e6),
        ("vibration_x", 2 * G, 1, 1.0),
        ("vibration_y", 2 * G, 1, 1.0),
        ("voltage", 100.0, -1, 1_000.0),
        ("intake_temperature", 423.15, 1, 350.0),
    ],
)
def test_what_hardly_any_well_has_begins_at_its_limit(
    key: str, limit: float, beyond: int, usual: float
) -> None:
    for share, told in ((1 + 1e-3 * beyond, True), (1 - 1e-3 * beyond, False), (1.0, False)):
        value = limit * share
        found = alone(key, value, usual / value)
        assert found == (
            [Contradicted(key, key, 40, pytest.approx(value), limit, ("other",))] if told else []  # type: ignore[arg-type]
        )


@pytest.mark.parametrize(
    ("key", "rare_one", "low", "high"),
    [
        ("wellhead_pressure", 12e6, 0.2e6, 5e6),
        ("vibration_x", 30.0, 0.01 * G, 1.5 * G),
        ("vibration_y", 30.0, 0.01 * G, 1.5 * G),
        ("voltage", 50.0, 200.0, 4_990.0),  # a voltage is under five kilovolts anyway
        ("intake_temperature", 430.0, 293.15, 403.15),
    ],
)
def test_a_unit_fits_that_brings_a_column_to_what_is_usual_its_ends_included(
    key: str, rare_one: float, low: float, high: float
) -> None:
    for end, inside in ((low, 1.001), (high, 0.999)):
        assert alone(key, rare_one, end * inside / rare_one)
        assert key == "voltage" and end == high or not alone(key, rare_one, end / inside / rare_one)


@pytest.mark.parametrize(("high", "told"), [(36, True), (35, False)])
def test_nine_moments_of_ten_must_be_rare(high: int, told: bool) -> None:
    assert bool(alone("wellhead_pressure", np.where(high > AT, 12e6, 4e6), 0.1)) is told
    assert bool(alone("voltage", np.where(high > AT, 50.0, 400.0), 10.0)) is told


@pytest.mark.parametrize(("line", "told"), [(6.0e6, True), (6.1e6, False)])
def test_a_flowline_says_so_too_from_half_of_the_wellhead_on(line: float, told: bool) -> None:
    assert bool(alone("wellhead_pressure", 12e6, 0.1, line_pressure=line)) is told


@pytest.mark.parametrize(("lift", "told"), [(1.99e6, True), (2.0e6, False)])
def test_a_pump_lifts_two_megapascals_at_least(lift: float, told: bool) -> None:
    above = 1e6 + lift
    found = alone("discharge_pressure", above, 10.0, wellhead_pressure=1e6)
    assert [(one.other, one.against) for one in found] == ([("wellhead_pressure", 1e6)] if told else [])


def work(share: float, times: float, *, power: bool = True, lift: float = 10e6) -> list[Contradicted]:
    """A rate that gives the liquid this share of 30 kW."""
    rate = share * 30e3 / lift
    series = {
        "frequency": (AT, np.full(40, 50.0)),
        "intake_pressure": (AT, np.full(40, 5e6)),
        "discharge_pressure": (AT, np.full(40, 5e6 + lift)),
        "liquid_rate": (AT, np.full(40, rate)),
    }
    if power:
        series["active_power"] = (AT, np.full(40, 30e3))
    else:
        series |= {"voltage": (AT, np.full(40, 1e3)), "motor_current": (AT, np.full(40, 30e3 / 3**0.5 / 1e3))}
    return rare(series, {"liquid_rate": ANY}, lambda quantity: [Unit("", "other", times)])


@pytest.mark.parametrize("power", [True, False])
def test_a_pump_gives_a_fiftieth_of_its_power_and_no_more_than_all_of_it(power: bool) -> None:
    for share, told in ((0.0199, True), (0.0201, False), (0.99, False), (1.0, False)):
        found = work(share, 0.4 / share, power=power)
        assert [(one.sensor, one.other, one.count) for one in found] == (
            [("liquid_rate", "active_power" if power else "motor_current", 40)] if told else []
        )
    over = work(1.01, 0.4, power=power)
    assert bool(over) is power, "of a voltage before a transformer more than all is no wonder"


@pytest.mark.parametrize(("usual", "fits"), [(0.099, False), (0.101, True), (0.699, True), (0.701, False)])
def test_a_unit_of_a_rate_fits_that_gives_a_tenth_to_seven_tenths(usual: float, fits: bool) -> None:
    assert bool(work(0.01, usual / 0.01)) is fits


def test_a_pump_that_lifts_under_two_megapascals_is_not_judged_by_its_work() -> None:
    assert work(0.01, 40.0, lift=2.01e6)
    assert not work(0.01, 40.0, lift=2e6)
    assert not work(0.01, 40.0, lift=1.99e6)


@pytest.mark.parametrize(("worked", "told"), [(36, True), (35, False)])
def test_nine_moments_of_ten_must_have_a_rate_to_be_judged_by_their_work(worked: int, told: bool) -> None:
    """A rate of nothing is no work of a pump; what is told is the middle of the others."""
    rates = np.where(worked > AT, 3e-5, 0.0)
    series = {
        "frequency": (AT, np.full(40, 50.0)),
        "intake_pressure": (AT, np.full(40, 5e6)),
        "discharge_pressure": (AT, np.full(40, 15e6)),
        "liquid_rate": (AT, rates),
        "active_power": (AT, np.full(40, 30e3)),
    }
    found = rare(series, {"liquid_rate": ANY}, lambda quantity: [Unit("", "other", 40.0)])
    assert [(one.count, one.median, one.against) for one in found] == ([(36, 3e-5, 30e3)] if told else [])
