"""A gauge on another clock than its station: by how much it is late, and where nothing can tell."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.quality.together import HOUR_US, Lag, clock_lag
from tests.analysis.quality.test_together import Rows, wave

STEP_US = HOUR_US // 6
STOPS = ((100, 180), (370, 450), (640, 725), (930, 1005))


def clocked(
    late: float | tuple[float, float],
    stops: tuple[tuple[int, int], ...] = STOPS,
    by: str = "frequency",
    step_us: int = STEP_US,
) -> dict[str, Rows]:
    """A well whose level rises and motor cools at once when it stops; its gauge is late by samples."""
    n, rng = 1200, np.random.default_rng(3)
    on = np.ones(n, bool)
    for first, last in stops:
        on[first:last] = False
    level, heat = np.empty(n), np.empty(n)
    p, t = 6e6, 383.0
    for i in range(n):
        p += 0.03 * ((6e6 if on[i] else 16e6) - p)
        t += 0.1 * ((383.0 if on[i] else 355.0) - t)
        level[i], heat[i] = p, t
    at = np.arange(n, dtype=np.int64) * step_us
    first, second = late if isinstance(late, tuple) else (late, late)
    return {
        by: (at, np.where(on, 50.0, 0.0)),
        "intake_pressure": (at + round(first * step_us), level + rng.normal(0, 1e3, n)),
        "motor_temperature": (at + round(second * step_us), heat + rng.normal(0, 0.05, n)),
    }


def shift_h(series: dict[str, Rows]) -> float | None:
    found = clock_lag(series)
    return None if found is None else found.shift_us / HOUR_US


@pytest.mark.parametrize("hours", [-11.0, -5.0, -1.0, 1.0, 2.0, 7.0, 11.0])
def test_the_shift_of_the_gauges_clock_is_found_either_way(hours: float) -> None:
    stops = tuple((first, first + 150) for first, _ in STOPS)  # a day and an hour
    found = clock_lag(clocked(6 * hours, stops))
    assert found is not None
    assert found.shift_us / HOUR_US == pytest.approx(hours, abs=1 / 6)
    assert (found.edges, found.sensors) == (8, ("intake_pressure", "motor_temperature"))


def test_clocks_that_agree_and_those_less_than_an_hour_apart_are_one() -> None:
    assert clock_lag(clocked(0)) is None
    assert clock_lag(clocked(4)) is None
    assert clock_lag(clocked(-4)) is None


@pytest.mark.parametrize(("minutes", "told"), [(18, [54]), (17, []), (20, [60])])
def test_a_shift_of_nine_tenths_of_an_hour_is_the_least(minutes: int, told: list[int]) -> None:
    """Three readings late, each so many minutes after the one before."""
    found = clock_lag(clocked(3, step_us=minutes * HOUR_US // 60))
    assert ([] if found is None else [found.shift_us * 60 // HOUR_US]) == told


def test_beyond_half_a_day_nothing_is_told() -> None:
    assert clock_lag(clocked(6 * 13)) is None


@pytest.mark.parametrize("length", [36, 24, 12])
@pytest.mark.parametrize("late", [18, -18, 36, 60])
def test_stops_shorter_than_the_shift_tell_it_as_well(length: int, late: int) -> None:
    """A start bends the other way: what counts is how far one stop is from the next."""
    stops = tuple((first, first + length) for first, _ in STOPS)
    assert shift_h(clocked(late, stops)) == pytest.approx(late / 6, abs=0.01)


def test_stops_by_the_clock_tell_no_shift_that_a_period_more_or_less_would_fit_as_well() -> None:
    """Every 6.7 h for 3.3 h: five hours late is as good as 1.7 early."""
    stops = tuple((100 + 40 * i, 120 + 40 * i) for i in range(7))
    for late in (12, 18, 30, 36):
        assert clock_lag(clocked(late, stops)) is None


def test_either_sensor_alone_tells_it_and_two_that_differ_tell_nothing() -> None:
    for key in ("intake_pressure", "motor_temperature"):
        series = clocked(18)
        del series[key]
        found = clock_lag(series)
        assert found is not None
        assert key not in found.sensors
        assert found.shift_us == pytest.approx(3 * HOUR_US, abs=STEP_US)
    assert clock_lag(clocked((18, 24))) is None
    nobody = clocked(18)
    del nobody["intake_pressure"], nobody["motor_temperature"]
    assert clock_lag(nobody) is None


def test_a_level_that_falls_when_a_pump_stops_is_no_level() -> None:
    series = clocked(18)
    del series["motor_temperature"]
    at, level = series["intake_pressure"]
    assert clock_lag({**series, "intake_pressure": (at, -level)}) is None


def test_a_current_tells_stops_as_well_and_goes_before_a_frequency() -> None:
    for key in ("motor_current", "motor_current_a"):
        assert shift_h(clocked(18, by=key)) == pytest.approx(3.0, abs=0.2)
    both = clocked(18, by="motor_current")
    both["frequency"] = (both["motor_current"][0], np.full(1200, 50.0))
    assert shift_h(both) == pytest.approx(3.0, abs=0.2)
    swapped = clocked(18)
    swapped["motor_current"] = (swapped["frequency"][0], np.full(1200, 30.0))
    assert shift_h(swapped) == pytest.approx(3.0, abs=0.2), "a current that never stops tells no stops"


def test_four_starts_and_stops_are_the_least() -> None:
    found = clock_lag(clocked(18, STOPS[:2]))
    assert found is not None
    assert found.edges == 4
    assert clock_lag(clocked(18, STOPS[:1])) is None


def test_a_stop_is_where_little_of_the_most_is_left() -> None:
    series = clocked(18)
    at, hertz = series["frequency"]
    series["frequency"] = (at, np.where(hertz > 0, hertz, 7.5))
    assert shift_h(series) == pytest.approx(3.0, abs=0.2)
    series["frequency"] = (at, np.where(hertz > 0, hertz, 7.6))
    assert clock_lag(series) is None


def test_gaps_of_the_station_and_of_the_gauge_are_passed_over() -> None:
    series = clocked(18)
    series["frequency"][1][20:40] = np.nan
    series["intake_pressure"][1][::9] = np.nan
    series["motor_temperature"][1][3::7] = np.nan
    assert shift_h(series) == pytest.approx(3.0, abs=0.2)


def test_a_gauge_of_under_a_hundred_values_tells_nothing() -> None:
    series = clocked(18, step_us=2 * HOUR_US)
    for key, told in (("intake_pressure", 99), ("motor_temperature", 99)):
        at, value = series[key]
        series[key] = (at[:told], value[:told])
    assert clock_lag(series) is None


def test_a_record_of_under_four_hours_has_no_bends_of_an_hour() -> None:
    """By the minute, with four starts and stops in it; of four hours and a step it is looked through."""
    for minutes in (100, 200, 239, 260):
        at = np.arange(minutes, dtype=np.int64) * 60_000_000
        on = np.arange(minutes) // 20 % 2 == 0
        series = {
            "frequency": (at, np.where(on, 50.0, 0.0)),
            "intake_pressure": (at, 6e6 + 1e4 * wave(minutes)),
        }
        assert clock_lag(series) is None


@pytest.mark.parametrize(("sigmas", "told"), [(4.5, True), (2.0, False)])
def test_bends_stand_out_of_three_of_their_own_deviations(sigmas: float, told: bool) -> None:
    """A level that goes up and down by straight lines: a bend of −1, 2, −1 hours has √6 of the noise."""
    n, rng = 2_400, np.random.default_rng(12)
    at = np.arange(n, dtype=np.int64) * STEP_US
    edges = np.arange(100, 2_300, 200)
    on = np.searchsorted(edges, np.arange(n), side="right") % 2 == 0
    late = np.searchsorted(edges + 18, np.arange(n), side="right") % 2 == 0
    rise = np.where(late, -1.0, 1.0)  # a sample; an edge bends it by twice six of them
    level = np.cumsum(rise) * 1e4 + rng.normal(0.0, 12e4 / sigmas / 6**0.5, n)
    found = shift_h({"frequency": (at, np.where(on, 50.0, 0.0)), "intake_pressure": (at, 6e6 + level)})
    assert found == (pytest.approx(3.0, abs=0.35) if told else None)


def test_a_gauge_that_shows_no_bends_tells_nothing() -> None:
    series = clocked(18)
    at = series["intake_pressure"][0]
    noise = np.random.default_rng(8).normal(0, 1e4, (2, 1200))
    series["intake_pressure"] = (at, 6e6 + noise[0])
    series["motor_temperature"] = (at, 383 + 1e-5 * noise[1])
    assert clock_lag(series) is None


def test_stops_by_a_timer_fit_at_several_shifts_and_tell_none() -> None:
    """Every four hours an hour's stop: what is looked for ends half a way to the next edge."""
    stops = tuple((first, first + 6) for first in range(60, 1100, 24))
    assert clock_lag(clocked(6 * 8, stops)) is None


