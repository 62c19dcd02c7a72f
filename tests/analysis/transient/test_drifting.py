"""Whether a drift would explain a record as well: what is tried, how near it comes and what is as well."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from app.analysis.transient import contest, fitting
from app.analysis.transient.contest import Contest
from app.analysis.transient.drifting import Drift, drift_alike
from app.analysis.transient.fitting import Fit, Fitter
from app.analysis.transient.models import Model
from app.analysis.transient.record import Response
from tests.analysis.transient.test_contest import RATE, ROCK
from tests.analysis.transient.test_interpret import fit

FAULT = Model(edges="fault")
TIME_S = np.geomspace(10.0, 1e5, 50)
BUILD_UP = Response(TIME_S, 1e7 + 1e5 * np.log(TIME_S), 1e7, RATE, (), False, ROCK)


def told(
    monkeypatch: pytest.MonkeyPatch,
    drift: float,
    *,
    response: Response = BUILD_UP,
    misfit: float = 0.3,
    plain: float = 2.0,
    answer: Fit | None = None,
    tried: list[float] | None = None,
) -> Drift | None:
    """A plain model that misses by `misfit` where this drift is taken out, and by more beside it."""

    def fitted(moved: Response) -> Any:
        taken = -float((moved.pressure_pa - response.pressure_pa)[-1]) / float(TIME_S[-1])
        taken = -taken if response.falling else taken
        if tried is not None:
            tried.append(taken)
        return SimpleNamespace(fit=lambda *_, **__: fit(misfit=misfit + 100 * abs(taken - drift)))

    monkeypatch.setattr(fitting, "fitter", fitted)
    speaks = answer or fit(FAULT, misfit=0.3)
    found = Contest((speaks, fit(misfit=plain)), (0.0, 60.0), 30.0)
    return drift_alike(response, cast(Fitter, None), found, speaks)


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("drift", [-0.137, -0.02, 0.0046, 0.111, 0.2, -0.2])
def test_the_drift_that_explains_a_record_is_found_to_a_hundredth_of_the_most(
    monkeypatch: pytest.MonkeyPatch, drift: float, falling: bool
) -> None:
    """Nine between the ends, nine between the two beside the best, and nine once more."""
    tried: list[float] = []
    found = told(monkeypatch, drift, response=replace(BUILD_UP, falling=falling), misfit=0.0, tried=tried)
    assert found is not None
    assert found.pa_per_s == pytest.approx(drift, abs=0.4 / 8 / 4 / 4 / 2 + 1e-9)
    assert found.fit.misfit == pytest.approx(100 * abs(found.pa_per_s - drift))
    assert len(tried) == 27
    assert (min(tried), max(tried)) == pytest.approx((-0.2, 0.2))
    assert np.diff(tried[:9]) == pytest.approx(0.05)
    width = [np.ptp(tried[9:18]), np.ptp(tried[18:])]
    assert width == pytest.approx([0.1, 0.025] if abs(drift) < 0.2 else [0.05, 0.0125 / 2])


def test_where_no_drift_is_better_than_none_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, 0.1, misfit=2.1) is None
    assert told(monkeypatch, 0.1, misfit=0.35, plain=0.34) is None, "as good as the answer, and no drift"


@pytest.mark.parametrize(("behind", "as_well"), [(5.9, True), (6.1, False)])
def test_as_well_is_within_six_of_the_answer_and_a_drift_is_one_number_more(
    monkeypatch: pytest.MonkeyPatch, behind: float, as_well: bool
) -> None:
    """n·ln of the misfits' squares is what a number less saves, and two are what the drift costs."""
    answer = fit(FAULT, misfit=0.3)
    allowed = contest.score(answer, 30.0) + behind - 2
    misfits = np.linspace(0.1, 2.0, 20_001)
    scores = np.array([contest.score(fit(), 30.0) - 30 * np.log(0.25 + 9e-4)]) + 30 * np.log(
        misfits**2 + 9e-4
    )
    at = float(np.interp(allowed, scores, misfits))
    found = told(monkeypatch, 0.05, misfit=at, answer=answer)
    assert (found is not None) is as_well


def test_nothing_is_asked_where_the_plain_model_speaks_or_is_not_there_or_the_well_is_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert told(monkeypatch, 0.05, answer=fit(misfit=0.3)) is None
    fracture = fit(Model("fracture_infinite"), misfit=0.3, fracture_half_length_m=30.0)
    assert told(monkeypatch, 0.05, answer=fracture) is None
    alone = fit(FAULT)
    assert drift_alike(BUILD_UP, cast(Fitter, None), Contest((alone,), (0.0,), 30.0), alone) is None


def test_the_plain_model_begins_where_it_ended_with_the_drift_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def fitted(moved: Response) -> Any:
        def laid(model: Model, begin: np.ndarray, iterations: int) -> Fit:
            asked.append((model, begin, iterations))
            return fit(misfit=9.0)

        return SimpleNamespace(fit=laid)

    monkeypatch.setattr(fitting, "fitter", fitted)
    plain, speaks = fit(misfit=2.0, skin=7.0), fit(FAULT, misfit=0.3)
    assert (
        drift_alike(BUILD_UP, cast(Fitter, None), Contest((speaks, plain), (0.0, 60.0), 30.0), speaks) is None
    )
    assert all(model == Model() and steps == 25 for model, _, steps in asked)
    assert all(begin == pytest.approx(plain.vector[None]) for _, begin, _ in asked)


def test_a_drift_that_is_as_likely_and_makes_another_well_leaves_neither_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = told(monkeypatch, 0.05, misfit=0.1)
    assert found is not None
    assert found.ahead > 0
    other = fit(FAULT, misfit=0.3, permeability_m2=1.2 * found.fit.permeability_m2)
    same = fit(FAULT, misfit=0.3)
    assert found.contradicts(other, ROCK)
    assert not found.contradicts(same, ROCK)
    assert not replace(found, ahead=-0.1).contradicts(other, ROCK)
    skinned = fit(FAULT, misfit=0.3, skin=found.fit.values["skin"] + 1.5)
    assert found.contradicts(skinned, ROCK)
