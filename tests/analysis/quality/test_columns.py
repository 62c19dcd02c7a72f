"""What is wrong with a whole column is told where nine values of ten say so, and not before."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.analysis.quality.columns import (
    PAIRS,
    ColumnFault,
    Exchanged,
    Pair,
    column_fault,
    exchanged,
    wrong_way_round,
)
from app.core.units import Unit
from app.models.readings import Quality
from app.models.sensors.spec import Sensor

PSI, PA, MPA = Unit("psi", "psi", 6894.757), Unit("Па", "Pa", 1.0), Unit("МПа", "MPa", 1e6)
UNITS = [PSI, PA, MPA]
GAUGE = Sensor("intake_pressure", 1, "Приём", "Intake", "pressure", 0.0, 6e7, "esp")


def found(
    value: list[float], marked: int, mark: Quality = Quality.RANGE, given: Unit | None = PSI
) -> ColumnFault | None:
    marks = np.zeros(len(value), np.uint8)
    marks[:marked] = np.uint8(mark | Quality.SPIKE)
    return column_fault(GAUGE, np.array(value), marks, given, UNITS)


@pytest.mark.parametrize(
    ("mark", "code"), [(Quality.SENTINEL, "column_silent"), (Quality.FROZEN, "column_frozen")]
)
def test_nine_of_ten_are_the_column_and_eight_are_cells(mark: Quality, code: str) -> None:
    value = [1e6, 3e6, 2e6, 5e6, 4e6, 6e6, 7e6, 8e6, 9e6, 10e6]
    assert found(value, 9, mark) == ColumnFault(code, 10, 5.5e6)
    assert found(value, 8, mark) is None


def test_nine_values_say_nothing_and_what_is_unknown_is_none_of_them() -> None:
    assert found([1e6] * 9, 9, Quality.FROZEN) is None
    assert found([1e6] * 9 + [math.nan], 10, Quality.FROZEN) is None
    assert found([1e6] * 10 + [math.nan], 11, Quality.FROZEN) == ColumnFault("column_frozen", 10, 1e6)


def test_a_silent_column_is_not_called_frozen_and_a_frozen_one_not_of_a_wrong_unit() -> None:
    value = np.full(10, 1e12)
    for mark, code in (
        (Quality.SENTINEL | Quality.FROZEN | Quality.RANGE, "column_silent"),
        (Quality.FROZEN | Quality.RANGE, "column_frozen"),
    ):
        fault = column_fault(GAUGE, value, np.full(10, mark, np.uint8), PSI, UNITS)
        assert fault is not None
        assert fault.code == code


def test_units_that_bring_the_same_numbers_into_the_range_are_offered_in_their_order() -> None:
    assert found([7e6 * PSI.factor] * 10, 10) == ColumnFault("column_unit", 10, 7e6 * PSI.factor, ("Pa",))
    assert found([20.0 * 1e6 * PSI.factor] * 10, 10, given=None) == ColumnFault(
        "column_range", 10, 20.0 * 1e6 * PSI.factor
    )


def test_without_a_unit_the_numbers_are_taken_as_they_stand() -> None:
    assert found([-1.0] * 10, 10, given=None) == ColumnFault("column_range", 10, -1.0)
    assert found([30.0] * 10, 10, given=None) == ColumnFault("column_unit", 10, 30.0, ("psi", "Pa", "MPa"))


def test_the_unit_that_the_file_names_is_not_offered_again() -> None:
    assert found([30.0 * PSI.factor] * 10, 10) == ColumnFault(
        "column_unit", 10, 30.0 * PSI.factor, ("Pa", "MPa")
    )


def test_a_unit_fits_when_nine_of_ten_lie_in_the_range_its_ends_included() -> None:
    ends = [0.0, 6e7] * 5
    assert found([one * PSI.factor for one in ends], 10).fits == ("Pa",)  # type: ignore[union-attr]
    one_off = [-5.0, *[6e7] * 9]
    assert found([one * PSI.factor for one in one_off], 10).fits == ("Pa",)  # type: ignore[union-attr]
    two_off = [-5.0, -5.0, *[6e7] * 8]
    assert found([one * PSI.factor for one in two_off], 10).code == "column_range"  # type: ignore[union-attr]


@pytest.mark.parametrize(("count", "told"), [(10, True), (9, False)])
def test_ten_moments_the_wrong_way_round_are_columns_exchanged_and_told_from_the_first_to_the_last(
    count: int, told: bool
) -> None:
    """An intake of 16 MPa under a discharge of 5 from the seventh moment on, every other one."""
    at = np.arange(40, dtype=np.int64) * 600_000_000
    intake, discharge = np.full(40, 5e6), np.full(40, 16e6)
    wrong = 7 + 2 * np.arange(count)
    intake[wrong], discharge[wrong] = 16e6, 5e6
    found = exchanged(at, intake, at, discharge)
    assert found == (Exchanged(10, 7 * 600_000_000, 25 * 600_000_000) if told else None)


@pytest.mark.parametrize(("usual_k", "is_told"), [(380.0, False), (380.1, True)])
def test_a_temperature_at_its_limit_is_too_high_as_a_whole_only_above_nine_tenths_of_its_range(
    usual_k: float, is_told: bool
) -> None:
    motor = Sensor("motor_temperature", 1, "Мотор", "Motor", "temperature", 200.0, 400.0, "esp")
    value = np.array([usual_k] * 9 + [410.0] * 2)
    marks = np.where(value > 400.0, np.uint8(Quality.RANGE), np.uint8(0))
    assert (column_fault(motor, value, marks, None, []) is not None) is is_told
    below = np.where(value > 400.0, 190.0, value)
    assert column_fault(motor, below, marks, None, []) is None, "what is too low is no limit gone over"


def wrong(lower: list[float], higher: list[float], pair: Pair = PAIRS[0]) -> list[int]:
    """Places of the lower one that stand the wrong way round."""
    at = np.arange(len(lower), dtype=np.int64)
    return wrong_way_round(at, np.array(lower), at, np.array(higher), pair)[0].tolist()


def test_gauges_of_one_well_may_differ_by_a_share_and_a_step_and_no_more() -> None:
    """Of two pressures a twentieth and a bar, of two temperatures five kelvin."""
    assert wrong([10.6e6, 10.6e6 + 0.5], [10e6, 10e6]) == [1]
    assert wrong([0.1e6, 0.1e6 + 0.5], [0.0, 0.0]) == [1]
    assert wrong([385.0, 385.5], [380.0, 380.0], PAIRS[1]) == [1]


@pytest.mark.parametrize(("apart", "told"), [(5.9e6, False), (6.0e6, True)])
def test_what_changed_places_is_six_tenths_as_far_apart_as_elsewhere(apart: float, told: bool) -> None:
    lower, higher = [5e6] * 12 + [15e6] * 3, [15e6] * 12 + [15e6 - apart] * 3
    assert wrong(lower, higher) == ([12, 13, 14] if told else [])


def test_moments_at_which_both_stand_alike_say_nothing_of_how_far_they_are_apart() -> None:
    """A motor that drifted over its neighbour by 10 K where it is 30 K over it; as often both were one."""
    lower, higher = [350.0] * 12 + [380.0] * 12 + [390.0], [380.0] * 25
    assert wrong(lower, higher, PAIRS[1]) == []


@pytest.mark.parametrize(("right", "told"), [(9, True), (10, False)])
def test_fewer_than_ten_that_stand_right_do_not_tell_how_far_they_are_apart(right: int, told: bool) -> None:
    assert bool(wrong([350.0] * right + [390.0], [380.0] * (right + 1), PAIRS[1])) is told
