"""An ESP well in time: inflow, pump curve, tubing, motor heat, controller. Many wells at once, arrays are
(wells,).

Inflow: straight above the bubble point, Vogel below (Vogel, JPT 1968). Pump: H = stages·(h0·r² − h2·Q²) with
r = f / 50 Hz (affinity laws). Tubing: hydrostatic head and turbulent friction k·Q². The annulus stores what
inflow and pump do not share. Motor: one thermal mass cooled by the liquid that passes it. Sources: Takacs,
ESP Manual, ch. 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from app.analysis.simulate.esp_gauges import measured
from app.analysis.simulate.esp_wells import EspWells
from app.core.units import DAY_S, STANDARD_GRAVITY

Floats = NDArray[np.float64]
RATED_HZ = 50.0
ANNULUS_M2 = 0.0135
SENSORS = (
    "intake_pressure",
    "discharge_pressure",
    "intake_temperature",
    "motor_temperature",
    "motor_current",
    "motor_current_a",
    "motor_current_b",
    "motor_current_c",
    "voltage",
    "frequency",
    "active_power",
    "load",
    "insulation_resistance",
    "vibration_x",
    "wellhead_pressure",
    "annulus_pressure",
    "line_pressure",
    "liquid_rate",
)


@dataclass
class Conditions:
    """What is wrong at a moment, (wells,) each; the story changes them as time goes. Neutral values to begin
    with.

    Shares are of the healthy value: productivity, head, cooling, voltage, torque (beyond what hydraulics
    asks), vibration. `intake_loss` and `stage_loss` are pressure lost at the usual rate [Pa], before and
    inside the pump; `leak` is the share of the usual rate that goes back through a hole in the tubing.
    `valve` 1 is open, `shaft` 1 whole.
    """

    productivity: Floats
    head: Floats
    cooling: Floats
    gas_noise: Floats
    gas_locked: Floats
    insulation_ohm: Floats
    frequency_hz: Floats
    intake_loss: Floats
    stage_loss: Floats
    leak: Floats
    valve: Floats
    shaft: Floats
    reversed: Floats
    torque: Floats
    vibration: Floats
    unbalance: Floats
    voltage: Floats
    line: Floats
    switched_on: NDArray[np.bool_]

    @classmethod
    def healthy(cls, wells: int) -> Conditions:
        ones = np.ones(wells)
        neutral = {
            "gas_noise": 0.01,
            "insulation_ohm": 5e6,
            "frequency_hz": 50.0,
            **dict.fromkeys(
                ("gas_locked", "intake_loss", "stage_loss", "leak", "reversed", "unbalance"), 0.0
            ),
        }
        arrays = {
            item.name: ones * neutral.get(item.name, 1.0)
            for item in fields(cls)
            if item.name != "switched_on"
        }
        return cls(**arrays, switched_on=np.ones(wells, bool))

    def reset(self) -> None:
        """Back to neutral in place, for a story that tells everything anew each time."""
        for name, value in vars(Conditions.healthy(len(self.head))).items():
            getattr(self, name)[:] = value


Story = Callable[[float, Conditions], None]


@dataclass
class _State:
    intake_pa: Floats
    motor_k: Floats
    gas: Floats
    leaking: Floats
    off_until: Floats
    ran_since: Floats
    low_since: Floats
    trips: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class EspTelemetry:
    """sensor code → (wells, minutes) [SI]; trips: (well, minute) of underload trips."""

    values: dict[str, NDArray[np.float32]]
    trips: list[tuple[int, int]]


def run_esp(
    wells: EspWells,
    minutes: int,
    story: Story,
    rng: np.random.Generator,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> EspTelemetry:
    """One step a minute. `story(day, conditions)` is asked every ten minutes what is wrong by then."""
    count = len(wells.stages)
    conditions = Conditions.healthy(count)
    zero = np.zeros(count)
    story(0.0, conditions)
    state = _State(
        np.full(count, 6e6),
        wells.formation_temperature_k + 25,
        zero.copy(),
        zero.copy(),
        zero - 1,
        zero - 1e6,
        zero + 1e9,
    )
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
    return EspTelemetry({name: measured(name, rows.T, rng) for name, rows in log.items()}, state.trips)


def _step(w: EspWells, c: Conditions, s: _State, minute: int, gust: Floats) -> dict[str, Floats]:
    gravity = w.density * STANDARD_GRAVITY
    running = c.switched_on & (minute >= s.off_until)
    s.ran_since = np.where(running, s.ran_since, minute)
    ramp = np.clip((minute - s.ran_since) / 3, 0, 1)
    ratio = np.where(running, c.frequency_hz / RATED_HZ * ramp, 0.0)
    usual = w.usual_rate_m3_per_s

    # Free gas below the bubble point makes the head flicker; slugs last some minutes.
    s.gas = 0.8 * s.gas + 0.6 * gust
    lock = 1 - c.gas_locked * (0.93 + 0.05 * np.tanh(s.gas))
    head_factor = np.clip(c.head * (1 - c.gas_noise * (1 + s.gas)) * lock * (1 - 0.45 * c.reversed), 0.0, 1.1)
    head_factor = head_factor * c.shaft
    lift = w.stages * gravity * w.shutoff_head_m * ratio**2 * head_factor
    line = w.line_pressure_pa * c.line
    choke = 0.15e6 / usual**2 / np.maximum(c.valve, 1e-4) ** 2
    inside = w.stages * gravity * w.head_drop_s2_per_m5 + (c.intake_loss + c.stage_loss) / usual**2
    above = w.friction_pa_s2_per_m6 + choke  # what the rate at the surface feels
    pump_rate = _balanced_rate(lift + s.intake_pa - line - gravity * w.pump_depth_m, inside, above, s.leaking)
    pump_rate = np.where(running, pump_rate, 0.0)

    starved = np.clip((s.intake_pa - 0.35e6) / 0.5e6, 0, 1)
    pump_rate = pump_rate * starved
    surface_rate = np.maximum(pump_rate - s.leaking, 0.0) * (c.valve > 0.01)
    s.leaking = np.minimum(c.leak * usual * running, pump_rate)
    bottomhole = s.intake_pa + gravity * w.perforations_below_m
    inflow = c.productivity * w.productivity_m3_per_s_pa * _inflow_drawdown(w, bottomhole)
    into_annulus = inflow - pump_rate + (pump_rate - surface_rate)
    s.intake_pa = np.maximum(s.intake_pa + 60 * gravity / ANNULUS_M2 * into_annulus, 0.25e6)

    closed = c.valve <= 0.01
    shut_in_head = np.maximum(lift + s.intake_pa - gravity * w.pump_depth_m, line)
    wellhead = np.where(closed & running, shut_in_head, line + 0.15e6 * (surface_rate / usual) ** 2)
    delivered = wellhead + gravity * w.pump_depth_m + w.friction_pa_s2_per_m6 * surface_rate**2
    discharge = np.where(
        running, np.maximum(delivered * 0.999, s.intake_pa), wellhead + gravity * w.pump_depth_m * 0.99
    )
    discharge = np.where(
        running & (lift < 0.35 * (delivered - s.intake_pa)),
        np.maximum(delivered * 0.9, s.intake_pa),
        discharge,
    )

    shaft = (
        w.rated_power_w
        * ratio**2
        * c.torque
        * (
            0.32 * ratio
            + 0.50 * pump_rate * DAY_S / 100 * (0.5 + 0.5 * np.minimum(head_factor + 1 - c.shaft, 1))
        )
    )
    shaft = shaft * np.where(c.shaft < 0.5, 0.45, 1.0) * (1 + 0.25 * c.reversed)
    load = shaft / w.rated_power_w
    slug = 1 + 1.5 * c.gas_noise * s.gas * (c.gas_noise > 0.02) + 0.06 * c.gas_locked * s.gas
    current = np.where(running, w.rated_current_a * (0.25 + 0.72 * load / np.maximum(ratio, 0.2)) * slug, 0.0)
    current = current * np.where(c.voltage < 1, 1 / np.maximum(c.voltage, 0.5), 1.0)
    losses = np.where(running, 0.17 * shaft + 1.5e3 + 9e3 * np.abs(c.unbalance), 0.0)
    cooling = c.cooling * (45 + 190 * pump_rate * DAY_S / 100)
    intake_k = w.formation_temperature_k + 3 * ratio
    s.motor_k = s.motor_k + 60 / 3.2e5 * (losses - cooling * (s.motor_k - intake_k))
    _protect(w, s, current, running, minute)
    shake = STANDARD_GRAVITY * (0.12 + 0.05 * ratio + 1.2 * c.gas_noise * np.abs(s.gas)) * c.vibration
    return {
        "intake_pressure": s.intake_pa,
        "discharge_pressure": discharge,
        "intake_temperature": intake_k,
        "motor_temperature": s.motor_k,
        "motor_current": current,
        "motor_current_a": current * (1 + c.unbalance),
        "motor_current_b": current * (1 - 0.5 * c.unbalance),
        "motor_current_c": current * (1 - 0.5 * c.unbalance),
        "voltage": np.where(running, w.voltage_v * np.maximum(ratio, 0.1) * c.voltage, 0.0),
        "frequency": ratio * RATED_HZ,
        "active_power": shaft / 0.83,
        "load": load,
        "insulation_resistance": c.insulation_ohm,
        "vibration_x": np.where(running, shake, 0.0),
        "wellhead_pressure": wellhead,
        "annulus_pressure": line * 0.95,
        "line_pressure": line,
        "liquid_rate": surface_rate,
    }


def _balanced_rate(spare: Floats, inside: Floats, above: Floats, leaking: Floats) -> Floats:
    """Q of inside·Q² + above·(Q − leak)² = spare: what is left of the head drives the flow; 0 where there is
    none.
    """
    whole = inside + above
    under = (above * leaking) ** 2 - whole * (above * leaking**2 - np.maximum(spare, 0.0))
    return np.where(spare > 0, (above * leaking + np.sqrt(np.maximum(under, 0.0))) / whole, 0.0)


def _protect(w: EspWells, s: _State, current: Floats, running: NDArray[np.bool_], minute: int) -> None:
    """Underload (ЗСП): below 58 % of the rated current for five minutes stops the pump for an hour (АПВ)."""
    low = w.protected & running & (current < 0.58 * w.rated_current_a) & (minute - s.ran_since > 20)
    s.low_since = np.where(low, np.minimum(s.low_since, minute), 1e9)
    trip = low & (minute - s.low_since >= 5)
    if trip.any():
        s.off_until = np.where(trip, minute + 60, s.off_until)
        s.low_since = np.where(trip, 1e9, s.low_since)
        s.trips += [(int(well), minute) for well in np.flatnonzero(trip)]


def _inflow_drawdown(w: EspWells, bottomhole: Floats) -> Floats:
    """Drawdown that counts [Pa]: straight to the bubble point, then Vogel's curve (saturated part,
    pb/1.8).
    """
    straight = w.reservoir_pressure_pa - np.maximum(bottomhole, w.bubble_pressure_pa)
    share = np.minimum(bottomhole / w.bubble_pressure_pa, 1.0)
    return straight + w.bubble_pressure_pa / 1.8 * (1 - 0.2 * share - 0.8 * share**2)
