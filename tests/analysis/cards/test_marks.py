"""Reference loads and fillage marks of a card, told by what is known of the well."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from app.analysis.cards import marks
from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.lines import LoadLines
from app.analysis.cards.marks import LoadLevel
from app.models.cards import Fluid, PumpCard, RodSection, WellBore
from app.models.findings import BOTH, DOWN, UP, CardPlace

LINES = LoadLines(14e3, 2e3, 3.0, 2.4)
LEVEL: dict[str, Any] = {"fluid_level_m": 800.0, "pump_depth_m": 1200.0, "plunger_diameter_m": 0.044}


def analysis(
    lines: LoadLines | None = LINES,
    *,
    weight: float | None = 25e3,
    tensile: float | None = 793e6,
    highest: float = 50e3,
    discharge: float | None = 12e6,
    **bore: Any,
) -> CardAnalysis:
    rod = RodSection(1000.0, 0.022225, 3.31, 2.1e11, 4963.0, tensile)
    found = SimpleNamespace(
        lines=lines,
        buoyant_weight_n=weight,
        card=SimpleNamespace(bore=WellBore(rods=(rod,), fluid=Fluid(oil_relative_density=0.86), **bore)),
        clean=SimpleNamespace(load_n=np.array([20e3, highest])),
        measures={"pump_discharge_pressure_pa": discharge},
    )
    return cast(CardAnalysis, found)


def codes(of: CardAnalysis) -> list[str]:
    return [level.code for level in marks.load_levels(of)]


def test_what_is_known_is_drawn_in_its_order() -> None:
    assert codes(analysis(**LEVEL)) == [
        "card.upper_line",
        "card.lower_line",
        "card.level_line",
        "measure.buoyant_rod_weight_n",
        "card.permissible",
    ]


def test_only_what_says_so_is_serious() -> None:
    assert [level.serious for level in marks.load_levels(analysis())] == [False, False, False, True]


def test_the_lines_are_drawn_where_they_lie() -> None:
    upper, lower, weight, _ = marks.load_levels(analysis())
    assert upper == LoadLevel("card.upper_line", 14e3)
    assert lower == LoadLevel("card.lower_line", 2e3)
    assert weight == LoadLevel("measure.buoyant_rod_weight_n", 25e3, left=True)


def test_without_a_pump_card_only_the_surface_has_levels() -> None:
    assert codes(analysis(None, **LEVEL)) == ["measure.buoyant_rod_weight_n", "card.permissible"]
    assert codes(analysis(None, weight=None, tensile=None)) == []


@pytest.mark.parametrize("missing", [*LEVEL, "discharge"])
def test_the_level_has_its_line_only_with_all_that_it_is_reckoned_from(missing: str) -> None:
    assert "card.level_line" not in codes(analysis(**{**LEVEL, missing: None}))


def test_the_line_of_the_level_is_the_pumps_area_by_what_it_lifts_against() -> None:
    """A·(p_d − p_level), 400 m of oil under a little gas; an untold casing pressure is 0.1 MPa."""
    gas = math.exp(0.8 * 0.02896 * 9.80665 * 800 / (8.31446 * 310))
    for casing, taken in ((None, 0.1e6), (0.8e6, 0.8e6)):
        level = next(
            level
            for level in marks.load_levels(analysis(**LEVEL, casing_pressure_pa=casing))
            if level.code == "card.level_line"
        )
        intake = taken * gas + 0.86 * 1000 * 9.80665 * 400
        assert level.load_n == pytest.approx(math.pi / 4 * 0.044**2 * (12e6 - intake), rel=1e-6)
        assert level.left


def test_the_permissible_load_is_serious_and_only_drawn_where_it_is_near() -> None:
    """(T/4 + 0.5625·F_min/A)·A = 76.9 + 11.25 kN."""
    level = marks.load_levels(analysis())[-1]
    assert level.load_n == pytest.approx(793e6 / 4 * math.pi / 4 * 0.022225**2 + 0.5625 * 20e3)
    assert (level.left, level.serious) == (True, True)
    assert "card.permissible" in codes(analysis(highest=44.2e3))
    assert "card.permissible" not in codes(analysis(highest=44.0e3))
    assert "card.permissible" not in codes(analysis(tensile=None))


@pytest.mark.parametrize(("net", "mark"), [(2.4, 2.4), (2.95, 2.95), (2.96, None), (3.0, None), (0.0, 0.0)])
def test_a_pump_that_is_not_full_is_marked_where_it_meets_the_liquid(net: float, mark: float | None) -> None:
    assert marks.part_filled_m(analysis(LoadLines(14e3, 2e3, 3.0, net))) == mark


def test_without_lines_there_is_no_mark_of_fillage() -> None:
    assert marks.part_filled_m(analysis(None)) is None


def test_the_ends_of_a_place_and_of_its_loads_belong_to_it() -> None:
    card = PumpCard(np.array([2.0, 3.0, 4.0, 5.0, 6.0, 5.0, 4.0, 3.0]), np.array([1, 2, 3, 4, 5, 6, 7, 8.0]))

    def points(place: CardPlace) -> list[float]:
        return card.load_n[marks._points_of(place, card)].tolist()

    assert points(CardPlace((0.25, 0.75), BOTH)) == [2, 3, 4, 6, 7, 8]
    assert points(CardPlace((0.0, 1.0), UP)) == [1, 2, 3, 4, 5]
    assert points(CardPlace((0.0, 1.0), DOWN)) == [6, 7, 8]
    assert points(CardPlace((0.0, 1.0), BOTH, load_n=(3.0, 6.0))) == [3, 4, 5, 6]


def test_a_card_of_a_tenth_of_a_millimetre_has_places_and_one_that_stands_has_its_first() -> None:
    tiny = PumpCard(np.array([0.0, 0.5e-4, 1e-4]), np.array([1.0, 2.0, 3.0]))
    assert marks._points_of(CardPlace((0.4, 1.0), BOTH), tiny).tolist() == [False, True, True]
    still = PumpCard(np.zeros(3), np.array([1.0, 2.0, 3.0]))
    assert marks._points_of(CardPlace((0.0, 0.1), BOTH), still).all()
    assert not marks._points_of(CardPlace((0.5, 1.0), BOTH), still).any()


def test_a_limit_at_twice_the_peak_is_far() -> None:
    limit = marks.load_levels(analysis())[-1].load_n
    for highest, near in ((limit / 2, False), (limit / 2 + 1e-3, True)):
        assert ("card.permissible" in codes(analysis(highest=highest))) is near


def test_a_pump_exactly_as_full_as_full_is_marked_still() -> None:
    assert marks.FULL == 0.985
    assert marks.part_filled_m(analysis(LoadLines(14e3, 2e3, 1.0, 0.985))) == 0.985
