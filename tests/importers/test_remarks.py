"""What is said of an import: the first of many lines, whose question it is, what a pressure was added."""

from __future__ import annotations

import pytest

from app.core.unit_spellings import find_unit
from app.importers.remarks import answer_to, first_of, gauge_remark, ppm_remark, question, remark


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1"), (10, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10"), (11, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …")],
)
def test_ten_of_many_are_named_and_the_rest_is_hinted_at(count: int, said: str) -> None:
    lines = list(range(1, count + 1))
    assert first_of(lines) == said
    code, details = remark("starred", "Л", column="Рпр", lines=lines, value="5*")
    assert code == "import.starred"
    assert details == {
        "sheet": "Л",
        "column": "Рпр",
        "lines": lines[:10],
        "count": count,
        "where": said,
        "value": "5*",
    }


def test_what_is_of_no_lines_names_none() -> None:
    assert remark("currency", "Л") == ("import.currency", {"sheet": "Л", "column": ""})


@pytest.mark.parametrize(
    ("code", "header", "key"),
    [
        ("number_marks", "Рпр", "number_marks:Рпр"),  # each column answers it for itself
        ("number_marks", "", "number_marks"),
        ("date_order", "Дата", "date_order"),  # one answer for the sheet
        ("date_order", "", "date_order"),
    ],
)
def test_a_question_has_the_key_under_which_its_answer_is_looked_for(
    code: str, header: str, key: str
) -> None:
    asked = question(code, "Л", 7, 2, header, "x" * 130, {"one": "1", "two": "2", "three": "3"})
    assert (asked.line, asked.column, asked.header, asked.value) == (7, 2, header, "x" * 120)
    assert (asked.code, asked.severity) == (code, "question")
    assert asked.details == {
        "key": key,
        "options": {"one": "1", "two": "2", "three": "3"},
        "first": "1",
        "second": "2",
    }
    assert answer_to({asked.details["key"]: "two"}, code, header) == "two"


def test_a_columns_own_answer_goes_before_that_of_all() -> None:
    answers = {"number_marks": "one", "number_marks:Рпр": "two"}
    assert answer_to(answers, "number_marks", "Рпр") == "two"
    assert answer_to(answers, "number_marks", "Ток") == "one"
    assert answer_to({}, "number_marks", "Ток") == ""


def test_of_a_gauge_pressure_it_is_said_what_was_added_and_of_ppm_that_they_are_two_things() -> None:
    unit = find_unit("bar", "pressure")
    assert unit is not None
    code, details = gauge_remark("Л", "Рпр", unit)
    assert (code, details["unit"], details["added"]) == (
        "import.gauge",
        {"ru": "бар", "en": "bar"},
        "101 325 Pa",
    )
    assert [code for code, _ in ppm_remark("Л", "Cl", " PPM ")] == ["import.parts_per_million"]
    assert ppm_remark("Л", "Cl", "мг/л") == []
