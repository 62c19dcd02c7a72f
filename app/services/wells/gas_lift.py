"""A gas-lifted well as its last test found it: what the advice needs of tubing, valve, fluid and gas."""

from __future__ import annotations

import math
from dataclasses import replace

from app.analysis.advice.gas_lift import GasLiftKnobs, GasLiftNow, needed_pa
from app.analysis.advice.inflows import through
from app.analysis.wells.gradient import Stream
from app.core.api_gravity import WATER_KG_PER_M3
from app.core.units import STANDARD_GRAVITY
from app.models.records import FlowTest
from app.models.values import Values, needed_number, number_of, part_of, rows_of
from app.models.wells import Well
from app.services.wells import flow, taken
from app.services.wells.equipment import EquipmentHistory
from app.services.wells.power import medians
from app.services.workspace import Workspace

TOP_K = 300.0
"""Of a flowing wellhead, where nobody measured it."""


def gas_lift_now(
    workspace: Workspace, well: Well, test: FlowTest | None, held: EquipmentHistory
) -> GasLiftNow | tuple[str, ...]:
    """Codes of all that is missing where it cannot be told (advice.missing.*)."""
    at = workspace.clock() if test is None else test.taken_at
    equipment = held.at(at).equipment
    valves = [needed_number(one, "depth_m") for one in rows_of(part_of(equipment, "gas_lift"), "valves")]
    inside = number_of(part_of(equipment, "tubing"), "inner_diameter_m")
    fluid, reservoir = part_of(equipment, "fluid"), part_of(equipment, "reservoir")
    ratio, pressure = number_of(fluid, "gas_oil_ratio"), number_of(reservoir, "reservoir_pressure_pa")
    gas = None if test is None else test.gas_m3_per_s
    needed = {
        "flow_test": test,
        "gas_lift_valve": valves or None,
        "tubing": inside,
        "gas": gas if test is not None else 0.0,
        "gas_oil_ratio": ratio,
        "reservoir_pressure": pressure,
    }
    missing = tuple(code for code, value in needed.items() if value is None)
    if missing or test is None or inside is None or gas is None or ratio is None or pressure is None:
        return missing
    cut, rate = taken.cut_of(test), test.liquid_m3_per_s
    oil, water_density = taken.oil_and_water(fluid, ratio)
    oil_density = WATER_KG_PER_M3 * oil.oil_relative_density
    density = cut * water_density + (1 - cut) * oil_density
    injected = taken.lift_gas(test, ratio)
    if injected is None or injected <= 0:
        return ("no_gas_injected",)
    depth = max(valves)
    start, stop = flow.window_us(test)
    read = medians(workspace, well, ("wellhead_pressure", "line_pressure"), start, stop)
    line = read.get("line_pressure", test.line_pressure_pa)
    head = read.get("wellhead_pressure", taken.LINE_OVER_PA + (line or 0.0))
    stream = Stream(rate, cut, ratio, oil, water_density)
    bottom = taken.deep_k(reservoir, depth)
    knobs, bubble = GasLiftKnobs(injected, head), number_of(fluid, "bubble_point_pa")
    # What the reservoir has at the valve: less the column between the two.
    below = max((number_of(reservoir, "datum_m") or depth) - depth, 0.0)
    at_valve = pressure - density * STANDARD_GRAVITY * below
    shape = through(rate=rate, intake_pa=0.5 * at_valve, reservoir_pa=at_valve, bubble_pa=None, water_cut=cut)
    now = GasLiftNow(
        knobs,
        stream,
        shape,
        depth,
        inside,
        min(TOP_K, bottom),
        bottom,
        density,
        (1 - cut) * oil_density,
        _leaning(equipment),
        line,
    )
    there = needed_pa(now, knobs, rate)
    if not there < at_valve or not math.isfinite(there):
        return ("reservoir_under_intake",)
    inflows = through(
        rate=rate,
        intake_pa=there,
        reservoir_pa=at_valve,
        bubble_pa=bubble,
        water_cut=cut,
    )
    return replace(now, inflows=inflows)


def _leaning(equipment: Values) -> float:
    """Mean inclination of the survey [rad]; upright without one."""
    told = equipment.get("survey")
    stations = rows_of(told, "stations") if isinstance(told, dict) else rows_of(equipment, "survey")
    angles = [angle for one in stations if (angle := number_of(one, "inclination_rad")) is not None]
    return sum(angles) / len(angles) if angles else 0.0
