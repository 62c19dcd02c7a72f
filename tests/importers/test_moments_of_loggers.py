"""What historians and loggers write for a moment, and what a column of such looks like."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from app.importers.date_order import DAY_FIRST, YEAR_FIRST, order_of
from app.importers.moments import looks_like, moments_of, month_number
from tests.importers.test_moments import FLOAT, SECOND, TEXT, column, read, us

# ---- forms of historians and loggers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("01-Oct-26 00:01:00.500", us(2026, 10, 1, 0, 1) + SECOND // 2),
        ("01-Oct-2026 00:01", us(2026, 10, 1, 0, 1)),
        ("1 окт 2026 08:00", us(2026, 10, 1, 8)),
        ("1 октября 2026 г. 08:00:05", us(2026, 10, 1, 8, 0, 5)),
        ("Oct 1, 2026 1:05 PM", us(2026, 10, 1, 13, 5)),
        ("October 1st 2026", us(2026, 10, 1)),
        ("Thu, 01 Oct 2026 08:00:00 GMT", us(2026, 10, 1, 8)),
        ("2026-Oct-01 08:00", us(2026, 10, 1, 8)),
        ("01/Oct/2026:08:00:00", us(2026, 10, 1, 8)),
        ("2026/10/01 08:00:00.25", us(2026, 10, 1, 8) + SECOND // 4),
        ("2026.10.1", us(2026, 10, 1)),
        ("01/10/2026-08:00", us(2026, 10, 1, 8)),
        ("20261001", us(2026, 10, 1)),
        ("20261001 080000", us(2026, 10, 1, 8)),
        ("20261001T0800", us(2026, 10, 1, 8)),
        ("20261001080000", us(2026, 10, 1, 8)),
        ("20261001-080000.5", us(2026, 10, 1, 8) + SECOND // 2),
        ("01.10.2026 24:00", us(2026, 10, 2)),
        ("2026-10-01 24:00:00", us(2026, 10, 2)),
        ("01.10.2026 08:00:00:500", us(2026, 10, 1, 8) + SECOND // 2),
        ("01.10.2026 08:00:00,5", us(2026, 10, 1, 8) + SECOND // 2),
        ("01.10.2026 08:00 UTC+5", us(2026, 10, 1, 3)),
        ("01.10.2026 08:00 МСК", us(2026, 10, 1, 5)),
        ("01.10.2026 08:00:00 +0500", us(2026, 10, 1, 3)),
        ("10.2026", us(2026, 10, 1)),
        ("октябрь 2026", us(2026, 10, 1)),
        ("декада 2026", None),
        ("мама 2026", None),
        ("5 майор 2026", None),
        ("12 мартини 2026", None),
    ],
)
def test_what_historians_and_loggers_write_is_a_moment_and_words_only_whole(
    cell: str, moment: int | None
) -> None:
    assert read(cell) == [moment]


@pytest.mark.parametrize(
    "cells",
    [
        ["1790812800", "1790812860"],
        ["1790812800000", "1790812860000"],
        ["1790812800000000", "1790812860000000"],
    ],
)
def test_seconds_since_1970_are_read_with_milli_and_micro(cells: list[str]) -> None:
    expected = [us(2026, 10, 1), us(2026, 10, 1, 0, 1)]
    assert read(*cells) == expected
    assert moments_of(column([float(c) for c in cells], FLOAT)).time_us.tolist() == expected
    assert looks_like(column(cells))[0] == "epoch"
    assert moments_of(column(cells)).zoned.all()


def test_days_are_counted_from_1904_where_the_workbook_does() -> None:
    for cells, kind in (([44845.375], FLOAT), (["44845.375", "x"], TEXT)):
        found = moments_of(column(cells, kind), from_1904=True)
        assert found.time_us.tolist()[0] == us(2026, 10, 12, 9)


def test_a_number_of_a_day_is_that_day() -> None:
    assert moments_of(column([20261001.0, 20261301.0], FLOAT)).time_us.tolist() == [us(2026, 10, 1), 0]
    assert looks_like(column(["20261001", "20261002"]))[0] == "compact"


@pytest.mark.parametrize(("cell", "number"), [("мама", None), ("марта", 3), ("Декада", None), ("sept.", 9)])
def test_a_month_is_a_whole_word(cell: str, number: int | None) -> None:
    assert month_number(cell) == number


def test_one_clock_among_words_and_blanks_does_not_make_a_column_of_clocks() -> None:
    cells = ["08:30", "а", "б", "в", *[""] * 9]
    assert looks_like(column(cells))[0] == "text"
    assert looks_like(column(["08:30", "09:30", "10:30", "?"]))[0] == "clock"


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("20261201", "compact"),
        ("20261301", "number"),
        ("20260001", "number"),
        ("20261200", "number"),
        ("20261232", "number"),
        ("19491231", "number"),
        ("22001231", "number"),
    ],
)
def test_eight_digits_are_a_day_where_the_calendar_has_it(cell: str, kind: str) -> None:
    assert looks_like(column([cell]))[0] == kind


def test_unless_it_is_said_days_stand_first_and_are_counted_from_1900() -> None:
    assert moments_of(column(["03.04.2026"])).time_us.tolist() == [us(2026, 4, 3)]
    assert moments_of(column([46_000.0], FLOAT)).time_us.tolist() == [us(2025, 12, 9)]


def test_a_day_that_is_a_slip_makes_no_years_of_the_other_days() -> None:
    wells = np.zeros(4, np.int64)
    written = ["12.10.26", "13.10.26", "32.10.26", "15.10.26"]
    found = order_of(pa.chunked_array([written]), [], wells)
    assert found.order == DAY_FIRST
    assert moments_of(pa.chunked_array([written])).bad.tolist() == [False, False, True, False]
    years = ["99-12-29", "99-12-30", "99-12-31", "00-01-01"]
    assert order_of(pa.chunked_array([years]), [], wells).order == YEAR_FIRST
