"""A sheet and its plan → rows, and every cell that does not fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.importers.extract import edited, extract
from app.importers.grid import sheet_of
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.rows import Rows
from app.importers.sheets import LINE, Layout
from app.importers.vocabulary import vocabulary
from tests.importers.sheets_at_hand import extracted, marks, numbers, plan_at_hand, sheet_at_hand

FLOW = ("well", "time", ("liquid_m3_per_s", "м3/сут"), ("water_cut", "%"))
DAY = "01.03.2026"


def at(day: int, month: int = 3) -> int:
    return int(np.datetime64(f"2026-{month:02}-{day:02}", "us").astype(np.int64))


def test_rows_come_out_in_si_with_well_moment_and_line() -> None:
    found = extracted("flow_test", FLOW, ["1", DAY, 86.4, 50], ["2", "02.03.2026", "8,64", "10"])
    assert found.kind == "flow_test"
    assert found.line.tolist() == [2, 3]
    assert found.well.tolist() == ["1", "2"]
    assert found.time_us.tolist() == [at(1), at(2)]
    assert found.until_us is None
    assert found.values["liquid_m3_per_s"] == pytest.approx([1e-3, 1e-4])
    assert found.values["water_cut"] == pytest.approx([0.5, 0.1])
    assert found.problems == []
    assert found.left_out == []


def test_the_unit_and_the_numbers_of_the_file_are_told_too() -> None:
    found = extracted("flow_test", FLOW, ["1", DAY, 86.4, 50])
    unit = found.units["liquid_m3_per_s"]
    assert unit is not None
    assert unit.en == "m³/d"
    assert found.shown["liquid_m3_per_s"].tolist() == [86.4]
    assert found.assumed == {}


def test_a_column_that_is_left_out_or_unknown_gives_nothing() -> None:
    columns = (*FLOW[:3], "", "no_such_field")
    found = extracted("flow_test", columns, ["1", DAY, 86.4, "x", "y"])
    assert set(found.values) == {"liquid_m3_per_s"}
    assert found.problems == []


def test_whose_and_when_are_no_values() -> None:
    columns = ("well", "year", "month", "until", "pad", ("oil_kg", "т"))
    found = extracted("production", columns, ["1", 2026, "март", "31.03.2026", "5", 100])
    assert found.until_us is not None
    assert found.until_us.tolist() == [at(31)]
    assert found.time_us.tolist() == [at(1)]
    assert "well" not in found.values
    assert not {"time", "clock", "year", "month", "until"} & set(found.values)
    assert found.values["pad"].tolist() == ["5"]


def test_a_row_without_any_value_is_left_out_without_a_word() -> None:
    found = extracted("flow_test", FLOW, ["1", DAY, 86.4, 50], ["2", DAY, "", ""])
    assert found.well.tolist() == ["1"]
    assert found.problems == []


def test_a_row_of_roles_only_holds_nothing() -> None:
    columns = ("well", "time", "pad", "sample", ("oil_density_20c", "кг/м3"))
    rows = (["1", DAY, "5", "12", 850], ["1", DAY, "5", "13", ""])
    assert extracted("lab_result", columns, *rows).line.tolist() == [2]


def test_a_row_that_lacks_what_its_kind_needs_is_an_error_of_that_cell() -> None:
    found = extracted("flow_test", FLOW, ["1", DAY, "", 50], ["2", DAY, 86.4, ""])
    assert marks(found) == [(2, 2, "value_missing", "error")]
    assert found.problems[0].header == "H2"
    assert found.well.tolist() == ["1", "2"]


def test_a_cell_that_is_wrong_already_is_not_missing_too() -> None:
    found = extracted("flow_test", FLOW, ["1", DAY, "много", 50])
    assert marks(found) == [(2, 2, "value_not_number", "error")]
    assert found.problems[0].value == "много"


def test_a_row_of_nothing_but_a_wrong_cell_stays_to_be_put_right() -> None:
    found = extracted("flow_test", FLOW, ["1", DAY, "много", ""])
    assert found.line.tolist() == [2]


def test_a_qualified_number_of_a_needed_field_is_an_error_and_a_word_a_warning() -> None:
    found = extracted("flow_test", FLOW, ["1", DAY, "<5", 50], ["2", DAY, "н/о", 50])
    assert (2, 2, "value_qualified", "error") in marks(found)
    assert (3, 2, "value_qualified", "warning") in marks(found)
    assert numbers(found.values["liquid_m3_per_s"]) == [None, None]


def test_a_qualifier_of_the_laboratory_fills_its_row() -> None:
    columns = ("well", "time", ("chlorides", "мг/л"))
    found = extracted("lab_result", columns, ["1", DAY, "н/о"], ["1", DAY, "<5"], ["1", DAY, ""])
    assert found.line.tolist() == [2, 3]
    assert found.qualifiers["chlorides"].tolist() == ["н/о", "<"]
    assert numbers(found.values["chlorides"]) == [None, 5.0]
    assert found.problems == []


def test_a_plan_without_values_gives_no_rows() -> None:
    assert extracted("flow_test", ("well", "time"), ["1", DAY]).line.tolist() == []


def test_a_list_of_wells_needs_neither_values_nor_moments() -> None:
    found = extracted("wells", ("well",), ["1"], ["2"])
    assert found.well.tolist() == ["1", "2"]
    assert found.time_us.tolist() == [0, 0]


def test_a_card_takes_its_points_and_says_what_lacks() -> None:
    found = extracted(
        "card", (("position", "м"), ("load", "кН")), [0.1, 30], [0.2, ""], well="123Г", time=DAY
    )
    assert found.well.tolist() == ["123Г", "123Г"]
    assert found.time_us.tolist() == [at(1), at(1)]
    assert found.values["load"][0] == pytest.approx(30e3)
    assert marks(found) == [(3, 1, "value_missing", "error")]


def test_totals_under_the_table_are_told_of_and_not_taken() -> None:
    found = extracted("flow_test", FLOW, ["1", DAY, 86.4, 50], ["Итого", "", 86.4, ""])
    assert found.line.tolist() == [2]
    assert found.problems == []
    assert [(p.line, p.code) for p in found.left_out] == [(3, "row_total")]


def test_every_array_is_cut_to_the_rows_that_stay() -> None:
    columns = ("well", "time", ("liquid_m3_per_s", "м3/сут"), "note", "until")
    found = extracted("flow_test", columns, ["1", DAY, 1, "a"], ["Итого", "", 5, ""], ["2", DAY, 2, "b"])
    assert found.line.tolist() == [2, 4]
    assert found.well.tolist() == ["1", "2"]
    assert found.shown["liquid_m3_per_s"].tolist() == [1.0, 2.0]
    assert found.values["note"].tolist() == ["a", "b"]
    assert {len(values) for values in found.values.values()} == {2}


@pytest.mark.parametrize(("said", "pa"), [({}, 101_325.0), ({"technical_atmosphere": True}, 98_066.5)])
def test_an_atmosphere_is_the_physical_one_unless_the_site_says_otherwise(said: Any, pa: float) -> None:
    columns = ("well", "time", ("intake_pressure", "атм"))
    sheet = sheet_at_hand([["1", DAY, 1]], 3)
    found = extract(sheet, sheet.table, plan_at_hand("readings", columns), **said)
    assert found.values["intake_pressure"] == pytest.approx([pa])


@pytest.mark.parametrize(
    ("hidden", "answers", "lines", "told"),
    [((), {}, [2, 3], []), ((3,), {}, [2], [3]), ((3,), {"rows_hidden": "take"}, [2, 3], [])],
)
def test_rows_that_the_spreadsheet_does_not_show_are_left_out_and_told_of_unless_they_are_taken(
    hidden: tuple[int, ...], answers: dict[str, str], lines: list[int], told: list[int]
) -> None:
    sheet = replace(sheet_at_hand([["1", DAY, 86.4, 50], ["2", DAY, 8.64, 60]], 4), hidden_lines=hidden)
    found = extract(sheet, sheet.table, plan_at_hand("flow_test", FLOW, answers=answers))
    assert found.line.tolist() == lines
    said = [details for code, details in found.remarks if code == "import.rows_hidden"]
    assert [line for details in said for line in details["lines"]] == told
    assert len(said) == bool(told)


@pytest.mark.parametrize(
    ("wells", "said"),
    [
        (["101", "102", "", "104"], [4]),
        (["101", "101", "101", "", "102", ""], [5, 7]),
        (["101", "101", "", "Итого"], [4]),
        (["101", "", "102", ""], []),  # a name stands over its rows
        (["101", "", "", "102"], []),
        (["", "101", "102"], []),
        (["101", "102", "103"], []),
        (["", ""], []),
    ],
)
def test_a_blank_among_wells_is_told_when_it_takes_the_one_above(wells: list[str], said: list[int]) -> None:
    rows = [[well, DAY, 10 + row, 50] for row, well in enumerate(wells)]
    found = extracted("flow_test", FLOW, *rows)
    told = [details for code, details in found.remarks if code == "import.well_from_above"]
    assert [line for details in told for line in details["lines"]] == said
    assert all(details["column"] for details in told)


# ---- put right by hand -------------------------------------------------------------------------------------

ROWS = (["1", DAY, "x1", 50], ["2", DAY, 86.4, 60], ["3", DAY, 43.2, 70])


def test_cells_put_right_by_hand_are_read_as_they_are_now() -> None:
    found = extracted("flow_test", FLOW, *ROWS, edits={(2, 2): "8,64", (3, 0): "77"})
    assert found.values["liquid_m3_per_s"] == pytest.approx([1e-4, 1e-3, 5e-4])
    assert found.well.tolist() == ["1", "77", "3"]
    assert found.problems == []


def test_a_cell_emptied_by_hand_is_empty() -> None:
    found = extracted("flow_test", FLOW, *ROWS, edits={(2, 2): ""})
    assert marks(found) == [(2, 2, "value_missing", "error")]


def test_an_edit_in_a_column_of_numbers_leaves_its_neighbours() -> None:
    found = extracted("flow_test", FLOW, *ROWS[1:], edits={(2, 2): "1"})
    assert found.values["liquid_m3_per_s"] == pytest.approx([1 / 86_400, 5e-4])


def test_edits_outside_the_sheet_change_nothing() -> None:
    sheet = sheet_at_hand(ROWS, 4)
    for place in ((99, 2), (2, 4), (1, 0)):
        table = edited(sheet, sheet.table, plan_at_hand("flow_test", FLOW, edits={place: "5"}))
        assert table.equals(sheet.table)


def test_a_cell_outside_the_sheet_keeps_no_other_from_being_put_right() -> None:
    found = extracted("flow_test", FLOW, *ROWS, edits={(99, 1): "5", (2, 2): "8,64"})
    assert found.values["liquid_m3_per_s"] == pytest.approx([1e-4, 1e-3, 5e-4])


def test_rows_left_out_by_hand_are_gone() -> None:
    found = extracted("flow_test", FLOW, *ROWS, skip_lines=frozenset({2, 4}))
    assert found.line.tolist() == [3]
    assert found.problems == []


def test_an_edit_in_a_row_left_out_is_no_harm() -> None:
    sheet = sheet_at_hand(ROWS, 4)
    plan = plan_at_hand("flow_test", FLOW, edits={(2, 0): "9"}, skip_lines=frozenset({2}))
    assert edited(sheet, sheet.table, plan).column(LINE).to_pylist() == [3, 4]


@pytest.mark.parametrize("rows", [[], [["", "", "", ""]]])
def test_a_sheet_without_rows_gives_none(rows: list[list[Any]]) -> None:
    found = extracted("flow_test", FLOW, *rows)
    assert len(found.line) == len(found.well) == len(found.time_us) == 0
    assert found.problems == []


def test_columns_that_make_a_clock_finer_are_told_to_be_used() -> None:
    """A column of minutes has no field of its own; what nobody uses is told of, and it is used."""
    found = under_headers("flow_test", HOURS, ["1", DAY, 8, 30, 86.4])
    assert found.time_us.tolist() == [at(1) + (8 * 60 + 30) * 60_000_000]
    assert found.beside == {3}


def test_a_total_under_the_table_takes_no_minutes_from_the_rows_above() -> None:
    rows = [["1", DAY, 8, 30, 86.4], ["1", DAY, 9, 45, 86.4], ["Итого", "", "", "", 172.8]]
    found = under_headers("flow_test", HOURS, *rows)
    assert minutes(found) == [8 * 60 + 30, 9 * 60 + 45]
    assert [problem.code for problem in found.left_out] == ["row_total"]


def test_an_hour_without_its_minutes_is_told_where_the_others_have_them() -> None:
    found = under_headers("flow_test", HOURS, ["1", DAY, 8, 30, 86.4], ["1", DAY, 9, "", 86.4])
    assert marks(found) == [(3, 3, "value_missing", "error")]
    assert minutes(found)[0] == 8 * 60 + 30


def test_the_least_of_an_hour_is_no_minute_of_it() -> None:
    named = {**dict.fromkeys(("Min", "Max"), ""), "Rate": "liquid_m3_per_s"}
    found = under_headers("flow_test", {**FIRST, **named}, ["1", DAY, 8, 45, 52, 86.4])
    assert (minutes(found), found.beside) == ([8 * 60], set())


def test_seconds_say_nothing_without_minutes() -> None:
    named = {"S": "", "Rate": "liquid_m3_per_s"}
    found = under_headers("flow_test", {**FIRST, **named}, ["1", DAY, 8, 45, 86.4])
    assert (found.time_us.tolist(), found.beside) == ([at(1) + 8 * 3_600_000_000], set())


def test_each_clock_of_a_row_has_its_own_minutes() -> None:
    named = {"Minute": "", "To": "until", "To hour": "until_clock", "Minutes": "", "Reason": "reason"}
    found = under_headers("workover", {**FIRST, **named}, ["1", DAY, 8, 30, DAY, 12, 15, "a"])
    assert found.until_us is not None
    assert minutes(found) == [8 * 60 + 30]
    assert found.until_us.tolist() == [at(1) + (12 * 60 + 15) * 60_000_000]


FIRST = {"Well": "well", "Date": "time", "Hour": "clock"}
HOURS = {**FIRST, "Minute": "", "Rate": "liquid_m3_per_s"}


def under_headers(kind: str, fields: dict[str, str], *rows: list[Any]) -> Rows:
    """By a plan of columns with names of their own: header → field."""
    sheet = sheet_of(Path("f.xlsx"), "Лист1", [list(fields), *rows], vocabulary(), Layout(0))
    assert sheet is not None
    columns = tuple(
        ColumnPlan(name, field, "м3/сут" if field.startswith("liquid") else "")
        for name, field in fields.items()
    )
    return extract(sheet, sheet.table, SheetPlan("Лист1", kind, Layout(0), columns))


def minutes(found: Rows) -> list[int]:
    """Since the midnight of the first day."""
    return [int(since) // 60_000_000 for since in (found.time_us - at(1)).tolist()]
