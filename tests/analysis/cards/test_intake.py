"""Intake pressure: friction, offsets and impossible loads, each put into the lines by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards.column import (
    ATMOSPHERE_PA,
    GAS_DEVIATION,
    K_PER_M,
    STANDARD_K,
    SURFACE_K,
    discharge_pressure_pa,
    least_intake_pa,
)
from app.analysis.cards.intake import LARGEST_FRICTION, USUAL_FRICTION, Intake, intake_of
from app.analysis.cards.lines import LoadLines
from app.analysis.wells.pvt import BlackOil
from app.models.cards import Fluid
from tests.proofs import examples

DISCHARGE, AREA = 13e6, 1.5e-3
LARGEST_N = DISCHARGE * AREA


def found(upper_n: float, lower_n: float, seen_n: float | None = None, least_pa: float = 0.0) -> Intake:
    lines = LoadLines(upper_n, lower_n, 3.0, 2.0, turn_friction_n=seen_n)
    return intake_of(lines, discharge_pa=DISCHARGE, column_pa=12e6, area_m2=AREA, least_pa=least_pa)


def test_without_friction_the_intake_is_what_the_fluid_load_leaves() -> None:
    assert found(15e3, 0.0).pressure_pa == pytest.approx(3e6)
    assert found(16e3, 1e3).pressure_pa == pytest.approx(3e6), "an offset moves both lines"


def test_a_little_friction_seen_on_the_lower_line_is_taken_off_both() -> None:
    assert found(15.9e3, -0.9e3).pressure_pa == pytest.approx(3e6)


def test_a_line_far_below_is_left_to_the_interval_as_friction_and_as_weights() -> None:
    card = found(18e3, -3e3)  # 0.15 of the largest load: friction of 3 kN or an offset of 3 kN
    assert card.friction_n == pytest.approx(USUAL_FRICTION * LARGEST_N)
    assert card.low_pa < DISCHARGE - 21e3 / AREA, "an offset: all of the span is liquid"
    assert card.high_pa > DISCHARGE - 15e3 / AREA, "friction: twice the low line is none of it"


def test_friction_seen_at_the_turn_is_believed_as_far_as_the_lower_line_shows_it() -> None:
    assert found(18e3, -3e3, seen_n=3e3).pressure_pa == pytest.approx(3e6)
    assert found(18e3, -3e3, seen_n=9e3).pressure_pa == pytest.approx(3e6)
    assert found(15e3, 0.0, seen_n=3e3).friction_n == 0.0, "one line alone shows no friction"


@given(friction=st.floats(0, 0.39), intake=st.floats(0.5e6, 10e6), offset=st.floats(-0.02, 0.02))
@settings(max_examples=examples(60))
def test_the_interval_holds_the_pressure_whatever_friction_and_offset_are(
    friction: float, intake: float, offset: float
) -> None:
    load = (DISCHARGE - intake) * AREA
    rub, moved = friction * LARGEST_N, offset * LARGEST_N
    card = found(load + rub + moved, -rub + moved)
    assert card.low_pa <= intake <= card.high_pa
    assert card.low_pa <= card.pressure_pa <= card.high_pa
    assert 0 <= card.friction_n <= USUAL_FRICTION * LARGEST_N, "what nobody sees is not credited"


def test_without_friction_the_interval_is_the_error_of_the_column_and_of_the_load() -> None:
    """3 % of 12 MPa and 2 % of 15 kN over 15 cm²: 360 and 200 kPa, at right angles; above also the 3 % of
    13 MPa that a line may have been moved by, twice.
    """
    card = found(15e3, 0.0, seen_n=0.0)
    assert card.low_pa == pytest.approx(3e6 - math.hypot(360e3, 200e3))
    assert card.high_pa == pytest.approx(3e6 + 2 * 390e3 + math.hypot(360e3, 200e3))


def test_friction_that_the_turn_shows_leaves_half_of_it_either_way_in_doubt() -> None:
    """1 kN seen on a line that lies 3 kN low: 0.5 … 1.5 kN, and 585 N that a line may be moved by."""
    card = found(18e3, -3e3, seen_n=1e3)
    error = math.hypot(360e3, 0.02 * 21e3 / AREA)
    assert card.friction_n == 1e3
    assert card.pressure_pa == pytest.approx(DISCHARGE - 19e3 / AREA)
    assert card.low_pa == pytest.approx(DISCHARGE - 20e3 / AREA - error)
    assert card.high_pa == pytest.approx(DISCHARGE - (21e3 - 2 * 2_085) / AREA + error)


def test_gas_in_the_column_and_drag_unseen_raise_the_upper_end_each_by_its_pressure() -> None:
    """A megapascal of gas; 1.5 kN over 15 cm² is another."""
    given = {"discharge_pa": DISCHARGE, "column_pa": 12e6, "area_m2": AREA}
    lines = LoadLines(15e3, 0.0, 3.0, 2.0)
    plain = intake_of(lines, **given)
    assert plain.least_pa == 0.0, "an annulus of which nothing is known asks for nothing"
    assert plain == intake_of(lines, least_pa=0.0, lighter_pa=0.0, drag_n=0.0, **given)
    more = intake_of(lines, lighter_pa=1e6, drag_n=1.5e3, **given)
    assert more.high_pa - plain.high_pa == pytest.approx(2e6)
    assert more.low_pa == plain.low_pa


def test_a_load_that_the_depth_cannot_hold_is_impossible_and_says_the_lift_it_needs() -> None:
    card = found(24e3, 0.0)
    assert not card.possible
    assert card.missing_pa == pytest.approx(3e6)
    assert card.lift(1200.0)["lift"] == pytest.approx(1500.0)  # 12 MPa of column, 15 MPa needed
    assert not found(19e3, 0.0, least_pa=0.5e6).possible, "less than the annulus' gas presses with"


def test_gas_in_the_tubing_makes_the_column_lighter_and_never_heavier_than_dead() -> None:
    def column(ratio: float | None, filled: float = 0.0) -> float:
        fluid = Fluid(water_cut=0.3, oil_relative_density=0.85, gas_oil_ratio=ratio)
        return discharge_pressure_pa(
            1e6, fluid, density=900.0, vertical_depth_m=1500.0, intake_pa=4e6, gas_filled=filled
        )

    dead = 1e6 + 900 * 9.80665 * 1500
    assert column(None) == pytest.approx(dead)
    assert dead > column(10.0) > column(60.0) > column(300.0, filled=0.4) > 1e6
    assert column(60.0) == pytest.approx(column(500.0), rel=0.03), "what is not dissolved takes the annulus"


def test_what_the_gas_takes_off_a_hot_column_is_the_integral_over_small_steps() -> None:
    """3 km under 5 MPa: 88 °C at the pump; from the wellhead down by three quarters of a metre."""
    oil, pressure, step = BlackOil(0.85, 0.8, 60.0), 5e6, 0.75
    fluid = Fluid(water_cut=0.1, oil_relative_density=0.85, gas_oil_ratio=60.0, gas_relative_density=0.8)
    for number in range(4000):  # all the gas of the well comes in: 60 m³ a m³ of oil
        kelvin = 288.0 + 0.025 * (number + 0.5) * step
        free = 0.9 * max(60.0 - oil.dissolved_gor(pressure, kelvin), 0.0)
        volume = free * 101_325.0 / pressure * kelvin / 288.7 * 0.9
        pressure += 850 / (1 + volume) * 9.80665 * step
    dead = 5e6 + 850 * 9.80665 * 3000
    column = discharge_pressure_pa(
        5e6, fluid, density=850.0, vertical_depth_m=3000.0, intake_pa=6e6, gas_filled=0.5
    )
    assert dead - column == pytest.approx(dead - pressure, rel=0.01)


@pytest.mark.parametrize(
    ("ratio", "cut", "filled", "intake", "all_of_it"),
    [
        (120.0, 0.3, 0.0, 6e6, False),
        (250.0, 0.6, 0.4, 6e6, False),
        (150.0, 0.0, 0.7, 3e6, False),
        (900.0, 0.6, 0.98, 1.5e6, False),
        (40.0, 0.3, 0.7, 5e6, True),
    ],
    ids=["dissolved only", "in a watery liquid", "mostly gas", "nearly all gas", "no more than there is"],
)
def test_what_goes_through_the_pump_lightens_the_column(
    ratio: float, cut: float, filled: float, intake: float, all_of_it: bool
) -> None:
    """Dissolved at the intake and what fills the pump, brought to standard by its pressure and 50.5 °C."""
    fluid = Fluid(water_cut=cut, oil_relative_density=0.85, gas_oil_ratio=ratio, gas_relative_density=0.8)
    oil, at_pump = BlackOil(0.85, 0.8, ratio), 288.0 + 0.025 * 1_400
    liquid, gas = max(1 - filled, 0.05), filled
    beside = gas / liquid * (intake / 101_325.0) * (288.7 / at_pump) / 0.9
    entering = oil.dissolved_gor(intake, at_pump) + beside / (1 - cut)
    assert (entering > ratio) is all_of_it
    entering, pressure, step = min(entering, ratio), 3e6, 0.7
    for number in range(2_000):
        kelvin = 288.0 + 0.025 * (number + 0.5) * step
        free = (1 - cut) * max(entering - oil.dissolved_gor(pressure, kelvin), 0.0)
        pressure += 880 / (1 + free * 101_325.0 / pressure * kelvin / 288.7 * 0.9) * 9.80665 * step
    column = discharge_pressure_pa(
        3e6, fluid, density=880.0, vertical_depth_m=1_400.0, intake_pa=intake, gas_filled=filled
    )
    dead = 3e6 + 880 * 9.80665 * 1_400
    assert dead - column == pytest.approx(dead - pressure, rel=0.05)
    assert dead - column > 0.01 * dead, "it is seen"


@pytest.mark.parametrize("unknown", ["gas_oil_ratio", "oil_relative_density", "water_cut"])
def test_of_a_fluid_that_is_not_known_the_column_is_the_dead_liquid(unknown: str) -> None:
    known = {"water_cut": 0.3, "oil_relative_density": 0.85, "gas_oil_ratio": 60.0}
    given = {"density": 900.0, "vertical_depth_m": 1_500.0, "intake_pa": 4e6, "gas_filled": 0.3}
    dead = 1e6 + 900 * 9.80665 * 1_500
    assert discharge_pressure_pa(1e6, Fluid(**known), **given) < dead
    assert discharge_pressure_pa(1e6, Fluid(**(known | {unknown: None})), **given) == dead
    assert discharge_pressure_pa(1e6, Fluid(**(known | {"water_cut": 1.0})), **given) == dead
    assert discharge_pressure_pa(1e6, Fluid(**known), **(given | {"vertical_depth_m": 0.0})) == 1e6


def test_the_least_there_can_be_is_the_gas_of_the_annulus() -> None:
    assert least_intake_pa(None, 1500.0, 0.8) == 0.0
    assert 1e6 < least_intake_pa(1e6, 1500.0, 0.8) < 1.25e6


def test_the_annulus_presses_with_its_gas_by_the_barometric_formula() -> None:
    """p·exp(M·g·H/(R·T)) of gas 0.75 times as heavy as air's 28.96 g/mol, at 310 K."""
    foot = 1e6 * math.exp(0.75 * 0.02896 * 9.80665 * 1500 / (8.31446 * 310))
    assert least_intake_pa(1e6, 1500.0, 0.75) == pytest.approx(foot)
    assert least_intake_pa(0.5, 1500.0, 0.75) == pytest.approx(0.5 * foot / 1e6)
    assert least_intake_pa(-1.0, 1500.0, 0.75) == 0.0


