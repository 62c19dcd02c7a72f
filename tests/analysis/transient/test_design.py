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


@pytest.mark.parametrize(
    ("storage", "skin"), [(1e-9, 0.0), (1e-10, 0.0), (2e-8, 4.0), (2e-6, 20.0), (2e-8, -3.0)]
)
@pytest.mark.parametrize("shut_in", [False, True])
def test_the_derivative_is_flat_from_the_time_at_which_storage_and_height_meet(
    storage: float, skin: float, shut_in: bool
) -> None:
    """t = 23·C_D·(p_D(t) + S − ½), by halving, and no earlier than the line."""
    number, damaged = FORMATION.storage_number(storage), max(skin, 0.0)
    line = number * (50 * np.exp(0.14 * damaged) if shut_in else 60 + 3.5 * damaged)
    low, high = 1.0, 1e12
    for _ in range(200):
        middle = np.sqrt(low * high)
        height = max(0.5 * (np.log(middle) + 0.81) + damaged - 0.5, 0.5)
        low, high = (middle, high) if middle < 23 * number * height else (low, middle)
    plan = next_test(FORMATION, PERMEABILITY, storage, skin, shut_in=shut_in)
    second = FORMATION.diffusion_per_s(PERMEABILITY)
    assert plan.radial_from_s * second == pytest.approx(max(low, line), rel=1e-6)
    assert plan.line_from_s * second == pytest.approx(line)
    assert plan.enough_s == pytest.approx(10**0.5 * plan.radial_from_s)


def test_of_next_to_no_storage_the_height_is_a_half_at_least() -> None:
    """C_D of a hundredth: 23·C_D·½ of dimensionless time, less than the line's."""
    tiny = 1e-2 / FORMATION.storage_number(1.0)
    second = FORMATION.diffusion_per_s(PERMEABILITY)
    plan = next_test(FORMATION, PERMEABILITY, tiny, 0.0, shut_in=False)
    assert plan.radial_from_s * second == pytest.approx(60 * 1e-2)
    damaged = next_test(FORMATION, PERMEABILITY, tiny, 4.0, shut_in=True)
    assert damaged.radial_from_s * second == pytest.approx(23e-2 * (0.405 + 4.0 - 0.5), rel=0.1)


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
