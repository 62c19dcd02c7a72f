"""What a register of sixteen bits makes of a value below zero, found at each of its limits; no fillers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.quality.counters import rolled_over


def as_written(true: np.ndarray, digits: int) -> np.ndarray:
    """What a recorder shows that keeps whole 10^−d in sixteen bits and forgets the sign."""
    return np.round(true * 10**digits).astype(np.int64).astype(np.uint16) / 10**digits


def places(shown: np.ndarray, lowest: float = -40.0, highest: float = 100.0) -> list[int] | None:
    found = rolled_over(shown, lowest, highest)
    return None if found is None else found.places.tolist()


@given(
    below=st.lists(st.floats(-2.9, -0.01), min_size=3, max_size=8, unique=True),
    above=st.lists(st.floats(0.01, 29.0), min_size=1, max_size=8),
    digits=st.sampled_from([2, 3]),
)
def test_what_is_put_right_is_what_was_measured(below: list[float], above: list[float], digits: int) -> None:
    """Against sixteen bits themselves."""
    true = np.round(np.r_[below, above, 12.345], digits)
    shown = as_written(true, digits)
    out = np.flatnonzero(true < 0)
    found = rolled_over(shown, -3.0, 30.0)
    if len(out) < 3 or len(np.unique(true[out])) < 2:
        assert found is None
        return
    assert found is not None
    assert found.step == 65_536 / 10**digits
    assert found.places.tolist() == out.tolist()
    assert shown[found.places] - found.step == pytest.approx(true[out], abs=1e-9)


@pytest.mark.parametrize("digits", [0, 1, 2, 3])
def test_the_step_is_that_of_the_decimals_of_the_column(digits: int) -> None:
    shown = as_written(np.array([7.0, 3 * 10.0**-digits, -1.0, -2.0, -3.0]), digits)
    found = rolled_over(shown, -5.0, 10.0)
    assert found is not None
    assert (found.step, found.places.tolist()) == (65_536 / 10**digits, [2, 3, 4])


def test_four_decimals_are_no_registers() -> None:
    assert places(np.array([0.0001, 0.0002, 6.5535, 6.5533, 6.5531]), -1.0, 1.0) is None


def test_three_values_are_the_least_and_one_value_alone_is_a_filler() -> None:
    good = [3.0, 4.0]
    assert places(np.array([*good, 65_530.0, 65_531.0, 65_530.0])) == [2, 3, 4]
    assert places(np.array([*good, 65_530.0, 65_531.0])) is None
    assert places(np.array([*good, 65_530.0, 65_530.0, 65_530.0])) is None


def test_a_column_that_is_beyond_its_range_whole_is_of_another_unit() -> None:
    assert places(np.array([65_530.0, 65_531.0, 65_532.0])) is None
    assert places(np.array([np.nan, 65_530.0, 65_531.0, 65_532.0])) is None
    assert places(np.array([5.0, np.nan, 65_530.0, 65_531.0, 65_532.0])) == [2, 3, 4]


def test_what_stands_at_the_end_of_the_range_is_not_beyond_it() -> None:
    assert places(np.array([100.0, 100.0, 65_530.0, 65_531.0, 65_532.0])) == [2, 3, 4]


def test_put_right_it_is_below_zero_and_a_fiftieth_of_the_range_under_its_end_at_most() -> None:
    """From 0 to 100: −2 is a gauge's zero, −3 and 0 are not what a register makes."""
    most = [65_535.0] * 9
    assert places(np.array([5.0, *most, 65_534.0]), 0.0) == list(range(1, 11))
    assert places(np.array([5.0, *most, 65_533.0]), 0.0) == list(range(1, 10))
    assert places(np.array([5.0, *most, 65_536.0]), 0.0) == list(range(1, 10))


@pytest.mark.parametrize(("under", "fits"), [(-42.0, True), (-43.0, False)])
def test_the_fiftieth_is_of_the_range_from_end_to_end(under: float, fits: bool) -> None:
    """From −40 to 60: a hundred, and two under the end."""
    shown = np.array([5.0, *[65_535.0] * 9, 65_536.0 + under])
    assert places(shown, -40.0, 60.0) == list(range(1, 11 if fits else 10))


def test_nine_of_ten_must_come_into_the_range() -> None:
    fits, off = [65_535.0, 65_534.0, 65_533.0] * 3, [30_000.0]
    assert places(np.array([5.0, *fits, *off])) == list(range(1, 10))
    assert places(np.array([5.0, *fits[1:], *off])) is None


def test_nine_of_ten_of_the_column_tell_its_decimals() -> None:
    """One of ten between whole numbers is a slip; two are tenths, whose register is ten times smaller."""
    whole = [1.0] * 6 + [65_530.0, 65_531.0, 65_532.0]
    assert places(np.array([*whole, 0.5])) == [6, 7, 8]
    assert places(np.array([*whole[1:], 0.5, 0.5])) is None


@pytest.mark.parametrize(("off", "is_whole"), [(0.019, True), (0.02, False), (-0.019, True), (-0.021, False)])
def test_whole_is_what_misses_a_whole_number_by_less_than_a_fiftieth(off: float, is_whole: bool) -> None:
    """What has two decimals has a register of 655.36 and none of these values in it."""
    shown = np.array([off] * 5 + [65_530.0, 65_531.0, 65_532.0])
    assert places(shown) == ([5, 6, 7] if is_whole else None)
