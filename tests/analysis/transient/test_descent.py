"""The descent step by step beside the same method written for one start, and what ends it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from app.analysis.transient.descent import Descent, _with_gradient, descend, steps

Floats = np.ndarray
Residuals = Callable[[Floats], Floats]
WIDE = (np.full(2, -5.0), np.full(2, 5.0))


def rosenbrock(x: Floats) -> Floats:
    return np.stack([x[:, 0] - 1.0, 10 * (x[:, 1] - x[:, 0] ** 2)], axis=1)


def faint(x: Floats) -> Floats:
    """What moves residuals by hundredths."""
    return 0.01 * rosenbrock(x)


def rooted(x: Floats) -> Floats:
    """Halved by each step, for ever."""
    return x**2


def traced(off: Residuals, start: list[float], limits: tuple[Floats, Floats], iterations: int) -> Floats:
    """Every place that was tried."""
    asked: list[Floats] = []

    def told(x: Floats) -> Floats:
        asked.append(x[0])
        return off(x)

    descend(told, np.array([start]), limits, iterations)
    return np.array(asked)


def by_hand(off: Residuals, start: list[float], limits: tuple[Floats, Floats], iterations: int) -> Floats:
    """Marquardt (1963) for one start: gradients by 1e-4, μ from 1e-2, by 9 down and by 4 up."""
    low, high = limits
    p = len(start)

    def at(x: Floats) -> tuple[Floats, Floats]:
        step = np.where(x + 1e-4 > high, -1e-4, 1e-4)
        there = off(x[None])[0]
        moved = [(off((x + step[i] * np.eye(p)[i])[None])[0] - there) / step[i] for i in range(p)]
        return there, np.array(moved).T

    x = np.clip(np.array(start), low, high)
    (r, slope), mu, little, refused, asked = at(x), 1e-2, 0, 0, [x]
    for _ in range(iterations):
        if little == 2 or refused == 8:
            break
        square = slope.T @ slope
        step = np.linalg.solve(square + mu * np.diag(np.diag(square)), -slope.T @ r)
        new = np.clip(x + step, low, high)
        asked.append(new)
        new_r, new_slope = at(new)
        if new_r @ new_r < r @ r:
            little = little + 1 if new_r @ new_r > (r @ r) * (1 - 1e-4) else 0
            x, r, slope, mu, refused = new, new_r, new_slope, max(mu / 9, 1e-9), 0
        else:
            mu, refused = mu * 4, refused + 1
    return np.array(asked)


@pytest.mark.parametrize("off", [rosenbrock, faint])
@pytest.mark.parametrize("start", [[-1.2, 1.0], [2.0, 2.0], [-3.0, -4.0], [4.0, 0.1], [9.0, 0.5]])
def test_every_step_is_marquardts(off: Residuals, start: list[float]) -> None:
    ours, theirs = traced(off, start, WIDE, 9), by_hand(off, start, WIDE, 9)
    assert ours.shape == theirs.shape
    assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("start", [[1.0, 1.0], [-2.0, 3.0]])
def test_after_many_good_steps_hardly_anything_is_damped_any_more(start: list[float]) -> None:
    ours = traced(rooted, start, WIDE, 9)
    assert ours == pytest.approx(by_hand(rooted, start, WIDE, 9), rel=1e-6)
    assert ours[9] / ours[8] == pytest.approx(0.5, abs=0.03)


def test_eight_steps_for_the_worse_end_it_each_four_times_more_damped() -> None:
    """A kink: the slope to the right of it is not that to the left."""
    asked = traced(lambda x: 1 + np.abs(x), [0.0], (np.array([-9.0]), np.array([9.0])), 40)
    expected = [0.0] + [-1 / (1 + 1e-2 * 4.0**n) for n in range(8)]
    assert asked[:, 0] == pytest.approx(expected)


def test_two_steps_that_gain_next_to_nothing_end_it_and_one_that_gains_more_begins_to_count_anew() -> None:
    def little(x: Floats) -> Floats:
        return np.stack([np.full(len(x), 1e3), x[:, 0]], axis=1)

    limits = (np.array([-99.0]), np.array([99.0]))
    assert len(traced(little, [1.0], limits, 40)) == 3
    gains = iter([100.0, 99.999, 90.0, 89.9999, 89.9998, 1.0, 0.5])
    told: list[float] = []

    def given(x: Floats) -> Floats:
        told.append(next(gains))
        return np.stack([np.full(len(x), told[-1]), 1e-3 * x[:, 0]], axis=1)

    traced(given, [1.0], limits, 40)
    assert told == [100.0, 99.999, 90.0, 89.9999, 89.9998]


def test_no_more_steps_are_made_than_were_asked_for_and_forty_unless_told() -> None:
    off: list[int] = []

    def slowly(x: Floats) -> Floats:
        off.append(len(x))
        return np.full((len(x), 1), 0.9 ** len(off)) + 1e-9 * x

    limits = (np.array([-1e3]), np.array([1e3]))
    descend(slowly, np.array([[1.0]]), limits, 3)
    assert len(off) == 1 + 3
    off.clear()
    descend(slowly, np.array([[1.0]]), limits)
    assert len(off) == 1 + 40


def test_a_start_that_is_done_is_not_asked_again_and_the_best_comes_first_with_half_its_squares() -> None:
    asked: list[int] = []

    def told(x: Floats) -> Floats:
        asked.append(len(x) // 3)
        return rosenbrock(x)

    found = descend(told, np.array([[-1.2, 1.0], [1.0, 1.0], [4.0, 4.0]]), WIDE)
    assert asked[0] == 3
    assert asked[-1] < 3
    assert (np.diff(found.costs) >= 0).all()
    assert Descent(np.zeros((1, 1)), np.array([[3.0, 4.0]]), np.zeros((1, 2, 1))).costs.tolist() == [12.5]


def test_what_is_no_number_counts_a_million_and_a_gradient_is_taken_away_from_the_upper_limit() -> None:
    low, high = np.array([0.0, 0.0]), np.array([1.0, 1.0])

    def off(x: Floats) -> Floats:
        return np.stack([np.where(x[:, 0] > 0.5, np.nan, 2.0), np.sqrt(1 - x[:, 1])], axis=1)

    values, gradient = _with_gradient(off, np.array([[0.9, 1.0], [0.1, 0.0]]), low, high)
    assert values.tolist() == [[1e6, 0.0], [2.0, 1.0]]
    assert gradient[0, 1, 1] == pytest.approx(-1e-2 / 1e-4)
    assert gradient[1, 1, 1] == pytest.approx(-0.5, rel=1e-4)
    assert gradient[1, 0].tolist() == [0.0, 0.0]


def test_a_value_that_moves_nothing_stays_where_it_is() -> None:
    slope = np.array([[[1.0, 0.0], [0.0, 0.0]]])
    assert steps(np.array([[2.0, 1.0]]), slope, np.array([0.5]))[0] == pytest.approx([-2 / 1.5, 0.0])
    tiny = steps(np.array([[2.0]]), np.array([[[1e-4]]]), np.array([1.0]))[0]
    assert tiny == pytest.approx([-2e-4 / 2e-8])
