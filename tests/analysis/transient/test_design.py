"""How long the next test must last, judged by the models that interpret it."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.transient.derivative import derivative_pa
from app.analysis.transient.design import DOUBLED, SEEN, boundary_felt_s, next_test
from app.analysis.transient.models import Model
from app.analysis.transient.record import Formation, Response
from app.analysis.transient.superposed import change_pa
from app.core.texts import Speaker
from app.importers.welltest_json import read_test
from app.reports.wording import welltest_figures
from app.services.wells.well_tests import Wanted, analyse
from tests.conftest import shared_file

FORMATION = Formation(1.2, 1e-3, 0.15, 10.0, 1.5e-9, 0.1)
PERMEABILITY, STORAGE, RATE = 50 * 9.869233e-16, 2e-8, 50 / 86_400


def plateau(time_s: np.ndarray, model: Model, **more: float) -> np.ndarray:
    """Derivative of a model over that of radial flow [-]."""
    start = 20e6
    response = Response(time_s, np.full(len(time_s), start), start, RATE, (), True, FORMATION)
    values = {"permeability_m2": PERMEABILITY, "wellbore_storage_m3_per_pa": STORAGE, "skin": 4.0, **more}
    modelled = change_pa(response, model, values)
    return derivative_pa(response, 0.05, modelled) / FORMATION.slope_pa(RATE, PERMEABILITY)


def test_radial_flow_has_begun_when_it_is_said_to_and_not_long_before() -> None:
    plan = next_test(FORMATION, PERMEABILITY, STORAGE, 4.0, shut_in=False)
    time = np.geomspace(plan.radial_from_s / 30, plan.radial_from_s * 3, 90)
    at_plan = plateau(time, Model())[int(np.searchsorted(time, plan.radial_from_s))]
    early = plateau(time, Model())[int(np.searchsorted(time, plan.radial_from_s / 10))]
    assert at_plan == pytest.approx(1.1, abs=0.03)
    assert early > 1.5
    assert plan.line_from_s < plan.radial_from_s < plan.enough_s


def test_a_shut_in_well_needs_longer_the_more_it_is_damaged_and_both_are_as_the_monograph_has_them() -> None:
    """Earlougher, SPE Monograph 5 (1977), eq. 2.21 in field units: t = (200 000 + 12 000·S)·C/(k·h/μ) hours,
    C in bbl/psi; eq. 2.22: 170 000·C·e^(0.14·S)/(k·h/μ).
    """
    barrels_a_psi = STORAGE / 0.158987294928 * 6_894.757293
    kh_over_mu = 50 * (10 / 0.3048) / 1.0
    for shut_in, printed in (
        (False, (200_000 + 12_000 * 4.0) * barrels_a_psi / kh_over_mu),
        (True, 170_000 * barrels_a_psi * np.exp(0.14 * 4.0) / kh_over_mu),
    ):
        plan = next_test(FORMATION, PERMEABILITY, STORAGE, 4.0, shut_in=shut_in)
        assert plan.line_from_s / 3600 == pytest.approx(printed, rel=0.02)


def test_a_fault_is_seen_and_told_when_its_model_says_so() -> None:
    seen, told = boundary_felt_s(FORMATION, PERMEABILITY, 60.0)
    time = np.geomspace(seen / 10, told * 3, 120)
    ratio = plateau(time, Model(edges="fault"), fault_distance_m=60.0)
    for at, expected in ((seen, 1 + SEEN), (told, 1 + DOUBLED)):
        assert np.interp(at, time, ratio) == pytest.approx(expected, abs=0.04)


@pytest.mark.slow
def test_an_interpreted_test_says_how_long_the_next_must_last_and_one_that_found_nothing_does_not() -> None:
    answers = {}
    for name in ("hom_BU", "storage_only_BU"):
        file = shared_file(f"data/truth-cases/syn_{name}.json")
        answers[name], _ = analyse(read_test(file), Wanted(boundary_m=60.0))
    plan = answers["hom_BU"]["next_test"]
    assert plan["radial_from_s"] == pytest.approx(answers["hom_BU"]["radial_flow_from_s"], rel=0.3)
    assert plan["radial_from_s"] < plan["enough_s"]
    assert plan["boundary_seen_s"] < plan["boundary_told_s"]
    shown = [name for name, _ in welltest_figures(answers["hom_BU"], Speaker("ru"))]
    assert sum(name.startswith("Следующее исследование") for name in shown) == 4
    assert answers["storage_only_BU"]["next_test"] is None
