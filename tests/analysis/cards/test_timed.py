"""What runs in time and what somebody drew, by the position alone."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.cards import timed
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


@pytest.mark.parametrize(
    ("points", "turn_share", "share", "timed"),
    [
        (150, 0.07, 0.885, True),  # it turns by 87: a fourteenth of the time, and a twentieth more
        (150, 0.07, 0.870, False),
        (150, 0.12, 0.810, True),  # by 51.8: eight of ten are enough
        (150, 0.118, 0.810, False),  # by more than 52
        (150, 0.045, 1.0, True),  # by 129.8
        (150, 0.044, 1.0, False),  # by more than 130: sharper than any belt
        (40, 0.045, 1.0, True),  # of few points by 1.7 of them
        (40, 0.040, 1.0, False),
        (400, 0.045, 1.0, True),  # means of five: by as much of them as of eighty
    ],
)
def test_the_more_sharply_a_belt_turns_the_more_of_its_steps_are_alike(
    monkeypatch: pytest.MonkeyPatch, points: int, turn_share: float, share: float, timed: bool
) -> None:
    monkeypatch.setattr("app.analysis.cards.timed._even_share", lambda _: share)
    assert is_timed(motion_over_time(6.0, points, turn_share=turn_share)) is timed


def stroke_of(*up: float) -> np.ndarray:
    """Up by these steps and down by as many even ones."""
    return np.cumsum(np.r_[0.0, up, -np.full(len(up), sum(up) / len(up))])[:-1]


@pytest.mark.parametrize(
    ("other", "share"),
    [
        (10.29 + np.sqrt(2) / 1e4, 1.0),  # three hundredths of a step that has no last digit
        (10.31 + np.sqrt(2) / 1e4, 0.9),
        (9.71 - np.sqrt(2) / 1e4, 1.0),
        (9.69 - np.sqrt(2) / 1e4, 0.9),
    ],
)
def test_steps_are_alike_that_are_within_three_hundredths(other: float, share: float) -> None:
    assert timed._even_share(stroke_of(*[10.0] * 9, other)) == pytest.approx(share)


@pytest.mark.parametrize(
    ("digit", "other", "share"),
    [
        (0.1, 10.3, 1.0),
        (0.1, 10.5, 0.9),
        (0.5, 10.5, 1.0),
        (0.5, 9.5, 1.0),
        (0.5, 11.0, 0.9),
        (0.5, 9.0, 0.9),
    ],
)
def test_where_the_last_digit_is_coarse_it_is_added_up_to_six_hundredths(
    monkeypatch: pytest.MonkeyPatch, digit: float, other: float, share: float
) -> None:
    monkeypatch.setattr(timed, "_last_digit", lambda _: digit)
    assert timed._even_share(stroke_of(*[10.0] * 9, other)) == pytest.approx(share)


def test_the_way_that_is_less_even_counts() -> None:
    assert timed._even_share(-stroke_of(*[10.0] * 9, 12.0)) == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("places", "digit"),
    [
        ([0.0, 0.5, 1.5, 3.0, 0.5], 0.5),
        ([0.0, 0.5, 1.505, 3.0], 0.5),  # off by a hundredth of it
        ([0.0, 0.5, 1.53, 3.0], 0.0),
        ([0.0, 0.5, 1.25, 3.0], 0.0),
        ([2.0, 2.0], 0.0),
    ],
)
def test_the_last_digit_is_what_all_places_are_whole_multiples_of_apart(
    places: list[float], digit: float
) -> None:
    assert timed._last_digit(np.array(places)) == pytest.approx(digit)
