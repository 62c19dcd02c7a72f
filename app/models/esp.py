"""What the file of an ESP well tells: the pump, the motor, the fluid, the pipes, readings and events. SI."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class HeadCurve:
    """Of one stage, (k,) each: rate [m³/s], head [m], power [W] and efficiency [share] or None."""

    rate: Floats
    head: Floats
    power: Floats | None = None
    efficiency: Floats | None = None


@dataclass(frozen=True)
class EspFile:
    """readings: sensor code → (n,) [SI], NaN where the file has null; time_us (n,) as recorded, in any
    order.
    """

    well: str
    time_us: NDArray[np.int64]
    readings: dict[str, Floats]
    catalogue: str | None = None
    head_curve: HeadCurve | None = None
    stages: float | None = None
    depth_m: float | None = None
    rated_frequency_hz: float = 50.0
    rated_power_w: float | None = None
    rated_current_a: float | None = None
    rated_voltage_v: float | None = None
    limit_temperature_k: float | None = None
    water_cut: float | None = None
    oil_relative_density: float | None = None
    water_relative_density: float = 1.05
    gas_relative_density: float = 0.8
    gas_oil_ratio: float | None = None
    viscosity_pa_s: float | None = None
    tubing_inner_diameter_m: float | None = None
    casing_inner_diameter_m: float | None = None
    events: tuple[tuple[str, int, int], ...] = field(default=())
