"""A well test as recorded, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from app.models.values import Values

Floats = NDArray[np.float64]
KINDS = ("buildup", "drawdown", "inflow", "fluid_level_rise", "falloff", "injection")


@dataclass(frozen=True)
class RecordedTest:
    """time_s, pressure_pa (n,) in one clock with `rates` ((from [s], rate [m³/s]), …), what goes in negative
    (or positive in a fall-off and an injection test); for inflow
    `rate_m3_per_s` and pressure_pa are the points. Formation values are SI; None where the file has none.
    """

    kind: str
    pressure_pa: Floats
    time_s: Floats
    rate_m3_per_s: Floats
    rates: tuple[tuple[float, float], ...] = ()
    producing_time_s: float | None = None
    formation_volume_factor: float | None = None
    viscosity_pa_s: float | None = None
    porosity: float | None = None
    thickness_m: float | None = None
    total_compressibility_per_pa: float | None = None
    wellbore_radius_m: float | None = None
    reservoir_pressure_pa: float | None = None
    bubble_pressure_pa: float | None = None
    water_cut: float | None = None
    gas: Mapping[str, float] | None = None
    """Of a gas test: relative_density, temperature_k, shares of impurities; its rates are at standard
    conditions.
    """
    shut_in_pa: tuple[float | None, ...] = ()
    """Of each point of a gas deliverability test: the shut-in pressure before it."""
    stood: tuple[bool, ...] = ()
    """Whether each point was held until its pressure stood."""
    second_gauge: tuple[Floats, Floats] | None = None
    """Time [s] and pressure [Pa] of another gauge of the same test, in the same clock."""
    well: str = ""
    taken_at: datetime | None = None
    body: Values = field(default_factory=dict)
    """The file's own JSON: what is stored."""


@dataclass(frozen=True)
class StoredTest:
    id: str
    well_id: int
    taken_at: datetime
    kind: str
    body: Values
