"""The pump, gas at its intake, the operating point and the nodal picture against printed numbers and their
own limits.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.catalogue.esp_pumps import ESP_PUMPS
from app.analysis.catalogue.library import built_in
from app.analysis.esp import gas
from app.analysis.esp.operating import Motor, hazen_williams_m, operating_point, total_dynamic_head_m
from app.analysis.esp.pump import Curve, curve_of, viscosity_factors, viscous
from app.analysis.wells.gas_properties import PSI_PA
from app.analysis.wells.gradient import Stream
from app.analysis.wells.inflow import Inflow
from app.analysis.wells.nodal import nodal
from app.analysis.wells.pvt import BlackOil
from app.core.errors import KnownError
from app.core.units import DAY_S, STANDARD_GRAVITY
from tests.conftest import shared_file


def reference() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(shared_file("reference/wells-and-esp.json").read_text())
    return loaded


def stage(name: str) -> Curve:
    return built_in(ESP_PUMPS).find(name).item.curve


def test_affinity_from_fifty_to_sixty_hertz() -> None:
    fifty = stage("ЭЦН5А-100")
    sixty = fifty.at_frequency(60)
    assert sixty.rate == pytest.approx(fifty.rate * 1.2)
    assert sixty.head == pytest.approx(fifty.head * 1.44)
    assert fifty.power is not None
    assert sixty.power == pytest.approx(fifty.power * 1.728)
    assert sixty.best_rate == pytest.approx(1.2 * fifty.best_rate, rel=1e-6)


def test_viscosity_is_that_of_ansi_hi_9_6_7_example_1() -> None:
    """Q_BEP 110 m³/h, H 77 m, 2950 rpm, η 0.68, 120 cSt: B 5.52, C_Q 0.938, H 72.2 m, C_H(60 %) 0.958, C_η
    0.738.
    """
    case = reference()["hi_967_ex1"]
    found = viscosity_factors(
        viscosity_m2_per_s=case["cSt"] * 1e-6,
        best_rate=case["Q"] / 3600,
        best_head=case["H"],
        speed_rpm=case["n"],
    )
    expected = case["expect_rel1pct"]
    assert found.b == pytest.approx(expected["B"], rel=0.01)
    assert found.rate == pytest.approx(expected["CQ"], rel=0.01)
    assert found.rate * case["Q"] == pytest.approx(expected["Q"], rel=0.01)
    assert found.head(1.0) * case["H"] == pytest.approx(expected["H"], rel=0.01)
    assert found.head(0.6) == pytest.approx(expected["CH_60"], rel=0.01)
    assert found.efficiency == pytest.approx(expected["Ceta"], rel=0.01)
    assert (
        viscosity_factors(viscosity_m2_per_s=1e-6, best_rate=110 / 3600, best_head=77, speed_rpm=2950).rate
        == 1.0
    )


@given(cst=st.floats(5, 400))
def test_more_viscosity_never_gives_more(cst: float) -> None:
    curve = stage("ЭЦН5-125")
    thin, thick = (
        viscous(
            curve,
            viscosity_factors(
                viscosity_m2_per_s=v * 1e-6, best_rate=curve.best_rate, best_head=5.8, speed_rpm=2910
            ),
        )
        for v in (cst, cst * 1.5)
    )
    assert (thick.rate <= thin.rate + 1e-12).all()
    assert (thick.head <= thin.head + 1e-9).all()


@given(share=st.floats(0.4, 0.95))
def test_the_rate_for_a_head_is_the_rate_that_has_that_head(share: float) -> None:
    curve = stage("ЭЦН5А-124")
    head = share * float(curve.head.max())
    rate, inside = curve.rate_for_head(head)
    assert rate is not None
    assert inside
    assert float(curve.head_at(rate)) == pytest.approx(head, rel=1e-3)
    assert curve.rate_for_head(2 * float(curve.head.max())) == (None, False)


def test_points_that_are_no_pump_s_are_refused() -> None:
    rate, head = np.array([0, 1, 2, 3.0]), np.array([5, 4, 3, 1.0])
    assert isinstance(curve_of(rate, head, None, None, 50), Curve)
    for bad_rate, bad_head, efficiency, code in (
        (rate[:3], head[:3], None, "pump_curve_points"),
        (rate[::-1], head, None, "pump_curve_rate"),
        (rate, head[::-1], None, "pump_curve_head"),
        (rate, head, np.array([0, 0.5, 1.4, 0]), "pump_curve_efficiency"),
        (rate, head, np.array([0, 0.5]), "pump_curve_lengths"),
    ):
        with pytest.raises(KnownError, match=code):
            curve_of(bad_rate, bad_head, None, efficiency, 50)


def test_turpin_and_dunbar_are_the_printed_ones() -> None:
    for ratio, psi, phi in reference()["turpin"]:
        assert gas.turpin(ratio, psi * PSI_PA) == pytest.approx(phi, rel=0.002)
    for ratio, psi in reference()["dunbar"]:
        assert gas.dunbar_pa(ratio) / PSI_PA == pytest.approx(psi, rel=0.002)
    assert gas.cirilo_limit(200 * PSI_PA) == pytest.approx(0.187, rel=0.005)
    assert gas.natural_separation(0.605 * 0.3048, 1.0, 0.3) == pytest.approx(0.45, abs=0.005)


def test_total_dynamic_head_is_the_worked_one() -> None:
    """4,000 ft of lift, 5,000 ft of 2.441 in. pipe at 1,000 bbl/d, 150 psi, SG 0.95 → 4,414.3 ft (reference,
    after Takacs).
    """
    foot = 0.3048
    friction = hazen_williams_m(5000 * foot, 1000 * 0.158987294928 / 86400, 2.441 * 0.0254)
    assert friction / foot == pytest.approx(5 * 9.913, rel=0.002)
    total = total_dynamic_head_m(
        pump_depth_m=4000 * foot,
        level_over_pump_m=0,
        wellhead_pressure_pa=150 * PSI_PA,
        density=950,
        friction_m=friction,
    )
    assert total / foot == pytest.approx(4414.3, rel=0.001)


def readings_at(
    curve: Curve, rate: float, stages: float, density: float, *, loss: float = 0.0
) -> dict[str, float]:
    lift = (1 - loss) * float(curve.head_at(rate)) * stages * density * STANDARD_GRAVITY
    return {
        "frequency": 50.0,
        "intake_pressure": 5e6,
        "discharge_pressure": 5e6 + lift,
        "motor_current": 24.0,
        "motor_temperature": 380.0,
    }


def test_the_operating_point_comes_back_from_the_pressures_it_made() -> None:
    curve = stage("ЭЦН5А-100")
    rate = 110 / DAY_S
    point = operating_point(
        readings_at(curve, rate, 250, 900),
        curve,
        250,
        stream=None,
        density=900,
        motor=Motor(rated_current_a=32, limit_temperature_k=423),
    )
    assert point.rate == pytest.approx(rate, rel=0.005)
    assert point.rate_from == "head"
    assert point.rate_spread is not None
    assert point.rate_over_best == pytest.approx(110 / 100, rel=0.06)
    assert point.motor_load == pytest.approx(0.75)
    assert point.temperature_reserve_k == pytest.approx(43)
    worn = operating_point(
        {**readings_at(curve, rate, 250, 900, loss=0.2), "liquid_rate": rate},
        curve,
        250,
        stream=None,
        density=900,
    )
    assert worn.head_loss == pytest.approx(0.2, abs=0.005)


def test_gas_in_the_stream_lightens_what_the_pump_lifts_and_is_counted() -> None:
    curve = stage("ЭЦН5А-100")
    oil = BlackOil(0.86, 0.8, 90.0)
    stream = Stream(100 / DAY_S, 0.3, 90.0, oil)
    low = {**readings_at(curve, 100 / DAY_S, 250, 850), "intake_pressure": 2e6}
    point = operating_point(low, curve, 250, stream=stream, density=900, annulus_m2=0.0135, temperature_k=350)
    assert point.gas is not None
    assert 0.05 < point.gas.entering < point.gas.before < 0.8
    assert point.density is not None
    assert point.density < 880
    above = operating_point(
        {**low, "intake_pressure": 18e6}, curve, 250, stream=stream, density=900, temperature_k=350
    )
    assert above.gas is not None
    assert above.gas.before == pytest.approx(0.0, abs=1e-9), "nothing is free above the bubble point"


def test_impossible_heads_are_said_and_give_no_rate() -> None:
    curve = stage("ЭЦН5-125")
    point = operating_point(
        {"frequency": 50, "intake_pressure": 1e6, "discharge_pressure": 40e6},
        curve,
        100,
        stream=None,
        density=900,
    )
    assert point.rate is None
    assert point.remarks[0][0] == "head_above_curve"
    assert operating_point({}, None, 1.0, stream=None, density=900).head is None


def test_a_well_runs_where_inflow_and_pump_meet() -> None:
    curve, stages, density = stage("ЭЦН5А-100"), 230.0, 920.0
    rate = 100 / DAY_S
    inflow = Inflow(18e6, rate / (18e6 - 6e6))
    discharge = 6e6 + float(curve.head_at(rate)) * stages * density * STANDARD_GRAVITY
    found = nodal(
        inflow,
        curve,
        stages=stages,
        density=density,
        discharge_pa=discharge,
        measured_rate=rate,
        below_pump_m=0.0,
    )
    assert found.meets_rate == pytest.approx(rate, rel=0.005)
    assert found.meets_pa == pytest.approx(6e6, rel=0.01)
    worn = nodal(
        inflow,
        curve,
        stages=stages,
        density=density,
        discharge_pa=discharge,
        measured_rate=rate,
        below_pump_m=0.0,
        head_factor=0.8,
    )
    assert worn.meets_rate is not None
    assert worn.meets_rate < rate
