"""Times of day and names of months in the cells of a file."""

from __future__ import annotations

from datetime import time

import pyarrow as pa
import pytest

from app.importers.moments import clocks_of, month_number
from tests.importers.test_moments import FLOAT, SECOND, column

# ---- clocks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("00:00", 0),
        ("5:06", 5 * 3600 + 360),
        ("05:06:07", 5 * 3600 + 367),
        ("23:59:59", 86_399),
        ("05.06", 5 * 3600 + 360),
        ("05-06", 5 * 3600 + 360),
        ("05:06:07.25", 5 * 3600 + 367.25),
        ("24:00", 86_400),
        ("12:00:00 AM", 0),
        ("12:05 PM", 43_500),
        ("1:00 p.m.", 46_800),
        ("8 ч 05 мин", 29_100),
        ("1899-12-30 05:06:07", 5 * 3600 + 367),
        ("1899-12-30T05:06", 5 * 3600 + 360),
    ],
)
def test_a_time_of_day_is_read(cell: str, seconds: float) -> None:
    found = clocks_of(column([cell]))
    assert found.time_us.tolist() == [seconds * SECOND]
    assert not found.bad.any()
    assert not found.empty.any()


@pytest.mark.parametrize(
    "cell", ["24:01", "13:00 PM", "12:60", "12:30:60", "12", "noon", "12:3", "1:02:03:04"]
)
def test_what_no_clock_shows_is_wrong(cell: str) -> None:
    found = clocks_of(column([cell, "-", "", "01:00"]))
    assert found.bad.tolist() == [True, False, False, False]
    assert found.empty.tolist() == [False, True, True, False]
    assert found.time_us.tolist() == [0, 0, 0, 3600 * SECOND]


def test_excels_share_of_a_day_is_a_clock() -> None:
    found = clocks_of(column([0.0, 0.5, 1.0, 1.1, -0.1, None], FLOAT))
    assert found.bad.tolist() == [False, False, False, True, True, False]
    assert found.empty.tolist() == [False, False, False, False, False, True]
    assert found.time_us.tolist() == [0, 43_200 * SECOND, 86_400 * SECOND, 0, 0, 0]


def test_a_column_of_times_of_day_is_taken_as_it_is() -> None:
    found = clocks_of(column([time(5, 6, 7), None], pa.time64("us")))
    assert found.time_us.tolist() == [(5 * 3600 + 367) * SECOND, 0]
    assert found.empty.tolist() == [False, True]
    assert not found.bad.any()


# ---- months ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1", 1),
        ("12", 12),
        ("03", 3),
        ("3.0", 3),
        ("январь", 1),
        ("Фев.", 2),
        ("март", 3),
        ("апреля", 4),
        ("май", 5),
        ("мая", 5),
        ("июнь", 6),
        ("июль", 7),
        (" август ", 8),
        ("сент", 9),
        ("октябрь", 10),
        ("ноябрь", 11),
        ("декабрь", 12),
        ("January", 1),
        ("Mar", 3),
        ("may", 5),
        ("June", 6),
        ("Jul", 7),
        ("Sept.", 9),
        ("0", None),
        ("13", None),
        ("", None),
        ("-1", None),
        ("3.5", None),
        ("123", None),
        ("квартал", None),
    ],
)
def test_a_month_is_a_number_or_a_name_in_either_language(cell: str, number: int | None) -> None:
    assert month_number(cell) == number
