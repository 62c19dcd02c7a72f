"""Several tables on a sheet, headers that stand again, wells in the header."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import KnownError
from app.importers.base import Order
from app.importers.child import _json
from app.importers.formats.text_table import IMPORTER
from app.importers.sheets import LINE, Layout, Sheet, column_name
from app.importers.tables import sheets_of, tables_in
from app.importers.vocabulary import vocabulary

D1, D2, D3 = datetime(2026, 10, 1), datetime(2026, 10, 2), datetime(2026, 10, 3)
HEAD = ["Скважина", "Дата замера", "Qж, м3/сут"]


def tables(rows: list[list[Any]], layouts: dict[str, Layout] | None = None) -> list[Sheet]:
    wide = max(map(len, rows))
    cells = [row + [""] * (wide - len(row)) for row in rows]
    return sheets_of(Path("f.xlsx"), "Лист1", cells, vocabulary(), layouts or {})


def text_tables(text: str) -> tuple[Sheet, ...]:
    assert IMPORTER.read is not None
    return IMPORTER.read(Path("f.csv"), io.BytesIO(text.encode()), Order(vocabulary())).sheets


def body(sheet: Sheet) -> list[list[Any]]:
    columns = [sheet.table.column(column_name(i)).to_pylist() for i in range(len(sheet.headers))]
    return [list(row) for row in zip(*columns, strict=True)]


def lines(sheet: Sheet) -> list[int]:
    return list(sheet.table.column(LINE).to_pylist())


# ---- headers that stand again ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("again", "units"),
    [
        ([HEAD], []),
        ([[], HEAD], []),
        ([["Страница 2"], HEAD], []),
        ([["", "м3/сут"]], [["", "", "м3/сут"]]),
        ([HEAD, ["", "", "м3/сут"]], [["", "", "м3/сут"]]),
        ([HEAD, [1, 2, 3]], [[1, 2, 3]]),
    ],
    ids=["alone", "blank", "page", "units only", "with units", "with numbers"],
)
def test_a_header_on_each_page_is_left_out_and_types_stay(
    again: list[list[Any]], units: list[list[Any]]
) -> None:
    head = [HEAD[0], HEAD[1], "Qж"] if units else HEAD
    pages = [head if row == HEAD else row for row in again]
    found = tables([head, *units, ["101", D1, 45], *pages, ["101", D2, 46]])
    assert len(found) == 1
    rows = [row for row in body(found[0]) if row[1] not in (None, "м3/сут")]
    assert [row[2] for row in rows] == [45, 46]
    if again[-1] != ["", "м3/сут"]:
        assert found[0].repeated


def test_a_header_under_the_name_of_another_well_begins_a_table() -> None:
    head = ["Дата", "Qж, м3/сут"]
    found = tables([["Скважина 101"], head, [D1, 45], [D2, 46], [], ["Скважина 102"], head, [D1, 55]])
    assert [sheet.above for sheet in found] == [(("Скважина 101",),), (("Скважина 102",),)]
    assert [lines(sheet) for sheet in found] == [[3, 4], [8]]
    assert [sheet.name for sheet in found] == ["Лист1", "Лист1 (2)"]


# ---- one below the other -----------------------------------------------------------------------------------


@pytest.mark.parametrize("between", [[], [[]], [[], ["Физико-химические свойства"], []], [["Таблица 2"]]])
def test_a_table_below_another_is_a_sheet_of_its_own(between: list[list[Any]]) -> None:
    below = ["Скважина", "Дата отбора", "Плотность нефти, г/см3", "Вода, %"]
    found = tables([HEAD, ["101", D1, 45], ["102", D1, 55], *between, below, ["101", D2, 0.86, 40]])
    assert [sheet.headers for sheet in found] == [tuple(HEAD), tuple(below)]
    assert body(found[0]) == [["101", D1, 45], ["102", D1, 55]]
    assert body(found[1]) == [["101", D2, 0.86, 40]]
    assert lines(found[1]) == [5 + len(between)]


def test_a_small_table_above_a_large_one_is_not_lost() -> None:
    above = ["Скважина", "Дата пуска"]
    below = ["Скважина", "Дата отбора", "Плотность нефти, г/см3", "Вода, %", "Хлористые соли, мг/л"]
    found = tables([above, ["101", D1], ["102", D2], [], below, ["101", D3, 0.86, 40, 300]])
    assert [len(body(sheet)) for sheet in found] == [2, 1]


def test_totals_words_and_groups_of_columns_are_no_tables() -> None:
    group = ["Скважина", "Дата", "ПЭД", ""]
    names = ["", "", "Ток, А", "Температура двигателя, °C"]
    rows = [group, names, ["101", D1, 30.5, 98], ["Куст 2"], ["102", D1, 31, 99], ["Итого", "", 61.5, ""]]
    assert len(tables([["Сводка"], *rows, ["Составил: Иванов"]])) == 1


# ---- beside each other -------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_tables_beside_each_other_are_sheets_of_their_own(gap: int) -> None:
    blank = [""] * gap
    rows = [
        [*HEAD, *blank, *HEAD],
        ["101", D1, 45, *blank, "102", D1, 55],
        ["101", D2, 46, *blank, "", "", ""],
    ]
    found = tables(rows)
    assert [sheet.headers for sheet in found] == [tuple(HEAD)] * 2
    assert [body(sheet) for sheet in found] == [[["101", D1, 45], ["101", D2, 46]], [["102", D1, 55]]]


def test_pairs_of_time_and_value_are_tables_each() -> None:
    """As a historian's spreadsheet has them: each tag with times of its own."""
    rows = [["Time", "PIP, psi", "Time", "Frequency, Hz"], [D1, 800, D2, 50], [D2, 801, D3, 51]]
    found = tables(rows)
    assert [sheet.headers for sheet in found] == [("Time", "PIP, psi"), ("Time", "Frequency, Hz")]


