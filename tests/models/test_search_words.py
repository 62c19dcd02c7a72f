"""Words as they are looked for: case, ё, look-alike letters, forms, dates, numbers with hyphens."""

from __future__ import annotations

import pytest

from app.models.search.words import LONGEST, asked_of, plain, stem_of, words_of


@pytest.mark.parametrize(
    "forms",
    [
        "насос насоса насосы насосами насосный насосного",
        "отключение отключения отключился отключилась отключен отключена",
        "уровень уровня уровни",
        "засорение засорения засорен",
        "скважин скважиной скважинами скважину",
        "клапан клапана клапаны клапанов",
        "задвижка задвижки задвижку задвижкой",
        "фланец фланца фланцы",
        "кабель кабеля кабели кабелем",
        "обводненность обводненности",
        "pump pumps pumped pumping",
        "valve valves",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem_of(plain(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("насос", "нанос"), ("газ", "глаз"), ("вал", "клапан"), ("205", "2051")]
)
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("ЁЛКА", "елка"),
        ("H2S", "Н2S"),  # the second Н is Cyrillic
        ("ЭЦН5-80-1200", "эцн5-80-1200"),
        ("скв. №4711", "4711"),
        ("205-Г", "205г"),
        ("от 05.11.2026", "2026-11-05"),
        ("5/11/26", "05.11.2026"),
        ("ﬁlter", "filter"),
    ],
)
def test_what_is_written_otherwise_is_the_same_word(written: str, asked: str) -> None:
    words, _ = words_of(written)
    assert asked_of(asked)[0].word in words


def test_a_word_of_several_parts_is_found_by_each_of_them() -> None:
    words, _ = words_of("ЭЦН5-80-1200")
    assert set(words) == {"эцн5801200", "эцн5", "80", "1200"}
    assert asked_of("эцн5-80")[0].parts == ("эцн5", "80")


def test_what_no_calendar_has_is_no_date() -> None:
    assert "20261345" not in words_of("45.13.2026")[0]


def test_a_word_of_a_million_letters_is_cut() -> None:
    assert words_of("я" * 1_000_000)[0] == ["я" * LONGEST]


@pytest.mark.parametrize("asked", ["", "   ", "…", "-", '"', "*", "(", "NEAR("])
def test_signs_alone_ask_for_nothing_that_breaks_a_question(asked: str) -> None:
    assert all(one.word.isalnum() for one in asked_of(asked))
