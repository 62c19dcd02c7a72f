"""Run life against lifelines, which the program itself does without."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.forecast.survival import Runs, kaplan_meier, weibull
from app.core.errors import KnownError
from tests.proofs import examples


@st.composite
def runs(draw: st.DrawFn) -> Runs:
    """Pumps of one kind: ages whole or not, some still running, some there before the records."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = draw(st.integers(20, 90))
    days = 0.5 + 300 * rng.weibull(draw(st.floats(0.6, 5.0)), count)
    if draw(st.booleans()):
        days = np.ceil(days)
    late = rng.random(count) < draw(st.sampled_from((0.0, 0.3, 1.0)))
    entry_days = np.where(late, days * rng.uniform(0.01, 0.9, count), 0.0)
    failed = rng.random(count) < 0.8
    failed[:10] = True
    return Runs(days, failed, entry_days)


def _entry(of: Runs) -> np.ndarray | None:
    return of.entry_days if bool((of.entry_days > 0).any()) else None


@pytest.mark.slow
@settings(max_examples=examples(25), deadline=None)
@given(runs())
def test_kaplan_meier_and_its_band_are_those_of_lifelines(of: Runs) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifelines import KaplanMeierFitter
        from lifelines.exceptions import StatError
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            known = KaplanMeierFitter().fit(of.days, of.failed, entry=_entry(of))
    except StatError:
        return  # it also refuses where nobody is under watch for a while and nobody fails
    if bool((known.survival_function_.iloc[:-1, 0] < 1e-9).any()):
        with pytest.raises(KnownError, match="survival_thin"):
            kaplan_meier(of)
        return
    ours = kaplan_meier(of)
    band = known.confidence_interval_survival_function_.to_numpy()
    begun = int(ours.days[1] == known.survival_function_.index[0])  # lifelines begins at the first entry
    assert ours.days[begun:] == pytest.approx(known.survival_function_.index.to_numpy())
    assert ours.survival[begun:] == pytest.approx(known.survival_function_.to_numpy()[:, 0], abs=1e-12)
    assert np.c_[ours.low, ours.high][begun:] == pytest.approx(band, abs=1e-12)
    half = np.flatnonzero(known.survival_function_.to_numpy()[:, 0] <= 0.5 + 1e-9)
    assert ours.median_days == (known.survival_function_.index[half[0]] if len(half) else None)


@pytest.mark.slow
@settings(max_examples=examples(25), deadline=None)
@given(runs())
def test_the_weibull_line_is_at_least_as_likely_as_that_of_lifelines_and_the_same(of: Runs) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifelines import WeibullFitter

        known = WeibullFitter().fit(of.days, of.failed, entry=_entry(of))
    ours = weibull(of)
    # Where the likelihood is flat the other one stops a few ten-thousandths away from the top.
    assert ours.scale_days == pytest.approx(known.lambda_, rel=1e-3)
    assert ours.shape == pytest.approx(known.rho_, rel=1e-3)
    assert ours.covariance == pytest.approx(known.variance_matrix_.to_numpy(), rel=5e-3, abs=1e-6)
    assert _likelihood(of, ours.scale_days, ours.shape) >= known.log_likelihood_ - 1e-6


def _likelihood(of: Runs, scale: float, shape: float) -> float:
    ended = of.days[of.failed] / scale
    return float(
        np.sum(np.log(shape / scale) + (shape - 1) * np.log(ended))
        - np.sum((of.days / scale) ** shape)
        + np.sum((of.entry_days / scale) ** shape)
    )


def test_pumps_that_all_failed_at_one_age_have_no_weibull_line() -> None:
    with pytest.raises(KnownError, match="survival_no_spread"):
        weibull(Runs(np.full(12, 100.0), np.ones(12, bool), np.zeros(12)))


def test_a_curve_that_would_stay_at_nothing_while_pumps_live_on_is_refused() -> None:
    late = Runs(np.array([5.0, 90.0, 95.0]), np.ones(3, bool), np.array([0.0, 40.0, 50.0]))
    with pytest.raises(KnownError, match="survival_thin"):
        kaplan_meier(late)


def test_a_curve_that_ends_at_nothing_has_a_band_that_ends_there_too() -> None:
    curve = kaplan_meier(Runs(np.array([5.0, 9.0, 9.0, 14.0]), np.ones(4, bool), np.zeros(4)))
    assert (curve.survival[-1], curve.low[-1], curve.high[-1]) == (0, 0, 0)
    assert (curve.low[0], curve.high[0]) == (1, 1)
