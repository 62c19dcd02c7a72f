"""What a sensor of an ESP well usually shows in the mode it is run in, as a band over time: the chart lays it
under the pen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.esp.baseline import usual_of
from app.core.jobs import Job
from app.models.wells import ESP, Well
from app.services.diagnosis.diagnose import esp_case_of
from app.services.workspace import Workspace

Floats = NDArray[np.float64]
# condition → the sensors that matter for it: one click shows them
TEMPLATES: dict[str, tuple[str, ...]] = {
    "gas_interference": ("motor_current", "intake_pressure", "liquid_rate", "vibration_x", "frequency"),
    "gas_lock": (
        "motor_current",
        "intake_pressure",
        "discharge_pressure",
        "motor_temperature",
        "liquid_rate",
    ),
    "pump_off": ("intake_pressure", "motor_current", "liquid_rate", "frequency"),
    "intake_plugging": ("intake_pressure", "discharge_pressure", "motor_current", "liquid_rate"),
    "stage_wear": ("discharge_pressure", "intake_pressure", "vibration_x", "liquid_rate"),
    "scale_or_solids": ("motor_current", "liquid_rate", "motor_temperature", "vibration_x"),
    "broken_shaft": ("motor_current", "discharge_pressure", "intake_pressure", "vibration_x", "liquid_rate"),
    "tubing_leak": (
        "liquid_rate",
        "intake_pressure",
        "discharge_pressure",
        "motor_current",
        "annulus_pressure",
    ),
    "deadhead": ("wellhead_pressure", "discharge_pressure", "liquid_rate", "motor_temperature"),
    "motor_overheat": ("motor_temperature", "intake_temperature", "motor_current", "liquid_rate"),
    "insulation_decline": ("insulation_resistance", "motor_temperature"),
    "phase_unbalance": ("motor_current_a", "motor_current_b", "motor_current_c", "motor_temperature"),
    "power_disturbance": ("voltage", "motor_current", "frequency"),
    "frequent_starts": ("frequency", "motor_current", "intake_pressure"),
}


@dataclass(frozen=True)
class UsualBand:
    """Of one sensor: time_us (n,), low and high (n,) [SI], NaN where the pump stood or the mode has no
    baseline.
    """

    sensor: str
    time_us: NDArray[np.int64]
    low: Floats
    high: Floats


def usual_bands(workspace: Workspace, well: Well, job: Job | None = None) -> dict[str, UsualBand]:
    """Sensor → its band of three sigmas about the baseline of the mode; empty for wells without modes."""
    case = esp_case_of(workspace, well, job) if well.lift == ESP else None
    if case is None or case.departures is None:
        return {}
    found = {}
    for code in case.grid.mean:
        # Single samples are rougher than the means of cells: the band is of the cells' lowest and highest.
        low, _ = usual_of(case.grid.low[code], case.modes, case.departures)
        _, high = usual_of(case.grid.high[code], case.modes, case.departures)
        if np.isfinite(low).any():
            found[code] = UsualBand(code, case.grid.time_us, low, high)
    return found


def usual_now(bands: dict[str, UsualBand]) -> dict[str, tuple[float, float]]:
    """Sensor → (low, high) of the mode that the pump ran in last."""
    result = {}
    for code, band in bands.items():
        known = np.flatnonzero(np.isfinite(band.low))
        result[code] = (float(band.low[known[-1]]), float(band.high[known[-1]]))
    return result
