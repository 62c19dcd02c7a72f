"""What is no name of a well, and names that only begin like one; of which well a row without one is."""

from __future__ import annotations

from typing import Any

import pytest

from app.importers.row_wells import leave_out_totals, refuse_other_wells, tags_in, wells_of
from app.importers.vocabulary import vocabulary
from tests.importers.sheets_at_hand import Column, extracted, reading_at_hand

DAY = "01.03.2026"
FLOW: tuple[Column, ...] = ("well", "time", ("liquid_m3_per_s", "м3/сут"), ("water_cut", "%"))


def left_out(*rows: list[Any], columns: tuple[Column, ...] = FLOW) -> list[int]:
    """The lines that are totals, of rows under a table of two wells."""
    reading = reading_at_hand("flow_test", columns, ["101", DAY, 7, 11], ["102", DAY, 9, 12], *rows)
    leave_out_totals(reading, wells_of(reading))
    return [problem.line for problem in reading.left_out if problem.code == "row_total"]


@pytest.mark.parametrize(
    "name",
    [
        "Итого",
        "итог",
        "Итого по кусту 5",
        "Всего",
        "В целом по ЦДНГ",
        "в т.ч. простой",
        "Среднее",
        "Средняя",
        "Средн.",
        "Средний дебит",
        "Среднее по пласту",
        "Среднесуточная добыча",
        "Средневзвешенное",
        "Сумма",
        "Σ",
        "Field total",
        "Sub-total",
        "Average",
        "Avg",
        "Median",
        "All wells",
        "Кол-во скв.",
        "Number of wells",
        "План",
        "Отклонение:",
        "Прочие",
        "Others",
        "По цеху",
        "по фонду",
        "ЦДНГ-3",
        "Куст 5",
        "куст №12:",
        "Pad 7",
        "Месторождение",
        "Северное месторождение",
        "Мин.",
        "max",
        "% выполнения",
        "АГЗУ 4",
        "Battery 2",
    ],
)
def test_what_sums_up_other_rows_is_no_well_whatever_stands_in_its_row(name: str) -> None:
    assert left_out([name, DAY, 5, 13]) == [4]


@pytest.mark.parametrize(
    "name",
    [
        "Среднеботуобинская-12",
        "Средне-Хулымская 5",
        "Средневилюйская 20",
        "Итоговая-1",
        "Плановая 3",
        "План 3",
        "Факторная-1",
        "Максимовская 2",
        "Минская-5",
        "Sumatra 1",
        "Meander 2",
        "Counting House 1",
        "Куст 5 скв. 12",
        "куст 5-12",
        "ЦДНГ-3-101",
        "Кустовая-1",
        "101",
    ],
)
def test_a_name_that_only_begins_so_is_a_wells(name: str) -> None:
    assert left_out([name, DAY, 5, 13]) == []


def test_a_field_whose_name_begins_so_makes_no_totals_of_rows_under_one_date() -> None:
    columns: tuple[Column, ...] = ("well", "field", "time", ("liquid_m3_per_s", "м3/сут"))
    field = "Среднеботуобинское"
    reading = reading_at_hand("flow_test", columns, ["101", field, DAY, 5], ["101", field, "", 6])
    leave_out_totals(reading, wells_of(reading))
    assert reading.left_out == []
    reading = reading_at_hand("flow_test", columns, ["101", field, DAY, 5], ["", "Среднее", "", 6])
    leave_out_totals(reading, wells_of(reading))
    assert [problem.code for problem in reading.left_out] == ["row_total"]


def test_names_without_a_figure_beside_those_with_one_are_totals_only_where_they_sum_up() -> None:
    assert left_out(["Западная", DAY, 16, 13]) == [4]
    assert left_out(["Западная", DAY, 15, 13]) == []


def test_a_row_whose_name_is_blank_is_a_total_where_it_sums_up() -> None:
    assert left_out(["", DAY, 16, 13]) == [4]
    assert left_out(["", DAY, 15, 13]) == []


