"""An ESP well in time: inflow, pump curve, tubing, motor heat, controller. Many wells at once, arrays are (wells,).

Inflow: straight above the bubble point, Vogel below (Vogel, JPT 1968). Pump: H = stages·(h0·r² − h2·Q²) with
r = f / 50 Hz (affinity laws). Tubing: hydrostatic head and turbulent friction k·Q². The annulus stores what inflow
and pump do not share. Motor: one thermal mass cooled by the liquid that passes it. Sources: Takacs, ESP Manual, ch. 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.core.units import DAY_S, STANDARD_GRAVITY

Floats = NDArray[np.float64]
RATED_HZ = 50.0
SENSORS = (
    "intake_pressure", "discharge_pressure", "intake_temperature", "motor_temperature", "motor_current", "voltage",
    "frequency", "active_power", "load", "insulation_resistance", "vibration_x", "wellhead_pressure",
    "annulus_pressure", "line_pressure", "liquid_rate",
)  # fmt: skip


@dataclass(frozen=True)
class EspWells:
    """Constants of each well, (wells,) each, SI."""

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

    @classmethod
    def varied(cls, wells: int, rng: np.random.Generator) -> EspWells:
        """Wells of one field, each a little different."""

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
        )


@dataclass
class Conditions:
    """What is wrong at a moment, (wells,) each; the story changes them as time goes. Neutral values to begin with."""

    productivity: Floats
    head: Floats
    cooling: Floats
    gas_noise: Floats
    insulation_ohm: Floats
    frequency_hz: Floats
    switched_on: NDArray[np.bool_]

    @classmethod
    def healthy(cls, wells: int) -> Conditions:
        ones = np.ones(wells)
        return cls(
            ones.copy(), ones.copy(), ones.copy(), ones * 0.01, ones * 5e6, ones * 50.0, np.ones(wells, bool)
        )


Story = Callable[[float, Conditions], None]


@dataclass
class _State:
    intake_pa: Floats
    motor_k: Floats
    current_a: Floats
    gas: Floats
    off_until: Floats
    ran_since: Floats
    low_since: Floats
    trips: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class EspTelemetry:
    """sensor code → (wells, minutes) [SI]; trips: (well, minute) of underload trips."""

    values: dict[str, NDArray[np.float32]]
    trips: list[tuple[int, int]]


def run_esp(wells: EspWells, minutes: int, story: Story, rng: np.random.Generator,
            progress: Callable[[int, int], None] = lambda done, total: None) -> EspTelemetry:  # fmt: skip
    """One step a minute. `story(day, conditions)` is asked every ten minutes what is wrong by then."""
    count = len(wells.stages)
    conditions = Conditions.healthy(count)
    zero = np.zeros(count)
    story(0.0, conditions)
    state = _State(np.full(count, 6e6), wells.formation_temperature_k + 25, zero.copy(), zero.copy(), zero - 1, zero - 1e6, zero + 1e9)  # fmt: skip
    log = {name: np.empty((minutes, count), np.float32) for name in SENSORS}
    gusts = rng.normal(size=(minutes, count))
    for minute in range(minutes):
        if minute % 10 == 0:
            story(minute / 1440, conditions)
        if minute % 1440 == 0:
            progress(minute, minutes)
        now = _step(wells, conditions, state, minute, gusts[minute])
        for name, value in now.items():
            log[name][minute] = value
    return EspTelemetry({name: _as_measured(name, rows.T, rng) for name, rows in log.items()}, state.trips)


def _step(w: EspWells, c: Conditions, s: _State, minute: int, gust: Floats) -> dict[str, Floats]:
    gravity = w.density * STANDARD_GRAVITY
    running = c.switched_on & (minute >= s.off_until)
    s.ran_since = np.where(running, s.ran_since, minute)
    ramp = np.clip((minute - s.ran_since) / 3, 0, 1)
    ratio = np.where(running, c.frequency_hz / RATED_HZ * ramp, 0.0)

    # Free gas below the bubble point makes the head flicker; slugs last some minutes.
    s.gas = 0.8 * s.gas + 0.6 * gust
    head_factor = np.clip(c.head * (1 - c.gas_noise * (1 + s.gas)), 0.05, 1.1)
    lift = w.stages * gravity * w.shutoff_head_m * ratio**2 * head_factor
    need = w.line_pressure_pa + 0.15e6 + gravity * w.pump_depth_m - s.intake_pa
    resistance = w.stages * gravity * w.head_drop_s2_per_m5 + w.friction_pa_s2_per_m6
    rate = np.where(running, np.sqrt(np.maximum(lift - need, 0) / resistance), 0.0)

    bottomhole = s.intake_pa + gravity * w.perforations_below_m
    inflow = c.productivity * w.productivity_m3_per_s_pa * _inflow_drawdown(w, bottomhole)
    annulus_area = 0.0135
    s.intake_pa = np.maximum(s.intake_pa + 60 * gravity / annulus_area * (inflow - rate), 0.25e6)
    starved = np.clip((s.intake_pa - 0.35e6) / 0.5e6, 0, 1)
    rate = rate * starved

    head_pa = np.where(running, lift - w.stages * gravity * w.head_drop_s2_per_m5 * rate**2, 0.0)
    shaft = w.rated_power_w * (
        0.32 * ratio**3 + 0.50 * rate * DAY_S / 100 * ratio**2 * (0.5 + 0.5 * head_factor)
    )
    load = shaft / w.rated_power_w
    current = np.where(running, w.rated_current_a * (0.25 + 0.72 * load / np.maximum(ratio, 0.2)), 0.0)
    losses = np.where(running, 0.17 * shaft + 1.5e3, 0.0)
    cooling = c.cooling * (45 + 190 * rate * DAY_S / 100)
    intake_k = w.formation_temperature_k + 3 * ratio
    s.motor_k = s.motor_k + 60 / 3.2e5 * (losses - cooling * (s.motor_k - intake_k))

    # Underload protection (ЗСП): below 65 % of the rated current for five minutes stops the pump for an hour (АПВ).
    low = running & (current < 0.58 * w.rated_current_a) & (minute - s.ran_since > 20)
    s.low_since = np.where(low, np.minimum(s.low_since, minute), 1e9)
    trip = low & (minute - s.low_since >= 5)
    if trip.any():
        s.off_until = np.where(trip, minute + 60, s.off_until)
        s.low_since = np.where(trip, 1e9, s.low_since)
        s.trips += [(int(well), minute) for well in np.flatnonzero(trip)]
    s.current_a = current
    wellhead = w.line_pressure_pa + 0.15e6 * (rate * DAY_S / 100) ** 2
    return {
        "intake_pressure": s.intake_pa,
        "discharge_pressure": np.where(running, s.intake_pa + head_pa, wellhead + gravity * w.pump_depth_m * 0.99),
        "intake_temperature": intake_k,
        "motor_temperature": s.motor_k,
        "motor_current": current,
        "voltage": np.where(running, w.voltage_v * np.maximum(ratio, 0.1), 0.0),
        "frequency": ratio * RATED_HZ,
        "active_power": shaft / 0.83,
        "load": load,
        "insulation_resistance": c.insulation_ohm,
        "vibration_x": np.where(running, STANDARD_GRAVITY * (0.12 + 0.05 * ratio + 1.2 * c.gas_noise * np.abs(s.gas)), 0.0),
        "wellhead_pressure": wellhead,
        "annulus_pressure": w.line_pressure_pa * 0.95,
        "line_pressure": w.line_pressure_pa,
        "liquid_rate": rate,
    }  # fmt: skip


def _inflow_drawdown(w: EspWells, bottomhole: Floats) -> Floats:
    """Drawdown that counts [Pa]: straight to the bubble point, then Vogel's curve (saturated part, pb/1.8)."""
    straight = w.reservoir_pressure_pa - np.maximum(bottomhole, w.bubble_pressure_pa)
    share = np.minimum(bottomhole / w.bubble_pressure_pa, 1.0)
    return straight + w.bubble_pressure_pa / 1.8 * (1 - 0.2 * share - 0.8 * share**2)


# What a gauge adds and how finely it reports: noise (SI), resolution (SI).
_GAUGES: dict[str, tuple[float, float]] = {
    "intake_pressure": (4e3, 2e3), "discharge_pressure": (8e3, 5e3), "intake_temperature": (0.05, 0.1),
    "motor_temperature": (0.15, 0.1), "motor_current": (0.12, 0.1), "voltage": (4.0, 1.0), "frequency": (0.01, 0.01),
    "active_power": (150.0, 100.0), "load": (0.004, 0.002), "insulation_resistance": (4e4, 1e3), "vibration_x": (0.08, 0.05),
    "wellhead_pressure": (3e3, 1e3), "annulus_pressure": (2e3, 1e3), "line_pressure": (5e3, 1e3), "liquid_rate": (1.5e-5, 1e-6),
}  # fmt: skip


def _as_measured(name: str, values: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    noise, resolution = _GAUGES[name]
    live = values > 0
    noisy = np.where(live, values + rng.normal(0, noise, values.shape).astype(np.float32), values)
    return (np.round(np.maximum(noisy, 0.0) / resolution) * resolution).astype(np.float32)
