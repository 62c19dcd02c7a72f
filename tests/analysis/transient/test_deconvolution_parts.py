"""What is weighed against what when a response is looked for: each row by hand, gradients by differences,
which samples are heard, and the way down beside the same method written plainly.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from app.analysis.transient import deconvolution
from app.analysis.transient.deconvolution import FINE, History, _picked, _Problem, deconvolve
from tests.analysis.transient.test_deconvolution import HOUR, INITIAL, RADIAL, TWO, history, of_a_unit

THREE = ((0.0, 1e-3), (10 * HOUR, 2e-3), (25 * HOUR, 0.0))


def problem(told: History | None = None, rate_error: float = 0.02) -> _Problem:
    return _Problem(told or history(*THREE), rate_error)


def true_shape(of: _Problem) -> np.ndarray:
    """ln of the slope at each node, in units of the largest rate, and ln of the drawdown at the first."""
    first = of_a_unit(np.exp(of.nodes[:1]))[0]
    return np.r_[np.full(len(of.nodes), math.log(RADIAL * of.unit)), math.log(first * of.unit)]


def at(of: _Problem, shape: np.ndarray, initial: float = INITIAL) -> np.ndarray:
    return np.concatenate([shape, [initial], of.known])


# ---- what is known beforehand ------------------------------------------------------------------------------


def test_rates_count_by_the_largest_of_them_whatever_its_sign() -> None:
    of = problem(history((0.0, -1e-3), (20 * HOUR, 5e-4)))
    assert of.unit == 1e-3
    assert of.known.tolist() == [-1.0, 0.5]


@pytest.mark.parametrize(("count", "end_s"), [(8, 30.0), (12, 1e3)])
def test_nodes_go_from_the_shortest_time_after_any_change_to_the_longest_after_the_first(
    count: int, end_s: float
) -> None:
    """Five to a cycle and two, eight at least."""
    at_s = np.geomspace(10.0, end_s, 12)
    of = problem(History(at_s, 3e7 - 1e5 * np.log(at_s), ((0.0, 1e-3),), 3e7))
    assert np.exp(of.nodes[[0, -1]]) == pytest.approx([10.0, end_s])
    assert len(of.nodes) == count
    assert of.step == pytest.approx(math.log(end_s / 10.0) / (count - 1))


def test_a_sample_right_after_a_change_makes_no_more_than_seven_cycles_of_nodes() -> None:
    at_s = np.r_[1e-6, np.geomspace(10.0, 1e4, 30)]
    of = problem(History(at_s, 3e7 - np.arange(31.0), ((0.0, 1e-3),), 3e7))
    assert np.exp(of.nodes[0]) == pytest.approx(1e-7 * 1e4, rel=1e-6, abs=0)
    assert len(of.nodes) == 37


def test_what_was_before_the_first_rate_is_known_as_well_as_the_gauge_and_what_nobody_told_hardly() -> None:
    told = history(*THREE)
    still = History(np.r_[-50.0, 0.0, told.time_s], np.r_[2e7, 2.9e7, told.pressure_pa], THREE, None)
    noise = deconvolution._noise(told.pressure_pa)
    of = problem(told)
    assert of.noise == pytest.approx(noise + 5e-4 * float(np.ptp(of.pressure)))
    assert (of.initial, of.initial_error) == (INITIAL, of.noise)
    of = problem(still)
    assert (of.initial, of.initial_error) == (2.9e7, of.noise)
    assert of.noise == pytest.approx(
        deconvolution._noise(still.pressure_pa) + 5e-4 * float(np.ptp(of.pressure))
    )
    unknown = problem(history(*THREE, initial=None))
    assert unknown.initial == unknown.pressure.max()
    assert unknown.initial_error == pytest.approx(10 * float(np.ptp(unknown.pressure)))
    injecting = problem(history((0.0, -1e-3), (20 * HOUR, 5e-4), initial=None))
    assert injecting.initial == injecting.pressure.min()


# ---- the response as it is summed --------------------------------------------------------------------------


def test_the_drawdown_is_the_integral_of_its_slope_from_what_it_was_at_the_first_node() -> None:
    """A slope of t: e^z is t, its integral over ln t is t less the first, and 0.1 MPa that were there."""
    of = problem()
    shape = np.r_[of.nodes, math.log(1e5)]
    summed, by = of.summed(shape)
    times = np.exp(of.nodes[0] + of.step / FINE * np.arange(len(summed)))
    assert len(summed) == (len(of.nodes) - 1) * 8 + 1
    assert summed == pytest.approx(1e5 + times - times[0], rel=3e-4)
    for i in (0, 3, len(shape) - 1):
        moved = shape + 1e-6 * np.eye(len(shape))[i]
        assert by[:, i] == pytest.approx((of.summed(moved)[0] - summed) / 1e-6, rel=1e-4, abs=1e-2)


def test_what_is_there_at_the_first_node_is_bound_to_what_a_number_holds() -> None:
    of = problem()
    shape = true_shape(of)
    shape[-1] = 500.0
    assert of.summed(shape)[0][0] == pytest.approx(math.exp(60.0))


def test_before_the_first_node_a_well_stores_and_before_a_rate_it_does_nothing() -> None:
    """Half of the shortest time has half of its drawdown; at a node the drawdown is that of the node."""
    of = problem()
    first, last = math.exp(of.nodes[0]), math.exp(of.nodes[-1])
    middle = math.exp((of.nodes[2] + of.nodes[3]) / 2)
    left, right, under = of._places(np.array([[first / 2, -5.0, 0.0, first, middle, last]]))
    assert under[0] == pytest.approx([0.5, 0.0, 0.0, 1.0, 1.0, 1.0])
    assert left[0, [0, 3, 4, 5]].tolist() in (
        [0, 0, 20, 8 * (len(of.nodes) - 1) - 1],
        [0, 0, 19, 8 * (len(of.nodes) - 1) - 1],
    )
    assert left[0, 4] + right[0, 4] == pytest.approx(20.0, abs=1e-6)
    assert right[0, [0, 3, 5]] == pytest.approx([0.0, 0.0, 1.0], abs=1e-6)


def test_half_a_second_after_a_rate_began_it_has_drawn_down_half_of_what_it_has_in_a_second() -> None:
    of = problem()
    first = math.exp(of.nodes[0])
    _, _, under = of._places(np.array([[0.5, 1.0, 2.0, -0.5]]))
    assert under[0] == pytest.approx(np.array([0.5, 1.0, 2.0, 0.0]) / first, rel=1e-9, abs=0)


# ---- the rows ----------------------------------------------------------------------------------------------


def test_of_the_true_response_nothing_is_left_but_what_the_sum_is_off_by() -> None:
    of = problem()
    off, _ = of._off(at(of, true_shape(of)), 0.05)
    n, m = len(of.time_s), len(of.nodes)
    assert len(off) == n + (m - 2) + 1 + 3
    assert np.abs(off[:n] * of.noise).max() < 2e-4 * float(np.ptp(of.pressure))
    assert np.abs(off[n:]).max() < 1e-9


def test_bends_the_beginning_and_the_rates_cost_by_their_own_errors() -> None:
    """A node a tenth up bends by a tenth, minus two, and a tenth over the step and 0.05."""
    of = problem()
    n, m = len(of.time_s), len(of.nodes)
    shape = true_shape(of)
    shape[5] += 0.1
    off, _ = of._off(at(of, shape), 0.05)
    bends = off[n : n + m - 2] * 0.05 * of.step / 0.1
    expected = np.zeros(m - 2)
    expected[3:6] = 1.0, -2.0, 1.0
    assert bends == pytest.approx(expected, abs=1e-9)
    off, _ = of._off(at(of, true_shape(of), INITIAL + 3e4), 0.05)
    assert off[n + m - 2] == pytest.approx(3e4 / of.noise)
    assert off[:n] == pytest.approx(3e4 / of.noise, rel=0.05)
    x = at(of, true_shape(of))
    x[-3:] += 0.01, 0.02, 0.5e-6
    off, _ = of._off(x, 0.05)
    assert off[-3:] == pytest.approx([0.01 / (0.02 * 0.5), 0.02 / 0.02, 0.5])


def test_a_rate_that_changes_draws_from_its_beginning_to_the_next() -> None:
    """By hand, sample by sample: p₀ − Σ Δy_j·p_u(t − t_j)."""
    of = problem()
    x = at(of, true_shape(of))
    x[-3:] = 0.4, 1.1, 0.2
    off, _ = of._off(x, 0.05)
    found = off[: len(of.time_s)] * of.noise + of.pressure
    expected = np.full(len(of.time_s), INITIAL)
    for begin, change in zip((0.0, 10 * HOUR, 25 * HOUR), (0.4, 0.7, -0.9), strict=True):
        later = of.time_s > begin
        expected[later] -= change * of.unit * of_a_unit(of.time_s[later] - begin)
    assert found == pytest.approx(expected, abs=3e-4 * float(np.ptp(expected)))


def test_gradients_are_those_of_differences() -> None:
    of = problem()
    rng = np.random.default_rng(3)
    x = at(of, true_shape(of) + rng.normal(0, 0.3, len(of.nodes) + 1), INITIAL + 1e4)
    x[-3:] += 0.1
    off, slope = of._off(x, 0.07)
    for i in range(len(x)):
        step = 1e-5 * max(1.0, abs(x[i]) if i == len(of.nodes) + 1 else 1.0)
        moved = of._off(x + step * np.eye(len(x))[i], 0.07)[0]
        assert slope[:, i] == pytest.approx((moved - off) / step, rel=1e-3, abs=1e-2), i


# ---- the way down ------------------------------------------------------------------------------------------


def plainly(of: _Problem, bend: float) -> list[np.ndarray]:
    """Levenberg and Marquardt: μ from 1e-2, by 5 up and by 8 down; ended by a gain of 1e-5 or sixty steps."""
    m = len(of.nodes) + 1
    span = max(float(np.ptp(of.pressure)), of.noise)
    x = np.concatenate([np.full(m, math.log(span / (m * of.step))), [of.initial], of.known])
    (r, slope), mu, asked = of._off(x, bend), 1e-2, [x]
    for _ in range(60):
        square = slope.T @ slope
        own = np.diag(square)
        step = np.linalg.solve(square + mu * np.diag(np.maximum(own, 1e-12 * own.max())), -slope.T @ r)
        new = x + step
        asked.append(new)
        new_r, new_slope = of._off(new, bend)
        if new_r @ new_r >= r @ r:
            mu *= 5
            if mu > 1e8:
                break
            continue
        done = r @ r - new_r @ new_r < 1e-5 * (r @ r)
        x, r, slope, mu = new, new_r, new_slope, max(mu / 8, 1e-9)
        if done:
            break
    return asked


@pytest.mark.parametrize("told", [history(*THREE, noise=2e3), history(*TWO), history(*THREE, initial=None)])
def test_each_step_is_that_of_levenberg_and_marquardt(told: History) -> None:
    of = problem(told)
    theirs = plainly(of, 0.05)
    asked: list[np.ndarray] = []
    off = of._off

    def seen(x: np.ndarray, bend: float) -> Any:
        asked.append(x)
        assert bend == 0.05
        return off(x, bend)

    of._off = seen  # type: ignore[method-assign]
    shape, initial, rates, left = of.solved(0.05)
    assert len(asked) == len(theirs)
    assert np.array(asked) == pytest.approx(np.array(theirs), rel=1e-6)
    best = min(asked, key=lambda x: float((off(x, 0.05)[0] ** 2).sum()))
    assert np.r_[shape, initial] == pytest.approx(best[: len(shape) + 1])
    assert rates == pytest.approx(best[len(shape) + 1 :] * of.unit)
    pressures = off(best, 0.05)[0][: len(of.time_s)] * of.noise
    assert left == pytest.approx(math.sqrt(np.mean(pressures**2)))


@pytest.fixture
def dampings(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Of each step that is asked for; none of them leads anywhere."""
    asked: list[float] = []

    def stepped(off: np.ndarray, slope: np.ndarray, damping: np.ndarray) -> np.ndarray:
        asked.append(float(damping[0]))
        return np.zeros((1, slope.shape[2]))

    monkeypatch.setattr(deconvolution, "steps", stepped)
    return asked


