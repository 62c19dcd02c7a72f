"""Tests of many rates, by another hand: SciPy's exponential integral with image wells, summed rate by rate;
two gauges; gas deliverability. The right answers stand in the constants above each.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import exp1

from app.core.errors import KnownError
from app.importers.welltest_json import test_from as read
from app.services.wells.two_gauges import beside_the_second
from app.services.wells.well_tests import Wanted, analyse

MD, DAY, HOUR = 9.869233e-16, 86_400.0, 3_600.0
K, SKIN, INITIAL = 50 * MD, 4.0, 30e6
FORMATION = {
    "formation_volume_factor": 1.2,
    "viscosity_pa_s": 1e-3,
    "porosity": 0.15,
    "thickness_m": 10.0,
    "total_compressibility_per_pa": 1.5e-9,
    "wellbore_radius_m": 0.1,
}
ETA = K / (0.15 * 1e-3 * 1.5e-9)


def of_one_rate(time_s: np.ndarray, fault_m: float | None) -> np.ndarray:
    """Drawdown of one m³/s [Pa]."""
    unit = 1e-3 * 1.2 / (4 * np.pi * K * 10.0)
    image = 0.0 if fault_m is None else exp1((2 * fault_m) ** 2 / (4 * ETA * time_s))
    return unit * (exp1(0.01 / (4 * ETA * time_s)) + 2 * SKIN + image)


def record(
    rates: list[tuple[float, float]], end_s: float, fault_m: float | None = None, noise: float = 300.0
) -> dict[str, Any]:
    """Pressures of all the periods; rates by the day."""
    begins = np.array([at for at, _ in rates])
    changes = np.diff([rate / DAY for _, rate in rates], prepend=0.0)
    near = [at + np.geomspace(5.0, 3e4, 40) for at in begins]
    time_s = np.unique(np.concatenate([np.arange(0.0, end_s, HOUR), *near]))
    time_s = time_s[time_s <= end_s]
    pressure = np.full(len(time_s), INITIAL)
    for at, change in zip(begins, changes, strict=True):
        later = time_s > at
        pressure[later] -= change * of_one_rate(time_s[later] - at, fault_m)
    pressure += np.random.default_rng(7).normal(0, noise, len(time_s))
    told = [[at, rate / DAY] for at, rate in rates]
    return {**FORMATION, "time_s": time_s.tolist(), "pressure_pa": pressure.tolist(), "rate_m3_per_s": told}


HISTORIES = {
    "step rates, injected": ("injection", [(0.0, -20.0), (2 * HOUR, -40.0), (4 * HOUR, -60.0)], 24 * HOUR),
    "rates that rise": ("drawdown", [(0.0, 20.0), (6 * HOUR, 35.0), (12 * HOUR, 60.0)], 48 * HOUR),
    "a rate that falls, not to none": ("buildup", [(0.0, 80.0), (3 * DAY, 30.0)], 4 * DAY),
    "fall-off": ("falloff", [(0.0, -50.0), (5 * DAY, -80.0), (9 * DAY, 0.0)], 10 * DAY),
    "DST: flow, shut, flow, shut": (
        "buildup",
        [(0.0, 40.0), (0.5 * HOUR, 0.0), (2 * HOUR, 60.0), (8 * HOUR, 0.0)],
        24 * HOUR,
    ),
}


@pytest.mark.parametrize("name", list(HISTORIES))
def test_the_last_change_of_any_history_of_rates_gives_k_and_skin(name: str) -> None:
    kind, rates, end_s = HISTORIES[name]
    answer, _ = analyse(read({"kind": kind, **record(rates, end_s)}, Path("x")))
    assert answer["permeability_m2"] / K == pytest.approx(1.0, rel=0.05)
    assert answer["skin"] == pytest.approx(SKIN, abs=0.3)


LONG = [(0.0, 50.0), (2 * DAY, 80.0), (5 * DAY, 0.0), (5.5 * DAY, 60.0), (9 * DAY, 30.0), (12 * DAY, 0.0)]


@pytest.mark.slow
def test_a_whole_history_sees_the_fault_that_its_last_hours_do_not() -> None:
    """250 m: its image is felt after 18 hours; the shut-ins last twelve and six."""
    body = {"kind": "buildup", **record(LONG, 12.25 * DAY, fault_m=250.0), "reservoir_pressure_pa": INITIAL}
    whole, _ = analyse(read(body, Path("x")), Wanted(whole=True))
    assert whole["match"]["model"] == "fault"
    assert whole["match"]["parameters"]["fault_distance_m"] == pytest.approx(250.0, rel=0.1)
    assert whole["permeability_m2"] / K == pytest.approx(1.0, rel=0.05)
    assert whole["skin"] == pytest.approx(SKIN, abs=0.3)
    told = whole["deconvolution"]
    assert told["initial_pressure_pa"] == pytest.approx(INITIAL, abs=3e3)
    assert told["rates_m3_per_s"][0] * DAY == pytest.approx(50.0, rel=0.01)
    said = {one["code"] for one in whole["quality"]}
    assert "deconvolved" in said
    assert "deconvolution_misfit" not in said


@pytest.mark.slow
def test_a_skin_that_changed_within_the_history_is_no_one_response() -> None:
    body = record(LONG, 12.25 * DAY)
    time_s, pressure = np.array(body["time_s"]), np.array(body["pressure_pa"])
    body["pressure_pa"] = np.where(
        (time_s > 5.5 * DAY) & (time_s < 12 * DAY), pressure - 4e5, pressure
    ).tolist()
    answer, _ = analyse(read({"kind": "buildup", **body}, Path("x")), Wanted(whole=True))
    assert "deconvolution_misfit" in {one["code"] for one in answer["quality"]}


def test_one_rate_is_no_history() -> None:
    with pytest.raises(KnownError, match="welltest_one_rate"):
        analyse(read({"kind": "drawdown", **record([(0.0, 50.0)], DAY)}, Path("x")), Wanted(whole=True))


@pytest.mark.slow
def test_two_porosities_come_out_of_the_late_solution_of_warren_and_root() -> None:
    """k 40 md, S 3, ω 0.05, λ 1e-6: ½·[ln t_D + 0.80907 + Ei(−λt_D/ω(1−ω)) − Ei(−λt_D/(1−ω))] + S."""
    k, omega, exchange, long_s = 40 * MD, 0.05, 1e-6, 10 * DAY
    unit = 1e-3 * 1.2 / (2 * np.pi * k * 10.0)

    def of_one_rate(time_s: np.ndarray) -> np.ndarray:
        t = k / (0.15 * 1e-3 * 1.5e-9) * time_s / 0.01
        both = exp1(exchange * t / (1 - omega)) - exp1(exchange * t / omega / (1 - omega))
        return unit * (0.5 * (np.log(t) + 0.80907 + both) + 3.0)

    time_s, rate = np.geomspace(30.0, 3 * DAY, 140), 40 / DAY
    rises = rate * (of_one_rate(long_s + time_s) - of_one_rate(time_s))
    flowing = INITIAL - rate * float(of_one_rate(np.array([long_s]))[0])
    pressure = INITIAL - rises + np.random.default_rng(4).normal(0, 300.0, len(time_s))
    body = {"kind": "buildup", **FORMATION, "rate_m3_per_s": rate, "producing_time_s": long_s}
    body |= {"time_s": [0.0, *time_s.tolist()], "pressure_pa": [flowing, *pressure.tolist()]}
    answer, _ = analyse(read(body, Path("x")))
    assert answer["match"]["model"] == "double_pseudo_steady"
    assert answer["permeability_m2"] / k == pytest.approx(1.0, rel=0.05)
    assert answer["skin"] == pytest.approx(3.0, abs=0.3)
    assert answer["match"]["parameters"]["storativity_ratio"] == pytest.approx(omega, rel=0.1)
    assert answer["match"]["parameters"]["interporosity_flow"] == pytest.approx(exchange, rel=0.1)


# ---- two gauges --------------------------------------------------------------------------------------------


def test_a_gauge_that_drifts_is_told_against_the_second_and_its_drift_is_taken_out() -> None:
    """20 kPa up, 40 kPa a day: a late derivative that is none of the rock's."""
    body = {"kind": "buildup", **record([(0.0, 40.0), (4 * DAY, 0.0)], 6 * DAY)}
    time_s, true = np.array(body["time_s"]), np.array(body["pressure_pa"])
    body["pressure_pa"] = (true + 20e3 + 40e3 * time_s / DAY).tolist()
    body["second_gauge"] = {"time_s": (time_s[::2]).tolist(), "pressure_pa": true[::2].tolist()}
    lies: list[dict[str, Any]] = []
    beside_the_second(read(body, Path("x")), lies, undrift=False)
    [told] = [one["detail"] for one in lies if one["code"] == "gauge_drifts"]
    assert told["drift_kpa_per_day"] == pytest.approx(40.0, rel=0.02)
    assert told["offset_kpa"] == pytest.approx(20.0, rel=0.05)
    mended, _ = analyse(read(body, Path("x")), Wanted(undrift=True))
    assert "gauge_drift_removed" in {one["code"] for one in mended["quality"]}
    assert mended["permeability_m2"] / K == pytest.approx(1.0, rel=0.05)
    assert mended["skin"] == pytest.approx(SKIN, abs=0.3)


