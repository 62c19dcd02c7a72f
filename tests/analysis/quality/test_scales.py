"""Stretches in another unit, each rule at its own limit; `test_marks` has what becomes of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.quality.scales import FAHRENHEIT, UNIT_FACTORS, Stretch, stretches

LIMITS = (0.1e6, 40e6)
Turned = list[tuple[int, int, float]]


def found(value: np.ndarray, quantity: str = "pressure", limits: tuple[float, float] | None = None) -> Turned:
    """(first place, last place, factor)."""
    said = stretches(value, quantity, limits) if limits else stretches(value, quantity)
    return [(int(one.places[0]), int(one.places[-1]), one.factor) for one in said]


def level(n: int = 100, middle: float = 6e6) -> np.ndarray:
    return np.full(n, middle)


def stretch(factor: float, first: int = 40, last: int = 59, middle: float = 6e6) -> np.ndarray:
    value = level(middle=middle)
    value[first : last + 1] *= factor
    return value


def test_the_factors_are_those_between_units_of_pressure() -> None:
    """MPa 1e6, bar 1e5, at 98,066.5, atm 101,325, psi 6,894.757, kPa 1e3 Pa (NIST SP 811, appendix B)."""
    mpa, bar, at, atm, psi, kpa = 1e6, 1e5, 98_066.5, 101_325.0, 6_894.757, 1e3
    pairs = [
        (psi, kpa),
        (mpa, at),
        (mpa, atm),
        (mpa, bar),
        (mpa, psi),
        (bar, psi),
        (at, psi),
        (atm, psi),
        (mpa, kpa),
    ]
    assert pytest.approx([big / small for big, small in pairs], rel=1e-4) == UNIT_FACTORS


@given(
    factor=st.sampled_from(UNIT_FACTORS.tolist()),
    up=st.booleans(),
    first=st.integers(1, 60),
    count=st.integers(10, 39),
    middle=st.floats(2e6, 20e6),
)
def test_put_right_the_record_is_what_it_was(
    factor: float, up: bool, first: int, count: int, middle: float
) -> None:
    plain = middle * (1 + 1e-4 * np.sin(np.arange(100.0)))
    written = plain.copy()
    written[first : first + count] *= factor if up else 1 / factor
    for one in stretches(written, "pressure"):
        assert one.offset == 0.0
        written[one.places] = one.right(written[one.places])
    assert written == pytest.approx(plain, rel=1e-4)


@pytest.mark.parametrize(
    ("off", "is_unit"), [(0.0149, True), (0.0151, False), (-0.0149, True), (-0.0151, False)]
)
@pytest.mark.parametrize("factor", [6.8948, 145.038])
def test_a_leap_is_one_of_units_within_a_part_in_sixty_seven(
    factor: float, off: float, is_unit: bool
) -> None:
    value = stretch(factor * (1 + off), last=99)
    assert found(value) == ([(40, 99, factor)] if is_unit else [])


@pytest.mark.parametrize(
    ("off", "is_point"), [(0.029, True), (0.031, False), (-0.029, True), (-0.031, False)]
)
@pytest.mark.parametrize("factor", [10.0, 100.0, 1000.0])
def test_a_decimal_point_moves_by_a_power_of_ten_within_three_hundredths(
    factor: float, off: float, is_point: bool
) -> None:
    value = stretch(factor * (1 + off), last=99, middle=3.5)
    for quantity in ("current", "power", "voltage", "frequency"):
        assert found(value, quantity, (0.0, 300.0)) == ([(40, 99, factor)] if is_point else [])


def test_a_figure_of_the_motor_without_a_limit_or_of_another_quantity_is_not_asked_of() -> None:
    value = stretch(10.0, middle=30.0)
    assert found(value, "current", (0.0, 300.0)) == [(40, 59, 10.0)]
    assert found(value, "current") == []
    assert found(value, "rate", (0.0, 300.0)) == []
    assert found(stretch(6.8948, middle=30.0), "current", (0.0, 300.0)) == []


@pytest.mark.parametrize(("ampere", "asked"), [(3.0, False), (3.1, True)])
def test_under_a_hundredth_of_a_sensors_most_a_motor_does_not_run(ampere: float, asked: bool) -> None:
    value = level(middle=10 * ampere)
    value[50:] = ampere
    assert bool(found(value, "current", (0.0, 300.0))) is asked


@pytest.mark.parametrize(
    ("quantity", "factor", "told"), [("pressure", 6.8948, 1), ("surface_pressure", 6.8948, 0)]
)
def test_at_the_surface_only_leaps_over_nine_are_looked_at(quantity: str, factor: float, told: int) -> None:
    for size in (factor, 1 / factor):
        assert len(found(stretch(size), quantity)) == told
        assert len(found(stretch(9.869 if size > 1 else 1 / 9.869), quantity)) == 1


@pytest.mark.parametrize(("higher_pa", "told"), [(5.0e5, False), (5.1e5, True)])
def test_the_higher_side_of_a_leap_has_half_a_megapascal(higher_pa: float, told: bool) -> None:
    for value in (stretch(0.1, middle=higher_pa), stretch(10.0, middle=higher_pa / 10)):
        assert bool(found(value)) is told


@pytest.mark.parametrize(("known", "told"), [(19, False), (20, True)])
def test_twenty_known_samples_are_the_least(known: int, told: bool) -> None:
    value = stretch(10.0, 10, 99)
    value[known:] = np.nan
    assert found(value) == ([(10, known - 1, 10.0)] if told else [])
    zeros = np.where(np.isnan(value), 0.0, value)
    assert found(zeros) == found(value)


def test_places_are_those_of_the_record_with_its_gaps() -> None:
    value = stretch(10.0)
    value[[3, 45]] = np.nan
    [one] = stretches(value, "pressure")
    assert one.places.tolist() == [i for i in range(40, 60) if i != 45]


def test_over_half_of_a_record_is_the_suspect_side_only_beyond_the_sensors_limits() -> None:
    for last, inside in ((89, []), (59, [(30, 59, 10.0)])):
        assert found(stretch(10.0, 30, last)) == inside
    assert found(stretch(10.0, 30, 89), limits=LIMITS) == [(30, 89, 10.0)]
    assert found(stretch(10.0, 30, 89), limits=(0.1e6, 60e6)) == [], "the limit itself is within"
    assert found(stretch(0.1, 30, 89), limits=(0.7e6, 40e6)) == [(30, 89, 0.1)]
    assert found(stretch(0.1, 30, 89), limits=(0.6e6, 40e6)) == []


@pytest.mark.parametrize(("within", "suspect"), [(20, (40, 99)), (19, (0, 39))])
def test_most_of_a_side_must_be_beyond_the_limits(within: int, suspect: tuple[int, int]) -> None:
    """Of forty samples before a leap twenty are in the sensor's range: half, and the later side is told."""
    value = stretch(10.197, 0, 39)
    value[:within] = 39e6
    assert [one[:2] for one in found(value, limits=LIMITS)] == [suspect]


