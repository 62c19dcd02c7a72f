"""The two solutions against exact answers and each other; measures against printed numbers and second
methods.
"""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards import checks, differences, figures, gearbox, harmonic, pressures, strings
from app.analysis.cards.intake import intake_of
from app.analysis.cards.lines import load_lines
from app.analysis.cards.one_stroke import work_of
from app.analysis.cards.unit import Linkage, motion, phase_of
from app.analysis.simulate import rod_faults, rod_wells
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import run_cards
from app.core.units import DAY_S
from app.importers.card_json import read_card
from app.models.cards import PumpCard, RodSection
from tests.analysis.test_cards import CARD, LINKAGE, rod_well
from tests.conftest import shared_file
from tests.proofs import examples

POUND_N, INCH_M, PSI_PA = 4.4482216, 0.0254, 6894.757


# ---- the wave equation -------------------------------------------------------------------------------------


def test_finite_differences_give_the_exact_answers_within_a_tenth_of_a_percent() -> None:
    for case in json.loads(shared_file("reference/wave-equation-exact.json").read_text()):
        rods = tuple(
            RodSection(length, math.sqrt(4 * area / math.pi), mass, modulus, math.sqrt(modulus * area / mass))
            for modulus, area, mass, length in case["rods"]
        )
        n = 2_000
        turn = np.exp(2j * np.pi * np.arange(n)[:, None] / n * np.arange(len(case["U"])))

        def wave(pairs: list[list[float]], turn: np.ndarray = turn) -> np.ndarray:
            return (turn @ np.array([complex(*pair) for pair in pairs])).real

        found = differences.pump_motion(
            -wave(case["U"]),
            wave(case["F"]),
            rods,
            strokes_per_minute=case["spm"],
            buoyant_weight_n=0.0,
            drag=differences.Drag(case["c"], case["c"]),
        )
        for ours, exact in (
            (-found.position_m, wave([row["U"] for row in case["pump"]])),
            (found.load_n, wave([row["F"] for row in case["pump"]])),
        ):
            assert np.sqrt(np.mean((ours - exact) ** 2)) <= 1e-3 * np.ptp(exact), case["name"]


def test_an_undamped_uniform_rod_follows_dalemberts_waves() -> None:
    """u(0,t) = a·sin ωt under no load: u(L,t) = a·sin ωt·cos(ωL/a) + 0 — the standing wave of a free rod,
    exact.
    """
    rod = strings.section(1_200, 0.01905)
    spm, n = 8.0, 256
    omega = 2 * math.pi * spm / 60
    t = np.arange(n) / n * 60 / spm
    arm = omega * rod.length_m / rod.wave_speed_m_per_s
    # F(0) = −EA·k·a·tan-free form: choose the pump end to be free, F(L) = 0.
    load = -rod.stiffness_n * omega / rod.wave_speed_m_per_s * math.tan(arm) * 1.5 * np.sin(omega * t)
    found = harmonic.pump_motion(
        1.5 * np.sin(omega * t),
        -load * -1,
        (rod,),
        strokes_per_minute=spm,
        damping_per_s=0.0,
        buoyant_weight_n=0.0,
        harmonics=40,
    )
    assert np.abs(found.load_n).max() <= 1e-6 * np.abs(load).max()
    assert found.position_m == pytest.approx(1.5 * np.sin(omega * t) / math.cos(arm), abs=1e-6)


@settings(max_examples=examples(15), deadline=None)
@given(seed=st.integers(0, 10_000))
def test_both_solutions_meet_within_one_percent_on_simulated_cards_of_drawn_wells(seed: int) -> None:
    rng = np.random.default_rng(seed)
    well = rod_wells.draw(rng)
    code = str(
        rng.choice(["full_pump", "fluid_pound", "gas_interference", "traveling_valve_leak", "high_friction"])
    )
    made = rod_faults.simulate([(code,)], [well], rng)
    position, load = made.cards.surface_position_m[0], made.cards.surface_load_n[0]
    weight = strings.buoyant_weight(well.rods, well.fluid_density)
    keep = 30
    options = {"strokes_per_minute": well.strokes_per_minute, "buoyant_weight_n": weight, "harmonics": keep}
    first = harmonic.pump_motion(position, load, well.rods, damping_per_s=0.1, **options)  # type: ignore[arg-type]
    second = differences.pump_motion(
        position, load, well.rods, drag=differences.Drag(0.1, 0.1), cells=4, **options
    )  # type: ignore[arg-type]
    assert np.sqrt(np.mean((first.load_n - second.load_n) ** 2)) <= 0.01 * np.ptp(first.load_n)
    assert np.sqrt(np.mean((first.position_m - second.position_m) ** 2)) <= 0.01 * np.ptp(first.position_m)


