"""Columns that say whether a row is good: what they are called, what they hold, and whose rows they are."""

from __future__ import annotations

from typing import Any

import pytest

from app.importers.extract import extract
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.quality_columns import owner_of, proposed, quality_columns, says_quality
from app.importers.rows import Rows
from app.importers.sheets import Layout
from tests.importers.sheets_at_hand import sheet_of_headers, told

MOMENTS = [f"2026-08-01 {hour:02d}:00:00" for hour in range(24)]


@pytest.mark.parametrize(
    ("header", "cells", "says"),
    [
        ("Status", ["Good", "Bad"], True),
        ("Статус", ["Хорошо", ""], True),
        ("Status", ["Good", "Running"], False),
        ("Status", ["ok", "ok"], False),  # a word of quality, and none that is of nothing else
        ("Quality", ["ok", "ok"], True),
        ("Качество", ["192", "0"], True),
        ("Качество", ["192.0", "0x18"], True),
        ("Качество", ["192", "нефть"], False),
        ("Давление", ["192", "0"], False),
        ("Q", ["192", "0"], True),
        ("q", ["192.0", "24"], True),
        ("Q", ["100", "0"], False),
        ("Q", ["192", "1000"], False),
        ("Validity", ["1", "2"], True),
        ("Status", ["", ""], False),
        ("Quality", [str(i) for i in range(12)], True),
        ("Quality", [str(i) for i in range(13)], False),
    ],
)
def test_a_column_says_quality_by_its_words_or_by_numbers_under_such_a_header(
    header: str, cells: list[str], says: bool
) -> None:
    assert says_quality(sheet_of_headers([header], [[cell] for cell in cells]), 0) is says


@pytest.mark.parametrize(
    ("header", "cells", "is_one"),
    [
        ("PIP_Q", ["192", "0"], True),
        ("PIP.qc", ["192", "64"], True),
        ("PIP Q", ["5.5", "6.5"], False),
        ("Freq_Q", ["192", "0"], False),  # no column is called so
        ("PIPQ", ["192", "0"], False),
        ("PIP_Q", ["", ""], False),
        ("PIP_Q", [str(i) for i in range(13)], False),
        ("PIP_Q", [str(i) for i in range(12)], True),
    ],
)
def test_a_bare_q_behind_the_name_of_a_column_has_codes(header: str, cells: list[str], is_one: bool) -> None:
    sheet = sheet_of_headers(["PIP", header], [[1, cell] for cell in cells])
    columns = [ColumnPlan("PIP", "intake_pressure"), ColumnPlan(header)]
    assert quality_columns(sheet, columns) == ([1] if is_one else [])
    assert quality_columns(sheet, [columns[0], ColumnPlan(header, "note")]) == []
    assert quality_columns(sheet, [columns[0], ColumnPlan(header, why="chosen")]) == []


@pytest.mark.parametrize(
    ("header", "owner"),
    [
        ("PIP.Q", "intake_pressure"),
        ("PIP Quality", "intake_pressure"),
        ("PIP T status", "intake_temperature"),  # the longest of two names
        ("PIPE status", ""),
        ("Quality", ""),
    ],
)
def test_a_quality_is_of_the_column_whose_name_it_begins_with(header: str, owner: str) -> None:
    columns = [
        ColumnPlan("PIP, МПа", "intake_pressure"),
        ColumnPlan("PIP T", "intake_temperature"),
        ColumnPlan("Quality", "quality"),
        ColumnPlan("", "note"),
    ]
    assert owner_of(header, columns) == owner


def test_the_first_of_them_is_the_quality_where_no_column_is() -> None:
    sheet = sheet_of_headers(["PIP", "Status", "Quality"], [[1, "Good", "Bad"]])
    columns = [ColumnPlan(header) for header in sheet.headers]
    found = proposed(sheet, columns)
    assert [(one.field, one.score, one.why) for one in found[1:]] == [
        ("quality", 0.8, "values"),
        ("", 0.0, ""),
    ]
    chosen = [columns[0], columns[1], ColumnPlan("Quality", "quality")]
    assert proposed(sheet, chosen) == chosen


