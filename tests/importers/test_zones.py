"""Time zones that files name, and what a clock on the wall was in UTC."""

from __future__ import annotations

import numpy as np
import pytest

from app.importers.zones import to_utc_us, without_zone, zone_in
from tests.importers.cells_at_hand import us


@pytest.mark.parametrize(
    ("text", "zone", "name"),
    [
        ("Время (UTC+5)", "UTC+5", "Время"),
        ("Time, GMT-03:30", "GMT-03:30", "Time"),
        ("Время, МСК", "МСК", "Время"),
        ("Время (МСК + 2)", "МСК+2", "Время"),
        ("Время (МСК \u2212 1)", "МСК-1", "Время"),
        ("Time UTC", "UTC", "Time"),
        ("Time (Asia/Yekaterinburg)", "Asia/Yekaterinburg", "Time"),
        ("time (asia/yekaterinburg)", "Asia/Yekaterinburg", "time"),
        ("Time (EST)", "EST", "Time"),
        ("Time, CDT", "CDT", "Time"),
        ("Time [+05:00]", "+05:00", "Time"),
        ("Time (+0500)", "+0500", "Time"),
        ("Time -03:00", "-03:00", "Time"),
        ("Estimate", "", "Estimate"),
        ("Time est", "", "Time est"),
        ("m/utc", "", "m/utc"),
        ("Outcome", "", "Outcome"),
        ("Ток, А", "", "Ток, А"),
        ("", "", ""),
    ],
)
def test_a_header_names_its_zone_or_none(text: str, zone: str, name: str) -> None:
    assert zone_in(text) == zone
    assert without_zone(text) == name


def test_letters_alone_are_a_zone_where_a_title_speaks_of_times() -> None:
    assert zone_in("All times in CDT", title=True) == "CDT"
    assert zone_in("All times in CDT") == ""
    assert zone_in("Best est of all", title=True) == ""


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("UTC", "2026-03-01T12:00"),
        ("UTC+5", "2026-03-01T07:00"),
        ("-03:30", "2026-03-01T15:30"),
        ("МСК", "2026-03-01T09:00"),
        ("Asia/Yekaterinburg", "2026-03-01T07:00"),
        ("America/New_York", "2026-03-01T17:00"),
        ("Nowhere/At_All", "2026-03-01T12:00"),
    ],
)
def test_a_clock_on_the_wall_is_so_much_ahead_of_utc(zone: str, utc: str) -> None:
    assert to_utc_us(us("2026-03-01T12:00"), zone).tolist() == us(utc).tolist()


def test_a_half_year_of_summer_is_an_hour_ahead() -> None:
    """Berlin turned its clocks on 29 March 2026 at 2:00 to 3:00."""
    wall = us("2026-03-29T01:59", "2026-03-29T03:00", "2026-07-01T12:00", "2026-12-01T12:00")
    utc = us("2026-03-29T00:59", "2026-03-29T01:00", "2026-07-01T10:00", "2026-12-01T11:00")
    assert to_utc_us(wall, "Europe/Berlin").tolist() == utc.tolist()


DOUBLE = ("2026-10-25T01:30", "2026-10-25T02:30", "2026-10-25T02:45", "2026-10-25T02:15", "2026-10-25T03:00")
"""Berlin's clocks went back from 3:00 to 2:00 on 25 October 2026: 2:00 to 3:00 came twice."""
IN_ORDER = us(
    "2026-10-24T23:30", "2026-10-25T00:30", "2026-10-25T00:45", "2026-10-25T01:15", "2026-10-25T02:00"
)


def test_in_the_double_hour_the_second_pass_begins_where_the_clock_goes_back() -> None:
    assert to_utc_us(us(*DOUBLE), "Europe/Berlin").tolist() == IN_ORDER.tolist()


def test_a_clock_that_stands_still_in_the_double_hour_is_its_second_pass_too() -> None:
    wall = us("2026-10-25T02:30", "2026-10-25T02:30", "2026-10-25T02:30")
    utc = us("2026-10-25T00:30", "2026-10-25T01:30", "2026-10-25T01:30")
    assert to_utc_us(wall, "Europe/Berlin").tolist() == utc.tolist()


def test_each_wells_clock_goes_back_by_itself() -> None:
    """Of two wells row by row, each is in its first pass until its own clock goes back."""
    wall = us("2026-10-25T02:30", "2026-10-25T02:10", "2026-10-25T02:15", "2026-10-25T02:20")
    runs = np.array([0, 1, 0, 1])
    utc = us("2026-10-25T00:30", "2026-10-25T00:10", "2026-10-25T01:15", "2026-10-25T00:20")
    assert to_utc_us(wall, "Europe/Berlin", runs=runs).tolist() == utc.tolist()
    together = us("2026-10-25T00:30", "2026-10-25T01:10", "2026-10-25T01:15", "2026-10-25T01:20")
    assert to_utc_us(wall, "Europe/Berlin").tolist() == together.tolist()


def test_a_clock_that_went_back_before_the_double_hour_says_nothing_of_it() -> None:
    wall = us("2026-10-25T01:30", "2026-10-25T01:00", "2026-10-25T02:15")
    utc = us("2026-10-24T23:30", "2026-10-24T23:00", "2026-10-25T00:15")
    assert to_utc_us(wall, "Europe/Berlin").tolist() == utc.tolist()


def test_rules_that_change_on_a_quarter_of_an_hour_are_kept_to_it() -> None:
    """Nepal is 5:45 ahead, and was 5:30 until the first minutes of 1986."""
    wall = us("1985-12-31T12:00", "1986-01-01T12:00")
    utc = us("1985-12-31T06:30", "1986-01-01T06:15")
    assert to_utc_us(wall, "Asia/Kathmandu").tolist() == utc.tolist()
