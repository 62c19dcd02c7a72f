"""How models are weighed, asked for and refused: each limit from both sides, the formulas by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from app.analysis.transient import contest, relatives, rivals
from app.analysis.transient.contest import Contest
from app.analysis.transient.fitting import Fit, Fitter
from app.analysis.transient.models import Model
from app.analysis.transient.record import Response
from app.analysis.transient.regimes import Regime
from tests.analysis.transient.test_contest import MD, RATE, ROCK
from tests.analysis.transient.test_interpret import fit as fit_of

PLAIN, FAULT, CHANNEL = Model(), Model(edges="fault"), Model(edges="channel")
USUAL = {
    "storativity_ratio": 0.1,
    "interporosity_flow": 1e-6,
    "fracture_half_length_m": 2.0,
    "fracture_conductivity": 5.0,
    "storage_ratio": 0.5,
    "open_share": 0.3,
    "vertical_anisotropy": 0.1,
    "storage_time_s": 60.0,
    "boundary_radius_m": 300.0,
    "edge_distance_m": 300.0,
    "composite_radius_m": 30.0,
    "permeability_ratio": 2.0,
    "second_fault_distance_m": 90.0,
    "wedge_parts": 2.0,
}


def fit(model: Model = PLAIN, *, misfit: float = 0.5, unsure: float = 0.0, **values: float) -> Fit:
    return fit_of(model, misfit=misfit, unsure=unsure, **(USUAL | values))


# ---- how many witnesses, how much evidence -----------------------------------------------------------------


def independent(late: np.ndarray) -> float:
    return contest.independent_points(replace(fit(), residuals=np.r_[np.zeros(len(late)), late]))


def test_points_count_by_how_alike_their_neighbours_are() -> None:
    """n·(1 − ρ)/(1 + ρ) with ρ by the definition; residuals in pairs of one sign have ρ near a half."""
    pairs = np.repeat(np.random.default_rng(2).choice([-1.0, 1.0], 50), 2)
    off = pairs - pairs.mean()
    alike = float((off[1:] * off[:-1]).sum() / (off**2).sum())
    assert 0.3 < alike < 0.7
    assert independent(pairs) == pytest.approx(100 * (1 - alike) / (1 + alike))
    assert independent(pairs + 7.0) == pytest.approx(independent(pairs)), "a level of all says nothing"


@pytest.mark.parametrize(
    ("late", "points"),
    [
        (np.resize([1.0, -1.0], 100), 100.0),  # against each other: no more than there are
        (np.zeros(100), 100.0),
        (np.resize([1.0, -1.0], 10), 20.0),
        (np.linspace(-1, 1, 2_000), 2_000 * 0.05 / 1.95),
    ],
)
def test_there_are_twenty_witnesses_at_least_and_no_more_than_points(late: np.ndarray, points: float) -> None:
    assert independent(late) == pytest.approx(points)


@pytest.mark.parametrize("misfit", [0.0, 0.03, 1.0, 4.0])
@pytest.mark.parametrize("points", [20.0, 60.0])
def test_evidence_is_the_corrected_criterion_of_hurvich_and_tsai(misfit: float, points: float) -> None:
    """Three values and the noise; beside a misfit of nothing our own numerics count."""
    count = 4
    expected = (
        points * math.log(misfit**2 + 0.03**2) + 2 * count + 2 * count * (count + 1) / (points - count - 1)
    )
    assert contest.score(fit(misfit=misfit), points) == pytest.approx(expected)


def test_of_fewer_points_than_values_the_correction_is_that_of_one_point_more() -> None:
    assert contest.score(fit(misfit=1.0), 3.0) == pytest.approx(3 * math.log(1 + 0.03**2) + 8 + 40)


@pytest.mark.parametrize(
    ("model", "values", "costs"),
    [
        (FAULT, {"skin": -5.4}, 0.0),
        (FAULT, {"skin": -5.6}, 6.0),
        (PLAIN, {"skin": -5.6}, 0.0),
        (Model(rock="double_slabs"), {"skin": 1.0, "storativity_ratio": 0.49}, 0.0),
        (Model(rock="double_slabs"), {"skin": 1.0, "storativity_ratio": 0.51}, 6.0),
        (Model(rock="double_slabs"), {"skin": -6.0, "storativity_ratio": 0.51}, 12.0),
    ],
)
def test_a_value_that_hardly_any_well_has_costs_odds_of_twenty_to_one(
    model: Model, values: dict[str, float], costs: float
) -> None:
    plain = contest.score(fit(model, skin=1.0), 30.0)
    assert contest.score(fit(model, **values), 30.0) - plain == pytest.approx(costs)


# ---- what is asked for -------------------------------------------------------------------------------------


def felt(tail: float, cycles: float = 0.55) -> Fitter:
    """A level derivative that rises or falls over the last of three cycles."""
    time_s = np.geomspace(10.0, 1e4, 121)
    late = np.maximum(time_s / (time_s[-1] * 10**-0.62), 1.0)
    response = Response(time_s, np.full(121, 1.1e7), 1e7, RATE, (), False, ROCK)
    return cast(Fitter, SimpleNamespace(response=response, slope_pa=1e4 * late**tail))


def asked(tail: float = 0.0, *regimes: str, skin: float = 3.0) -> set[Model]:
    named = tuple(Regime(name, 1.0, 10.0, 1e4) for name in regimes)
    return set(contest.candidates(felt(tail), fit(skin=skin), named)) - set(contest.ALWAYS)


@pytest.mark.parametrize(
    ("tail", "models"),
    [
        (0.11, set()),
        (0.13, {"channel", "wedge"}),
        (-0.98, set()),
        (-1.02, {"circle_constant_pressure"}),
    ],
)
def test_edges_are_asked_for_by_how_the_last_six_tenths_of_a_cycle_rise_or_fall(
    tail: float, models: set[str]
) -> None:
    assert {one.edges for one in asked(tail)} == models


@pytest.mark.parametrize(
    ("regime", "skin", "models"),
    [
        ("storage", 3.0, {Model(storage="changing")}),
        ("doubling", 3.0, {CHANNEL, Model(edges="wedge")}),
        ("linear", 3.0, {Model("fracture_finite")}),
        ("bilinear", 3.0, {Model("fracture_finite")}),
        ("spherical", 3.0, {Model("partial")}),
        ("radial", 3.0, set()),
        ("radial", -2.9, set()),
        ("radial", -3.1, {Model("fracture_finite")}),
    ],
)
def test_costly_models_are_asked_for_by_their_regime_or_a_stimulated_well(
    regime: str, skin: float, models: set[Model]
) -> None:
    assert asked(0.0, regime, skin=skin) == models


def test_two_late_points_tell_no_rise() -> None:
    time_s = np.array([1.0, 10.0, 900.0, 1000.0])
    response = Response(time_s, np.full(4, 1.1e7), 1e7, RATE, (), False, ROCK)
    few = cast(Fitter, SimpleNamespace(response=response, slope_pa=np.array([1.0, 1.0, 1.0, 9.0])))
    assert CHANNEL not in contest.candidates(few, fit(), ())


@pytest.mark.parametrize(
    ("plain", "fault", "others", "asked_for"),
    [
        (1.0, 0.79, (), True),
        (1.0, 0.81, (), False),
        (1.0, 0.5, ((Model(edges="circle"), 0.24),), False),
        (1.0, 0.5, ((Model(edges="circle"), 0.26),), True),
        (1.0, 0.24, (), False),
        (1.0, 0.5, ((CHANNEL, 0.5),), False),
    ],
)
def test_a_second_edge_is_asked_for_where_one_left_four_fifths_and_nothing_is_at_the_noise(
    plain: float, fault: float, others: tuple[tuple[Model, float], ...], asked_for: bool
) -> None:
    fits = [fit(misfit=plain), fit(FAULT, misfit=fault), *(fit(one, misfit=m) for one, m in others)]
    assert relatives.second_edges(fits) == ((CHANNEL,) if asked_for else ())
    assert relatives.second_edges(fits[:1]) == ()


@pytest.mark.parametrize(
    ("distance", "skin", "credible"),
    [(2.01, 2.0, True), (1.99, 2.0, False), (14.8, -2.0, True), (14.7, -2.0, False)],
)
def test_an_edge_lies_ten_of_the_wells_own_radii_away(distance: float, skin: float, credible: bool) -> None:
    """0.2 m, and of a stimulated well e to the skin times it: 1.478 m."""
    one = fit(FAULT, fault_distance_m=distance, skin=skin)
    assert contest.credible(one, replace(ROCK, wellbore_radius_m=0.2), 0.0) is credible


def test_of_a_fracture_ten_of_its_lengths_and_of_rock_alone_no_edge_is_asked() -> None:
    fracture = Model("fracture_infinite", edges="fault")
    for distance, credible in ((201.0, True), (199.0, False)):
        one = fit(fracture, fracture_half_length_m=20.0, fault_distance_m=distance)
        assert contest.credible(one, ROCK, 0.0) is credible
    assert contest.credible(fit(skin=-6.9), ROCK, 0.0)


@pytest.mark.parametrize(("until_s", "credible"), [(599.0, False), (601.0, True)])
def test_storage_changes_while_it_lasts(until_s: float, credible: bool) -> None:
    one = fit(Model(storage="changing"), storage_ratio=0.5, storage_time_s=600.0)
    assert contest.credible(one, ROCK, until_s) is credible


def stubbed(monkeypatch: pytest.MonkeyPatch, misfits: dict[Model, float]) -> Contest:
    """A contest whose models come out with these misfits, 1 for all others."""

    def begun(self: Any, model: Model, begin: np.ndarray, hopeless: float = math.inf) -> Fit:
        return fit(model, misfit=misfits.get(model, 1.0))

    monkeypatch.setattr(contest, "starts", lambda fit, model, *_: np.zeros((1, len(model.names))))
    monkeypatch.setattr(contest, "beside", lambda one, model, _: np.zeros((0, len(model.names))))
    monkeypatch.setattr(contest, "first_values", lambda *_: {})
    of = cast(Fitter, SimpleNamespace(response=felt(0.0).response, slope_pa=felt(0.0).slope_pa))
    of.fit = lambda model, begin, hopeless=math.inf: begun(of, model, begin, hopeless)  # type: ignore[method-assign]
    return contest.contest(of, ())


@pytest.mark.parametrize(("misfit", "alone"), [(0.24, True), (0.26, False)])
def test_a_plain_model_at_the_gauges_noise_needs_no_rival(
    monkeypatch: pytest.MonkeyPatch, misfit: float, alone: bool
) -> None:
    found = stubbed(monkeypatch, {PLAIN: misfit})
    assert (len(found.fits) == 1) is alone
    assert found.of(PLAIN) is not None


@pytest.mark.parametrize(("misfit", "joined"), [(2.4, False), (2.6, True)])
def test_a_best_model_that_misses_is_joined_with_an_edge(
    monkeypatch: pytest.MonkeyPatch, misfit: float, joined: bool
) -> None:
    rock = Model(rock="double_slabs")
    misfits = dict.fromkeys((PLAIN, *contest.ALWAYS, Model(well="partial")), 9.0) | {rock: misfit}
    found = stubbed(monkeypatch, misfits)
    for edges in ("fault", "circle"):
        assert (found.of(replace(rock, edges=edges)) is not None) is joined


def test_fits_come_in_the_order_of_their_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    found = stubbed(monkeypatch, {PLAIN: 0.9, FAULT: 0.3})
    assert found.best.model == FAULT
    assert list(found.scores) == sorted(found.scores)
    assert [found.behind(one) for one in found.fits] == [one - found.scores[0] for one in found.scores]


def simplest(*fits: Fit, scores: tuple[float, ...]) -> Model:
    return Contest(fits, scores, 30.0).simplest.model


def test_the_simplest_is_a_part_of_the_best_that_is_not_worse_by_ten() -> None:
    slabs = fit(Model(rock="double_slabs"))
    assert simplest(fit(FAULT), fit(), scores=(0.0, 9.9)) == PLAIN
    assert simplest(fit(FAULT), fit(), scores=(0.0, 10.0)) == FAULT
    assert simplest(fit(FAULT), slabs, scores=(0.0, 1.0)) == FAULT, "another is no part of it"
    assert simplest(slabs, fit(FAULT), scores=(0.0, 1.0)) == slabs.model, "of fewer values neither"
    assert simplest(fit(Model("fracture_infinite", edges="fault")), fit(), scores=(0.0, 1.0)) == Model(
        "fracture_infinite", edges="fault"
    )
    joined = fit(Model(rock="double_slabs", edges="fault"))
    assert simplest(joined, fit(FAULT), fit(), scores=(0.0, 1.0, 5.0)) == PLAIN


def test_rings_of_rock_give_way_to_any_that_has_no_more_values() -> None:
    rings, slabs = fit(Model(edges="composite"), misfit=0.2), fit(Model(rock="double_slabs"))
    assert len(slabs.model.names) <= len(rings.model.names)
    assert simplest(rings, slabs, scores=(0.0, 9.0)) == slabs.model
    assert simplest(rings, slabs, scores=(0.0, 11.0)) == rings.model


# ---- rivals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "skin", "behind", "unsure", "told"),
    [
        (1.11, 0.0, 1.0, 0.0, True),
        (1.10, 0.0, 1.0, 0.0, False),
        (0.90, 0.0, 1.0, 0.0, True),
        (0.91, 0.0, 1.0, 0.0, False),
        (1.0, 0.51, 1.0, 0.0, True),
        (1.0, -0.51, 1.0, 0.0, True),
        (1.0, 0.49, 1.0, 0.0, False),
        (2.0, 0.0, 6.0, 0.0, True),
        (2.0, 0.0, 6.1, 0.0, False),
        (2.0, 0.0, 1.0, 0.25, True),
        (2.0, 0.0, 1.0, 0.26, False),
    ],
)
def test_a_rival_is_as_likely_and_says_a_tenth_of_k_or_half_a_skin_otherwise(
    monkeypatch: pytest.MonkeyPatch, k: float, skin: float, behind: float, unsure: float, told: bool
) -> None:
    monkeypatch.setattr(rivals, "told_apart_s", lambda *_: 7.0)
    best = fit(skin=3.0)
    other = fit(FAULT, unsure=unsure, permeability_m2=k * best.permeability_m2, skin=3.0 + skin)
    found = rivals.rivals(Contest((best, other), (0.0, behind), 30.0), best, felt(0.0).response)
    assert [(one.fit, one.skin, one.until_s) for one in found] == (
        [(other, pytest.approx(3.0 + skin), 7.0)] if told else []
    )


@pytest.mark.parametrize(("behind", "models"), [(6.0, (FAULT, PLAIN)), (6.1, (FAULT,))])
def test_which_edge_it_is_is_open_among_those_within_six(behind: float, models: tuple[Model, ...]) -> None:
    best = fit(Model(edges="circle"))
    found = Contest((best, fit(FAULT), fit()), (0.0, 1.0, behind), 30.0)
    assert rivals.as_likely(found, best) == models
    assert rivals.as_likely(found, found.fits[2]) == ()


def test_models_that_part_only_after_three_hundred_times_the_test_never_do() -> None:
    response = replace(felt(0.0).response, time_s=np.geomspace(1.0, 1e4, 20), pressure_pa=np.full(20, 1.1e7))
    plain = fit(permeability_m2=30 * MD, wellbore_storage_m3_per_pa=1e-9)
    reach = ROCK.investigated_m(30 * MD, 300 * 1e4)
    near, far = (
        fit(FAULT, permeability_m2=30 * MD, wellbore_storage_m3_per_pa=1e-9, fault_distance_m=share * reach)
        for share in (0.3, 1.0)
    )
    until = rivals.told_apart_s(response, plain, near)
    assert until is not None
    assert 1e4 < until <= 3e6
    assert rivals.told_apart_s(response, plain, far) is None


@pytest.mark.parametrize(("skin", "tolerance"), [(3.0, 0.05), (3.0, 0.2), (-3.0, 0.05), (-3.0, 0.3)])
def test_radial_flow_has_come_with_the_first_time_after_which_the_derivative_stays_on_its_plateau(
    skin: float, tolerance: float
) -> None:
    """By a derivative of its own at the time that is told and one of its steps before it."""
    response = felt(0.0).response
    one = fit(FAULT, skin=skin, permeability_m2=5 * MD, wellbore_storage_m3_per_pa=2e-8)
    found = rivals.radial_from_s(response, one, tolerance)
    times = np.geomspace(1.0, 1e8, 200)
    at = int(np.argmin(np.abs(np.log(times / found))))
    assert times[at] == pytest.approx(found, rel=1e-6)

    def off(time_s: float) -> float:
        near = time_s * np.exp(np.array([-0.09, 0.09]))
        vector = Model().searched({name: one.values[name] for name in Model().names})
        low, high = Model().pressure_d(near, vector[None], ROCK)[0]
        return float(2 * (high - low) / 0.18 - 1)

    allowed = tolerance if off(times[at - 1]) > 0 else min(tolerance, 0.1)
    assert abs(off(times[at - 1])) > 0.995 * allowed
    assert all(abs(off(later)) < 1.005 * allowed for later in times[at : at + 5])