def test_a_lower_line_beyond_all_friction_is_left_to_two_fifths_of_the_largest_load() -> None:
    error = math.hypot(360e3, 0.02 * 30e3 / AREA)
    assert found(18e3, -12e3).high_pa == pytest.approx(DISCHARGE - (30e3 - 0.8 * LARGEST_N) / AREA + error)
    assert found(18e3, -7e3).high_pa == pytest.approx(
        DISCHARGE - (25e3 - 2 * (7e3 + 0.03 * LARGEST_N)) / AREA + math.hypot(360e3, 0.02 * 25e3 / AREA)
    )
    assert LARGEST_FRICTION == 0.2, "over a fifth it is a fault and no pressure to be read"


@pytest.mark.parametrize(
    ("low", "pressure", "high", "possible", "interval"),
    [
        (2e6, 3e6, 4e6, True, (2e6, 4e6)),
        (0.1e6, 0.5e6, 99e6, True, (0.5e6, 13e6)),
        (0.1e6, 0.4e6, 0.45e6, False, (0.5e6, 0.5e6)),
        (14e6, 15e6, 16e6, False, (13e6, 13e6)),
        (2e6, 13e6, 14e6, True, (2e6, 13e6)),
    ],
)
def test_what_a_well_can_have_lies_between_its_gas_and_its_column(
    low: float, pressure: float, high: float, possible: bool, interval: tuple[float, float]
) -> None:
    card = Intake(pressure, low, high, 0.0, 0.5e6, 13e6, 12e6)
    assert (card.possible, card.possible_range_pa) == (possible, interval)
    assert card.missing_pa == 0.5e6 - pressure
    assert card.lift(1200.0) == {
        "lift": pytest.approx(1200 * (12e6 + 0.5e6 - pressure) / 12e6),
        "depth": 1200.0,
        "pressure": pressure,
    }


def test_gas_and_ground_are_taken_as_they_are_written_down() -> None:
    """15 °C and 2.5 K in 100 m; 1 atm and 60 °F are standard."""
    assert (SURFACE_K, K_PER_M, STANDARD_K, ATMOSPHERE_PA) == (288.0, 0.025, 288.7, 101_325.0)
    assert GAS_DEVIATION == 0.9


def test_what_no_well_has_at_its_pump_is_taken_as_the_atmosphere_or_the_column() -> None:
    fluid = Fluid(water_cut=0.1, oil_relative_density=0.85, gas_oil_ratio=60.0, gas_relative_density=0.8)

    def column(intake: float) -> float:
        return discharge_pressure_pa(
            1e6, fluid, density=850.0, vertical_depth_m=1500.0, intake_pa=intake, gas_filled=0.2
        )

    assert column(-5e6) == column(101_325.0)
    assert column(99e6) == column(1e6 + 850 * 9.80665 * 1500) < column(-5e6)
