"""Whose each row is, and which rows are none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.importers import row_wells
from app.importers.row_wells import leave_out_totals, refuse_other_wells, wells_of
from app.importers.sheet_reading import SheetReading
from tests.importers.sheets_at_hand import reading_at_hand

DAY = "01.03.2026"
VALUE = ("liquid_m3_per_s", "м3/сут")


def flow(columns: tuple[Any, ...], *rows: list[Any], **said: Any) -> SheetReading:
    return reading_at_hand("flow_test", columns, *rows, **said)


def wells(columns: tuple[Any, ...], *rows: list[Any], **said: Any) -> list[str]:
    return wells_of(flow(columns, *rows, **said)).tolist()


@pytest.mark.parametrize("title", ["Скважина 102", "скв. 102:", "Well # 102", "СКВ №102"])
def test_a_row_that_names_a_well_speaks_for_the_rows_under_it(title: str) -> None:
    """Also over --well: that speaks for the rows above it only."""
    rows = ([DAY, 1], [title, ""], [DAY, 2], [DAY, 3], ["Скважина 103", ""], [DAY, 4])
    reading = flow(("time", VALUE), *rows, well="101")
    assert wells_of(reading).tolist() == ["101", "102", "102", "102", "103", "103"]
    assert reading.keep.tolist() == [True, False, True, True, False, True]
    told = [(p.line, p.column, p.value, p.code, p.severity) for p in reading.left_out]
    assert told == [(3, -1, "102", "row_title", "warning"), (6, -1, "103", "row_title", "warning")]


@pytest.mark.parametrize(
    "words", ["Скважина остановлена", "скважинный флюид", "well done it", "Скважина 1 2"]
)
def test_words_that_only_begin_so_name_no_well(words: str) -> None:
    rows = ([DAY, 1], [words, ""], [DAY, 2])
    assert wells(("time", VALUE), *rows, well="101") == ["101"] * 3


def test_in_a_file_that_is_read_piece_by_piece_such_a_row_is_an_error() -> None:
    reading = flow(("time", VALUE), [DAY, 1], ["Скважина 102", ""], [DAY, 2], well="101")
    reading.sheet = replace(reading.sheet, more=lambda: iter(()))
    wells_of(reading)
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("row_names_well", "error")]


def test_a_well_over_several_rows_is_theirs() -> None:
    assert wells(("well", "time", VALUE), ["1", DAY, 1], ["", DAY, 2], ["2", DAY, 3], ["", DAY, 4]) == [
        "1",
        "1",
        "2",
        "2",
    ]


def test_a_row_of_nothing_else_belongs_to_nobody() -> None:
    rows = (["1", DAY, 1, "x"], ["", "", "", "Иванов"])
    assert wells(("well", "time", VALUE, ""), *rows) == ["1", ""]


def test_a_pad_alone_does_not_make_a_row_a_wells() -> None:
    rows = (["1", "5", 1], ["", "6", ""], ["", "6", 2])
    assert wells(("well", "pad", VALUE), *rows) == ["1", "", "1"]


def test_rows_before_the_first_well_are_nobodys_or_the_persons() -> None:
    rows = (["", DAY, 1], ["1", DAY, 2])
    assert wells(("well", "time", VALUE), *rows) == ["", "1"]
    assert wells(("well", "time", VALUE), *rows, well="7") == ["7", "1"]


def test_an_empty_column_of_wells_is_filled_by_the_person_only() -> None:
    rows = (["", DAY, 1], ["", DAY, 2])
    assert wells(("well", "time", VALUE), *rows) == ["", ""]
    assert wells(("well", "time", VALUE), *rows, well="7") == ["7", "7"]


def test_without_a_column_every_row_is_the_sheets_well() -> None:
    assert wells(("time", VALUE), [DAY, 1], [DAY, 2], well="123Г") == ["123Г", "123Г"]
    assert wells(("time", VALUE), [DAY, 1]) == [""]


def test_a_number_of_a_well_is_its_name_without_a_point() -> None:
    assert wells(("well", "time", VALUE), [77.0, DAY, 1], [78, DAY, 2]) == ["77", "78"]


# ---- rows that are none ------------------------------------------------------------------------------------


def left_out(
    columns: tuple[Any, ...], *rows: list[Any], kind: str = "flow_test"
) -> tuple[list[bool], list[Any]]:
    reading = reading_at_hand(kind, columns, *rows)
    leave_out_totals(reading, wells_of(reading))
    return reading.keep.tolist(), [(p.line, p.code, p.value) for p in reading.left_out]


FLOW = ("well", "time", VALUE)


@pytest.mark.parametrize(
    "word", ["Итого", "ИТОГО:", " всего", "Среднее", "Total", "Max", "по кусту 5", "По месторождению"]
)
def test_totals_are_no_rows_and_are_told_of(word: str) -> None:
    keep, told = left_out(FLOW, ["1", DAY, 5], [word, "", 5])
    assert keep == [True, False]
    assert told == [(3, "row_total", f"{word.strip()}; 5")]


def test_a_total_may_stand_in_the_third_cell_but_not_in_the_fourth() -> None:
    columns = ("well", "time", VALUE, "note")
    assert left_out(columns, ["1", DAY, 5, "Итого"])[0] == [True]
    assert left_out((VALUE, "water_cut", "note", "time"), [5, 50, "Итого", ""])[0] == [False]
    assert left_out((VALUE, "water_cut", "oil_kg_per_s", "note", "time"), [5, 5, 5, "Итого", ""])[0] == [True]


def test_a_row_with_a_well_and_a_moment_is_no_total_whatever_it_says() -> None:
    assert left_out(FLOW, ["Итоговая-1", DAY, 5])[0] == [True]


def test_a_signature_under_the_table_is_told_of() -> None:
    keep, told = left_out(FLOW, ["1", DAY, 5], ["Лаборант", "", "Иванова"])
    assert keep == [True, False]
    assert told == [(3, "row_words", "Лаборант; Иванова")]


@pytest.mark.parametrize(
    "row", [["1", "", 5], ["Лаборант", "", 5], ["Лаб", "", "Ив"], ["Лаборант", DAY, "Иванова"]]
)
def test_a_row_with_numbers_a_moment_or_few_letters_is_no_signature(row: list[Any]) -> None:
    assert left_out(FLOW, row)[0] == [True]


@pytest.mark.parametrize(("words", "stays"), [(("Лаб", "Ива"), True), (("Лаб.", "Иван"), False)])
def test_a_signature_has_seven_letters_at_least(words: tuple[str, str], stays: bool) -> None:
    """What is no letter does not count: a full stop makes no seventh."""
    assert left_out(FLOW, [words[0], "", words[1]])[0] == [stays]


def test_four_cells_of_words_are_no_signature() -> None:
    columns = ("well", "time", "note", "", "")
    assert left_out(columns, ["Лаборант", "", "Иванова", "Мария", "Ивановна"])[0] == [True]
    assert left_out(columns, ["Лаборант", "", "Иванова", "Мария", ""])[0] == [False]


def test_without_a_column_of_moments_words_are_a_row_and_totals_are_none() -> None:
    columns = ("well", "lift")
    assert left_out(columns, ["Западная", "эцн"], ["Итого", "5"], kind="wells")[0] == [True, False]


def test_of_very_many_rows_without_a_moment_the_first_and_the_last_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(row_wells, "MOST_PROBLEMS", 4)
    rows = [["", "Итого", 5] for _ in range(6)]
    assert left_out(FLOW, *rows)[0] == [False, False, True, True, False, False]
    assert left_out(FLOW, *rows[:4])[0] == [False] * 4


def test_what_is_told_of_a_long_row_is_cut_short() -> None:
    _, told = left_out(FLOW, ["Итого " + "x" * 200, "", 5])
    assert len(told[0][2]) == 80


# ---- one name, two places ----------------------------------------------------------------------------------


def places(*rows: list[Any]) -> list[tuple[int, str]]:
    reading = flow(("well", "pad", "field", "time", VALUE), *([*row, DAY, 1] for row in rows))
    refuse_other_wells(reading, wells_of(reading))
    return [(problem.line, problem.code) for problem in reading.problems]


def test_one_name_on_two_pads_or_in_two_fields_is_two_wells_and_is_refused() -> None:
    assert places(["101", "5", "Северное"], ["101", "6", "Северное"]) == [(3, "well_of_two_places")]
    assert places(["101", "5", "Северное"], ["101", "5", "Южное"]) == [(3, "well_of_two_places")]
    assert places(["101", "5", "Северное"], ["102", "6", "Южное"]) == []


def test_a_place_written_another_way_or_left_empty_is_no_other_place() -> None:
    assert places(["101", "5", "Северное"], ["101", "куст 5", "северное"]) == []
    assert places(["101", "5", "Северное"], ["101", "", "Северное"]) == []


def test_a_row_without_a_place_hides_no_other_places_behind_it() -> None:
    assert places(["101", "5", "Северное"], ["102", "", ""], ["101", "6", "Северное"]) == [
        (4, "well_of_two_places")
    ]
