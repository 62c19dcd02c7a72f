"""Arps' curves: printed values, the integral another way, limits of b, what the fit must not care about."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.analysis.decline.arps import Decline, best_fit, fit, honest
from app.core.errors import KnownError

MONTH = np.arange(36.0)


def test_printed_rates_and_volumes() -> None:
    """reference/wells-and-esp.json, arps."""
    assert float(Decline(100, 0.05, 0.0).rate(np.array(12.0))) == pytest.approx(54.88116, abs=1e-5)
    assert float(Decline(100, 0.1, 0.5).rate(np.array(24.0))) == pytest.approx(20.66116, abs=1e-5)
    assert float(Decline(100, 0.1, 1.0).rate(np.array(24.0))) == pytest.approx(29.41176, abs=1e-5)
    assert Decline(100, 0.05, 0.0).cumulative(12) == pytest.approx(902.3767, abs=1e-4)
    assert Decline(100, 0.1, 0.5).cumulative(24) == pytest.approx(1090.9091, abs=1e-4)


@pytest.mark.parametrize("b", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_what_was_produced_is_the_integral_of_the_rate(b: float) -> None:
    decline = Decline(80.0, 0.07, b)
    fine = np.linspace(0, 30, 3001)
    assert decline.cumulative(30.0) == pytest.approx(float(np.trapezoid(decline.rate(fine), fine)), rel=1e-5)
    assert decline.cumulative(0.0) == 0.0


@pytest.mark.parametrize("b", [0.0, 0.3, 1.0])
def test_the_first_rate_and_the_first_slope_are_those_it_was_given(b: float) -> None:
    decline = Decline(80.0, 0.07, b)
    first, soon = decline.rate(np.array([0.0, 1e-4]))
    assert first == pytest.approx(80.0)
    assert (soon - first) / 1e-4 / 80 == pytest.approx(-0.07, rel=1e-4)


def test_between_its_limits_a_curve_goes_over_into_them() -> None:
    time = np.array([3.0, 30.0])
    for b, near in ((0.0, 1e-5), (1.0, 1 - 1e-6)):
        limit, close = Decline(50, 0.1, b), Decline(50, 0.1, near)
        assert close.rate(time) == pytest.approx(limit.rate(time), rel=1e-3)
        assert close.cumulative(30) == pytest.approx(limit.cumulative(30), rel=1e-3)


@pytest.mark.parametrize(
    ("b", "kind"),
    [
        (0.0, "exponential"),
        (0.019, "exponential"),
        (0.02, "hyperbolic"),
        (0.98, "hyperbolic"),
        (0.99, "harmonic"),
    ],
)
def test_a_kind_has_its_name_by_b(b: float, kind: str) -> None:
    assert Decline(1.0, 1.0, b).kind == kind


def test_the_interval_is_as_wide_as_the_spread_and_its_chance() -> None:
    low, high = Decline(100, 0.05, 0.0, None, 0.1).interval(np.array([0.0, 12.0]), level=0.95)
    middle = Decline(100, 0.05, 0.0).rate(np.array([0.0, 12.0]))
    assert np.log(high / middle) == pytest.approx(1.959964 * 0.1)
    assert np.log(middle / low) == pytest.approx(1.959964 * 0.1)


def test_an_uncertain_rate_widens_all_and_an_uncertain_decline_the_future() -> None:
    """For an exponential ∂ln q/∂ln q_i = 1 and ∂ln q/∂ln D = −D·t."""
    time = np.array([0.0, 10.0, 20.0])
    of_rate = Decline(100, 0.05, 0.0, np.diag([0.04, 0, 0]), 0.0).interval(time, 0.8)
    assert np.log(of_rate[1] / of_rate[0]) == pytest.approx(2 * 1.2815516 * 0.2, rel=1e-4)
    of_decline = Decline(100, 0.05, 0.0, np.diag([0, 0.04, 0]), 0.0).interval(time, 0.8)
    expected = 2 * 1.2815516 * 0.2 * 0.05 * time
    assert np.log(of_decline[1] / of_decline[0]) == pytest.approx(expected, rel=5e-3, abs=1e-9)


@pytest.mark.parametrize(("b", "kind"), [(0.0, "exponential"), (0.5, "hyperbolic"), (1.0, "harmonic")])
def test_a_made_decline_is_found_with_its_kind(b: float, kind: str) -> None:
    made = Decline(120.0, 0.08, b)
    found, scores = best_fit(MONTH, made.rate(MONTH))
    assert found.kind == kind
    assert (found.initial_rate, found.initial_decline) == pytest.approx((120.0, 0.08), rel=1e-3)
    assert found.b == pytest.approx(b, abs=5e-3)
    assert set(scores) == {"exponential", "hyperbolic", "harmonic"}


def test_a_third_parameter_must_pay_for_itself() -> None:
    rng = np.random.default_rng(2)
    rate = Decline(120.0, 0.05, 0.0).rate(MONTH) * np.exp(0.05 * rng.normal(size=36))
    found, scores = best_fit(MONTH, rate)
    assert scores["exponential"] - scores["hyperbolic"] < 2.0
    assert found.kind != "harmonic"


def test_the_fit_does_not_care_for_the_units_of_time_and_rate_nor_when_the_clock_began() -> None:
    rate = Decline(120.0, 0.08, 0.5).rate(MONTH)
    once = fit(MONTH, rate, b=0.5)
    other = fit(1e9 + MONTH * 2.6e6, rate / 86_400, b=0.5)
    assert other.initial_rate * 86_400 == pytest.approx(once.initial_rate, rel=1e-3)
    assert other.initial_decline * 2.6e6 == pytest.approx(once.initial_decline, rel=1e-3)


def test_unknown_and_zero_months_are_left_out() -> None:
    rate = Decline(120.0, 0.08, 0.0).rate(MONTH)
    holes = rate.copy()
    holes[[3, 9, 20]] = (np.nan, 0.0, -5.0)
    found = fit(MONTH, holes, b=0.0)
    assert (found.initial_rate, found.initial_decline) == pytest.approx((120.0, 0.08), rel=1e-5)
    late = rate.copy()
    late[:4] = np.nan
    assert fit(MONTH, late, b=0.0).initial_rate == pytest.approx(rate[4], rel=1e-5), "from the first known"


def test_a_bad_month_hardly_moves_the_curve() -> None:
    rate = Decline(120.0, 0.08, 0.0).rate(MONTH)
    rate[10] /= 20
    assert fit(MONTH, rate, b=0.0).initial_decline == pytest.approx(0.08, rel=0.06)


def test_six_rates_are_the_least() -> None:
    rate = Decline(120.0, 0.08, 0.0).rate(MONTH)
    assert fit(MONTH[:6], rate[:6], b=0.0).initial_decline == pytest.approx(0.08, rel=1e-4)
    with pytest.raises(KnownError) as refused:
        fit(MONTH[:5], rate[:5])
    assert refused.value.code == "decline_few_points"
    assert refused.value.details == {"count": 5, "least": 6}


@pytest.mark.parametrize("rate", [np.full(12, 50.0), np.linspace(50, 60, 12)])
def test_rates_that_do_not_fall_are_no_decline(rate: np.ndarray) -> None:
    with pytest.raises(KnownError) as refused:
        fit(MONTH[:12], rate)
    assert refused.value.code == "decline_not_falling"


def test_the_spread_is_the_scatter_of_logarithms_and_is_in_the_covariance() -> None:
    rng = np.random.default_rng(5)
    time = np.arange(400.0)
    noise = 0.06 * rng.normal(size=400)
    found = fit(time, Decline(100.0, 0.004, 0.0).rate(time) * np.exp(noise), b=0.0)
    assert found.spread == pytest.approx(0.06, rel=0.15)
    assert found.covariance is not None
    assert found.covariance[2].tolist() == [0, 0, 0], "b was given"
    # Of a straight line through n evenly spaced points the height's variance is 4·σ²/n.
    assert math.sqrt(found.covariance[0, 0]) == pytest.approx(2 * 0.06 / math.sqrt(400), rel=0.25)


def test_what_declines_is_never_said_to_give_more_than_at_its_beginning() -> None:
    """Ten weeks of a steep fall leave the decline so unsure that its interval alone would grow for ever."""
    week = np.arange(10.0)
    rate = 100 * np.exp(-0.15 * week + 0.2 * np.sin(2.1 * week))
    decline, _ = best_fit(week, rate)
    _, high = decline.interval(np.linspace(0, 200, 50))
    assert high.max() <= 1.01 * high[0]
    assert high[0] < 300


# ---- how sure ----------------------------------------------------------------------------------------------


def sure_of(off: np.ndarray) -> Decline:
    """An exponential decline with these months beside it."""
    decline = Decline(80.0, 0.05, 0.0)
    return honest(decline, MONTH, np.log(decline.rate(MONTH)) + off)


def expected_spread(alike: float, scale: float) -> float:
    """Of 36 months, by the formula of the docstring; the normal's 90 % quantile is 1.28155."""
    share = (1 - alike) / (1 + alike)
    variance = scale**2 * 36 / 33 / max(1 - 1 / (share * 36), 0.5)
    return math.sqrt(variance) * (1 + (1.28155**2 + 1) / (4 * max(share * 36 - 3, 2.0)))


