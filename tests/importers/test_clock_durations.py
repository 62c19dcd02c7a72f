"""How long something was, written as a clock writes it: in hours, and in seconds."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest

from app.importers.clock_durations import hours_in, may_be_clock
from app.importers.lasting import lasted_s, written
from tests.importers.cells_at_hand import texts


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("5:30", 5.5),
        ("00:00", 0.0),
        (" 24:00:00 ", 24.0),
        ("720:15", 720.25),
        ("12345:00", 12_345.0),
        ("123456:00", None),
        ("1:00:36", 1.01),
        ("1:00:36.9", 1.01),
        ("1 day, 5:30:00", 29.5),
        ("30 days, 0:00:00", 720.0),
        ("5:60", None),
        ("5:30:60", None),
        ("5:3", None),
        ("-5:30", None),
        ("23 ч 30 мин", 23.5),
        ("1 сут 4 ч", 28.0),
        ("2 дня", 48.0),
        ("1 сут. 6 мин", 24.1),
        ("90 мин", 1.5),
        ("45 minutes", 0.75),
        ("2h 15m", 2.25),
        ("1d 2h 3m", 26.05),
        ("5 ЧАСОВ", 5.0),
        ("1000 мин", None),
        ("", None),
        ("5", None),
        ("сутки", None),
        ("5 ч 30 кг", None),
    ],
)
def test_a_clock_or_words_for_how_long_are_hours(cell: str, hours: float | None) -> None:
    assert hours_in(cell) == (None if hours is None else pytest.approx(hours, rel=1e-12))


@pytest.mark.parametrize(
    ("unit", "may"), [("", True), ("ч", True), ("h", True), ("мин", False), ("сут", False), ("что-то", False)]
)
def test_only_hours_are_written_as_a_clock(unit: str, may: bool) -> None:
    assert may_be_clock(unit) is may


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("25:00:00", 90_000.0),
        ("001:06:30:00", 109_800.0),
        ("1 d 06:30:00", 109_800.0),
        ("2 сут. 00:00:01", 172_801.0),
        ("0:00:00", 0.0),
        ("00:01:02.5", 62.5),
        ("00:01:02,25", 62.25),
        ("9999:59:59", 35_999_999.0),
        ("00:60:00", math.nan),
        ("00:00:60", math.nan),
        ("06:30", math.nan),
        ("12345:00:00", math.nan),
        ("потом", math.nan),
    ],
)
def test_what_a_recorder_counted_is_seconds(cell: str, seconds: float) -> None:
    value, bad = lasted_s(texts(cell, None, ""))
    assert value[0] == pytest.approx(seconds, nan_ok=True)
    assert bad.tolist() == [math.isnan(seconds), False, False]
    assert math.isnan(value[1])


def test_a_column_is_told_so_where_nine_cells_of_ten_are() -> None:
    good = ["00:00:01"] * 9
    assert written(texts(*good, "x"))
    assert written(texts("00:00:01", None, ""))
    assert not written(texts(*good[:8], "x"))
    assert not written(texts(None, ""))
    assert not written(texts())
    assert not written(pa.chunked_array([pa.array([1.0, 2.0])]))
    assert written(pa.chunked_array([pa.array(["00:00:01"], pa.large_string())]))
