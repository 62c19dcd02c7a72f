"""The rod string at rest: catalogue, sections filled in, buoyancy, mixtures and travel times."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.cards import strings
from app.models.cards import Fluid, RodSection

POUND_PER_FOOT = 0.45359237 / 0.3048
TWO = (strings.section(300.0, 0.022225), strings.section(700.0, 0.01905))


@pytest.mark.parametrize(("eighths", "pounds"), [(5, 1.114), (6, 1.634), (7, 2.224), (8, 2.904), (9, 3.676)])
def test_api_sizes_weigh_what_the_catalogue_prints(eighths: int, pounds: float) -> None:
    """API Spec 11B, couplings included."""
    found = strings.catalogue_mass(eighths / 8 * 0.0254)
    assert found / POUND_PER_FOOT == pytest.approx(pounds, abs=0.001)


def test_a_size_near_an_api_one_weighs_by_the_square_of_its_diameter() -> None:
    assert strings.catalogue_mass(0.019) == pytest.approx(2.432 * (0.019 / 0.01905) ** 2)
    assert strings.catalogue_mass(0.022) < strings.catalogue_mass(0.022225)


def test_a_size_far_from_any_is_steel_and_a_seventh_for_couplings() -> None:
    assert strings.catalogue_mass(0.0127) == pytest.approx(1.14 * 7850 * math.pi / 4 * 0.0127**2)
    # 1 mm off the largest is no API size any more, 0.9 mm is.
    off, near = 0.028575 + 1.01e-3, 0.028575 + 0.9e-3
    assert strings.catalogue_mass(off) == pytest.approx(1.14 * 7850 * math.pi / 4 * off**2)
    assert strings.catalogue_mass(near) == pytest.approx(5.470 * (near / 0.028575) ** 2)


def test_of_a_bare_section_mass_steel_and_speed_of_sound_are_filled_in() -> None:
    bare = strings.section(500.0, 0.01905)
    assert (bare.length_m, bare.diameter_m, bare.modulus_pa) == (500.0, 0.01905, 2.1e11)
    assert bare.mass_kg_per_m == 2.432
    assert bare.minimum_tensile_pa is None
    assert bare.service_factor == 1.0
    area = math.pi / 4 * 0.01905**2
    assert bare.wave_speed_m_per_s == pytest.approx(math.sqrt(2.1e11 * area / 2.432))


def test_a_given_mass_wins_over_the_catalogue_and_slows_sound() -> None:
    light, heavy = (strings.section(500.0, 0.01905, mass_kg_per_m=mass) for mass in (2.0, 8.0))
    assert light.mass_kg_per_m == 2.0
    assert light.wave_speed_m_per_s == pytest.approx(2 * heavy.wave_speed_m_per_s)


def test_a_given_speed_of_sound_makes_the_modulus() -> None:
    glass = strings.section(500.0, 0.03, mass_kg_per_m=1.5, wave_speed_m_per_s=4_500.0)
    assert glass.wave_speed_m_per_s == pytest.approx(4_500.0)
    assert glass.modulus_pa == pytest.approx(1.5 * 4_500**2 / (math.pi / 4 * 0.03**2))


def test_a_given_modulus_wins_over_a_given_speed() -> None:
    both = strings.section(500.0, 0.01905, modulus_pa=2.0e11, wave_speed_m_per_s=3_000.0)
    assert both.modulus_pa == 2.0e11
    assert both.wave_speed_m_per_s > 4_000


def test_strength_and_service_factor_are_kept() -> None:
    section = strings.section(1.0, 0.01905, minimum_tensile_pa=793e6, service_factor=0.8)
    assert (section.minimum_tensile_pa, section.service_factor) == (793e6, 0.8)


@given(cut=st.floats(0, 1), oil=st.floats(0.7, 1.0), water=st.floats(1.0, 1.2))
def test_a_mixture_is_as_dense_as_its_parts_by_volume(cut: float, oil: float, water: float) -> None:
    fluid = Fluid(water_cut=cut, oil_relative_density=oil, water_relative_density=water)
    assert strings.fluid_density(fluid) == pytest.approx(1000 * (oil + cut * (water - oil)))


def test_what_is_not_told_of_the_liquid_is_middling_oil_and_no_water() -> None:
    assert strings.fluid_density(Fluid()) is None
    assert strings.fluid_density(Fluid(oil_relative_density=0.9)) == pytest.approx(900.0)
    assert strings.fluid_density(Fluid(water_cut=0.0)) == pytest.approx(1000 * 0.86)
    assert strings.fluid_density(Fluid(water_cut=1.0, water_relative_density=1.1)) == pytest.approx(1100.0)
    assert strings.oil_density(Fluid(oil_relative_density=0.9)) == pytest.approx(900.0)
    assert strings.oil_density(Fluid(water_cut=1.0)) == pytest.approx(860.0)


def test_a_string_weighs_the_sum_of_its_sections() -> None:
    by_hand = (300 * 3.310 + 700 * 2.432) * 9.80665
    assert strings.weight_in_air(TWO) == pytest.approx(by_hand)
    assert strings.length(TWO) == 1_000.0
    assert strings.weight_in_air(()) == 0
    assert strings.length(()) == 0


@given(st.floats(0, 7_850))
def test_liquid_takes_off_the_weight_of_what_the_steel_displaces(density: float) -> None:
    steel_m3 = (300 * 3.310 + 700 * 2.432) / 7_850
    lost = strings.weight_in_air(TWO) - strings.buoyant_weight(TWO, density)
    assert lost == pytest.approx(steel_m3 * density * 9.80665, abs=1e-6)


def test_below_each_top_hangs_that_section_and_what_is_under_it() -> None:
    below = strings.weights_below_tops(TWO, 900.0)
    assert below[0] == pytest.approx(strings.buoyant_weight(TWO, 900.0))
    assert below[1] == pytest.approx(strings.buoyant_weight(TWO[1:], 900.0))


def test_damping_by_the_dimensionless_factor_is_that_of_takacs() -> None:
    """c = π·a·ν/(2·L); for unlike sections L/a is the time that sound takes."""
    one = RodSection(1_000.0, 0.02, 2.5, 2.1e11, 5_000.0)
    assert strings.viscous_rate((one,), 0.1) == pytest.approx(math.pi * 5_000 * 0.1 / 2_000)
    slow = RodSection(500.0, 0.02, 2.5, 2.1e11, 2_500.0)
    assert strings.viscous_rate((one, slow), 0.1) == pytest.approx(math.pi * 0.1 / (2 * 0.4))
    assert strings.viscous_rate((one,), 0.0) == 0.0


def test_where_a_string_is_cut_changes_neither_weight_nor_damping() -> None:
    whole = (strings.section(1_000.0, 0.01905),)
    parts = tuple(strings.section(each, 0.01905) for each in (150.0, 350.0, 500.0))
    assert strings.buoyant_weight(parts, 900.0) == pytest.approx(strings.buoyant_weight(whole, 900.0))
    assert strings.viscous_rate(parts, 0.2) == pytest.approx(strings.viscous_rate(whole, 0.2))
    assert np.diff(strings.weights_below_tops(parts, 900.0)).max() < 0
