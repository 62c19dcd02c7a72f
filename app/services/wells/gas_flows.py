"""Deliverability of a gas well from the points of an inflow test: back-pressure, isochronal, by a and b."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.analysis.wells.deliverability import SURFACE_PA, Deliverability, Flow, deliverability
from app.core.errors import KnownError
from app.models.values import Values
from app.models.well_tests import RecordedTest
from app.services.wells.gas_tests import scale_of

CURVE_POINTS = 40
POOR_LINE = 0.1
"""Root mean square of the rates' error over which the points are no straight line: rates to 2 … 5 %."""


def inflow_of_gas(test: RecordedTest, quality: list[Values]) -> Values:
    """Models of the stable JSON. Raises KnownError (json_missing, welltest_inflow_points)."""
    before = test.shut_in_pa or (None,) * len(test.pressure_pa)
    stood = test.stood or (True,) * len(test.pressure_pa)
    told = [one for one in before if one is not None]
    reservoir = test.reservoir_pressure_pa or max(told, default=None)
    if reservoir is None:
        raise KnownError("json_missing", file=test.kind, key="reservoir_pressure_pa")
    flows = [
        Flow(float(rate), float(pressure), shut_in, held)
        for rate, pressure, shut_in, held in zip(
            test.rate_m3_per_s, test.pressure_pa, before, stood, strict=True
        )
    ]
    scale = scale_of(test)
    assert scale is not None
    found = deliverability(flows, reservoir, scale.normalised)
    if found is None:
        raise KnownError("welltest_inflow_points", count=len(flows))
    quality += _remarks(found, any(stood))
    return {"back_pressure": _line(found), "laminar_inertial": _by_flow(found, scale.normalised)}


def _remarks(found: Deliverability, stood: bool) -> list[Values]:
    said: list[Values] = [{"code": f"deliverability_{found.kind}", "detail": {"exponent": found.exponent}}]
    if abs(found.exponent - found.exponent_fitted) > 0.005:
        said.append({"code": "deliverability_exponent", "detail": {"exponent": found.exponent_fitted}})
    if found.misfit > POOR_LINE:
        said.append({"code": "deliverability_not_straight", "detail": {"share": found.misfit}})
    if not stood:
        said.append({"code": "deliverability_nothing_stood", "detail": {}})
    return said


def _line(found: Deliverability) -> dict[str, float]:
    return {
        "coefficient": found.coefficient,
        "exponent": found.exponent,
        "reservoir_pressure_pa": found.reservoir_pa,
        "maximum_rate_m3_per_s": found.open_flow,
        "residual_share": found.misfit,
    }


def _by_flow(found: Deliverability, potential: Any) -> Values | None:
    if found.laminar is None or found.inertial is None or found.open_flow_by_flow is None:
        return None
    pressure = np.linspace(found.reservoir_pa, SURFACE_PA, CURVE_POINTS)
    drop = potential(pressure[:1]) - potential(pressure)
    a, b = found.laminar, found.inertial
    rate = drop / a if b <= 0 else (np.sqrt(a**2 + 4 * b * drop) - a) / (2 * b)
    return {
        "laminar": a,
        "inertial": b,
        "reservoir_pressure_pa": found.reservoir_pa,
        "maximum_rate_m3_per_s": found.open_flow_by_flow,
        "rate_m3_per_s": rate.tolist(),
        "pressure_pa": pressure.tolist(),
    }
