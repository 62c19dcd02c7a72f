"""What models see of a card: its outline in rows of numbers, drawn by hand."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from app.analysis.cards import outline
from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.loads import Loads
from app.analysis.cards.shape import shape_of
from tests.analysis.cards.test_shape import Corners, card, stroke


def surface(up: Corners, down: Corners) -> CardAnalysis:
    (up_x, up_q), (down_x, down_q) = stroke(up), stroke(down)
    clean = SimpleNamespace(
        position_m=4.0 * np.r_[up_x, down_x[1:]], load_n=30e3 + 20e3 * np.r_[up_q, down_q[1:]]
    )
    return cast(CardAnalysis, SimpleNamespace(clean=clean))


FRAME: tuple[Corners, Corners] = ([(0, 1), (1, 1)], [(1, 0), (0, 0)])


def test_a_frame_leaves_no_corner_empty() -> None:
    found = outline.surface_shape_of(surface(*FRAME))
    assert found.area == pytest.approx(1.0, abs=0.02)
    assert [found.lower_right, found.upper_left, found.lower_left, found.upper_right] == pytest.approx(
        [0, 0, 0, 0], abs=0.03
    )


@pytest.mark.parametrize(
    ("corner", "up", "down"),
    [
        ("lower_right", FRAME[0], [(1, 1), (0.5, 0), (0, 0)]),
        ("upper_left", [(0, 0), (0.5, 1), (1, 1)], FRAME[1]),
        ("lower_left", FRAME[0], [(1, 0), (0.5, 0), (0, 1)]),
        ("upper_right", [(0, 1), (0.5, 1), (1, 0)], FRAME[1]),
    ],
)
def test_an_empty_corner_is_named_and_sized(corner: str, up: Corners, down: Corners) -> None:
    found = vars(outline.surface_shape_of(surface(up, down)))
    assert found["area"] == pytest.approx(0.75, abs=0.03)
    for name in ("lower_right", "upper_left", "lower_left", "upper_right"):
        assert found[name] == pytest.approx(0.72 if name == corner else 0.0, abs=0.03)


def test_the_surface_vector_has_both_strokes_the_corners_and_how_thin_it_is() -> None:
    found = outline.surface_vector(surface(*FRAME))
    assert found.shape == (outline.SURFACE_SIZE,)
    assert found[:24] == pytest.approx(np.ones(24), abs=0.05)
    assert found[24:48] == pytest.approx(np.zeros(24), abs=0.05)
    assert found[48:53] == pytest.approx([1, 0, 0, 0, 0], abs=0.03)
    assert found[53:55] == pytest.approx([0, 0], abs=0.02)
    assert found[55] == pytest.approx(20 / 40, rel=0.02)


def test_what_is_not_known_is_minus_one_to_the_ranker_and_nothing_is_wilder_than_it_was_taught() -> None:
    of = card()
    rods = [SimpleNamespace(length_m=900.0, wave_speed_m_per_s=4500.0)] * 2
    of.card.bore = SimpleNamespace(rods=rods)  # type: ignore[misc]
    found = shape_of(of)
    assert found is not None
    loads = Loads(0.9, 40.0, -9.0, 1.0, 0.5, float("nan"), float("nan"), 0.1, 0.2)
    seen = dict(zip(outline.VECTOR_NAMES, outline.vector(found, loads, of), strict=True))
    assert {name: seen[name] for name in vars(loads)} == pytest.approx(
        {
            "fluid": 0.9,
            "upper": 5.0,
            "lower": -3.0,
            "weight_ratio": 1.0,
            "surface_span": 0.5,
            "level_ratio": -1.0,
            "rate_ratio": -1.0,
            "tubing_stretch": 0.1,
            "intake_share": 0.2,
        }
    )
    assert [seen[f"up_{i}"] for i in range(2, 16)] == pytest.approx([1.0] * 14)
    assert [seen[f"down_{i}"] for i in range(12)] == pytest.approx([0.0] * 12)
    assert (seen["up_0"], seen["down_15"]) == pytest.approx((0.5, 0.7), abs=0.05)
    assert seen["speed"] == pytest.approx(6 * 0.4 / 15)
    assert {name: seen[name] for name in outline.TAUGHT} == pytest.approx(
        {name: getattr(found, name) for name in outline.TAUGHT}
    )


def test_every_name_of_the_rankers_figures_is_there_once() -> None:
    assert len(set(outline.VECTOR_NAMES)) == len(outline.VECTOR_NAMES)


# ---- spikes, ends and the way along ------------------------------------------------------------------------


def of(position: list[float] | np.ndarray, load: list[float] | np.ndarray) -> CardAnalysis:
    clean = SimpleNamespace(position_m=np.asarray(position, float), load_n=np.asarray(load, float))
    return cast(CardAnalysis, SimpleNamespace(clean=clean))


N = 200
UP, DOWN = np.linspace(0, 1, N), np.linspace(1, 0, N)[1:]


def framed(*, above: float = 0.0, below: float = 0.0) -> CardAnalysis:
    """4 m, 30 kN down and 50 kN up; a spike of a hundredth of the stroke stands out by a share of 20 kN."""
    up, down = np.ones(N), np.zeros(N - 1)
    up[(UP > 0.85) & (UP < 0.86)] += above
    down[(DOWN > 0.05) & (DOWN < 0.06)] -= below
    return of(4.0 * np.r_[UP, DOWN], 30e3 + 20e3 * np.r_[up, down])


def test_a_spike_beyond_the_frame_fills_no_corner_and_empties_none() -> None:
    plain, spiked = (vars(outline.surface_shape_of(one)) for one in (framed(), framed(above=2.0, below=2.0)))
    assert spiked == pytest.approx(plain, abs=1e-3)


def test_the_frame_is_of_the_loads_without_the_highest_and_the_lowest_of_them() -> None:
    """A tenth of the stroke 40 kN higher is the frame then: the rest leaves half of it empty."""
    up = np.ones(N)
    up[UP > 0.9] = 2.0
    found = outline.surface_shape_of(of(4.0 * np.r_[UP, DOWN], 30e3 + 20e3 * np.r_[up, np.zeros(N - 1)]))
    assert found.area == pytest.approx(0.55, abs=0.02)
    assert found.upper_left == pytest.approx(0.5, abs=0.02)
    assert found.upper_right == pytest.approx(0.5 * 0.15 / 0.22, abs=0.03)


def test_rows_of_the_outline_are_cut_where_the_spike_is_wild() -> None:
    seen = outline.surface_vector(framed(above=2.0, below=2.0))
    assert (seen[:24].max(), seen[24:48].min()) == pytest.approx((1.0, -0.3), abs=0.35)
    assert seen[:24].max() <= 1.3
    assert seen[24:48].min() >= -0.3


def test_the_ends_say_how_far_loads_stand_out_and_how_far_near_either_turn() -> None:
    """The least and the largest of all; of the bottom and of the top."""
    assert outline.surface_vector(framed())[-4:] == pytest.approx([0, 1, 0, 1], abs=1e-6)
    assert outline.surface_vector(framed(below=0.7))[-4:] == pytest.approx([-0.7, 1, -0.7, 1], abs=1e-6)
    assert outline.surface_vector(framed(above=0.7))[-4:] == pytest.approx([0, 1.7, 0, 1], abs=1e-6)
    wild = outline.surface_vector(framed(above=5.0, below=5.0))[-4:]
    assert wild == pytest.approx([-1, 2, -1, 1], abs=1e-6)


def test_a_thin_card_says_how_thin_and_loads_about_nothing_say_two() -> None:
    flat = of(4.0 * np.r_[UP, DOWN], np.r_[np.full(N, 2e4), np.full(N - 1, -2e4)])
    assert outline.surface_vector(flat)[55] == 2.0
    thin = of(4.0 * np.r_[UP, DOWN], np.r_[np.full(N, 41e3), np.full(N - 1, 39e3)])
    assert outline.surface_vector(thin)[55] == pytest.approx(2 / 40, rel=0.01)


def test_the_way_along_the_outline_goes_by_its_length_and_the_row_of_time_by_time() -> None:
    """A frame as wide as high, from its bottom left, in 40 points: 20 of them go up the stroke, ten down it,
    ten stand at the bottom. A quarter of its length is a side.
    """
    position = np.r_[np.linspace(0, 1, 20), np.linspace(1, 0, 10), np.zeros(10)]
    load = np.r_[np.ones(20), np.zeros(20)]
    seen = outline.surface_vector(of(3.0 * position, 30e3 + 20e3 * load))
    places, loads, over_time = seen[56:80], seen[80:104], seen[104:128]
    steps = 4 * np.arange(24) / 24  # in sides; it begins with the step up to the load
    assert loads[0] == pytest.approx(1.0, abs=1e-6)
    assert places == pytest.approx(np.interp(steps, [0, 1, 2, 3, 4], [0, 1, 1, 0, 0]), abs=1e-6)
    assert loads == pytest.approx(np.interp(steps, [0, 1, 2, 3, 4], [1, 1, 0, 0, 1]), abs=1e-6)
    assert over_time == pytest.approx((np.arange(24) / 24 * 40 <= 19.4).astype(float), abs=0.68)
    assert over_time[:11] == pytest.approx(np.ones(11))
    assert over_time[12:23] == pytest.approx(np.zeros(11))


def test_the_way_begins_at_the_bottom_wherever_the_record_does() -> None:
    position, load = framed().clean.position_m, framed().clean.load_n
    position[-1] = 1e-3  # one point is the lowest
    whole, turned = of(position, load), of(np.roll(position, 70), np.roll(load, 70))
    seen, usual = outline.surface_vector(turned), outline.surface_vector(whole)
    assert seen[56:132] == pytest.approx(usual[56:132])


# ---- where each window ends --------------------------------------------------------------------------------

UNEVEN = np.random.default_rng(6).uniform(0.0, 1.0, 2 * N - 1) ** 3
"""Loads of which every hundredth lies elsewhere."""


def test_loads_are_told_in_the_frame_of_ninety_six_and_of_ninety_four_hundredths() -> None:
    """`numpy.percentile` is the second judge of the frame's edges."""
    load = 30e3 + 20e3 * UNEVEN
    found = outline.surface_vector(of(4.0 * np.r_[UP, DOWN], load))
    low, high = np.percentile(load, [2, 98])
    assert found[-4:-2] == pytest.approx((np.array([load.min(), load.max()]) - low) / (high - low))
    assert found[55] == pytest.approx((high - low) / load.mean())
    down = np.linspace(1, 0, N)[1:]
    sloped = of(4.0 * np.r_[UP, down], 30e3 + 20e3 * np.r_[np.full(N, 1.0), down])
    low, high = np.percentile(sloped.clean.load_n, [3, 97])
    grid = np.linspace(0.03, 0.97, 64)
    height = ((30e3 + 20e3 * grid - low) / (high - low)).clip(0, 1)
    corners = outline.surface_shape_of(sloped)
    assert corners.lower_right == pytest.approx(height[grid > 0.75].mean(), abs=1e-9)
    assert corners.lower_left == pytest.approx(height[grid < 0.25].mean(), abs=1e-4)
    assert corners.area == pytest.approx((1 - height).mean(), abs=1e-4)