@settings(max_examples=examples(15), deadline=None)
@given(seed=st.integers(0, 10_000))
def test_undamped_rods_lose_no_energy_and_carry_the_mean_force_unchanged(seed: int) -> None:
    rng = np.random.default_rng(seed)
    well = rod_wells.draw(rng)
    made = rod_faults.simulate([("fluid_pound",)], [replace(well, damping_per_s=0.0)], rng)
    position, load = made.cards.surface_position_m[0], made.cards.surface_load_n[0]
    weight = strings.buoyant_weight(well.rods, well.fluid_density)
    found = harmonic.pump_motion(
        position,
        load,
        well.rods,
        strokes_per_minute=well.strokes_per_minute,
        damping_per_s=0.0,
        buoyant_weight_n=weight,
        harmonics=60,
    )
    n = len(position)
    soft = harmonic.taper(n // 2 + 1, 60)

    def smooth(values: np.ndarray) -> np.ndarray:
        return np.fft.irfft(np.fft.rfft(values) * soft, n)

    surface = work_of(smooth(position), smooth(load))
    assert work_of(found.position_m, found.load_n) == pytest.approx(surface, rel=0.02)
    assert found.load_n.mean() == pytest.approx(load.mean() - weight, abs=1.0)


def test_damping_iterated_on_power_finds_what_the_well_was_run_with() -> None:
    well = replace(rod_well(1400, 6.0), damping_per_s=0.4)
    run = run_cards(well, PumpRun.of(1, friction_n=0.0))
    weight = strings.buoyant_weight(well.rods, well.fluid_density)
    fluid = well.plunger_area_m2 * (well.discharge_pressure_pa - 3e6)
    drag = differences.damping_from_power(
        run.surface_position_m[0],
        run.surface_load_n[0],
        well.rods,
        strokes_per_minute=6.0,
        buoyant_weight_n=weight,
        fluid_load_n=fluid,
    )
    assert drag.up_per_s == pytest.approx(0.4, abs=0.08)
    assert drag.down_per_s == pytest.approx(0.4, abs=0.08)


# ---- figures -----------------------------------------------------------------------------------------------


def test_well_c_pressure_beam_and_fillage_agree_with_the_vendor() -> None:
    path = shared_file("data/well-c.json")
    vendor = json.loads(path.read_text())["vendor"]
    measures = figures.analyse(read_card(path)).measures
    assert measures["pump_intake_pressure_pa"] == pytest.approx(vendor["pump_intake_pressure_pa"], rel=0.10)
    assert measures["fillage"] == pytest.approx(vendor["fillage"], abs=0.015)
    assert measures["beam_load_fraction"] == pytest.approx(vendor["beam_load_percent"] / 100, abs=0.05)
    assert measures["inferred_liquid_m3_per_s"] == pytest.approx(
        vendor["theoretical_production_m3_per_d"] / DAY_S, rel=0.05
    )


@pytest.mark.parametrize("friction", [0.0, 300.0, 900.0])
def test_intake_pressure_comes_out_of_a_card_with_friction(friction: float) -> None:
    well = rod_well(1500, 5.0)
    run = run_cards(well, PumpRun.of(1, intake_pressure_pa=2.5e6, friction_n=friction))
    lines = load_lines(PumpCard(run.pump_position_m[0], run.pump_load_n[0]))
    discharge = well.discharge_pressure_pa
    found = intake_of(lines, discharge_pa=discharge, column_pa=discharge - 1e6, area_m2=well.plunger_area_m2)
    assert found.pressure_pa == pytest.approx(2.5e6, rel=0.02)
    assert found.low_pa < 2.5e6 < found.high_pa


@pytest.mark.parametrize("fillage", [0.3, 0.5, 0.7, 0.9])
def test_fillage_is_where_the_travelling_valve_opens(fillage: float) -> None:
    """The liquid that entered is fillage·stroke; with little dead space the valve opens there, gas squeezed
    to nothing.
    """
    run = run_cards(
        rod_well(),
        PumpRun.of(1, fillage=fillage, intake_pressure_pa=0.15e6, dead_space_m=0.02, friction_n=0.0),
    )
    lines = load_lines(PumpCard(run.pump_position_m[0], run.pump_load_n[0]))
    assert lines.fillage == pytest.approx(fillage, abs=0.03)
    assert lines.fillage_spread < 0.06


def test_slippage_reproduces_the_published_tables() -> None:
    data = json.loads(shared_file("reference/rod-pump.json").read_text())
    table = data["arco_hf_slippage"]["table"]
    given_in = data["arco_hf_slippage"]["inputs"]
    for clearance in (key for key in table if key != "D"):
        for diameter, expected in zip(table["D"], table[clearance], strict=True):
            found = pressures.arco_slippage_m3_per_s(
                plunger_diameter_m=diameter * INCH_M,
                pressure_difference_pa=given_in["P_psi"] * PSI_PA,
                clearance_m=float(clearance) * INCH_M,
                plunger_length_m=given_in["L_in"] * INCH_M,
                viscosity_pa_s=1e-3,
            )
            assert found * DAY_S / 0.1589873 == pytest.approx(expected, abs=0.06)
    patterson = pressures.patterson_leakage_m3_per_s(
        plunger_diameter_m=2 * INCH_M,
        pressure_difference_pa=2351 * PSI_PA,
        strokes_per_minute=10,
        clearance_m=0.008 * INCH_M,
    )
    assert patterson * DAY_S / 0.1589873 == pytest.approx(data["patterson"]["computed_bpd"], abs=0.05)


def test_a_level_shot_and_the_height_it_tells_are_each_others_inverse() -> None:
    shot = pressures.pressure_under_level_pa(
        casing_pressure_pa=0.8e6, level_m=900, depth_m=1400, oil_density=860
    )
    assert shot > 0.8e6 + 860 * 9.80665 * 500
    assert pressures.height_above_pump_m(shot, 0.8e6, 1400, 860) == pytest.approx(500, abs=0.5)


# ---- the unit ----------------------------------------------------------------------------------------------


def test_torque_factors_are_those_of_the_api_formula() -> None:
    """Second method: TF = (A·R/C)·sin α/sin β with the angles of API Spec 11E from the law of cosines."""
    unit = {
        "api_A_m": 3.2766,
        "api_C_m": 2.8212,
        "api_I_m": 2.8194,
        "api_K_m": 4.459,
        "api_P_m": 3.3528,
        "api_R_m": 1.0668,
    }
    angle, position = motion(LINKAGE)
    torque = gearbox.torque_over_turn(position, np.ones(len(position)) * 1e4 + position, unit)
    assert torque is not None
    a, c, k, p, r = (unit[f"api_{letter}_m"] for letter in "ACKPR")
    j = np.sqrt(k**2 + r**2 - 2 * k * r * np.cos(angle))
    beta = np.arccos((p**2 + c**2 - j**2) / (2 * p * c))
    psi = LINKAGE.beam_angle(angle)
    pin = np.c_[r * np.sin(angle), r * np.cos(angle)]
    saddle = np.array([0.0, k])
    tail = saddle + c * np.c_[-np.sin(psi), -np.cos(psi)]
    pitman, crank = tail - pin, pin
    sine_alpha = (crank[:, 0] * pitman[:, 1] - crank[:, 1] * pitman[:, 0]) / (p * r)
    expected = a * r / c * sine_alpha / np.sin(beta)
    found = torque.rod_n_m / (1e4 + position)
    assert np.abs(np.abs(found) - np.abs(expected)).max() <= 0.01 * np.abs(expected).max()


@pytest.mark.parametrize("geometry", ["conventional", "mark2", "air_balanced"])
@pytest.mark.parametrize("rotation", ["clockwise", "counter_clockwise"])
def test_torque_does_the_work_of_the_card_and_the_counterweights_do_none(
    geometry: str, rotation: str
) -> None:
    size = (
        (7.9248, 6.5532, 6.2153, 4.4133, 0.9558)
        if geometry == "mark2"
        else (3.937, 1.778, 3.7715, 3.3528, 0.4921)
        if geometry == "air_balanced"
        else (3.2766, 2.8212, 4.459, 3.3528, 1.0668)
    )
    unit = {
        "geometry": geometry,
        "rotation": rotation,
        "api_I_m": 0.7 * size[2],
        **{f"api_{k}_m": v for k, v in zip("ACKPR", size, strict=True)},
    }
    linkage = Linkage(*size, mark2=geometry != "conventional")
    assert linkage.turns()
    _, whole = motion(linkage, clockwise=rotation == "clockwise")
    position = np.interp(np.arange(400) / 400, np.arange(len(whole) + 1) / len(whole), np.r_[whole, whole[0]])
    rising = np.r_[np.diff(position), 1e-9] > 0
    load = np.where(rising, 60e3, 35e3)
    torque = gearbox.torque_over_turn(position, load, unit)
    assert torque is not None
    step = np.diff(np.r_[torque.crank_rad, 2 * math.pi])
    assert float((torque.rod_n_m * step).sum()) == pytest.approx(25e3 * linkage.stroke_m, rel=0.03)
    assert float((torque.counterbalance_n_m * step).sum()) == pytest.approx(
        0, abs=0.02 * 25e3 * linkage.stroke_m
    )
    up, down = torque.balanced_n_m[torque.rod_n_m > 0].max(), torque.balanced_n_m[torque.rod_n_m <= 0].max()
    assert up == pytest.approx(down, rel=0.01)
    assert torque.balanced_peak_n_m < 0.6 * np.abs(torque.rod_n_m).max()


def test_an_existing_moment_is_judged_rod_heavy_below_the_best_and_weight_heavy_above() -> None:
    unit = {
        "api_A_m": 3.2766,
        "api_C_m": 2.8212,
        "api_I_m": 2.8194,
        "api_K_m": 4.459,
        "api_P_m": 3.3528,
        "api_R_m": 1.0668,
    }
    best = gearbox.torque_over_turn(CARD.position_m, CARD.load_n, unit)
    assert best is not None
    for share, sign in ((0.7, 1), (1.3, -1)):
        now = gearbox.torque_over_turn(
            CARD.position_m, CARD.load_n, {**unit, "counterbalance_moment_n_m": share * best.best_moment_n_m}
        )
        assert now is not None
        assert now.imbalance is not None
        assert now.peak_n_m is not None
        assert sign * now.imbalance > 0.1
        assert now.peak_n_m > best.balanced_peak_n_m
    effect = gearbox.counterbalance_effect_n(best.best_moment_n_m, unit)
    assert effect == pytest.approx(float(CARD.load_n.mean()), rel=0.25)


def test_the_phase_of_a_position_is_the_inverse_of_the_units_motion() -> None:
    _, whole = motion(LINKAGE, clockwise=False)
    phase = phase_of(whole, LINKAGE, "counter_clockwise")
    assert phase == pytest.approx(np.arange(len(whole)) / len(whole), abs=2e-3)


@pytest.mark.parametrize(
    ("slope", "start_share", "verdict"), [(0.0, 1.0, "tight"), (-120.0, 0.95, "worn"), (-900.0, 0.9, "leaks")]
)
def test_a_travelling_valve_is_judged_by_how_fast_the_load_falls(
    slope: float, start_share: float, verdict: str
) -> None:
    t = np.linspace(0, 15, 60)
    load = 45e3 + start_share * 20e3 + slope * t
    found = checks.judge(
        "traveling",
        t,
        load,
        buoyant_weight_n=45e3,
        fluid_load_n=20e3,
        plunger_area_m2=1.5e-3,
        rod_compliance_m_per_n=2e-5,
    )
    assert found.verdict == verdict
    assert found.leak_m3_per_s == pytest.approx(-slope * 2e-5 * 1.5e-3, abs=1e-8)