def test_a_step_that_cannot_gain_is_damped_until_it_is_given_up(dampings: list[float]) -> None:
    """1e-2·5ⁿ is over 1e8 from the fifteenth on."""
    of = problem()
    x0: list[np.ndarray] = []

    def worse(x: np.ndarray, bend: float) -> Any:
        x0.append(x)
        n = len(of.time_s) + len(of.nodes) - 2 + 1 + 3
        return np.full(n, 1.0 if len(x0) == 1 else 2.0), np.ones((n, len(x)))

    of._off = worse  # type: ignore[method-assign]
    shape, initial, rates, _ = of.solved(0.05)
    assert dampings == pytest.approx(1e-2 * 5.0 ** np.arange(15))
    assert np.concatenate([shape, [initial], rates / of.unit]) == pytest.approx(x0[0])


def test_a_step_that_gains_nothing_is_no_step(dampings: list[float]) -> None:
    of = _Problem(history((0.0, 1e-3), (20 * HOUR, 0.0)), 0.02)

    def same(x: np.ndarray, bend: float) -> Any:
        return np.ones(len(of.time_s)), np.ones((len(of.time_s), len(x)))

    of._off = same  # type: ignore[method-assign]
    of.solved(0.05)
    assert len(dampings) == 15


def test_steps_that_all_gain_are_sixty_and_hardly_damped_in_the_end(dampings: list[float]) -> None:
    of = problem()

    def better(x: np.ndarray, bend: float) -> Any:
        n = len(of.time_s) + len(of.nodes) - 2 + 1 + 3
        return np.full(n, 0.9 ** len(dampings)), np.ones((n, len(x)))

    of._off = better  # type: ignore[method-assign]
    of.solved(0.05)
    assert len(dampings) == 60
    assert dampings[:4] == pytest.approx(1e-2 / 8.0 ** np.arange(4))
    assert dampings[-1] == pytest.approx(1e-9, rel=1e-9, abs=0)


