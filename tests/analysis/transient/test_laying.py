"""How a model is laid through a response: which starts go how far, what stands, how far it misses, and what
other noise would have made of it.
"""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from app.analysis.transient import contest, fitting, relatives
from app.analysis.transient.contest import Contest
from app.analysis.transient.descent import Descent
from app.analysis.transient.fitting import Fitter
from app.analysis.transient.models import Model
from app.analysis.transient.record import Response
from app.analysis.transient.regimes import Regime, log_slopes, regimes
from tests.analysis.transient.test_contest import RATE, ROCK, WELL, record
from tests.analysis.transient.test_interpret import fit
from tests.analysis.transient.test_weighing import stubbed

PLAIN, FAULT = Model(), Model(edges="fault")


def laid(
    monkeypatch: pytest.MonkeyPatch, cost: float, hopeless: float, **more: Any
) -> tuple[fitting.Fit, list[tuple[int, int]], list[Any]]:
    """(what came of it, (starts, steps) of each descent, its limits) where all residuals end at `cost`."""
    of = fitting.fitter(record(PLAIN, 24.0))
    n = 2 * len(of.slope_pa)
    asked: list[tuple[int, int]] = []
    limits: list[Any] = []

    def down(off: Any, starts: np.ndarray, bounds: Any, iterations: int) -> Descent:
        asked.append((len(starts), iterations))
        limits.append(bounds)
        assert off(starts).shape == (len(starts), n)
        rows = np.full((len(starts), n), cost)
        return Descent(starts, rows, np.ones((len(starts), n, starts.shape[1])))

    monkeypatch.setattr(fitting, "descend", down)
    starts = np.repeat(PLAIN.searched(WELL)[None], 5, axis=0)
    starts[:, 2] += np.arange(5.0)
    return of.fit(PLAIN, starts, hopeless=hopeless, **more), asked, limits


def test_all_starts_make_eight_steps_and_the_best_two_sixty(monkeypatch: pytest.MonkeyPatch) -> None:
    _, asked, limits = laid(monkeypatch, 1.0, math.inf)
    assert asked == [(5, 8), (2, 60)]
    assert all(one == pytest.approx(other) for one, other in zip(limits[0], PLAIN.limits, strict=True))
    _, asked, _ = laid(monkeypatch, 1.0, math.inf, iterations=25)
    assert asked == [(5, 8), (2, 25)]


@pytest.mark.parametrize(("hopeless", "descents"), [(1.99, 1), (2.0, 1), (2.01, 2)])
def test_what_misses_by_more_than_is_hoped_for_does_not_go_on(
    monkeypatch: pytest.MonkeyPatch, hopeless: float, descents: int
) -> None:
    """All residuals are two: their root mean square."""
    found, asked, _ = laid(monkeypatch, 2.0, hopeless)
    assert len(asked) == descents
    assert found.misfit == pytest.approx(2.0)


def test_what_stands_is_the_same_in_all_starts_and_has_no_gradient(monkeypatch: pytest.MonkeyPatch) -> None:
    found, asked, limits = laid(monkeypatch, 1.0, math.inf, fixed={"skin": 7.0})
    assert asked == [(5, 8), (2, 60)]
    assert [len(one) for one in limits[0]] == [2, 2]
    assert found.free.tolist() == [True, True, False]
    assert found.values["skin"] == 7.0
    assert (found.gradient[:, :2] == 1.0).all()
    assert (found.gradient[:, 2] == 0.0).all()


def test_how_far_a_fit_misses_is_told_in_pascal_and_as_a_share_of_the_whole_rise() -> None:
    of = fitting.fitter(record(PLAIN, 24.0, noise=3e3))
    found = of.fit(PLAIN, PLAIN.searched(WELL)[None])
    modelled, slope = of.whole.modelled_pa(PLAIN, found.vector[None])
    off = modelled[0] - of.response.change_pa
    assert found.residual_pa == pytest.approx(math.sqrt(np.mean(off**2)))
    assert found.share == pytest.approx(found.residual_pa / of.response.change_pa.max())
    hard = np.concatenate([off / of.off_pressure_pa, (slope[0] - of.slope_pa) / of.off_slope_pa])
    soft = np.sign(hard) * np.sqrt(2 * (np.sqrt(1 + hard**2) - 1))
    assert found.residuals == pytest.approx(soft, rel=1e-6, abs=1e-6)
    assert found.misfit == pytest.approx(math.sqrt(np.mean(soft**2)))
    assert (found.permeability_m2, found.storage_m3_per_pa) == tuple(list(found.values.values())[:2])


# ---- other noise -------------------------------------------------------------------------------------------


def drawn(residuals: np.ndarray, columns: int = 1) -> np.ndarray:
    """Standard deviations where every residual moves each of `columns` values that are looked for by one."""
    free = np.zeros(3, bool)
    free[:columns] = True
    gradient = np.zeros((len(residuals), 3))
    gradient[:, :columns] = np.eye(columns)[np.arange(len(residuals)) % columns]
    one = replace(fit(), residuals=residuals, gradient=gradient, free=free)
    one.__dict__.pop("spread", None)
    return one.spread


