"""The well as a sketch: what was measured last, each where it is measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.models.kinds import KINDS
from app.models.overview import LastValue
from app.models.store import kinds
from app.models.values import needed_number, number_of, part_of
from app.models.wells import Well
from app.services.wells.equipment import equipment_at
from app.services.workspace import Workspace

HEAD = ("wellhead_pressure", "line_pressure", "annulus_pressure", "wellhead_temperature", "liquid_rate")
PUMP = ("discharge_pressure", "intake_pressure", "intake_temperature", "motor_temperature")
LEVEL = "dynamic_level"


@dataclass(frozen=True)
class Sketch:
    """Depths [m] along the well; `head` and `pump` are what is measured there, in the order of the text."""

    depth_m: float
    pump_m: float | None
    level_m: float | None
    level_at: datetime | None
    head: tuple[LastValue, ...]
    pump: tuple[LastValue, ...]


def sketch(workspace: Workspace, well: Well, values: tuple[LastValue, ...]) -> Sketch | None:
    """None where no depth is known: there is nothing to draw in."""
    equipment = equipment_at(workspace, int(well.id), workspace.clock()).equipment
    pump_m = number_of(part_of(equipment, "pump"), "depth_m") or well.depth_m
    if not pump_m:
        return None
    by_key = {value.sensor.key: value for value in values}
    level_m, level_at = _level(workspace, well, by_key.get(LEVEL))
    deepest = max(pump_m, level_m or 0.0, well.depth_m or 0.0)
    return Sketch(
        deepest * 1.12,
        pump_m,
        level_m,
        level_at,
        tuple(by_key[key] for key in HEAD if key in by_key),
        tuple(by_key[key] for key in PUMP if key in by_key),
    )


def _level(
    workspace: Workspace, well: Well, sensor: LastValue | None
) -> tuple[float | None, datetime | None]:
    """The newer one of a sensor's and of what was measured by hand."""
    found = kinds.of_well(workspace.store, KINDS["fluid_level"], int(well.id))
    record = next((one for one in found if one.values.get("level_m") is not None), None)
    if record is not None and (sensor is None or record.at >= sensor.at):
        return needed_number(record.values, "level_m"), record.at
    return (None, None) if sensor is None else (sensor.value, sensor.at)