def test_each_row_of_the_outline_stands_at_its_own_place_of_the_stroke() -> None:
    """A load that rises evenly with the place: every fourth of 97 places, from 0.02 to 0.94."""
    load = 30e3 + 20e3 * np.r_[UP, DOWN]
    found = outline.surface_vector(of(4.0 * np.r_[UP, DOWN], load))
    low, high = np.percentile(load, [2, 98])
    expected = (30e3 + 20e3 * (0.02 + 0.04 * np.arange(24)) - low) / (high - low)
    assert found[:24] == pytest.approx(expected, abs=1e-6)
    assert found[24:48] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("place", "counts"), [(0.075, True), (0.085, False)])
def test_an_end_is_eight_hundredths_of_the_stroke(place: float, counts: bool) -> None:
    up, down = np.ones(N), np.zeros(N - 1)
    up[np.abs(UP - (1 - place)) < 0.003] = 1.5
    down[np.abs(DOWN - place) < 0.003] = -0.5
    found = outline.surface_vector(of(4.0 * np.r_[UP, DOWN], 30e3 + 20e3 * np.r_[up, down]))
    assert found[-4:] == pytest.approx([-0.5, 1.5, -0.5 if counts else 0.0, 1.5 if counts else 1.0], abs=1e-6)


def test_a_card_of_hardly_a_newton_is_thin_by_a_newton() -> None:
    tiny = of(4.0 * np.r_[UP, DOWN], np.r_[np.full(N, 0.6), np.full(N - 1, -0.6)])
    assert outline.surface_vector(tiny)[55] == pytest.approx(1.2)


