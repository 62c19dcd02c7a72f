"""Well tests of gas: published numbers, and tests whose truth is known."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.analysis.transient.models import Model
from app.analysis.transient.record import Formation, Response
from app.analysis.transient.superposed import change_pa
from app.analysis.wells.gas_properties import PSI_PA, STANDARD_K
from app.analysis.wells.natural_gas import NaturalGas, PressureScale, pseudo_pressure
from app.core.errors import KnownError
from app.importers.welltest_json import test_from as read
from app.services.wells.gas_tests import scale_of
from app.services.wells.well_tests import analyse
from tests.services.real_gas import RealGasWell

FOOT, MILLIDARCY, CP, MSCF_A_DAY = 0.3048, 9.869233e-16, 1e-3, 28.316846592 / 86_400
RANKINE = 5 / 9

# Dake, Fundamentals of Reservoir Engineering (Elsevier, 1978), table 8.1: psia, cP, z, 1e6 psia²/cP.
DAKE = np.array(
    [
        (400, 0.01286, 0.937, 13.278),
        (800, 0.01390, 0.882, 52.658),
        (1200, 0.01530, 0.832, 116.467),
        (1600, 0.01680, 0.794, 202.153),
        (2000, 0.01840, 0.770, 306.597),
        (2400, 0.02010, 0.763, 425.659),
        (2800, 0.02170, 0.775, 554.853),
        (3200, 0.02340, 0.797, 690.084),
        (3600, 0.02500, 0.827, 828.367),
        (4000, 0.02660, 0.860, 967.958),
        (4400, 0.02831, 0.896, 1107.285),
    ]
)


def test_the_pseudo_pressure_is_that_of_dakes_table() -> None:
    pressure, viscosity, z, printed = DAKE.T
    assert pseudo_pressure(pressure, pressure / (viscosity * z)) / 1e6 == pytest.approx(printed, abs=0.02)


def test_a_drawdown_of_ahmeds_handbook_ends_at_its_printed_pressure() -> None:
    """Ahmed, Reservoir Engineering Handbook (4th ed., 2010), ch. 6: 2000 Mscf/d for 1.5 hours from 4400 psi
    out of 15 ft of 65 md at 140 °F, the gas of the table above: 4367 psi.
    """
    pressure, viscosity, z, _ = DAKE.T
    half = pseudo_pressure(pressure, pressure / (viscosity * z)) / 2
    scale = PressureScale(pressure * PSI_PA, half, 4400 * PSI_PA)
    temperature = 600 * RANKINE
    formation = Formation(
        0.896 * temperature / STANDARD_K * 14.7 / 4400,
        0.02831 * CP,
        0.15,
        15 * FOOT,
        3e-4 / PSI_PA,
        0.3 * FOOT,
    )
    rate = 2000 * MSCF_A_DAY
    start = 4400 * PSI_PA
    time = np.geomspace(1.0, 5400.0, 40)
    response = Response(time, np.full(40, start), start, rate, (), True, formation)
    values = {"permeability_m2": 65 * MILLIDARCY, "skin": 0.0, "wellbore_storage_m3_per_pa": 1e-12}
    flowing = start - float(change_pa(response, Model(), values)[-1])
    assert scale.pressure(flowing) / PSI_PA == pytest.approx(4367, abs=1.5)


def test_acid_gases_move_the_critical_point_as_wichert_and_aziz_do_and_z_with_it() -> None:
    """Ahmed, the same, ch. 2: a gas of 0.7 with 5 % CO₂ and 10 % H₂S at 3500 psia and 160 °F: z 0.89 of the
    chart.
    """
    gas = NaturalGas(0.7, 620 * RANKINE, carbon_dioxide=0.05, hydrogen_sulphide=0.10)
    assert gas.deviation(3500 * PSI_PA) == pytest.approx(0.89, abs=0.025)
    assert gas.density_kg_m3(3500 * PSI_PA) / 16.01846 == pytest.approx(11.98, rel=0.03)
    kelvin, pascal = gas.critical
    sweet_k, sweet_pa = NaturalGas(0.7, 620 * RANKINE).critical
    assert kelvin < sweet_k
    assert pascal > 0.9 * sweet_pa


GAS = {"relative_density": 0.7, "temperature_k": 366.0, "carbon_dioxide": 0.03, "nitrogen": 0.02}


def gas_test(kind: str, permeability_m2: float, skin: float) -> dict[str, Any]:
    """A test computed in pseudo-pressure, a build-up in pseudo-time too, and told in pressure and time, as a
    gauge has it.
    """
    reservoir = 25e6
    body: dict[str, Any] = {
        "kind": kind,
        "gas": GAS,
        "rate_m3_per_s": 3.0,
        "porosity": 0.12,
        "thickness_m": 12.0,
        "wellbore_radius_m": 0.1,
        "reservoir_pressure_pa": reservoir,
        "time_s": np.geomspace(2, 2e5, 160).tolist(),
        "pressure_pa": [reservoir] * 160,
    }
    if kind == "buildup":
        body["producing_time_s"] = 5e5
    probe = read(body, Path("test.json"))
    scale = scale_of(probe)
    assert scale is not None
    gas = NaturalGas(**GAS)
    formation = Formation(
        gas.volume_factor(reservoir),
        gas.viscosity_pa_s(reservoir),
        0.12,
        12.0,
        gas.compressibility_per_pa(reservoir),
        0.1,
    )
    values = {"permeability_m2": permeability_m2, "skin": skin, "wellbore_storage_m3_per_pa": 2e-7}
    time = np.array(body["time_s"])

    def fall(at: Any) -> Any:
        flat = np.full(len(at), reservoir)
        return change_pa(Response(at, flat, reservoir, 3.0, (), True, formation), Model(), values)

    if kind == "drawdown":
        normalised = reservoir - fall(time)
    else:
        normalised = reservoir - fall(time + 5e5) + fall(time)
        before = reservoir - float(fall(np.geomspace(1.0, 5e5, 60))[-1])
        pressure = np.array([scale.pressure(float(value)) for value in (before, *normalised)])
        softness = [gas.viscosity_pa_s(p) * gas.compressibility_per_pa(p) for p in (*pressure, reservoir)]
        slower = np.array(softness[:-1]) / softness[-1]
        steps = np.diff(np.r_[0.0, time]) * (slower[1:] + slower[:-1]) / 2
        return {**body, "time_s": [0.0, *np.cumsum(steps).tolist()], "pressure_pa": pressure.tolist()}
    body["pressure_pa"] = [scale.pressure(float(value)) for value in normalised]
    return body


@pytest.mark.parametrize("kind", ["drawdown", "buildup"])
def test_a_gas_test_gives_its_permeability_and_skin_and_the_reservoirs_pressure(kind: str) -> None:
    truth = 4 * MILLIDARCY
    answer, _ = analyse(read(gas_test(kind, truth, 3.0), Path("test.json")))
    assert answer["permeability_m2"] == pytest.approx(truth, rel=0.03, abs=0)
    assert answer["skin"] == pytest.approx(3.0, abs=0.3)
    said = {remark["code"] for remark in answer["quality"]}
    assert {"gas_normalised", "gas_compressibility"} <= said
    if kind == "buildup":
        assert answer["p_star_pa"] == pytest.approx(25e6, rel=0.005)
        assert "p_star_off" not in said
        [clock] = [one["detail"] for one in answer["quality"] if one["code"] == "gas_pseudo_time"]
        assert 0.5 < clock["pseudo"] / clock["clock"] < 0.99


@pytest.mark.parametrize(
    ("permeability_md", "skin", "rate", "days"), [(4.0, 3.0, 3.0, 6.0), (0.3, 1.0, 0.25, 23.0)]
)
def test_a_build_up_of_real_gas_by_finite_differences_keeps_its_permeability_and_skin(
    permeability_md: float, skin: float, rate: float, days: float
) -> None:
    """On the wall's clock: 3.92 md and 2.77 by a changing storage; 0.288 md and 0.68 by a double porosity."""
    well = RealGasWell(permeability_md * MILLIDARCY, skin, rate, well_m3=40.0)
    answer, _ = analyse(read(well.build_up(days * 86_400), Path("test.json")))
    assert answer["permeability_m2"] / MILLIDARCY == pytest.approx(permeability_md, rel=0.025)
    assert answer["skin"] == pytest.approx(skin, abs=0.2)
    assert answer["match"]["model"] in ("homogeneous", "storage_changing")