def test_noise_is_drawn_in_blocks_of_six_neighbours() -> None:
    """Three up and three down: of six of them nothing is left wherever they begin."""
    waves = np.tile([1.0, 1.0, 1.0, -1.0, -1.0, -1.0], 20)
    assert drawn(waves)[0] == pytest.approx(0.0, abs=1e-12)
    assert drawn(np.tile([1.0, 1.0, 1.0, 1.0, -2.0, -2.0, -0.0], 20))[0] > 1e-3


def test_pressure_and_derivative_of_one_moment_are_drawn_together() -> None:
    """The one is the other turned round: no draw has more of this than of that."""
    rng = np.random.default_rng(1)
    one = rng.normal(size=60)
    assert drawn(np.r_[one, -one])[0] == pytest.approx(0.0, abs=1e-12)
    assert drawn(np.r_[one, one])[0] > 0.02


def test_what_is_looked_for_costs_witnesses() -> None:
    """Of six moments with three values twice as many as of six with none: n/(n − p) under the root."""
    rng = np.random.default_rng(2)
    noise = np.r_[rng.normal(size=60), rng.normal(size=60)]
    gradient = np.zeros((120, 3))
    gradient[:, 0] = 1.0
    one = replace(fit(), residuals=noise, gradient=gradient, free=np.array([True, False, False]))
    three = replace(one, free=np.ones(3, bool))
    for each in (one, three):
        each.__dict__.pop("spread", None)
    assert three.spread[0] / one.spread[0] == pytest.approx(math.sqrt(60 / 57 / (60 / 59)))
    few = replace(one, residuals=noise[:4], gradient=gradient[:4], free=np.ones(3, bool))
    few.__dict__.pop("spread", None)
    assert few.draws.shape == (200, 3)
    assert few.spread[0] > 0


def test_a_value_that_stands_goes_with_no_other() -> None:
    noise = np.random.default_rng(3).normal(size=80)
    gradient = np.zeros((80, 3))
    gradient[:, 0], gradient[:, 1] = np.linspace(1, 2, 80), np.linspace(1, 2, 80) ** 2
    one = replace(fit(), residuals=noise, gradient=gradient, free=np.array([True, True, False]))
    one.__dict__.pop("spread", None)
    assert np.abs(np.diag(one.correlation) - [1.0, 1.0, 0.0]).max() < 1e-9
    assert one.correlation[0, 1] < -0.9
    assert one.correlation[2].tolist() == [0.0, 0.0, 0.0]


# ---- whatever the unit of pressure -------------------------------------------------------------------------


def small(of: Fitter, unit: float) -> Fitter:
    response = replace(of.response, pressure_pa=unit * (of.response.pressure_pa - 1e7), start_pa=0.0)
    return cast(
        Fitter,
        replace(
            of,
            whole=replace(of.whole, response=response),
            slope_pa=unit * of.slope_pa,
            off_pressure_pa=unit * of.off_pressure_pa,
        ),
    )


def test_regimes_and_the_wellbore_are_those_of_the_shape_and_not_of_the_pascal() -> None:
    """A pressure of millionths of a pascal has the same shape: no floor stands in its way."""
    of = fitting.fitter(record(FAULT, 96.0, noise=0.0))
    less = small(of, 1e-7)
    assert [one.name for one in regimes(less)] == [one.name for one in regimes(of)]
    assert [one.level_pa for one in regimes(less)] == pytest.approx(
        [1e-7 * one.level_pa for one in regimes(of)], rel=1e-6, abs=0
    )
    noise = float(of.off_pressure_pa.min())
    args = of.response.time_s, of.response.change_pa, of.slope_pa
    assert fitting.wellbore_rules(*args, noise) == pytest.approx(
        fitting.wellbore_rules(args[0], 1e-7 * args[1], 1e-7 * args[2], 1e-7 * noise)
    )
    assert log_slopes(args[0], 1e-7 * args[2]) == pytest.approx(log_slopes(args[0], args[2]))
    ends = [contest.candidates(one, fit(skin=3.0), (Regime("radial", 1.0, 10.0, 1e4),)) for one in (of, less)]
    assert ends[0] == ends[1]


# ---- what a contest asks -----------------------------------------------------------------------------------


def begun(monkeypatch: pytest.MonkeyPatch, model: Model, before: list[fitting.Fit]) -> tuple[Any, ...]:
    """(how many starts of its own are asked for, the starts that it was laid from)."""
    counts: list[int] = []
    laid_from: list[np.ndarray] = []

    def own(of: Fitter, model: Model, values: Any, count: int) -> np.ndarray:
        counts.append(count)
        return np.zeros((count, len(model.names)))

    monkeypatch.setattr(contest, "starts", own)
    monkeypatch.setattr(contest, "beside", lambda one, model, values: np.ones((2, len(model.names))))
    of = SimpleNamespace(fit=lambda model, begin, hopeless: laid_from.append(begin))
    contest.tried(cast(Fitter, of), model, {}, before)
    return counts[0], laid_from[0]