# ---- what is told ------------------------------------------------------------------------------------------


def test_how_sure_a_slope_is_comes_from_a_third_and_three_times_of_the_regularisation() -> None:
    told = history(*THREE, noise=5e3)
    of = problem(told)
    shapes = [of.solved(0.05 * times)[0] for times in (1 / 3, 1.0, 3.0)]
    found = deconvolve(told)
    apart = np.maximum(np.abs(shapes[0] - shapes[1]), np.abs(shapes[2] - shapes[1]))[:-1]
    assert found.sure == pytest.approx(np.exp(apart))
    assert found.slope_pa == pytest.approx(np.exp(shapes[1][:-1]) / of.unit)
    assert found.drawdown_pa == pytest.approx(of.summed(shapes[1])[0][::8] / of.unit)
    assert (found.bend, found.noise_pa) == (0.05, of.noise)
    assert found.time_s == pytest.approx(np.exp(of.nodes))


# ---- which samples are heard -------------------------------------------------------------------------------


@pytest.mark.parametrize("periods", [1, 2, 3, 60])
def test_of_a_long_record_each_period_has_its_share_of_three_hundred_by_equal_steps_of_log_time(
    periods: int,
) -> None:
    """Six at least; the first and the last of each among them."""
    length, count = 1e4, 2_000
    begins = length * np.arange(periods)
    since = np.arange(1, count + 1) * (length / count)
    times = (begins[:, None] + since[None]).ravel()
    picked = _picked(times, begins)
    each = max(300 // periods, 6)
    for number in range(periods):
        mine = picked[(picked >= number * count) & (picked < (number + 1) * count)] - number * count
        wanted = np.geomspace(since[0], since[-1], each)
        expected = np.unique(np.clip(np.searchsorted(since, wanted * (1 - 1e-12)), 0, count - 1))
        assert (mine[0], mine[-1]) == (0, count - 1)
        assert len(mine) <= each
        assert np.abs(mine - expected).max() <= 1
    assert picked.dtype == np.int64


def test_a_sample_at_the_very_change_belongs_to_the_period_before_it() -> None:
    """Right after a change a time of nothing has no logarithm."""
    begins = np.array([0.0, 100.0])
    assert _picked(np.array([50.0, 100.0, 150.0]), begins).tolist() == [0, 1, 2]
    assert _picked(np.array([0.0, 50.0, 100.0]), begins)[0] == 0


def test_a_sample_at_a_change_of_rate_is_of_before_it() -> None:
    """At the first one it is the beginning, at the second one it has drawn nothing yet."""
    rates = ((0.0, 1e-3), (20 * HOUR, 0.0))
    bare = history(*rates)
    at = np.sort(np.r_[0.0, bare.time_s, 20 * HOUR])
    pressure = np.interp(at, bare.time_s, bare.pressure_pa)
    pressure[0] = INITIAL
    exact, plain = _Problem(History(at, pressure, rates), 0.02), _Problem(bare, 0.02)
    assert exact.time_s.min() > 0
    assert exact.nodes == pytest.approx(plain.nodes)
    assert exact.initial == INITIAL
