"""Rod pump physics against exact answers, a vendor's system, published numbers, and the forward
simulation.
"""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards import figures, harmonic, stress, strings
from app.analysis.cards.repair import repair
from app.analysis.cards.unit import Linkage, motion_over_time
from app.analysis.diagnosis import diagnose_card
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import RodWell, run_cards
from app.core.errors import KnownError
from app.importers.card_json import read_card
from app.models.cards import Card, Fluid, RodSection, WellBore
from tests.conftest import shared_file
from tests.proofs import examples

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
LINKAGE = Linkage(3.2766, 2.8212, 4.459, 3.3528, 1.0668)


def rod_well(depth: float = 1400, spm: float = 5.5, plunger: float = 0.044, **options: float) -> RodWell:
    rods = (strings.section(depth * 0.45, 0.022225), strings.section(depth * 0.55, 0.01905))
    return RodWell(rods, LINKAGE, spm, plunger, 1e6 + 950 * 9.80665 * depth, 950.0, **options)


def card_of(well: RodWell, *, noise_n: float = 60.0, **condition: float) -> Card:
    run = run_cards(well, PumpRun.of(1, **condition))
    rng = np.random.default_rng(3)
    bore = WellBore(
        rods=well.rods,
        pump_depth_m=strings.length(well.rods),
        plunger_diameter_m=well.plunger_diameter_m,
        tubing_pressure_pa=1e6,
        casing_pressure_pa=0.6e6,
        fluid=Fluid(water_cut=0.5, oil_relative_density=0.86, water_relative_density=1.04),
    )
    load = run.surface_load_n[0] + rng.normal(0, noise_n, run.surface_load_n.shape[1])
    return Card("t", WHEN, well.strokes_per_minute, run.surface_position_m[0], load, bore=bore)


# ---- the wave equation -------------------------------------------------------------------------------------


def test_the_harmonic_solution_gives_the_exact_answers_to_40_digits_within_1e_6() -> None:
    """reference/wave-equation-exact.json: uniform and two-taper strings, computed to 40 digits apart from
    this code.
    """
    for case in json.loads(shared_file("reference/wave-equation-exact.json").read_text()):
        rods = tuple(
            RodSection(length, 0.02, mass, ea_modulus * area / (math.pi / 4 * 0.02**2), 1.0)
            for ea_modulus, area, mass, length in case["rods"]
        )
        rods = tuple(
            replace(rod, wave_speed_m_per_s=math.sqrt(rod.stiffness_n / rod.mass_kg_per_m)) for rod in rods
        )
        u = np.array([complex(*pair) for pair in case["U"]])
        f = np.array([complex(*pair) for pair in case["F"]])
        u_pump, f_pump = harmonic.transfer(u, f, rods, 2 * math.pi * case["spm"] / 60, case["c"])
        for k, expected in enumerate(case["pump"]):
            assert u_pump[k] == pytest.approx(complex(*expected["U"]), rel=1e-6), case["name"]
            assert f_pump[k] == pytest.approx(complex(*expected["F"]), rel=1e-6), case["name"]


def test_well_c_agrees_with_the_vendors_pump_card_within_0_9_percent_load_and_0_15_percent_position() -> None:
    path = shared_file("data/well-c.json")
    vendor = json.loads(path.read_text())["vendor"]
    analysis = figures.analyse(read_card(path))
    assert analysis.pump is not None
    theirs = {key: np.array(vendor["pump_card"][key]) for key in ("position_m", "load_n")}
    n = len(theirs["load_n"])
    ours = {}
    for key, rows in (("position_m", analysis.pump.position_m), ("load_n", analysis.pump.load_n)):
        ours[key] = np.interp(np.arange(n) / n * len(rows), np.arange(len(rows) + 1), np.r_[rows, rows[0]])

    def error(key: str, shift: int) -> float:
        a, b = np.roll(ours[key], shift), theirs[key]
        return float(np.sqrt(np.mean((a - a.mean() - b + b.mean()) ** 2)) / np.ptp(b))

    best = min(range(n), key=lambda shift: error("position_m", shift) + error("load_n", shift))
    assert error("load_n", best) <= 0.009
    assert error("position_m", best) <= 0.0015


