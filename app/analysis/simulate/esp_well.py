"""One ESP well, minute by minute.

Inflow: straight above the bubble point, Vogel below (Vogel, JPT 1968). Pump: H = stages·(h0·r² − h2·Q²) with
r = f / 50 Hz (affinity laws). Tubing: hydrostatic head and turbulent friction k·Q². The annulus stores what
inflow and pump do not share. Motor: one thermal mass cooled by the liquid that passes it.

What feeds back into the next minute is stepped on plain floats, which Python does several times faster than
NumPy does arrays of a few wells; what only follows from it is computed for all minutes at once. Sources:
Takacs, ESP Manual, ch. 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.simulate.esp_conditions import SHARES, TOLD_EVERY_MIN, Conditions
from app.analysis.simulate.esp_wells import EspWells
from app.core.units import DAY_S, STANDARD_GRAVITY

Floats = NDArray[np.float64]
RATED_HZ = 50.0
ANNULUS_M2 = 0.0135
STARTS_AT_PA = 6e6
LEAST_INTAKE_PA = 0.25e6
SHUT = 0.01
"""A valve opened less lets nothing through."""

CHOKE_PA = 0.15e6
"""Lost in the open valve at the usual rate."""

UNDERLOAD = 0.58
"""Underload protection (ЗСП): below this share of the rated current for five minutes stops the pump for an
hour (АПВ).
"""


@dataclass(frozen=True)
class _Flow:
    """What the pump did, (minutes,) each: whether it ran, speed over the rated one, intake pressure at the
    end of the minute, rates through the pump and at the surface.
    """

    running: NDArray[np.bool_]
    ratio: Floats
    intake_pa: Floats
    pump_rate: Floats
    surface_rate: Floats
    trips: list[int]


def run_well(w: EspWells, i: int, told: Conditions, gusts: Floats) -> tuple[dict[str, Floats], list[int]]:
    """One ESP well, minute by minute, as it truly is.

    inflow straight above the bubble point, Vogel below; H = z·(h₀·r² − h₂·Q²), r = f/50; tubing ρ·g·h + k·Q²;
    the annulus stores the difference; one thermal mass of the motor; underload protection under 0.58 of the
    rated current

    Args:
        w: constants of the wells
        i: [-] which of them
        told: conditions of this well, (times told,) each
        gusts: [-] (minutes,) normal, what makes gas flicker
    Returns:
        (sensor code → [SI] (minutes,), [min] of its underload trips)
    Valid: starts from rest at 6 MPa: the first hours settle.
    Source: Vogel, JPT 1968; Takacs, ESP Manual, ch. 4.

    >>> from app.analysis.simulate.esp_conditions import Course
    >>> wells = EspWells.varied(1, np.random.default_rng(1))
    >>> told = Course.told(lambda day, c: None, 1, 600).of(0)
    >>> truth, trips = run_well(wells, 0, told, np.zeros(600))
    >>> usual = float(wells.usual_rate_m3_per_s[0])
    >>> abs(float(truth["liquid_rate"][-1]) / usual - 1) < 0.15, trips
    (True, [])
    """
    c = _by_minute(told, len(gusts))
    # Free gas below the bubble point makes the head flicker; slugs last some minutes.
    gas = np.array(list(accumulate((0.6 * gusts).tolist(), lambda now, gust: 0.8 * now + gust, initial=0.0)))
    gas = gas[1:]
    lock = 1 - c.gas_locked * (0.93 + 0.05 * np.tanh(gas))
    head = np.clip(c.head * (1 - c.gas_noise * (1 + gas)) * lock * (1 - 0.45 * c.reversed), 0.0, 1.1)
    head = head * c.shaft
    slug = 1 + 1.5 * c.gas_noise * gas * (c.gas_noise > 0.02) + 0.06 * c.gas_locked * gas
    flow = _flow(w, i, told, head, slug)
    return _sensors(w, i, c, flow, gas, head, slug), flow.trips


def _by_minute(told: Conditions, minutes: int) -> Conditions:
    rows = np.array([np.repeat(getattr(told, name), TOLD_EVERY_MIN)[:minutes] for name in SHARES])
    return Conditions.of_rows(rows, np.repeat(told.switched_on, TOLD_EVERY_MIN)[:minutes])


@dataclass(frozen=True)
class _Told:
    """What the loop needs of one stretch of ten minutes, worked out beforehand."""

    on: bool
    speed: float
    line_pa: float
    above: float
    """What the rate at the surface feels [Pa·s²/m⁶], apart from what the rate through the pump does."""
    whole: float
    leak: float
    opened: bool
    productivity: float
    torque: float
    shaft: float
    alone: float
    back: float
    supply: float


def _told(w: EspWells, i: int, c: Conditions) -> Iterator[_Told]:
    gravity = w.density[i] * STANDARD_GRAVITY
    usual = w.usual_rate_m3_per_s[i]
    above = w.friction_pa_s2_per_m6[i] + CHOKE_PA / (usual * usual) / np.maximum(c.valve, 1e-4) ** 2
    losses = (c.intake_loss + c.stage_loss) / (usual * usual)
    columns = (
        c.switched_on,
        c.frequency_hz / RATED_HZ,
        w.line_pressure_pa[i] * c.line,
        above,
        w.stages[i] * gravity * w.head_drop_s2_per_m5[i] + losses + above,
        c.leak * usual,
        c.valve > SHUT,
        c.productivity * w.productivity_m3_per_s_pa[i],
        c.torque,
        c.shaft,
        _without_load(c),
        1 + 0.25 * c.reversed,
        _for_low_voltage(c),
    )
    return (_Told(*row) for row in zip(*(column.tolist() for column in columns), strict=True))


def _without_load(c: Conditions) -> Floats:
    """A motor whose shaft has broken turns alone."""
    return np.where(c.shaft < 0.5, 0.45, 1.0)


def _for_low_voltage(c: Conditions) -> Floats:
    return np.where(c.voltage < 1, 1 / np.maximum(c.voltage, 0.5), 1.0)


def _shaft_power(rated_w: Any, ratio: Any, torque: Any, pump_rate: Any, turning: Any) -> Any:
    """[W] of one minute or of all; `turning`: how much of the pump turns and lifts, at most 1."""
    return (
        rated_w
        * (ratio * ratio)
        * torque
        * (0.32 * ratio + 0.50 * pump_rate * DAY_S / 100 * (0.5 + 0.5 * turning))
    )


def _flow(w: EspWells, i: int, told: Conditions, head: Floats, slug: Floats) -> _Flow:
    """The loop that feeds back: intake pressure, what leaks, and the controller's protection."""
    gravity = float(w.density[i]) * STANDARD_GRAVITY
    depth_pa = gravity * float(w.pump_depth_m[i])
    below_pa = gravity * float(w.perforations_below_m[i])
    reservoir, bubble = float(w.reservoir_pressure_pa[i]), float(w.bubble_pressure_pa[i])
    shutoff_pa = float(w.stages[i]) * gravity * float(w.shutoff_head_m[i])
    filling = 60 * gravity / ANNULUS_M2
    over_bubble, vogel = reservoir - bubble, bubble / 1.8
    straight = vogel * (1 - 0.2 - 0.8)
    rated_w, rated_a = float(w.rated_power_w[i]), float(w.rated_current_a[i])
    least_a, protected = UNDERLOAD * float(w.rated_current_a[i]), bool(w.protected[i])
    heads, slugs = head.tolist(), slug.tolist()
    minutes = len(heads)
    log_running, log_ratio = [False] * minutes, [0.0] * minutes
    log_intake, log_pump, log_surface = [0.0] * minutes, [0.0] * minutes, [0.0] * minutes
    trips: list[int] = []
    intake, leaking, off_until, ran_since, low_since = STARTS_AT_PA, 0.0, -1.0, -1e6, 1e9
    for n, now in enumerate(_told(w, i, told)):
        on, speed, above, whole, leak = now.on, now.speed, now.above, now.whole, now.leak
        opened, productivity = now.opened, now.productivity
        at_speed = shutoff_pa * (speed * speed)
        for minute in range(n * TOLD_EVERY_MIN, min((n + 1) * TOLD_EVERY_MIN, minutes)):
            surface_rate = pump_rate = 0.0
            if on and minute >= off_until:
                since = minute - ran_since
                ratio, shutoff = speed, at_speed
                if since < 3:
                    ratio = speed * (since / 3)
                    shutoff = shutoff_pa * (ratio * ratio)
                spare = shutoff * heads[minute] + intake - now.line_pa - depth_pa
                if spare > 0:
                    # Q of inside·Q² + above·(Q − leak)² = spare: what is left of the head drives the flow.
                    carried = above * leaking
                    under = carried * carried - whole * (above * (leaking * leaking) - spare)
                    pump_rate = (carried + sqrt(under if under > 0.0 else 0.0)) / whole
                starved = (intake - 0.35e6) / 0.5e6
                if starved < 1.0:
                    pump_rate *= starved if starved > 0.0 else 0.0
                if opened and pump_rate > leaking:
                    surface_rate = pump_rate - leaking
                leaking = leak if leak < pump_rate else pump_rate
                log_running[minute], log_ratio[minute] = True, ratio
                log_pump[minute], log_surface[minute] = pump_rate, surface_rate
                if protected and since > 20:
                    turning = heads[minute] + 1 - now.shaft
                    turning = turning if turning < 1 else 1
                    power = (
                        _shaft_power(rated_w, ratio, now.torque, pump_rate, turning) * now.alone * now.back
                    )
                    current = rated_a * (0.25 + 0.72 * (power / rated_w) / (ratio if ratio > 0.2 else 0.2))
                    if current * slugs[minute] * now.supply >= least_a:
                        low_since = 1e9
                    elif minute - low_since < 5:
                        low_since = low_since if low_since < minute else minute
                    else:
                        off_until, low_since = minute + 60, 1e9
                        trips.append(minute)
            else:
                ran_since, leaking, low_since = minute, 0.0, 1e9
            bottomhole = intake + below_pa
            if bottomhole < bubble:
                share = bottomhole / bubble
                drawdown = over_bubble + vogel * (1 - 0.2 * share - 0.8 * (share * share))
            else:
                drawdown = reservoir - bottomhole + straight
            intake += filling * (productivity * drawdown - pump_rate + (pump_rate - surface_rate))
            if intake < LEAST_INTAKE_PA:
                intake = LEAST_INTAKE_PA
            log_intake[minute] = intake
    rates = np.array(log_pump), np.array(log_surface)
    return _Flow(np.array(log_running), np.array(log_ratio), np.array(log_intake), *rates, trips)