def test_of_two_sides_beyond_the_limits_the_later_one_is_told() -> None:
    value = stretch(10.0, 50, 99, middle=50e6)
    assert found(value, limits=LIMITS) == [(50, 99, 10.0)]
    before = stretch(10.0, 0, 49)
    assert found(before, limits=LIMITS) == [(0, 49, 10.0)]
    assert found(before) == [(50, 99, 0.1)]


@pytest.mark.parametrize(("count", "told"), [(9, False), (10, True)])
def test_ten_samples_before_a_leap_are_the_least_too(count: int, told: bool) -> None:
    value = stretch(10.0, 0, count - 1)
    assert found(value, limits=LIMITS) == ([(0, count - 1, 10.0)] if told else [])


def test_a_leap_back_by_another_factor_undoes_nothing_and_by_nearly_the_same_it_does() -> None:
    """10.0 up and 10.197 down are two ways to write a tenth; 10 and 14.2 are two changes."""
    value = stretch(10.0)
    value[60:] *= 10 / 10.197
    assert found(value) == [(40, 59, 10.0)]
    value = stretch(10.0)
    value[60:] *= 10 / 14.223
    assert found(value) == [(40, 99, 10.0), (60, 99, pytest.approx(1 / 14.223))]
    twice = stretch(10.0, 40, 99)
    twice[60:] *= 10.0
    assert found(twice)[0] == (40, 99, 10.0), "the same way again is no way back"


def test_what_lies_inside_a_stretch_that_is_undone_is_no_stretch_of_its_own() -> None:
    value = stretch(10.0, 40, 79)
    value[50:60] *= 14.223
    assert found(value) == [(40, 79, 10.0)]


# ---- temperatures ------------------------------------------------------------------------------------------


def celsius(value: np.ndarray | float) -> np.ndarray:
    return np.asarray(value) + 273.15


def fahrenheit(value: np.ndarray | float) -> np.ndarray:
    """What °F called °C makes of a temperature."""
    return celsius(1.8 * np.asarray(value) + 32)


@given(st.floats(-40.0, 250.0))
def test_fahrenheit_is_put_right_as_its_definition_has_it(degrees: float) -> None:
    assert FAHRENHEIT.right(fahrenheit(degrees)) == pytest.approx(celsius(degrees), abs=1e-9)


@pytest.mark.parametrize("first", [0, 40])
def test_a_stretch_of_fahrenheit_between_or_before_celsius_is_put_right(first: int) -> None:
    value = celsius(np.full(100, 80.0))
    value[first : first + 20] = fahrenheit(80.0)
    [one] = stretches(value, "temperature", (273.15, 273.15 + 150.0))
    assert one.places.tolist() == list(range(first, first + 20))
    assert one.right(value[one.places]) == pytest.approx(celsius(np.full(20, 80.0)), abs=1e-9)


def test_celsius_in_a_record_of_fahrenheit_is_put_on_its_scale() -> None:
    value = fahrenheit(np.full(100, 80.0))
    value[40:60] = celsius(80.0)
    [one] = stretches(value, "temperature")
    assert one.right(value[one.places]) == pytest.approx(fahrenheit(np.full(20, 80.0)), abs=1e-9)


@pytest.mark.parametrize(("degrees", "leaps"), [(-9.0, False), (-8.5, True)])
def test_a_leap_of_a_temperature_is_over_twenty_five_kelvin(degrees: float, leaps: bool) -> None:
    value = celsius(np.full(100, degrees))
    value[60:] = fahrenheit(degrees)
    assert bool(stretches(value, "temperature")) is leaps
    assert bool(stretches(value[::-1], "temperature")) is leaps


@pytest.mark.parametrize(("off_k", "is_unit"), [(-1.51, False), (-1.49, True), (1.49, True), (1.51, False)])
def test_it_misses_the_other_scale_by_a_kelvin_and_a_half_at_most(off_k: float, is_unit: bool) -> None:
    value = celsius(np.full(100, 80.0))
    value[60:] = fahrenheit(80.0 + off_k)
    assert bool(stretches(value, "temperature")) is is_unit
    assert bool(stretches(value[::-1], "temperature")) is is_unit


def test_a_stretch_of_nothing_turned_is_what_it_was() -> None:
    written = np.array([1.0, 2.0])
    assert Stretch(np.arange(2), 2.0, 1.0).right(written).tolist() == [0.0, 0.5]
