"""A leak is read off the plunger's speed where the load comes and goes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.cards.one_stroke import slip

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
