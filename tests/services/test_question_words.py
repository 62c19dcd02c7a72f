"""What a file leaves open, in words: each reading as it would be stored, units in the reader's language."""

from __future__ import annotations

import re

import pytest

from app.core.texts import Speaker, catalogue
from app.core.unit_spellings import find_unit
from app.importers.figures import Figure
from app.importers.remarks import question, with_unit
from app.importers.rows import Problem
from app.services.imports.importing import told
from app.services.imports.offers import OFFERED
from app.services.imports.words import cell_words, figure_words, option_words, problem_words


def test_a_pressure_is_shown_as_it_would_be_in_each_of_both_units() -> None:
    units = [find_unit(name, "pressure") for name in ("kPa", "psi")]
    asked = question(
        "pressure_unit", "s", 2, 1, "Рпр", "809", {unit.en: with_unit("809", unit) for unit in units if unit}
    )
    russian = [option_words(asked, answer, Speaker("ru")) for answer in ("kPa", "psi")]
    assert russian == ["809 кПа → 0,81\xa0МПа", "809 psi → 5,58\xa0МПа"]
    assert option_words(asked, "kPa", Speaker("en")) == "809 kPa → 0.81\xa0MPa"


@pytest.mark.parametrize(
    ("code", "options", "expected"),
    [
        (
            "date_order",
            {"day": "2026-04-03", "month": "2026-03-04"},
            ["день первым: 03.04.2026", "месяц первым: 04.03.2026"],
        ),
        ("number_marks", {",": "1.234", ".": "1234"}, ["дробное: 1,234", "тысячи: 1\u202f234"]),
        ("share_unit", {"fraction": "45 %", "%": "0.45 %"}, ["доли: 45 %", "проценты: 0,45 %"]),
        ("period", {"day": "2026-10-01", "month": "2026-10"}, ["за сутки 01.10.2026", "за месяц 2026-10"]),
        ("twin_sheets", {"first": "50", "last": "80"}, ["первое: 50", "последнее: 80"]),
    ],
)
def test_both_readings_are_told_in_words(code: str, options: dict[str, str], expected: list[str]) -> None:
    asked = question(code, "s", 2, 1, "c", "x", options)
    assert [option_words(asked, answer, Speaker("ru")) for answer in options] == expected


PLACES = {
    "a header": (Problem("s", 2, 2, "Qж", "8O", "value_not_number"), "«Qж»"),
    "a column without one": (Problem("s", 2, 2, "", "8O", "value_not_number"), "«№ 3»"),
    "what no column says": (Problem("s", 2, -1, "", "", "value_missing"), "«Дата и время»"),
    "the row itself": (Problem("s", 2, -1, "", "", "row_total"), "«вся строка»"),
}


@pytest.mark.parametrize("place", PLACES)
def test_no_doubtful_cell_is_told_without_the_name_of_its_column(place: str) -> None:
    problem, column = PLACES[place]
    (kept,) = told([problem])
    assert f"строка 2, столбец {column}" in cell_words("readings", kept, Speaker("ru"))


CODE = re.compile(r"--\w|[a-z]+_[a-z]+|\b(take|leave)\b")
"""Of the command line: an option, or an answer that is typed there."""


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_question_in_the_window_speaks_of_the_command_line(language: str) -> None:
    texts = catalogue(language)
    typed = {
        key.partition(".")[2] for key, text in texts.items() if key.startswith("cell.") and CODE.search(text)
    }
    asked = typed | {key.partition(".")[2] for key in texts if key.startswith("ask.")}
    assert len(asked) >= 12
    for code in asked:
        words = re.sub(r"\{\w+\}", "", texts[f"ask.{code}"])
        assert language == "en" or not CODE.search(words), words
        assert "--" not in words
        assert "_" not in words


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_remark_that_can_be_told_otherwise_is_a_click_in_the_window(language: str) -> None:
    options = {key for key, text in catalogue(language).items() if key.startswith("import.") and "--" in text}
    assert options == set(OFFERED)
    for remark, answers in OFFERED.items():
        key = remark.partition(".")[2]
        assert Speaker(language).has(f"ask.{key}")
        assert all(Speaker(language).has(f"option.{key}.{answer}") for answer in answers)


def test_a_choice_is_told_in_the_readers_words() -> None:
    figure = Figure(3, "lift", shown="ШГН", first="srp", count=1)
    assert figure_words(figure, "passport", Speaker("ru")) == "ШГН"
    assert figure_words(figure, "passport", Speaker("en")) == "ШГН → Rod pump"


def test_units_are_in_the_readers_language() -> None:
    figure = Figure("Qж", "liquid_rate", "rate", "м3/сут", "m³/s", 2, "12", 12 / 86_400, 1)
    assert figure_words(figure, "readings", Speaker("ru")) == "12 м³/сут → 12,0\xa0м³/сут"
    assert figure_words(figure, "readings", Speaker("en")) == "12 m³/d → 12.0\xa0m³/d"


def test_what_an_importer_offers_is_written_as_the_reader_writes_it() -> None:
    both = _offers("2026-04-03", "2026-03-04")
    days = Problem("s", 2, 0, "Дата", "03/04/2026", "date_order", "question", both)
    shares = Problem("s", 2, 1, "Обв", "0,4", "share_unit", "question", _offers("40 %", "0.4 %"))
    assert option_words(days, "second", Speaker("ru")) == "04.03.2026"
    assert option_words(shares, "second", Speaker("ru")) == "0,4 %"
    assert option_words(shares, "second", Speaker("en")) == "0.4 %"
    assert "03.04.2026" in problem_words(days, Speaker("ru"))
    assert "0,4 %" in problem_words(shares, Speaker("ru"))
    stamped = Problem("s", 2, 1, "a", "1", "date_order", "question", _offers("20.11.2026", "03/04/2026"))
    assert [option_words(stamped, key, Speaker("ru")) for key in ("first", "second")] == [
        "20.11.2026",
        "03/04/2026",
    ]


def _offers(first: str, second: str) -> dict[str, object]:
    return {"first": first, "second": second, "options": {"first": first, "second": second}}


@pytest.mark.parametrize("written", ["31.02.2026", "32.10.26", "12.10.2206", "2026-02-31 08:00"])
def test_a_day_that_is_none_is_told_from_what_is_no_date_at_all(written: str) -> None:
    wrong = Problem("s", 2, 0, "Дата", written, "value_not_time")
    assert problem_words(wrong, Speaker("ru")) == "такого дня нет, или год не тот"
    text = Problem("s", 2, 0, "Дата", "позавчера", "value_not_time")
    assert "не дата" in problem_words(text, Speaker("ru"))
