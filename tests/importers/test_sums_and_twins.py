"""Rows that are sums, values of one instant, rows years away from the others, cards that begin anew."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from app.core.clock import to_us
from app.importers.card_breaks import begins_again
from app.importers.clock_resets import say_resets
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.rows import Problem, Rows
from app.importers.sheets import Layout
from app.importers.sums import sums_of
from app.importers.twins import FIRST, LAST, MOST, Series, without_twins
from tests.importers.sheets_at_hand import Column, reading_at_hand

DAY = "01.03.2026"
DAY_US = 86_400_000_000

# ---- sums --------------------------------------------------------------------------------------------------

AMOUNTS: tuple[Column, ...] = ("well", "time", ("oil_m3", "м3"), ("water_m3", "м3"), ("choke_share", "%"))


def sums(*rows: tuple[Any, Any, Any], asked: list[int], left_out: tuple[int, ...] = ()) -> list[int]:
    """Which of `asked` are sums, of rows of (oil, water, a share)."""
    reading = reading_at_hand("production", AMOUNTS, *([f"w{i}", DAY, *row] for i, row in enumerate(rows)))
    reading.keep[list(left_out)] = False
    wells = np.array([f"w{i}" for i in range(len(rows))], object)
    found = sums_of(reading, wells, np.array(asked, np.int64))
    assert len(found) == len(rows)
    return np.flatnonzero(found).tolist()


def test_a_row_that_holds_the_sum_of_the_rows_over_it_is_one() -> None:
    assert sums((1, 2, 50), (3, 4, 60), (4, 6, 70), asked=[2]) == [2]
    assert sums((1, 2, 50), (3, 4, 60), (4, 7, 70), asked=[2]) == []
    assert sums((1, 2, 50), (3, 4, 60), (4, "", 70), asked=[2]) == [2], "what it does not hold is no amount"
    assert sums((1, 2, 50), (3, 4, 60), (4, 0, 70), asked=[2]) == [2]
    assert sums((1, "", 50), (3, 4, 60), (4, 4, 70), asked=[2]) == [2]
    assert sums((1, 2, 50), (3, 4, 60), ("", "", 110), asked=[2]) == [], "a share is no amount"


def test_one_row_alone_is_no_sum_of_one_like_it() -> None:
    assert sums((1, 2, 50), (1, 2, 50), asked=[1]) == []
    assert sums((1, 2, 50), (0, 0, 50), (1, 2, 50), asked=[2]) == [2]
    assert sums((1, 2, 50), (3, 4, 60), (4, 6, 70), asked=[2], left_out=(0,)) == []


def test_a_sum_begins_behind_the_last_one() -> None:
    rows = [(1, 1, 5), (2, 2, 5), (3, 3, 5), (5, 5, 5), (6, 6, 5), (11, 11, 5)]
    assert sums(*rows, asked=[2, 5]) == [2, 5]
    assert sums(*rows, asked=[5]) == []
    assert sums(*rows, asked=[]) == []


@pytest.mark.parametrize(("total", "is_one"), [(4.000003, True), (4.000005, False), (3.999997, True)])
def test_a_sum_is_one_to_a_millionth(total: float, is_one: bool) -> None:
    assert bool(sums((1, 2, 50), (3, 4, 60), (total, 6, 70), asked=[2])) is is_one


# ---- twins -------------------------------------------------------------------------------------------------


def rows_at(times: list[int], kind: str = "readings", **more: Any) -> Rows:
    n = len(times)
    at = np.array(times, np.int64)
    return Rows(kind, np.arange(2, 2 + n), np.full(n, "1", object), at, None, {}, **more)


def twins(
    times: list[int], values: list[float], said: str = "", **more: Any
) -> tuple[list[bool], list[Problem], list[Any]]:
    rows = rows_at(times, **more)
    series = Series("intake_pressure", np.arange(len(times)), np.array(values, float))
    keep = without_twins(rows, series, said)
    return keep.tolist(), rows.problems, [(code, told["lines"]) for code, told in rows.remarks]


def test_of_a_value_that_is_repeated_the_first_is_kept_and_the_others_are_told_of() -> None:
    keep, problems, remarks = twins([1, 2, 2, 2, 3], [5, 6, 6, 6, 7])
    assert keep == [True, True, False, False, True]
    assert problems == []
    assert remarks == [("import.repeated", [4, 5])]


def test_two_values_of_one_instant_are_asked_of_and_the_last_is_taken_until_then() -> None:
    keep, problems, remarks = twins([1, 2, 2], [5, 6, 8])
    assert keep == [True, False, True]
    told = [(p.line, p.column, p.header, p.value, p.code, p.severity) for p in problems]
    assert told == [(4, -1, "intake_pressure", "8", "twin_values", "question")]
    assert problems[0].options == {"first": "6", "last": "8"}
    assert (problems[0].details["line"], problems[0].details["other"]) == (3, 4)
    assert remarks == []


@pytest.mark.parametrize(("said", "keep"), [(FIRST, [True, True, False]), (LAST, [True, False, True])])
def test_what_was_said_of_twins_is_done_and_told(said: str, keep: list[bool]) -> None:
    kept, problems, _ = twins([1, 2, 2], [5, 6, 8], said)
    assert kept == keep
    assert [p.severity for p in problems] == ["warning"]


def test_the_same_instant_further_down_is_found_too_and_the_order_of_the_file_is_kept() -> None:
    keep, problems, _ = twins([3, 1, 2, 1], [5, 6, 7, 9])
    assert keep == [True, False, True, True]
    assert (problems[0].details["line"], problems[0].details["other"]) == (3, 5)
    assert twins([3, 2, 1], [5, 6, 7]) == ([True] * 3, [], [])


@pytest.mark.parametrize(("apart", "severity"), [(1.0, "warning"), (8.85, "warning"), (9.0, "question")])
def test_twins_that_differ_by_less_than_the_series_itself_are_only_told_of(
    apart: float, severity: str
) -> None:
    """Of 0, 1, 1, 2 … 10 the middle nine tenths lie between 0.55 and 9.45."""
    times, values = [*range(11), 10], [*map(float, range(11)), 10.0 - apart]
    assert [p.severity for p in twins(times, values)[1]] == [severity]


def test_of_few_values_no_spread_is_known() -> None:
    assert [p.severity for p in twins([*range(8), 7], [*map(float, range(8)), 7.1])[1]] == ["question"]
    assert [p.severity for p in twins([*range(9), 8], [*map(float, range(9)), 8.1])[1]] == ["warning"]


def test_of_many_twins_the_worst_is_asked_of_and_twenty_are_told_of() -> None:
    times = [moment for n in range(30) for moment in (n, n)]
    values = [value for n in range(30) for value in (float(n), n + (900.0 if n == 7 else 100.0))]
    _, problems, _ = twins(times, values)
    assert len(problems) == MOST == 20
    assert [p.line for p in problems[:3]] == [17, 3, 5]
    assert [p.severity for p in problems[:2]] == ["question", "warning"]


def test_twins_are_told_as_the_file_has_them() -> None:
    shown = {"intake_pressure": np.array([50.0, 60.0, 80.0])}
    assert twins([1, 2, 2], [5e6, 6e6, 8e6], shown=shown)[1][0].options == {"first": "60", "last": "80"}


# ---- clocks that began anew --------------------------------------------------------------------------------

PLAN = SheetPlan("Л", "readings", Layout(0), (ColumnPlan("Время", "time"),))


def resets(*days: str, **more: Any) -> list[int]:
    """The lines that are told to be far away."""
    at = [int(np.datetime64(day, "us").astype(np.int64)) for day in days]
    rows = rows_at(at, **more)
    say_resets(rows, PLAN)
    return [line for code, told in rows.remarks if code == "import.far_away" for line in told["lines"]]


STEADY = [f"2026-03-{day:02}" for day in range(1, 11)]


@pytest.mark.parametrize("begun", ["1970-01-01", "1980-01-02T23:59", "2000-01-01T12:00", "1999-12-30T00:01"])
def test_a_clock_that_begins_where_recorders_begin_is_told_of(begun: str) -> None:
    assert resets(*STEADY[:3], begun) == [5]
    assert resets(begun, *STEADY) == [2]


@pytest.mark.parametrize("year", ["1970", "1980", "2000"])
@pytest.mark.parametrize(("day", "told"), [("01-02", True), ("01-04", False)])
def test_so_many_rows_are_only_told_of_where_recorders_begin(year: str, day: str, told: bool) -> None:
    begun = [f"{year}-{day}T{hour:02}:00" for hour in range(4)]
    assert resets(*begun, *STEADY[:5]) == ([2, 3, 4, 5] if told else [])


def test_a_few_rows_a_year_away_from_steady_ones_are_told_of() -> None:
    assert resets(*STEADY, "2024-03-01") == [12]
    assert resets(*STEADY, "2028-03-01") == [12]
    assert resets(*STEADY, "2024-03-01", "2024-03-02", "2024-03-03") == [12, 13, 14]
    assert resets(*STEADY, "2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04") == []


@pytest.mark.parametrize(("day", "told"), [("2025-03-01", [12]), ("2025-03-02", [])])
def test_a_year_away_is_far(day: str, told: list[int]) -> None:
    assert resets(*STEADY, day) == told


def test_rows_that_lie_far_apart_themselves_make_no_other_row_far() -> None:
    sparse = ["2026-01-01", "2026-02-10", "2026-03-25", "2026-05-10"]
    assert resets(*sparse, "2020-01-01") == []
    monthly = ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]
    assert resets(*monthly, "2020-05-01") == [6]
    assert resets("2026-01-01") == []
    assert resets("2026-01-01", "2020-05-01") == []


def test_only_readings_are_told_of_and_only_by_rows_that_are_right() -> None:
    assert resets(*STEADY, "2024-03-01", kind="event") == []
    assert resets(*STEADY, "2024-03-01", asks=False) == []
    wrong = [Problem("Л", 12, 0, "Время", "x", "value_not_time")]
    assert resets(*STEADY, "2024-03-01", problems=wrong) == []
    assert resets(*STEADY, "2024-03-01", problems=[Problem("Л", 12, 0, "", "", "x", "warning")]) == [12]


def test_the_remark_names_the_first_of_them() -> None:
    rows = rows_at([to_us_of("2026-03-01"), to_us_of("2026-03-02"), 0, 60_000_000])
    say_resets(rows, PLAN)
    code, told = rows.remarks[0]
    assert code == "import.far_away"
    assert (told["column"], told["value"]) == ("Время", "1970-01-01T00:00:00Z")


def to_us_of(day: str) -> int:

    return to_us(datetime.fromisoformat(day).replace(tzinfo=UTC))


# ---- cards under one another -------------------------------------------------------------------------------

STROKE = [0.0, 1.0, 2.0, 1.0, 0.0]


def lines_of(*lengths: int, gap: int = 1) -> np.ndarray:
    found: list[int] = []
    for length in lengths:
        begins = found[-1] + 1 + gap if found else 2
        found += range(begins, begins + length)
    return np.array(found)


@pytest.mark.parametrize(
    ("line", "position", "begins"),
    [
        (lines_of(5, 5), [*STROKE, *STROKE], 5),
        (lines_of(5, 5, 5), [*STROKE, *STROKE, *STROKE], 5),
        (lines_of(5, 5), [*STROKE, 0.2, *STROKE[1:]], 5),
        (lines_of(5, 5), [*STROKE, 0.21, *STROKE[1:]], 0),
        (lines_of(5, 4), [*STROKE, *STROKE[:4]], 0),
        (lines_of(4, 6), [*STROKE[:4], 0.0, *STROKE], 0),
        (lines_of(10), [*STROKE, *STROKE], 0),
        (lines_of(5, 5, gap=0), [*STROKE, *STROKE], 0),
        (lines_of(5, 5), [1.0] * 10, 0),
        (lines_of(5, 5), [*STROKE, np.nan, *STROKE[1:]], 0),
        (np.array([2, 4, 6, 8, 10]), STROKE, 0),
        (np.empty(0, int), [], 0),
    ],
)
def test_another_card_begins_behind_a_gap_where_the_position_begins_anew(
    line: np.ndarray, position: list[float], begins: int
) -> None:
    assert begins_again(line, np.array(position)) == begins
