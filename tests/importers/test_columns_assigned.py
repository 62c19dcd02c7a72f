"""Which column is which field, given how well each fits each: the surest first, each once, to the last
digit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.importers import mapping
from app.importers.kind_hints import a_row_a_well
from app.importers.plan import ColumnPlan
from app.importers.scoring import SURE
from app.importers.targets import TABLE_KINDS
from app.importers.vocabulary import vocabulary
from tests.importers.sheets_at_hand import sheet_of_headers

LIQUID, CUT, GAS, NOTE = "liquid_m3_per_s", "water_cut", "gas_m3_per_s", "note"
Scores = dict[tuple[str, str], Any]
BELOW = SURE - 1e-9


class Assigning:
    """`asked`: what each pair was judged by, as (header, name, unit as written) by field."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.scores: Scores = {}
        self.asked: dict[str, list[tuple[str, str, str]]] = {}
        monkeypatch.setattr(mapping, "score_of", self._score)
        monkeypatch.setattr(mapping, "preferred", lambda score, *_: score)

    def _score(
        self, header: str, name: str, unit: Any, unit_text: str, profile: Any, target: Any, *_: Any
    ) -> tuple[float, str]:
        self.asked.setdefault(target.key, []).append((header, name, unit_text))
        said = self.scores.get((header, target.key), 0.0)
        return said if isinstance(said, tuple) else (said, "word")

    def __call__(
        self,
        *headers: str,
        kind: str = "flow_test",
        rows: list[list[Any]] | None = None,
        units: tuple[str, ...] = (),
        nameless: int | None = None,
        fixed: dict[str, str] | None = None,
        around: str = "",
    ) -> tuple[list[ColumnPlan], float]:
        sheet = replace(sheet_of_headers(list(headers), rows or ()), units=units)
        profiles = [mapping._profile(sheet, at, vocabulary()) for at in range(len(headers))]
        each_once = a_row_a_well(sheet, vocabulary())
        looked = mapping._Looked(list(headers), profiles, around, nameless, fixed or {}, each_once)
        self.asked.clear()
        return mapping._assign(sheet, looked, TABLE_KINDS[kind], vocabulary(), {})

    def fields(self, *headers: str, **more: Any) -> list[str]:
        return [column.field for column in self(*headers, **more)[0]]


@pytest.fixture
def assigned(monkeypatch: pytest.MonkeyPatch) -> Assigning:
    return Assigning(monkeypatch)


# ---- who gets what -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("score", "field"), [(SURE, LIQUID), (BELOW, "")])
@pytest.mark.parametrize("why", ["word", "near"])
def test_a_column_is_a_field_from_the_least_sure_score_on(
    assigned: Assigning, score: float, field: str, why: str
) -> None:
    assigned.scores = {("A", LIQUID): (score, why)}
    assert assigned.fields("A") == [field]


@pytest.mark.parametrize(("sure", "field"), [(SURE, CUT), (BELOW, LIQUID)])
def test_beside_a_name_that_is_known_what_is_near_another_is_none_of_it(
    assigned: Assigning, sure: float, field: str
) -> None:
    assigned.scores = {("A", LIQUID): (0.95, "near"), ("A", CUT): (sure, "word")}
    assert assigned.fields("A") == [field]
    assigned.scores = {("A", LIQUID): (0.95, "near"), ("A", CUT): (sure, "near")}
    assert assigned.fields("A") == [LIQUID]


def test_of_near_names_only_the_nearest_and_those_as_near_are_meant(assigned: Assigning) -> None:
    near = {("A", LIQUID): (0.9, "near"), ("A", CUT): (0.89, "near")}
    assigned.scores = {("B", LIQUID): 1.0, **near}
    assert assigned.fields("A", "B") == ["", LIQUID]
    assigned.scores[("A", CUT)] = (0.9, "near")
    assert assigned.fields("A", "B") == [CUT, LIQUID]


def test_of_columns_that_fit_as_well_the_left_one_is_it_and_else_the_surer(assigned: Assigning) -> None:
    assigned.scores = {(name, LIQUID): 0.9 for name in "ABC"}
    assert assigned.fields("A", "B", "C") == [LIQUID, "", ""]
    assigned.scores[("B", LIQUID)] = 0.91
    assert assigned.fields("A", "B", "C") == ["", LIQUID, ""]


def test_a_column_that_has_its_field_is_asked_for_no_other_and_those_after_it_are(
    assigned: Assigning,
) -> None:
    assigned.scores = {("A", LIQUID): 1.2, ("A", CUT): 1.1, ("B", CUT): 1.0, ("B", LIQUID): 1.1}
    assert assigned.fields("A", "B", "C") == [LIQUID, CUT, ""]