def test_what_is_told_is_the_middle_of_what_both_sensors_say() -> None:
    assert clock_lag(clocked((18, 19))) == Lag(
        3 * HOUR_US + STEP_US // 2, 8, ("intake_pressure", "motor_temperature")
    )


@pytest.mark.parametrize(("steps", "told"), [(2, None), (3, 3.0)])
def test_bends_taken_over_two_readings_tell_no_shift_of_two(steps: int, told: float | None) -> None:
    """By the hour: two hours are as far as one reading is from another."""
    assert shift_h(clocked(steps, step_us=HOUR_US)) == (told and pytest.approx(told))


@pytest.mark.parametrize(("late", "told"), [(9, False), (15, True)])
def test_a_gauge_that_holds_each_reading_for_an_hour_is_as_slow_as_its_readings(
    late: int, told: bool
) -> None:
    """On a grid of ten minutes: an hour and a half is told of one that reads so often, not of this one."""
    series = clocked(late)
    assert shift_h(series) is not None
    for key in ("intake_pressure", "motor_temperature"):
        at, value = series[key]
        series[key] = at, np.repeat(value[::6], 6)
    assert (shift_h(series) is not None) is told


@pytest.mark.parametrize("weak", [0, 1])
def test_stops_and_starts_weigh_alike_and_both_must_stand_out(weak: int) -> None:
    """Of one kind they have over four of the noise's deviations, of the other two: not all stand out."""
    n, rng = 2_400, np.random.default_rng(12)
    at = np.arange(n, dtype=np.int64) * STEP_US
    edges = np.arange(100, 2_300, 200)
    on = np.searchsorted(edges, np.arange(n), side="right") % 2 == 0
    sizes = np.where(np.arange(len(edges)) % 2 == weak, 2.0, 4.5)
    slope = np.zeros(n)
    for number, (edge, size) in enumerate(zip(edges + 18, sizes, strict=True)):
        slope[edge:] += -size if number % 2 else size
    level = np.cumsum(slope - slope.mean()) * 1e4 + rng.normal(0.0, 6e4 / 6**0.5, n)
    assert shift_h({"frequency": (at, np.where(on, 50.0, 0.0)), "intake_pressure": (at, 6e6 + level)}) is None


FAR_APART = ((100, 280), (440, 620), (780, 960))
"""Stops and runs of more than a day each."""


@pytest.mark.parametrize(("late", "told"), [(72, 12.0), (73, None), (75, None), (-72, -12.0), (-73, None)])
def test_a_clock_is_twelve_hours_off_at_most(late: int, told: float | None) -> None:
    assert shift_h(clocked(late, FAR_APART)) == (told and pytest.approx(told))


@pytest.mark.parametrize(("values", "told"), [(100, True), (99, False)])
def test_a_hundred_values_of_a_gauge_are_the_least(values: int, told: bool) -> None:
    series = clocked(54, FAR_APART)
    for key in ("intake_pressure", "motor_temperature"):
        at, value = series[key]
        series[key] = (at, np.where(np.arange(1200) % 12 == 0, value, np.nan))
        series[key][1][12 * values :] = np.nan
    assert (shift_h(series) is not None) is told
