"""A column that others of the well contradict, at each limit of what physics leaves, while the pump runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.quality.against import Contradicted, contradicted, lifting
from app.core.units import ATM, MPA, PSI, Unit

KILO_OHM, MEGA_OHM, OHM = Unit("кОм", "kΩ", 1e3), Unit("МОм", "MΩ", 1e6), Unit("Ом", "Ω", 1.0)
AMPERE, TENTH = Unit("А", "A", 1.0), Unit("0,1 А", "0.1 A", 0.1)
WATT, KILOWATT = Unit("Вт", "W", 1.0), Unit("кВт", "kW", 1e3)
UNITS = {
    "pressure": [ATM, MPA, PSI],
    "surface_pressure": [ATM, MPA],
    "resistance": [OHM, KILO_OHM, MEGA_OHM],
    "current": [AMPERE, TENTH],
    "power": [WATT, KILOWATT],
}
N = 20
AT = np.arange(N, dtype=np.int64)
Values = dict[str, np.ndarray | float]


def series(values: Values) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Rows of one table, of a motor at 50 Hz."""
    rows = {"frequency": 50.0} | values
    return {key: (AT, np.broadcast_to(np.asarray(value, float), (N,)).copy()) for key, value in rows.items()}


def found(values: Values, given: dict[str, Unit | None] | None = None) -> list[Contradicted]:
    return contradicted(series(values), given or {}, lambda quantity: UNITS[quantity])


def of(sensor: str, told: list[Contradicted]) -> Contradicted | None:
    return next((one for one in told if one.sensor == sensor), None)


# ---- what a pump lifts -------------------------------------------------------------------------------------

IN_ATM = {"discharge_pressure": ATM}
CALLED_ATM = 19.0 * 101_325.0
"""19 MPa whose head says atm."""


def test_a_discharge_that_lifts_nothing_is_told_with_what_was_seen_and_the_unit_that_lifts() -> None:
    told = found({"discharge_pressure": CALLED_ATM, "wellhead_pressure": 1.6e6}, IN_ATM)
    assert told == [Contradicted("discharge_pressure", "wellhead_pressure", N, CALLED_ATM, 1.6e6, ("MPa",))]


@pytest.mark.parametrize(("lift_pa", "is_told"), [(0.499e6, True), (0.5e6, False), (0.6e6, False)])
def test_half_a_megapascal_is_lifted_by_nobody_who_lifts(lift_pa: float, is_told: bool) -> None:
    values: Values = {"discharge_pressure": CALLED_ATM, "wellhead_pressure": CALLED_ATM - lift_pa}
    assert bool(found(values, IN_ATM)) is is_told


@pytest.mark.parametrize(("low", "is_told"), [(18, True), (17, False)])
def test_nine_moments_of_ten_must_say_so(low: int, is_told: bool) -> None:
    wellhead = np.where(np.arange(N) < low, 1.6e6, 1.0e6)
    assert bool(found({"discharge_pressure": CALLED_ATM, "wellhead_pressure": wellhead}, IN_ATM)) is is_told


@pytest.mark.parametrize(("shown", "lifts"), [(3.59, False), (3.6, True), (61.6, True), (61.7, False)])
def test_two_to_sixty_megapascals_are_lifted_its_ends_included(shown: float, lifts: bool) -> None:
    values = series({"discharge_pressure": shown, "wellhead_pressure": 1.6e6})
    assert lifting(values, {}, ("MPa", "Pa")) == (("MPa",) if lifts else ())


def test_units_are_asked_of_what_the_file_shows_and_unknown_names_are_left_out() -> None:
    values = series({"discharge_pressure": 190.0 * 1e6, "wellhead_pressure": 1.6e6})
    assert lifting(values, {"discharge_pressure": MPA}, ("MPa", "bar", "furlong", "atm")) == ("bar", "atm")
    assert lifting(values, {}, ("Pa", "bar")) == ()


