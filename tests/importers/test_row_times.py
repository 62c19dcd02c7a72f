"""When each row was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.importers.row_times import times_of, until_of
from app.importers.row_wells import wells_of
from app.models.limits import EARLIEST, LATEST
from tests.importers.sheets_at_hand import marks, reading_at_hand

VALUE = ("liquid_m3_per_s", "м3/сут")
NEVER = np.iinfo(np.int64).min


def at(text: str) -> int:
    return int(np.datetime64(text, "us").astype(np.int64))


def times(columns: tuple[Any, ...], *rows: list[Any], **said: Any) -> tuple[list[int], list[tuple[Any, ...]]]:
    reading = reading_at_hand(said.pop("kind", "flow_test"), columns, *rows, **said)
    found = times_of(reading, wells_of(reading))
    return found.tolist(), marks(reading)


def test_each_row_has_the_moment_of_its_cell() -> None:
    found, wrong = times(("time", VALUE), ["01.03.2026", 1], ["2026-03-02 05:06", 2])
    assert found == [at("2026-03-01"), at("2026-03-02T05:06")]
    assert wrong == []


def test_month_first_is_the_plans_to_say() -> None:
    assert times(("time", VALUE), ["03/04/2026", 1])[0] == [at("2026-04-03")]
    assert times(("time", VALUE), ["03/04/2026", 1], month_first=True)[0] == [at("2026-03-04")]


def test_a_cell_that_is_no_moment_is_marked_where_it_stands() -> None:
    found, wrong = times(("time", VALUE), ["01.03.2026", 1], ["позже", 2])
    assert found == [at("2026-03-01"), 0]
    assert wrong == [(3, 0, "value_not_time", "error")]


# ---- a date over several rows ------------------------------------------------------------------------------


def test_a_date_over_several_rows_of_one_well_is_theirs() -> None:
    found, wrong = times(
        ("well", "time", VALUE), ["1", "01.03.2026", 1], ["1", "", 2], ["1", "02.03.2026", 3], ["1", "", 4]
    )
    assert found == [at("2026-03-01"), at("2026-03-01"), at("2026-03-02"), at("2026-03-02")]
    assert wrong == []


def test_a_date_is_never_taken_from_another_well() -> None:
    found, wrong = times(("well", "time", VALUE), ["1", "01.03.2026", 1], ["2", "", 2])
    assert found == [at("2026-03-01"), 0]
    assert wrong == [(3, 1, "value_missing", "error")]


def test_a_row_before_every_date_has_none() -> None:
    assert times(("time", VALUE), ["", 1], ["01.03.2026", 2])[1] == [(2, 0, "value_missing", "error")]


def test_a_wrong_date_is_nobodys() -> None:
    found, wrong = times(("time", VALUE), ["01.03.2026", 1], ["32.03.2026", 2], ["", 3])
    assert found == [at("2026-03-01"), 0, at("2026-03-01")]
    assert wrong == [(3, 0, "value_not_time", "error")]


def test_what_the_person_said_goes_before_the_row_above() -> None:
    found, wrong = times(("time", VALUE), ["01.03.2026", 1], ["", 2], time="05.03.2026")
    assert found == [at("2026-03-01"), at("2026-03-05")]
    assert wrong == []


def test_what_the_person_said_must_be_a_moment() -> None:
    found, wrong = times(("time", VALUE), ["01.03.2026", 1], ["", 2], time="завтра")
    assert found == [at("2026-03-01"), 0]
    assert wrong == [(3, -1, "value_not_time", "error")]


# ---- a clock of its own ------------------------------------------------------------------------------------


def test_a_date_and_a_clock_are_one_moment() -> None:
    found, wrong = times(("time", "clock", VALUE), ["01.03.2026", "05:06", 1], ["01.03.2026", 0.5, 2])
    assert found == [at("2026-03-01T05:06"), at("2026-03-01T12:00") if not wrong else found[1]]


def test_a_blank_clock_is_midnight_and_a_wrong_one_is_marked() -> None:
    found, wrong = times(("time", "clock", VALUE), ["01.03.2026", "", 1], ["01.03.2026", "25:00", 2])
    assert found == [at("2026-03-01"), at("2026-03-01")]
    assert wrong == [(3, 1, "value_not_time", "error")]


# ---- year and month ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "month", "moment"),
    [
        (2026, "март", "2026-03"),
        (2026, 12, "2026-12"),
        ("2026", "1", "2026-01"),
        (1950, "декабрь", "1950-12"),
    ],
)
def test_a_year_and_a_month_are_the_first_of_the_month(year: Any, month: Any, moment: str) -> None:
    found, wrong = times(("year", "month", VALUE), [year, month, 1])
    assert found == [at(moment)]
    assert wrong == []


@pytest.mark.parametrize("year", [EARLIEST.year - 1, LATEST.year, "год", "", 20260])
def test_a_year_that_nobody_measured_in_is_marked(year: Any) -> None:
    assert (2, 0, "value_not_time", "error") in times(("year", "month", VALUE), [year, "март", 1])[1]


@pytest.mark.parametrize("year", [EARLIEST.year, LATEST.year - 1])
def test_the_first_and_the_last_year_are_years(year: int) -> None:
    assert times(("year", "month", VALUE), [year, "март", 1])[1] == []


@pytest.mark.parametrize("month", [0, 13, "квартал", ""])
def test_what_is_no_month_is_marked(month: Any) -> None:
    assert times(("year", "month", VALUE), [2026, month, 1])[1] == [(2, 1, "value_not_time", "error")]


@pytest.mark.parametrize("columns", [("year", VALUE), ("month", VALUE), (VALUE, "note")])
def test_a_table_without_moments_takes_what_the_person_said(columns: tuple[Any, ...]) -> None:
    assert times(columns, [2026, 1], time="05.03.2026") == ([at("2026-03-05")], [])
    assert times(columns, [2026, 1]) == ([0], [(2, -1, "value_missing", "error")])


# ---- kinds without moments ---------------------------------------------------------------------------------


def test_a_card_without_moments_needs_none_and_takes_what_was_said() -> None:
    columns = (("position", "м"), ("load", "кН"))
    assert times(columns, [0.1, 30], kind="card") == ([0], [])
    assert times(columns, [0.1, 30], kind="card", time="05.03.2026") == ([at("2026-03-05")], [])
    assert times(columns, [0.1, 30], kind="card", time="?")[1] == [(2, -1, "value_not_time", "error")]


def test_a_card_with_a_column_of_moments_is_read_by_it() -> None:
    columns = ("time", ("position", "м"), ("load", "кН"))
    assert times(columns, ["01.03.2026", 0.1, 30], kind="card")[0] == [at("2026-03-01")]
    assert times(columns, ["?", 0.1, 30], kind="card")[1] == [(2, 0, "value_not_time", "error")]


# ---- the end -----------------------------------------------------------------------------------------------


def test_a_row_ends_when_its_cell_says_and_never_when_nothing_does() -> None:
    reading = reading_at_hand(
        "workover",
        ("time", "until", "kind"),
        ["01.03.2026", "05.03.2026", "ТРС"],
        ["01.03.2026", "", "ТРС"],
        ["01.03.2026", "потом", "ТРС"],
    )
    found = until_of(reading, np.zeros(len(reading.line), np.int64))
    assert found is not None
    assert found.tolist() == [at("2026-03-05"), NEVER, NEVER]
    assert marks(reading) == [(4, 1, "value_not_time", "error")]


def test_the_end_is_read_month_first_when_the_plan_says_so() -> None:
    reading = reading_at_hand("workover", ("until", "kind"), ["03/04/2026", "ТРС"], month_first=True)
    found = until_of(reading, np.zeros(len(reading.line), np.int64))
    assert found is not None
    assert found.tolist() == [at("2026-03-04")]


def test_without_a_column_of_ends_there_are_none() -> None:
    assert (
        until_of(reading_at_hand("workover", ("time", "kind"), ["01.03.2026", "ТРС"]), np.zeros(1, np.int64))
        is None
    )


def test_what_lasted_hours_ended_to_the_microsecond_after_it_began() -> None:
    reading = reading_at_hand("event", ("time", ("lasted", "ч"), "kind"), ["01.03.2026", 36, "стоп"])
    began = times_of(reading, wells_of(reading))
    found = until_of(reading, began)
    assert found is not None
    assert (found - began).tolist() == [36 * 3_600_000_000]


def test_what_was_measured_since_a_start_needs_the_start_and_a_unit() -> None:
    columns = (("elapsed", "ч"), VALUE)
    assert times(columns, [0, 1], [1.5, 2], time="2026-03-01 06:00") == (
        [at("2026-03-01T06:00"), at("2026-03-01T07:30")],
        [],
    )
    assert times(columns, [0, 1])[1] == [(2, 0, "start_unknown", "error")]
    assert times((("elapsed", ""), VALUE), [0, 1], time="2026-03-01")[1] == [
        (2, 0, "elapsed_unit_unknown", "error")
    ]
    assert times(columns, ["x", 1], ["", 2], time="2026-03-01")[1] == [
        (2, 0, "value_not_number", "error"),
        (3, 0, "value_missing", "error"),
    ]


def test_rows_of_two_zones_have_each_its_own_and_one_zone_alone_is_the_plans_to_say() -> None:
    """Omsk is six hours before Greenwich in 2026, Moscow three."""
    columns: tuple[Any, ...] = ("time", VALUE, "")

    def of(*zones: str) -> list[int]:
        rows = [["01.03.2026 12:00", 1, zone] for zone in zones]
        reading = reading_at_hand("flow_test", columns, *rows, zone="Europe/Moscow")
        reading.sheet = replace(reading.sheet, headers=("H0", "H1", "Часовой пояс"))
        return times_of(reading, wells_of(reading)).tolist()

    assert of("Asia/Omsk", "Europe/Moscow") == [at("2026-03-01T06:00"), at("2026-03-01T09:00")]
    assert of("Asia/Omsk", "Asia/Omsk") == [at("2026-03-01T09:00")] * 2
