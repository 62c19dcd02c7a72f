"""Inflow, PVT, gradient, decline and run life against printed numbers (sources beside them) and their own
limits.
"""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.decline import arps
from app.analysis.decline.arps import Decline
from app.analysis.forecast.survival import Runs, days_per_failure, kaplan_meier, weibull
from app.analysis.wells import gas_properties, gradient, inflow, oil_correlations, pvt
from app.analysis.wells.inflow import Inflow
from app.core.errors import KnownError
from tests.conftest import shared_file

PSI = gas_properties.PSI_PA


def reference() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(shared_file("reference/wells-and-esp.json").read_text())
    return loaded


def test_composite_inflow_is_brown_s_for_every_water_cut() -> None:
    case = reference()["composite_brown"]
    for cut, rates in case["expect"].items():
        found = Inflow(case["pr"], case["J"], case["pb"], float(cut)).rate(np.array(case["pwf"], float))
        assert found == pytest.approx(rates, rel=5e-4), cut


@given(cut=st.floats(0, 1), share=st.floats(0.05, 0.99))
def test_more_drawdown_always_gives_more_and_pressure_and_rate_are_inverse(cut: float, share: float) -> None:
    well = Inflow(20e6, 1e-9, 12e6, cut)
    rates = well.rate(np.linspace(0, 20e6, 40))
    assert (np.diff(rates) < 0).all()
    rate = share * well.most
    assert well.rate(well.pressure(np.array([rate])))[0] == pytest.approx(rate, rel=1e-6)


def test_vogel_fetkovich_and_productivity_fit_what_they_made() -> None:
    """Vogel, JPT 1968, the classic 65 STB/D at 1,500 of 2,000 psi: q_max 162.5, q(500) 146.25."""
    single = inflow.fitted(np.array([65.0]), np.array([1500.0]), reservoir_pressure_pa=2000.0)
    assert single["vogel"]["maximum_rate_m3_per_s"] == pytest.approx(162.5)
    assert inflow.vogel_rate(np.array([500.0]), 2000, 162.5)[0] == pytest.approx(146.25)
    p = np.array([15e6, 11e6, 8e6])
    vogel = inflow.fitted(inflow.vogel_rate(p, 18e6, 3e-3), p)["vogel"]
    assert vogel["reservoir_pressure_pa"] == pytest.approx(18e6, rel=1e-3)
    fetkovich = inflow.fitted(1e-17 * (18e6**2 - p**2) ** 0.9, p, reservoir_pressure_pa=18e6)["fetkovich"]
    assert fetkovich["exponent"] == pytest.approx(0.9)


def test_productivity_of_a_formation_is_guo_s() -> None:
    """Guo, Lyons, Ghalambor, Petroleum Production Engineering (2007), example 3.1: J* 0.1968 and 0.1806
    STB/d/psi.
    """
    case = reference()["guo_ipr"]
    to_field = 86400 / 0.158987294928 * PSI
    common = {
        "permeability_m2": case["k"] * 9.869233e-16,
        "thickness_m": case["h"] * 0.3048,
        "viscosity_pa_s": case["mu"] * 1e-3,
        "formation_volume_factor": case["B"],
        "drainage_radius_m": case["re"],
        "wellbore_radius_m": case["rw"],
    }
    assert inflow.productivity_of_formation(**common) * to_field == pytest.approx(
        case["expect"]["J_pss"], rel=0.005
    )
    assert inflow.productivity_of_formation(**common, pseudo_steady=False) * to_field == pytest.approx(
        case["expect"]["J_ss"], rel=0.005
    )


