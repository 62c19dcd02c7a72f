"""A sheet's own small things: names of columns, cells as text, a layout that travels as JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importers.sheets import Layout, Sheet, column_name, text_of
from app.models.values import WrongValueError


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "1"),
        (False, "0"),
        (5, "5"),
        (5.0, "5"),
        (-3.0, "-3"),
        (5.25, "5.25"),
        (1e15, "1000000000000000.0"),
        (-1e15, "-1000000000000000.0"),
        (999_999_999_999_999.0, "999999999999999"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (datetime(2026, 3, 4, 5, 6, 7), "2026-03-04 05:06:07"),
        (date(2026, 3, 4), "2026-03-04"),
        (time(5, 6, 7), "05:06:07"),
        ("  Рпр\xa0", "Рпр"),
        ("12\xa0куст", "12 куст"),
        ("", ""),
    ],
)
def test_a_cell_is_shown_as_a_person_would_write_it(cell: object, text: str) -> None:
    assert text_of(cell) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_shown_is_the_same_number(value: float) -> None:
    assert float(text_of(value)) == value


def test_columns_are_counted_from_nought() -> None:
    assert [column_name(i) for i in (0, 1, 12)] == ["c0", "c1", "c12"]


@given(
    st.integers(0, 60), st.integers(1, 3), st.none() | st.integers(0, 60), st.integers(0, 99), st.booleans()
)
def test_a_layout_travels_whole(header: int, rows: int, units: int | None, data: int, turned: bool) -> None:
    layout = Layout(header, rows, units, data, turned)
    assert Layout.from_json(layout.to_json()) == layout


def test_a_layout_of_another_version_is_read_by_what_is_known_of_it() -> None:
    assert Layout.from_json({"header": 2, "colour": "red"}) == Layout(
        2, across=False, dates=False, spelled=False
    )
    with pytest.raises(WrongValueError, match="field_missing"):
        Layout.from_json({"colour": "red"})


def sheet(headers: tuple[str, ...], units: tuple[str, ...]) -> Sheet:
    return Sheet("Лист1", Layout(0), headers, units, pa.table({}))


def test_a_column_is_named_with_its_unit_where_it_has_one() -> None:
    found = sheet(("Рпр", "Ток", "Рбуф"), ("МПа", ""))
    assert [found.title(i) for i in range(3)] == ["Рпр, МПа", "Ток", "Рбуф"]


def test_sheets_are_compared_without_the_rest_of_a_long_file() -> None:
    one, other = sheet(("Ток",), ("",)), sheet(("Ток",), ("",))
    assert one == other
    assert one != sheet(("Рпр",), ("",))


def test_a_column_beyond_the_units_has_none() -> None:
    sheet = Sheet("Л", Layout(0), ("Рпр", "Ток"), ("МПа",), pa.table({}))
    assert [sheet.title(i) for i in (0, 1)] == ["Рпр, МПа", "Ток"]


def test_a_sheet_with_other_columns_has_them_in_the_rest_of_a_long_file_too() -> None:
    first, rest = (pa.table({"line": [line], "c0": ["a"], "c1": ["b"]}) for line in (2, 3))
    sheet = Sheet("Л", Layout(0), ("A", "B"), ("", "м"), first, more=lambda: iter([rest]))
    turned = sheet.turned(lambda table: table.drop_columns(["c1"]), ["A"], [""])
    assert (turned.headers, turned.units, turned.table.column_names) == (("A",), ("",), ["line", "c0"])
    assert turned.more is not None
    assert [table.to_pylist() for table in turned.more()] == [[{"line": 3, "c0": "a"}]]
    whole = replace(sheet, more=None).turned(lambda table: table, ["A", "B"], ["", "м"])
    assert whole.more is None