def test_without_a_wellhead_or_a_running_pump_all_units_are_left() -> None:
    alone = series({"discharge_pressure": 3.6})
    assert lifting(alone, {}, ("MPa", "Pa")) == ("MPa", "Pa")
    stopped = series({"discharge_pressure": 3.6, "wellhead_pressure": 1.6e6, "frequency": 0.0})
    assert lifting(stopped, {}, ("MPa", "Pa")) == ("MPa", "Pa")


@pytest.mark.parametrize(("wellhead_pa", "told"), [(4.0e6, False), (4.1e6, True)])
def test_only_a_wellhead_over_forty_bar_may_be_the_wrong_one(wellhead_pa: float, told: bool) -> None:
    """A discharge of 4.2 MPa: the wellhead in atmospheres of the same figure would leave it 3.8 MPa."""
    values: Values = {"discharge_pressure": 4.2e6, "wellhead_pressure": wellhead_pa}
    given = {"discharge_pressure": MPA, "wellhead_pressure": MPA}
    wrong = of("wellhead_pressure", found(values, given))
    fits = Contradicted("wellhead_pressure", "discharge_pressure", N, wellhead_pa, 4.2e6, ("atm",))
    assert wrong == (fits if told else None)


@pytest.mark.parametrize(("intake", "told"), [(ATM, True), (MPA, False), (None, False)])
def test_the_intake_of_the_same_gauge_goes_with_its_discharge(intake: Unit | None, told: bool) -> None:
    values: Values = {
        "discharge_pressure": CALLED_ATM,
        "wellhead_pressure": 1.6e6,
        "intake_pressure": 6.0 * 101_325.0,
    }
    beside = of("intake_pressure", found(values, IN_ATM | {"intake_pressure": intake}))
    fits = Contradicted("intake_pressure", "discharge_pressure", N, 6.0 * 101_325.0, CALLED_ATM, ("MPa",))
    assert beside == (fits if told else None)


def test_an_intake_and_a_discharge_that_no_unit_names_are_of_no_same_unit() -> None:
    values: Values = {"discharge_pressure": 19.0, "wellhead_pressure": 1.6e6, "intake_pressure": 6.0}
    assert [one.sensor for one in found(values)] == ["discharge_pressure"]


def test_a_unit_must_bring_nine_of_ten_into_the_sensors_own_range_too() -> None:
    """62 MPa is over what a discharge can have, though under a wellhead of 5 MPa it would lift."""
    for high, fits in ((2, True), (3, False)):
        shown = np.where(np.arange(N) < high, 62.0, 19.0)
        values: Values = {"discharge_pressure": shown * 101_325.0, "wellhead_pressure": 6e6}
        assert bool(found(values, IN_ATM)) is fits


def test_the_ends_of_a_sensors_range_are_in_it() -> None:
    for end in (0.5e6, 60e6):
        shown = np.where(np.arange(N) < 3, end / 1e6, 19.0)
        values: Values = {"discharge_pressure": shown, "wellhead_pressure": 1.6e6}
        assert [one.fits for one in found(values)] == [("MPa",)]


def test_no_unit_that_agrees_is_no_finding() -> None:
    assert not found({"discharge_pressure": 0.9e6, "wellhead_pressure": 1.6e6}, {"discharge_pressure": MPA})


def test_a_unit_of_two_spellings_is_offered_once_and_the_files_own_never() -> None:
    twice = [MPA, replace(MPA, digits=1), ATM]
    told = contradicted(
        series({"discharge_pressure": CALLED_ATM, "wellhead_pressure": 1.6e6}), IN_ATM, lambda quantity: twice
    )
    assert [one.fits for one in told] == [("MPa",)]


# ---- only while the pump runs, only at common moments ------------------------------------------------------


def lift_of(frequency: np.ndarray, discharge: np.ndarray) -> int:
    told = found(
        {"discharge_pressure": discharge, "wellhead_pressure": 1.6e6, "frequency": frequency}, IN_ATM
    )
    return told[0].count if told else 0


