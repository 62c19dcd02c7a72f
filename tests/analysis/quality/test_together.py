"""What several columns show together: copies, and records that stood still, each at its limit."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.quality.together import Copied, copied, stood_still_together

Rows = tuple[np.ndarray, np.ndarray]


def rows(value: np.ndarray, first: int = 0) -> Rows:
    return np.arange(first, first + len(value), dtype=np.int64), value


# ---- copies ------------------------------------------------------------------------------------------------


def twins(value: np.ndarray, one: str = "motor_current_a", other: str = "motor_current_b") -> list[Copied]:
    return copied({other: rows(value.copy()), one: rows(value.copy())})


def wave(n: int) -> np.ndarray:
    return 30 + np.sin(np.arange(float(n)))


def test_the_first_of_a_pair_is_the_one_that_the_list_of_sensors_has_first() -> None:
    assert twins(wave(150)) == [Copied("motor_current_a", "motor_current_b", 150)]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("intake_pressure", "discharge_pressure", True),
        ("intake_temperature", "motor_temperature", True),
        ("liquid_rate", "gas_rate", False),
        ("voltage", "motor_current", False),
        ("wellhead_pressure", "intake_pressure", False),
    ],
)
def test_only_two_gauges_of_one_kind_cannot_agree(one: str, other: str, told: bool) -> None:
    assert bool(twins(wave(150), one, other)) is told


def test_a_column_of_no_sensor_is_not_asked_of() -> None:
    assert not copied({"nobody": rows(wave(150)), "motor_current": rows(wave(150))})


@pytest.mark.parametrize(("common", "told"), [(99, False), (100, True)])
def test_a_hundred_values_of_both_are_the_least_and_zeros_and_gaps_are_none(common: int, told: bool) -> None:
    left, right = wave(common + 6), wave(common + 6)
    left[[0, 9]] = (0.0, np.nan)
    right[[20, 41]] = (0.0, np.nan)
    left[60] = right[60] = 0.0
    left[61] = right[61] = np.nan
    found = copied({"motor_current_a": rows(left), "motor_current_b": rows(right)})
    assert found == ([Copied("motor_current_a", "motor_current_b", common)] if told else [])


@pytest.mark.parametrize(("changes", "told"), [(19, False), (20, True)])
def test_twenty_changes_are_the_least(changes: int, told: bool) -> None:
    value = np.full(200, 30.0)
    value[1 : changes + 1] += np.arange(1.0, changes + 1)
    value[changes:] = value[changes]
    assert bool(twins(value)) is told


@pytest.mark.parametrize(("other", "between"), [(1, None), (2, (2, 999))])
def test_one_of_a_thousand_may_be_another(other: int, between: tuple[int, int] | None) -> None:
    left, right = wave(1000), wave(1000)
    right[:other] += 0.001
    [found] = copied({"motor_current_a": rows(left), "motor_current_b": rows(right)})
    assert found.between_us == between


@pytest.mark.parametrize(("alike", "told"), [(99, False), (100, True)])
def test_a_hundred_in_a_row_are_a_copy_for_a_time(alike: int, told: bool) -> None:
    """Phases that tell their mean from some day on, a discharge that tells the intake."""
    left, right = wave(1000), wave(1000) * 1.03
    right[300 : 300 + alike] = left[300 : 300 + alike]
    found = copied({"motor_current_a": rows(left), "motor_current_b": rows(right)})
    assert found == ([Copied("motor_current_a", "motor_current_b", 100, (300, 399))] if told else [])


def test_phases_in_whole_amperes_that_agree_for_days_are_no_copy() -> None:
    left = np.round(wave(1000))
    right = left.copy()
    right[::300] += 1
    assert not copied({"motor_current_a": rows(left), "motor_current_b": rows(right)})


def test_columns_of_other_clocks_are_compared_at_the_moments_they_share() -> None:
    long = wave(400)
    series = {"motor_current_a": rows(long[:300]), "motor_current_b": rows(long[120:], 120)}
    assert copied(series) == [Copied("motor_current_a", "motor_current_b", 180)]
    series["motor_current_b"] = rows(long[120:], 121)
    assert not copied(series)


# ---- a record that stood still -----------------------------------------------------------------------------

KEYS = ("intake_pressure", "motor_temperature", "wellhead_pressure")


def rough(n: int = 100) -> dict[str, np.ndarray]:
    return {key: 5 + np.sin(np.arange(n) * (k + 1.0)) for k, key in enumerate(KEYS)}


def still(values: dict[str, np.ndarray], first: int, count: int) -> dict[str, np.ndarray]:
    """`count` samples that repeat the one before `first`; the very first is no repetition."""
    for value in values.values():
        value[first : first + count] = value[max(first - 1, 0)]
    return values


def stood(values: dict[str, np.ndarray], steady: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    return stood_still_together({key: rows(value) for key, value in values.items()}, steady)


@pytest.mark.parametrize(("count", "told"), [(5, []), (6, [(20, 25)])])
def test_six_repeated_samples_are_the_least(count: int, told: list[tuple[int, int]]) -> None:
    assert stood(still(rough(), 20, count)) == told


def test_a_record_may_stand_from_its_first_sample_and_to_its_last() -> None:
    values = still(still(rough(), 0, 10), 93, 7)
    assert stood(values) == [(1, 9), (93, 99)]


def test_two_gauges_are_too_few_and_one_that_moves_says_that_the_link_was_there() -> None:
    values = still(rough(), 20, 10)
    assert not stood({key: values[key] for key in KEYS[:2]})
    moving = values | {"motor_current": wave(100)}
    assert not stood(moving)
    assert stood(moving, frozenset({"motor_current"})) == [(20, 29)]
    assert not stood(values, frozenset({KEYS[0]}))
    assert stood_still_together({}, frozenset()) == []


def test_zeros_are_a_stopped_well_and_no_link_that_is_down() -> None:
    values = rough()
    for value in values.values():
        value[20:30] = 0.0
    assert not stood(values)


@pytest.mark.parametrize(("count", "told"), [(30, True), (31, False)])
def test_a_gauge_that_repeats_itself_in_over_three_of_ten_says_nothing(count: int, told: bool) -> None:
    assert bool(stood(still(rough(), 40, count))) is told


def test_a_coarse_gauge_beside_three_fine_ones_is_not_asked() -> None:
    coarse = {"motor_current": np.repeat(np.arange(1.0, 51.0), 2)}
    assert stood(still(rough(), 20, 10) | coarse) == [(20, 29)]


@pytest.mark.parametrize(("length", "asked"), [(6, False), (7, True)])
def test_a_gauge_of_six_rows_is_too_short_to_speak(length: int, asked: bool) -> None:
    series = {key: rows(value) for key, value in still(rough(), 20, 16).items()}
    series["motor_current"] = rows(wave(length), 28)
    before, after = (20, 27), (28 + length, 35)
    assert stood_still_together(series, frozenset()) == ([before] if asked else [(20, 35)])
    assert after[1] - after[0] + 1 < 6 or not asked


def test_rows_off_the_longest_clock_are_passed_over() -> None:
    values = still(rough(), 20, 10)
    series = {key: rows(value) for key, value in values.items()}
    series["motor_current"] = (np.arange(30, dtype=np.int64) * 11 + 5, wave(30))  # beyond its end too
    late = series["motor_current"][0]
    on_it = late[(late >= 20) & (late < 30)].tolist()
    assert on_it == [27]
    assert stood_still_together(series, frozenset()) == [(20, 26)]
    series["motor_current"] = (np.arange(30, dtype=np.int64) + 1_000, wave(30))
    assert stood_still_together(series, frozenset()) == [(20, 29)]
