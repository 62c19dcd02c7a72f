"""Figures of one simulated card, each worked out here by its formula from what the card was made of."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.cards import strings
from app.analysis.cards.figures import MEASURES, CardAnalysis, analyse
from app.analysis.cards.pressures import patterson_leakage_m3_per_s
from app.models.cards import Card, Fluid

AREA, G = math.pi / 4 * 0.044**2, 9.80665
BARE = examples.card().card


def figures(**changed: Any) -> CardAnalysis:
    """Of the card with another bore."""
    return analyse(replace(BARE, bore=replace(BARE.bore, **changed)))


def codes(found: CardAnalysis) -> list[str]:
    return [remark.code for remark in found.remarks]


def missing(found: CardAnalysis) -> set[tuple[str, str]]:
    details = [remark.details for remark in found.remarks if remark.code == "missing_input"]
    return {(one["input"], one["measure"]) for one in details}


def test_every_measure_has_its_place_whether_it_can_be_had_or_not() -> None:
    assert tuple(figures().measures) == MEASURES
    assert tuple(figures(rods=()).measures) == MEASURES


def test_the_surface_card_says_stroke_loads_and_power_by_itself() -> None:
    found = figures(rods=())
    load, position = found.clean.load_n, found.clean.position_m
    area = 0.5 * abs(np.sum(position * np.roll(load, -1) - np.roll(position, -1) * load))  # the shoelace
    assert found.measures["surface_stroke_m"] == pytest.approx(float(np.ptp(BARE.position_m)))
    assert found.measures["peak_polished_rod_load_n"] == float(load.max())
    assert found.measures["minimum_polished_rod_load_n"] == float(load.min())
    assert found.measures["polished_rod_power_w"] == pytest.approx(area / 10, rel=1e-3)  # six a minute
    assert (found.pump, found.lines, found.intake) == (None, None, None)
    assert "missing_rods" in codes(found)
    assert found.ranges == {}


def test_the_pump_card_begins_at_its_lowest_point_and_nothing_of_it_is_below() -> None:
    pump = examples.card().pump
    motion = examples.card().motion
    assert pump is not None
    assert motion is not None
    assert pump.position_m[0] == 0.0 == pump.position_m.min()
    start = int(np.argmin(motion.position_m))
    assert start > 5, "it begins elsewhere than the surface card"
    assert pump.load_n == pytest.approx(np.roll(motion.load_n, -start))
    assert pump.position_m == pytest.approx(np.roll(motion.position_m, -start) - motion.position_m.min())


def test_pump_power_is_the_area_of_the_pump_card_by_the_strokes_of_a_second() -> None:
    pump = examples.card().pump
    assert pump is not None
    x, f = pump.position_m, pump.load_n
    area = 0.5 * abs(np.sum(x * np.roll(f, -1) - np.roll(x, -1) * f))
    assert examples.card().measures["pump_power_w"] == pytest.approx(area / 10, rel=1e-6)


@pytest.mark.parametrize(
    ("runs_s", "share"), [(None, 1.0), (0, 1.0), (43_200, 0.5), (86_400, 1.0), (200_000, 1.0)]
)
def test_what_is_pumped_is_the_net_stroke_less_slippage_for_as_long_as_it_runs(
    runs_s: float | None, share: float
) -> None:
    test = {} if runs_s is None else {"runtime_s": runs_s}
    found = figures(well_test=test).measures
    displaced = AREA * found["net_stroke_m"] * 0.1
    assert found["pump_displacement_m3_per_s"] == pytest.approx(displaced)
    leak = patterson_leakage_m3_per_s(
        plunger_diameter_m=0.044,
        pressure_difference_pa=found["pump_discharge_pressure_pa"] - found["pump_intake_pressure_pa"],
        strokes_per_minute=6.0,
    )
    assert found["leakage_m3_per_s"] == pytest.approx(leak)
    assert found["inferred_liquid_m3_per_s"] == pytest.approx((displaced - leak) * share)


def test_a_leak_larger_than_the_pump_leaves_nothing() -> None:
    thin = replace(BARE.bore.fluid, viscosity_pa_s=1e-6)
    found = figures(fluid=thin)
    assert found.measures["leakage_m3_per_s"] > found.measures["pump_displacement_m3_per_s"]
    assert found.measures["inferred_liquid_m3_per_s"] == 0.0
    [fit] = [remark.details for remark in found.remarks if remark.code == "assumed_plunger_fit"]
    assert fit["viscosity"] == 1e-6


def test_without_the_tubing_pressure_displacement_is_all_that_is_said_of_the_pump() -> None:
    found = figures(tubing_pressure_pa=None, well_test={"runtime_s": 43_200})
    displaced = AREA * found.measures["net_stroke_m"] * 0.1
    assert found.measures["pump_displacement_m3_per_s"] == pytest.approx(displaced)
    assert found.measures["inferred_liquid_m3_per_s"] == pytest.approx(displaced / 2)
    assert found.measures["pump_intake_pressure_pa"] is None
    assert ("tubing.pressure_pa", "pump_intake_pressure_pa") in missing(found)


@pytest.mark.parametrize("lacks", ["plunger_diameter_m", "pump_depth_m"])
def test_without_the_plunger_or_its_depth_nothing_is_said_of_the_pump(lacks: str) -> None:
    found = figures(**{lacks: None})
    assert found.measures["pump_displacement_m3_per_s"] is None
    assert found.measures["fluid_load_n"] is not None
    assert ("pump", "pump_intake_pressure_pa") in missing(found)


def test_the_discharge_pressure_is_the_column_and_the_tubing() -> None:
    """940 kg/m³ of 0.4 · 0.86 + 0.6 · 0.995 of water's 1,000, 1,300 m."""
    density = 1000 * (0.6 * 0.995 + 0.4 * 0.86)
    found = figures()
    tubing = BARE.bore.tubing_pressure_pa
    assert tubing is not None
    column = density * G * 1300
    assert found.measures["pump_discharge_pressure_pa"] == pytest.approx(tubing + column)
    assert found.intake is not None
    assert found.intake.column_pa == pytest.approx(column)
    assert found.measures["pump_intake_pressure_pa"] == found.intake.pressure_pa
    assert found.measures["pump_intake_pressure_pa"] == pytest.approx(3e6, rel=0.05), "as it was simulated"