def test_what_stands_in_the_well_while_the_pump_does_not_run_says_nothing() -> None:
    """Ten running moments are enough; under 15 % of the most it is not running."""
    right, wrong = 19e6, CALLED_ATM
    for running, count in ((10, 10), (9, 0)):
        on = np.arange(N) < running
        assert lift_of(np.where(on, 50.0, 7.5), np.where(on, wrong, right)) == count
        assert lift_of(np.where(on, 50.0, 7.6), np.where(on, wrong, right)) == 0


def test_what_is_not_known_is_left_out_and_ten_are_the_least() -> None:
    for known, count in ((10, 10), (9, 0)):
        assert lift_of(np.full(N, 50.0), np.where(np.arange(N) < known, CALLED_ATM, np.nan)) == count


def test_a_motor_that_never_ran_and_one_without_rows_say_nothing() -> None:
    assert lift_of(np.zeros(N), np.full(N, CALLED_ATM)) == 0
    rows = series({"discharge_pressure": CALLED_ATM, "wellhead_pressure": 1.6e6})
    rows["frequency"] = (AT[:0], np.zeros(0))
    assert not contradicted(rows, IN_ATM, lambda quantity: UNITS[quantity])
    del rows["frequency"]
    assert not contradicted(rows, IN_ATM, lambda quantity: UNITS[quantity])


@pytest.mark.parametrize(("common", "count"), [(10, 10), (9, 0)])
def test_columns_of_other_clocks_are_compared_at_the_moments_they_share(common: int, count: int) -> None:
    rows = series({"discharge_pressure": CALLED_ATM, "wellhead_pressure": 1.6e6})
    later = np.arange(N - common, 2 * N - common, dtype=np.int64)
    wellhead = np.where(np.arange(N) < common, 1.6e6, 0.0)  # beyond what is shared nothing stands on it
    rows["wellhead_pressure"] = (later, wellhead)
    told = contradicted(rows, IN_ATM, lambda quantity: UNITS[quantity])
    assert [one.count for one in told] == ([count] if count else [])
    assert [one.against for one in told] == ([1.6e6] if count else [])


def test_of_other_clocks_a_moment_without_a_value_or_without_the_pump_is_none() -> None:
    rows = series({"discharge_pressure": CALLED_ATM, "wellhead_pressure": 1.6e6})
    longer = np.arange(N + 1, dtype=np.int64)
    wellhead = np.full(N + 1, 1.6e6)
    wellhead[:4] = np.nan
    rows["wellhead_pressure"] = (longer, wellhead)
    rows["frequency"][1][-5:] = 0.0
    [told] = contradicted(rows, IN_ATM, lambda quantity: UNITS[quantity])
    assert told.count == N - 4 - 5


# ---- insulation --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("shown", "fits"), [(4.2, ("MΩ",)), (29.9, ()), (30.0, None)])
def test_a_running_motors_insulation_under_thirty_kilohms_is_of_another_unit(
    shown: float, fits: tuple[str, ...] | None
) -> None:
    """29.9 MΩ is over what the sensor can have: nothing fits and nothing is said."""
    told = found({"insulation_resistance": shown * 1e3}, {"insulation_resistance": KILO_OHM})
    key = "insulation_resistance"
    assert told == ([Contradicted(key, key, N, shown * 1e3, 30e3, fits)] if fits else [])


@pytest.mark.parametrize(("factor", "fits"), [(100.0, None), (101.0, "it")])
def test_a_unit_of_insulation_fits_only_above_the_trip(factor: float, fits: str | None) -> None:
    one = Unit("", "it", factor)
    told = contradicted(
        series({"insulation_resistance": 300.0}), {"insulation_resistance": OHM}, lambda quantity: [one]
    )
    assert [found.fits for found in told] == ([(fits,)] if fits else [])


