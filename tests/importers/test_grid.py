"""Rows of cells → a sheet with typed columns."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import KnownError
from app.importers import grid, sheets
from app.importers.grid import sheet_of, typed
from app.importers.sheets import LINE, Layout, Sheet
from app.importers.vocabulary import vocabulary

PATH = Path("рапорт.xlsx")


def sheet(rows: list[list[Any]], layout: Layout | None = None, **more: Any) -> Sheet:
    found = sheet_of(PATH, "Лист1", rows, vocabulary(), layout, **more)
    assert found is not None
    return found


def cells(found: Sheet, index: int) -> list[Any]:
    return found.table.column(f"c{index}").to_pylist()


# ---- columns -----------------------------------------------------------------------------------------------


def test_numbers_stay_numbers_and_blanks_among_them_are_nothing() -> None:
    assert typed([1, 2.5, None, ""]).type == pa.float64()
    assert typed([1, 2.5, None, ""]).to_pylist() == [1.0, 2.5, None, None]
    assert typed([1, 2]).to_pylist() == [1.0, 2.0]
    assert typed([1.5, None]).to_pylist() == [1.5, None]


def test_moments_stay_moments_and_a_date_is_its_midnight() -> None:
    found = typed([datetime(2026, 3, 4, 5), date(2026, 3, 5), None, ""])
    assert found.type == pa.timestamp("us")
    assert found.to_pylist() == [datetime(2026, 3, 4, 5), datetime(2026, 3, 5), None, None]


def test_a_moments_zone_is_left_out_and_its_clock_kept() -> None:
    from datetime import UTC

    assert typed([datetime(2026, 3, 4, 5, tzinfo=UTC)]).to_pylist() == [datetime(2026, 3, 4, 5)]


def test_a_moment_that_names_its_zone_is_written_as_it_stands_and_none_is_an_empty_cell() -> None:
    """Of which zone a table is, is asked of its person: what a workbook adds to a cell moves no clock."""
    east = datetime(2026, 3, 4, 5, tzinfo=timezone(timedelta(hours=5)))
    assert typed([east]).to_pylist() == [datetime(2026, 3, 4, 5)]
    assert typed([datetime(2026, 3, 4, 5), None]).to_pylist() == [datetime(2026, 3, 4, 5), None]
    assert typed([None, east]).to_pylist() == [None, datetime(2026, 3, 4, 5)]


def test_numbers_beside_words_become_texts() -> None:
    found = typed([1.0, "н/о", None, 2.5])
    assert found.type == pa.string()
    assert found.to_pylist() == ["1", "н/о", None, "2.5"]


def test_moments_beside_words_or_numbers_become_texts() -> None:
    assert typed([datetime(2026, 3, 4), "итого"]).to_pylist() == ["2026-03-04 00:00:00", "итого"]
    assert typed([datetime(2026, 3, 4), 5.0]).to_pylist() == ["2026-03-04 00:00:00", "5"]


def test_flags_and_clocks_become_texts() -> None:
    assert typed([True, False, None]).to_pylist() == ["1", "0", None]
    assert typed([time(5, 6), ""]).to_pylist() == ["05:06:00", None]


def test_texts_are_trimmed_and_a_blank_one_is_nothing() -> None:
    assert typed([" 123Г ", "  ", "", None]).to_pylist() == ["123Г", None, None, None]
    assert typed([None, None]).type == pa.string()
    assert typed([]).to_pylist() == []


@given(st.lists(st.none() | st.just("") | st.floats(allow_nan=False, allow_infinity=False), max_size=8))
def test_a_column_of_numbers_loses_none(column: list[Any]) -> None:
    found = typed(column).to_pylist()
    assert found == [None if cell in (None, "") else cell for cell in column]


# ---- sheets ------------------------------------------------------------------------------------------------


def test_a_sheet_has_headers_typed_columns_and_the_lines_of_the_file() -> None:
    found = sheet([["Дата", "Ток, А"], ["01.03.2026", 30.5], ["02.03.2026", 31]])
    assert (found.name, found.headers, found.units) == ("Лист1", ("Дата", "Ток, А"), ("", ""))
    assert cells(found, 0) == ["01.03.2026", "02.03.2026"]
    assert cells(found, 1) == [30.5, 31.0]
    assert found.table.column(LINE).to_pylist() == [2, 3]
    assert not found.hidden


def test_blank_rows_are_left_out_and_the_others_keep_their_lines() -> None:
    found = sheet([["Дата", "Ток"], ["01.03.2026", 1.0], ["", None], [], ["02.03.2026", 2.0]])
    assert found.table.column(LINE).to_pylist() == [2, 5]
    assert cells(found, 1) == [1.0, 2.0]


def test_titles_above_the_header_are_kept_without_blanks() -> None:
    found = sheet([["Отчёт", None, "скв. 123Г"], [], ["Дата", "Ток"], ["01.03.2026", 1.0]])
    assert found.above == (("Отчёт", "скв. 123Г"),)
    assert found.layout == Layout(2, data=3)
    assert found.table.column(LINE).to_pylist() == [4]


def test_of_a_long_head_the_last_lines_are_kept() -> None:
    above = [[f"строка {n}"] for n in range(20)]
    found = sheet([*above, ["Дата", "Ток"], ["01.03.2026", 1.0]])
    assert len(found.above) == grid.ABOVE_SHOWN
    assert found.above[-1] == ("строка 19",)


def test_a_row_of_units_is_no_row_of_data() -> None:
    found = sheet([["Дата", "Рпр"], ["", "МПа"], ["01.03.2026", 5.2]])
    assert found.units == ("", "МПа")
    assert found.table.column(LINE).to_pylist() == [3]


def test_a_column_without_header_and_cells_is_left_out_one_with_cells_is_kept() -> None:
    rows = [["Дата", "", "Ток", ""], ["01.03.2026", "", 1.0, "замечание"], ["02.03.2026", None, 2.0, ""]]
    found = sheet(rows)
    assert found.headers == ("Дата", "Ток", "")
    assert cells(found, 2) == ["замечание", None]


def test_an_empty_column_with_a_header_is_kept() -> None:
    assert sheet([["Дата", "Ток"], ["01.03.2026", ""]]).headers == ("Дата", "Ток")


def test_rows_of_different_lengths_are_filled_up() -> None:
    found = sheet([["Дата", "Ток"], ["01.03.2026"], ["02.03.2026", 2.0, "лишнее"]])
    assert found.headers == ("Дата", "Ток", "")
    assert cells(found, 1) == [None, 2.0]
    assert cells(found, 2) == [None, "лишнее"]


def test_a_header_without_rows_is_a_sheet_without_rows() -> None:
    found = sheet([["Дата", "Ток"]])
    assert found.table.num_rows == 0
    assert found.table.column_names == ["c0", "c1", LINE]


def test_a_table_on_its_side_is_turned() -> None:
    rows = [
        ["Параметр", "Проба 1", "Проба 2"],
        ["Дата отбора", "01.03.2026", "02.03.2026"],
        ["Скважина", "1", "2"],
        ["Плотность нефти", 0.85, 0.86],
        ["Вода, %", 5, 6],
    ]
    found = sheet(rows)
    assert found.layout.transposed
    assert found.headers == ("Параметр", "Дата отбора", "Скважина", "Плотность нефти", "Вода, %")
    assert cells(found, 3) == [0.85, 0.86]
    assert found.table.column(LINE).to_pylist() == [2, 3]


@pytest.mark.parametrize(
    ("samples", "wells", "first"),
    [
        (["651", "652"], [], "Скважина"),
        (["651", "652"], [["Скважина", "1", "2"]], "Показатель"),
        (["Проба 1", "Проба 2"], [], "Показатель"),
        (["651"], [], "Показатель"),
    ],
    ids=["of two wells", "that names its wells", "of samples", "of one"],
)
def test_numbers_over_a_table_on_its_side_are_wells_where_no_row_of_it_names_them(
    samples: list[str], wells: list[list[str]], first: str
) -> None:
    rows = [["Дата отбора", "01.03.2026"], ["Плотность нефти", 0.85], ["Вода, %", 5]]
    found = sheet([["Показатель", *samples], *([*row, *row[1:]][: len(samples) + 1] for row in rows), *wells])
    assert found.layout.transposed
    assert found.headers[0] == first
    assert found.headers[1:4] == ("Дата отбора", "Плотность нефти", "Вода, %")


def test_the_layout_that_a_person_has_set_is_taken() -> None:
    found = sheet([["x", "y"], ["a", "b"], ["c", "d"]], Layout(1, data=2), hidden=True)
    assert found.headers == ("a", "b")
    assert cells(found, 0) == ["c"]
    assert found.hidden


def test_a_sheet_without_a_table_is_none() -> None:
    assert sheet_of(PATH, "Лист1", [["a", "b"], ["c", "d"]], vocabulary()) is None
    assert sheet_of(PATH, "Лист1", [], vocabulary()) is None


def test_a_sheet_too_wide_is_refused_with_its_name_and_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_COLUMNS", 3)
    assert sheet([["Дата", "Ток", "x"], ["01.03.2026", 1.0, 2.0]]).headers == ("Дата", "Ток", "x")
    with pytest.raises(KnownError) as told:
        sheet([["Дата", "Ток", "x", "y"], ["01.03.2026", 1.0, 2.0, 3.0]])
    assert told.value.code == "too_many_columns"
    assert told.value.details == {"file": str(PATH), "sheet": "Лист1", "count": 4, "limit": 3}


def test_a_sheet_too_wide_and_too_long_is_refused_before_anybody_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (grid, sheets):
        monkeypatch.setattr(module, "MOST_COLUMNS", 2)
    monkeypatch.setattr(grid, "find_layout", lambda *_: pytest.fail("looked"))
    with pytest.raises(KnownError, match="too_many_columns"):
        sheet([["a", "b", "c"]] * 3)