def test_the_outline_of_a_pump_card_is_cut_at_twice_below_and_three_times_above_its_lines() -> None:
    rods = [SimpleNamespace(length_m=900.0, wave_speed_m_per_s=4500.0)]
    wild: Corners = [(0, 0.5), (0.42, 0.5), (0.44, 9), (0.56, 9), (0.58, 0.5), (1, 0.5)]
    for sign, cut in ((1, 3.0), (-1, -2.0)):
        turned = [(x, sign * q) for x, q in wild]
        one = card(turned, turned[::-1])
        one.card.bore = SimpleNamespace(rods=rods)  # type: ignore[misc]
        found = shape_of(one)
        assert found is not None
        found = replace(found, dip=9.0, hump=-9.0)
        loads = Loads(0.9, 0.9, 0.0, 1.0, 0.5, 1.0, 1.0, 0.1, 0.2)
        seen = dict(zip(outline.VECTOR_NAMES, outline.vector(found, loads, one), strict=True))
        assert (seen["dip"], seen["hump"]) == (5.0, -3.0)
        assert [seen[f"{way}_8"] for way in ("up", "down")] == [cut, cut]
        assert seen["up_0"] == pytest.approx(sign * 0.5)


def test_outlines_of_both_strokes_have_sixteen_places_from_a_twentieth_to_nineteen_twentieths() -> None:
    one = card([(0, 0), (1, 1)], [(1, 1), (0, 0)])
    one.card.bore = SimpleNamespace(rods=[])  # type: ignore[misc]
    found = shape_of(one)
    assert found is not None
    loads = Loads(0.9, 0.9, 0.0, 1.0, 0.5, 1.0, 1.0, 0.1, 0.2)
    seen = dict(zip(outline.VECTOR_NAMES, outline.vector(found, loads, one), strict=True))
    places = 0.05 + 0.06 * np.arange(16)
    for way in ("up", "down"):
        assert [seen[f"{way}_{i}"] for i in range(16)] == pytest.approx(places, abs=1e-3)


def test_the_way_along_the_outline_is_cut_like_its_rows() -> None:
    along = outline.surface_vector(framed(above=2.0, below=2.0))[-76:-4].reshape(3, 24)[1:]
    assert -0.3 <= along.min() < -0.2
    assert 1.2 < along.max() <= 1.3
