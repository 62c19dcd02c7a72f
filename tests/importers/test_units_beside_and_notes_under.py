"""Units in columns of their own and under bare letters, and what stands under a table or between its rows."""

from __future__ import annotations

from typing import Any

import pytest

from app.importers import nameless
from app.importers.plan import ColumnPlan
from app.importers.row_headers import leave_out_headers
from app.importers.sheet_reading import SheetReading
from app.importers.targets import TABLE_KINDS
from app.importers.unit_columns import heard
from app.importers.unit_letters import are_letters, letter_of, written_out
from app.importers.unit_said import is_named, said_around, units_above
from app.importers.vocabulary import vocabulary
from tests.importers.sheets_at_hand import plan_at_hand, reading_at_hand, sheet_of_headers, told, under

WORDS = vocabulary()
TEST, READINGS = TABLE_KINDS["flow_test"], TABLE_KINDS["readings"]


def units(headers: list[str], fields: list[str], *rows: list[Any], kind: Any = TEST) -> list[tuple[str, str]]:
    """(field, unit) of each column."""
    columns = [ColumnPlan(header, field) for header, field in zip(headers, fields, strict=True)]
    found = heard(sheet_of_headers(headers, rows), columns, kind, WORDS)
    return [(column.field, column.unit) for column in found]


@pytest.mark.parametrize(
    ("header", "cells", "unit"),
    [
        ("Ед. изм.", ["м3/сут", "м3/сут"], "м3/сут"),
        ("Unit", ["м3/сут", "bbl/d"], "bbl/d, м3/сут"),
        ("Unit", ["a", "b", "c", "d", "e"], "a, b, c, d"),
        ("bbl/d", ["bbl/d", "bbl/d"], "bbl/d"),
        ("bbl/d", ["bbl/d", "5"], ""),
        ("Примечание", ["м3/сут", "м3/сут"], ""),
        ("Unit", ["", ""], ""),
    ],
)
def test_a_column_of_units_speaks_for_the_number_before_it(header: str, cells: list[str], unit: str) -> None:
    rows = [[5, cell] for cell in cells]
    assert units(["Qж", header], ["liquid_m3_per_s", ""], *rows) == [("liquid_m3_per_s", unit), ("", "")]


def test_it_speaks_for_the_nearest_number_that_names_none() -> None:
    row = [5, 80, "x", "бар", "м3/сут"]
    headers = ["Qж", "Обв, %", "Примечание", "Unit", "Unit"]
    fields = ["liquid_m3_per_s", "water_cut", "note", "", "unit"]
    assert units(headers, fields, row) == [
        ("liquid_m3_per_s", "бар"),
        ("water_cut", ""),
        ("note", ""),
        ("", ""),
        ("unit", ""),
    ]
    assert units(["Unit", "Qж"], ["", "liquid_m3_per_s"], ["м3/сут", 5]) == [
        ("", ""),
        ("liquid_m3_per_s", ""),
    ]


def test_a_column_that_is_a_field_is_no_column_of_units_and_rows_in_long_form_say_their_own() -> None:
    row = [5, "м3/сут"]
    assert units(["Qж", "Unit"], ["liquid_m3_per_s", "note"], row)[0] == ("liquid_m3_per_s", "")
    long = units(["Sensor", "Value", "Unit"], ["sensor", "value", "unit"], ["PIP", 5, "bar"], kind=READINGS)
    assert long == [("sensor", ""), ("value", ""), ("unit", "")]


@pytest.mark.parametrize(
    ("header", "letter"),
    [("A, мм", "A"), ("С", "C"), ("к", "K"), ("R (in)", "R"), ("B", ""), ("Ab", ""), ("", "")],
)
def test_a_dimension_of_a_unit_is_a_letter_of_either_alphabet(header: str, letter: str) -> None:
    assert letter_of(header) == letter


def test_four_letters_make_a_unit_and_are_written_out() -> None:
    three, four = ["A, мм", "C", "K", "A"], ["A, мм", "C", " К", "R", "Скв"]
    assert (are_letters(three), are_letters(four)) == (False, True)
    assert written_out(three) == three
    assert written_out(four) == ["Размер A, мм", "Размер C", "Размер K", "Размер R", "Скв"]


# ---- whether the file tells a unit -------------------------------------------------------------------------

PRESSURE = TEST.target("line_pressure_pa")


@pytest.mark.parametrize(
    ("column", "above", "named"),
    [
        (ColumnPlan("Рл"), "", False),
        (ColumnPlan("Рл", unit="bar"), "", True),
        (ColumnPlan("Рл", unit="bar", guessed=True), "", False),
        (ColumnPlan("Рл", why="chosen"), "", True),
        (ColumnPlan("Рл", why="remembered"), "", True),
        (ColumnPlan("Рл", why="word"), "", False),
        (ColumnPlan("Рл, бар"), "", True),
        (ColumnPlan("Рл"), "Давления в кгс/см²", True),
    ],
)
def test_a_unit_is_named_in_the_header_above_it_or_by_somebody_who_was_asked(
    column: ColumnPlan, above: str, named: bool
) -> None:
    assert PRESSURE is not None
    assert is_named(sheet_of_headers([column.header], above=above), 0, column, PRESSURE) is named


