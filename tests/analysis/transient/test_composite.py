"""Rock that conducts otherwise beyond a circle, and a gauge that drifts: records made by implicit differences
between rings, which no model of ours has made.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.analysis.transient.boundaries import circle, circle_constant_pressure, composite
from app.importers.welltest_json import test_from as read
from app.services.wells.well_tests import analyse

MD, HOUR = 9.869233e-16, 3600.0
POROSITY, COMPRESSIBILITY, VISCOSITY, THICK_M, RADIUS_M = 0.15, 1.5e-9, 1e-3, 10.0, 0.1
VOLUME, RATE, STORED, FAR_M, RINGS = 1.2, 50 / 86_400, 1e-8, 5e3, 220


def build_up(k_of: Callable[[float], float], skin: float, drift: float = 0.0) -> dict[str, Any]:
    """Ten days of flow and four of pressure by rings that widen outwards; noise of 300 Pa."""
    from scipy.linalg import solve_banded

    edges = np.geomspace(RADIUS_M, FAR_M, RINGS + 1)
    middle = np.sqrt(edges[1:] * edges[:-1])
    held = np.pi * np.diff(edges**2) * THICK_M * POROSITY * COMPRESSIBILITY
    k = np.array([k_of(r) for r in middle]) * MD
    way = 2 * np.pi * THICK_M / VISCOSITY
    outwards, inwards = np.log(edges[1:] / middle) / k, np.log(middle / edges[:-1]) / k
    between = way / (outwards[:-1] + inwards[1:])
    at_well = way / (inwards[0] + skin / k[0])
    rock, well, now = np.full(RINGS, 30e6), 30e6, 0.0
    times, told = [], []
    flowing = np.geomspace(1.0, 240 * HOUR, 150)
    resting = 240 * HOUR + np.geomspace(1.0, 100 * HOUR, 260)
    for until in (*flowing, *resting):
        step, now = until - now, until
        drawn = RATE * VOLUME if until <= flowing[-1] else 0.0
        matrix, right = np.zeros((3, RINGS + 1)), np.r_[STORED / step * well - drawn, held / step * rock]
        joined = np.r_[at_well, between]
        matrix[0, 1:], matrix[2, :-1] = -joined, -joined
        matrix[1] = np.r_[STORED, held] / step + np.r_[joined, 0.0] + np.r_[0.0, joined]
        solved = solve_banded((1, 1), matrix, right)
        well, rock = float(solved[0]), solved[1:]
        if until >= flowing[-1]:
            times.append(until - flowing[-1])
            told.append(well)
    pressure = np.array(told) + np.random.default_rng(1).normal(0, 300, len(told))
    return {
        "kind": "buildup",
        "time_s": times,
        "pressure_pa": (pressure + drift * np.array(times)).tolist(),
        "rate_m3_per_s": RATE,
        "formation_volume_factor": VOLUME,
        "viscosity_pa_s": VISCOSITY,
        "porosity": POROSITY,
        "thickness_m": THICK_M,
        "total_compressibility_per_pa": COMPRESSIBILITY,
        "wellbore_radius_m": RADIUS_M,
        "producing_time_s": 240 * HOUR,
    }


def told_of(record: dict[str, Any]) -> dict[str, Any]:
    answer, _ = analyse(read(json.loads(json.dumps(record)), Path("rings.json")))
    return answer


def test_rock_that_hardly_conducts_is_a_closed_circle_and_one_that_conducts_all_holds_the_pressure() -> None:
    v, radius = np.geomspace(1e-10, 1e-3, 8), np.array(200.0)
    assert composite(v, radius, np.array(1e12)) == pytest.approx(circle(v, radius), rel=1e-3)
    held = composite(v, radius, np.array(1e-14))
    assert held == pytest.approx(circle_constant_pressure(v, radius), rel=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("inner", "outer", "radius", "skin"), [(40.0, 8.0, 40.0, 3.0), (15.0, 45.0, 25.0, 0.0)]
)
def test_a_rock_in_two_rings_comes_out_with_both(
    inner: float, outer: float, radius: float, skin: float
) -> None:
    """They had been called a channel, and double porosity with a skin that was 1.4 too low."""
    answer = told_of(build_up(lambda r: inner if r < radius else outer, skin))
    assert answer["match"]["model"] == "composite"
    assert answer["permeability_m2"] / MD == pytest.approx(inner, rel=0.04)
    assert answer["skin"] == pytest.approx(skin, abs=0.2)
    found = answer["match"]["parameters"]
    assert found["permeability_ratio"] == pytest.approx(inner / outer, rel=0.1)
    assert found["composite_radius_m"] == pytest.approx(radius, rel=0.1)


@pytest.mark.slow
def test_what_a_drifting_gauge_makes_of_a_plain_well_is_said_with_the_drift() -> None:
    answer = told_of(build_up(lambda r: 20.0, 1.0, drift=-500 / HOUR))
    [said] = [one["detail"] for one in answer["quality"] if one["code"] == "drift_alike"]
    assert said["drift"] * HOUR == pytest.approx(-500, rel=0.15)
    assert said["permeability"] / MD == pytest.approx(20, rel=0.05)
    assert said["skin"] == pytest.approx(1.0, abs=0.2)
