"""Models against each other: evidence, rivals, what is not credible, bounds, how long a test would tell."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from app.analysis.transient import contest, fitting, rivals
from app.analysis.transient.contest import Contest
from app.analysis.transient.descent import descend, soft
from app.analysis.transient.fitting import Fit, Fitter
from app.analysis.transient.interpret import chosen, interpret
from app.analysis.transient.models import Model
from app.analysis.transient.record import Formation, Response
from app.analysis.transient.regimes import Regime, log_slopes, regimes
from app.analysis.transient.superposed import change_pa

ROCK = Formation(1.2, 1e-3, 0.15, 10.0, 1.5e-9, 0.1)
RATE = 50 / 86_400
MD = 9.869233e-16
WELL = {"permeability_m2": 30 * MD, "wellbore_storage_m3_per_pa": 5e-8, "skin": 3.0, "fault_distance_m": 60.0}


def record(model: Model, hours: float, noise: float = 300.0, **values: float) -> Response:
    time_s = np.geomspace(5, hours * 3600, 90)
    bare = Response(time_s, np.zeros(90), 1e7, RATE, ((30 * 86_400.0, RATE),), False, ROCK)
    rise = change_pa(bare, model, {**WELL, **values})
    return replace(bare, pressure_pa=1e7 + rise + np.random.default_rng(3).normal(0, noise, 90))


@lru_cache
def seen(hours: float) -> tuple[Fitter, Contest]:
    """A well beside a fault, laid through by a plain model and by one with a fault."""
    fitter = fitting.fitter(record(Model(edges="fault"), hours))
    return fitter, contest.weighed([chosen(fitter, Model()), chosen(fitter, Model(edges="fault"))])


def test_long_enough_the_fault_is_decided_for() -> None:
    _, found = seen(96.0)
    plain = found.of(Model())
    assert plain is not None
    assert found.best.model.edges == "fault"
    assert found.behind(plain) > 50
    assert found.best.values["fault_distance_m"] == pytest.approx(60, rel=0.03)


def test_before_the_fault_is_felt_the_plain_model_is_preferred() -> None:
    _, found = seen(1.0)
    assert found.best.model == Model()


def test_one_value_more_must_be_earned() -> None:
    _, found = seen(96.0)
    poorer = replace(found.best, free=np.array([True, True, True, False]))
    assert contest.score(poorer, 30.0) < contest.score(found.best, 30.0)


def test_values_that_hardly_any_well_has_cost() -> None:
    _, found = seen(96.0)
    values = found.best.model.searched({**found.best.values, "skin": -6.5})
    assert contest.score(replace(found.best, vector=values), 30.0) == pytest.approx(
        contest.score(found.best, 30.0) + contest.UNLIKELY
    )


def test_a_fault_at_the_wells_own_skin_is_not_credible() -> None:
    _, found = seen(96.0)
    assert contest.credible(found.best, ROCK, 0.0)
    near = found.best.model.searched({**found.best.values, "fault_distance_m": 1.5, "skin": -3.0})
    assert not contest.credible(replace(found.best, vector=near), ROCK, 0.0)


def test_storage_changes_only_while_it_is_there() -> None:
    model = Model(storage="changing")
    vector = model.searched({**WELL, "storage_ratio": 0.5, "storage_time_s": 600.0})
    late = Fit(model, vector, np.ones(4), np.ones((4, 5)), 0.0, 0.0, np.ones(5, dtype=bool))
    assert contest.credible(late, ROCK, 700.0)
    assert not contest.credible(late, ROCK, 500.0)


def test_waves_of_residuals_are_few_witnesses() -> None:
    _, found = seen(96.0)
    wave = np.sin(np.linspace(0, 6, 60))
    noise = np.random.default_rng(1).normal(size=60)
    few = contest.independent_points(replace(found.best, residuals=np.r_[wave, wave]))
    many = contest.independent_points(replace(found.best, residuals=np.r_[noise, noise]))
    assert few == contest.LEAST_POINTS
    assert many > 45


def test_costly_models_are_asked_where_a_regime_asks_for_them() -> None:
    fitter, found = seen(96.0)
    plain = found.of(Model())
    assert plain is not None
    bilinear = (Regime("bilinear", 1.0, 10.0, 1e4),)
    assert Model("fracture_finite") in contest.candidates(fitter, plain, bilinear)
    assert Model("fracture_finite") not in contest.candidates(fitter, plain, ())
    assert Model("partial") in contest.candidates(fitter, plain, (Regime("spherical", 1.0, 10.0, 1e4),))
    assert Model(storage="changing") in contest.candidates(fitter, plain, regimes(fitter))


def test_rivals_are_those_that_say_another_k() -> None:
    fitter, found = seen(96.0)
    plain = found.of(Model())
    assert plain is not None
    near = Contest(found.fits, (0.0, 3.0), 30.0)
    told = rivals.rivals(near, found.best, fitter.response)
    assert [one.fit.model for one in told] == [Model()]
    far = Contest(found.fits, (0.0, 30.0), 30.0)
    assert rivals.rivals(far, found.best, fitter.response) == ()


def test_models_that_part_later_say_when() -> None:
    """A short test: the fault at 60 m and none are alike at first, and twice apart late."""
    response = record(Model(edges="fault"), 2.0)
    fitter = fitting.fitter(response)
    plain = chosen(fitter, Model())
    fault = chosen(fitter, Model(edges="fault"), {"fault_distance_m": 60.0})
    until = rivals.told_apart_s(response, plain, fault)
    assert until is not None
    assert 2 * 3600 < until < 96 * 3600
    assert rivals.told_apart_s(response, plain, plain) is None


def test_the_bound_of_k_holds_for_a_fracture() -> None:
    """Ten minutes of linear flow: k of a plain well is far below the truth."""
    response = record(Model("fracture_infinite"), 0.5, fracture_half_length_m=80.0)
    fitter = fitting.fitter(response)
    plain, fracture = (chosen(fitter, model) for model in (Model(), Model("fracture_infinite")))
    assert plain.permeability_m2 < 29 * MD
    found = contest.weighed([plain, fracture])
    assert rivals.highest_permeability_m2(fitter, found) >= 30 * MD


def test_what_stands_is_not_looked_for() -> None:
    fitter, _ = seen(96.0)
    fit = chosen(fitter, Model(), {"skin": 1.0})
    assert fit.values["skin"] == pytest.approx(1.0)
    assert fit.spread[2] == 0
    assert fit.spread[0] > 0


def test_intervals_hold_the_value_and_correlations_are_between_minus_one_and_one() -> None:
    _, found = seen(96.0)
    for name, (low, high) in found.best.intervals.items():
        assert low < found.best.values[name] < high
    assert np.abs(found.best.correlation).max() <= 1 + 1e-9
    k, skin = 0, 2
    assert found.best.correlation[k, skin] > 0.9, "k and skin go together, as every engineer knows"


def test_no_model_fits_noise_and_that_is_said() -> None:
    response = record(Model(), 24.0)
    steps = 1e7 + 2e5 * np.floor(np.linspace(0, 6, 90)) + 1e5
    found = interpret(replace(response, pressure_pa=steps), model=Model())
    assert "model_does_not_fit" in [code for code, _ in found.remarks]


def test_soft_residuals_keep_the_sign_and_grow_by_the_root() -> None:
    assert soft(np.array([-1e-6])) == pytest.approx(-1e-6)
    assert soft(np.array([1e6])) == pytest.approx(math.sqrt(2e6), rel=1e-3)


def test_a_descent_stays_within_its_limits_and_keeps_the_best_first() -> None:
    def off(x: np.ndarray) -> np.ndarray:
        return np.stack([x[:, 0] - 3.0, 0.1 * (x[:, 1] ** 2 - 1) ** 2], axis=1)

    limits = (np.array([-1.0, -5.0]), np.array([1.0, 5.0]))
    found = descend(off, np.array([[0.0, 4.0], [0.5, 0.2]]), limits)
    assert found.vectors[0, 0] == 1.0
    assert (np.diff(found.costs) >= 0).all()


@pytest.mark.parametrize(("power", "name"), [(0.5, "linear"), (0.25, "bilinear"), (0.0, "radial")])
def test_a_straight_stretch_has_its_name(power: float, name: str) -> None:
    fitter, _ = seen(96.0)
    time_s = fitter.response.time_s
    slope = 1e2 * (time_s / time_s[0]) ** power
    straight = replace(fitter, slope_pa=slope)
    assert name in [one.name for one in regimes(straight)]
    assert log_slopes(time_s, slope) == pytest.approx(power)


def test_a_second_level_twice_as_high_is_a_doubling() -> None:
    fitter, _ = seen(96.0)
    time_s = fitter.response.time_s
    late = np.log10(time_s / time_s[0])
    slope = 1e4 * (1 + 1 / (1 + np.exp(-6 * (late - 2.2))))
    assert "doubling" in [one.name for one in regimes(replace(fitter, slope_pa=slope))]