# ---- gas deliverability ------------------------------------------------------------------------------------

PSI, MSCF_D = 6_894.757293, 1000 * 0.028316846592 / 86_400
GAS = {"relative_density": 0.65, "temperature_k": 340.0}


def deliverability(points: list[dict[str, Any]], reservoir_pa: float) -> tuple[dict[str, Any], set[str]]:
    body = {"kind": "inflow", "gas": GAS, "reservoir_pressure_pa": reservoir_pa, "points": points}
    answer, _ = analyse(read(body, Path("x")))
    return answer["inflow"], {one["code"] for one in answer["quality"]}


def test_four_rates_give_the_exponent_and_the_open_flow_of_the_formula() -> None:
    """3,200 psia; 1.5, 3, 4.5, 6 MMscf/d at 3,050, 2,810, 2,480, 2,050 psia: a published exercise, solved
    here with NumPy's polyfit as it asks.
    """
    rate, pressure = np.array([1500.0, 3000, 4500, 6000]), np.array([3050.0, 2810, 2480, 2050])
    squares = 3200.0**2 - pressure**2
    n, log_c = np.polyfit(np.log10(squares), np.log10(rate), 1)
    open_flow = 10**log_c * (3200.0**2 - 14.696**2) ** n
    points = [
        {"rate_m3_per_s": float(q * MSCF_D), "pressure_pa": float(p * PSI)}
        for q, p in zip(rate, pressure, strict=True)
    ]
    found, said = deliverability(points, 3200.0 * PSI)
    assert found["back_pressure"]["exponent"] == pytest.approx(n, abs=1e-6)
    assert found["back_pressure"]["maximum_rate_m3_per_s"] / MSCF_D == pytest.approx(open_flow, rel=1e-6)
    assert "deliverability_back_pressure" in said
    assert (
        found["laminar_inertial"]["maximum_rate_m3_per_s"] < found["back_pressure"]["maximum_rate_m3_per_s"]
    )


