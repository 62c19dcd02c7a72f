"""Pressures and slippage: printed tables, hydrostatics by hand, and inverses that come back."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards.pressures import (
    USUAL_CLEARANCE_M,
    USUAL_PLUNGER_LENGTH_M,
    arco_slippage_m3_per_s,
    height_above_pump_m,
    patterson_leakage_m3_per_s,
    pressure_under_level_pa,
)
from tests.proofs import examples

INCH, PSI, BARREL_A_DAY = 0.0254, 6_894.757, 0.1589873 / 86_400
PUBLISHED = {"pressure_difference_pa": 2351 * PSI, "plunger_length_m": 48 * INCH, "viscosity_pa_s": 1e-3}


@pytest.mark.parametrize(
    ("clearance", "slips"),
    [
        (0.003, (7.8, 9.4, 10.9, 12.5, 14.0, 17.1)),
        (0.006, (22.3, 26.8, 31.3, 35.8, 40.2, 49.2)),
        (0.009, (41.4, 49.7, 57.9, 66.2, 74.5, 91.1)),
        (0.012, (64.1, 76.9, 89.7, 102.6, 115.4, 141.0)),
    ],
)
def test_slippage_at_rest_is_the_published_table(clearance: float, slips: tuple[float, ...]) -> None:
    """reference/rod-pump.json, arco_hf_slippage (Gibson, Patterson, SWPSC 2000), bbl/d."""
    for diameter, slip in zip((1.25, 1.5, 1.75, 2.0, 2.25, 2.75), slips, strict=True):
        found = arco_slippage_m3_per_s(
            plunger_diameter_m=diameter * INCH, clearance_m=clearance * INCH, **PUBLISHED
        )
        assert found / BARREL_A_DAY == pytest.approx(slip, abs=0.06)


def test_slippage_of_a_moving_plunger_is_the_worked_one() -> None:
    """reference/rod-pump.json, patterson: 69.19 bbl/d at 10 strokes a minute."""
    found = patterson_leakage_m3_per_s(
        plunger_diameter_m=2 * INCH, clearance_m=0.008 * INCH, strokes_per_minute=10, **PUBLISHED
    )
    assert found / BARREL_A_DAY == pytest.approx(69.19, abs=0.02)


def test_at_rest_a_moving_plungers_formula_gives_453_of_870() -> None:
    common = {"plunger_diameter_m": 0.05, "clearance_m": 1e-4, **PUBLISHED}
    still = patterson_leakage_m3_per_s(strokes_per_minute=0, **common)
    assert still / arco_slippage_m3_per_s(**common) == pytest.approx(453 / 870)


def test_a_pump_nobody_described_is_a_usual_new_one() -> None:
    told = patterson_leakage_m3_per_s(
        plunger_diameter_m=0.044,
        pressure_difference_pa=9e6,
        strokes_per_minute=6,
        clearance_m=0.003 * INCH,
        plunger_length_m=48 * INCH,
        viscosity_pa_s=1e-3,
    )
    usual = patterson_leakage_m3_per_s(
        plunger_diameter_m=0.044, pressure_difference_pa=9e6, strokes_per_minute=6
    )
    assert usual == pytest.approx(told)
    assert pytest.approx((7.62e-5, 1.2192)) == (USUAL_CLEARANCE_M, USUAL_PLUNGER_LENGTH_M)


@pytest.mark.parametrize(
    ("what", "power"),
    [
        ("plunger_diameter_m", 1),
        ("pressure_difference_pa", 1),
        ("clearance_m", 1.52),
        ("plunger_length_m", -1),
        ("viscosity_pa_s", -1),
    ],
)
def test_slippage_grows_with_the_powers_of_the_formula(what: str, power: float) -> None:
    common = {"plunger_diameter_m": 0.05, "clearance_m": 1e-4, **PUBLISHED}
    for slip in (arco_slippage_m3_per_s, lambda **of: patterson_leakage_m3_per_s(strokes_per_minute=7, **of)):
        assert slip(**{**common, what: 2 * common[what]}) == pytest.approx(2**power * slip(**common))


def test_nothing_slips_upwards() -> None:
    common = {"plunger_diameter_m": 0.05, "clearance_m": 1e-4, **PUBLISHED}
    assert arco_slippage_m3_per_s(**{**common, "pressure_difference_pa": -1e6}) == 0.0
    assert arco_slippage_m3_per_s(**{**common, "pressure_difference_pa": 0.5}) > 0.0


def test_a_level_shot_is_the_worked_one_but_for_its_z() -> None:
    """reference/wells-and-esp.json, fluid_level: 1.5 MPa over 1,200 m, 820 kg/m³ down to 1,800 m: 6.507 MPa
    with z 0.93. Here z is 1; z·T of that gas and 9.81 m/s² come to the same.
    """
    gas_foot = 1.5e6 * math.exp(0.8 * 0.02896 * 9.80665 * 1200 / (8.31446 * 310))
    found = pressure_under_level_pa(
        casing_pressure_pa=1.5e6, level_m=1200.0, depth_m=1800.0, oil_density=820.0
    )
    assert found == pytest.approx(gas_foot + 820 * 9.80665 * 600)
    assert found / 1e6 == pytest.approx(6.50717, rel=0.003)
    exact = pressure_under_level_pa(
        casing_pressure_pa=1.5e6,
        level_m=1200.0,
        depth_m=1800.0,
        oil_density=820.0,
        mean_temperature_k=310 * 0.93,
    )
    assert exact / 1e6 == pytest.approx(6.50717, rel=4e-4)


def test_a_level_below_the_intake_leaves_it_dry() -> None:
    dry = pressure_under_level_pa(casing_pressure_pa=1e6, level_m=1200.0, depth_m=1000.0, oil_density=850.0)
    at = pressure_under_level_pa(casing_pressure_pa=1e6, level_m=1200.0, depth_m=1200.0, oil_density=850.0)
    assert dry == at > 1e6


def test_heavier_gas_and_a_colder_column_press_more() -> None:
    def foot(**gas: float) -> float:
        return pressure_under_level_pa(
            casing_pressure_pa=1e6, level_m=1000.0, depth_m=1000.0, oil_density=850.0, **gas
        )

    assert foot(gas_relative_density=1.0) > foot() > foot(gas_relative_density=0.6)
    assert foot(mean_temperature_k=290.0) > foot(mean_temperature_k=330.0)
    assert foot(gas_relative_density=0.0) == 1e6


@given(height=st.floats(1, 1299), casing=st.floats(1e5, 3e6), gas=st.floats(0.6, 1.1))
@settings(max_examples=examples(30))
def test_the_height_told_by_a_pressure_makes_that_pressure_again(
    height: float, casing: float, gas: float
) -> None:
    pressure = pressure_under_level_pa(
        casing_pressure_pa=casing,
        level_m=1300 - height,
        depth_m=1300.0,
        oil_density=860.0,
        gas_relative_density=gas,
    )
    assert height_above_pump_m(pressure, casing, 1300.0, 860.0, gas) == pytest.approx(height, abs=1e-6)


def test_heights_stay_between_the_pump_and_the_surface() -> None:
    assert height_above_pump_m(0.1e6, 1e6, 1300.0, 860.0) == 0.0
    assert height_above_pump_m(90e6, 1e6, 1300.0, 860.0) == pytest.approx(1300.0)