def test_well_c_figures_agree_with_the_vendors() -> None:
    path = shared_file("data/well-c.json")
    vendor = json.loads(path.read_text())["vendor"]
    measures = figures.analyse(read_card(path)).measures
    assert measures["fillage"] == pytest.approx(vendor["fillage"], abs=0.015)
    for ours, theirs in zip(measures["rods"], vendor["rods"], strict=True):
        assert ours["goodman_fraction"] == pytest.approx(theirs["goodman_fraction"], abs=0.03)
    assert measures["fluid_load_n"] == pytest.approx(vendor["fluid_load_n"], rel=0.03)


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"fillage": 0.5, "intake_pressure_pa": 0.5e6},
        {"fillage": 0.7, "intake_pressure_pa": 4e6},
        {"traveling_leak": 4e-4},
        {"standing_leak": 4e-4},
    ],
)
@pytest.mark.parametrize(("depth", "spm"), [(1000, 7.0), (1500, 4.5)])
def test_going_down_the_rods_gives_back_the_pump_card_that_the_forward_run_began_with(
    depth: float, spm: float, condition: dict[str, float]
) -> None:
    """Two independent methods (characteristics forward, harmonics back) meet within 1 % of the range, where
    enough of the sharp corners is kept.
    """
    well = rod_well(depth, spm)
    run = run_cards(well, PumpRun.of(1, **condition), points=400)
    weight = strings.buoyant_weight(well.rods, well.fluid_density)
    motion = harmonic.pump_motion(
        run.surface_position_m[0],
        run.surface_load_n[0],
        well.rods,
        strokes_per_minute=spm,
        damping_per_s=well.damping_per_s,
        buoyant_weight_n=weight,
        harmonics=80,
    )
    assert np.sqrt(np.mean((motion.load_n - run.pump_load_n[0]) ** 2)) <= 0.010 * np.ptp(run.pump_load_n[0])
    position = motion.position_m - motion.position_m.min()
    assert np.sqrt(np.mean((position - run.pump_position_m[0]) ** 2)) <= 0.003 * np.ptp(position)


@pytest.mark.slow
def test_a_batch_of_cards_is_run_as_each_alone() -> None:
    well = rod_well()
    both = run_cards(
        well, PumpRun(fillage=np.array([1.0, 0.6]), intake_pressure_pa=np.array([3e6, 0.8e6])).spread(2)
    )
    alone = run_cards(well, PumpRun.of(1, fillage=0.6, intake_pressure_pa=0.8e6))
    assert both.surface_load_n[1] == pytest.approx(alone.surface_load_n[0])


# ---- kinematics and figures --------------------------------------------------------------------------------


def test_strokes_of_published_units_follow_from_their_geometry() -> None:
    """API 11E geometries of conventional, Mark II, reverse and air-balanced units, in inches."""
    for case in json.loads(shared_file("reference/rod-pump.json").read_text())["strokes_from_geometry"][
        "cases"
    ]:
        linkage = Linkage(case["A"], case["C"], case["K"], case["P"], case["R"])
        assert linkage.stroke_m == pytest.approx(case["stroke_in"], abs=0.002), case["unit"]


def test_the_goodman_load_reproduces_the_vendors_values() -> None:
    data = json.loads(shared_file("reference/rod-pump.json").read_text())["goodman"]
    for highest, lowest, _, ratio in data["cases"]:
        assert stress.goodman_fraction(highest, lowest, data["T_psi"], 1.0) == pytest.approx(ratio, abs=1e-9)


def test_a_stroke_starts_at_the_bottom_and_goes_up() -> None:
    motion = motion_over_time(LINKAGE, 200)
    assert motion[0] == pytest.approx(0, abs=1e-3)
    assert motion.max() == pytest.approx(LINKAGE.stroke_m, rel=1e-3)


