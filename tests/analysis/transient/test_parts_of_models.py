"""Parts that models are put together from, each against its own formula."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from app.analysis.transient import boundaries, contest, fitting, interpret, porosity, rivals, sources
from app.analysis.transient.descent import steps
from app.analysis.transient.fitting import Fitter
from app.analysis.transient.models import Model
from tests.analysis.transient.test_contest import WELL, record
from tests.analysis.transient.test_interpret import fit


@pytest.mark.parametrize("u", [1e-9, 1e-6, 1e-3, 1.0])
def test_slabs_and_balls_give_by_the_formulas_of_their_authors(u: float) -> None:
    """ω 0.3, λ 1e-6."""
    omega, exchange = 0.3, 1e-6
    depth = math.sqrt(3 * 0.7 * u / exchange)
    slabs = omega + math.sqrt(exchange * 0.7 / (3 * u)) * math.tanh(depth)
    deep = math.sqrt(15 * 0.7 * u / exchange)
    balls = omega + exchange / (5 * u) * (deep / math.tanh(deep) - 1)
    args = (np.array(u), np.array(omega), np.array(exchange))
    assert float(porosity.slabs(*args)) == pytest.approx(slabs, rel=1e-6)
    assert float(porosity.spheres(*args)) == pytest.approx(balls, rel=1e-6)


@pytest.mark.parametrize("parts", [2, 3, 6])
def test_a_corner_is_as_far_as_the_distances_to_both_of_its_faults_say(parts: int) -> None:
    """500 m from the corner, a quarter of the angle from one of them."""
    angle = math.pi / parts
    one, other = 500 * math.sin(angle / 4), 500 * math.sin(3 * angle / 4)
    found = boundaries._from_corner(np.array(one), np.array(other), angle)
    assert float(found) == pytest.approx(500.0)


@pytest.mark.parametrize("x", [0.9e-8, 1e-10, 1e-20])
def test_the_area_under_k0_goes_over_into_its_series_near_nothing(x: float) -> None:
    assert float(sources.under_k0(np.array(x))) == pytest.approx(
        x * (1 - math.log(x / 2) - 0.5772156649), rel=1e-8
    )


def test_a_step_is_damped_by_what_each_value_moves_of_itself() -> None:
    """Residuals of 1 and 1; one value moves its own by 1, the other by a thousandth: half of each way."""
    found = steps(np.ones((1, 2)), np.diag([1.0, 1e-3])[None], np.array([1.0]))
    assert found[0] == pytest.approx([-0.5, -500.0])


def test_a_gauge_of_five_samples_is_heard_and_of_four_a_thousandth_is_taken() -> None:
    """A sawtooth of 1 kPa: each sample stands so far off the middle of its neighbours."""
    response = record(Model(), 1.0)
    time_s = np.exp(np.arange(5.0))
    saw = replace(response, time_s=time_s, pressure_pa=1e7 + 1e3 * np.array([0.0, 1, 0, 1, 0]))
    assert fitting.gauge_noise_pa(saw) == pytest.approx(1.4826 * 1e3 / math.sqrt(1.5))
    four = replace(saw, time_s=time_s[:4], pressure_pa=1e7 + 1e4 * np.arange(4.0))
    assert fitting.gauge_noise_pa(four) == pytest.approx(30.0)


def test_where_no_window_is_straight_an_exact_model_says_where_radial_flow_began(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    response, like = record(Model(), 48.0), fit(misfit=0.5)
    monkeypatch.setattr(interpret.radial, "find", lambda *_: None)
    found = interpret._window(response, like, None)
    assert found is not None
    assert found.from_s == pytest.approx(rivals.radial_from_s(response, like, 0.1), rel=0.12)
    assert interpret._window(response, fit(misfit=0.8), None) is None


def test_models_that_differ_throughout_are_told_apart_right_after_the_last_sample() -> None:
    """Thrice the permeability is a third of the level; the moments that are tried lie 15 % apart."""
    response = replace(record(Model(), 1.0), time_s=10.0 ** np.arange(1, 6), pressure_pa=np.full(5, 1e7))
    apart_s = rivals.told_apart_s(response, fit(), fit(permeability_m2=3 * WELL["permeability_m2"]))
    assert apart_s is not None
    assert 1e5 < apart_s < 1.15e5


@pytest.mark.parametrize(("before", "hopeless"), [([10.0, 20.0], 40.0), ([0.1], 2.5), ([], math.inf)])
def test_a_model_is_given_up_at_four_times_the_best_misfit_but_not_while_it_fits_and_the_first_one_never(
    monkeypatch: pytest.MonkeyPatch, before: list[float], hopeless: float
) -> None:
    asked: list[float] = []

    def begun(self: Fitter, model: Model, begin: np.ndarray, *, hopeless: float) -> fitting.Fit:
        asked.append(hopeless)
        return fit()

    monkeypatch.setattr(Fitter, "fit", begun)
    drawn = {name: np.full(8, value) for name, value in WELL.items()}
    contest.tried(fitting.fitter(record(Model(), 1.0)), Model(), drawn, [fit(misfit=one) for one in before])
    assert asked == [pytest.approx(hopeless)]
