"""Outlines drawn by hand, of which every feature is known: corners, dips, bumps, hits, losses and falls."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.lines import LoadLines
from app.analysis.cards.one_stroke import roughness
from app.analysis.cards.shape import GRID, Shape, on_grid, shape_of
from app.models.cards import PumpCard

Corners = list[tuple[float, float]]
LINES = LoadLines(14e3, 2e3, 3.0, 3.0)
N = 600
CRANK = 1 - np.cos(np.arange(200) * np.pi / 100)
UP: Corners = [(0, 0), (0.1, 1), (1, 1)]
DOWN: Corners = [(1, 1), (0.8, 0), (0, 0)]


def stroke(corners: Corners, n: int = N) -> tuple[np.ndarray, np.ndarray]:
    """(place, load) at equal steps from the first corner to the last."""
    x, q = np.array(corners).T
    place = np.linspace(x[0], x[-1], n)
    order = np.argsort(x)
    return place, np.interp(place, x[order], q[order])


def card(up: Corners = UP, down: Corners = DOWN, lines: LoadLines = LINES) -> CardAnalysis:
    """As drawn in shares of the lines; six strokes a minute, moved along by half a metre."""
    (up_x, up_q), (down_x, down_q) = stroke(up), stroke(down)
    x, q = np.r_[up_x, down_x[1:]], np.r_[up_q, down_q[1:]]
    found = SimpleNamespace(
        pump=PumpCard(0.5 + 3.0 * x, 2e3 + 12e3 * q),
        lines=lines,
        card=SimpleNamespace(strokes_per_minute=6.0),
        clean=SimpleNamespace(load_n=np.zeros(200), position_m=CRANK),
    )
    return cast(CardAnalysis, found)


def said(up: Corners = UP, down: Corners = DOWN, lines: LoadLines = LINES) -> Shape:
    found = shape_of(card(up, down, lines))
    assert found is not None
    return found


def test_a_leaning_frame_is_read_off_its_corners() -> None:
    found = said()
    assert found.loading == pytest.approx(0.08, abs=0.002)
    assert found.early_unloading == pytest.approx(0.0, abs=1e-9)
    assert found.unloading_width == pytest.approx(0.12, abs=0.003)
    assert found.early_loading == 0.0
    assert found.slow_unloading == pytest.approx(0.18, abs=0.002)
    assert (found.fillage, found.fillage_spread) == (1.0, 0.0)
    assert found.loading_straight == pytest.approx(1.0)
    assert found.unloading_straight == pytest.approx(1.0)
    assert (found.dip, found.dip_width) == pytest.approx((0.0, 0.0), abs=1e-9)
    assert (found.bump_up, found.bump_down) == (0.0, 0.0)
    assert (found.lost_from, found.lost_width) == pytest.approx((0.98, 0.02))
    assert (found.spike_bottom, found.spike_top) == pytest.approx((0.0, 0.0), abs=1e-9)
    assert (found.rough_up, found.hump) == pytest.approx((0.0, 0.0), abs=1e-9)
    assert found.rough_down < 0.006  # the corner where the load is off
    assert found.area == pytest.approx(1 - 0.05 - 0.1, abs=0.03)
    assert found.curvature == pytest.approx(0.0, abs=0.01)
    assert found.load_turn_s == pytest.approx(0.05 * 5, abs=0.01)  # a stroke up takes five seconds
    assert found.unload_turn_s == pytest.approx(0.1 * 5, abs=0.01)
    assert found.plateaus == 1.0
    assert found.of_a_pump > 0.97


@pytest.mark.parametrize(
    ("pump", "lines"),
    [
        (False, LINES),
        (True, None),
        (True, LoadLines(2e3, 2e3, 3.0, 3.0)),
        (True, LoadLines(14e3, 2e3, 0.0, 0.0)),
    ],
)
def test_without_a_pump_card_or_with_its_lines_upside_down_there_is_no_outline(
    pump: bool, lines: LoadLines | None
) -> None:
    found = card()
    if not pump:
        found.pump = None  # type: ignore[misc]
    found.lines = lines  # type: ignore[misc]
    assert shape_of(found) is None


def test_load_lost_before_the_top_is_early_by_the_way_that_is_left() -> None:
    found = said(up=[(0, 0), (0.1, 1), (0.7, 1), (0.8, 0), (1, 0)], down=[(1, 0), (0, 0)])
    assert found.early_unloading == pytest.approx(1 - 0.72, abs=0.003)
    assert found.lost_from == pytest.approx(0.72, abs=0.011)
    assert found.lost_width == pytest.approx(0.04, abs=0.011)
    assert found.plateaus == pytest.approx(1.0, abs=0.1)


def test_load_that_never_comes_is_lost_from_the_first() -> None:
    found = said(up=[(0, 0), (1, 0.7)], down=[(1, 0.7), (0, 0)])
    assert (found.lost_from, found.lost_width) == (0.0, 1.0)
    assert found.loading == 1.0
    assert found.early_unloading == pytest.approx(0.4)
    assert found.loading_straight == 0.0


def test_load_taken_up_before_the_bottom_is_early_loading() -> None:
    found = said(up=[(0, 1), (1, 1)], down=[(1, 1), (0.9, 0), (0.3, 0), (0.0, 1.0)])
    assert found.early_loading == pytest.approx(0.24, abs=0.003)
    assert found.loading == 0.0


def test_a_loss_that_comes_back_is_a_dip_of_its_depth_place_and_width() -> None:
    found = said(up=[(0, 0), (0.05, 1), (0.4, 1), (0.5, 0.6), (0.6, 1), (1, 1)])
    assert found.dip == pytest.approx(0.4, abs=0.01)
    assert found.dip_at == pytest.approx(0.5, abs=0.011)
    assert found.dip_width == pytest.approx(0.1 / 0.72, abs=0.03)
    assert found.plateaus == pytest.approx(1 - 0.075 / 0.48, abs=0.03)
    shallow = said(up=[(0, 0), (0.05, 1), (0.4, 1), (0.5, 0.985), (0.6, 1), (1, 1)])
    assert shallow.dip_width == 0.0


def test_a_bump_stands_out_of_its_line_by_more_than_its_surroundings() -> None:
    up = said(up=[(0, 0), (0.05, 1), (0.4, 1), (0.45, 1.3), (0.55, 1.3), (0.6, 1), (1, 1)])
    assert up.bump_up == pytest.approx(0.28, abs=0.005)
    assert up.bump_down == 0.0
    assert up.bump_at == pytest.approx(0.5, abs=0.06)
    down = said(down=[(1, 1), (0.9, 0), (0.6, 0), (0.55, -0.2), (0.45, -0.2), (0.4, 0), (0, 0)])
    assert down.bump_down == pytest.approx(0.18, abs=0.005)
    assert down.bump_up == 0.0


def test_a_hit_at_an_end_is_what_goes_beyond_what_the_line_wanders_anyway() -> None:
    bottom = said(down=[(1, 1), (0.8, 0), (0.05, 0), (0, -0.4)], up=[(0, -0.4), (0.1, 1), (1, 1)])
    assert bottom.spike_bottom == pytest.approx(0.4)
    assert bottom.spike_top == pytest.approx(0.0, abs=1e-9)
    wandering = said(down=[(1, 1), (0.9, -0.1), (0.05, -0.1), (0, -0.4)], up=[(0, -0.4), (0.1, 1), (1, 1)])
    assert wandering.spike_bottom == pytest.approx(0.3, abs=0.01)
    top = said(up=[(0, 0), (0.1, 1), (0.97, 1), (1, 1.5)], down=[(1, 1.5), (0.8, 0), (0, 0)])
    assert top.spike_top == pytest.approx(0.5, abs=0.01)
    assert top.spike_bottom == 0.0
    high = said(up=[(0, 0), (0.1, 1.2), (0.97, 1.2), (1, 1.5)], down=[(1, 1.5), (0.8, 0), (0, 0)])
    assert high.spike_top == pytest.approx(0.3, abs=0.01)


def test_a_hump_is_early_load_above_the_later() -> None:
    found = said(up=[(0, 0), (0.1, 1.25), (0.3, 1.25), (0.4, 1), (1, 1)])
    assert found.hump == pytest.approx(0.25, abs=0.001)


def test_a_gas_falls_in_a_curve_and_a_hit_in_a_chord() -> None:
    x = np.linspace(1, 0.4, 30)
    squeezed = [(float(at), float(((at - 0.4) / 0.6) ** 3)) for at in x]
    curved = said(down=[*squeezed, (0, 0)])
    assert curved.curvature == pytest.approx(-0.130, abs=0.004)
    straight = said(down=[(1, 1), (0.4, 0), (0, 0)])
    assert abs(straight.curvature) < 0.01
    steep = said(down=[(1, 1), (0.98, 0), (0, 0)])
    assert steep.curvature == 0.0
    assert steep.unloading_straight == 0.0


def test_a_load_that_takes_half_the_stroke_has_no_plateau_to_argue_from() -> None:
    found = said(up=[(0, 0), (1, 1)], down=[(1, 1), (0, 0)])
    assert found.plateaus == pytest.approx(0.0, abs=0.03)
    assert found.of_a_pump < 0.01
    assert replace(found, plateaus=0.55).of_a_pump == pytest.approx(0.5 * 81 / 82)
    assert replace(found, plateaus=0.75).of_a_pump == pytest.approx(0.9 * 81 / 82)


def test_an_even_speed_is_as_square_as_its_direction_and_leaves_a_square_card_its_plateaus() -> None:
    """Of a belt unit: its load goes with its speed altogether, and yet no rods drew it by dragging."""
    assert said(up=[(0, 1), (1, 1)], down=[(1, 0), (0, 0)]).plateaus == pytest.approx(1.0, abs=0.02)


def test_where_both_lines_wander_there_is_less_to_argue_from() -> None:
    found = replace(said(), plateaus=0.75, wander_up=0.06, wander_down=0.03)
    assert found.calm == pytest.approx(0.5)
    assert found.of_a_pump == pytest.approx(0.45)
    assert found.of_a_pump_worn == pytest.approx(0.81)
    assert replace(found, wander_up=0.03, wander_down=0.06).of_a_pump_worn == pytest.approx(0.45)


def test_with_little_liquid_the_plateau_of_the_downstroke_is_what_lies_under_it() -> None:
    down: Corners = [(1, 1), (0.35, 1), (0.3, 0), (0, 0)]
    assert said(down=down, lines=replace(LINES, net_stroke_m=0.9)).plateaus == pytest.approx(1.0, abs=0.01)
    assert said(down=down).plateaus < 0.5


def test_grains_are_rough_and_slopes_and_bows_are_not() -> None:
    assert roughness(GRID**2) == pytest.approx(0.0, abs=1e-9)
    teeth = np.where(np.arange(97) % 2, 0.1, -0.1)
    assert roughness(teeth) == pytest.approx(0.4, rel=0.01)
    assert roughness(teeth[:26]) == 0.0
    assert roughness(teeth[:27]) > 0.3
    x = np.linspace(0, 1, 60)
    grainy = [(float(at), 1 + 0.05 * (-1) ** i) for i, at in enumerate(x)]
    assert said(up=[(0, 0), *grainy[1:]]).rough_up > 10 * said().rough_up + 0.01


def test_a_stroke_that_wobbles_is_read_by_the_way_it_has_made() -> None:
    assert on_grid(np.array([0.0, 0.6, 0.5, 1.0]), np.array([0.0, 6.0, 6.0, 10.0]))[48] == pytest.approx(5.0)
    assert on_grid(np.array([0.3, 0.6]), np.array([3.0, 6.0]))[[0, 96]] == pytest.approx([3.0, 6.0])


def test_the_grid_of_a_stroke_leaves_two_hundredths_out_at_either_end() -> None:
    assert GRID[[0, -1]] == pytest.approx([0.02, 0.98])
    assert len(GRID) == 97


# ---- what is made of the features: by hand, for a shape that says just that -------------------------------


def with_features(**more: float) -> Shape:
    quiet = {"wander_up": 0.0, "wander_down": 0.0, "turn_speed": 0.0, "leak_up": 0.0, "leak_down": 0.0}
    return replace(said(), **(quiet | more))


@pytest.mark.parametrize(("wander", "quiet"), [(0.03, 0.9), (0.06, 0.5), (0.09, 0.1)])
def test_the_noisier_stroke_says_how_calm_a_card_is(wander: float, quiet: float) -> None:
    for strokes in (
        {"wander_up": wander},
        {"wander_down": wander},
        {"wander_up": wander, "wander_down": wander},
    ):
        assert with_features(**strokes).calm == pytest.approx(quiet)


@pytest.mark.parametrize(("plateaus", "share"), [(0.35, 0.1), (0.55, 0.5), (0.75, 0.9)])
def test_an_outline_is_a_pumps_as_far_as_it_is_calm_and_on_its_lines(plateaus: float, share: float) -> None:
    still = with_features().calm
    assert with_features(plateaus=plateaus).of_a_pump == pytest.approx(share * still)
    assert with_features(plateaus=plateaus, wander_up=0.06).of_a_pump == pytest.approx(share * 0.5)
    worn = with_features(plateaus=plateaus, wander_up=0.2, wander_down=0.06)
    assert worn.of_a_pump_worn == pytest.approx(share * 0.5), "the upstroke's own noise is its fault's"


@pytest.mark.parametrize(("loading", "share"), [(0.1, 0.9), (0.2, 0.5), (0.3, 0.1), (9.0, 0.0)])
def test_load_is_taken_up_as_far_as_it_is_on_within_a_tenth(loading: float, share: float) -> None:
    assert with_features(loading=loading).taken_up == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize(
    ("features", "up", "down"),
    [
        ({"leak_up": 0.5}, 0.5, 0.0),
        ({"leak_down": 0.5, "slow_unloading": 0.1}, 0.0, 0.5),
        ({"leak_up": 0.5, "leak_down": 0.3}, 0.5 - 0.8 * 0.3, 0.0),
        ({"leak_up": 0.3, "leak_down": 0.5, "slow_unloading": 0.1}, 0.0, 0.5 - 0.8 * 0.3),
        ({"leak_up": 0.5, "turn_speed": 0.1}, 0.4, 0.0),
        ({"leak_down": 0.5, "turn_speed": 0.1, "slow_unloading": 0.1}, 0.0, 0.4),
        ({"leak_up": 0.5, "lost_from": 0.75}, 0.5, 0.0),
        ({"leak_up": 0.5, "lost_from": 0.74}, 0.0, 0.0),
        ({"leak_down": 0.5, "slow_unloading": 0.15}, 0.0, 0.5),
        ({"leak_down": 0.5, "slow_unloading": 0.24}, 0.0, 0.5 * 0.4),
        ({"leak_down": 0.5, "slow_unloading": 0.3}, 0.0, 0.0),
        ({"leak_down": 0.5, "slow_unloading": 0.5}, 0.0, 0.0),
    ],
)
def test_what_one_valve_alone_lets_back_is_its_leak_less_what_others_explain(
    features: dict[str, float], up: float, down: float
) -> None:
    found = with_features(**features)
    assert (found.slips_up, found.slips_down) == pytest.approx((up, down), abs=1e-12)


def test_what_both_turns_lose_alike_is_the_lesser_of_them() -> None:
    assert with_features(early_unloading=0.1, early_loading=0.3).lag == 0.1
    assert with_features(early_unloading=0.4, early_loading=0.3).lag == 0.3
