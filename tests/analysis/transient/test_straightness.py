"""Straightness of a window by polynomials of NumPy, which is a second way to the same, and how windows are
heard together.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from app.analysis.transient import radial
from app.analysis.transient.derivative import derivative_pa
from app.analysis.transient.radial import find, storage_end_s
from app.analysis.transient.record import Formation, Response

ROCK = Formation(1.1, 1e-3, 0.15, 10.0, 1e-9, 0.1)
SLOPE = 5e4


def made(bend: float, scatter: float, seed: int, count: int, *, falling: bool = False) -> Response:
    """A line over the logarithm of uneven times, bent and shaken by shares of its slope."""
    rng = np.random.default_rng(seed)
    time_s = np.sort(10 ** rng.uniform(2.0, 4.5, count))
    x = np.log(time_s)
    x = (x - x.mean()) / np.ptp(x)
    rise = (
        6e5
        + SLOPE * np.ptp(np.log(time_s)) * (x + bend / 2 * x**2)
        + scatter * SLOPE * rng.normal(size=count)
    )
    sign = -1.0 if falling else 1.0
    return Response(time_s, 2e7 + sign * rise, 2e7, sign * 1e-3, (), falling, ROCK)


def by_polynomials(response: Response, i: int, j: int) -> tuple[float, float, float, float, float] | None:
    """(slope, worth if it is straight, scatter, bend, the bend over its error) of samples i … j − 1."""
    x, y = np.log(response.time_s[i:j]), response.sign * response.pressure_pa[i:j]
    weight = np.gradient(x)
    line = np.polyfit(x, y, 1, w=np.sqrt(weight))
    if line[0] <= 0:
        return None
    off = y - np.polyval(line, x)
    scatter = math.sqrt(float((weight * off**2).sum() / weight.sum())) / line[0]
    curve, spread = np.polyfit(x, y, 2, w=np.sqrt(weight), cov=True)
    bend = abs(2 * curve[0]) * float(np.ptp(x)) / line[0]
    worth = float(np.ptp(x)) / math.log(10) - 3 * scatter - bend
    return float(line[0]), worth, scatter, bend, abs(curve[0]) / math.sqrt(spread[0, 0])


@pytest.mark.parametrize("falling", [False, True])
def test_a_window_is_as_straight_as_polynomials_of_the_first_and_second_degree_say(falling: bool) -> None:
    """Scatter within a tenth, bend within four, and either 3.5 of its own errors or eight hundredths."""
    decided: dict[str, int] = {}
    for seed in range(120):
        rng = np.random.default_rng(1000 + seed)
        bend, scatter = rng.choice([0.0, 0.07, 0.12, 0.35, 0.45]), rng.choice([0.001, 0.03, 0.09, 0.12])
        response = made(bend, scatter, seed, int(rng.integers(12, 40)), falling=falling)
        found = radial._window(response, 1, len(response.time_s) - 1)
        expected = by_polynomials(response, 1, len(response.time_s) - 1)
        assert found is not None
        assert expected is not None
        slope, worth, off, bent, seen = expected
        why = (
            "scatter"
            if off >= 0.1
            else "bend"
            if bent >= 0.4
            else "seen"
            if seen >= 3.5 and bent >= 0.08
            else ""
        )
        assert found.slope_pa == pytest.approx(slope, rel=1e-9)
        assert found.worth == (-math.inf if why else pytest.approx(worth, rel=1e-8))
        assert found.slope_spread_pa == 0.0
        assert (found.from_s, found.to_s) == (response.time_s[1], response.time_s[-2])
        decided[why] = decided.get(why, 0) + 1
    assert min(decided.get(why, 0) for why in ("", "scatter", "bend", "seen")) >= 5


def test_of_three_samples_the_bend_has_no_error_and_of_one_height_there_is_no_line() -> None:
    """A parabola goes through three: what is left of it is nothing, and any bend from 0.08 on is one."""
    time_s = np.exp(np.array([5.0, 6.0, 7.0]))
    for bend, straight in ((0.07, True), (0.09, False)):
        x = np.array([-1.0, 0.0, 1.0])
        pressure = 2e7 + SLOPE * (x + bend / 4 * x**2)
        found = radial._window(Response(time_s, pressure, 1.9e7, 1e-3, (), False, ROCK), 0, 3)
        assert found is not None
        assert (found.worth > -math.inf) is straight
    flat = Response(time_s, np.full(3, 2e7), 1.9e7, 1e-3, (), False, ROCK)
    assert radial._window(flat, 0, 3) is None
    still = Response(np.full(3, 5.0), 2e7 + np.arange(3.0), 1.9e7, 1e-3, (), False, ROCK)
    assert radial._window(still, 0, 3) is None


@pytest.mark.parametrize("unit", [1.0, 1e-6])
def test_windows_are_heard_by_e_to_eight_times_their_worth_whatever_the_unit_of_pressure(unit: float) -> None:
    """Permeabilities are averaged, so slopes by their reciprocals; the spread is that of slopes about it."""
    response = made(0.06, 0.05, 5, 30)
    pressure = 2e7 + unit * (response.pressure_pa - 2e7)
    response = replace(
        response,
        pressure_pa=pressure if unit == 1.0 else pressure - 2e7,
        start_pa=2e7 if unit == 1.0 else 0.0,
    )
    first = int(np.searchsorted(response.time_s, storage_end_s(response)))
    tried = [
        window
        for i in range(first, 30)
        for j in range(i + 5, 31)
        if response.time_s[j - 1] / response.time_s[i] >= 10**0.33
        and (window := radial._window(response, i, j)) is not None
        and window.worth > -math.inf
    ]
    assert len(tried) > 20
    weight = np.exp(8 * np.array([one.worth for one in tried]))
    slopes = np.array([one.slope_pa for one in tried])
    mean = weight.sum() / (weight / slopes).sum()
    best = max(tried, key=lambda one: one.worth)
    found = find(response)
    assert found is not None
    assert found.slope_pa == pytest.approx(mean)
    assert found.slope_spread_pa == pytest.approx(
        math.sqrt((weight * (slopes - mean) ** 2).sum() / weight.sum())
    )
    assert (found.points, found.from_s, found.to_s, found.worth) == (
        best.points,
        best.from_s,
        best.to_s,
        best.worth,
    )


@pytest.mark.parametrize("unit", [1.0, 1e-6])
def test_storage_ends_with_the_sample_after_the_last_at_which_the_derivative_is_over_half_of_the_change(
    unit: float,
) -> None:
    """Also where it fell below and came up again, and whatever the unit of pressure."""
    time_s = np.geomspace(1.0, 1e4, 41)
    change = unit * 1e3 * np.where(time_s < 10, time_s, 10 * (1 + 0.2 * np.log(time_s / 10)))
    twice = np.where((time_s > 30) & (time_s < 60), change * np.sqrt(time_s / 30), change)
    for rise in (change, np.maximum.accumulate(twice)):
        response = Response(time_s, rise, 0.0, 1e-3, (), False, ROCK)
        last = np.flatnonzero(derivative_pa(response) > 0.5 * rise)[-1]
        assert storage_end_s(response) == time_s[last + 1]


def test_a_window_begins_with_the_later_of_storages_end_and_what_was_asked() -> None:
    response = made(0.0, 0.0, 3, 60)
    for asked in (0.0, float(response.time_s[11])):
        found = find(response, asked)
        assert found is not None
        assert found.from_s == max(storage_end_s(response), asked)
