"""Hagedorn and Brown, Gray: their limits are a pipe of one phase, between them they stay near Beggs and
Brill, and the worked case of a textbook comes out.
"""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from fluids.friction import friction_factor
from fluids.two_phase import Beggs_Brill
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.wells.gradient import GRAY, HAGEDORN_BROWN, Stream, gradient_pa_per_m, method_for, traverse
from app.analysis.wells.holdup import Flow, gray, hagedorn_brown, hagedorn_brown_holdup
from app.analysis.wells.pvt import BlackOil

PSI_FT = 22_620.6
TUBING = Flow(1.0, 1.0, 850.0, 60.0, 2e-3, 1.4e-5, 0.025, 0.062, 2e-5, 8e6)
G = 9.80665


def one_phase(density: float, viscosity: float, speed: float, flow: Flow = TUBING) -> float:
    factor = friction_factor(
        density * speed * flow.diameter_m / viscosity, flow.roughness_m / flow.diameter_m
    )
    return density * G + float(factor) * density * speed**2 / (2 * flow.diameter_m)


def beggs_brill(flow: Flow) -> float:
    area = math.pi / 4 * flow.diameter_m**2
    liquid, gas = flow.liquid_m_per_s * flow.liquid_density * area, flow.gas_m_per_s * flow.gas_density * area
    return float(
        Beggs_Brill(
            m=liquid + gas,
            x=gas / (liquid + gas),
            rhol=flow.liquid_density,
            rhog=flow.gas_density,
            mul=flow.liquid_viscosity,
            mug=flow.gas_viscosity,
            sigma=flow.surface_tension,
            P=flow.pressure_pa,
            D=flow.diameter_m,
            angle=90,
            roughness=flow.roughness_m,
            L=1.0,
        )
    )


@given(speed=st.floats(0.05, 6.0))
def test_liquid_alone_is_a_pipe_of_darcy_and_weisbach(speed: float) -> None:
    found = hagedorn_brown(replace(TUBING, liquid_m_per_s=speed, gas_m_per_s=0.0))
    assert sum(found) == pytest.approx(one_phase(850.0, 2e-3, speed), rel=1e-9)


@given(speed=st.floats(3.0, 14.0))
def test_gas_alone_is_a_pipe_of_darcy_and_weisbach(speed: float) -> None:
    gas = replace(TUBING, liquid_m_per_s=0.0, gas_m_per_s=speed)
    assert sum(hagedorn_brown(gas)) == pytest.approx(one_phase(60.0, 1.4e-5, speed), rel=1e-9)
    # Gray's wells are fully rough: at a Reynolds number of 10 million, which theirs nearly has.
    assert sum(gray(gas)) == pytest.approx(one_phase(60.0, 1.4e-5, speed), rel=0.03)
    nearly = sum(gray(replace(gas, liquid_m_per_s=1e-9)))
    assert nearly == pytest.approx(sum(gray(gas)), rel=0.2), "a trace of liquid is no jump"


@given(liquid=st.floats(0.2, 2.0), gas=st.floats(0.2, 6.0), thick=st.floats(5e-4, 2e-2))
def test_hagedorn_and_brown_stay_near_beggs_and_brill(liquid: float, gas: float, thick: float) -> None:
    """Published comparisons part by tens of per cent: 0.5 to 1.25 of the other is the band held here."""
    flow = replace(TUBING, liquid_m_per_s=liquid, gas_m_per_s=gas, liquid_viscosity=thick)
    assert 0.5 < sum(hagedorn_brown(flow)) / beggs_brill(flow) < 1.25


@given(liquid=st.floats(0.0, 2.0), gas=st.floats(0.05, 8.0))
def test_no_less_liquid_stays_in_the_pipe_than_flows_through_it(liquid: float, gas: float) -> None:
    flow = replace(TUBING, liquid_m_per_s=liquid, gas_m_per_s=gas)
    assert 0 <= hagedorn_brown_holdup(flow) <= 1
    lightest, heaviest = (flow.liquid_share * 850 + (1 - flow.liquid_share) * 60) * G, flow.liquid_density * G
    for weight, friction in (hagedorn_brown(flow), gray(flow)):
        assert friction >= 0
        assert weight <= heaviest * (1 + 1e-9)
    assert hagedorn_brown(flow)[0] >= lightest * (1 - 1e-9)


def test_the_worked_case_of_a_textbook_comes_out() -> None:
    """Economides, Hill, Ehlig-Economides, Petroleum Production Systems (1994), ch. 7: 2,000 bbl/d of oil
    (0.8, 2 cP) with 1 MMscf/d of gas in 2 7/8 in at 800 psia and 175 °F. Its N_vl 10.28, N_vg 19.20,
    N_d 29.35 and N_l 9.26e-3 give, read off the charts, 0.46 of liquid and 0.20 psi/ft; the charts'
    polynomials are within three per cent of that.
    """
    oil = Flow(4.67 * 0.3048, 8.72 * 0.3048, 799.6, 41.7, 2e-3, 1.31e-5, 0.03, 0.05738, 3.44e-5, 5.516e6)
    assert hagedorn_brown_holdup(oil) == pytest.approx(0.46, rel=0.03)
    assert sum(hagedorn_brown(oil)) / PSI_FT == pytest.approx(0.200, rel=0.03)


def test_each_well_gets_the_correlation_that_was_made_for_it() -> None:
    oil = BlackOil(0.85, 0.8, 60.0)
    assert method_for(Stream(1e-3, 0.2, 100.0, oil)) == HAGEDORN_BROWN
    assert method_for(Stream(1e-3, 0.0, 9000.0, oil)) == GRAY
    assert method_for(Stream(1e-3, 0.2, 100.0, oil), inclination_rad=0.7) == "beggs_brill"


@pytest.mark.parametrize("method", ["beggs_brill", "hagedorn_brown", "gray"])
def test_a_gassy_column_is_lighter_than_its_liquid_and_heavier_than_its_gas(method: str) -> None:
    stream = Stream(8e-4, 0.3, 200.0, BlackOil(0.85, 0.75, 60.0))
    _, pressure = traverse(
        stream,
        top_pressure_pa=1.5e6,
        depth_m=1500.0,
        diameter_m=0.062,
        top_temperature_k=300.0,
        bottom_temperature_k=340.0,
        method=method,
    )
    assert 2e6 < pressure[-1] < 1.5e6 + 1000 * G * 1500
    lean = gradient_pa_per_m(stream, 3e6, 320.0, 0.062, 0.5, method)
    assert lean < gradient_pa_per_m(stream, 3e6, 320.0, 0.062, 0.0, method)