@pytest.mark.slow
def test_taken_for_a_liquid_the_same_record_is_wrong() -> None:
    """What the pseudo-pressure is for: the drawdown of 7 MPa is not one of a liquid."""
    body = gas_test("drawdown", 4 * MILLIDARCY, 3.0)
    gas = NaturalGas(**body.pop("gas"))
    low = min(body["pressure_pa"])
    body |= {
        "formation_volume_factor": gas.volume_factor(low),
        "viscosity_pa_s": gas.viscosity_pa_s(low),
        "total_compressibility_per_pa": gas.compressibility_per_pa(low),
    }
    answer, _ = analyse(read(body, Path("test.json")))
    assert not math.isclose(answer["permeability_m2"] or 0.0, 4 * MILLIDARCY, rel_tol=0.05)


@pytest.mark.parametrize(
    ("gas", "key"),
    [
        ({"relative_density": 0.7}, "gas.temperature_k"),
        ({**GAS, "temperature_k": 95.0}, "gas.temperature_k"),
        ({**GAS, "carbon_dioxide": 1.2}, "gas.carbon_dioxide"),
        ({**GAS, "helium": 0.1}, "gas.helium"),
    ],
)
def test_a_gas_that_cannot_be_is_refused_by_its_key(gas: dict[str, float], key: str) -> None:
    body = {**gas_test("drawdown", 1e-14, 0.0), "gas": gas}
    with pytest.raises(KnownError) as refused:
        read(body, Path("test.json"))
    assert refused.value.details["key"].removeprefix("gas.") == key.removeprefix("gas.")