def test_the_column_is_as_high_as_the_pump_stands_deep_where_no_survey_tells_it() -> None:
    told = replace(BARE, bore=replace(BARE.bore, pump_vertical_depth_m=1_100.0))
    column = 1000 * (0.6 * 0.995 + 0.4 * 0.86) * G * 1100
    found = analyse(told)
    assert found.intake is not None
    assert found.intake.column_pa == pytest.approx(column)
    assert found.measures["gross_stroke_m"] == figures().measures["gross_stroke_m"]


def test_a_tubing_without_pressure_is_no_unknown_one() -> None:
    found = figures(tubing_pressure_pa=0.0)
    column = 1000 * (0.6 * 0.995 + 0.4 * 0.86) * G * 1300
    assert found.measures["pump_discharge_pressure_pa"] == pytest.approx(column)
    assert found.intake is not None
    assert found.intake.column_pa == pytest.approx(column)


def test_oil_over_the_pump_presses_with_what_the_casing_does_not() -> None:
    """The gas of a thousand metres of annulus at 0.3 MPa is 0.03 MPa more."""
    found = figures()
    oil = 1000 * 0.86
    height = found.measures["fluid_above_pump_m"]
    under = 0.3e6 * math.exp(0.8 * 0.028964 * G * (1300 - height) / (8.314 * 310))
    assert under + oil * G * height == pytest.approx(found.measures["pump_intake_pressure_pa"], rel=0.02)
    unknown = figures(casing_pressure_pa=None)
    assert unknown.measures["fluid_above_pump_m"] is None
    assert ("casing.pressure_pa", "fluid_above_pump_m") in missing(unknown)
    assert unknown.measures["pump_intake_pressure_pa"] is not None


def test_efficiency_is_what_the_liquid_was_lifted_by_of_what_the_rod_gave() -> None:
    found = figures().measures
    lifted = found["pump_displacement_m3_per_s"] * (
        found["pump_discharge_pressure_pa"] - found["pump_intake_pressure_pa"]
    )
    assert lifted < found["pump_power_w"]
    assert found["system_efficiency"] == pytest.approx(lifted / found["polished_rod_power_w"])
    assert 0.7 < found["system_efficiency"] < 1


def test_a_pressure_that_no_well_has_is_not_said_and_the_lift_it_would_need_is() -> None:
    found = figures(plunger_diameter_m=0.032)
    assert found.measures["pump_intake_pressure_pa"] is None
    assert found.measures["fluid_above_pump_m"] is None
    assert "pump_intake_pressure_pa" not in found.ranges
    [said] = [remark.details for remark in found.remarks if remark.code == "intake_impossible"]
    assert (said["depth"], said["lift"] > 1300) == (1300, True)


def test_ranges_are_told_of_stroke_fillage_and_intake() -> None:
    found = examples.card(0.5)
    assert found.lines is not None
    assert found.intake is not None
    assert found.strokes is not None
    assert found.ranges == {
        "gross_stroke_m": found.strokes.gross_range_m,
        "net_stroke_m": found.strokes.net_range_m,
        "fillage": found.strokes.fillage_range,
        "pump_intake_pressure_pa": found.intake.possible_range_pa,
    }
    assert "pump_intake_pressure_pa" not in figures(tubing_pressure_pa=None).ranges


