"""Values that are taken by their key: each is what it must be, or it is told which one is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from app.core.errors import KnownError
from app.core.plain import Json, object_in, objects_in
from app.models import values as v


@dataclass(frozen=True)
class Line:
    name: str
    at: float
    bold: bool = False
    most: int | None = None


def test_a_list_of_objects_is_read_at_once_and_anything_else_is_none() -> None:
    assert objects_in('[{"a": 1}, {}]') == [{"a": 1}, {}]
    for wrong in ('{"a": 1}', '[{"a": 1}, 2]', "[{]"):
        with pytest.raises(ValueError, match="objects|Expecting"):
            objects_in(wrong)


def test_what_is_there_is_taken_as_it_is_and_what_is_not_is_nothing() -> None:
    told = object_in(
        '{"n": 2, "f": 0.5, "t": "a", "p": {"q": 1}, "r": [{"x": 1}], "c": [1, null], "w": ["a"]}'
    )
    assert (v.number_of(told, "n"), v.needed_number(told, "f"), v.count_of(told, "n")) == (2, 0.5, 2)
    assert (v.text_of(told, "t"), v.needed_text(told, "t"), v.texts_of(told, "w")) == ("a", "a", ["a"])
    assert (v.part_of(told, "p"), v.rows_of(told, "r"), v.numbers_of(told, "c")) == (
        {"q": 1},
        [{"x": 1}],
        [1, None],
    )
    assert (v.number_of(told, "z"), v.text_of(told, "z"), v.part_of(told, "z"), v.rows_of(told, "z")) == (
        None,
        "",
        {},
        [],
    )


@pytest.mark.parametrize("take", [v.needed_number, v.needed_text, v.count_of, v.needed_rows])
def test_what_must_be_there_and_is_not_is_told(take: Callable[[v.Read, str], object]) -> None:
    with pytest.raises(KnownError, match="field_missing"):
        take({"a": None}, "a")


@pytest.mark.parametrize(
    ("take", "value"),
    [
        (v.number_of, "1"),
        (v.number_of, True),
        (v.count_of, 1.5),
        (v.count_of, False),
        (v.text_of, 5),
        (v.texts_of, ["a", 5]),
        (v.part_of, [1]),
        (v.rows_of, {"a": 1}),
        (v.rows_of, [1]),
        (v.list_of, "abc"),
        (v.pair_of, [1.0]),
        (v.pair_of, [1.0, "2"]),
        (v.numbers_of, [1.0, "2"]),
    ],
)
def test_a_value_of_another_kind_is_told_with_its_key_and_is_a_value_error_too(
    take: Callable[[v.Read, str], object], value: Json
) -> None:
    with pytest.raises(KnownError, match="value_wrong") as told:
        take({"depth_m": value}, "depth_m")
    assert told.value.details["field"] == "depth_m"
    assert isinstance(told.value, ValueError)


def test_a_dataclass_is_built_of_an_object_with_its_fields() -> None:
    assert v.built(Line, {"name": "a", "at": 1, "most": None}) == Line("a", 1)
    assert v.built(Line, {"name": "a", "at": "now"}, at=2.0) == Line("a", 2.0)


@pytest.mark.parametrize(
    "told",
    [
        {"name": "a", "at": "1"},
        {"name": "a", "at": True},
        {"name": "a", "at": 1.0, "bold": 1},
        {"name": "a", "at": 1.0, "most": 1.5},
        {"name": "a", "at": 1.0, "colour": "red"},
        {"at": 1.0, "bold": True},
        {"name": ["a"], "at": 1.0},
    ],
)
def test_a_dataclass_is_not_built_of_anything_else(told: v.Values) -> None:
    with pytest.raises(v.WrongValueError):
        v.built(Line, told)


def test_a_dataclass_that_lacks_something_says_what() -> None:
    with pytest.raises(KnownError, match="field_missing") as told:
        v.built(Line, {"name": "a"})
    assert told.value.details == {"field": "at"}


@pytest.mark.parametrize(
    ("ask", "right", "odd", "code"),
    [
        (v.a_number, 2.5, True, "value_wrong"),
        (v.a_count, 2, 2.5, "value_wrong"),
        (v.a_text, "a", 1, "value_wrong"),
        (v.a_list, ["a"], "a", "value_wrong"),
        (v.some_texts, ["a"], [None], "field_missing"),
    ],
)
def test_a_single_value_is_asked_without_an_object_around_it(
    ask: Callable[[Json, str], Json], right: Json, odd: Json, code: str
) -> None:
    assert ask(right, "key") == right
    with pytest.raises(KnownError) as told:
        ask(odd, "key")
    assert (told.value.code, told.value.details["field"]) == (code, "key")


@pytest.mark.parametrize("none", [10**400, -(10**400), float("nan"), float("inf"), True, "1", None])
def test_what_is_no_finite_number_is_none_and_a_great_one_is(none: object) -> None:
    assert not v.is_number(none)
    assert v.is_number(10**308)
    assert v.is_number(-0.5)
