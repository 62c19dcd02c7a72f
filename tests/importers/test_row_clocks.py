"""Clocks in a column of their own: midnights that were passed, ends of the next day, how long it was."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.importers.row_times import NEVER, times_of, until_of
from app.importers.row_wells import wells_of
from app.importers.sheet_reading import SheetReading
from tests.importers.sheets_at_hand import Column, marks, reading_at_hand
from tests.importers.test_row_times import VALUE, at, times

DATED: tuple[Column, ...] = ("well", "time", "clock", VALUE)
DAY, NEXT = "01.03.2026", "02.03.2026"
WENT_BACK = "clock_went_back"


def clocks(*rows: list[Any], **said: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Of rows of (well, date, clock): day and hour, and what was marked as (line, code, severity)."""
    found, wrong = times(DATED, *([*row, 1] for row in rows), **said)
    shown = [str(np.datetime64(moment, "us").astype("datetime64[m]"))[8:] for moment in found]
    return shown, [(line, code, severity) for line, _, code, severity in wrong]


# ---- rows under one date -----------------------------------------------------------------------------------


def test_a_clock_that_goes_back_by_more_than_half_a_day_under_one_date_has_passed_midnight() -> None:
    rows = [
        ["1", DAY, "22:00"],
        ["1", "", "23:00"],
        ["1", "", "01:00"],
        ["1", "", "22:00"],
        ["1", "", "02:00"],
    ]
    assert clocks(*rows) == (["01T22:00", "01T23:00", "02T01:00", "02T22:00", "03T02:00"], [])


@pytest.mark.parametrize(
    ("first", "second", "day", "marked"),
    [
        ("12:01", "00:00", "02T00:00", []),
        ("12:00", "00:00", "01T00:00", [(3, WENT_BACK, "error")]),
        ("12:00", "11:59", "01T11:59", [(3, WENT_BACK, "error")]),
        ("12:00", "12:00", "01T12:00", []),
        ("12:00", "12:01", "01T12:01", []),
    ],
)
def test_one_that_goes_back_by_half_a_day_or_less_is_marked_and_one_that_stands_is_not(
    first: str, second: str, day: str, marked: list[Any]
) -> None:
    assert clocks(["1", DAY, first], ["1", "", second]) == ([f"01T{first}", day], marked)


def test_the_midnights_of_one_date_are_not_those_of_the_next_or_of_another_well() -> None:
    rows = [["1", DAY, "23:00"], ["1", "", "01:00"], ["1", "05.03.2026", "23:00"], ["1", "", "01:00"]]
    assert clocks(*rows) == (["01T23:00", "02T01:00", "05T23:00", "06T01:00"], [])
    rows = [["1", DAY, "23:00"], ["1", "", "01:00"], ["2", DAY, "02:00"], ["2", "", "03:00"]]
    assert clocks(*rows) == (["01T23:00", "02T01:00", "01T02:00", "01T03:00"], [])


def test_a_wrong_or_an_empty_clock_passes_no_midnight() -> None:
    rows = [["1", DAY, "23:00"], ["1", "", ""], ["1", "", "25:00"]]
    assert clocks(*rows) == (["01T23:00", "01T00:00", "01T00:00"], [(4, "value_not_time", "error")])


def test_clocks_under_what_a_person_said_pass_midnight_too() -> None:
    found, wrong = times(("well", "clock", VALUE), ["1", "23:00", 1], ["1", "00:30", 1], time=DAY)
    assert found == [at("2026-03-01T23:00"), at("2026-03-02T00:30")]
    assert wrong == []


# ---- a date in each row ------------------------------------------------------------------------------------

LATE = [["1", DAY, "23:00"], ["1", DAY, "00:05"], ["1", DAY, "23:30"], ["1", DAY, "00:10"]]


def test_a_date_that_stays_over_midnight_is_asked_of() -> None:
    shown, wrong = clocks(*LATE)
    assert shown == ["01T23:00", "01T00:05", "01T23:30", "01T00:10"]
    assert wrong == [(3, WENT_BACK, "question"), (5, WENT_BACK, "question")]


def test_what_was_answered_of_midnight_is_done() -> None:
    shown, wrong = clocks(*LATE, answers={"clock_went_back": "next_day"})
    assert (shown, wrong) == (["01T23:00", "02T00:05", "02T23:30", "03T00:10"], [])
    shown, wrong = clocks(*LATE, answers={"clock_went_back": "as_written"})
    assert (shown, wrong) == (["01T23:00", "01T00:05", "01T23:30", "01T00:10"], [])


@pytest.mark.parametrize(
    "rows",
    [
        [["1", DAY, "12:00"], ["1", DAY, "00:00"]],  # half a day: rows in no order
        [["1", DAY, "23:00"], ["2", DAY, "00:05"]],  # of another well
        [["1", DAY, "23:00"], ["1", NEXT, "00:05"]],  # of the next day
        [["1", DAY, "23:00"], ["1", DAY, ""]],  # a day without a clock
    ],
)
def test_a_midnight_that_is_none_is_not_asked_of(rows: list[list[Any]]) -> None:
    assert clocks(*rows)[1] == []
    assert clocks(*rows, answers={"clock_went_back": "next_day"}) == clocks(*rows)


def test_tables_by_name_have_each_names_day_after_the_other() -> None:
    columns: tuple[Column, ...] = ("time", "clock", "sensor", "value")
    rows = [[DAY, "23:00", "Рпр", 1], [DAY, "00:05", "Ток", 2]]
    assert times(columns, *rows, kind="readings")[1] == []


# ---- since a start -----------------------------------------------------------------------------------------