@pytest.mark.parametrize(
    ("model", "own", "more"),
    [
        (FAULT, 5, 0),
        (Model("fracture_finite"), 2, 0),
        (Model("partial"), 2, 4),
        (Model("fracture_infinite"), 5, 0),
    ],
)
def test_of_its_own_starts_a_costly_model_has_two_and_each_simpler_one_lends_it_two(
    monkeypatch: pytest.MonkeyPatch, model: Model, own: int, more: int
) -> None:
    """A part of the thickness begins at what is nearest over a fifth and over 0.45 besides."""
    count, starts = begun(monkeypatch, model, [fit(), fit(FAULT)])
    assert count == own
    assert len(starts) == own + 4 + more


def test_a_resisting_fracture_begins_as_the_ideal_one_with_three_conductivities(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ideal = fit(Model("fracture_infinite"), fracture_half_length_m=33.0)
    model = Model("fracture_finite")
    _, starts = begun(monkeypatch, model, [fit(), ideal])
    assert len(starts) == 2 + 4 + 3
    last = [model.physical(row) for row in starts[-3:]]
    assert [one["fracture_conductivity"] for one in last] == pytest.approx([1.0, 5.0, 30.0])
    assert [one["fracture_half_length_m"] for one in last] == pytest.approx([33.0] * 3)
    _, other = begun(monkeypatch, Model("fracture_uniform"), [fit(), ideal])
    assert len(other) == 5 + 4


def test_a_misfit_at_a_limit_itself_is_not_enough_not_poor_and_helped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(contest, "ENOUGH", fit(misfit=0.26).misfit)
    assert len(stubbed(monkeypatch, {PLAIN: 0.26}).fits) > 1
    monkeypatch.setattr(contest, "POOR", fit(misfit=2.4).misfit)
    rock = Model(rock="double_slabs")
    found = stubbed(
        monkeypatch, dict.fromkeys((PLAIN, *contest.ALWAYS, Model(well="partial")), 9.0) | {rock: 2.4}
    )
    assert found.of(replace(rock, edges="fault")) is None
    monkeypatch.setattr(relatives, "HELPED", fit(misfit=0.8).misfit)
    assert relatives.second_edges([fit(misfit=1.0), fit(FAULT, misfit=0.8)]) == (Model(edges="channel"),)


def test_a_stimulated_well_is_one_under_minus_three_and_a_hole_under_minus_five_and_a_half_a_fracture() -> (
    None
):
    of = fitting.fitter(record(PLAIN, 24.0))
    for skin, asked in ((-3.0, False), (-3.0001, True)):
        assert (Model("fracture_finite") in contest.candidates(of, fit(skin=skin), ())) is asked
    assert contest._unlikely(fit(FAULT, skin=-5.5)) == 0
    assert contest._unlikely(fit(FAULT, skin=-5.5001)) == 1


def test_an_edge_at_ten_radii_is_credible_and_storage_may_change_at_the_very_end_of_it() -> None:
    """Two metres come out of their logarithm as two, a second as a second."""
    rock = replace(ROCK, wellbore_radius_m=0.2)
    assert fit(FAULT, fault_distance_m=2.0).values["fault_distance_m"] == 2.0
    assert contest.credible(fit(FAULT, fault_distance_m=2.0), rock, 0.0)
    changing = fit(Model(storage="changing"), storage_ratio=0.5, storage_time_s=1.0)
    assert changing.values["storage_time_s"] == 1.0
    assert contest.credible(changing, ROCK, 1.0)


def test_the_simplest_has_fewer_values_than_the_best_and_is_of_the_same_well() -> None:
    two = fit(Model(rock="double_slabs", edges="fault"), storativity_ratio=0.1, interporosity_flow=1e-6)
    one = fit(FAULT)
    fracture = fit(Model("fracture_infinite"), fracture_half_length_m=20.0)
    whole = Contest((two, fracture, one, fit()), (0.0, 1.0, 2.0, 3.0), 30.0)
    assert whole.simplest.model == PLAIN
    assert whole.behind(one) == 2.0
    assert whole.of(FAULT) is one
    assert Contest((one, fit()), (1.0, 1.0), 30.0).simplest is one, "as good is no part that is behind"


def test_a_record_of_a_quiet_gauge_is_heard_to_two_ten_thousandths_of_its_range() -> None:
    time_s = np.exp(np.arange(6.0))
    response = Response(time_s, 1e7 + 1e3 * np.arange(6.0), 1e7, RATE, (), False, ROCK)
    assert fitting.gauge_noise_pa(response) == pytest.approx(1.0)
