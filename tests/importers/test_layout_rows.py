"""What one row is among its neighbours: a line that says something, units, numbering, groups, a second row of
the header; each at its border.
"""

from __future__ import annotations

from typing import Any

import pytest

from app.importers import layout
from app.importers.layout import find_layout, is_units, says
from app.importers.sheets import Layout
from app.importers.vocabulary import vocabulary

Row = list[Any]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["Скважина", "103"], True),
        (["Stroke", 2.5, "m"], True),
        (["Скважина", 103, "", ""], True),
        (["Скважина", "103", "5"], False),
        (["Скважина"], False),
        (["a", 1, "b", "c"], False),
        (["", "Скважина", 103], False),
        (["Скважина", "", 103], False),
        (["103", "104"], False),
        (["Скважина", "куст"], False),
    ],
)
def test_a_line_that_says_one_thing_is_a_name_and_its_value_from_the_left_edge(
    row: Row, *, said: bool
) -> None:
    assert says(row) is said


@pytest.mark.parametrize(
    ("row", "of_units"),
    [
        (["МПа"], True),
        (["", "-", "—"], False),
        ([], False),
        (["МПа", "А", "x"], True),
        (["МПа", "А", "В", "x", "y"], True),
        (["МПа", "А", "x", "y"], False),
        (["МПа", "x", "-", "-"], False),
        (["МПа", "А", "x", "-", "—", ""], True),
        (["град.мин", "м"], True),
        (["[м3/сут]", "(МПа)", " кВт "], True),
    ],
)
def test_a_row_of_units_is_six_tenths_units_of_what_is_written(row: Row, *, of_units: bool) -> None:
    assert is_units(row) is of_units


@pytest.mark.parametrize(
    ("row", "counted"),
    [
        (["1", "2", "3"], True),
        ([1, 2.0, "3."], True),
        (["", 1, 2, 3, ""], True),
        ([2, 3, 4], True),
        ([3, 4, 5], False),
        ([0, 1, 2], False),
        ([1, 2], False),
        ([1, 2, 3, 5], False),
        ([1, 3, 2], False),
        ([], False),
    ],
)
def test_columns_are_counted_from_one_or_two_and_three_at_least(row: Row, *, counted: bool) -> None:
    assert layout._is_numbering(row) is counted


NAMES = ["Скважина", "Дебит", "Рпр", "Ток", "Частота", "Загрузка", "Обводнённость"]


@pytest.mark.parametrize(
    ("above", "header", "upper"),
    [
        (["Скв", "ПЭД", "", "Дата"], ["", "Ток", "Загрузка", ""], True),
        (["", "ПЭД", ""], ["Дата", "Ток", "Загрузка"], False),
        (["", "ПЭД", "", "Насос"], ["Дата", "Ток", "Загрузка", "Тип"], True),
        (["Скв", "ПЭД"], ["Дата", "Ток"], False),
        (["Скв", "ПЭД"], ["Дата", "Ток", "Рпр"], True),
        (["Режим", "Режим"], ["Дебит", "Рпр", "Ток"], False),
        (["Замер 1", "Замер 2"], NAMES[:6], True),
        (["Замер 1", "Замер 2"], NAMES, False),
        (["Замер 1", "Замер 2", "Замер 3"], [f"{name} {i}" for i in range(2) for name in NAMES[:5]], True),
        (["a" * 79, "b"], ["", "Ток", "Рпр"], True),
        (["a" * 80, "b"], ["", "Ток", "Рпр"], False),
        (["Режим:", "Насос"], ["", "Ток", "Рпр"], False),
        (["Run 2026-06-01", "Насос"], ["", "Ток", "Рпр"], False),
        (["pressure in kPa", "rate in bbl/d"], ["", "Ток", "Рпр"], False),
        (["pressure in kPa", "Насос"], ["", "Ток", "Рпр"], True),
        (["Units: psi", "°F"], ["", "Ток", "Рпр"], False),
        (["Units = psi", "as measured"], ["", "Ток", "Рпр"], False),
        (["Насос", 5], ["", "Ток", "Рпр"], False),
        (["Дата", 101, 102], ["", "Рпр", "Рпр"], True),
        (["Дата", 101], ["", "Рпр"], False),
        (["Дата", 101, 102], ["", "Рпр", ""], False),
    ],
)
def test_groups_over_a_header_are_several_texts_over_more_or_over_empty_columns(
    above: Row, header: Row, *, upper: bool
) -> None:
    assert layout._is_upper(above, header) is upper


