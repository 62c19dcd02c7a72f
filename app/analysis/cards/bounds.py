"""What no measure of a card can be: one table of bounds and relations, and how a figure beyond them is told.

A figure that physics forbids is never shown as a number: it is "not determined", with the bound
it broke.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.analysis.cards.record import Remark
from app.core.plain import JsonObject
from app.models.values import Read, number_of, part_of, rows_of

LOAD_N, PRESSURE_PA, POWER_W, STRESS_PA, TORQUE_N_M = 400e3, 150e6, 1e6, 2e9, 2e6
"""More than any polished rod, wellhead, beam unit, rod steel and gearbox: beyond it nothing was measured."""


@dataclass(frozen=True)
class Bound:
    """Between what a measure lies.

    Attributes:
        low: [SI] number or the name of the measure that it cannot be under
        high: [SI] number or the name of the measure that it cannot be over
    """

    low: float | str
    high: float | str


BOUNDS: Mapping[str, Bound] = {
    "surface_stroke_m": Bound(0.0, 15.0),
    "peak_polished_rod_load_n": Bound("minimum_polished_rod_load_n", LOAD_N),
    "minimum_polished_rod_load_n": Bound(-LOAD_N, LOAD_N),
    "polished_rod_power_w": Bound(0.0, POWER_W),
    "buoyant_rod_weight_n": Bound(0.0, LOAD_N),
    "gross_stroke_m": Bound(0.0, 30.0),
    "net_stroke_m": Bound(0.0, "gross_stroke_m"),
    "fillage": Bound(0.0, 1.0),
    "fluid_load_n": Bound(0.0, LOAD_N),
    "pump_discharge_pressure_pa": Bound(0.0, PRESSURE_PA),
    "pump_intake_pressure_pa": Bound("least_intake_pa", "pump_discharge_pressure_pa"),
    "fluid_above_pump_m": Bound(0.0, "pump_depth_m"),
    "pump_displacement_m3_per_s": Bound(0.0, 0.1),
    "leakage_m3_per_s": Bound(0.0, 0.1),
    "inferred_liquid_m3_per_s": Bound(0.0, "pump_displacement_m3_per_s"),
    "pump_power_w": Bound(-POWER_W, POWER_W),
    "system_efficiency": Bound(0.0, 1.0),
    "beam_load_fraction": Bound(-10.0, 10.0),
}
"""Pump power may be below 0: parted rods carry more down than up; that is a finding, not an error."""

PARTS: Mapping[str, Bound] = {
    "stress_max_pa": Bound("stress_min_pa", STRESS_PA),
    "stress_min_pa": Bound(-STRESS_PA, STRESS_PA),
    "reduced_stress_pa": Bound(0.0, STRESS_PA),
    "goodman_fraction": Bound(0.0, 100.0),
    "peak_torque_n_m": Bound(0.0, TORQUE_N_M),
    "load_fraction": Bound(0.0, 100.0),
    "balanced_counterbalance_moment_n_m": Bound(0.0, TORQUE_N_M),
    "balanced_peak_torque_n_m": Bound(0.0, TORQUE_N_M),
}
"""Of each section of rods and of the gearbox."""

NOISE = 1e-9
"""Relative: sums of floats are no finding."""


def determined(measures: JsonObject, known: Mapping[str, float], remarks: list[Remark]) -> JsonObject:
    """The measures, those beyond their bounds not determined.

    Args:
        measures: [SI] name → figure, None for what cannot be had; `rods` a list of parts, `gearbox` parts
        known: [SI] what bounds speak of beside measures: pump_depth_m, least_intake_pa
        remarks: gets "not_determined" with measure, value and the bound that it broke
    Returns:
        as given, None for each figure that is no number or none that can be
    Valid: any floats, NaN and infinities too.
    Ours: one table for pages, reports, files and the command line.

    >>> said = []
    >>> determined({"fillage": 1.2, "gross_stroke_m": 3.0}, {}, said)
    {'fillage': None, 'gross_stroke_m': 3.0}
    >>> said[0].code, said[0].details["high"]
    ('not_determined', 1.0)
    """
    result: JsonObject = dict(measures)
    for name, bound in BOUNDS.items():
        if name in result:
            result[name] = _held(name, bound, result, known, remarks)
    if rods := rows_of(result, "rods"):
        result["rods"] = [_parts(f"rods[{index}].", part, remarks) for index, part in enumerate(rods)]
    if gearbox := part_of(result, "gearbox"):
        result["gearbox"] = _parts("gearbox.", gearbox, remarks)
    return result


def _parts(prefix: str, part: JsonObject, remarks: list[Remark]) -> JsonObject:
    held = dict(part)
    for name, bound in PARTS.items():
        if name in held:
            held[name] = _held(name, bound, held, {}, remarks, prefix)
    return held


def _held(
    name: str,
    bound: Bound,
    measures: Read,
    known: Mapping[str, float],
    remarks: list[Remark],
    prefix: str = "",
) -> float | None:
    told = number_of(measures, name)
    if told is None:
        return None
    value = float(told)
    low = _number(bound.low, measures, known, -math.inf)
    high = _number(bound.high, measures, known, math.inf)
    slack = NOISE * max(abs(value), 1.0)
    if math.isfinite(value) and low - slack <= value <= high + slack:
        return min(max(value, low), high)
    remarks.append(
        Remark(
            "not_determined",
            {
                "measure": prefix + name,
                "value": value if math.isfinite(value) else None,
                "low": low if math.isfinite(low) else None,
                "high": high if math.isfinite(high) else None,
            },
        )
    )
    return None


def _number(end: float | str, measures: Read, known: Mapping[str, float], unknown: float) -> float:
    """A bound's end; a measure that is not known bounds nothing."""
    if not isinstance(end, str):
        return end
    found = number_of(measures, end)
    found = known.get(end) if found is None else found
    return unknown if found is None or not math.isfinite(found) else float(found)