def read(headers: list[str], fields: list[str], *rows: list[Any], asks: bool = True) -> Rows:
    """Readings of hours of the well 101."""
    cells = [["101", at, *row] for at, row in zip(MOMENTS, rows, strict=False)]
    sheet = sheet_of_headers(["Well", "Time", *headers], cells)
    columns = [ColumnPlan("Well", "well"), ColumnPlan("Time", "time")]
    columns += [ColumnPlan(header, field) for header, field in zip(headers, fields, strict=True)]
    plan = SheetPlan(sheet.name, "readings", Layout(0), tuple(columns))
    return extract(sheet, sheet.table, plan, asks=asks)


def qualities(found: Rows) -> dict[str, list[str]]:
    return {key: [str(cell) for cell in cells] for key, cells in found.quality.items()}


def test_each_of_them_is_of_its_own_column_and_the_others_of_whole_rows() -> None:
    found = read(
        ["PIP", "PIP.Q", "Freq", "Status"],
        ["intake_pressure", "quality", "frequency", ""],
        [5e6, "Bad", 50, "Good"],
        [5e6, "Good", 50, "Bad"],
    )
    assert qualities(found) == {"intake_pressure": ["Bad", "Good"], "quality": ["Good", "Bad"]}
    assert found.beside == {5}


def test_what_one_of_two_doubts_is_doubted() -> None:
    found = read(
        ["PIP", "Status", "Quality"],
        ["intake_pressure", "quality", ""],
        [5e6, "Good", "Good"],
        [5e6, "Good", "Bad"],
        [5e6, "Bad", "Good"],
    )
    assert qualities(found) == {"quality": ["good", "bad", "bad"]}


def test_columns_of_one_name_are_each_of_the_value_before_it() -> None:
    found = read(
        ["PIP", "Status", "Freq", "Status"],
        ["intake_pressure", "quality", "frequency", ""],
        [5e6, "Good", 50, "Bad"],
    )
    assert qualities(found) == {"intake_pressure": ["Good"], "frequency": ["Bad"]}
    twice = read(
        ["PIP", "Status", "Status"],
        ["intake_pressure", "quality", ""],
        [5e6, "Good", "Bad"],
        [5e6, "Good", "Good"],
    )
    assert qualities(twice) == {"quality": ["bad", "good"]}, "of no value, both are of the row"


@pytest.mark.parametrize(
    ("header", "cells", "found"),
    [
        ("Questionable", ["yes", "0", "Нет", "x"], ["bad", "good", "good", "x"]),
        ("Недостоверно", ["1", "true", "false", ""], ["bad", "bad", "good", ""]),
        ("Validity", ["1", "2", "", "1.0"], ["good", "bad", "", "good"]),
        ("Validity", ["1", "12", "", "1"], ["1", "12", "", "1"]),
        ("Качество", ["1", "0", "1", "0"], ["1", "0", "1", "0"]),
    ],
)
def test_yes_and_one_mean_what_the_header_asks(header: str, cells: list[str], found: list[str]) -> None:
    rows = [[5e6, cell] for cell in cells]
    assert qualities(read(["PIP", header], ["intake_pressure", "quality"], *rows)) == {"quality": found}


def test_words_that_nobody_knows_and_what_is_taken_for_good_are_told() -> None:
    unknown = read(["PIP", "Quality"], ["intake_pressure", "quality"], [5e6, "so-so"], [5e6, "Good"])
    assert "quality_unknown" in told(unknown)
    known = read(["PIP", "Quality"], ["intake_pressure", "quality"], [5e6, "Bad"], [5e6, "Good"])
    assert "quality_unknown" not in told(known)


def test_without_questions_a_column_is_of_the_row_and_others_are_not_looked_for() -> None:
    found = read(
        ["PIP", "PIP.Q", "Status"], ["intake_pressure", "quality", ""], [5e6, "Bad", "Good"], asks=False
    )
    assert qualities(found) == {"quality": ["Bad"]}
    assert (found.beside, told(found)) == (set(), set())
    assert read(["PIP"], ["intake_pressure"], [5e6]).quality == {}