@pytest.mark.parametrize(
    ("header", "below", "goes_on"),
    [
        (["Скв", "ПЭД", ""], ["", "Ток", "Загрузка"], True),
        (["Скв", "ПЭД"], ["", "Ток"], True),
        (["Скв", "ПЭД"], ["Дата", "Ток"], False),
        (["Скв", "ПЭД"], ["", "неведомое"], False),
        (["Скв", "ПЭД"], ["", ""], False),
        (["Скв", "ПЭД"], ["", 5], False),
        (["Скв", "ПЭД"], ["", "кВт"], False),
        (["Скв", "ПЭД", "ПЭД"], ["Скв", "за сутки", "с начала месяца"], True),
        (["Скв", "ПЭД", "Насос"], ["Скв", "за сутки", "с начала месяца"], False),
        (["Скв", "ПЭД"], ["Скв", "ПЭД"], False),
        (["Скв"], ["Дата", "Ток", "Рпр"], False),
        (["Скв", ""], ["", "Ток"], True),
    ],
)
def test_a_second_row_of_the_header_has_names_under_groups(header: Row, below: Row, *, goes_on: bool) -> None:
    assert layout._continues(header, below, vocabulary()) is goes_on


@pytest.mark.parametrize(
    ("column", "grouped"), [(0, False), (1, True), (2, True), (3, False), (4, False), (5, False)]
)
def test_a_column_is_of_a_group_where_its_neighbour_has_the_same_title(column: int, *, grouped: bool) -> None:
    assert layout._is_of_a_group(["Скв", "ПЭД", "ПЭД", "Дата", ""], column) is grouped


def test_a_group_at_the_left_edge_is_not_the_one_at_the_right() -> None:
    assert not layout._is_of_a_group(["ПЭД", "Скв", "ПЭД"], 0)


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([["a", "b"], [1, 2]], 0),
        ([["a", "b"], ["c", "d"], [1, 2]], 1),
        ([["a"], [1]], None),
        ([["a", "b", 3], [1, 2, 3]], None),
        ([["a", "b"], [1, "x"]], 0),
        ([["a", "b"], [1, "x", "y"]], None),
        ([["a", "b"], ["5.58 MPa", "x"]], 0),
        ([["a", "5.58 MPa"], [1, 2]], None),
        ([["a", "b"]], None),
        ([["a", "b"], []], None),
    ],
)
def test_texts_over_as_many_numbers_are_a_header_of_unknown_names(rows: list[Row], at: int | None) -> None:
    assert layout._text_over_numbers(rows) == at


def lines_over(numbers: int) -> list[Row]:
    return [["Скважина", "103"], ["Ток", "30"], *([[1.5, 2.5, 3.5]] * numbers)]


def test_lines_over_three_rows_of_numbers_say_something_and_over_two_they_may_be_a_table_on_its_side() -> (
    None
):
    assert layout._said_above(lines_over(2)) == set()
    assert layout._said_above(lines_over(3)) == {0, 1}
    assert layout._said_above([*lines_over(3), ["Рпр", "5"]]) == {0, 1}, "what stands below says nothing"


SIDE = ["Скважина", "Плотность нефти", "Дата отбора", "Обводнённость", "Рпр", "Ток", "Частота"]


@pytest.mark.parametrize(("names", "on_its_side"), [(2, False), (3, True), (4, True)])
def test_three_known_names_down_are_a_table_on_its_side(names: int, *, on_its_side: bool) -> None:
    found = find_layout([[name, n + 1.5, n + 2.5] for n, name in enumerate(SIDE[:names])], vocabulary())
    assert (found is not None and found.transposed) is on_its_side


@pytest.mark.parametrize(
    ("names", "numbers", "on_its_side"),
    [(4, 2, True), (4, 1, False), (6, 2, True), (6, 1, False), (5, 2, False)],
)
def test_half_of_a_sample_are_values_and_of_a_passport_a_quarter(
    names: int, numbers: int, *, on_its_side: bool
) -> None:
    """Six names are a passport's, and so are fewer with the name of their well."""
    rows: list[Row] = [[name, 1.5 if n < numbers else "слово"] for n, name in enumerate(SIDE[1:][:names])]
    found = find_layout(rows, vocabulary())
    assert (found is not None and found.transposed) is on_its_side
    named: list[Row] = [["Скважина", "слово"], *rows[:3]]
    found = find_layout(named, vocabulary())
    assert found is not None
    assert found.transposed


def test_units_beside_the_names_or_one_column_further_belong_to_them() -> None:
    names = ["Плотность нефти", "Рпр", "Ток", "Частота"]
    units = ["г/см3", "МПа", "А", "Гц"]
    beside: list[Row] = [[name, unit, 1.5, 2.5] for name, unit in zip(names, units, strict=True)]
    assert find_layout(beside, vocabulary()) == Layout(0, 1, 1, 2, True)
    further: list[Row] = [[name, 1.5, unit] for name, unit in zip(names, units, strict=True)]
    assert find_layout(further, vocabulary()) == Layout(0, 1, 2, 1, True)
