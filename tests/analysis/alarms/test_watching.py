"""Readings against a limit: dead band, delays, gaps, a stopped pump; in pieces the same as all at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.alarms.counting import by_day, chatters, stands
from app.analysis.alarms.watching import (
    LIMIT_GONE,
    RETURNED,
    Carried,
    Episode,
    Limit,
    hourly_change,
    let_go,
    watch,
)

MINUTE = 60_000_000
HIGH = Limit("high", 10.0, dead_band=2.0)
GAP_S = 600.0


def watched(
    values: list[float],
    limit: Limit = HIGH,
    stopped: tuple[int, ...] = (),
    minutes: list[float] | None = None,
) -> tuple[list[Episode], Carried]:
    at = np.arange(len(values)) if minutes is None else np.array(minutes)
    still = np.isin(np.arange(len(values)), stopped)
    return watch((at * MINUTE).astype(np.int64), np.array(values, float), still, limit, GAP_S)


def times(found: list[Episode]) -> list[tuple[float, float | None, float | None]]:
    def minute(us: int | None) -> float | None:
        return None if us is None else us / MINUTE

    return [(one.began_us / MINUTE, minute(one.raised_us), minute(one.ended_us)) for one in found]


def test_a_value_in_the_dead_band_has_not_returned() -> None:
    ended, after = watched([5, 11, 9, 11, 9, 8, 5])
    assert (times(ended), after.open) == ([(1, 1, 5)], None)
    assert (ended[0].furthest, ended[0].ended_by) == (11, RETURNED)


def test_a_value_that_comes_into_the_dead_band_from_below_is_no_alarm() -> None:
    assert watched([5, 9, 10, 9.5])[1].open is None


@pytest.mark.parametrize(("level", "values"), [("low", [15.0, 9, 11, 13]), ("fall", [-3.0, -11, -9, -7])])
def test_a_lower_limit_is_the_same_upside_down(level: str, values: list[float]) -> None:
    ended, _ = watched(values, replace(HIGH, level=level))
    assert times(ended) == [(1, 1, 3)]
    assert ended[0].furthest == values[1]


def test_what_is_beyond_for_less_than_the_delay_is_no_alarm_and_what_is_back_for_less_is_no_return() -> None:
    slow = Limit("high", 10.0, on_delay_s=120, off_delay_s=180)
    ended, after = watched([5, 11, 11, 5, 11, 11, 11, 5, 5, 12, 5, 5, 5, 5], slow)
    assert times(ended) == [(4, 6, 13)]
    assert (ended[0].furthest, after.open) == (12, None)


def test_a_gap_proves_neither_an_alarm_nor_a_return() -> None:
    slow = Limit("high", 10.0, on_delay_s=120, off_delay_s=120)
    beyond = watched([11, 11, 11], slow, minutes=[0, 1, 30])[1]
    assert beyond.open is None, "beyond for three readings, and nobody knows for how long"
    back = watched([11, 11, 11, 5, 5], slow, minutes=[0, 1, 2, 3, 30])[1]
    assert back.open is not None, "it may have been beyond in between"
    assert back.open.unknown_s == 27 * 60 - GAP_S


def test_a_reading_that_is_not_to_be_trusted_says_nothing() -> None:
    ended, after = watched([11, np.nan, np.nan, 11])
    assert (ended, after.open is not None, after.last_us) == ([], True, 3 * MINUTE)


def test_a_stopped_pump_suppresses_what_is_low_and_its_start_raises_it() -> None:
    low = Limit("low", 10.0, on_delay_s=60)
    held = watched([20, 5, 5], low, stopped=(1, 2))[1]
    assert held.open is None
    assert held.suppressed
    assert held.lasting is not None
    assert (held.lasting.began_us, held.lasting.raised_us) == (MINUTE, None)
    started = watched([20, 5, 5, 5, 5], low, stopped=(1, 2))[1]
    assert started.open is not None
    assert started.open.raised_us == 4 * MINUTE, "the delay runs from the start of the pump"


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_what_a_stopped_pump_suppresses_tells_its_limit_and_how_far_it_went(pieces: int) -> None:
    low = Limit("low", 10.0, dead_band=2.0)
    value, still = np.array([20.0, 8, 3, 5, 11]), np.array([False, True, True, True, True])
    after = None
    for part in np.array_split(np.arange(5), pieces):
        _, after = watch(part * MINUTE, value[part], still[part], low, GAP_S, after)
    assert after is not None
    assert after.lasting == Episode(MINUTE, None, None, "", 3.0, 10.0, 0.0)


def test_an_alarm_that_lasts_when_the_pump_stops_has_not_returned() -> None:
    after = watched([5, 11, 11, 11], stopped=(2, 3))[1]
    assert after.open is not None
    assert after.suppressed
    assert not watched([5, 11, 11, 11], replace(HIGH, when_stopped=True), stopped=(2, 3))[1].suppressed


def test_a_limit_that_is_taken_away_ends_its_alarm_and_does_not_call_it_returned() -> None:
    after = watched([5, 11])[1]
    assert [(one.ended_us, one.ended_by) for one in let_go(after, 9 * MINUTE)] == [(9 * MINUTE, LIMIT_GONE)]


def test_a_limit_that_is_raised_meanwhile_lets_the_alarm_return_by_its_own_readings() -> None:
    after = watched([5, 11])[1]
    ended, _ = watch(
        np.array([2 * MINUTE]), np.array([11.0]), np.zeros(1, bool), replace(HIGH, threshold=20), GAP_S, after
    )
    assert times(ended) == [(1, 1, 2)]
    assert ended[0].threshold == 10, "the limit that it was raised by"


VALUES = st.lists(
    st.sampled_from([0.0, 7.0, 8.0, 9.0, 10.0, 10.5, 12.0, float("nan")]), min_size=1, max_size=60
)
LIMITS = st.builds(
    Limit,
    st.sampled_from(["high", "low", "fall"]),
    st.sampled_from([8.0, 10.0]),
    st.sampled_from([0.0, 2.0]),
    st.sampled_from([0.0, 90.0, 300.0]),
    st.sampled_from([0.0, 90.0, 300.0]),
    st.booleans(),
)


@given(VALUES, LIMITS, st.randoms(use_true_random=False))
def test_as_the_readings_come_it_is_what_all_of_them_say(
    values: list[float], limit: Limit, random: object
) -> None:
    generator = np.random.default_rng(random.randrange(2**32))  # type: ignore[attr-defined]
    n = len(values)
    t = np.cumsum(generator.choice([20, 60, 90, 700], n) * 1_000_000).astype(np.int64)
    x, still = np.array(values), generator.random(n) < 0.3
    whole = watch(t, x, still, limit, GAP_S)
    ended: list[Episode] = []
    carried = None
    cuts = sorted(generator.integers(0, n + 1, 4).tolist())
    for begin, end in zip([0, *cuts], [*cuts, n], strict=True):
        part = slice(begin, end)
        found, carried = watch(t[part], x[part], still[part], limit, GAP_S, carried)
        ended += found
    assert (ended, carried) == whole


@given(VALUES, LIMITS)
def test_what_is_said_is_what_a_person_would_find_reading_by_reading(
    values: list[float], limit: Limit
) -> None:
    ended, after = watched(values, limit)
    lasting = [] if after.open is None else [after.open]
    assert [(b, r, e) for b, r, e in times([*ended, *lasting])] == by_hand(values, limit)


def by_hand(values: list[float], limit: Limit) -> list[tuple[float, float | None, float | None]]:
    """One reading after the other, a minute apart, the pump at work."""
    sign = 1.0 if limit.level == "high" else -1.0
    bound = -limit.threshold if limit.level == "low" else limit.threshold
    beyond, since, last, active = False, 0, None, False
    found: list[tuple[float, float | None, float | None]] = []
    for minute, value in enumerate(values):
        if np.isnan(value):
            continue
        was = beyond
        if sign * value > bound:
            beyond = True
        elif sign * value <= bound - limit.dead_band:
            beyond = False
        gap = last is not None and (minute - last) * 60 > GAP_S
        since = minute if last is None or gap or beyond != was else since
        last = minute
        if beyond and not active and (minute - since) * 60 >= limit.on_delay_s:
            found.append((since, minute, None))
            active = True
        elif not beyond and active and (minute - since) * 60 >= limit.off_delay_s:
            found[-1] = (*found[-1][:2], minute)
            active = False
    return found


def test_a_change_is_told_by_the_hour_and_not_over_a_gap() -> None:
    minutes = np.array([0, 30, 60, 90, 400]) * MINUTE
    change = hourly_change(minutes, np.array([0.0, 4, 5, 10, 90]), GAP_S)
    assert change.tolist()[2:4] == [5, 6]
    assert np.isnan(change[[0, 1, 4]]).all()


def test_chattering_and_standing_by_the_numbers_of_the_standard() -> None:
    assert chatters(np.array([0, 30, 60]) * 1_000_000)
    assert not chatters(np.array([0, 30]) * 1_000_000)
    assert not chatters(np.array([0, 120, 240]) * 1_000_000)
    assert chatters(np.array([0, 120, 240]) * 1_000_000, step_s=60), "of a gauge that is read once a minute"
    assert stands(0, 25 * 3_600_000_000)
    assert not stands(0, 23 * 3_600_000_000)


def test_a_day_is_that_of_the_field() -> None:
    late = 22 * 3_600_000_000
    assert [one.count for one in by_day(np.array([0, late]), ahead_us=5 * 3_600_000_000)] == [1, 1]
    assert [one.load for one in by_day(np.repeat(np.arange(3) * 24 * 3_600_000_000, [144, 145, 289]))] == [
        "acceptable",
        "heavy",
        "too_many",
    ]
