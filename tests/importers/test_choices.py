"""Words for one of a few things → its code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importers.choices import choice_of, flag_of
from app.importers.targets import TABLE_KINDS, Target

EVENT = TABLE_KINDS["event"].target("kind")
WORKOVER = TABLE_KINDS["workover"].target("kind")
LIFT = TABLE_KINDS["wells"].target("lift")
STATE = TABLE_KINDS["wells"].target("state")
LEVEL = TABLE_KINDS["fluid_level"].target("level")
VALVE = TABLE_KINDS["valve_test"].target("valve")


@pytest.mark.parametrize("cell", ["1", "да", "ДА", " Yes ", "y", "+", "true", "достоверен", "ok", "норма"])
def test_what_people_write_for_yes_is_yes(cell: str) -> None:
    assert flag_of(cell) is True


@pytest.mark.parametrize("cell", ["0", "нет", "No", "-", "false", " н ", "недостоверен", "брак", "invalid"])
def test_what_people_write_for_no_is_no(cell: str) -> None:
    assert flag_of(cell) is False


@pytest.mark.parametrize("cell", ["", "может быть", "2", "данет", "10", "none"])
def test_anything_else_is_neither_yes_nor_no(cell: str) -> None:
    assert flag_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "target", "code"),
    [
        ("ТРС", WORKOVER, "trs"),
        ("крс", WORKOVER, "krs"),
        ("trs", WORKOVER, "trs"),
        ("Текущий  ремонт", WORKOVER, "trs"),
        ("капитальный ремонт скважины", WORKOVER, "krs"),
        ("ГРП", WORKOVER, "grp"),
        ("прочее", WORKOVER, "other"),
        ("остановка", EVENT, "stop"),
        ("Останов. по току", EVENT, "stop"),
        ("запуск после ГРП", EVENT, "start"),
        ("смена частоты", EVENT, "mode_change"),
        ("смена штуцера", EVENT, "choke"),
        ("прочее", EVENT, "note"),
        ("срыв подачи", EVENT, "trip"),
        ("УЭЦН", LIFT, "esp"),
        ("шгн", LIFT, "srp"),
        ("фонтан", LIFT, "flowing"),
        ("газлифт", LIFT, "gas_lift"),
        ("раб.", STATE, "running"),
        ("в работе", STATE, "running"),
        ("ост", STATE, "stopped"),
        ("ВНР", STATE, "stabilising"),
        ("бездействующая", STATE, "inactive"),
        ("Ндин", LEVEL, "dynamic"),
        ("статический", LEVEL, "static"),
        ("всасывающий клапан", VALVE, "standing"),
        ("нагнетательный", VALVE, "travelling"),
    ],
)
def test_the_words_of_the_trade_are_understood(cell: str, target: Target, code: str) -> None:
    assert choice_of(cell, target) == code


@pytest.mark.parametrize("cell", ["", "   ", "покраска забора", "щ"])
def test_words_for_none_of_them_are_no_choice(cell: str) -> None:
    assert choice_of(cell, EVENT) == ""


def test_a_word_of_another_choice_is_no_choice_here() -> None:
    assert choice_of("трс", LIFT) == ""
    assert choice_of("эцн", WORKOVER) == ""


def test_an_exact_word_goes_before_the_beginning_of_another() -> None:
    """`простой` begins no word of an earlier code, but `остановка` would; `внр` is a change and a state."""
    assert choice_of("внр", EVENT) == "mode_change"
    assert choice_of("внр", STATE) == "stabilising"


def test_short_words_are_taken_whole_only() -> None:
    target = Target("x", "choice", "x", choices=("gas_lift", "dynamic"))
    assert choice_of("гл", target) == "gas_lift"
    assert choice_of("главный", target) == ""
    assert choice_of("нд", target) == "dynamic"
    assert choice_of("ндс", target) == ""


def test_a_word_inside_another_word_does_not_count() -> None:
    target = Target("x", "choice", "x", choices=("choke", "killing"))
    assert choice_of("перештуцер", target) == ""
    assert choice_of("замена штуцера", target) == "choke"


def test_of_two_that_fit_the_first_of_the_target_is_taken() -> None:
    both = "остановка и промывка"
    assert choice_of(both, Target("x", "choice", "x", choices=("stop", "flushing"))) == "stop"
    assert choice_of(both, Target("x", "choice", "x", choices=("flushing", "stop"))) == "flushing"


def test_every_code_of_every_kind_is_its_own_word() -> None:
    for kind in TABLE_KINDS:
        for target in kind.targets:
            for code in target.choices:
                assert choice_of(code.upper(), target) == code


@given(st.text(max_size=25))
def test_a_choice_is_one_of_the_target_or_nothing(cell: str) -> None:
    assert choice_of(cell, EVENT) in ("", *EVENT.choices)
    assert choice_of(cell, EVENT) == choice_of(f"  {cell} ", EVENT)
    assert flag_of(cell) == flag_of(f" {cell} ")


@pytest.mark.parametrize(
    ("cell", "lift"),
    [
        ("ШГН", "srp"),
        ("УШСН", "srp"),
        ("ШСНУ", "srp"),
        ("Штанговый насос", "srp"),
        ("Rod pump", "srp"),
        ("ЭЦН", "esp"),
        ("УЭЦН", "esp"),
        ("УЭЦН5А-80", "esp"),
        ("ESP", "esp"),
        ("УЭВН", "pcp"),
        ("ШВН", "pcp"),
        ("PCP", "pcp"),
        ("фонтан", "flowing"),
        ("Фонтанный", "flowing"),
        ("газлифт", "gas_lift"),
        ("Gas lift", "gas_lift"),
        ("струйный насос", "jet"),
        ("нагнетательная", "injection"),
        ("ППД", "injection"),
        ("Injector", "injection"),
    ],
)
def test_how_a_well_is_lifted_is_understood_in_both_languages(cell: str, lift: str) -> None:
    assert choice_of(cell, LIFT) == lift
