"""Outlines of cards, and the nearest of many."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.cards.alike import FEWEST_POINTS, PLACES, SIZE, nearest, outline_of

TURN = np.linspace(0, 2 * np.pi, 80, endpoint=False)
POSITION_M, LOAD_N = 1 - np.cos(TURN), 40e3 + 20e3 * np.sin(TURN) ** 3


def test_stroke_size_and_loads_of_a_well_are_not_in_its_outline() -> None:
    one = outline_of(POSITION_M, LOAD_N)
    assert one is not None
    assert one.shape == (SIZE,)
    assert one.dtype == np.float32
    assert outline_of(3.5 * POSITION_M + 0.7, 0.2 * LOAD_N - 3e3) == pytest.approx(one, abs=1e-5)


@pytest.mark.parametrize("by", [1, 31, 79])
def test_a_record_that_begins_anywhere_in_the_stroke_is_the_same_card(by: int) -> None:
    turned = outline_of(np.roll(POSITION_M, by), np.roll(LOAD_N, by))
    assert turned == pytest.approx(outline_of(POSITION_M, LOAD_N), abs=1e-6)


def test_the_upstroke_comes_first_both_from_the_bottom_and_loads_are_held_within_their_frame() -> None:
    position = np.concatenate((np.linspace(0, 1, 50, endpoint=False), np.linspace(1, 0, 50, endpoint=False)))
    load = np.where(np.arange(100) < 50, 60e3 + 10e3 * position, 20e3 + 10e3 * position)
    load[10] = 5e6  # a spike
    found = outline_of(position, load)
    assert found is not None
    low, high = np.percentile(load, (2, 98))
    places = np.linspace(0.02, 0.98, PLACES)
    up, down = (60e3 + 10e3 * places - low) / (high - low), (20e3 + 10e3 * places - low) / (high - low)
    near_spike = np.abs(places - 0.2) < 0.03
    assert found[:PLACES][~near_spike] == pytest.approx(up[~near_spike], abs=0.01)
    assert found[PLACES:-1] == pytest.approx(down[:-1], abs=0.01)
    assert found.max() <= 1.3


@pytest.mark.parametrize(
    ("position", "load"),
    [
        (POSITION_M[: FEWEST_POINTS - 1], LOAD_N[: FEWEST_POINTS - 1]),
        (np.zeros(80), LOAD_N),
        (POSITION_M, np.ones(80)),
        (np.where(TURN > 6, np.nan, POSITION_M), LOAD_N),
        (POSITION_M, np.where(TURN > 6, np.inf, LOAD_N)),
    ],
    ids=["few points", "no stroke", "no load", "a place that is none", "a load that is none"],
)
def test_what_is_no_stroke_has_no_outline(position: np.ndarray, load: np.ndarray) -> None:
    assert outline_of(position, load) is None


def test_an_outline_is_of_so_many_places_and_of_a_stroke_of_eight_points() -> None:
    """Rows that are kept are of this size."""
    assert (FEWEST_POINTS, PLACES, SIZE) == (8, 24, 48)


@pytest.mark.parametrize(("spike", "shown"), [(-9e6, -0.3), (9e6, 1.3)])
def test_a_spike_ends_three_tenths_beyond_the_frame_either_way(spike: float, shown: float) -> None:
    load = np.linspace(0.0, 100.0, 101)
    load[[40, 41]] = spike  # of two the frame knows nothing
    position = np.r_[np.linspace(0, 1, 51), np.linspace(1, 0, 51)[1:]]
    found = outline_of(position, load)
    assert found is not None
    least, most = float(found.min()), float(found.max())
    assert (least if spike < 0 else most) == pytest.approx(shown, abs=0.02)


def test_its_frame_is_the_second_and_the_ninety_eighth_percentile_of_the_load() -> None:
    """Of 101 loads two steps and the rest: 0 is what the third of them weighs, 1 what the third last does."""
    load = np.r_[np.linspace(40, 90, 51), np.linspace(89, 41, 49), 40.0]
    load[[0, 1, 2, 3]], load[[49, 50, 51, 52]] = (0.0, 10.0, 20.0, 30.0), (110.0, 120.0, 130.0, 140.0)
    position = np.r_[np.linspace(0, 1, 51), np.linspace(1, 0, 51)[1:]]
    found = outline_of(position, load)
    assert found is not None
    at = np.interp(np.linspace(0.02, 0.98, 24), position[:51], load[:51])
    assert found[:24] == pytest.approx((at - 20.0) / (120.0 - 20.0), abs=1e-6)


def test_as_few_points_as_make_a_stroke_have_one() -> None:
    turn = np.linspace(0, 2 * np.pi, FEWEST_POINTS, endpoint=False)
    assert outline_of(1 - np.cos(turn), np.sin(turn)) is not None


def test_the_nearest_of_many_are_those_that_a_look_at_each_finds() -> None:
    rows = np.random.default_rng(1).uniform(0, 1, (5_000, SIZE)).astype(np.float32)
    one = np.random.default_rng(2).uniform(0, 1, SIZE).astype(np.float32)
    numbers, apart = nearest(rows, one, 41)
    each = np.sqrt(((rows.astype(float) - one) ** 2).mean(axis=1))
    assert numbers.tolist() == np.argsort(each)[:41].tolist()
    assert apart == pytest.approx(np.sort(each)[:41], abs=1e-4)


def test_of_fewer_rows_all_come_and_of_none_none() -> None:
    rows = np.array([[2.0, 0.0], [1.0, 0.0]], np.float32)
    numbers, apart = nearest(rows, np.zeros(2, np.float32), 9)
    assert numbers.tolist() == [1, 0]
    assert apart == pytest.approx([np.sqrt(0.5), np.sqrt(2)])
    numbers, apart = nearest(rows[:0], np.zeros(2, np.float32), 9)
    assert (len(numbers), len(apart)) == (0, 0)
