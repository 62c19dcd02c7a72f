"""The window of radial flow in responses whose line, bend and storage were put in."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.transient.radial import ENDS, Window, _spread, between, find, storage_end_s
from app.analysis.transient.record import Formation, Response
from tests.proofs import examples

ROCK = Formation(1.1, 1e-3, 0.15, 10.0, 1e-9, 0.1)
TIME_S = np.geomspace(100, 1e6, 81)
SLOPE = 5e4


def of(pressure_pa: np.ndarray, time_s: np.ndarray = TIME_S, *, falling: bool = False) -> Response:
    rate = -1e-3 if falling else 1e-3
    return Response(time_s, pressure_pa, 10e6, rate, (), falling, ROCK)


def straight(lift: float = 0.5e6) -> np.ndarray:
    return 10e6 + lift + SLOPE * np.log(TIME_S)


def found(window: Window | None) -> Window:
    assert window is not None
    return window


@given(scale=st.floats(0.01, 50), lift=st.floats(0.4e6, 5e6))
@settings(max_examples=examples(10))
def test_a_straight_line_is_its_own_window_with_its_own_slope(scale: float, lift: float) -> None:
    pressure = 10e6 + scale * lift + scale * SLOPE * np.log(TIME_S)
    window = found(find(of(pressure)))
    assert (window.from_s, window.to_s) == (TIME_S[0], TIME_S[-1])
    assert window.slope_pa == pytest.approx(scale * SLOPE, rel=1e-6)
    assert window.slope_spread_pa == pytest.approx(0.0, abs=1e-3 * scale * SLOPE)
    assert window.cycles == pytest.approx(4.0)
    assert window.worth == pytest.approx(4.0, abs=1e-6)


def test_a_drawdown_is_found_by_its_fall() -> None:
    pressure = 10e6 - 0.5e6 - SLOPE * np.log(TIME_S)
    assert found(find(of(pressure, falling=True))).slope_pa == pytest.approx(SLOPE)
    assert find(of(pressure)) is None


def test_the_window_begins_no_earlier_than_it_may() -> None:
    window = found(find(of(straight()), not_before_s=5e3))
    assert window.from_s == pytest.approx(float(TIME_S[TIME_S >= 5e3][0]))
    assert find(of(straight()), not_before_s=8e5) is None, "less than a third of a cycle is left"


def test_a_boundary_that_doubles_the_slope_is_left_out() -> None:
    log = np.log(TIME_S)
    bend = np.log(1e5)
    window = found(find(of(straight() + SLOPE * np.maximum(log - bend, 0))))
    assert window.slope_pa == pytest.approx(SLOPE, rel=0.02)
    assert window.to_s < 2e5


def test_pressure_that_stands_or_falls_has_no_window() -> None:
    assert find(of(np.full(81, 11e6))) is None
    assert find(of(straight()[::-1])) is None
    assert between(of(np.full(81, 11e6)), 0.0, 1e9) is None


def test_nothing_is_straight_in_storage_alone() -> None:
    assert find(of(10e6 + 50 * TIME_S)) is None


def test_storage_rules_until_the_derivative_is_half_of_the_change() -> None:
    """Δp grows with time up to 1e4 s, then with its logarithm: dΔp/dlnt over Δp falls through ½ later."""
    knee = 1e4
    change = np.where(knee > TIME_S, 2e5 * TIME_S / knee, 2e5 * (1 + 0.3 * np.log(TIME_S / knee)))
    end = storage_end_s(of(10e6 + change))
    assert knee * 0.7 < end < knee * 2.0
    assert found(find(of(10e6 + change))).from_s >= end


def test_where_storage_never_ruled_the_first_time_is_its_end() -> None:
    assert storage_end_s(of(straight(5e6))) == TIME_S[0]


def test_where_storage_never_ends_the_last_time_is_its_end() -> None:
    assert storage_end_s(of(10e6 + 50 * TIME_S)) == TIME_S[-1]


def test_a_dragged_window_holds_the_points_on_both_its_ends() -> None:
    window = found(between(of(straight()), float(TIME_S[20]), float(TIME_S[50])))
    assert window.points == slice(20, 51)
    assert (window.from_s, window.to_s) == (TIME_S[20], TIME_S[50])
    assert window.slope_pa == pytest.approx(SLOPE)


def test_two_points_are_no_window_and_three_are() -> None:
    response = of(straight())
    assert between(response, float(TIME_S[20]), float(TIME_S[21])) is None
    assert between(response, float(TIME_S[20]), float(TIME_S[22])) is not None
    assert between(response, 2e6, 3e6) is None


def test_a_dragged_window_need_not_be_straight() -> None:
    window = found(between(of(10e6 + 50 * TIME_S), 100.0, 1e6))
    assert window.worth == -math.inf
    assert window.slope_pa > 0


def test_scatter_costs_worth_and_much_of_it_the_window() -> None:
    rng = np.random.default_rng(1)
    noise = rng.normal(size=81)
    a_little, much = (find(of(straight() + share * SLOPE * noise)) for share in (0.02, 2.0))
    assert found(a_little).worth < 4.0 - 0.03
    assert found(a_little).slope_pa == pytest.approx(SLOPE, rel=0.02)
    assert much is None or much.worth < 1.0


@pytest.mark.parametrize(("share", "is_straight"), [(0.09, True), (0.12, False)])
def test_a_line_scatters_by_a_tenth_of_its_slope_at_most(share: float, is_straight: bool) -> None:
    up_and_down = np.where(np.arange(81) % 2, 1.0, -1.0)
    assert (find(of(straight(5e6) + share * SLOPE * up_and_down)) is not None) is is_straight


def test_samples_count_by_their_step_of_log_time_not_by_their_number() -> None:
    """A gauge that writes a hundred times as often at the end of a bent line does not move it more."""
    log = np.log(TIME_S)
    bent = straight() + 0.05 * SLOPE * (log - log.mean()) ** 2
    dense_t = np.r_[TIME_S[:60], np.geomspace(TIME_S[60], TIME_S[-1], 2000)]
    dense = of(np.interp(np.log(dense_t), log, bent), dense_t)
    once, often = (found(between(r, 100.0, 1e6)).slope_pa for r in (of(bent), dense))
    assert often == pytest.approx(once, rel=0.01)


def test_of_a_record_of_thousands_only_so_many_ends_are_tried() -> None:
    time_s = np.geomspace(100, 1e6, 3000)
    response = of(10.5e6 + SLOPE * np.log(time_s), time_s)
    window = found(find(response))
    assert window.slope_pa == pytest.approx(SLOPE)
    assert window.cycles == pytest.approx(4.0, abs=4.0 / ENDS)


def test_five_points_over_a_third_of_a_cycle_are_the_least() -> None:
    time_s = np.geomspace(1000, 3000, 5)
    response = of(11e6 + SLOPE * np.log(time_s), time_s)
    assert find(response) is not None
    four = replace(response, time_s=np.geomspace(1000, 3000, 4), pressure_pa=response.pressure_pa[:4])
    assert find(four) is None
    short = np.geomspace(1000, 2000, 9)
    assert find(of(11e6 + SLOPE * np.log(short), short)) is None


def test_of_forty_ends_all_are_tried_and_of_more_those_nearest_to_even_steps() -> None:
    uneven = np.sort(np.random.default_rng(3).uniform(0.0, 4.0, 60))
    assert _spread(uneven[:40], 0) == list(range(40))
    assert _spread(uneven, 20) == list(range(20, 60))
    some = _spread(uneven, 5)
    assert len(some) < 55
    assert (some[0], some[-1]) == (5, 59)


@pytest.mark.parametrize(("bend", "straight"), [(0.075, True), (0.085, False)])
def test_a_bend_that_no_noise_hides_is_one_from_eight_hundredths_on(bend: float, straight: bool) -> None:
    """Slope over the window: 2·c·(x₁ − x₀) of y = x + c·x²; evenly sampled its middle slope is one."""
    x = np.log(TIME_S)
    x = x - x.mean()
    window = found(between(of(11e6 + SLOPE * (x + bend / (2 * np.ptp(x)) * x**2)), 100.0, 1e6))
    assert (window.worth > -math.inf) is straight
    if straight:
        scatter = bend / (2 * np.ptp(x)) * math.sqrt(np.mean((x**2 - np.mean(x**2)) ** 2))
        assert window.worth == pytest.approx(4.0 - bend - 3 * scatter, abs=0.01)


def test_windows_are_heard_by_their_worth_and_permeabilities_averaged() -> None:
    """The mean of 1/slope over windows, each by e to eight times its worth; their spread beside it."""
    rng = np.random.default_rng(4)
    noisy = straight() + 0.05 * SLOPE * rng.normal(size=81)
    heard = found(find(of(noisy)))
    assert 0.0 < heard.slope_spread_pa < 0.05 * SLOPE
    assert heard.slope_pa == pytest.approx(SLOPE, rel=0.02)
    assert heard.points.stop - heard.points.start > 60