def test_what_was_counted_since_a_start_is_in_its_unit_or_written_as_a_clock() -> None:
    start, day = "2026-03-01 06:00", at("2026-03-01T06:00")
    for unit, hours in (("с", 1 / 3600), ("мин", 1 / 60), ("ч", 1), ("сут", 24)):
        found, wrong = times((("elapsed", unit), VALUE), [2.5, 1], time=start)
        assert found == [day + round(2.5 * hours * 3_600_000_000)], unit
        assert wrong == []
    found, _ = times((("elapsed", ""), VALUE), ["01:00:00", 1], ["1 d 00:00:01.5", 1], time=start)
    assert found == [at("2026-03-01T07:00"), at("2026-03-02T06:00:01.5")]


# ---- ends --------------------------------------------------------------------------------------------------


def ends(columns: tuple[Column, ...], *rows: list[Any], **said: Any) -> tuple[list[str], SheetReading]:
    reading = reading_at_hand(said.pop("kind", "event"), columns, *rows, **said)
    found = until_of(reading, times_of(reading, wells_of(reading)))
    assert found is not None
    shown = [
        "" if one == NEVER else str(np.datetime64(one, "us").astype("datetime64[m]"))[5:]
        for one in found.tolist()
    ]
    return shown, reading


STOPS: tuple[Column, ...] = ("time", "until", "kind")


@pytest.mark.parametrize(
    ("start", "end", "until"),
    [
        ("01.03.2026 22:30", "04:15", "03-02T04:15"),
        ("01.03.2026 22:30", "23:15", "03-01T23:15"),
        ("01.03.2026 22:30", "22:30", "03-01T22:30"),
        ("01.03.2026 22:30", "24:00", "03-02T00:00"),
    ],
)
def test_an_end_that_is_a_clock_alone_is_the_next_one_after_the_start(
    start: str, end: str, until: str
) -> None:
    found, reading = ends(STOPS, [start, end, "стоп"], [start, "", "стоп"])
    assert found == [until, ""]
    assert reading.problems == []


def test_the_end_of_a_row_without_a_beginning_is_none() -> None:
    found, reading = ends(STOPS, ["позже", "04:15", "стоп"], ["01.03.2026 01:00", "04:15", "стоп"])
    assert found == ["", "03-01T04:15"]
    assert marks(reading) == [(2, 0, "value_not_time", "error")]


def test_the_clock_of_an_end_stands_in_a_column_of_its_own() -> None:
    columns: tuple[Column, ...] = ("time", "until", "until_clock", "kind")
    found, _ = ends(columns, [DAY, NEXT, "04:15", "стоп"], [DAY, NEXT, "", "стоп"])
    assert found == ["03-02T04:15", "03-02T00:00"]
    found, _ = ends(columns, [DAY, "02.03.2026 05:00", "04:15", "стоп"])
    assert found == ["03-02T05:00"], "an end that says its clock itself"


def test_ends_are_in_the_zone_of_the_beginnings() -> None:
    """Omsk is six hours ahead in 2026."""
    rows = (["01.03.2026 12:00", "02.03.2026 12:00", "a"], ["01.03.2026 12:00", "2026-03-02T12:00:00Z", "b"])
    assert ends(STOPS, *rows, zone="Asia/Omsk")[0] == ["03-02T06:00", "03-02T12:00"]


LASTED: tuple[Column, ...] = ("time", ("lasted", "ч"), "kind")


def told(reading: SheetReading) -> list[tuple[str, Any]]:
    return [(code.removeprefix("import."), details.get("lines")) for code, details in reading.remarks]


def test_a_stop_ends_so_long_after_it_began_and_one_of_no_length_is_none() -> None:
    start = "01.03.2026 06:00"
    found, reading = ends(LASTED, [start, 1.5, "a"], [start, 0, "b"], [start, "", "c"], [start, "5:30", "d"])
    assert found == ["03-01T07:30", "03-01T06:00", "", "03-01T11:30"]
    assert reading.keep.tolist() == [True, False, True, True]
    assert told(reading) == [("stops_of_no_length", [3])]
    assert marks(reading) == []


def test_how_long_it_was_is_in_hours_unless_the_column_says_otherwise() -> None:
    start = "01.03.2026 06:00"
    assert ends(("time", ("lasted", "сут"), "kind"), [start, 2, "a"])[0] == ["03-03T06:00"]
    assert ends(("time", ("lasted", ""), "kind"), [start, 2, "a"])[0] == ["03-01T08:00"]
    found, reading = ends(LASTED, [start, "08:00-12:00", "a"], [start, 2, "b"])
    assert found == ["", "03-01T08:00"]
    assert marks(reading) == [(2, 1, "value_not_number", "error")]


def test_stops_that_all_begin_at_midnight_are_told_of() -> None:
    assert told(ends(LASTED, [DAY, 2, "a"], [NEXT, 3, "b"])[1]) == [("stops_from_midnight", None)]
    assert told(ends(LASTED, [DAY, 2, "a"], ["02.03.2026 00:01", 3, "b"])[1]) == []


def test_an_end_that_is_told_goes_before_how_long_it_was() -> None:
    columns: tuple[Column, ...] = ("time", "until", ("lasted", "ч"), "kind")
    rows = (["01.03.2026 06:00", "02.03.2026 07:00", 5, "a"], ["01.03.2026 06:00", "", 5, "b"])
    assert ends(columns, *rows)[0] == ["03-02T07:00", "03-01T11:00"]


def test_a_row_that_says_when_it_ended_takes_no_beginning_from_the_row_above() -> None:
    rows = (["01.03.2026", "02.03.2026", "a"], ["", "05.03.2026", "b"], ["", "", "c"])
    found, reading = ends(STOPS, *rows)
    assert found[:2] == ["03-02T00:00", "03-05T00:00"]
    assert reading.keep.tolist() == [True, False, True]
    assert marks(reading) == [(3, 0, "start_missing", "warning")]
