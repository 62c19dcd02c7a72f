"""A unit without dimensions is a usual one of its stroke: its pin is moved, and where none can, it grows."""

from __future__ import annotations

from dataclasses import astuple, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards.unit import Linkage
from app.analysis.cards.usual_unit import USUAL, as_usual, sized, with_dimensions
from tests.proofs import examples

LETTERS = ("api_A_m", "api_C_m", "api_K_m", "api_P_m", "api_R_m")


@settings(max_examples=examples(20))
@given(st.floats(0.3, 12.0))
def test_whatever_the_stroke_a_unit_that_turns_makes_it(stroke_m: float) -> None:
    found = sized(USUAL, stroke_m)
    assert found.turns()
    assert found.stroke_m == pytest.approx(stroke_m, rel=0.01)


def test_within_its_reach_only_the_pin_is_moved() -> None:
    for stroke_m in (0.6, 1.0, USUAL.stroke_m):
        found = sized(USUAL, stroke_m)
        assert replace(found, r_m=USUAL.r_m) == USUAL
        assert found.stroke_m == pytest.approx(stroke_m, rel=1e-5)
    assert sized(USUAL, USUAL.stroke_m).r_m == pytest.approx(USUAL.r_m, rel=1e-5)


def test_beyond_its_reach_every_length_grows_alike() -> None:
    mark2 = replace(USUAL, mark2=True)
    found = sized(mark2, 40.0)
    size = 40.0 / mark2.stroke_m
    assert astuple(found)[:5] == pytest.approx([length * size for length in astuple(mark2)[:5]])
    assert found.mark2
    assert found.stroke_m == pytest.approx(40.0)


def test_the_lengths_stand_under_their_letters_and_the_rest_of_the_card_stays() -> None:
    unit = {"geometry": "conventional", "gearbox_rating_n_m": 40e3, "api_R_m": 9.0}
    said = with_dimensions(unit, Linkage(1.0, 2.0, 3.0, 4.0, 5.0))
    assert said == unit | dict(zip(LETTERS, (1.0, 2.0, 3.0, 4.0, 5.0), strict=True))
    assert unit["api_R_m"] == 9.0


@pytest.mark.parametrize("geometry", [{}, {"geometry": "conventional"}])
def test_a_rated_unit_without_dimensions_is_a_usual_one(geometry: dict) -> None:
    unit = geometry | {"gearbox_rating_n_m": 40e3}
    assert as_usual(unit, 2.5) == with_dimensions(unit, sized(USUAL, 2.5))


@pytest.mark.parametrize(
    ("unit", "stroke_m"),
    [
        ({}, 2.5),
        ({"gearbox_rating_n_m": None}, 2.5),
        ({"gearbox_rating_n_m": 40e3, "geometry": "air_balanced"}, 2.5),
        ({"gearbox_rating_n_m": 40e3}, 0.0),
        ({"gearbox_rating_n_m": 40e3}, -1.0),
    ],
)
def test_of_what_is_not_built_so_or_not_known_nothing_is_assumed(unit: dict, stroke_m: float) -> None:
    assert as_usual(unit, stroke_m) is None


@pytest.mark.parametrize(("pin", "moved"), [(1.55, True), (1.7, False), (0.06, True), (0.04, False)])
def test_a_pin_is_moved_from_a_twentieth_to_eight_fifths_of_where_it_is(pin: float, moved: bool) -> None:
    """Of a unit whose crank could be twice as long and would turn."""
    roomy = Linkage(3.0, 4.0, 5.0, 4.5, 1.0)
    wanted = replace(roomy, r_m=pin)
    assert wanted.turns()
    found = sized(roomy, wanted.stroke_m)
    assert found.stroke_m == pytest.approx(wanted.stroke_m, rel=0.01)
    assert (found.k_m == roomy.k_m) is moved
    assert not moved or found.r_m == pytest.approx(pin, rel=1e-3)
