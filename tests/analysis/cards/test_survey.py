"""Deviated holes: arcs and slants have closed forms, and the side force has Johancsik's two terms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards.survey import Course, course_of, side_force
from app.models.cards import RodSection
from tests.proofs import examples

Station = dict[str, float]


def station(depth: float, inclination: float, azimuth: float = 0.0) -> Station:
    return {"measured_depth_m": depth, "inclination_rad": inclination, "azimuth_rad": azimuth}


def course(*stations: Station) -> Course:
    found = course_of(stations)
    assert found is not None
    return found


def rod(length: float, mass: float = 2.5) -> RodSection:
    return RodSection(length, 0.019, mass, 2.1e11, 5_000.0)


def test_a_hole_that_hardly_leans_or_is_not_surveyed_is_vertical() -> None:
    assert course_of(()) is None
    assert course_of((station(1000, 0.0099), station(500, 0.0))) is None
    assert course_of((station(0, 0.5),)) is None, "one station at the surface tells no course"
    assert course_of((station(1000, 0.01),)) is not None


def test_a_vertical_start_is_put_at_the_surface_where_the_survey_begins_below_it() -> None:
    found = course(station(500, 0.2, 1.5))
    assert found.measured_m.tolist() == [0, 500]
    assert found.inclination.tolist() == [0, 0.2]
    assert found.azimuth.tolist() == [1.5, 1.5], "turning is not made up"
    assert course(station(0, 0.1), station(500, 0.2)).measured_m.tolist() == [0, 500]


def test_stations_in_any_order_are_one_course() -> None:
    rows = (station(300, 0.1), station(700, 0.4), station(1000, 0.5))
    assert course(*rows[::-1]).vertical_m.tolist() == course(*rows).vertical_m.tolist()


@given(inclination=st.floats(0.02, 1.5), length=st.floats(10, 3_000))
@settings(max_examples=examples(30))
def test_an_arc_from_the_vertical_is_as_deep_as_its_sine(inclination: float, length: float) -> None:
    """Radius L/i, depth R·sin i."""
    depth = course(station(length, inclination)).vertical_m[-1]
    assert depth == pytest.approx(length / inclination * math.sin(inclination), rel=1e-9)


def test_a_slant_is_as_deep_as_its_cosine() -> None:
    found = course(station(0, 0.6), station(400, 0.6), station(1000, 0.6))
    assert found.vertical_m == pytest.approx([0, 400 * math.cos(0.6), 1000 * math.cos(0.6)])
    assert found.dogleg() == pytest.approx([0, 0], abs=1e-7)


def test_directions_are_compared_as_unit_vectors() -> None:
    """The second method: the angle between two unit vectors by their scalar product."""
    rows = ((0.0, 0.0), (0.3, 1.0), (0.9, 2.5), (0.2, -1.0))
    found = course(*(station(100.0 * i, *row) for i, row in enumerate(rows)))
    ways = [np.array([math.sin(i) * math.cos(a), math.sin(i) * math.sin(a), math.cos(i)]) for i, a in rows]
    expected = [math.acos(float(a @ b)) for a, b in zip(ways[:-1], ways[1:], strict=True)]
    assert found.dogleg() == pytest.approx(expected, rel=1e-9)


def test_a_turn_alone_bends_by_the_sine_of_the_inclination() -> None:
    found = course(station(0, 0.4, 0.0), station(100, 0.4, 0.001))
    assert found.dogleg()[0] == pytest.approx(0.001 * math.sin(0.4), rel=1e-4)


def test_depths_go_straight_between_stations_and_on_below_the_last() -> None:
    found = course(station(1000, 0.5))
    assert found.vertical_at(0.0) == 0.0
    assert found.vertical_at(500.0) == pytest.approx(found.vertical_m[-1] / 2)
    beyond = found.vertical_at(np.array([1000.0, 1200.0]))
    assert beyond[0] == pytest.approx(found.vertical_m[-1])
    assert beyond[1] - beyond[0] == pytest.approx(200 * math.cos(0.5))


def test_in_a_straight_slant_rods_press_with_the_sine_of_their_weight() -> None:
    found = course(station(0, 0.5), station(500, 0.5), station(1000, 0.5))
    middles, force = side_force(found, (rod(1000.0),), buoyant_share=0.87, bottom_load_n=5e3)
    assert middles.tolist() == [250, 750]
    assert force == pytest.approx(0.87 * 2.5 * 9.80665 * math.sin(0.5))


def test_each_section_presses_with_its_own_weight() -> None:
    found = course(*(station(depth, 0.5) for depth in (0, 500, 1000)))
    _, force = side_force(found, (rod(500.0, 4.0), rod(500.0, 2.0)), buoyant_share=1.0, bottom_load_n=0.0)
    assert force == pytest.approx([4.0 * 9.80665 * math.sin(0.5), 2.0 * 9.80665 * math.sin(0.5)])


def test_below_the_string_nothing_presses() -> None:
    found = course(*(station(depth, 0.5) for depth in (0, 500, 1000, 1500)))
    middles, force = side_force(found, (rod(800.0),), buoyant_share=1.0, bottom_load_n=0.0)
    assert middles.tolist() == [250, 650, 800]
    assert (force[:2] > 0).all()
    assert force[2] == 0.0


def test_in_a_bend_the_pull_of_what_hangs_below_presses_too() -> None:
    """Weightless rods: N = T·Δθ/L, and T is the pump's pull alone."""
    found = course(station(0, 0.2), station(1000, 0.6))
    _, force = side_force(found, (rod(1000.0),), buoyant_share=0.0, bottom_load_n=8e3)
    assert force == pytest.approx(8e3 * 0.4 / 1000)
    turning = course(station(0, 0.5, 0.0), station(1000, 0.5, 0.3))
    _, force = side_force(turning, (rod(1000.0),), buoyant_share=0.0, bottom_load_n=8e3)
    assert force == pytest.approx(8e3 * 0.3 / 1000 * math.sin(0.5))