@pytest.mark.parametrize(("why", "said"), [("word", f"twice:{LIQUID}"), ("near", "")])
def test_a_second_column_of_one_field_is_told_where_its_name_says_so(
    assigned: Assigning, why: str, said: str
) -> None:
    assigned.scores = {("A", LIQUID): 1.0, ("B", LIQUID): (0.9, why), ("C", CUT): 0.8}
    columns = assigned("A", "B", "C")[0]
    assert [(one.field, one.why) for one in columns] == [(LIQUID, "word"), ("", said), (CUT, "word")]


def test_a_second_column_of_two_fields_is_told_of_the_first(assigned: Assigning) -> None:
    assigned.scores = {("A", LIQUID): 1.0, ("B", CUT): 1.0, ("C", LIQUID): 0.9, ("C", CUT): 0.8}
    assert assigned("A", "B", "C")[0][2].why == f"twice:{LIQUID}"


def test_what_a_table_says_counts_whole_and_whose_and_when_a_tenth(assigned: Assigning) -> None:
    assigned.scores = {("A", LIQUID): 0.9}
    alone = assigned("A", "B", "C")[1]
    assigned.scores[("B", CUT)] = 0.8
    assert assigned("A", "B", "C")[1] == pytest.approx(alone + 0.8)
    assigned.scores[("C", "well")] = 1.1
    assert assigned("A", "B", "C")[1] == pytest.approx(alone + 0.8 + 0.11)


@pytest.mark.parametrize(("score", "sure"), [(0.876, 0.88), (1.2, 1.0), (1.0, 1.0)])
def test_how_sure_it_is_is_told_in_hundredths_and_at_most_as_one(
    assigned: Assigning, score: float, sure: float
) -> None:
    assigned.scores = {("A", LIQUID): score}
    assert assigned("A")[0][0].score == sure


# ---- what a pair is judged by ------------------------------------------------------------------------------


def test_a_column_with_neither_name_nor_cells_is_passed_over_and_the_next_is_looked_at(
    assigned: Assigning,
) -> None:
    assigned.scores = {("", NOTE): 1.0, ("B", LIQUID): 1.0}
    assert assigned.fields("", "B", rows=[["", 1.0], ["", 2.0]]) == ["", LIQUID]
    assert assigned.fields("", "B", rows=[["x", 1.0], ["y", 2.0]]) == [NOTE, LIQUID]
    assert assigned.fields("B", "C", rows=[["", 1.0], ["", 2.0]])[0] == LIQUID


@pytest.mark.parametrize(
    ("cells", "judged"),
    [
        (["01.03.2026", "02.03.2026"], "Дата"),
        ([], "Дата"),
        (["05:00", "06:00"], "Дата"),
        ([1.5, 2.5], "Дата (CST)"),
    ],
)
def test_a_zone_is_heard_in_the_header_of_times_alone(
    assigned: Assigning, cells: list[Any], judged: str
) -> None:
    rows = [[cell, 1.5] for cell in cells] or [["", 1.5]]
    assigned("Дата (CST)", "B", rows=rows)
    assert assigned.asked[NOTE][0][0] == judged


@pytest.mark.parametrize(
    ("header", "row", "unit"),
    [
        ("A", "", ""),
        ("A, м3/сут", "", "м3/сут"),
        ("A", "м3/сут", "м3/сут"),
        ("A, м3/ч", "м3/ч", "м3/ч"),
        ("A, м3", "м3/сут", "м3/сут"),
        ("A, м3/ч", "м3/сут", "м3/ч / м3/сут"),
        ("A, м3/сут x 1000", "", "м3/сут x 1000"),
    ],
)
def test_a_unit_is_that_of_the_row_of_units_else_of_the_header_and_both_where_they_differ(
    assigned: Assigning, header: str, row: str, unit: str
) -> None:
    assigned("X", header, units=("", row))
    assert assigned.asked[LIQUID][1][1:] == ("A", unit)


def test_a_row_of_units_that_is_shorter_than_the_header_says_nothing_of_the_rest(assigned: Assigning) -> None:
    assigned("A", "B", units=("м3/сут",))
    assert [unit for *_, unit in assigned.asked[LIQUID]] == ["м3/сут", ""]


@pytest.mark.parametrize(("of_tail", "unit"), [(0.9, ""), (0.95, "bar"), (0.85, "")])
def test_what_a_name_ends_in_is_its_unit_where_that_fits_better(
    assigned: Assigning, of_tail: float, unit: str
) -> None:
    assigned.scores = {("pip_bar", "intake_pressure"): 0.9, ("pip", "intake_pressure"): of_tail}
    [column] = assigned("pip_bar", kind="readings", rows=[[1e9]] * 3)[0]
    assert (column.field, column.unit) == ("intake_pressure", unit)
    assert ("pip", "pip", "bar") in assigned.asked["intake_pressure"]
    assert ("pip", "pip", "bar") not in assigned.asked["frequency"], "of another quantity it is no unit"


