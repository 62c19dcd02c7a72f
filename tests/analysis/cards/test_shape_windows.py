"""Each part of an outline looks at its own stretch of the stroke: a place inside counts, the next not."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from app.analysis.cards import shape
from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.long_stroke import motion_over_time
from app.analysis.cards.shape import GRID, Shape, shape_of
from tests.analysis.cards.test_shape import DOWN, LINES, UP, Corners, card, said


def at(places: list[int] | range, value: float, base: float = 0.0) -> np.ndarray:
    """97 places of a stroke."""
    load = np.full(97, base)
    load[list(places)] = value
    return load


def pulse(place: float, height: float, base: float) -> Corners:
    return [(place - 0.006, base), (place, height), (place + 0.006, base)]


# ---- dips --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "seen"), [(12, False), (13, True), (82, True), (83, False)])
def test_a_dip_lies_between_fifteen_and_eighty_four_hundredths(place: int, seen: bool) -> None:
    deep, where, width = shape._dip(at([place], 0.4, 1.0))
    assert deep == pytest.approx(0.6 if seen else 0.0)
    if seen:
        assert where == pytest.approx(0.02 + 0.01 * place)
        assert width == pytest.approx(1 / 72)


def test_a_dip_is_as_wide_as_what_lies_under_half_of_it_and_two_hundredths_are_none() -> None:
    load = at([40], -1.0)
    load[[39, 41]] = -0.5
    load[[37, 38]] = -0.51
    assert shape._dip(load)[2] == pytest.approx(3 / 72)
    assert shape._dip(at([40], -0.02)) == (0.02, GRID[40], 0.0)
    assert shape._dip(at([40], -0.021))[2] == pytest.approx(1 / 72)


def test_what_is_regained_is_counted_under_the_lower_of_both_sides() -> None:
    assert shape._regained(np.array([0.0, 3.0, 1.0, 2.0, 0.5])).tolist() == [0.0, 0.0, 1.0, 0.0, 0.0]
    assert shape._rms(np.array([3.0, 4.0, 0.0, 0.0])) == 2.5


# ---- bumps -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        (40, 1 - 0.02),
        (14, 1 - (1 + 1.8) / 7 - 0.02),  # its side: the means of seven from 1/7 to 7/7
        (13, 6 / 7 - 3.8 / 7 - 0.02),  # the mean beside it is the first that is asked
    ],
)
def test_a_bump_is_the_mean_of_seven_places_over_the_lower_third_of_either_side(
    middle: int, expected: float, mirrored: bool
) -> None:
    load = at(range(middle - 3, middle + 4), 1.0)
    assert shape._rise(load[::-1] if mirrored else load) == pytest.approx(expected)


def test_a_load_that_keeps_rising_has_no_bump() -> None:
    assert shape._rise(GRID.copy()) == 0.0
    assert shape._rise(-GRID) == 0.0


# ---- hits --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("out", "beyond"),
    [
        ([], 1.0),
        ([9, 10, 11, 15], 0.5),  # four of the seven that it comes from
        ([8, 9, 10, 11], 1.0),
        ([12, 30, 59], 0.5),  # three of forty-eight are the highest three in a hundred
        ([11, 30, 59], 1 - 0.59 * 0.5),
        ([12, 30, 60], 1 - 0.59 * 0.5),
    ],
)
def test_a_hit_stands_out_of_what_it_comes_from_and_of_what_the_stroke_wanders_by(
    out: list[int], beyond: float
) -> None:
    assert shape._spike(1.0, at(out, 0.5)) == pytest.approx(beyond)


def test_a_hit_is_never_less_than_none_nor_more_than_it_is() -> None:
    assert shape._spike(0.3, at(range(97), 0.5)) == 0.0
    assert shape._spike(0.3, at(range(97), -0.5)) == 0.3


@pytest.mark.parametrize(("place", "hit"), [(0.092, 0.5), (0.108, 0.0)])
def test_a_hit_lies_in_the_last_tenth_of_the_stroke(place: float, hit: float) -> None:
    low = said(up=[(0, 1), (1, 1)], down=[(1, 0), *pulse(place, -0.5, 0)[::-1], (0, 0)])
    high = said(up=[(0, 1), *pulse(1 - place, 1.5, 1), (1, 1)], down=[(1, 0), (0, 0)])
    assert (low.spike_bottom > 0.35, high.spike_top > 0.35) == (hit > 0, hit > 0)
    assert (low.spike_top, high.spike_bottom) == pytest.approx((0.0, 0.0), abs=1e-9)


# ---- losses, plateaus --------------------------------------------------------------------------------------


def test_load_is_lost_from_where_three_quarters_were_last_there_to_where_a_third_is_left() -> None:
    load = at(range(50), 1.0, 0.34)
    load[[50, 51, 52]] = (0.75, 0.5, 0.35)
    assert shape._loss(load) == pytest.approx((GRID[49], GRID[53] - GRID[49]))
    load[53:] = 0.35
    assert shape._loss(load) == pytest.approx((GRID[49], 1 - GRID[49])), "it is never gone"
    assert shape._loss(at([3], 0.75)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("up", "down", "fillage", "share"),
    [
        (range(24, 73), range(8, 72), 1.0, 1.0),
        (range(25, 73), range(8, 72), 1.0, 48 / 49),
        (range(24, 72), range(8, 72), 1.0, 48 / 49),
        (range(24, 73), range(9, 72), 1.0, 63 / 64),
        (range(24, 73), range(8, 71), 1.0, 63 / 64),
        (range(24, 73), range(8, 36), 0.5, 1.0),
        (range(24, 73), range(8, 35), 0.5, 27 / 28),
        (range(24, 73), range(8, 20), 0.1, 1.0),
        (range(24, 73), range(8, 19), 0.1, 11 / 12),
    ],
)
def test_plateaus_are_asked_of_the_middle_of_the_upstroke_and_of_what_lies_under_the_liquid(
    up: range, down: range, fillage: float, share: float
) -> None:
    assert shape._plateaus(at(up, 1.0), at(down, 0.0, 1.0), fillage) == pytest.approx(share)


def test_a_quarter_of_the_load_off_its_line_is_off_it() -> None:
    flat = np.zeros(97)
    assert shape._plateaus(flat + 1.25, flat, 1.0) == 0.0
    assert shape._plateaus(flat + 1.24, flat + 0.24, 1.0) == 1.0
    assert shape._plateaus(flat + 1.0, flat - 0.25, 1.0) == 0.0


@pytest.mark.parametrize(("place", "counts"), [(0.07, False), (0.08, True), (0.35, True), (0.36, False)])
def test_a_hump_is_looked_for_from_eight_to_thirty_five_hundredths(place: float, counts: bool) -> None:
    found = said(up=[(0, 1), *pulse(place, 1.4, 1), (1, 1)])
    assert (found.hump > 0.25) is counts
    assert found.hump >= 0.0


@pytest.mark.parametrize(("first", "last"), [(0.515, 0.695), (0.685, 0.865)])
def test_it_stands_out_of_the_middle_load_from_fifty_two_to_eighty_six_hundredths(
    first: float, last: float
) -> None:
    """Eighteen of the thirty-five places: one place more or less on the other side and they are half."""
    found = said(up=[(0, 1), (first, 1), (first + 1e-5, 2), (last, 2), (last + 1e-5, 1), (1, 1)])
    assert found.hump == pytest.approx(-1.0)


@pytest.mark.parametrize(("place", "expected"), [(0.15, 0.5), (0.16, 0.16), (0.84, 0.84), (0.85, 0.5)])
def test_the_place_of_a_bump_is_that_of_the_widest_card_between_sixteen_and_eighty_four(
    place: float, expected: float
) -> None:
    corners = sorted([*pulse(0.5, 1.3, 1), *pulse(place, 1.8, 1)])
    assert said(up=[(0, 1), *corners, (1, 1)]).bump_at == pytest.approx(expected)


@pytest.mark.parametrize(("place", "rough"), [(0.83, True), (0.84, False)])
def test_how_rough_the_downstroke_is_is_asked_under_the_liquid(place: float, rough: bool) -> None:
    """Of the ninety places under a full pump's liquid the last eight are its fall's."""
    found = said(down=[(1, 0), *pulse(place, 0.4, 0)[::-1], (0, 0)])
    assert (found.rough_down > 0.01) is rough
    half = said(
        down=[(1, 0), *pulse(place - 0.45, 0.4, 0)[::-1], (0, 0)], lines=replace(LINES, net_stroke_m=1.5)
    )
    assert (half.rough_down > 0.01) is rough


@pytest.mark.parametrize(("place", "left"), [(0.62, 0.38), (0.58, 0.4)])
def test_load_lost_before_six_tenths_counts_as_lost_there(place: float, left: float) -> None:
    found = said(up=[(0, 1), (place, 1), (place + 0.001, 0), (1, 0)], down=[(1, 0), (0, 0)])
    assert found.early_unloading == pytest.approx(left, abs=0.002)


def test_what_lies_between_two_points_of_the_record_at_a_turn_goes_by_the_square_of_their_number() -> None:
    assert said().grain == pytest.approx(math.sin(math.pi / 200) ** 2)


def test_a_crank_goes_by_its_angle_one_point_from_a_turn() -> None:
    assert said().turn_speed == pytest.approx(math.pi**2 / 200, rel=0.01)


@pytest.mark.parametrize(("points", "speed"), [(100, 0.41), (200, 0.22)])
def test_a_belt_that_turns_sharply_is_fast_one_point_from_a_turn(points: int, speed: float) -> None:
    """2π over the share of its time, and the points of its record."""
    of = card()
    belt = SimpleNamespace(load_n=np.zeros(points), position_m=motion_over_time(6.0, points, turn_share=0.14))
    found = shape_of(cast(CardAnalysis, SimpleNamespace(**{**vars(of), "clean": belt})))
    assert found is not None
    assert found.turn_speed == pytest.approx(speed, abs=0.03)


def test_turns_are_told_in_seconds_by_the_points_of_the_record() -> None:
    found = said(
        up=[(0, 0), (0.5, 0.4999), (0.501, 0.5001), (1, 1)],
        down=[(1, 1), (0.3, 0.5001), (0.299, 0.4999), (0, 0)],
    )
    assert (found.load_turn_s, found.unload_turn_s) == pytest.approx((0.5 * 5, 0.7 * 5), abs=0.012)


# ---- straight, curved, reached -----------------------------------------------------------------------------


@pytest.mark.parametrize(("places", "straight"), [(3, 0.0), (4, 1.0)])
def test_a_rise_of_four_places_is_a_line_and_of_three_none(places: int, straight: float) -> None:
    rise = np.r_[0.0, np.linspace(0.15, 0.8, places + 1), 1.0]
    assert shape._straight(np.linspace(0, 1, len(rise)), rise, 0.15, 0.8) == pytest.approx(straight)


@pytest.mark.parametrize(("width", "straight"), [(0.0149, 0.0), (0.0151, 1.0)])
def test_a_rise_within_a_hundredth_and_a_half_of_the_stroke_has_no_width(
    width: float, straight: float
) -> None:
    rise = np.linspace(0.15, 0.8, 9)
    assert shape._straight(np.linspace(0.3, 0.3 + width, 9), rise, 0.15, 0.8) == pytest.approx(straight)


def test_how_straight_is_the_square_of_the_correlation() -> None:
    position = np.linspace(0, 1, 40)
    rise = position**3
    part = slice(int(np.argmax(rise >= 0.15)), int(np.argmax(rise >= 0.8)) + 1)
    expected = np.corrcoef(position[part], rise[part])[0, 1] ** 2
    assert shape._straight(position, rise, 0.15, 0.8) == pytest.approx(expected)
    assert shape._straight(position, np.full(40, 0.1), 0.15, 0.8) == 0.0
    assert shape._straight(position, np.minimum(rise, 0.7), 0.15, 0.8) == 0.0


@pytest.mark.parametrize(("points", "seen"), [(4, False), (5, True)])
def test_a_fall_of_five_points_has_a_bow(points: int, seen: bool) -> None:
    x = np.r_[1.0, np.linspace(0.9, 0.4, points), 0.0]
    load = np.r_[0.97, np.linspace(0.96, 0.06, points) ** 2 * 0.9 + 0.051, 0.05]
    assert bool(shape._curvature(x, load)) is seen


@pytest.mark.parametrize(("width", "seen"), [(0.029, False), (0.031, True)])
def test_a_fall_within_three_hundredths_of_the_stroke_is_a_step(width: float, seen: bool) -> None:
    gone = np.linspace(0, 1, 9)
    assert bool(shape._curvature(0.5 - width * gone, 0.9 * (1 - gone) ** 2 + 0.06)) is seen


def test_a_bow_is_the_mean_way_from_the_chord() -> None:
    """y = x² between 0.3 and 0.9: the chord lies above by (x − 0.3)·(0.9 − x), in the mean 0.06."""
    x = np.linspace(0.9, 0.3, 4001)
    assert shape._curvature(x, x**2) == pytest.approx(-0.06, abs=1e-4)


def test_a_load_is_reached_where_it_first_stands_at_its_level() -> None:
    position, load = np.array([0.2, 0.5, 0.9]), np.array([0.0, 0.8, 1.0])
    assert shape._reach(position, load, 0.8) == pytest.approx(0.3)
    assert shape._reach(position[::-1], load, 0.8) == pytest.approx(0.4)
    assert shape._reach(position, load, 1.1) == 1.0
    assert shape._reach(position, load, 0.0) == 0.0


# ---- ovals -------------------------------------------------------------------------------------------------

TURN = 2 * math.pi * np.arange(400) / 400
OF_A_SINE = 1 - 8 / math.pi**2
"""What direction does not tell of a sine's speed: 1 − mean(|v|)²/mean(v²)."""


