"""What a sheet's written dates have first: the day, the month or the year."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from app.importers.date_order import (
    DAY_FIRST,
    MONTH_FIRST,
    YEAR_FIRST,
    DateOrder,
    order_of,
    order_said,
    with_centuries,
)
from tests.importers.test_periods import us


def order(*cells: str | None, others: tuple[str, ...] = (), wells: list[int] | None = None) -> DateOrder:
    column = pa.chunked_array([pa.array(cells, pa.string())])
    beside = [pa.chunked_array([pa.array(others, pa.string())])] if others else []
    return order_of(column, beside, np.array(wells or [0] * len(cells)))


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["13/02/2026", "01/02/2026"], DAY_FIRST),
        (["02/13/2026", "02/01/2026"], MONTH_FIRST),
        (["12/12/2026"], DAY_FIRST),
        (["01.02.2026", "02.02.2026"], DAY_FIRST),
        (["2026-02-01"], DAY_FIRST),
        (["05:00 02/13/2026"], MONTH_FIRST),
        ([""], DAY_FIRST),
    ],
)
def test_a_number_over_twelve_or_points_prove_the_order(cells: list[str], first: str) -> None:
    found = order(*cells)
    assert (found.order, found.proved) == (first, True)


def test_another_column_of_the_sheet_proves_it_too() -> None:
    assert order("01/02/2026", others=("02/13/2026",)) == DateOrder(MONTH_FIRST)
    assert order("01/02/2026", others=("13/02/2026",)) == DateOrder(DAY_FIRST)
    assert order("13/02/2026", others=("02/13/2026",)).order == DAY_FIRST


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["01/03/2026", "02/03/2026", "03/03/2026", "05/03/2026"], ""),
        (["03/01/2026", "03/02/2026", "03/03/2026", "04/01/2026"], MONTH_FIRST),
        (["01/02/2026", "02/02/2026", "01/03/2026"], DAY_FIRST),
        (["01/02/2026", "01/03/2026", "02/01/2026"], MONTH_FIRST),
        ([f"{n:02}/03/2026" for n in range(1, 13)], ""),
        ([f"01/{n:02}/2026" for n in range(1, 13)], DAY_FIRST),
        ([f"{n:02}/01/2026" for n in range(1, 13)], MONTH_FIRST),
        ([f"01/{n:02}/2026" for n in range(1, 12)], ""),
        ([f"05/{n:02}/2026" for n in range(1, 7)], MONTH_FIRST),
        ([f"05/{n:02}/2026" for n in range(1, 6)], ""),
        ([f"{n:02}/05/2026" for n in range(1, 7)], DAY_FIRST),
        (["01/02/2026 00:00", "01/02/2026 12:00", "02/02/2026 00:00", "02/02/2026 12:00"], DAY_FIRST),
        (["02/01/2026 00:00", "02/01/2026 12:00", "02/02/2026 00:00", "02/02/2026 12:00"], MONTH_FIRST),
        (["01/02/2026"], ""),
    ],
)
def test_the_rows_say_which_reading_is_likelier_or_nothing(cells: list[str], first: str) -> None:
    found = order(*cells)
    assert (found.order, found.proved) == (first, False)


def test_what_is_open_is_shown_by_the_first_cell_that_differs() -> None:
    found = order("05/05/2026", " 01/02/2026 ")
    assert (found.row, found.cell) == (1, "01/02/2026")
    assert (found.day_us, found.month_us) == (us("2026-02-01")[0], us("2026-01-02")[0])


def test_wells_under_one_another_fall_back_for_themselves_only() -> None:
    cells = ["01/02/2026", "02/02/2026", "01/02/2026", "02/02/2026"]
    assert order(*cells, wells=[0, 0, 1, 1]).order == ""
    assert order(*cells).order == ""


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["Mon 02/03/2026"], DateOrder(DAY_FIRST)),
        (["Tue 02/03/2026"], DateOrder(MONTH_FIRST)),
        (["Mon 13/04/2026"], DateOrder(DAY_FIRST)),
        (["Mon 04/13/2026"], DateOrder(MONTH_FIRST)),
        (["Mon 05/05/2026"], DateOrder()),
    ],
)
def test_a_weekday_that_a_date_is_called_says_its_order(cells: list[str], found: DateOrder) -> None:
    """2 March 2026 was a Monday, 3 February a Tuesday."""
    assert order(*cells, None) == found


def test_weekdays_that_fit_neither_reading_leave_it_open() -> None:
    found = order("Fri 02/03/2026", None)
    assert (found.order, found.proved, found.row) == ("", False, 0)


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["26-10-13", "26-10-14", "26-10-15"], YEAR_FIRST),
        (["99-12-30", "99-12-31", "00-01-01"], YEAR_FIRST),
        (["13-10-26", "14-10-26", "15-10-26"], DAY_FIRST),
        (["13-10-26", "14-10-26", "32-10-26"], DAY_FIRST),
        (["26-13-10", "26-13-11"], DAY_FIRST),
    ],
)
def test_of_two_figures_three_times_the_first_may_be_the_year(cells: list[str], first: str) -> None:
    assert order(*cells).order == first


def test_one_day_alone_that_may_begin_with_its_year_is_asked_of() -> None:
    found = order("26-10-13", "26-10-13")
    assert (found.order, found.proved) == ("", False)
    assert found.year_us == us("2026-10-13")[0]
    assert found.day_us == us("2013-10-26")[0]
    assert found.month_us == 0
    assert order("11-10-12").month_us == us("2012-11-10")[0]


def test_centuries_are_put_before_two_figures() -> None:
    column = pa.chunked_array([pa.array([" 26-10-13 06:00", "26.1.3", "2026-10-13", None])])
    assert with_centuries(column).to_pylist() == ["2026-10-13 06:00", "26.1.3", "2026-10-13", None]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Date (dd/mm/yyyy)", DAY_FIRST),
        ("DATE.MM/DD/YYYY", MONTH_FIRST),
        ("Дата (ДД.ММ.ГГ)", DAY_FIRST),
        ("d-m-y", DAY_FIRST),
        ("m-d-y", MONTH_FIRST),
        ("Дата", ""),
        ("dd/mm/yyyy or mm/dd/yyyy", ""),
        ("add/mm", ""),
    ],
)
def test_the_form_over_a_column_says_its_order(header: str, said: str) -> None:
    assert order_said(header) == said