def test_a_bend_and_the_weight_add_and_a_turn_stands_across_them() -> None:
    weight, pull = 2.5 * 9.80665, 8e3
    found = course(station(0, 0.4, 0.0), station(1000, 0.6, 0.3))
    _, force = side_force(found, (rod(1000.0),), buoyant_share=1.0, bottom_load_n=pull)
    tension = pull + weight * float(found.vertical_at(1000.0) - found.vertical_at(500.0))
    down = tension * 0.2 / 1000 + weight * math.sin(0.5)
    across = tension * 0.3 / 1000 * math.sin(0.5)
    assert force[0] == pytest.approx(math.hypot(down, across), rel=2e-3)


def test_of_a_tapered_string_each_place_carries_what_really_hangs_below_it() -> None:
    """Summed by hand over the rods below: their own masses, by how much deeper the hole goes along them."""
    found = course(*(station(depth, 0.1 + 0.5 * depth / 1_000) for depth in range(0, 1_010, 10)))
    heavy, light = rod(400.0, 5.0), rod(600.0, 1.0)
    middles, force = side_force(found, (heavy, light), buoyant_share=0.9, bottom_load_n=3e3)
    for at in (100.0, 300.0, 500.0, 900.0):
        own = (5.0 if at < 400 else 1.0) * 9.80665 * 0.9
        to_light, end = (float(found.vertical_at(depth)) for depth in (max(at, 400.0), 1_000.0))
        hanging = 5.0 * (to_light - float(found.vertical_at(at))) + 1.0 * (end - to_light)
        tension = 3e3 + hanging * 9.80665 * 0.9
        expected = tension * 0.5 / 1_000 + own * math.sin(0.1 + 0.5 * at / 1_000)
        assert float(np.interp(at, middles, force)) == pytest.approx(expected, rel=5e-3)


def test_where_the_hole_drops_back_the_pull_lifts_the_rods_off_their_side() -> None:
    """T·Δθ and W·sin θ against each other: at one pull the rods touch nothing."""
    found = course(station(0, 0.6), station(1000, 0.4))
    pull = 2.5 * 9.80665 * math.sin(0.5) / (0.2 / 1000)
    _, force = side_force(found, (rod(1e-3 + 1000.0, 2.5),), buoyant_share=1.0, bottom_load_n=0.0)
    _, lifted = side_force(found, (rod(1000.0),), buoyant_share=1.0, bottom_load_n=pull)
    weight = float(found.vertical_at(1000.0) - found.vertical_at(500.0)) * 2.5 * 9.80665
    assert lifted[0] == pytest.approx(weight * 0.2 / 1000, rel=2e-2)
    assert force[0] == pytest.approx(2.5 * 9.80665 * math.sin(0.5) - weight * 0.2 / 1000, rel=5e-3)


@given(st.floats(0.1, 10))
@settings(max_examples=examples(20))
def test_all_loads_larger_press_as_much_more(scale: float) -> None:
    found = course(station(400, 0.3, 0.2), station(1000, 0.6, 0.9))
    _, once = side_force(found, (rod(900.0),), buoyant_share=0.9, bottom_load_n=4e3)
    _, more = side_force(found, (rod(900.0, 2.5 * scale),), buoyant_share=0.9, bottom_load_n=4e3 * scale)
    assert more == pytest.approx(scale * once, rel=1e-9)


def test_stations_half_a_metre_apart_bend_the_rods_by_the_metre() -> None:
    """Weightless rods: N = T·Δθ/L, whatever the length."""
    found = course(station(0, 0.2), station(500, 0.2), station(500.5, 0.21), station(1000, 0.21))
    _, force = side_force(found, (rod(1000.0),), buoyant_share=0.0, bottom_load_n=8e3)
    assert force == pytest.approx([0.0, 8e3 * 0.01 / 0.5, 0.0])


def test_two_stations_at_one_depth_tell_no_bend_without_end() -> None:
    found = course(station(0, 0.2), station(500, 0.2), station(500, 0.2), station(1000, 0.2))
    _, force = side_force(found, (rod(1000.0),), buoyant_share=0.0, bottom_load_n=8e3)
    assert force.tolist() == [0.0, 0.0, 0.0]


def test_a_survey_that_begins_at_the_surface_gets_no_second_beginning() -> None:
    assert course(station(0.5, 0.1), station(800, 0.2)).measured_m.tolist() == [0, 0.5, 800]
    assert course(station(0.0, 0.1), station(800, 0.2)).inclination.tolist() == [0.1, 0.2]