def test_rods_weigh_what_the_catalogue_says_couplings_included() -> None:
    """API 11B: 7/8 in rods 2.224 lb/ft; bare steel would be 14 % off."""
    assert strings.catalogue_mass(0.022225) == pytest.approx(2.224 * 0.45359237 / 0.3048, rel=1e-3)
    bare = 7850 * math.pi / 4 * 0.022225**2
    assert 1.05 < strings.catalogue_mass(0.022225) / bare < 1.15


def test_without_rods_there_is_no_pump_card_and_the_answer_says_which_input_is_missing() -> None:
    card = replace(card_of(rod_well()), bore=WellBore())
    analysis = figures.analyse(card)
    assert analysis.pump is None
    assert analysis.measures["fillage"] is None
    assert "missing_rods" in {remark.code for remark in analysis.remarks}
    assert analysis.measures["peak_polished_rod_load_n"] > 0


# ---- recorded cards lie ------------------------------------------------------------------------------------


@settings(max_examples=examples(25), deadline=None)
@given(shift=st.integers(0, 199), backwards=st.booleans())
def test_wherever_a_record_starts_and_whichever_way_it_runs_the_figures_are_the_same(
    shift: int, backwards: bool
) -> None:
    card = CARD
    position, load = np.roll(card.position_m, shift), np.roll(card.load_n, shift)
    if backwards:
        position, load = position[::-1], load[::-1]
    analysis = figures.analyse(replace(card, position_m=position, load_n=load))
    expected = EXPECTED
    assert ("time_reversed" in {remark.code for remark in analysis.remarks}) == backwards
    for key in ("fillage", "fluid_load_n", "gross_stroke_m", "polished_rod_power_w"):
        assert analysis.measures[key] == pytest.approx(expected[key], rel=0.01), key


CARD = card_of(rod_well())
EXPECTED = figures.analyse(CARD).measures


def test_spikes_and_zero_points_are_repaired_and_said() -> None:
    load, position = CARD.load_n.copy(), CARD.position_m.copy()
    load[40] += 60e3
    load, position = np.r_[load, 0.0, 0.0], np.r_[position, 0.0, 0.0]
    clean = repair(replace(CARD, load_n=load, position_m=position))
    assert {"spikes_replaced", "zeros_dropped"} <= {remark.code for remark in clean.remarks}
    assert clean.load_n.max() == pytest.approx(CARD.load_n.max(), rel=0.02)


def test_uneven_samples_are_put_on_equal_steps_by_their_times() -> None:
    n, period = len(CARD.load_n), 60 / CARD.strokes_per_minute
    keep = np.r_[np.arange(0, 60), np.arange(60, n, 2)]
    time_s = np.arange(n)[keep] * period / n
    card = replace(CARD, position_m=CARD.position_m[keep], load_n=CARD.load_n[keep], time_s=time_s)
    analysis = figures.analyse(card)
    assert "uneven_sampling" in {remark.code for remark in analysis.remarks}
    assert analysis.measures["fillage"] == pytest.approx(EXPECTED["fillage"], abs=0.03)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"position_m": CARD.position_m[:10], "load_n": CARD.load_n[:10]}, "card_too_short"),
        ({"position_m": CARD.position_m * 1e5}, "card_stroke"),
        ({"position_m": CARD.position_m * 0.01}, "card_stroke"),
        ({"position_m": np.full(200, 1.5)}, "card_position_dead"),
        ({"position_m": CARD.position_m + np.random.default_rng(1).normal(0, 1, 200)}, "card_position_noise"),
        ({"load_n": CARD.load_n * 1000}, "card_load"),
        ({"load_n": -CARD.load_n}, "card_load"),
        ({"load_n": np.full(200, 5e4)}, "card_load_dead"),
        ({"load_n": np.minimum(CARD.load_n, np.percentile(CARD.load_n, 40))}, "card_clipped"),
        ({"load_n": np.random.default_rng(2).uniform(2e4, 6e4, 200)}, "card_noise"),
        ({"position_m": CARD.position_m[:104], "load_n": CARD.load_n[:104]}, "card_half_stroke"),
        ({"strokes_per_minute": 0.05}, "card_speed"),
        ({"load_n": np.where(np.arange(200) == 7, np.nan, CARD.load_n)}, "card_not_numbers"),
        ({"strokes_per_minute": 600.0}, "card_speed"),
        ({"time_s": np.zeros(200)}, "card_time"),
    ],
)
def test_a_record_that_is_no_card_is_refused_with_a_reason(change: dict[str, object], code: str) -> None:
    with pytest.raises(KnownError, match=code):
        figures.analyse(replace(CARD, **change))


