"""How far k is raised before a model is refused, and from when on a plateau stays: put together by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from app.analysis.transient import contest, rivals
from app.analysis.transient.contest import Contest
from app.analysis.transient.fitting import Fit, Fitter
from app.analysis.transient.models import Model
from app.analysis.transient.record import Response
from tests.analysis.transient.test_contest import MD, RATE, ROCK
from tests.analysis.transient.test_interpret import fit

PLAIN, FAULT = Model(), Model(edges="fault")
K = 30 * MD
LADDER = 100.0 ** (np.arange(1, 16) / 15)
"""Sixteen steps over two decades, the first is what was found."""


def asked_for(asked: list[Any], worse: float = 0.0) -> Fitter:
    """Models that miss by a half, and by `worse` more for each k that is asked for."""

    def laid(model: Model, begin: np.ndarray, fixed: dict[str, float], iterations: int) -> Fit:
        asked.append((model, begin, fixed["permeability_m2"], iterations))
        values = model.physical(begin[0]) | {"permeability_m2": fixed["permeability_m2"]}
        made = fit(model, misfit=0.5 + worse * len(asked), **values)
        return replace(made, free=np.array([name not in fixed for name in model.names]))

    return cast(Fitter, SimpleNamespace(fit=laid))


def told(score: float) -> Contest:
    best, fault = fit(misfit=0.5), fit(FAULT, misfit=0.5, permeability_m2=2 * K)
    first = contest.score(best, 30.0)
    return Contest((best, fault), (first, first + score), 30.0)


def test_a_model_that_bears_any_k_is_asked_over_two_decades_from_where_it_last_ended() -> None:
    asked: list[Any] = []
    found = rivals._highest(asked_for(asked), fit(misfit=0.5), told(99.0))
    assert found == pytest.approx(100 * K, rel=1e-9, abs=0)
    assert [k for _, _, k, _ in asked] == pytest.approx(K * LADDER, rel=1e-9, abs=0)
    assert {(model, steps) for model, _, _, steps in asked} == {(PLAIN, 15)}
    for _, begin, k, _ in asked:
        assert np.exp(begin[0, 0]) == pytest.approx(k, rel=1e-9, abs=0)
        assert begin[0, 2] == 3.0


def test_k_is_raised_until_it_costs_four_with_one_value_less_that_is_free() -> None:
    """By `score`, and two for the value that stands."""
    for worse in (0.004, 0.01, 0.02):
        asked: list[Any] = []
        fitter = asked_for(asked, worse)
        best = told(99.0).best
        allowed = contest.score(best, 30.0) + 4.0
        fixed = replace(best, free=np.array([False, True, True]))
        costs = [
            contest.score(replace(fixed, residuals=(0.5 + worse * n) / 0.5 * best.residuals), 30.0) + 2
            for n in range(1, 16)
        ]
        kept = [cost <= allowed for cost in costs]
        last = kept.index(False)
        assert 0 < last < 14
        assert rivals._highest(fitter, best, told(99.0)) == pytest.approx(K * LADDER[last], rel=1e-9, abs=0)
        assert len(asked) == last + 1


def test_a_model_that_is_worse_than_the_best_is_refused_by_its_own_evidence() -> None:
    asked: list[Any] = []
    poor = fit(misfit=0.6)
    assert rivals._highest(asked_for(asked, 0.005), poor, told(99.0)) > K
    assert len(asked) > 5
    refused: list[Any] = []
    first = rivals._highest(asked_for(refused, 1.0), poor, told(99.0))
    assert first == pytest.approx(K * LADDER[0], rel=1e-9, abs=0), "k may lie up to where it is refused"
    assert len(refused) == 1


def test_no_rock_is_asked_to_conduct_more_than_the_most_that_is_looked_for() -> None:
    asked: list[Any] = []
    rivals._highest(asked_for(asked), fit(misfit=0.5, permeability_m2=4e-10), told(99.0))
    assert max(k for _, _, k, _ in asked) == 9e-10
    assert min(k for _, _, k, _ in asked) == pytest.approx(4e-10 * LADDER[0], rel=1e-9, abs=0)
    assert max(float(begin[0, 0]) for _, begin, _, _ in asked) == pytest.approx(math.log(9e-10))


@pytest.mark.parametrize(("score", "times"), [(10.0, 200.0), (10.1, 100.0)])
def test_the_bound_is_of_the_models_within_ten_and_leaves_three_hundredths_to_the_gauge(
    score: float, times: float
) -> None:
    found = rivals.highest_permeability_m2(asked_for([]), told(score))
    assert found == pytest.approx(1.03 * times * K, rel=1e-9, abs=0)


def test_four_models_are_asked_for_their_bound() -> None:
    models = (PLAIN, FAULT, *(Model(edges=edges) for edges in ("constant_pressure", "circle", "composite")))
    far = {"edge_distance_m": 300.0, "boundary_radius_m": 300.0, "composite_radius_m": 30.0}
    far |= {"permeability_ratio": 2.0}
    fits = tuple(fit(one, misfit=0.5, permeability_m2=n * K, **far) for n, one in enumerate(models, 1))
    found = Contest(fits, (0.0, 1.0, 2.0, 3.0, 4.0), 30.0)
    assert rivals.highest_permeability_m2(asked_for([]), found) == pytest.approx(
        1.03 * 400 * K, rel=1e-9, abs=0
    )


# ---- when a plateau stays, when models part ----------------------------------------------------------------


def times(first: float, last: float) -> Response:
    time_s = np.geomspace(first, last, 20)
    return Response(time_s, np.full(20, 1.1e7), 1e7, RATE, (), False, ROCK)


def test_a_record_that_begins_in_radial_flow_was_there_from_a_tenth_of_its_first_time() -> None:
    early = fit(wellbore_storage_m3_per_pa=1e-13, skin=0.0)
    assert rivals.radial_from_s(times(1e5, 1e6), early) == pytest.approx(1e4)


def test_a_well_that_stores_for_ever_has_its_plateau_at_the_last_time_that_is_looked_at() -> None:
    endless = fit(wellbore_storage_m3_per_pa=1e-1)
    assert rivals.radial_from_s(times(1.0, 100.0), endless) == pytest.approx(1e6)


def test_a_twentieth_of_the_plateau_is_asked_where_nothing_else_is_said() -> None:
    response, one = times(1.0, 1e5), fit()
    assert rivals.radial_from_s(response, one) == rivals.radial_from_s(response, one, 0.05)
    assert rivals.radial_from_s(response, one, 0.049) >= rivals.radial_from_s(response, one, 0.051)


@pytest.mark.parametrize(("share", "apart"), [(1.25, True), (1.2, False), (0.83, False), (0.8, True)])
def test_derivatives_part_by_a_fifth_of_a_logarithm_at_the_first_of_sixty_times_after_the_last_sample(
    share: float, apart: bool
) -> None:
    """k apart by that share is the level apart by it; from a tenth of the test to three hundred times it."""
    response = times(1.0, 1e5)
    asked = np.geomspace(1e4, 3e7, 60)
    one = fit(wellbore_storage_m3_per_pa=1e-12)
    found = rivals.told_apart_s(response, one, replace(one, vector=one.vector + [math.log(share), 0.0, 0.0]))
    assert found == (pytest.approx(asked[asked > 1e5][0], rel=1e-9) if apart else None)


def test_a_level_that_falls_to_nothing_is_told_from_one_that_does_not() -> None:
    """A closed well at rest has no derivative left; a logarithm of nothing is asked of nobody."""
    steps = ((1e4, RATE),)
    response = replace(times(1.0, 1e4), steps=steps)
    closed = fit(Model(edges="circle"), boundary_radius_m=30.0, wellbore_storage_m3_per_pa=1e-10)
    found = rivals.told_apart_s(response, closed, fit(wellbore_storage_m3_per_pa=1e-10))
    assert found is not None
    assert found < 1.2e4


def test_half_of_k_open_is_wide_open() -> None:
    assert rivals.open_wide(fit(unsure=0.2552))
    assert not rivals.open_wide(fit(unsure=0.2550))


@pytest.mark.parametrize(("skin", "told_of"), [(0.5, 0), (0.51, 1)])
def test_half_a_skin_is_the_same_answer(monkeypatch: pytest.MonkeyPatch, skin: float, told_of: int) -> None:
    monkeypatch.setattr(rivals, "told_apart_s", lambda *_: None)
    best, other = fit(skin=3.0), fit(FAULT, skin=3.0 + skin)
    found = Contest((best, other), (0.0, 1.0), 30.0)
    assert len(rivals.rivals(found, best, times(1.0, 1e4))) == told_of


def test_without_a_plain_fit_the_best_is_compared_with() -> None:
    only = Contest((fit(FAULT),), (0.0,), 30.0)
    assert rivals.plain_fit(only) is only.best
    both = Contest((fit(FAULT), fit()), (0.0, 1.0), 30.0)
    assert rivals.plain_fit(both) is both.fits[1]
