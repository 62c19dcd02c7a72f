"""What a name, a text, a number and a moment may be, and what a record may hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest

from app.core.clock import to_us
from app.core.errors import KnownError
from app.models import limits
from app.models.holding import checked, checked_rows, checked_value, checked_values, of_values
from app.models.kinds import KINDS
from app.models.kinds.spec import Field
from app.models.records import Record

AT = datetime(2026, 5, 20, 21, 30, tzinfo=UTC)


def refused(code: str, made: Any, *arguments: Any, **named: Any) -> dict[str, Any]:
    with pytest.raises(KnownError) as told:
        made(*arguments, **named)
    assert told.value.code == code
    return told.value.details


# Names and texts


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("123Г", "123Г"),
        ("  12\r\nкуст  5 ", "12 куст 5"),
        ("12\u00a0Г", "12 Г"),
        ("1\u200b2\u202e3", "123"),
        ("и\u0306", "й"),
        ("a\x07b", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("a\u2800b", "a b"),
        ("\t\n", ""),
        ("a\u2028b", "a b"),
    ],
)
def test_a_name_is_one_line_without_what_is_not_seen(given: str, clean: str) -> None:
    assert limits.clean_name(given) == clean
    assert limits.clean_name(clean) == clean


def test_a_text_keeps_its_lines_and_nothing_that_is_not_seen() -> None:
    assert limits.clean_text("a\r\nb\rc\u2029d\x0be") == "a\nb\nc\nd\ne"
    assert limits.clean_text(" a \x00\x1f\x7f b ") == "a  b"
    assert limits.text("a\nb", "note") == "a\nb"
    assert limits.text("a\nb", "note", lines=False) == "a b"


def test_a_name_may_have_two_hundred_characters_and_not_one_more() -> None:
    assert limits.name("я" * 200, "well") == "я" * 200
    told = refused("text_too_long", limits.name, "я" * 201, "well")
    assert (told["field"], told["length"], told["longest"]) == ("well", 201, 200)
    assert len(told["value"]) == 60
    assert limits.name(" " * 300 + "12", "well") == "12", "counted as it is kept"


def test_what_is_no_text_is_refused_with_what_it_was() -> None:
    for value in (12, None, b"12", ["12"]):
        told = refused("value_wrong", limits.name, value, "well")
        assert told["value"] == str(value)


def test_a_long_text_is_refused_at_its_limit() -> None:
    assert len(limits.text("a" * limits.LONGEST_TEXT, "note")) == limits.LONGEST_TEXT
    assert refused("text_too_long", limits.text, "a" * (limits.LONGEST_TEXT + 1), "note")["field"] == "note"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("act.pdf", "act.pdf"),
        ("C:\\Users\\me\\act.pdf", "act.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a<b>:c|d?.txt", "abcd.txt"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("lpt10.txt", "lpt10.txt"),
        ("...", "file"),
        ("", "file"),
        ("a\u202efdp.exe", "afdp.exe"),
    ],
)
def test_a_file_name_is_harmless_on_every_system(given: str, kept: str) -> None:
    assert limits.file_name(given) == kept


def test_a_long_file_name_fits_and_keeps_its_ending() -> None:
    kept = limits.file_name("я" * 200 + ".protocol.pdf")
    assert len(kept.encode()) <= limits.LONGEST_FILE_NAME
    assert len(kept.encode()) > limits.LONGEST_FILE_NAME - 2
    assert kept.endswith("rotocol.pdf")
    assert kept.startswith("яяя")
    exact = "a" * 176 + ".pdf"
    assert limits.file_name(exact) == exact


# Numbers


def test_a_number_becomes_one_of_pythons_own() -> None:
    kept = limits.number(np.float32(2.5), "x")
    assert kept == 2.5
    assert type(kept) is float
    assert limits.number(3, "x") == 3.0


@pytest.mark.parametrize(
    "value", [True, np.bool_(False), "12", b"12", None, float("nan"), float("inf"), 10**400]
)
def test_what_is_no_number_is_refused(value: Any) -> None:
    assert refused("value_wrong", limits.number, value, "x")["field"] == "x"


def test_a_limit_itself_is_within_with_the_last_digits_of_a_unit_and_back() -> None:
    for value in (1.0, 1.0 - 1e-10, 5.0, 5.0 + 1e-9):
        assert limits.number(value, "x", 1.0, 5.0) == value
    for value in (1.0 - 1e-8, 5.0 + 1e-7):
        told = refused("value_out_of_limits", limits.number, value, "x", 1.0, 5.0)
        assert (told["least"], told["most"], told["value"]) == (1.0, 5.0, value)
    assert limits.number(-1e300, "x", None, 5.0) == -1e300
    assert limits.number(1e300, "x", 1.0) == 1e300
    assert limits.number(-273.15 - 1e-8, "x", -273.15), "a limit below nought has its slack below it"


def test_one_value_and_a_column_of_values_are_judged_alike() -> None:
    column = np.array([0.9, 1.0, 5.0, 5.1, np.nan])
    assert limits.within(column, 1.0, 5.0).tolist() == [False, True, True, False, False]
    assert [limits.within(one, 1.0, 5.0) for one in column.tolist()] == [False, True, True, False, False]
    assert limits.within(column, None, None).all()
    assert limits.within(np.float64(3.0), 1.0, None) is True
    assert limits.within(3, None, 2.0) is False


# Moments


def test_a_moment_is_turned_into_utc() -> None:
    east = timezone(timedelta(hours=5))
    assert limits.moment(datetime(2026, 5, 21, 2, 30, tzinfo=east), "at") == AT
    assert limits.moment("2026-05-21T02:30:00+05:00", "at") == AT
    assert limits.moment("2026-05-20T21:30:00Z", "at") == AT
    assert limits.moment(datetime(2026, 5, 20, 21, 30), "at") == AT
    assert limits.moment(datetime(2026, 5, 21, 2, 30, tzinfo=east), "at").tzinfo is UTC


def test_the_ends_of_time_are_told_as_days() -> None:
    assert limits.moment(limits.EARLIEST, "at") == limits.EARLIEST
    last = limits.LATEST - timedelta(microseconds=1)
    assert limits.moment(last, "at") == last
    for value in (limits.EARLIEST - timedelta(microseconds=1), limits.LATEST):
        told = refused("value_out_of_limits", limits.moment, value, "at")
        assert (told["least"], told["most"]) == ("1950-01-01", "2199-12-31")
    far = datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-5)))
    assert refused("value_out_of_limits", limits.moment, far, "at")


@pytest.mark.parametrize("value", ["yesterday", "", 12, None, "2026-05-20" + " " * 40])
def test_what_is_no_moment_is_refused(value: Any) -> None:
    assert refused("value_wrong", limits.moment, value, "at")["field"] == "at"


def test_what_was_measured_is_not_of_after_tomorrow() -> None:
    now = AT
    almost = now + timedelta(days=1) - timedelta(seconds=1)
    assert limits.measured(almost, "at", now) == almost
    told = refused("measured_ahead", limits.measured, now + timedelta(days=1), "at", now)
    assert told["now"] == "2026-05-20T21:30:00Z"
    assert told["value"] == "2026-05-21T21:30:00Z"
    assert limits.latest_measured(limits.LATEST) == limits.LATEST
    assert to_us(limits.EARLIEST) == limits.EARLIEST_US
    assert to_us(limits.LATEST) == limits.LATEST_US


def test_what_is_shown_of_a_bad_value_fits_a_message() -> None:
    assert limits.shown("a\nb") == "a b"
    assert len(limits.shown("x" * 1_000)) == 60


# Records


def of(kind: str, values: dict[str, Any], at: Any = AT, until: Any = None) -> Record:
    return checked(KINDS[kind], Record("r", kind, 1, at, until, values))


def test_a_record_is_kept_with_clean_texts_and_plain_numbers() -> None:
    kept = of("flow_test", {"liquid_m3_per_s": np.float32(0.5e-3), "note": " a\r\nb\u200b "})
    assert kept.values["note"] == "a\nb"
    assert type(kept.values["liquid_m3_per_s"]) is float
    assert kept.at == AT


def test_times_of_a_record_are_checked_by_their_own_names() -> None:
    assert (
        refused("value_out_of_limits", of, "workover", {"kind": "trs"}, datetime(1900, 1, 1, tzinfo=UTC))[
            "field"
        ]
        == KINDS["workover"].at
    )
    told = refused(
        "value_out_of_limits", of, "workover", {"kind": "trs"}, AT, datetime(2300, 1, 1, tzinfo=UTC)
    )
    assert told["field"] == KINDS["workover"].until


def test_a_field_that_nobody_knows_and_one_that_is_missing_are_named() -> None:
    assert (
        refused("field_unknown", of, "flow_test", {"liquid_m3_per_s": 1e-3, "bogus": 1})["field"] == "bogus"
    )
    for empty in ({}, {"liquid_m3_per_s": None}):
        assert refused("field_missing", of, "flow_test", empty)["field"] == "liquid_m3_per_s"
    assert refused("field_missing", of, "note", {"text": ""})["field"] == "text"
    kind = KINDS["flow_test"]
    assert checked_values(kind, {}, complete=False) == {}
    assert checked_values(kind, {"water_cut": None}, complete=False) == {"water_cut": None}


def test_values_that_are_no_table_or_too_many_are_refused() -> None:
    kind = KINDS["note"]
    assert refused("value_wrong", checked_values, kind, ["text"])["field"] == "values"
    many = {f"f{n}": 1 for n in range(limits.MOST_VALUES + 1)}
    assert refused("value_wrong", checked_values, kind, many)["field"] == "values"


def test_a_number_out_of_its_fields_limits_is_refused() -> None:
    told = refused("value_out_of_limits", of, "flow_test", {"liquid_m3_per_s": 1e-3, "water_cut": 1.01})
    assert (told["field"], told["least"], told["most"]) == ("water_cut", 0, 1)


def test_a_laboratorys_figure_has_the_limits_of_its_parameter_in_its_own_unit() -> None:
    value = KINDS["lab_result"].field("value")
    bounded = of_values(value, {"parameter": "ph", "unit": ""})
    assert (bounded.minimum, bounded.maximum) == (0, 14)
    assert of_values(value, {"parameter": "solids", "unit": "г/т"}) is value
    assert of_values(value, {"parameter": "bogus"}) is value
    assert of_values(value, {"parameter": 7}) is value
    other = KINDS["lab_result"].field("note")
    assert of_values(other, {"parameter": "ph"}) is other
    assert refused("value_out_of_limits", of, "lab_result", {"parameter": "ph", "value": 15.0})["most"] == 14


def test_a_choice_is_one_of_its_words_or_empty() -> None:
    field = KINDS["workover"].field("kind")
    assert checked_value(field, "krs") == "krs"
    assert checked_value(field, "") == ""
    assert refused("value_wrong", checked_value, field, "KRS")["value"] == "KRS"


def test_a_flag_is_no_number_and_a_time_is_iso() -> None:
    flag, time = Field("f", "а", "a", "flag"), Field("t", "а", "a", "time")
    assert checked_value(flag, np.bool_(True)) is True
    assert checked_value(flag, False) is False
    for value in (1, "yes", None):
        assert refused("value_wrong", checked_value, flag, value)["field"] == "f"
    assert checked_value(time, AT) == "2026-05-20T21:30:00Z"
    assert refused("value_wrong", checked_value, time, "soon")["field"] == "t"


ROWS = Field(
    "sections",
    "а",
    "a",
    "rows",
    cells=(
        Field("length_m", "а", "a", minimum=0.0, maximum=5_000.0, required=True),
        Field("grade", "а", "a", "text"),
    ),
)


def test_rows_are_checked_cell_by_cell_and_named_by_their_number() -> None:
    rows = [
        {"length_m": 500, "grade": " D\n"},
        {"length_m": 700.0, "grade": ""},
        {"length_m": 1.0, "grade": None},
    ]
    assert checked_rows(ROWS, rows) == [
        {"length_m": 500.0, "grade": "D"},
        {"length_m": 700.0},
        {"length_m": 1.0},
    ]
    assert checked_value(ROWS, tuple(rows)) == checked_rows(ROWS, rows)
    told = refused("value_out_of_limits", checked_rows, ROWS, [{"length_m": 1.0}, {"length_m": 6_000.0}])
    assert told["field"] == "sections 2: length_m"
    assert refused("field_missing", checked_rows, ROWS, [{"grade": "D"}])["field"] == "sections 1: length_m"
    assert (
        refused("field_unknown", checked_rows, ROWS, [{"length_m": 1.0, "x": 1}])["field"] == "sections 1 x"
    )
    assert refused("value_wrong", checked_rows, ROWS, [5])["field"] == "sections 1"
    assert refused("value_wrong", checked_rows, ROWS, "500×22")["field"] == "sections"


def test_rows_are_as_many_as_a_survey_has_stations_and_no_more() -> None:
    row = {"length_m": 1.0}
    assert len(checked_rows(ROWS, [row] * limits.MOST_ROWS)) == limits.MOST_ROWS
    told = refused("rows_too_many", checked_rows, ROWS, [row] * (limits.MOST_ROWS + 1))
    assert (told["count"], told["most"]) == (3_001, 3_000)