def test_notes_are_single_texts_of_several_words_among_the_last_six_rows() -> None:
    note, row = ["Давления в кгс/см²", None], ["101", "5"]
    assert said_around(sheet_of_headers(["Скв", "Рл"], [row, note], above="Сводка")) == (
        "Сводка ; Давления в кгс/см²"
    )
    assert said_around(sheet_of_headers(["Скв", "Рл"], [note, *[row] * 5])) == "Давления в кгс/см²"
    assert said_around(sheet_of_headers(["Скв", "Рл"], [note, *[row] * 6])) == ""
    assert said_around(sheet_of_headers(["Скв", "Рл"], [row, ["Итого", None]])) == ""
    assert set(units_above(sheet_of_headers(["Скв", "Рл"], [row, note]))) >= {"pressure"}


# ---- between the rows --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["H0", "H1", "H2", "x", "y"], "row_header"),  # six tenths
        (["H0", "H1", "z", "x", "y"], ""),
        (["# note", "", "", "", ""], "row_comment"),
        (["# note", "5", "", "", ""], ""),
        (["-- ", "", "", "", ""], ""),
        (["-- note", "", "", "", ""], "row_comment"),
        (["#101", "", "", "", ""], ""),
        (["101", "H1", "H2", "H3", "H4"], ""),
    ],
)
def test_a_header_once_more_and_a_note_between_are_left_out_and_told(row: list[str], code: str) -> None:
    reading = reading_at_hand("readings", ["", "", "", "", ""], ["101", "1", "2", "3", "4"], row)
    leave_out_headers(reading)
    assert reading.keep.tolist() == [True, not code]
    assert [(one.code, one.line, one.severity, one.value) for one in reading.left_out] == (
        [(code, 3, "warning", "; ".join(filter(None, row)))] if code else []
    )


@pytest.mark.parametrize("row", [["# note", "", ""], ["", "# note", ""], ["", "H1", "H2"]])
def test_what_is_no_row_is_seen_where_the_first_column_has_no_name(row: list[str]) -> None:
    sheet = sheet_of_headers(["", "H1", "H2"], [["1", "101", "5"], row])
    plan = plan_at_hand("readings", ["", "", ""])
    reading = SheetReading(sheet, sheet.table, plan, False, strict=True)
    leave_out_headers(reading)
    assert reading.keep.tolist() == [True, False]


def test_what_is_left_out_is_told_in_eighty_signs_and_a_single_column_has_no_header_again() -> None:
    reading = reading_at_hand("readings", ["", ""], ["101", "1"], ["# " + "x" * 100, ""])
    leave_out_headers(reading)
    assert [len(one.value) for one in reading.left_out] == [80]
    alone = reading_at_hand("readings", [""], ["101"], ["H0"])
    leave_out_headers(alone)
    assert alone.keep.tolist() == [True, True]


@pytest.mark.parametrize(
    ("cells", "starred"),
    [(["5*", "6"], True), (["5 * ", "6"], True), (["5", "6"], False), (["x*", "6"], False)],
)
def test_a_number_that_a_footnote_marks_is_taken_and_told(cells: list[str], starred: bool) -> None:
    rows = [["101", f"2026-08-0{day} 00:00:00", cell] for day, cell in enumerate(cells, 1)]
    found = under("flow_test", ["well", "time", ("liquid_m3_per_s", "m³/d")], *rows)
    assert ("starred" in told(found)) is starred
    assert [details["lines"] for code, details in found.remarks if code == "import.starred"] == (
        [[2]] if starred else []
    )


# ---- moments without a name --------------------------------------------------------------------------------

DAY = "2026-08-01 00:00:00"


@pytest.mark.parametrize(
    ("headers", "row", "at"),
    [
        (["", "PIP"], [DAY, 5], 0),
        (["PIP", ""], [5, DAY], 1),
        (["", "Дата"], [DAY, DAY], None),  # another is called so
        (["", ""], [DAY, DAY], None),
        (["", "PIP"], [7, 5], None),
        (["Y", "PIP"], [DAY, 5], None),
        (["", "Y"], [5, DAY], None),  # that one has a name, which is of no time
    ],
)
def test_the_only_column_of_moments_is_the_time_where_it_has_no_name(
    headers: list[str], row: list[Any], at: int | None
) -> None:
    assert nameless.nameless_time(sheet_of_headers(headers, [row, row]), WORDS) == at
