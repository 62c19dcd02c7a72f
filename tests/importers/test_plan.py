"""A plan is edited by the preview, kept by a template and remembered by the journal."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import KnownError
from app.importers.plan import ColumnPlan, Plan, SheetPlan, from_json, to_json
from app.importers.sheets import Layout
from app.models.limits import clean_name
from tests.proofs import examples

COLUMNS = (
    ColumnPlan("Дата", "time", "", 1.0, "word"),
    ColumnPlan("Рпр", "intake_pressure", "атм", 0.9, "near"),
    ColumnPlan("Р2"),
)
SHEET = SheetPlan("Лист1", "readings", Layout(0), COLUMNS)


def test_a_column_is_found_by_its_field() -> None:
    assert SHEET.column_of("time") == 0
    assert SHEET.column_of("intake_pressure") == 1
    assert SHEET.column_of("well") is None


def test_a_column_that_was_chosen_takes_its_field_from_the_one_before() -> None:
    changed = SHEET.assign(2, "intake_pressure")
    assert changed.columns == (
        COLUMNS[0],
        ColumnPlan("Рпр", "", "атм", 0.0, ""),
        ColumnPlan("Р2", "intake_pressure", "", 1.0, "chosen"),
    )
    assert SHEET.columns == COLUMNS


def test_a_column_chosen_again_stays_itself() -> None:
    assert SHEET.assign(1, "intake_pressure").columns[1] == ColumnPlan(
        "Рпр", "intake_pressure", "атм", 1.0, "chosen"
    )


def test_a_unit_is_kept_unless_another_is_said() -> None:
    assert SHEET.assign(1, "wellhead_pressure").columns[1].unit == "атм"
    assert SHEET.assign(1, "wellhead_pressure", "МПа").columns[1].unit == "МПа"
    assert SHEET.assign(1, "wellhead_pressure", "").columns[1].unit == ""


def test_a_column_left_out_by_hand_takes_nothing_from_the_others() -> None:
    changed = SHEET.assign(1, "")
    assert changed.columns == (COLUMNS[0], ColumnPlan("Рпр", "", "атм", 0.0, "chosen"), COLUMNS[2])


def test_a_sheet_is_found_and_changed_by_its_name() -> None:
    other = SheetPlan("Лист2", "card", Layout(3), ())
    plan = Plan((SHEET, other), {"12": ""})
    assert plan.sheet("Лист2") == other
    assert plan.sheet("Лист3") is None
    changed = plan.with_sheet(SHEET.assign(0, ""))
    assert changed.sheets == (SHEET.assign(0, ""), other)
    assert changed.wells == {"12": ""}
    assert plan.with_sheet(SheetPlan("Лист3", "card", Layout(0), ())) == plan


# ---- as JSON -----------------------------------------------------------------------------------------------

NAME = st.text(max_size=8).map(clean_name)
SHEETS = st.builds(
    SheetPlan,
    NAME,
    st.sampled_from(["readings", "card"]),
    st.builds(Layout, st.integers(0, 9), st.integers(1, 3), st.none() | st.integers(0, 9), st.integers(0, 9)),
    st.lists(st.builds(ColumnPlan, NAME, NAME, NAME, st.floats(0, 1), NAME), max_size=3).map(tuple),
    st.booleans(),
    NAME,
    NAME,
    NAME,
    st.none() | st.floats(0.1, 20),
    st.booleans(),
    NAME,
    st.dictionaries(NAME, NAME, max_size=2),
    st.dictionaries(st.tuples(st.integers(1, 99), st.integers(0, 9)), NAME, max_size=3),
    st.frozensets(st.integers(1, 99), max_size=3),
)
PLANS = st.builds(
    Plan,
    st.lists(SHEETS, max_size=2).map(tuple),
    st.dictionaries(NAME, NAME, max_size=2),
    st.lists(NAME, max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@settings(max_examples=examples(50))
@given(PLANS)
def test_a_plan_comes_back_whole_through_a_file(plan: Plan) -> None:
    assert from_json(json.loads(json.dumps(to_json(plan))), "t.json") == plan


def test_what_a_plan_does_not_say_is_as_usual() -> None:
    body = {
        "sheets": [{"name": "Л", "kind": "card", "layout": {"header": 0}, "columns": [{"header": "Ход"}]}]
    }
    assert from_json(body, "t.json") == Plan(
        (SheetPlan("Л", "card", Layout(0, across=False, dates=False, spelled=False), (ColumnPlan("Ход"),)),),
        strict=False,
        asks=False,
        leave_out_bad=True,
    )


def body_with(**changes: Any) -> dict[str, Any]:
    body = to_json(Plan((SHEET,)))
    body["sheets"][0].update(changes)
    return body


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "plan",
        {},
        {"sheets": 5},
        {"sheets": [5]},
        {"sheets": [{}]},
        {"sheets": [], "wells": []},
        {"sheets": [], "new_wells": 5},
        body_with(layout={}),
        body_with(layout=None),
        body_with(columns=None),
        body_with(columns=[{}]),
        body_with(columns=[{"header": "x", "score": "high"}]),
        body_with(strokes_per_minute="many"),
        body_with(edits=[[1, 2]]),
        body_with(edits=[["a", 2, "x"]]),
        body_with(skip_lines=["a"]),
    ],
)
def test_what_is_no_plan_is_told_of_with_the_files_name(body: Any) -> None:
    with pytest.raises(KnownError) as told:
        from_json(body, "шаблон.json")
    assert told.value.code == "template_damaged"
    assert told.value.details["file"] == "шаблон.json"
    assert told.value.details["reason"]


def test_a_plan_of_today_is_strict_and_asks_and_an_old_one_left_bad_cells_out() -> None:
    assert (Plan(()).strict, Plan(()).asks, Plan(()).leave_out_bad) == (True, True, False)
    body = to_json(Plan((SHEET,)))
    for asks, said, left_out in ((True, False, False), (True, True, True), (False, False, True)):
        assert from_json({**body, "asks": asks, "leave_out_bad": said}, "п.json").leave_out_bad is left_out
