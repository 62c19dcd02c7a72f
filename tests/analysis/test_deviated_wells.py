"""Deviated wells: depths, what lies on the tubing, and its friction out of the card."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from app.analysis.cards import differences, figures, harmonic, strings, survey
from app.analysis.cards.lines import load_lines
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import run_cards
from app.models.cards import PumpCard
from tests.analysis.test_cards import CARD, rod_well

# ---- deviated wells ----------------------------------------------------------------------------------------


def test_minimum_curvature_gives_the_depth_of_a_circular_arc() -> None:
    """A quarter-kilometre radius from vertical to 60°: TVD = R·sin 60°, whatever the azimuth."""
    stations = tuple(
        {"measured_depth_m": 500.0 * math.radians(a), "inclination_rad": math.radians(a), "azimuth_rad": 1.0}
        for a in range(0, 61, 10)
    )
    course = survey.course_of(stations)
    assert course is not None
    assert course.vertical_m[-1] == pytest.approx(500 * math.sin(math.radians(60)), rel=1e-9)


def test_a_straight_slant_hole_carries_only_the_cosine_of_the_weight_and_presses_with_the_sine() -> None:
    slant = math.radians(30)
    stations = (
        {"measured_depth_m": 0.0, "inclination_rad": slant, "azimuth_rad": 0.0},
        {"measured_depth_m": 2000.0, "inclination_rad": slant, "azimuth_rad": 0.0},
    )
    well = rod_well(1400)
    card = replace(CARD, bore=replace(CARD.bore, survey=stations))
    straight, deviated = figures.analyse(CARD), figures.analyse(card)
    assert deviated.buoyant_weight_n == pytest.approx(
        math.cos(slant) * (straight.buoyant_weight_n or 0), rel=1e-9
    )
    assert "deviated" in {remark.code for remark in deviated.remarks}
    course = survey.course_of(stations)
    assert course is not None
    _, force = survey.side_force(course, well.rods, buoyant_share=1.0, bottom_load_n=0.0)
    per_metre = sum(rod.mass_kg_per_m for rod in well.rods) / 2 * 9.80665
    assert force[0] == pytest.approx(per_metre * math.sin(slant), rel=0.2)


def test_friction_of_a_deviated_hole_is_taken_out_of_the_pump_card() -> None:
    """Run forward with Coulomb friction along the rods; marched down with the same friction the pump card is
    square again.
    """
    well = rod_well(1400, 5.0)
    total = 6_000.0
    run = run_cards(well, PumpRun.of(1, friction_n=0.0, string_friction_n=total), points=200)
    weight = strings.buoyant_weight(well.rods, well.fluid_density)
    options = {"strokes_per_minute": 5.0, "buoyant_weight_n": weight, "harmonics": 40}
    depth = np.array([0.0, 1400.0])
    with_friction = differences.Drag(well.damping_per_s, well.damping_per_s, depth, np.full(2, total / 1400))
    blind = differences.pump_motion(
        run.surface_position_m[0],
        run.surface_load_n[0],
        well.rods,
        drag=differences.Drag(well.damping_per_s, well.damping_per_s),
        cells=4,
        **options,
    )  # type: ignore[arg-type]
    seeing = differences.pump_motion(
        run.surface_position_m[0], run.surface_load_n[0], well.rods, drag=with_friction, cells=4, **options
    )  # type: ignore[arg-type]
    fluid = well.plunger_area_m2 * (well.discharge_pressure_pa - 3e6)

    def height(found: harmonic.StringMotion) -> float:
        start = int(np.argmin(found.position_m))
        return load_lines(
            PumpCard(np.roll(found.position_m, -start), np.roll(found.load_n, -start))
        ).fluid_load_n

    assert height(blind) > fluid + 1.2 * total
    assert height(seeing) == pytest.approx(fluid, rel=0.06)