@pytest.mark.parametrize(("ohm", "is_told"), [(29_999.0, True), (30_000.0, False)])
def test_insulation_at_the_trip_itself_is_not_under_it(ohm: float, is_told: bool) -> None:
    tens = Unit("", "it", 10.0)
    told = contradicted(
        series({"insulation_resistance": ohm}), {"insulation_resistance": OHM}, lambda quantity: [tens]
    )
    assert bool(told) is is_told


@pytest.mark.parametrize(("low", "is_told"), [(9, True), (8, False)])
def test_of_ten_values_of_insulation_nine_must_be_under_the_trip_and_zeros_are_no_values(
    low: int, is_told: bool
) -> None:
    value = np.r_[np.zeros(N - 10), np.full(low, 4.2e3), np.full(10 - low, 4e6)]
    told = found({"insulation_resistance": value}, {"insulation_resistance": KILO_OHM})
    assert [one.count for one in told] == ([10] if is_told else [])
    value[-1] = 0.0
    assert not found({"insulation_resistance": value}, {"insulation_resistance": KILO_OHM})


# ---- power -------------------------------------------------------------------------------------------------

VOLT, AMP = 1000.0, 36.0
APPARENT = 3**0.5 * VOLT * AMP


def power_of(
    share: np.ndarray | float, key: str = "motor_current", **others: np.ndarray | float
) -> list[Contradicted]:
    values: Values = {"voltage": VOLT, key: AMP, "active_power": share * APPARENT} | others
    return found(values, {"active_power": WATT, key: AMPERE})


@pytest.mark.parametrize("key", ["motor_current", "motor_current_a"])
def test_power_that_is_a_hundredth_of_what_the_current_carries_is_told_of_both(key: str) -> None:
    """Tenths of an ampere leave cos φ at 0.8; thousands of watts would make it 80."""
    assert power_of(0.08, key) == [
        Contradicted(key, "active_power", N, AMP, pytest.approx(0.08 * APPARENT), ("0.1 A",))  # type: ignore[arg-type]
    ]
    assert power_of(0.0008, key) == [
        Contradicted("active_power", key, N, pytest.approx(0.0008 * APPARENT), AMP, ("kW",))  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize(
    ("share", "told"), [(0.119, False), (0.10, True), (0.104, True), (0.034, False), (0.036, True)]
)
def test_what_fits_makes_a_third_to_all_of_it_active(share: float, told: bool) -> None:
    """Ten times as much must be 0.35 … 1.05 of √3·U·I, and it is asked for below 0.12 alone."""
    assert bool(power_of(share)) is told


def test_a_share_of_twelve_hundredths_is_a_poor_motor_and_no_unit() -> None:
    for share, told in ((0.119, True), (0.1201, False)):
        values: Values = {"voltage": VOLT, "motor_current": AMP, "active_power": share * APPARENT}
        fifths = contradicted(
            series(values), {"motor_current": AMPERE}, lambda quantity: [Unit("0,2 А", "0.2 A", 0.2)]
        )
        assert [one.fits for one in fifths if one.sensor == "motor_current"] == ([("0.2 A",)] if told else [])


@pytest.mark.parametrize(("low", "is_told"), [(9, True), (8, False)])
def test_of_ten_moments_with_a_current_nine_must_carry_too_little_power(low: int, is_told: bool) -> None:
    share = np.r_[np.zeros(N - 10), np.full(low, 0.08), np.full(10 - low, 0.8)]
    told = power_of(share, voltage=np.r_[np.zeros(N - 10), np.full(10, VOLT)])
    assert [one.count for one in told] == ([10] if is_told else [])
    fewer = power_of(share, voltage=np.r_[np.zeros(N - 9), np.full(9, VOLT)])
    assert not fewer


def test_without_a_current_or_a_voltage_power_is_not_asked_of() -> None:
    assert not found({"voltage": VOLT, "active_power": 0.08 * APPARENT})
    assert not found({"motor_current": AMP, "active_power": 0.08 * APPARENT})
