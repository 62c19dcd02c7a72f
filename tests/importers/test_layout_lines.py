"""Lines over a table and rows of a header, each at the border of what it may be."""

from __future__ import annotations

from typing import Any

import pytest

from app.importers import layout
from app.importers.layout import bare_name, find_layout, header_texts, is_value, says
from app.importers.sheets import Layout
from app.importers.vocabulary import vocabulary

Row = list[Any]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["Дата:", "05.10.2026"], True),
        (["Дата:", "05.10.2026", "", "ЦДНГ-1"], True),
        (["Дата:", "05.10.2026", "Куст:", "5"], True),
        (["Дата:", "05.10.2026", "Куст:", "5", "Цех:", "2"], True),
        (["Дата:", "05.10.2026", "Куст:", "5", "Цех:", "2", "x"], False),
        (["Дата:", "05.10.2026", "Куст", "5"], False),
        (["Дата:", "05.10.2026", "a", "b", "c", "d"], True),
        (["Дата:", "05.10.2026", "a", "b", "c", "d", "e"], False),
        (["", "Дата:", "05.10.2026"], True),
        (["Дата:", "завтра"], False),
        (["Дата:"], False),
    ],
)
def test_a_line_with_a_colon_may_say_a_few_things(row: Row, said: bool) -> None:
    assert says(row) is said


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("652", "652"),
        ("Скв. № 652", "652"),
        ("скважина 103Г", "103Г"),
        ("Well #12", "12"),
        ("well no. 1234567", "well no. 1234567"),
        ("5", "5"),
        ("Скв. 5", "Скв. 5"),
        ("проба 12", "проба 12"),
        ("", ""),
    ],
)
def test_a_wells_name_is_bare_without_the_word_before_it(cell: str, name: str) -> None:
    assert bare_name(cell) == name


@pytest.mark.parametrize(
    ("row", "hits"),
    [
        (["Рпр", "Ток"], 2.0),
        (["Рпр", "Ток", "Неведомое, МПа"], 2.7),
        (["Рпр", "МПа"], 1.0),
        (["Рпр", 5, "01.03.2026", ""], 1.0),
        (["Рпр " + "x" * 90], 0.0),
        (["неведомое"], 0.0),
        (["Рпр (" + "x" * 84 + ")"], 1.0),
        (["Рпр (" + "x" * 85 + ")"], 0.0),
        (["Способ эксплуатации", "ШГН"], 1.0),
        ([], 0.0),
    ],
)
def test_of_a_row_so_much_is_known(row: Row, hits: float) -> None:
    assert layout._hits(row, vocabulary()) == pytest.approx(hits)


@pytest.mark.parametrize(
    ("above", "header", "tells"),
    [
        (["Well", "JONES 3", "Field", "Spraberry"], ["Date", "Oil", "Water", "Gas"], True),
        (["Well", "JONES", "Field", "Spraberry"], ["Date", "Oil", "Water", "Gas"], False),
        (["Well", "JONES 3", "Field"], ["Date", "Oil", "Water", "Gas"], True),
        (["JONES 3", "Rod string"], ["Size", "Length", "Grade"], True),
        (["JONES 3", "SMITH 4"], ["Size", "Length", "Grade"], False),
        (["Rod string", "Pump"], ["Size", "Length", "Grade"], False),
        (["JONES 3", "Rod string"], ["Size", "", "Grade"], False),
        (["JONES 3", "Rod string"], ["", "Length", "Grade"], False),
        (["", "JONES 3"], ["Size", "Length", "Grade"], False),
        (["JONES 3", "", "Rod string"], ["Size", "Length", "Grade"], False),
        (["JONES 3", "Rod string"], ["Size"], True),
    ],
)
def test_a_line_that_tells_the_well_is_no_row_of_groups(above: Row, header: Row, tells: bool) -> None:
    assert layout._tells_the_well(above, header, vocabulary()) is tells


@pytest.mark.parametrize(
    ("rows", "row", "goes_on"),
    [
        ([["Скважина", "101"], ["Период", "октябрь"]], 1, True),
        ([["Скважина", "101"], ["Период", "октябрь", "x"]], 1, False),
        ([["Скважина", "101"], ["Период"]], 1, False),
        ([["Скважина", "куст"], ["Период", "октябрь"]], 1, False),
        ([["Период", "октябрь"], ["Скважина", "101"]], 0, False),
    ],
)
def test_a_line_of_a_name_and_a_word_goes_on_under_one_that_says(
    rows: list[Row], row: int, goes_on: bool
) -> None:
    assert layout._goes_on_saying(rows, row) is goes_on


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [
        (5, True),
        ("<0,05", True),
        ("~ -5 000,5 %", True),
        ("~ -5 000,5%", True),
        ("1e-5", True),
        ("01.03.26", True),
        ("01.03.26 5:06", True),
        ("н/о", True),
        ("Следы", True),
        ("Рпр", False),
        ("", False),
        ("5 MPa", False),
    ],
)
def test_a_value_is_a_number_a_date_or_a_laboratorys_word(cell: Any, is_one: bool) -> None:
    assert is_value(cell) is is_one


