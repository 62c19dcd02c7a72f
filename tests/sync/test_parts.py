"""A history of a hundred years, or a thousand wells, is a handful of requests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.sync.parts import ROWS_A_REQUEST, gathered
from app.sync.transports.base import Part


def month(well: int, year: int, number: int, rows: int) -> Part:
    first = datetime(year, number, 1, tzinfo=UTC)
    return Part(well, first, first + timedelta(days=27), rows)


def test_170_years_of_one_well_are_one_request() -> None:
    parts = [month(1, year, number, 30) for year in range(2149, 1979, -1) for number in range(12, 0, -1)]
    (one,) = gathered(parts, ROWS_A_REQUEST)
    assert (one.wells, one.rows) == ([1], 170 * 12 * 30)
    assert (one.first, one.last) == (parts[-1].first, parts[0].last)


def test_a_thousand_wells_go_together_newest_months_first_and_no_row_is_asked_for_twice() -> None:
    parts = [month(well, 2026, number, 300) for number in range(12, 0, -1) for well in range(1, 1001)]
    found = gathered(parts, ROWS_A_REQUEST)
    assert len(found) == 24
    assert all(part.rows <= ROWS_A_REQUEST for part in found)
    assert [part.last.month for part in found] == sorted((p.last.month for p in found), reverse=True)
    asked = [(well, part.first.month) for part in found for well in part.wells]
    assert sorted(asked) == sorted((part.well, part.first.month) for part in parts)


def test_a_month_that_is_more_than_a_request_stays_one_and_a_part_over_months_too() -> None:
    large, small = month(1, 2026, 5, 1_000), month(2, 2026, 5, 10)
    over = Part(3, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC), 5)
    assert [(p.wells, p.rows) for p in gathered([over, small, large], 100)] == [
        ([1], 1_000),
        ([2], 10),
        ([3], 5),
    ]
    assert gathered([], 100) == []


@pytest.mark.parametrize(
    ("most", "rows"),
    [
        (30, [30] * 4),
        (59, [30] * 4),
        (60, [60, 60]),
        (89, [60, 60]),
        (90, [90, 30]),
        (119, [90, 30]),
        (120, [120]),
    ],
)
def test_months_go_together_up_to_the_last_row_that_a_request_may_have(most: int, rows: list[int]) -> None:
    found = gathered([month(well, 2026, number, 10) for number in (1, 2, 3, 4) for well in (3, 1, 2)], most)
    assert [part.rows for part in found] == rows
    assert all(part.wells == [1, 2, 3] for part in found)
    assert found[0].last.month == 4
    assert found[-1].first.month == 1


@pytest.mark.parametrize(
    ("most", "wells"),
    [
        (9, [[1], [2], [3]]),
        (10, [[1], [2], [3]]),
        (19, [[1], [2], [3]]),
        (20, [[1, 2], [3]]),
        (30, [[1, 2, 3]]),
    ],
)
def test_wells_of_a_month_go_together_up_to_the_last_row_that_a_request_may_have(
    most: int, wells: list[list[int]]
) -> None:
    assert [part.wells for part in gathered([month(n, 2026, 5, 10) for n in (2, 3, 1)], most)] == wells


def test_a_month_of_another_year_is_another_month() -> None:
    first = datetime(2025, 5, 1, tzinfo=UTC)
    over = Part(1, first, first.replace(year=2026), 5)
    assert gathered([over], 100) == [over]
    found = gathered([month(1, 2025, 5, 60), month(1, 2026, 5, 60)], 100)
    assert [(part.first.year, part.rows) for part in found] == [(2026, 60), (2025, 60)]