def test_a_unit_that_nobody_knows_is_taken_away_for_numbers_with_a_quantity_alone(
    assigned: Assigning,
) -> None:
    assigned("A (усл.ед.)")
    assert ("A", "A", "") in assigned.asked[LIQUID]
    assert ("A", "A", "") not in assigned.asked[NOTE]
    assigned.scores = {("A", LIQUID): 0.9}
    assert assigned.fields("A (усл.ед.)") == [LIQUID]
    assigned.scores[("A (усл.ед.)", LIQUID)] = (0.95, "near")
    assert assigned("A (усл.ед.)")[0][0].why == "near"


# ---- what is known without the score -----------------------------------------------------------------------


@pytest.mark.parametrize(("until", "field"), [("", ""), ("Окончание", "clock")])
def test_a_down_time_is_no_clock_where_no_end_is_told(assigned: Assigning, until: str, field: str) -> None:
    assigned.scores = {("Down Time", "clock"): 1.0}
    assert assigned.fields("Down Time", until, kind="event")[0] == field


def test_what_stands_fast_is_it_and_nothing_else(assigned: Assigning) -> None:
    assigned.scores = {("A", CUT): 2.0, ("B", LIQUID): 1.2}
    [one, other] = assigned("A", "B", fixed={"A": LIQUID})[0]
    assert (one.field, one.score, one.why, other.field) == (LIQUID, 1.0, "word", "")
    assigned.scores[("B", LIQUID)] = 1.4
    assert assigned.fields("A", "B", fixed={"A": LIQUID}) == ["", LIQUID]


def test_a_nameless_column_of_moments_is_the_time_and_no_other_is(assigned: Assigning) -> None:
    [one, other] = assigned("A", "B", nameless=1)[0]
    assert (one.field, other.field, other.score, other.why) == ("", "time", 0.9, "values")


@pytest.mark.parametrize(("score", "why"), [(SURE, "word"), (BELOW, "word"), (SURE, "near")])
def test_a_purpose_whose_words_are_lifts_is_the_lift_where_the_score_leaves_it_open(
    assigned: Assigning, score: float, why: str
) -> None:
    assigned.scores = {("Назначение", "lift"): (score, why)}
    rows = [["Нагнетательная", "5"], ["Добывающая", "6"]]
    [column, _] = assigned("Назначение", "B", kind="wells", rows=rows)[0]
    assert column.field == "lift"
    assert (column.score, column.why) == ((SURE, why) if score >= SURE else (0.95, "word"))


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("A, кВт", [30, 32], ""),
        ("A, кВт", ["ПЭД", "ПЭДН"], NOTE),
        ("A", [30, 32], NOTE),
    ],
)
def test_a_number_with_a_unit_is_no_text(
    assigned: Assigning, header: str, cells: list[Any], field: str
) -> None:
    assigned.scores = {(header, NOTE): 1.0}
    assert assigned.fields(header, rows=[[cell] for cell in cells]) == [field]


@pytest.mark.parametrize(("header", "field"), [("A, м", ""), ("A", "pad"), ("A (усл.ед.)", "pad")])
def test_what_has_a_unit_is_no_place(assigned: Assigning, header: str, field: str) -> None:
    assigned.scores = {(header, "pad"): 1.0}
    assert assigned.fields(header, rows=[["К5"], ["К6"]]) == [field]


# ---- durations beside moments ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "moment", "scored", "field"),
    [
        ("readings", "01.03.2026", "time", "frequency"),
        ("readings", "01.03.2026", "sensor", "elapsed"),
        ("readings", "x", "sensor", "elapsed"),
        ("readings", "x", "time", ""),
        ("card", "x", "well", "load"),
    ],
)
def test_a_duration_is_one_since_some_start_where_no_moment_is_told(
    assigned: Assigning, kind: str, moment: str, scored: str, field: str
) -> None:
    other = "load" if kind == "card" else "frequency"
    assigned.scores = {("A", scored): 1.0, ("B", "elapsed"): 1.2, ("B", other): 0.8}
    assert assigned.fields("A", "B", kind=kind, rows=[[moment, 5.0], [moment, 6.0]])[1] == field


# ---- units that nothing spells -----------------------------------------------------------------------------


def test_a_unit_that_values_alone_say_is_a_guess_and_one_of_the_title_is_none(assigned: Assigning) -> None:
    assigned.scores = {("A", "intake_pressure"): 1.0}
    [guessed] = assigned("A", kind="readings", rows=[[60.0], [61.0]])[0]
    assert (guessed.unit != "", guessed.guessed) == (True, True)
    [told] = assigned("A", kind="readings", rows=[[60.0], [61.0]], around="давление, бар")[0]
    assert told.guessed is (told.unit == guessed.unit)
    [nothing] = assigned("A", kind="readings", rows=[[1e12], [1e12]])[0]
    assert (nothing.unit, nothing.guessed) == ("", False)