NAMES = ["Дата", "Рпр", "Ток", "Частота"]
VALUES: Row = ["01.03.2026", 5.2, 30.1, 50]


def found(*rows: Row) -> Layout | None:
    return find_layout([*rows], vocabulary())


def test_groups_over_a_header_are_at_most_two_rows_and_a_header_four_in_all() -> None:
    groups: Row = ["Режим", "", "Насос", ""]
    header = ["", "Рпр", "", "Ток"]
    assert found(groups, NAMES, VALUES, VALUES) == Layout(0, 2, None, 2)
    more: list[Row] = [
        ["раз", "", "два"],
        ["три", "пять", "семь"],
        ["раз", "три", "пять", "семь"],
        [*NAMES, "Обводнённость"],
    ]
    assert found(*more[1:], [*VALUES, 30]) == Layout(0, 3, None, 3)
    assert found(*more, [*VALUES, 30]) == Layout(1, 3, None, 4), "a third is a title"
    assert found(["Дата", "Замер", "Ток", "Насос"], header, VALUES) == Layout(0, 2, None, 2)


def test_under_a_header_units_numbers_of_columns_and_one_blank_row_are_passed_over_in_any_order() -> None:
    units, counted = ["", "МПа", "А", "Гц"], [1, 2, 3, 4]
    assert found(NAMES, units, counted, VALUES) == Layout(0, 1, 1, 3)
    assert found(NAMES, counted, units, VALUES) == Layout(0, 1, 2, 3)
    assert found(NAMES, [], units, VALUES) == Layout(0, 1, 2, 3)
    assert found(NAMES, units, units, VALUES) == Layout(0, 1, 1, 2)
    assert found(NAMES, units, [], VALUES) == Layout(0, 1, 1, 2)
    assert found(NAMES, ["", ""], ["", ""], VALUES) == Layout(0, 1, None, 2)


def test_one_known_word_is_a_header_only_over_numbers() -> None:
    assert found(["Рпр, МПа", "Ток, А"], ["вот", "так"]) == Layout(0, 1, None, 1)
    assert found(["вот", "так"], [1, 2]) == Layout(0, 1, None, 1)
    assert found(["вот", "так"], ["иначе", "не"]) is None
    assert found() is None
    assert found([], []) is None


def test_names_and_units_are_joined_over_the_rows_of_a_header() -> None:
    rows: list[Row] = [
        ["Дата", "ПЭД", "", "Давле-\nние"],
        ["", "I ном", "U", ""],
        ["", "А", "(В)", "при 20 °С, МПа"],
        ["01.03.2026", 30, 400, 5],
    ]
    headers, units = header_texts(rows, Layout(0, 2, 2, 3))
    assert headers == ("Дата", "ПЭД / I ном", "ПЭД / U", "Давление / при 20 °С")
    assert units == ("", "А", "В", "МПа")


def test_a_form_of_dates_is_no_unit_and_a_form_of_angles_is_a_name() -> None:
    rows: list[Row] = [
        ["Дата", "Угол", "Время", "Ток"],
        ["дд.мм.гггг", "град.мин", "unix time", "—"],
        [1, 2, 3, 4],
    ]
    headers, units = header_texts(rows, Layout(0, 1, 1, 2))
    assert headers == ("Дата", "Угол / град.мин", "Время", "Ток")
    assert units == ("", "", "", "")


def test_wells_as_numbers_over_names_need_a_name_that_reaches_down_beside_two_of_them() -> None:
    names: Row = ["", "Рпр", "Рпр"]
    assert layout._names_wells(["Дата", 101, 102], names)
    assert layout._names_wells(["Дата", "скв. 101", "скв. 102"], names)
    assert not layout._names_wells(["Дата", 101, ""], names)
    assert not layout._names_wells([101, 102, 103], ["Рпр", "Рпр", "Рпр"])
    assert not layout._names_wells(["Дата", 101, 102], ["День", "Рпр", "Рпр"])
    assert not layout._names_wells([5.5, 101, 102], names), "a number that is no name of a well"
    assert not layout._names_wells(["Дата", 101, 102], ["", "Рпр", ""])


def test_a_row_with_one_known_name_is_the_header_before_a_row_of_none_over_numbers() -> None:
    assert found(["Рпр", "вот"], ["так", "иначе"], [1, 2]) == Layout(0, 1, None, 1)
    assert found(["Неведомое, МПа", "вот"], ["так", "иначе"], [1, 2]) == Layout(1, 1, None, 2)