def test_titles_over_tables_beside_each_other_say_whose_they_are() -> None:
    head = ["Дата", "Qж, м3/сут"]
    rows = [["Скважина 101", "", "", "Скважина 102", ""], [*head, "", *head], [D1, 45, "", D1, 55]]
    assert [sheet.above for sheet in tables(rows)] == [(("Скважина 101",),), (("Скважина 102",),)]


@pytest.mark.parametrize(
    "head",
    [
        ["Скважина", "Дата", "Рпл, атм", "", "Рзаб, атм"],
        ["Скважина", "Дата пуска", "Дата остановки", "Дата пуска", "Вид"],
        ["Дата", "Дата", "Ток, А", "Рпр, атм", "Примечание"],
    ],
)
def test_a_blank_column_or_a_second_date_does_not_part_a_table(head: list[str]) -> None:
    assert len(tables([head, ["101", D1, 1, "", 2], ["102", D2, 1, "", 2]])) == 1


# ---- what was settled is not found out again ---------------------------------------------------------------


def test_a_settled_layout_is_read_again_as_it_was() -> None:
    rows = [[*HEAD, "", *HEAD], ["101", D1, 45, "", "102", D1, 55]]
    first = tables(rows)
    again = tables(rows, {sheet.name: Layout.from_json(sheet.layout.to_json()) for sheet in first})
    assert [body(sheet) for sheet in again] == [body(sheet) for sheet in first]
    assert b"repeated" in _json({"repeated": first[0].repeated})


def test_a_plan_of_before_reads_the_whole_sheet_as_one_table() -> None:
    rows = [[*HEAD, "", *HEAD], ["101", D1, 45, "", "102", D1, 55]]
    before = Layout.from_json({"header": 0, "header_rows": 1, "units_row": None, "data": 1})
    found = tables(rows, {"Лист1": before})
    assert [len(sheet.headers) for sheet in found] == [6]


def test_wells_across_of_before_stay_columns() -> None:
    rows = [["Дата", "101 Рпр, атм", "102 Рпр, атм"], [D1, 50, 70]]
    before = Layout.from_json({"header": 0, "data": 1})
    assert tables(rows, {"Лист1": before})[0].headers == tuple(rows[0])


# ---- wells across ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "measures"),
    [
        (["Дата", "101 Рпр, атм", "102 Рпр, атм"], ["Рпр, атм"]),
        (["Дата", "Рпр 101, атм", "Рпр 102, атм"], ["Рпр, атм"]),
        (["Дата", "Рпр, атм (101)", "Рпр, атм (102)"], ["Рпр, атм"]),
        (["Дата", "скв. 101 Рпр, атм", "скв. 102 Рпр, атм"], ["Рпр, атм"]),
        (["Дата", "101/Рпр, атм", "102/Рпр, атм"], ["Рпр, атм"]),
        (["Time", "101.PIP", "102.PIP"], ["PIP"]),
        (["Time", "PIP_101", "PIP_102"], ["PIP"]),
        (["Time", "North/1/101/PIP", "North/1/102/PIP"], ["PIP"]),
        (["Time", "Well 101 Frequency, Hz", "Well 102 Frequency, Hz"], ["Frequency, Hz"]),
    ],
)
def test_wells_in_the_header_become_a_column(head: list[str], measures: list[str]) -> None:
    found = tables([head, [D1, 50, 70], [D2, 51, ""]])[0]
    well = "Скважина" if head[0] == "Дата" or "Р" in head[1] else "Well"
    assert found.headers == (head[0], well, *measures)
    assert [[row[1], row[2]] for row in body(found)] == [["101", 50], ["101", 51], ["102", 70]]
    assert lines(found) == [2, 3, 2]


