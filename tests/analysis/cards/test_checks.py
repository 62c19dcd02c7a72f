"""Valve checks: each limit from both sides, both valves, and the leak by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.cards.checks import ValveCheck, judge

TIME = np.linspace(0.0, 10.0, 21)
AT_REST = {
    "buoyant_weight_n": 30e3,
    "fluid_load_n": 10e3,
    "plunger_area_m2": 1.5e-3,
    "rod_compliance_m_per_n": 2e-5,
}


def check(valve: str, start: float, rate: float, time_s: np.ndarray = TIME) -> ValveCheck:
    return judge(valve, time_s, start + rate * (time_s - time_s[0]), **AT_REST)


def test_a_tight_valve_holds_the_load_where_it_should() -> None:
    travelling, standing = check("traveling", 40e3, 0.0), check("standing", 30e3, 0.0)
    assert (travelling.valve, travelling.expected_n, travelling.verdict) == ("traveling", 40e3, "tight")
    assert (standing.valve, standing.expected_n, standing.verdict) == ("standing", 30e3, "tight")
    assert travelling.leak_m3_per_s == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize(
    ("share_in_ten_seconds", "verdict"),
    [(0.04, "tight"), (0.06, "worn"), (0.24, "worn"), (0.26, "leaks")],
)
def test_what_is_lost_in_ten_seconds_judges_either_valve(share_in_ten_seconds: float, verdict: str) -> None:
    rate = share_in_ten_seconds * 10e3 / 10
    assert check("traveling", 40e3, -rate).verdict == verdict
    assert check("standing", 30e3, rate).verdict == verdict


@pytest.mark.parametrize(
    ("short", "verdict"), [(0.19, "tight"), (0.21, "worn"), (0.39, "worn"), (0.41, "leaks")]
)
def test_what_is_missing_at_once_judges_either_valve(short: float, verdict: str) -> None:
    assert check("traveling", 40e3 - short * 10e3, 0.0).verdict == verdict
    assert check("standing", 30e3 + short * 10e3, 0.0).verdict == verdict


def test_a_load_that_goes_the_other_way_is_no_leak() -> None:
    for found in (check("traveling", 40e3, 2e3), check("standing", 30e3, -2e3)):
        assert found.leak_m3_per_s == 0.0
        assert found.verdict == "tight"
    assert check("traveling", 49e3, 0.0).verdict == "tight", "friction holds the load up"
    assert check("standing", 21e3, 0.0).verdict == "tight"


@pytest.mark.parametrize(("valve", "sign"), [("traveling", -1), ("standing", 1)])
def test_the_leak_is_what_the_shortening_rods_let_the_plunger_rise(valve: str, sign: int) -> None:
    """500 N/s · 2e-5 m/N · 1.5e-3 m² = 1.5e-5 m³/s."""
    found = check(valve, 35e3, sign * 500.0)
    assert found.leak_m3_per_s == pytest.approx(1.5e-5)
    assert found.rate_n_per_s == pytest.approx(sign * 500.0)
    assert found.start_n == pytest.approx(35e3)


@given(st.floats(-1e6, 1e6))
def test_when_the_clock_began_does_not_matter(began: float) -> None:
    found = check("traveling", 40e3, -80.0, TIME + began)
    assert found.start_n == pytest.approx(40e3)
    assert found.rate_n_per_s == pytest.approx(-80.0, rel=1e-6)


def test_the_line_through_all_points_is_taken_not_the_first_one() -> None:
    load = np.full(21, 40e3) + 300 * np.cos(np.pi * np.arange(21))
    found = judge("traveling", TIME, load, **AT_REST)
    assert found.start_n == pytest.approx(40e3, abs=100)
    assert found.verdict == "tight"


def test_a_pump_without_a_fluid_load_is_judged_without_dividing_by_it() -> None:
    found = judge("traveling", TIME, 30e3 - 0.0 * TIME, **{**AT_REST, "fluid_load_n": 0.0})
    assert found.verdict == "tight"
    assert found.expected_n == 30e3


@pytest.mark.parametrize(("valve", "sign"), [("traveling", -1), ("standing", 1)])
def test_a_pump_that_lifts_hardly_a_newton_is_judged_by_what_it_lifts(valve: str, sign: int) -> None:
    """Of a newton and a half 0.38 are a fourth, of one 0.38 would be worn too and of two hardly."""
    light = AT_REST | {"fluid_load_n": 1.5}
    expected = 30e3 + (1.5 if valve == "traveling" else 0.0)
    still = np.full(21, expected + sign * 0.38)
    assert judge(valve, TIME, still, **light).verdict == "worn"
    moving = expected + sign * 0.0085 * TIME
    assert judge(valve, TIME, moving, **light).verdict == "worn"
    tight = judge(valve, TIME, np.full(21, expected), **AT_REST | {"fluid_load_n": 100.0})
    assert tight.rate_n_per_s == pytest.approx(0.0, abs=1e-9)
    away = expected - sign * 0.5 * TIME + (98.5 if valve == "traveling" else 0.0)
    assert judge(valve, TIME, away, **AT_REST | {"fluid_load_n": 100.0}).verdict == "tight"
