"""Where the pump works: rate from the head it gives, place against the best efficiency, what is lost against
the catalogue.

From the last steady readings: head = Δp/(ρ·g) per stage; with a measured rate the loss against the curve,
without one the rate that the curve gives for that head. The power gives a second rate where the curve is
flat. Sources: Takacs, *ESP Manual* (2nd ed., 2018), ch. 3–5; head and power equations weighted as in virtual
flow metering.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.analysis.esp import gas
from app.analysis.esp.gas import GasAtIntake
from app.analysis.esp.pump import Curve, viscosity_factors, viscous
from app.analysis.wells import gradient
from app.analysis.wells.gradient import Stream
from app.core.units import STANDARD_GRAVITY

Floats = NDArray[np.float64]
RPM_PER_HZ = 58.2
"""Induction motors: 2910 rpm at 50 Hz."""

FLAT_SLOPE = 0.15
"""Where head falls by less than this share of the shut-off head per best rate, head says little of the rate.
"""


@dataclass(frozen=True)
class Motor:
    """Plate of the motor; None where nobody told.

    Attributes:
        rated_power_w: [W]
        rated_current_a: [A]
        rated_voltage_v: [V]
        limit_temperature_k: [K] of the winding
    """

    rated_power_w: float | None = None
    rated_current_a: float | None = None
    rated_voltage_v: float | None = None
    limit_temperature_k: float | None = None


@dataclass(frozen=True)
class OperatingPoint:
    """Where the pump works; None where the readings do not tell.

    Attributes:
        rate: [m³/s] at the surface
        rate_from: measured, head or power
        rate_spread: [m³/s] what 1 % of head makes of it
        head: [m] of the whole pump
        efficiency: [-]
        rate_over_best: [-] pumped rate over the best
        head_loss: [-] of the catalogue's head, where the rate was measured
        gas: at the intake
        motor_load: [-]
        temperature_reserve_k: [K] to the limit
        frequency_hz: [Hz]
        density: [kg/m³] along the pump
        remarks: (code, details) of the texts
    """

    rate: float | None = None
    rate_from: str = ""
    rate_spread: float | None = None
    head: float | None = None
    efficiency: float | None = None
    rate_over_best: float | None = None
    head_loss: float | None = None
    gas: GasAtIntake | None = None
    motor_load: float | None = None
    temperature_reserve_k: float | None = None
    frequency_hz: float | None = None
    density: float | None = None
    remarks: tuple[tuple[str, dict[str, object]], ...] = field(default=())


def operating_point(
    readings: dict[str, float],
    curve: Curve | None,
    stages: float,
    *,
    stream: Stream | None,
    density: float,
    viscosity_m2_per_s: float | None = None,
    annulus_m2: float | None = None,
    motor: Motor | None = None,
    temperature_k: float | None = None,
) -> OperatingPoint:
    """Where the pump works, from its last steady readings.

    H = Δp/(ρ·g); the rate measured, else where the curve gives H, else (curve flat) by power; loss = 1 −
    H/H_catalogue(Q)

    Args:
        readings: sensor code → [SI] last steady value
        curve: of a stage; None: unknown pump
        stages: [-]
        stream: with it gas, density and volume in place are known
        density: [kg/m³] without a stream
        viscosity_m2_per_s: [m²/s] corrects the curve
        annulus_m2: [m²] past the motor, for natural separation
        motor: its plate
        temperature_k: [K] at the intake; 350 without
    Returns:
        with remarks on what is out of range
    Valid: steady running; a head above the curve gives no rate and a remark.
    Source: Takacs, ESP Manual (2nd ed., 2018), ch. 3–5; which equation speaks is ours.

    >>> curve = Curve(np.array([0, 1e-3, 2e-3, 3e-3]), np.array([8.0, 7.0, 5.0, 2.0]), None, None)
    >>> told = {"intake_pressure": 4e6, "discharge_pressure": 16e6}
    >>> point = operating_point(told, curve, 200.0, stream=None, density=900.0)
    >>> round(point.head, 1), point.rate_from  # 12 MPa of 900 kg/m³: 1359.2 + 0.4 m
    (1359.6, 'head')
    """
    motor = motor or Motor()
    remarks: list[tuple[str, dict[str, object]]] = []
    frequency = readings.get("frequency", 50.0)
    intake, discharge = readings.get("intake_pressure"), readings.get("discharge_pressure")
    measured = readings.get("liquid_rate")
    load = _load(readings, motor)
    reserve = None
    if motor.limit_temperature_k and readings.get("motor_temperature") is not None:
        reserve = motor.limit_temperature_k - readings["motor_temperature"]
    at_hz = None if curve is None or frequency <= 0 else curve.at_frequency(frequency)
    if at_hz is not None and viscosity_m2_per_s:
        factors = viscosity_factors(
            viscosity_m2_per_s=viscosity_m2_per_s,
            best_rate=at_hz.best_rate,
            best_head=float(at_hz.head_at(at_hz.best_rate)),
            speed_rpm=RPM_PER_HZ * frequency,
        )
        at_hz = viscous(at_hz, factors)
        if not factors.in_range:
            remarks.append(("viscosity_out_of_range", {"b": factors.b}))
    through, separated = 1.0, 0.0
    place = None
    if stream is not None and intake is not None:
        place = gradient.in_place(stream, intake, temperature_k or 350.0)
        liquid = place.oil_m3_per_s + place.water_m3_per_s
        separated = gas.natural_separation(liquid, annulus_m2, stream.water_cut) if annulus_m2 else 0.0
        density = _pumped_density(stream, intake, discharge, temperature_k or 350.0, separated)
        through = liquid / stream.liquid_m3_per_s if stream.liquid_m3_per_s > 0 else 1.0
    head = (
        (discharge - intake) / (density * STANDARD_GRAVITY)
        if intake is not None and discharge is not None
        else None
    )
    rate, source, spread = _rate(measured, head, at_hz, stages, readings, density, through, motor, remarks)
    efficiency = over_best = loss = None
    if at_hz is not None and rate is not None:
        pumped = rate * through
        over_best = pumped / at_hz.best_rate
        efficiency = float(at_hz.efficiency_at(pumped))
        if head is not None and source == "measured":
            expected = float(at_hz.head_at(pumped)) * stages
            loss = 1 - head / expected if expected > 0 else None
    at_gas = None
    if place is not None and intake is not None:
        liquid = place.oil_m3_per_s + place.water_m3_per_s
        separated = (
            gas.natural_separation(liquid, annulus_m2, stream.water_cut) if annulus_m2 and stream else 0.0
        )
        at_gas = gas.at_intake(place.gas_m3_per_s, liquid, intake, separated=separated)
    return OperatingPoint(
        rate,
        source,
        spread,
        head,
        None if efficiency is None or math.isnan(efficiency) else efficiency,
        over_best,
        loss,
        at_gas,
        load,
        reserve,
        frequency,
        density,
        tuple(remarks),
    )


def _pumped_density(
    stream: Stream, intake_pa: float, discharge_pa: float | None, temperature_k: float, separated: float
) -> float:
    """Mean density along the pump: the gas that enters is squeezed and dissolved from stage to stage."""
    pressures = np.linspace(intake_pa, max(discharge_pa or intake_pa, intake_pa), 9)
    densities = []
    for pressure in pressures:
        place = gradient.in_place(stream, float(pressure), temperature_k)
        liquid, free = place.oil_m3_per_s + place.water_m3_per_s, place.gas_m3_per_s * (1 - separated)
        share = free / (liquid + free) if liquid > 0 else 0.0
        densities.append((1 - share) * place.liquid_density + share * place.gas_density)
    return float(np.mean(densities))


def _load(readings: dict[str, float], motor: Motor) -> float | None:
    if readings.get("load") is not None:
        return readings["load"]
    if motor.rated_current_a and readings.get("motor_current") is not None:
        return readings["motor_current"] / motor.rated_current_a
    if motor.rated_power_w and readings.get("active_power") is not None:
        return readings["active_power"] / motor.rated_power_w
    return None


def _rate(
    measured: float | None,
    head: float | None,
    curve: Curve | None,
    stages: float,
    readings: dict[str, float],
    density: float,
    through: float,
    motor: Motor,
    remarks: list[tuple[str, dict[str, object]]],
) -> tuple[float | None, str, float | None]:
    if measured is not None and measured > 0:
        return measured, "measured", None
    if curve is None or head is None:
        return None, "", None
    found, inside = curve.rate_for_head(head / stages)
    if found is None:
        remarks.append(("head_above_curve", {"head": head, "shutoff": float(curve.head.max()) * stages}))
        return None, "", None
    if not inside:
        remarks.append(("rate_beyond_curve", {"rate": found}))
    # One per cent of head is the gauges' doubt: what it makes of the rate.
    step = 0.01 * head / stages
    higher, _ = curve.rate_for_head(head / stages + step)
    lower, _ = curve.rate_for_head(max(head / stages - step, 0.0))
    spread = abs((lower or found) - (higher or found)) / 2
    if spread > FLAT_SLOPE * curve.best_rate:
        by_power = _rate_by_power(curve, stages, readings, density)
        if by_power is not None:
            remarks.append(("rate_from_power", {"rate": by_power}))
            return by_power / through, "power", None
    return found / through, "head", spread / through


def _rate_by_power(curve: Curve, stages: float, readings: dict[str, float], density: float) -> float | None:
    """Where power rises with rate: N_shaft = η_m·P − cable; motor and cable taken as 0.80 together."""
    power = readings.get("active_power")
    if power is None:
        return None
    fine = np.linspace(curve.rate[0], curve.rate[-1], 400)
    shaft = curve.power_at(fine) * stages * density / 1000
    if not np.isfinite(shaft).all() or (np.diff(shaft) <= 0).mean() > 0.3:
        return None
    order = np.argsort(shaft)
    return float(np.interp(0.80 * power, shaft[order], fine[order]))


def total_dynamic_head_m(
    *,
    pump_depth_m: float,
    level_over_pump_m: float,
    wellhead_pressure_pa: float,
    density: float,
    friction_m: float,
) -> float:
    """Head that a pump must give.

    TDH = L − h + p_wh/(ρ·g) + F

    Args:
        pump_depth_m: [m] L
        level_over_pump_m: [m] h
        wellhead_pressure_pa: [Pa]
        density: [kg/m³]
        friction_m: [m] F in the tubing
    Returns:
        [m]
    Valid: vertical depths, one density.
    Source: Takacs, ESP Manual (2nd ed., 2018), ch. 5.

    >>> feet = 0.3048
    >>> friction = hazen_williams_m(5000 * feet, 1000 * 0.158987294928 / 86_400, 2.441 * 0.0254)
    >>> tdh = total_dynamic_head_m(
    ...     pump_depth_m=4000 * feet, level_over_pump_m=0.0, wellhead_pressure_pa=150 * 6_894.757,
    ...     density=950.0, friction_m=friction,
    ... )
    >>> round(tdh / feet)  # worked by hand: 4414 ft
    4414
    """
    return pump_depth_m - level_over_pump_m + wellhead_pressure_pa / (density * STANDARD_GRAVITY) + friction_m


def hazen_williams_m(
    length_m: float, rate_m3_per_s: float, diameter_m: float, coefficient: float = 120.0
) -> float:
    """Friction in the tubing as head.

    F = 2.083·(100/C)^1.85·(q/34.3)^1.85/d^4.8655 ft per 1000 ft, q bbl/d, d in

    Args:
        length_m: [m]
        rate_m3_per_s: [m³/s]
        diameter_m: [m] inside
        coefficient: [-] C, 120 for new tubing, 100 for old
    Returns:
        [m]
    Valid: turbulent flow of water; oil thicker than some cP rubs more.
    Source: Hazen and Williams, as in Takacs, ESP Manual (2nd ed., 2018).

    >>> bpd = 0.158987294928 / 86_400
    >>> [round(hazen_williams_m(1000.0, 1000 * bpd, 2.441 * 0.0254, c), 3) for c in (120, 100)]
    [9.913, 13.889]
    """
    barrels, inches = rate_m3_per_s * 86400 / 0.158987294928, diameter_m / 0.0254
    per_thousand = 2.083 * (100 / coefficient) ** 1.85 * (barrels / 34.3) ** 1.85 / inches**4.8655
    return length_m * per_thousand / 1000
