"""Bourdet's derivative: exact on lines, by hand on three points, blind to offsets and units."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.transient.derivative import SMOOTHING, bourdet, derivative_pa
from app.analysis.transient.record import Formation, Response
from tests.proofs import examples

ROCK = Formation(1.1, 1e-3, 0.15, 10.0, 1e-9, 0.1)


def of(change_pa: np.ndarray, time_s: np.ndarray, *, produced_s: float | None = None) -> Response:
    steps = () if produced_s is None else ((produced_s, 1e-3),)
    return Response(time_s, 10e6 + change_pa, 10e6, 1e-3, steps, False, ROCK)


@given(slope=st.floats(-1e6, 1e6), height=st.floats(-1e6, 1e6), window=st.floats(0.0, 3.0))
@settings(max_examples=examples(30))
def test_of_a_straight_line_it_is_the_slope_whatever_the_window(
    slope: float, height: float, window: float
) -> None:
    x = np.array([0.0, 0.1, 0.5, 0.6, 1.4, 2.0, 3.5])
    assert bourdet(x, slope * x + height, window) == pytest.approx(slope, rel=1e-6, abs=1e-6)


def test_three_points_are_weighed_by_the_other_sides_width() -> None:
    """Slopes 1 over 1 and 4 over 2: (1·2 + 4·1)/3 in the middle; an end has one side."""
    found = bourdet(np.array([0.0, 1.0, 3.0]), np.array([0.0, 1.0, 9.0]), 0.0)
    assert found == pytest.approx([1.0, 2.0, 4.0])


def test_points_nearer_than_the_window_are_passed_over() -> None:
    x = np.array([0.0, 0.9, 1.0, 1.1, 2.0])
    y = np.array([0.0, 50.0, 1.0, -50.0, 2.0])
    assert bourdet(x, y, 0.5)[2] == pytest.approx(1.0)
    assert bourdet(x, y, 0.05)[2] == pytest.approx(-500.0, rel=0.02)


def test_a_point_just_a_window_away_is_far_enough() -> None:
    x = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    y = np.array([0.0, 9.0, 0.0, 7.0, 0.0])
    assert bourdet(x, y, 0.25)[2] == pytest.approx((-9 / 0.25 + 7 / 0.25) / 2)
    assert bourdet(x, y, 0.5)[2] == pytest.approx(0.0)


def test_of_a_parabola_with_even_steps_it_is_the_tangent_inside() -> None:
    x = np.linspace(0, 5, 51)
    assert bourdet(x, x**2, 0.31)[5:-5] == pytest.approx(2 * x[5:-5])


def test_it_is_smoothed_over_a_fifth_of_a_log_cycle_unless_told_otherwise() -> None:
    assert SMOOTHING == 0.2
    time_s = np.geomspace(60, 1e5, 60)
    test = of(1e5 * np.log(time_s) + 3e3 * np.sin(9 * np.log(time_s)), time_s)
    assert derivative_pa(test).tolist() == derivative_pa(test, 0.2).tolist()
    assert derivative_pa(test).tolist() != derivative_pa(test, 0.4).tolist()


def test_two_points_have_one_slope_and_one_moment_none() -> None:
    assert bourdet(np.array([1.0, 3.0]), np.array([2.0, 8.0]), 0.2) == pytest.approx([3.0, 3.0])
    assert bourdet(np.array([1.0]), np.array([2.0]), 0.2).tolist() == [0.0]


def test_radial_flow_is_a_plateau_and_storage_equals_the_change() -> None:
    time_s = np.geomspace(1, 1e5, 101)
    assert derivative_pa(of(3e4 * np.log(time_s), time_s)) == pytest.approx(3e4)
    stored = derivative_pa(of(50 * time_s, time_s), smoothing=0.02)[2:-2]
    assert stored == pytest.approx(50 * time_s[2:-2], rel=0.01)


def test_after_a_production_time_the_plateau_is_by_superposition_time() -> None:
    time_s = np.geomspace(10, 1e5, 81)
    response = of(np.zeros(81), time_s, produced_s=5e4)
    change = 2e4 * response.superposition
    assert derivative_pa(response, change_pa=change) == pytest.approx(2e4)


def test_a_models_change_stands_in_for_the_measured_one() -> None:
    time_s = np.geomspace(1, 1e4, 41)
    response = of(1e4 * np.log(time_s), time_s)
    assert derivative_pa(response, change_pa=7e4 * np.log(time_s)) == pytest.approx(7e4)
    assert derivative_pa(response) == pytest.approx(1e4)


def test_the_window_is_in_log_cycles_and_shrinks_where_superposition_hardly_moves() -> None:
    time_s = np.geomspace(1, 1e4, 81)
    bumps = 1e4 * np.log(time_s) + 500 * (-1.0) ** np.arange(81)
    whole = derivative_pa(of(bumps, time_s))
    assert whole == pytest.approx(bourdet(np.log(time_s), bumps, SMOOTHING * math.log(10)))
    late = of(bumps, time_s, produced_s=100.0)
    x = late.superposition
    half = SMOOTHING * math.log(10) * float(x[-1] - x[0]) / math.log(1e4)
    assert derivative_pa(late) == pytest.approx(bourdet(x, bumps, half))
    assert half < SMOOTHING * math.log(10)
