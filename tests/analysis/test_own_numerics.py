"""What the program computes itself so as not to wait for a library, against that library."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis import few
from app.analysis.cards import gearbox
from app.analysis.decline import arps
from app.analysis.esp.changes import segment_ends
from app.analysis.smooth_curve import along, between, spline_slopes, table
from app.analysis.transient.descent import descend
from tests.proofs import examples

HEADS = st.floats(-50, 50).map(lambda value: round(value, 3))


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.tuples(st.floats(0.05, 3), HEADS), min_size=2, max_size=15))
def test_the_smooth_curve_is_scipys_pchip(points: list[tuple[float, float]]) -> None:
    from scipy.interpolate import PchipInterpolator

    x = np.cumsum([step for step, _ in points])
    y = np.array([head for _, head in points])
    at = np.linspace(x[0], x[-1], 57)
    assert between(at, x, y) == pytest.approx(PchipInterpolator(x, y)(at), abs=1e-9)


def test_the_smooth_curve_makes_no_bumps() -> None:
    x, y = np.arange(6.0), np.array([10.0, 10.0, 9.0, 3.0, 3.0, 1.0])
    fine = between(np.linspace(0, 5, 1001), x, y)
    assert np.all(np.diff(fine) <= 1e-12)


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(8, 150), st.integers(0, 4))
def test_segments_are_those_of_ruptures(seed: int, count: int, changes: int) -> None:
    import ruptures

    rng = np.random.default_rng(seed)
    level = np.zeros(count)
    for place in rng.integers(0, count, changes):
        level[place:] += rng.normal(0, 8)
    values, penalty = level + rng.normal(0, 1, count), 12 * math.log(count)
    known = ruptures.KernelCPD(kernel="linear", min_size=4).fit(values).predict(pen=penalty)
    assert segment_ends(values, 4, penalty) == known


@given(
    st.lists(st.floats(-1e9, 1e9).map(lambda value: round(value, 3)), min_size=1, max_size=60),
    st.floats(0, 100),
    st.integers(-200, 200),
)
def test_statistics_of_a_few_numbers_are_numpys_to_the_bit(
    numbers: list[float], percent: float, places: int
) -> None:
    values = np.array(numbers)
    assert few.percentile(values, percent) == np.percentile(values, percent)
    assert few.between(values, 2, 98) == tuple(np.percentile(values, [2, 98]))
    assert few.median(values) == np.median(values)
    assert np.array_equal(few.turned(values, places), np.roll(values, places))


def test_the_best_counterweight_gives_both_strokes_the_same_peak() -> None:
    rng = np.random.default_rng(3)
    for _ in range(200):
        turn = 2 * np.pi * np.arange(120) / 120
        rod = 3e4 * np.sin(turn) + rng.normal(0, 4e3, 120) + rng.uniform(0, 2e4) * np.sin(turn)
        lever = np.sin(turn + rng.uniform(-0.2, 0.2))
        best = gearbox._best_moment(rod, lever)
        up, down = gearbox._peaks(rod - best * lever, rod)
        assert up == pytest.approx(down, rel=1e-9)


def test_declines_are_laid_through_rates_as_well_as_by_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made declines of every kind, some with a rate far off: the cost is within a hundredth of scipy's."""
    from scipy.optimize import least_squares as scipys

    rng, costs = np.random.default_rng(5), []

    def both(off: Any, starts: Any, limits: Any, most: int) -> Any:
        ours = descend(off, starts, limits, most)
        inside = np.clip(starts[0], limits[0] + 1e-9, limits[1] - 1e-9)
        theirs = scipys(lambda x: off(x[None])[0], inside, bounds=limits, x_scale="jac")
        costs.append((float(ours.costs[0]), float(theirs.cost)))
        return ours

    monkeypatch.setattr(arps, "descend", both)
    for shape in (0.0, 0.3, 0.7, 1.0) * 5:
        time_s = np.arange(rng.integers(8, 60)) * 30 * 86_400.0
        rate = arps.Decline(rng.uniform(1e-4, 1e-2), rng.uniform(5e-9, 1e-7), shape).rate(time_s)
        rate *= np.exp(rng.normal(0, 0.05, len(rate)))
        rate[rng.integers(len(rate))] *= rng.choice([1.0, 3.0])
        arps.best_fit(time_s, rate)
    assert len(costs) == 60
    assert [pair for pair in costs if pair[0] > 1.01 * pair[1] + 1e-9] == []


def test_splines_are_scipys_also_of_many_curves_at_once_and_from_a_table() -> None:
    from scipy.interpolate import CubicSpline

    x = np.sort(np.random.default_rng(0).uniform(0, 10, 60))
    at = np.linspace(x[0], x[-1], 500).reshape(50, 10)
    slopes = spline_slopes(x, np.eye(60))
    assert along(at, x, np.eye(60), slopes) == pytest.approx(CubicSpline(x, np.eye(60))(at), abs=1e-11)
    even = np.linspace(0, 6, 50)
    kept = table(0.0, float(even[1]), np.sin(even), np.cos(even))
    inside = np.linspace(0, 6, 333)
    assert kept(inside) == pytest.approx(along(inside, even, np.sin(even), np.cos(even)), abs=1e-13)
