"""Well tests whose units were called by another name: refused, or said to be unlikely."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.analysis.transient.interpret import Interpretation
from app.analysis.transient.models import Model
from app.analysis.transient.record import Formation, Response
from app.analysis.transient.superposed import change_pa
from app.core.errors import KnownError
from app.importers.welltest_json import test_from as read
from app.services.wells.unlikely import unlikely
from app.services.wells.well_tests import analyse
from tests.services.test_many_rates import FORMATION

RATE, START_PA, DAYS = 50 / 86_400, 30e6, 86_400.0
ROCK = Formation(1.2, 1e-3, 0.15, 10.0, 1.5e-9, 0.1)
TRUTH = {"permeability_m2": 2e-14, "skin": 5.0, "wellbore_storage_m3_per_pa": 2e-7}


def body(model: Model | None = None, **more: float) -> dict[str, Any]:
    """A build-up of two days after three of 50 m³/d."""
    time = np.geomspace(5.0, 2 * DAYS, 90)
    shut = Response(time, np.full(90, START_PA), START_PA, RATE, ((3 * DAYS, RATE),), False, ROCK)
    rise = change_pa(shut, model or Model(), {**TRUTH, **more})
    noise = np.random.default_rng(2).normal(0.0, 300.0, 90)
    return {
        "kind": "buildup",
        "time_s": [0.0, *time.tolist()],
        "pressure_pa": [START_PA - 8e6, *(START_PA - 8e6 + rise + noise).tolist()],
        "rate_m3_per_s": RATE,
        "producing_time_s": 3 * DAYS,
        **FORMATION,
    }


@pytest.mark.parametrize("factor", [1e-3, 1e-5, 1e-6, 1 / 6894.757, 1e3])
def test_pressures_of_another_unit_are_no_pascals(factor: float) -> None:
    told = body()
    told["pressure_pa"] = [one * factor for one in told["pressure_pa"]]
    with pytest.raises(KnownError) as refused:
        read(told, Path("test.json"))
    assert refused.value.details["key"] == "pressure_pa"


def test_a_rate_a_day_is_none_a_second() -> None:
    with pytest.raises(KnownError) as refused:
        read({**body(), "rate_m3_per_s": 50.0}, Path("test.json"))
    assert refused.value.details["key"] == "rate_m3_per_s"


def said(told: dict[str, Any]) -> set[str]:
    answer, _ = analyse(read(told, Path("test.json")))
    return {one["code"] for one in answer["quality"]}


def test_hours_that_were_called_seconds_and_a_thickness_in_kilometres_are_said() -> None:
    told = body()
    assert not said(told) & {"test_of_minutes", "permeability_unlikely"}
    hours = {**told, "time_s": [one / 3600 for one in told["time_s"]], "producing_time_s": 72.0}
    assert "test_of_minutes" in said(hours)
    assert "permeability_unlikely" in said({**told, "thickness_m": 0.005})


def test_a_pressure_that_is_held_all_round_is_found() -> None:
    """It was taken for a closed circle, its k a tenth too low, without a word."""
    answer, _ = analyse(
        read(body(Model(edges="circle_constant_pressure"), boundary_radius_m=120.0), Path("t.json"))
    )
    assert answer["match"]["model"] == "circle_constant_pressure"
    assert answer["permeability_m2"] == pytest.approx(2e-14, rel=0.02, abs=0)
    assert answer["match"]["parameters"]["boundary_radius_m"] == pytest.approx(120.0, rel=0.03)


MADE = body()
WRONG = {
    "compressibility_unlikely": {"total_compressibility_per_pa": 1.5e-3},
    "flowed_hardly": {"producing_time_s": 72.0},
    "volume_factor_unlikely": {"formation_volume_factor": 1 / 1.2},
    "wellbore_unlikely": {"wellbore_radius_m": 100.0},
    "pressure_unlikely": {"pressure_pa": [5 * one for one in MADE["pressure_pa"]]},
}
SMALL = 1.2e-9
"""[m³/Pa] Storage of a usual well, 7e-8, once minutes were called seconds."""


@cache
def interpreted() -> Interpretation:
    found = analyse(read(MADE, Path("test.json")))[1]
    assert found is not None
    return found


def doubts(storage: float | None = None, gas: dict[str, float] | None = None, **told: Any) -> set[str]:
    found = interpreted()
    if storage is not None:
        found = replace(found, storage_m3_per_pa=storage)
    test = replace(read({**MADE, **told}, Path("test.json")), gas=gas)
    return {str(one["code"]) for one in unlikely(test, found)}


@pytest.mark.parametrize("code", WRONG)
def test_what_a_wrong_unit_would_explain_sooner_than_a_well_is_said(code: str) -> None:
    """A compressibility in 1/MPa, hours called seconds, 1/B, millimetres, psi called kPa."""
    assert doubts(**WRONG[code]) == {code}


def test_storage_of_less_than_a_well_is_a_tool_below_or_minutes_called_seconds() -> None:
    assert doubts(SMALL) == {"storage_small"}


def test_a_usual_test_has_no_doubts() -> None:
    assert doubts() == set()


def test_of_gas_neither_softness_nor_storage_is_a_liquids() -> None:
    gas = {"relative_density": 0.7, "temperature_k": 350.0}
    assert doubts(SMALL, gas, total_compressibility_per_pa=1.5e-3, formation_volume_factor=0.004) == set()