def nine_to_one(value: float, half: float, sure: float) -> float:
    return 1 / (1 + 9 ** (-(value - half) / (sure - half)))


@pytest.mark.parametrize("explained", [0.90, 0.929, 0.931, 0.955, 0.98, 0.999])
def test_a_load_goes_with_the_speed_as_far_as_speed_and_place_explain_it(explained: float) -> None:
    """A seventh harmonic is told by neither: its share of the variance is what is left."""
    for size in (1.0, 0.01):
        q = size * (math.sqrt(explained) * np.sin(TURN) + math.sqrt(1 - explained) * np.cos(7 * TURN))
        found = shape._follows_speed(1 - np.cos(TURN), q)
        expected = nine_to_one(explained, 0.955, 0.98) * nine_to_one(OF_A_SINE, 0.1, 0.15)
        assert found == pytest.approx(expected if explained > 0.93 else 0.0, abs=5e-3)


@pytest.mark.parametrize("power", [0.15, 0.3, 0.5, 0.7])
def test_where_speed_is_square_itself_a_load_that_goes_with_it_says_nothing(power: float) -> None:
    speed = np.sign(np.sin(TURN)) * np.abs(np.sin(TURN)) ** power
    place = np.cumsum(speed)
    square = 1 - np.abs(speed).mean() ** 2 / (speed**2).mean()
    found = shape._follows_speed(place, np.roll(place, -1) - np.roll(place, 1))
    assert found == pytest.approx(nine_to_one(1.0, 0.955, 0.98) * nine_to_one(square, 0.1, 0.15), abs=0.02)


def test_what_a_straight_sum_explains_is_its_share_of_the_variance() -> None:
    one, other = np.sin(TURN), np.cos(TURN)
    load = 5 + 3 * one + 4 * np.cos(3 * TURN)
    assert shape._explained(load, one, other) == pytest.approx(9 / 25)
    assert shape._explained(0.01 * load, one) == pytest.approx(9 / 25)


def test_the_lines_themselves_must_lie_the_right_way_round() -> None:
    found = card(UP, DOWN)
    for lines, told in ((replace(LINES, upper_n=2e3 + 1.0), True), (replace(LINES, upper_n=2e3), False)):
        found.lines = lines  # type: ignore[misc]
        assert isinstance(shape_of(found), Shape) is told
