"""An ESP from a wanted rate: against figures worked by hand and published ones, and its own limits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.advice.esp_workover import Stage
from app.analysis.catalogue.electrics import CABLES, MOTORS
from app.analysis.catalogue.esp_pumps import ESP_PUMPS
from app.analysis.catalogue.library import built_in
from app.analysis.esp.operating import hazen_williams_m, total_dynamic_head_m
from app.analysis.esp.pump import Curve
from app.analysis.esp.sizing import Sized, Wanted, duty, most_drop_v, sized
from app.analysis.wells.gradient import Stream
from app.analysis.wells.inflow import Inflow
from app.analysis.wells.pvt import BlackOil
from app.core.errors import KnownError

FOOT, PSI, BPD = 0.3048, 6_894.757, 0.158987294928 / 86_400
DEAD = BlackOil(0.85, 0.7, 0.0)


def water_well(**others: float) -> Wanted:
    """The worked head of the reference: 1,000 bbl/d of 0.95, 150 psi, friction of 5,000 ft of 2.441 in."""
    stream = Stream(1000 * BPD, 1.0, 0.0, DEAD, 950.0)
    at = 5000 * FOOT
    level_pa = 950.0 * 9.80665 * 1000 * FOOT
    inflow = Inflow(level_pa + 1e6, 1000 * BPD / 1e6)
    return replace(Wanted(stream, inflow, at, at, 150 * PSI, 2.441 * 0.0254, 0.16, 330.0), **others)


def test_the_head_of_water_is_net_lift_wellhead_pressure_and_friction() -> None:
    """4,000 ft of net lift, 150 psi and the friction: 4,414 ft by Hazen and Williams; Darcy and Weisbach part
    from it by a few feet in thin water.
    """
    asked = duty(water_well())
    by_hand = total_dynamic_head_m(
        pump_depth_m=5000 * FOOT,
        level_over_pump_m=1000 * FOOT,
        wellhead_pressure_pa=150 * PSI,
        density=950.0,
        friction_m=hazen_williams_m(5000 * FOOT, 1000 * BPD, 2.441 * 0.0254),
    )
    assert by_hand / FOOT == pytest.approx(4414, abs=1)
    assert asked.head_m == pytest.approx(by_hand, rel=0.01)
    flat = Curve(
        np.linspace(0, 2, 5) * 1000 * BPD,
        np.array([26, 25.5, 25, 20, 5]) * FOOT,
        None,
        np.array([0.0, 0.4, 0.6, 0.5, 0.2]),
        50.0,
    )
    [pump] = sized(water_well(), asked, [Stage("25 ft", flat, 0.1)])
    assert pump.stages == pytest.approx(177, abs=2), "4,414 ft of 25 ft each"
    hydraulic = pump.shaft_w * pump.efficiency / 745.7
    assert hydraulic == pytest.approx(30.9, rel=0.02), "horsepower of the reference"


def test_the_intake_of_a_published_design_is_its_inflow_less_the_column_below() -> None:
    """SPE PetroWiki, "ESP design", example 1: 850 bbl/d at 2,600 of 3,200 psi, 2,300 wanted, perforations at
    6,800 ft, pump at 5,500 ft, 75 % of 1.085 water, 32 °API. Its data by its steps: 1,577 psi at the
    perforations, less 1,300 ft of 1.03: 997 psi.
    """
    oil = BlackOil(141.5 / (131.5 + 32), 0.7, 300 * 0.178107606679)
    stream = Stream(2300 * BPD, 0.75, 300 * 0.178107606679, oil, 1085.0)
    inflow = Inflow(3200 * PSI, 850 * BPD / (600 * PSI))
    asked = duty(Wanted(stream, inflow, 6800 * FOOT, 5500 * FOOT, 100 * PSI, 2.441 * 0.0254, 0.112, 344.0))
    assert asked.bottom_pa / PSI == pytest.approx(1577, abs=1)
    assert asked.intake_pa / PSI == pytest.approx(997, abs=35), "its oil is taken without gas and heat"
    assert 0 < asked.gas.entering < asked.gas.before < 0.2
    assert asked.gas.stable


def test_the_stages_and_power_of_a_textbooks_pump_follow_from_its_pressures() -> None:
    """Guo, Lyons and Ghalambor, Petroleum Production Engineering (2007), ch. 14: 8,000 of 15,000 stb/d of 32
    °API from 10,000 ft by Vogel, pump at 9,800 ft: 2,823 psi, 2,748 psi at the intake; 3,728 psi above the
    pump by Poettmann and Carpenter: 2,616 ft, 44 stages of 60 ft and 6 hp, 264 hp.
    """
    gas = 50 * 0.178107606679
    stream = Stream(8000 * BPD, 0.0, gas, BlackOil(141.5 / (131.5 + 32), 0.7, gas), 1000.0)
    most = 15_000 * BPD
    inflow = Inflow(4350 * PSI, 1.8 * most / (4350 * PSI), 4350 * PSI)
    well = Wanted(stream, inflow, 10_000 * FOOT, 9800 * FOOT, 100 * PSI, 2.992 * 0.0254, 0.16, 350.0)
    asked = duty(well)
    assert asked.bottom_pa / PSI == pytest.approx(2823, abs=1)
    assert asked.intake_pa / PSI == pytest.approx(2748, abs=5)
    head_m = 980 * PSI / (865.0 * 9.80665)
    assert head_m / FOOT == pytest.approx(2616, abs=5)
    printed = replace(asked, head_m=head_m, rate=10_000 * BPD, density=865.0, viscosity_m2_per_s=1e-6)
    rate = np.array([0.0, 5000.0, 10_000.0, 15_000.0]) * BPD
    head = np.array([80.0, 75.0, 60.0, 30.0]) * FOOT
    efficiency = 865.0 * 9.80665 * rate * head / (6 * 745.7)
    [pump] = sized(well, printed, [Stage("60 ft", Curve(rate, head, None, efficiency, 50.0), 0.1)])
    assert pump.stages == 44
    assert pump.shaft_w / 745.7 == pytest.approx(264, rel=0.03)


def test_thick_oil_takes_more_stages_and_power_than_water_and_a_wide_pump_is_left_out() -> None:
    well = water_well()
    asked = duty(well)
    stages = [Stage(one.name, one.item.curve, one.item.outer_diameter_m) for one in built_in(ESP_PUMPS)]
    thin, thick = (sized(well, replace(asked, viscosity_m2_per_s=nu), stages) for nu in (1e-6, 1e-4))
    assert thin
    assert thick
    same = {one.pump: one for one in thin}
    for one in thick:
        if one.pump in same:
            assert one.stages > same[one.pump].stages
            assert one.efficiency < same[one.pump].efficiency
    told = {one.name for one in stages if one.outer_diameter_m is not None}
    assert any(one.pump in told for one in thin)
    assert not any(one.pump in told for one in sized(replace(well, casing_m=0.06), asked, stages))


def test_motor_and_cable_are_the_least_that_are_enough() -> None:
    well = water_well()
    asked = duty(well)
    stages = [Stage(one.name, one.item.curve, one.item.outer_diameter_m) for one in built_in(ESP_PUMPS)]
    motors = [(one.name, one.item) for one in built_in(MOTORS)]
    cables = [(one.name, one.item) for one in built_in(CABLES)]
    best = sized(well, asked, stages, motors, cables)[0]
    assert best.motor_w == pytest.approx(best.shaft_w / 0.9)
    assert best.cable
    wire = built_in(CABLES).find(best.cable).item
    most = most_drop_v(1000.0, well.pump_m)
    assert best.drop_v <= most
    thinner = [one.item for one in built_in(CABLES) if one.item.section_m2 < wire.section_m2]
    for one in thinner:
        if one.limit_temperature_k > well.pump_k:
            assert best.drop_v * one.resistance_at(well.pump_k) / wire.resistance_at(well.pump_k) > most


def test_the_drop_of_a_cable_is_that_of_its_resistance_as_the_charts_have_it() -> None:
    """√3·I·R·L: a reactance adds about what cos φ takes off; cos φ alone would make a cable too thin."""
    well = water_well()
    stages = [Stage(one.name, one.item.curve, one.item.outer_diameter_m) for one in built_in(ESP_PUMPS)]
    motors = [(one.name, one.item) for one in built_in(MOTORS)]
    cables = [(one.name, one.item) for one in built_in(CABLES)]
    best = sized(well, duty(well), stages, motors, cables)[0]
    wire = built_in(CABLES).find(best.cable).item
    assert best.drop_v == pytest.approx(
        3**0.5 * best.current_a * wire.resistance_at(well.pump_k) * well.pump_m
    )


def test_the_transformer_carries_the_motors_current_at_the_voltage_above_the_cable() -> None:
    """Takacs: U = U_np + √3·R·I, kVA = √3·U·I: 1,000 V, 30 A and 40 V lost are 54 kVA."""
    one = replace(sized_example(), current_a=30.0, drop_v=40.0, surface_v=1040.0)
    assert one.transformer_va == pytest.approx(54_040, rel=1e-3)
    well = water_well()
    stages = [Stage(one.name, one.item.curve, one.item.outer_diameter_m) for one in built_in(ESP_PUMPS)]
    motors = [(one.name, one.item) for one in built_in(MOTORS)]
    best = sized(well, duty(well), stages, motors, [(one.name, one.item) for one in built_in(CABLES)])[0]
    motor = built_in(MOTORS).find(best.motor).item if best.motor else None
    nominal = (motor.rated_voltage_v if motor is not None else None) or well.voltage_v
    assert best.surface_v == pytest.approx(nominal + best.drop_v)


def sized_example() -> Sized:
    return Sized("ours", 100, 1.0, 0.6, 40e3, 44e3)


def test_more_than_the_well_gives_is_refused() -> None:
    with pytest.raises(KnownError, match="esp_beyond_inflow"):
        duty(replace(water_well(), stream=Stream(1.0, 1.0, 0.0, DEAD, 950.0)))
    with pytest.raises(KnownError, match="esp_intake_dry"):
        duty(water_well(pump_m=100.0))
