"""Where a table begins: its header, its units, tables on their side."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importers import layout
from app.importers.layout import LOOK, find_layout, header_texts, is_value
from app.importers.sheets import Layout
from app.importers.titles import lines_above, well_said
from app.importers.vocabulary import vocabulary
from tests.proofs import examples

HEADER = ["Дата", "Рпр", "Ток"]
ROW = ["01.03.2026", 5.2, 30.1]
Rows = list[list[Any]]


def found(rows: Rows) -> Layout | None:
    return find_layout(rows, vocabulary())


def texts(rows: Rows) -> tuple[tuple[str, ...], tuple[str, ...]]:
    layout = found(rows)
    assert layout is not None
    return header_texts(rows, layout)


# ---- one row of headers ------------------------------------------------------------------------------------


def test_a_header_in_the_first_row_is_found() -> None:
    assert found([HEADER, ROW]) == Layout(0, 1, None, 1)


@pytest.mark.parametrize(
    "above",
    [
        [["Отчёт о работе скважин"]],
        [["Отчёт"], []],
        [["НГДУ", "", "ЦДНГ-3"], ["Дата:", "05.03.2026"], []],
        [["скважина 123Г, куст 5, за март 2026 года и ещё много слов о том, что это за таблица и зачем она"]],
    ],
)
def test_titles_above_are_no_header(above: Rows) -> None:
    assert found([*above, HEADER, ROW]) == Layout(len(above), 1, None, len(above) + 1)


def test_of_two_rows_that_know_as_many_words_the_upper_is_the_header() -> None:
    assert found([HEADER, ROW, HEADER, ROW]) == Layout(0, 1, None, 1)


def test_the_row_that_knows_most_words_is_the_header() -> None:
    assert found([["Скважина", "123Г", ""], [], HEADER, ROW]) == Layout(2, 1, None, 3)


def test_a_header_after_sixty_rows_is_not_looked_for() -> None:
    assert found([["итак"]] * (LOOK - 1) + [HEADER, ROW]) == Layout(LOOK - 1, 1, None, LOOK)
    assert found([["итак"]] * LOOK + [HEADER, ROW]) is None


def test_no_rows_and_no_words_have_no_layout() -> None:
    assert found([]) is None
    assert found([[], []]) is None
    assert found([["a", "b"], ["c", "d"]]) is None


def test_unknown_words_over_numbers_are_a_header() -> None:
    assert found([["foo", "bar"], [1, 2], [3, 4]]) == Layout(0, 1, None, 1)
    assert found([["foo", "bar"], ["baz", "qux"], [1, "2,5"]]) == Layout(1, 1, None, 2)


def test_unknown_words_over_words_or_one_word_over_numbers_are_none() -> None:
    assert found([["foo", "bar"], ["a", "b"], ["c", "d"]]) is None
    assert found([["foo"], [1], [2]]) is None
    assert found([["foo", "bar"], [1, "b", "c"], ["c", "d"]]) is None


def test_a_blank_row_under_the_header_is_passed_over() -> None:
    assert found([HEADER, ["", None, ""], ROW]) == Layout(0, 1, None, 2)


def test_the_columns_counted_under_the_header_are_passed_over() -> None:
    assert found([HEADER, ["1", "2", "3"], ROW]) == Layout(0, 1, None, 2)
    assert found([HEADER, [2.0, 3.0, 4.0], ROW]) == Layout(0, 1, None, 2)
    assert found([HEADER, ["1", "2", "4"], ROW]) == Layout(0, 1, None, 1)
    assert found([["Дата", "Ток"], [1, 2], [3, 4]]) == Layout(0, 1, None, 1)


# ---- units in a row of their own ---------------------------------------------------------------------------


@pytest.mark.parametrize("units", [["", "МПа", "А"], ["", "[МПа]", "(А)"], ["-", "МПа", "—"]])
def test_a_row_of_units_belongs_to_the_header(units: list[str]) -> None:
    assert found([HEADER, units, ROW]) == Layout(0, 1, 1, 2)
    assert texts([HEADER, units, ROW])[0] == ("Дата", "Рпр", "Ток")
    assert texts([HEADER, units, ROW])[1] == ("", "МПа", "А" if "А" in "".join(units) else "")


def test_units_may_stand_under_the_numbers_of_the_columns() -> None:
    assert found([HEADER, ["1", "2", "3"], ["", "МПа", "А"], ROW]) == Layout(0, 1, 2, 3)


def test_a_second_row_of_units_is_data() -> None:
    assert found([HEADER, ["", "МПа", "А"], ["", "МПа", "А"], ROW]) == Layout(0, 1, 1, 2)


def test_fewer_than_six_tenths_of_units_are_no_row_of_units() -> None:
    header = ["Дата", "Рпр", "Ток", "Частота", "Напряжение"]
    row = ["01.03.2026", 1, 2, 3, 4]
    assert found([header, ["x9", "МПа", "y9", "Гц", "В"], row]) == Layout(0, 1, 1, 2)
    assert found([header, ["x9", "МПа", "y9", "z9", "В"], row]) == Layout(0, 1, None, 1)


def test_a_name_in_the_row_of_units_goes_to_the_header() -> None:
    rows = [["Дата", "Плотность нефти", "Рпр"], ["", "при 20 °С, г/см3", "МПа"], ROW]
    headers, units = header_texts(rows, Layout(0, 1, 1, 2))
    assert headers == ("Дата", "Плотность нефти / при 20 °С", "Рпр")
    assert units == ("", "г/см3", "МПа")


# ---- headers of several rows -------------------------------------------------------------------------------


def test_a_groups_title_reaches_over_the_blanks_to_its_right() -> None:
    rows = [["Скв", "ПЭД", "", "Дата"], ["", "Ток", "Загрузка", ""], ["1", 30, 70, "01.03.2026"]]
    assert found(rows) == Layout(0, 2, None, 2)
    assert texts(rows)[0] == ("Скв", "ПЭД / Ток", "ПЭД / Загрузка", "Дата")


def test_a_merged_cell_written_out_is_said_once() -> None:
    rows = [
        ["Скважина", "ПЭД", "ПЭД", "Дата"],
        ["Скважина", "Ток", "Загрузка", "Дата"],
        ["1", 30, 70, "01.03.2026"],
    ]
    assert found(rows) == Layout(0, 2, None, 2)
    assert texts(rows)[0] == ("Скважина", "ПЭД / Ток", "ПЭД / Загрузка", "Дата")


def test_a_groups_title_ends_where_nothing_stands_below() -> None:
    rows = [["Дата", "ПЭД", "", ""], ["", "Ток", "", ""], ["01.03.2026", 30, "x", "y"]]
    assert header_texts(rows, Layout(0, 2, None, 2))[0] == ("Дата", "ПЭД / Ток", "", "")


def test_a_unit_as_the_last_row_of_a_column_is_its_unit() -> None:
    rows = [["Дата", "Рпр"], ["", "(МПа)"], ["01.03.2026", 5.2]]
    assert header_texts(rows, Layout(0, 2, None, 2)) == (("Дата", "Рпр"), ("", "МПа"))


def test_a_unit_alone_in_a_header_stays_the_header() -> None:
    assert header_texts([["МПа", "Ток"], [1, 2]], Layout(0)) == (("МПа", "Ток"), ("", ""))


def test_wrapped_headers_are_one_line() -> None:
    assert header_texts([["Давление\n на  приёме", "Ток"], [1, 2]], Layout(0))[0] == (
        "Давление на приёме",
        "Ток",
    )


def test_a_header_is_as_wide_as_the_rows_down_to_the_data() -> None:
    rows = [["Отчёт", "", "", "лист 1"], ["Дата", "Ток"], ["01.03.2026", 1, 2, 3, 4]]
    assert header_texts(rows, Layout(1, 1, None, 2))[0] == ("Дата", "Ток", "", "")


def test_a_row_of_units_that_is_not_there_gives_none() -> None:
    assert header_texts([["Дата", "Ток"]], Layout(0, 1, 1, 2)) == (("Дата", "Ток"), ("", ""))


# ---- tables on their side ----------------------------------------------------------------------------------

SIDE = [
    ["Параметр", "Проба 1", "Проба 2"],
    ["Дата отбора", "01.03.2026", "02.03.2026"],
    ["Скважина", "1", "2"],
    ["Плотность нефти", 0.85, 0.86],
    ["Вода, %", "<5", "н/о"],
]


def test_parameters_down_the_first_column_and_samples_across_are_a_table_on_its_side() -> None:
    assert found(SIDE) == Layout(0, 1, None, 1, True)


def test_parameters_may_stand_in_the_second_column() -> None:
    assert found([[n, *row] for n, row in enumerate(SIDE)]) == Layout(1, 1, None, 2, True)
    assert found([[n, n, n, *row] for n, row in enumerate(SIDE)]) != Layout(3, 1, None, 4, True)


def test_units_beside_the_parameters_are_a_column_of_units() -> None:
    units = ["Ед.", "", "", "г/см3", "%"]
    rows = [[row[0], unit, *row[1:], *row[1:]] for row, unit in zip(SIDE, units, strict=True)]
    rows[0][1] = ""
    assert found(rows) == Layout(0, 1, 1, 2, True)


def test_parameters_with_texts_beside_them_are_no_table_on_its_side() -> None:
    layout = found([[row[0], "см. ниже", "см. ниже"] for row in SIDE])
    assert layout is None or not layout.transposed


def test_two_parameters_are_too_few_for_a_table_on_its_side() -> None:
    layout = found(SIDE[1:3])
    assert layout is None or not layout.transposed


def test_a_column_of_parameters_without_samples_is_no_table() -> None:
    layout = found([[row[0]] for row in SIDE])
    assert layout is None or not layout.transposed


# ---- cells -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        1,
        1.5,
        datetime(2026, 3, 4),
        "12",
        "-12,5",
        "−12,5",
        "1 024,5",
        "<0,05",
        "≥ 5",
        "~3",
        "1e-5",
        "12%",
        "01.03.2026",
        "2026-03-01 05:06",
        "1/3/26",
        "н/о",
        "отс.",
        "Отсутствует",
        "Следы",
    ],
)
def test_numbers_dates_and_laboratories_words_are_values(cell: Any) -> None:
    assert is_value(cell)


@pytest.mark.parametrize("cell", ["", None, "Рпр", "МПа", "12 куст", "123Г", "марта 2026", "a1"])
def test_names_units_and_blanks_are_no_values(cell: Any) -> None:
    assert not is_value(cell)


CELL = st.one_of(
    st.none(), st.integers(0, 9), st.floats(allow_nan=False), st.sampled_from([*HEADER, "МПа", "x", ""])
)


@settings(max_examples=examples(60))
@given(st.lists(st.lists(CELL, max_size=5), max_size=8))
def test_a_layout_found_lies_within_its_rows(rows: Rows) -> None:
    layout = found(rows)
    if layout is None:
        return
    if layout.transposed:
        width = max(map(len, rows))
        rows = [list(row) for row in zip(*(row + [""] * (width - len(row)) for row in rows), strict=True)]
    assert 0 <= layout.header < len(rows)
    assert layout.header + layout.header_rows <= layout.data <= len(rows)
    assert layout.units_row is None or layout.header + layout.header_rows <= layout.units_row < layout.data
    headers, units = header_texts(rows, layout)
    assert len(headers) == len(units)


SURVEY = ["Depth, ft", "Incl, deg", "Azim, deg"]


@pytest.mark.parametrize(
    ("title", "well"),
    [
        (["Well", "JONES 3"], "JONES 3"),
        (["Well name", "JONES 3", "Field", "SPRABERRY"], "JONES 3"),
        (["Скважина", "Северная 3"], "Северная 3"),
        (["JONES 3", "Permian"], ""),
        (["Directional survey", "JONES 3"], ""),
        (["Инклинометрия", "скв. 3"], "3"),
    ],
)
def test_a_title_without_a_colon_is_no_row_of_the_header(title: list[str], well: str) -> None:
    rows: Rows = [title, SURVEY, [0, 0, 0], [100, 1, 20], [200, 2, 21], [300, 3, 22]]
    layout = found(rows)
    assert layout is not None
    assert (layout.header, layout.header_rows) == (1, 1)
    assert well_said(lines_above((tuple(title),))) == well


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        (["", "Замер 1", "Замер 2"], ["Скважина", "Рпр, МПа", "Рпр, МПа"]),
        (["Скважина", "Режим", ""], ["№", "Дебит, м3/сут", "Рпр, МПа"]),
        (["Штанги", "", "Насос"], ["Длина, м", "Диаметр, мм", "Глубина спуска, м"]),
    ],
)
def test_groups_of_columns_are_rows_of_the_header_still(groups: list[str], names: list[str]) -> None:
    layout = found([groups, names, ["101", 3, 4], ["102", 3, 5], ["103", 3, 6]])
    assert layout is not None
    assert (layout.header, layout.header_rows) == (0, 2)


@pytest.mark.parametrize(
    ("wells", "names", "rows"),
    [
        (["Дата", 101, 102], ["", "Рпр", "Рпр"], 2),
        (["Дата", 101, 102, "Смена"], ["", "Рпр", "Рпр"], 2),
        (["Дата", 101, 102], ["Время", "Рпр", "Рпр"], 1),
    ],
    ids=["a name reaches down", "one beyond the row below too", "no name reaches down"],
)
def test_numbers_over_names_are_wells_where_the_names_beside_them_reach_down(
    wells: list[Any], names: list[Any], rows: int
) -> None:
    layout = found([wells, names, ["01.03.2026", 5.2, 5.3], ["02.03.2026", 5.2, 5.4]])
    assert layout is not None
    assert (layout.header_rows, layout.data) == (rows, 2)


def test_degrees_and_minutes_stand_where_others_have_their_unit_and_are_heard() -> None:
    rows: Rows = [
        ["Глубина", "Зенитный угол", "Азимут"],
        ["м", "град.мин", "град. мин."],
        [0, "0°00'", "0°00'"],
    ]
    headers, units = texts([*rows, [100, "0°30'", "45°15'"]])
    assert headers == ("Глубина", "Зенитный угол / град.мин", "Азимут / град. мин.")
    assert units == ("м", "", "")


def test_a_row_of_known_words_under_a_whole_header_is_data() -> None:
    """Nothing of the header reaches down to it: it is no second row of it."""
    layout = found([["Скважина", "Дата"], ["Куст", "Пласт"], ["1", "01.03.2026"]])
    assert layout is not None
    assert layout.header_rows == 1


# ---- lines over a table ------------------------------------------------------------------------------------


def test_a_line_that_goes_on_saying_is_no_group_of_columns_and_the_first_line_goes_on_with_nothing() -> None:
    saying = [["Скважина", "101", ""], ["Период", "октябрь", ""], HEADER, ROW]
    assert found(saying) == Layout(2, 1, None, 3)
    for row, goes_on in ((0, False), (1, True), (2, False)):
        assert layout._goes_on_saying(saying, row) is goes_on
    gap = [["Скважина", "101"], ["", "Период", "октябрь"], HEADER]
    assert not layout._goes_on_saying(gap, 1), "not from the left edge"
