"""Wells by every name that people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.well_names import Registry, normal_name, split_pad
from app.models.wells import Well, WellId


def well(number: int, name: str, pad: str = "—", *aliases: str) -> Well:
    return Well(WellId(number), name, "Западное", pad, "esp", aliases=aliases)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("123Г", "123г"),
        ("скв. №123Г", "123г"),
        ("Скважина 123г", "123г"),
        ("скв 123 Г", "123г"),
        ("Well 123Г", "123г"),
        ("№ 5", "5"),
        ("no 5", "5"),
        ("#5", "5"),
        ("15\\9-F-1 C", "15/9-f-1c"),
        ("  7ё ", "7е"),
        ("0117", "0117"),
    ],
)
def test_what_people_write_around_a_number_is_dropped(written: str, name: str) -> None:
    assert normal_name(written) == name


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("123Г/К-5", ("123г/к-5", "123г", "5")),
        ("123/5а", ("123/5а", "123", "5а")),
        ("123 / куст 12", ("123/куст12", "123", "12")),
        ("123/pad7", ("123/pad7", "123", "7")),
        ("15/9-F-1 C", ("15/9-f-1c", "", "")),
        ("123", ("123", "", "")),
        ("/5", ("/5", "", "")),
        ("123/", ("123/", "", "")),
        ("123/123456", ("123/123456", "", "")),
        ("1/2/3", ("1/2/3", "1/2", "3")),
    ],
)
def test_a_pad_after_a_slash_is_told_from_the_number(written: str, parts: tuple[str, str, str]) -> None:
    assert split_pad(written) == parts


ONE, TWO, TWIN = well(1, "123Г", "5"), well(2, "77", "6", "77бис"), well(3, "77", "7")


def found(name: str, *wells: Well) -> Well | None:
    return Registry(list(wells)).find(name)


def test_a_well_is_found_by_its_name_its_alias_and_whatever_stands_around_them() -> None:
    for name in ("123Г", "скв. 123г", "123Г/К-5"):
        assert found(name, ONE, TWO) is ONE
    assert found("77БИС", ONE, TWO) is TWO
    assert found("78", ONE, TWO) is None
    assert found("", ONE, TWO) is None


def test_a_number_on_two_pads_is_told_apart_by_the_pad_or_not_at_all() -> None:
    assert found("77", TWO, TWIN) is None
    assert found("77/6", TWO, TWIN) is TWO
    assert found("77/куст 7", TWO, TWIN) is TWIN
    assert found("77/8", TWO, TWIN) is None
    assert found("77бис", TWO, TWIN) is TWO


def test_a_well_of_another_pad_is_another_well() -> None:
    assert found("123Г/6", ONE) is None


def test_a_well_whose_pad_nobody_knows_is_found_by_any_pad_while_it_is_alone() -> None:
    padless = well(4, "123Г")
    assert found("123Г/6", padless) is padless
    assert found("123Г/6", padless, ONE) is None
    assert found("123Г/5", padless, ONE) is ONE


def test_a_name_written_with_its_pad_is_found_with_it_and_never_by_a_bare_number() -> None:
    whole = well(5, "88/К-9", "9")
    assert found("88/К-9", whole) is whole
    assert found("88", whole) is None
    assert found("88/9", whole) is whole
    assert found("88/8", whole) is None


def test_a_well_with_its_own_name_as_an_alias_is_one_well() -> None:
    double = well(6, "99", "5", "99", "скв. 99")
    assert found("99", double) is double


def test_near_names_are_offered_the_nearest_first_and_else_the_first_few() -> None:
    wells = [well(n, name) for n, name in enumerate(("1234", "1243", "999", "a", "b", "c", "d"), 1)]
    assert Registry(wells).near("скв. 1234")[0] == "1234"
    assert len(Registry(wells).near("1234")) <= 3
    assert Registry(wells).near("zzz") == ["1234", "1243", "999", "a", "b"]
    assert Registry([]).near("1") == []


@given(st.text("0123456789абгк-/ ", min_size=1, max_size=12))
def test_a_name_is_normal_once_and_for_all(name: str) -> None:
    assert normal_name(normal_name(name)) == normal_name(name)
    whole, number, pad = split_pad(name)
    assert bool(number) == bool(pad)
    assert not number or whole.startswith(f"{number}/")


@given(st.text("0123456789абг", min_size=1, max_size=8))
def test_a_well_alone_is_found_by_its_own_name(name: str) -> None:
    mine = well(1, name)
    assert found(name, mine) is mine
    assert found(f"скв. № {name}", mine) is mine