def test_oil_correlations_are_those_of_ahmed_s_six_crudes() -> None:
    table = reference()["pvt_ahmed"]
    for row in table["rows"]:
        given = dict(zip(table["cols"], row, strict=True))
        oil = 141.5 / (given["API"] + 131.5)
        gas = oil_correlations.vasquez_beggs_gas(
            given["gg"], given["API"], given["psep_psig"] + 14.7, given["Tsep"]
        )
        pressure, t = given["pb_psig"] + 14.7, given["T"]
        assert oil_correlations.standing_rs(pressure, given["gg"], t, given["API"]) == pytest.approx(
            given["Rs_Standing"], abs=1
        )
        assert oil_correlations.vasquez_beggs_rs(pressure, gas, t, given["API"]) == pytest.approx(
            given["Rs_VB"], abs=1
        )
        assert oil_correlations.standing_bubble_psia(
            given["Rs"], given["gg"], t, given["API"]
        ) == pytest.approx(given["pb_Standing"], abs=1)
        assert oil_correlations.vasquez_beggs_bubble_psia(given["Rs"], gas, t, given["API"]) == pytest.approx(
            given["pb_VB"], abs=2
        )
        assert oil_correlations.standing_bo(given["Rs"], given["gg"], oil, t) == pytest.approx(
            given["Bo_Standing"], abs=0.001
        )
        assert oil_correlations.vasquez_beggs_bo(given["Rs"], gas, t, given["API"]) == pytest.approx(
            given["Bo_VB"], abs=0.001
        )


def test_z_is_dranchuk_and_abou_kassem_s() -> None:
    for t, p, z in reference()["z_dak"]:
        assert gas_properties.z_dak(t, p) == pytest.approx(z, abs=1e-4)
    assert gas_properties.z_dak(1.5, 1e-6) == pytest.approx(1.0, abs=1e-5), "an ideal gas at no pressure"


def test_free_gas_at_an_intake_is_the_worked_example() -> None:
    """reference/wells-and-esp.md: 600 + 400 bbl/d, GOR 500, 800 psia, 180 °F: gas is 41.0 % of the volume."""
    oil = pvt.BlackOil(141.5 / (35 + 131.5), 0.75, 500 * pvt.SCF_PER_STB)
    stream = gradient.Stream(1000 * 0.158987 / 86400, 0.4, 500 * pvt.SCF_PER_STB, oil)
    place = gradient.in_place(stream, 800 * PSI, (180 + 459.67) / 1.8)
    assert place.gas_fraction == pytest.approx(0.410, abs=0.002)
    assert gas_properties.gas_deviation(800 * PSI, (180 + 459.67) / 1.8, 0.75) == pytest.approx(
        0.9056, abs=0.001
    )


def test_the_gradient_of_the_brill_and_mukherjee_case() -> None:
    """Multiphase Flow in Wells (SPE Monograph 17, 1999): 0.2153 psi/ft by the library with the case's own
    properties.
    """
    from fluids.two_phase import Beggs_Brill

    foot, area = 0.3048, math.pi / 4 * (0.5 * 0.3048) ** 2
    liquid, gas = 3.97 * foot * area * 47.61 * 16.0185, 3.86 * foot * area * 5.88 * 16.0185
    found = Beggs_Brill(
        m=liquid + gas,
        x=gas / (liquid + gas),
        rhol=47.61 * 16.0185,
        rhog=5.88 * 16.0185,
        mul=0.97e-3,
        mug=0.016e-3,
        sigma=8.41e-3,
        P=1700 * PSI,
        D=0.5 * foot,
        angle=90.0,
        roughness=6e-5 * foot,
        L=foot,
    )
    assert found / PSI == pytest.approx(0.2153, rel=0.01)


def test_a_traverse_of_dead_water_is_its_weight_and_gas_makes_it_lighter() -> None:
    oil = pvt.BlackOil(0.85, 0.8, 0.0)
    dead = gradient.Stream(50 / 86400, 1.0, 0.0, oil, water_density=1000.0)
    kwargs = {
        "top_pressure_pa": 1e6,
        "depth_m": 1000.0,
        "diameter_m": 0.062,
        "top_temperature_k": 300.0,
        "bottom_temperature_k": 330.0,
    }
    _, pressure = gradient.traverse(dead, **kwargs)
    assert pressure[-1] - 1e6 == pytest.approx(1000 * 9.80665 * 1000, rel=0.01)
    live = gradient.Stream(50 / 86400, 0.2, 120.0, pvt.BlackOil(0.85, 0.8, 120.0))
    assert gradient.traverse(live, **kwargs)[1][-1] < pressure[-1]


