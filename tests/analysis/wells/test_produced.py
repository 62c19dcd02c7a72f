"""What a well gave by its books: rates while it worked, months beside days, sums."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.wells.produced import DAY_US, VOLUMES, Produced, Volumes, by_month, produced

MARCH = int(np.datetime64("2024-03-01", "us").astype(np.int64))
FEBRUARY = int(np.datetime64("2024-02-01", "us").astype(np.int64))
JANUARY = FEBRUARY - 31 * DAY_US


def of(begins: list[int], monthly: list[bool] | bool = False, **told: list[float]) -> Produced:
    n = len(begins)
    known: dict[str, Any] = {name: np.full(n, np.nan) for name in ("on_stream_s", *VOLUMES)}
    known |= {name: np.array(values, float) for name, values in told.items()}
    return produced(Volumes(np.array(begins, np.int64), np.broadcast_to(monthly, n).copy(), **known))


def a_day(found: Produced, name: str) -> list[float]:
    return (found.rates[name] * 86_400).tolist()


def test_a_rate_is_of_the_time_worked_and_of_the_whole_day_where_none_is_told() -> None:
    found = of([MARCH, MARCH + DAY_US], oil=[10, 10], on_stream_s=[8 * 3600, np.nan])
    assert a_day(found, "oil") == pytest.approx([30, 10])


def test_a_well_that_stood_gave_nothing_and_one_that_hardly_worked_tells_no_rate() -> None:
    days = [MARCH + n * DAY_US for n in range(3)]
    found = of(days, oil=[0, 5, 5], on_stream_s=[0, 3600, 2 * 3600])
    assert a_day(found, "oil")[0] == 0
    assert np.isnan(a_day(found, "oil")[1])
    assert a_day(found, "oil")[2] == pytest.approx(60)
    assert found.total("oil") == 10, "it is in the sum all the same"


def test_more_hours_than_a_day_has_are_cut_to_it() -> None:
    assert a_day(of([MARCH], oil=[10], on_stream_s=[25 * 3600]), "oil") == pytest.approx([10])


def test_a_month_is_as_long_as_it_is_and_is_not_told_beside_its_days() -> None:
    leap = of([FEBRUARY, MARCH], monthly=True, liquid=[29, 62])
    assert a_day(leap, "liquid") == pytest.approx([1, 2])
    assert leap.middles_us[0] == FEBRUARY + 14.5 * DAY_US
    both = of([MARCH + DAY_US, MARCH, FEBRUARY], monthly=[False, True, True], oil=[2, 62, 29])
    assert both.volumes.begins_us.tolist() == [FEBRUARY, MARCH + DAY_US]
    assert both.total("oil") == 31


@pytest.mark.parametrize("ahead_h", [-10, 5, 12])
def test_months_and_days_begin_at_midnight_of_the_field_wherever_that_is(ahead_h: int) -> None:
    """Five hours ahead February began on 31 January in UTC, and had five hours: 139 times the rate."""
    ahead = ahead_h * 3_600_000_000
    month = of([FEBRUARY - ahead], monthly=True, oil=[29], on_stream_s=[29 * 86_400.0])
    assert a_day(month, "oil") == pytest.approx([1])
    assert month.ends_us[0] == MARCH - ahead
    both = of([JANUARY - ahead, FEBRUARY - ahead], monthly=[True, False], oil=[31, 1])
    assert [one.oil for one in by_month(both)] == [1, 31], "the day is none of January"


def test_liquid_and_water_cut_come_from_what_is_told() -> None:
    found = of(
        [MARCH + n * DAY_US for n in range(5)],
        oil=[20, 20, np.nan, 20, 0],
        water=[60, np.nan, 30, np.nan, 0],
        liquid=[np.nan, 80, 40, np.nan, np.nan],
    )
    assert found.water_cut[:3].tolist() == pytest.approx([0.75, 0.75, 0.75])
    assert np.isnan(found.water_cut[3:]).all(), "of oil alone nothing, and of nothing nothing"
    assert np.isnan(found.rates["liquid"][3])


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(0, 1e4)), min_size=1, unique_by=lambda one: one[0]))
def test_months_hold_all_that_days_told(days: list[tuple[int, float]]) -> None:
    found = of([MARCH + n * DAY_US for n, _ in days], oil=[oil for _, oil in days])
    months = by_month(found)
    assert sum(month.oil or 0 for month in months) == pytest.approx(sum(oil for _, oil in days))
    assert [month.begins_us for month in months] == sorted({m.begins_us for m in months}, reverse=True)
    assert all(month.water is None for month in months)
    assert (np.diff(found.volumes.begins_us) > 0).all()
