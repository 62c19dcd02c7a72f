"""Axes on paper: round numbers, enough decimals to tell them apart, midnights of the field."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.zones import FieldZone
from app.reports.ticks import calendar_ticks, digits_for, round_ticks

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0.0, 10.0, [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]),
        (0.3, 9.7, [2.0, 4.0, 6.0, 8.0]),
        (-1.0, 1.0, [-1.0, -0.5, 0.0, 0.5, 1.0]),
        (1_000.0, 1_250.0, [1_000.0, 1_050.0, 1_100.0, 1_150.0, 1_200.0, 1_250.0]),
        (0.0, 7e-4, [0.0, 2e-4, 4e-4, 6e-4]),
    ],
)
def test_ticks_are_round_and_inside(low: float, high: float, ticks: list[float]) -> None:
    assert round_ticks(low, high) == pytest.approx(ticks)


@pytest.mark.parametrize(("low", "high"), [(5.0, 5.0), (5.0, 4.0), (0.0, float("inf"))])
def test_an_axis_without_a_length_has_one_tick(low: float, high: float) -> None:
    assert round_ticks(low, high) == [low]


def test_fewer_ticks_are_wanted_on_a_short_axis() -> None:
    assert round_ticks(0.0, 10.0, 2) == [0.0, 5.0, 10.0]
    assert round_ticks(0.0, 10.0, 0) == [0.0, 10.0]


@pytest.mark.parametrize(
    ("ticks", "digits"),
    [
        ([0.0, 2.0], 0),
        ([0.0, 0.5], 1),
        ([0.0, 0.05], 2),
        ([0.0, 0.001], 3),
        ([0.0, 50.0], 0),
        ([1.0], 1),
        ([1.0, 1.0], 1),
        ([0.3, 0.1], 1),
    ],
)
def test_decimals_tell_neighbours_apart(ticks: list[float], digits: int) -> None:
    assert digits_for(ticks) == digits


def moments(low: datetime, high: datetime, zone: str = "UTC", wanted: int = 7) -> list[datetime]:
    ticks = calendar_ticks(low.timestamp(), high.timestamp(), FieldZone(zone), wanted)
    return [datetime.fromtimestamp(tick, UTC) for tick in ticks]


def test_a_few_days_have_the_fields_midnights() -> None:
    begin = datetime(2026, 5, 18, 10, tzinfo=UTC)
    assert moments(begin, begin + 5 * DAY) == [datetime(2026, 5, day, tzinfo=UTC) for day in range(19, 24)]
    assert moments(begin, begin + 4 * DAY, "UTC+5") == [
        datetime(2026, 5, day, 19, tzinfo=UTC) for day in range(18, 22)
    ]


def test_weeks_begin_on_mondays_on_a_month() -> None:
    begin = datetime(2026, 5, 1, tzinfo=UTC)
    assert moments(begin, begin + 30 * DAY) == [datetime(2026, 5, day, tzinfo=UTC) for day in (4, 11, 18, 25)]


def test_a_short_window_has_round_hours_of_the_field_and_none_outside() -> None:
    begin = datetime(2026, 5, 18, 10, 20, tzinfo=UTC)
    hours = moments(begin, begin + timedelta(hours=6))
    assert hours == [datetime(2026, 5, 18, hour, tzinfo=UTC) for hour in range(11, 17)]
    half = moments(begin, begin + timedelta(hours=40), "UTC+5:30")
    assert half[0] == datetime(2026, 5, 18, 12, 30, tzinfo=UTC)
    assert [one - two for one, two in zip(half[1:], half, strict=False)] == [timedelta(hours=6)] * (
        len(half) - 1
    )
    assert half[-1] <= begin + timedelta(hours=40)


def test_decades_have_no_more_ticks_than_wanted_by_years() -> None:
    begin = datetime(2000, 1, 1, tzinfo=UTC)
    assert 4 <= len(moments(begin, begin + 30 * 365 * DAY)) <= 8