# ---- whose rows are ----------------------------------------------------------------------------------------


def names(*cells: Any, **said: Any) -> tuple[list[str], list[tuple[int, str]]]:
    reading = reading_at_hand(
        "flow_test", FLOW, *([cell, DAY, 5 + n, 10] for n, cell in enumerate(cells)), **said
    )
    found = wells_of(reading).tolist()
    return found, [(problem.line, problem.code) for problem in reading.problems]


def test_numbers_that_went_through_a_program_are_names_again_where_all_did() -> None:
    assert names("101.0", "102.0") == (["101", "102"], [])
    assert names("101.0", "102.5")[0] == ["101.0", "102.5"]
    assert names("101.0", "103Г")[0] == ["101.0", "103Г"]


@pytest.mark.parametrize("nobody", ["б/н", "Без номера", "unknown", "?", "--", "н/д", "не указана"])
def test_a_word_for_nobody_is_no_name_and_no_name_is_filled_from_it(nobody: str) -> None:
    _, problems = names("101", nobody, "102")
    assert problems == [(3, "value_missing")]
    _, problems = names("101", nobody, "")
    assert problems == [(3, "value_missing"), (4, "value_missing")]


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("101, 102", True),
        ("101 и 102", True),
        ("101; 102Г + 103", True),
        ("101 and 102", True),
        ("101-102", False),
        ("101 102", False),
        ("5, 6", False),
        ("101и102", False),
        ("101", False),
    ],
)
def test_one_cell_of_several_wells_is_refused(name: str, several: bool) -> None:
    assert names(name)[1] == ([(2, "wells_in_one_cell")] if several else [])


def test_a_row_under_a_wells_name_with_another_pad_is_not_that_well_without_a_word() -> None:
    columns: tuple[Column, ...] = ("well", "pad", "time", ("liquid_m3_per_s", "м3/сут"))
    reading = reading_at_hand("flow_test", columns, ["101", "5", DAY, 5], ["", "6", DAY, 6], ["", "", DAY, 7])
    well = wells_of(reading)
    refuse_other_wells(reading, well)
    assert well.tolist() == ["101"] * 3
    assert [(problem.line, problem.code) for problem in reading.problems] == [(3, "well_of_two_places")]


def test_totals_of_two_pads_are_no_well_of_two_places() -> None:
    columns: tuple[Column, ...] = ("well", "pad", "time", ("liquid_m3_per_s", "м3/сут"))
    rows = [["101", "5", DAY, 5], ["Итого", "5", DAY, 5], ["102", "6", DAY, 6], ["Итого", "6", DAY, 6]]
    found = extracted("flow_test", columns, *rows)
    assert found.well.tolist() == ["101", "102"]
    assert found.problems == []


SENSORS: tuple[Column, ...] = ("well", "time", "sensor", "value")


@pytest.mark.parametrize(
    ("well", "tag", "refused"),
    [("101", "101.PIP", False), ("102", "101.PIP", True), ("", "101.PIP", True), ("101", "PIP", False)],
)
def test_a_tag_of_another_well_than_its_row_is_nobodys(well: str, tag: str, refused: bool) -> None:
    rows = [["102", DAY, "102.PIP", 5], [well, DAY, tag, 6]]
    reading = reading_at_hand("readings", SENSORS, *rows)
    refuse_other_wells(reading, wells_of(reading))
    assert ([(p.line, p.code) for p in reading.problems] == [(3, "well_of_tag")]) is refused


@pytest.mark.parametrize(
    ("name", "well"),
    [
        ("101.PIP", "101"),
        ("Fld.P1.101.PIP", "101"),
        ("PIP", None),
        ("intake_pressure", None),
        ("101.Неведомое", None),
    ],
)
def test_a_tag_names_its_well_before_what_it_measures(name: str, well: str | None) -> None:
    found = tags_in([name, "102.PIP"], vocabulary())
    assert (found[name].well if name in found else None) == well
