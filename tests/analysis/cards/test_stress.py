"""Stress of the rods against a vendor's printed shares, Oding's limiting cycles, the diagram's own lines."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.cards.stress import goodman_fraction, reduced_stress_pa, section_stresses
from app.models.cards import RodSection

PSI = 6_894.757293
ONE_CM2 = math.sqrt(4e-4 / math.pi)
"""Diameter of a rod of 1 cm² [m]: 10 kN are 100 MPa."""


def rod(tensile_pa: float | None = 800e6, service_factor: float = 1.0, area_m2: float = 1e-4) -> RodSection:
    diameter = math.sqrt(4 * area_m2 / math.pi)
    return RodSection(500.0, diameter, 3.0, 2.1e11, 5_000.0, tensile_pa, service_factor)


@pytest.mark.parametrize(
    ("highest", "lowest", "share"),
    [
        (18563.695871116128, 7325.0990836151195, 0.43994826287030775),
        (6353.909373240619, 1021.775120954125, 0.18839484388559183),
        (13048.76794810586, 3867.1905448287994, 0.3393281863693087),
        (8688.316185869951, -2466.757958173239, 0.3739648288713562),
    ],
)
def test_the_vendors_shares_of_four_sections_are_met(highest: float, lowest: float, share: float) -> None:
    """reference/rod-pump.json, goodman: T 115,000 psi; the last section is pushed on the downstroke."""
    found = goodman_fraction(highest * PSI, lowest * PSI, 115_000 * PSI, 1.0)
    assert found == pytest.approx(share, rel=1e-9)


def test_a_load_on_the_line_of_the_diagram_uses_all_of_it() -> None:
    lowest, tensile, service = 50e6, 800e6, 0.9
    on_the_line = (tensile / 4 + 0.5625 * lowest) * service
    assert goodman_fraction(on_the_line, lowest, tensile, service) == pytest.approx(1.0)


def test_a_pulsating_load_is_permitted_a_quarter_of_the_tensile_strength() -> None:
    assert goodman_fraction(100e6, 0.0, 800e6, 1.0) == pytest.approx(0.5)


def test_a_service_factor_of_eight_tenths_makes_a_quarter_more_of_a_pulsating_load() -> None:
    whole, corroded = (goodman_fraction(100e6, 0.0, 800e6, factor) for factor in (1.0, 0.8))
    assert corroded == pytest.approx(whole / 0.8)


def test_where_no_range_is_permitted_a_thousandth_of_the_strength_is_taken() -> None:
    """Above T/4/(1 − 0.5625) the lines of the diagram have crossed."""
    crossed = 800e6 / 4 / (1 - 0.5625)
    assert goodman_fraction(crossed + 8e6, crossed, 800e6, 1.0) == pytest.approx(10.0, rel=1e-6)
    assert goodman_fraction(2 * crossed + 8e6, 2 * crossed, 800e6, 1.0) == pytest.approx(10.0)


@given(
    scale=st.floats(0.01, 100),
    lowest=st.floats(-100e6, 150e6),
    swing=st.floats(0, 300e6),
    service=st.floats(0.6, 1.0),
)
def test_the_share_does_not_depend_on_the_unit_of_stress(
    scale: float, lowest: float, swing: float, service: float
) -> None:
    in_pascal = goodman_fraction(lowest + swing, lowest, 800e6, service)
    other = goodman_fraction(scale * (lowest + swing), scale * lowest, scale * 800e6, service)
    assert other == pytest.approx(in_pascal, rel=1e-6, abs=1e-12)


@given(lowest=st.floats(-50e6, 100e6), swing=st.floats(1e6, 200e6))
def test_twice_the_swing_uses_twice_the_share(lowest: float, swing: float) -> None:
    once, twice = (goodman_fraction(lowest + n * swing, lowest, 800e6, 1.0) for n in (1, 2))
    assert twice == pytest.approx(2 * once)


def test_odings_limiting_cycles() -> None:
    """Symmetric: σ_max itself; pulsating: over √2; standing still: nothing."""
    assert reduced_stress_pa(120e6, -120e6) == pytest.approx(120e6)
    assert reduced_stress_pa(120e6, 0.0) == pytest.approx(120e6 / math.sqrt(2))
    assert reduced_stress_pa(120e6, 120e6) == 0.0


def test_rods_that_are_not_pulled_at_their_highest_have_no_reduced_stress() -> None:
    assert reduced_stress_pa(0.0, -50e6) == 0.0
    assert reduced_stress_pa(0.0, 0.0) == 0.0


def test_rods_that_are_only_pushed_have_no_reduced_stress() -> None:
    assert reduced_stress_pa(-10e6, -50e6) == 0.0
    assert reduced_stress_pa(0.0, -50e6) == 0.0
    assert reduced_stress_pa(0.5, 0.0) > 0.0


def test_a_section_carries_what_hangs_below_it_beside_its_motion() -> None:
    loads = (np.array([-2e3, 0.0, 6e3]), np.array([-1e3, 3e3, 0.0]))
    top, bottom = section_stresses((rod(area_m2=2e-4), rod(area_m2=1e-4)), loads, np.array([30e3, 12e3]))
    assert top["stress_max_pa"] == pytest.approx((6e3 + 30e3) / 2e-4)
    assert top["stress_min_pa"] == pytest.approx((-2e3 + 30e3) / 2e-4)
    assert bottom["stress_max_pa"] == pytest.approx((3e3 + 12e3) / 1e-4)
    assert bottom["stress_min_pa"] == pytest.approx((-1e3 + 12e3) / 1e-4)


def test_shares_of_a_section_are_those_of_its_own_extremes_and_steel() -> None:
    (row,) = section_stresses((rod(700e6, 0.9),), (np.array([0.0, 5e3]),), np.array([10e3]))
    assert row["goodman_fraction"] == pytest.approx(goodman_fraction(150e6, 100e6, 700e6, 0.9), rel=1e-9)
    assert row["reduced_stress_pa"] == pytest.approx(math.sqrt(150e6 * 25e6), rel=1e-9)


def test_without_the_tensile_strength_there_is_no_share_but_the_rest() -> None:
    (row,) = section_stresses((rod(None),), (np.array([0.0, 5e3]),), np.array([10e3]))
    assert row["goodman_fraction"] is None
    assert row["stress_max_pa"] == pytest.approx(150e6)


def test_a_load_without_its_section_is_no_string() -> None:
    with pytest.raises(ValueError, match="zip"):
        section_stresses((rod(),), (np.zeros(2), np.zeros(2)), np.array([10e3]))
    with pytest.raises(ValueError, match="zip"):
        section_stresses((rod(),), (np.zeros(2),), np.array([10e3, 5e3]))


def test_no_rods_have_no_stresses() -> None:
    assert section_stresses((), (), np.zeros(0)) == []


@given(st.floats(0.1, 10))
def test_stress_falls_with_the_area_as_the_load_rises(scale: float) -> None:
    loads, below = np.array([-1e3, 4e3]), np.array([20e3])
    (once,) = section_stresses((rod(),), (loads,), below)
    (scaled,) = section_stresses((rod(area_m2=1e-4 * scale),), (loads * scale,), below * scale)
    assert scaled == pytest.approx(once, rel=1e-9)
