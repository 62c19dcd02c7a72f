"""Marks on samples: each rule at its own limit, in records made so that only that rule can speak."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.quality.marks import (
    NO_SIGNAL_K,
    SENTINELS,
    STEADY,
    STILL_H,
    frozen,
    quality_of,
    spikes,
    stood_still,
)
from app.analysis.quality.scales import UNIT_FACTORS, stretches
from app.models.readings import Quality
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor
from tests.proofs import examples

PLAIN = Sensor("plain", 250, "", "", "temperature", 0.0, 100.0, "g", zero_is_valid=True)
NO_ZERO = Sensor("no_zero", 251, "", "", "temperature", 10.0, 100.0, "g", zero_is_valid=False)
ZERO_OUTSIDE = Sensor("zero", 252, "", "", "temperature", 10.0, 100.0, "g", zero_is_valid=True)


def wave(n: int = 60, middle: float = 50.0) -> np.ndarray:
    return middle + np.sin(np.arange(n) * 1.3)


def marks(value: np.ndarray, sensor: Sensor = PLAIN, shown: np.ndarray | None = None) -> np.ndarray:
    return quality_of(sensor, np.arange(len(value)) * 60_000_000, value, shown)


def test_a_good_record_has_no_marks_and_an_empty_one_none_to_have() -> None:
    assert not marks(wave()).any()
    empty = marks(np.zeros(0))
    assert (len(empty), empty.dtype) == (0, np.uint8)


@pytest.mark.parametrize("nothing", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_missing_and_nothing_else(nothing: float) -> None:
    value = wave()
    value[7] = nothing
    found = marks(value)
    assert found[7] == Quality.MISSING
    assert np.flatnonzero(found).tolist() == [7]


@pytest.mark.parametrize("filler", SENTINELS.tolist())
def test_each_filler_is_known_by_what_the_file_showed(filler: float) -> None:
    value, shown = wave(), wave()
    shown[7] = filler
    found = marks(value, shown=shown)
    assert found[7] == Quality.SENTINEL
    assert np.flatnonzero(found).tolist() == [7]


def test_fillers_are_those_that_programs_and_controllers_write() -> None:
    """LAS's, NetCDF's, all bits of a 16-bit register, a gauge without a signal, and those of spreadsheets."""
    assert {-999.0, -999.25, -9999.0, -9999.25, -99999.0, 9999.0, 65535.0, 32767.0, -32768.0, 1e30} < {
        round(float(one), 2) if abs(one) < 1e6 else float(f"{one:.6g}") for one in SENTINELS
    }


def test_a_downhole_temperature_without_a_signal_keeps_its_other_marks() -> None:
    value = np.full(40, 350.0) + np.sin(np.arange(40))
    value[7] = NO_SIGNAL_K
    found = quality_of(SENSORS["intake_temperature"], np.arange(40) * 60_000_000, value)
    assert found[7] & Quality.SENTINEL


def test_without_the_files_own_values_fillers_are_looked_for_in_the_values() -> None:
    value = wave()
    value[7] = 9999.0
    assert marks(value)[7] == Quality.SENTINEL | Quality.RANGE
    assert marks(value, shown=wave())[7] == Quality.RANGE


def test_the_range_holds_both_its_ends() -> None:
    value = np.tile([0.0, 100.0, -0.001, 100.001], 10)
    found = marks(value)
    assert not (found[0::4] & Quality.RANGE).any()
    assert not (found[1::4] & Quality.RANGE).any()
    assert (found[2::4] & Quality.RANGE).all()
    assert (found[3::4] & Quality.RANGE).all()


def test_zero_is_a_reading_only_where_the_sensor_may_stand_at_it() -> None:
    value = np.r_[wave(30), np.zeros(30)]
    assert not (marks(value, ZERO_OUTSIDE) & Quality.RANGE).any()
    assert (marks(value, NO_ZERO)[30:] == Quality.SENTINEL).all(), "a zero that cannot be is silence"
    value[40] = 5.0
    assert marks(value, ZERO_OUTSIDE)[40] & Quality.RANGE


def test_only_pressures_are_asked_for_another_unit() -> None:
    value = 6e6 + 1e3 * np.sin(np.arange(100.0))
    value[40:60] /= 10.0
    assert (marks(value, SENSORS["intake_pressure"])[40:60] & Quality.UNIT_SUSPECT).all()
    wide = Sensor("t", 249, "", "", "temperature", 0.0, 1e9, "g")
    assert not (marks(value, wide) & Quality.UNIT_SUSPECT).any()


def test_at_the_surface_a_jump_of_seven_is_a_valve_and_of_ten_a_unit() -> None:
    surface = SENSORS["wellhead_pressure"]
    for factor, suspect in ((6.8948, False), (10.0, True)):
        value = 0.9e6 + 1e2 * np.sin(np.arange(100.0))
        value[40:60] *= factor
        assert bool((marks(value, surface) & Quality.UNIT_SUSPECT).any()) is suspect


def test_a_spike_among_marked_samples_is_judged_by_the_good_ones() -> None:
    value = wave()
    value[29] = value[31] = np.nan
    value[30] = 90.0
    found = marks(value)
    assert found[30] == Quality.SPIKE


@pytest.mark.parametrize("key", sorted(STEADY))
def test_what_stands_still_by_nature_is_never_frozen(key: str) -> None:
    sensor = SENSORS[key]
    value = np.full(400, (sensor.minimum + sensor.maximum) / 2)
    value[:60] += 1e-3 * (sensor.maximum - sensor.minimum) * np.sin(np.arange(60.0))
    assert not (marks(value, sensor) & Quality.FROZEN).any()


@pytest.mark.parametrize(
    ("celsius", "shown", "is_frozen"),
    [
        (68.0, None, False),
        (68.3, None, True),
        (68.3, 155.0, False),
        (68.0, 154.4, True),
        (68.0, np.nan, False),
    ],
)
def test_a_temperature_told_in_whole_degrees_may_stand_for_a_day_and_a_finer_one_may_not(
    celsius: float, shown: float | None, is_frozen: bool
) -> None:
    """`shown` is what the file has, in degrees of its own."""
    value, hours = np.full(200, NO_SIGNAL_K + celsius), np.linspace(0, 24, 200)
    written = None if shown is None else np.full(200, shown)
    time_us = (hours * 3.6e9).astype(np.int64)
    found = quality_of(SENSORS["intake_temperature"], time_us, value, written)
    assert bool((found & Quality.FROZEN).any()) is is_frozen


def test_a_frozen_sample_that_is_marked_already_gets_no_second_mark() -> None:
    value = np.r_[wave(300), np.full(200, 150.0)]
    found = marks(value)
    assert (found[300:] & Quality.RANGE).all()
    assert not (found & Quality.FROZEN).any()
    value[300:] = 60.0
    assert (marks(value)[301:] == Quality.FROZEN).all()


# ---- another unit ------------------------------------------------------------------------------------------


def another_unit(value: np.ndarray, quantity: str = "pressure") -> np.ndarray:
    result = np.zeros(len(value), bool)
    for stretch in stretches(value, quantity):
        result[stretch.places] = True
    return result


def pressure(n: int = 100) -> np.ndarray:
    return 6e6 + 1e3 * np.sin(np.arange(n) * 1.7)


@pytest.mark.parametrize("factor", UNIT_FACTORS.tolist())
@pytest.mark.parametrize("up", [True, False])
def test_a_stretch_is_suspect_by_each_factor_up_and_down(factor: float, up: bool) -> None:
    value = pressure()
    value[40:60] *= factor if up else 1 / factor
    assert np.flatnonzero(another_unit(value)).tolist() == list(range(40, 60))


@pytest.mark.parametrize(("factor", "suspect"), [(10.3, True), (11.0, False), (6.0, False), (13.0, False)])
def test_only_the_factor_of_two_units_is_one(factor: float, suspect: bool) -> None:
    value = pressure()
    value[40:60] *= factor
    assert bool(another_unit(value).any()) is suspect


@pytest.mark.parametrize(("length", "suspect"), [(9, False), (10, True), (50, True), (51, False)])
def test_a_stretch_is_ten_samples_at_least_and_half_the_record_at_most(length: int, suspect: bool) -> None:
    value = pressure()
    value[30 : 30 + length] *= 10.0
    assert int(another_unit(value).sum()) == (length if suspect else 0)


def test_a_stretch_may_reach_to_the_end_but_not_past_the_half() -> None:
    value = pressure()
    value[70:] *= 10.0
    assert np.flatnonzero(another_unit(value)).tolist() == list(range(70, 100))
    value = pressure()
    value[30:] *= 10.0
    assert np.flatnonzero(another_unit(value)).tolist() == list(range(30, 100)), "what came after a leap"


def test_two_stretches_are_both_found() -> None:
    value = pressure(200)
    value[20:40] *= 10.0
    value[120:150] /= 14.504
    assert np.flatnonzero(another_unit(value)).tolist() == [*range(20, 40), *range(120, 150)]


def test_a_jump_by_another_factor_is_not_the_way_back() -> None:
    """Tenfold, then back by 6.9 only: two changes of unit, and one after the other they lead back."""
    value = pressure(200)
    value[40:] *= 10.0
    value[60:] /= 6.8948
    assert np.flatnonzero(another_unit(value)).tolist() == list(range(40, 200))
    for stretch in stretches(value, "pressure"):
        value[stretch.places] = stretch.right(value[stretch.places])
    assert value == pytest.approx(pressure(200), rel=1e-6)


def test_a_temperature_that_leaps_to_fahrenheit_is_suspect_and_one_that_a_start_heats_is_not() -> None:
    celsius = 95 + 3 * np.sin(np.arange(100) / 9)
    turned = celsius.copy()
    turned[40:] = 1.8 * celsius[40:] + 32
    [stretch] = stretches(turned + 273.15, "temperature")
    assert stretch.places.tolist() == list(range(40, 100))
    assert stretch.right(turned[40:] + 273.15) == pytest.approx(celsius[40:] + 273.15, abs=1e-6)
    heated = np.r_[np.full(50, 70.0), np.full(50, 98.0)] + 273.15
    assert not stretches(heated, "temperature")


@pytest.mark.parametrize("factor", [10.0, 0.1, 100.0])
def test_a_current_whose_decimal_point_moves_is_suspect_and_one_that_starts_is_not(factor: float) -> None:
    ampere = 25 + 0.1 * np.sin(np.arange(100.0))
    moved = np.r_[ampere[:60], factor * ampere[60:]]
    places = [one.places.tolist() for one in stretches(moved, "current", (0.0, 300.0))]
    assert places == ([list(range(60, 100))] if factor != 0.1 else [])  # under 3 A no motor runs
    started = np.r_[np.full(40, 0.25), ampere[40:]]
    assert not stretches(started, "current", (0.0, 300.0))


def test_the_last_digit_of_a_gauge_near_zero_is_no_unit() -> None:
    value = np.where(np.arange(100) < 50, 0.01e6, 0.1e6)
    assert not stretches(value, "surface_pressure")


def test_of_a_leap_that_is_not_undone_the_side_beyond_the_limits_is_the_suspect_one() -> None:
    value = pressure()
    value[:30] *= 10.197
    [stretch] = stretches(value, "pressure", (0.1e6, 40e6))
    assert stretch.places.tolist() == list(range(30))
    assert stretch.right(value[:30]) == pytest.approx(pressure()[:30])


def test_a_gauge_of_whole_steps_that_stands_still_is_quiet() -> None:
    runs = np.r_[np.full(25, 2), np.random.default_rng(4).integers(80, 160, 15)]
    quiet = np.repeat(np.where(np.arange(40) % 2, 36.0, 37.0), runs)
    assert not frozen(quiet).any()
    assert not frozen(np.r_[quiet, np.full(600, 36.0), 37.0]).any()
    fine = quiet + 0.01 * np.random.default_rng(5).normal(0, 1, len(quiet))
    assert int(frozen(np.r_[fine, np.full(600, 36.0), 37.0]).sum()) == 599


@pytest.mark.parametrize(("second", "told"), [(200, True), (201, False)])
def test_runs_of_all_lengths_are_those_of_which_two_are_over_ten_times_the_usual(
    second: int, told: bool
) -> None:
    """Whole amperes that usually stand for twenty samples."""
    steps = np.where(np.arange(41) % 2, 36.0, 37.0)
    runs = np.r_[np.full(20, 20), second, np.full(19, 20), 600]
    assert int(frozen(np.repeat(steps, runs)).sum()) == ((second - 1) + 599 if told else 0)


def test_fewer_than_twenty_known_samples_tell_nothing() -> None:
    value = pressure(30)
    value[8:19] *= 10.0
    assert another_unit(value).any()
    value[19:] = np.nan
    assert not another_unit(value).any()


def test_gaps_and_zeros_in_a_stretch_are_passed_over() -> None:
    value = pressure()
    value[40:60] *= 10.0
    value[[45, 46, 50]] = (np.nan, 0.0, -1.0)
    assert np.flatnonzero(another_unit(value)).tolist() == [i for i in range(40, 60) if i not in (45, 46, 50)]


# ---- spikes ------------------------------------------------------------------------------------------------


@given(scale=st.floats(1e-3, 1e3), offset=st.floats(-1e3, 1e3))
@settings(max_examples=examples(20))
def test_spikes_do_not_depend_on_the_unit_nor_on_where_zero_is(scale: float, offset: float) -> None:
    value = wave()
    value[20] += 40
    assert np.flatnonzero(spikes(scale * value + offset)).tolist() == [20]


def test_a_spike_goes_down_as_well_as_up() -> None:
    value = wave()
    value[20] -= 40
    assert np.flatnonzero(spikes(value)).tolist() == [20]


def test_a_step_that_stays_and_two_spoiled_ones_in_a_row_are_no_spikes() -> None:
    step = np.r_[wave(30), wave(30, 90.0)]
    assert not spikes(step).any()
    two = wave()
    two[20:22] += 40
    assert not spikes(two).any()


def test_the_way_back_must_be_about_the_way_there() -> None:
    value = np.where(np.arange(40) % 2, 1.0, 0.0)
    value[20:] += 100.0
    value[19] = 300.0
    assert spikes(value)[19] == np.True_
    value[19] = 240.0  # there 240, back 140: a step with an overshoot
    assert spikes(value)[19] == np.True_
    value[19] = 190.0  # there 190, back 90: under half
    assert not spikes(value).any()


@pytest.mark.parametrize(("back", "spike"), [(190.0, True), (202.0, False)])
def test_the_way_there_must_be_half_of_a_longer_way_back(back: float, spike: bool) -> None:
    value = np.where(np.arange(40) % 2, 1.0, 0.0)
    value[19:] += 100.0
    value[20:] -= back
    assert spikes(value)[19] == np.bool_(spike)


def test_ten_samples_are_the_least_and_a_still_sensor_has_none() -> None:
    value = np.array([0.0, 1, 0, 1, 0, 90, 0, 1, 0, 1])
    assert np.flatnonzero(spikes(value)).tolist() == [5]
    assert not spikes(value[:9]).any()
    assert not spikes(np.full(50, 3.0)).any()


def test_a_jump_within_twelve_usual_steps_is_no_spike() -> None:
    value = np.where(np.arange(60) % 2, 1.0, 0.0)
    for height, spike in ((11.5, False), (14.5, True)):
        jumped = value.copy()
        jumped[30] = height
        assert bool(spikes(jumped).any()) is spike


def test_where_a_sensor_is_rough_for_a_while_a_jump_must_stand_out_of_that() -> None:
    calm = np.where(np.arange(960) % 2, 1.0, 0.0)
    rough = calm.copy()
    rough[360:600] *= 20
    calm[481 - 1] = rough[481 - 1] = 60.0
    assert np.flatnonzero(spikes(calm)).tolist() == [480]
    assert not spikes(rough).any()


def test_a_spike_stands_out_of_its_surroundings_both_there_and_back() -> None:
    """Where steps of 20 are usual one of 240 is none: there 250, back 239, of which one alone is over it."""
    value = np.where(np.arange(960) % 2, 1.0, 0.0)
    value[360:600] *= 20
    value[480], value[481] = value[479] + 250.0, value[479] + 11.0
    assert not spikes(value).any()
    value[481] = value[479] + 9.0
    assert np.flatnonzero(spikes(value)).tolist() == [480]
    value[480], value[481] = value[479] + 239.0, value[479] - 11.0
    assert not spikes(value).any()


# ---- frozen ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("run", "stuck"), [(120, 0), (121, 120), (200, 199)])
def test_a_run_over_120_samples_is_frozen_but_for_its_first(run: int, stuck: int) -> None:
    value = np.r_[wave(200), np.full(run, 60.0), wave(200)]
    found = frozen(value)
    assert int(found.sum()) == stuck
    assert not found[200]
    assert found[201 : 200 + run].all() == (stuck > 0)


def test_a_stopped_well_is_not_frozen() -> None:
    assert not frozen(np.r_[wave(100), np.zeros(300)]).any()


def test_a_sensor_that_always_repeats_itself_is_frozen_only_far_beyond_that() -> None:
    usual = np.repeat(np.arange(1.0, 21.0), 60)
    assert not frozen(np.r_[usual, np.full(180, 99.0)]).any()
    assert int(frozen(np.r_[usual, np.full(181, 99.0)]).sum()) == 180


def test_a_record_shorter_than_a_run_has_none() -> None:
    assert not frozen(np.full(119, 3.0)).any()
    assert not frozen(np.zeros(0)).any()
    assert not frozen(np.full(120, 3.0)).any()
    assert int(frozen(np.full(361, 3.0)).sum()) == 0, "all of it is its usual run"


@pytest.mark.parametrize(("hours", "marked"), [(STILL_H - 0.1, 0), (STILL_H, 199), (3 * STILL_H, 199)])
def test_what_never_moved_is_told_when_it_was_recorded_long_enough(hours: float, marked: int) -> None:
    time_us = np.linspace(0, round(hours * 3.6e9), 200).astype(np.int64)
    for value in (30.0, -5.0):
        found = stood_still(time_us, np.full(200, value))
        assert (found.dtype, found.sum()) == (bool, marked)
        assert not found[0]
    moved = np.full(200, 30.0)
    moved[150] = 30.5
    for other in (moved, np.zeros(200), np.full(200, np.nan)):
        found = stood_still(time_us, other)
        assert (found.dtype, found.shape, found.sum()) == (bool, (200,), 0)
    gaps = np.full(200, 30.0)
    gaps[[0, 7]] = np.nan
    found = stood_still(time_us, gaps)
    assert found.sum() == max(marked - 2, 0)
    assert not found[[0, 1, 7]].any(), "what is not there, and the first that is"


@pytest.mark.parametrize(
    ("alive", "stands", "told"), [(2_000, 2_300, True), (2_000, 300, False), (200, 2_300, False)]
)
def test_a_gauge_of_whole_steps_that_dithered_as_long_as_it_stands_has_stopped(
    alive: int, stands: int, told: bool
) -> None:
    """A tenth of a degree up and down at every reading, at rest for a dozen now and then."""
    rng = np.random.default_rng(4)
    dithers = np.round(110 + 0.08 * rng.normal(size=alive), 1)
    for first in range(50, alive - 20, 150):
        dithers[first : first + 12] = 110.0
    value = np.r_[dithers, np.full(stands, 110.3)]
    assert bool(frozen(value)[-100:].all()) is told
