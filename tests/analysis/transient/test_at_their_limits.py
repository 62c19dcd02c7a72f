"""Small parts at the values where they turn: drifts, clocks, windows, levels, starts; each by its formula."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from app.analysis.transient import fitting
from app.analysis.transient.derivative import SMOOTHING, bourdet, derivative_pa
from app.analysis.transient.drifting import Drift
from app.analysis.transient.fitting import Fitter
from app.analysis.transient.gauges import compared
from app.analysis.transient.models import Model
from app.analysis.transient.record import Response
from app.analysis.transient.regimes import log_slopes
from app.analysis.transient.starting import first_values, starts
from tests.analysis.transient.test_contest import MD, RATE, ROCK, WELL, record
from tests.analysis.transient.test_interpret import fit
from tests.analysis.transient.test_starting import flat

FAULT = Model(edges="fault")
AT = np.arange(0.0, 36_000.0, 60.0)


# ---- drifts and clocks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("times", "skin", "ahead", "contradicts"),
    [
        (math.exp(0.101), 0.0, 1.0, True),
        (math.exp(-0.101), 0.0, 1.0, True),
        (math.exp(0.099), 0.0, 1.0, False),
        (1.0, 0.5, 1.0, False),
        (1.0, 0.51, 1.0, True),
        (1.0, -0.51, 1.0, True),
        (2.0, 0.0, 0.0, True),
        (2.0, 0.0, -1e-9, False),
    ],
)
def test_another_well_is_one_by_a_tenth_of_k_or_half_a_skin_where_the_drift_is_no_less_likely(
    times: float, skin: float, ahead: float, contradicts: bool
) -> None:
    answer = fit(FAULT, permeability_m2=30 * MD, skin=3.0)
    drift = Drift(0.05, fit(permeability_m2=30 * MD * times, skin=3.0 + skin), ahead)
    assert drift.contradicts(answer, ROCK) is contradicts


@pytest.mark.parametrize("ahead_s", [900.0, -900.0])
@pytest.mark.parametrize("begins_s", [0.0, 1e6])
def test_a_clock_is_looked_for_within_a_fiftieth_of_what_both_know(ahead_s: float, begins_s: float) -> None:
    """Also in a record whose clock had run for days before."""

    def pressure(at: np.ndarray) -> np.ndarray:
        return 2e7 + 1e6 * (1 - np.exp(-at / 3000))

    found = compared(begins_s + AT, pressure(AT - ahead_s), begins_s + AT, pressure(AT))
    assert found is not None
    assert found.clock_s == pytest.approx(math.copysign(AT[-1] / 50, ahead_s))


@pytest.mark.parametrize(("errors", "drifts"), [(3.9, False), (4.1, True)])
def test_a_drift_is_one_from_four_of_its_standard_errors_on(errors: float, drifts: bool) -> None:
    """Of a pressure that stands: σ/√Σ(t − t̄)², σ by the scatter; up and down by 300 Pa is no drift."""
    lies = 300.0 * np.resize([1.0, -1.0, -1.0, 1.0], 120)
    at = np.arange(120) * 300.0
    error = 1.4826 * 300.0 / math.sqrt(float(((at - at.mean()) ** 2).sum()))
    still = np.full(120, 2e7)
    found = compared(at, still + lies + errors * error * at, at, still)
    assert found is not None
    assert found.drift_pa_per_s == pytest.approx(errors * error, rel=1e-3)
    assert found.drifts is drifts


def test_of_many_moments_a_hundred_and_twenty_are_heard_from_the_first_to_the_last() -> None:
    """A lie at the last of them counts, the drift runs to it."""
    at = np.arange(5_000.0)
    still = np.full(5_000, 2e7)
    found = compared(at, still + 0.01 * at, at, still)
    assert found is not None
    assert found.count == 120
    assert found.drift_pa_per_s == pytest.approx(0.01)
    assert found.scatter_pa == pytest.approx(0.0, abs=1e-6)


# ---- windows -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [1.0, -1.0])
@pytest.mark.parametrize("ends_s", [150.0, 1e5])
def test_a_derivatives_window_is_of_the_span_of_superposition_and_never_wider_than_of_time(
    share: float, ends_s: float
) -> None:
    """Also in a record of less than a logarithm, and where a rate before makes X go further than ln t."""
    time_s = np.geomspace(100.0, ends_s, 41)
    bumps = 1e6 + 1e4 * np.log(time_s) + 500 * (-1.0) ** np.arange(41)
    response = Response(time_s, 1e7 + bumps, 1e7, 1e-3, ((200.0, share * 1e-3),), False, ROCK)
    x = response.superposition
    wide = min(1.0, float(x[-1] - x[0]) / math.log(ends_s / 100.0))
    assert wide < 1 if share > 0 else wide == 1
    assert derivative_pa(response) == pytest.approx(bourdet(x, bumps, SMOOTHING * math.log(10) * wide))


def test_a_slope_is_that_of_a_line_through_a_quarter_of_a_cycle_to_each_side() -> None:
    """Fifteen points to a cycle: three to each side, fewer at the ends; far apart, the two nearest."""
    time_s = 10 ** (np.arange(40) / 15)
    slope = np.exp(np.random.default_rng(2).normal(9.0, 1.0, 40))
    x, y = np.log10(time_s), np.log10(slope)
    expected = []
    for at in x:
        near = np.abs(x - at) <= 0.25 + 1e-9
        expected.append(np.polyfit(x[near], y[near], 1)[0])
    assert log_slopes(time_s, slope) == pytest.approx(expected)
    far = 10 ** np.array([0.0, 1.0, 3.0, 3.5])
    heights = np.array([1.0, 10.0, 10.0, 1e3])
    found = log_slopes(far, heights)
    assert found[0] == pytest.approx(np.polyfit([0.0, 1.0, 3.0], [0.0, 1.0, 1.0], 1)[0])
    assert found[3] == pytest.approx(np.polyfit([1.0, 3.0, 3.5], [1.0, 1.0, 3.0], 1)[0])


# ---- starts ------------------------------------------------------------------------------------------------


def test_k_is_drawn_about_the_tenth_and_the_ninetieth_percent_of_the_later_two_thirds() -> None:
    of = flat()
    n = len(of.slope_pa)
    levels = np.random.default_rng(1).permutation(np.geomspace(1e3, 1e5, n))
    levels[: n // 3] = 1e9
    levels[-2:] = -5.0, 0.0
    later = np.sort(levels[n // 3 :])[2:]
    low, high = np.quantile(later, 0.1), np.quantile(later, 0.9)
    bare = cast(Fitter, replace(of, slope_pa=levels))
    k = first_values(bare, 86_400.0, 4_000)["permeability_m2"]
    assert k.min() == pytest.approx(ROCK.permeability(RATE, float(high)) / 2, rel=0.01, abs=0)
    assert k.max() == pytest.approx(ROCK.permeability(RATE, float(low)) * 2, rel=0.01, abs=0)


def test_blocks_give_between_three_first_times_and_the_whole_test() -> None:
    """2/λ of dimensionless time; of a test that begins after hours no limit stands in the way."""
    of = flat()
    late = replace(of.response, time_s=of.response.time_s * 1e4)
    drawn = first_values(cast(Fitter, replace(of, whole=replace(of.whole, response=late))), 1e8, 4_000)
    diffusion = np.array([ROCK.diffusion_per_s(k) for k in drawn["permeability_m2"]])
    given_s = 2.0 / (diffusion * drawn["interporosity_flow"])
    first_s = float(late.time_s[0])
    assert given_s.min() == pytest.approx(3 * first_s, rel=0.02)
    assert given_s.max() == pytest.approx(1e8, rel=0.02)


@pytest.mark.parametrize(("times", "counts"), [(9.99, False), (10.0, False), (10.01, True)])
def test_storage_is_the_least_that_samples_over_ten_times_the_noise_tell(times: float, counts: bool) -> None:
    """One sample rises four times as fast as all others, and is so many times the noise of the first."""
    of = flat()
    time_s = of.response.time_s
    n = len(time_s)
    rise = 1e3 * time_s
    noise = np.full(n, 1e9)
    noise[0] = 4 * rise[2] / times
    rise[2] = times * noise[0]
    response = replace(of.response, pressure_pa=rise, start_pa=0.0)
    bare = cast(Fitter, replace(of, whole=replace(of.whole, response=response), off_pressure_pa=noise))
    heard = (rise > 10 * noise[0]) | ((np.arange(n) == 2) & counts)
    assert bool(heard[2]) is counts
    unit = RATE * 1.2 * float(np.min((time_s / rise)[heard]))
    stored = first_values(bare, 86_400.0)["wellbore_storage_m3_per_pa"]
    assert (stored.min() / unit, stored.max() / unit) == pytest.approx((0.8, 1.05), rel=0.02)


def test_where_nothing_is_over_the_noise_all_that_rose_is_heard() -> None:
    of = flat()
    n = len(of.response.time_s)
    rise = np.where(np.arange(n) < n // 2, -1.0, 4e3 * of.response.time_s)
    response = replace(of.response, pressure_pa=rise, start_pa=0.0)
    deaf = replace(of, whole=replace(of.whole, response=response), off_pressure_pa=np.full(n, 1e9))
    unit = RATE * 1.2 / 4e3
    stored = first_values(cast(Fitter, deaf), 86_400.0)["wellbore_storage_m3_per_pa"]
    assert (stored.min() / unit, stored.max() / unit) == pytest.approx((0.8, 1.05), rel=0.02)


@pytest.mark.parametrize(
    ("lift", "skin"), [(0.0, 3.0), (4.0, 7.0), (500.0, 80.0), (-500.0, -7.0), (70.0, 73.0)]
)
def test_the_skin_of_a_start_takes_up_what_the_last_five_samples_stand_higher(
    lift: float, skin: float
) -> None:
    """ΔS = δp·2π·k·h/(q·B·μ); the sixth from the end does not count, and eighty are enough."""
    of = fitting.fitter(record(Model(), 48.0, noise=0.0))
    pressure = of.response.pressure_pa.copy()
    pressure[-5:] += (
        lift * 2 * ROCK.slope_pa(RATE, WELL["permeability_m2"]) * np.array([0.5, 1.5, 1.0, 0.2, 1.8])
    )
    pressure[-6] += 9e6
    response = replace(of.response, pressure_pa=pressure)
    lifted = cast(Fitter, replace(of, whole=replace(of.whole, response=response)))
    drawn = {name: np.full(6, value) for name, value in WELL.items()}
    found = starts(lifted, Model(), drawn, 6)
    assert found[:, 2] == pytest.approx(np.full(6, skin), abs=0.02)
    low, high = Model().limits
    assert ((found > low) & (found < high)).all()


def test_a_fracture_has_no_skin_to_set_and_what_is_no_number_comes_last() -> None:
    of = fitting.fitter(record(Model(), 48.0, noise=0.0))
    drawn = {name: np.full(6, value) for name, value in WELL.items()}
    drawn["fracture_half_length_m"] = np.array([1.0, 3.0, 10.0, 30.0, 100.0, 300.0])
    found = starts(of, Model("fracture_infinite"), drawn, 6)
    costs = (of.residuals(Model("fracture_infinite"), found) ** 2).sum(axis=1)
    assert (np.diff(costs) >= 0).all()
    assert np.exp(np.sort(found[:, 2])) == pytest.approx(drawn["fracture_half_length_m"])
    assert len(starts(of, Model("fracture_infinite"), drawn)) == 5
