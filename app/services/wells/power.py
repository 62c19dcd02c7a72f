"""What a well takes from the line: measured power, else current, voltage and cos φ."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from app.models.sensors import SENSORS
from app.models.store import trends
from app.models.wells import Well
from app.services.workspace import Workspace

PHASES = ("motor_current", "motor_current_a", "motor_current_b", "motor_current_c")
USUAL_FACTOR = 0.8
"""cos φ, where nobody measured it."""


def medians(
    workspace: Workspace, well: Well, codes: Sequence[str], from_us: int, to_us: int
) -> dict[str, float]:
    """Sensor code → median of its hours [SI]; what has none is left out."""
    numbers = {SENSORS[code].number: code for code in codes}
    hours = trends.hourly(workspace.store, well.id, list(numbers), from_us, to_us)
    return {
        numbers[number]: float(np.nanmedian(found.mean))
        for number, found in hours.items()
        if np.isfinite(found.mean).any()
    }


def line_power_w(workspace: Workspace, well: Well, from_us: int, to_us: int) -> float | None:
    """P measured, else √3·U·I·cos φ [W]; None where neither can be had."""
    read = medians(workspace, well, ("active_power", "voltage", "power_factor", *PHASES), from_us, to_us)
    if read.get("active_power", 0.0) > 0:
        return read["active_power"]
    current = [read[code] for code in PHASES if code in read]
    if not current or "voltage" not in read:
        return None
    mean = sum(current) / len(current)
    return math.sqrt(3) * read["voltage"] * mean * read.get("power_factor", USUAL_FACTOR) or None
