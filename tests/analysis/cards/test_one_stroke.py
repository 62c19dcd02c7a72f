"""A leak is read off the plunger's speed where load comes and goes; what is ragged, and what comes again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.cards.one_stroke import ringing, roughness, slip

TURN = np.linspace(0.0, np.pi, 401)
CRANK, SPEED = 1 - np.cos(TURN), np.sin(TURN) * np.pi / 2


@given(leak=st.floats(0.1, 1.2))
def test_a_valve_that_lets_a_share_of_the_liquid_back_bears_load_where_the_plunger_outruns_it(
    leak: float,
) -> None:
    assert slip(CRANK, leak < SPEED) == pytest.approx(leak, abs=0.02)


def test_a_belt_tells_the_same_leak_by_its_speed_though_the_mark_is_a_hundredth_of_the_stroke() -> None:
    speed = np.tanh(12 * np.sin(TURN))
    place = np.cumsum(speed)
    assert slip(place, speed / speed.mean() > 0.4) == pytest.approx(0.4, abs=0.08)


def test_a_load_that_is_there_from_the_turn_on_is_no_leak_whatever_the_other_end_does() -> None:
    assert slip(CRANK, (SPEED > 0.4) | (TURN < 1)) == 0.0
    assert slip(CRANK, (SPEED > 0.4) | (TURN > 2)) == 0.0
    assert slip(CRANK, SPEED < 0) == 0.0


def test_ends_of_different_speeds_are_no_leak_of_one_size() -> None:
    quick_end = (SPEED > 0.1) & (TURN < 2.2)
    assert slip(CRANK, quick_end) < 0.03


# ---- ragged plateaus ---------------------------------------------------------------------------------------


def test_a_plateau_needs_27_places_to_be_rough_and_the_turns_are_left_out() -> None:
    """Ten places after the load has come, eight before it goes; teeth of a tenth bend by four tenths."""
    teeth = np.where(np.arange(97) % 2, 0.1, -0.1)
    assert roughness(teeth) == pytest.approx(0.4, rel=0.01)
    assert (roughness(teeth[:26]), roughness(teeth[:27]) > 0.3) == (0.0, True)
    ends = np.zeros(97)
    ends[:10], ends[-8:] = teeth[:10], teeth[-8:]
    assert roughness(ends) == 0.0
    assert roughness(np.roll(ends, 1)) > 0
    assert roughness(np.roll(ends, -1)) > 0


@pytest.mark.parametrize("period", [8, 12, 20, 24])
def test_a_wave_comes_again_after_half_of_its_length_turned_round(period: int) -> None:
    """Of the 77 places that bend as many are left as the two do not pass each other by."""
    wave = np.sin(2 * np.pi * np.arange(97) / period)
    assert ringing(wave) == pytest.approx(1 - period / 2 / 77, abs=0.04)


def test_teeth_of_one_place_come_again_in_the_fourth_and_grains_do_not() -> None:
    assert ringing(np.where(np.arange(97) % 2, 0.1, -0.1)) == pytest.approx(1 - 4 / 77, abs=0.01)
    assert ringing(np.random.default_rng(1).normal(0, 1, 97)) < 0.5


def test_a_plateau_needs_48_places_to_ring_and_a_straight_one_never_does() -> None:
    wave = np.sin(2 * np.pi * np.arange(97) / 12)
    assert (ringing(wave[:47]), ringing(wave[:48]) > 0.5) == (0.0, True)
    assert ringing(np.zeros(97)) == 0.0


@pytest.mark.parametrize(("apart", "found"), [(3, 1 / 3), (4, 0.5), (24, 0.5), (25, 1 / 3)])
def test_what_comes_again_is_looked_for_from_four_to_twenty_four_places_on(apart: int, found: float) -> None:
    """Two equal teeth: a place beside their distance the bends of a tooth are alike by two thirds."""
    teeth = np.zeros(97)
    teeth[[40, 40 + apart]] = 1.0
    assert ringing(teeth) == pytest.approx(found, abs=0.12)


@pytest.mark.parametrize(("faster", "found"), [(0.6, 0.2), (0.8, 0.15)])
def test_a_leak_may_look_three_times_faster_at_one_end_and_less_by_as_much_beyond(
    faster: float, found: float
) -> None:
    """Speeds of 0.2 and 0.6 or 0.8 of the mean where the load comes and goes."""
    step = np.full(100, 1.0)
    step[9:11], step[89:91] = 0.2, faster
    step *= 100 / step.sum()
    mean_slow, place = step[9], np.r_[0.0, np.cumsum(step)]
    borne = np.zeros(101, bool)
    borne[10:91] = True
    assert slip(place, borne) / mean_slow == pytest.approx(found / 0.2, rel=1e-9)


def test_a_plateau_that_only_bends_does_not_ring() -> None:
    assert ringing(np.arange(97.0) ** 2) == 0.0