def test_months_to_and_fro_are_36_and_months_in_a_row_are_fewer() -> None:
    """Off by a tenth: the scale of the median is 0.148. Of blocks of six 30 of 35 neighbours are alike and
    five are not; the bias of so short a row is put on: ρ + (1 + 3ρ)/n.
    """
    to_and_fro = 0.1 * (-1.0) ** np.arange(36)
    blocks = 0.1 * (-1.0) ** (np.arange(36) // 6)
    alike = (30 - 5) / 36
    assert sure_of(to_and_fro).spread == pytest.approx(expected_spread(0.0, 0.14826), rel=1e-5)
    assert sure_of(blocks).spread == pytest.approx(
        expected_spread(alike + (1 + 3 * alike) / 36, 0.14826), rel=1e-5
    )


def test_months_that_all_lie_on_one_side_are_no_more_alike_than_nine_tenths() -> None:
    assert sure_of(np.full(36, 0.1)).spread == pytest.approx(expected_spread(0.9, 0.14826), rel=1e-5)


def test_a_month_far_off_counts_as_three_of_the_others() -> None:
    """0.1 to and fro, one of them by 5: as if by 0.44."""
    off = 0.1 * (-1.0) ** np.arange(36)
    wild, cut = off.copy(), off.copy()
    wild[10], cut[10] = 5.0, 3 * 0.14826
    assert sure_of(wild).spread == pytest.approx(sure_of(cut).spread, rel=1e-9)


def test_b_is_known_to_four_tenths_before_a_well_has_told_it() -> None:
    """Six months that scatter by themselves tell nothing of b."""
    decline = Decline(80.0, 1e-4, 0.0)
    few = MONTH[:6]
    found = honest(decline, few, np.log(decline.rate(few)) + 0.3 * (-1.0) ** np.arange(6))
    assert found.covariance is not None
    z = 1.28155
    wider = 1 + (z**2 + 1) / (4 * 3)
    assert math.sqrt(found.covariance[2, 2]) == pytest.approx(0.4 * wider, rel=1e-3)
