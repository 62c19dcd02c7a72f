"""Well tests against published examples, against answers put in by us, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.transient.derivative import bourdet, derivative_pa
from app.analysis.transient.fitting import fitter
from app.analysis.transient.interpret import chosen, interpret
from app.analysis.transient.models import Model
from app.analysis.transient.record import Formation, Response
from app.analysis.transient.superposed import change_pa
from app.core.errors import KnownError
from app.importers.welltest_json import test_from as read
from app.models.well_tests import StoredTest
from app.services.wells.well_tests import Wanted, analyse, opened
from tests.conftest import shared_file
from tests.proofs import examples

MD, PSI, FT, BARREL = 9.869233e-16, 6894.757293, 0.3048, 0.158987294928
PUBLISHED = json.loads((Path(__file__).parents[1] / "data" / "published_well_tests.json").read_text())
FORMATION = Formation(1.15, 1.8e-3, 0.18, 12.0, 1.6e-9, 0.108)
RATE = 60 / 86400


def from_field(case: dict[str, Any], times: list[float], pressures: list[float]) -> dict[str, Any]:
    """US field units → the stable JSON."""
    answer = {
        "kind": case.get("kind", "buildup"),
        "time_s": [t * 3600 for t in times],
        "pressure_pa": [p * PSI for p in pressures],
        "rate_m3_per_s": case["q_stb_d"] * BARREL / 86400,
        "producing_time_s": case["tp_h"] * 3600 or None,
        "formation_volume_factor": case["B"],
        "viscosity_pa_s": case["mu_cp"] * 1e-3,
        "porosity": case["phi"],
        "thickness_m": case["h_ft"] * FT,
        "total_compressibility_per_pa": case["ct_psi"] / PSI,
        "wellbore_radius_m": case["rw_ft"] * FT,
    }
    if "rates_h_stb_d" in case:
        steps = [[at * 3600, rate * BARREL / 86400] for at, rate in case["rates_h_stb_d"]]
        answer |= {"rate_m3_per_s": steps, "producing_time_s": None}
    return {key: value for key, value in answer.items() if value is not None}


def answer_of(data: dict[str, Any]) -> dict[str, Any]:
    return analyse(read(data, Path("test.json")))[0]


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_published_examples_come_out_as_published(name: str) -> None:
    case = PUBLISHED[name]
    got = answer_of(from_field(case, case["dt_h"], case["p_psi"]))
    assert got["permeability_m2"] / MD == pytest.approx(case["k_md"], rel=case["k_tolerance"])
    assert got["skin"] == pytest.approx(case["skin"], abs=case["skin_tolerance"])
    if "model" in case:
        assert got["match"]["model"] == case["model"]


@pytest.mark.parametrize(
    ("name", "k_md", "skin"), [("horner_earlougher_5_1", 12.8, 8.6), ("horner_lee_1982", 7.65, 6.37)]
)
def test_worked_examples_of_the_textbooks(name: str, k_md: float, skin: float) -> None:
    """Earlougher, SPE Monograph 5 (1977), example 5.1; Lee, SPE Textbook 1 (1982), build-up example."""
    case = json.loads(shared_file("reference/wells-and-esp.json").read_text())[name]
    case |= {"q_stb_d": case["q"], "mu_cp": case["mu"], "ct_psi": case["ct"]}
    got = answer_of(from_field(case, [0.0, *case["dt"]], [case["pwf"], *case["p"]]))
    assert got["permeability_m2"] / MD == pytest.approx(k_md, rel=0.03)
    assert got["skin"] == pytest.approx(skin, abs=0.35)
    assert got["horner"]["slope_pa_per_cycle"] > 0
    if name == "horner_lee_1982":  # t_p ≫ Δt: MDH is Horner
        by_hand, _ = analyse(
            read(from_field(case, [0.0, *case["dt"]], [case["pwf"], *case["p"]]), Path("x")),
            Wanted(window=(6 * 3600, 50 * 3600)),
        )
        assert by_hand["horner"]["permeability_m2"] / MD == pytest.approx(7.66, rel=0.03)
        assert by_hand["mdh"]["permeability_m2"] == pytest.approx(
            by_hand["horner"]["permeability_m2"], rel=0.03, abs=0
        )
        assert by_hand["p_star_pa"] / PSI == pytest.approx(4576, rel=0.002)


def synthetic(
    k_md: float,
    skin: float,
    storage: float,
    *,
    until_h: float = 72.0,
    steps: tuple[tuple[float, float], ...] = ((240 * 3600.0, RATE),),
    noise: float = 0.0,
    falling: bool = False,
) -> Response:
    time_s = np.geomspace(5, until_h * 3600, 90)
    rate = -RATE if falling else RATE
    bare = Response(
        time_s,
        np.zeros(90),
        8e6 if not falling else 18.5e6,
        rate,
        () if falling else steps,
        falling,
        FORMATION,
    )
    values = {"permeability_m2": k_md * MD, "wellbore_storage_m3_per_pa": storage, "skin": skin}
    change = change_pa(bare, Model(), values)
    rough = np.random.default_rng(7).normal(0, noise, 90)
    return replace(bare, pressure_pa=bare.start_pa + bare.sign * change + rough)


@settings(max_examples=examples(8), deadline=None)
@given(k_md=st.floats(8, 200), skin=st.floats(-3, 15), falling=st.booleans())
def test_k_and_skin_put_in_come_out_within_half_a_percent(k_md: float, skin: float, falling: bool) -> None:
    found = interpret(synthetic(k_md, skin, 2e-8, falling=falling))
    assert found.permeability_m2 is not None
    assert found.permeability_m2 / MD == pytest.approx(k_md, rel=0.005)
    assert found.skin == pytest.approx(skin, abs=0.03)
    assert found.storage_m3_per_pa == pytest.approx(2e-8, rel=0.01)


def test_a_rate_history_is_superposed() -> None:
    steps = ((300 * 3600.0, RATE / 2), (100 * 3600.0, RATE), (30 * 3600.0, -RATE / 2))
    found = interpret(synthetic(25, 3.5, 2e-8, steps=steps, noise=500.0))
    assert found.permeability_m2 == pytest.approx(25 * MD, rel=0.01, abs=0)
    wrong = interpret(replace(synthetic(25, 3.5, 2e-8, steps=steps), steps=((300 * 3600.0, RATE),)))
    assert wrong.horner is not None
    assert abs(wrong.horner.permeability_m2 / MD / 25 - 1) > 0.03, "ignoring the steps shows"


def test_without_radial_flow_k_is_not_determined_and_bounded() -> None:
    found = interpret(synthetic(25, 3.5, 5e-6, until_h=12, noise=300.0))
    assert found.permeability_m2 is None
    assert found.skin is None
    assert found.upper_bound_m2 is not None
    assert found.upper_bound_m2 >= 24 * MD
    assert found.storage_m3_per_pa == pytest.approx(5e-6, rel=0.1)
    assert found.remarks[0][0].startswith("no_radial_flow")


def test_the_interval_of_the_match_holds_the_truth_nine_times_in_ten() -> None:
    inside = 0
    response = synthetic(25, 3.5, 2e-8)
    for seed in range(20):
        rough = np.random.default_rng(seed).normal(0, 3000, 90)
        match = chosen(fitter(replace(response, pressure_pa=response.pressure_pa + rough)), Model())
        low, high = match.intervals["permeability_m2"]
        inside += low <= 25 * MD <= high
    assert inside >= 17


def test_the_derivative_of_a_logarithm_is_one_and_of_a_root_has_half_slope() -> None:
    t = np.geomspace(1, 1e5, 200)
    assert bourdet(np.log(t), np.log(t), 0.3) == pytest.approx(np.ones(200))
    root = bourdet(np.log(t), np.sqrt(t), 0.2)[5:-5]
    slope = np.polyfit(np.log(t[5:-5]), np.log(root), 1)[0]
    assert slope == pytest.approx(0.5, abs=0.005)


def test_early_wellbore_storage_rises_with_unit_slope() -> None:
    response = synthetic(25, 3.5, 1e-6)
    early = slice(2, 20)
    slope = np.polyfit(np.log(response.time_s[early]), np.log(derivative_pa(response)[early]), 1)[0]
    assert slope == pytest.approx(1.0, abs=0.05)


GOOD = {
    "kind": "buildup",
    "time_s": [0, *np.geomspace(10, 2e5, 20).tolist()],
    "pressure_pa": [8e6, *np.linspace(8.1e6, 12e6, 20).tolist()],
    "rate_m3_per_s": RATE,
    "producing_time_s": 864000.0,
    "formation_volume_factor": 1.15,
    "viscosity_pa_s": 1.8e-3,
    "porosity": 0.18,
    "thickness_m": 12.0,
    "total_compressibility_per_pa": 1.6e-9,
    "wellbore_radius_m": 0.108,
}


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"kind": "guess"}, "json_value", "kind"),
        ({"colour": 1}, "json_unknown_key", "colour"),
        ({"viscosity_pa_s": -1}, "json_value", "viscosity_pa_s"),
        ({"porosity": 18}, "json_value", "porosity"),
        ({"thickness_m": None}, "json_missing", "thickness_m"),
        ({"time_s": [0, 10, 10, *range(20, 38)]}, "welltest_time", ""),
        ({"time_s": [0, 1]}, "json_lengths", ""),
        ({"pressure_pa": [8e6, "wet", *[9e6] * 19]}, "json_value", "pressure_pa[1]"),
        ({"pressure_pa": [8e6, -1.0, *[9e6] * 19]}, "json_value", "pressure_pa[1]"),
        ({"pressure_pa": [8e6] * 21}, "welltest_no_response", ""),
        ({"rate_m3_per_s": 0}, "json_value", "rate_m3_per_s"),
        ({"rate_m3_per_s": [[0, 1e-3], [0, 2e-3]]}, "welltest_time", ""),
        ({"rate_m3_per_s": [[0, "x"]]}, "json_value", "rate_m3_per_s[0]"),
        ({"producing_time_s": None}, "json_missing", "producing_time_s"),
        ({"kind": "drawdown", "rate_m3_per_s": [[-10, 1e-3], [0, 0]]}, "welltest_rates", ""),
        ({"kind": "inflow"}, "json_missing", "points"),
    ],
)
def test_bad_input_is_refused_with_its_place(change: dict[str, Any], code: str, where: str) -> None:
    data = {key: value for key, value in {**GOOD, **change}.items() if value is not None}
    with pytest.raises(KnownError) as refused:
        answer_of(data)
    assert refused.value.code == code
    assert where in str(refused.value)


def test_every_key_of_the_stable_format_is_always_there() -> None:
    expected = {
        "permeability_m2",
        "skin",
        "wellbore_storage_m3_per_pa",
        "p_star_pa",
        "radial_flow_from_s",
        "radial_flow_to_s",
        "horner",
        "mdh",
        "derivative",
        "match",
        "quality",
    }
    assert expected <= set(answer_of(GOOD))
    points = [{"rate_m3_per_s": 1e-3, "pressure_pa": 15e6}, {"rate_m3_per_s": 2e-3, "pressure_pa": 11e6}]
    inflow = answer_of({"kind": "inflow", "points": points})
    assert expected <= set(inflow)
    assert inflow["inflow"]["pi"]["productivity_m3_per_s_pa"] == pytest.approx(1e-3 / 4e6, rel=1e-6, abs=0)


def made(kind: str, **more: Any) -> dict[str, Any]:
    """A build-up of a plain well, or its mirror: a fall-off after injection."""
    response = synthetic(25, 3.5, 2e-8)
    change = response.pressure_pa - response.start_pa
    pressure = 8e6 + change if kind == "buildup" else 20e6 - change
    start = 8e6 if kind == "buildup" else 20e6
    body = {
        "kind": kind,
        "time_s": [0.0, *response.time_s.tolist()],
        "pressure_pa": [start, *pressure.tolist()],
    }
    return {**GOOD, **body, "producing_time_s": 240 * 3600.0, **more}


def test_a_fall_off_after_injection_is_a_build_up_upside_down() -> None:
    up, down = answer_of(made("buildup")), answer_of(made("falloff"))
    assert down["permeability_m2"] == pytest.approx(up["permeability_m2"], rel=1e-6, abs=0)
    assert down["skin"] == pytest.approx(up["skin"], abs=1e-4)
    assert down["p_star_pa"] == pytest.approx(28e6 - up["p_star_pa"], rel=1e-6)
    signed = made("falloff", rate_m3_per_s=[[-864000.0, -RATE], [0.0, 0.0]], producing_time_s=None)
    signed = {key: value for key, value in signed.items() if value is not None}
    assert answer_of(signed)["permeability_m2"] == pytest.approx(25 * MD, rel=0.01, abs=0)


def test_a_known_reservoir_pressure_that_p_star_misses_is_said() -> None:
    star = answer_of(made("buildup"))["p_star_pa"]
    for known, said in ((star, False), (star + 5e6, True)):
        quality = answer_of(made("buildup", reservoir_pressure_pa=known))["quality"]
        assert any(remark["code"] == "p_star_off" for remark in quality) is said


def test_the_engineers_model_its_standing_values_and_a_second_one_are_laid_through() -> None:
    stored = StoredTest("a", 1, datetime(2026, 1, 1, tzinfo=UTC), "buildup", made("buildup"))
    wanted = Wanted(
        model=Model(edges="fault"), fixed={"fault_distance_m": 900.0}, beside=Model("fracture_infinite")
    )
    seen = opened(stored, wanted)
    assert seen.model is not None
    assert seen.beside is not None
    assert seen.answer["match"]["parameters"]["fault_distance_m"] == pytest.approx(900.0)
    assert seen.model.fit.misfit < 0.3 * seen.beside.fit.misfit
    assert seen.beside.change_pa.shape == seen.model.slope_pa.shape
