"""Numbers, moments and units as they are written; what a setting may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest

from app.core import units, zones
from app.core.clock import from_us, iso, parse_time, sortable, to_us
from app.core.errors import KnownError
from app.core.setting import Setting
from app.core.texts import Speaker, in_each_language, is_text, number, with_unit
from app.core.units import UnitSystem
from app.core.zones import FieldZone, fixed_offset_us, is_day

AT = datetime(2026, 5, 20, 21, 30, tzinfo=UTC)
RU, EN = Speaker("ru"), Speaker("en")
HOUR_US = 3_600_000_000


# Numbers


@pytest.mark.parametrize(
    ("value", "digits", "ru", "en"),
    [
        (1_234_567.891, 2, "1\u202f234\u202f567,89", "1\u202f234\u202f567.89"),
        (0.5, 0, "0", "0"),
        (1.5, 0, "2", "2"),
        (-0.004, 2, "0,00", "0.00"),
        (-0.006, 2, "-0,01", "-0.01"),
        (687.76, -1, "690", "690"),
        (12_345.0, -2, "12\u202f300", "12\u202f300"),
        (None, 2, "—", "—"),
        (float("nan"), 2, "—", "—"),
        (999.995, 1, "1\u202f000,0", "1\u202f000.0"),
    ],
)
def test_a_number_is_rounded_and_written_as_the_reader_writes_it(
    value: float | None, digits: int, ru: str, en: str
) -> None:
    assert number(value, digits, "ru") == ru
    assert number(value, digits, "en") == en


def test_a_quantity_has_its_unit_behind_a_space_that_does_not_break() -> None:
    assert RU.quantity(1.254e6, "pressure") == "1,25\u00a0МПа"
    assert EN.quantity(1.254e6, "pressure", digits=1) == "1.3\u00a0MPa"
    assert EN.quantity(3.0, "number") == "3.00", "without a unit nothing stands behind"
    assert EN.quantity(None, "pressure") == EN.bare(None, "pressure") == "—"
    assert EN.bare(1.254e6, "pressure") == "1.25"
    assert EN.shown(1e6, "pressure") == pytest.approx(1.0)
    assert EN.shown(None, "pressure") is None
    assert with_unit("Rate", "m³/d") == "Rate, m³/d"
    assert with_unit("Rate", "") == "Rate"


@pytest.mark.parametrize(
    ("system", "quantity", "si", "shown"),
    [
        ("ru_field", "temperature", 373.15, 100.0),
        ("us_field", "temperature", 373.15, 212.0),
        ("us_field", "temperature_step", 10.0, 18.0),
        ("us_field", "length", 304.8, 1_000.0),
        ("us_field", "small_length", 0.0254, 1.0),
        ("us_field", "load", 4_448.2216152605, 1_000.0),
        ("us_field", "power", 745.6998715822702, 1.0),
        ("us_field", "pressure", 6_894.757293168, 1.0),
        ("us_field", "linear_mass", 1.4881639435695537, 1.0),
        ("ru_field", "surface_pressure", 101_325.0, 1.0),
        ("ru_field", "mass_rate", 1_000 / 86_400, 1.0),
        ("ru_field", "productivity", 1 / 86_400 / 1e6, 1.0),
        ("ru_field", "permeability", 9.869233e-16, 1.0),
        ("ru_field", "energy", 3.6e6, 1.0),
        ("ru_field", "pumping_speed", 5 / 60, 5.0),
        ("ru_field", "angle", np.pi / 2, 90.0),
        ("si", "pressure", 5.0, 5.0),
    ],
)
def test_a_shown_unit_is_what_its_definition_says(
    system: str, quantity: str, si: float, shown: float
) -> None:
    unit = UnitSystem(system).unit(quantity)
    assert unit.from_si(si) == pytest.approx(shown, rel=1e-9)
    assert unit.to_si(shown) == pytest.approx(si, rel=1e-9)


def test_what_is_typed_is_kept_to_the_last_digit_and_written_back_the_same() -> None:
    assert units.MILLIMETRE.exactly(22.225) == 0.022225
    assert units.MILLIMETRE.written(0.022225) == 22.225
    assert units.CELSIUS.exactly(85.3) == 358.45
    assert units.CELSIUS.written(358.45) == 85.3
    assert units.MPA.label("ru") == "МПа"
    assert units.MPA.label("en") == "MPa"


def test_a_place_in_a_sentence_takes_quantities_digits_moments_and_both_languages() -> None:
    assert (
        EN.say("outlook.drift", name="a", days=1, limit="x", low=0, high=2, now="y")
        == "a: 1 days to x (0 … 2), now y"
    )
    assert "2026-05-20 21:30" in EN.say("section.clipped_at", at=AT)
    assert "?" in EN.say("section.clipped_at")
    said = in_each_language("lift.esp")
    assert said == {"ru": "ЭЦН", "en": "ESP"}
    assert EN.in_its_language(said) == "ESP"
    assert RU.in_its_language({"en": "ESP"}) == "?"
    assert RU.in_its_language(7) == "7"
    told = in_each_language("section.more_rows", {"count": 3})
    assert told == {"ru": "И ещё строк: 3.", "en": "And 3 more rows."}


@pytest.mark.parametrize(
    ("value", "russian", "english"),
    [
        (1380.0, "1380", "1380"),
        (9.5, "9,5", "9.5"),
        (0.1 + 0.2, "0,3", "0.3"),
        (np.float64(-2.5), "-2,5", "-2.5"),
    ],
)
def test_a_number_of_which_the_sentence_says_nothing_is_written_as_a_person_would(
    value: float, russian: str, english: str
) -> None:
    details = {"well": "7", "rods_m": value, "pump_m": 1400, "gap_m": value}
    assert Speaker("ru").say("import.rods_short", **details) == (
        f"Скв. 7: штанг {russian} м, насос на 1400 м: {russian} м не хватает до насоса."
    )
    assert f"{english} m" in Speaker("en").say("import.rods_short", **details)


def test_a_sum_keeps_its_form_with_the_readers_mark() -> None:
    details = {
        "column": "q",
        "field": "rate",
        "count": 2,
        "stored": "",
        "minimum": 0.5,
        "maximum": 1.5,
        "sum": 2.25,
    }
    assert "2,25" in Speaker("ru").say("cli.preview_sum", **details)
    assert "2.25" in Speaker("en").say("cli.preview_sum", **details)


def test_what_no_file_takes_is_no_text() -> None:
    assert is_text("ё 🛢\n")
    for value in ("a\x00", "\ud800", "a\udfffb"):
        assert not is_text(value)


# Moments


def test_a_moment_a_day_and_a_record_are_told_by_the_fields_clock() -> None:
    east = Speaker("ru", zone=FieldZone("UTC+5"))
    assert east.moment(AT) == "21.05.2026 02:30"
    assert east.day(AT) == "21.05.2026"
    assert east.dated(AT) == "21.05.2026 02:30"
    day = datetime(2026, 5, 20, tzinfo=UTC)
    assert east.day(day) == east.dated(day) == "20.05.2026", "a day without an hour is that day"
    assert east.moment(day) == "20.05.2026 05:00"
    west = Speaker("en", zone=FieldZone("UTC-8"))
    assert west.dated(day) == "2026-05-20"
    assert EN.moment(None) == EN.day(None) == EN.dated(None) == "—"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("+05:00", 5.0),
        ("UTC+5", 5.0),
        ("МСК+2", 5.0),
        ("Z", 0.0),
        ("utc−3:30", -3.5),
        ("GMT", 0.0),
        ("(UTC+05:30)", 5.5),
        ("+0530", 5.5),
        ("+14", 14.0),
        ("екб", 5.0),
    ],
)
def test_an_offset_is_read_as_people_write_it(text: str, hours: float) -> None:
    assert fixed_offset_us(text) == round(hours * HOUR_US)
    assert zones.known(text)


@pytest.mark.parametrize("text", ["+15", "UTC+14:30", "", "Mars", "5", "UTC+5 and more"])
def test_what_is_no_offset_is_none(text: str) -> None:
    assert fixed_offset_us(text) is None


def test_what_was_typed_at_midnight_is_a_day_and_everything_else_a_moment() -> None:
    east = FieldZone("UTC+5")
    assert east.meant(datetime(2026, 5, 21)) == datetime(2026, 5, 21, tzinfo=UTC)
    assert east.meant(datetime(2026, 5, 21, 2, 30)) == AT
    assert east.shown(datetime(2026, 5, 21, tzinfo=UTC)).day == 21
    assert is_day(datetime(2026, 5, 21, 5, tzinfo=timezone(timedelta(hours=5))))
    assert not is_day(AT)
    assert east.midnight(AT) == datetime(2026, 5, 20, 19, tzinfo=UTC)


def test_weeks_begin_on_mondays_and_the_ends_of_a_window_are_in_it() -> None:
    zone = FieldZone("UTC")
    monday = datetime(2026, 5, 18, tzinfo=UTC)
    assert zone.days(monday, monday + timedelta(days=14), 7) == [
        monday + timedelta(days=7 * n) for n in range(3)
    ]
    assert zone.days(monday + timedelta(hours=1), monday + timedelta(days=2)) == [
        monday + timedelta(days=1),
        monday + timedelta(days=2),
    ]
    assert zone.days(AT, AT + timedelta(hours=1)) == []


@pytest.mark.parametrize(
    ("name", "utc"), [("UTC", True), ("Etc/UTC", True), ("gmt", True), ("+0000", True), ("UTC+5", False)]
)
def test_which_clocks_are_utc(name: str, utc: bool) -> None:
    assert FieldZone(name).is_utc is utc


def test_moments_survive_the_way_to_microseconds_and_texts() -> None:
    odd = datetime(2026, 5, 20, 21, 30, 0, 123_457, tzinfo=UTC)
    assert from_us(to_us(odd)) == odd
    assert to_us(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1
    assert to_us(datetime(1970, 1, 1, 0, 0, 1)) == 1_000_000
    assert parse_time("2026-05-21T02:30:00+05:00") == AT
    assert parse_time("2026-05-20T21:30:00") == AT
    for none in ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-00:01", "2026-13-01"):
        with pytest.raises(ValueError):
            parse_time(none)
    assert iso(AT) == "2026-05-20T21:30:00Z"
    assert sortable(AT) == "2026-05-20T21:30:00.000000Z"
    assert sortable(AT) < sortable(odd)


# Settings


def a_setting(kind: str, **told: Any) -> Setting:
    return Setting("x", kind, None, "р", "e", "рр", "ee", **told)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("bool", [True, False], [1, "yes", None]),
        ("int", [1, 5], [0, 6, 2.5, True, "3", None]),
        ("float", [1, 1.5, 5.0], [0.99, 5.01, True, "3", float("nan")]),
        ("str", ["", "a"], [1, None, True]),
        ("choice", ["a", "b"], ["c", "", 1]),
        ("zone", ["", "UTC+5", "Asia/Yekaterinburg"], [5, None]),
    ],
)
def test_a_setting_takes_what_it_may_be_and_nothing_else(kind: str, good: list[Any], bad: list[Any]) -> None:
    choices = ("a", "b") if kind == "choice" else ()
    setting = a_setting(kind, choices=choices, minimum=1, maximum=5, unit="mm")
    for value in good:
        assert setting.check(value) == value
    for value in bad:
        with pytest.raises(KnownError) as told:
            setting.check(value)
        assert told.value.code == "setting_value"
        assert told.value.details["setting"] == "x"
        assert told.value.details["allowed"] == ("a, b" if choices else f"{kind} 1…5 mm")


def test_a_zone_that_nobody_knows_and_a_text_of_no_file_are_told_apart() -> None:
    with pytest.raises(KnownError, match="setting_zone"):
        a_setting("zone").check("Mars/Olympus")
    with pytest.raises(KnownError, match="setting_text"):
        a_setting("str").check("a\x00b")
    assert a_setting("int").check(10**9) == 10**9, "no limits, none held"
    assert a_setting("str").label("ru") == "р"
    assert a_setting("str").label("en") == "e"
    assert a_setting("str").help("ru") == "рр"
    assert a_setting("str").help("en") == "ee"