def test_arps_closed_forms() -> None:
    case = reference()["arps"]
    exponential = Decline(100, case["exp"]["D_mo"], 0.0)
    assert exponential.rate(np.array([12.0]))[0] == pytest.approx(case["exp"]["q"], rel=1e-6)
    assert exponential.cumulative(12) == pytest.approx(case["exp"]["Np"], rel=1e-6)
    hyperbolic = Decline(100, 0.1, 0.5)
    assert hyperbolic.rate(np.array([24.0]))[0] == pytest.approx(case["hyp"]["q"], rel=1e-6)
    assert hyperbolic.cumulative(24) == pytest.approx(case["hyp"]["Np"], rel=1e-6)
    assert Decline(100, 0.1, 1.0).rate(np.array([24.0]))[0] == pytest.approx(case["harm"]["q"], rel=1e-6)
    step = np.linspace(0, 24, 4801)
    assert np.trapezoid(Decline(100, 0.1, 1.0).rate(step), step) == pytest.approx(
        Decline(100, 0.1, 1.0).cumulative(24), rel=1e-6
    )


def test_a_decline_is_found_with_an_interval_that_holds_the_future() -> None:
    time_s = np.arange(48) * 30.4 * 86400.0
    truth = Decline(1e-3, 3e-8, 0.5)
    inside = 0
    for seed in range(20):
        noisy = truth.rate(time_s) * np.exp(np.random.default_rng(seed).normal(0, 0.06, 48))
        found, _ = arps.best_fit(time_s[:36], noisy[:36])
        low, high = found.interval(time_s[36:], 0.8)
        inside += int(((noisy[36:] >= low) & (noisy[36:] <= high)).sum())
    assert 0.65 <= inside / 240 <= 0.97
    with pytest.raises(KnownError, match="decline_not_falling"):
        arps.fit(time_s, truth.rate(time_s)[::-1])
    with pytest.raises(KnownError, match="decline_few_points"):
        arps.fit(time_s[:3], truth.rate(time_s[:3]))


def test_run_life_of_two_textbook_sets() -> None:
    """Lieblein and Zelen 1956, 23 ball bearings; Freireich et al. 1963, 6-MP arm."""
    bearings = reference()["weibull_ball_bearings"]
    life = weibull(Runs(np.array(bearings["t"]), np.ones(23, bool), np.zeros(23)))
    assert life.scale_days == pytest.approx(bearings["expect"]["eta"], rel=1e-3)
    assert life.shape == pytest.approx(bearings["expect"]["beta"], rel=1e-3)
    trial = reference()["km_6mp"]
    runs = Runs(np.array(trial["t"], float), np.array(trial["e"], bool), np.zeros(21))
    curve = kaplan_meier(runs)
    for day, share in trial["expect"].items():
        assert curve.survival[np.searchsorted(curve.days, float(day))] == pytest.approx(share, abs=1e-4)
    assert curve.median_days == 23
    assert days_per_failure(runs) == pytest.approx(359 / 9)
    with pytest.raises(KnownError, match="survival_few_failures"):
        weibull(runs)


def test_the_chance_to_fail_is_conditional_on_having_lived() -> None:
    life = weibull(Runs(np.random.default_rng(3).weibull(2.0, 200) * 400, np.ones(200, bool), np.zeros(200)))
    assert life.fails_within(0, 30) < life.fails_within(300, 30), "it wears"
    expected = 1 - float(life.survival(np.array([330.0]))[0] / life.survival(np.array([300.0]))[0])
    assert life.fails_within(300, 30) == pytest.approx(expected)
    low, high = life.interval(300, 30)
    assert low < life.fails_within(300, 30) < high


def test_pumps_that_were_running_when_the_records_begin_do_not_flatter_run_life() -> None:
    rng = np.random.default_rng(11)
    whole = rng.exponential(300, 4000)
    seen_from = rng.uniform(0, 600, 4000)
    seen = whole > seen_from  # only pumps alive at the first record are in the books
    late = Runs(whole[seen], np.ones(int(seen.sum()), bool), seen_from[seen])
    assert weibull(late).scale_days == pytest.approx(300, rel=0.1)
    naive = Runs(whole[seen], np.ones(int(seen.sum()), bool), np.zeros(int(seen.sum())))
    assert weibull(naive).scale_days > 400
