"""JSON of strangers: whatever stands in it, the answer names file and key and is never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.importers.json_place import Place, is_number, json_of

FILE = Path("card.json")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"spm": 6, "spm": 60}', "json_key_twice"),
        ('{"pump": {"depth_m": 1, "depth_m": 2}}', "json_key_twice"),
        ('{"well": ' + "1" * 5001 + "}", "json_broken"),
        ("[" * 200_000, "json_broken"),
        ('{"well": ', "json_broken"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        json_of(FILE, text.encode())
    assert caught.value.code == code
    assert caught.value.details["file"] == "card.json"


def test_a_number_that_no_float_can_hold_is_refused_by_its_key() -> None:
    place = Place(FILE, {"depth_m": 10**400, "load_n": [1.0, 10**400]}, "pump")
    with pytest.raises(KnownError) as caught:
        place.number("depth_m")
    assert (caught.value.code, caught.value.details["key"]) == ("json_value", "pump.depth_m")
    with pytest.raises(KnownError) as caught:
        place.numbers("load_n")
    assert caught.value.details["key"] == "pump.load_n[1]"


@pytest.mark.parametrize("given", [0, [], "", False])
def test_a_part_that_is_no_object_is_not_taken_for_one_that_is_not_given(given: object) -> None:
    with pytest.raises(KnownError) as caught:
        Place(FILE, {"pump": given}, "").part("pump", {"pump": {"depth_m"}})
    assert caught.value.details["key"] == "pump"


@pytest.mark.parametrize("given", [{}, {"pump": None}])
def test_a_part_that_is_not_given_is_empty(given: dict[str, object]) -> None:
    assert Place(FILE, given, "").part("pump", {"pump": {"depth_m"}}).data == {}


@pytest.mark.parametrize(
    ("value", "said"), [(1, True), (1.5, True), (True, False), ("1", False), (float("nan"), False)]
)
def test_numbers_are_told_from_what_only_looks_like_one(value: object, said: bool) -> None:
    assert is_number(value) is said
