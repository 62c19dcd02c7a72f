"""The quick check of a pumping unit and the twin that answers what if."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from app.analysis.cards import figures, strings
from app.analysis.simulate import rod_faults, rod_wells, rp11l, twin
from app.analysis.simulate.recorder import recorded
from app.core.units import DAY_S
from tests.analysis.test_cards import card_of, rod_well
from tests.analysis.test_rod_physics import INCH_M, POUND_N, PSI_PA
from tests.conftest import shared_file

# ---- the quick check and the twin --------------------------------------------------------------------------


def _printed_example() -> tuple[rp11l.Design, rp11l.ChartNumbers, dict[str, float]]:
    data = json.loads(shared_file("reference/rod-pump.json").read_text())["rp11l_example"]
    foot, given_in = 0.3048, data["inputs"]
    # No. 76 rods: 33.8 % of 7/8 in, 66.2 % of 3/4 in; their own constants give Er and the frequency factor.
    length = given_in["depth_ft"] * foot
    rods = tuple(
        strings.section(
            share * length,
            size * INCH_M,
            mass_kg_per_m=weight * 0.45359237 / foot,
            modulus_pa=modulus * PSI_PA,
        )
        for share, size, weight, modulus in ((0.338, 0.875, 2.224, 3.0e7), (0.662, 0.75, 1.634, 3.0e7))
    )
    design = rp11l.Design(
        rods,
        given_in["N_spm"],
        given_in["S_in"] * INCH_M,
        given_in["plunger_in"] * INCH_M,
        given_in["fluid_level_ft"] * foot,
        given_in["SG"] * 999.0,
        given_in["Et"] * INCH_M / POUND_N * given_in["depth_ft"],
    )
    chart = given_in["chart"]
    numbers = rp11l.ChartNumbers(
        chart["Sp/S"], chart["F1/Skr"], chart["F2/Skr"], chart["2T/S2kr"], chart["F3/Skr"], chart["Ta"]
    )
    return design, numbers, data["expected"]


def test_the_quick_check_fills_the_data_sheet_of_the_printed_example() -> None:
    design, numbers, expected = _printed_example()
    found = rp11l.quick_check(design, numbers)
    assert found.load_ratio == pytest.approx(expected["Fo/Skr"], abs=0.008)
    assert found.speed_ratio == pytest.approx(expected["N/No"], abs=0.006)
    assert found.tapered_speed_ratio == pytest.approx(expected["N/No'"], abs=0.006)
    assert found.plunger_stroke_m / INCH_M == pytest.approx(expected["Sp_in"], rel=0.01)
    assert found.displacement_m3_per_s * DAY_S / 0.1589873 == pytest.approx(expected["PD_bpd"], rel=0.02)
    assert found.peak_load_n / POUND_N == pytest.approx(expected["PPRL_lb"], rel=0.015)
    assert found.minimum_load_n / POUND_N == pytest.approx(expected["MPRL_lb"], rel=0.02)
    assert found.peak_torque_n_m / (POUND_N * INCH_M) == pytest.approx(expected["PT_lb_in"], rel=0.025)
    assert found.counterbalance_effect_n / POUND_N == pytest.approx(expected["CBE_lb"], rel=0.015)
    assert found.power_w / 745.7 == pytest.approx(expected["PRHP"], rel=0.04)


def test_the_charts_are_met_by_the_wave_equation_within_nine_percent() -> None:
    _, numbers, expected = _printed_example()
    found = rp11l.chart_numbers(expected["N/No"], expected["Fo/Skr"])
    for ours, chart in (
        (found.peak, numbers.peak),
        (found.minimum, numbers.minimum),
        (found.torque, numbers.torque),
        (found.power, numbers.power),
    ):
        assert ours == pytest.approx(chart, rel=0.09)
    assert rp11l.chart_numbers(expected["N/No'"], expected["Fo/Skr"]).stroke == pytest.approx(
        numbers.stroke, rel=0.09
    )


def test_a_twin_meets_the_card_it_was_matched_to_and_answers_what_if_as_physics_must() -> None:
    analysis = figures.analyse(card_of(rod_well(1400, 5.5)))
    known = twin.match(analysis)
    assert known is not None
    same = twin.ask(known, known.knobs)
    assert same.peak_load_n == pytest.approx(analysis.measures["peak_polished_rod_load_n"], rel=0.04)
    assert same.minimum_load_n == pytest.approx(analysis.measures["minimum_polished_rod_load_n"], rel=0.06)
    assert same.liquid_m3_per_s == pytest.approx(analysis.measures["pump_displacement_m3_per_s"], rel=0.03)
    faster = twin.ask(known, replace(known.knobs, strokes_per_minute=7.5))
    larger = twin.ask(known, replace(known.knobs, plunger_diameter_m=0.057))
    half_full = twin.ask(known, replace(known.knobs, fillage=0.4))
    shorter = twin.ask(known, replace(known.knobs, stroke_m=0.7 * known.knobs.stroke_m))
    assert faster.liquid_m3_per_s > same.liquid_m3_per_s
    assert faster.peak_load_n > same.peak_load_n > faster.minimum_load_n
    assert larger.peak_load_n > same.peak_load_n
    assert half_full.liquid_m3_per_s < 0.75 * same.liquid_m3_per_s
    assert float(np.ptp(shorter.surface_position_m)) == pytest.approx(0.7 * known.knobs.stroke_m, rel=0.02)


def test_a_drawn_well_comes_through_the_recorder_as_it_was_made() -> None:
    rng = np.random.default_rng(8)
    wells = [rod_wells.draw(rng) for _ in range(20)]
    made = rod_faults.simulate([("full_pump",)] * 20, wells, rng)
    for index, well in enumerate(wells):
        measures = figures.analyse(recorded(made, index, rng)).measures
        stroke = float(np.ptp(made.cards.pump_position_m[index]))
        assert measures["gross_stroke_m"] == pytest.approx(stroke, rel=0.1), index
        fluid = (
            well.plunger_area_m2 * (well.discharge_pressure_pa - made.run.intake_pressure_pa[index])
            + 2 * made.run.friction_n[index]
            + made.run.string_friction_n[index]
        )
        assert measures["fluid_load_n"] == pytest.approx(fluid, rel=0.15, abs=2_500), index