def test_gas_makes_the_column_lighter_and_the_interval_says_by_how_much_it_might_not() -> None:
    live = figures(fluid=replace(BARE.bore.fluid, gas_oil_ratio=80.0))
    dead = figures()
    assert live.intake is not None
    assert dead.intake is not None
    lighter = dead.intake.most_pa - live.intake.most_pa
    assert lighter > 2e5
    assert live.intake.pressure_pa == pytest.approx(dead.intake.pressure_pa - lighter)
    assert live.intake.column_pa == pytest.approx(dead.intake.column_pa - lighter)
    assert live.intake.high_pa == pytest.approx(dead.intake.high_pa, rel=0.02)


def test_rods_whose_damping_nobody_gave_may_drag_and_those_whose_was_given_do_not() -> None:
    """0.05 of the string's natural rate, on its mass at the mean speed: 2·S·N/60."""
    free, known = figures(), figures(damping_up=0.0, damping_down=0.0)
    assert free.intake is not None
    assert known.intake is not None
    assert free.lines is not None
    mass = sum(rod.mass_kg_per_m * rod.length_m for rod in BARE.bore.rods)
    drag = strings.viscous_rate(BARE.bore.rods, 0.05) * mass * free.lines.gross_stroke_m * 6 / 30
    assert free.intake.high_pa - known.intake.high_pa == pytest.approx(drag / AREA, rel=1e-6)
    assert figures(damping_up=0.0).intake == pytest.approx(known.intake)


def test_a_density_that_nobody_told_is_taken_and_said() -> None:
    found = figures(fluid=Fluid())
    [said] = [remark.details for remark in found.remarks if remark.code == "assumed_fluid_density"]
    assert said == {"density": 950.0}
    assert found.rest is not None
    assert found.rest.density == 950.0
    assert "assumed_fluid_density" not in codes(figures())


def test_steel_without_a_strength_has_no_goodman_and_says_so() -> None:
    weak = tuple(replace(rod, minimum_tensile_pa=None) for rod in BARE.bore.rods)
    assert ("rods.minimum_tensile_pa", "goodman_fraction") in missing(
        figures(rods=(BARE.bore.rods[0], *weak[1:]))
    )
    assert ("rods.minimum_tensile_pa", "goodman_fraction") not in missing(figures())


def test_the_gearbox_is_loaded_by_its_peak_and_the_balance_that_nobody_told_is_taken_as_the_best() -> None:
    told = figures()
    peak = told.measures["gearbox"]["peak_torque_n_m"]
    assert told.torque is not None
    assert peak == told.torque.peak_n_m
    assert told.measures["gearbox"]["load_fraction"] == pytest.approx(peak / 36e3)
    untold = figures(unit={k: v for k, v in BARE.bore.unit.items() if k != "counterbalance_moment_n_m"})
    assert "assumed_balanced" in codes(untold)
    box = untold.measures["gearbox"]
    assert box["peak_torque_n_m"] == box["balanced_peak_torque_n_m"] < peak
    unrated = figures(unit={k: v for k, v in BARE.bore.unit.items() if k != "gearbox_rating_n_m"})
    assert unrated.measures["gearbox"]["load_fraction"] is None
    assert ("unit.gearbox_rating_n_m", "gearbox.load_fraction") in missing(unrated)


def test_a_beam_carries_the_peak_less_what_the_unit_is_out_of_balance_by() -> None:
    rated = {**BARE.bore.unit, "beam_rating_n": 100e3}
    peak = figures().measures["peak_polished_rod_load_n"]
    assert figures(unit=rated).measures["beam_load_fraction"] == pytest.approx(peak / 100e3)
    leaning = figures(unit={**rated, "structural_imbalance_n": 2e3})
    assert leaning.measures["beam_load_fraction"] == pytest.approx((peak - 2e3) / 100e3)
    assert ("unit.beam_rating_n", "beam_load_fraction") in missing(figures())


def test_a_unit_without_dimensions_is_judged_by_the_usual_one_of_its_stroke_and_says_so() -> None:
    found = figures(unit={"gearbox_rating_n_m": 36e3})
    [said] = [remark.details for remark in found.remarks if remark.code == "assumed_unit"]
    assert said["stroke"] == pytest.approx(found.measures["surface_stroke_m"])
    assert found.measures["gearbox"]["load_fraction"] == pytest.approx(
        figures().measures["gearbox"]["balanced_peak_torque_n_m"] / 36e3, rel=0.15
    )


def test_loads_without_a_unit_are_no_newtons() -> None:
    bare = Card("1", BARE.taken_at, 6.0, BARE.position_m, BARE.load_n / BARE.load_n.max() * 10)
    found = analyse(bare)
    assert found.measures["surface_stroke_m"] > 2
    for name in (
        "peak_polished_rod_load_n",
        "minimum_polished_rod_load_n",
        "polished_rod_power_w",
        "gearbox",
    ):
        assert found.measures[name] is None, name
    assert ("surface.load_n: unit", "peak_polished_rod_load_n") in missing(found)