def test_several_measures_of_each_well_stay_beside_each_other() -> None:
    head = ["Дата", "101 Рпр, атм", "101 Ток, А", "102 Ток, А"]
    found = tables([head, [D1, 50, 30.5, 31.5]])[0]
    assert found.headers == ("Дата", "Скважина", "Рпр, атм", "Ток, А")
    assert [row[1:] for row in body(found)] == [["101", 50, 30.5], ["102", None, 31.5]]


def test_wells_over_their_measures_in_two_rows_of_header() -> None:
    rows = [
        ["Дата", "101", "101", "102", "102"],
        ["", "Рпр, атм", "Ток, А", "Рпр, атм", "Ток, А"],
        [D1, 50, 30, 70, 31],
    ]
    found = tables(rows)[0]
    assert [row[1:] for row in body(found)] == [["101", 50, 30], ["102", 70, 31]]


def test_nothing_but_wells_in_the_header_takes_its_measure_from_the_title() -> None:
    found = tables([["Давление на приёме, атм"], ["Дата", "101", "102"], [D1, 50, 70]])[0]
    assert found.headers == ("Дата", "Скважина", "Давление на приёме, атм")


@pytest.mark.parametrize(
    "head",
    [
        ["Дата", "101", "102"],
        ["Дата", "Скважина", "101 Рпр, атм"],
        ["Дата", "Температура на 1500, °C", "Температура на 1600, °C"],
        ["Дата", "P1, атм", "P2, атм"],
        ["Скважина", "101 Рпр, атм", "102 Рпр, атм"],
        ["Дата", "101 Рпр, атм", "Ток, А"],
    ],
    ids=["no measure", "a column of wells", "depths", "gauges", "no time", "one number"],
)
def test_numbers_in_a_header_are_not_taken_for_wells(head: list[str]) -> None:
    found = tables([head, [D1, 50, 70], [D2, 51, 71]])[0]
    assert found.headers == tuple(head)


def test_the_same_number_before_two_names_of_sensors_is_a_well_be_it_the_only_one() -> None:
    found = tables([["Дата", "101 Рпр, атм", "101 Ток, А"], [D1, 50, 70]])[0]
    assert found.headers == ("Дата", "Скважина", "Рпр, атм", "Ток, А")


# ---- text --------------------------------------------------------------------------------------------------


def test_a_text_with_two_tables_is_two_sheets() -> None:
    text = "Скважина;Дата;Qж, м3/сут\n101;01.10.2026;45\n\n"
    text += "Скважина;Дата отбора;Плотность нефти;Вода, %\n101;02.10.2026;0,86;40\n"
    assert [sheet.name for sheet in text_tables(text)] == ["f", "f (2)"]


def test_wells_across_in_a_text_become_a_column() -> None:
    found = text_tables("Дата;101 Рпр, атм;102 Рпр, атм\n01.10.2026;50;70\n")[0]
    assert found.headers == ("Дата", "Скважина", "Рпр, атм")


def test_a_long_form_is_not_turned_on_its_side() -> None:
    rows = [
        ["WellID", "Measure", "Date", "Value"],
        *([["101", name, D1, 1.5] for name in ("OIL", "GAS", "WATER")] * 3),
    ]
    assert not tables_in(rows, vocabulary())[0].transposed


@pytest.mark.parametrize("text", ["0,4000\n20,9000\n40,9200\n", "0.1\t4.2\n0.2\t4.3\n", "0 4000\n20 9000\n"])
def test_a_table_without_a_header_asks_for_one_and_loses_no_first_row(text: str) -> None:
    with pytest.raises(KnownError) as refused:
        text_tables(text)
    assert (refused.value.code, refused.value.details["count"]) == ("header_missing", 2)


def test_headers_and_remarks_between_the_rows_of_a_text_are_left_out_and_told(tmp_path: Path) -> None:
    from tests.importers.reading import read

    text = (
        "# made by a logger\nСкважина;Дата;Рпр, атм\n101;01.10.2026 00:00;50\n# остановка, смена; насоса\n"
        "Скважина;Дата;Рпр, атм\n101;01.10.2026 01:00;51\n// конец, файла;;;;;\n"
    )
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    found = read(path)
    assert found.only.value == pytest.approx([50 * 101325, 51 * 101325])
    assert [(p.line, p.code) for p in found.rows[0].left_out] == [
        (4, "row_comment"),
        (5, "row_header"),
        (7, "row_comment"),
    ]
    assert not found.problems
