"""What a response asks of all models: where the wellbore rules, which samples are heard, what is allowed."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from app.analysis.transient import fitting
from app.analysis.transient.record import Response
from tests.analysis.transient.test_contest import RATE, ROCK
from tests.analysis.transient.test_interpret import fit


def rules(time_s: np.ndarray, change: np.ndarray, slope: np.ndarray, noise: float = 1.0) -> list[float]:
    return fitting.wellbore_rules(time_s, change, slope, noise).tolist()


@pytest.mark.parametrize(("share", "seen"), [(0.79, False), (0.81, True)])
def test_the_wellbore_rules_where_the_derivative_is_over_four_fifths_of_the_change(
    share: float, seen: bool
) -> None:
    time_s = np.array([1.0, 10.0, 10**1.5, 100.0, 1000.0])
    change = np.full(5, 1e6)
    slope = np.array([1.0, share, 0.5, 0.5, 0.5]) * 1e6
    last = 10.0 if seen else 1.0
    assert rules(time_s, change, slope) == pytest.approx(np.clip(1 - np.log10(time_s / last), 0, 1))


@pytest.mark.parametrize(
    ("share", "falls_to", "within", "seen"),
    [
        (0.26, 0.08, 1.1, True),
        (0.24, 0.07, 1.1, False),
        (0.26, 0.09, 1.1, False),
        (0.26, 0.08, 1.3, False),
    ],
)
def test_or_where_it_is_over_a_quarter_and_about_to_fall_to_a_third(
    share: float, falls_to: float, within: float, seen: bool
) -> None:
    time_s = np.array([1.0, 10.0, 10 ** (1 + within)])
    found = rules(time_s, np.full(3, 1e6), np.array([0.2, share, falls_to]) * 1e6)
    assert (found[1] == 1.0) is seen


@pytest.mark.parametrize(("noise", "seen"), [(0.99e5, True), (1.0e5, False)])
def test_a_change_under_ten_times_the_noise_is_no_storage(noise: float, seen: bool) -> None:
    found = rules(np.array([1.0, 10.0]), np.full(2, 1e6), np.full(2, 1e6), noise)
    assert any(found) is seen


def test_where_no_pressure_has_moved_nothing_rules() -> None:
    assert rules(np.array([1.0, 10.0]), np.zeros(2), np.full(2, 1e3)) == [0.0, 0.0]


@pytest.mark.parametrize("points", [10, 60])
def test_a_thinned_record_keeps_samples_of_equal_steps_of_log_time_and_its_ends(points: int) -> None:
    time_s = np.arange(1.0, 5_001.0)
    response = Response(time_s, 1e7 + time_s, 1e7, RATE, (), False, ROCK)
    part = fitting.thinned(response, points)
    assert set(part.time_s) <= set(time_s)
    assert (part.time_s[0], part.time_s[-1]) == (1.0, 5_000.0)
    assert len(part.time_s) <= points
    wanted = np.geomspace(1.0, 5_000.0, points)
    assert all(np.abs(np.log(part.time_s / at)).min() < 0.4 for at in wanted)
    assert (part.pressure_pa == 1e7 + part.time_s).all()
    assert fitting.thinned(part, points).time_s.tolist() == part.time_s.tolist()


def test_samples_that_have_not_moved_are_left_out() -> None:
    response = Response(
        np.array([1.0, 2.0, 3.0]), 1e7 + np.array([0.0, -5.0, 5.0]), 1e7, RATE, (), False, ROCK
    )
    assert fitting.thinned(response).time_s.tolist() == [3.0]


def test_the_gauge_is_heard_in_the_later_half_and_is_never_quieter_than_a_part_of_the_range() -> None:
    time_s = np.exp(np.arange(21.0) / 5)
    rough = np.where(np.arange(21) % 2, 1e3, 0.0)
    early = np.where(np.arange(21) < 9, 50 * rough, 0.0)
    response = Response(time_s, 1e7 + rough + early, 1e7, RATE, (), False, ROCK)
    assert fitting.gauge_noise_pa(response) == pytest.approx(1.4826 * 1e3 / math.sqrt(1.5))
    still = replace(response, pressure_pa=1e7 + 1e6 * np.log(time_s))
    assert fitting.gauge_noise_pa(still) == pytest.approx(2e-4 * 4e6)
    two = replace(response, time_s=time_s[:2], pressure_pa=1e7 + np.array([0.0, 500.0]))
    assert fitting.gauge_noise_pa(two) == 1.0


def test_gauge_and_model_allow_their_shares_at_right_angles() -> None:
    time_s = np.geomspace(10, 1e5, 40)
    response = Response(time_s, 1e7 + 5e4 * np.log(time_s), 1e7, RATE, (), False, ROCK)
    of = fitting.fitter(response)
    noise = fitting.gauge_noise_pa(response)
    assert of.off_pressure_pa == pytest.approx(np.hypot(noise, 0.003 * 5e4 * np.log(time_s)))
    assert of.off_slope_pa == pytest.approx(np.hypot(noise / (0.15 * math.log(10)), 0.03 * 5e4), rel=1e-6)
    assert not of.stored_seen


@pytest.mark.parametrize(("unsure", "sure"), [(0.101, True), (0.103, False)])
def test_k_is_known_where_its_interval_is_within_a_fifth(unsure: float, sure: bool) -> None:
    assert fit(unsure=unsure).sure is sure
    low, high = fit(unsure=unsure).intervals["permeability_m2"]
    assert high / low == pytest.approx(math.exp(2 * 1.96 * unsure))
    low, high = fit(unsure=50.0).intervals["skin"]
    assert (low, high) == pytest.approx((3.0 - 1.96 * 30, 3.0 + 1.96 * 30))


def test_what_other_noise_would_have_given_is_as_wide_as_the_normal_equations_say() -> None:
    """One value, of which each residual moves by one: σ/√n·√(n/(n − 1)) of noise without waves."""
    n = 400
    noise = np.random.default_rng(1).normal(size=2 * n)
    one = replace(fit(), residuals=noise, gradient=np.zeros((2 * n, 3)), free=np.array([True, False, False]))
    one.gradient[:, 0] = 1.0
    one.__dict__.pop("spread", None)
    assert one.spread[0] == pytest.approx(noise.std() / math.sqrt(2 * n), rel=0.2)
    assert one.spread[1:] == pytest.approx([0.0, 0.0], abs=1e-9)
    assert one.draws.shape == (200, 3)
    assert one.draws[:, 0].mean() == pytest.approx(one.vector[0])


def test_the_first_residual_and_the_last_are_drawn_as_all_others_are() -> None:
    """One of twelve that is not nothing: by blocks of six some draw has it wherever it stands."""
    for at in (0, 5, 6, 11):
        residuals = np.zeros(24)
        residuals[at] = residuals[12 + at] = 1.0
        one = replace(fit(), residuals=residuals, gradient=np.ones((24, 3)))
        one.__dict__.pop("spread", None)
        assert one.spread[0] > 0.0