def test_short_flows_give_the_slope_and_the_one_that_stood_the_place() -> None:
    """n 0.75; C 3e-12 while short, 2e-12 once it stands."""
    reservoir = 15e6
    rates = np.array([0.05, 0.1, 0.2])

    def pressure(rate: float, c: float) -> float:
        return float(np.sqrt(reservoir**2 - (rate / c) ** (1 / 0.75)))

    points = [
        {"rate_m3_per_s": float(q), "pressure_pa": pressure(float(q), 3e-11), "stabilised": False}
        for q in rates
    ]
    points.append({"rate_m3_per_s": 0.2, "pressure_pa": pressure(0.2, 2e-11), "stabilised": True})
    found, said = deliverability(points, reservoir)
    assert found["back_pressure"]["exponent"] == pytest.approx(0.75, abs=1e-6)
    assert found["back_pressure"]["coefficient"] == pytest.approx(2e-11, rel=1e-6)
    assert "deliverability_isochronal" in said


def test_shut_ins_that_do_not_come_back_are_what_each_flow_is_seen_against() -> None:
    before = [15e6, 14.8e6, 14.5e6]
    points = [
        {
            "rate_m3_per_s": q,
            "pressure_pa": float(np.sqrt(p**2 - (q / 3e-11) ** (1 / 0.8))),
            "shut_in_pressure_pa": p,
            "stabilised": False,
        }
        for q, p in zip([0.1, 0.2, 0.3], before, strict=True)
    ]
    found, said = deliverability(points, 15e6)
    assert found["back_pressure"]["exponent"] == pytest.approx(0.8, abs=1e-6)
    assert {"deliverability_modified_isochronal", "deliverability_nothing_stood"} <= said


def test_rates_that_cost_less_than_they_can_are_said() -> None:
    """n over 1: no rock gives that."""
    points = [
        {"rate_m3_per_s": q, "pressure_pa": float(np.sqrt(15e6**2 - (q / 1e-19) ** (1 / 1.3)))}
        for q in (0.1, 0.2, 0.3)
    ]
    _, said = deliverability(points, 15e6)
    assert "deliverability_exponent" in said
