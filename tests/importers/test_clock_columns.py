"""Columns that make a clock finer, and moments whose parts stand in columns of their own: their borders."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from app.importers.row_calendar import (
    compact_clocks,
    figures_of_clocks,
    is_compact_clock,
    is_hour_of_day,
    spelled_compact,
    whole_hours,
)
from app.importers.row_times import times_of
from app.importers.row_wells import wells_of
from app.importers.vocabulary import vocabulary
from tests.importers.sheets_at_hand import marks, numbers, reading_at_hand
from tests.importers.test_extract import FIRST, minutes, under_headers
from tests.importers.test_mapping import sheet
from tests.importers.test_row_times import at

DAY, HOUR = "01.03.2026", 3_600_000_000


def clocks(columns: dict[str, str], *rows: list[Any]) -> tuple[list[int], set[int], list[tuple[Any, ...]]]:
    """Minutes since midnight, columns used, and what was marked, of a test with these columns."""
    found = under_headers("flow_test", {**FIRST, **columns, "Rate": "liquid_m3_per_s"}, *rows)
    return minutes(found), found.beside, marks(found)


@pytest.mark.parametrize(
    ("clock", "half", "minute"),
    [
        ("8:00", "PM", 20 * 60),
        ("8:00", "AM", 8 * 60),
        ("12:00", "AM", 0),
        ("12:30", "PM", 12 * 60 + 30),
        ("12:30", "a.m.", 30),
        ("08:05", " p.m. ", 20 * 60 + 5),
        ("12:59", "p", 12 * 60 + 59),
    ],
)
@pytest.mark.parametrize("header", ["AM/PM", "am pm", "Meridiem"])
def test_the_half_of_the_day_may_stand_beside_its_clock(
    header: str, clock: str, half: str, minute: int
) -> None:
    assert clocks({header: ""}, ["1", DAY, clock, half, 86.4]) == ([minute], {3}, [])


@pytest.mark.parametrize(("clock", "half"), [("13:00", "PM"), ("8:00", "x"), ("8:00", "")])
def test_a_half_that_cannot_be_one_is_left_aside(clock: str, half: str) -> None:
    found, beside, _ = clocks({"AM/PM": ""}, ["1", DAY, clock, half, 86.4])
    assert found == [int(clock.split(":")[0]) * 60]
    assert beside == set()


@pytest.mark.parametrize(
    ("minute", "second", "found", "beside"),
    [
        (30, 15, 8 * 60 + 30, {3, 4}),
        (0, 59, 8 * 60, {3, 4}),
        (59.5, 0, 8 * 60 + 59, {3, 4}),
        (60, 15, 8 * 60, set()),
        (-1, 15, 8 * 60, set()),
        (30, 60, 8 * 60 + 30, {3}),
        ("x", 15, 8 * 60, set()),
    ],
)
def test_minutes_and_seconds_are_under_sixty(minute: Any, second: Any, found: int, beside: set[int]) -> None:
    assert clocks({"Minute": "", "Sec": ""}, ["1", DAY, 8, minute, second, 86.4])[:2] == ([found], beside)


def test_seconds_are_added_to_the_microsecond() -> None:
    columns = {**FIRST, "Мин": "", "Сек": "", "Rate": "liquid_m3_per_s"}
    found = under_headers("flow_test", columns, ["1", DAY, 8, 30, 15.25, 86.4])
    assert found.time_us.tolist() == [at("2026-03-01T08:30:15.25")]


@pytest.mark.parametrize(("beside", "used"), [("Max", set()), ("Среднее", set()), ("Note", {3})])
def test_min_is_no_minute_beside_a_greatest_or_a_mean(beside: str, used: set[int]) -> None:
    assert clocks({"Min": "", beside: ""}, ["1", DAY, 8, 45, 52, 86.4])[1] == used


# ---- years, months and days --------------------------------------------------------------------------------


def dates(*rows: list[Any]) -> tuple[list[int], list[tuple[Any, ...]]]:
    columns = ("year", "month", "day", ("liquid_m3_per_s", "м3/сут"))
    reading = reading_at_hand("flow_test", columns, *([*row, 5] for row in rows))
    return times_of(reading, wells_of(reading)).tolist(), marks(reading)


@pytest.mark.parametrize(
    ("row", "moment", "wrong"),
    [
        ([2026, 3, 31], "2026-03-31", None),
        ([2026, 2, 28], "2026-02-28", None),
        ([2024, 2, 29], "2024-02-29", None),
        ([2026, "дек", 1], "2026-12-01", None),
        ([2026, 2, 29], "2026-02-01", 2),
        ([2026, 3, 0], "2026-03-01", 2),
        ([2026, 3, 1.5], "2026-03-01", 2),
        ([2026, 3, ""], "2026-03-01", 2),
        ([2026, 13, 5], "2026-01-05", 1),
        (["x", 3, 5], "1970-03-05", 0),
    ],
)
def test_a_day_is_one_of_its_month_and_what_is_none_is_marked(
    row: list[Any], moment: str, wrong: int | None
) -> None:
    found, told = dates(row)
    assert found == [at(moment)]
    assert [(column, code) for _, column, code, _ in told] == (
        [] if wrong is None else [(wrong, "value_not_time")]
    )


def column(cells: Any) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(cells)])


@pytest.mark.parametrize(
    ("cells", "hours"),
    [
        ([0.0, 8.0, 24.0], [0, 8, 24]),
        (["1", None, "23"], [1, None, 23]),
        ([0.0, 1.0], None),
        ([2.0], [2]),
        ([25.0], None),
        ([-1.0, 5.0], None),
        ([8.5], None),
        (["x", "8"], None),
        (["08:00"], None),
        ([None], None),
    ],
)
def test_a_column_of_hours_is_whole_ones_of_a_day_and_no_share_of_it(
    cells: list[Any], hours: list[int | None] | None
) -> None:
    found = whole_hours(
        column(cells) if cells != [None] else pa.chunked_array([pa.array([None], pa.string())])
    )
    if hours is None:
        assert found is None
        return
    assert found is not None
    assert found.empty.tolist() == [hour is None for hour in hours]
    assert found.time_us.tolist() == [(hour or 0) * HOUR for hour in hours]
    assert not found.bad.any()


@pytest.mark.parametrize(
    ("cells", "figures", "spelled", "seconds"),
    [
        (["083000", "235959"], 6, True, [30_600, 86_399]),
        (["103000"], 6, False, [37_800]),
        (["0830", "2359"], 4, True, [30_600, 86_340]),
        (["1030"], 4, False, [37_800]),
        (["000100", None], 6, True, [60, None]),
        (["240000"], 6, False, [86_400]),
        (["250000"], 6, False, None),
        (["086000"], 0, False, None),
        (["0860"], 0, False, None),
        (["083000", "0830"], 0, False, None),
        (["3830"], 0, False, None),
        (["x"], 0, False, None),
    ],
)
def test_figures_of_a_clock_are_six_or_four(
    cells: list[str | None], figures: int, spelled: bool, seconds: list[int | None] | None
) -> None:
    made = column(cells)
    assert (figures_of_clocks(made), spelled_compact(made)) == (figures, spelled)
    found = compact_clocks(made, figures) if figures else None
    if seconds is None:
        assert found is None
        return
    assert found is not None
    told = [
        None if empty else us / 1e6
        for us, empty in zip(found.time_us.tolist(), found.empty.tolist(), strict=True)
    ]
    assert told == seconds


def test_figures_as_numbers_keep_their_fraction() -> None:
    found = compact_clocks(column([83_000.25, 500.0]), 6)
    assert found is not None
    assert found.time_us.tolist() == [30_600_250_000, 5 * 60_000_000]
    assert compact_clocks(column([-5.0]), 6) is None
    assert compact_clocks(column([86_061.0]), 6) is None


@pytest.mark.parametrize(("header", "compact"), [("Time (HHMMSS)", True), ("hmmss", True), ("Time", False)])
def test_a_header_says_that_its_clocks_are_figures(header: str, compact: bool) -> None:
    assert is_compact_clock(sheet([header, "Ток"], [83000, 5]), 0) is compact


@pytest.mark.parametrize(
    ("header", "cells", "days", "of_day"),
    [
        ("Hour", [8, 9], ["1", "2"], True),
        ("Hour", [8.5, 9], ["1", "1"], False),
        ("Hours", [8, 9], ["01.03.2026", "01.03.2026"], True),
        ("Hours", [8, 9], ["01.03.2026", "02.03.2026"], False),
        ("Время", [8, 25], ["01.03.2026", "01.03.2026"], False),
    ],
)
def test_hours_are_of_the_day_where_nothing_else_tells_its_rows_apart(
    header: str, cells: list[float], days: list[str], of_day: bool
) -> None:
    made = sheet(["Дата", header], *([day, cell] for day, cell in zip(days, cells, strict=True)))
    values = made.table.column("c1").to_numpy()
    assert is_hour_of_day(made, 1, values, vocabulary()) is of_day
    assert numbers(values) == cells


def test_minutes_beside_an_hour_that_nobody_wrote_are_of_none() -> None:
    """Nor does such a row say of the column that it is another thing."""
    assert clocks({"Minute": ""}, ["1", DAY, 8, 30, 86.4], ["1", DAY, "", 45, 86.4])[:2] == ([510, 0], {3})
    assert clocks({"Minute": ""}, ["1", DAY, 8, 30, 86.4], ["1", DAY, "", 75, 86.4])[:2] == ([510, 0], {3})
