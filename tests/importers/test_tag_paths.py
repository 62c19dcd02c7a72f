"""Wells in the names of tags: what parts them, what is a well and what is its equipment."""

from __future__ import annotations

import pytest

from app.importers.tag_paths import Tag, is_equipment, parted, well_in, without_address
from app.importers.tag_units import is_unit_of, unit_behind
from app.importers.vocabulary import vocabulary

KNOWN = {"PIP", "Freq", "Intake Pressure", "Рпр,атм", "Intake.Pressure"}


def tags(*names: str) -> dict[str, Tag]:
    return parted(list(names), lambda word: word in KNOWN)


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("101.PIP", Tag("PIP", "101")),
        ("101.PIP.PV", Tag("PIP", "101")),
        ("101.PIP.raw", None),
        ("PIP.PV", None),
        ("Куст 1.101.PIP", Tag("PIP", "101", "Куст 1")),
        ("Полярное. Куст 1. 101. PIP", Tag("PIP", "101", "Куст 1", "Полярное")),
        ("Полярное/1/101/Freq", Tag("Freq", "101", "1", "Полярное")),
        ("101.ESP1.PIP", Tag("PIP", "101")),
        ("1.101.ESP.Motor.Freq", Tag("Freq", "101", "1")),
        ("ESP.PIP", None),
        ("ESP.Motor.PIP", None),
        ("ESP1.PIP", Tag("PIP", "ESP1")),  # equipment alone: a number is all that a well may have
        ("101.Intake.Pressure", Tag("Intake.Pressure", "101")),
        ("PIP.101", Tag("PIP", "101")),
        ("PIP.abc", None),
        ("Куст 1, скв. 101, Рпр, атм", Tag("Рпр,атм", "101", "Куст 1")),
        ("WELL101_PIP", Tag("PIP", "101")),
        ("abc.PIP", None),
        ("101.", None),
        ("101..PIP", None),
        (".101.PIP.", Tag("PIP", "101")),
        ("af:/Полярное/Куст 1/101|Intake Pressure", Tag("Intake Pressure", "101", "Куст 1", "Полярное")),
        ("Полярное/1/101|Intake Pressure", Tag("Intake Pressure", "101", "1", "Полярное")),
        ("Полярное/101|Intake Pressure", Tag("Intake Pressure", "Полярное/101")),
        ("ns=2;s=101.PIP", Tag("PIP", "101")),
    ],
)
def test_a_tag_says_what_is_measured_and_where(name: str, tag: Tag | None) -> None:
    assert tags(name) == ({} if tag is None else {name: tag})


def test_all_names_are_parted_by_the_mark_that_parts_most_of_them() -> None:
    assert tags("101.PIP", "102.PIP", "103/PIP") == {
        "101.PIP": Tag("PIP", "101"),
        "102.PIP": Tag("PIP", "102"),
    }
    assert tags("101/PIP", "102.PIP") == {"101/PIP": Tag("PIP", "101")}, "of two the first"


def test_names_that_are_all_known_are_no_paths_and_empty_ones_are_none() -> None:
    assert tags("PIP", "Freq") == tags("") == tags(" ") == {}
    assert tags("PIP", "101.PIP") == {"101.PIP": Tag("PIP", "101")}


@pytest.mark.parametrize(
    ("text", "well"),
    [
        ("WELL101", "101"),
        ("Скважина 101", "101"),
        ("скв.№101", "101"),
        ("Скв-101Б", "101Б"),
        ("101", "101"),
        ("Wellside", "Wellside"),
        ("well", "well"),
        ("Pad 7", "Pad 7"),
    ],
)
def test_a_word_for_wells_before_a_number_is_no_part_of_it(text: str, well: str) -> None:
    assert well_in(text) == well


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("ESP1", True),
        (" Датчик 2 ", True),
        ("pump-1", True),
        ("ESP12", False),
        ("ESPX", False),
        ("101", False),
    ],
)
def test_equipment_has_a_number_of_one_digit_at_most(word: str, is_one: bool) -> None:
    assert is_equipment(word) is is_one


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        (r"\\SERVER\101.PIP", "101.PIP"),
        ("nsu=urn:a;s=PIP", "PIP"),
        ("ns=2;i=7", "7"),
        ("s=PIP", "s=PIP"),
        (" PIP ", "PIP"),
        (r"\\SERVER\a\b", r"\\SERVER\a\b"),
    ],
)
def test_an_address_before_a_tag_is_none_of_its_name(name: str, bare: str) -> None:
    assert without_address(name) == bare


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("101.PIP.bar", ("101.PIP", "bar")),
        ("W101.ESP.PIP_bar ", ("W101.ESP.PIP", "bar")),
        ("101.WC.%", ("101.WC", "%")),
        ("101.I.A", ("", "")),
        ("101.PIP.word", ("", "")),
        ("PIP", ("", "")),
        ("..bar", ("", "")),
    ],
)
def test_a_unit_stands_behind_the_last_mark_of_a_tag(tag: str, parts: tuple[str, str]) -> None:
    assert unit_behind(tag) == parts


def test_a_unit_of_another_quantity_is_none_of_what_is_measured() -> None:
    assert is_unit_of("bar", "Intake pressure", vocabulary()) is True
    assert is_unit_of("min", "Intake pressure", vocabulary()) is False
    assert is_unit_of("bar", "неведомое", vocabulary()) is False