def _sensors(
    w: EspWells, i: int, c: Conditions, flow: _Flow, gas: Floats, head: Floats, slug: Floats
) -> dict[str, Floats]:
    """What follows from the flow, for all minutes at once."""
    running, ratio, intake = flow.running, flow.ratio, flow.intake_pa
    gravity = w.density[i] * STANDARD_GRAVITY
    depth_pa = gravity * w.pump_depth_m[i]
    line = w.line_pressure_pa[i] * c.line
    lift = w.stages[i] * gravity * w.shutoff_head_m[i] * ratio**2 * head
    shut_in = np.maximum(lift + intake - depth_pa, line)
    wellhead = np.where(
        (c.valve <= SHUT) & running,
        shut_in,
        line + CHOKE_PA * (flow.surface_rate / w.usual_rate_m3_per_s[i]) ** 2,
    )
    delivered = wellhead + depth_pa + w.friction_pa_s2_per_m6[i] * flow.surface_rate**2
    discharge = np.where(running, np.maximum(delivered * 0.999, intake), wellhead + depth_pa * 0.99)
    weak = running & (lift < 0.35 * (delivered - intake))
    discharge = np.where(weak, np.maximum(delivered * 0.9, intake), discharge)

    turning = np.minimum(head + 1 - c.shaft, 1)
    shaft = _shaft_power(w.rated_power_w[i], ratio, c.torque, flow.pump_rate, turning)
    shaft = shaft * _without_load(c) * (1 + 0.25 * c.reversed)
    load = shaft / w.rated_power_w[i]
    current = w.rated_current_a[i] * (0.25 + 0.72 * load / np.maximum(ratio, 0.2)) * slug
    current = np.where(running, current, 0.0) * _for_low_voltage(c)
    losses = np.where(running, 0.17 * shaft + 1.5e3 + 9e3 * np.abs(c.unbalance), 0.0)
    intake_k = w.formation_temperature_k[i] + 3 * ratio
    cooling = c.cooling * (45 + 190 * flow.pump_rate * DAY_S / 100)
    shake = STANDARD_GRAVITY * (0.12 + 0.05 * ratio + 1.2 * c.gas_noise * np.abs(gas)) * c.vibration
    voltage = w.voltage_v[i] * np.maximum(ratio, 0.1) * c.voltage
    return {
        "intake_pressure": intake,
        "discharge_pressure": discharge,
        "intake_temperature": intake_k,
        "motor_temperature": _heated(float(w.formation_temperature_k[i]) + 25, losses, cooling, intake_k),
        "motor_current": current,
        "motor_current_a": current * (1 + c.unbalance),
        "motor_current_b": current * (1 - 0.5 * c.unbalance),
        "motor_current_c": current * (1 - 0.5 * c.unbalance),
        "voltage": np.where(running, voltage, 0.0),
        "frequency": ratio * RATED_HZ,
        "active_power": shaft / 0.83,
        "load": load,
        "insulation_resistance": c.insulation_ohm,
        "vibration_x": np.where(running, shake, 0.0),
        "wellhead_pressure": wellhead,
        "annulus_pressure": line * 0.95,
        "line_pressure": line,
        "liquid_rate": flow.surface_rate,
    }


def _heated(start_k: float, losses: Floats, cooling: Floats, intake_k: Floats) -> Floats:
    """The motor's temperature [K] minute by minute: losses heat it, the liquid that passes cools it."""
    share = 60 / 3.2e5
    motor_k, log = start_k, []
    for lost, carried, around in zip(losses.tolist(), cooling.tolist(), intake_k.tolist(), strict=True):
        motor_k = motor_k + share * (lost - carried * (motor_k - around))
        log.append(motor_k)
    return np.array(log)