# ---- conditions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "condition"),
    [
        ("full_pump", {}),
        ("fluid_pound", {"fillage": 0.5, "intake_pressure_pa": 0.5e6}),
        ("gas_interference", {"fillage": 0.65, "intake_pressure_pa": 4e6}),
        ("traveling_valve_leak", {"traveling_leak": 7e-4}),
        ("standing_valve_leak", {"standing_leak": 7e-4}),
    ],
)
@pytest.mark.parametrize(
    ("depth", "spm", "plunger"), [(1000, 5.0, 0.044), (1500, 4.5, 0.044), (1250, 6.5, 0.044)]
)
def test_simulated_conditions_are_named_first(
    code: str, condition: dict[str, float], depth: float, spm: float, plunger: float
) -> None:
    found = diagnose_card(figures.analyse(card_of(rod_well(depth, spm, plunger), **condition)))
    assert found[0][0] == code
    assert found[0][1].evidence


@pytest.mark.parametrize("broken_at", [450.0, 700.0, 1000.0])
def test_parted_rods_are_found_with_the_depth_of_the_break(broken_at: float) -> None:
    whole = rod_well()
    card = replace(card_of(replace(whole, parted_at_m=broken_at)))
    analysis = figures.analyse(card)
    code, verdict = diagnose_card(analysis)[0]
    assert code == "rods_parted"
    assert 0 <= analysis.measures["system_efficiency"] <= 1
    assert verdict.severity == "stop"
    depth = next(item.details["depth"] for item in verdict.evidence if item.code == "break_depth")
    assert depth == pytest.approx(broken_at, rel=0.02)


def test_a_surface_card_alone_never_gets_a_certain_label() -> None:
    card = replace(card_of(rod_well(), fillage=0.5, intake_pressure_pa=0.5e6), bore=WellBore())
    for _, verdict in diagnose_card(figures.analyse(card)):
        assert verdict.confidence <= 0.5


def test_gas_and_pound_are_both_named_when_the_intake_pressure_is_not_known() -> None:
    card = card_of(rod_well(), fillage=0.6, intake_pressure_pa=1.5e6)
    card = replace(card, bore=replace(card.bore, tubing_pressure_pa=None))
    codes = {code for code, _ in diagnose_card(figures.analyse(card))}
    assert {"fluid_pound", "gas_interference"} <= codes


PLATES = {
    "normal": "full_pump",
    "insufficient_supply_fluid_pound": "fluid_pound",
    "gas_interference": "gas_interference",
    "rod_part": "rods_parted",
    "tagging_up": "tagging_up",
    "tagging_down": "tagging_down",
    "travelling_valve_leak": "traveling_valve_leak",
    "standing_valve_leak": "standing_valve_leak",
    "plunger_out_of_barrel": "plunger_out",
}


def test_of_the_textbook_plates_all_but_one_are_among_the_first_two_groups_and_none_is_certain() -> None:
    """data/plate-shapes-cc0.json: shapes in arbitrary units, put on a real stroke and load. They taught
    nothing.
    """
    plates = json.loads(shared_file("data/plate-shapes-cc0.json").read_text())["cards"]
    among_two = []
    for name, code in PLATES.items():
        x, y = np.array(plates[name]["position"]), np.array(plates[name]["load"])
        n = np.linspace(0, len(x) - 1, 80)
        position = np.interp(n, np.arange(len(x)), x) * 3
        load = 20e3 + 30e3 * np.interp(n, np.arange(len(y)), y)
        found = diagnose_card(figures.analyse(Card("p", WHEN, 6.0, position, load)))
        assert len(found) >= 2
        assert all(verdict.confidence <= 0.5 for _, verdict in found)
        among_two.append(code in [said for said, _ in found[:2]])
    assert sum(among_two) >= 8
