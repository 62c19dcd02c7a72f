"""Moments, clocks and months as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importers.moments import clocks_of, looks_like, moments_of
from app.importers.numbers import NOTHING
from app.models.limits import EARLIEST
from tests.proofs import examples

TEXT, FLOAT = pa.string(), pa.float64()
SECOND = 1_000_000
FIRST = EARLIEST.strftime("%Y-%m-%d %H:%M:%S")
BEFORE = (EARLIEST - timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S")


def us(*moment: int) -> int:
    return round(datetime(*moment, tzinfo=UTC).timestamp()) * SECOND


def column(cells: list, kind: pa.DataType = TEXT) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(cells, kind)])


def read(*cells: str, month_first: bool = False) -> list[int | None]:
    """The moments; None where a cell is wrong or empty."""
    found = moments_of(column(list(cells)), month_first=month_first)
    assert not (found.time_us[found.bad | found.empty]).any()
    assert not (found.bad & found.empty).any()
    out = ~(found.bad | found.empty)
    return [int(at) if there else None for at, there in zip(found.time_us, out, strict=True)]


def wrong(*cells: str) -> list[bool]:
    return moments_of(column(list(cells))).bad.tolist()


# ---- ISO ---------------------------------------------------------------------------------------------------


def test_iso_moments_are_read_to_the_microsecond() -> None:
    assert read("2026-03-04 05:06:07", "2026-03-04T05:06:07.250001") == [
        us(2026, 3, 4, 5, 6, 7),
        us(2026, 3, 4, 5, 6, 7) + 250_001,
    ]


def test_iso_dates_minutes_and_decimal_commas_stand_beside_each_other() -> None:
    assert read("2026-03-04", "2026-03-04 05:06", "2026-03-04 05:06:07,5", "x") == [
        us(2026, 3, 4),
        us(2026, 3, 4, 5, 6),
        us(2026, 3, 4, 5, 6, 7) + SECOND // 2,
        None,
    ]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-04T05:06:07Z", us(2026, 3, 4, 5, 6, 7)),
        ("2026-03-04T05:06:07+05:00", us(2026, 3, 4, 0, 6, 7)),
        ("2026-03-04T05:06:07-0300", us(2026, 3, 4, 8, 6, 7)),
        ("2026-03-04 05:06:07,5+05:00", us(2026, 3, 4, 0, 6, 7) + SECOND // 2),
    ],
)
def test_a_zone_in_the_cell_is_taken_off(cell: str, moment: int) -> None:
    assert read(cell, "2026-01-01 00:00:00") == [moment, us(2026, 1, 1)]


def test_one_impossible_date_leaves_its_neighbours_readable() -> None:
    assert read("2026-13-04", "2026-03-04", "2026-02-30", "2026-02-28") == [
        None,
        us(2026, 3, 4),
        None,
        us(2026, 2, 28),
    ]


def test_one_impossible_zoned_hour_leaves_its_neighbours_readable() -> None:
    assert read("2026-03-04T25:00:00Z", "2026-03-04T05:00:00Z") == [None, us(2026, 3, 4, 5)]


# ---- day first, month first --------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["/", "-", "."])
def test_the_day_stands_first_unless_it_is_said_otherwise(mark: str) -> None:
    cell = f"03{mark}04{mark}2026"
    assert read(cell) == [us(2026, 4, 3)]
    assert read(cell, month_first=True) == [us(2026, 3, 4)]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("03.04.2026 05:06:07", us(2026, 4, 3, 5, 6, 7)),
        ("03.04.2026 5:06:07", us(2026, 4, 3, 5, 6, 7)),
        ("03.04.2026 05:06", us(2026, 4, 3, 5, 6)),
        ("03.04.2026 05:06:07.25", us(2026, 4, 3, 5, 6, 7) + SECOND // 4),
        ("03.04.26", us(2026, 4, 3)),
        ("03.04.26 05:06:07", us(2026, 4, 3, 5, 6, 7)),
        ("03.04.26 5:06", us(2026, 4, 3, 5, 6)),
        ("3.4.2026", us(2026, 4, 3)),
        ("3.4.26", us(2026, 4, 3)),
        ("3.4.26 7:08", us(2026, 4, 3, 7, 8)),
        ("3.4.26 7:08:09", us(2026, 4, 3, 7, 8, 9)),
        ("3.4.2026г. 7:08", us(2026, 4, 3, 7, 8)),
        ("3.4.2026, 7.08", us(2026, 4, 3, 7, 8)),
        ("31.12.1999", us(1999, 12, 31)),
        ("1.1.68", us(2068, 1, 1)),
        ("1.1.69", us(1969, 1, 1)),
        ("1.1.99", us(1999, 1, 1)),
        ("1.1.00", us(2000, 1, 1)),
    ],
)
def test_a_written_date_is_read_with_and_without_zeros_and_a_clock(cell: str, moment: int) -> None:
    assert read(cell) == [moment]


def test_a_loose_date_knows_month_first_too() -> None:
    assert read("3/4/2026", month_first=True) == [us(2026, 3, 4)]
    assert read("3/14/2026", month_first=True) == [us(2026, 3, 14)]


@pytest.mark.parametrize(
    "cell",
    [
        "45.01.2026",
        "01.13.2026",
        "00.01.2026",
        "30.02.2026",
        "31.04.2026",
        "29.02.2025 10:00",
        "30.02.26",
        "01.01.2026 12:30:60",
        "01.01.2026 24:01",
        "01.01.2026 12:60",
        "31.4.26",
        "1.1.2026 7:08:61",
    ],
)
def test_a_day_that_the_calendar_does_not_have_is_wrong(cell: str) -> None:
    assert wrong(cell, "02.01.2026") == [True, False]


def test_a_leap_day_is_there_in_leap_years_and_its_neighbours_stay() -> None:
    assert read("29.02.2024", "29.02.2025", "28.02.2025") == [us(2024, 2, 29), None, us(2025, 2, 28)]
    assert read("02/29/2024", "02/30/2024", month_first=True) == [us(2024, 2, 29), None]


def test_of_two_marks_in_one_column_the_rarer_one_is_wrong() -> None:
    assert wrong("03.04.2026", "04.04.2026", "04/05/2026") == [False, False, True]
    assert wrong("03.04.2026", "05/04/2026", "04/05/2026") == [True, False, False]


def test_of_two_marks_as_often_the_point_is_taken() -> None:
    assert wrong("04/05/2026", "03.04.2026") == [True, False]
    assert wrong("04-05-2026", "03.04.2026") == [True, False]


# ---- words, counts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("12 марта 2026", us(2026, 3, 12)),
        ("12 мая 2026 г.", us(2026, 5, 12)),
        ("12 May 2026", us(2026, 5, 12)),
        ("март 2024 г.", us(2024, 3, 1)),
        ("Март 2024 года", us(2024, 3, 1)),
        ("янв.24", us(2024, 1, 1)),
        ("Dec-25", us(2025, 12, 1)),
        ("1-янв-26", us(2026, 1, 1)),
        ("12.фев.2026", us(2026, 2, 12)),
    ],
)
def test_months_in_words_are_read_and_without_a_day_it_is_the_first(cell: str, moment: int) -> None:
    assert read(cell) == [moment]


@pytest.mark.parametrize("cell", ["12 мартобря", "31 июня 2026", "скважина 2026", "12 xyz 2026", "итого"])
def test_words_that_are_no_month_are_wrong(cell: str) -> None:
    assert wrong(cell) == [True]


def test_excels_days_written_as_text_are_read() -> None:
    assert read("46085,25", "x") == [us(2026, 3, 4, 6), None]
    assert read("46085", "x") == [us(2026, 3, 4), None]


@pytest.mark.parametrize(
    ("cell", "bad"), [("18263", True), ("18264", False), ("73050", False), ("73051", True)]
)
def test_excels_days_as_text_are_of_1950_to_2099(cell: str, bad: bool) -> None:
    assert wrong(cell) == [bad]


def test_unix_seconds_and_milliseconds_written_as_text_are_read() -> None:
    at = us(2026, 3, 4, 5, 6, 7)
    assert read(str(at // SECOND), "") == [at, None]
    assert read(str(at // 1000), "") == [at, None]
    assert read("999999999", "x1") != [us(2001, 9, 9, 1, 46, 39), None]  # not beside words
    assert read("999999999", "-") == [us(2001, 9, 9, 1, 46, 39), None]


@pytest.mark.parametrize("cell", [*NOTHING, "N/A", "Нет данных"])
def test_what_stands_for_nothing_is_no_moment_and_not_wrong(cell: str) -> None:
    found = moments_of(column([cell, "03.04.2026"]))
    assert found.empty.tolist() == [True, False]
    assert not found.bad.any()


@pytest.mark.parametrize(("cell", "bad"), [(BEFORE, True), (FIRST, False), ("1850-01-01", True)])
def test_before_the_earliest_moment_nobody_measured(cell: str, bad: bool) -> None:
    found = moments_of(column([cell, None]))
    assert found.bad.tolist() == [bad, False]
    assert (found.time_us[0] == 0) == bad
    assert found.empty.tolist() == [False, True]


# ---- columns that come with a type -------------------------------------------------------------------------


def test_timestamps_of_every_precision_and_dates_are_taken_as_they_are() -> None:
    for unit in ("s", "ms", "us"):
        found = moments_of(column([datetime(2026, 3, 4, 5), None], pa.timestamp(unit)))
        assert found.time_us.tolist() == [us(2026, 3, 4, 5), 0]
        assert found.empty.tolist() == [False, True]
        assert not found.bad.any()
    assert moments_of(column([date(2026, 3, 4)], pa.date32())).time_us.tolist() == [us(2026, 3, 4)]


def test_a_timestamp_with_a_zone_is_the_moment_in_utc() -> None:
    there = datetime(2026, 3, 4, 5, tzinfo=UTC)
    found = moments_of(column([there], pa.timestamp("us", "Asia/Yekaterinburg")))
    assert found.time_us.tolist() == [us(2026, 3, 4, 5)]


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (46085.0, us(2026, 3, 4)),
        (46085.5, us(2026, 3, 4, 12)),
        (18264.0, us(1950, 1, 1)),
        (73050.0, us(2099, 12, 31)),
        (1e8, 10**14),
        (1_772_600_767.0, 1_772_600_767 * SECOND),
        (1_772_600_767_250.0, 1_772_600_767_250_000),
        (1e11, 10**14),
    ],
)
def test_numbers_in_a_column_of_times_are_days_seconds_or_milliseconds(value: float, moment: int) -> None:
    found = moments_of(column([value], FLOAT))
    assert found.time_us.tolist() == [moment]
    assert not found.bad.any()
    assert not found.empty.any()


@pytest.mark.parametrize("value", [0.0, -1.0, 18_263.9, 73_050.1, 99_999_999.0, 1e10, 99_999_999_999.0, 1e13])
def test_other_numbers_in_a_column_of_times_are_wrong(value: float) -> None:
    found = moments_of(column([value, 46085.0], FLOAT))
    assert found.bad.tolist() == [True, False]
    assert found.time_us[0] == 0


def test_no_number_in_a_column_of_times_is_nothing() -> None:
    found = moments_of(column([None, float("nan"), 46085.0], FLOAT))
    assert found.empty.tolist() == [True, True, False]
    assert not found.bad.any()
    assert moments_of(column([46085], pa.int64())).time_us.tolist() == [us(2026, 3, 4)]


def test_excels_rounding_of_a_second_is_put_right() -> None:
    almost = 46085 + (3600 * 5 + 7) / 86_400 - 2e-7
    assert moments_of(column([almost], FLOAT)).time_us.tolist() == [us(2026, 3, 4, 5, 0, 7)]


# ---- what a column looks like ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "kind", "texts", "filled"),
    [
        (["1,5", "2", ""], "number", 0, 2),
        (["1", "x"], "number", 1, 2),
        (["1", "x", "y"], "text", 2, 3),
        (["46085", "46086,5"], "serial", 0, 2),
        (["46085", "73051"], "number", 0, 2),
        (["18264", "73050"], "serial", 0, 2),
        (["2024", "2025"], "year", 0, 2),
        (["1950", "2100"], "year", 0, 2),
        (["1949", "2025"], "number", 0, 2),
        (["2024", "2101"], "number", 0, 2),
        (["2024,5", "2025"], "number", 0, 2),
        (["03.04.2026", "04.04.2026"], "time", 2, 2),
        (["03.04.2026", "позже"], "time", 2, 2),
        (["03.04.2026", "позже", "потом"], "text", 3, 3),
        (["05:06", "23:00"], "clock", 2, 2),
        (["05:06", "полдень"], "text", 2, 2),
        (["ЭЦН", "ШГН"], "text", 2, 2),
        (["", None], "empty", 0, 0),
        ([], "empty", 0, 0),
    ],
)
def test_a_column_is_known_by_its_cells(cells: list, kind: str, texts: int, filled: int) -> None:
    found = looks_like(column(cells))
    assert (found[0], found[2], found[3]) == (kind, texts, filled)


def test_the_numbers_of_a_column_come_with_its_look() -> None:
    assert looks_like(column(["1,5", "x", "2"]))[1].tolist() == [1.5, 2.0]
    assert looks_like(column([46085.0, None], FLOAT))[1].tolist() == [46085.0]


def test_a_column_with_a_type_looks_like_its_type() -> None:
    assert looks_like(column([datetime(2026, 3, 4), None], pa.timestamp("us")))[::3] == ("time", 1)
    assert looks_like(column([None], pa.timestamp("us")))[::3] == ("empty", 0)
    assert looks_like(column([date(2026, 3, 4)], pa.date32()))[::3] == ("time", 1)
    assert looks_like(column([time(5, 6), None], pa.time64("us")))[::3] == ("clock", 1)
    assert looks_like(column([], pa.timestamp("us")))[::3] == ("empty", 0)


# ---- properties --------------------------------------------------------------------------------------------

MOMENT = st.datetimes(datetime(1950, 1, 1), datetime(2068, 12, 31)).map(lambda at: at.replace(microsecond=0))


def exact(at: datetime) -> int:
    return (at - datetime(1970, 1, 1)) // timedelta(microseconds=1)


@given(st.lists(MOMENT, min_size=1, max_size=6), st.sampled_from("./-"), st.booleans())
def test_a_moment_written_day_or_month_first_is_the_moment_read(
    moments: list[datetime], mark: str, month_first: bool
) -> None:
    day = f"%m{mark}%d{mark}%Y" if month_first else f"%d{mark}%m{mark}%Y"
    cells = [at.strftime(f"{day} %H:%M:%S") for at in moments]
    assert read(*cells, month_first=month_first) == [exact(at) for at in moments]


@given(st.datetimes(datetime(1950, 1, 2), datetime(2199, 12, 31)))
def test_iso_with_every_microsecond_comes_back(at: datetime) -> None:
    assert read(at.isoformat(), "?") == [exact(at), None]
    assert read(at.isoformat() + "+03:00", "?") == [
        exact(at) - 3 * 3600 * SECOND if exact(at) - 3 * 3600 * SECOND >= us(1950, 1, 1) else None,
        None,
    ]


@given(st.integers(0, 86_399), st.integers(18_264, 73_049))
def test_excels_count_of_days_is_exact_to_the_second(second: int, day: int) -> None:
    found = moments_of(column([day + second / 86_400], FLOAT))
    assert found.time_us.tolist() == [((day - 25_569) * 86_400 + second) * SECOND]


@given(st.times())
def test_a_clock_comes_back_with_its_fraction_and_from_excel_to_the_second(at: time) -> None:
    seconds = at.hour * 3600 + at.minute * 60 + at.second
    assert clocks_of(column([at.isoformat()])).time_us.tolist() == [seconds * SECOND + at.microsecond]
    assert clocks_of(column([seconds / 86_400], FLOAT)).time_us.tolist() == [seconds * SECOND]


@settings(max_examples=examples(40))
@given(st.lists(st.text("0123456789./-: Tмартянв", max_size=14), min_size=1, max_size=5))
def test_whatever_stands_in_a_column_each_cell_is_a_moment_or_nothing_or_wrong(cells: list[str]) -> None:
    found = moments_of(column(cells))
    assert len(found.time_us) == len(found.bad) == len(found.empty) == len(cells)
    assert not (found.bad & found.empty).any()
    assert not found.time_us[found.bad | found.empty].any()
    assert (found.time_us >= us(1900, 1, 1)).all()
    assert found.time_us.dtype == np.int64
