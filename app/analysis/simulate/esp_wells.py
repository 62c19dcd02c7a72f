"""Constants of ESP wells, drawn as the wells of one field are: alike and each a little different."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.units import DAY_S, STANDARD_GRAVITY

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class EspWells:
    """Constants of each well.

    Attributes:
        reservoir_pressure_pa: [Pa] (wells,)
        bubble_pressure_pa: [Pa] (wells,)
        productivity_m3_per_s_pa: [m³/(s·Pa)] (wells,)
        pump_depth_m: [m] (wells,)
        perforations_below_m: [m] (wells,) below the pump
        density: [kg/m³] (wells,)
        stages: [-] (wells,)
        shutoff_head_m: [m] (wells,) of a stage at 50 Hz
        head_drop_s2_per_m5: [s²/m⁵] (wells,) h₂ of a stage
        friction_pa_s2_per_m6: [Pa·s²/m⁶] (wells,) of the tubing
        rated_power_w: [W] (wells,)
        rated_current_a: [A] (wells,)
        voltage_v: [V] (wells,)
        line_pressure_pa: [Pa] (wells,)
        formation_temperature_k: [K] (wells,)
        protected: (wells,) whether underload protection (ЗСП) stops the pump
    """

    reservoir_pressure_pa: Floats
    bubble_pressure_pa: Floats
    productivity_m3_per_s_pa: Floats
    pump_depth_m: Floats
    perforations_below_m: Floats
    density: Floats
    stages: Floats
    shutoff_head_m: Floats
    head_drop_s2_per_m5: Floats
    friction_pa_s2_per_m6: Floats
    rated_power_w: Floats
    rated_current_a: Floats
    voltage_v: Floats
    line_pressure_pa: Floats
    formation_temperature_k: Floats
    protected: NDArray[np.bool_]
    """Whether underload protection (ЗСП) stops the pump."""

    @property
    def usual_rate_m3_per_s(self) -> Floats:
        """What the well gives when all is well [m³/s] (wells,)."""
        return self.productivity_m3_per_s_pa * 9.5e6

    @classmethod
    def varied(cls, wells: int, rng: np.random.Generator) -> EspWells:
        """Wells of one field, each a little different.

        Args:
            wells: [-] how many
            rng: that draws
        Returns:
            about 100 m³/d from 2000 m
        Valid: stages are chosen so that the pump lifts its rate at 50 Hz.
        Ours: middling figures of ESP wells, as the ranges of domain/wells.md have them.

        >>> wells = EspWells.varied(3, np.random.default_rng(1))
        >>> bool(np.all(np.abs(wells.usual_rate_m3_per_s * DAY_S / 100 - 1) < 0.26))
        True
        """

        def around(value: float, spread: float) -> Floats:
            return value * (1 + spread * rng.uniform(-1, 1, wells))

        depth = around(2000, 0.08)
        density = around(940, 0.03)
        rate = around(100, 0.25) / DAY_S
        lift = (1.2e6 + density * STANDARD_GRAVITY * depth - around(4.5e6, 0.1)) / (
            density * STANDARD_GRAVITY
        )
        stages = np.round(lift / 5.2)
        shutoff = around(7.4, 0.02)
        return cls(
            reservoir_pressure_pa=around(18e6, 0.06),
            bubble_pressure_pa=around(8e6, 0.1),
            productivity_m3_per_s_pa=rate / 9.5e6,
            pump_depth_m=depth,
            perforations_below_m=around(350, 0.3),
            density=density,
            stages=stages,
            shutoff_head_m=shutoff,
            head_drop_s2_per_m5=(shutoff - 5.2) / rate**2,
            friction_pa_s2_per_m6=0.4e6 / rate**2,
            rated_power_w=np.round(around(45e3, 0.15), -3),
            rated_current_a=np.round(around(32, 0.1)),
            voltage_v=np.round(around(1150, 0.1), -1),
            line_pressure_pa=around(1.1e6, 0.1),
            formation_temperature_k=273.15 + around(78, 0.06),
            protected=np.ones(wells, bool),
        )
