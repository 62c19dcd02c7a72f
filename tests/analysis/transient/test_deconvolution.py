"""One response out of many rates: radial, 0.1 GPa·s/m³ a unit of ln t, summed by hand rate by rate."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.transient import deconvolution
from app.analysis.transient.deconvolution import History, deconvolve

RADIAL, INITIAL, HOUR = 1e8, 3e7, 3600.0


def of_a_unit(time_s: np.ndarray) -> np.ndarray:
    """p_u [Pa·s/m³]; e^-7 s is where the line would begin: a skin of its own."""
    return RADIAL * (np.log(np.maximum(time_s, 1e-3)) + 7.0)


def history(
    *rates: tuple[float, float], end_s: float = 40 * HOUR, noise: float = 0.0, initial: float | None = INITIAL
) -> History:
    """Sixty moments after each change of rate."""
    begins = [at for at, _ in rates]
    ends = [*begins[1:], end_s]
    at = np.concatenate(
        [begin + np.geomspace(10.0, end - begin, 60) for begin, end in zip(begins, ends, strict=True)]
    )
    pressure = np.full(len(at), INITIAL)
    before = 0.0
    for begin, rate in rates:
        later = at > begin
        pressure[later] -= (rate - before) * of_a_unit(at[later] - begin)
        before = rate
    pressure += np.random.default_rng(5).normal(0.0, noise, len(at))
    return History(at, pressure, rates, initial)


TWO = ((0.0, 1e-3), (20 * HOUR, 0.0))


def test_a_drawdown_and_its_build_up_are_one_response_over_the_whole_time() -> None:
    found = deconvolve(history(*TWO))
    assert found.time_s[0] == pytest.approx(10.0)
    assert found.time_s[-1] == pytest.approx(40 * HOUR)
    assert found.slope_pa[4:-1] == pytest.approx(np.full(len(found.time_s) - 5, RADIAL), rel=0.02)
    assert found.drawdown_pa == pytest.approx(of_a_unit(found.time_s), rel=5e-3)
    assert found.initial_pa == pytest.approx(INITIAL, abs=5e3)
    assert found.rates == pytest.approx([1e-3, 0.0], abs=1e-6)
    assert found.misfit_pa < found.noise_pa


def test_nodes_stand_five_to_a_cycle_in_equal_steps() -> None:
    steps = np.diff(np.log10(deconvolve(history(*TWO)).time_s))
    assert steps == pytest.approx(np.full(len(steps), steps[0]))
    assert 0.18 < steps[0] < 0.22


def test_a_rate_that_was_told_two_percent_wrong_is_put_right_by_the_others() -> None:
    """The pressures are of 1.03 of what the second rate is said to be."""
    true = history((0.0, 1e-3), (10 * HOUR, 2.06e-3), (25 * HOUR, 1e-3))
    told = History(
        true.time_s, true.pressure_pa, ((0.0, 1e-3), (10 * HOUR, 2e-3), (25 * HOUR, 1e-3)), INITIAL
    )
    found = deconvolve(told)
    assert found.rates[1] / found.rates[0] == pytest.approx(2.06, rel=3e-3)
    fixed = deconvolve(told, rate_error=0.0)
    assert fixed.rates == pytest.approx([1e-3, 2e-3, 1e-3], rel=1e-4)
    assert fixed.misfit_pa > 3 * found.misfit_pa


def test_what_stood_before_the_first_rate_is_the_beginning_where_nobody_told_it() -> None:
    known = history(*TWO, initial=None)
    still = History(
        np.concatenate([[-7200.0, -3600.0], known.time_s]),
        np.concatenate([[2.5e7, INITIAL], known.pressure_pa]),
        known.rates,
    )
    assert deconvolve(still).initial_pa == pytest.approx(INITIAL, abs=2e3)


def test_a_pressure_told_for_the_beginning_stands_over_what_the_record_begins_with() -> None:
    known = history(*TWO)
    still = History(
        np.concatenate([[-3600.0], known.time_s]),
        np.concatenate([[2.9e7], known.pressure_pa]),
        known.rates,
        INITIAL,
    )
    assert deconvolve(still).initial_pa == pytest.approx(INITIAL, abs=5e3)


@pytest.mark.parametrize("sign", [1.0, -1.0], ids=["produced", "injected"])
def test_without_any_pressure_of_before_the_history_itself_tells_it(sign: float) -> None:
    rates = ((0.0, sign * 1e-3), (10 * HOUR, sign * 2e-3), (25 * HOUR, 0.0))
    found = deconvolve(history(*rates, initial=None))
    assert found.initial_pa == pytest.approx(INITIAL, abs=6e4)
    assert found.slope_pa[5:-3] == pytest.approx(np.full(len(found.time_s) - 8, RADIAL), rel=0.1)


def test_the_noise_of_the_gauge_is_told_by_second_differences_and_the_misfit_is_of_it() -> None:
    """500 Pa, beside what one linear response cannot follow: 5e-4 of the span."""
    noisy = history(*TWO, noise=500.0)
    found = deconvolve(noisy)
    allowed = 500.0 + 5e-4 * float(np.ptp(noisy.pressure_pa))
    assert found.noise_pa == pytest.approx(allowed, rel=0.3)
    assert found.misfit_pa == pytest.approx(500.0, rel=0.3)


def test_a_stiffer_regularisation_bends_less_and_where_it_decides_it_says_so() -> None:
    noisy = history(*TWO, noise=2e4)
    soft, stiff = deconvolve(noisy, bend=0.5), deconvolve(noisy, bend=0.02)
    bends = [float(np.abs(np.diff(np.log(one.slope_pa), 2)).sum()) for one in (soft, stiff)]
    assert bends[0] > 3 * bends[1]
    assert (soft.bend, stiff.bend) == (0.5, 0.02)
    assert soft.sure.shape == soft.time_s.shape
    assert (soft.sure >= 1).all()
    assert soft.sure[3:-3].max() > 1.05
    assert deconvolve(history(*TWO)).sure[5:-3].max() < 1.02


def test_a_long_record_is_thinned_and_its_answer_stays() -> None:
    long = history((0.0, 1e-3), (20 * HOUR, 0.0))
    at = np.arange(10.0, 40 * HOUR, 10.0)
    pressure = np.interp(at, long.time_s, long.pressure_pa)
    near = at[(at < 600) | ((at > 20 * HOUR) & (at < 20 * HOUR + 600))]
    exact = (
        INITIAL - 1e-3 * of_a_unit(near) + np.where(near > 20 * HOUR, 1e-3 * of_a_unit(near - 20 * HOUR), 0)
    )
    pressure[np.isin(at, near)] = exact
    found = deconvolve(History(at, pressure, long.rates, INITIAL))
    assert found.slope_pa[5:-1] == pytest.approx(np.full(len(found.time_s) - 6, RADIAL), rel=0.05)


def test_the_gauge_is_heard_from_five_samples_on_and_never_below_a_pascal() -> None:
    """A sawtooth of 1 kPa: its second differences are of 2 kPa, as large as noise of σ·√6 would have."""
    saw = 1e3 * np.array([0.0, 1.0, 0.0, 1.0, 0.0])
    assert deconvolution._noise(saw) == pytest.approx(1.4826 * 2e3 / np.sqrt(6))
    assert deconvolution._noise(saw[:4]) == 1.0
    assert deconvolution._noise(np.full(60, 2e7)) == 1.0
