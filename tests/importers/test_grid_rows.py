"""Which rows and columns of a grid are its table: headers that come again, wells over a form, titles."""

from __future__ import annotations

from typing import Any

import pytest

from app.importers.grid import repeated_headers
from app.importers.sheets import LINE, Layout
from tests.importers.test_grid import sheet

HEADER, UNITS, COUNTED = ["Дата", "Рпр", "Ток"], ["", "МПа", "А"], ["1", "2", "3"]


def row(n: int) -> list[Any]:
    return [f"0{n}.03.2026", 5.0 + n, 30.0]


@pytest.mark.parametrize(
    ("rows", "data", "again"),
    [
        ([HEADER, row(1), HEADER, row(2)], 1, {1}),
        ([HEADER, UNITS, row(1), HEADER, UNITS, row(2)], 2, {1, 2}),
        ([HEADER, UNITS, COUNTED, row(1), HEADER, COUNTED, row(2)], 3, {1, 2}),
        ([HEADER, UNITS, row(1), UNITS, row(2)], 2, set()),
        ([HEADER, UNITS, row(1), HEADER, row(2), UNITS], 2, {1}),
        ([HEADER, row(1), ["Дата", "Рпр", "Частота"], row(2)], 1, set()),
        ([HEADER, row(1), ["Дата"], row(2)], 1, set()),
        ([["", *HEADER], ["", *row(1)], ["", *HEADER]], 1, {1}),
        ([["", *HEADER], ["", *row(1)], HEADER], 1, set()),
        ([["Дата"], ["01.03.2026"], ["Дата"]], 1, set()),
        ([HEADER, row(1), []], 1, set()),
        ([[], row(1)], 1, set()),
    ],
)
def test_a_header_that_stands_again_is_no_row_with_what_stood_under_it(
    rows: list[list[Any]], data: int, again: set[int]
) -> None:
    assert repeated_headers(rows, Layout(0, data=data)) == again


def test_headers_of_each_page_are_left_out_and_told_by_their_lines() -> None:
    found = sheet([HEADER, UNITS, row(1), HEADER, UNITS, row(2), ["", "", ""], row(3)])
    assert found.table.column(LINE).to_pylist() == [3, 6, 8]
    assert found.repeated == (4, 5)
    assert found.units == ("", "МПа", "А")


def test_of_several_tables_on_a_sheet_the_layout_says_which() -> None:
    rows = [["x", "Дата", "Ток", "y"], ["x", "01.03.2026", 5.0, "y"], ["x", "02.03.2026", 6.0, "y"]]
    found = sheet(rows, Layout(0, left=1, right=3, end=2))
    assert found.headers == ("Дата", "Ток")
    assert found.table.column(LINE).to_pylist() == [2]
    assert sheet(rows, Layout(0, left=1, right=3)).table.num_rows == 2
    assert sheet(rows, Layout(0, end=2)).headers == ("x", "Дата", "Ток", "y")


SIDE = [["Дата отбора", "01.03.2026", "02.03.2026"], ["Плотность нефти", 0.85, 0.86], ["Вода, %", 5, 6]]


@pytest.mark.parametrize(
    ("over", "named", "wells"),
    [
        (["651", "652"], True, ["651", "652"]),
        (["Скв. 651", "скважина 652"], True, ["651", "652"]),
        (["651", "651"], False, ["651", "651"]),
        (["651", "пласт"], False, ["651", "пласт"]),
        (["6", "7"], False, ["6", "7"]),
    ],
)
def test_wells_over_a_form_are_named_where_each_is_another_one(
    over: list[str], named: bool, wells: list[str]
) -> None:
    found = sheet([["Показатель", *over], *SIDE])
    assert (found.headers[0] == "Скважина") is named
    cells = found.table.column("c0").to_pylist()
    assert [str(cell).removesuffix(".0") for cell in cells] == wells


def test_one_sample_is_a_well_only_where_it_is_called_one() -> None:
    one = [line[:2] for line in SIDE]
    assert sheet([["Показатель", "скв. 651"], *one, ["Соли, мг/л", 5]]).headers[0] == "Скважина"
    assert sheet([["Показатель", "651"], *one, ["Соли, мг/л", 5]]).headers[0] == "Показатель"
    english = [["Parameter", "651", "652"], ["Oil density", 0.85, 0.86], ["Water, %", 5, 6], ["Salts", 1, 2]]
    assert sheet(english).headers[0] == "Well"


def test_titles_over_a_form_on_its_side_stand_above_it() -> None:
    form = [["Паспорт пробы № 7", "", ""], *SIDE, ["Соли, мг/л", 7, 8]]
    found = sheet(form)
    assert found.layout.transposed
    assert found.above == (("Паспорт пробы № 7",),)
    assert found.headers == ("Дата отбора", "Плотность нефти", "Вода, %", "Соли, мг/л")


def test_units_of_a_form_are_no_sample() -> None:
    form = [[name, unit, *rest] for (name, *rest), unit in zip(SIDE, ["", "г/см3", ""], strict=True)]
    form.append(["Соли", "мг/л", 7, 8])
    found = sheet(form)
    assert found.layout.transposed
    assert found.units[1] == "г/см3"
    assert found.table.column("c1").to_pylist() == [0.85, 0.86]
