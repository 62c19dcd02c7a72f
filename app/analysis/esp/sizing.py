"""From the rate that a well is wanted to give to pump, stages, motor and cable of an ESP.

The steps of API RP 11S4: inflow → intake pressure → gas that enters → pressure above the pump by the tubing's
gradient → head → stages of the catalogue with what viscosity takes → shaft power → motor → cable.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.advice.esp_workover import Stage
from app.analysis.catalogue.electrics import Cable, Motor
from app.analysis.esp import gas
from app.analysis.esp.pump import viscosity_factors, viscous
from app.analysis.wells.gradient import Stream, in_place, method_for, traverse
from app.analysis.wells.inflow import Inflow
from app.core.errors import KnownError
from app.core.units import STANDARD_GRAVITY

BEST_RANGE = (0.7, 1.25)
"""Of the best rate: where a stage is chosen to work."""

MOTOR_SHARE = 0.9
"""Of its rating that a motor is loaded to."""

MOST_DROP_V_PER_M, STARTS, LEAST_AT_START = 30 / 304.8, 4.0, 0.5
"""What a cable may take: 30 V in 1,000 ft (RP 11S4); and no more than lets a motor that starts, with four
times its current, keep half of its voltage (Takacs, ch. 5).
"""

ANNULUS_LEFT_M, SHOWN, STANDARD_RPM = 0.006, 5, 2_910.0


@dataclass(frozen=True)
class Wanted:
    """What an ESP is sized for.

    Attributes:
        stream: liquid at the surface, its water, gas and oil
        inflow: at the perforations
        perforations_m: [m] vertical
        pump_m: [m] vertical, of the intake
        wellhead_pa: [Pa]
        tubing_m: [m] inner diameter
        casing_m: [m] inner diameter
        pump_k: [K] at the intake
        wellhead_k: [K]
        separator: [-] share of the gas left by nature that a separator takes
        frequency_hz: [Hz]
        voltage_v: [V] of the motor
    """

    stream: Stream
    inflow: Inflow
    perforations_m: float
    pump_m: float
    wellhead_pa: float
    tubing_m: float
    casing_m: float
    pump_k: float
    wellhead_k: float = 300.0
    separator: float = 0.0
    frequency_hz: float = 50.0
    voltage_v: float = 1_000.0


@dataclass(frozen=True)
class Duty:
    """What the pump has to do.

    Attributes:
        bottom_pa: [Pa] at the perforations
        intake_pa: [Pa]
        discharge_pa: [Pa]
        rate: [m³/s] mean volume in the pump, gas that enters included
        density: [kg/m³] mean in the pump
        viscosity_m2_per_s: [m²/s] of the liquid there
        head_m: [m]
        gas: at the intake
    """

    bottom_pa: float
    intake_pa: float
    discharge_pa: float
    rate: float
    density: float
    viscosity_m2_per_s: float
    head_m: float
    gas: gas.GasAtIntake


@dataclass(frozen=True)
class Sized:
    """A stage that does it.

    Attributes:
        pump: name in the catalogue
        stages: [-]
        rate_over_best: [-]
        efficiency: [-] with the liquid's viscosity
        shaft_w: [W]
        motor_w: [W] the least rating
        motor: name in the catalogue; empty where none is as large and fits
        current_a: [A] at that rating
        cable: name in the catalogue; empty where none keeps the drop
        drop_v: [V] in it
        surface_v: [V] above the cable: the motor's and the drop
    """

    pump: str
    stages: int
    rate_over_best: float
    efficiency: float
    shaft_w: float
    motor_w: float
    motor: str = ""
    current_a: float = math.nan
    cable: str = ""
    drop_v: float = math.nan
    surface_v: float = math.nan

    @property
    def transformer_va(self) -> float:
        """The least transformer [V·A]: √3·U·I above the cable (Takacs, ESP Manual, 2nd ed., 2018, ch. 5)."""
        return math.sqrt(3) * self.surface_v * self.current_a


def duty(wanted: Wanted) -> Duty:
    """What the pump has to do for the rate that is wanted.

    p_in = p_wf(q) − ρ·g·(H_perf − H_pump); p_d by the march from the wellhead with the gas that enters; head
    (p_d − p_in)/(ρ·g) of the mean volume between both

    Args:
        wanted: the well and its rate
    Returns:
        with gas and viscosity
    Raises:
        KnownError: esp_beyond_inflow, esp_intake_dry
    Valid: as `gradient.method_for`; the column under the pump is taken as liquid, which makes p_in too low.
    Source: API RP 11S4 (1993); Takacs, ESP Manual (2nd ed., 2018), ch. 5.

    >>> from app.analysis.wells.pvt import BlackOil
    >>> water = Stream(1e-3, 1.0, 0.0, BlackOil(0.85, 0.7, 0.0), 1000.0)
    >>> well = Wanted(water, Inflow(15e6, 1e-10), 2000.0, 1800.0, 1e6, 0.1, 0.13, 350.0)
    >>> found = duty(well)
    >>> round(found.intake_pa / 1e6, 2), round(found.head_m)  # 5 MPa less 200 m of water; 1,800 m + 102 − 310
    (3.04, 1592)
    """
    stream, rate = wanted.stream, wanted.stream.liquid_m3_per_s
    if rate >= 0.98 * wanted.inflow.most:
        raise KnownError("esp_beyond_inflow", rate=rate, most=wanted.inflow.most)
    bottom = float(wanted.inflow.pressure(np.array([rate]))[0])
    there = in_place(stream, max(bottom, 1e5), wanted.pump_k)
    intake = bottom - there.liquid_density * STANDARD_GRAVITY * (wanted.perforations_m - wanted.pump_m)
    if intake < 1e5:
        raise KnownError("esp_intake_dry", pressure=intake, depth=wanted.pump_m)
    entering = in_place(stream, intake, wanted.pump_k)
    liquid = entering.oil_m3_per_s + entering.water_m3_per_s
    annulus = math.pi / 4 * (wanted.casing_m**2 - (0.75 * wanted.casing_m) ** 2)
    nature = gas.natural_separation(liquid, annulus, stream.water_cut)
    separated = 1 - (1 - nature) * (1 - wanted.separator)
    at_intake = gas.at_intake(entering.gas_m3_per_s, liquid, intake, separated=separated)
    dissolved = stream.oil.dissolved_gor(intake, wanted.pump_k)
    kept = dissolved + (1 - separated) * max(stream.gas_oil_ratio - dissolved, 0.0)
    lifted = replace(stream, gas_oil_ratio=kept)
    _, pressure = traverse(
        lifted,
        top_pressure_pa=wanted.wellhead_pa,
        depth_m=wanted.pump_m,
        diameter_m=wanted.tubing_m,
        top_temperature_k=wanted.wellhead_k,
        bottom_temperature_k=wanted.pump_k,
        method=method_for(lifted),
    )
    ends = [in_place(lifted, one, wanted.pump_k) for one in (intake, float(pressure[-1]))]
    volumes = [one.oil_m3_per_s + one.water_m3_per_s + one.gas_m3_per_s for one in ends]
    densities = [
        (1 - one.gas_fraction) * one.liquid_density + one.gas_fraction * one.gas_density for one in ends
    ]
    density = sum(densities) / 2
    return Duty(
        bottom,
        intake,
        float(pressure[-1]),
        sum(volumes) / 2,
        density,
        ends[0].liquid_viscosity / ends[0].liquid_density,
        max(float(pressure[-1]) - intake, 0.0) / (density * STANDARD_GRAVITY),
        at_intake,
    )


def sized(
    wanted: Wanted,
    asked: Duty,
    stages: Iterable[Stage],
    motors: Iterable[tuple[str, Motor]] = (),
    cables: Iterable[tuple[str, Cable]] = (),
) -> list[Sized]:
    """Stages of the catalogue that do a duty, each with its motor and cable, best efficiency first.

    z = H/h(q) rounded up, h with what viscosity takes; stages whose best rate is 0.7 … 1.25 away or that do
    not fit the casing are left out; motor: the least rating over N/0.9; cable: the thinnest whose
    √3·I·R is `most_drop_v` at most: what cos φ takes off it the cable's reactance adds

    Args:
        wanted: the well
        asked: its `duty`
        stages: of the catalogue
        motors: name and motor; those with a rating are chosen from, the others tell cos φ and η
        cables: name and cable
    Returns:
        five at most
    Valid: as `viscosity_factors`; the cable is at the pump's temperature.
    Source: API RP 11S4 (1993); Takacs, ESP Manual (2nd ed., 2018), ch. 5.

    >>> from app.analysis.esp.pump import Curve
    >>> points, power = np.array([0.0, 1e-3, 2e-3, 3e-3]), np.array([60.0, 110.0, 150.0, 160.0])
    >>> stage = Stage("ours", Curve(points, np.array([8.0, 7.0, 5.0, 2.0]), power, None), 0.1)
    >>> from app.analysis.wells.pvt import BlackOil
    >>> water = Stream(1.5e-3, 1.0, 0.0, BlackOil(0.85, 0.7, 0.0), 1000.0)
    >>> well = Wanted(water, Inflow(20e6, 1.5e-10), 2000.0, 1800.0, 1e6, 0.062, 0.13, 350.0)
    >>> [found] = sized(well, duty(well), [stage])
    >>> found.pump, abs(found.stages * 6.1 / duty(well).head_m - 1) < 0.02
    ('ours', True)
    """
    ready, wires, found = list(motors), list(cables), []
    for stage in stages:
        too_wide = stage.outer_diameter_m and stage.outer_diameter_m > wanted.casing_m - ANNULUS_LEFT_M
        water = stage.curve.at_frequency(wanted.frequency_hz)
        best = water.best_rate
        if too_wide or not BEST_RANGE[0] < asked.rate / max(best, 1e-9) < BEST_RANGE[1]:
            continue
        curve = viscous(
            water,
            viscosity_factors(
                viscosity_m2_per_s=asked.viscosity_m2_per_s,
                best_rate=best,
                best_head=float(water.head_at(best)),
                speed_rpm=STANDARD_RPM * wanted.frequency_hz / 50,
            ),
        )
        each = float(curve.head_at(asked.rate))
        good = float(curve.efficiency_at(asked.rate))
        if each <= 0 or not math.isfinite(good) or good <= 0.05:
            continue
        count = math.ceil(asked.head_m / each)
        shaft = count * each * asked.density * STANDARD_GRAVITY * asked.rate / good
        one = Sized(stage.name, count, asked.rate / best, good, shaft, shaft / MOTOR_SHARE)
        found.append(_driven(one, wanted, ready, wires))
    return sorted(found, key=lambda one: -one.efficiency)[:SHOWN]


def most_drop_v(voltage_v: float, length_m: float) -> float:
    """What a cable may take of the voltage.

    least of 30 V in 1,000 ft and U/6: (U + ΔU − 4·ΔU)/U is half

    Args:
        voltage_v: [V] of the motor
        length_m: [m] of the cable
    Returns:
        [V]
    Valid: a start across the line with four times the current; a drive starts more softly.
    Source: API RP 11S4 (1993); Takacs, ESP Manual (2nd ed., 2018), ch. 5.

    >>> round(most_drop_v(1260.0, 1798.0)), round(most_drop_v(900.0, 2500.0))
    (177, 150)
    """
    return min(MOST_DROP_V_PER_M * length_m, voltage_v * (1 - LEAST_AT_START) / (STARTS - 1))


def _driven(
    one: Sized, wanted: Wanted, motors: list[tuple[str, Motor]], cables: list[tuple[str, Cable]]
) -> Sized:
    """With the least motor that is enough and the thinnest cable that keeps the voltage."""
    fits = [(name, motor) for name, motor in motors if motor.outer_diameter_m < wanted.casing_m]
    rated = [
        (motor.rated_power_w, name, motor)
        for name, motor in fits
        if motor.rated_power_w is not None and motor.rated_power_w >= one.motor_w
    ]
    usual = next((motor for _, motor in fits), None)
    if not rated and usual is None:
        return one
    power, name, motor = min(rated, key=lambda told: told[0]) if rated else (one.motor_w, "", usual)
    assert motor is not None
    voltage = motor.rated_voltage_v or wanted.voltage_v
    current = motor.full_load_current_a(power, voltage)
    one = replace(one, motor=name, current_a=current)
    for section, wire in sorted(cables, key=lambda told: told[1].section_m2):
        drop = math.sqrt(3) * current * wire.resistance_at(wanted.pump_k) * wanted.pump_m
        if drop <= most_drop_v(voltage, wanted.pump_m) and wire.limit_temperature_k > wanted.pump_k:
            return replace(one, cable=section, drop_v=drop, surface_v=voltage + drop)
    return one
