"""What runs in time and what somebody drew, by the position alone."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.cards.long_stroke import motion_over_time
from app.analysis.cards.timed import is_timed


@pytest.mark.parametrize("n", [60, 100, 144, 200, 256])
@pytest.mark.parametrize("turn_share", [0.07, 0.1, 0.16])
def test_a_belt_that_turns_sharply_runs_in_time_to_the_millimetre_it_is_told_to(
    n: int, turn_share: float
) -> None:
    """A sprocket of 0.36 m under a stroke of 7.3 m takes 0.07 of the time for both turns."""
    assert is_timed(np.round(motion_over_time(7.3, n, turn_share=turn_share), 3))


def test_a_short_cylinder_whose_steps_are_a_few_digits_long_runs_in_time() -> None:
    assert is_timed(np.round(motion_over_time(2.0, 200, turn_share=0.15), 3))


@pytest.mark.parametrize("n", [40, 60, 100, 200, 256])
def test_equal_steps_of_position_are_no_time(n: int) -> None:
    assert not is_timed(np.round(7.3 * np.abs(np.arange(n) - n / 2) / (n / 2), 3))


@pytest.mark.parametrize("n", [60, 100, 200])
def test_points_along_a_drawn_curve_are_no_time_whatever_the_unit(n: int) -> None:
    """A card of a belt, drawn 1.5 as wide as it is high, its points at equal steps of the pen."""
    place = motion_over_time(7.3, 2000, turn_share=0.1) / 7.3
    up = np.arange(2000) < 1000
    load = np.clip(np.where(up, place / 0.1, 1 - (1 - place) / 0.15), 0, 1)
    way = np.r_[
        0.0, np.cumsum(np.hypot(1.5 * np.diff(place, append=place[0]), np.diff(load, append=load[0])))
    ]
    points = np.interp(np.arange(n) / n * way[-1], way, np.r_[place, place[0]])
    assert not is_timed(np.round(7.3 * points, 3))


@pytest.mark.parametrize(("share", "timed"), [(0.8, True), (0.799, False)])
def test_eight_steps_of_ten_alike_are_an_even_speed(
    monkeypatch: pytest.MonkeyPatch, share: float, timed: bool
) -> None:
    """A belt that turns as sharply as a crank of sixty points does not."""
    monkeypatch.setattr("app.analysis.cards.timed._even_share", lambda _: share)
    assert is_timed(motion_over_time(6.0, 60, turn_share=0.18)) is timed
